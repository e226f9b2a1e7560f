"""Hidden tests of stratified_split."""

import numpy as np
import pytest

from grader import assert_exact, unchanged

pytestmark = pytest.mark.function("stratified_split")


def assert_split(result, y, counts):
    """Assert that a split is one, with so many members of each class in validation."""
    assert isinstance(result, tuple), f"a pair (train, val) was wanted, got {type(result).__name__}"
    train, val = result
    assert_exact(np.sort(np.concatenate([train, val])), np.arange(len(y)))
    for part in (train, val):
        assert_exact(part, np.sort(part))
    members = np.asarray(y)[val]
    assert_exact({label: int(np.sum(members == label)) for label in counts}, counts)


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("Count the members of each class in validation.")
def test_each_class_gives_its_share(student, domain, rng):
    unequal = rng.permutation(np.repeat([0, 1, 2], [5, 20, 40]))
    for y, drawn, generator in (domain.draw(rng), (unequal, rng.uniform(0.25, 0.45), rng)):
        members, fraction = np.bincount(y), drawn
        while np.any(np.abs(fraction * members % 1 - 0.5) < 1e-6):
            fraction += 0.001
        counts = {k: int(np.floor(fraction * m + 0.5)) for k, m in enumerate(members.tolist())}
        assert_split(student.stratified_split(y, fraction, generator), y, counts)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("19.6 spaces: 19 or 20? And half a space, what are round(0.5) and round(2.5)?")
def test_shares_are_rounded_and_halves_go_up(student, rng):
    y = rng.permutation(np.repeat([0, 1, 2, 3], [2, 6, 10, 14]))
    counts = {0: 1, 1: 2, 2: 3, 3: 4}
    assert_split(student.stratified_split(y, 0.25, rng), y, counts)
    y = rng.permutation(np.repeat([0, 1], [98, 13]))
    assert_split(student.stratified_split(y, 0.2, rng), y, {0: 20, 1: 3})


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Which comes first in the returned pair? Should validation look like the lot?")
def test_a_lot_with_few_vacant_spaces(student, rng):
    y = rng.permutation(np.repeat([0, 1], [190, 10]))
    result = student.stratified_split(y, 0.3, rng)
    assert_split(result, y, {0: 57, 1: 3})
    assert_exact([len(result[0]), len(result[1])], [140, 60])
    # Ten zones, each with such a share: chance alone never gives every class its number.
    zones = rng.permutation(np.repeat(np.arange(20), [19, 5] * 10))
    counts = {label: 2 if label % 2 else 6 for label in range(20)}
    assert_split(student.stratified_split(zones, 0.3, rng), zones, counts)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Do two generators give two splits? Can every space be chosen?")
def test_every_member_can_be_chosen_and_left_out(student, rng):
    # 100 classes of five: how often is the first, second, ... member of a class chosen?
    y = np.arange(500) % 100
    train, val = student.stratified_split(y, 0.4, rng)
    for part in (train, val):
        places = np.bincount(part // 100, minlength=5)
        assert np.all(places > 0), f"members by their place in the class: {places}"
    assert len(val) == 200


@pytest.mark.group("edge")
@pytest.mark.points(0.75)
@pytest.mark.hint("Classes need not be 0 and 1, nor arrays of integers.")
def test_takes_any_classes_and_number_types(student, rng):
    y = [7, 0, 3, 3, 0, 7, 7, 3, 0, 7, 7, 0]
    assert_split(student.stratified_split(y, 0.5, rng), y, {0: 2, 3: 2, 7: 3})
    labels = np.array([1, 0, 0, 1, 0, 0, 0])
    for kind in (bool, float):
        wanted = {0: 2, 1: 1}
        assert_split(student.stratified_split(labels.astype(kind), 0.35, rng), labels, wanted)
    strided = np.arange(20)[::2] % 3
    assert_split(student.stratified_split(strided, 0.25, rng), strided, {0: 1, 1: 1, 2: 1})


@pytest.mark.group("edge")
@pytest.mark.points(0.75)
@pytest.mark.hint("Indices are integers, even where there are none.")
def test_small_classes_and_empty_parts(student, rng):
    none = np.zeros(0, dtype=int)
    assert_exact(student.stratified_split(np.array([4]), 0.5, rng), (none, np.array([0])))
    assert_exact(student.stratified_split(np.array([0]), 0.25, rng), (np.array([0]), none))
    y = np.array([2, 0, 1, 1, 1])
    assert_split(student.stratified_split(y, 0.4, rng), y, {0: 0, 1: 1, 2: 0})


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_the_generator_alone_decides(student, rng):
    y = rng.permutation(np.repeat([0, 1], [40, 20]))
    first, second = rng.choice(2**40, 2, replace=False)
    one, other, again = (
        student.stratified_split(y, 0.4, np.random.default_rng(seed))
        for seed in (first, second, first)
    )
    assert_exact(again, one)
    assert not np.array_equal(one[1], other[1]), "two generators gave the same split"


@pytest.mark.group("property")
@pytest.mark.points(0.25)
@pytest.mark.hint("Are the chosen members spread over the class, or next to each other?")
def test_the_chosen_members_are_spread_at_random(student, rng):
    y = np.repeat([0, 1], [80, 80])
    _, val = student.stratified_split(y, 0.5, rng)
    for members in (val[val < 80], val[val >= 80]):
        # Of two neighbours in the class both are chosen about 20 times; less than 6 or more than
        # 34 times does not happen by chance.
        assert 6 <= np.sum(np.diff(members) == 1) <= 34


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_impossible_shares_and_no_examples_are_errors(student, rng):
    y = np.array([0, 1, 0, 1, 1, 0])
    for fraction in (0.0, 1.0, 1.5, -0.5):
        with pytest.raises(ValueError, match=r"(?i)\bval_fraction\b"):
            student.stratified_split(y, fraction, rng)
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.stratified_split(np.zeros(0, dtype=int), 0.5, rng)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("The result depends on the arguments of this call and on nothing else.")
def test_leaves_its_argument_alone_and_keeps_nothing(student, rng):
    first, second = np.array([0, 1, 1, 0, 0, 1]), [1, 0, 1, 1, 0, 0, 0, 1]
    first.flags.writeable = False
    seeds = rng.choice(2**40, 2, replace=False)
    seen = {}
    for key in (0, 1, 0):
        y = (first, second)[key]
        result = student.stratified_split(y, 0.4, np.random.default_rng(seeds[key]))
        assert_split(result, y, {0: 1, 1: 1} if key == 0 else {0: 2, 1: 2})
        unchanged(student.stratified_split)
        assert_exact(result, seen.setdefault(key, result))
