"""A batch with a gradebook: it goes on where it was stopped, and its file of reports is always whole."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.batch import grade_folder, grade_stored
from grader.course import Assignment, Course
from grader.errors import UsageError
from grader.exchange.folders import survey
from grader.gradebook import maintenance
from grader.gradebook.connection import Gradebook
from grader.gradebook.ledger import Ledger
from grader.gradebook.schema import open_gradebook
from grader.models import Graded, ReportFile
from grader.orders import Again, Batch, Request
from tests.small_course import REFERENCE, STUB, write_course

pytestmark = pytest.mark.needs("landlock")


class Watcher:
    """Counts what a batch tells; and may end it."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.told: list[str] = []
        self._stop_after = stop_after

    def start(self, total: int, ignored: tuple[str, ...]) -> None:
        """Nothing to do."""

    def advance(self, graded: Graded) -> None:
        self.told.append(graded.student)
        if len(self.told) == self._stop_after:
            raise KeyboardInterrupt


@pytest.fixture
def assignment(tmp_path: Path) -> Assignment:
    folder = tmp_path / "submissions"
    folder.mkdir()
    for number in range(4):
        (folder / f"s{number}.py").write_text(f"{REFERENCE}\n# {number}\n")
    (folder / "empty").mkdir()
    (folder / "stub.py").write_text(STUB)
    return write_course(tmp_path / "course")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Gradebook]:
    """In a file: what a batch asks of a gradebook is tested on both kinds elsewhere."""
    made = open_gradebook(tmp_path / "gradebook.db")
    yield made
    made.close()


def run(
    assignment: Assignment, book: Gradebook, stop_after: int | None = None, **wanted: Any
) -> tuple[Batch, ReportFile]:
    root = assignment.root.parent
    request = Request(root / "submissions", json_file=root / "reports.json", jobs=1, **wanted)
    course = Course.find(assignment.root)
    batch = grade_folder(course, assignment, request, Watcher(stop_after), book)
    data = json.loads((root / "reports.json").read_text(encoding="utf-8"))
    return batch, ReportFile.model_validate(data)


def test_a_second_run_grades_nothing_and_writes_the_same_file(
    assignment: Assignment, book: Gradebook
) -> None:
    batch, first = run(assignment, book)
    assert (len(batch.rows), batch.unchanged) == (6, 0)
    batch, second = run(assignment, book)
    assert (len(batch.rows), batch.unchanged) == (6, 6)
    assert second == first
    assert {made.student: made.attempt for made in second.reports} == {
        "s0": 1,
        "s1": 1,
        "s2": 1,
        "s3": 1,
        "stub": 1,
        "empty": None,
    }
    assert maintenance.check(book) == []


def test_a_batch_that_was_interrupted_goes_on(assignment: Assignment, book: Gradebook) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(assignment, book, stop_after=3)
    assert not (assignment.root.parent / "reports.json").exists()
    batch, reports = run(assignment, book)
    assert batch.unchanged >= 3
    assert len(reports.reports) == 6
    assert maintenance.check(book) == []


def test_a_batch_that_grades_everything_again_goes_on_too(
    assignment: Assignment, book: Gradebook
) -> None:
    run(assignment, book)
    with pytest.raises(KeyboardInterrupt):
        run(assignment, book, stop_after=2, again=Again.ALL)
    # Single students are graded whatever is under way.
    batch, _ = run(assignment, book, again=Again.ALL, only=("s0",))
    assert (batch.unchanged, batch.begun) == (0, "")
    batch, reports = run(assignment, book, again=Again.ALL)
    # What one transaction keeps is announced after it, so all may have been kept.
    assert 2 <= batch.unchanged <= 6
    assert batch.begun
    assert len(reports.reports) == 6
    batch, _ = run(assignment, book, again=Again.ALL)
    assert batch.unchanged == 0


def test_attempts_that_count_are_graded_again_from_the_gradebook(
    assignment: Assignment, book: Gradebook
) -> None:
    course = assignment.root / "course.toml"
    course.write_text(course.read_text().rstrip() + '\nattempts = "best"\n')
    folder = assignment.root.parent / "submissions"
    run(assignment, book)
    (folder / "s0.py").write_text(STUB)
    run(assignment, book)
    suite = assignment.hidden_dir / "test_total.py"
    suite.write_text(suite.read_text() + "\n# a remark\n")
    run(assignment, book)

    def outdated() -> list[str]:
        with book.read() as connection:
            return Ledger(connection, Course.find(assignment.root)).outdated("small")

    def run_stored(stop_after: int | None = None, **wanted: Any) -> Batch:
        request = Request(None, **wanted)
        watcher = Watcher(stop_after)
        course = Course.find(assignment.root)
        batch = grade_stored(course, assignment, request, watcher, book)
        assert len(watcher.told) == len(batch.rows)
        return batch

    # The best is the first, which no folder has any more.
    assert outdated() == ["s0"]
    batch = run_stored()
    assert (len(batch.rows), batch.unchanged) == (6, 5)
    assert ("s0, attempt 1", "graded", 5.0, 5.0, "") in batch.rows
    assert outdated() == []
    batch = run_stored(only=("s0",))
    assert (len(batch.rows), batch.unchanged) == (2, 2)
    with pytest.raises(KeyboardInterrupt):
        run_stored(stop_after=1, again=Again.ALL)
    batch = run_stored(again=Again.ALL)
    assert 1 <= batch.unchanged <= 6
    with pytest.raises(UsageError, match="no attempt of eve in small"):
        run_stored(only=("s0", "eve"))
    assert maintenance.check(book) == []


def test_of_what_nobody_handed_in_nothing_is_stored(
    assignment: Assignment, book: Gradebook
) -> None:
    course = Course.find(assignment.root)
    with pytest.raises(UsageError, match="the gradebook has no attempt in small"):
        grade_stored(course, assignment, Request(None), Watcher(), book)
    with pytest.raises(UsageError, match="no folder of submissions is named"):
        grade_folder(course, assignment, Request(None), Watcher(), book)


def test_only_who_is_named_is_graded_and_reported(assignment: Assignment, book: Gradebook) -> None:
    _, reports = run(assignment, book, only=("s2", "s1"))
    assert [made.student for made in reports.reports] == ["s1", "s2"]
    with pytest.raises(UsageError, match="no submission of eve"):
        run(assignment, book, only=("s2", "eve"))


def test_a_change_of_the_suite_grades_everyone_again(
    assignment: Assignment, book: Gradebook
) -> None:
    run(assignment, book)
    suite = assignment.hidden_dir / "test_total.py"
    suite.write_text(suite.read_text() + "\n# a remark\n")
    batch, _ = run(assignment, book, again=Again.CHANGED)
    assert batch.unchanged == 6
    batch, _ = run(assignment, book)
    assert batch.unchanged == 0


def test_letters_and_their_accents_are_one_name_however_they_are_written(tmp_path: Path) -> None:
    for name in ("Jose\N{COMBINING ACUTE ACCENT}", "Jos\N{LATIN SMALL LETTER E WITH ACUTE}"):
        (tmp_path / name).mkdir()
    intake = survey(tmp_path)
    assert list(intake.entries) == ["Jos\N{LATIN SMALL LETTER E WITH ACUTE}"]
    assert len(intake.ignored) == 1
