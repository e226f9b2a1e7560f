"""Whatever lies in a folder of submissions, each entry gets a clear answer, and none costs time or memory."""

import os
import zipfile
from pathlib import Path

import pytest

from grader.course import Assignment
from grader.exchange.folders import read_submission, read_submissions, survey
from grader.grading import ungraded
from grader.models import SuiteDigests
from tests.small_course import REFERENCE, write_course


@pytest.mark.needs("linux")
def test_every_entry_gets_a_clear_answer(tmp_path: Path) -> None:
    folder = tmp_path / "submissions"

    def put(name: str, text: str = REFERENCE) -> Path:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file.parent

    put("right.py")
    crowd = put("crowd/small.py")
    modules = put("modules/small.py")
    for number in range(2000):
        (crowd / f"a{number}").touch()
        (modules / f"a{number}.py").touch()
    with (put("huge/other.py", "") / "small.py").open("wb") as file:
        file.truncate(2 << 30)
    with zipfile.ZipFile(put("bomb/notes", "") / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("small.py", b"\0" * (20 << 20))
    (put("link/notes", "") / "small.py").symlink_to("/etc/passwd")
    os.mkfifo(put("pipe/notes", "") / "small.py")
    os.mkfifo(folder / "pipe" / "timestamp.txt")
    os.mkfifo(folder / "fifo.py")
    (folder / "elsewhere").symlink_to("/etc")
    put("..%2f..%2fetc/small.py")
    put("Jose\N{COMBINING ACUTE ACCENT}.py")
    put("Jos\N{LATIN SMALL LETTER E WITH ACUTE}/small.py")
    put("\N{RIGHT-TO-LEFT OVERRIDE}evil.py")

    intake = survey(folder)
    assert set(intake.ignored) == {
        "..%2f..%2fetc",
        "Jos\u00e9, a second entry of Jos\u00e9",
        "elsewhere",
        "fifo.py",
    }
    read = read_submissions(intake, write_course(tmp_path / "course"))
    answers = {each.student: each.problem or sorted(each.files) or each.notes[0] for each in read}
    assert answers == {
        "Jos\u00e9": ["small"],
        "bomb": "no Python file among 2 other files",
        "crowd": ["small"],
        "huge": "small.py is larger than 1 MiB",
        "link": "small.py is ignored: it is not a regular file",
        "modules": "it has more than 50 Python files",
        "pipe": "small.py is ignored: it is not a regular file",
        "right": ["small"],
        "\N{RIGHT-TO-LEFT OVERRIDE}evil": ["small"],
    }


@pytest.fixture
def small(tmp_path: Path) -> Assignment:
    return write_course(tmp_path / "course")


def test_the_only_module_counts_whatever_a_browser_called_it(
    tmp_path: Path, small: Assignment
) -> None:
    (tmp_path / "ann").mkdir()
    (tmp_path / "ann" / "small (1).py").write_text(REFERENCE)
    read = read_submission("ann", tmp_path / "ann", small)
    assert read.files == {"small": REFERENCE.encode()}
    assert read.notes == ("guessed: small (1).py is taken for small.py",)
    # Of two, nobody knows which is meant.
    (tmp_path / "ann" / "small (2).py").write_text(REFERENCE)
    assert "small" not in read_submission("ann", tmp_path / "ann", small).files


def test_a_module_that_lies_too_deep_is_told_and_not_taken(
    tmp_path: Path, small: Assignment
) -> None:
    deep = tmp_path / "ann" / "my work" / "final"
    deep.mkdir(parents=True)
    (deep / "small.py").write_text(REFERENCE)
    read = read_submission("ann", tmp_path / "ann", small)
    assert not read.files
    assert read.notes == ("small.py lies too deep, in my work/final",)
    digests = SuiteDigests("", "", "")
    graded = ungraded(small, read, seed="", isolation="base", digests=digests)
    assert graded.remark == (
        "nothing to grade was handed in: small.py lies too deep, in my work/final"
    )


def test_who_grades_what_is_still_packed_is_told_what_collects_it(tmp_path: Path) -> None:
    (tmp_path / "ann").mkdir()
    (tmp_path / "bob.zip").touch()
    assert survey(tmp_path).ignored == (
        "bob.zip: grader import submissions collects what is packed",
    )


def test_folders_that_an_archive_leaves_behind_are_no_students(tmp_path: Path) -> None:
    for name in ("ann", "__MACOSX", "__pycache__", ".git"):
        (tmp_path / name).mkdir()
    assert set(survey(tmp_path).entries) == {"ann"}
