"""The calls of a failing test are read again from its record, and left alone where they cannot be."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from grader.diagnose.answers import Answer
from grader.diagnose.bench import Bench
from grader.diagnose.perform import perform
from grader.diagnose.record import MAX_BYTES, Failure, Recalled, recall, sort_of
from grader.domains import Domain
from grader.sandbox.records import Reply
from grader.sandbox.wire import Encoder


def scaled(x: Any, rate: Any, shift: Any = 0.0) -> Any:
    return rate * x + shift


BENCH = Bench("scaled", scaled, Domain("scaled", lambda rng, size: (1.0, 2.0), "T0"), {})


class Written:
    """A recorded call with these bytes for its arguments."""

    errstate: Mapping[str, str] | None = None
    reply = Reply("value", value=1.0)

    def __init__(self, arguments: bytes, function: str = "scaled") -> None:
        self.function, self.arguments = function, arguments


def called(*args: Any, **kwargs: Any) -> Written:
    encoder = Encoder(references=True)
    encoder.add_arguments(args, kwargs)
    return Written(encoder.payload())


def ask(function: str, args: tuple[Any, ...], errstate: Any) -> Answer:
    return perform(scaled, args, errstate)


def recalled(*calls: Written) -> list[Recalled]:
    return list(recall(Failure("test", "scaled", "value", calls), BENCH, ask))


def arguments(call: Written) -> tuple[Any, ...] | None:
    (one,) = recalled(call)
    return None if one.seen is None else one.seen.case.args


@pytest.mark.parametrize(
    ("call", "args"),
    [
        (called(1.0, 2.0), (1.0, 2.0)),
        (called(1.0, rate=2.0), (1.0, 2.0)),
        (called(rate=2.0, x=1.0), (1.0, 2.0)),
        (called(1.0, 2.0, shift=3.0), (1.0, 2.0, 3.0)),
    ],
    ids=["by place", "one by name", "all by name", "one more"],
)
def test_a_call_is_read_again_however_its_arguments_were_passed(
    call: Written, args: tuple[Any, ...]
) -> None:
    assert arguments(call) == args


@pytest.mark.parametrize(
    "call",
    [
        called(1.0, shift=3.0),
        called(1.0, 2.0, other=3.0),
        called(1.0, 2.0, 3.0, 4.0),
        called(1.0, np.sin),
        called(np.zeros(MAX_BYTES), 2.0),
        Written(b"not of the grammar"),
    ],
    ids=["one missing", "an unknown name", "one too many", "a function", "very long", "broken"],
)
def test_a_call_that_cannot_be_read_again_keeps_its_answer_alone(call: Written) -> None:
    (one,) = recalled(call)
    assert one.seen is None
    assert one.got.value == 1.0


def test_calls_are_recalled_from_the_last_one_back_without_those_of_other_functions() -> None:
    other = Written(called(9.0, 9.0).arguments, "other")
    found = recalled(called(1.0, 2.0), other, called(2.0, 2.0))
    assert [one.seen and one.seen.case.args for one in found] == [(2.0, 2.0), (1.0, 2.0)]


def test_a_call_that_the_reference_does_not_survive_is_not_held_against_it() -> None:
    lost = Answer(lost="timeout")
    failure = Failure("test", "scaled", "value", [called(1.0, 2.0)])
    (one,) = recall(failure, BENCH, lambda *asked: lost)
    assert one.seen is None


@pytest.mark.parametrize(
    ("value", "sort"),
    [
        (np.zeros(2), "array of float64"),
        (np.array(1.0), "0-d array"),
        (True, "bool"),
        (np.bool_(True), "np.bool"),
        (np.float64(1), "float"),
        (np.int8(1), "whole number"),
        (1, "whole number"),
        (np.float32(1), "float32"),
        ([1, 2], "list of whole number"),
        ((1.0, [2]), "tuple of float, list of whole number"),
        ([], "list"),
        ("text", "str"),
        (None, "NoneType"),
    ],
)
def test_sorts_of_results_are_told_apart_as_tests_do(value: Any, sort: str) -> None:
    assert sort_of(value) == sort
