"""Tables as text: writes new ones, and edits those of other systems without touching a byte of any other row."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from grader.errors import UsageError
from grader.exchange.cells import guarded

Cell = str | int | Decimal | None

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def csv_of(rows: Iterable[Sequence[Cell]]) -> bytes:
    """A table in UTF-8 in which all text is quoted, and none of it is a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode()


class Table:
    """A table that another system wrote; a row that nobody changes is written as it was read, byte for byte."""

    def __init__(self, data: bytes, name: str) -> None:
        """Read a table; `name` is what to call it in a sentence. Raises UsageError where it is none."""
        self.name = name
        self.mark, self.encoding = next(
            ((mark, codec) for mark, codec in _MARKS if data.startswith(mark)), (b"", "utf-8")
        )
        text = self._decoded(data[len(self.mark) :])
        first = re.split(r"[\r\n]", text[:4000], maxsplit=1)[0]
        self.delimiter = max(",;\t", key=lambda one: len(next(csv.reader([first], delimiter=one))))
        self.rows: list[list[str]] = []
        self._raw: list[str] = []
        self._touched: dict[int, set[int]] = {}
        lines: list[str] = []
        try:
            for row in csv.reader(_noting(text, lines), delimiter=self.delimiter):
                self.rows.append(row)
                self._raw.append("".join(lines))
                lines.clear()
        except csv.Error as error:
            raise UsageError(f"{name} is no table: {error}") from error
        if not self.rows:
            raise UsageError(f"{name} is empty")

    def _decoded(self, data: bytes) -> str:
        try:
            return data.decode(self.encoding)
        except UnicodeDecodeError:
            # What is left of the days before UTF-8 comes from Windows.
            self.encoding = "latin-1"
            return data.decode(self.encoding)

    @property
    def header(self) -> list[str]:
        """The titles of the columns."""
        return self.rows[0]

    def column(self, *titles: str) -> int | None:
        """The column with one of these titles, whatever their case; None where there is none."""
        wanted = {title.casefold() for title in titles}
        found = (
            number for number, title in enumerate(self.header) if title.strip().casefold() in wanted
        )
        return next(found, None)

    def cell(self, row: int, column: int | None) -> str:
        """What stands there; nothing where the row is too short or there is no such column."""
        cells = self.rows[row]
        return "" if column is None or column >= len(cells) else cells[column].strip()

    def put(self, row: int, column: int, text: str) -> None:
        """Write a cell."""
        cells = self.rows[row]
        cells += [""] * (column + 1 - len(cells))
        cells[column] = text
        self._touched.setdefault(row, set()).add(column)

    def to_bytes(self) -> bytes:
        """The table in the encoding, with the separator, quotes and line ends that it came with."""
        parts = list(self._raw)
        for row, columns in self._touched.items():
            body = parts[row].rstrip("\r\n")
            end = parts[row][len(body) :]
            cells = self._split(body)
            cells += [""] * (len(self.rows[row]) - len(cells))
            for column in columns:
                text = self.rows[row][column]
                quote = cells[column].startswith('"') or any(
                    c in text for c in f'"\r\n{self.delimiter}'
                )
                cells[column] = '"{}"'.format(text.replace('"', '""')) if quote else text
            parts[row] = self.delimiter.join(cells) + end
        return self.mark + "".join(parts).encode(self.encoding, "backslashreplace")

    def _split(self, line: str) -> list[str]:
        """The cells of a row as they are written, quotes and all."""
        separator = re.escape(self.delimiter)
        cell = re.compile(f'(?:"[^"]*(?:""[^"]*)*"?)?[^{separator}]*')
        cells = []
        at = 0
        while True:
            found = cell.match(line, at)
            assert found is not None
            cells.append(found.group())
            at = found.end() + 1
            if at > len(line):
                return cells


def _noting(text: str, lines: list[str]) -> Iterator[str]:
    for line in io.StringIO(text, newline=""):
        lines.append(line)
        yield line
