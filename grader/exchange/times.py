"""Reads when something was handed in: from a file `timestamp.txt` as nbgrader writes it, or from a table."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from grader.errors import UsageError
from grader.exchange.spreadsheet import rows_by

TIMESTAMP_FILE = "timestamp.txt"


def parse_timestamp(text: str) -> datetime | None:
    """The time in such a file ("2030-05-01 18:00:00.123 Europe/Berlin"), or None for anything else.

    Without a zone it is in UTC, as nbgrader takes it.
    """
    words = text.strip().split()
    for count in (len(words), 2):
        zone = " ".join(words[count:])
        try:
            when = datetime.fromisoformat(" ".join(words[:count]).replace(" +", "+"))
            if when.tzinfo is None:
                when = when.replace(tzinfo=UTC if zone in ("", "UTC") else ZoneInfo(zone))
            # There are moments, at the ends of the calendar, that UTC has no date for.
            when.astimezone(UTC)
        except (ZoneInfoNotFoundError, ValueError, OverflowError, OSError):
            continue
        return when
    return None


def read_times(file: Path) -> dict[str, datetime]:
    """Times of submission: the columns student and submitted, which has a time zone."""
    return {
        student: parse_time(row["submitted"], f"{file}, {student}")
        for student, row in rows_by(file, "student", "submitted").items()
    }


def parse_time(text: str, where: str) -> datetime:
    """A time with a zone. Raises UsageError for one without."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"{where}: {text!r} is no time; write it as 2030-05-01T18:00:00+02:00", slug="time-zone"
        ) from error
    if when.tzinfo is None:
        raise UsageError(
            f"{where}: {text!r} has no time zone; write it as 2030-05-01T18:00:00+02:00",
            slug="time-zone",
        )
    return when
