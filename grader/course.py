"""A course and its assignments: where their files lie, and what is asked of them together with their manifests."""

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from grader.errors import CourseError
from grader.manifests import (
    AssignmentEntry,
    CourseManifest,
    Function,
    Manifest,
    read_course_manifest,
    read_manifest,
)

COURSE_FILE = "course.toml"
ASSIGNMENT_FILE = "assignment.toml"


class Assignment:
    """One assignment: its manifest and where its files lie."""

    def __init__(self, manifest: Manifest, root: Path) -> None:
        self.manifest = manifest
        self.root = root
        self.name: str = manifest.name

    def __repr__(self) -> str:
        return f"Assignment({self.name!r})"

    @property
    def source_dir(self) -> Path:
        """Where what students may see is authored."""
        return self.root / "source" / self.name

    def master(self, module: str) -> Path:
        """The authored module, with its solutions, of which stub and reference are made."""
        return self.source_dir / f"{module}.master.py"

    @property
    def hidden_dir(self) -> Path:
        """The hidden suite, its domains, mistakes and alternatives."""
        return self.root / "tests" / "hidden" / self.name

    @property
    def release_dir(self) -> Path:
        """What students get; built."""
        return self.root / "assignments" / self.name

    @property
    def solution_dir(self) -> Path:
        """The reference; built."""
        return self.root / "solutions" / self.name

    @cached_property
    def functions(self) -> Mapping[str, Function]:
        """The graded functions by name, in the manifest's order."""
        return {function.name: function for function in self.manifest.functions}

    def module_of(self, function: str) -> str:
        """The module in which a graded function lies."""
        return self.functions[function].module or self.manifest.modules[0]

    def uses(self, function: str) -> tuple[str, ...]:
        """The graded functions that `function` relies on, directly or through others, nearest first."""
        found: list[str] = []
        ahead = list(self.functions[function].uses)
        while ahead:
            name = ahead.pop(0)
            if name not in found and name != function:
                found.append(name)
                ahead.extend(self.functions[name].uses)
        return tuple(found)


class Course:
    """A course: its manifest and the folder that holds it."""

    def __init__(self, manifest: CourseManifest, root: Path) -> None:
        self.manifest = manifest
        self.root = root

    @classmethod
    def find(cls, start: Path | None = None) -> "Course":
        """The course that governs `start` (default: the working directory). Raises CourseError where there is none."""
        start = (start or Path.cwd()).resolve()
        for folder in (start, *start.parents):
            if (folder / COURSE_FILE).is_file():
                return cls(read_course_manifest(folder / COURSE_FILE), folder)
        raise CourseError(
            f"no {COURSE_FILE} in {start} or above: change into your course, or make one with: grader init DIR",
            slug="no-course",
        )

    def secret(self) -> bytes | None:
        """The secret from which students' seeds are derived, or None where the course has none: GRADER_SECRET in the
        environment or `.grader/secret`, never `course.toml`. Raises CourseError for a file that cannot be read.
        """
        text = os.environ.get("GRADER_SECRET")
        if text:
            return text.encode()
        try:
            return (self.root / ".grader" / "secret").read_bytes().strip() or None
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            # Without it every student would have other inputs than yesterday, and know them.
            raise CourseError(f"cannot read {error.filename}: {error.strerror}") from error

    @property
    def gradebook(self) -> str | Path:
        """Where the gradebook is: the URL in the environment variable GRADER_GRADEBOOK, that in `course.toml`, or
        `gradebook.db` beside it.
        """
        url = os.environ.get("GRADER_GRADEBOOK") or self.manifest.gradebook
        if url and url.startswith("sqlite:///"):
            # The same file, wherever in the course a command runs.
            return self.root / url.removeprefix("sqlite:///")
        return url or self.root / "gradebook.db"

    def entry(self, name: str) -> AssignmentEntry:
        """What the course says of an assignment that it lists."""
        return next(entry for entry in self.manifest.assignments if entry.name == name)

    @property
    def names(self) -> Sequence[str]:
        """The names of the assignments, in the course's order."""
        return [entry.name for entry in self.manifest.assignments]

    def assignment(self, name: str) -> Assignment:
        """The assignment of that name. Raises CourseError for an unknown one."""
        if name not in self.names:
            raise CourseError(
                f"no assignment {name!r} in {self.root / COURSE_FILE}; it lists: {', '.join(self.names)}",
                slug="no-assignment",
            )
        files = (
            self.root / folder / name / ASSIGNMENT_FILE for folder in ("source", "assignments")
        )
        file = next((file for file in files if file.is_file()), None)
        if file is None:
            raise CourseError(
                f"{COURSE_FILE} lists {name}, but there is no source/{name}/{ASSIGNMENT_FILE}",
                slug="manifest",
            )
        manifest = read_manifest(file)
        if manifest.name != name:
            raise CourseError(
                f"{file} calls itself {manifest.name!r}, but lies in {name!r}", slug="manifest"
            )
        return Assignment(manifest, self.root)


def governing_manifest(start: Path) -> Path | None:
    """The `assignment.toml` of the folder `start` or of the nearest folder above it."""
    files = (folder / ASSIGNMENT_FILE for folder in (start, *start.parents))
    return next((file for file in files if file.is_file()), None)
