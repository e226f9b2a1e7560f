import json
from pathlib import Path

import pytest

from grader.authoring.build import build
from grader.authoring.release import release
from grader.course import Course
from grader.errors import CourseError, UsageError
from tests.authoring.samples import tree, write


@pytest.fixture
def built(two_assignments: Course) -> Course:
    build(two_assignments)
    return two_assignments


@pytest.fixture
def public(tmp_path: Path) -> Path:
    return tmp_path / "public"


def test_students_get_the_built_folders_and_a_readme(built: Course, public: Path) -> None:
    release(built, public)
    files = tree(public)
    record = files.pop(".grader-release.json")
    readme = files.pop("README.md").decode()
    assert files == tree(built.root / "assignments")
    for command in ("pip install grading-descent", "grader check", "pytest"):
        assert command in readme
    assert set(json.loads(record)["files"]) == {*files, "README.md"}


def test_a_second_release_changes_nothing(built: Course, public: Path) -> None:
    release(built, public)
    before = tree(public)
    report = release(built, public)
    assert (report.written, report.removed) == ([], [])
    assert tree(public) == before


def test_only_the_named_assignments_are_released(built: Course, public: Path) -> None:
    release(built, public, ["averages"])
    release(built, public, ["later"])
    folders = {path.name for path in public.iterdir() if path.is_dir()}
    assert folders == {"averages", "later"}


def test_a_release_of_no_assignment_has_none(built: Course, public: Path) -> None:
    release(built, public, [])
    assert [path for path in public.iterdir() if path.is_dir()] == []


def test_an_unreleased_change_of_the_source_is_stale(built: Course, public: Path) -> None:
    write(built, "source/averages/given/more.py", "X = 1\n")
    with pytest.raises(CourseError, match=r"grader build first.*assignments/averages/given/more"):
        release(built, public)
    assert not public.exists()


def test_what_was_released_before_is_replaced_and_removed(built: Course, public: Path) -> None:
    release(built, public)
    write(built, "source/averages/given/more.py", "X = 1\n")
    build(built)
    assert "averages/given/more.py" in release(built, public).written
    (built.root / "source/averages/given/more.py").unlink()
    build(built)
    assert release(built, public).removed == ["averages/given/more.py"]
    assert not (public / "averages/given/more.py").exists()


def test_files_of_others_stay(built: Course, public: Path) -> None:
    public.mkdir()
    (public / "README.md").write_text("my own", "utf-8")
    (public / "syllabus.txt").write_text("week 1", "utf-8")
    release(built, public)
    assert (public / "README.md").read_text("utf-8") == "my own"
    assert (public / "syllabus.txt").read_text("utf-8") == "week 1"


def test_a_file_of_somebody_else_in_the_way_stops_everything(built: Course, public: Path) -> None:
    (public / "averages").mkdir(parents=True)
    (public / "averages/averages.py").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match=r"averages/averages\.py"):
        release(built, public)
    assert tree(public) == {"averages/averages.py": b"mine"}


@pytest.mark.parametrize("gone", [False, True])
def test_a_released_file_that_was_changed_since_is_not_lost(
    built: Course, public: Path, gone: bool
) -> None:
    write(built, "source/averages/given/more.py", "X = 1\n")
    build(built)
    release(built, public)
    changed = public / "averages/given/more.py"
    changed.write_text("X = 2  # by hand\n", "utf-8")
    source = built.root / "source/averages/given/more.py"
    if gone:
        source.unlink()
    else:
        source.write_text("X = 3\n", "utf-8")
    build(built)
    with pytest.raises(UsageError, match=r"given/more\.py"):
        release(built, public)
    assert changed.read_text("utf-8") == "X = 2  # by hand\n"


def test_a_leak_that_was_built_by_hand_is_found(built: Course, public: Path) -> None:
    # The hidden suite learns a test that the public suite has had all along.
    shown = (built.root / "source/averages/public/test_averages.py").read_text("utf-8")
    write(built, "tests/hidden/averages/test_late.py", f"{shown}\n# now hidden\n")
    with pytest.raises(CourseError, match="repeats the hidden test"):
        release(built, public)
    assert not public.exists()


@pytest.mark.parametrize("place", [".", "public", ".."])
def test_the_course_itself_is_no_public_place(built: Course, place: str) -> None:
    with pytest.raises(UsageError, match="overlaps the course"):
        release(built, built.root / place)


def test_a_link_that_leads_out_is_not_followed(built: Course, public: Path) -> None:
    elsewhere = public.parent / "elsewhere"
    elsewhere.mkdir()
    public.mkdir()
    (public / "averages").symlink_to(elsewhere)
    with pytest.raises(UsageError, match="leads out"):
        release(built, public)
    assert tree(elsewhere) == {}


def test_a_damaged_record_is_an_error_with_the_remedy(built: Course, public: Path) -> None:
    public.mkdir()
    (public / ".grader-release.json").write_text("{}", "utf-8")
    with pytest.raises(UsageError, match="remove it to release anew"):
        release(built, public)
