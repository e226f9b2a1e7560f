"""Finds submissions that are suspiciously alike, and shows them to staff side by side."""
