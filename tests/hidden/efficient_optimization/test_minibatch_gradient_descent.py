"""Hidden tests of minibatch_gradient_descent."""

import numpy as np
import pytest

from grader import Size, assert_close, assert_exact, no_alias, unchanged

pytestmark = pytest.mark.function("minibatch_gradient_descent")


def generator(rng):
    return np.random.default_rng(int(rng.integers(1 << 40)))


def numbered(n):
    """Return data from which each example can be told: features (i, -i), target 10 i."""
    i = np.arange(float(n))
    return np.column_stack([i, -i]), 10 * i


class Recorder:
    """A gradient that depends on parameters and batch, and remembers the examples it saw."""

    def __init__(self):
        self.points = []
        self.batches = []

    def __call__(self, params, X, y):
        self.points.append(float(params[0]))
        self.batches.append(np.asarray(y, dtype=float) / 10)
        assert_close(X, np.column_stack([self.batches[-1], -self.batches[-1]]))
        return (self.gradient(float(params[0]), self.batches[-1]),)

    @staticmethod
    def gradient(point, batch):
        return 0.5 * point + float(np.mean(batch)) - 4.0


@pytest.mark.group("value")
@pytest.mark.points(1)
def test_agrees_with_the_reference_where_no_order_matters(student, solution, domain, rng):
    *args, stream = domain.draw(rng, Size(n=4, d=2))
    expected = solution.minibatch_gradient_descent(*args, np.random.default_rng(0))
    assert_close(student.minibatch_gradient_descent(*args, stream), expected, "T1")


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("At which point is batch 2's gradient taken, and how many updates has an epoch?")
def test_takes_a_step_after_every_batch(student, rng):
    X, y = numbered(14)
    record = Recorder()
    (end,) = student.minibatch_gradient_descent(record, (2.0,), X, y, 0.125, 5, 2, generator(rng))
    assert len(record.batches) == 6
    point = 2.0
    for seen, batch in zip(record.points, record.batches, strict=True):
        assert_close(seen, point, "T1")
        point -= 0.125 * record.gradient(point, batch)
    assert_close(end, point, "T1")
    first, second = np.concatenate(record.batches[:3]), np.concatenate(record.batches[3:])
    assert not np.array_equal(first, second)


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("With all examples in one batch, this is the descent of the assignment before.")
def test_one_batch_of_all_examples_is_full_batch_descent(student, rng):
    X, w, b = rng.normal(size=(8, 2)), rng.normal(size=2), 0.5
    y = X @ [1.0, -2.0] + 3.0

    def grad_fn(params, X, y):
        residuals = X @ params[0] + params[1] - y
        return 2 * X.T @ residuals / len(y), 2 * np.mean(residuals)

    start = (w, b)
    got = student.minibatch_gradient_descent(grad_fn, start, X, y, 0.1, 8, 2, generator(rng))
    for _ in range(2):
        dw, db = grad_fn((w, b), X, y)
        w, b = w - 0.1 * dw, b - 0.1 * db
    assert_close(got, (w, b), "T2")


@pytest.mark.group("value")
@pytest.mark.points(0.75)
@pytest.mark.hint("Does each row keep its label?")
def test_every_row_keeps_its_target(student, rng):
    X = rng.normal(size=(11, 3))
    y = rng.permutation(11)
    seen = []

    def grad_fn(_params, batch, targets):
        rows = [int(np.flatnonzero((row == X).all(axis=1))[0]) for row in batch]
        assert_close(targets, y[rows].astype(float))
        seen.extend(rows)
        return (np.ones(3),)

    start = (np.zeros(3),)
    got = student.minibatch_gradient_descent(grad_fn, start, X, y, 0.5, 4, 1, generator(rng))
    assert_exact(np.sort(seen), np.arange(11))
    assert_close(got, (np.full(3, -1.5),), "T1")


@pytest.mark.group("value")
@pytest.mark.points(0.75)
@pytest.mark.hint("grad_fn averages over its batch already.")
def test_learns_a_line_in_a_few_epochs(student, rng):
    x = rng.permutation(np.linspace(-1, 1, 24))

    def grad_fn(params, X, y):
        residuals = X[:, 0] * params[0] + params[1] - y
        return 2 * np.mean(X[:, 0] * residuals), 2 * np.mean(residuals)

    args = (grad_fn, (0.0, 0.0), x[:, np.newaxis], 3 * x + 1, 0.5, 6, 3, generator(rng))
    w, b = student.minibatch_gradient_descent(*args)
    # Three steps with full batches leave w below 2.3.
    assert abs(w - 3) < 0.2
    assert abs(b - 1) < 0.1


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_no_epoch_gives_the_start(student, rng):
    X, y = numbered(5)
    record = Recorder()
    args = (record, (np.array([1.0, 2.0]), 3.0), X, y, 0.5, 2, 0, generator(rng))
    assert_close(student.minibatch_gradient_descent(*args), (np.array([1.0, 2.0]), 3.0))
    assert not record.batches


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("The last batch may be smaller than the others, and there may be only one.")
def test_batch_sizes_from_1_to_more_than_n(student, rng):
    for n, batch_size, sizes in [(3, 1, [1, 1, 1]), (3, 50, [3]), (1, 1, [1])]:
        X, y = numbered(n)
        record = Recorder()
        (end,) = student.minibatch_gradient_descent(
            record, (2.0,), X, y, 0.5, batch_size, 1, generator(rng)
        )
        assert [len(batch) for batch in record.batches] == sizes
        point = 2.0
        for batch in record.batches:
            point -= 0.5 * record.gradient(point, batch)
        assert_close(end, point, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(1)
@pytest.mark.hint("Try X and y as lists and of type uint8, and whole numbers as parameters.")
def test_takes_lists_and_arrays_of_any_number_type(student, rng):
    X, y = [[1, 200], [3, 0], [5, 100], [7, 255]], [2, 6, 10, 14]

    def grad_fn(_params, X, y):
        assert X.dtype == np.float64
        assert_close(2.0 * X[:, 0], y)
        return X.mean(axis=0), float(np.mean(y))

    start = (np.array([1, 2]), 8)
    expected = (np.array([-1.0, -67.375]), 4.0)
    for kind in (list, np.uint8, np.float32):
        arrays = (X, y) if kind is list else (np.array(X, dtype=kind), np.array(y, dtype=kind))
        got = student.minibatch_gradient_descent(grad_fn, start, *arrays, 0.5, 4, 1, generator(rng))
        assert_close(got, expected, "T1")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Print the first indices of epochs 1 and 2.")
def test_every_epoch_has_an_order_of_its_own(student, rng):
    X, y = numbered(21)
    record = Recorder()
    student.minibatch_gradient_descent(record, (0.0,), X, y, 0.125, 7, 3, generator(rng))
    epochs = [record.batches[3 * e : 3 * e + 3] for e in range(3)]
    orders = [np.concatenate(batches) for batches in epochs]
    # Which examples meet in a batch, whatever the order of batches and in them.
    meetings = [{tuple(sorted(batch)) for batch in batches} for batches in epochs]
    for i in range(3):
        assert_close(np.sort(orders[i]), np.arange(21.0))
        assert not np.array_equal(orders[i], np.arange(21.0))
        for j in range(i):
            assert not np.array_equal(orders[i], orders[j])
            assert meetings[i] != meetings[j]


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Two calls with different generators gave identical results, or equal ones did not."
)
def test_the_orders_come_from_the_generator(student, rng):
    X, y = numbered(21)
    seed = int(rng.integers(1 << 40))

    def run(stream):
        record = Recorder()
        args = (record, (0.0,), X, y, 0.125, 11, 1, stream)
        (end,) = student.minibatch_gradient_descent(*args)
        return end, np.concatenate(record.batches)

    stream = np.random.default_rng(seed)
    end, order = run(stream)
    _, later = run(stream)
    _, other = run(np.random.default_rng(seed + 1))
    assert not np.array_equal(order, later)
    assert not np.array_equal(order, other)
    assert_close(run(np.random.default_rng(seed)), (end, order), "T1")


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_data_that_do_not_fit_are_an_error(student, rng):
    X, y = numbered(4)
    for targets in (y[:3], np.append(y, 50.0)):
        with pytest.raises(ValueError, match=r"(?i)shape"):
            student.minibatch_gradient_descent(
                lambda *_: (1.0,), (1.0,), X, targets, 0.1, 2, 1, generator(rng)
            )
    with pytest.raises(ValueError, match=r"(?i)empty"):
        student.minibatch_gradient_descent(
            lambda *_: (1.0,), (1.0,), X[:0], y[:0], 0.1, 2, 1, generator(rng)
        )


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_arguments_out_of_range_are_errors(student, rng):
    X, y = numbered(4)
    for name, rate, batch_size, n_epochs in [
        ("learning_rate", 0.0, 2, 1),
        ("batch_size", 0.1, 0, 1),
        ("batch_size", 0.1, -2, 1),
        ("n_epochs", 0.1, 2, -1),
    ]:
        with pytest.raises(ValueError, match=rf"(?i)\b{name}\b"):
            student.minibatch_gradient_descent(
                lambda *_: (1.0,), (1.0,), X, y, rate, batch_size, n_epochs, generator(rng)
            )


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint(
    "After your call, are the data in their old order, and is the start where it was?"
)
def test_leaves_its_arguments_alone(student, rng):
    X, y = numbered(3)
    for n_epochs in (1, 0):
        start = (np.array([1.0, 2.0]), 3.0)
        args = (lambda *_: (np.ones(2), 1.0), start, X, y, 0.5, 2, n_epochs, generator(rng))
        result = student.minibatch_gradient_descent(*args)
        unchanged(student.minibatch_gradient_descent)
        no_alias(student.minibatch_gradient_descent)
        assert_close(result, (start[0] - n_epochs, 3.0 - n_epochs))
        assert isinstance(result, tuple)
        assert result[0].dtype == np.float64
    for array in (X, y, start[0]):
        array.flags.writeable = False
    args = (lambda *_: (np.ones(2), 1.0), start, X, y, 0.5, 3, 1, generator(rng))
    assert_close(student.minibatch_gradient_descent(*args), (np.array([0.5, 1.5]), 2.5))


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_keeps_nothing_between_calls(student, rng):
    X, y = numbered(3)
    for factor, start, shift in [(1.0, 2.0, 0.0), (1.0, 4.0, 2.0), (3.0, 4.0, 2.0)]:
        got = student.minibatch_gradient_descent(
            lambda params, X, _, factor=factor: (factor * (params[0] + np.mean(X[:, 0])),),
            (start,),
            X + shift,
            y,
            0.5,
            3,
            1,
            generator(rng),
        )
        assert_close(got, (start - 0.5 * factor * (start + 1 + shift),), "T1")
