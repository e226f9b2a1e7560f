"""What `grader check` prints, in a terminal and elsewhere."""

import io

import pytest
from rich.console import Console

from grader.feedback.catalogue import catalogue
from grader.feedback.terminal import print_checked
from grader.models import Checked, Load, Outcome, Verdict


def printed(
    *, terminal: bool = False, verdict: Verdict = Verdict.FAILED, output: str = ""
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
    )
    checked = Checked(
        title="Small",
        functions=("total",),
        load=Load(),
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
