"""Hidden tests of minibatch_indices."""

import numpy as np
import pytest

from grader import assert_exact

pytestmark = pytest.mark.function("minibatch_indices")


def epoch(batches):
    """Return the examples of an epoch in their order."""
    return np.concatenate([np.asarray(batch) for batch in batches])


def is_one_cycle(order):
    """Tell whether, from place to place, all others come before 0 comes again."""
    i = 0
    for _ in order[1:]:
        i = order[i]
        if i == 0:
            return False
    return True


def generator(rng):
    return np.random.default_rng(int(rng.integers(1 << 40)))


@pytest.mark.group("value")
@pytest.mark.points(2)
@pytest.mark.hint("Are all examples used, and none twice?")
def test_cuts_all_examples_into_batches(student, rng):
    for n, batch_size, stream in [
        (10, 4, generator(rng)),
        (122, 3, generator(rng)),
        (201, 4, generator(rng)),
    ]:
        batches = student.minibatch_indices(n, batch_size, stream)
        full, rest = divmod(n, batch_size)
        assert [len(batch) for batch in batches] == [batch_size] * full + [rest] * (rest > 0)
        assert_exact(np.sort(epoch(batches)), np.arange(n))


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("Sorted labels: what does the first batch see? Can 0 and n - 1 meet in a batch?")
def test_examples_from_everywhere_meet_in_a_batch(student, rng):
    n, batch_size = 1200, 30
    batches = student.minibatch_indices(n, batch_size, generator(rng))
    order = epoch(batches).astype(float)
    assert_exact(np.sort(order).astype(int), np.arange(n))
    # Of neighbours in a random order, about 2 are neighbours in number, and 20 never are.
    assert np.sum(np.abs(np.diff(order)) == 1) < 20
    # Nor do the same few distances come again and again: some 800 different ones occur.
    assert len(np.unique(np.diff(order))) > 400
    # The place in a random order says nothing about the number: correlation within 6 sigma.
    assert abs(np.corrcoef(order, np.arange(n))[0, 1]) < 6 / np.sqrt(n)
    # Each batch reaches over most of the range.
    spans = [np.ptp(batch) for batch in batches]
    assert np.mean(spans) > 0.8 * n
    # And the batches do not begin in ascending order.
    assert 5 < np.sum(np.diff([int(batch[0]) for batch in batches]) > 0) < 34


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("Two calls with different generators gave identical results, or a new epoch did.")
def test_the_order_comes_from_the_generator(student, rng):
    seed = int(rng.integers(1 << 40))
    stream = np.random.default_rng(seed)
    first = epoch(student.minibatch_indices(40, 6, stream))
    second = epoch(student.minibatch_indices(40, 6, stream))
    other = epoch(student.minibatch_indices(40, 6, np.random.default_rng(seed + 1)))
    again = epoch(student.minibatch_indices(40, 6, np.random.default_rng(seed)))
    assert not np.array_equal(first, second)
    assert not np.array_equal(first, other)
    assert not np.array_equal(second, other)
    assert_exact(again, first)


@pytest.mark.group("edge")
@pytest.mark.points(1)
@pytest.mark.hint("Which batches do you get if batch_size is n, or more, or divides n?")
def test_batch_sizes_from_1_to_more_than_n(student, rng):
    for n, batch_size, sizes in [
        (5, 1, [1] * 5),
        (6, 3, [3, 3]),
        (4, 5, [4]),
    ]:
        batches = student.minibatch_indices(n, batch_size, generator(rng))
        assert [len(batch) for batch in batches] == sizes
        assert_exact(np.sort(epoch(batches)), np.arange(n))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_a_single_example(student, rng):
    (batch,) = student.minibatch_indices(1, 2, generator(rng))
    assert_exact(batch, np.array([0]))


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_many_examples_and_sizes_of_numpys_integer_type(student, rng):
    batches = student.minibatch_indices(np.int64(5000), np.int64(32), generator(rng))
    assert len(batches) == 157
    assert len(batches[-1]) == 8
    assert_exact(np.sort(epoch(batches)), np.arange(5000))


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_every_example_is_equally_likely_everywhere(student, rng):
    n, n_epochs, stream = 400, 5, generator(rng)
    places, neighbours, cycles = np.zeros((n_epochs, n)), 0, []
    for row in range(n_epochs):
        order = epoch(student.minibatch_indices(n, 90, stream))
        places[row, order] = np.arange(n)
        neighbours += np.sum(np.abs(np.diff(order.astype(int))) == 1)
        cycles.append(is_one_cycle(order.tolist()))
    # In a random order, about 2 neighbours are neighbours in number.
    assert neighbours < 6 * n_epochs
    # Of all orders, one in n is a single cycle; a shuffle that lets nothing stay makes no other.
    assert not all(cycles)
    # No example keeps its place.
    assert np.all(np.ptp(places, axis=0) > 0)
    # The sum of n squares of nearly independent standard normal numbers.
    sigma = np.sqrt((n * n - 1) / 12 / n_epochs)
    distances = (places.mean(axis=0) - (n - 1) / 2) / sigma
    assert np.sum(distances**2) < n + 10 * np.sqrt(2 * n)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_two_epochs_agree_in_few_places_only(student, rng):
    stream, places = generator(rng), np.zeros((2, 500), dtype=int)
    for place in places:
        place[epoch(student.minibatch_indices(500, 50, stream))] = np.arange(500)
    # About one place of 500 agrees by chance.
    assert np.sum(places[0] == places[1]) < 15
    # And of the 50 examples that have met in a batch, about 5 meet again.
    first, second = places // 50
    assert np.bincount(10 * first + second).max() < 25


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
def test_sizes_below_1_are_errors(student, rng):
    for name, n, batch_size in [
        ("n", 0, 3),
        ("batch_size", 5, 0),
        ("n", -2, 3),
        ("batch_size", 5, -2),
    ]:
        with pytest.raises(ValueError, match=rf"(?i)\b{name}\b"):
            student.minibatch_indices(n, batch_size, generator(rng))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_returns_a_list_of_integer_arrays(student, rng):
    batches = student.minibatch_indices(7, 3, generator(rng))
    assert isinstance(batches, list)
    for batch in batches:
        assert isinstance(batch, np.ndarray)
        assert batch.dtype.kind in "iu"
        assert batch.ndim == 1


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_keeps_nothing_between_calls(student, rng):
    def draw(n, seed):
        return epoch(student.minibatch_indices(n, 4, np.random.default_rng(seed)))

    seed = int(rng.integers(1 << 40))
    first, other = draw(20, seed), draw(13, seed + 1)
    assert_exact(np.sort(other), np.arange(13))
    assert_exact(draw(20, seed), first)
