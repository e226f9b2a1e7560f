"""The trusted side of one conversation with one worker: every exchange becomes a `Reply`, which everyone else reads.

The caller's objects are never written to, with one exception: a random generator that was passed as an argument is set
to the state that the call left, after that state was checked.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from grader.course import Limits
from grader.errors import GraderFault
from grader.sandbox.channel import Budget, Ended, Oversize, OverTime, Unasked
from grader.sandbox.effects import describe_generator, slot, state_of
from grader.sandbox.generators import make_generators, set_states
from grader.sandbox.process import Exit, Process
from grader.sandbox.records import (
    Kind,
    Loaded,
    Lost,
    Malformed,
    Reply,
    checked_load,
    checked_meta,
    checked_raised,
    pair,
)
from grader.sandbox.wire import (
    NONCE_SIZE,
    Callback,
    Decoder,
    Encoder,
    GeneratorSlot,
    Inert,
    Message,
    Own,
    Token,
    WireError,
)

MAX_CALLBACKS = 100_000
MAX_DEPTH = 16
#: The wall clock is only a backstop for workers that wait instead of computing.
WALL_FACTOR = 4
#: Where a worker's CPU time cannot be read, waiting is all that can be measured.
WALL_FACTOR_WITHOUT_CLOCK = 2
#: Windows has no such signal.
_SIGKILL = 9


class LentFailed(Exception):
    """A function that a submission passed to a call-back did not return."""


@dataclass(frozen=True)
class Lent:
    """A function of the submission that it passed to a call-back, which may call it in turn."""

    conversation: "Conversation"
    name: str

    def __repr__(self) -> str:
        return "a function of the submission"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it in its worker. Raises LentFailed, or what a call-back raised within it."""
        reply, _ = self.conversation.call(self.name, args, kwargs)
        if reply.callback_error is not None:
            raise reply.callback_error
        if reply.kind != "value":
            what = reply.message if reply.raised is None else reply.raised.message
            raise LentFailed(what)
        return reply.value


@dataclass
class Conversation:
    """One worker that holds one submission.

    `submission_left` is the CPU time that this submission may still use, over all its workers.
    """

    process: Process
    limits: Limits
    submission_left: float = float("inf")
    _callbacks: list[Callable[..., Any]] = field(default_factory=list)
    _objects: list[Any] = field(default_factory=list)
    _depth: int = 0
    _callback_count: int = 0
    _test_end: float = float("inf")
    _exit: Exit | None = None
    _lost: Lost | None = None

    def __post_init__(self) -> None:
        try:
            self.process.channel.receive(Budget(float("inf"), 30.0))
        except (Ended, OverTime, Oversize, Unasked) as error:
            self.process.end()
            raise GraderFault("a worker ended before any student code was in it") from error
        self._start = self.process.cpu() or 0.0

    @property
    def cpu(self) -> float:
        """CPU seconds that the submission used in this worker, as far as the system can tell."""
        if self._exit is not None:
            return max(self._exit.cpu - self._start, 0.0)
        return (self.process.cpu() or self._start) - self._start

    @property
    def alive(self) -> bool:
        """Whether it can still be called."""
        return self._exit is None

    @property
    def killed(self) -> bool:
        """Whether it was lost to a SIGKILL that was not ours, which confined code cannot send itself."""
        return (
            self._lost is not None and self._lost.kind == "killed" and self.end().signal == _SIGKILL
        )

    def load(
        self,
        sources: Mapping[str, bytes],
        modules: Sequence[str],
        graded: Mapping[str, str],
        allow: Sequence[str],
    ) -> Loaded:
        """Hand the submission's files over; `sources` maps module names to bytes. Losing the worker is a load error."""
        try:
            decoder = self._exchange(
                Message.LOAD,
                (dict(sources), list(modules), dict(graded), list(allow)),
                self._budget(self.limits.load),
            )
            record, output = decoder.next(), decoder.next()
            decoder.finish()
            return checked_load(record, output, graded)
        except Lost as lost:
            message = f"while loading: {lost}"
            return Loaded(dict.fromkeys(graded, "missing"), {"kind": lost.kind, "message": message})
        except (WireError, Malformed) as error:
            self._lose("refused", str(error))
            return Loaded(
                dict.fromkeys(graded, "missing"),
                {"kind": "refused", "message": f"while loading: {error}"},
            )

    def begin_test(self, limits: Limits) -> None:
        """Start the clock of a test, and forget the call-backs of the one before."""
        self.limits = limits
        self._callbacks.clear()
        self._objects.clear()
        self._test_end = (self.process.cpu() or 0.0) + limits.test

    def replace(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        """Put functions of ours where the submission looks for its own. Raises Lost."""
        named = {name: self._callback(function) for name, function in functions.items()}
        try:
            self._exchange(Message.REPLACE, named, self._budget(self.limits.call))
        except WireError as error:
            raise self._lose("refused", f"it broke the protocol: {error}") from None

    def call(
        self,
        name: str,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        errstate: Mapping[str, str] | None = None,
    ) -> tuple[Reply, bytes]:
        """Call a function of the submission; also return the arguments as they were sent."""
        generators: list[np.random.Generator] = []
        encoder = Encoder(self._foreign(generators), references=True)
        encoder.add_arguments(args, kwargs)
        arguments = encoder.payload()
        nonce = os.urandom(NONCE_SIZE)
        if generators or errstate:
            states = [describe_generator(generator) for generator in generators]
            head = _head(name, None if errstate is None else dict(errstate), states)
        else:
            head = _plain_head(name)
        if self._depth == 0:
            self._callback_count = 0
        self._depth += 1
        error: list[BaseException] = []
        try:
            if self._depth > MAX_DEPTH:
                raise RecursionError("calls and call-backs are nested too deeply")
            request = b"".join((_CALL, nonce, head, arguments))
            decoder = self._converse(request, nonce, self._budget(self.limits.call), error)
            reply = self._reply(decoder, generators, error)
        except Lost as lost:
            reply = Reply(lost.kind, message=str(lost), callback_error=error[0] if error else None)
        except (WireError, Malformed) as problem:
            self._lose("refused", str(problem))
            reply = Reply("refused", message=f"it broke the protocol: {problem}")
        finally:
            self._depth -= 1
        return reply, arguments

    def output(self) -> str:
        """What went to descriptors 1 and 2 around `sys.stdout`."""
        return (
            self.process.channel.output().decode("utf-8", "replace") if self._exit is None else ""
        )

    def end(self) -> Exit:
        """Kill the worker if it still runs."""
        if self._exit is None:
            self._exit = self.process.end()
        return self._exit

    def _budget(self, limit: float) -> Budget:
        cpu = self.process.cpu()
        if cpu is None:
            return Budget(float("inf"), limit * WALL_FACTOR_WITHOUT_CLOCK)
        end = min(cpu + limit, self._test_end, self._start + self.submission_left)
        return Budget(end, limit * WALL_FACTOR)

    def _exchange(self, kind: int, value: Any, budget: Budget) -> Decoder:
        nonce = os.urandom(NONCE_SIZE)
        encoder = Encoder()
        encoder.begin(kind, nonce)
        encoder.add(value)
        decoder = self._converse(encoder.payload(), nonce, budget, [])
        if decoder.kind != _ANSWERS[kind]:
            raise WireError("an answer of another kind")
        return decoder

    def _converse(
        self, request: bytes, nonce: bytes, budget: Budget, errors: list[BaseException]
    ) -> Decoder:
        """Send a request and serve call-backs until its answer; the decoder stands after kind and nonce."""
        channel = self.process.channel
        try:
            channel.send(request, budget)
            while True:
                decoder = Decoder(channel.receive(budget), b"kofg")
                if decoder.begin() == Message.CALLBACK:
                    channel.send(self._serve(decoder, errors), budget)
                elif decoder.nonce != nonce:
                    raise WireError("an answer to a question that was not asked")
                else:
                    return decoder
        except Ended:
            raise self._lose("killed", None) from None
        except OverTime:
            raise self._lose("timeout", self._which_limit(budget)) from None
        except Oversize:
            raise self._lose("refused", "an answer larger than 64 MiB") from None
        except Unasked:
            raise self._lose(
                "refused", "it wrote to the grader's channel without being asked"
            ) from None

    def _which_limit(self, budget: Budget) -> str:
        cpu = self.process.cpu()
        if cpu is not None and cpu >= self._start + self.submission_left:
            return "the submission used up its CPU time"
        if cpu is not None and cpu >= self._test_end:
            return f"the test used more than {self.limits.test:g} s of CPU time"
        if cpu is not None and cpu >= budget.cpu_end:
            return f"it used more than {self.limits.call:g} s of CPU time"
        return f"no answer within {self.limits.call * WALL_FACTOR:g} s"

    def _lose(self, kind: Kind, message: str | None) -> Lost:
        ended = self.end()
        if self._lost is not None:
            # What a call within a call-back lost is lost for the same reason around it.
            return self._lost
        if message is None:
            message = ended.told
        self._lost = Lost(kind, message)
        return self._lost

    def _callback(self, function: Callable[..., Any]) -> Callback:
        self._callbacks.append(function)
        return Callback(len(self._callbacks) - 1)

    def _foreign(self, generators: list[np.random.Generator]) -> Callable[[Any], Any]:
        """How our objects are named on the wire; generators are collected."""

        def name(value: Any) -> Any:
            if type(value) is Lent:
                return Own(value.name) if value.conversation is self else self._callback(value)
            own = getattr(value, "own_name", None)
            if type(own) is str:
                return Own(own)
            if isinstance(value, np.random.Generator):
                return slot(generators, value)
            if isinstance(
                value, (np.ndarray, np.generic, int, float, complex, str, bytes, list, tuple, dict)
            ):
                return None
            if callable(value):
                return self._callback(value)
            self._objects.append(value)
            return Token(len(self._objects) - 1)

        return name

    def _serve(self, decoder: Decoder, errors: list[BaseException]) -> bytes:
        """Run one of our functions for the worker; its exception is kept for the test."""
        number = decoder.next()
        content = decoder.next()
        generators = make_generators(decoder.next())
        decoder.finish()
        passed = len(generators)
        self._callback_count += 1
        if self._callback_count > MAX_CALLBACKS:
            raise WireError(f"more than {MAX_CALLBACKS:,} call-backs in one call")
        if type(number) is not int or not 0 <= number < len(self._callbacks):
            raise WireError("a call-back that does not exist")
        args, kwargs = pair(content)
        if decoder.special:
            args, kwargs = self._ours((args, kwargs), generators)
        answer = Encoder()
        try:
            result = self._callbacks[number](
                *args, **{str(key): value for key, value in kwargs.items()}
            )
            body = Encoder(self._foreign(generators), references=True)
            body.add(result)
            states = [state_of(generator) for generator in generators[:passed]]
            more = [describe_generator(generator) for generator in generators[passed:]]
            answer.begin(Message.RETURNED, decoder.nonce)
            answer.add((states, more) if generators else None)
            answer.parts += body.parts
        except BaseException as error:  # pytest's own outcomes are not Exceptions
            errors.append(error)
            answer = Encoder()
            answer.begin(Message.FAILED, decoder.nonce)
        return answer.payload()

    def _ours(self, value: Any, generators: list[np.random.Generator] | None = None) -> Any:
        """A received value with our own objects in place of their numbers; a call-back also gets `generators` and
        functions that it can call.
        """
        kind = type(value)
        if kind is tuple:
            return tuple([self._ours(item, generators) for item in value])
        if kind is list:
            return [self._ours(item, generators) for item in value]
        if kind is dict:
            return {key: self._ours(item, generators) for key, item in value.items()}
        if kind is Token or kind is Callback:
            known: Sequence[Any] = self._objects if kind is Token else self._callbacks
            if value.number >= len(known):
                raise WireError("an object that does not exist")
            return known[value.number]
        if kind is GeneratorSlot:
            if generators is None or value.number >= len(generators):
                raise WireError("a generator that does not exist")
            return generators[value.number]
        if kind is Own:
            return Inert("function") if generators is None else Lent(self, value.name)
        return value

    def _reply(
        self, decoder: Decoder, generators: list[np.random.Generator], errors: list[BaseException]
    ) -> Reply:
        meta = decoder.next()
        value = decoder.next()
        decoder.finish()
        details = {} if meta is None else checked_meta(meta)
        if generators:
            set_states(generators, None if meta is None else meta.get("generators"))
        error = errors[0] if errors else None
        if decoder.kind == Message.VALUE:
            if decoder.special:
                value = self._ours(value)
            return Reply("value", value, callback_error=error, **details)
        if decoder.kind == Message.RAISED:
            return Reply("raised", raised=checked_raised(value), callback_error=error, **details)
        raise WireError("an answer of an unknown kind")


_CALL = bytes((Message.CALL,))
_ANSWERS = {Message.LOAD: Message.LOADED, Message.REPLACE: Message.REPLACED}


def _head(name: str, errstate: dict[str, str] | None, states: list[Any] | None) -> bytes:
    """What a call says before its arguments."""
    head = Encoder()
    for part in (name, errstate, states):
        head.add(part)
    return head.payload()


@cache
def _plain_head(name: str) -> bytes:
    return _head(name, None, None)
