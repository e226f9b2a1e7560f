"""Puts a difference into words: what is wrong, where first, where worst and by how much, and whether it is close."""

import math
from typing import Final

import numpy as np

from grader.compare._difference import Difference, Index, Mismatch, Nearly, Number, Outline, Path
from grader.compare._show import cut, printable, show, show_array
from grader.compare._tolerances import Tolerance

LIMIT: Final = 1500
_PART: Final = 420
_NEARLY: Final[dict[Nearly, str]] = {
    "summation order": "every difference is as small as rounding in double precision; the same "
    "operations in another order can cause it.",
    "float32": "every difference is as small as rounding in single precision (float32), and the values returned "
    "fit in it.",
    "within 10x tolerance": "every difference is within 10 times the tolerance.",
}


def describe(difference: Difference) -> str:
    """The difference in at most 1,500 characters, most important first; never raises, whatever values it holds."""
    try:
        text = "\n".join(line for line in _lines(difference) if line)
    except Exception:  # noqa: BLE001  # a message that cannot be written must not become a fault of ours
        text = f"the result differs from the expected one ({difference.kind})."
    return cut(text, LIMIT)


def _lines(d: Difference) -> list[str]:
    also = ""
    if d.also:
        also = "Also different: " + cut(", ".join(_place(path) for path in d.also), 200) + "."
    if d.worst is None:
        return [_refusal(d), also]
    if d.wanted.noun == "number":
        return [_number(d, d.worst), _nearly(d), also]
    return [_count(d), _first(d), _worst(d, d.worst), _nearly(d), also, *_excerpts(d)]


# Differences of sort


def _refusal(d: Difference) -> str:
    match d.kind:
        case "text":
            return _text(d)
        case "keys":
            return _keys(d)
        case "limit":
            return f"{_subject(d)} a value nested too deeply or too large to be compared."
        case "length":
            return (
                f"{_subject(d)} {_article(d.got.noun)} of length {d.got.length}; "
                f"length {d.wanted.length} was wanted."
            )
        case "dtype":
            return _dtype(d)
        case "nothing" if not d.path:
            return f"returned None; {_wanted(d.wanted)} was wanted. Is a `return` missing?"
        case "shape" if d.got.noun == d.wanted.noun:
            return f"{_subject(d)} an array of shape {_shape(d.got)}; shape {_shape(d.wanted)} was wanted."
        case "handle" if d.wanted.noun == "handle":
            return f"{_subject(d)} {_got(d)}, which cannot be compared with {_wanted(d.wanted)}."
        case _:
            return f"{_subject(d)} {_got(d)}; {_wanted(d.wanted)} was wanted."


def _text(d: Difference) -> str:
    at = d.excerpt_at[0] if d.excerpt_at else 0
    actual, expected = d.actual, d.expected
    if not isinstance(actual, str | bytes) or not isinstance(expected, str | bytes):
        return f"{_subject(d)} another text."
    begin = max(0, at - 20) if max(len(actual), len(expected)) > 60 else 0
    got, wanted = (show(side[begin : begin + 200], 100) for side in (actual, expected))
    return f"{_subject(d)} {got}; {wanted} was wanted. They differ from position {at} on" + (
        f" (shown from {begin})." if begin else "."
    )


def _keys(d: Difference) -> str:
    parts = []
    if d.missing:
        parts.append("without " + ", ".join(show(key, 40) for key in d.missing))
    if d.unexpected:
        parts.append("with unexpected " + ", ".join(show(key, 40) for key in d.unexpected))
    return f"{_subject(d)} a dict {' and '.join(parts)}; other keys were wanted."


def _dtype(d: Difference) -> str:
    kind = _kind(d)
    if d.wanted.noun == "number":
        return f"{_subject(d)} {_got(d)}; {_article(kind)} was wanted."
    values = f"{d.got.dtype or 'other'} values"
    return f"{_subject(d)} {_article(d.got.noun)} of {values}; {kind}s were wanted."


def _kind(d: Difference) -> str:
    """What numbers were wanted, from the names of both types."""
    got, wanted = d.got.dtype or "", d.wanted.dtype or ""
    if wanted.startswith("complex"):
        return "complex number"
    if got.startswith("complex"):
        return "real number"
    if wanted.startswith("bool"):
        return "bool"
    return "integer" if "int" in wanted else "real number"


# Differences of numbers


def _number(d: Difference, only: Mismatch) -> str:
    got, wanted = _pair(only)
    return f"{_subject(d)} {got}; {wanted} was wanted{_gap(d, only)}."


def _count(d: Difference) -> str:
    where = f" in {_place(d.path)}" if d.path else ""
    verb = "differs" if d.differing == 1 else "differ"
    special = []
    if d.nan_returned:
        special.append(f"{_many(d.nan_returned)} NaN where a number was wanted")
    if d.nan_missing:
        special.append(f"{_many(d.nan_missing)} a number where NaN was wanted")
    if d.infinite:
        special.append(f"{_many(d.infinite)} infinite on one side or of the wrong sign")
    reasons = f": {', '.join(special)}" if special else ""
    return f"{d.differing} of {d.total} values{where} {verb}{reasons}."


def _first(d: Difference) -> str:
    found = "; ".join(f"{_at(m.index)} {' instead of '.join(_pair(m))}" for m in d.first)
    return f"First: {found}." if d.differing > 1 else ""


def _worst(d: Difference, worst: Mismatch) -> str:
    if d.differing > 1 and not _is_finite(worst.absolute):
        # Where nothing is finite no position is worse than another.
        return ""
    head = "Worst" if d.differing > 1 else "There"
    got, wanted = _pair(worst)
    return f"{head}: {_at(worst.index)} {got} instead of {wanted}{_gap(d, worst)}."


def _gap(d: Difference, worst: Mismatch) -> str:
    """By how much, absolutely and relatively, against what is allowed."""
    if not (_is_finite(worst.absolute) and _is_finite(worst.expected)):
        return ""
    text = f"; absolute error {worst.absolute:.3g}"
    if _is_finite(worst.relative):
        text += f", relative error {worst.relative:.3g}"
    return f"{text}; {_allowance(d.tolerance, worst.expected)}"


def _is_finite(value: Number) -> bool:
    """Whether a number is finite and in the range of floats, which an integer need not be."""
    try:
        return math.isfinite(abs(value))
    except OverflowError:
        return False


def _allowance(tolerance: Tolerance, expected: Number) -> str:
    if tolerance.zero:
        return "no error is allowed"
    parts = []
    if tolerance.rtol:
        parts.append(f"{tolerance.rtol:g} of the expected value")
    if tolerance.atol:
        parts.append(f"{tolerance.atol:g}")
    allowed = tolerance.atol + tolerance.rtol * abs(expected)
    return f"{allowed:.3g} is allowed ({tolerance.name}: {' plus '.join(parts)})"


def _nearly(d: Difference) -> str:
    return f"Nearly right: {_NEARLY[d.nearly]}" if d.nearly else ""


def _excerpts(d: Difference) -> list[str]:
    """Both sides, whole or around the worst position, with enough digits to look different."""
    if not isinstance(d.actual, np.ndarray) or not isinstance(d.expected, np.ndarray):
        return []
    got, wanted = show_array(d.actual), show_array(d.expected)
    if got == wanted:
        got, wanted = show_array(d.actual, 17), show_array(d.expected, 17)
    suffix = f" from {_at(d.excerpt_at)} on" if d.excerpt_at else ""
    break_ = "\n" if "\n" in got or "\n" in wanted else " "
    return [
        f"Returned{suffix}:{break_}{cut(got, _PART)}",
        f"Expected{suffix}:{break_}{cut(wanted, _PART)}",
    ]


# Words


def _subject(d: Difference) -> str:
    return f"{_place(d.path)} is" if d.path else "returned"


def _place(path: Path) -> str:
    return cut("result" + "".join(f"[{show(key, 40)}]" for key in path[:8]), 200)


def _at(index: Index) -> str:
    return cut("[" + ", ".join(map(str, index)) + "]", 80)


def _got(d: Difference) -> str:
    """What came back, with its value where that is short."""
    if d.got.noun in ("number", "string", "bytes"):
        name = d.got.type_name if d.got.noun == "number" else d.got.noun
        return f"{_article(name)} ({show(d.actual, 60)})"
    return _wanted(d.got)


def _wanted(side: Outline) -> str:
    match side.noun:
        case "None":
            return "None"
        case "array":
            return f"an array of shape {_shape(side)}"
        case "list" | "tuple" | "dict":
            return f"{_article(side.noun)} of length {side.length}"
        case "handle":
            return _article(printable(side.type_name))
        case _:
            return _article(side.noun)


def _shape(side: Outline) -> str:
    return cut(str(side.shape), 80)


def _article(noun: str) -> str:
    if noun == "bytes":
        return noun
    return f"{'an' if noun[:1].lower() in 'aeiou' and not noun.startswith('ui') else 'a'} {noun}"


def _many(count: int) -> str:
    return f"{count} is" if count == 1 else f"{count} are"


def _pair(mismatch: Mismatch) -> tuple[str, str]:
    """Both numbers, with as few digits as tell them apart."""
    sides = (mismatch.actual, mismatch.expected)
    for digits in (6, 9, 12):
        got, wanted = (
            f"{side:.{digits}g}" if isinstance(side, float | complex) else show(side, 60)
            for side in sides
        )
        if got != wanted:
            return got, wanted
    return show(sides[0], 60), show(sides[1], 60)
