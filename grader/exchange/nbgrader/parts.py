"""Which part of a grade is which cell of nbgrader's: functions, items of rubrics, what was decided after grading."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from grader.course import Assignment
from grader.errors import UsageError
from grader.exchange.cells import exact
from grader.exchange.grades import Result, Sheet
from grader.gradebook.decisions import EXTRA_CREDIT

#: The notebook of what people grade, and the cells that are no function's: no function can be called so.
EXPERIMENTS = "by-hand"
CODE = "your-code"
AFTER = "after-grading"
_NO_NAME = re.compile(r"[^A-Za-z0-9_]+")


@dataclass(frozen=True)
class Part:
    """A cell with points."""

    notebook: str
    cell: str
    #: A function, an item of a rubric, or AFTER.
    item: str
    max_score: float
    kind: Literal["function", "rubric", "after"]

    @property
    def answer(self) -> bool:
        """Whether people comment on it in formgrader."""
        return self.kind == "rubric"


@dataclass(frozen=True)
class Layout:
    """An assignment as nbgrader has it, and what everybody has who is in it."""

    assignment: Assignment
    parts: tuple[Part, ...]
    #: By student the points of each part, but for what was decided after grading; None for what is not graded yet.
    points: Mapping[str, Mapping[Part, Decimal | None]]

    @property
    def notebooks(self) -> list[str]:
        """The modules, and one for what people grade."""
        by_hand = [EXPERIMENTS] if any(part.answer for part in self.parts) else []
        return [*self.assignment.manifest.modules, *by_hand]


def layout(sheet: Sheet) -> Layout:
    """What becomes of an assignment. Raises UsageError where the course does not have it."""
    assignment = sheet.source
    if assignment is None:
        raise UsageError(
            f"course.toml lists no {sheet.assignment}: nothing says what its parts are"
        )
    parts = tuple(parts_of(assignment))
    there = [result for result in sheet.results.values() if handed_in(result)]
    points = {result.student: _told(parts, result) for result in there}
    over = sheet.max_score - sum(exact(part.max_score) for part in parts)
    if over or any(rest(points[result.student], result, extra=False) for result in there):
        first = assignment.manifest.modules[0]
        parts = (*parts, Part(first, AFTER, AFTER, float(over), "after"))
    return Layout(assignment, parts, points)


def parts_of(assignment: Assignment) -> Iterator[Part]:
    """The cells that an assignment has whatever was decided of its grades, in order."""
    for name, function in assignment.functions.items():
        yield Part(assignment.module_of(name), name, name, function.points, "function")
    taken: set[str] = set()
    for label, points in assignment.manifest.rubric.items():
        cell = _cell(label, taken)
        taken.add(cell)
        yield Part(EXPERIMENTS, cell, label, points, "rubric")


def _cell(label: str, taken: Collection[str]) -> str:
    """A name that can be looked up in a page: what a rubric calls its items is prose."""
    plain = _NO_NAME.sub("-", label).strip("-")[:100] or "item"
    number = 1
    name = plain
    while name in taken:
        number += 1
        name = f"{plain}-{number}"
    return name


def handed_in(result: Result) -> bool:
    """Whether there is something to tell nbgrader: a score, of work or by a person's decision."""
    if result.score is None:
        return False
    absent = result.report is None or result.report.state == "missing"
    return not absent or bool(result.score)


def _told(parts: Iterable[Part], result: Result) -> dict[Part, Decimal | None]:
    tested: dict[str, Decimal] = {}
    for outcome in result.report.outcomes if result.report is not None else ():
        points = exact(outcome.points or 0.0)
        tested[outcome.function] = tested.get(outcome.function, Decimal(0)) + points
    return {
        part: result.by_hand.get(
            part.item, tested.get(part.item, Decimal(0)) if part.kind == "function" else None
        )
        for part in parts
    }


def rest(points: Mapping[Part, Decimal | None], result: Result, *, extra: bool) -> Decimal:
    """What was decided after grading: waivers, points set by a person; extra credit, unless nbgrader has it itself."""
    assert result.score is not None
    known = sum((each for each in points.values() if each is not None), Decimal(0))
    credit = result.by_hand.get(EXTRA_CREDIT, Decimal(0)) if extra else Decimal(0)
    return result.score + result.late - known - credit
