"""The autograder zip runs where it is laid out as Gradescope lays it out."""

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from grader.course import Course
from grader.elsewhere import gradescope, grading
from grader.elsewhere.gradescope import build
from grader.errors import ConfinementError
from tests.small_course import REFERENCE, write_course

#: `scaled` is tested first and right; the tests of `total` never end.
ENDLESS = """\
import numpy as np


def total(v):
    while True:
        pass


def scaled(X, factor):
    return np.asarray(X, dtype=float) * factor
"""


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
    done = subprocess.run(
        COMMAND, cwd=root, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return written(root), done.stdout


def written(root: Path) -> dict[str, Any]:
    """What `results.json` holds."""
    content: dict[str, Any] = json.loads((root / "results" / "results.json").read_text())
    return content


ENVIRONMENT = {"PATH": os.environ["PATH"], "GRADER_PYTHON": sys.executable}
COMMAND = ["bash", "run_autograder", "."]


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


@pytest.mark.needs("landlock")
def test_a_run_that_is_killed_half_way_leaves_what_was_reached(autograder: Path) -> None:
    (autograder / "submission" / "small.py").write_text(ENDLESS)
    results = autograder / "results" / "results.json"
    killed = subprocess.Popen(
        COMMAND, cwd=autograder, env=ENVIRONMENT, start_new_session=True, stdout=subprocess.DEVNULL
    )
    try:
        while not results.exists() or written(autograder)["score"] < 4:
            assert killed.poll() is None
            time.sleep(0.01)
    finally:
        os.killpg(killed.pid, signal.SIGKILL)
        killed.wait()
    content = written(autograder)
    points = {test["name"]: test["score"] for test in content["tests"]}
    assert (content["score"], points) == (4, {"total": 0, "scaled": 4})
    assert "grading ended after" in content["output"]


def test_a_machine_that_cannot_confine_grades_all_the_same_and_says_so(
    autograder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("fcntl", reason="only where processes fork")

    def refuse() -> None:
        raise ConfinementError("no landlock")

    monkeypatch.setattr(grading, "require_confinement", refuse)
    (autograder / "submission" / "small.py").write_text(REFERENCE)
    assert gradescope.run(autograder) == "none: no landlock"
    assert written(autograder)["score"] == 5
    assert written(autograder)["extra_data"] == {"isolation": "none"}
