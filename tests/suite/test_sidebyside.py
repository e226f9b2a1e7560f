"""Tests that run side by side give what they give one by one; only the number of exchanges differs."""

import gc
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from grader.models import Submission, Verdict
from grader.sandbox.process import Spawner
from grader.sandbox.question import Question
from grader.sandbox.remote import Conversation
from grader.suite import sidebyside
from grader.suite.results import TestResult
from tests.small_course import hidden_suite, run_suite, submission, write_course

Results = Callable[..., dict[str, TestResult]]
MANY = "".join(
    f"""
def test_{number}(student):
    assert_close(student.total(np.array([1.0, {number}])), 1.0 + {number})
    assert_close(student.total(np.array([2.0, {number}])), 2.0 + {number})
"""
    for number in range(12)
)
PASSED = {str(number): Verdict.PASSED for number in range(12)}


@pytest.fixture
def results(tmp_path: Path, forker: Spawner) -> Results:
    """Grades a submission; its results by the name of the test, without the ones that have the points."""

    def grade(tests: str, submitted: Submission | None = None) -> dict[str, TestResult]:
        assignment = write_course(tmp_path, hidden_suite(tests))
        (run,) = run_suite(assignment, [submitted or submission()], forker)
        found = {result.test.spec.id.partition("::test_")[2]: result for result in run.results}
        return {name: found[name] for name in found if name not in _WORTH}

    return grade


_WORTH = ("points", "value", "edge", "property", "contract")


@pytest.fixture
def exchanges(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many calls each exchange with a worker held."""
    sizes: list[int] = []
    together, alone = Conversation.ask_together, Conversation.ask

    def several(talk: Conversation, questions: list[Question]) -> object:
        sizes.append(len(questions))
        return together(talk, questions)

    def one(talk: Conversation, question: Question) -> object:
        sizes.append(1)
        return alone(talk, question)

    monkeypatch.setattr(Conversation, "ask_together", several)
    monkeypatch.setattr(Conversation, "ask", one)
    return sizes


def verdicts(found: dict[str, TestResult]) -> dict[str, Verdict]:
    return {name: result.verdict for name, result in found.items()}


def test_the_calls_of_all_tests_travel_together(results: Results, exchanges: list[int]) -> None:
    assert verdicts(results(MANY)) == PASSED
    assert exchanges == [12, 12]


def test_no_more_tests_are_in_progress_than_may_be(
    results: Results, exchanges: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sidebyside, "MAX_TOGETHER", 5)
    assert verdicts(results(MANY)) == PASSED
    assert max(exchanges) == 5
    assert sum(exchanges) == 24


def test_what_does_not_fit_into_one_answer_is_asked_again(
    results: Results, exchanges: list[int]
) -> None:
    long = "\n".join(
        f"def test_{name}(student):\n    assert student.total(np.ones(3)).size == 1_000_000\n"
        for name in ("a", "b", "c")
    )
    found = results(long, submission("    return np.zeros(1_000_000)"))
    assert set(verdicts(found).values()) == {Verdict.PASSED}
    assert exchanges == [3, 2, 1]


def test_a_call_with_a_function_of_the_test_is_made_alone(
    results: Results, exchanges: list[int]
) -> None:
    lending = """
def test_lends(student):
    seen = []
    assert student.total(lambda v: seen.append(v) or 4.0) == 4.0
    assert seen == [3.0]
"""
    calls = "    return v(3.0) if callable(v) else float(sum(v))"
    found = results(MANY + lending, submission(calls))
    assert verdicts(found) == PASSED | {"lends": Verdict.PASSED}
    assert sorted(exchanges) == [1, 12, 12]


def test_a_test_that_watches_warnings_sees_those_of_its_own_calls_alone(results: Results) -> None:
    watching = """
def test_watches(student):
    with pytest.warns(UserWarning) as seen:
        student.total(np.array([-1.0]))
    assert [str(one.message) for one in seen] == ["negative"]
def test_warns_too(student):
    assert_close(student.total(np.array([-2.0])), -2.0)
"""
    warns = (
        "    import warnings\n    if v[0] < 0: warnings.warn('negative')\n    return float(sum(v))"
    )
    found = results(watching, submission(warns))
    assert verdicts(found) == {"watches": Verdict.PASSED, "warns_too": Verdict.PASSED}
    assert [text for _, text, _ in found["warns_too"].warnings] == ["negative"]


def test_a_test_keeps_its_own_floating_point_state_while_it_waits(results: Results) -> None:
    strict = """
def test_strict(student):
    with np.errstate(divide="raise"):
        student.total(np.ones(2))
        with pytest.raises(FloatingPointError):
            np.ones(1) / np.zeros(1)
def test_lenient(student):
    student.total(np.ones(2))
    assert np.geterr()["divide"] != "raise"
"""
    assert set(verdicts(results(strict)).values()) == {Verdict.PASSED}


def test_a_test_finds_nothing_that_one_before_it_left_on_its_stack(
    results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sidebyside, "MAX_TOGETHER", 1)
    careless = """
def test_a(student):
    student.total(np.ones(2))
    np.seterr(divide="raise")
    raise ValueError("and ends with an error")
def test_b(student):
    student.total(np.ones(2))
    assert np.geterr()["divide"] != "raise"
    assert sys.exc_info() == (None, None, None)
"""
    found = results("import sys\n" + careless)
    assert found["b"].verdict is Verdict.PASSED


def test_stacks_are_used_again_by_tests_and_submissions(
    tmp_path: Path, forker: Spawner, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    take = sidebyside.Stacks.take

    def taken(stacks: sidebyside.Stacks) -> object:
        made.append(take(stacks))
        return made[-1]

    monkeypatch.setattr(sidebyside.Stacks, "take", taken)
    monkeypatch.setattr(sidebyside, "MAX_TOGETHER", 3)
    assignment = write_course(tmp_path, hidden_suite(MANY))
    run_suite(assignment, [submission(), submission()], forker)
    assert len(made) > 24
    assert len(set(map(id, made))) == 3


def test_a_stack_that_waits_holds_on_to_nothing_of_its_last_test(
    tmp_path: Path, forker: Spawner, monkeypatch: pytest.MonkeyPatch
) -> None:
    lanes: list[weakref.ref[object]] = []
    begin = sidebyside._Lane.__init__

    def begun(lane: sidebyside._Lane, *args: Any) -> None:
        begin(lane, *args)
        lanes.append(weakref.ref(lane))

    monkeypatch.setattr(sidebyside._Lane, "__init__", begun)
    kept: list[sidebyside.Stacks] = []
    give = sidebyside.Stacks.give_back

    def given(stacks: sidebyside.Stacks, stack: Any) -> None:
        kept.append(stacks)
        give(stacks, stack)

    monkeypatch.setattr(sidebyside.Stacks, "give_back", given)
    run_suite(write_course(tmp_path, hidden_suite(MANY)), [submission()], forker)
    gc.collect()
    assert kept[0]._free
    assert [lane for lane in lanes if lane() is not None] == []


def test_stacks_of_another_thread_are_left_alone() -> None:
    stacks = sidebyside.Stacks()
    ours = stacks.take()
    stacks.give_back(ours)
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(stacks.take).result() is not ours


def test_each_test_keeps_what_its_own_calls_printed(results: Results) -> None:
    found = results(MANY, submission("    print(v[1])\n    return float(sum(v))"))
    assert [found[str(number)].output for number in range(12)] == [
        f"{float(number)}\n" * 2 for number in range(12)
    ]


def test_what_is_written_around_stdout_is_told_with_the_test_that_wrote_it(
    results: Results,
) -> None:
    writes = "    import os\n    if v[1] == 5: os.write(1, b'here')\n    return float(sum(v))"
    found = results(MANY, submission(writes))
    assert verdicts(found) == PASSED
    assert {name: result.output for name, result in found.items() if result.output} == {
        "5": "herehere"
    }


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("import os; os._exit(0)", Verdict.KILLED),
        ("while True: pass", Verdict.TIMEOUT),
        ("import os; os.write(3, b'x' * 99)", Verdict.REFUSED),
    ],
    ids=["an end", "a loop", "a forgery"],
)
def test_a_call_that_ends_the_worker_costs_its_own_test_alone(
    results: Results, body: str, verdict: Verdict
) -> None:
    ends = f"    if v[1] == 7:\n        {body}\n    return float(sum(v))"
    assert verdicts(results(MANY, submission(ends))) == PASSED | {"7": verdict}


def test_tests_that_wait_while_another_ends_the_worker_alone_are_ended_before_they_run_again(
    results: Results,
) -> None:
    ended: list[str] = []
    suite = """
def test_ends(student):
    student.total(np.ones(2))
    student.total(lambda v: v)
def test_waits(student):
    try:
        assert_close(student.total(np.ones(2)), 2.0)
    except BaseException as error:
        np.ended_by.append(type(error).__name__)
        raise
"""
    ends = "    if callable(v):\n        import os; os._exit(0)\n    return float(sum(v))"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("numpy.ended_by", ended, raising=False)
        found = results(suite, submission(ends))
    assert verdicts(found) == {"ends": Verdict.KILLED, "waits": Verdict.PASSED}
    assert ended == ["WorkerLost"]


def test_a_function_that_is_called_back_later_than_it_was_lent_harms_no_other_test(
    results: Results,
) -> None:
    lending = "def test_lends(student):\n    student.total(lambda v: 1.0)\n"
    keeps = (
        "    if callable(v): total.kept = v; return 0.0\n"
        "    if hasattr(total, 'kept'): total.kept(3.0)\n"
        "    return float(sum(v))"
    )
    assert verdicts(results(lending + MANY, submission(keeps))) == PASSED | {
        "lends": Verdict.PASSED
    }


def test_a_worker_that_lies_about_its_time_changes_who_is_charged_for_it_at_most(
    results: Results,
) -> None:
    lies = (
        "    import sys\n    sys._getframe(2).f_globals['_now'] = lambda: float('nan')\n"
        "    return float(sum(v))"
    )
    found = results(MANY, submission(lies))
    assert verdicts(found) == PASSED
    assert all(0 <= result.cpu < 5 for result in found.values())


def test_a_call_within_a_call_back_is_charged_once(
    results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Question] = []
    ask = Conversation.ask

    def one(talk: Conversation, question: Question) -> object:
        reply = ask(talk, question)
        asked.append(question)
        return reply

    monkeypatch.setattr(Conversation, "ask", one)
    monkeypatch.setattr(Conversation, "cpu", property(lambda talk: float(len(asked))))
    nested = """
def test_nested(student):
    assert student.total(lambda v: student.total(np.array([v, v]))) == 6.0
"""
    calls = "    return v(3.0) if callable(v) else float(sum(v))"
    assert results(nested, submission(calls))["nested"].cpu == len(asked) == 2


def test_a_generator_goes_on_where_the_call_left_it(results: Results) -> None:
    draws = "".join(
        f"""
def test_{name}(student, rng):
    twin = np.random.default_rng()
    twin.bit_generator.state = rng.bit_generator.state
    assert student.total(rng) == twin.random()
    assert rng.random() == twin.random()
"""
        for name in ("a", "b")
    )
    found = results(draws, submission("    return v.random()"))
    assert set(verdicts(found).values()) == {Verdict.PASSED}
