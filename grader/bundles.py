"""A suite and all that it needs as files in memory: to be stored, sent to another machine, and laid out again."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from grader.course import ASSIGNMENT_FILE, COURSE_FILE, Assignment
from grader.manifests import read_manifest

#: What `grader validate` found of a suite, beside it; no outcome depends on that.
VALIDATION_FILE = "validation.json"


def pack(files: Mapping[str, bytes]) -> bytes:
    """Files as one run of bytes; unambiguous, whatever they hold."""
    parts = []
    for name in sorted(files):
        label = name.encode("utf-8", "surrogatepass")
        parts += [f"{len(label)}:{len(files[name])}:".encode(), label, files[name]]
    return b"".join(parts)


def digest(files: Mapping[str, bytes]) -> str:
    """What reports call the digest of these files: SHA-256 over names and contents."""
    return hashlib.sha256(pack(files)).hexdigest()


def unpack(data: bytes) -> dict[str, bytes]:
    """The files in such a run. Raises ValueError for any other."""
    files = {}
    place = 0
    while place < len(data):
        middle = data.index(b":", place)
        end = data.index(b":", middle + 1)
        name_size, size = int(data[place:middle]), int(data[middle + 1 : end])
        place = end + 1 + name_size
        files[data[end + 1 : place].decode("utf-8", "surrogatepass")] = data[place : place + size]
        place += size
    if place != len(data):
        raise ValueError("it was cut short")
    return files


def bundle(assignment: Assignment) -> dict[str, bytes]:
    """The hidden suite, its domains and mistakes, the reference, `given` and the manifest, by path in the course."""
    manifest = assignment.source_dir / ASSIGNMENT_FILE
    if not manifest.is_file():
        manifest = assignment.release_dir / ASSIGNMENT_FILE
    files = {f"assignments/{assignment.name}/{ASSIGNMENT_FILE}": manifest.read_bytes()}
    folders = (assignment.hidden_dir, assignment.release_dir / "given", assignment.solution_dir)
    for folder in folders:
        for file in files_in(folder):
            files[file.relative_to(assignment.root).as_posix()] = file.read_bytes()
    return files


def files_in(folder: Path) -> Iterator[Path]:
    """The files of a folder of the course, without what Python and `grader validate` put there."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts and file.name != VALIDATION_FILE:
            yield file


def lay_out(files: Mapping[str, bytes], root: Path) -> Assignment:
    """Write a bundle into an empty folder, which is then a course of one assignment. Raises ValueError for one that is
    none.
    """
    manifests = [name for name in files if PurePosixPath(name).name == ASSIGNMENT_FILE]
    for name, data in files.items():
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise ValueError(f"a bundle cannot hold {name!r}")
        file = root.joinpath(*path.parts)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    if len(manifests) != 1:
        raise ValueError("a bundle holds one assignment")
    assignment = Assignment(read_manifest(root / manifests[0]), root)
    # So that the suite is governed by a course here as it is at home.
    course = f'schema = 1\nname = "bundle"\n\n[[assignments]]\nname = "{assignment.name}"\n'
    (root / COURSE_FILE).write_text(course, encoding="utf-8")
    return assignment
