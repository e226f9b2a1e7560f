"""Tries relations between wrong results and right ones on all answers at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from grader.diagnose.evidence import Pair, Seen
from grader.diagnose.explanation import Explanation
from grader.diagnose.relation import Key, Relation, Words
from grader.sandbox.records import Path

#: Wrong answers on independent inputs that an explanation must hold of.
WITNESSES: Final = 3
#: Parts of results that lie deeper are not taken for themselves.
DEEP: Final = 2


def related(rule: Relation, chosen: Sequence[Seen], wrong: Sequence[Seen]) -> Iterator[Explanation]:
    """The keys under which a rule holds of all these answers."""
    if rule.whole:
        yield from _holding(rule, None, [seen.whole for seen in chosen if seen.got.returned])
        return
    if any(not seen.pairs for seen in wrong):
        return
    if any(len(pair.path) > DEEP for seen in wrong for pair in seen.wrong_pairs):
        return
    paths = list(dict.fromkeys(pair.path for seen in wrong for pair in seen.wrong_pairs))
    yield from _holding(rule, tuple(paths), _pairs_at(chosen, paths))
    if len(paths) > 1:
        for path in paths:
            pairs = _pairs_at(chosen, [path])
            if sum(pair.wrong for pair in pairs) >= WITNESSES:
                yield from _holding(rule, (path,), pairs)


def _pairs_at(chosen: Sequence[Seen], paths: Sequence[Path]) -> list[Pair]:
    return [pair for seen in chosen for pair in seen.pairs or () if pair.path in paths]


def _holding(
    rule: Relation, paths: tuple[Path, ...] | None, pairs: Sequence[Pair]
) -> Iterator[Explanation]:
    wrong = [pair for pair in pairs if pair.wrong]
    right = [] if rule.local else [pair for pair in pairs if not pair.wrong]
    if not wrong or (rule.numeric and not _vary(wrong)):
        return
    keys = list(dict.fromkeys(key for pair in wrong[:2] for key in rule.propose(pair)))
    held = [key for key in keys if all(rule.holds(key, pair) for pair in (*wrong, *right))]
    if held:
        for key in rule.prefer(held):
            yield Explanation(
                rule.say(key, wrong[0]).kind,
                rule.rank_of(key) + (0.4 if paths and len(paths) == 1 and paths != ((),) else 0),
                _Holds(rule, key, paths),
                _Says(rule, key, paths),
            )


def _vary(pairs: Sequence[Pair]) -> bool:
    """Whether the right numbers are not just one or two, of which anything is a multiple."""
    wanted: set[float] = set()
    for pair in pairs:
        if pair.want_numbers is not None:
            wanted.update(pair.want_numbers.ravel()[:8].tolist())
        if len(wanted) >= WITNESSES:
            return True
    return False


@dataclass(frozen=True)
class _Holds:
    rule: Relation
    key: Key
    paths: tuple[Path, ...] | None

    def __call__(self, seen: Seen) -> bool:
        pairs = _chosen(seen, self.paths)
        return bool(pairs) and all(self.rule.holds(self.key, pair) for pair in pairs if pair.wrong)


@dataclass(frozen=True)
class _Says:
    rule: Relation
    key: Key
    paths: tuple[Path, ...] | None

    def __call__(self, seen: Seen) -> Words:
        pairs = _chosen(seen, self.paths)
        pair = next((pair for pair in pairs if pair.wrong), pairs[0])
        if self.paths is not None and len(self.paths) > 1:
            pair = replace(pair, path=())
        return self.rule.say(self.key, pair)


def _chosen(seen: Seen, paths: tuple[Path, ...] | None) -> list[Pair]:
    if paths is None:
        return [seen.whole]
    return [pair for pair in seen.pairs or () if pair.path in paths]
