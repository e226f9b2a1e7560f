"""Which other Pythons are here, of the versions that we support: `python -m tests.pythons` prints their paths."""

import os
import subprocess
import sys
from pathlib import Path

SUPPORTED = ("3.11", "3.12", "3.13")


def python(version: str) -> str | None:
    """The path of a Python of that minor version ("3.12") that runs, with venv and pip, or None."""
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    installed = sorted((root / "versions").glob(f"{version}.*/bin/python"))
    question = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])"
    for candidate in (f"python{version}", *map(str, installed)):
        try:
            answer = subprocess.run(
                [candidate, "-c", question], capture_output=True, text=True, check=False, timeout=30
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
        if answer.stdout.strip() == version:
            return candidate
    return None


def others() -> list[str]:
    """A Python of each version but the one that runs this."""
    own = "{}.{}".format(*sys.version_info)
    return [found for version in SUPPORTED if version != own and (found := python(version))]


if __name__ == "__main__":
    print(*others())
