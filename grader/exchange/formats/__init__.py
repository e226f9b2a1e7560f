"""Formats that grades are exported to, one a module; each holds a `grader.exchange.export.Format` as FORMAT."""
