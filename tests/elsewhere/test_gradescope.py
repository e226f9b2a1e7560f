"""The autograder zip runs where it is laid out as Gradescope lays it out."""

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from grader.course import Course
from grader.elsewhere.gradescope import build
from tests.small_course import REFERENCE, write_course


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    root = tmp_path_factory.mktemp("course")
    assignment = write_course(root)
    return build(Course.find(root), assignment)


@pytest.fixture
def autograder(archive: bytes, tmp_path: Path) -> Path:
    """The folders as the harness makes them before it starts `run_autograder`."""
    root = tmp_path / "autograder"
    for name in ("source", "submission", "results"):
        (root / name).mkdir(parents=True)
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        opened.extractall(root / "source")
    shutil.copy(root / "source" / "run_autograder", root)
    (root / "submission_metadata.json").write_text(
        json.dumps({"id": 1, "users": [{"email": "ann@example.org", "id": 7, "name": "Ann"}]})
    )
    return root


def run(root: Path) -> tuple[dict[str, Any], str]:
    """Start the program as the harness does; what it wrote, and what it printed."""
    environment = {"PATH": os.environ["PATH"], "GRADER_PYTHON": sys.executable}
    done = subprocess.run(
        ["bash", str(root / "run_autograder"), str(root)],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    content: dict[str, Any] = json.loads((root / "results" / "results.json").read_text())
    return content, done.stdout


def test_the_two_programs_stand_at_the_root_with_unix_lines_and_may_be_run(archive: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        for name in ("setup.sh", "run_autograder"):
            assert opened.read(name).startswith(b"#!/usr/bin/env bash\n")
            assert b"\r" not in opened.read(name)
            assert opened.getinfo(name).external_attr >> 16 & 0o111


def test_the_same_course_makes_the_same_zip(tmp_path: Path) -> None:
    assignment = write_course(tmp_path)
    course = Course.find(tmp_path)
    assert build(course, assignment) == build(course, assignment)


@pytest.mark.needs("landlock")
def test_a_submission_is_graded_in_confinement(autograder: Path) -> None:
    (autograder / "submission" / "small.py").write_text(REFERENCE)
    content, printed = run(autograder)
    assert content["score"] == 5
    assert printed == "confinement: base\n"
    assert content["extra_data"] == {"isolation": "base"}


@pytest.mark.needs("landlock")
def test_nothing_handed_in_and_no_metadata_is_a_result_too(autograder: Path) -> None:
    (autograder / "submission_metadata.json").write_text("")
    content, _ = run(autograder)
    assert content["score"] == 0
    assert content["tests"] == []
