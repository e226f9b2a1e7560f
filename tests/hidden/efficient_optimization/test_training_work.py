"""Hidden tests of training_work."""

import numpy as np
import pytest

from grader import assert_exact

pytestmark = pytest.mark.function("training_work")


@pytest.mark.group("value")
@pytest.mark.points(1.5)
def test_agrees_with_the_reference_on_random_trainings(student, solution, domain, rng):
    for _ in range(2):
        args = domain.draw(rng)
        assert_exact(student.training_work(*args), solution.training_work(*args))


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("What happens to the last two examples, and how many examples does a check read?")
def test_known_budgets(student):
    for args, expected in [
        ((10, 4, 3, 2), (9, 30, 50)),
        ((11, 5, 4, 3), (12, 44, 55)),
        ((7, 3, 2, 6), (6, 14, 14)),
    ]:
        assert_exact(student.training_work(*args), expected)


@pytest.mark.group("edge")
@pytest.mark.points(1)
def test_no_epoch_large_batches_and_large_numbers(student):
    for args, expected in [
        ((50, 8, 0, 3), (0, 0, 50)),
        ((5, 64, 6, 2), (6, 30, 20)),
        ((3, 1, 2, 7), (6, 6, 3)),
        ((10**9 + 7, 3, 10**3, 10**3), (333333336000, 10**12 + 7000, 333333339333333359)),
    ]:
        assert_exact(student.training_work(*args), expected)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_grows_with_the_epochs_and_full_batches_take_one_step_each(student, rng):
    batch_size = int(rng.integers(3, 9))
    n = 6 * batch_size + int(rng.integers(1, batch_size))
    steps, gradients, losses = student.training_work(n, batch_size, 1, 1)
    assert (steps - 1) * batch_size < n <= steps * batch_size
    assert_exact(gradients, n)
    assert_exact(losses, n * (1 + steps))
    assert_exact(student.training_work(n, batch_size, 4, 4), (4 * steps, 4 * n, n * (1 + steps)))
    assert_exact(student.training_work(n, n, 5, 5), (5, 5 * n, 2 * n))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_arguments_out_of_range_are_errors(student):
    for name, args in [
        ("n_examples", (0, 2, 3, 1)),
        ("batch_size", (8, 0, 3, 1)),
        ("n_epochs", (8, 2, -1, 1)),
        ("check_every", (8, 2, 3, 0)),
        ("n_examples", (-8, 2, 3, 1)),
        ("batch_size", (8, -2, 3, 1)),
        ("check_every", (8, 2, 3, -2)),
    ]:
        with pytest.raises(ValueError, match=rf"(?i)\b{name}\b"):
            student.training_work(*args)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Can you take half a step? All three are ints.")
def test_returns_a_tuple_of_ints_and_keeps_nothing(student):
    for args, expected in [((12, 4, 2, 3), (6, 24, 36)), ((9, 2, 2, 5), (10, 18, 27))]:
        result = student.training_work(*args)
        assert isinstance(result, tuple)
        assert all(isinstance(count, (int, np.integer)) for count in result)
        assert_exact(result, expected)
