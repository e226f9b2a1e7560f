"""Each command calls one function of the library, and its outcome becomes an exit code and a sentence."""

import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest
from rich.console import Console

from grader import __version__, batch, doctor, gradebook, selfcheck
from grader.cli import progress as cli_progress
from grader.cli.progress import Progress
from grader.errors import ConfinementError, CourseError, GraderFault, StoreError, UsageError
from grader.gradebook.schema import open_gradebook
from grader.models import Checked, Graded, Load, Outcome, Verdict
from grader.orders import Batch, Request
from tests.called import Call, caller
from tests.small_course import write_course


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Runs a command line in a small course; its exit code and what it printed."""
    write_course(tmp_path)
    (tmp_path / "submissions").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    return caller(monkeypatch, capsys)


def test_the_version_is_printed(run: Call) -> None:
    assert run("--version") == (0, f"grading-descent {__version__}\n", "")


@pytest.mark.parametrize("words", [["no-such-command"], ["grade"], ["grade", "small", "x", "--no"]])
def test_a_command_line_that_is_none_is_a_usage_error(run: Call, words: list[str]) -> None:
    code, out, err = run(*words)
    assert code == 2
    assert out == ""
    assert "Traceback" not in err


def recorder(
    monkeypatch: pytest.MonkeyPatch, made: Any, name: str = "grade_folder"
) -> list[tuple[Any, ...]]:
    """Put this in the place of grading a folder; what it is called with."""
    calls: list[tuple[Any, ...]] = []

    def grading(*arguments: Any) -> Any:
        calls.append(arguments)
        if isinstance(made, BaseException):
            raise made
        return made

    monkeypatch.setattr(batch, name, grading)
    return calls


def test_grade_hands_its_line_to_the_batch(run: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = recorder(monkeypatch, Batch("base", [("ann", "graded", 4.5, 5.0, "")]))
    code, out, _ = run("grade", "small", "submissions", "-j", "3", "--json", "out.json")
    ((course, assignment, request, _, book),) = calls
    assert code == 0
    assert course.names == ["small"]
    assert assignment.name == "small"
    assert request == Request(Path("submissions"), 3, Path("out.json"))
    assert book.file == course.root / "gradebook.db"
    assert "4.5/5" in out
    assert "Reports: out.json" in out


def test_grade_goes_without_a_sandbox_only_when_told(
    run: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = recorder(monkeypatch, Batch("none", []))
    run("grade", "small", "submissions")
    run("grade", "small", "submissions", "--unconfined")
    assert [call[2].confined for call in calls] == [True, False]


@pytest.mark.parametrize(
    ("words", "again", "only"),
    [
        ([], "stale", ()),
        (["--force"], "all", ()),
        (["--failed", "--only", "ann", "--only", "bob"], "failed", ("ann", "bob")),
        (["--changed"], "changed", ()),
    ],
)
def test_grade_asks_for_what_a_person_chose(
    run: Call, monkeypatch: pytest.MonkeyPatch, words: list[str], again: str, only: tuple[str, ...]
) -> None:
    calls = recorder(monkeypatch, Batch("base"))
    assert run("grade", "small", "submissions", *words)[0] == 0
    assert (calls[0][2].again, calls[0][2].only) == (again, only)
    assert run("grade", "small", "submissions", "--force", "--failed")[0] == 2


def test_grade_takes_what_the_gradebook_holds_in_place_of_a_folder(
    run: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = recorder(monkeypatch, Batch("base"), "grade_stored")
    code, _, err = run("grade", "small", "--stored")
    assert (code, calls) == (4, [])
    assert "there is no gradebook" in err
    open_gradebook(tmp_path / "gradebook.db").close()
    assert run("grade", "small", "--stored", "--only", "ann", "--jobs", "3")[0] == 0
    assert calls[0][2] == Request(None, 3, only=("ann",))
    monkeypatch.setattr(gradebook, "installed", lambda: False)
    code, _, err = run("grade", "small", "--stored")
    assert (code, len(calls)) == (2, 1)
    assert "pip install 'grading-descent[staff]'" in err


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["submissions", "--stored"],
        ["--stored", "--json", "reports.json"],
        ["--stored", "--submitted-at", "2030-05-01T18:00:00+02:00"],
        ["--stored", "--submitted", "times.csv"],
        ["--stored", "--no-db"],
    ],
    ids=" ".join,
)
def test_grade_wants_either_a_folder_or_what_is_stored(run: Call, words: list[str]) -> None:
    code, _, err = run("grade", "small", *words)
    assert code == 2
    assert "--stored" in err


@pytest.mark.parametrize("missing", [True, False])
def test_without_a_gradebook_there_is_none(
    run: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: bool
) -> None:
    calls = recorder(monkeypatch, Batch("base"))
    monkeypatch.setattr(gradebook, "installed", lambda: not missing)
    code, _, err = run("grade", "small", "submissions", *([] if missing else ["--no-db"]))
    assert code == 0
    assert calls[0][4] is None
    assert not (tmp_path / "gradebook.db").exists()
    assert ("pip install 'grading-descent[staff]'" in err) == missing


def test_the_gradebook_is_looked_after(run: Call, tmp_path: Path) -> None:
    code, _, err = run("db", "check")
    assert code == 4
    assert "there is no gradebook" in err
    open_gradebook(tmp_path / "gradebook.db").close()
    assert run("db", "check") == (0, f"{tmp_path / 'gradebook.db'} is whole\n", "")
    assert run("db", "backup", "copy.db")[0] == 0
    assert run("db", "backup", "copy.db")[0] == 4
    assert run("db", "upgrade")[:2] == (0, "schema 1 is up to date\n")
    with closing(sqlite3.connect(tmp_path / "gradebook.db")) as raw, raw:
        raw.execute("INSERT INTO audit VALUES (1, 'reports', 1, 'x', 'y')")
    code, out, _ = run("db", "check")
    assert code == 4
    assert "reports 1 was removed" in out


@pytest.mark.parametrize(
    ("outcome", "code", "sentence"),
    [
        (Batch("base", [("ann", "needs_review", 0.0, 5.0, "a fault")]), 1, ""),
        (Batch("base", [("ann", "missing", 0.0, 5.0, "")]), 0, ""),
        (
            UsageError("no submissions there"),
            2,
            "grader: no submissions there\n  more: grader explain usage\n",
        ),
        (
            CourseError("no such course"),
            2,
            "grader: no such course\n  more: grader explain course\n",
        ),
        (
            ConfinementError("landlock is missing"),
            3,
            "grader: landlock is missing\n  more: grader explain confinement\n",
        ),
        (
            StoreError("the disk is full"),
            4,
            "grader: the disk is full\n  more: grader explain store\n",
        ),
        (
            GraderFault("a worker has no pipes"),
            1,
            "grader: a worker has no pipes\n  more: grader explain our-fault\n",
        ),
        (
            KeyboardInterrupt(),
            130,
            "grader: stopped after 0 of 0; the same command goes on\n",
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, (Batch, BaseException)) else "",
)
def test_what_comes_of_a_batch_is_the_exit_code(
    run: Call, monkeypatch: pytest.MonkeyPatch, outcome: Any, code: int, sentence: str
) -> None:
    recorder(monkeypatch, outcome)
    ended, _, err = run("grade", "small", "submissions")
    assert ended == code
    assert err == sentence


def test_whoever_grades_single_students_again_is_not_told_that_it_goes_on(
    run: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder(monkeypatch, KeyboardInterrupt())
    _, _, err = run("grade", "small", "submissions", "--force", "--only", "ann")
    assert err == "grader: stopped after 0 of 0; these are kept; the same command begins again\n"


def test_an_assignment_that_the_course_does_not_have_is_told_with_those_it_has(run: Call) -> None:
    code, out, err = run("grade", "large", "submissions")
    assert code == 2
    assert out == ""
    assert err.startswith("grader: no assignment 'large' in ")
    assert err.endswith("it lists: small\n  more: grader explain no-assignment\n")


def test_outside_a_course_the_way_into_one_is_told(
    run: Call, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    code, _, err = run("grade", "small", "submissions")
    assert code == 2
    assert "grader init DIR" in err


def test_a_key_that_is_none_is_told_without_what_follows_from_it(run: Call) -> None:
    with Path("course.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[assignments]]\nname = "other"\nlate = 3\n')
    code, _, err = run("grade", "small", "submissions")
    assert code == 2
    assert "course.toml: assignments.1.late: there is no such key\n" in err


def checked(*verdicts: Verdict) -> Checked:
    outcomes = tuple(
        Outcome(
            test=f"test_small.py::test_{number}",
            function="total",
            group="value",
            visibility="public",
            verdict=verdict,
            points=0,
            max_points=0,
            message="\x1b[31mit is wrong",
        )
        for number, verdict in enumerate(verdicts)
    )
    return Checked(
        title="Small",
        functions=("total",),
        load=Load(),
        outcomes=outcomes,
        seconds=0.1,
        warnings=("grading uses python 3.0",),
    )


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        ((Verdict.PASSED, Verdict.PASSED), 0),
        ((Verdict.PASSED, Verdict.FAILED), 1),
        ((Verdict.BLOCKED,), 1),
    ],
)
def test_check_is_done_when_all_pass(
    run: Call, monkeypatch: pytest.MonkeyPatch, verdicts: tuple[Verdict, ...], code: int
) -> None:
    calls: list[Any] = []

    def check_once(folder: Path, functions: tuple[str, ...]) -> Checked:
        calls.append((folder.name, functions))
        return checked(*verdicts)

    monkeypatch.setattr(selfcheck, "check_once", check_once)
    ended, out, _ = run("check", "assignments/small", "total")
    assert ended == code
    assert calls == [("small", ("total",))]
    assert "note: grading uses python 3.0" in out
    assert "\x1b" not in out


def test_check_watches_when_told(run: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Any] = []

    def check_watching(
        folder: Path, functions: Any, show: Callable[[Checked], None], meanwhile: Any
    ) -> None:
        calls.append((folder.name, functions))
        show(checked(Verdict.PASSED))
        raise KeyboardInterrupt

    monkeypatch.setattr(selfcheck, "check_watching", check_watching)
    code, out, err = run("check", "assignments/small", "--watch")
    assert (code, err) == (0, "")
    assert calls == [("small", ())]
    assert "1 of 1 public test passed" in out
    assert "again whenever you save" in out


def test_check_speaks_other_languages(run: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selfcheck, "check_once", lambda *_: checked(Verdict.FAILED))
    _, out, _ = run("check", "assignments/small", "--language", "de")
    assert "Hinweis: grading uses python 3.0" in out
    assert "nicht bestanden: " in out
    assert "0 von 1 öffentlichem Test in 0,1 s bestanden" in out


@pytest.mark.parametrize(("base", "code"), [(True, 0), (False, 3)])
def test_doctor_says_whether_grading_can_run_here(
    run: Call, monkeypatch: pytest.MonkeyPatch, base: bool, code: int
) -> None:
    examination = SimpleNamespace(layers=SimpleNamespace(base=base))
    monkeypatch.setattr(doctor, "examine", lambda: examination)
    monkeypatch.setattr("grader.feedback.terminal.print_examination", Mock())
    assert run("doctor")[0] == code


def graded(student: str) -> Graded:
    return Graded(student, "graded", 4.0, 5.0, None, 0.1, "{}")


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Callable[[], list[str]]:
    """The lines that were printed."""

    def printed() -> list[str]:
        return capsys.readouterr().out.splitlines()

    return printed


def test_progress_is_told_in_plain_lines_where_there_is_no_terminal(
    lines: Callable[[], list[str]],
) -> None:
    with Progress(Console(width=80)) as progress:
        progress.start(2, ("notes.txt", "\x1b[2J\u202eevil"))
        progress.advance(graded("ann"))
        progress.advance(graded("bob"))
    assert lines() == [
        "ignored: notes.txt",
        "ignored: \\x1b[2J\\u202eevil",
        "grading 2 submissions",
    ]


def test_a_long_batch_tells_now_and_then_how_fast_it_is_and_how_long_it_takes(
    lines: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 0.0, 2.0, *[6.0] * 3, *[10000.0] * 3, 10001.0])
    monkeypatch.setattr(cli_progress, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    with Progress(Console(width=80)) as progress:
        progress.start(40, ())
        for _ in range(4):
            progress.advance(graded("ann"))
    assert lines() == [
        "grading 40 submissions",
        "2/40, 0.3 a second, 1:54 left",
        "3/40, 0.0 a second, 34:15:33 left",
    ]


def test_a_terminal_shows_a_bar_that_is_gone_in_the_end() -> None:
    file = io.StringIO()
    console = Console(file=file, width=80, force_terminal=True, color_system=None)
    with Progress(console) as progress:
        progress.start(2, ())
        progress.advance(graded("ann"))
    assert "1/2" in file.getvalue()
    # The cursor goes up, and the line is erased.
    assert file.getvalue().endswith("\x1b[1A\x1b[2K")


def test_of_many_ignored_entries_some_are_named(lines: Callable[[], list[str]]) -> None:
    with Progress(Console(width=80)) as progress:
        progress.start(1, tuple(f"n{number}" for number in range(50)))
    assert lines()[-2:] == ["ignored: 40 more", "grading 1 submission"]


def test_of_a_large_batch_only_what_needs_a_look_is_listed(
    lines: Callable[[], list[str]],
) -> None:
    rows = [(f"student{number}", "graded", 5.0, 5.0, "") for number in range(100)]
    rows.append(("\x1b[31mred", "needs_review", 0.0, 5.0, "a fault\nand more"))
    progress = Progress(Console(width=100))
    progress.finish(Console(width=100), Batch("base", rows), None)
    said = lines()
    assert "student1" not in "\n".join(said)
    assert [line for line in said if "\\x1b[31mred" in line and "a fault" in line]
    assert said[-1].startswith("101 submissions: 100 graded, 1 to review;")


def test_what_was_graded_again_before_a_batch_was_stopped_is_told_with_who_began_it(
    lines: Callable[[], list[str]],
) -> None:
    rows = [("ann", "graded", 5.0, 5.0, ""), ("bob", "graded", 5.0, 5.0, "")]
    batch = Batch("base", rows, unchanged=1, begun="[tina], 2030-05-01")
    Progress(Console()).finish(Console(width=100), batch, None)
    told = "2 submissions: 2 graded; 1 before it was stopped (begun: [tina], 2030-05-01);"
    assert lines()[-1].startswith(told)
