"""Collects submissions out of what other systems hand over: zips and folders of many layouts, all of it hostile."""
