"""Numbers of things, as a sentence has them."""


def counted(count: int, noun: str) -> str:
    """The number and the noun, as "1 grade" or "2 grades"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
