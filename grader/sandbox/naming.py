"""What stands on the wire for objects that are not data, as a worker sees them: functions, generators, tokens.

Standard library and numpy only: a worker imports this.
"""

import types
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from grader.sandbox import effects
from grader.sandbox.wire import Callback, GeneratorSlot, Own, Token

#: Functions that the call-backs of one call may be given.
MAX_LENT = 10_000
_FUNCTIONS = (types.FunctionType, types.MethodType, types.BuiltinFunctionType, np.ufunc, partial)

#: Calls a function of the test: its number, arguments and keyword arguments.
CallBack = Callable[[int, tuple[Any, ...], dict[str, Any]], Any]


class Remote:
    """A function of the test, as the submission sees it."""

    def __init__(self, call_back: CallBack, number: int) -> None:
        self._call_back = call_back
        self._number = number

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it, over there."""
        return self._call_back(self._number, args, kwargs)


class Opaque:
    """An object of the test that the submission can only keep and hand back."""

    def __init__(self, number: int) -> None:
        self._number = number


def as_token(value: Any) -> Any:
    """How an object of the test is named in a result."""
    return Token(value._number) if type(value) is Opaque else None


class Names:
    """The functions of one submission by the names under which they cross, and how everything else is named."""

    def __init__(self, functions: dict[str, Any]) -> None:
        #: The graded ones; what stands in for one may be put in its place.
        self.functions = functions
        #: By identity, and kept: replaced and collected, one would leave its identity to another object.
        self._own = {id(value): (name, value) for name, value in functions.items()}
        #: What call-backs of the outermost call were given to call.
        self._lent: dict[str, Any] = {}

    def function(self, name: str) -> Any:
        """The function of that name; KeyError where none was ever named so."""
        return self._lent[name] if name in self._lent else self.functions[name]

    def take_back(self) -> None:
        """Forget what was lent: the call that lent it has ended."""
        if self._lent:
            self._lent.clear()

    def ours(self, value: Any, generators: list[np.random.Generator], call_back: CallBack) -> Any:
        """A received value with the objects that its names stand for.

        Containers are filled in place, so that an object which occurs twice stays one.
        """
        made: dict[int, Any] = {}

        def convert(item: Any) -> Any:
            kind = type(item)
            if kind is tuple:
                return tuple([convert(part) for part in item])
            if kind is list:
                if id(item) not in made:
                    made[id(item)] = item
                    item[:] = [convert(part) for part in item]
                return item
            if kind is dict:
                if id(item) not in made:
                    made[id(item)] = item
                    for key in item:
                        item[key] = convert(item[key])
                return item
            if kind is Callback:
                return Remote(call_back, item.number)
            if kind is Token:
                return Opaque(item.number)
            if kind is GeneratorSlot:
                return generators[item.number]
            if kind is Own:
                return self.function(item.name)
            return item

        return convert(value)

    def of(self, generators: list[np.random.Generator]) -> Callable[[Any], Any]:
        """How the objects of a call are named; None for what has no name."""
        slots = {id(generator): number for number, generator in enumerate(generators)}

        def name(value: Any) -> Any:
            if id(value) in slots:
                return GeneratorSlot(slots[id(value)])
            if id(value) in self._own:
                return Own(self._own[id(value)][0])
            if type(value) is Remote:
                return Callback(value._number)
            if type(value) is Opaque:
                return Token(value._number)
            return None

        return name

    def lending(self, generators: list[np.random.Generator]) -> Callable[[Any], Any]:
        """How the arguments of a call-back are named: its generators are collected, its functions lent."""
        known = self.of([])

        def name(value: Any) -> Any:
            kind = type(value)
            if kind is np.random.Generator:
                return effects.slot(generators, value)
            named = known(value)
            if named is None and issubclass(kind, _FUNCTIONS) and len(self._lent) < MAX_LENT:
                named = Own(f"#{len(self._lent)}")
                self._lent[named.name] = value
            return named

        return name
