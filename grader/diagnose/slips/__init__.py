"""The slips that can happen in a right formula; importing this registers them."""

from grader.diagnose.slips import arithmetic, comparisons, functions, names, positions, statements

__all__ = ["arithmetic", "comparisons", "functions", "names", "positions", "statements"]
