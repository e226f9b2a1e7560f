import copy

import numpy as np

from grader.sandbox import effects
from grader.suite.seeds import derive_rng


def test_a_test_draws_the_same_for_the_same_seed_and_otherwise_for_any_other() -> None:
    first = derive_rng("seed", "a").random(4).tolist()
    assert derive_rng("seed", "a").random(4).tolist() == first
    assert derive_rng("seed", "b").random(4).tolist() != first
    assert derive_rng("other", "a").random(4).tolist() != first


def test_its_numbers_are_evenly_spread() -> None:
    drawn = np.array([derive_rng("seed", str(number)).random() for number in range(4000)])
    counts = np.histogram(drawn, bins=10, range=(0, 1))[0]
    # Chi squared with nine degrees of freedom: more than 40 has a chance of one in a hundred thousand.
    assert ((counts - 400.0) ** 2 / 400).sum() < 40


def test_it_has_children_like_any_generator() -> None:
    one, two = derive_rng("seed", "a").spawn(2)
    assert one.random() != two.random()
    rng = derive_rng("seed", "a")
    rng.spawn(1)
    assert rng.spawn(1)[0].random() == derive_rng("seed", "a").spawn(2)[1].random()


def test_a_copy_goes_on_like_the_original() -> None:
    rng = derive_rng("seed", "a")
    rng.spawn(1)
    twin = copy.deepcopy(rng)
    assert (twin.random(), twin.spawn(1)[0].random()) == (rng.random(), rng.spawn(1)[0].random())


def test_what_crosses_of_it_makes_another_like_it() -> None:
    rng = derive_rng("seed", "a")
    rng.random(3)
    rng.spawn(2)
    twin = effects.make_generator(*effects.describe_generator(rng))
    assert (twin.random(), twin.spawn(1)[0].random()) == (rng.random(), rng.spawn(1)[0].random())
