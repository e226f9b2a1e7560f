"""Grading on machines of others: packages that they run, and what is run there."""
