"""What a cell of a table that leaves us may hold: text that no spreadsheet runs, numbers rounded once and exactly."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

#: A spreadsheet takes text that begins so, after blanks, for a formula; the wide forms count in some of them too.
_FORMULA = re.compile(r"[ \u00a0\u3000]*[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF001  # spreadsheets take them too
_LONGEST = 4000


def clean(text: str, limit: int = _LONGEST) -> str:
    """Text of bounded length without control and direction characters, as every format can hold it."""
    if text.isascii() and text.isprintable() and len(text) <= limit:
        return text
    return "".join(
        character
        for character in text.encode("utf-8", "backslashreplace").decode()[:limit]
        if character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cf", "Co", "Cn"}
    )


def is_active(text: str) -> bool:
    """Whether a spreadsheet would take it for a formula."""
    return _FORMULA.match(text) is not None


# A table says the same few things of every student.
@lru_cache(4096)
def guarded(text: str) -> str:
    """Clean text that no spreadsheet takes for a formula."""
    shown = clean(text)
    return f"'{shown}" if is_active(shown) or is_active(text) else shown


@lru_cache(4096)
def exact(number: float) -> Decimal:
    """The decimal number that a float is written as."""
    return Decimal(repr(number))


@lru_cache(4096)
def rounded(number: Decimal, places: int) -> Decimal:
    """The number with so many digits behind the point; a half goes away from zero, as people round."""
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def number_in(text: str) -> Decimal | None:
    """The number in a cell of another system, with a point or a comma before its fraction; None where there is none."""
    digits = text.strip()
    if "," in digits:
        thousands, point = (",", ".") if digits.rfind(".") > digits.rfind(",") else (".", ",")
        digits = digits.replace(thousands, "").replace(point, ".")
    return Decimal(digits) if re.fullmatch(r"[+-]?\d{1,15}(\.\d{0,15})?", digits) else None
