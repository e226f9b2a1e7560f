"""What suites call: assertions about a result and about the record of the most recent call."""

from typing import Protocol

from grader.compare._decide import difference
from grader.compare._difference import Difference
from grader.compare._show import printable
from grader.compare._wording import describe


class Compared(AssertionError):
    """What came back is not what was wanted; the message tells of these two, never of the test or its inputs."""

    # As pytest prints it, without the private module.
    __module__ = "grader.compare"


class NotEqual(Compared):
    """A result is not what was expected; `difference` says how."""

    __module__ = "grader.compare"

    def __init__(self, difference: Difference, pair: tuple[object, object] | None = None) -> None:
        super().__init__(difference)
        self.difference = difference
        #: The result and what was expected, whole.
        self.pair = pair

    def __str__(self) -> str:
        # Worded when somebody reads it: a test that runs twice is reported once.
        return describe(self.difference)


class Effects(Protocol):
    """What a call did besides returning: paths such as "X" or "args[0][1]"."""

    @property
    def changed(self) -> tuple[str, ...]:
        """The arguments that differ after the call."""
        ...

    @property
    def aliased(self) -> tuple[str, ...]:
        """The arguments whose memory the result shares."""
        ...


class Called(Protocol):
    """A function of the student, with the record of its most recent call."""

    @property
    def last(self) -> Effects | None:
        """The record of the most recent call, None before the first."""
        ...


def assert_close(
    actual: object,
    expected: object,
    tolerance: str = "T0",
    *,
    rtol: float | None = None,
    atol: float | None = None,
) -> None:
    """Assert that a result agrees with the expected one within a tolerance class; rtol and atol override its bounds."""
    __tracebackhide__ = True
    found = difference(actual, expected, tolerance, rtol=rtol, atol=atol)
    if found is not None:
        raise NotEqual(found, (actual, expected))


def assert_exact(actual: object, expected: object) -> None:
    """Assert that a result equals the expected one, integers as integers and bools as bools."""
    __tracebackhide__ = True
    found = difference(actual, expected, exact=True)
    if found is not None:
        raise NotEqual(found, (actual, expected))


def unchanged(function: Called) -> None:
    """Assert that the most recent call of `student.f` left all of its arguments as they were."""
    __tracebackhide__ = True
    paths = _last(function).changed
    if paths:
        raise Compared(
            f"{_name(function)} changed {_listed(paths)}: the caller's data are no longer what they were before the "
            "call. Build a new array instead of writing into an argument."
        )


def no_alias(function: Called) -> None:
    """Assert that the result of the most recent call of `student.f` shares no memory with an argument."""
    __tracebackhide__ = True
    paths = _last(function).aliased
    if paths:
        raise Compared(
            f"the result of {_name(function)} shares its memory with {_listed(paths)}: whoever changes the result "
            "changes the argument too. Return a copy or a new array."
        )


def _last(function: Called) -> Effects:
    __tracebackhide__ = True
    last = function.last
    if last is None:
        raise AssertionError(f"{_name(function)} has not been called yet")
    return last


def _name(function: Called) -> str:
    name = getattr(function, "__name__", None)
    return printable(name) if isinstance(name, str) else "the function"


def _listed(paths: tuple[str, ...]) -> str:
    shown = [printable(path) for path in paths[:5]]
    if len(paths) > len(shown):
        shown.append(f"{len(paths) - len(shown)} more")
    return " and ".join(shown) if len(shown) < 3 else ", ".join(shown[:-1]) + " and " + shown[-1]
