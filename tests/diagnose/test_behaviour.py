"""What a call does besides returning, how it ends, and what special inputs do to it, is told."""

from typing import Any

import numpy as np

from grader.diagnose.behaviours.call_count import calls_too_often
from grader.diagnose.evidence import Seen
from grader.domains import Size
from grader.models import Finding
from tests.diagnose.asked import Direct, findings, judge, mistake_of, only, told_of


def centred(X: Any) -> Any:
    X = np.asarray(X, dtype=float)
    if not X.size:
        raise ValueError("X must not be empty")
    return X - np.nanmean(X, axis=0)


def table(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    return (rng.normal(size=(size.n, size.d)),)


JUDGE = judge(centred, table)


def told(wrong: Any, *args: Any) -> tuple[Finding, ...]:
    """What is said of an edge test that makes this one call."""
    return told_of(JUDGE, wrong, *args)


def test_an_error_is_told_with_its_type() -> None:
    found = only(findings(JUDGE, lambda X: X.nothing))
    assert found.kind == "unexpected-error"
    assert "AttributeError" in found.message


def test_what_steers_a_terminal_does_not_reach_a_sentence() -> None:
    def wrong(X: Any) -> Any:
        raise ValueError("\x1b[31mred\u202e\nsecond line")

    found = only(findings(JUDGE, wrong))
    assert "\x1b" not in found.message
    assert "\u202e" not in found.message
    assert "second line" not in found.message


def test_shapes_that_only_fit_by_chance_are_told() -> None:
    found = only(findings(JUDGE, lambda X: X - X.mean(axis=1)))
    assert found.kind == "shapes-do-not-fit"


def test_an_argument_that_is_changed_is_told_where_the_test_saw_it() -> None:
    def wrong(X: Any) -> Any:
        X -= X.mean(axis=0)
        return X.copy()

    found = only(told(wrong, np.array([[1.0], [2.0]])))
    assert found.kind == "changes-argument"
    assert found.params["argument"] == "X"
    assert found.params["example"]["got"] == "X has changed"


def test_an_error_that_is_missing_is_told_with_the_input_that_should_raise_it() -> None:
    def wrong(X: Any) -> Any:
        return X - np.nanmean(X, axis=0)

    found = only(told(wrong, np.zeros((0, 3))))
    assert found.kind == "error-missing"
    assert found.message.startswith("When there are no examples, ValueError")
    assert "'empty'" in found.message


def test_another_error_than_the_wanted_one_is_told() -> None:
    def wrong(X: Any) -> Any:
        return X - X[0] * 0 - np.nanmean(X, axis=0)

    found = only(told(wrong, np.zeros((0, 3))))
    assert found.kind == "wrong-error"
    assert "IndexError" in found.message
    assert "ValueError" in found.message


def test_an_error_that_does_not_say_what_is_wrong_is_told() -> None:
    def wrong(X: Any) -> Any:
        if not X.size:
            raise ValueError("no")
        return centred(X)

    found = only(told(wrong, np.zeros((0, 3))))
    assert found.kind == "wrong-error"
    assert "'empty'" in found.message


def test_an_error_that_only_some_inputs_raise_is_told_with_them() -> None:
    def wrong(X: Any) -> Any:
        if np.isnan(X).any():
            raise KeyError("nothing")
        return centred(X)

    found = only(told(wrong, np.array([[1.0, 2.0], [np.nan, 3.0], [2.0, 2.0]])))
    assert found.kind == "special-input"
    assert found.params["input"] == "nan"
    assert "KeyError" in found.message


def test_a_function_that_is_called_too_often_is_told_by_its_name() -> None:
    def applied(x: Any, f: Any) -> Any:
        return f(x)

    def points(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
        return rng.normal(size=size.n), np.sin

    bench, asker = judge(applied, points).bench, Direct(lambda x, f: f(x) + 0 * f(x))
    cases = [bench.ordinary(number) for number in range(3)]
    seen = [Seen(bench, case, asker.answer("applied", case.args)) for case in cases]
    (found,) = calls_too_often(seen)
    assert found.words(seen[0]).params["argument"] == "f"


def test_nan_that_spreads_is_told_with_the_input_that_holds_it() -> None:
    def wrong(X: Any) -> Any:
        X = np.asarray(X, dtype=float)
        return centred(X) if not X.size else X - np.mean(X, axis=0)

    found = only(told(wrong, np.array([[1.0, 2.0], [np.nan, 3.0], [2.0, 2.0]])))
    assert found.params["input"] == "nan"


def test_integers_that_wrap_around_are_told() -> None:
    def wrong(X: Any) -> Any:
        return X - X.mean(axis=0).astype(X.dtype) if X.dtype.kind in "iu" else centred(X)

    found = only(told(wrong, np.array([[1, 200], [7, 3], [9, 9]], dtype=np.uint8)))
    assert found.kind == "integer-arithmetic"


def sums_rows(X: Any) -> Any:
    return X - X.mean(axis=1, keepdims=True)


def test_a_listed_mistake_lends_its_name_and_hint() -> None:
    judged = judge(centred, table, mistakes=[mistake_of(sums_rows, "M7", "centred")])
    found = only(findings(judged, lambda X: (X.T - X.mean(axis=1)).T))
    assert found.kind == "known-mistake"
    assert found.params["mistake"] == "M7"
    assert found.hint == "Think of it."
