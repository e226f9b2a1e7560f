"""Whatever an attempt gains or reaches is a complaint, and the table of a corpus says so."""

import io
import json
import os
import queue
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console

from grader.errors import UsageError
from grader.models import GradeReport, Load, Submission
from grader.redteam import plain, readers, survey
from grader.redteam.corpus import UNREAD, Attempt, Layout, chosen, read_attempt
from grader.redteam.outcome import Outcome, print_outcome
from grader.redteam.survey import Judge, Trial
from grader.redteam.world import World
from tests.feedback.samples import outcome, report


def attempt(name: str = "forging/guesses", verdicts: str = "failed", **more: Any) -> Attempt:
    return Attempt(
        name,
        name.partition("/")[0],
        f"the technique of {name}",
        frozenset({verdicts}),
        certain=True,
        unconfined=None,
        harmless=True,
        layout=Layout({"small.py": b""}),
        **more,
    )


GUESSES = attempt()
FAILED = report(outcome(verdict="failed", message="returned 7"))


class Course:
    """A world in which nothing happens."""

    assignment = SimpleNamespace(name="small", manifest=SimpleNamespace(title="Small"))
    closed = False

    def harm(self) -> list[str]:
        return []

    def close(self) -> None:
        self.closed = True


class Desk:
    """An arena that gives these reports, and others to the neighbour."""

    def __init__(self, attacked: GradeReport, *neighbours: GradeReport) -> None:
        self._attacked, self._neighbours = attacked, iter(neighbours)

    def attack(self, attempt: Attempt) -> GradeReport:
        return self._attacked

    def grade(self, submission: Submission) -> GradeReport:
        return next(self._neighbours)

    def close(self) -> None:
        pass


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Trial]:
    """The trial of an attempt that gets this report, its neighbour that one, and the next time another."""

    def judge(
        attacked: GradeReport, alone: GradeReport = FAILED, after: GradeReport = FAILED
    ) -> Trial:
        monkeypatch.setattr(survey, "World", Course)
        monkeypatch.setattr(survey, "Arena", lambda *_, **__: Desk(attacked, alone, after))
        return Judge().judge(GUESSES)

    return judge


def test_an_attempt_that_fails_as_it_must_has_no_complaint(judged: Callable[..., Trial]) -> None:
    trial = judged(FAILED)
    assert (trial.complaints, trial.verdicts, trial.isolation) == ((), ("failed",), "base")


@pytest.mark.parametrize(
    ("attacked", "complaint"),
    [
        (
            report(outcome(verdict="passed", max_points=0.0)),
            "it must end in failed: test_softmax.py::test_number_1: passed: ",
        ),
        (report(), f"it must end in failed: {UNREAD}"),
        (FAILED.model_copy(update={"score": 0.5, "max_score": 1.0}), "it earned 0.5 of 1 points"),
        (
            FAILED.model_copy(update={"state": "needs_review", "load": Load(error="our fault")}),
            "it made the grader blame itself: our fault",
        ),
        (FAILED.model_copy(update={"isolation": "none"}), "it was graded at the level none"),
    ],
    ids=["another verdict", "nothing read", "points", "a fault of ours", "another level"],
)
def test_what_an_attempt_gains_is_a_complaint(
    judged: Callable[..., Trial], attacked: GradeReport, complaint: str
) -> None:
    assert judged(attacked).complaints == (complaint,)


def test_a_neighbour_that_is_graded_otherwise_is_a_complaint(judged: Callable[..., Trial]) -> None:
    trial = judged(FAILED, after=report(outcome(verdict="passed")))
    assert trial.complaints == ("the neighbour got another report than alone",)
    assert not trial.held


def test_an_arena_that_does_not_start_stops_the_survey_and_takes_its_world_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = Course()

    def broken(*_: Any, **__: Any) -> Any:
        raise queue.Empty

    monkeypatch.setattr(survey, "World", lambda: world)
    monkeypatch.setattr(survey, "Arena", broken)
    with pytest.raises(queue.Empty):
        list(survey.survey([GUESSES, GUESSES], jobs=1))
    assert world.closed


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    made = World()
    yield made
    made.close()


def by_tcp(world: World) -> None:
    socket.create_connection(("127.0.0.1", world.port)).close()


def by_datagram(world: World) -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sending:
        sending.sendto(b"x", ("127.0.0.1", world.port))


def by_unix_socket(world: World) -> None:
    with socket.socket(socket.AF_UNIX) as sending:
        sending.connect(str(world.open / "socket"))


def by_writing(world: World) -> None:
    (world.open / "mine").touch()


def by_ending(world: World) -> None:
    os.kill(world.victim.pid, signal.SIGKILL)
    world.victim.wait()


@pytest.mark.needs("linux")
@pytest.mark.parametrize(
    ("reach", "complaint"),
    [
        (by_tcp, "a TCP connection was made"),
        (by_datagram, "a datagram was sent"),
        (by_unix_socket, "a Unix connection was made"),
        (by_writing, "files were written"),
        (by_ending, "a process was ended"),
    ],
    ids=["TCP", "UDP", "a Unix socket", "writing", "a signal"],
)
def test_what_an_attempt_reaches_is_told(
    world: World, reach: Callable[[World], None], complaint: str
) -> None:
    before = world.harm()
    reach(world)
    assert set(world.harm()) - set(before) == {complaint}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("smuggled input", "a hidden input is told to the student before-due (markdown)"),
        ("\x1b[2J", "the markdown report steers what shows it"),
    ],
)
def test_what_a_reader_should_not_meet_is_told(
    monkeypatch: pytest.MonkeyPatch, text: str, complaint: str
) -> None:
    monkeypatch.setattr(readers, "markdown", lambda shown: text)
    assert complaint in readers.told(FAILED, Course.assignment)  # type: ignore[arg-type]  # its name and title


def test_a_report_that_holds_its_tongue_gives_readers_no_complaint() -> None:
    assert readers.told(FAILED, Course.assignment) == []  # type: ignore[arg-type]  # as above


PASSED = '<testsuites><testsuite><testcase name="a"/></testsuite></testsuites>'
REFUSED = '<testsuite><testcase name="a"><failure/></testcase></testsuite>'


@pytest.mark.parametrize(
    ("code", "written", "withstood"),
    [
        (1, REFUSED, True),
        (1, PASSED, False),
        (0, REFUSED, False),
        (1, "", False),
        (1, "<testsuite/>", False),
        (None, REFUSED, False),
    ],
    ids=["all failed", "one passed", "success", "no report", "no tests", "too long"],
)
def test_a_plain_grader_withstands_only_with_a_report_in_which_all_failed(
    monkeypatch: pytest.MonkeyPatch, code: int | None, written: str, withstood: bool
) -> None:
    def run(command: list[str], *, cwd: Path, **_: Any) -> Any:
        assert (cwd / "small.py").exists()
        (cwd / "report.xml").write_text(written)
        if code is None:
            raise subprocess.TimeoutExpired(command, 20)
        return SimpleNamespace(returncode=code)

    monkeypatch.setattr("grader.redteam.plain.subprocess.run", run)
    monkeypatch.setattr(plain, "World", lambda: SimpleNamespace(fill_in=bytes, close=lambda: None))
    wild = replace(attempt("escaping/forks"), harmless=False)
    assert list(plain.against_plain([wild, GUESSES])) == [(GUESSES, withstood)]


@pytest.mark.slow
@pytest.mark.needs("linux")
def test_patching_numpy_gains_points_from_a_plain_grader() -> None:
    (patching,) = chosen(["forging/patches_numpy"])
    assert [held for _, held in plain.against_plain([patching])] == [False]


def trial(name: str, *complaints: str) -> Trial:
    return Trial(attempt(name), ("failed",), "base", complaints)


FOUND = Outcome(
    (trial("forging/b"), trial("forging/a", "it earned \x1b[31mpoints"), trial("reading/c")),
    ("file /tmp/x",),
    {"forging/a": False, "forging/b": True},
)


def test_the_table_counts_by_family_and_says_what_did_not_hold() -> None:
    file = io.StringIO()
    print_outcome(Console(file=file, width=100), FOUND)
    rows = [" ".join(line.split()) for line in file.getvalue().splitlines()]
    assert rows[:4] == [
        "family survived plain pytest",
        "reading 1/1",
        "forging 1/2 1/2",
        "all 2/3 1/2",
    ]
    assert r"forging/a: it earned \x1b[31mpoints" in rows
    assert "left behind: file /tmp/x" in rows
    assert rows[-1] == "level of confinement: base"


def test_without_a_plain_grader_there_is_nothing_to_compare_with() -> None:
    file = io.StringIO()
    print_outcome(Console(file=file, width=100), replace(FOUND, plain={}))
    assert "plain" not in file.getvalue()


def test_a_program_reads_every_attempt_and_whether_all_held() -> None:
    told = json.loads(FOUND.as_json())
    assert [each["attempt"] for each in told["attempts"]] == ["forging/a", "forging/b", "reading/c"]
    assert told["attempts"][0] | {"technique": ""} == {
        "attempt": "forging/a",
        "technique": "",
        "ended": ["failed"],
        "held": False,
        "complaints": ["it earned \x1b[31mpoints"],
        "plain": False,
    }
    assert told["families"]["forging"] == {"survived": 1, "total": 2}
    assert told["held"] is False


def test_attacks_are_chosen_by_name_or_family_and_others_are_refused() -> None:
    families = {each.family for each in chosen(["leaking", "forging/patches_numpy"])}
    assert families == {"leaking", "forging"}
    with pytest.raises(UsageError, match="is called nothing; the families are reading"):
        chosen(["leaking", "nothing"])


def test_a_file_that_does_not_say_what_it_tries_is_no_attempt(tmp_path: Path) -> None:
    file = tmp_path / "small.py"
    file.write_text("import os\n")
    with pytest.raises(ValueError, match="the first line must say"):
        read_attempt(file)
