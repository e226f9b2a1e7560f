"""What a suite declares about each of its tests, and the check that its points add up."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from grader.course import Assignment
from grader.errors import SuiteError
from grader.models import GROUPS, Group, Visibility

MARKERS = (
    "function(name): the graded function that this test belongs to",
    "group(name): value, edge, property or contract",
    "points(x): what this test is worth, a multiple of 0.25",
    "hint(text): shown with a failure of this test",
    "visibility(name): public or hidden; by default where the suite lies",
)


@dataclass(frozen=True)
class TestSpec:
    """One test of a suite."""

    __test__ = False

    id: str
    function: str
    group: Group
    points: float
    visibility: Visibility
    hint: str | None = None


def read_spec(item: Any, test_id: str, assignment: Assignment, visibility: Visibility) -> TestSpec:
    """The declarations of one collected test. Raises SuiteError naming the test and what is wrong."""

    def value(marker: str, default: Any = None) -> Any:
        found = item.get_closest_marker(marker)
        if found is None:
            return default
        if len(found.args) != 1 or found.kwargs:
            raise SuiteError(
                f"{test_id}: the marker {marker} takes one argument", slug="suite-marker"
            )
        return found.args[0]

    function = value("function")
    if function not in assignment.functions:
        raise SuiteError(
            f"{test_id}: the marker function must name a graded function, not {function!r}",
            slug="suite-marker",
        )
    group = value("group", "value")
    if group not in GROUPS:
        raise SuiteError(
            f"{test_id}: the group must be one of {', '.join(GROUPS)}, not {group!r}",
            slug="suite-marker",
        )
    visibility = value("visibility", visibility)
    if visibility not in ("public", "hidden"):
        raise SuiteError(
            f"{test_id}: the visibility must be public or hidden, not {visibility!r}",
            slug="suite-marker",
        )
    points = value("points", 0.0)
    if type(points) not in (int, float) or not 0 <= points < math.inf or points * 4 % 1:
        raise SuiteError(
            f"{test_id}: points must be multiples of 0.25, not {points!r}", slug="suite-marker"
        )
    hint = value("hint")
    return TestSpec(
        test_id, function, group, float(points), visibility, None if hint is None else str(hint)
    )


def check_points(specs: Iterable[TestSpec], assignment: Assignment) -> None:
    """Raises SuiteError unless each function's hidden points divide into groups as its manifest says."""
    totals: dict[tuple[str, Group], float] = defaultdict(float)
    for spec in specs:
        totals[spec.function, spec.group] += spec.points
    wrong = []
    for function in assignment.functions.values():
        for group, points in function.split.items():
            found = totals[function.name, group]
            if found != points:
                wrong.append(
                    f"{function.name}: {found:g} points in group {group}, {points:g} expected"
                )
    if wrong:
        raise SuiteError(
            f"the hidden suite of {assignment.name} does not add up: " + "; ".join(wrong),
            slug="suite-points",
        )
