"""What people get when they install the grader."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from email import message_from_string
from email.message import Message
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution of this checkout and the wheel that is made of that."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> set[str]:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        return set(archive.namelist())


def needed(requirements: list[str], extra: str) -> set[str]:
    """The names of the distributions that these requirements bring, and what those need in turn."""
    names: set[str] = set()
    ahead = [(text, extra) for text in requirements]
    while ahead:
        text, wanted = ahead.pop()
        requirement = Requirement(text)
        if requirement.marker and not requirement.marker.evaluate({"extra": wanted}):
            continue
        if requirement.name not in names:
            names.add(requirement.name)
            more = distribution(requirement.name).requires or []
            ahead += [(each, one) for each in more for one in ("", *requirement.extras)]
    return names


def lend(name: str, packages: Path) -> None:
    """Put an installed distribution into another environment."""
    found = distribution(name)
    for top in {file.parts[0] for file in found.files or []}:
        source, target = Path(str(found.locate_file(top))), packages / top
        if top in ("..", "__pycache__") or target.exists():
            continue
        if top.startswith("numpy"):
            # Student code may read what lies in its environment, and links lead out of that.
            shutil.copytree(source, target)
        else:
            target.symlink_to(source)


@pytest.fixture(scope="module")
def alone(built: Path, metadata: Message, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command in an environment that holds the wheel, what it asks for with the extra staff, and nothing else."""
    home = tmp_path_factory.mktemp("alone")
    venv.create(home)
    (packages,) = home.glob("lib/python3*/site-packages")
    for name in needed(metadata.get_all("Requires-Dist", []), "staff"):
        lend(name, packages)
    wheel = next(built.glob("*.whl"))
    pip = [sys.executable, "-m", "pip", "--python", str(home / "bin" / "python"), "install", "-q"]
    subprocess.run([*pip, "--no-index", "--no-deps", str(wheel)], check=True, capture_output=True)
    return home / "bin" / "grader"


@pytest.fixture(scope="module")
def metadata(built: Path) -> Message:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_string(archive.read(name).decode())


def test_the_wheel_holds_the_package_and_nothing_else(wheel: set[str]) -> None:
    tops = {name.split("/")[0] for name in wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"grader"}


def test_the_wheel_holds_every_file_of_the_package(wheel: set[str]) -> None:
    # A pattern of .gitignore that fits a folder of the package would leave it out without a word.
    package = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "grader").rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert package - wheel == set()


def test_the_wheel_holds_every_attack(wheel: set[str]) -> None:
    attacks = ROOT / "tests" / "attacks" / "submissions"
    there = {
        f"grader/redteam/submissions/{file.relative_to(attacks).as_posix()}"
        for file in attacks.rglob("*")
        if file.suffix in (".py", ".toml")
    }
    assert there - wheel == set()


def test_the_wheel_says_that_it_is_typed(wheel: set[str]) -> None:
    assert "grader/py.typed" in wheel


def test_the_source_distribution_holds_no_suite_reference_or_master(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    assert {name.split("/")[0] for name in inside}.isdisjoint(
        {"assignments", "solutions", "source"}
    )
    attacks = "tests/attacks/submissions/"
    assert all(name.startswith(attacks) for name in inside if name.startswith("tests/"))


def test_what_check_and_grade_need_comes_without_an_extra(metadata: Message) -> None:
    needed = [text for text in metadata.get_all("Requires-Dist", []) if "extra ==" not in text]
    names = {text.split(">")[0] for text in needed}
    assert names == {"greenlet", "numpy", "pydantic", "pytest", "rich", "typer"}


def test_the_extras_are_staff_lab_and_cluster(metadata: Message) -> None:
    assert set(metadata.get_all("Provides-Extra", [])) == {"staff", "lab", "cluster"}


def run(command: Path, folder: Path, *words: str) -> str:
    """What a command prints, called where nothing of this checkout is near."""
    kept = {name: value for name, value in os.environ.items() if name.startswith("OPENBLAS")}
    environment = {**kept, "HOME": str(folder), "PATH": "/usr/bin:/bin", "COLUMNS": "100"}
    done = subprocess.run(
        [str(command), *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    return done.stdout


@pytest.mark.slow
@pytest.mark.needs("linux", "landlock")
def test_the_wheel_alone_takes_a_course_from_nothing_to_grades(alone: Path, tmp_path: Path) -> None:
    run(alone, tmp_path, "init", "course")
    course = tmp_path / "course"
    run(alone, course, "build")
    assert "averages" in run(alone, course, "validate")
    work = course / "assignments" / "averages"
    shutil.copy(course / "solutions" / "averages" / "averages.py", work)
    assert "public tests passed" in run(alone, work, "check")
    (course / "submissions").mkdir()
    shutil.copy(work / "averages.py", course / "submissions" / "ann.py")
    run(alone, course, "grade", "averages", "submissions", "--json", "reports.json")
    (report,) = json.loads((course / "reports.json").read_text("utf-8"))["reports"]
    assert (report["state"], report["score"]) == ("graded", report["max_score"])
    assert report["isolation"] == "base"
    run(alone, course, "feedback", "--from", "reports.json", "--out", "feedback")
    assert len(list((course / "feedback").glob("*.html"))) == 1
    run(alone, course, "export", "--to", "csv", "--from", "reports.json", "--out", "grades.csv")
    assert "ann" in (course / "grades.csv").read_text("utf-8")


@pytest.mark.slow
def test_the_wheel_alone_is_all_that_runs(alone: Path, tmp_path: Path) -> None:
    question = "import grader; print(grader.__file__)"
    where = subprocess.run(
        [str(alone.parent / "python"), "-c", question],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(alone.parents[1])
