"""What calls do besides returning, and how they end; importing this registers the rules."""

from grader.diagnose.behaviours import (
    call_count,
    changed_argument,
    errors,
    ignored_generator,
    nothing,
    other_type,
    shared_memory,
)

__all__ = [
    "call_count",
    "changed_argument",
    "errors",
    "ignored_generator",
    "nothing",
    "other_type",
    "shared_memory",
]
