"""What the repository promises to look like."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = {"assignments", "benchmarks", "docs", "grader", "solutions", "source", "tests"}
FILES = {
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "SECURITY.md",
    "constraints.txt",
    "course.toml",
    "nbgrader_config.py",
    "pyproject.toml",
}
LONGEST_MODULE = 400
MACHINE_PATHS = re.compile(rb"(?<![\w.])/(?:work|Users/\w+|home/\w+|root/\.pyenv)/")
IGNORED = re.compile(r"# (?:noqa|type: ignore)\b")
WITH_REASON = re.compile(r"# (?:noqa: [A-Z0-9, ]+|type: ignore\[[a-z-, ]+\])  # \S")
ADDRESSES = re.compile(r"://|--(?:extra-)?index-url|--find-links|\s@\s")


def tracked() -> list[Path]:
    """The files under version control that are still there."""
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    paths = [Path(name) for name in listing.stdout.split("\0") if name]
    return [path for path in paths if (ROOT / path).is_file()]


@pytest.mark.needs("git checkout")
def test_the_top_level_holds_only_what_was_agreed() -> None:
    entries = {path.parts[0] for path in tracked()}
    assert {name for name in entries - FOLDERS - FILES if not name.startswith(".")} == set()


@pytest.mark.needs("git checkout")
def test_no_file_names_a_place_on_somebodys_machine() -> None:
    # The project's own tests invent such paths to see that they are not shown to students.
    ours = [path for path in tracked() if path.parts[0] != "tests" or path.parts[1] == "hidden"]
    assert [str(path) for path in ours if MACHINE_PATHS.search((ROOT / path).read_bytes())] == []


def test_pinned_versions_name_no_address() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if ADDRESSES.search(line)] == []


def test_every_module_is_short_enough_to_read_in_one_go() -> None:
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text("utf-8").splitlines())
        for file in (ROOT / "grader").rglob("*.py")
    }
    assert {file: n for file, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_every_module_is_named_for_what_it_holds() -> None:
    vague = {"base", "common", "helpers", "misc", "shared", "util", "utils"}
    modules = (file.relative_to(ROOT) for file in (ROOT / "grader").rglob("*.py"))
    assert [str(module) for module in modules if module.stem in vague] == []


@pytest.mark.needs("git checkout")
def test_what_a_line_ignores_comes_with_its_reason() -> None:
    ours = [path for path in tracked() if path.suffix == ".py" and "submissions" not in path.parts]
    lines = [
        f"{path}:{number}: {line.strip()}"
        for path in ours
        for number, line in enumerate((ROOT / path).read_text("utf-8").splitlines(), 1)
        if IGNORED.search(line) and not WITH_REASON.search(line)
    ]
    assert lines == []


def test_what_a_folder_ignores_comes_with_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    rules = (
        text.partition("[tool.ruff.lint]\n")[2]
        .partition("\nignore = [")[2]
        .partition("[tool.ruff.lint.mccabe]")[0]
    )
    lines = [line for line in rules.splitlines() if re.search(r'"[A-Z]+\d*"', line)]
    assert [line for line in lines if not re.search(r"  # \S", line)] == []
    assert len(lines) > 30
