"""How each test ends, and what it takes to be told so: the table of verdicts, and what cannot change one."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from grader.errors import SuiteError
from grader.models import GradeReport, Submission, Verdict
from grader.sandbox.process import Spawner
from grader.suite.results import TestResult
from tests.small_course import (
    IMPORTS,
    REFERENCE,
    STUB,
    hidden_suite,
    report_of,
    run_suite,
    submission,
    write_course,
)

Graded = Callable[..., TestResult]
Reported = Callable[..., GradeReport]
#: Graded together, in one session: the results of the tests of a suite, by name, for each submission.
Together = Callable[[str, Sequence[Submission]], list[dict[str, TestResult]]]


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory, forker: Spawner) -> Together:
    def grade(tests: str, submissions: Sequence[Submission]) -> list[dict[str, TestResult]]:
        assignment = write_course(tmp_path_factory.mktemp("course"), hidden_suite(tests))
        return [
            {result.test.spec.id.partition("::")[2]: result for result in run.results}
            for run in run_suite(assignment, submissions, forker)
        ]

    return grade


@pytest.fixture(scope="module")
def reports(
    tmp_path_factory: pytest.TempPathFactory, forker: Spawner
) -> Callable[..., list[GradeReport]]:
    """Grades submissions in one session with the default suite or another; their reports."""

    def grade(
        submissions: Sequence[Submission], hidden: dict[str, str] | None = None
    ) -> list[GradeReport]:
        assignment = write_course(tmp_path_factory.mktemp("course"), hidden)
        runs = run_suite(assignment, submissions, forker)
        return [report_of(assignment, *each) for each in zip(submissions, runs, strict=True)]

    return grade


ADDS = """
def test_it(student):
    assert_close(student.total(np.array([1.0, 2.0])), 3.0)
"""
ENDS = {
    "a right answer": ("    return float(sum(v))", Verdict.PASSED),
    "a wrong answer": ("    return 7.0", Verdict.FAILED),
    "nothing": ("    pass", Verdict.FAILED),
    "a generator": ("    yield 3.0", Verdict.FAILED),
    "text": ("    return '3.0'", Verdict.FAILED),
    "itself": ("    return total", Verdict.FAILED),
    "an object that equals everything": (
        "    return type('Yes', (), {'__eq__': lambda *a: True, '__sub__': lambda *a: 0})()",
        Verdict.FAILED,
    ),
    "an error": ("    raise ValueError('no')", Verdict.RAISED),
    "an error of its own": ("    raise type('Mine', (KeyError,), {})('no')", Verdict.RAISED),
    "an exit": ("    raise SystemExit(0)", Verdict.RAISED),
    "an interrupt": ("    raise KeyboardInterrupt", Verdict.RAISED),
    "an assertion": ("    assert False, 'no'", Verdict.RAISED),
    "a loop": ("    while True: pass", Verdict.TIMEOUT),
    "a sleep": ("    import time; time.sleep(60)", Verdict.TIMEOUT),
    "an end of the process": ("    import os; os._exit(0)", Verdict.KILLED),
    "a crash": ("    import ctypes; ctypes.string_at(0)", Verdict.KILLED),
    "bytes on the channel": ("    import os; os.write(3, b'x' * 99)", Verdict.REFUSED),
}


@pytest.fixture(scope="module")
def ended(together: Together) -> dict[str, TestResult]:
    found = together(ADDS, [submission(body, name) for name, (body, _) in ENDS.items()])
    return {name: results["test_it"] for name, results in zip(ENDS, found, strict=True)}


@pytest.mark.parametrize("name", ENDS)
def test_every_way_to_answer_has_its_verdict(ended: dict[str, TestResult], name: str) -> None:
    result, verdict = ended[name], ENDS[name][1]
    assert result.verdict is verdict, result.message
    assert (result.message == "") == (verdict is Verdict.PASSED)


CANNOT_RUN = {
    "stub": (STUB, "total is not written yet"),
    "missing": ("x = 1\n", "total is missing"),
    "number": ("total = 3\n", "total is not a function"),
    "syntax": ("def total(v)\n", "could not be loaded: SyntaxError"),
    "error": ("1 / 0\ndef total(v): pass\n", "could not be loaded: division by zero"),
    "exit": ("import os; os._exit(0)\n", "could not be loaded: while loading"),
    "endless": ("while True: pass\n", "could not be loaded: while loading"),
}


@pytest.fixture(scope="module")
def blocked(reports: Callable[..., list[GradeReport]]) -> dict[str, GradeReport]:
    submissions = [
        Submission(name, {"small": source.encode()}) for name, (source, _) in CANNOT_RUN.items()
    ]
    return dict(zip(CANNOT_RUN, reports(submissions, hidden_suite(ADDS)), strict=True))


@pytest.mark.parametrize("name", CANNOT_RUN)
def test_what_cannot_run_is_blocked_and_told_why(
    blocked: dict[str, GradeReport], name: str
) -> None:
    graded, message = blocked[name], CANNOT_RUN[name][1]
    ours = [outcome for outcome in graded.outcomes if outcome.function == "total"]
    assert {outcome.verdict for outcome in ours} == {Verdict.BLOCKED}
    assert all(message in outcome.message for outcome in ours)
    assert graded.state == "graded"
    assert graded.score == 0


OUR_ERRORS = {
    "a name that is none": "    nonsense\n",
    "an assertion about nothing of the student's": "    assert 1 == 2\n",
    "a skip": "    pytest.skip('not today')\n",
    "an expected failure": "    pytest.xfail('some day')\n",
    "an exit": "    pytest.exit('enough')\n",
    "a system exit": "    raise SystemExit\n",
    "an interrupt": "    raise KeyboardInterrupt\n",
    "too deep": "    def deep(): deep()\n    deep()\n",
    "a message that cannot be made": (
        "    class Odd(Exception):\n        def __str__(self): raise RuntimeError\n    raise Odd\n"
    ),
}


MARKS = ("@pytest.mark.skip", "@pytest.mark.xfail", "@pytest.mark.skipif(True, reason='x')")


@pytest.fixture(scope="module")
def faults(together: Together) -> dict[str, TestResult]:
    """What became of the tests with each of OUR_ERRORS, and of those with each of MARKS."""
    tests = {
        name: f"(student):\n    student.total(np.ones(2))\n{body}"
        for name, body in OUR_ERRORS.items()
    }
    tests |= dict.fromkeys(MARKS, "(student):\n    assert student.total(np.ones(2)) == 5\n")
    text = "".join(
        f"{name if name in MARKS else ''}\ndef test_{number}{test}"
        for number, (name, test) in enumerate(tests.items())
    )
    (found,) = together(text, [submission()])
    return {name: found[f"test_{number}"] for number, name in enumerate(tests)}


@pytest.mark.parametrize("name", OUR_ERRORS)
def test_what_the_reference_does_too_is_our_fault(faults: dict[str, TestResult], name: str) -> None:
    assert faults[name].verdict is Verdict.FAULT


@pytest.mark.parametrize("marks", MARKS)
def test_a_skip_or_an_expected_failure_in_a_hidden_suite_is_a_fault(
    faults: dict[str, TestResult], marks: str
) -> None:
    assert faults[marks].verdict is Verdict.FAULT


def test_an_error_in_our_code_that_only_a_students_value_causes_is_a_failure(
    outcome: Graded,
) -> None:
    tests = (
        "def test_it(student):\n    assert student.scaled(np.ones((2, 2)), 1.0).shape == (2, 2)\n"
    )
    tests += "    assert student.total(np.ones(2)).is_integer()\n"
    result = outcome(tests, "    return None")
    assert result.verdict is Verdict.FAILED
    assert "AttributeError" in result.message


def test_staff_are_told_at_once_what_could_not_be_judged(report: Reported) -> None:
    hidden = hidden_suite("def test_it(student):\n    assert student.total(np.ones(2)) == 7\n")
    graded = report(submission(), hidden)
    assert graded.remark is not None
    assert graded.remark.startswith("test_it: the reference does not pass this test either")


def test_a_fault_has_no_points_and_a_person_must_look(report: Reported) -> None:
    hidden = hidden_suite("")
    hidden["test_total.py"] = hidden["test_total.py"].replace("    pass\n", "    nonsense\n")
    graded = report(submission(), hidden)
    (fault,) = [outcome for outcome in graded.outcomes if outcome.verdict is Verdict.FAULT]
    assert fault.points is None
    assert graded.state == "needs_review"
    assert graded.score == 4
    assert graded.max_score == 5


LOST = {
    "a timeout": ("    while True: pass", Verdict.TIMEOUT),
    "a kill": ("    import os; os._exit(0)", Verdict.KILLED),
    "a refusal": ("    import os; os.write(3, b'x' * 99)", Verdict.REFUSED),
}
EXCUSES = {
    "except Exception": "    try: student.total(np.ones(2))\n    except Exception: pass\n",
    "except BaseException": "    try: student.total(np.ones(2))\n    except BaseException: pass\n",
    "a bare except": "    try: student.total(np.ones(2))\n    except: pass\n",
    "pytest.raises": "    with pytest.raises(BaseException): student.total(np.ones(2))\n",
    "return in finally": "    try: student.total(np.ones(2))\n    finally: return\n",
    "going on with another call": (
        "    try: student.total(np.ones(2))\n    except BaseException: pass\n"
        "    try: student.scaled(np.ones((1, 1)), 1.0)\n    except BaseException: pass\n"
    ),
    "a generator that is closed": (
        "    def calls():\n        try: yield student.total(np.ones(2))\n"
        "        except BaseException: yield 3.0\n    assert next(calls()) == 3.0\n"
    ),
    "suppress": "    import contextlib\n    with contextlib.suppress(BaseException): student.total(np.ones(2))\n",
}


@pytest.fixture(scope="module", params=EXCUSES.values(), ids=list(EXCUSES))
def lost(request: pytest.FixtureRequest, together: Together) -> dict[str, TestResult]:
    """What became of a test with an excuse, for each way to lose a worker."""
    submissions = [submission(body, name) for name, (body, _) in LOST.items()]
    found = together(f"def test_it(student):\n{request.param}", submissions)
    return {name: results["test_it"] for name, results in zip(LOST, found, strict=True)}


@pytest.mark.parametrize("name", LOST)
def test_nothing_in_a_test_turns_a_lost_worker_into_a_pass(
    lost: dict[str, TestResult], name: str
) -> None:
    assert lost[name].verdict is LOST[name][1]


def test_a_fault_cannot_be_turned_into_a_pass_by_the_submission_either(outcome: Graded) -> None:
    tests = "def test_it(student):\n    pytest.skip() if student.total(np.ones(2)) else None\n"
    assert outcome(tests).verdict is Verdict.FAULT


EXPECTED = (
    ("with pytest.raises(ValueError): student.total(np.ones((2, 2)))", Verdict.PASSED),
    ("with pytest.raises(ValueError, match='shape'): student.total(np.eye(2))", Verdict.PASSED),
    ("with pytest.raises(Exception): student.total(np.eye(2))", Verdict.PASSED),
    ("with pytest.raises(TypeError): student.total(np.eye(2))", Verdict.RAISED),
    ("with pytest.raises(ValueError, match='size'): student.total(np.eye(2))", Verdict.FAILED),
    ("with pytest.raises(ValueError): student.total(np.ones(2))", Verdict.FAILED),
)


@pytest.fixture(scope="module")
def expecting(together: Together) -> dict[str, TestResult]:
    body = "    if v.ndim != 1: raise ValueError('the shape is wrong')\n    return float(v.sum())"
    text = "".join(
        f"def test_{number}(student):\n    {test}\n" for number, (test, _) in enumerate(EXPECTED)
    )
    (found,) = together(text, [submission(body)])
    return {test: found[f"test_{number}"] for number, (test, _) in enumerate(EXPECTED)}


@pytest.mark.parametrize(("test", "verdict"), EXPECTED)
def test_errors_are_expected_as_in_any_test(
    expecting: dict[str, TestResult], test: str, verdict: Verdict
) -> None:
    result = expecting[test]
    # The reference's own message speaks of a shape, and takes a vector.
    expected = Verdict.FAULT if verdict is Verdict.FAILED else verdict
    assert result.verdict is expected, result.message


def test_the_message_of_a_failure_is_that_of_the_assertion(outcome: Graded) -> None:
    result = outcome(ADDS, "    return 7.0")
    assert "7" in result.message
    assert "3" in result.message


def test_the_message_of_an_error_names_type_message_and_line(outcome: Graded) -> None:
    result = outcome(ADDS, "    raise KeyError('missing key')")
    assert result.message == "KeyError: 'missing key' (line 3)"


def test_the_message_of_an_error_names_another_function_in_which_it_is(outcome: Graded) -> None:
    body = "    return helper(v)\ndef helper(v):\n    return v.missing"
    assert outcome(ADDS, body).message.endswith("(line 5 of helper)")


def test_an_error_without_a_message_is_told_by_its_name(outcome: Graded) -> None:
    assert outcome(ADDS, "    raise ValueError").message == "ValueError (line 3)"


def test_output_and_warnings_of_a_test_are_kept_with_it(outcome: Graded) -> None:
    body = "    import warnings; warnings.warn('careful'); print('hello'); return 3.0"
    result = outcome(ADDS, body)
    assert result.verdict is Verdict.PASSED
    assert result.output == "hello\n"
    assert result.warnings == (("UserWarning", "careful", 3),)


def test_warnings_of_a_submission_reach_a_test_that_asks_for_them(outcome: Graded) -> None:
    tests = "def test_it(student):\n    with pytest.warns(RuntimeWarning, match='careful'):\n"
    tests += "        student.total(np.ones(2))\n"
    body = "    import warnings; warnings.warn('careful', {}); return 3.0"
    assert outcome(tests, body.format("RuntimeWarning")).verdict is Verdict.PASSED


# Points.


def total_only(**groups: str) -> dict[str, str]:
    """A suite in which `scaled` has one test a group, whose bodies these are."""
    worth = {"value": 2, "edge": 1, "property": 0.5, "contract": 0.5}
    text = IMPORTS + 'pytestmark = pytest.mark.function("scaled")\n\n'
    for group, points in worth.items():
        text += f'@pytest.mark.group("{group}")\n@pytest.mark.points({points})\n'
        text += f"def test_{group}(student):\n    {groups.get(group, 'pass')}\n\n"
    hidden = hidden_suite("")
    return {**hidden, "test_scaled.py": text}


def points(graded: GradeReport) -> dict[str, float | None]:
    return {
        outcome.group: outcome.points for outcome in graded.outcomes if outcome.function == "scaled"
    }


def test_other_groups_count_only_if_a_value_test_passed(report: Reported) -> None:
    hidden = total_only(value="assert student.total(np.ones(2)) == 2.0")
    body = "    return 1.0"
    assert points(report(submission(body), hidden)) == {
        "value": 0, "edge": 0, "property": 0, "contract": 0
    }  # fmt: skip


def test_other_groups_count_one_by_one_where_a_value_test_passed(report: Reported) -> None:
    failing = "assert student.total(np.ones(1)) == 1.0"
    graded = report(submission("    return 9.0"), total_only(edge=failing))
    assert points(graded) == {"value": 2, "edge": 0, "property": 0.5, "contract": 0.5}
    assert graded.score == 4


TRIVIAL = {
    "None": "return None",
    "zero": "return 0",
    "zero as a float": "return 0.0",
    "the first argument": "return args[0]",
    "zeros of its shape": "return np.zeros_like(args[0])",
    "ones of its shape": "return np.ones_like(args[0])",
    "an empty array": "return np.array([])",
    "NaN": "return float('nan')",
    "text": "return ''",
    "a tuple of arguments": "return args",
    "an error that names everything": (
        "raise ValueError('shape size dtype empty finite positive label class integer')"
    ),
    "an error of every kind": (
        "raise type('E', (ValueError, TypeError, IndexError, KeyError, ZeroDivisionError), {})"
    ),
}


@pytest.fixture(scope="module")
def worthless(reports: Callable[..., list[GradeReport]]) -> dict[str, GradeReport]:
    submissions = [
        Submission(
            name,
            {
                "small": f"import numpy as np\ndef total(*args): {body}\ndef scaled(*args): {body}\n".encode()
            },
        )
        for name, body in TRIVIAL.items()
    ]
    return dict(zip(TRIVIAL, reports(submissions), strict=True))


@pytest.mark.parametrize("name", TRIVIAL)
def test_a_trivial_submission_earns_nothing(worthless: dict[str, GradeReport], name: str) -> None:
    graded = worthless[name]
    assert graded.score == 0
    assert graded.state == "graded"


def test_the_reference_earns_everything_and_the_stub_nothing(report: Reported) -> None:
    assert report(Submission("ann", {"small": REFERENCE.encode()})).score == 5
    assert report(Submission("ann", {"small": STUB.encode()})).score == 0


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("points(1)", "points(0.5)", "total: 0.5 points in group value, 1 expected"),
        ("points(1)", "points(0.3)", "multiples of 0.25"),
        ("test_points(student)", "test_points(student, domain)", "domains.py has none of total"),
        ("points(1)", "points(-1)", "multiples of 0.25"),
        ("points(1)", "points(1, 2)", "takes one argument"),
        ("points(1)", "points('1')", "multiples of 0.25"),
        ("points(1)", "points(True)", "multiples of 0.25"),
        ("points(1)", "points(float('inf'))", "multiples of 0.25"),
        ("points(1)", "points(float('nan'))", "multiples of 0.25"),
        ("def test_points(student):", "def test_points(studnet):", "there is no fixture studnet"),
        ('function("total")', 'function("sum")', "must name a graded function, not 'sum'"),
        ('pytestmark = pytest.mark.function("total")', "", "must name a graded function"),
        ("pytest.mark.points(1)", 'pytest.mark.group("hard")', "must be one of value, edge"),
        ("pytest.mark.points(1)", "pytest.mark.pionts(1)", "does not add up"),
        ("import numpy as np", "import no_such_package", "no_such_package"),
        ("def test_points(student):", "def test_points(student:", "SyntaxError"),
        ("import numpy as np", "raise SystemExit(3)", "test_total.py:1: SystemExit: 3"),
    ],
)
def test_a_suite_that_is_not_as_it_should_be_is_refused(
    tmp_path: Path, forker: Spawner, before: str, after: str, message: str
) -> None:
    hidden = hidden_suite("")
    assert before in hidden["test_total.py"]
    hidden["test_total.py"] = hidden["test_total.py"].replace(before, after)
    with pytest.raises(SuiteError) as caught:
        run_suite(write_course(tmp_path, hidden), [submission()], forker)
    assert message in str(caught.value)


def test_the_same_seed_draws_the_same_and_another_draws_otherwise(
    tmp_path: Path, forker: Spawner
) -> None:
    tests = "def test_it(student, rng):\n    student.total(rng.normal(size=3))\n"
    tests += "def test_other(student, rng):\n    student.total(rng.normal(size=3))\n"
    assignment = write_course(tmp_path, hidden_suite(tests))
    body = "    print(list(v)); return 1.0"
    printed = []
    for seed in ("one", "one", "two"):
        (run,) = run_suite(assignment, [submission(body)], forker, seed)
        printed.append({result.test.spec.id: result.output for result in run.results})
    assert printed[0] == printed[1]
    for name in ("test_total.py::test_it", "test_total.py::test_other"):
        assert printed[0][name] != printed[2][name]
    assert printed[0]["test_total.py::test_it"] != printed[0]["test_total.py::test_other"]


def test_a_report_says_what_was_graded_and_by_what(report: Reported) -> None:
    graded = report(submission())
    assert graded.student == "ann"
    assert graded.environment.numpy
    assert len(graded.digests.submission) == 64
    assert [outcome.test for outcome in graded.outcomes] == [
        "test_scaled.py::test_agrees_with_the_reference",
        "test_scaled.py::test_an_empty_matrix",
        "test_scaled.py::test_twice_is_the_square",
        "test_scaled.py::test_leaves_its_argument_alone",
        "test_total.py::test_agrees_with_the_reference",
        "test_total.py::test_one_two_three",
    ]


TEXTS = [
    "raise ValueError('\\ud800')",
    "print('\\ud800'); return 7.0",
    "import warnings; warnings.warn('\\ud800'); return 7.0",
    "raise type('\\ud800', (Exception,), {})()",
    "import os; os.write(1, b'\\xff\\xfe'); return 7.0",
    "return '\\ud800'",
    "return {'\\ud800': ['\\ud800']}",
    "return type('\\ud800', (), {})()",
    "raise KeyError('\\0\\x1b[31m')",
]


@pytest.fixture(scope="module")
def odd(reports: Callable[..., list[GradeReport]]) -> dict[str, GradeReport]:
    return dict(zip(TEXTS, reports([submission(f"    {body}") for body in TEXTS]), strict=True))


@pytest.mark.parametrize("body", TEXTS)
def test_whatever_text_a_submission_makes_its_report_can_be_written(
    odd: dict[str, GradeReport], body: str
) -> None:
    graded = odd[body]
    assert GradeReport.model_validate_json(graded.model_dump_json()) == graded


def test_whatever_text_stops_the_loading_its_report_can_be_written(report: Reported) -> None:
    graded = report(Submission("ann", {"small": b"raise ValueError('\\ud800')"}))
    assert graded.load.error is not None
    assert graded.model_dump_json()


def test_what_stops_the_loading_without_a_word_is_told_by_its_name(report: Reported) -> None:
    graded = report(Submission("ann", {"small": b"assert not 'a word'"}))
    assert graded.load.error == "line 1: AssertionError"


def under_other_names(*definitions: str) -> Submission:
    text = "import numpy as np\n" + "".join(f"{each}\n" for each in definitions)
    return Submission("ann", {"small": text.encode()})


TOTL = "def totl(v):\n    return float(sum(v))\n"
NEARLY = {
    "a slip": ([TOTL], {"total": "totl"}),
    "nothing like it": (["def other(v):\n    pass\n"], {}),
    "another graded function": (["def scaled(X, factor):\n    return X\n"], {}),
    "a name of no end": ([f"def total{'l' * 500}(v):\n    pass\n"], {}),
    "one of ten thousand": (
        [TOTL, *(f"def u{number}(v):\n    pass\n" for number in range(10_000))],
        {"total": "totl"},
    ),
}


@pytest.mark.parametrize(("definitions", "alike"), NEARLY.values(), ids=NEARLY)
def test_what_is_defined_under_nearly_the_name_of_a_missing_function_is_told(
    reports: Callable[..., list[GradeReport]], definitions: list[str], alike: dict[str, str]
) -> None:
    (report,) = reports([under_other_names(*definitions)])
    found = {name: report.load.alike[name] for name in report.load.alike if name == "total"}
    assert found == alike
