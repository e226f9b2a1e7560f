"""Builds `assignments/` and `solutions/` from `source/`.

Everything is made in memory and verified before a byte is written; then each folder is written beside
its target and swapped in as a whole. `assignments/<name>` and `solutions/<name>` belong to the build:
what it did not make there is set aside under `.grader/set-aside/`, never deleted, never released.

A source folder holds `assignment.toml`, masters, notebooks, `given/`, `public/` and perhaps a
`README.md`. Anything else is an error, since plain nbgrader would release it as it is.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from grader.authoring.confidential import Confidential, Owned
from grader.authoring.given import files_under, given_files
from grader.authoring.notebook import release_notebook
from grader.authoring.staging import replace_folders, strangers
from grader.authoring.strip import decode, parse, parse_master
from grader.course import ASSIGNMENT_FILE, Assignment, Course
from grader.errors import CourseError, StoreError

#: The tables of an `assignment.toml` that students do not get.
_FOR_STAFF = (b"[[feedback]]", b"[[pictures]]")


@dataclass(frozen=True)
class Built:
    """What the build makes of one assignment: files by their paths inside the folders."""

    assignment: str
    release: Mapping[str, bytes]
    solution: Mapping[str, bytes]
    #: The reference functions of earlier assignments that the release gives away.
    carried: frozenset[Owned]


@dataclass(frozen=True)
class BuildReport:
    """What a build did, or with `check` what it would have done."""

    built: Sequence[str]
    #: Files that are missing, differ from what the build makes, or are not its own.
    stale: Sequence[Path]
    #: Where files that the build did not make were put.
    set_aside: Sequence[Path]
    warnings: Sequence[str]


def build(
    course: Course,
    names: Sequence[str] | None = None,
    *,
    check: bool = False,
    notebooks: bool = True,
    extended: Mapping[str, datetime] | None = None,
    now: datetime | None = None,
) -> BuildReport:
    """Build these assignments, or all of the course, and swap them in, all or none.

    With `check` nothing is written; without `notebooks`, which needs `check`, they are neither made
    nor compared. `extended` gives the latest extension of assignments, `now` the time to compare due
    dates with. Raises CourseError for whatever cannot be built safely, leaks included, and StoreError.
    """
    if not (notebooks or check):
        raise ValueError("a build without notebooks is no build")
    chosen = [course.assignment(name) for name in (course.names if names is None else names)]
    made = [plan(course, assignment, notebooks=notebooks) for assignment in chosen]
    verify(course, made)
    warnings = [
        text
        for assignment in chosen
        for text in _given_too_early(course, assignment, extended or {}, now or datetime.now(UTC))
    ]
    folders: dict[Path, Mapping[str, bytes]] = {}
    for assignment, result in zip(chosen, made, strict=True):
        folders[assignment.release_dir] = result.release
        folders[assignment.solution_dir] = result.solution
    differing = {
        folder: [file for file in _stale(folder, files) if notebooks or file.suffix != ".ipynb"]
        for folder, files in folders.items()
    }
    set_aside: list[Path] = []
    if not check:
        outdated = {folder: folders[folder] for folder, files in differing.items() if files}
        try:
            set_aside = replace_folders(outdated, course.root / ".grader" / "set-aside")
        except OSError as error:
            raise StoreError(f"nothing was built: {error.strerror or error}") from error
    stale = [file for files in differing.values() for file in files]
    return BuildReport([assignment.name for assignment in chosen], stale, set_aside, warnings)


def plan(course: Course, assignment: Assignment, *, notebooks: bool = True) -> Built:
    """Make, in memory, what students get of an assignment and its reference.

    Raises CourseError naming file and line for a master that cannot be stripped safely.
    """
    release: dict[str, bytes] = {}
    solution: dict[str, bytes] = {}
    modules = assignment.manifest.modules
    for module in modules:
        file = assignment.master(module)
        shown = file.relative_to(course.root).as_posix()
        if not file.is_file():
            raise CourseError(f"{shown} is missing, but assignment.toml lists the module {module}")
        master = parse_master(file.read_bytes(), shown)
        graded = [name for name in assignment.functions if assignment.module_of(name) == module]
        master.check_functions(graded)
        release[f"{module}.py"] = master.stub()
        solution[f"{module}.py"] = master.reference()
    masters = {assignment.master(module).name for module in modules}
    for path, file in files_under(assignment.source_dir).items():
        folder, _, inside = path.partition("/")
        shown = file.relative_to(course.root).as_posix()
        if path in masters or (inside and folder == "given"):
            continue
        if not inside and path.endswith(".ipynb"):
            if notebooks:
                name = path.removesuffix(".ipynb")
                data = release_notebook(course, assignment.name, name, file.read_bytes())
                release[path] = data
        elif path == ASSIGNMENT_FILE:
            release[path] = _for_students(file.read_bytes(), shown)
        elif path == "README.md" or (inside and folder == "public"):
            release[path] = file.read_bytes()
            _require_python(release[path], shown)
        else:
            raise CourseError(
                f"{shown} has no place in a source folder: "
                "what students get belongs under given/ or public/, what they must not get under "
                f"tests/hidden/{assignment.name}/",
                slug="source-folder",
            )
    given = given_files(course, assignment)
    for part in given.values():
        _require_python(part.data, part.origin)
    release |= {f"given/{path}": part.data for path, part in given.items()}
    carried = frozenset[Owned]().union(*(part.carried for part in given.values()))
    return Built(assignment.name, dict(sorted(release.items())), solution, carried)


def _require_python(data: bytes, shown: str) -> None:
    """Raise CourseError naming file and line for a module that no student could import."""
    if shown.endswith(".py"):
        text, _ = decode(data, shown)
        parse(text, shown)


def _for_students(manifest: bytes, shown: str) -> bytes:
    """The manifest without what concerns feedback: its rules may name hidden tests. Raises CourseError where they are
    written in another way than the documented one.
    """
    kept: list[bytes] = []
    keeps = True
    for line in manifest.splitlines(keepends=True):
        if line.startswith(b"["):
            keeps = not line.startswith(_FOR_STAFF)
        if keeps:
            kept.append(line)
    text = b"".join(kept)
    try:
        left = tomllib.loads(text.decode("utf-8-sig").replace("\r\n", "\n"))
        clean = left.keys().isdisjoint(("feedback", "pictures"))
    except tomllib.TOMLDecodeError:
        clean = False
    if not clean:
        raise CourseError(
            f"{shown}: write [[feedback]] and [[pictures]] as tables that begin at the beginning of a line:"
            " what they say is not for students",
            slug="manifest",
        )
    return manifest if text == manifest else text.rstrip() + b"\n"


def verify(course: Course, made: Sequence[Built]) -> None:
    """Raise CourseError naming both places if anything made for students repeats a secret."""
    confidential = Confidential.of(course)
    found = []
    for result in made:
        shown = {f"assignments/{result.assignment}/{k}": v for k, v in result.release.items()}
        found += confidential.leaks(result.assignment, shown, result.carried)
    if found:
        lines = "\n  ".join(str(leak) for leak in found)
        raise CourseError(f"nothing was built, since students would see:\n  {lines}", slug="leak")


def _stale(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    different = [
        folder / path
        for path, data in files.items()
        if not (folder / path).is_file() or (folder / path).read_bytes() != data
    ]
    return different + [folder / path for path in strangers(folder, files)]


def _given_too_early(
    course: Course, assignment: Assignment, extended: Mapping[str, datetime], now: datetime
) -> list[str]:
    entries = {entry.name: entry for entry in course.manifest.assignments}
    warnings = []
    for source in assignment.manifest.given:
        dates = (entries[source.from_].due, extended.get(source.from_))
        last = max((date for date in dates if date is not None), default=None)
        if source.functions and last is not None and now < last:
            warnings.append(
                f"{assignment.name} gives away solutions of {source.from_} "
                f"({', '.join(source.functions)}), which can be handed in until {last.isoformat()}"
            )
    return warnings
