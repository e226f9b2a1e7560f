import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from grader.authoring import build as build_module
from grader.authoring.build import build
from grader.course import Course
from grader.errors import CourseError, StoreError
from tests.authoring.samples import tree, write

MASTER = "source/averages/averages.master.py"


def test_a_build_makes_stub_reference_given_and_public_tests(course: Course) -> None:
    build(course)
    release = tree(course.root / "assignments")
    assert sorted(release) == [
        "averages/assignment.toml",
        "averages/averages.py",
        "averages/given/__init__.py",
        "averages/given/checks.py",
        "averages/public/test_averages.py",
    ]
    assert release["averages/averages.py"].count(b"raise NotImplementedError") == 2
    reference = (course.root / "solutions/averages/averages.py").read_bytes()
    assert b"v @ w / w.sum()" in reference
    assert b"SOLUTION" not in reference


def test_what_concerns_feedback_is_not_for_students(course: Course) -> None:
    manifest = course.root / "source/averages/assignment.toml"
    before = manifest.read_bytes()
    rule = b'\n[[feedback]]\nlevel = "full"\ntests = [\n    "*::test_secret",\n]\n'
    drawn = b'\n[[pictures]]\nfunction = "weighted_mean"\nkind = "curve"\n'
    manifest.write_bytes(before + rule + drawn)
    build(course)
    assert tree(course.root / "assignments")["averages/assignment.toml"] == before


def test_feedback_that_is_written_otherwise_is_not_released(course: Course) -> None:
    manifest = course.root / "source/averages/assignment.toml"
    before = manifest.read_text()
    inline = 'feedback = [{ level = "full", tests = ["*::test_secret"] }]\n\n[['
    indented = '\n  [[feedback]]\n  level = "full"\n  tests = ["*::test_secret"]\n'
    for text in (before.replace("[[", inline, 1), before + indented):
        manifest.write_text(text)
        with pytest.raises(CourseError, match="at the beginning of a line"):
            build(course, check=True)


def test_two_builds_give_the_same_bytes(course: Course) -> None:
    build(course)
    first = tree(course.root / "assignments") | tree(course.root / "solutions")
    (course.root / "assignments/averages/averages.py").unlink()
    build(course)
    assert tree(course.root / "assignments") | tree(course.root / "solutions") == first


def test_a_check_writes_nothing_and_names_what_is_stale(course: Course) -> None:
    build(course)
    stub = course.root / "assignments/averages/averages.py"
    stub.write_text("edited\n", encoding="utf-8")
    missing = course.root / "solutions/averages/averages.py"
    missing.unlink()
    extra = write(course, "assignments/averages/notes.txt", "mine")
    before = tree(course.root)
    assert set(build(course, check=True).stale) == {stub, missing, extra}
    assert tree(course.root) == before


def test_a_fresh_build_is_not_stale(course: Course) -> None:
    build(course)
    assert build(course, check=True).stale == []


def test_what_programs_leave_behind_is_not_stale(course: Course) -> None:
    build(course)
    write(course, "assignments/averages/__pycache__/averages.cpython-311.pyc", "x")
    write(course, "source/averages/.ipynb_checkpoints/averages-checkpoint.ipynb", "x")
    assert build(course, check=True).stale == []


def test_files_that_build_did_not_make_are_set_aside(course: Course) -> None:
    build(course)
    for text in ("first", "second"):
        write(course, "assignments/averages/notes.txt", text)
        build(course)
    aside = course.root / ".grader/set-aside/assignments/averages"
    assert tree(aside) == {"notes.txt": b"first", "notes-2.txt": b"second"}
    assert not (course.root / "assignments/averages/notes.txt").exists()


def test_a_failed_build_changes_nothing(course: Course) -> None:
    build(course)
    file = course.root / MASTER
    file.write_text(file.read_text("utf-8").replace("### END SOLUTION", "", 1), "utf-8")
    before = tree(course.root)
    with pytest.raises(CourseError, match=r"averages\.master\.py:\d+: a solution region inside"):
        build(course)
    assert tree(course.root) == before


def test_a_failing_disk_leaves_every_folder_as_it_was(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(course)
    write(course, "assignments/averages/notes.txt", "mine")
    file = course.root / MASTER
    file.write_text(file.read_text("utf-8").replace("v @ w", "w @ v"), "utf-8")
    before = tree(course.root)
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if target == course.root / "solutions/averages" and "-new-" in self.name:
            raise OSError("no space left")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(StoreError, match="nothing was built: no space"):
        build(course)
    assert tree(course.root) == before


def test_a_first_build_that_fails_leaves_no_folder(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.write_bytes

    def write_bytes(self: Path, data: bytes) -> int:
        if self.parent.name == f".build-{os.getpid()}-new-averages" and b"w.sum()" in data:
            raise OSError("no space left")
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    with pytest.raises(StoreError, match="nothing was built: no space"):
        build(course)
    assert tree(course.root / "assignments") == tree(course.root / "solutions") == {}


def test_what_a_killed_build_left_is_restored_or_removed(course: Course) -> None:
    build(course)
    dead = 2**22 + 1  # no process id is that large
    folder = course.root / "assignments"
    write(course, "assignments/averages/notes.txt", "mine")
    (folder / "averages").rename(folder / f".build-{dead}-old-averages")
    write(course, f"assignments/.build-{dead}-new-averages/averages.py", "half")
    build(course)
    assert [path.name for path in folder.iterdir()] == ["averages"]
    assert build(course, check=True).stale == []


def test_a_file_without_a_place_in_source_is_refused(course: Course) -> None:
    write(course, "source/averages/hidden/test_secret.py", "def test_x(): pass\n")
    with pytest.raises(CourseError, match=r"hidden/test_secret\.py has no place.*tests/hidden"):
        build(course)


def test_a_forgotten_marker_is_found_where_a_graded_function_has_no_region(
    course: Course,
) -> None:
    file = course.root / MASTER
    text = file.read_text("utf-8").replace("### BEGIN SOLUTION", "").replace("### END SOLUTION", "")
    file.write_text(text, "utf-8")
    with pytest.raises(CourseError, match="weighted_mean has no solution region"):
        build(course)


@pytest.mark.parametrize("path", ["given/odd.py", "public/test_odd.py"])
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"x = 1\ndef f(:\n", ":2: invalid syntax"),
        (b"# caf\xe9\n", ": cannot be read as text"),
        (b"x = 1\0\n", "null bytes"),
    ],
    ids=["no Python", "no text", "a null byte"],
)
def test_a_module_that_no_student_could_import_is_refused(
    course: Course, path: str, data: bytes, said: str
) -> None:
    write(course, f"source/averages/{path}", "").write_bytes(data)
    with pytest.raises(CourseError, match=rf"^source/averages/{path}.*{said}"):
        build(course)


def test_an_assignment_that_is_listed_and_not_there_is_told(course: Course) -> None:
    shutil.rmtree(course.root / "source/averages")
    with pytest.raises(CourseError, match=r"^course\.toml lists averages, but there is no source/"):
        build(course)


def test_a_missing_master_is_named(course: Course) -> None:
    (course.root / MASTER).unlink()
    with pytest.raises(CourseError, match=r"source/averages/averages\.master\.py is missing"):
        build(course)


def test_a_leak_stops_the_build_and_names_both_places(course: Course) -> None:
    leaking = "def helper(v, w):\n    return float(v @ w / w.sum())\n"
    write(course, "source/averages/given/extra.py", leaking)
    with pytest.raises(CourseError) as caught:
        build(course)
    assert "assignments/averages/given/extra.py:2 repeats the solution of weighted_mean" in str(
        caught.value
    )
    assert "(source/averages/averages.master.py:24)" in str(caught.value)
    assert not (course.root / "assignments").exists()


def test_a_hidden_test_copied_into_the_public_suite_is_a_leak(course: Course) -> None:
    hidden = (course.root / "tests/hidden/averages/test_weighted_mean.py").read_text("utf-8")
    write(course, "source/averages/public/test_more.py", hidden.replace("def test_", "def test_a_"))
    with pytest.raises(CourseError, match=r"test_more\.py:\d+ repeats the hidden test"):
        build(course)


def test_only_the_named_assignments_are_built(two_assignments: Course) -> None:
    assert build(two_assignments, ["later"]).built == ["later"]
    assert [path.name for path in (two_assignments.root / "assignments").iterdir()] == ["later"]


def test_no_assignments_are_not_all_of_them(two_assignments: Course) -> None:
    assert build(two_assignments, []).built == []
    assert not (two_assignments.root / "assignments").exists()


def test_a_later_assignment_gets_reference_functions_of_an_earlier_one(
    two_assignments: Course,
) -> None:
    build(two_assignments)
    given = tree(two_assignments.root / "assignments/later/given")
    assert sorted(given) == ["__init__.py", "averages.py", "checks.py"]
    assert b"v @ w / w.sum()" in given["averages.py"]
    assert b"weighted_variance" not in given["averages.py"]


def test_giving_solutions_away_while_they_are_due_warns(two_assignments: Course) -> None:
    file = two_assignments.root / "course.toml"
    text = file.read_text("utf-8").replace("# due = 2030-05-01", "due = 2030-05-01")
    file.write_text(text, "utf-8")
    course = Course.find(two_assignments.root)
    due = datetime.fromisoformat("2030-05-01T18:00:00+02:00")
    early, late = due - timedelta(hours=1), due + timedelta(hours=1)

    def warnings(now: datetime, **extended: datetime) -> list[str]:
        return list(build(course, check=True, now=now, extended=extended).warnings)

    (warning,) = warnings(early)
    assert warning.startswith("later gives away solutions of averages (weighted_mean)")
    assert warnings(late) == []
    assert len(warnings(late, averages=late + timedelta(days=1))) == 1


def test_due_dates_are_compared_with_the_present_by_default(
    two_assignments: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> "Clock":
            assert tz is UTC
            return cls(2030, 1, 1, tzinfo=UTC)

    monkeypatch.setattr(build_module, "datetime", Clock)
    future = datetime(2031, 1, 1, tzinfo=UTC)
    assert build(two_assignments, check=True, extended={"averages": future}).warnings
