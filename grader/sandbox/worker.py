"""The confined process: holds one submission and answers calls.

Theory of operation. The trusted process (`remote`) sends `load` once, then `call` after `call`, or several in one
`calls`, over one descriptor; each request carries a nonce that its answer must repeat. Where it cannot be seen that a
submission keeps nothing between calls (`stateless`), the answer to `load` is `stateful`, and its code runs after
`run`. While a call runs, the worker may send `callback` and then reads until the answer to it; in between the trusted
side may send further calls, which are served at once (to a depth). What the student's code does to this process is
its own affair: nothing here is trusted by the other side, which checks every frame, keeps the inputs, and holds the
clock.

Standard library and numpy only, and the modules beside it that promise the same.
"""

import builtins
import io
import os
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np

from grader.sandbox import effects, loader, placeholder, stateless
from grader.sandbox.naming import Names, Remote, as_token
from grader.sandbox.printed import Output
from grader.sandbox.wire import (
    HEADER,
    MAX_FRAME,
    NONCE_SIZE,
    OBJECTS,
    Decoder,
    Encoder,
    Inert,
    Message,
    TooLarge,
    WireError,
    written,
)

MAX_CALL_DEPTH = 16
MAX_WARNINGS = 32
#: Bytes of answers after which the rest of several calls is left to be asked again.
MAX_TOGETHER = 4 << 20
#: Bytes of an answer without its kind and nonce.
_MAX_ANSWER = MAX_FRAME - 1 - NONCE_SIZE
_now = time.perf_counter


class CallbackError(Exception):
    """A call-back of the test raised; the test will see its exception whatever happens here."""


class Worker:
    """One submission and the conversation about it."""

    def __init__(self, receive: Callable[[], bytes], send: Callable[[bytes], None]) -> None:
        self._receive = receive
        self._send = send
        self._names = Names({})
        self._homes: dict[str, str] = {}
        self._depth = 0
        self._doubted = False
        self._output = Output()
        self._caught: list[tuple[str, str, int | None]] = []

    def install(self) -> None:
        """Take over what the process prints, reads and warns."""
        sys.stdin = io.StringIO()
        builtins.input = _no_input
        # Modules exported from notebooks talk to IPython at the top level.
        vars(builtins)["get_ipython"] = placeholder.Placeholder("IPython")
        vars(builtins)["display"] = placeholder.Placeholder("display")
        sys.stdout = sys.stderr = self._output
        # Every warning, each time; a submission that wants none may say so, and keeps them to itself.
        warnings.simplefilter("always")
        warnings.showwarning = self._warned

    def announce(self) -> None:
        """Say that it is there, where starting takes so long that somebody waits for it."""
        self._answer_with(Message.READY, bytes(NONCE_SIZE))

    def serve(self) -> None:
        """Answer until the other side closes."""
        while True:
            self._answer(self._receive())

    def _answer(self, frame: bytes) -> None:
        decoder = Decoder(frame, OBJECTS)
        kind = decoder.begin()
        if kind == Message.CALL:
            self._only_call(decoder)
        elif kind == Message.CALLS:
            self._calls(decoder)
        elif kind == Message.REPLACE:
            for name, callback in decoder.next().items():
                self._replace(name, Remote(self.call_back, callback.number))
            self._answer_with(Message.REPLACED, decoder.nonce)
        elif kind == Message.LOAD:
            sources, modules, self._homes, allow = decoder.next()
            functions, record = loader.load(
                sources, modules, self._homes, allow, lambda: self._doubt(decoder)
            )
            # Of a submission that ran already, nothing may be asked that it could answer.
            if not self._doubted and (
                record["error"] is not None or not stateless.keep_nothing(functions.values())
            ):
                self._doubt(decoder)
            self._names = Names(functions)
            self._caught.clear()
            self._answer_with(Message.LOADED, decoder.nonce, record, self._output.take())
        else:
            raise WireError(f"unknown request {kind}")

    def _doubt(self, request: Decoder) -> None:
        """Say, before any code ran that could prevent it, that the submission may keep something between calls."""
        if self._doubted:
            return
        self._doubted = True
        self._answer_with(Message.STATEFUL, request.nonce)
        consent = Decoder(self._receive(), OBJECTS)
        if consent.begin() != Message.RUN:
            raise WireError("another request before the submission ran")
        request.nonce = consent.nonce

    def _replace(self, name: str, value: Any) -> None:
        """Put another function where the submission's own calls look for it: in the module, under its name."""
        module = sys.modules.get(self._homes[name])
        if module is not None:
            setattr(module, name, value)
        self._names.functions[name] = value

    def _only_call(self, decoder: Decoder) -> None:
        """Answer one call, at the same depth of the stack as one of several: recursion ends at the same number."""
        kind, answer = self._call(decoder)
        self._send(bytes((kind,)) + decoder.nonce + answer)

    def _calls(self, decoder: Decoder) -> None:
        """Answer several calls in one frame, each with the seconds that it took."""
        answers = Encoder()
        answers.begin(Message.VALUES, decoder.nonce)
        size = 0
        start = _now()
        while not decoder.ended:
            kind, answer = self._call(decoder)
            end = _now()
            answers.add_answer(kind, answer)
            answers.add(end - start)
            start = end
            size += len(answer)
            if size > MAX_TOGETHER:
                break
        self._send(answers.payload())

    def _call(self, decoder: Decoder) -> tuple[int, bytes]:
        """Make one call; the kind of its answer, and what it says."""
        name = decoder.next()
        errstate = decoder.next()
        states = decoder.next()
        # Numbered by their place: a call-back may start a call that carries generators of its own.
        generators = [effects.make_generator(*state) for state in states] if states else []
        decoder.new_scope()
        start = decoder.position
        args, kwargs = decoder.arguments()
        end = decoder.position
        special = decoder.special
        if special:
            args, kwargs = self._names.ours((args, kwargs), generators, self.call_back)
        kind, outcome = self._run(name, args, kwargs, errstate)
        meta: dict[str, Any] = {}
        if special or not decoder.arguments_kept():
            after = Encoder(self._names.of(generators) if special else None, references=True)
            after.add_arguments(args, kwargs)
            now = after.payload()
            if decoder.payload[start:end] != now:
                before = Decoder(decoder.payload[start:end], OBJECTS).next()
                meta["changed"] = effects.changed(before, Decoder(now, OBJECTS).next())
        # By type, not isinstance, which would ask an object of the submission for its class.
        if kind == Message.VALUE and issubclass(type(outcome), (np.ndarray, list, tuple, dict)):
            aliased = effects.aliased(outcome, args, kwargs)
            if aliased:
                meta["aliased"] = aliased
        if generators:
            meta["generators"] = [effects.state_of(generator) for generator in generators]
        if self._caught:
            meta["warnings"] = self._caught[:]
            self._caught.clear()
        if self._output.kept:
            meta["output"] = self._output.take()
        return kind, _outcome(meta, outcome)

    def _run(
        self, name: str, args: Any, kwargs: Any, errstate: dict[str, Any] | None
    ) -> tuple[int, Any]:
        """Call a function of the submission; its result, or its exception as data."""
        self._depth += 1
        try:
            if self._depth > MAX_CALL_DEPTH:
                raise RecursionError("calls and call-backs are nested too deeply")
            target = self._names.function(name)
            placeholder.state.in_call = True
            if errstate is None:
                return Message.VALUE, target(*args, **kwargs)
            with np.errstate(**errstate):
                return Message.VALUE, target(*args, **kwargs)
        except Closed:
            raise
        except BaseException as problem:
            record = loader.thrown(problem)
            problem.__traceback__ = None
            return Message.RAISED, record
        finally:
            self._depth -= 1
            if self._depth == 0:
                self._names.take_back()
            placeholder.state.in_call = self._depth > 0

    def call_back(self, number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Ask the test to call its function; serve what it asks meanwhile."""
        nonce = os.urandom(NONCE_SIZE)
        placeholder.state.in_call = False
        generators: list[np.random.Generator] = []
        encoder = Encoder(self._names.lending(generators))
        encoder.begin(Message.CALLBACK, nonce)
        encoder.add(number)
        encoder.add((args, kwargs))
        encoder.add([effects.describe_generator(one) for one in generators] or None)
        self._send(encoder.payload())
        while True:
            frame = self._receive()
            decoder = Decoder(frame, OBJECTS)
            kind = decoder.begin()
            if kind not in (Message.RETURNED, Message.FAILED):
                self._answer(frame)
                continue
            if decoder.nonce != nonce:
                raise WireError("an answer to another call-back")
            placeholder.state.in_call = True
            if kind == Message.FAILED:
                raise CallbackError("the function that you called raised an error")
            states = decoder.next()
            if states:
                left, more = states
                for generator, state in zip(generators, left, strict=True):
                    effects.advance(generator, *state)
                generators += [effects.make_generator(*state) for state in more]
            decoder.new_scope()
            value = decoder.next()
            return self._names.ours(value, generators, self.call_back) if decoder.special else value

    def _answer_with(self, kind: int, nonce: bytes, *values: Any) -> None:
        encoder = Encoder()
        encoder.begin(kind, nonce)
        for value in values:
            encoder.add(value)
        self._send(encoder.payload())

    def _warned(
        self,
        message: Any,
        category: Any,
        filename: str,
        lineno: int,
        file: Any = None,
        line: Any = None,
    ) -> None:
        """`warnings.showwarning` of this process."""
        if len(self._caught) < MAX_WARNINGS:
            own = "/" not in filename and "\\" not in filename
            self._caught.append(
                (category.__name__[:200], str(message)[:500], lineno if own else None)
            )


def _outcome(meta: dict[str, Any], outcome: Any) -> bytes:
    """What an answer says: what the call did besides, and what came of it."""
    body = Encoder(as_token)
    try:
        body.add(outcome)
    except TooLarge as problem:
        body = Encoder()
        body.add(Inert(f"result of {problem}"))
    if body.notes:
        meta["notes"] = body.notes[:4]
    head = written(meta) if meta else _NOTHING
    said = body.payload()
    if len(head) + len(said) > _MAX_ANSWER:
        said = written(Inert(f"result of more than {MAX_FRAME} bytes"))
    return head + said


_NOTHING = written(None)


class Closed(BaseException):
    """The other side has gone."""


def _no_input(_prompt: object = "") -> str:
    raise EOFError("input() has nothing to read: the grader passes arguments instead")


def over_descriptor(reading: int, writing: int) -> Worker:
    """A worker that talks over file descriptors."""
    read, write, unpack = os.read, os.write, HEADER.unpack_from

    def receive() -> bytes:
        # A request is never sent before the answer to the one before, so what is read is one frame or its beginning.
        data = read(reading, 1 << 16)
        while len(data) < HEADER.size:
            more = read(reading, 1 << 16)
            if not more:
                raise Closed
            data += more
        missing = HEADER.size + unpack(data)[0] - len(data)
        if missing > 0:
            parts = [data]
            while missing > 0:
                more = read(reading, min(missing, 1 << 20))
                if not more:
                    raise Closed
                parts.append(more)
                missing -= len(more)
            data = b"".join(parts)
        return data[HEADER.size :]

    def send(payload: bytes) -> None:
        data = HEADER.pack(len(payload)) + payload
        sent = write(writing, data)
        while sent < len(data):
            sent += write(writing, memoryview(data)[sent:])

    return Worker(receive, send)


def prepare(reading: int, writing: int) -> Worker:
    """A worker that will serve over these descriptors, in a process made ready for student code.

    All that needs no descriptor happens here: in a fork server, before it forks.
    """
    loader.forget_grader()
    worker = over_descriptor(reading, writing)
    worker.install()
    return worker


def run(worker: Worker) -> NoReturn:
    """Serve until the other side closes, then end without running the submission's exit handlers."""
    status = 70
    try:
        worker.serve()
    except Closed:
        status = 0
    except BaseException:  # noqa: S110  # the other side sees the end of the conversation and judges
        pass
    os._exit(status)
