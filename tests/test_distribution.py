"""What people get when they install the grader."""

import subprocess
import sys
import tarfile
import zipfile
from email import message_from_string
from email.message import Message
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source distribution, both made of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run([*command, "--sdist"], check=True, capture_output=True)
    subprocess.run([*command, "--wheel"], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> set[str]:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        return set(archive.namelist())


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
    assert names == {"numpy", "pydantic", "pytest", "rich", "typer"}


def test_the_extras_are_staff_lab_and_cluster(metadata: Message) -> None:
    assert set(metadata.get_all("Provides-Extra", [])) == {"staff", "lab", "cluster"}
