"""Random generators that cross: their state goes with a call, and what comes back is checked before it is set."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.sandbox.records import Malformed

#: Children that one call may spawn.
MAX_CHILDREN = 100_000


def generator_state(generator: np.random.Generator) -> tuple[str, Any, Any]:
    """The kind, the state and the seed sequence of a generator, as values of the wire."""
    bits = generator.bit_generator
    sequence = getattr(bits, "seed_seq", None)
    seed = None
    if isinstance(sequence, np.random.SeedSequence):
        entropy: Any = sequence.entropy
        if isinstance(entropy, Sequence) and not isinstance(entropy, str):
            entropy = [int(part) for part in entropy]
        seed = (entropy, tuple(sequence.spawn_key), sequence.pool_size, sequence.n_children_spawned)
    return type(bits).__name__, bits.state, seed


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
        spawned = item[1]
        sequence = getattr(generator.bit_generator, "seed_seq", None)
        generator.bit_generator.state = item[0]
        if isinstance(sequence, np.random.SeedSequence) and type(spawned) is int:
            more = spawned - sequence.n_children_spawned
            if not 0 <= more <= MAX_CHILDREN:
                raise Malformed("a generator state that is none")
            if more:
                sequence.spawn(more)


#: Parts of a state that drawing never changes; whoever changes them chooses another stream.
_CONSTANT = ("bit_generator", "inc", "key")
_BOUNDS = {"pos": 624, "has_uint32": 1, "uinteger": (1 << 32) - 1, "buffer_pos": 4}


def _like(ours: Any, theirs: Any, name: str = "") -> bool:
    """Whether a received state could follow from ours: same structure, numbers in range, constants unchanged."""
    if isinstance(ours, dict):
        return (
            type(theirs) is dict
            and ours.keys() == theirs.keys()
            and all(_like(ours[key], theirs[key], key) for key in ours)
        )
    if isinstance(ours, np.ndarray):
        return (
            type(theirs) is np.ndarray
            and theirs.dtype == ours.dtype
            and theirs.shape == ours.shape
            # Mersenne Twister calls its changing state "key" too; it is the long one.
            and (name != "key" or ours.size > 16 or bool((ours == theirs).all()))
        )
    if isinstance(ours, str):
        return type(theirs) is str and ours == theirs
    if type(theirs) is not int or not 0 <= theirs <= _BOUNDS.get(name, (1 << 128) - 1):
        return False
    return name not in _CONSTANT or theirs == ours
