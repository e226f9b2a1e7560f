"""What some tests need beyond Python and this project's packages, and which package would bring it.

The one table behind `@pytest.mark.needs(...)`, the list of left-out tests and what `.ci/run` installs.
Run as a program, it prints the Debian packages that tests of this checkout need and this machine lacks.
"""

import ast
import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Need:
    """Something that a test may need: how to see whether it is here, and what would bring it."""

    met: Callable[[], bool]
    brought_by: str
    debian: tuple[str, ...] = ()


def chromium() -> str | None:
    """The path of a Chromium, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def postgresql() -> Path | None:
    """The folder that holds initdb and pg_ctl of the newest PostgreSQL here, or None."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).parent] if on_path else []
    folders += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name)
    )
    return next((folder for folder in reversed(folders) if (folder / "pg_ctl").exists()), None)


def _landlock() -> bool:
    if sys.platform != "linux":
        return False
    create_ruleset, report_abi = 444, 1
    abi: int = ctypes.CDLL(None).syscall(create_ruleset, None, 0, report_abi)
    return abi >= 1


def _user_namespaces() -> bool:
    if shutil.which("unshare") is None:
        return False
    return (
        subprocess.run(["unshare", "--user", "true"], capture_output=True, check=False).returncode
        == 0
    )


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _distribution(module: str, extra: str) -> Need:
    return Need(
        lambda: importlib.util.find_spec(module) is not None,
        f"PyPI: grading-descent[{extra}]",
    )


NEEDS = {
    "chromium": Need(lambda: chromium() is not None, "Debian: chromium", ("chromium",)),
    "distributed": _distribution("distributed", "cluster"),
    "git checkout": Need(
        lambda: shutil.which("git") is not None and (Path(__file__).parents[1] / ".git").exists(),
        "Debian: git, and a clone",
        ("git",),
    ),
    "landlock": Need(_landlock, "a Linux kernel with landlock (5.13)"),
    "linux": Need(lambda: sys.platform == "linux", "Linux"),
    "nbgrader": _distribution("nbgrader", "lab"),
    "postgresql": Need(lambda: postgresql() is not None, "Debian: postgresql", ("postgresql",)),
    "root": Need(_is_root, "running the tests as root"),
    "staff": _distribution("sqlalchemy", "staff"),
    "user namespaces": Need(_user_namespaces, "a Linux kernel that lets users make namespaces"),
}


def names_in(folder: Path) -> Iterator[str]:
    """The needs that the tests under `folder`, and their fixtures, name in `pytest.mark.needs(...)`."""
    for file in sorted((*folder.rglob("test_*.py"), *folder.rglob("conftest.py"))):
        for node in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.needs":
                yield from (str(ast.literal_eval(name)) for name in node.args)


def debian_packages(folder: Path) -> list[str]:
    """The Debian packages that would bring what the tests under `folder` need and do not find here."""
    unmet = {name for name in names_in(folder) if not NEEDS[name].met()}
    return sorted({package for name in unmet for package in NEEDS[name].debian})


if __name__ == "__main__":
    print(*debian_packages(Path(__file__).parent))
