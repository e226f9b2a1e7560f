import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.sandbox import remote
from grader.sandbox.lending import LentFailed
from grader.sandbox.wire import Inert
from tests.sandbox.conftest import SHORT, Talk
from tests.sandbox.payloads import same

WORK = """
import numpy as np

kept = []

def apply(function, *args, **kwargs):
    return function(*args, **kwargs)

def minimize(loss, x):
    return [loss(x - step) for step in (0.0, 0.5, 1.0)]

def add_one(x):
    return x + 1

def is_add_one(function):
    return function is add_one

def swallow(function):
    try:
        function()
    except BaseException as error:
        return type(error).__name__, str(error)

def keep(make):
    kept.append(make())
    return [name for name in dir(kept[-1]) if not name.startswith("_")], str(kept[-1])

def hand_back(take):
    return take(kept[-1])

def give_kept():
    return [kept[-1]]

def keep_function(function):
    kept.append(function)

def call_kept():
    return kept[-1]()

def scribble(make):
    made = make()
    made[0] = 9.0
    return made

def count(function, times):
    for _ in range(times):
        function()
    return times

def dive(function, depth):
    return function(depth)

def odd_arguments(function):
    return function({1}, add_one, lambda: 1)

def gets_back(function):
    own = lambda: 1
    return function(own) is own

def draws_around(function, rng):
    return [rng.random(), function(rng), rng.random()]

def spawns_after(function, rng):
    function(rng)
    return rng.spawn(1)[0].random()

def draws_from(function):
    return function().random()

def makes_own(function, kind):
    return function(np.random.Generator(getattr(np.random, kind)(4)))

def same_both_times(function):
    return function() is function()
"""


class OwnFunction:
    """A function of the submission itself, as tests hold it."""

    def __init__(self, name: str) -> None:
        self.own_name = name

    def __call__(self) -> None:
        raise AssertionError("a round trip")


def test_a_function_of_the_test_can_be_called_by_the_submission(talk: Talk) -> None:
    assert talk.value("minimize", lambda x: (x - 1) ** 2, 2.0) == [1.0, 0.25, 0.0]


def test_arrays_and_names_reach_a_call_back_and_come_back(talk: Talk) -> None:
    def function(first: Any, *, other: Any) -> Any:
        return {"sum": first + other, "first": first}

    got = talk.value("apply", function, np.ones(3), other=np.arange(3.0))
    assert same(got, {"sum": np.arange(1.0, 4), "first": np.ones(3)})


def test_a_bound_method_a_class_and_a_ufunc_are_call_backs_too(talk: Talk) -> None:
    assert talk.value("apply", [3, 1].count, 3) == 1
    assert talk.value("apply", complex, 1.0, 2.0) == 1 + 2j
    assert talk.value("apply", np.add, 1.0, 2.0) == 3.0


def test_what_a_call_back_returns_is_a_copy(talk: Talk) -> None:
    ours = np.zeros(2)
    assert same(talk.value("scribble", lambda: ours), np.array([9.0, 0.0]))
    assert same(ours, np.zeros(2))


def test_a_function_of_the_submission_passed_to_itself_costs_no_round_trip(talk: Talk) -> None:
    assert talk.value("is_add_one", OwnFunction("add_one")) is True
    assert talk.value("apply", OwnFunction("add_one"), 2) == 3


def test_an_object_of_ours_can_only_be_kept_and_handed_back(talk: Talk) -> None:
    class Secret:
        def __str__(self) -> str:
            return "the answer"

    ours = Secret()
    names, text = talk.value("keep", lambda: ours)
    assert names == []
    assert "the answer" not in text
    assert talk.value("hand_back", lambda given: given is ours) is True
    assert talk.value("give_kept")[0] is ours


def test_an_object_that_is_no_data_reaches_a_call_back_as_inert(talk: Talk) -> None:
    got: list[Any] = []
    talk.value("odd_arguments", lambda *args: got.extend(args))
    assert got[0] == Inert("set")


def test_a_call_back_can_call_the_functions_that_it_is_given(talk: Talk) -> None:
    assert talk.value("odd_arguments", lambda _, plus_one, one: [plus_one(4), one()]) == [5, 1]


def test_a_function_that_a_call_back_hands_back_is_the_very_same(talk: Talk) -> None:
    assert talk.value("gets_back", lambda function: function) is True


def test_what_a_given_function_raises_reaches_the_test(talk: Talk) -> None:
    reply = talk("odd_arguments", lambda _, plus_one, one: one(1))
    assert isinstance(reply.callback_error, LentFailed)
    assert "positional argument" in str(reply.callback_error)


def test_a_given_function_is_gone_with_the_call_that_gave_it(talk: Talk) -> None:
    kept: list[Any] = []
    talk.value("odd_arguments", lambda *args: kept.extend(args[1:]))
    with pytest.raises(LentFailed, match="#0"):
        kept[1]()


def test_a_call_back_draws_from_the_generator_that_it_is_given(talk: Talk) -> None:
    ours, twin = np.random.default_rng(3), np.random.default_rng(3)
    expected = [twin.random(), twin.random(), twin.random()]
    got = talk.value("draws_around", lambda rng: rng.random(), ours)
    assert got == expected
    assert ours.random() == twin.random()


def test_a_call_back_spawns_from_the_generator_that_it_is_given(talk: Talk) -> None:
    ours, twin = np.random.default_rng(3), np.random.default_rng(3)
    twin.spawn(2)
    got = talk.value("spawns_after", lambda rng: len(rng.spawn(2)), ours)
    assert got == twin.spawn(1)[0].random()


def test_a_generator_that_a_call_back_returns_goes_on_in_the_submission(talk: Talk) -> None:
    assert talk.value("draws_from", lambda: np.random.default_rng(9)) == (
        np.random.default_rng(9).random()
    )


@pytest.mark.parametrize("kind", ["PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"])
def test_a_generator_of_any_kind_crosses_into_a_call_back(talk: Talk, kind: str) -> None:
    expected = np.random.Generator(getattr(np.random, kind)(4)).random()
    assert talk.value("makes_own", lambda rng: rng.random(), kind) == expected


def test_the_error_of_a_call_back_is_kept_for_the_test(talk: Talk) -> None:
    error = ValueError("a hidden input")

    def function() -> None:
        raise error

    reply = talk("apply", function)
    assert reply.callback_error is error


def test_the_error_of_a_call_back_is_kept_although_the_submission_swallowed_it(talk: Talk) -> None:
    error = KeyError("a hidden input")

    def function() -> None:
        raise error

    reply = talk("swallow", function)
    assert reply.callback_error is error
    assert reply.value == ("CallbackError", "the function that you called raised an error")


def test_a_call_back_may_call_the_submission(talk: Talk) -> None:
    def function(x: float) -> Any:
        return talk.value("add_one", x) * talk.value("minimize", lambda y: y, x)[1]

    assert talk.value("minimize", function, 2.0) == [4.5, 2.5, 1.0]


def test_calls_and_call_backs_may_be_nested_sixteen_deep_and_no_deeper(talk: Talk) -> None:
    errors: list[BaseException | None] = []

    def function(depth: int) -> int:
        if depth == 0:
            return 0
        reply = talk("dive", function, depth - 1)
        errors.append(reply.callback_error)
        return 1 + int(reply.value or 0)

    assert talk.value("dive", function, 15) == 15
    assert not any(errors)
    talk("dive", function, 40)
    assert any(isinstance(error, RecursionError) for error in errors)
    assert talk.value("add_one", 1) == 2


def test_call_backs_in_one_call_are_counted(
    monkeypatch: pytest.MonkeyPatch, talk: Talk, talk_to: Callable[..., Talk]
) -> None:
    monkeypatch.setattr(remote, "MAX_CALLBACKS", 50)
    for _ in range(3):
        assert talk.value("count", lambda: None, 50) == 50
    calls: list[int] = []
    reply = talk_to(WORK)("count", lambda: calls.append(1), 60)
    assert reply.kind == "refused"
    assert "call-backs" in reply.message
    assert len(calls) == 50


def test_the_time_of_a_call_back_is_not_charged(talk_to: Callable[..., Talk]) -> None:
    def function() -> None:
        end = time.process_time() + 2 * SHORT.call
        while time.process_time() < end:
            pass

    assert talk_to(WORK, limits=SHORT).value("count", function, 1) == 1


def test_a_call_back_that_is_called_after_its_test_is_refused(talk_to: Callable[..., Talk]) -> None:
    talk = talk_to(WORK)
    calls: list[int] = []
    talk.value("keep_function", lambda: calls.append(1))
    talk.conversation.begin_test(SHORT)
    assert talk("call_kept").kind == "refused"
    assert not calls


def test_a_test_that_ends_inside_its_call_back_leaves_the_worker_as_it_was(talk: Talk) -> None:
    def function() -> None:
        pytest.fail("from within")

    for _ in range(40):
        error = talk("apply", function).callback_error
        assert isinstance(error, pytest.fail.Exception)
    assert talk.value("add_one", 1) == 2
