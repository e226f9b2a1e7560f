"""Folders of submissions, whatever lies in them, become complete reports, whatever happens meanwhile."""

import errno
import json
import os
import signal
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from grader import batch, desk, reportfile
from grader.batch import grade, grade_folder
from grader.course import Assignment, Course
from grader.errors import StoreError, UsageError
from grader.exchange.folders import read_submission, survey
from grader.exchange.regular import printable
from grader.executors import Beat, Emit, Lost, Processes, Task
from grader.models import Graded, GradeReport, ReportFile, Submission
from grader.orders import Batch, Plan, Request
from grader.redteam.arena import without_timings
from grader.suite.results import Run
from grader.suite.runner import Runner
from tests.small_course import REFERENCE, STUB, hidden_suite, submission, write_course

HALF = "def total(v):\n    return float(sum(v))\n"


class Quiet:
    """A watcher that only counts."""

    def __init__(self) -> None:
        self.total = 0
        self.ignored: tuple[str, ...] = ()
        self.advanced: list[str] = []

    def start(self, total: int, ignored: tuple[str, ...]) -> None:
        self.total, self.ignored = total, ignored

    def advance(self, graded: Graded) -> None:
        self.advanced.append(graded.student)


@pytest.fixture
def assignment(tmp_path: Path) -> Assignment:
    return write_course(tmp_path / "course")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "submissions"
    made.mkdir()
    return made


def put(file: Path, text: str | bytes = REFERENCE) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


# Intake.


def test_an_entry_may_be_a_file_a_folder_or_nbgraders_folder(
    assignment: Assignment, folder: Path
) -> None:
    put(folder / "ann.py", HALF)
    put(folder / "bob" / "small.py", HALF)
    put(folder / "bob" / "helper.py", "x = 1\n")
    put(folder / "cem" / "small" / "small.py", HALF)
    intake = survey(folder)
    read = {name: read_submission(name, path, assignment) for name, path in intake.entries.items()}
    assert {name: sorted(entry.files) for name, entry in read.items()} == {
        "ann": ["small"],
        "bob": ["helper", "small"],
        "cem": ["small"],
    }
    assert not any(entry.notes or entry.problem for entry in read.values())


HOSTILE = [
    "=1+1",
    "-rf",
    "up..\\..",
    "a b",
    "ann\nbob",
    "\x1b[31mred",
    "\N{RIGHT-TO-LEFT OVERRIDE}evil",
    "NUL",
    "ä" * 60,
    "'; drop table",
    "$(id)",
    "%s{0}",
    "<b>",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_only_a_name(assignment: Assignment, folder: Path, name: str) -> None:
    put(folder / name / "small.py", HALF)
    ((student, path),) = survey(folder).entries.items()
    assert student == name
    assert read_submission(student, path, assignment).files == {"small": HALF.encode()}


@pytest.mark.needs("linux")
def test_a_name_that_is_no_text_is_shown_with_escapes(assignment: Assignment, folder: Path) -> None:
    put(folder / os.fsdecode(b"ann\xff") / "small.py")
    put(folder / os.fsdecode(b"ann\xff") / os.fsdecode(b"\xfe.py"), "x = 1\n")
    ((student, path),) = survey(folder).entries.items()
    assert student == "ann\\xff"
    assert sorted(read_submission(student, path, assignment).files) == ["\\xfe", "small"]
    assert printable("ann\udcff") == "ann\\xff"


def test_two_entries_of_one_name_are_told(folder: Path) -> None:
    put(folder / "ann" / "small.py")
    put(folder / "ann.py")
    intake = survey(folder)
    assert intake.entries["ann"] == folder / "ann"
    assert intake.ignored == ("ann.py, a second entry of ann",)


def test_what_is_no_submission_is_told_and_hidden_files_are_not(folder: Path) -> None:
    put(folder / "ann.py")
    put(folder / "notes.txt")
    put(folder / ".DS_Store")
    put(folder / ".git" / "config")
    (folder / "link.py").symlink_to(folder / "ann.py")
    (folder / "linked").symlink_to(folder)
    intake = survey(folder)
    assert set(intake.entries) == {"ann"}
    assert intake.ignored == ("link.py", "linked", "notes.txt")


@pytest.mark.parametrize("make", ["link", "dangling", "fifo", "socket", "folder"])
def test_what_is_no_regular_file_is_never_followed_nor_opened(
    assignment: Assignment, folder: Path, tmp_path: Path, make: str
) -> None:
    put(folder / "ann" / "other.py", "x = 1\n")
    place = folder / "ann" / "small.py"
    if make == "link":
        place.symlink_to(put(tmp_path / "elsewhere.py"))
    elif make == "dangling":
        place.symlink_to(tmp_path / "nowhere")
    elif make == "fifo":
        os.mkfifo(place)
    elif make == "socket":
        with socket.socket(socket.AF_UNIX) as made:
            before = Path.cwd()
            os.chdir(place.parent)
            made.bind("small.py")
            os.chdir(before)
    else:
        place.mkdir()
    read = read_submission("ann", folder / "ann", assignment)
    assert set(read.files) == {"other"}
    assert make == "folder" or read.notes == ("small.py is ignored: it is not a regular file",)


def test_a_folder_that_is_a_link_inside_a_submission_is_not_entered(
    assignment: Assignment, folder: Path, tmp_path: Path
) -> None:
    put(tmp_path / "elsewhere" / "small.py")
    (folder / "ann").mkdir()
    (folder / "ann" / "small").symlink_to(tmp_path / "elsewhere")
    assert not read_submission("ann", folder / "ann", assignment).files


def test_a_submission_that_is_too_large_has_a_problem(assignment: Assignment, folder: Path) -> None:
    huge = put(folder / "huge" / "small.py")
    with huge.open("r+b") as file:
        file.truncate(20 << 30)
    put(folder / "large.py", b"#" * ((1 << 20) + 1))
    for number in range(3):
        put(folder / "sum" / f"part{number}.py", b"#" * (400 << 10))
    for number in range(51):
        put(folder / "many" / f"m{number}.py", "")
    intake = survey(folder)
    for name, path in intake.entries.items():
        read = read_submission(name, path, assignment)
        assert not read.files
        assert read.problem, name


def test_a_file_that_may_not_be_read_is_a_problem(
    assignment: Assignment, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder / "ann" / "small.py")

    def refuse(*arguments: Any) -> int:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    # By hand, since root may read everything.
    monkeypatch.setattr(os, "open", refuse)
    read = read_submission("ann", folder / "ann", assignment)
    assert read.problem == "it cannot be read: Permission denied"


def test_a_folder_without_submissions_is_an_error(folder: Path) -> None:
    for place in (folder, folder / "nowhere", put(folder / ".hidden")):
        with pytest.raises(UsageError):
            survey(place)


# Grading.


@pytest.mark.needs("landlock")
def test_a_folder_becomes_one_complete_file_of_reports(
    assignment: Assignment, folder: Path, tmp_path: Path
) -> None:
    put(folder / "right.py")
    put(folder / "half" / "small.py", HALF)
    put(folder / "stub.py", STUB)
    put(folder / "broken.py", "def total(v)\n")
    put(folder / "nothing" / "essay.txt", "dear grader")
    put(folder / "large.py", b"#" * ((1 << 20) + 1))
    put(folder / "newer.py", "type X = int\ndef f[T](x: T): return x\nx = t'{1}'\n")
    put(folder / "=cmd|'calc'!A0.py", "raise ValueError('\\ud800')\n")
    watcher, file = Quiet(), tmp_path / "out" / "reports.json"
    course = Course.find(assignment.root)
    result = grade_folder(course, assignment, Request(folder, 2, file), watcher)
    data = json.loads(file.read_text(encoding="utf-8"))
    reports = ReportFile.model_validate(data)
    by_student = {report.student: report for report in reports.reports}
    assert list(by_student) == sorted(path.name.removesuffix(".py") for path in folder.iterdir())
    scores = {name: (report.state, report.score) for name, report in by_student.items()}
    assert scores == {
        "right": ("graded", 5),
        "half": ("graded", 1),
        "stub": ("graded", 0),
        "broken": ("graded", 0),
        "nothing": ("missing", 0),
        "large": ("graded", 0),
        "newer": ("needs_review", 0),
        "=cmd|'calc'!A0": ("graded", 0),
    }
    assert {report.max_score for report in reports.reports} == {5}
    assert all(report.isolation == "base" for report in reports.reports)
    assert by_student["large"].load.error is not None
    assert "larger than 1 MiB" in by_student["large"].load.error
    assert sorted(watcher.advanced) == sorted(by_student)
    assert (result.graded, result.needs_review, result.missing) == (6, 1, 1)
    assert not list(file.parent.glob(".*"))


def test_the_schema_describes_what_is_written() -> None:
    schema = reportfile.schema()
    assert set(schema["required"]) == {"assignment", "reports"}
    report = schema["$defs"]["GradeReport"]
    assert report["additionalProperties"] is False
    assert set(report["properties"]) == set(GradeReport.model_fields)


def test_times_are_reported_without_a_gradebook_too_and_one_of_nobody_is_told(
    assignment: Assignment, tmp_path: Path
) -> None:
    for student in ("ann", "bob"):
        put(tmp_path / "in" / f"{student}.py", STUB)
    file, watcher = tmp_path / "reports.json", Quiet()
    first, second = (datetime(2030, 5, day, tzinfo=UTC) for day in (1, 2))
    times = {"ann": first, "anne": first, "": second}
    request = Request(tmp_path / "in", 1, file, times=times)
    grade_folder(Course.find(assignment.root), assignment, request, watcher)
    reports = ReportFile.model_validate_json(file.read_bytes()).reports
    assert [(report.attempt, report.submitted) for report in reports] == [
        (None, first.isoformat()),
        (None, second.isoformat()),
    ]
    assert watcher.ignored == ("the time of anne, of whom there is nothing",)


def test_a_file_that_cannot_be_written_is_told_before_anything_is_graded(
    assignment: Assignment, tmp_path: Path
) -> None:
    put(tmp_path / "in" / "ann.py", STUB)
    put(tmp_path / "plain", "no folder")
    watcher = Quiet()
    request = Request(tmp_path / "in", 1, tmp_path / "plain" / "reports.json")
    with pytest.raises(StoreError, match="cannot write"):
        grade_folder(Course.find(assignment.root), assignment, request, watcher)
    assert not watcher.advanced


def test_a_file_that_cannot_be_written_leaves_none(assignment: Assignment, tmp_path: Path) -> None:
    (tmp_path / "reports.json").mkdir()
    with reportfile.report_file_writer() as writer:
        writer.add("ann", "{}")
        with pytest.raises(StoreError, match=r"reports\.json"):
            writer.write(tmp_path / "reports.json", "small")
    assert [path.name for path in tmp_path.iterdir() if "unfinished" in path.name] == []


def run(
    plan: Plan, submissions: list[Submission], *, patience: float = 30.0, jobs: int = 1
) -> dict[str, GradeReport]:
    """Grade with the processes of a batch, but with patience of the test's choice."""
    done: list[Any] = []
    Processes[Submission](desk.serve_bounded, plan, jobs, patience=patience).run(
        submissions, done.append
    )
    assert not [each for each in done if isinstance(each, Lost)]
    reports = [GradeReport.model_validate_json(graded.text) for graded in done]
    return {report.student: report for report in reports}


def verdicts(report: GradeReport) -> dict[str, str]:
    return {outcome.test.partition("::")[2]: outcome.verdict.value for outcome in report.outcomes}


@pytest.mark.needs("landlock")
def test_a_test_that_holds_the_runner_costs_that_test_only(tmp_path: Path) -> None:
    hang = (
        "def test_hangs(student):\n"
        "    while student.total(np.ones(2)) == 99.0:\n        pass\n\n"
        "def test_it(student):\n    assert student.total(np.ones(2)) < 100\n"
    )
    plan = Plan(write_course(tmp_path, hidden_suite(hang)), None)
    submissions = [
        submission(f"    return {answer}", student)
        for student, answer in (("ann", 99.0), ("bob", 2.0))
    ]
    reports = run(plan, submissions, patience=1.5)
    assert verdicts(reports["ann"])["test_hangs"] == "failed"
    assert verdicts(reports["ann"])["test_it"] == "passed"
    assert reports["ann"].state == "graded"
    assert set(verdicts(reports["bob"]).values()) == {"passed"}


@pytest.mark.needs("landlock")
def test_a_test_that_fills_the_runner_s_memory_costs_that_test_only(tmp_path: Path) -> None:
    fills = (
        "def test_fills(student):\n"
        "    kept = [np.ones(1 << 22) for _ in range(int(student.total(np.ones(2))))]\n"
        "    assert len(kept) == 2\n\n"
        "def test_it(student):\n    assert student.total(np.ones(2)) > 1\n"
    )
    plan = Plan(write_course(tmp_path, hidden_suite(fills)), None)
    submissions = [
        submission(f"    return {answer}", student)
        for student, answer in (("ann", 1e6), ("bob", 2.0))
    ]
    reports = run(plan, submissions)
    assert verdicts(reports["ann"])["test_fills"] == "failed"
    assert verdicts(reports["ann"])["test_it"] == "passed"
    assert set(verdicts(reports["bob"]).values()) == {"passed"}


@pytest.mark.needs("landlock")
def test_a_test_that_ends_the_runner_costs_that_test_only(tmp_path: Path) -> None:
    ends = (
        "import os\ndef test_ends(student):\n"
        "    if student.total(np.ones(2)) == 99.0: os._exit(3)\n\n"
        "def test_it(student):\n    assert student.total(np.ones(2)) < 100\n"
    )
    plan = Plan(write_course(tmp_path, hidden_suite(ends)), None)
    submissions = [
        submission(f"    return {answer}", student)
        for student, answer in (("ann", 99.0), ("bob", 2.0))
    ]
    reports = run(plan, submissions)
    assert verdicts(reports["ann"])["test_ends"] == "failed"
    assert verdicts(reports["ann"])["test_it"] == "passed"
    assert set(verdicts(reports["bob"]).values()) == {"passed"}


def killed_once(plan: Plan, jobs: Iterator[Task[Submission]], emit: Emit, beat: Beat) -> None:
    """The job server of a batch whose process is killed in the middle of ann's first test."""
    state = plan.assignment.root / "killed"

    def kill(phase: str) -> None:
        beat(phase)
        if phase.endswith("test_it") and not state.exists():
            state.touch()
            os.kill(os.getpid(), signal.SIGKILL)

    desk.serve(plan, jobs, emit, kill)


@pytest.mark.needs("landlock")
def test_a_runner_that_is_killed_costs_no_submission_anything(tmp_path: Path) -> None:
    tests = "def test_it(student):\n    assert student.total(np.ones(2)) == 2.0\n"
    plan = Plan(write_course(tmp_path, hidden_suite(tests)), None)
    done: list[Any] = []
    submissions = [submission(student=student) for student in ("ann", "bob")]
    Processes[Submission](killed_once, plan, 1).run(submissions, done.append)
    reports = [GradeReport.model_validate_json(graded.text) for graded in done]
    assert (tmp_path / "killed").exists()
    assert {report.student for report in reports} == {"ann", "bob"}
    assert all(set(verdicts(report).values()) == {"passed"} for report in reports)


def always_killed(plan: Plan, jobs: Iterator[Task[Submission]], emit: Emit, beat: Beat) -> None:
    """A job server that dies with every submission of ann's."""

    def watched() -> Iterator[Task[Submission]]:
        for attempt in jobs:
            if attempt.job.student == "ann":
                os.kill(os.getpid(), signal.SIGKILL)
            yield attempt

    desk.serve(plan, watched(), emit, beat)


@pytest.mark.needs("landlock")
def test_a_submission_that_cannot_be_graded_needs_review_and_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.executors.MAX_MISHAPS", 2)
    monkeypatch.setattr(batch, "serve_bounded", always_killed)
    plan = Plan(write_course(tmp_path), None)
    done: list[Graded] = []
    submissions = [Submission(name, {"small": REFERENCE.encode()}) for name in ("ann", "bob")]
    grade(plan, submissions, done.append, jobs=1)
    by_student = {graded.student: graded for graded in done}
    assert by_student["ann"].state == "needs_review"
    assert by_student["ann"].remark is not None
    assert "its process was lost 2 times" in by_student["ann"].remark
    assert by_student["bob"].score == 5


def breaks(plan: Plan, jobs: Iterator[Task[Submission]], emit: Emit, beat: Beat) -> None:
    """A job server in which grading ann is an error of our own."""
    real = Runner.run

    def run(runner: Runner, submission: Submission, *others: Any) -> Run:
        if submission.student == "ann":
            raise RuntimeError("a bug")
        return real(runner, submission, *others)

    setattr(Runner, "run", run)  # noqa: B010  # its types are not under test
    desk.serve(plan, jobs, emit, beat)


@pytest.mark.needs("landlock")
def test_an_error_of_our_own_costs_one_submission_a_look(tmp_path: Path) -> None:
    done: list[Graded] = []
    submissions = [Submission(name, {"small": REFERENCE.encode()}) for name in ("ann", "bob")]
    plan = Plan(write_course(tmp_path), None)
    Processes[Submission](breaks, plan, 1).run(submissions, done.append)
    by_student = {graded.student: graded for graded in done}
    assert by_student["ann"].state == "needs_review"
    assert by_student["ann"].remark == "the grader failed: RuntimeError: a bug"
    assert by_student["bob"].score == 5


@pytest.mark.needs("landlock")
def test_two_processes_give_the_reports_that_one_gives(tmp_path: Path) -> None:
    plan = Plan(write_course(tmp_path), b"secret")
    bodies = ("    return float(sum(v))", "    return 3.0", "    raise ValueError", "    print(v)")
    submissions = [submission(body, f"s{number}") for number, body in enumerate(bodies)]
    one, two = run(plan, submissions), run(plan, submissions, jobs=2)
    assert {name: without_timings(report) for name, report in one.items()} == {
        name: without_timings(report) for name, report in two.items()
    }
    assert len({report.seed for report in one.values()}) == 4


def test_a_batch_counts_its_states() -> None:
    rows = [("a", "graded"), ("b", "graded"), ("c", "missing"), ("d", "needs_review")]
    made = Batch("base", [(name, state, 0.0, 1.0, "") for name, state in rows])
    assert (made.graded, made.missing, made.needs_review) == (2, 1, 1)
