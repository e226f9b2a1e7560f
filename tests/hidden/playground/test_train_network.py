"""Hidden tests of train_network."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from grader import Size, assert_close, no_alias, unchanged

pytestmark = pytest.mark.function("train_network")


def network(rng, sizes):
    """Draw a network whose layers have these sizes."""
    return [(rng.normal(0.0, p**-0.5, (p, q)), rng.normal(size=q)) for p, q in pairwise(sizes)]


def two_generators(rng):
    """Return two generators in the same state."""
    seed = int(rng.integers(1 << 32))
    return np.random.default_rng(seed), np.random.default_rng(seed)


def epochs_possible(examples, batch_size):
    """Yield every way to cut the examples into batches, the last one as small as need be."""
    if len(examples) <= batch_size:
        yield [examples]
        return
    for batch in combinations(examples, batch_size):
        rest = [i for i in examples if i not in batch]
        for others in epochs_possible(rest, batch_size):
            yield [list(batch), *others]


def logistic_epoch(X, y, layer, rate, batches):
    """Return what a network of one layer becomes after these batches."""
    W, b = layer
    for batch in batches:
        residual = 1 / (1 + np.exp(-(X[batch] @ W[:, 0] + b[0]))) - y[batch]
        dW = X[batch].T @ residual[:, np.newaxis] / len(batch)
        W, b = W - rate * dW, b - rate * residual.mean()
    return W, b


def logistic_loss(X, y, layer):
    """Return the mean cross-entropy of a network of one layer."""
    return np.mean(np.logaddexp(0, (1 - 2 * y) * (X @ layer[0][:, 0] + layer[1][0])))


def follow(X, y, layer, rate, batch_size, losses):
    """Find the batches of each epoch from the loss after it; return them and the last layer."""
    chosen = []
    for loss in losses[1:]:
        options = []
        for batches in epochs_possible(list(range(len(y))), batch_size):
            after = logistic_epoch(X, y, layer, rate, batches)
            options.append((abs(logistic_loss(X, y, after) - loss), batches, after))
        miss, batches, layer = min(options, key=lambda option: option[0])
        assert miss < 1e-9, (
            f"no way to cut {len(y)} examples into batches of {batch_size} gives the loss {loss}"
        )
        chosen.append(batches)
    return chosen, layer


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("With one batch of all examples an epoch is one step of gradient descent.")
def test_full_batches_agree_with_the_reference(student, solution, rng):
    for name, sizes in [("tanh", [2, 4, 1]), ("sigmoid", [3, 4, 3, 1]), ("relu", [2, 5, 1])]:
        X, y = rng.normal(size=(9, sizes[0])), rng.permutation([0, 1] * 4 + [0])
        params = network(rng, sizes)
        args = X, y, params, 0.4, 9, 3
        got = student.train_network(*args, rng, name)
        assert_close(got, solution.train_network(*args, rng, name), "T2")
    # Steps that are too long: the loss rises on the way, and training goes on.
    X, y, params = np.array([[2.0], [-1.0], [1.5]]), [1, 1, 0], [(np.ones((1, 1)), np.zeros(1))]
    trained, losses = student.train_network(X, y, params, 9.0, 3, 5, rng)
    expected = solution.train_network(X, y, params, 9.0, 3, 5, rng)
    assert_close((trained, losses), expected, "T2")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("How many updates per epoch, and does the last, smaller batch count too?")
def test_equal_examples_show_every_update(student, solution, rng):
    for n, batch_size in [(7, 3), (10, 4), (3, 1), (6, 2)]:
        x, params = rng.normal(size=2), network(rng, [2, 3, 1])
        args = np.tile(x, (n, 1)), np.full(n, n % 2), params, 0.3, batch_size, 2
        assert_close(student.train_network(*args, rng), solution.train_network(*args, rng), "T2")


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("Each epoch uses every example once, in batches of the wanted size.")
def test_losses_follow_from_the_batches_of_each_epoch(student, rng):
    for n, batch_size in [(3, 1), (4, 3), (5, 2)]:
        X, y, params = rng.normal(size=(n, 2)), np.arange(n) % 2, network(rng, [2, 1])
        got, losses = student.train_network(X, y, params, 0.8, batch_size, 3, rng)
        assert losses.shape == (4,)
        assert_close(losses[0], logistic_loss(X, y, params[0]), "T1")
        _, layer = follow(X, y, params[0], 0.8, batch_size, losses)
        assert_close(got, [layer], "T2")


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("Loss guarantees the correctness of back-propagation: does it fall?")
def test_a_small_network_learns_what_no_line_can(student, solution, rng):
    x = np.concatenate([np.linspace(-2.4, -1.8, 5), np.linspace(-0.4, 0.4, 9)])
    x = np.append(x, np.linspace(1.8, 2.4, 5))
    X, y = x[:, np.newaxis], (np.abs(x) < 1).astype(np.int64)
    params = [
        (np.array([[0.9, -0.8, 0.3]]), np.array([0.5, 0.4, -0.3])),
        (np.array([[0.4], [0.5], [-0.3]]), np.zeros(1)),
    ]
    # Over 200 shuffles: all right, and a last loss of at most 0.22 of the first.
    trained, losses = student.train_network(X, y, params, 0.5, 8, 20, rng)
    logits, _ = solution.network_forward(X, trained, "tanh")
    assert np.mean((logits >= 0) == y) >= 0.95
    assert losses[-1] < 0.5 * losses[0]


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("How good is the network before training?")
def test_no_epochs_give_the_same_values_and_one_loss(student, solution, domain, rng):
    for size in (Size(), Size(n=4, d=2, k=3)):
        X, y, params, rate, batch_size, _, _, name = domain.draw(rng, size)
        got, losses = student.train_network(X, y, params, rate, batch_size, 0, rng, name)
        assert_close(got, params)
        no_alias(student.train_network)
        expected = solution.train_network(X, y, params, rate, batch_size, 0, rng, name)[1]
        assert_close(losses, expected, "T1")


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
def test_a_batch_larger_than_the_data_and_a_single_example(student, solution, rng):
    for n, batch_size in [(5, 8), (1, 1), (1, 4)]:
        X, y, params = rng.normal(size=(n, 2)), np.arange(n) % 2, network(rng, [2, 3, 1])
        args = X, y, params, 0.3, batch_size, 2
        assert_close(student.train_network(*args, rng), solution.train_network(*args, rng), "T2")


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Try your function with params of type int and float32, and with X as a list.")
def test_takes_lists_and_arrays_of_any_number_type(student, solution, rng):
    X, y = [[3, 0], [1, 2], [0, 1], [2, 2], [1, 1]], [1, 0, 0, 1, 1]
    W, V = np.array([[1, 0, 1], [0, 1, 1]]), np.array([[1], [0], [1]])
    real = [(W + 0.0, np.array([0.0, 1.0, 0.0])), (V + 0.0, np.array([1.0]))]
    expected = solution.train_network(np.array(X) + 0.0, y, real, 0.3, 5, 2, rng)
    for kind, labels in ((np.uint8, bool), (np.int64, float), (np.float32, np.uint8)):
        params = [(M.astype(kind), b.astype(kind)) for M, b in real]
        for inputs, truth in ((X, y), (np.array(X, dtype=kind), np.array(y, dtype=labels))):
            got = student.train_network(inputs, truth, params, 0.3, 5, 2, rng)
            assert_close(got, expected, "T2")
    layout = np.repeat(np.array(X, dtype=float), 2, axis=1)[:, ::2]
    got = student.train_network(layout, np.repeat(y, 2)[::2], real, 0.3, 5, 2, rng)
    assert_close(got, expected, "T2")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Print the first indices of epochs 1 and 2, and those of two different seeds.")
def test_the_examples_are_shuffled_anew_in_each_epoch(student, rng):
    X, y, params = rng.normal(size=(4, 2)), np.arange(4) % 2, network(rng, [2, 1])
    _, losses = student.train_network(X, y, params, 0.8, 2, 40, rng)
    assert losses.shape == (41,)
    chosen, _ = follow(X, y, params[0], 0.8, 2, losses)
    # There are 6 ways to cut and 3 ways to pair: of 39 epochs some 6 repeat the one before, and
    # 20 or more with a probability of 6e-7; always the same pairs: of 3 ** -39.
    assert sum(one == two for one, two in pairwise(chosen)) < 20
    assert len({str(sorted(map(sorted, batches))) for batches in chosen}) > 1


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint(
    "Two calls with different generators gave identical results, or equal ones did not."
)
def test_the_generator_decides_and_the_last_loss_is_that_of_the_result(student, solution, rng):
    X, y, params = rng.normal(size=(12, 2)), np.arange(12) % 2, network(rng, [2, 3, 1])
    one, two = two_generators(rng)
    first = student.train_network(X, y, params, 0.5, 2, 2, one)
    assert_close(student.train_network(X, y, params, 0.5, 2, 2, two), first)
    # 12! / 2**6 ways to cut: equal by chance with a probability of 4e-7.
    other = student.train_network(X, y, params, 0.5, 2, 1, one)
    again = student.train_network(X, y, params, 0.5, 2, 1, np.random.default_rng(rng.integers(99)))
    assert len({first[1][1], other[1][1], again[1][1]}) == 3
    logits, _ = solution.network_forward(X, first[0], "tanh")
    with np.errstate(all="ignore"):
        loss = np.mean(np.logaddexp(0, (1 - 2 * y) * logits))
    assert_close(first[1][-1], loss, "T1")


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_a_negative_number_of_epochs_is_an_error(student, rng):
    X, y, params = rng.normal(size=(4, 2)), np.array([0, 1, 1, 0]), network(rng, [2, 1])
    for n_epochs in (-1, -5):
        with pytest.raises(ValueError, match=r"(?i)\bn_epochs\b"):
            student.train_network(X, y, params, 0.5, 2, n_epochs, rng)


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
@pytest.mark.hint("Start from the given params each time, and leave them as they were.")
def test_leaves_its_arguments_alone_and_starts_afresh_each_time(student, solution, rng):
    X, y = rng.normal(size=(5, 2)), np.array([0.0, 1.0, 1.0, 0.0, 1.0])
    params, others = network(rng, [2, 3, 1]), network(rng, [2, 3, 1])
    first, second = (X, y, params, 0.5, 5, 2), (-X[:4], y[:4], others, 0.3, 4, 1)
    for args in (first, second, first, first, second):
        got = student.train_network(*args, rng)
        assert_close(got, solution.train_network(*args, rng), "T2")
        unchanged(student.train_network)
        no_alias(student.train_network)
    for array in (X, y, *(array for layer in params for array in layer)):
        array.flags.writeable = False
    for n_epochs in (0, 2):
        args = X, y, params, 0.5, 5, n_epochs, rng
        assert_close(student.train_network(*args), solution.train_network(*args), "T2")
        no_alias(student.train_network)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("A pair: a list of tuples (W, b) of floats, and an array of n_epochs + 1 losses.")
def test_returns_a_list_of_layers_and_an_array_of_losses(student, domain, rng):
    X, y, params, rate, batch_size, n_epochs, generator, name = domain.draw(rng)
    for epochs in (0, n_epochs):
        result = student.train_network(X, y, params, rate, batch_size, epochs, generator, name)
        assert isinstance(result, tuple)
        trained, losses = result
        assert isinstance(trained, list)
        for layer, (W, b) in zip(trained, params, strict=True):
            assert isinstance(layer, tuple)
            assert [array.shape for array in layer] == [W.shape, b.shape]
            assert [array.dtype for array in layer] == [np.float64] * 2
        assert isinstance(losses, np.ndarray)
        assert losses.dtype == np.float64
        assert losses.shape == (epochs + 1,)
