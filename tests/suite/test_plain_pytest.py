"""Plain `pytest`: students in their assignment's folder, staff in a hidden suite, everybody else undisturbed."""

from pathlib import Path

import pytest

from grader.course import Assignment
from tests.small_course import REFERENCE, write_course

HALF = (
    "import numpy as np\n\ndef total(v):\n    print('adding', len(v))\n    return float(sum(v))\n"
)


@pytest.fixture
def assignment(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Assignment:
    """A course in the folder in which pytest is called."""
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    return write_course(pytester.path)


def lines(result: pytest.RunResult) -> str:
    return "\n".join(result.outlines + result.errlines)


def run(pytester: pytest.Pytester, folder: Path, *words: str) -> pytest.RunResult:
    """`pytest` in a folder."""
    words = (f"--rootdir={folder}", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", *words)
    return pytester.runpytest_inprocess(*words, str(folder))


def test_a_student_sees_each_function_and_that_hidden_tests_follow(
    pytester: pytest.Pytester, assignment: Assignment
) -> None:
    (assignment.release_dir / "small.py").write_text(HALF)
    result = run(pytester, assignment.release_dir)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*small, public tests:*",
            "  total  * 1 of 1 tests passed",
            "  scaled * 0 of 1 tests passed",
            "*grading also runs hidden ones*",
        ]
    )
    assert "blocked: scaled is missing" in lines(result)


def test_what_a_student_raised_is_shown_with_its_own_lines_only(
    pytester: pytest.Pytester, assignment: Assignment
) -> None:
    source = "def total(v):\n    return helper(v)\n\ndef helper(v):\n    raise KeyError('column')\n"
    (assignment.release_dir / "small.py").write_text(source)
    result = run(pytester, assignment.release_dir, "-k", "total")
    result.stdout.fnmatch_lines(
        ["*small.py*, line 2, in total", "*small.py*, line 5, in helper", "*KeyError: 'column'"]
    )
    assert "grader/suite" not in lines(result)


def test_the_hidden_suite_runs_against_the_reference(
    pytester: pytest.Pytester, assignment: Assignment
) -> None:
    result = run(pytester, assignment.hidden_dir)
    result.assert_outcomes(passed=6)
    result.stdout.fnmatch_lines(["*  scaled * 4 of 4 points", "*  total * 1 of 1 points"])


@pytest.mark.parametrize("place", ["ann.py", "ann"])
def test_another_submission_takes_its_place(
    pytester: pytest.Pytester, assignment: Assignment, place: str
) -> None:
    path = pytester.path / place
    if place == "ann":
        path.mkdir()
    (path / "small.py" if place == "ann" else path).write_text(HALF)
    result = run(pytester, assignment.hidden_dir, f"--student={path}")
    result.assert_outcomes(passed=2, failed=4)
    result.stdout.fnmatch_lines(["*  scaled * 0 of 4 points", "*  total * 1 of 1 points"])


def test_a_submission_that_is_not_there_is_told(
    pytester: pytest.Pytester, assignment: Assignment
) -> None:
    result = run(pytester, assignment.hidden_dir, "--student=nowhere.py")
    assert result.ret != 0
    assert "there is no nowhere.py" in lines(result)


def test_a_lost_worker_costs_its_test_whatever_the_test_catches(
    pytester: pytest.Pytester, assignment: Assignment
) -> None:
    ends = "import os\ndef total(v): os._exit(3)\ndef scaled(X, factor): return X * factor\n"
    (pytester.path / "ann.py").write_text(ends)
    suite = assignment.hidden_dir / "test_total.py"
    suite.write_text(
        suite.read_text()
        + "\ndef test_catches(student):\n    try: student.total(np.ones(2))\n"
        + "    except BaseException: pass\n"
    )
    result = run(pytester, assignment.hidden_dir, f"--student={pytester.path / 'ann.py'}")
    result.assert_outcomes(passed=4, failed=3)
    assert lines(result).count("killed: total: the process ended itself with exit status 3") >= 3


def test_in_this_process_for_breakpoints_and_it_says_so(
    pytester: pytest.Pytester, assignment: Assignment
) -> None:
    source = f"import os\nSEEN = os.getpid()\n{REFERENCE}"
    (assignment.release_dir / "small.py").write_text(source)
    suite = assignment.release_dir / "public" / "test_small.py"
    suite.write_text(
        suite.read_text()
        + "\n@pytest.mark.function('total')\ndef test_here(student):\n"
        + "    import os, sys\n    assert sys.modules['small'].SEEN == os.getpid()\n"
        + "    assert student.total(np.ones(2)) == 2.0\n"
    )
    result = run(pytester, assignment.release_dir, "--in-process")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["*run in this process: *results may differ*"])


def test_a_public_suite_that_asks_for_the_reference_is_an_error(
    pytester: pytest.Pytester, assignment: Assignment
) -> None:
    (assignment.release_dir / "small.py").write_text(REFERENCE)
    suite = assignment.release_dir / "public" / "test_small.py"
    suite.write_text(
        suite.read_text()
        + "\n@pytest.mark.function('total')\ndef test_leaks(student, solution):\n"
        + "    solution.total(np.ones(2))\n"
    )
    result = run(pytester, assignment.release_dir)
    result.assert_outcomes(passed=2, failed=1)
    assert "a public suite cannot use `solution`" in lines(result)


def test_support_code_that_cannot_be_imported_is_told(
    pytester: pytest.Pytester, assignment: Assignment
) -> None:
    (assignment.release_dir / "given" / "checks.py").write_text("def (")
    result = run(pytester, assignment.release_dir)
    assert "given/ of small cannot be loaded: SyntaxError" in lines(result)


def test_a_test_without_its_function_is_an_error_of_the_suite(
    pytester: pytest.Pytester, assignment: Assignment
) -> None:
    (assignment.release_dir / "public" / "test_more.py").write_text("def test_it():\n    pass\n")
    result = run(pytester, assignment.release_dir)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "the marker function must name a graded function" in lines(result)


@pytest.mark.parametrize("folder", ["public", "tests/hidden/x"])
def test_elsewhere_it_does_nothing(pytester: pytest.Pytester, folder: str) -> None:
    place = pytester.path / folder
    place.mkdir(parents=True)
    (place / "test_mine.py").write_text(
        "import sys\nimport pytest\n\n@pytest.fixture\ndef student():\n    return 'mine'\n\n"
        "def test_it(student):\n    assert student == 'mine'\n"
        "    assert 'grader.suite.plain' not in sys.modules\n"
        "    assert 'numpy' not in sys.modules\n"
    )
    # A process of its own, since this one has imported everything.
    result = pytester.runpytest_subprocess(f"--rootdir={place}", str(place))
    result.assert_outcomes(passed=1)
    assert "points" not in lines(result)
