"""A good course and one with a fault of each kind, each validated once."""

import io
import json
import tomllib
from pathlib import Path

import pytest
from rich.console import Console

from grader.authoring import validation
from grader.authoring.build import build
from grader.authoring.equivalents import load_equivalents
from grader.authoring.template import init
from grader.authoring.validate import validate
from grader.authoring.validation import Timed
from grader.cli.validate import validate as command
from grader.cli.validation import print_validation
from grader.course import Course
from grader.errors import CourseError
from tests.authoring.samples import write

pytestmark = pytest.mark.needs("landlock")

HIDDEN = "tests/hidden/averages"


def edit(course: Course, path: str, *changes: tuple[str, str]) -> None:
    """Exchange texts in a file; each must be there."""
    text = (course.root / path).read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    write(course, path, text)


def make(folder: Path) -> Course:
    init(folder)
    return Course.find(folder)


def spoil(course: Course) -> None:
    """Put a fault of each kind into a course."""
    # Random numbers at import, a property that only half of the students meet, a test that asks for nothing, one
    # that calls a function that is not its business.
    edit(
        course,
        f"{HIDDEN}/test_weighted_mean.py",
        (
            "import numpy as np\n",
            "import numpy as np\n\nSHIFT = np.random.default_rng(0).normal()\n",
        ),
        (
            "    assert_close(student.weighted_mean([1.0, 2.0, 4.0], [1.0, 1.0, 2.0]), 2.75)",
            "    student.weighted_mean([1.0, 2.0, 4.0], [1.0, 1.0, 2.0])",
        ),
        (
            "    for _ in range(8):\n        values, weights = domain.draw(rng)\n        mean",
            "    if rng.random() < 0.5:\n        values, weights = domain.draw(rng)\n        mean",
        ),
        (
            "assert_close(student.weighted_mean([-7], [2]), -7.0)",
            "assert_close(student.weighted_variance([1, 3], [1, 3]), 0.75)",
        ),
    )
    # Nothing checks shapes, and everything is compared loosely.
    edit(
        course,
        f"{HIDDEN}/test_weighted_variance.py",
        (
            """    with pytest.raises(ValueError, match=r"(?i)shape"):
        student.weighted_variance([1.0, 2.0, 3.0], [1.0, 2.0])
""",
            "",
        ),
        ('"T1"', "rtol=0.001"),
    )
    edit(
        course,
        f"{HIDDEN}/domains.py",
        (
            'def weighted_variance(rng, size):\n    """The same."""\n',
            'def weighted_variance(rng, size):\n    """The same."""\n    rng = np.random.default_rng(7)\n',
        ),
        ("from grader", "import numpy as np\nfrom grader"),
    )
    # A mistake that is none, and an alternative that is one.
    edit(
        course,
        f"{HIDDEN}/mistakes/weighted_variance.py",
        ("averages without weights.", "averages with weights."),
        (
            "return float(np.mean((v - weighted_mean(v, weights)) ** 2))",
            "return float(weighted_mean((v - weighted_mean(v, weights)) ** 2, weights))",
        ),
    )
    edit(
        course,
        f"{HIDDEN}/alternatives/weighted_mean.py",
        ("np.average(v, weights=w)", "np.average(v)"),
    )
    edit(
        course,
        f"{HIDDEN}/equivalent.toml",
        ('reason = "w is', 'reason = "because w is'),
        ("check_pairs(w, v)", "check_pairs(v, v)"),
    )
    edit(course, "source/averages/public/test_averages.py", ("9.0)", "8.0)"))


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, Timed]:
    course = make(tmp_path_factory.mktemp("good") / "course")
    build(course)
    return course, validate(course.assignment("averages"), jobs=2)


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, Timed]:
    course = make(tmp_path_factory.mktemp("spoiled") / "course")
    spoil(course)
    build(course)
    return course, validate(course.assignment("averages"), jobs=2)


@pytest.fixture
def problems(spoiled: tuple[Course, Timed]) -> set[str]:
    return {
        f"{problem.kind} {problem.function}: {problem.message}"
        for problem in spoiled[1].validation.problems
    }


def test_a_new_course_is_ready_for_students(good: tuple[Course, Timed]) -> None:
    found = good[1].validation
    assert found.problems == ()
    assert found.good
    mean, variance = found.functions
    assert (mean.mistakes, mean.caught, mean.alternatives, mean.right) == (3, 3, 2, 2)
    assert mean.killed == mean.mutants - mean.equivalent
    assert mean.survived == variance.survived == 0
    assert mean.told_apart is True
    assert (mean.order or 1) < 0.1
    assert (mean.margin or 0) > 1e6


@pytest.mark.parametrize(
    "part",
    [
        # Each line is one of the faults above.
        "inputs None: test_weighted_mean.py:5 calls np.random.default_rng while the suite is read",
        "inputs weighted_variance: the domain of weighted_variance draws the same arguments",
        "worthless weighted_mean: a submission that returns None earns",
        "worthless weighted_mean: a submission that returns its first argument earns",
        "seeds weighted_mean: mistake M3 (forgets_to_divide): test_weighted_mean.py::test_only_the",
        "mistake weighted_mean: mistake M1 (returns_the_standard_deviation) of weighted_variance costs",
        "mistake weighted_variance: mistake M3 (averages_without_weights) loses nothing",
        "alternative weighted_mean: the right alternative with_average of weighted_mean loses",
        "tolerance weighted_variance: results rounded to float32 lose no points",
        "mutant weighted_mean: no test catches line 25: check_pairs(v, w) → check_pairs(w, v)",
        "stale None: equivalent.toml lists what is caught or gone: weighted_mean: check_pairs(v, w)",
        "public weighted_mean: the reference fails a public test: test_a_heavy_value_pulls_the_mean",
    ],
)
def test_each_fault_is_found_and_told(problems: set[str], part: str) -> None:
    assert any(problem.startswith(part) for problem in problems), "\n".join(sorted(problems))


def test_a_test_that_fails_right_work_now_and_then_is_told(tmp_path: Path) -> None:
    # In a course of its own: what it catches of the other faults is luck.
    course = make(tmp_path / "course")
    edit(
        course,
        f"{HIDDEN}/test_weighted_variance.py",
        (
            "import numpy as np\n",
            "import itertools\n\nimport numpy as np\n\nTURNS = itertools.count()\n",
        ),
        (
            "def test_the_example(student):\n",
            "def test_the_example(student):\n    assert next(TURNS) % 2\n",
        ),
    )
    build(course)
    found = validate(course.assignment("averages"), jobs=1).validation
    told = {f"{problem.kind} {problem.function}: {problem.message}" for problem in found.problems}
    test = "test_weighted_variance.py::test_the_example"
    wanted = f"seeds weighted_variance: {test} fails right work and then passes"
    assert any(each.startswith(wanted) for each in told), "\n".join(sorted(told))


@pytest.mark.slow
def test_a_domain_of_which_the_reference_can_make_nothing_is_told(tmp_path: Path) -> None:
    course = make(tmp_path / "course")
    with (course.root / HIDDEN / "domains.py").open("a", encoding="utf-8") as file:
        file.write(
            "\n\n@domain()\ndef weighted_mean(rng, size):\n    return rng.normal(size=size.n)\n"
        )
    build(course)
    found = validate(course.assignment("averages"), jobs=1).validation
    told = [problem.message for problem in found.problems if problem.function == "weighted_mean"]
    assert any("must return a tuple" in message for message in told), told
    assert not any(message.startswith("with ") for message in told), told


def test_a_survivor_comes_with_the_entry_that_would_list_it(spoiled: tuple[Course, Timed]) -> None:
    (survivor,) = spoiled[1].validation.survivors
    (entry,) = tomllib.loads(survivor.entry)["equivalent"]
    assert entry == {
        "function": "weighted_mean",
        "before": "check_pairs(v, w)",
        "after": "check_pairs(w, v)",
        "reason": "",
    }


def test_a_terminal_of_any_width_shows_numbers_and_problems(spoiled: tuple[Course, Timed]) -> None:
    for width in (80, 120):
        out = io.StringIO()
        print_validation(Console(file=out, width=width), spoiled[1])
        assert "5 of 6 mistakes caught" in out.getvalue()
        assert "    + check_pairs(w, v)" in out.getvalue()
        assert ("float32" in out.getvalue().splitlines()[1]) == (width > 100)


def test_a_validation_is_current_until_what_it_depends_on_changes(
    good: tuple[Course, Timed],
) -> None:
    course, timed = good
    assignment = course.assignment("averages")
    assert validation.load(assignment) is None
    validation.save(assignment, timed.validation)
    kept = validation.load(assignment)
    assert kept == timed.validation
    assert validation.is_current(assignment, timed.validation)
    file = course.root / HIDDEN / "equivalent.toml"
    before = file.read_bytes()
    file.write_bytes(before + b"\n")
    assert not validation.is_current(assignment, timed.validation)
    file.write_bytes(before)
    assert validation.is_current(assignment, timed.validation)


def test_an_unreadable_result_is_a_course_error(course: Course) -> None:
    write(course, f"{HIDDEN}/validation.json", "{}")
    with pytest.raises(CourseError, match="renew it with grader validate"):
        validation.load(course.assignment("averages"))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"[[equivalent]", "not valid TOML"),
        (b"# caf\xe9\n", "not valid TOML"),
        (
            b"[[equivalent]]\nfunction='f'\nbefore='x'\nafter='y'\nreason=' '",
            "needs a reason",
        ),
    ],
)
def test_a_list_of_equivalents_that_cannot_be_read_is_a_course_error(
    course: Course, data: bytes, message: str
) -> None:
    write(course, f"{HIDDEN}/equivalent.toml", "").write_bytes(data)
    with pytest.raises(CourseError, match=message):
        load_equivalents(course.assignment("averages"))


def test_the_command_exits_with_0_when_good_and_1_when_not(
    good: tuple[Course, Timed],
    spoiled: tuple[Course, Timed],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for (course, timed), code in ((good, 0), (spoiled, 1)):
        monkeypatch.chdir(course.root)
        monkeypatch.setattr(
            "grader.authoring.validate.validate", lambda *args, timed=timed, **options: timed
        )
        assert command(json=tmp_path / "found.json", toml=True) == code
        found = json.loads((tmp_path / "found.json").read_text("utf-8"))
        assert found["schema"] == 1
        assert found["validations"][0]["validation"]["assignment"] == "averages"
        printed = tomllib.loads(capsys.readouterr().out)
        assert bool(printed) == bool(code)
