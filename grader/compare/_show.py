"""Shows any value in few characters: what a student returned may be huge, nested without end or unprintable."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from grader.compare._difference import outline

_DEPTH: Final = 6
_ITEMS: Final = 12
_DIGITS: Final = 40


def show(value: object, limit: int = 200) -> str:
    """The value as Python would write it, cut to `limit` characters; never raises, whatever the value is."""
    # A quarter more than fits, so that the cut shows; nothing beyond that is ever formatted.
    return cut(_write(value, limit + limit // 4 + 8, _DEPTH), limit)


def cut(text: str, limit: int) -> str:
    """The text itself, or its beginning and an ellipsis."""
    return text if len(text) <= limit else text[: max(0, limit - 1)] + "…"


def printable(name: str, limit: int = 60) -> str:
    """A name that someone else chose, without line breaks and control characters."""
    kept = "".join(c if c.isprintable() else "?" for c in name[: limit + 1])
    return cut(kept, limit) or "?"


def show_array(values: NDArray[Any], digits: int = 6) -> str:
    """A small array in brackets, with that many significant digits; 17 tell any two floats apart."""
    return np.array2string(
        values,
        max_line_width=100,
        precision=digits,
        suppress_small=False,
        separator=", ",
        threshold=1000,
        floatmode="unique" if digits >= 17 else "maxprec",
        formatter=None,
        legacy=False,
    )


def _write(value: object, room: int, depth: int) -> str:
    if value is None or isinstance(value, bool | np.bool_):
        return str(value)
    if isinstance(value, int):
        return _integer(value)
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, np.number):
        return str(value)
    if isinstance(value, float):
        return float.__repr__(value)
    if isinstance(value, complex):
        return complex.__repr__(value)
    if isinstance(value, str):
        return _text(str.__repr__(value[:room]), len(value), room, "characters")
    if isinstance(value, bytes):
        return _text(bytes.__repr__(value[:room]), len(value), room, "bytes")
    if isinstance(value, list):
        return _nested("[]", (((), item) for item in value), len(value), room, depth)
    if isinstance(value, tuple):
        return _nested("()", (((), item) for item in value), len(value), room, depth)
    if isinstance(value, dict):
        pairs = (((key,), item) for key, item in value.items())
        return _nested("{}", pairs, len(value), room, depth)
    return f"<{printable(outline(value).type_name)}>"


def _integer(value: int) -> str:
    # Python refuses to write integers of more than 4300 digits, and takes long for somewhat shorter ones.
    bits = value.bit_length()
    if bits > 200:
        sign = "negative " if value < 0 else ""
        return f"<{sign}integer of about {int(bits * 0.30103) + 1} digits>"
    return str(int(value))


def _array(value: NDArray[Any]) -> str:
    if value.size <= _ITEMS and value.dtype.kind in "biufc":
        return show_array(value)
    return f"<array of shape {cut(str(value.shape), _DIGITS)} and dtype {value.dtype.name}>"


def _text(written: str, length: int, room: int, unit: str) -> str:
    return written if length <= room else f"{written[: room // 2]}… ({length} {unit})"


def _nested(
    brackets: str,
    items: Iterable[tuple[tuple[object, ...], object]],
    length: int,
    room: int,
    depth: int,
) -> str:
    start, end = brackets[0], brackets[1]
    if length == 0:
        return brackets
    if depth == 0 or room < 4:
        return f"{start}…{end}"
    written = list(_items(items, room, depth))
    if length > len(written):
        written.append("…")
    # Python's comma, which makes (1,) a tuple.
    comma = "," if brackets == "()" and length == 1 else ""
    return start + ", ".join(written) + comma + end


def _items(
    items: Iterable[tuple[tuple[object, ...], object]], room: int, depth: int
) -> Iterator[str]:
    """The items as text while there is room: it is shared, so nesting cannot multiply it."""
    for key, item in islice(items, _ITEMS):
        if room <= 0:
            return
        text = "".join(f"{_write(part, room // 2, depth - 1)}: " for part in key)
        text += _write(item, room - len(text), depth - 1)
        room -= len(text) + 2
        yield text
