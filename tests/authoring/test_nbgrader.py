"""Runs the real nbgrader on a copy of a course and looks for secrets in what it releases."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.authoring.build import build
from grader.authoring.confidential import Confidential
from grader.authoring.given import files_under
from grader.course import Course
from tests.authoring.samples import MASTER_NOTEBOOK, tree, write

ROOT = Path(__file__).parents[2]
HOOK = "c.GenerateAssignment.post_convert_hook = complete\n"

pytestmark = [pytest.mark.needs("nbgrader"), pytest.mark.slow]


def nbgrader(course: Course, *arguments: str) -> subprocess.CompletedProcess[str]:
    home = course.root.parent / "home"
    home.mkdir(exist_ok=True)
    environment = {
        "HOME": str(home),
        # nbgrader looks there for alembic, which makes its gradebook.
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=course.root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def without_hook(course: Course) -> None:
    """Configure nbgrader as if the grader were not installed beside it."""
    config = course.root / "nbgrader_config.py"
    text = config.read_text("utf-8")
    assert text.endswith(HOOK)
    config.write_text(text.removesuffix(HOOK), "utf-8")


def secrets_in(course: Course) -> list[str]:
    """What was released of all assignments and should not have been."""
    confidential = Confidential.of(course)
    found: list[str] = []
    for name in course.names:
        files = files_under(course.assignment(name).release_dir)
        assert files
        released = {path: file.read_bytes() for path, file in files.items()}
        found += map(str, confidential.leaks(name, released))
    return found


def test_plain_nbgrader_releases_no_secret_even_without_our_help(with_notebook: Course) -> None:
    without_hook(with_notebook)
    master = with_notebook.root / "source/averages/averages.master.py"
    for backup in ("averages.master.py~", ".averages.master.py.swp", "averages.py.orig"):
        (master.parent / backup).write_bytes(master.read_bytes())
    done = nbgrader(with_notebook, "generate_assignment", "--force", "--no-db", "averages")
    assert done.returncode == 0, done.stderr
    assert sorted(tree(with_notebook.root / "assignments/averages")) == [
        "assignment.toml",
        "averages.ipynb",
        "given/__init__.py",
        "given/checks.py",
        "public/test_averages.py",
    ]
    assert secrets_in(with_notebook) == []
    released = b"".join(tree(with_notebook.root / "assignments").values())
    for line in (b"w.sum()", b"distances**2", b"np.median", b"probe", b"175.0", b"half of all"):
        assert line not in released


def test_plain_nbgrader_is_safe_in_this_repository(tmp_path: Path) -> None:
    for folder in ("source", "tests/hidden"):
        if (ROOT / folder).is_dir():
            shutil.copytree(ROOT / folder, tmp_path / folder)
    for file in ("course.toml", "nbgrader_config.py"):
        shutil.copy(ROOT / file, tmp_path / file)
    course = Course.find(tmp_path)
    without_hook(course)
    for name in course.names:
        # nbgrader releases nothing without a notebook.
        (course.assignment(name).source_dir / "extra.ipynb").write_bytes(MASTER_NOTEBOOK)
    done = nbgrader(course, "generate_assignment", "--force", "--no-db", "*")
    assert done.returncode == 0, done.stderr
    for name in course.names:
        assert (course.assignment(name).release_dir / "extra.ipynb").is_file()
    assert secrets_in(course) == []


def test_after_plain_nbgrader_the_release_is_what_build_makes(with_notebook: Course) -> None:
    build(with_notebook)
    expected = tree(with_notebook.root / "assignments")
    done = nbgrader(with_notebook, "generate_assignment", "--force", "averages")
    assert done.returncode == 0, done.stderr
    assert tree(with_notebook.root / "assignments") == expected
    assert (with_notebook.root / "nbgrader.db").is_file()
    assert secrets_in(with_notebook) == []


def test_a_release_that_is_not_safe_is_removed_and_nbgrader_fails(with_notebook: Course) -> None:
    solution = "def f(v, w):\n    check_pairs(v, w)\n    return float(v @ w / w.sum())\n"
    write(with_notebook, "source/averages/given/extra.py", solution)
    done = nbgrader(with_notebook, "generate_assignment", "--force", "--no-db", "averages")
    assert done.returncode == 2
    assert "extra.py:2 repeats the solution of weighted_mean" in done.stderr
    assert "removed what nbgrader released: assignments/averages" in done.stderr
    assert tree(with_notebook.root / "assignments") == {}


def test_nbgrader_refuses_to_run_where_it_would_ignore_nothing(
    with_notebook: Course, tmp_path: Path
) -> None:
    moved = with_notebook.root.rename(tmp_path / "course [2030]")
    done = nbgrader(Course.find(moved), "generate_assignment", "--force", "--no-db", "averages")
    assert done.returncode == 1
    assert "cannot work safely in a folder with" in done.stderr
    assert not (moved / "assignments").exists()


def test_autograde_leaves_the_students_modules_alone(with_notebook: Course) -> None:
    program = (
        "import json; from traitlets.config import PyFileConfigLoader as L;"
        "print(json.dumps(L('nbgrader_config.py', path='.').load_config()"
        ".Autograde.exclude_overwriting))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", program],
        cwd=with_notebook.root,
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert json.loads(printed.stdout) == {"averages": ["averages.py"]}
