"""Collects from the gradebook what grades follow from, and derives them."""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Row, select

from grader.course import Course
from grader.errors import UsageError
from grader.gradebook import rules
from grader.gradebook.decisions import (
    Choice,
    Decided,
    Extension,
    HandedIn,
    Manual,
    Override,
    Published,
    Student,
    Team,
    Waiver,
    standing,
)
from grader.gradebook.derivation import AttemptFact, Facts, Grade, ReportFact, derive
from grader.gradebook.tables import attempts, reports
from grader.models import GradeReport, Outcome, SuiteDigests

_PERSONAL = (Choice, Extension, HandedIn, Manual, Override)


@dataclass(frozen=True)
class _Assignment:
    """What is stored of one assignment, by whoever handed in."""

    attempts: Mapping[str, list[Row[Any]]]
    #: By student and submission, the newest.
    reports: Mapping[tuple[str, str], Row[Any]]
    decisions: Mapping[tuple[str, str], list[Decided]]
    rubric: Mapping[str, float]
    functions: frozenset[str]
    max_score: float


class Ledger:
    """Grades of a course as they follow from what is stored at one moment, and from a waiver that is only supposed."""

    def __init__(
        self, connection: Connection, course: Course, supposing: Decided | None = None
    ) -> None:
        self._supposed = supposing
        self._connection = connection
        self._course = course
        self._kept: dict[str, _Assignment] = {}
        self._tests: dict[str, dict[str, float]] = {}

    @cached_property
    def roster(self) -> dict[str, Student]:
        """The students on the roster, by id."""
        found = standing(self._connection, [Student])
        return {student: decided[0].body for (_, student), decided in sorted(found.items())}

    @cached_property
    def _teams(self) -> dict[str, list[Decided]]:
        """The teams of each student."""
        by_member: dict[str, list[Decided]] = {}
        for decided in standing(self._connection, [Team]).values():
            for each in decided:
                for member in each.body.members:
                    by_member.setdefault(member, []).append(each)
        return by_member

    def students(self, assignment: str) -> list[str]:
        """Everybody who has a grade in it: the roster, who handed in without being on it, and members of teams."""
        kept = self._assignment(assignment)
        teams = {each.student for decided in self._teams.values() for each in decided}
        named = {student for student, _ in kept.reports} | set(kept.attempts)
        return sorted(set(self.roster) | (named - teams) | set(self._teams))

    def strangers(self, names: Iterable[str]) -> list[str]:
        """Of these students and teams, those who are on no roster and no team, if there is a roster at all."""
        if not self.roster:
            return []
        teams = {each.student for decided in self._teams.values() for each in decided}
        return [name for name in names if name not in self.roster and name not in teams]

    def knows(self, name: str, assignment: str) -> bool:
        """Whether a student or a team of this name is on the roster, or handed in."""
        teams = (each.student for decided in self._teams.values() for each in decided)
        return name in (*self.students(assignment), *self._assignment(assignment).attempts, *teams)

    def graded(self, assignment: str) -> bool:
        """Whether anything of it was graded."""
        return bool(self._assignment(assignment).reports)

    def grade(self, student: str, assignment: str) -> Grade:
        """The grade of a student in an assignment."""
        return derive(self.facts(student, assignment), self._bank(student, assignment))

    def grades(self, assignment: str) -> Iterator[tuple[str, Grade]]:
        """The grade of everybody."""
        for student in self.students(assignment):
            yield student, self.grade(student, assignment)

    def outdated(self, assignment: str) -> list[str]:
        """Whose grade follows from a report that another suite gave than the newest report."""
        rows = {row.id: row for row in self._assignment(assignment).reports.values()}
        # Of one bundle all reports have the same suite, and other bundles may have it too.
        of_bundle = {row.bundle: row.id for row in rows.values()}
        suites = {bundle: self._suite(report) for bundle, report in of_bundle.items()}
        newest = suites[rows[max(rows)].bundle] if rows else None
        return [
            student
            for student, grade in self.grades(assignment)
            if grade.report is not None and suites[rows[grade.report].bundle] != newest
        ]

    def _suite(self, report: int) -> SuiteDigests:
        digests = read_report(self._connection, report).digests
        return SuiteDigests(digests.suite, digests.given, digests.reference)

    def total(self, grades: Mapping[str, Grade | Published]) -> rules.Total:
        """The course total that follows from one student's grades, by assignment."""
        parts = [
            rules.Part(
                entry.name,
                entry.weight,
                rules.exact(grades[entry.name].points),
                rules.exact(grades[entry.name].max_points),
            )
            for entry in self._course.manifest.assignments
            if entry.name in grades
        ]
        return rules.course_total(parts, self._course.manifest.drop_lowest)

    def _bank(self, student: str, assignment: str) -> int:
        """The late days that are left when an assignment is due: those due earlier are paid first."""
        late = self._course.manifest.late
        due = self._course.entry(assignment).due
        if late.rule != "bank" or due is None:
            return 0
        dated = [
            (entry.due, entry.name)
            for entry in self._course.manifest.assignments
            if entry.due is not None and (entry.due, entry.name) < (due, assignment)
        ]
        left = late.days
        for _, name in sorted(dated):
            left -= derive(self.facts(student, name), left).banked
        return left

    def facts(self, student: str, assignment: str) -> Facts:
        """What a grade follows from."""
        kept = self._assignment(assignment)
        team = self._team(student, assignment, kept)
        whose = team or student
        mine = [kept.decisions.get((kind.kind, whose), []) for kind in _PERSONAL]
        choice, extension, handed_in, manual, override = mine
        if team:
            # What was decided for a member goes before what was decided for the team.
            choice = kept.decisions.get((Choice.kind, student), choice)
            extension = kept.decisions.get((Extension.kind, student), extension)
            override = kept.decisions.get((Override.kind, student), override)
        waivers = self._waivers(kept, assignment)
        outcomes = bool(waivers) or any(each.body.item in kept.functions for each in manual)
        times = {each.body.attempt: each for each in handed_in}
        return Facts(
            self._course.entry(assignment),
            self._course.manifest.late,
            [
                self._attempt(row, kept, times.get(row.number), outcomes=outcomes)
                for row in kept.attempts.get(whose, [])
            ],
            kept.rubric,
            self._to_be_had(kept, waivers, assignment),
            extension[0] if extension else None,
            override[0] if override else None,
            choice[0] if choice else None,
            _carried(manual, kept),
            waivers,
            team,
        )

    def _waivers(self, kept: _Assignment, assignment: str) -> list[Decided]:
        stored = kept.decisions.get((Waiver.kind, ""), [])
        new = self._supposed
        if new is None or new.assignment != assignment:
            return stored
        return [*(each for each in stored if each.body.test != new.body.test), new]

    def _to_be_had(self, kept: _Assignment, waivers: Sequence[Decided], assignment: str) -> float:
        """The automatic points, also for who handed nothing in, without those of tests that left the maximum."""
        gone = {each.body.test for each in waivers if each.body.gives == "nothing"}
        tests = self.tests(assignment) if gone else {}
        return kept.max_score - sum(most for test, most in tests.items() if test in gone)

    def tests(self, assignment: str) -> dict[str, float]:
        """The tests of an assignment and their points, as the newest report with any has them."""
        if assignment not in self._tests:
            rows = sorted(self._assignment(assignment).reports.values(), key=lambda row: -row.id)
            found = next(filter(None, (self.outcomes(row.id) for row in rows)), ())
            self._tests[assignment] = {each.test: each.max_points for each in found}
        return self._tests[assignment]

    def _team(self, student: str, assignment: str, kept: _Assignment) -> str:
        """The team that handed in for a student, or nothing."""
        for each in self._teams.get(student, []):
            if each.assignment in ("", assignment) and each.student in kept.attempts:
                return each.student
        return ""

    def _attempt(
        self, row: Row[Any], kept: _Assignment, corrected: Decided | None, *, outcomes: bool
    ) -> AttemptFact:
        report = kept.reports.get((row.student, row.digest))
        submitted = None if row.submitted is None else datetime.fromisoformat(row.submitted)
        source = row.source or ""
        if corrected is not None:
            submitted, source = corrected.body.submitted, corrected.told
        return AttemptFact(
            row.number,
            submitted,
            source,
            None
            if report is None
            else ReportFact(
                report.id,
                report.state,
                report.score,
                report.max_score,
                self.outcomes(report.id) if outcomes else (),
            ),
            row.notebook is not None,
        )

    def outcomes(self, report: int | None) -> tuple[Outcome, ...]:
        """The outcomes of a stored report; of none, and of one that was erased, there are none."""
        try:
            return () if report is None else read_report(self._connection, report).outcomes
        except UsageError:
            return ()

    def _assignment(self, name: str) -> _Assignment:
        if name not in self._kept:
            self._kept[name] = self._load(name)
        return self._kept[name]

    def _load(self, name: str) -> _Assignment:
        manifest = self._course.assignment(name).manifest
        by_student: dict[str, list[Row[Any]]] = {}
        query = select(attempts).where(attempts.c.assignment == name)
        for row in self._connection.execute(query.order_by(attempts.c.number)):
            by_student.setdefault(row.student, []).append(row)
        # Not the texts, which may be large.
        columns = [column for column in reports.columns if column.name != "text"]
        listed = select(*columns).where(reports.c.assignment == name).order_by(reports.c.id)
        newest = {(row.student, row.digest): row for row in self._connection.execute(listed)}
        return _Assignment(
            by_student,
            newest,
            standing(self._connection, [*_PERSONAL, Published, Waiver], assignment=name),
            manifest.rubric,
            frozenset(function.name for function in manifest.functions),
            sum(function.points for function in manifest.functions),
        )

    def attempt(self, student: str, assignment: str) -> Row[Any] | None:
        """The row of the attempt that counts, which may be a team's; None for who handed nothing in."""
        return self.handed_in(student, assignment, self.grade(student, assignment).attempt)

    def may_count(self, assignment: str) -> list[Row[Any]]:
        """The attempts that count, or may once they are graded anew: where the best counts, all. Ordered by number."""
        kept = self._assignment(assignment)
        rows = [row for rows in kept.attempts.values() for row in rows]
        if self._course.entry(assignment).attempts != "best":
            counted = (self.attempt(student, assignment) for student in self.students(assignment))
            rows = list({row.id: row for row in counted if row is not None}.values())
        return sorted(rows, key=lambda row: (row.number, row.student))

    def handed_in(self, student: str, assignment: str, number: int | None) -> Row[Any] | None:
        """The row of an attempt by its number; a team's for who handed in with others."""
        kept = self._assignment(assignment)
        whose = self._team(student, assignment, kept) or student
        return next((row for row in kept.attempts.get(whose, []) if row.number == number), None)

    def published(self, assignment: str) -> dict[str, Published]:
        """The grades that students were told, by student."""
        found = self._assignment(assignment).decisions
        return {
            student: decided[0].body
            for (kind, student), decided in found.items()
            if kind == Published.kind
        }


def _carried(manual: Sequence[Decided], kept: _Assignment) -> list[Decided]:
    """Points given by hand, those of a rubric also for later attempts with the same notebook: it is not read twice."""
    found = {(each.body.attempt, each.body.item): each for each in manual}
    for each in sorted(manual, key=lambda each: -each.body.attempt):
        rows = kept.attempts.get(each.student, []) if each.body.item in kept.rubric else []
        notebooks = {row.number: row.notebook for row in rows}
        for number, notebook in notebooks.items():
            same = notebook is not None and notebook == notebooks.get(each.body.attempt)
            if same and number > each.body.attempt and (number, each.body.item) not in found:
                body = each.body.model_copy(update={"attempt": number})
                found[number, each.body.item] = replace(each, body=body)
    return list(found.values())


def read_report(connection: Connection, report: int) -> GradeReport:
    """A stored report by its row; its attempt is open. Raises UsageError for a row that is not there."""
    query = select(reports.c.text).where(reports.c.id == report)
    text = connection.execute(query).scalar()
    if text is None:
        raise UsageError(f"the gradebook has no report {report}")
    return GradeReport.model_validate_json(zlib.decompress(text))
