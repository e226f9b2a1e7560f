"""What `grader check` prints, in a terminal and elsewhere."""

import io
import threading
from dataclasses import replace

import pytest
from rich.console import Console

from grader.doctor import Examination
from grader.extras import EXTRAS
from grader.feedback import terminal
from grader.feedback.catalogue import catalogue
from grader.feedback.terminal import print_batch, print_checked, print_examination
from grader.models import Blocked, Checked, Load, Outcome, Verdict
from grader.sandbox.probe import Layers

READ = Load()


def printed(
    *,
    terminal: bool = False,
    verdict: Verdict = Verdict.FAILED,
    output: str = "",
    blocked_by: Blocked | None = None,
    load: Load = READ,
) -> list[str]:
    """The lines of a check in which one test did not pass."""
    outcome = Outcome(
        test="test_small.py::test_total",
        function="total",
        group="value",
        visibility="public",
        verdict=verdict,
        points=0,
        max_points=0,
        message="returned 7; 3 was wanted; " * 3,
        output=output,
        blocked_by=blocked_by,
    )
    checked = Checked(
        title="Small",
        functions=("total",),
        load=load,
        outcomes=(outcome,),
        seconds=0.1,
        warnings=(),
        calls={outcome.test: "total([1, 2])"},
    )
    file = io.StringIO()
    console = Console(file=file, width=50, force_terminal=terminal, color_system=None)
    print_checked(console, checked, catalogue("en"))
    return file.getvalue().splitlines()


def test_a_failure_says_what_was_called_and_then_what_came_back() -> None:
    assert printed()[3:5] == [
        "      total([1, 2])",
        "      returned 7; 3 was wanted; returned 7; 3 was wanted; returned 7; 3 was wanted;",
    ]


def test_a_terminal_breaks_long_lines_where_they_are_indented() -> None:
    lines = printed(terminal=True)
    assert [line.rstrip() for line in lines[3:6]] == [
        "      total([1, 2])",
        "      returned 7; 3 was wanted; returned 7; 3 was",
        "      wanted; returned 7; 3 was wanted;",
    ]


def test_a_loop_that_prints_does_not_push_everything_else_away() -> None:
    lines = printed(output="\n" + "".join(f"step {n}\n" for n in range(1000)))
    shown = [line.strip() for line in lines[5:]]
    assert shown[:8] == ["it printed: step 0", *(f"step {n}" for n in range(1, 6)), "…", ""]


@pytest.mark.parametrize(
    ("verdict", "advice"),
    [
        (Verdict.TIMEOUT, "a loop that does not end"),
        (Verdict.KILLED, "calls of exit()"),
        (Verdict.REFUSED, "plain numbers"),
    ],
)
def test_a_verdict_that_says_nothing_of_the_code_comes_with_advice(
    verdict: Verdict, advice: str
) -> None:
    assert advice in "\n".join(printed(verdict=verdict))


def test_what_stopped_the_reading_comes_before_the_tests() -> None:
    lines = printed(load=Load(error="SyntaxError\x1b[2J in line 3", notes=("small.py is old",)))
    assert lines[1:3] == [
        r"reading your file stopped: SyntaxError\x1b[2J in line 3",
        "note: small.py is old",
    ]


def test_a_file_that_cannot_be_read_is_told_once_with_the_line() -> None:
    blocked = {"verdict": Verdict.BLOCKED, "blocked_by": "load", "message": "", "points": 0}
    kept = {"group": "value", "visibility": "public", "max_points": 0}
    outcomes = tuple(
        Outcome.model_validate(
            {"test": f"test_small.py::test_{name}", "function": name, **blocked, **kept}
        )
        for name in ("total", "scaled")
    )
    checked = Checked(
        title="Small",
        functions=("total", "scaled"),
        load=Load(error="line 3: SyntaxError: invalid syntax"),
        outcomes=outcomes,
        seconds=0.1,
        warnings=(),
        stopped_at="if 1 = 2:",
    )
    file = io.StringIO()
    print_checked(Console(file=file, width=90), checked, catalogue("en"))
    assert file.getvalue().splitlines()[1:4] == [
        "reading your file stopped: line 3: SyntaxError: invalid syntax",
        "    if 1 = 2:",
        "· 2 functions were not run",
    ]


def test_who_waits_long_is_told_why(monkeypatch: pytest.MonkeyPatch) -> None:
    told = threading.Event()
    monkeypatch.setattr(terminal, "_LONG", 0.0)
    monkeypatch.setattr(terminal, "_say", lambda console, text, style: told.set())
    with terminal.patient(Console(), catalogue("en")):
        assert told.wait(60)


def test_who_need_not_wait_is_told_nothing() -> None:
    file = io.StringIO()
    with terminal.patient(Console(file=file), catalogue("en")):
        pass
    assert file.getvalue() == ""


def test_a_name_that_may_be_meant_stands_beside_what_is_missing() -> None:
    load = Load(alike={"total": "totl"})
    lines = printed(verdict=Verdict.BLOCKED, blocked_by="missing", load=load)
    assert lines[1].endswith("total is missing from your file; is totl meant to be it?")


@pytest.mark.parametrize(
    ("why", "line"),
    [
        ("stub", "· total  total is not written yet"),
        ("not callable", "· total  total is not a function"),
        ("load", "· total  total was not run"),
    ],
)
def test_what_was_not_tested_is_told_with_the_reason(why: Blocked, line: str) -> None:
    assert line in printed(verdict=Verdict.BLOCKED, blocked_by=why)[1]


def test_a_long_remark_is_cut_where_the_line_ends() -> None:
    file = io.StringIO()
    rows = [
        ("ann", "graded", 3.0, 4.5, "a remark that goes on and on and on and on and on"),
        ("bob", "missing", 0.0, 4.5, ""),
    ]
    print_batch(Console(file=file, width=60, color_system=None), rows)
    lines = [line.rstrip() for line in file.getvalue().splitlines()]
    assert lines[1].startswith("ann      3/4.5  graded   a remark that goes on")
    assert lines[1].endswith("…")
    assert len(lines[1]) <= 60
    assert lines[2].split() == ["bob", "–", "missing"]


def test_what_needs_review_is_told_to_its_end() -> None:
    file = io.StringIO()
    reason = "the reference does not pass this test either: there is no domain"
    rows = [
        ("ann", "graded", 3.0, 4.5, reason),
        ("bob", "needs_review", 0.0, 4.5, reason),
        ("cleo", "needs_review", 0.0, 4.5, "short"),
    ]
    print_batch(Console(file=file, width=60, color_system=None), rows)
    assert file.getvalue().splitlines()[-2:] == ["", f"bob: {reason}"]


LAYERS = Layers(
    system="Linux",
    kernel="6.1",
    architecture="x86_64",
    landlock_abi=4,
    seccomp=True,
    user_namespaces=True,
    cgroup_delegated=True,
    uid=0,
    interpreter_readable=True,
    missing=(),
)
EXAMINED = Examination(LAYERS, (("numpy", "2.4.0"),), (), "")


def examined(found: Examination, encoding: str = "utf-8") -> list[str]:
    """What the doctor says."""
    file = io.TextIOWrapper(io.BytesIO(), encoding)
    print_examination(Console(file=file, width=200, color_system=None), found)
    file.seek(0)
    return [" ".join(line.split()) for line in file.read().splitlines()]


def test_a_machine_that_confines_student_code_gets_ticks() -> None:
    lines = examined(EXAMINED)
    assert "✓ landlock ABI 4" in lines
    assert "✓ you are root: workers run as an unprivileged user" in lines
    assert "✓ level base in force when you run grader grade" in lines
    assert "✓ numpy 2.4.0" in lines
    assert not [line for line in lines if line.startswith(("✗", "·"))]


def test_what_a_machine_lacks_is_told_apart_from_what_it_does_without() -> None:
    lacking = replace(
        LAYERS,
        landlock_abi=0,
        seccomp=False,
        user_namespaces=False,
        cgroup_delegated=False,
        uid=None,
        interpreter_readable=False,
        missing=("landlock",),
    )
    lines = examined(replace(EXAMINED, layers=lacking, refusal="This kernel has no landlock."))
    assert [line for line in lines if line.startswith("✗")] == [
        "✗ landlock not available",
        "✗ seccomp filters not available",
        "✗ level base cannot be reached",
    ]
    assert [line for line in lines if line.startswith("·")] == [
        "· user namespaces not allowed (not needed)",
        "· cgroup v2 delegation no (not needed)",
        "· interpreter in a private folder: workers keep the right to read it",
    ]
    assert "✓ you are a user of this system" in lines
    assert lines[-1] == "This kernel has no landlock."


def test_a_part_that_is_not_installed_comes_with_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("grader.extras.find_spec", lambda module: None)
    assert (
        "· cluster grading on many machines; to install: pip install 'grading-descent[cluster]'"
    ) in examined(replace(EXAMINED, extras=EXTRAS))


def test_an_output_without_ticks_gets_letters() -> None:
    assert "+ landlock ABI 4" in examined(EXAMINED, "ascii")
