"""What is special about an input can be made, and what was made is recognised."""

from typing import Any

import numpy as np
import pytest

from grader.diagnose.judge import Judge
from grader.diagnose.trait import TRAITS, Trait, give, traits_of
from grader.domains import Size
from tests.diagnose.asked import judge


def every_sort(
    X: Any, y: Any, P: Any, labels: Any, rate: Any, k: Any, flag: Any, mode: Any, losses: Any
) -> Any:
    return float(np.sum(X))


def drawn(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    return (
        rng.normal(size=(size.n, size.d)),
        rng.normal(size=size.n),
        rng.uniform(size=(size.n, size.k)),
        rng.integers(0, size.k, size.n),
        float(rng.uniform(0.1, 0.9)),
        int(rng.integers(1, 5)),
        True,
        "mean",
        list(rng.normal(size=size.n)),
    )


@pytest.fixture(scope="module")
def judged() -> Judge:
    return judge(every_sort, drawn)


@pytest.mark.parametrize("trait", TRAITS, ids=lambda trait: trait.name)
def test_what_is_given_a_trait_shows_it(judged: Judge, trait: Trait) -> None:
    profiles, args = judged.bench.profiles, judged.bench.ordinary(0).args
    shown = {}
    for index, profile in enumerate(profiles):
        if profile.sort in trait.sorts:
            made = give(trait, profile, index, args, np.random.default_rng(3))
            if made is not None:
                found = traits_of(made, profiles)
                shown[profile.name] = any((one, at) == (trait, index) for one, _, at in found)
    assert shown
    assert all(shown.values()), shown
