"""Exceptions of a submission as tests meet them."""

import builtins
from functools import cache

import numpy as np

from grader.sandbox.records import Raised


class StudentError(Exception):
    """An exception that a submission raised; tests meet it under its own builtin type as well."""

    #: What is known of the original.
    raised: Raised

    def __init__(self, raised: Raised) -> None:
        Exception.__init__(self, raised.message)
        self.raised = raised

    def __str__(self) -> str:
        return self.raised.message


class WorkerLost(BaseException):
    """The worker is gone; not an Exception, so that a test which catches those cannot go on without it."""


#: Raised in a test, these would steer pytest or a generator instead of telling what the submission did.
_STEERING = (StopIteration, StopAsyncIteration, BaseExceptionGroup)

_KNOWN: dict[str, type[Exception]] = {
    name: kind
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, Exception) and not issubclass(kind, _STEERING)
} | {"LinAlgError": np.linalg.LinAlgError}


@cache
def _class_for(name: str) -> type[StudentError]:
    return type(name, (StudentError, _KNOWN[name]), {"__module__": "submission"})


def known(raised: Raised) -> str | None:
    """The nearest type that Python or NumPy defines; plain `Exception` says nothing."""
    names = (name for name in raised.bases if name in _KNOWN and name != "Exception")
    return next(names, None)


def to_exception(raised: Raised) -> StudentError:
    """The exception to raise in the test: an instance of the nearest builtin base of what was raised, or a
    plain StudentError.
    """
    name = known(raised)
    return StudentError(raised) if name is None else _class_for(name)(raised)
