"""What a call did besides returning: arguments that changed, memory that a result shares, generators that advanced.

Standard library and numpy only: a worker imports this.
"""

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
from numpy.random.bit_generator import ISpawnableSeedSequence

from grader.sandbox.wire import GeneratorSlot, written

#: Arrays of a result that are compared with the arguments for shared memory.
MAX_ALIAS_CHECKS = 256

_CONTAINERS = (np.ndarray, list, tuple, dict)
_IMMUTABLE = (float, int, str, bool, type(None))
BIT_GENERATORS = {
    kind.__name__: kind
    for kind in (
        np.random.PCG64,
        np.random.PCG64DXSM,
        np.random.MT19937,
        np.random.Philox,
        np.random.SFC64,
    )
}


def make_generator(
    kind: str, state: dict[str, Any], seed_sequence: tuple[Any, tuple[int, ...], int, int] | None
) -> np.random.Generator:
    """A generator in the state of one of the trusted side's."""
    if seed_sequence is None:
        bits: Any = BIT_GENERATORS[kind](0)
    else:
        entropy, spawn_key, pool_size, spawned = seed_sequence
        sequence = np.random.SeedSequence(
            entropy, spawn_key=spawn_key, pool_size=pool_size, n_children_spawned=spawned
        )
        bits = BIT_GENERATORS[kind](sequence)
    bits.state = state
    return np.random.Generator(bits)


def slot(generators: list[np.random.Generator], generator: np.random.Generator) -> GeneratorSlot:
    """The place of a generator among those that cross together; one that is not yet among them is added."""
    for number, known in enumerate(generators):
        if known is generator:
            return GeneratorSlot(number)
    generators.append(generator)
    return GeneratorSlot(len(generators) - 1)


def describe_generator(generator: np.random.Generator) -> tuple[str, Any, Any]:
    """What makes another like it, as values of the wire: kind, state and seed sequence."""
    bits = generator.bit_generator
    sequence = _sequence_of(generator)
    seed = None
    if sequence is not None:
        entropy = sequence.entropy
        if isinstance(entropy, Sequence) and not isinstance(entropy, str):
            entropy = [int(part) for part in entropy]
        seed = (entropy, tuple(sequence.spawn_key), sequence.pool_size, sequence.n_children_spawned)
    return type(bits).__name__, bits.state, seed


def state_of(generator: np.random.Generator) -> tuple[Any, int]:
    """Its state, and how many children were spawned from it."""
    sequence = _sequence_of(generator)
    return generator.bit_generator.state, 0 if sequence is None else sequence.n_children_spawned


def advance(generator: np.random.Generator, state: Any, spawned: int) -> None:
    """Set a generator to a state that another like it has reached."""
    generator.bit_generator.state = state
    sequence = _sequence_of(generator)
    if sequence is not None and spawned > sequence.n_children_spawned:
        sequence.spawn(spawned - sequence.n_children_spawned)


def _sequence_of(generator: np.random.Generator) -> Any:
    """The seed sequence that its children are spawned from, or None."""
    sequence = getattr(generator.bit_generator, "seed_seq", None)
    return sequence if isinstance(sequence, ISpawnableSeedSequence) else None


def changed(before: Any, after: Any) -> list[list[Any]]:
    """The paths at which the arguments differ from what they were; the first part is an index or a keyword."""
    paths: list[list[Any]] = []
    seen: set[int] = set()

    def walk(one: Any, two: Any, path: list[Any]) -> None:
        if len(paths) >= 16 or len(path) > 8:
            return
        if type(one) is not type(two):
            paths.append(path)
        elif isinstance(one, (list, tuple)):
            if id(two) in seen:
                return
            seen.add(id(two))
            if len(one) != len(two):
                paths.append(path)
                return
            for index, (left, right) in enumerate(zip(one, two, strict=True)):
                walk(left, right, [*path, index])
        elif isinstance(one, dict):
            if id(two) in seen:
                return
            seen.add(id(two))
            if list(one) != list(two):
                paths.append(path)
                return
            for key in one:
                walk(
                    one[key],
                    two[key],
                    [*path, key if isinstance(key, (str, int)) else repr(key)[:50]],
                )
        elif written(one) != written(two):
            paths.append(path)

    for index, (left, right) in enumerate(zip(before[0], after[0], strict=True)):
        walk(left, right, [index])
    for key in before[1]:
        walk(before[1][key], after[1].get(key), [key])
    return paths


def _arrays(value: Any, found: list[Any], path: list[Any], depth: int = 0) -> None:
    """Collect the mutable things in a value as (object, path).

    What a subclass of a submission says of its own class or items is not asked: it might never end.
    """
    kind = type(value)
    if len(found) >= MAX_ALIAS_CHECKS or depth > 8 or not issubclass(kind, _CONTAINERS):
        return
    if issubclass(kind, np.ndarray):
        found.append((value if kind is np.ndarray else np.ndarray.view(value, np.ndarray), path))
    elif issubclass(kind, dict):
        found.append((value, path))
        for key, item in dict.items(value):
            step = key if type(key) in (str, int) else "?"
            _arrays(item, found, [*path, step], depth + 1)
    else:
        if issubclass(kind, list):
            found.append((value, path))
        items = list.__iter__(value) if issubclass(kind, list) else tuple.__iter__(value)
        for index, item in enumerate(items):
            if len(found) >= MAX_ALIAS_CHECKS:
                return
            if issubclass(type(item), _CONTAINERS):
                _arrays(item, found, [*path, index], depth + 1)


def aliased(result: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[list[Any]]:
    """The paths of arguments that share memory with the result."""
    if type(result) is np.ndarray and result.base is None:
        values = (*args, *kwargs.values())
        if all(_has_own_memory(value) and value is not result for value in values):
            return []
    results: list[Any] = []
    _arrays(result, results, [])
    if not results:
        return []
    inputs: list[Any] = []
    for index, value in enumerate(args):
        _arrays(value, inputs, [index])
    for key, value in kwargs.items():
        _arrays(value, inputs, [key])
    return [path for value, path in inputs if any(_shares(value, made) for made, _ in results)]


def _has_own_memory(value: Any) -> bool:
    """Whether it can be seen at a glance that a value is no view of anything else."""
    kind = type(value)
    return kind in _IMMUTABLE or (kind is np.ndarray and value.base is None)


def _shares(one: Any, two: Any) -> bool:
    if one is two:
        return True
    if type(one) is not np.ndarray or type(two) is not np.ndarray:
        return False
    if one.size == 0 or two.size == 0 or not np.may_share_memory(one, two):
        return False
    try:
        return np.shares_memory(one, two, max_work=cast("Any", 10_000))
    except Exception:
        # Overlapping bounds whose exact overlap is too hard to decide count as shared.
        return True
