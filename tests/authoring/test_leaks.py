import ast
import json
import textwrap
from collections import Counter
from pathlib import Path

import pytest

from grader.authoring.build import build, plan
from grader.authoring.confidential import Confidential
from grader.authoring.leaks import routine
from grader.authoring.strip import parse, parse_master
from grader.course import Course
from tests.authoring.samples import cell, notebook, write

ROOT = Path(__file__).parents[2]
SOLUTION = """\
    v = np.asarray(values, dtype=float)
    w = np.asarray(weights, dtype=float)
    check_pairs(v, w)
    return float(v @ w / w.sum())
"""


def leaks(course: Course, path: str, content: str | bytes) -> list[str]:
    data = content if isinstance(content, bytes) else textwrap.dedent(content).encode()
    return [str(leak) for leak in Confidential.of(course).leaks("averages", {path: data})]


def test_the_stub_and_the_rest_of_a_release_hold_no_leak(course: Course) -> None:
    release = plan(course, course.assignment("averages")).release
    assert Confidential.of(course).leaks("averages", release) == []


@pytest.fixture(scope="module")
def ours() -> Confidential:
    """What this repository keeps from its students."""
    return Confidential.of(Course.find(ROOT))


@pytest.mark.parametrize("name", Course.find(ROOT).names)
def test_every_solution_of_this_repository_is_found_in_its_own_reference(
    name: str, ours: Confidential
) -> None:
    assignment = Course.find(ROOT).assignment(name)
    references = {
        f"{module}.py": parse_master(
            (assignment.source_dir / f"{module}.master.py").read_bytes(), "master"
        ).reference()
        for module in assignment.manifest.modules
    }
    found = {(leak.released.partition(":")[0], leak.what) for leak in ours.leaks(name, references)}
    for function in assignment.functions:
        file = f"{assignment.module_of(function)}.py"
        assert (file, f"the solution of {function}") in found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"def renamed(values, weights):\n{SOLUTION}", id="whole body, other name"),
        pytest.param(
            'def f(values, weights):\n    """Other words."""\n' + SOLUTION, id="docstring added"
        ),
        pytest.param(
            "def f(v, w):\n    check_pairs(v, w)\n    return float((v @ w) / w.sum())  # so\n",
            id="two statements, laid out otherwise",
        ),
        pytest.param(
            "if True:\n    for _ in range(3):\n        mean = 1\n        check_pairs(v, w)\n"
            "        return float(v @ w / w.sum())\n",
            id="deep inside other code",
        ),
        pytest.param("def f(v, w):\n    return float(v @ w / w.sum())\n", id="the telling line"),
        pytest.param(f'HELP = """\n{SOLUTION}"""\n', id="in a string"),
        pytest.param(
            "x = 1\n" + "".join(f"# {line}\n" for line in SOLUTION.splitlines()), id="in comments"
        ),
        pytest.param(f"this is no Python\n{SOLUTION}", id="in broken code"),
    ],
)
def test_a_solution_is_found_in_a_module(course: Course, text: str) -> None:
    (leak,) = leaks(course, "a/x.py", text)
    assert "repeats the solution of weighted_mean" in leak


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"Look:\n\n```python\n{SOLUTION}```\n", id="fenced"),
        pytest.param(
            "Traceback\n\x1b[0;32m---> 20\x1b[0m     return float(v @ w / w.sum())\nValueError\n",
            id="traceback",
        ),
        pytest.param(">>> check_pairs(v, w)\n>>> return float(v @ w / w.sum())", id="prompts"),
        pytest.param(f"{SOLUTION}".replace("\n", "  \n\n"), id="other spacing"),
    ],
)
def test_a_solution_is_found_in_text(course: Course, text: str) -> None:
    (leak,) = leaks(course, "a/README.md", text)
    assert "a/README.md repeats the solution of weighted_mean" in leak


@pytest.mark.parametrize(
    "text",
    [
        SOLUTION.replace("    ", "").replace("return float(v @ w / w.sum())", "total = v + w"),
        "def weighted_mean(values, weights):\n    raise NotImplementedError\n",
        "def f(v):\n    return v\n",
        "def f(v):\n    if v.ndim != 1:\n        raise ValueError('shape')\n    return v.sum()\n",
    ],
)
def test_what_any_author_would_write_again_is_no_leak(course: Course, text: str) -> None:
    assert leaks(course, "a/x.py", text) == []


def test_a_leak_in_a_notebook_names_the_cell(course: Course) -> None:
    code = f"%time 1\ndef f(values, weights):\n{SOLUTION}"
    data = notebook(cell("markdown", "Hello"), cell("code", code))
    (leak,) = leaks(course, "a/a.ipynb", data)
    assert leak.startswith("a/a.ipynb, cell 2, line 2 repeats the solution of weighted_mean")


@pytest.mark.parametrize("place", ["output", "metadata", "markdown", "cell metadata"])
def test_a_leak_is_found_everywhere_in_a_notebook(course: Course, place: str) -> None:
    content = json.loads(notebook(cell("markdown", "Hello"), cell("code", "1")))
    text, code = content["cells"]
    lines = SOLUTION.splitlines(keepends=True)
    if place == "output":
        code["outputs"] = [{"output_type": "error", "traceback": lines}]
    elif place == "metadata":
        content["metadata"]["notes"] = {"deep": [SOLUTION]}
    elif place == "markdown":
        text["source"] = lines
    else:
        code["metadata"]["hint"] = SOLUTION
    assert len(leaks(course, "a/a.ipynb", json.dumps(content).encode())) == 1


def test_a_marker_left_in_is_a_leak(course: Course) -> None:
    (leak,) = leaks(course, "a/x.py", "x = 1\n### BEGIN SOLUTION\n")
    assert leak.startswith("a/x.py:2 repeats a marker")


def test_a_copy_of_a_hidden_file_is_a_leak(course: Course) -> None:
    hidden = course.root / "tests/hidden/averages/domains.py"
    (leak,) = leaks(course, "a/x.txt", hidden.read_bytes())
    assert leak == "a/x.txt repeats a hidden file (tests/hidden/averages/domains.py)"


@pytest.mark.parametrize("kind", ["mistakes", "alternatives"])
def test_mistakes_and_alternatives_are_secrets(course: Course, kind: str) -> None:
    file = course.root / "tests/hidden/averages" / kind / "weighted_mean.py"
    text = file.read_text("utf-8")
    function = text[text.index("\ndef ") :].replace("def ", "def other_")
    found = leaks(course, "a/x.py", function)
    assert found
    assert all(f"{kind}/weighted_mean.py:" in leak for leak in found)


def test_a_hidden_test_is_known_under_another_name(course: Course) -> None:
    text = """\
    def anything(student):
        assert_close(student.weighted_mean([1.0, 2.0, 4.0], [1.0, 1.0, 2.0]), 2.75)
    """
    (leak,) = leaks(course, "a/test_x.py", text)
    assert "repeats the hidden test test_the_example" in leak


def test_tests_that_differ_in_their_parameters_are_different_tests(course: Course) -> None:
    test = """\
    import pytest

    @pytest.mark.parametrize("x", [{}])
    def test_x(student, x):
        assert student.weighted_mean(x, x) == x
    """
    write(course, "tests/hidden/averages/test_more.py", textwrap.dedent(test).format(1.5))
    assert leaks(course, "a/test_x.py", test.format(2.5)) == []
    assert len(leaks(course, "a/test_y.py", test.format(1.5))) == 1


def test_what_a_release_gives_away_on_purpose_is_no_leak(two_assignments: Course) -> None:
    build(two_assignments)
    data = (two_assignments.root / "assignments/later/given/averages.py").read_bytes()
    confidential = Confidential.of(two_assignments)
    released = {"given/averages.py": data}
    carried = {("averages", "weighted_mean")}
    assert confidential.leaks("later", released, carried) == []
    assert len(confidential.leaks("later", released)) == 1


def test_an_earlier_release_must_not_show_a_later_solution(two_assignments: Course) -> None:
    text = """\
    def f(values, weights):
        centre = weighted_mean(values, weights)
        return [value - centre for value in values]
    """
    (leak,) = leaks(two_assignments, "a/x.py", text)
    assert "the solution of centred (source/later/later.master.py:9)" in leak


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("X = np.asarray(X, dtype=float)", True),
        ("n, d = X.shape", True),
        ("check_shape(('n', 'd'), X=X)", True),
        ("if n == 0:\n    raise ValueError('empty')", True),
        ("total = 0.0", True),
        ("raise NotImplementedError", True),
        ("return total", True),
        ("return np.argmax(P, axis=1)", False),
        ("total += x", False),
        ("return X @ w", False),
        ("for x in xs:\n    total = x", False),
    ],
)
def test_routine_statements_say_nothing_about_a_solution(statement: str, expected: bool) -> None:
    assert routine(parse(statement, "x").body[0]) is expected


@pytest.mark.parametrize("name", Course.find(ROOT).names)
def test_every_hidden_test_of_this_repository_is_found_in_its_own_text(
    name: str, ours: Confidential
) -> None:
    texts = {
        file.name: f"{file.read_text('utf-8')}\n# no copy\n"
        for file in Course.find(ROOT).assignment(name).hidden_dir.glob("test_*.py")
    }
    found = Counter(
        leak.released.partition(":")[0]
        for leak in ours.leaks(name, {file: texts[file].encode() for file in texts})
    )
    assert texts
    for file, text in texts.items():
        tests = {
            node.lineno
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test")
        }
        assert found[file] >= len(tests), file
