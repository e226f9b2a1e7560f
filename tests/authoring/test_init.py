import ast
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from grader.authoring.build import build
from grader.authoring.template import init
from grader.course import Course
from grader.errors import CourseError, StoreError, UsageError
from tests.authoring.samples import tree

ROOT = Path(__file__).parents[2]


def test_a_new_course_builds_at_once(course: Course) -> None:
    assert build(course).built == ["averages"]


def test_the_course_is_named_after_its_folder(tmp_path: Path) -> None:
    init(tmp_path / 'so "called"')
    assert Course.find(tmp_path / 'so "called"').manifest.name == 'so "called"'


def test_every_placeholder_is_filled(course: Course) -> None:
    for name, data in tree(course.root).items():
        assert b"@COURSE@" not in data, name
    manifest = tomllib.loads((course.root / "course.toml").read_text("utf-8"))
    assert manifest["python"].startswith("3.")


def test_the_secret_is_new_each_time_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    init(tmp_path / "one")
    init(tmp_path / "two")
    first, second = (tmp_path / name / ".grader/secret" for name in ("one", "two"))
    assert first.read_bytes() != second.read_bytes()
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert len(Course.find(tmp_path / "one").secret() or b"") == 64


def test_a_secret_that_cannot_be_read_is_not_taken_for_none(tmp_path: Path) -> None:
    init(tmp_path / "course")
    secret = tmp_path / "course" / ".grader" / "secret"
    secret.unlink()
    assert Course.find(tmp_path / "course").secret() is None
    secret.mkdir()
    with pytest.raises(CourseError, match=r"cannot read .*secret: Is a directory"):
        Course.find(tmp_path / "course").secret()


def test_git_keeps_what_students_must_not_see_private(course: Course) -> None:
    ignored = (course.root / ".gitignore").read_text("utf-8").splitlines()
    assert {"source/", "solutions/", "tests/hidden/", ".grader/"} <= set(ignored)


@pytest.mark.needs("git checkout")
def test_git_keeps_what_staff_write_beside_the_course_private(course: Course) -> None:
    subprocess.run(["git", "init", "-q", course.root], check=True)
    written = [
        "gradebook.db",
        "gradebook.db-wal",
        "gradebook.db.schema1",
        "gradebook-2030-05-01.db",
        "grader.db",
        "points.csv",
        "totals.csv",
        "ann.zip",
        "submissions/ann.py",
    ]
    command = ["git", "-C", str(course.root), "check-ignore", *written]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.stdout.splitlines() == written


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "course").mkdir()
    init(tmp_path / "course")
    assert (tmp_path / "course/course.toml").is_file()


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_what_is_there_already_is_left_alone(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "course"
    if kind == "folder":
        target.mkdir()
        (target / "mine.txt").write_text("mine", "utf-8")
    else:
        target.write_text("mine", "utf-8")
    before = tree(tmp_path)
    with pytest.raises(UsageError, match="not empty"):
        init(target)
    assert tree(tmp_path) == before


def test_a_place_where_no_course_can_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"no course can be made in .*file/course"):
        init(tmp_path / "file" / "course")


def test_nbgrader_is_configured_as_in_this_repository(course: Course) -> None:
    ours = (ROOT / "nbgrader_config.py").read_bytes()
    assert (course.root / "nbgrader_config.py").read_bytes() == ours


def test_the_template_is_valid_python(course: Course) -> None:
    for file in course.root.rglob("*.py"):
        ast.parse(file.read_bytes(), file.name)


def test_the_reference_of_a_new_course_gets_full_marks(course: Course) -> None:
    build(course)
    arguments = [sys.executable, "-m", "pytest", "-q", "tests/hidden", "-p", "no:cacheprovider"]
    done = subprocess.run(
        arguments, cwd=course.root, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stdout
    assert "5 of 5 points" in done.stdout
