"""Hidden tests of train_with_validation."""

import numpy as np
import pytest

from grader import Size, assert_close, assert_exact, no_alias, unchanged

pytestmark = pytest.mark.function("train_with_validation")

TRAIN = np.array([[1.0, 2.0], [0.0, 1.0], [3.0, -1.0]]), np.array([1, 0, 1])
VAL = np.array([[0.5, 1.0], [1.0, 1.0]]), np.array([0, 1])
QUIET = {"over": "ignore", "invalid": "ignore"}


def scripted(train_losses, val_losses):
    """Make call-backs for models that count their steps: each step of rate 0.5 adds 1 to w[0]."""

    def loss_fn(params, X, y):
        assert len(X) == len(y)
        step = min(max(round(float(params[0][0])), 0), len(val_losses) - 1)
        return (train_losses if len(y) == 3 else val_losses)[step]

    def grad_fn(params, X, y):
        assert_close(X, TRAIN[0])
        assert_close(y, TRAIN[1])
        return np.array([-2.0, 4.0]), 1.0

    return loss_fn, grad_fn


def assert_run(result, params, train_losses, val_losses, best_epoch):
    """Assert on all parts of a result."""
    best, history = result
    assert isinstance(result, tuple)
    assert_close(best, params, "T2")
    assert_exact(history["best_epoch"], best_epoch)
    assert_close(history["train_loss"], np.array(train_losses), "T2")
    assert_close(history["val_loss"], np.array(val_losses), "T2")


@pytest.mark.group("value")
@pytest.mark.points(2)
def test_agrees_with_the_reference_on_random_planes(student, solution, domain, rng):
    for size in (Size(), Size(n=5, d=2, integers=True)):
        args = domain.draw(rng, size)
        best, history = solution.train_with_validation(*args)
        losses = history["train_loss"], history["val_loss"]
        result = student.train_with_validation(*args)
        assert_run(result, best, *losses, history["best_epoch"])


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("Which epoch's model would you ship? Entry 0 is before the first step.")
def test_returns_the_model_with_the_least_validation_loss(student):
    # No loss is less than 0; and the curves go on, however often the loss has risen.
    train_losses = [9.0, 7.0, 4.0, 3.0, 2.5, 2.25, 2.0]
    val_losses = [6.0, 5.0, 0.0, 3.5, 4.0, 5.0, 3.0]
    start = np.array([0.0, 10.0]), 1.0
    result = student.train_with_validation(
        *scripted(train_losses, val_losses), start, TRAIN, VAL, 0.5, 6
    )
    assert_run(result, (np.array([2.0, 6.0]), 0.0), train_losses, val_losses, 2)


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("Do both numbers of an epoch come from the same weights?")
def test_the_best_model_may_be_the_last_or_the_first(student):
    start = np.array([0.0, 10.0]), 1.0
    train_losses, val_losses = [5.0, 4.0, 3.0], [8.0, 7.0, 7.0 - 2**-40]
    result = student.train_with_validation(
        *scripted(train_losses, val_losses), start, TRAIN, VAL, 0.5, 2
    )
    assert_run(result, (np.array([2.0, 6.0]), 0.0), train_losses, val_losses, 2)
    train_losses, val_losses = [5.0, 4.0, 3.0], [6e12, 7e12, 6.5e12]
    result = student.train_with_validation(
        *scripted(train_losses, val_losses), start, TRAIN, VAL, 0.5, 2
    )
    assert_run(result, start, train_losses, val_losses, 0)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Two equal minima: which was reached first?")
def test_of_equal_losses_the_first_is_the_best(student):
    train_losses, val_losses = [9.0, 8.0, 7.0, 6.0], [3.0, 1.0, 1.5, 1.0]
    start = np.array([0.0, 10.0]), 1.0
    result = student.train_with_validation(
        *scripted(train_losses, val_losses), start, TRAIN, VAL, 0.5, 3
    )
    assert_run(result, (np.array([1.0, 8.0]), 0.5), train_losses, val_losses, 1)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("What does NaN < 1 give, and 1 < NaN?")
def test_nan_is_never_the_best(student):
    start = np.array([0.0, 10.0]), 1.0
    train_losses = [4.0, 3.0, 2.0, 1.0]
    for val_losses, best_epoch in [([np.nan, 5.0, np.nan, 4.0], 3), ([2.0, np.nan], 0)]:
        n_epochs = len(val_losses) - 1
        result = student.train_with_validation(
            *scripted(train_losses, val_losses), start, TRAIN, VAL, 0.5, n_epochs
        )
        best = np.array([best_epoch, 10.0 - 2 * best_epoch]), 1.0 - 0.5 * best_epoch
        assert_run(result, best, train_losses[: n_epochs + 1], val_losses, best_epoch)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("Whole numbers are parameters too: what is 3 - 0.5 in an integer array?")
def test_no_epochs_one_epoch_and_whole_parameters(student):
    start = np.array([0, 3]), 1
    loss_fn, grad_fn = scripted([2.0, 1.0], [1.5, 1.25])
    result = student.train_with_validation(loss_fn, grad_fn, start, TRAIN, VAL, 0.5, 0)
    assert_run(result, (np.array([0.0, 3.0]), 1.0), [2.0], [1.5], 0)
    result = student.train_with_validation(loss_fn, grad_fn, start, TRAIN, VAL, 0.5, 1)
    assert_run(result, (np.array([1.0, 1.0]), 0.5), [2.0, 1.0], [1.5, 1.25], 1)
    unchanged(student.train_with_validation)

    def grad_of_one(params, X, y):
        return (np.array([0.25, 0.5]),)

    result = student.train_with_validation(
        lambda params, X, y: len(y) / (1.0 + params[0][1] ** 2),
        grad_of_one,
        (np.array([0, -2]),),
        TRAIN,
        VAL,
        1.0,
        1,
    )
    assert_run(result, (np.array([-0.25, -2.5]),), [0.6, 3 / 7.25], [0.4, 2 / 7.25], 1)


@pytest.mark.group("edge")
@pytest.mark.points(0.5)
@pytest.mark.hint("The curve of a run that diverges is worth seeing: go on to the end.")
def test_a_run_that_diverges_goes_on(student):
    def loss_fn(params, X, y):
        with np.errstate(**QUIET):
            w = np.float64(params[0]) - len(y)
            return w * w

    def grad_fn(params, X, y):
        with np.errstate(**QUIET):
            return (1e150 * len(y) * (np.float64(params[0]) + 1.0),)

    result = student.train_with_validation(loss_fn, grad_fn, (0.0,), TRAIN, VAL, 1.0, 4)
    far = [9e300, np.inf, np.inf, np.nan]
    assert_run(result, (0.0,), [9.0, *far], [4.0, *far], 0)


@pytest.mark.group("property")
@pytest.mark.points(0.5)
@pytest.mark.hint("Which set may change the weights, and which only the choice among them?")
def test_validation_decides_about_the_best_epoch_only(student, domain, rng):
    loss_fn, grad_fn, params, train, val, learning_rate, _ = domain.draw(rng, Size(n=4, d=2))
    _, history = student.train_with_validation(
        loss_fn, grad_fn, params, train, val, learning_rate, 2
    )
    # The better the plane fits these labels with the opposite sign, the worse the others.
    others = train[0], -train[1]
    best, other = student.train_with_validation(
        loss_fn, grad_fn, params, train, others, learning_rate, 2
    )
    assert_close(other["train_loss"], history["train_loss"], "T2")
    assert_exact(other["best_epoch"], int(np.argmin(other["val_loss"])))
    assert_close(loss_fn(best, *others), float(np.min(other["val_loss"])), "T2")


@pytest.mark.group("property")
@pytest.mark.points(0.5)
def test_equal_sets_give_equal_curves_and_a_longer_run_begins_alike(student, domain, rng):
    loss_fn, grad_fn, params, train, _, learning_rate, _ = domain.draw(rng, Size(n=4, d=2))
    _, short = student.train_with_validation(
        loss_fn, grad_fn, params, train, train, learning_rate, 1
    )
    _, long = student.train_with_validation(
        loss_fn, grad_fn, params, train, train, learning_rate, 3
    )
    assert_close(long["train_loss"], long["val_loss"], "T2")
    assert np.all(np.diff(long["train_loss"]) < 0)
    assert_close(long["train_loss"][:2], short["train_loss"], "T2")


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
def test_a_negative_number_of_epochs_is_an_error_and_the_best_epoch_an_int(student):
    loss_fn, grad_fn = scripted([2.0, 1.0], [1.5, 1.25])
    start = np.array([0.0, 10.0]), 1.0
    with pytest.raises(ValueError, match=r"(?i)\bn_epochs\b"):
        student.train_with_validation(loss_fn, grad_fn, start, TRAIN, VAL, 0.5, -1)
    best, history = student.train_with_validation(loss_fn, grad_fn, start, TRAIN, VAL, 0.5, 1)
    assert isinstance(best, tuple)
    assert isinstance(history, dict)
    assert isinstance(history["best_epoch"], int | np.integer)
    assert history["train_loss"].dtype == history["val_loss"].dtype == np.float64


@pytest.mark.group("contract")
@pytest.mark.points(0.5)
@pytest.mark.hint("After your call, are the caller's parameters still what they were?")
def test_leaves_its_arguments_alone_and_keeps_nothing(student):
    f = student.train_with_validation
    down, up = scripted([2.0, 1.0], [1.5, 1.25]), scripted([2.0, 1.0], [1.5, 1.75])
    w, b = np.array([0.0, 10.0]), 1.0
    for writeable, callbacks, best_epoch in [
        (True, down, 1),
        (False, up, 0),
        (False, down, 1),
    ]:
        w.flags.writeable = writeable
        result = f(*callbacks, (w, b), TRAIN, VAL, 0.5, 1)
        unchanged(f)
        no_alias(f)
        assert_exact(result[1]["best_epoch"], best_epoch)
        moved = np.array([best_epoch, 10.0 - 2 * best_epoch]), 1.0 - 0.5 * best_epoch
        assert_close(result[0], moved, "T2")
