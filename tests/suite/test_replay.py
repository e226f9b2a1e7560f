"""One session grades many submissions; nothing of one reaches the next."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.models import Submission, Verdict
from grader.sandbox.process import Spawner
from grader.suite.results import TestResult
from tests.small_course import hidden_suite, run_suite, submission, write_course

Grade = Callable[..., list[TestResult]]
RIGHT = "    return float(sum(v))"
SAYS_ANN = "    print('the answer of ann'); return 77.0"


@pytest.fixture
def grade(tmp_path: Path, forker: Spawner) -> Grade:
    """Grades submissions one after another in one session; what became of `test_it` for each."""

    def run(tests: str, *bodies: str) -> list[TestResult]:
        assignment = write_course(tmp_path, hidden_suite(tests))
        submissions = [submission(body, f"student{number}") for number, body in enumerate(bodies)]
        runs = run_suite(assignment, submissions, forker)
        return [
            next(result for result in run.results if "::test_it" in result.test.spec.id)
            for run in runs
        ]

    return run


def verdicts(results: list[TestResult]) -> list[Verdict]:
    return [result.verdict for result in results]


FORMS = {
    "a plain function": "def test_it(student):\n    assert student.total(np.ones(2)) == 2.0\n",
    "a fixture of pytest's": (
        "def test_it(student, capsys, tmp_path):\n    assert student.total(np.ones(2)) == 2.0\n"
    ),
    "a class": (
        "class Tests:\n    __test__ = True\n    def test_it(self, student):\n"
        "        assert student.total(np.ones(2)) == 2.0\n"
    ),
    "a fixture of its own": (
        "@pytest.fixture\ndef two():\n    return np.ones(2)\n"
        "def test_it(student, two):\n    assert student.total(two) == 2.0\n"
    ),
    "a parametrised test": (
        "@pytest.mark.parametrize('n', [2])\ndef test_it(student, n):\n"
        "    assert student.total(np.ones(n)) == n\n"
    ),
    "a parametrised fixture": (
        "@pytest.fixture(params=[2])\ndef n(request):\n    return request.param\n"
        "def test_it(student, n):\n    assert student.total(np.ones(n)) == n\n"
    ),
    "a unittest": (
        "import unittest\nclass Tests(unittest.TestCase):\n"
        "    @pytest.fixture(autouse=True)\n    def attach(self, student):\n"
        "        self.student = student\n"
        "    def test_it(self):\n        self.assertEqual(self.student.total(np.ones(2)), 2.0)\n"
    ),
    "a unittest with parts": (
        "import unittest\nclass Tests(unittest.TestCase):\n"
        "    @pytest.fixture(autouse=True)\n    def attach(self, student):\n"
        "        self.student = student\n"
        "    def test_it(self):\n        with self.subTest('two'):\n"
        "            self.assertEqual(self.student.total(np.ones(2)), 2.0)\n"
    ),
    "parts": (
        "def test_it(student, subtests):\n    with subtests.test('two'):\n"
        "        assert student.total(np.ones(2)) == 2.0\n"
    ),
    "hypothesis": (
        "from hypothesis import given, strategies as st\n"
        "@given(st.integers(1, 5))\ndef test_it(student, n):\n"
        "    assert student.total(np.ones(n)) == n\n"
    ),
    "hypothesis in a class": (
        "from hypothesis import given, strategies as st\nclass Tests:\n    __test__ = True\n"
        "    @given(n=st.integers(1, 5))\n    def test_it(self, student, n):\n"
        "        assert student.total(np.ones(n)) == n\n"
    ),
}


@pytest.mark.parametrize("tests", FORMS.values(), ids=FORMS)
def test_every_form_of_test_judges_each_submission_for_itself(grade: Grade, tests: str) -> None:
    bodies = RIGHT, SAYS_ANN, "    print('bob'); return 5.0", RIGHT, "    raise ValueError", RIGHT
    found = grade(tests, *bodies)
    assert verdicts(found) == ["passed", "failed", "failed", "passed", "raised", "passed"]
    # What one submission printed is in no other report.
    first, second = found[1:3]
    assert "ann" in first.output
    assert "ann" not in second.output + second.message
    assert "77.0" not in second.message


def test_what_a_test_prints_and_records_is_cleared(grade: Grade) -> None:
    tests = (
        "def test_it(student, capsys, record_property, request):\n"
        "    assert request.node.user_properties == []\n"
        "    record_property('answer', student.total(np.ones(2)))\n"
        "    print('printed by the test')\n"
        "    assert request.node._report_sections == []\n"
    )
    assert verdicts(grade(tests, RIGHT, RIGHT, RIGHT)) == ["passed"] * 3


def test_an_instance_of_a_class_is_made_anew(grade: Grade) -> None:
    tests = (
        "class Tests:\n    __test__ = True\n    def test_it(self, student):\n"
        "        assert not hasattr(self, 'seen')\n        self.seen = student.total(np.ones(2))\n"
    )
    assert verdicts(grade(tests, RIGHT, RIGHT, RIGHT)) == ["passed"] * 3


@pytest.mark.parametrize("scope", ["function", "class", "module", "package", "session"])
def test_fixtures_are_made_anew_and_taken_down(grade: Grade, tmp_path: Path, scope: str) -> None:
    log = tmp_path / "log"
    tests = (
        f"@pytest.fixture(scope='{scope}')\ndef box():\n    yield []\n"
        f"    with open({str(log)!r}, 'a') as file: file.write('down ')\n"
        "def test_it(student, box):\n    assert box == []\n"
        "    box.append(student.total(np.ones(2)))\n"
    )
    assert verdicts(grade(tests, RIGHT, RIGHT, RIGHT)) == ["passed"] * 3
    assert log.read_text().split() == ["down"] * 3


def test_what_a_test_does_to_its_parameters_is_gone(grade: Grade) -> None:
    tests = (
        "@pytest.mark.parametrize(('v', 'known'), [(np.ones(2), [1, {'two': 2.0}])])\n"
        "def test_it(student, v, known):\n"
        "    assert student.total(v) == known[1]['two']\n    v += 1\n    known[1].clear()\n"
    )
    assert verdicts(grade(tests, RIGHT, RIGHT, RIGHT)) == ["passed"] * 3


def test_what_a_test_patches_is_put_back(grade: Grade) -> None:
    tests = (
        "import os\ndef test_it(student, monkeypatch):\n    assert 'SEEN' not in os.environ\n"
        "    monkeypatch.setenv('SEEN', 'yes')\n    student.total(np.ones(2))\n"
    )
    assert verdicts(grade(tests, RIGHT, RIGHT)) == ["passed"] * 2


GIVEN = """
from hypothesis import HealthCheck, given, settings, strategies as st
{marks}
@given(st.integers(0, 10**6))
def test_it(student, n):
    assert student.total(np.array([float(n)])) == n
"""
PRINTS = "    print(int(v[0])); return float(v[0])"


def test_hypothesis_keeps_no_examples_for_the_next_submission(grade: Grade, tmp_path: Path) -> None:
    wrong = "    return float(v[0]) + (v[0] > 1000)"
    first, second = grade(GIVEN.format(marks=""), wrong, PRINTS)
    assert first.verdict is Verdict.FAILED
    assert second.verdict is Verdict.PASSED
    assert not list(tmp_path.rglob(".hypothesis"))


@pytest.mark.parametrize(
    "marks",
    [
        "",
        "@settings(max_examples=500)",
        "@settings(database=None, derandomize=True)",
        "@settings(suppress_health_check=[HealthCheck.too_slow], deadline=1)",
    ],
)
def test_hypothesis_draws_at_most_twenty_examples_whatever_a_test_asks_for(
    grade: Grade, marks: str
) -> None:
    (found,) = grade(GIVEN.format(marks=marks), PRINTS)
    assert found.verdict is Verdict.PASSED
    assert 1 <= len(found.output.split()) <= 20


def test_hypothesis_does_not_shrink(grade: Grade) -> None:
    (found,) = grade(GIVEN.format(marks=""), "    print(int(v[0])); return -1.0")
    assert found.verdict is Verdict.FAILED
    # The first example that fails is all that there is, once more to tell of it.
    assert len(found.output.split()) <= 3


def test_hypothesis_draws_differently_for_each_seed_and_the_same_for_one(
    tmp_path: Path, forker: Spawner
) -> None:
    assignment = write_course(tmp_path, hidden_suite(GIVEN.format(marks="")))
    drawn = []
    for seed in ("one", "one", "two"):
        (run,) = run_suite(assignment, [submission(PRINTS)], forker, seed)
        drawn += [result.output for result in run.results if "::test_it" in result.test.spec.id]
    assert drawn[0] == drawn[1]
    assert drawn[0] != drawn[2]


@pytest.mark.parametrize(
    ("body", "verdict"),
    [("    import os; os._exit(1)", "killed"), ("    while True: pass", "timeout")],
)
def test_hypothesis_ends_a_test_when_its_worker_is_lost(
    grade: Grade, body: str, verdict: str
) -> None:
    (found,) = grade(GIVEN.format(marks=""), body)
    assert found.verdict == verdict


def test_what_pytest_reads_from_the_environment_changes_nothing(
    grade: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_ADDOPTS", "-k nothing --no-such-option")
    monkeypatch.setenv("PYTEST_PLUGINS", "no_such_plugin")
    assert verdicts(grade(FORMS["a class"], RIGHT)) == ["passed"]
    assert os.environ["PYTEST_PLUGINS"] == "no_such_plugin"


def test_a_conftest_above_the_suite_has_no_part_in_it(grade: Grade, tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir(exist_ok=True)
    (tmp_path / "tests" / "conftest.py").write_text("import there_is_no_such_package\n")
    assert verdicts(grade(FORMS["a plain function"], RIGHT)) == [Verdict.PASSED]


def test_what_a_test_s_own_arithmetic_warns_of_is_printed_nowhere(
    grade: Grade, capfd: pytest.CaptureFixture[str]
) -> None:
    tests = "def test_it(student):\n    assert np.log(np.zeros(1))[0] < student.total(np.ones(2))\n"
    assert verdicts(grade(tests, RIGHT)) == ["passed"]
    assert "Warning" not in capfd.readouterr().err


def test_a_test_can_watch_the_warnings_of_its_own_arithmetic(grade: Grade) -> None:
    tests = (
        "def test_it(student):\n    with pytest.warns(RuntimeWarning):\n        np.log(np.zeros(1))\n"
        "    assert student.total(np.ones(2)) == 2.0\n"
    )
    assert verdicts(grade(tests, RIGHT)) == ["passed"]


def test_a_message_that_shows_the_student_says_student(grade: Grade) -> None:
    tests = "def test_it(student):\n    assert student.total(np.ones(2)) == 2.0, f'{student}'\n"
    (result,) = grade(tests, "    return 7.0")
    assert result.message.splitlines()[0] == "student"


def test_a_message_holds_no_address(grade: Grade) -> None:
    tests = "def test_it(student):\n    assert student.total(np.ones(2)) == 2.0\n"
    first, second = grade(tests, "    return 7.0", "    return 7.0")
    assert "0x" not in first.message
    assert first.message == second.message


def test_the_suite_of_another_course_in_the_same_process_is_its_own(
    tmp_path: Path, forker: Spawner
) -> None:
    for number in (1, 2):
        tests = f"def test_it(student):\n    assert student.total(np.ones(1)) == {number}\n"
        assignment = write_course(tmp_path / str(number), hidden_suite(tests))
        (run,) = run_suite(assignment, [submission(f"    return {number}")], forker)
        assert {result.verdict for result in run.results} <= {Verdict.PASSED, Verdict.FAULT}
        (found,) = [result for result in run.results if "::test_it" in result.test.spec.id]
        assert found.verdict is Verdict.PASSED


def test_submissions_of_many_files_do_not_meet(tmp_path: Path, forker: Spawner) -> None:
    assignment = write_course(tmp_path, hidden_suite(FORMS["a plain function"]))
    source = b"import helper\ndef total(v):\n    return helper.total(v)\n"
    helpers = [b"def total(v):\n    return float(sum(v))\n", b"", b"total = max\n"]
    submissions = [Submission("x", {"small": source, "helper": helper}) for helper in helpers]
    runs = run_suite(assignment, submissions, forker)
    found = [
        next(result.verdict for result in run.results if "::test_it" in result.test.spec.id)
        for run in runs
    ]
    assert found == ["passed", "raised", "failed"]
