"""Collects submissions into a folder that `grader grade` reads, and reports what it expected, found and guessed."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from grader.course import Assignment
from grader.errors import UsageError
from grader.exchange.grades import Grades, Person
from grader.exchange.intake.choosing import Choice, choose
from grader.exchange.intake.layouts import LAYOUTS, Layout, Piece, around, likely
from grader.exchange.intake.sources import Member, opened, unpacked
from grader.exchange.regular import Unacceptable
from grader.exchange.times import TIMESTAMP_FILE
from grader.feedback.files import file_name, write_private

#: Beside the students' folders, where `grade` does not look.
REPORT_FILE = ".intake.json"
_SUBMITTERS = re.compile(
    r"^(?P<key>submission_\d+):|:(?P<field>sid|email|created_at):\s*[\"']?(?P<value>[^\"'\n]+)",
    re.MULTILINE,
)


@dataclass
class Collected:
    """What came of it."""

    layout: str
    #: Students on the roster, if there is one.
    expected: int | None = None
    #: The names of the files of each student.
    found: dict[str, list[str]] = field(default_factory=dict)
    guessed: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    #: On the roster, and nothing of them here.
    missing: list[str] = field(default_factory=list)


def collect(
    source: Path,
    assignment: Assignment,
    *,
    layout: str = "auto",
    people: Mapping[str, Person] | None = None,
    out: Path | None = None,
) -> Collected:
    """Collect submissions, into `out` if that is given. Raises UsageError where nothing can be collected."""
    if out is not None and out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out} is not empty: name a new folder with --out")
    ignored: list[str] = []

    def ignore(path: str, why: str) -> None:
        ignored.append(f"{path}: {why}")

    with opened(source, ignore) as listed:
        known = around(assignment.name, listed)
        if layout not in ("auto", *LAYOUTS):
            raise UsageError(f"no layout {layout!r}; there are: auto, {', '.join(LAYOUTS)}")
        chosen = likely(listed, known) if layout == "auto" else LAYOUTS[layout]
        result = Collected(chosen.name, len(people) if people else None, ignored=ignored)
        if layout == "auto":
            result.guessed.append(f"the layout is that of {chosen.title}")
        pieces: list[Piece] = []
        for member in listed:
            if member.steps[-1] == ".git":
                continue
            piece = chosen.take(member, known)
            if piece is None:
                if member.steps[-1] != "submission_metadata.yml":
                    ignore(member.path, f"not named as in {chosen.title}")
            elif piece.inside[-1].lower().endswith(".zip"):
                pieces += _from_zip(piece, ignored)
            else:
                pieces.append(piece)
        _sort_out(result, pieces, assignment, people or {}, _submitters(chosen, listed), out)
    if not result.found:
        raise UsageError(f"no submissions of {assignment.name} in {source}", slug="no-submissions")
    if out is not None:
        text = json.dumps(asdict(result), indent=1, ensure_ascii=False)
        write_private(out / REPORT_FILE, text + "\n")
    return result


def _from_zip(piece: Piece, ignored: list[str]) -> list[Piece]:
    """What lies in a zip that a student handed in, as if it lay beside it."""
    depth = len(piece.member.steps) - 1
    above = piece.inside[:-1]
    inner = unpacked(piece.member, lambda path, why: ignored.append(f"{path}: {why}"))
    return [replace(piece, inside=(*above, *one.steps[depth:]), member=one) for one in inner]


def _another(name: str, listed: str) -> bool:
    """Whether two names of one student have no word in common."""
    one, other = (set(re.findall(r"\w+", text.casefold())) for text in (name, listed))
    return bool(one and other) and not one & other


def _submitters(layout: Layout, listed: Iterable[Member]) -> dict[str, dict[str, str]]:
    """What Gradescope's export says beside its folders: who handed in each of them, and when."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for member in listed:
        if layout.name == "gradescope" and member.steps[-1] == "submission_metadata.yml":
            key = ""
            try:
                text = member.read().decode("utf-8", "replace")
            except Unacceptable:
                continue
            for line in _SUBMITTERS.finditer(text):
                key = line["key"] or key
                if line["field"]:
                    found[key].setdefault(line["field"], line["value"].strip())
    return found


def _sort_out(
    result: Collected,
    pieces: Iterable[Piece],
    assignment: Assignment,
    people: Mapping[str, Person],
    submitters: Mapping[str, Mapping[str, str]],
    out: Path | None,
) -> None:
    """Find whose each piece is, choose among the pieces of each student, and write what was chosen."""
    roster = Grades((), people)
    grouped: dict[str, list[Piece]] = defaultdict(list)
    names: dict[str, str] = {}
    for piece in pieces:
        facts = submitters.get(piece.ids[0], {})
        told = tuple(facts[name] for name in ("sid", "email") if name in facts)
        known = roster.student(*told, *piece.ids)
        student = known or next(iter((*told, *piece.ids)))
        grouped[student].append(piece)
        if people and known is None:
            names[student] = "not on the roster"
        elif known is not None and _another(piece.name, roster.person(known).name):
            listed = roster.person(known).name
            names[student] = f"handed in as {piece.name!r}, on the roster as {listed!r}"
    for student, why in names.items():
        result.guessed.append(f"{student}: {why}")
    for student in sorted(grouped):
        newest = max(piece.time for piece in grouped[student])
        mine = [piece for piece in grouped[student] if piece.time == newest]
        earlier = len(grouped[student]) - len(mine)
        if earlier:
            result.ignored.append(f"{student}: {earlier} files of earlier attempts")
        choice = choose(mine, assignment)
        result.ignored += [f"{path}: {why}" for path, why in choice.ignored]
        result.guessed += [f"{student}: {what}" for what in choice.guessed]
        if any(piece.late for piece in mine):
            result.late.append(student)
        when = submitters.get(mine[0].ids[0], {}).get("created_at")
        kept = _write(result, student, choice, when, out)
        if kept:
            result.found[student] = kept
    result.missing = [student for student in sorted(people) if student not in result.found]


def _write(
    result: Collected, student: str, choice: Choice, when: str | None, out: Path | None
) -> list[str]:
    """Read what was chosen, and write it where it shall lie; the names of the files."""
    kept = []
    for name, piece in choice.files.items():
        try:
            data = piece.member.read()
        except Unacceptable as error:
            result.ignored.append(f"{piece.member.path}: {error}")
        else:
            if out is not None:
                write_private(out / folder_of(student) / name, data)
            kept.append(name)
    if when is not None and kept and TIMESTAMP_FILE not in kept and out is not None:
        write_private(out / folder_of(student) / TIMESTAMP_FILE, f"{when}\n")
    return kept


def folder_of(student: str) -> str:
    """The folder of a student: the name itself wherever it can be one."""
    # In bytes, of which file systems take some 250.
    short = len(student.encode("utf-8", "surrogatepass")) <= 200
    usable = short and student.isprintable() and not student.startswith((".", "~"))
    if usable and not set(student) & set('/\\:*?"<>|') and student == student.strip(" ."):
        return student
    return file_name(student)
