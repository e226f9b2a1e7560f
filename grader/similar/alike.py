"""Which submissions are alike, and where: fingerprints of a few tokens, chosen by winnowing and weighted by rarity.

Winnowing is that of Schleimer, Wilkerson and Aiken (2003), as Moss does it: a passage of `SURE` tokens that two
submissions share is always found, one of fewer than `SHORTEST` never. What the stub holds does not count, and what
many submissions hold hardly counts: that is what the task asks for.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from grader.errors import MissingExtraError
from grader.similar.documents import Document

SHORTEST: Final = 20
WINDOW: Final = 10
SURE: Final = SHORTEST + WINDOW - 1
#: Places of one fingerprint in one submission that are looked at: who repeats a line a thousand times repeats it.
_PLACES: Final = 8
#: What is worth a look: so large a share, with so many fingerprints that nobody else has (or more of common ones);
#: or one passage with so many.
LEAST: Final = 0.25
_FEWEST: Final = 8
_STRONG: Final = 15
#: Pairs that are looked at closely.
_MOST: Final = 500
_COLUMNS: Final = 4096


@dataclass(frozen=True)
class Passage:
    """Tokens that two submissions share: where they begin in each, and how many they are."""

    first: int
    second: int
    length: int


@dataclass(frozen=True)
class Pair:
    """Two submissions, the passages that they share, longest first, and how alike they are, from 0 to 1."""

    first: Document
    second: Document
    #: Who else handed in the same as the first one and as the second one, whatever they call things.
    others: tuple[tuple[str, ...], tuple[str, ...]]
    passages: tuple[Passage, ...]
    share: float


def pairs(groups: Sequence[Sequence[Document]], stub: Document) -> list[Pair]:
    """The pairs that are worth a look, the most alike first; those in a group have the same symbols.

    Raises MissingExtraError.
    """
    try:
        from copydetect.utils import winnow
    except ImportError as error:
        raise MissingExtraError("staff", "comparing submissions") from error
    known = _hashes(stub.symbols)
    class_ = _Class([_prints(group[0], known, winnow) for group in groups])
    found = []
    for one, other in class_.likely():
        (first, *more), (second, *others) = groups[one], groups[other]
        places = class_.prints[one], class_.prints[other]
        passages = _passages(first.symbols, second.symbols, places, class_.rare(one, other))
        strong = any(class_.strength(one, each) >= _STRONG for each in passages)
        if passages and (strong or class_.share[one, other] >= LEAST):
            same = tuple(each.student for each in more), tuple(each.student for each in others)
            found.append(Pair(first, second, same, passages, float(class_.share[one, other])))
    for group, mine in zip(groups, class_.prints, strict=True):
        if len(group) > 1 and len(mine) >= _FEWEST:
            first, second, *others = group
            whole = (Passage(0, 0, len(first.symbols)),)
            same = (), tuple(each.student for each in others)
            found.append(Pair(first, second, same, whole, 1.0))
    return sorted(found, key=lambda pair: (-pair.share, pair.first.student))


#: The fingerprints of a submission that are not the stub's, and where each of them stands.
_Prints = dict[int, list[int]]


def _prints(document: Document, stub: NDArray[np.int64], winnow: Callable[..., Any]) -> _Prints:
    hashes = _hashes(document.symbols)
    known = np.isin(hashes, stub)
    places: _Prints = {}
    selected, indices = winnow(hashes, WINDOW, remove_duplicates=False)
    for value, at in zip(selected.tolist(), indices.tolist(), strict=True):
        if not known[at]:
            listed = places.setdefault(value, [])
            if len(listed) < _PLACES:
                listed.append(at)
    return places


def _hashes(symbols: str) -> NDArray[np.int64]:
    """A number for each run of `SHORTEST` symbols, the same in every process."""
    codes = np.frombuffer(symbols.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    count = max(len(codes) - SHORTEST + 1, 0)
    total = np.zeros(count, dtype=np.uint64)
    for offset in range(SHORTEST):
        total = total * np.uint64(0x9E3779B97F4A7C15) + codes[offset : offset + count]
    # So that a float holds it exactly, as the library compares them.
    return (total >> np.uint64(12)).astype(np.int64)


class _Class:
    """The fingerprints of everybody, how much each of them tells, and how alike everybody is."""

    def __init__(self, prints: list[_Prints]) -> None:
        self.prints = prints
        count = len(prints)
        owners = np.repeat(np.arange(count), [len(each) for each in prints])
        values = np.array([value for each in prints for value in each], dtype=np.int64)
        unique, columns, held = np.unique(values, return_inverse=True, return_counts=True)
        #: 1 for what one alone has, nearly 0 for what everybody has.
        weights = np.log((count + 1) / held) / log(count + 1)
        self._weights: dict[int, float] = dict(zip(unique.tolist(), weights.tolist(), strict=True))
        self._common = set(unique[(held > 5) & (held * 4 > count)].tolist())
        whole = np.bincount(owners, weights[columns], minlength=count).astype(np.float32)
        self._both = np.zeros((count, count), dtype=np.float32)
        for start in range(0, len(unique), _COLUMNS):
            here = (columns >= start) & (columns < start + _COLUMNS)
            part = np.zeros((count, _COLUMNS), dtype=np.float32)
            part[owners[here], columns[here] - start] = np.sqrt(weights[columns[here]])
            self._both += part @ part.T
        total = np.add.outer(whole, whole)
        self.share = np.divide(2 * self._both, total, out=np.zeros_like(total), where=total > 0)

    def likely(self) -> list[tuple[int, int]]:
        """The pairs that may be worth a look, the most alike first."""
        enough = self._both >= _FEWEST
        enough &= (self.share >= LEAST) | (self._both >= _STRONG)
        first, second = np.nonzero(np.triu(enough, 1))
        order = np.argsort(-self.share[first, second], kind="stable")[:_MOST]
        return list(zip(first[order].tolist(), second[order].tolist(), strict=True))

    def rare(self, one: int, other: int) -> set[int]:
        """The fingerprints that two submissions share and that many others do not."""
        return (self.prints[one].keys() & self.prints[other].keys()) - self._common

    def strength(self, one: int, passage: Passage) -> float:
        """As how many fingerprints that nobody else has the passage of a submission counts."""
        last = passage.first + passage.length - SHORTEST
        return sum(
            self._weights[value]
            for value, places in self.prints[one].items()
            if any(passage.first <= at <= last for at in places)
        )


def _passages(
    first: str, second: str, prints: tuple[_Prints, _Prints], shared: set[int]
) -> tuple[Passage, ...]:
    """What surrounds each shared fingerprint as far as both agree; of those that overlap, the longest."""
    ends: dict[int, int] = defaultdict(int)
    grown = []
    one, other = prints
    for i, j in sorted((i, j) for value in shared for i in one[value] for j in other[value]):
        if i < ends[j - i]:
            continue
        back = _agree(first[:i][::-1], second[:j][::-1])
        length = back + _agree(first[i:], second[j:])
        ends[j - i] = i - back + length
        grown.append(Passage(i - back, j - back, length))
    taken, taken_too = np.zeros(len(first), dtype=bool), np.zeros(len(second), dtype=bool)
    kept = []
    for each in sorted(grown, key=lambda each: (-each.length, each.first, each.second)):
        here = slice(each.first, each.first + each.length)
        there = slice(each.second, each.second + each.length)
        if not taken[here].any() and not taken_too[there].any():
            taken[here] = taken_too[there] = True
            kept.append(each)
    return tuple(kept)


def _agree(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
