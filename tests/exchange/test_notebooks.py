"""Notebooks as submissions: the same functions get the same report, wherever they are written."""

import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.course import Assignment
from grader.exchange.folders import read_submission, read_submissions, survey
from grader.exchange.intake.collect import collect
from grader.models import GradeReport, Submission, Verdict
from grader.sandbox.process import Spawner
from tests.small_course import report_of, run_suite, write_course

TOTAL = "def total(v):\n    return float(np.sum(v))\n"
SCALED = "def scaled(X, factor):\n    X = np.asarray(X, dtype=float)\n    return X * factor\n"
WRONG = "def scaled(X, factor):\n    X = np.asarray(X, dtype=float)\n    return X + X[7, 7]\n"
STUB = "def total(v):\n    raise NotImplementedError\n"
IMPORT = "import numpy as np\n"


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    return write_course(tmp_path_factory.mktemp("course"))


def notebook(*cells: str, outputs: Any = ()) -> bytes:
    """A notebook of these cells, with a text cell before each, as Jupyter writes it."""
    listed = []
    for text in cells:
        listed.append(nbformat.v4.new_markdown_cell("def total(v): not code"))
        listed.append(nbformat.v4.new_code_cell(text, outputs=list(outputs)))
    written: str = nbformat.writes(nbformat.v4.new_notebook(cells=listed))
    return written.encode()


@pytest.fixture
def hand_in(assignment: Assignment, tmp_path: Path) -> Any:
    """Puts files into the folder of a student and reads them as a submission."""

    def put(**files: str | bytes) -> Submission:
        folder = tmp_path / "ann"
        folder.mkdir()
        for name, content in files.items():
            file = folder / name.replace("_dot_", ".")
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_submission("ann", folder, assignment)

    return put


def test_a_notebook_under_the_name_of_the_module_is_read_as_one(hand_in: Any) -> None:
    submission = hand_in(small_dot_py=notebook(IMPORT, TOTAL))
    assert list(submission.files) == ["small.ipynb"]
    assert (
        submission.notes[0] == "guessed: small.py is a notebook by another name, and is read as one"
    )


def graded(assignment: Assignment, forker: Spawner, submission: Submission) -> GradeReport:
    (run,) = run_suite(assignment, [submission], forker)
    return report_of(assignment, submission, run)


def states(report: GradeReport) -> dict[str, set[Verdict]]:
    return {
        function: {one.verdict for one in report.outcomes if one.function == function}
        for function in ("total", "scaled")
    }


def told(report: GradeReport) -> list[Any]:
    """What a report says of each test, without times and places."""
    left_out = {"cpu", "duration", "error", "message"}
    return [
        (one.model_dump(exclude=left_out), re.sub(r" \((cell \d+, )?line \d+\)", "", one.message))
        for one in report.outcomes
    ]


@pytest.mark.parametrize("second", [SCALED, WRONG, STUB.replace("total(v)", "scaled(X, factor)")])
def test_the_same_functions_in_a_module_and_in_a_notebook_get_the_same_report(
    second: str, assignment: Assignment, forker: Spawner
) -> None:
    module = Submission("ann", {"small": f"{IMPORT}{TOTAL}{second}".encode()})
    cells = {"small.ipynb": notebook("%matplotlib inline\nimport numpy as np", TOTAL, second)}
    one = graded(assignment, forker, module)
    other = graded(assignment, forker, Submission("ann", cells))
    assert (one.score, one.load.error) == (other.score, other.load.error)
    assert told(one) == told(other)


def test_a_module_and_a_notebook_that_were_handed_in_get_the_same_report(
    assignment: Assignment, forker: Spawner, tmp_path: Path
) -> None:
    received, out = tmp_path / "received", tmp_path / "out"
    received.mkdir()
    (received / "ann.py").write_text(IMPORT + TOTAL + WRONG)
    (received / "bob.ipynb").write_bytes(notebook(IMPORT, TOTAL, WRONG))
    collect(received, assignment, out=out)
    read = read_submissions(survey(out), assignment)
    one, other = (graded(assignment, forker, each) for each in read)
    assert (one.score, one.load.error) == (other.score, other.load.error)
    assert told(one) == told(other)


def test_a_notebook_in_place_of_the_module_is_graded_and_told_as_guessed(
    assignment: Assignment, forker: Spawner, hand_in: Any
) -> None:
    report = graded(assignment, forker, hand_in(work_dot_ipynb=notebook(IMPORT, TOTAL, SCALED)))
    assert report.score == 5
    assert "guessed: there is no small.py, its notebook is read in its place" in report.load.notes


def test_a_module_wins_over_a_notebook_for_what_it_holds(
    assignment: Assignment, forker: Spawner, hand_in: Any
) -> None:
    wrong = TOTAL.replace("np.sum(v)", "0")
    submission = hand_in(
        small_dot_py=IMPORT + wrong, small_dot_ipynb=notebook(IMPORT, TOTAL, SCALED)
    )
    report = graded(assignment, forker, submission)
    assert Verdict.FAILED in states(report)["total"]
    assert states(report)["scaled"] == {Verdict.PASSED}
    assert "scaled is taken from small.ipynb" in report.load.notes
    assert "guessed: its notebook is read for what small.py lacks" in report.load.notes


def test_a_stub_that_was_left_in_the_module_gives_way_to_the_notebook(
    assignment: Assignment, forker: Spawner, hand_in: Any
) -> None:
    submission = hand_in(
        small_dot_py=IMPORT + STUB + SCALED,
        small_dot_ipynb=notebook("import numpy as np\nfrom small import scaled", TOTAL),
    )
    assert graded(assignment, forker, submission).score == 5


def test_what_a_notebook_only_imports_from_a_stub_stays_unwritten(
    assignment: Assignment, forker: Spawner, hand_in: Any
) -> None:
    submission = hand_in(
        small_dot_py=IMPORT + STUB + SCALED,
        small_dot_ipynb=notebook("from small import total", "total = total", "x = 1"),
    )
    outcomes = graded(assignment, forker, submission).outcomes
    assert {one.verdict for one in outcomes if one.function == "total"} & {Verdict.PASSED} == set()


def test_a_notebook_that_defines_nothing_of_the_assignment_is_told(hand_in: Any) -> None:
    submission = hand_in(small_dot_ipynb=notebook("x = 1"))
    assert submission.files == {}
    assert submission.notes == ("its notebook defines no function of the assignment",)


def test_a_complete_module_leaves_the_notebook_of_experiments_alone(hand_in: Any) -> None:
    submission = hand_in(
        small_dot_py=IMPORT + TOTAL + SCALED, small_dot_ipynb=notebook(IMPORT, TOTAL)
    )
    assert set(submission.files) == {"small"}
    assert submission.notes == ()


def test_experiments_of_a_notebook_are_not_run(
    assignment: Assignment, forker: Spawner, hand_in: Any
) -> None:
    cells = (
        IMPORT,
        "while True:\n    pass",
        "1 / 0",
        "FACTOR = 1.0\nHELPERS = {}",
        "HELPERS['sum'] = np.sum",
        "def total(v):\n    return FACTOR * float(HELPERS['sum'](v))",
        "display(total([1]))\nraise SystemExit",
        SCALED,
    )
    assert graded(assignment, forker, hand_in(small_dot_ipynb=notebook(*cells))).score == 5


def test_a_line_in_feedback_is_that_of_the_notebooks_cell(
    assignment: Assignment, forker: Spawner, hand_in: Any
) -> None:
    cells = IMPORT, f"# a comment\n%time x = 1\n{WRONG}", TOTAL
    report = graded(assignment, forker, hand_in(small_dot_ipynb=notebook(*cells)))
    raised = next(one for one in report.outcomes if one.verdict is Verdict.RAISED)
    assert raised.error is not None
    assert (raised.error.cell, raised.error.line) == (2, 5)
    assert raised.error.frames[-1].file == "small.ipynb, cell 2"
    assert raised.error.frames[-1].text == "return X + X[7, 7]"
    assert "(cell 2, line 5)" in raised.message


def test_a_cell_that_is_no_python_costs_what_it_should_define_alone(
    assignment: Assignment, forker: Spawner, hand_in: Any
) -> None:
    cells = IMPORT, TOTAL, "oops (", "def scaled(X, factor):\n    return X * (factor"
    report = graded(assignment, forker, hand_in(small_dot_ipynb=notebook(*cells)))
    assert states(report)["total"] == {Verdict.PASSED}
    assert report.load.error == "cell 4, line 2: SyntaxError: '(' was never closed"
    assert "cell 3 is no Python and was left out: '(' was never closed" in report.load.notes


def test_magics_and_shell_lines_are_dropped_with_a_note(
    assignment: Assignment, forker: Spawner, hand_in: Any
) -> None:
    cells = (
        "%load_ext autoreload\n!pip install numpy\nimport numpy as np\nnp.sum?\nfiles = !ls",
        "%%time\n" + TOTAL,
        "%%bash\nrm -rf ~",
        "for i in range(3):\n    %time i\n" + SCALED,
    )
    report = graded(assignment, forker, hand_in(small_dot_ipynb=notebook(*cells)))
    assert report.score == 5
    (note,) = [note for note in report.load.notes if "magics" in note]
    assert note == "magics and shell commands were left out of small.ipynb (8 of its lines)"


def test_outputs_are_not_even_kept(hand_in: Any) -> None:
    shown = nbformat.v4.new_output("stream", text="5 of 5 points")
    submission = hand_in(small_dot_ipynb=notebook(TOTAL, outputs=[shown]))
    assert b"5 of 5" not in submission.files["small.ipynb"]


def test_an_old_notebook_is_read_too(assignment: Assignment, forker: Spawner, hand_in: Any) -> None:
    cells = [
        {"cell_type": "code", "input": [IMPORT, TOTAL]},
        {"cell_type": "code", "input": SCALED},
    ]
    old = json.dumps({"nbformat": 3, "worksheets": [{"cells": cells}]})
    assert graded(assignment, forker, hand_in(small_dot_ipynb=old)).score == 5


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no json",
        b"\xff\xfe\x00",
        b"[]",
        b'{"cells": 3}',
        b'{"cells": [3, null, {"cell_type": "code"}, {"cell_type": "code", "source": [1]}]}',
        b'{"worksheets": [[]]}',
        b'{"cells": ' + b"[" * 100_000,
        b'{"cells": [{"cell_type": "code", "source": "def total(v): \\ud83d\\u0000"}]}',
    ],
)
def test_what_is_no_notebook_becomes_a_note_or_a_problem_of_that_submission(
    data: bytes, assignment: Assignment, forker: Spawner, hand_in: Any
) -> None:
    submission = hand_in(small_dot_ipynb=data)
    if submission.files:
        assert graded(assignment, forker, submission).score == 0
    else:
        assert submission.notes


def test_a_file_of_a_student_may_be_a_notebook(assignment: Assignment, tmp_path: Path) -> None:
    (tmp_path / "zoë.ipynb").write_bytes(notebook(TOTAL))
    (student, path) = next(iter(survey(tmp_path).entries.items()))
    assert (student, path.name) == ("zoë", "zoë.ipynb")
    assert "small.ipynb" in read_submission(student, path, assignment).files
