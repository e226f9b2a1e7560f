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
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from grader.course import Course
from grader.elsewhere import gradescope, grading
from grader.elsewhere.gradescope import build
from grader.errors import ConfinementError
from tests.small_course import REFERENCE, SCALED, TOTAL, write_course

#: `scaled` is tested first and right; the tests of `total` never end.
ENDLESS = """\
import numpy as np


def total(v):
    while True:
        pass


def scaled(X, factor):
    return np.asarray(X, dtype=float) * factor
"""


#: A suite that imports a package which does not come with the grader.
HYPOTHETICAL = {
    "test_total.py": TOTAL.partition("@pytest.mark.points")[0]
    + "from hypothesis import given, strategies\n\n"
    "@pytest.mark.points(1)\n@given(strategies.integers(1, 5))\n"
    "def test_ones(student, n):\n    assert_close(student.total(np.ones(n)), float(n))\n",
    "test_scaled.py": SCALED,
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    root = tmp_path_factory.mktemp("course")
    assignment = write_course(root)
    return build(Course.find(root), assignment)


@pytest.fixture
def autograder(archive: bytes, tmp_path: Path) -> Path:
    return laid_out(archive, tmp_path / "autograder")


def laid_out(archive: bytes, root: Path) -> Path:
    """The folders as the harness makes them before it starts `run_autograder`."""
    for name in ("source", "submission", "results"):
        (root / name).mkdir(parents=True)
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        opened.extractall(root / "source")
    shutil.copy(root / "source" / "run_autograder", root)
    (root / "submission_metadata.json").write_text(
        json.dumps({"id": 1, "users": [{"email": "ann@example.org", "id": 7, "name": "Ann"}]})
    )
    return root


def run(root: Path, **environment: str) -> tuple[dict[str, Any], str]:
    """Start the program as the harness does; what it wrote, and what it printed."""
    environment = environment or ENVIRONMENT
    done = subprocess.run(
        COMMAND, cwd=root, env=environment, capture_output=True, text=True, check=False
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


#: A system whose packages hold one Python alone.
APT = """\
#!/usr/bin/env bash
echo "$*" >> "$(dirname "$0")/apt.log"
[[ $1 == update || " $* " == *" {python} "* ]]
"""


def set_up(root: Path) -> list[str]:
    """Run `setup.sh` as the harness does, but for Debian's packages; what it asked these for."""
    python = f"python{sys.version_info.major}.{sys.version_info.minor}"
    programs = root.parent / "bin"
    programs.mkdir()
    (programs / "apt-get").write_text(APT.format(python=python))
    (programs / "apt-get").chmod(0o755)
    (programs / python).symlink_to(Path(sys.base_prefix, "bin", python))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        ["bash", "source/setup.sh", str(root)],
        cwd=root,
        env={**kept, "PATH": f"{programs}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return (programs / "apt.log").read_text().splitlines()


def test_what_the_suite_imports_is_installed_in_the_version_that_is_here(tmp_path: Path) -> None:
    assignment = write_course(tmp_path, HYPOTHETICAL)
    file = tmp_path / "course.toml"
    file.write_text(file.read_text().replace("schema = 1\n", 'schema = 1\nnumpy = "2.2"\n'))
    with zipfile.ZipFile(io.BytesIO(build(Course.find(tmp_path), assignment))) as opened:
        asked = opened.read("requirements.txt").decode().split()
    assert asked == ["numpy==2.2.*", f"hypothesis=={version('hypothesis')}"]


@pytest.mark.slow
@pytest.mark.needs("landlock")
def test_what_setup_installs_grades_without_anything_of_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # To compile all of it takes longer than to grade with it.
    monkeypatch.setenv("PIP_COMPILE", "0")
    # The course names a Python that the system does not have.
    assignment = write_course(tmp_path, HYPOTHETICAL)
    file = tmp_path / "course.toml"
    file.write_text(file.read_text().replace("schema = 1\n", 'schema = 1\npython = "3.99"\n'))
    root = laid_out(build(Course.find(tmp_path), assignment), tmp_path / "autograder")
    asked = set_up(root)
    assert asked[1].endswith("python3.99 python3.99-venv")
    (root / "submission" / "small.py").write_text(REFERENCE)
    content, printed = run(root, PATH="/usr/bin:/bin")
    assert printed == "confinement: base\n"
    assert content["score"] == 5
    question = [str(root / "env" / "bin" / "python"), "-c", "import grader; print(grader.__file__)"]
    where = subprocess.run(question, cwd=root, capture_output=True, text=True, check=True).stdout
    assert Path(where.strip()).is_relative_to(root / "env")


def test_a_course_of_any_name_is_packed(tmp_path: Path) -> None:
    assignment = write_course(tmp_path / "course")
    name = 'Größe "\U0001f600" \x7f'
    file = tmp_path / "course" / "course.toml"
    written = name.replace('"', '\\"').replace("\x7f", "\\u007f")
    file.write_text(file.read_text("utf-8").replace("Small course", written), "utf-8")
    root = laid_out(build(Course.find(tmp_path / "course"), assignment), tmp_path / "autograder")
    assert Course.find(root / "source" / "course").manifest.name == name


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
