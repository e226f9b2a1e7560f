"""The random generator of one test for one submission."""

import hashlib
from typing import Any

import numpy as np
from numpy.random.bit_generator import ISpawnableSeedSequence


class Seed(ISpawnableSeedSequence):
    """A seed sequence whose first numbers are a digest as it is; children come from numpy's own sequence.

    numpy mixes what it is seeded with, in interpreted code that costs more than most tests. A digest is mixed already.
    """

    pool_size = 4
    spawn_key: tuple[int, ...] = ()

    def __init__(self, digest: bytes) -> None:
        self._digest = digest
        self._numpy: np.random.SeedSequence | None = None

    @property
    def entropy(self) -> int:
        """What numpy's own sequence is made of."""
        return int.from_bytes(self._digest[:16], "little")

    @property
    def n_children_spawned(self) -> int:
        """How many children were spawned."""
        return 0 if self._numpy is None else self._numpy.n_children_spawned

    def generate_state(self, n_words: int, dtype: Any = np.uint32) -> Any:
        """The first numbers for a bit generator of numpy."""
        wanted = np.dtype(dtype)
        if n_words * wanted.itemsize > len(self._digest):
            raise ValueError(f"a digest is no more than {len(self._digest)} bytes")
        return np.frombuffer(self._digest, wanted, n_words)

    def spawn(self, n_children: int) -> Any:
        """Children that are independent of each other and of this."""
        if self._numpy is None:
            self._numpy = np.random.SeedSequence(self.entropy)
        return self._numpy.spawn(n_children)


def derive_rng(seed: str, test_id: str) -> np.random.Generator:
    """The generator of one test: the same for the same seed and test, unrelated for any other."""
    digest = hashlib.sha256(f"{seed}\0{test_id}".encode()).digest()
    sequence: Any = Seed(digest)
    return np.random.Generator(np.random.PCG64(sequence))
