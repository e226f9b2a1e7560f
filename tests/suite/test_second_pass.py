"""What did not pass runs again as if in a fresh worker: what that outcome means, and what it costs."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from grader.models import GradeReport, Submission, Verdict
from grader.sandbox.process import Spawner
from grader.sandbox.question import Question
from grader.sandbox.records import Loaded, Reply
from grader.sandbox.remote import Conversation
from grader.suite.results import TestResult
from grader.suite.runner import Runner
from tests.small_course import hidden_suite, report_of, run_suite, submission, write_course

ONE_CALL = """
def test_{name}(student):
    assert_close(student.total(np.array([1.0, 2.0])), 3.0)
"""


def calls(*names: str) -> dict[str, str]:
    """A suite with one test of one call for each name."""
    return hidden_suite("".join(ONE_CALL.format(name=name) for name in names))


@pytest.fixture
def results(tmp_path: Path, forker: Spawner) -> Callable[..., dict[str, TestResult]]:
    """Grades a submission; its results by the name of the test."""

    def grade(submitted: Submission, hidden: dict[str, str]) -> dict[str, TestResult]:
        (run,) = run_suite(write_course(tmp_path, hidden), [submitted], forker)
        return {
            result.test.spec.id.partition("::test_")[2]: result
            for result in run.results
            if result.test.spec.id.startswith("test_total.py")
        }

    return grade


Results = Callable[..., dict[str, TestResult]]

REMEMBERS = """\
import numpy as np
calls = []
def total(v):
    calls.append(1)
    return float(sum(v)) + (len(calls) == 3)
def scaled(X, factor):
    return X * factor
"""


def test_the_outcome_in_a_fresh_worker_counts_and_a_difference_is_told(results: Results) -> None:
    found = results(Submission("ann", {"small": REMEMBERS.encode()}), calls("a", "b", "c", "d"))
    assert {name: result.verdict for name, result in found.items()} == dict.fromkeys(
        ("points", "a", "b", "c", "d"), Verdict.PASSED
    )
    assert {name for name, result in found.items() if result.unstable} == {"c"}
    assert found["c"].unstable is Verdict.FAILED


def test_state_that_is_kept_between_calls_gives_a_finding(tmp_path: Path, forker: Spawner) -> None:
    assignment = write_course(tmp_path, calls("a", "b", "c"))
    submitted = Submission("ann", {"small": REMEMBERS.encode()})
    (run,) = run_suite(assignment, [submitted], forker)
    graded: GradeReport = report_of(assignment, submitted, run)
    (found,) = [finding for outcome in graded.outcomes for finding in outcome.findings]
    assert found.kind == "state-kept-between-calls"
    assert (found.params["first"], found.params["counted"]) == ("failed", "passed")
    assert found.hint


def test_what_fails_alone_too_gives_no_finding(results: Results) -> None:
    found = results(submission("    return 7.0"), calls("a", "b", "c"))
    assert all(result.unstable is None for result in found.values())
    assert found["c"].verdict is Verdict.FAILED


def test_a_worker_that_is_lost_in_one_test_changes_no_other(results: Results) -> None:
    body = "    import os\n    if v[0] == 9: os._exit(1)\n    return float(sum(v))"
    hidden = calls("a", "b")
    hidden["test_total.py"] += "def test_bad(student):\n    student.total(np.array([9.0]))\n"
    hidden["test_total.py"] += ONE_CALL.format(name="c")
    found = results(submission(body), hidden)
    assert found.pop("bad").verdict is Verdict.KILLED
    assert {result.verdict for result in found.values()} == {Verdict.PASSED}


BURN = """\
    import time
    end = time.process_time() + {seconds}
    while time.process_time() < end: pass
    return float(sum(v))"""


def test_a_timeout_is_confirmed_under_doubled_limits(results: Results) -> None:
    found = results(submission(BURN.format(seconds=0.28)), calls("a"))
    assert found["a"].verdict is Verdict.PASSED
    # That it is slow does not say that it remembers anything.
    assert found["a"].unstable is None


def test_every_timeout_that_costs_points_was_confirmed(results: Results) -> None:
    # Slow at first, and given up for that; none of its tests is slow by itself.
    body = BURN.format(seconds=0.28)
    found = results(submission(body), calls("a", "b", "c", "d"))
    assert {result.verdict for result in found.values()} == {Verdict.PASSED}


def test_a_function_is_given_up_after_two_timeouts_and_the_others_go_on(results: Results) -> None:
    hidden = calls("a", "b", "c", "d")
    hidden["test_total.py"] += (
        '@pytest.mark.function("scaled")\ndef test_scaled(student):\n'
        "    assert student.scaled(np.ones((1, 1)), 2.0)[0, 0] == 2.0\n"
    )
    found = results(submission("    while True: pass"), hidden)
    assert found.pop("points").verdict is Verdict.PASSED
    assert found.pop("scaled").verdict is Verdict.PASSED
    assert sorted(result.verdict for result in found.values()) == (
        ["blocked", "blocked", "timeout", "timeout"]
    )
    given_up = [result for result in found.values() if result.verdict is Verdict.BLOCKED]
    assert {result.message for result in given_up} == {"total was given up after 2 timeouts"}
    # It ran out of time in both passes; which of its tests were given up says nothing about it.
    assert all(result.unstable is None for result in found.values())


def marked(marker: Path, body: str, total: str = "    return float(sum(v))") -> Submission:
    """A submission that leaves a mark whenever it is loaded, where nothing confines it."""
    made = submission(total)
    first = f"MARKER = {str(marker)!r}\nwith open(MARKER, 'a') as file: file.write('x')\n{body}\n"
    return Submission("ann", {"small": first.encode() + made.files["small"]})


@pytest.mark.parametrize(
    ("body", "total", "loads"),
    [
        ("", "    return float(sum(v))", 1),
        ("", "    return 7.0", 2),
        ("import os; os._exit(1)", "    pass", 1),
        ("while True: pass", "    pass", 1),
        ("1 / 0", "    pass", 1),
    ],
    ids=["right", "wrong", "dies", "hangs", "fails"],
)
def test_a_submission_is_loaded_again_only_for_tests_that_ran(
    results: Results, tmp_path: Path, body: str, total: str, loads: int
) -> None:
    results(marked(tmp_path / "marker", body, total), calls("a", "b"))
    assert (tmp_path / "marker").read_text() == "x" * loads


@pytest.mark.parametrize(
    ("before", "total", "loads"),
    [
        ("", "    return 7.0", 1),
        ("", "    raise ValueError(v)", 1),
        ("SEEN = []\n", "    SEEN.append(v)\n    return 7.0", 2),
        ("", "    return np.zeros(1 << 50)", 2),
    ],
    ids=["wrong", "raises", "keeps", "lacks memory"],
)
def test_only_what_may_keep_something_is_loaded_again(
    results: Results, monkeypatch: pytest.MonkeyPatch, before: str, total: str, loads: int
) -> None:
    loaded = []
    load = Runner.load

    def counting(self: Runner, submitted: Submission, left: float) -> tuple[Conversation, Loaded]:
        loaded.append(submitted.student)
        return load(self, submitted, left)

    monkeypatch.setattr(Runner, "load", counting)
    made = before.encode() + submission(total).files["small"]
    found = results(Submission("ann", {"small": made}), calls("a"))
    assert found["a"].verdict is not Verdict.PASSED
    assert loaded.count("ann") == loads


def test_a_test_that_seeds_what_all_share_gets_a_second_chance(results: Results) -> None:
    seeds = """
def test_{name}(student):
    np.random.seed({seed})
    assert_close(student.total(np.random.rand(2)), {first})
    assert_close(student.total(np.random.rand(2)), {second})
"""
    hidden = hidden_suite(
        seeds.format(name="a", seed=0, first=1.2640028702997443, second=1.1476465590685407)
        + seeds.format(name="b", seed=1, first=1.137346498144732, second=0.30244694744918466)
    )
    found = results(submission(), hidden)
    assert {result.verdict for result in found.values()} == {Verdict.PASSED}


def test_a_test_that_asks_for_the_time_gets_a_second_chance(results: Results) -> None:
    hidden = hidden_suite("""
import time
TIMES = []
def seconds():
    return time.perf_counter()
def test_a(student):
    start = seconds()
    student.total(np.ones(2))
    TIMES.append(seconds() - start)
    assert len(TIMES) > 1
""")
    found = results(submission(), hidden)
    assert found["a"].verdict is Verdict.PASSED


def test_a_difference_is_no_finding_where_nothing_can_be_kept(
    tmp_path: Path, forker: Spawner
) -> None:
    hidden = hidden_suite("""
TIMES = []
def test_a(student):
    TIMES.append(student.total(np.ones(2)))
    assert len(TIMES) > 1
""")
    assignment = write_course(tmp_path, hidden)
    (run,) = run_suite(assignment, [submission()], forker)
    assert Verdict.FAILED in {result.unstable for result in run.results}
    graded = report_of(assignment, submission(), run)
    assert not any(outcome.findings for outcome in graded.outcomes)


def test_a_kill_that_does_not_happen_again_costs_nothing(results: Results, tmp_path: Path) -> None:
    body = "    import os\n    if len(open(MARKER).read()) == 1: os.kill(os.getpid(), 9)\n"
    submitted = marked(tmp_path / "marker", "", body + "    return float(sum(v))")
    assert results(submitted, calls("a"))["a"].verdict is Verdict.PASSED


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What is asked one by one, as it is written."""
    heads: list[bytes] = []
    ask = Conversation.ask

    def asking(self: Conversation, question: Question) -> Reply:
        heads.append(question.head)
        return ask(self, question)

    monkeypatch.setattr(Conversation, "ask", asking)
    return heads


@pytest.mark.parametrize(
    ("before", "times"), [("", 0), ("SEEN = []\n", 1)], ids=["keeps nothing", "may keep something"]
)
def test_what_keeps_nothing_is_not_called_again(
    results: Results, asked: list[bytes], before: str, times: int
) -> None:
    keeping = "    SEEN.append(v)\n" if before else ""
    made = before.encode() + submission(f"{keeping}    return 7.0").files["small"]
    # The reference passes what does not pass with the submission, and is asked for that.
    found = results(Submission("ann", {"small": made}), calls("a"))
    assert found["a"].verdict is Verdict.FAILED
    assert len(asked) == 1 + times
    assert found["a"].cpu > 0.0
    assert len(found["a"].calls) == 1


def test_a_reply_comes_again_as_it_was_before_the_test_wrote_to_it(
    results: Results, asked: list[bytes]
) -> None:
    hidden = hidden_suite("""
def test_a(student):
    doubled = student.scaled(np.ones((2, 2)), 2.0)
    doubled += 1.0
    assert_close(doubled, np.full((2, 2), 4.0))
""")
    body = "import numpy as np\ndef total(v):\n    return 7.0\ndef scaled(X, factor):\n    return X * 2.5\n"
    found = results(Submission("ann", {"small": body.encode()}), hidden)
    assert "3.5" in found["a"].message
    (call,) = found["a"].calls
    assert isinstance(call.reply.value, np.ndarray)
    # The reference alone.
    assert len(asked) == 1


def test_a_test_that_asks_something_else_the_second_time_is_answered(results: Results) -> None:
    hidden = hidden_suite("""
ASKED = []
def test_a(student):
    ASKED.append(1.0)
    assert_close(student.total(np.array(ASKED)), 2.0)
""")
    found = results(submission(), hidden)
    assert found["a"].verdict is Verdict.PASSED
    assert found["a"].unstable is Verdict.FAILED


def test_calls_that_draw_are_made_again(results: Results, asked: list[bytes]) -> None:
    hidden = hidden_suite("""
def test_a(student, rng):
    student.total(rng)
    assert student.total(rng) == student.total(rng)
""")
    found = results(submission("    return float(v.normal())"), hidden)
    assert found["a"].verdict is not Verdict.PASSED
    # The reference, which adds numbers up, does not come beyond the first.
    assert len(asked) == 3 + 1
