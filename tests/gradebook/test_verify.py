"""What is stored suffices to grade again: for a check of everything, and to look at one test."""

from collections.abc import Iterator

import pytest

from grader import replaying
from grader.batch import grade_folder
from grader.course import Assignment, Course
from grader.errors import StoreError, UsageError
from grader.gradebook.connection import Gradebook
from grader.gradebook.schema import open_gradebook
from grader.models import Graded
from grader.orders import Request
from grader.verify import Verified, differences, laid_out, recall, verify
from tests.called import caller
from tests.gradebook.samples import handed_in, report
from tests.small_course import IMPORTS, REFERENCE, SCALED, write_course

pytestmark = pytest.mark.needs("landlock")
HALF = REFERENCE.replace("v.sum()", "v.max()")
#: A suite whose outcome depends on a file that is no part of it, and on the seed.
WAYWARD = (
    IMPORTS
    + """\
from pathlib import Path
pytestmark = pytest.mark.function("total")

@pytest.mark.points(0.5)
def test_wayward(student):
    assert student.total(np.array([1.0])) == 1.0 and not Path({flag!r}).exists()

@pytest.mark.points(0.5)
def test_drawn(student, solution, rng):
    v = rng.normal(size=3)
    assert_close(student.total(v), solution.total(v), "T1")
"""
)


class Silent:
    def start(self, total: int, ignored: tuple[str, ...]) -> None: ...
    def advance(self, graded: Graded) -> None: ...


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Gradebook, Assignment]]:
    """A gradebook with the reports of a small batch, whose course is then gone."""
    tmp_path = tmp_path_factory.mktemp("graded")
    suite = {
        "test_total.py": WAYWARD.replace("{flag!r}", repr(str(tmp_path / "flag"))),
        "test_scaled.py": SCALED,
    }
    assignment = write_course(tmp_path / "course", suite)
    folder = tmp_path / "submissions"
    folder.mkdir()
    (folder / "right.py").write_text(REFERENCE)
    (folder / "half.py").write_text(HALF)
    (folder / "photo.py").write_bytes(b"\0" * (2 << 20))
    (folder / "nothing").mkdir()
    (tmp_path / "course" / ".grader").mkdir()
    (tmp_path / "course" / ".grader" / "secret").write_text("a secret")
    course = Course.find(assignment.root)
    book = open_gradebook(course.gradebook)
    grade_folder(course, assignment, Request(folder, jobs=1), Silent(), book)
    (tmp_path / "course" / ".grader" / "secret").unlink()
    for file in assignment.hidden_dir.glob("test_*.py"):
        file.write_text("broken since")
    yield book, assignment
    book.close()


def test_what_is_stored_suffices_to_grade_again(
    graded: tuple[Gradebook, Assignment],
) -> None:
    book, assignment = graded
    course = Course.find(assignment.root)
    found: list[Verified] = []
    verify(book, course, ["small"], (), found.append)
    assert {each.student for each in found} == {"right", "half", "photo"}
    assert not [each for each in found if each.differences]
    found.clear()
    flag = assignment.root.parent / "flag"
    flag.touch()
    verify(book, course, ["small"], ["right"], found.append)
    flag.unlink()
    assert found == [
        Verified(
            "right",
            "small",
            (
                "state was graded, is needs_review",
                "score was 5.0, is 4.5",
                "test_total.py::test_wayward was passed with 0.5 points, is fault with None",
            ),
        )
    ]
    with pytest.raises(UsageError, match="no report of eve"):
        verify(book, course, ["small"], ["eve"], found.append)


def test_a_test_is_replayed_with_its_very_inputs(
    graded: tuple[Gradebook, Assignment],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    book, assignment = graded
    with book.read() as connection:
        (half,) = [
            recall(connection, number)
            for number in (1, 2, 3, 4)
            if recall(connection, number).submission.student == "half"
        ]
    name = replaying.find_test(half.report, "test_drawn")
    with laid_out(book, half.bundle) as place:
        first, again = (
            replaying.replay(place, half.submission, half.report.seed, name) for _ in range(2)
        )
        other = replaying.replay(place, half.submission, "another seed", name)
    assert first == again
    assert not first.passed
    (call,) = first.calls
    assert call.function == "total"
    assert call.arguments[0].startswith("np.array([")
    assert float(call.result) in [float(x) for x in call.arguments[0][10:-2].split(",")]
    assert other.calls != first.calls

    # The same from the command line, and with a debugger.
    stops: list[object] = []
    monkeypatch.setattr(replaying.debug, "__defaults__", (stops.append,))
    monkeypatch.chdir(assignment.root)
    call_program = caller(monkeypatch, capsys)
    for words, code, said in (
        (["replay", "half", "small", "test_drawn"], 1, f"total({call.arguments[0]})"),
        (["replay", "right", "small", "test_drawn"], 0, "passed"),
        (["replay", "half", "small", "test_drawn", "--pdb"], 1, "without a sandbox"),
        (["replay", "nothing", "small", "test_drawn"], 2, "no report of 'nothing'"),
        (["replay", "half", "small", "test_none"], 2, "no single test"),
        (["verify", "small", "half"], 0, "1 the same, 0 different"),
    ):
        ended, out, err = call_program(*words)
        assert (ended, said in out + err) == (code, True), out + err
    assert len(stops) == 1


def test_a_suite_that_is_not_stored_any_more_is_told(graded: tuple[Gradebook, Assignment]) -> None:
    book, _ = graded
    with pytest.raises(StoreError, match="lacks the files"), laid_out(book, "0" * 64):
        pass


def test_a_difference_names_what_differs() -> None:
    before = report(handed_in(), [2.0, 0.0])
    assert differences(before, before) == ()
    after = report(handed_in(), [2.0, 2.0, 0.0])
    newer = after.model_copy(
        update={"environment": after.environment.model_copy(update={"numpy": "3.0"})}
    )
    assert differences(before, newer) == (
        "score was 2.0, is 4.0",
        "max_score was 4.0, is 6.0",
        "test_total.py::test_1 was failed with 0.0 points, is passed with 2.0",
        "test_total.py::test_2 was not there before",
        "it was graded with Python 3.11.4 and numpy 2.4.0, now with 3.11.4 and 3.0",
    )
