"""Reads submissions from a folder with one entry a student.

An entry is `<student>/<module>.py`, `<student>.py`, or nbgrader's `<student>/<assignment>/<module>.py`; a notebook in
place of the module, or beside it, is read for the functions that the module lacks. Whatever else lies there is told,
never followed: links, devices and oversized files are the students', and so is every name.
"""

import os
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from grader.course import Assignment
from grader.errors import UsageError
from grader.exchange.notebooks import functions_in, lacking
from grader.exchange.regular import Unacceptable, printable, read_regular
from grader.exchange.times import TIMESTAMP_FILE, parse_timestamp
from grader.models import Submission
from grader.sandbox.notebook import SUFFIX, mentions

MAX_FILES = 50
MAX_BYTES = 1 << 20
#: A notebook holds its pictures.
MAX_NOTEBOOK = 10 << 20
#: Folders that systems leave behind, and no student has made.
_LEFT_BEHIND = frozenset({"__MACOSX", "__pycache__"})
#: Folders within folders that are looked through for a module, and how many.
_DEEPEST = 4
_MOST_FOLDERS = 50


@dataclass(frozen=True)
class Intake:
    """What lies in a folder of submissions: entries by student, and what was ignored."""

    entries: dict[str, Path]
    ignored: tuple[str, ...]

    def restricted_to(self, students: Collection[str]) -> "Intake":
        """The entries of these students alone, or all when none is named. Raises UsageError for one who has none."""
        if not students:
            return self
        wanted = [unicodedata.normalize("NFC", student) for student in students]
        unknown = [student for student in wanted if student not in self.entries]
        if unknown:
            raise UsageError(f"no submission of {', '.join(unknown)} in this folder")
        return Intake({name: self.entries[name] for name in sorted(set(wanted))}, ())


def survey(folder: Path) -> Intake:
    """The entries of a folder of submissions. Raises UsageError when it cannot be read or holds none."""
    entries: dict[str, Path] = {}
    ignored = []
    try:
        listed = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise UsageError(f"cannot read submissions from {folder}: {error.strerror}") from error
    for entry in listed:
        # Some systems take letters and their accents apart; a roster does not.
        name = unicodedata.normalize("NFC", printable(entry.name))
        if name in _LEFT_BEHIND or (name.startswith(".") and not name.startswith("..")):
            continue
        is_file = entry.is_file(follow_symlinks=False) and name.endswith((".py", SUFFIX))
        student = name.removesuffix(".py").removesuffix(SUFFIX) if is_file else name
        if name.startswith("..") or not (is_file or entry.is_dir(follow_symlinks=False)):
            packed = ": grader import submissions collects what is packed"
            ignored.append(name + packed if name.endswith(".zip") else name)
        elif student in entries:
            ignored.append(f"{name}, a second entry of {student}")
        else:
            entries[student] = Path(entry.path)
    if not entries:
        raise UsageError(
            f"no submissions in {folder}: expected one folder or one .py file for each student",
            slug="no-submissions",
        )
    return Intake(entries, tuple(ignored))


def read_submissions(
    intake: Intake, assignment: Assignment, *, notebooks: bool = False
) -> Iterator[Submission]:
    """The submissions one after another, read when asked for; if wanted, with the notebooks that people grade."""
    wanted = notebooks and bool(assignment.manifest.experiments)
    for student, path in intake.entries.items():
        yield read_submission(student, path, assignment, notebook=wanted)


def read_submission(
    student: str, path: Path, assignment: Assignment, *, notebook: bool = False
) -> Submission:
    """One student's entry; what cannot be read becomes a note or a problem, never an exception."""
    notes: list[str] = []
    modules = assignment.manifest.modules
    held: bytes | None = None
    other = 0
    try:
        if path.is_dir():
            nested = path / assignment.name
            if (
                nested.is_dir()
                and not nested.is_symlink()
                and not any((path / f"{name}.py").exists() for name in modules)
            ):
                path = nested
            files, other = _read_folder(path, notes, modules)
            held = _misnamed(files, modules, notes)
            if held is None and (notebook or lacking(assignment, files)):
                held = _read_notebook(path, assignment, notes)
            if held is None:
                _take_the_only(path, files, assignment, notes)
                if not files and (deeper := _deeper(path, modules)) is not None:
                    notes.append(f"{modules[0]}.py lies too deep, in {deeper}")
        elif path.suffix == SUFFIX:
            files, held = {}, read_regular(path, MAX_NOTEBOOK)
        else:
            # A single file is the module, whatever it is called.
            files = {modules[0]: read_regular(path, MAX_BYTES)}
            held = _misnamed(files, modules, notes)
    except Unacceptable as error:
        return Submission(student, {}, tuple(notes), problem=str(error))
    except OSError as error:
        return Submission(student, {}, tuple(notes), problem=f"it cannot be read: {error.strerror}")
    submitted = _submitted(path, notes)
    source = None if submitted is None else TIMESTAMP_FILE
    if held is not None:
        files |= functions_in(held, assignment, files, notes)
    if other and not files:
        notes.append(f"no Python file among {other} other files")
    kept = held if notebook else None
    return Submission(
        student, files, tuple(notes), submitted=submitted, source=source, notebook=kept
    )


def _submitted(path: Path, notes: list[str]) -> str | None:
    """The time that nbgrader noted beside the files."""
    try:
        text = read_regular(path / TIMESTAMP_FILE, MAX_BYTES).decode("utf-8", "replace")
    except (OSError, Unacceptable):
        return None
    when = parse_timestamp(text)
    if when is None:
        notes.append(f"{TIMESTAMP_FILE} holds no time")
    return None if when is None else when.isoformat()


def _take_the_only(
    folder: Path, files: dict[str, bytes], assignment: Assignment, notes: list[str]
) -> None:
    """Take the one Python file there is for the one that is wanted: browsers and people rename what they save."""
    modules = assignment.manifest.modules
    if len(modules) != 1 or len(files) != 1 or os.path.lexists(folder / f"{modules[0]}.py"):
        return
    ((name, data),) = files.items()
    if any(mentions(function, data) for function in assignment.functions):
        notes.append(f"guessed: {name}.py is taken for {modules[0]}.py")
        files.clear()
        files[modules[0]] = data


def _deeper(folder: Path, modules: Sequence[str]) -> str | None:
    """Where within a folder a module lies that is looked for at its top alone."""
    for count, (path, folders, names) in enumerate(os.walk(folder)):
        if count >= _MOST_FOLDERS:
            break
        here = Path(path).relative_to(folder)
        if count and f"{modules[0]}.py" in names:
            return printable(here.as_posix())
        if len(here.parts) >= _DEEPEST:
            folders.clear()
        folders[:] = [name for name in folders if name not in _LEFT_BEHIND]
    return None


def _misnamed(files: dict[str, bytes], modules: Sequence[str], notes: list[str]) -> bytes | None:
    """Take out a notebook that has the name of a module; it is no Python."""
    for name in modules:
        data = files.get(name, b"")
        if data.lstrip()[:1] == b"{" and b'"nbformat"' in data:
            notes.append(f"guessed: {name}.py is a notebook by another name, and is read as one")
            return files.pop(name)
    return None


def _read_folder(
    folder: Path, notes: list[str], modules: Sequence[str]
) -> tuple[dict[str, bytes], int]:
    """The Python files of a folder, and how many others lie there that nobody expects."""
    files: dict[str, bytes] = {}
    total = 0
    other = 0
    wanted = {f"{name}.py" for name in modules}
    # What is graded comes first, however much lies around it.
    listed = sorted(os.scandir(folder), key=lambda item: (item.name not in wanted, item.name))
    for number, entry in enumerate(listed):
        if number >= 20 * MAX_FILES:
            notes.append("more files than anyone would hand in; the rest was not looked at")
            break
        name = printable(entry.name)
        if not entry.is_file(follow_symlinks=False):
            if not entry.is_dir(follow_symlinks=False):
                notes.append(f"{name} is ignored: it is not a regular file")
            continue
        if not name.endswith(".py"):
            other += (
                not name.startswith(".") and name != TIMESTAMP_FILE and not name.endswith(SUFFIX)
            )
            continue
        if len(files) >= MAX_FILES:
            raise Unacceptable(f"it has more than {MAX_FILES} Python files")
        data = read_regular(Path(entry.path), MAX_BYTES)
        total += len(data)
        if total > MAX_BYTES:
            raise Unacceptable(f"its Python files are larger than {MAX_BYTES >> 20} MiB together")
        files[name.removesuffix(".py")] = data
    return files, other


def _read_notebook(folder: Path, assignment: Assignment, notes: list[str]) -> bytes | None:
    """The notebook of the assignment, or the only one there is."""
    names = [f"{assignment.name}.ipynb"]
    if not (folder / names[0]).exists():
        with os.scandir(folder) as listed:
            names = [
                entry.name
                for entry in islice(listed, 20 * MAX_FILES)
                if entry.name.endswith(SUFFIX) and entry.is_file(follow_symlinks=False)
            ]
    if len(names) != 1:
        if names:
            notes.append(f"none of its {len(names)} notebooks is called {assignment.name}.ipynb")
        return None
    try:
        return read_regular(folder / names[0], MAX_NOTEBOOK)
    except (OSError, Unacceptable) as error:
        notes.append(f"its notebook is ignored: {getattr(error, 'strerror', None) or error}")
        return None
