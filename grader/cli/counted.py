"""Numbers and names of things, as a sentence has them."""

from collections.abc import Sequence


def counted(count: int, noun: str) -> str:
    """The number and the noun, as "1 grade" or "2 grades"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def named(students: Sequence[str]) -> str:
    """The first ten of these names, and how many more there are."""
    from grader.feedback.escape import one_line

    shown = ", ".join(one_line(student, 40) for student in students[:10])
    return shown + (f" and {len(students) - 10} more" if len(students) > 10 else "")
