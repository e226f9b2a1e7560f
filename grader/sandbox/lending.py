"""What of ours a submission may hold while a test runs: functions and objects by number, generators by place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from grader.sandbox.effects import slot
from grader.sandbox.records import Reply
from grader.sandbox.wire import Callback, GeneratorSlot, Inert, Own, Token, WireError

#: What crosses as a value, or as the elements of one.
_VALUES = (np.ndarray, np.generic, int, float, complex, str, bytes, list, tuple, dict)


class LentFailed(Exception):
    """A function that a submission passed to a call-back did not return."""


class Caller(Protocol):
    """Whoever can call a function of the submission."""

    def call(
        self, name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> tuple[Reply, bytes]:
        """See Conversation."""


@dataclass(frozen=True)
class Lent:
    """A function of the submission that it passed to a call-back, which may call it in turn."""

    caller: Caller
    name: str

    def __repr__(self) -> str:
        return "a function of the submission"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it in its worker. Raises LentFailed, or what a call-back raised within it."""
        reply, _ = self.caller.call(self.name, args, kwargs)
        if reply.callback_error is not None:
            raise reply.callback_error
        if reply.kind != "value":
            what = reply.message if reply.raised is None else reply.raised.message
            raise LentFailed(what)
        return reply.value


class Lending:
    """Our functions and objects by the numbers under which one worker knows them."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller
        self.functions: list[Callable[..., Any]] = []
        self._objects: list[Any] = []
        #: How many there were so far.
        self.count = 0

    def clear(self) -> None:
        """Take everything back."""
        self.functions.clear()
        self._objects.clear()

    def callback(self, function: Callable[..., Any]) -> Callback:
        """Lend a function."""
        self.count += 1
        self.functions.append(function)
        return Callback(len(self.functions) - 1)

    def namer(self, generators: list[np.random.Generator]) -> Callable[[Any], Any]:
        """How our objects are named on the wire; generators are collected."""

        def name(value: Any) -> Any:
            if type(value) is Lent:
                return Own(value.name) if value.caller is self._caller else self.callback(value)
            own = getattr(value, "own_name", None)
            if type(own) is str:
                return Own(own)
            if isinstance(value, np.random.Generator):
                return slot(generators, value)
            if isinstance(value, _VALUES):
                return None
            if callable(value):
                return self.callback(value)
            self.count += 1
            self._objects.append(value)
            return Token(len(self._objects) - 1)

        return name

    def ours(self, value: Any, generators: list[np.random.Generator] | None = None) -> Any:
        """A received value with our own objects in place of their numbers; a call-back also gets `generators` and
        functions that it can call.
        """
        kind = type(value)
        if kind is tuple:
            return tuple([self.ours(item, generators) for item in value])
        if kind is list:
            return [self.ours(item, generators) for item in value]
        if kind is dict:
            return {key: self.ours(item, generators) for key, item in value.items()}
        if kind is Token or kind is Callback:
            known: Sequence[Any] = self._objects if kind is Token else self.functions
            if value.number >= len(known):
                raise WireError("an object that does not exist")
            return known[value.number]
        if kind is GeneratorSlot:
            if generators is None or value.number >= len(generators):
                raise WireError("a generator that does not exist")
            return generators[value.number]
        if kind is Own:
            return Inert("function") if generators is None else Lent(self._caller, value.name)
        return value
