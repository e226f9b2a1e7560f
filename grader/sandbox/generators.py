"""Random generators that cross: their state goes with a call, and what comes back is checked before it is used."""

from typing import Any

import numpy as np

from grader.sandbox import effects
from grader.sandbox.records import Malformed

#: Children that one call may spawn.
MAX_CHILDREN = 100_000
#: Generators that one call-back may be given.
MAX_GENERATORS = 64
#: Parts of a seed sequence.
MAX_WORDS = 64


def set_states(generators: list[np.random.Generator], states: Any) -> None:
    """Advance our generators to the states that a call left. Raises Malformed for states that cannot follow
    from ours.
    """
    if type(states) is not list or len(states) != len(generators):
        raise Malformed("generator states that are none")
    for generator, item in zip(generators, states, strict=True):
        if (
            type(item) is not tuple
            or len(item) != 2
            or not _like(generator.bit_generator.state, item[0])
        ):
            raise Malformed("a generator state that is none")
        spawned, before = item[1], effects.state_of(generator)[1]
        if type(spawned) is not int or not 0 <= spawned - before <= MAX_CHILDREN:
            raise Malformed("a generator state that is none")
    for generator, (state, spawned) in zip(generators, states, strict=True):
        effects.advance(generator, state, spawned)


def make_generators(descriptions: Any) -> list[np.random.Generator]:
    """Generators that a worker passes to a call-back, made anew here. Raises Malformed for what describes none."""
    if descriptions is None:
        return []
    if type(descriptions) is not list or len(descriptions) > MAX_GENERATORS:
        raise Malformed("generators that are none")
    return [_make(item) for item in descriptions]


def _make(item: Any) -> np.random.Generator:
    if type(item) is not tuple or len(item) != 3 or type(item[0]) is not str:
        raise Malformed("a generator that is none")
    kind, state, seed = item
    known = effects.BIT_GENERATORS.get(kind)
    if known is None or not _like(known(0).state, state, same_stream=False):
        raise Malformed("a generator state that is none")
    if seed is not None and not _is_seed(seed):
        raise Malformed("a seed sequence that is none")
    return effects.make_generator(kind, state, seed)


def _is_seed(seed: Any) -> bool:
    if type(seed) is not tuple or len(seed) != 4:
        return False
    entropy, spawn_key, pool_size, spawned = seed
    words = [entropy] if type(entropy) is int else entropy
    return (
        type(words) is list
        and 0 < len(words) <= MAX_WORDS
        and type(spawn_key) is tuple
        and len(spawn_key) <= MAX_WORDS
        and all(type(word) is int and word >= 0 for word in (*words, *spawn_key))
        and type(pool_size) is int
        and 4 <= pool_size <= MAX_WORDS
        and type(spawned) is int
        and 0 <= spawned <= MAX_CHILDREN
    )


#: Parts of a state that drawing never changes; whoever changes them chooses another stream.
_CONSTANT = ("bit_generator", "inc", "key")
_BOUNDS = {"pos": 624, "has_uint32": 1, "uinteger": (1 << 32) - 1, "buffer_pos": 4}


def _like(ours: Any, theirs: Any, name: str = "", *, same_stream: bool = True) -> bool:
    """Whether a received state could be one of a generator like ours: same structure, numbers in range; of the
    same stream, constants unchanged.
    """
    if isinstance(ours, dict):
        return (
            type(theirs) is dict
            and ours.keys() == theirs.keys()
            and all(_like(ours[key], theirs[key], key, same_stream=same_stream) for key in ours)
        )
    if isinstance(ours, np.ndarray):
        return (
            type(theirs) is np.ndarray
            and theirs.dtype == ours.dtype
            and theirs.shape == ours.shape
            # Mersenne Twister calls its changing state "key" too; it is the long one.
            and (not same_stream or name != "key" or ours.size > 16 or bool((ours == theirs).all()))
        )
    if isinstance(ours, str):
        return type(theirs) is str and ours == theirs
    if type(theirs) is not int or not 0 <= theirs <= _BOUNDS.get(name, (1 << 128) - 1):
        return False
    return not same_stream or name not in _CONSTANT or theirs == ours
