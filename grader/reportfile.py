"""The file of reports that a batch writes: collected on disk, and there whole or not at all."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from grader.models import SCHEMA, ReportFile
from grader.wholefile import appearing


class ReportFileWriter:
    """Collects reports on disk and writes the file of contracts in one piece, ordered by student."""

    def __init__(self, spool: IO[bytes]) -> None:
        self._spool = spool
        self._end = 0
        self._places: dict[str, tuple[int, int]] = {}

    def add(self, student: str, text: str) -> None:
        """Keep a report."""
        data = text.encode()
        self._places[student] = self._end, len(data)
        self._end += self._spool.write(data)

    def write(self, file: Path, assignment: str) -> None:
        """Write the reports to `file`, which only its owner may read. Raises StoreError."""
        with appearing(file) as unfinished, unfinished.open("wb") as out:
            out.write(
                f'{{"schema":{SCHEMA},"assignment":{json.dumps(assignment)},"reports":['.encode()
            )
            for number, student in enumerate(sorted(self._places)):
                place, length = self._places[student]
                self._spool.seek(place)
                out.write((b",\n" if number else b"\n") + self._spool.read(length))
            out.write(b"\n]}\n")


@contextmanager
def report_file_writer() -> Iterator[ReportFileWriter]:
    """A writer whose spool disappears with it."""
    with tempfile.TemporaryFile() as spool:
        yield ReportFileWriter(spool)


def schema() -> dict[str, Any]:
    """The JSON schema of such a file."""
    return ReportFile.model_json_schema(by_alias=True)
