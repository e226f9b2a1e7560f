"""What a failed test says to those who did not write it."""

import re

import pytest

from grader.suite.wording import message_of


def ended(
    expected: type[Exception] | tuple[type[Exception], ...], match: str | None, body: str
) -> str:
    """The message of a test that expects an error and runs this."""
    with pytest.raises(BaseException) as caught:  # noqa: SIM117  # pytest's own failure is looked at
        with pytest.raises(expected, match=match):
            exec(body)
    return message_of(caught.value)


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (ValueError, "no error was raised; ValueError was wanted."),
        ((ValueError, TypeError), "no error was raised; ValueError or TypeError was wanted."),
        (re.error, f"no error was raised; {re.error.__name__} was wanted."),
    ],
)
def test_an_error_that_did_not_come_is_named(
    expected: type[Exception] | tuple[type[Exception], ...], said: str
) -> None:
    assert ended(expected, None, "pass") == said


def test_an_error_without_a_message_is_its_name() -> None:
    assert message_of(NotImplementedError()) == "NotImplementedError"


@pytest.mark.parametrize(
    ("match", "wanted"),
    [
        (r"(?i)shape", '"shape"'),
        (r"(?i)empty|NaN", '"empty" or "NaN"'),
        (r"(?i)\bn_epochs\b", '"n_epochs"'),
        (r"(?i)\bp\b", '"p"'),
        (r"^a+$", "what matches ^a+$"),
    ],
)
def test_an_error_of_other_words_is_told_in_words(match: str, wanted: str) -> None:
    said = ended(ValueError, match, "raise ValueError('it fits \\'not\\'')")
    assert said == f"the message of the error must say {wanted}; it says: it fits 'not'"
