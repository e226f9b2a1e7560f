"""Two submissions laid side by side: functions that share passages beside each other, and what is called otherwise."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from grader.similar.alike import Pair
from grader.similar.documents import Document, lexed

#: Renamed things that are listed.
MOST_NAMES: Final = 8
_BEGINS = re.compile(r"(?:async\s+)?(?:def|class)\s+(\w+)")


@dataclass(frozen=True)
class Piece:
    """A run of text that is shown in one way; `passage` is the number of the shared passage that it is part of."""

    text: str
    kind: str
    passage: int = 0
    #: The passage begins here.
    begins: bool = False
    #: In the other submission something else stands in this place.
    differs: bool = False


@dataclass(frozen=True)
class Line:
    """A line of code, or several lines of a docstring that are left out."""

    number: int
    pieces: tuple[Piece, ...] = ()
    left_out: int = 0


@dataclass(frozen=True)
class Block:
    """A function or class with what follows it, or what stands above the first."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Sides:
    """What is shown of a pair."""

    pair: Pair
    rows: tuple[tuple[Block | None, Block | None], ...]
    #: Functions of either that share nothing.
    rest: tuple[str, ...]
    #: What is called so in the first and so in the second.
    renamed: tuple[tuple[str, str], ...]
    #: Lines of the first that the longest passage touches.
    longest: int


@dataclass
class _Side:
    """One submission of a pair: for each of its symbols the passage, and whether the other one has something else."""

    document: Document
    passage: NDArray[np.int32]
    differs: NDArray[np.bool_]
    begins: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, document: Document) -> "_Side":
        size = len(document.symbols)
        return cls(document, np.zeros(size, dtype=np.int32), np.zeros(size, dtype=bool))

    def word(self, at: int) -> str:
        return self.document.text[self.document.starts[at] : self.document.ends[at]]


def sides(pair: Pair) -> Sides:
    """Lay a pair side by side."""
    first, second = _Side.of(pair.first), _Side.of(pair.second)
    names: Counter[tuple[str, str]] = Counter()
    met: list[tuple[int, int]] = []
    in_order = sorted(pair.passages, key=lambda each: each.first)
    for number, each in enumerate(in_order, 1):
        first.begins.add(each.first)
        second.begins.add(each.second)
        for i in range(each.length):
            one, other = each.first + i, each.second + i
            first.passage[one] = second.passage[other] = number
            met.append((one, other))
            here, there = first.word(one), second.word(other)
            if here != there:
                first.differs[one] = second.differs[other] = True
                if here.isidentifier() and there.isidentifier():
                    names[here, there] += 1
    blocks, others = _blocks(first), _blocks(second)
    rows = _rows(blocks, others, _votes(pair, blocks, others, met))
    shown = {"", *(block.name for row in rows for block in row if block is not None)}
    left = [block.name for block in (*blocks, *others) if block.name not in shown]
    renamed = tuple(names_of for names_of, _ in names.most_common(MOST_NAMES))
    longest = pair.passages[0]
    begins = pair.first.starts[longest.first]
    ends = pair.first.ends[longest.first + longest.length - 1]
    lines = pair.first.text.count("\n", begins, ends) + 1
    return Sides(pair, tuple(rows), tuple(dict.fromkeys(left)), renamed, lines)


def _votes(
    pair: Pair, blocks: Sequence[Block], others: Sequence[Block], met: Sequence[tuple[int, int]]
) -> Counter[tuple[int, int]]:
    """How many shared symbols each two blocks have."""
    places = []
    for document, listed in ((pair.first, blocks), (pair.second, others)):
        breaks = [0, *(m.end() for m in re.finditer("\n", document.text))]
        begins = [breaks[block.lines[0].number - 1] for block in listed]
        places.append(np.searchsorted(begins, document.starts, side="right") - 1)
    return Counter((int(places[0][i]), int(places[1][j])) for i, j in met)


def _rows(
    blocks: Sequence[Block], others: Sequence[Block], votes: Counter[tuple[int, int]]
) -> list[tuple[Block | None, Block | None]]:
    """Each block with any shared symbol beside the one with which it shares the most, in the order of the first."""
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for (one, other), _ in votes.most_common():
        if one not in partner and other not in taken:
            partner[one] = other
            taken.add(other)
    rows: list[tuple[Block | None, Block | None]] = [
        (blocks[one], others[partner[one]] if one in partner else None)
        for one in sorted({one for one, _ in votes})
    ]
    rows += [(None, others[other]) for other in sorted({other for _, other in votes} - taken)]
    return rows


def _blocks(side: _Side) -> list[Block]:
    """The lines of a submission, cut before each function and class and what is written right above it."""
    lines = list(_lines(side))
    texts = side.document.text.split("\n")
    cuts = {0: ""}
    for line in lines:
        at = line.number - 1
        found = _BEGINS.match(texts[at]) if line.pieces else None
        if found is not None:
            while at > 0 and texts[at - 1].startswith(("@", "#")):
                at -= 1
            cuts[at] = found[1]
    numbers = [line.number for line in lines]
    made = []
    for start, end in pairwise([*sorted(cuts), len(texts)]):
        inside = lines[bisect_right(numbers, start) : bisect_right(numbers, end)]
        while len(inside) > 1 and not inside[-1].pieces and not inside[-1].left_out:
            inside.pop()
        if inside:
            made.append(Block(cuts[start], tuple(inside)))
    return made


def _lines(side: _Side) -> Iterator[Line]:
    """The lines; those of a docstring after its first are put together and left out."""
    number, current, folded = 1, list[Piece](), False
    for piece in _pieces(side):
        first, *more = piece.text.split("\n")
        if first:
            current.append(replace(piece, text=first))
        if more and piece.kind == "docstring":
            yield Line(number, tuple(current))
            yield Line(number + 1, left_out=len(more))
            # What is left of its last line is the end of that line.
            number, current, folded = number + len(more), [], True
            continue
        for text in more:
            if not folded:
                yield Line(number, tuple(current))
            folded = False
            number += 1
            # Indentation is nobody's.
            passage = 0 if piece.kind == "space" else piece.passage
            current = [replace(piece, text=text, passage=passage, begins=False)] if text else []
    if not folded:
        yield Line(number, tuple(current))


def _pieces(side: _Side) -> Iterator[Piece]:
    """The text in runs that look the same; what stands between two symbols of a passage belongs to it."""
    numbers = {int(start): at for at, start in enumerate(side.document.starts)}
    last = -1
    runs = []
    for kind, start, end in lexed(side.document.text):
        at = numbers.get(start)
        if at is None:
            following = last + 1 < len(side.passage) and last >= 0 and last + 1 not in side.begins
            inside = following and side.passage[last] == side.passage[last + 1]
            runs.append((kind, int(side.passage[last]) if inside else 0, False, False, start, end))
        else:
            last = at
            runs.append(
                (kind, int(side.passage[at]), at in side.begins, bool(side.differs[at]), start, end)
            )
    for (kind, passage, begins, differs), group in groupby(runs, key=lambda run: run[:4]):
        listed = list(group)
        text = side.document.text[listed[0][4] : listed[-1][5]]
        yield Piece(text, kind, passage, begins, differs)
