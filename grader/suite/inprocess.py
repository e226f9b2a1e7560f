"""The module under test imported into the test's own process: for breakpoints and debuggers, never for grading."""

import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import numpy as np

from grader.errors import UsageError
from grader.models import Verdict
from grader.sandbox.forkserver import import_given
from grader.sandbox.wire import written
from grader.suite.exceptions import WorkerLost
from grader.suite.place import Place
from grader.suite.student import LastCall, StudentFunction, TestRun


def import_modules(place: Place, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Import the modules under test; the graded names that they define."""
    import_given(str(place.given))
    found: dict[str, Any] = {}
    folder = place.default_student
    for name in place.assignment.manifest.modules:
        if name not in files:
            raise UsageError(f"there is no {name}.py in {folder}")
        module = sys.modules[name] = ModuleType(name)
        module.__file__ = str(folder / f"{name}.py")
        exec(compile(files[name], module.__file__, "exec", dont_inherit=True), module.__dict__)
        for function in place.assignment.functions:
            if place.assignment.module_of(function) == name and hasattr(module, function):
                found[function] = getattr(module, function)
    return found


class InProcessRun(TestRun):
    """A test whose calls stay in this process; exceptions keep their frames."""

    def __init__(self, functions: Mapping[str, Any], names: Mapping[str, tuple[str, ...]]) -> None:
        self.functions = functions
        self.parameters = names
        self.lost = None
        self.message = ""
        self.calls = []
        self.warned = []
        self.notes = []
        self.printed = []
        self._last: dict[str, LastCall] = {}

    def begin(self, limits: Any) -> None:
        """No clock runs: someone may be stepping through."""

    def call(
        self,
        name: str,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        errstate: Mapping[str, str] | None,
    ) -> Any:
        """Call the function here, on the caller's own objects."""
        if name not in self.functions:
            self.lost, self.message = Verdict.BLOCKED, f"{name} is missing"
            raise WorkerLost(self.message)
        args = tuple([self._own(value) for value in args])
        before = [written(value) for value in args]
        conditions: dict[str, Any] = dict(errstate or {})
        with np.errstate(**conditions):
            result = self.functions[name](
                *args, **{key: self._own(value) for key, value in kwargs.items()}
            )
        names = [*self.parameters.get(name, ())] + [
            f"argument {index}" for index in range(len(args))
        ]
        changed = tuple(
            label
            for label, old, value in zip(names, before, args, strict=False)
            if old != written(value)
        )
        aliased = tuple(
            label
            for label, value in zip(names, args, strict=False)
            if isinstance(value, np.ndarray)
            and isinstance(result, np.ndarray)
            and np.shares_memory(value, result)
        )
        self._last[name] = LastCall(changed, aliased)
        return result

    def _own(self, value: Any) -> Any:
        return (
            self.functions.get(value.own_name, value)
            if isinstance(value, StudentFunction)
            else value
        )

    def last(self, name: str) -> LastCall | None:
        """See TestRun."""
        return self._last.get(name)
