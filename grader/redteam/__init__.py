"""Attacks on this grader, by hostile submissions that are published with it, and what became of them here."""
