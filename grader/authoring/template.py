"""Makes a new course from the template that comes with the package."""

import json
import os
import re
import secrets
import sys
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path

from grader.errors import StoreError, UsageError

#: Every template file ends so; without it tools would take the template for a part of the package.
_SUFFIX = ".tmpl"
_HIDDEN = "dot-"


def init(folder: Path) -> list[Path]:
    """Make a course in `folder`, which must be new or empty; returns its files.

    It holds one assignment that can be built, validated and graded as it is, and a secret of its own. Raises
    UsageError, StoreError.
    """
    try:
        return _made(folder)
    except OSError as error:
        raise StoreError(f"no course can be made in {folder}: {error.strerror}") from error


def _made(folder: Path) -> list[Path]:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            f"{folder} is there already and not empty: a course wants a folder of its own"
        )
    values = {
        "@COURSE@": json.dumps(folder.resolve().name, ensure_ascii=False)[1:-1],
        "@PYTHON@": f"{sys.version_info.major}.{sys.version_info.minor}",
        "@NUMPY@": ".".join(metadata.version("numpy").split(".")[:2]),
    }
    made = []
    for name, text in _files(resources.files("grader.authoring") / "template"):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        filled = re.sub(r"@[A-Z]+@", lambda match: values[match[0]], text)
        file.write_text(filled, encoding="utf-8", newline="\n")
        made.append(file)
    made.append(_secret(folder / ".grader" / "secret"))
    return made


def _files(folder: Traversable, above: str = "") -> list[tuple[str, str]]:
    """The files of the template: where each goes, and its text."""
    found = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found += _files(entry, f"{above}{entry.name}/")
        elif entry.name.endswith(_SUFFIX):
            name = entry.name.removesuffix(_SUFFIX)
            if name.startswith(_HIDDEN):
                name = f".{name.removeprefix(_HIDDEN)}"
            found.append((f"{above}{name}", entry.read_text(encoding="utf-8")))
    return found


def _secret(file: Path) -> Path:
    """Write a new secret that nobody else can read."""
    file.parent.mkdir(mode=0o700)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(f"{secrets.token_hex(32)}\n")
    return file
