"""Tables that people open in a spreadsheet: nothing in them runs there, and they are read back as they were written."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from grader.errors import UsageError
from grader.exchange.cells import is_active


def cell(text: str) -> str:
    """Text that a spreadsheet shows and never runs."""
    return f"'{text}" if _is_marked(text) else text


def _is_marked(text: str) -> bool:
    return is_active(text) or text.startswith("'")


def _meant(text: str) -> str:
    """What was written into a cell; people's names begin with an apostrophe, too."""
    text = text.strip()
    return text[1:] if text.startswith("'") and _is_marked(text[1:]) else text


def table_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV; every cell is inert."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([cell(text) for text in row] for row in rows)
    return out.getvalue()


def read_table(file: Path, *columns: str) -> list[dict[str, str]]:
    """The rows of a CSV file with at least these columns. Raises UsageError naming the file and the line."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is not in UTF-8: export it as CSV UTF-8") from error
    start = text.partition("\n")[0]
    delimiter = max(",;\t", key=start.count)
    lines = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = list(lines)
    except csv.Error as error:
        raise UsageError(f"{file}, line {lines.line_num}: {error}") from error
    lacking = [name for name in columns if name not in (lines.fieldnames or ())]
    if lacking:
        raise UsageError(f"{file} has no column {', '.join(lacking)}")
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise UsageError(f"{file}, row {number}: it has not as many fields as the first row")
    return [
        {name: unicodedata.normalize("NFC", _meant(value)) for name, value in row.items()}
        for row in rows
    ]


def rows_by(file: Path, column: str, *more: str) -> dict[str, dict[str, str]]:
    """The rows by what stands in one column. Raises UsageError where that is nothing, or stands there twice."""
    found: dict[str, dict[str, str]] = {}
    for number, row in enumerate(read_table(file, column, *more), start=2):
        name = row[column]
        if not name:
            raise UsageError(f"{file}, row {number}: no {column}")
        if name in found:
            raise UsageError(f"{file}, row {number}: {name!r} stands there twice")
        found[name] = row
    return found
