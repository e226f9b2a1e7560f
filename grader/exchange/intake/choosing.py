"""Out of everything that one student handed in, the files of an assignment; what was guessed is told."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from grader.course import Assignment
from grader.exchange.handing_in import RECEIPT_FILE
from grader.exchange.intake.layouts import Piece
from grader.exchange.times import TIMESTAMP_FILE

#: What systems and browsers put behind the name of a file that was handed in again.
_AGAIN = re.compile(r"^(?P<stem>.+?)(?:-(?P<n>\d{1,3})| ?\((?P<m>\d{1,3})\))$")

#: The longest name of a module, in bytes: file systems end soon after, and a zip does not.
_LONGEST = 200


@dataclass
class Choice:
    """The files of one student by the names under which they are graded, and what was guessed and left out."""

    files: dict[str, Piece] = field(default_factory=dict)
    guessed: list[str] = field(default_factory=list)
    ignored: list[tuple[str, str]] = field(default_factory=list)


def choose(pieces: Sequence[Piece], assignment: Assignment) -> Choice:
    """The modules, what lies beside them, the notebook and the time."""
    choice = Choice()
    # Of two files of one name the one that lies nearer to the top.
    ordered = sorted(pieces, key=lambda piece: (len(piece.inside), piece.inside))
    modules = [piece for piece in ordered if piece.inside[-1].endswith(".py")]
    for name in assignment.manifest.modules:
        _take(choice, f"{name}.py", modules)
    folder = next((c.inside[:-1] for c in choice.files.values()), None)
    left = [piece for piece in modules if piece not in choice.files.values()]
    lacking = [f"{n}.py" for n in assignment.manifest.modules if f"{n}.py" not in choice.files]
    if len(lacking) == 1 and len(left) == 1:
        choice.files[lacking[0]] = left.pop()
        choice.guessed.append(f"{choice.files[lacking[0]].inside[-1]} is taken for {lacking[0]}")
    for piece in left:
        name = piece.inside[-1]
        if len(name.encode("utf-8", "surrogatepass")) > _LONGEST:
            choice.ignored.append((piece.member.path, "its name is too long"))
        elif piece.inside[:-1] == folder and name not in choice.files:
            choice.files[name] = piece
        else:
            choice.ignored.append((piece.member.path, "no module of the assignment"))
    _take_notebook(choice, ordered, assignment)
    for piece in ordered:
        if piece.inside[-1] == TIMESTAMP_FILE:
            choice.files.setdefault(TIMESTAMP_FILE, piece)
        elif not piece.inside[-1].endswith((".py", ".ipynb")) and piece.inside[-1] != RECEIPT_FILE:
            choice.ignored.append((piece.member.path, "neither a module nor a notebook"))
    return choice


def _take(choice: Choice, name: str, pieces: Iterable[Piece]) -> None:
    """Choose the newest file of that name; an exact name is the oldest, numbers count up."""
    fitting = [(number, piece) for piece in pieces if (number := _attempt(piece, name)) is not None]
    if not fitting:
        return
    newest, piece = max(fitting, key=lambda pair: pair[0])
    # The first of them lies nearest to the top.
    piece = next(one for number, one in fitting if number == newest)
    choice.files[name] = piece
    if piece.inside[-1] != name:
        choice.guessed.append(f"{piece.inside[-1]} is taken for {name}")
    for _, other in fitting:
        if other is not piece:
            choice.ignored.append((other.member.path, f"{piece.inside[-1]} is newer or nearer"))


def _attempt(piece: Piece, name: str) -> int | None:
    """Which attempt at a file this is, by its name; None for another file."""
    if piece.inside[-1] == name:
        return 0
    stem, _, ending = piece.inside[-1].rpartition(".")
    wanted, _, wanted_ending = name.rpartition(".")
    found = _AGAIN.match(stem)
    if found is None or ending != wanted_ending or found["stem"] != wanted:
        return None
    return int(found["n"] or found["m"])


def _take_notebook(choice: Choice, pieces: Sequence[Piece], assignment: Assignment) -> None:
    notebooks = [piece for piece in pieces if piece.inside[-1].endswith(".ipynb")]
    name = f"{assignment.name}.ipynb"
    _take(choice, name, notebooks)
    if name not in choice.files and len(notebooks) == 1:
        choice.files[name] = notebooks[0]
        choice.guessed.append(f"{notebooks[0].inside[-1]} is taken for {name}")
    elif name not in choice.files:
        choice.ignored += [(piece.member.path, f"none is called {name}") for piece in notebooks]
