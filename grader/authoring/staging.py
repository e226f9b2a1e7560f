"""Replaces whole folders at once, so that nobody ever sees half of one.

A folder is written beside its target as `.build-<process id>-<name>` and then renamed. Folders that a
killed build left behind are removed by the next one. Two builds of one course at the same time are not
supported.
"""

import contextlib
import os
import re
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

from grader.authoring.given import files_under

_STAGED = re.compile(r"^\.build-(\d+)-(new|old)-(.+)$")


def strangers(folder: Path, files: Collection[str]) -> list[str]:
    """The files in a folder that are not among `files` and not left by programs."""
    return [path for path in files_under(folder) if path not in files]


def replace_folders(folders: Mapping[Path, Mapping[str, bytes]], aside: Path) -> list[Path]:
    """Give each folder exactly the files named (path inside it to content), all folders or none.

    What else stood there is moved to `aside`; returns where to.
    """
    staged: dict[Path, Path] = {}
    swapped: list[Path] = []
    try:
        for folder, files in folders.items():
            folder.parent.mkdir(parents=True, exist_ok=True)
            _clear_leftovers(folder.parent, aside)
            staged[folder] = _beside(folder, "new")
            _write(staged[folder], files)
        for folder, new in staged.items():
            if folder.exists():
                folder.rename(_beside(folder, "old"))
            swapped.append(folder)
            new.rename(folder)
        return [
            file
            for folder, files in folders.items()
            for file in _rescue(_beside(folder, "old"), files, _aside(folder, aside))
        ]
    except BaseException:
        for folder in swapped:
            _restore(folder)
        raise
    finally:
        for folder in folders:
            shutil.rmtree(_beside(folder, "new"), ignore_errors=True)
            shutil.rmtree(_beside(folder, "old"), ignore_errors=True)


def _beside(folder: Path, kind: str) -> Path:
    return folder.with_name(f".build-{os.getpid()}-{kind}-{folder.name}")


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path, data in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def _aside(folder: Path, aside: Path) -> Path:
    return aside / folder.parent.name / folder.name


def _rescue(old: Path, files: Collection[str], aside: Path) -> list[Path]:
    """Move what nobody built out of the old folder, under a name that is still free."""
    moved = []
    for path in strangers(old, files):
        target = aside / path
        number = 1
        while target.exists():
            number += 1
            target = target.with_name(f"{Path(path).stem}-{number}{Path(path).suffix}")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(old / path, target)
        moved.append(target)
    return moved


def _restore(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    old = _beside(folder, "old")
    if old.exists():
        with contextlib.suppress(OSError):
            old.rename(folder)


def _clear_leftovers(parent: Path, aside: Path) -> None:
    for left in parent.glob(".build-*"):
        match = _STAGED.match(left.name)
        if match is None or _alive(int(match[1])):
            continue
        folder = parent / match[3]
        if match[2] == "old" and not folder.exists():
            left.rename(folder)  # killed between the two renames
            continue
        if match[2] == "old":
            _rescue(left, files_under(folder), _aside(folder, aside))
        shutil.rmtree(left, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
