"""Programs that nobody wrote: each seed gives one that shares no more with others than the language makes it."""

import random
import re


def function(name: str, seed: int, lines: int = 8) -> str:
    """A function with statements drawn at random."""
    draw = random.Random(seed)
    body = "".join(f"    {_statement(draw)}\n" for _ in range(lines))
    return f"def {name}(x, y):\n{body}    return total\n"


def _statement(draw: random.Random) -> str:
    return draw.choice(
        (
            f"total = {_term(draw)} {draw.choice('+-*/')} {_term(draw)}",
            f"count[{_term(draw)}] {draw.choice('+-*')}= {_term(draw)}",
            f"part = [{_term(draw)} for i in range({_term(draw)})]",
            f"while {_term(draw)} {draw.choice(('<', '>', '=='))} {_term(draw)}: y = {_term(draw)}",
        )
    )


def _term(draw: random.Random) -> str:
    name = draw.choice("xy")
    attribute = draw.choice(("sum", "mean", "min", "max", "dot", "sort", "std", "prod", "ravel"))
    return draw.choice((name, f"{name}.{attribute}()", f"-{name}", f"({name} ** 2)", f"{name}[i:]"))


def program(seed: int, names: tuple[str, ...] = ("total", "scaled", "mean")) -> str:
    """A module of functions with these names."""
    return "\n\n".join(
        function(name, 100 * seed + number) for number, name in enumerate(names, start=1)
    )


def disguised(text: str) -> str:
    """The same program under other names, with other numbers, comments and line ends."""
    text = re.sub(r"\b(x|y|total|count|part|i)\b", r"my_\1", text)
    text = text.replace("2", "3.0").replace("\n    ", "  # my own idea\n\n        ")
    return text.replace("):  #", '):\n        """All mine."""  #')
