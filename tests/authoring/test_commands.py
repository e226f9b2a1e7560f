from pathlib import Path

import pytest

from grader.cli.authoring import build, init, release
from grader.course import Course
from tests.authoring.samples import write


def test_init_build_and_release_follow_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert init(Path("course")) == 0
    assert "cd course\n  grader build" in capsys.readouterr().out
    monkeypatch.chdir("course")
    assert build() == 0
    assert capsys.readouterr().out == "built: averages\n"
    assert release(Path("../public")) == 0
    assert "written: averages/averages.py\n" in capsys.readouterr().out


def test_a_stale_check_names_the_files_and_exits_with_one(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(course.root)
    assert build(check=True) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "stale: assignments/averages/averages.py" in lines
    assert lines[-1] == "checked: averages"
    assert build() == build(check=True) == 0


def test_a_build_says_what_it_set_aside(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(course.root)
    write(course, "assignments/averages/notes.txt", "mine")
    build()
    said = capsys.readouterr().out
    assert "set aside: .grader/set-aside/assignments/averages/notes.txt\n" in said
