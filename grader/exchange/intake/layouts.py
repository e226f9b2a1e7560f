"""How systems name what students handed in: each layout takes a path apart into whose it is and what it is."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from grader.exchange.intake.sources import Member

_CANVAS = re.compile(
    r"^(?P<name>[^_]+)_(?P<late>LATE_)?(?P<id>\d+)_(?P<submission>\d+)_(?P<file>.+)$"
)
_MOODLE = re.compile(
    r"^(?P<name>[^_]*)_(?P<id>\d+)_assignsubmission_(?P<kind>file|onlinetext)(?:_(?P<file>.*))?$"
)
_INBOX = re.compile(
    r"^(?P<student>[^+]+)\+(?P<assignment>[^+]+)\+(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [^+]+)(?:\+.*)?$"
)
_GRADESCOPE = re.compile(r"^submission_(?P<id>\d+)$")


@dataclass(frozen=True)
class Piece:
    """A file of somebody: the ids that the path holds, the path within what was handed in, and the file."""

    ids: tuple[str, ...]
    inside: tuple[str, ...]
    member: Member
    late: bool = False
    #: When it was handed in, where several times lie beside each other; the greatest is the newest.
    time: str = ""
    #: Who handed in, in the words of the system, where its number may be another one's.
    name: str = ""


@dataclass(frozen=True)
class Layout:
    """A way of naming; `take` gives the piece of a path, or None where it is not named so."""

    name: str
    title: str
    take: Callable[[Member, "Around"], Piece | None]


@dataclass
class Around:
    """What the other paths tell: the common beginning of repositories, the folders that are clones."""

    assignment: str
    clones: dict[tuple[str, ...], str] = field(default_factory=dict)


def around(assignment: str, listed: Sequence[Member]) -> Around:
    """What is to be known of all paths before one is taken apart."""
    roots = [member.steps[:-1] for member in listed if member.steps[-1] == ".git"]
    names = [root[-1] for root in roots if root]
    prefix = ""
    if len(names) > 1:
        first, last = min(names), max(names)
        shared = next((i for i, c in enumerate(first) if last[i : i + 1] != c), len(first))
        prefix = first[: first[:shared].rfind("-") + 1]
    elif names:
        slugs = (f"{assignment}-", f"{assignment.replace('_', '-')}-")
        prefix = next((slug for slug in slugs if names[0].startswith(slug)), "")
    clones = {root: root[-1].removeprefix(prefix) for root in roots if root}
    return Around(assignment, clones)


def _canvas(member: Member, _known: Around) -> Piece | None:
    found = _CANVAS.match(member.steps[-1])
    if found is None:
        return None
    # The number is the student's in Canvas; the name is only a name.
    return Piece((found["id"],), (found["file"],), member, bool(found["late"]))


def _moodle(member: Member, _known: Around) -> Piece | None:
    for depth, step in enumerate(member.steps):
        found = _MOODLE.match(step)
        if found is not None:
            rest = member.steps[depth + 1 :]
            inside = rest or ((found["file"],) if found["file"] else ())
            # Teams are numbered apart from participants.
            name = "" if found["name"] == "Participant" else found["name"]
            ids = found["id"], f"Participant {found['id']}"
            return Piece(ids, inside, member, name=name) if inside else None
    return None


def _gradescope(member: Member, _known: Around) -> Piece | None:
    for depth, step in enumerate(member.steps[:-1]):
        found = _GRADESCOPE.match(step)
        if found is not None:
            return Piece((step, found["id"]), member.steps[depth + 1 :], member)
    return None


def _nbgrader(member: Member, known: Around) -> Piece | None:
    steps = member.steps[1:] if member.steps[0] == "submitted" else member.steps
    if len(steps) < 3 or steps[1] != known.assignment:
        return None
    return Piece((steps[0],), steps[2:], member)


def _inbox(member: Member, known: Around) -> Piece | None:
    for depth, step in enumerate(member.steps[:-1]):
        found = _INBOX.match(step)
        if found is not None and found["assignment"] == known.assignment:
            inside = member.steps[depth + 1 :]
            return Piece((found["student"],), inside, member, time=found["time"])
    return None


def _github(member: Member, known: Around) -> Piece | None:
    for depth in range(1, len(member.steps)):
        student = known.clones.get(member.steps[:depth])
        if student:
            return Piece((student,), member.steps[depth:], member)
    return None


def _plain(member: Member, _known: Around) -> Piece | None:
    first, *rest = member.steps
    if rest:
        return Piece((first,), tuple(rest), member)
    stem, dot, ending = first.rpartition(".")
    return Piece((stem,), (first,), member) if dot and ending in ("py", "ipynb", "zip") else None


LAYOUTS = {
    layout.name: layout
    for layout in (
        Layout("canvas", "Canvas's submissions.zip", _canvas),
        Layout("moodle", "Moodle's submissions", _moodle),
        Layout("gradescope", "Gradescope's export", _gradescope),
        Layout("nbgrader", "nbgrader's submitted/", _nbgrader),
        Layout("inbox", "an inbox, ours or nbgrader's", _inbox),
        Layout("github", "clones of GitHub Classroom", _github),
        Layout("folders", "one folder or file a student", _plain),
    )
}


def likely(listed: Sequence[Member], known: Around) -> Layout:
    """The first layout that most of the files follow; one folder a student where none does."""
    files = [member for member in listed if member.steps[-1] != ".git"]
    # What lies in a clone may be laid out as other systems do it.
    first = [LAYOUTS["github"]] if known.clones else []
    for layout in (*first, *LAYOUTS.values()):
        fitting = sum(layout.take(member, known) is not None for member in files)
        if fitting * 2 > len(files):
            return layout
    return LAYOUTS["folders"]
