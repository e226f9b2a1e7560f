"""Puts the student files of a course, and nothing else, into a public place."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from grader.authoring.build import build
from grader.authoring.confidential import Confidential
from grader.authoring.given import files_under, given_files
from grader.course import Course
from grader.errors import CourseError, UsageError
from grader.wholefile import appearing

#: Remembers what was released, so that a later release replaces nothing else.
RECORD = ".grader-release.json"
README = "README.md"


@dataclass(frozen=True)
class ReleaseReport:
    """What a release changed: files written and files removed, inside the public place."""

    written: Sequence[str]
    removed: Sequence[str]


def release(course: Course, target: Path, names: Sequence[str] | None = None) -> ReleaseReport:
    """Copy these built assignments, or all of the course, into `target`, with a README for students.

    Raises CourseError if what is built is stale or shows a secret, UsageError if a file of somebody
    else's stands in the way; then nothing is written.
    """
    target = target.resolve()
    if target == course.root or course.root in target.parents or target in course.root.parents:
        raise UsageError(
            f"{target} overlaps the course: release into a folder of its own",
            slug="release-in-the-way",
        )
    chosen = list(course.names if names is None else names)
    wanted = _student_files(course, chosen)
    recorded = _recorded(target)
    if README in recorded or not (target / README).exists():
        wanted[README] = _readme(course, [*chosen, *course.names][0])
    _refuse_conflicts(target, wanted, recorded)
    outdated = [
        path
        for path in recorded
        if path not in wanted and path.split("/")[0] in chosen and _digest(target / path)
    ]
    changed = [path for path in outdated if _digest(target / path) != recorded[path]]
    if changed:
        raise UsageError(_in_the_way(target, changed), slug="release-in-the-way")
    written = [path for path, data in wanted.items() if _digest(target / path) != _sha(data)]
    for path in written:
        _replace(target / path, wanted[path])
    for path in outdated:
        (target / path).unlink()
    kept = {path: digest for path, digest in recorded.items() if path.split("/")[0] not in chosen}
    digests = kept | {path: _sha(data) for path, data in wanted.items()}
    record = {"schema": 1, "files": dict(sorted(digests.items()))}
    _replace(target / RECORD, f"{json.dumps(record, indent=1)}\n".encode())
    return ReleaseReport(written, outdated)


def _student_files(course: Course, names: Sequence[str]) -> dict[str, bytes]:
    """The built files of the assignments, read from disk and verified once more."""
    can_convert = find_spec("nbgrader") is not None
    stale = build(course, names, check=True, notebooks=can_convert).stale
    if stale:
        listed = ", ".join(file.relative_to(course.root).as_posix() for file in stale)
        raise CourseError(
            f"run grader build first; not as source/ makes them: {listed}", slug="not-built"
        )
    confidential = Confidential.of(course)
    wanted: dict[str, bytes] = {}
    for name in names:
        assignment = course.assignment(name)
        files = {
            f"{name}/{path}": file.read_bytes()
            for path, file in files_under(assignment.release_dir).items()
        }
        given = given_files(course, assignment).values()
        carried = frozenset(owned for file in given for owned in file.carried)
        leaks = confidential.leaks(name, files, carried)
        if leaks:
            lines = "\n  ".join(str(leak) for leak in leaks)
            raise CourseError(
                f"nothing was released, since students would see:\n  {lines}", slug="leak"
            )
        wanted |= files
    return wanted


def _readme(course: Course, first: str) -> bytes:
    text = (resources.files("grader.authoring") / "students.md.tmpl").read_text(encoding="utf-8")
    return text.replace("@COURSE@", course.manifest.name).replace("@FIRST@", first).encode()


def _recorded(target: Path) -> dict[str, str]:
    file = target / RECORD
    if not file.is_file():
        return {}
    try:
        data: Any = json.loads(file.read_text(encoding="utf-8"))
        return {str(path): str(digest) for path, digest in data["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{file} is damaged; remove it to release anew: {error}") from error


def _refuse_conflicts(
    target: Path, wanted: Mapping[str, bytes], recorded: Mapping[str, str]
) -> None:
    conflicts = []
    for path, data in wanted.items():
        if target not in (target / path).resolve().parents:
            raise UsageError(f"{target / path} leads out of {target}")
        there = _digest(target / path)
        if there and there not in (_sha(data), recorded.get(path)):
            conflicts.append(path)
    if conflicts:
        raise UsageError(_in_the_way(target, conflicts), slug="release-in-the-way")


def _in_the_way(target: Path, paths: Sequence[str]) -> str:
    return f"no release of ours wrote these in {target}, or they were changed: {', '.join(paths)}"


def _sha(data: bytes) -> str:
    return sha256(data).hexdigest()


def _digest(file: Path) -> str | None:
    """The digest of a file; None if there is none, and a word that no digest equals for a folder."""
    if file.is_file():
        return _sha(file.read_bytes())
    return "not a file" if file.exists() else None


def _replace(file: Path, data: bytes) -> None:
    with appearing(file, 0o666) as unfinished:
        unfinished.write_bytes(data)
