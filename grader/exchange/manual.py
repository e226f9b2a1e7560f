"""Points given by hand as a table: written for a spreadsheet, and read back with what was filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError
from grader.exchange.spreadsheet import read_table, table_text
from grader.gradebook.manual import Work, check_points, find

_COLUMNS = ("code", "item", "maximum", "points", "comment", "was", "said")


def manual_table(works: Sequence[Work], rubric: Mapping[str, float]) -> str:
    """A row for each item of each attempt; the last columns say what the gradebook held when this was written."""
    rows = [list(_COLUMNS)]
    for work in works:
        for item, points in work.points.items():
            shown = _shown(points)
            comment = work.comments.get(item, "")
            top = f"{rubric[item]:g}"
            rows.append([work.code, item, top, shown, comment, shown, comment])
    return table_text(rows)


def _shown(points: float | None) -> str:
    return "" if points is None else f"{points:g}"


@dataclass(frozen=True)
class Filled:
    """What a table changes for one attempt."""

    work: Work
    points: Mapping[str, float | None]
    comments: Mapping[str, str]


def read_manual(file: Path, works: Sequence[Work], rubric: Mapping[str, float]) -> list[Filled]:
    """The changes that a table asks for. Raises UsageError for points that are none, and where somebody else changed
    them meanwhile.
    """
    points: dict[str, dict[str, float | None]] = {}
    comments: dict[str, dict[str, str]] = {}
    known: dict[str, Work] = {}
    for number, row in enumerate(read_table(file, *_COLUMNS), start=2):
        where = f"{file}, row {number}"
        if (row["points"], row["comment"]) == (row["was"], row["said"]):
            continue
        try:
            work = find(works, row["code"])
        except UsageError as error:
            raise UsageError(
                f"{where}: {error}; if another attempt was handed in since this table was written, write it anew"
                " with: grader manual export"
            ) from error
        known[work.code] = work
        item = row["item"]
        if item not in rubric:
            raise UsageError(f"{where}: the rubric has no item {item!r}")
        new, was, now = _points(row["points"], where), _points(row["was"], where), work.points[item]
        check_points(new, item, rubric)
        if new not in (was, now):
            if was != now:
                raise _outdated(where, f"{item} has {_shown(now) or 'no'} points")
            points.setdefault(work.code, {})[item] = new
        comment, said, told = row["comment"], row["said"], work.comments.get(item, "")
        if comment not in (said, told):
            if said != told:
                raise _outdated(where, f"{item} has another comment")
            comments.setdefault(work.code, {})[item] = comment
    return [
        Filled(work, points.get(code, {}), comments.get(code, {}))
        for code, work in known.items()
        if code in points or code in comments
    ]


def _outdated(where: str, what: str) -> UsageError:
    return UsageError(
        f"{where}: {what} since this table was written; write it anew with: grader manual export"
    )


def _points(text: str, where: str) -> float | None:
    if not text:
        return None
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        raise UsageError(f"{where}: {text!r} is no number of points") from error
