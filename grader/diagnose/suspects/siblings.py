"""The function computes what another function of the assignment computes."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from grader.diagnose.bench import Bench
from grader.diagnose.relation import Words
from grader.diagnose.suspect import Suspect, suspects


@suspects(1)
def other_functions(bench: Bench) -> Iterator[Suspect]:
    """Each sibling, and each function given to the students, that takes as many arguments."""
    given: dict[str, Callable[..., Any]] = {
        name: value
        for name, value in bench.namespace.items()
        if inspect.isfunction(value)
        and value.__module__.startswith("given")
        and not name.startswith(("_", "check"))
    }
    for name, function in {**given, **bench.siblings}.items():
        if name != bench.function:
            words = Words("sibling", {"sibling": name, "function": bench.function})
            yield Suspect(words, 12.4, _called_with_what_fits(function))


def _called_with_what_fits(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, called with as many of the arguments as it takes."""
    parameters = inspect.signature(function).parameters.values()
    required = sum(parameter.default is parameter.empty for parameter in parameters)
    limit = len(parameters)

    def call(*args: Any) -> Any:
        if len(args) < required:
            raise TypeError
        return function(*args[:limit])

    return call
