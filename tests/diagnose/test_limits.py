"""A slow or broken rule costs itself, never the rest, and never for long."""

import logging
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from grader.diagnose.evidence import Pair
from grader.diagnose.perform import perform
from grader.diagnose.relation import RELATIONS, Key, Relation
from grader.diagnose.timer import OutOfTime, guarded, within
from grader.domains import Size
from tests.diagnose.asked import findings, judge, only


def doubled(x: Any) -> Any:
    return 2 * x


def vector(rng: np.random.Generator, size: Size) -> tuple[Any, ...]:
    return (rng.normal(size=size.n),)


class Broken(Relation):
    """A rule with a fault of its own."""

    name = "broken"
    rank = 1.0

    def propose(self, pair: Pair) -> Iterator[Key]:
        raise ZeroDivisionError


class Endless(Relation):
    """A rule that does not come to an end."""

    name = "endless"
    rank = 1.0

    def propose(self, pair: Pair) -> Iterator[Key]:
        while True:
            pass


@pytest.mark.parametrize("rule", [Broken, Endless])
def test_a_bad_rule_is_dropped_and_logged(
    rule: type[Relation], caplog: pytest.LogCaptureFixture
) -> None:
    judged = judge(doubled, vector)
    judged.rules = [rule(), *RELATIONS]
    with caplog.at_level(logging.INFO):
        found = only(findings(judged, lambda x: -2 * x))
    assert found.params["text"] == "sign"
    assert f"the rule {rule.name} was dropped for doubled" in caplog.text


def forever() -> None:
    while True:
        pass


def test_a_block_that_uses_more_time_than_it_has_is_ended() -> None:
    with pytest.raises(OutOfTime), within(0.02):
        forever()


def test_time_that_is_up_while_python_calls_something_back_is_up_all_the_same(
    capsys: pytest.CaptureFixture[str],
) -> None:
    class Slow:
        def __del__(self) -> None:
            forever()

    def slow() -> None:
        Slow()
        forever()

    with pytest.raises(OutOfTime), within(0.02):
        slow()
    assert capsys.readouterr().err == ""


def test_the_time_of_an_outer_block_goes_on_inside_an_inner_one() -> None:
    with pytest.raises(OutOfTime), within(0.02), within(10.0):
        forever()


def test_a_rule_passes_on_that_an_outer_time_is_up() -> None:
    with pytest.raises(OutOfTime), within(0.02), guarded("a rule", "f", 10.0):
        forever()


def test_a_version_that_does_not_come_to_an_end_is_lost() -> None:
    def endless(x: Any) -> Any:
        while True:
            pass

    assert perform(endless, (1.0,), seconds=0.02).lost == "timeout"


def test_a_version_that_exits_is_lost() -> None:
    assert perform(lambda x: sys.exit(), (1.0,)).lost == "killed"


def test_a_version_cannot_write_to_the_inputs() -> None:
    x = np.ones(3)
    perform(lambda values: values.fill(0.0), (x,))
    assert x.tolist() == [1.0, 1.0, 1.0]


def test_algebra_that_might_never_end_is_not_begun() -> None:
    answer = perform(lambda X: np.linalg.lstsq(X, X[:, 0]), (np.full((3, 2), np.nan),))
    assert answer.raised is not None
    assert answer.raised.type == "LinAlgError"
