"""What stands in an assignment's `given/`: its own files and what it takes from earlier assignments."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.authoring.carry import carry, imported_given
from grader.authoring.confidential import Owned
from grader.authoring.strip import parse_master
from grader.course import Assignment, Course
from grader.errors import CourseError
from grader.manifests import GivenFrom

#: What programs leave beside sources; never built, copied or complained about.
CACHES = frozenset(
    {
        "__pycache__",
        ".ipynb_checkpoints",
        ".pytest_cache",
        ".ruff_cache",
        ".mypy_cache",
        ".DS_Store",
    }
)


@dataclass(frozen=True)
class GivenFile:
    """A file of `given/`, where it comes from, and the reference functions that it gives away."""

    data: bytes
    origin: str
    carried: frozenset[Owned] = frozenset()


def files_under(folder: Path) -> Mapping[str, Path]:
    """The files under a folder by their paths inside it, without what programs leave behind."""
    found = {}
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        if file.is_file() and CACHES.isdisjoint(inside.parts) and file.suffix != ".pyc":
            found[inside.as_posix()] = file
    return found


def given_files(course: Course, assignment: Assignment) -> dict[str, GivenFile]:
    """The files of an assignment's `given/` by their paths inside it.

    Raises CourseError for files and functions that an earlier assignment does not have, for one that
    comes from two places, and for generated modules that import what is not there.
    """
    folder = assignment.source_dir / "given"
    found: dict[str, GivenFile] = {}
    for path, own in files_under(folder).items():
        found[path] = GivenFile(own.read_bytes(), own.relative_to(course.root).as_posix())
    manifest = f"source/{assignment.name}/assignment.toml"
    for entry in assignment.manifest.given:
        earlier = _earlier(course, assignment, entry, manifest)
        for path, file in (
            *_taken_files(course, earlier, entry, manifest).items(),
            *_taken_functions(course, earlier, entry, manifest).items(),
        ):
            there = found.get(path)
            if there is not None and there.data != file.data:
                raise CourseError(
                    f"given/{path} of {assignment.name} would come from {there.origin} and {file.origin}"
                )
            found[path] = file
    if found and "__init__.py" not in found:
        found["__init__.py"] = GivenFile(b"", "build")
    for path, file in found.items():
        for module in imported_given(file.data, file.origin) if file.carried else ():
            if f"{module}.py" not in found and f"{module}/__init__.py" not in found:
                raise CourseError(
                    f"given/{path} of {assignment.name} imports given.{module}: "
                    f'add files = ["{module}.py"] to its [[given]] in {manifest}'
                )
    return dict(sorted(found.items()))


def _earlier(course: Course, assignment: Assignment, entry: GivenFrom, manifest: str) -> Assignment:
    earlier = course.names[: list(course.names).index(assignment.name)]
    if entry.from_ not in earlier:
        raise CourseError(
            f"{manifest}: [[given]] from {entry.from_!r}, which is no earlier assignment"
        )
    return course.assignment(entry.from_)


def _taken_files(
    course: Course, earlier: Assignment, entry: GivenFrom, manifest: str
) -> dict[str, GivenFile]:
    offered = given_files(course, earlier) if entry.files else {}
    taken: dict[str, GivenFile] = {}
    for wanted in entry.files:
        folder = wanted.rstrip("/") + "/"
        matching = {
            path: file
            for path, file in offered.items()
            if path == wanted or path.startswith(folder)
        }
        if not matching:
            raise CourseError(f"{manifest}: {earlier.name} has no given/{wanted}")
        taken |= matching
    return taken


def _taken_functions(
    course: Course, earlier: Assignment, entry: GivenFrom, manifest: str
) -> dict[str, GivenFile]:
    by_module: dict[str, list[str]] = {}
    for function in entry.functions:
        if function not in earlier.functions:
            raise CourseError(f"{manifest}: {earlier.name} does not grade a function {function}")
        by_module.setdefault(earlier.module_of(function), []).append(function)
    taken = {}
    for module, functions in by_module.items():
        file = earlier.master(module)
        shown = file.relative_to(course.root).as_posix()
        if not file.is_file():
            raise CourseError(f"{manifest}: {shown} is missing")
        master = parse_master(file.read_bytes(), shown)
        data, names = carry(master, functions, earlier.manifest.title)
        carried = frozenset((earlier.name, name) for name in names)
        taken[f"{module}.py"] = GivenFile(data, shown, carried)
    return taken
