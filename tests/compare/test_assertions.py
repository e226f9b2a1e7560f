"""The assertions that suites use."""

import pickle
from dataclasses import dataclass

import numpy as np
import pytest

from grader.compare import (
    Difference,
    NotEqual,
    assert_close,
    assert_exact,
    describe,
    no_alias,
    unchanged,
)


@dataclass
class Record:
    changed: tuple[str, ...] = ()
    aliased: tuple[str, ...] = ()


class Function:
    __name__ = "softmax"

    def __init__(self, last: Record | None) -> None:
        self.last = last


class Nameless:
    last = Record(("X",), ("X",))


def test_equal_values_pass() -> None:
    assert_close(np.array([1.0]), np.array([1.0]))
    assert_close(1.0 + 1e-10, 1.0, "T1")
    assert_close(1.1, 1.0, rtol=0.2)
    assert_exact([1, "a", None], [1, "a", None])


def test_a_difference_is_an_assertion_error_in_the_words_of_describe() -> None:
    with pytest.raises(AssertionError) as caught:
        assert_close(np.array([1.0, 2.0]), np.array([1.0, 3.0]), "T1")
    assert isinstance(caught.value, NotEqual)
    assert isinstance(caught.value.difference, Difference)
    assert str(caught.value) == describe(caught.value.difference)
    assert caught.value.difference.tolerance.name == "T1"


def test_exact_equality_has_no_tolerance() -> None:
    with pytest.raises(NotEqual, match="an integer was wanted"):
        assert_exact(1.0, 1)


def test_the_error_survives_pickling() -> None:
    with pytest.raises(NotEqual) as caught:
        assert_exact(2, 1)
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (str(copy), copy.difference) == (str(caught.value), caught.value.difference)


def test_our_own_frames_are_hidden_from_the_traceback(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        from grader.compare import assert_close, unchanged

        class f:
            last = None

        def test_values():
            assert_close(1.0, 2.0)

        def test_record():
            unchanged(f)
        """
    )
    result = pytester.runpytest("-p", "no:cacheprovider")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["E * returned 1; 2 was wanted*"])
    result.stdout.no_fnmatch_line("*_asserts.py*")


def test_arguments_left_as_they_were_pass() -> None:
    unchanged(Function(Record()))
    unchanged(Function(Record(aliased=("X",))))


def test_a_changed_argument_is_named() -> None:
    with pytest.raises(AssertionError, match=r"^softmax changed X: "):
        unchanged(Function(Record(changed=("X",))))


def test_all_changed_arguments_are_named() -> None:
    with pytest.raises(AssertionError, match=r"changed X, args\[0\]\[1\] and w: "):
        unchanged(Function(Record(changed=("X", "args[0][1]", "w"))))
    with pytest.raises(AssertionError, match=r"changed a, a, a, a, a and 15 more: "):
        unchanged(Function(Record(changed=("a",) * 20)))


def test_a_result_of_its_own_passes() -> None:
    no_alias(Function(Record()))
    no_alias(Function(Record(changed=("X",))))


def test_an_argument_that_shares_memory_is_named() -> None:
    with pytest.raises(
        AssertionError, match=r"the result of softmax shares its memory with X and w: "
    ):
        no_alias(Function(Record(aliased=("X", "w"))))


@pytest.mark.parametrize("check", [unchanged, no_alias])
def test_before_the_first_call_there_is_nothing_to_assert(check: object) -> None:
    assert callable(check)
    with pytest.raises(AssertionError, match=r"softmax has not been called yet"):
        check(Function(None))


def test_a_function_without_a_name_is_spoken_of_anyway() -> None:
    with pytest.raises(AssertionError, match=r"^the function changed X"):
        unchanged(Nameless())
