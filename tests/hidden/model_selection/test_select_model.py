"""Hidden tests of select_model."""

import numpy as np
import pytest

from grader import Size, unchanged

pytestmark = pytest.mark.function("select_model")


def lot(vacant, occupied, models):
    """Return (y_true, scores) of models with so many vacant spaces found and false alarms."""
    y_true = np.repeat([1, 0], [vacant, occupied])
    scores = {}
    for name, (found, false_alarms) in models.items():
        values = np.full(vacant + occupied, 0.25)
        values[:found] = 0.75
        values[vacant : vacant + false_alarms] = 0.75
        scores[name] = values
    return y_true, scores


def someone_stays(solution, domain, rng, size):
    """Draw arguments for which not all models are rejected."""
    args = domain.draw(rng, size)
    while solution.select_model(*args) is None:
        args = domain.draw(rng, size)
    return args


@pytest.mark.group("value")
@pytest.mark.points(1.5)
def test_agrees_with_the_reference_on_random_models(student, solution, domain, rng):
    for size in (Size(), Size(k=6)):
        args = someone_stays(solution, domain, rng, size)
        assert student.select_model(*args) == solution.select_model(*args)
        y_true, scores, threshold, _, _, *prices = args
        assert student.select_model(y_true, scores, threshold, 0.95, 0.95, *prices) is None


@pytest.mark.group("value")
@pytest.mark.points(1.5)
@pytest.mark.hint("What does each kind of error cost this business, and what does it demand?")
def test_prices_and_limits_decide(student):
    # Like the six models of the course on lot A, on a lot of 200 spaces with 10 vacant ones.
    models = {"linear": (0, 0), "linear_w19": (7, 64), "quad": (6, 2), "quad_w5": (8, 9)}
    y_true, scores = lot(10, 190, models | {"quad_w19": (9, 20), "quad_100": (2, 0)})
    for min_precision, min_recall, costs, expected in [
        # In a currency of which a space costs less than a millionth.
        (0.3, 0.5, (2**-20, 5 * 2**-20), "quad_w5"),
        (0.3, 0.85, (1, 5), "quad_w19"),
        (0.7, 0.5, (1, 5), "quad"),
        (0.7, 0.85, (1, 5), None),
        (0.0, 0.0, (5, 1), "quad_100"),
    ]:
        got = student.select_model(y_true, scores, 0.5, min_precision, min_recall, *costs)
        assert got == expected


@pytest.mark.group("value")
@pytest.mark.points(1)
@pytest.mark.hint("The cheapest model may be one that you may not ship.")
def test_rejected_models_are_out_however_cheap(student):
    y_true, scores = lot(4, 36, {"always occupied": (0, 0), "careful": (2, 3), "keen": (4, 9)})
    assert student.select_model(y_true, scores, 0.5, 0.0, 0.0, 1, 1) == "always occupied"
    assert student.select_model(y_true, scores, 0.5, 0.1, 0.4, 1, 1) == "careful"
    assert student.select_model(y_true, scores, 0.5, 0.1, 0.6, 1, 1) == "keen"


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
@pytest.mark.hint("All rejected: say so with None. Equal costs: keep the first.")
def test_of_equally_cheap_models_the_first(student):
    y_true, scores = lot(8, 8, {"a": (0, 0), "c": (6, 2), "b": (6, 2), "d": (5, 1)})
    assert student.select_model(y_true, scores, 0.5, 0.5, 0.5, 1, 1) == "c"
    scores = dict(reversed(scores.items()))
    assert student.select_model(y_true, scores, 0.5, 0.5, 0.5, 1, 1) == "d"
    assert student.select_model(y_true, scores, 0.5, 0.5, 0.7, 1, 1) == "b"


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
@pytest.mark.hint("A score exactly on the threshold: which side? And are scores probabilities?")
def test_scores_on_the_threshold_and_logits(student):
    y_true = np.array([1, 1, 0, 0])
    scores = {"low": np.array([0.5, 0.25, 0.5, 0.0]), "on": np.array([0.5, 0.5, 0.5 - 2**-40, 0.0])}
    assert student.select_model(y_true, scores, 0.5, 0.9, 0.9, 1, 1) == "on"
    scores = {"p": np.array([0.25, 3.0, 0.125, -1.0]), "z": np.array([0.0, 9.0, -0.25, -7.0])}
    assert student.select_model(y_true, scores, 0.0, 0.9, 0.9, 1, 1) == "z"
    assert student.select_model(y_true, scores, 0.25, 0.9, 0.9, 1, 1) == "p"


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
@pytest.mark.hint("What does a model cost that makes no error, and one whose errors are free?")
def test_costs_of_0_and_a_single_model(student):
    y_true, scores = lot(4, 4, {"bold": (4, 3), "shy": (2, 0)})
    assert student.select_model(y_true, scores, 0.5, 0, 0, 0, 1) == "bold"
    assert student.select_model(y_true, scores, 0.5, 0, 0, 1, 0) == "shy"
    assert student.select_model(y_true, scores, 0.5, 0, 0, 0, 0) == "bold"
    assert student.select_model(np.array([1]), {"only": np.array([0.9])}, 0.5, 1, 1, 1, 1) == "only"


@pytest.mark.group("edge")
@pytest.mark.points(0.25)
def test_takes_lists_and_arrays_of_any_number_type(student):
    y_true, scores = lot(300, 300, {"a": (290, 280), "b": (280, 20)})
    for kind in (np.uint8, bool):
        got = student.select_model(y_true.astype(kind), scores, 0.5, 0.4, 0.4, 1, 1)
        assert got == "b"
    scores = {"whole": [3, -2, 4, 1], "flags": np.array([True, False, False, True])}
    assert student.select_model([1, 0, 1, 0], scores, 1, 0.4, 0.4, 1, 1) == "whole"
    assert student.select_model([True, False, False, True], scores, 1, 0.4, 0.4, 1, 1) == "flags"


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_neither_the_order_of_the_models_nor_the_currency_matters(student, solution, domain, rng):
    args = someone_stays(solution, domain, rng, Size())
    y_true, scores, threshold, *limits, cost_fp, cost_fn = args
    name = student.select_model(y_true, scores, threshold, *limits, cost_fp, cost_fn)
    backwards = dict(reversed(scores.items()))
    got = student.select_model(y_true, backwards, threshold, *limits, 64 * cost_fp, 64 * cost_fn)
    assert got == name


@pytest.mark.group("property")
@pytest.mark.points(0.25)
def test_a_model_that_is_not_chosen_is_not_missed(student, solution, domain, rng):
    y_true, scores, *rest = someone_stays(solution, domain, rng, Size())
    name = student.select_model(y_true, scores, *rest)
    assert name in scores
    assert student.select_model(y_true, {name: scores[name]}, *rest) == name


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
def test_no_models_and_impossible_arguments_are_errors(student):
    f, y_true, good = student.select_model, np.array([0, 1, 1]), np.array([0.25, 0.5, 0.75])
    with pytest.raises(ValueError, match=r"(?i)empty"):
        f(y_true, {}, 0.5, 0.5, 0.5, 1, 1)
    with pytest.raises(ValueError, match=r"(?i)NaN"):
        f(y_true, {"a": good, "b": np.array([0.25, np.nan, 0.5])}, 0.5, 0.0, 0.0, 1, 1)
    with pytest.raises(ValueError, match=r"(?i)shape"):
        f(y_true, {"a": good, "b": np.array([0.25, 0.5])}, 0.5, 0.0, 0.0, 1, 1)
    with pytest.raises(ValueError, match=r"(?i)label"):
        f(np.array([0, 1, 2]), {"a": good}, 0.5, 0.0, 0.0, 1, 1)
    for name, *costs in (("cost_fp", -0.1, 0.5), ("cost_fn", 0.5, -0.1)):
        with pytest.raises(ValueError, match=rf"(?i)\b{name}\b"):
            f(y_true, {"a": good}, 0.5, 0.5, 0.5, *costs)


@pytest.mark.group("contract")
@pytest.mark.points(0.25)
@pytest.mark.hint("Return a name or None, and change nothing.")
def test_leaves_its_arguments_alone_and_keeps_nothing(student):
    y_true, scores = lot(3, 5, {"a": (3, 4), "b": (2, 0)})
    others = {"b": scores["a"], "a": scores["b"]}
    for array in (y_true, *scores.values()):
        array.flags.writeable = False
    for models, recall, expected in [
        (scores, 0.1, "b"),
        (others, 0.1, "a"),
        (scores, 0.9, "a"),
    ]:
        result = student.select_model(y_true, models, 0.5, 0.2, recall, 2, 1)
        unchanged(student.select_model)
        assert result == expected
        assert isinstance(result, str)
