"""The confined process: holds one submission and answers calls.

Theory of operation. The trusted process (`remote`) sends `load` once and then `call` after `call` over one descriptor;
each request carries a nonce that its answer must repeat. While a call runs, the worker may send `callback` and then reads
until the answer to it; in between the trusted side may send further calls, which are served at once (to a depth). What
the student's code does to this process is its own affair: nothing here is trusted by the other side, which checks every
frame, keeps the inputs, and holds the clock.

Standard library and numpy only, and the modules beside it that promise the same.
"""

import builtins
import io
import os
import sys
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.sandbox import loader
from grader.sandbox.wire import (
    HEADER,
    MAX_FRAME,
    Callback,
    Decoder,
    Encoder,
    GeneratorSlot,
    Inert,
    Own,
    Token,
    WireError,
)

MAX_CALL_DEPTH = 16
MAX_OUTPUT = 64 << 10
MAX_WARNINGS = 32
#: Arrays of a result that are compared with the arguments for shared memory.
MAX_ALIAS_CHECKS = 256

_BIT_GENERATORS = {
    kind.__name__: kind
    for kind in (
        np.random.PCG64,
        np.random.PCG64DXSM,
        np.random.MT19937,
        np.random.Philox,
        np.random.SFC64,
    )
}


class Output(io.RawIOBase):
    """What the submission prints, up to the cap; the rest is dropped."""

    def __init__(self) -> None:
        self.kept = bytearray()

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: Any) -> int:
        """Keep what fits."""
        view = memoryview(data).cast("B")
        room = MAX_OUTPUT - len(self.kept)
        if room > 0:
            self.kept += view[:room]
        return len(view)


class CallbackError(Exception):
    """A call-back of the test raised; the test will see its exception whatever happens here."""


class Remote:
    """A function of the test, as the submission sees it."""

    def __init__(self, worker: "Worker", number: int) -> None:
        self._worker = worker
        self._number = number

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._worker.call_back(self._number, args, kwargs)


class Opaque:
    """An object of the test that the submission can only keep and hand back."""

    def __init__(self, number: int) -> None:
        self._number = number


class Worker:
    """One submission and the conversation about it."""

    def __init__(self, receive: Callable[[], bytes], send: Callable[[bytes], None]) -> None:
        self._receive = receive
        self._send = send
        self._objects: dict[str, Any] = {}
        self._names: dict[int, str] = {}
        self._homes: dict[str, str] = {}
        self._depth = 0
        self._output = Output()
        self._stream: Any = None

    def serve(self) -> None:
        """Answer until the other side closes."""
        sys.stdin = io.StringIO()
        builtins.input = _no_input
        self._open_output()
        self._send_values("ready")
        while True:
            self._answer(self._receive())

    def _answer(self, frame: bytes) -> None:
        decoder = Decoder(frame, "kogfr")
        kind = decoder.next()
        nonce = decoder.next()
        if kind == "call":
            self._call(nonce, decoder)
        elif kind == "replace":
            for name, callback in decoder.next().items():
                self._replace(name, Remote(self, callback.number))
            self._send_values("replaced", nonce)
        elif kind == "load":
            sources, modules, graded, allow = decoder.next()
            self._objects, record = loader.load(sources, modules, graded, allow)
            self._homes = graded
            self._names = {id(value): name for name, value in self._objects.items()}
            self._send_values("loaded", nonce, record, self._printed())
        else:
            raise WireError(f"unknown request {kind!r}")

    def _replace(self, name: str, value: Any) -> None:
        """Put another function where the submission's own calls look for it: in the module, under its name."""
        module = sys.modules.get(self._homes[name])
        if module is not None:
            setattr(module, name, value)
        self._objects[name] = value

    def _call(self, nonce: bytes, decoder: Decoder) -> None:
        name, errstate = decoder.next()
        # Numbered by their place: a call-back may start a call that carries generators of its own.
        generators = [_make_generator(*state) for state in decoder.next()]
        start = decoder.position
        decoder.new_scope()
        raw_args, raw_kwargs = decoder.next()
        sent = decoder.payload[start:]
        args, kwargs = self._ours((raw_args, raw_kwargs), generators)
        meta: dict[str, Any] = {}
        caught: list[tuple[str, str, int | None]] = []
        self._depth += 1
        outcome: Any
        try:
            if self._depth > MAX_CALL_DEPTH:
                raise RecursionError("calls and call-backs are nested too deeply")
            target = self._objects[name]
            with warnings.catch_warnings():
                warnings.simplefilter("default")
                warnings.showwarning = _collector(caught)
                loader.State.in_call = True
                if errstate is None:
                    result = target(*args, **kwargs)
                else:
                    with np.errstate(**errstate):
                        result = target(*args, **kwargs)
            kind, outcome = "value", result
        except BaseException as problem:
            if type(problem) is _Closed:
                raise
            kind, outcome = "raised", loader.describe(problem)
            problem.__traceback__ = None
        finally:
            self._depth -= 1
            loader.State.in_call = self._depth > 0
        foreign = self._foreign(generators)
        after = Encoder(foreign, references=True)
        after.add((args, kwargs))
        if after.payload() != sent:
            meta["changed"] = _changed(
                Decoder(sent, "kogfr").next(), Decoder(after.payload(), "kogfr").next()
            )
        if kind == "value":
            aliased = _aliased(outcome, args, kwargs)
            if aliased:
                meta["aliased"] = aliased
        if generators:
            meta["generators"] = [_state_of(generator) for generator in generators]
        if caught:
            meta["warnings"] = caught[:MAX_WARNINGS]
        printed = self._printed()
        if printed:
            meta["output"] = printed
        encoder = Encoder(self._foreign([]))
        encoder.add(kind)
        encoder.add(nonce)
        answer = Encoder(self._result_foreign)
        answer.add(outcome)
        if answer.notes:
            meta["notes"] = answer.notes[:4]
        encoder.add(meta or None)
        payload = encoder.payload() + answer.payload()
        if len(payload) > MAX_FRAME:
            answer = Encoder()
            answer.add(Inert(f"result of {len(payload)} bytes"))
            payload = encoder.payload() + answer.payload()
        self._send(payload)

    def call_back(self, number: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Ask the test to call its function; serve what it asks meanwhile."""
        nonce = os.urandom(8)
        loader.State.in_call = False
        encoder = Encoder(self._foreign([]))
        for part in ("callback", nonce, number, (args, kwargs)):
            encoder.add(part)
        self._send(encoder.payload())
        while True:
            frame = self._receive()
            decoder = Decoder(frame, "kogfr")
            if decoder.next() not in ("returned", "failed"):
                self._answer(frame)
                continue
            if decoder.next() != nonce:
                raise WireError("an answer to another call-back")
            loader.State.in_call = True
            succeeded, value = decoder.next()
            if not succeeded:
                raise CallbackError("the function that you called raised an error")
            return self._ours(value, [])

    def _ours(self, value: Any, generators: list[np.random.Generator]) -> Any:
        """The received value with the objects that stand behind call-backs, tokens, generators and own functions.

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
                return Remote(self, item.number)
            if kind is Token:
                return Opaque(item.number)
            if kind is GeneratorSlot:
                return generators[item.number]
            if kind is Own:
                return self._objects[item.name]
            return item

        return convert(value)

    def _foreign(self, generators: list[np.random.Generator]) -> Callable[[Any], Any]:
        """How objects that are not data are named on the wire."""
        slots = {id(generator): number for number, generator in enumerate(generators)}

        def name(value: Any) -> Any:
            if id(value) in slots:
                return GeneratorSlot(slots[id(value)])
            if id(value) in self._names:
                return Own(self._names[id(value)])
            if type(value) is Remote:
                return Callback(value._number)
            if type(value) is Opaque:
                return Token(value._number)
            return None

        return name

    def _result_foreign(self, value: Any) -> Any:
        return Token(value._number) if type(value) is Opaque else None

    def _send_values(self, *values: Any) -> None:
        encoder = Encoder()
        for value in values:
            encoder.add(value)
        self._send(encoder.payload())

    def _open_output(self) -> None:
        self._stream = io.TextIOWrapper(
            io.BufferedWriter(self._output),
            encoding="utf-8",
            errors="backslashreplace",
            write_through=True,
        )
        sys.stdout = sys.stderr = self._stream

    def _printed(self) -> str:
        """What was printed since the last answer."""
        try:
            self._stream.flush()
        except (ValueError, OSError):
            # The submission closed its own standard output.
            self._open_output()
        if not self._output.kept:
            return ""
        text = self._output.kept.decode("utf-8", "replace")
        self._output.kept.clear()
        return text


class _Closed(BaseException):
    """The other side has gone."""


def _no_input(prompt: object = "") -> str:
    raise EOFError("input() has nothing to read: the grader passes arguments instead")


def _collector(caught: list[tuple[str, str, int | None]]) -> Callable[..., None]:
    def collect(message: Any, category: Any, filename: str, lineno: int, *rest: Any) -> None:
        if len(caught) < MAX_WARNINGS:
            own = "/" not in filename and "\\" not in filename
            caught.append((category.__name__[:200], str(message)[:500], lineno if own else None))

    return collect


def _make_generator(
    kind: str, state: dict[str, Any], seed_sequence: tuple[Any, tuple[int, ...], int, int] | None
) -> np.random.Generator:
    if seed_sequence is None:
        bits = _BIT_GENERATORS[kind](0)
    else:
        entropy, spawn_key, pool_size, spawned = seed_sequence
        sequence = np.random.SeedSequence(
            entropy, spawn_key=spawn_key, pool_size=pool_size, n_children_spawned=spawned
        )
        bits = _BIT_GENERATORS[kind](sequence)
    bits.state = state
    return np.random.Generator(bits)


def _state_of(generator: np.random.Generator) -> tuple[Any, int]:
    sequence = getattr(generator.bit_generator, "seed_seq", None)
    return generator.bit_generator.state, getattr(sequence, "n_children_spawned", 0)


def _changed(before: Any, after: Any) -> list[list[Any]]:
    """The paths at which the arguments differ from what they were; the first part is an index or a keyword."""
    paths: list[list[Any]] = []
    seen: set[int] = set()

    def walk(one: Any, two: Any, path: list[Any]) -> None:
        if len(paths) >= 16 or len(path) > 8:
            return
        if type(one) is not type(two):
            paths.append(path)
        elif isinstance(one, (list, tuple)):
            if id(two) in seen:
                return
            seen.add(id(two))
            if len(one) != len(two):
                paths.append(path)
                return
            for index, (left, right) in enumerate(zip(one, two, strict=True)):
                walk(left, right, [*path, index])
        elif isinstance(one, dict):
            if id(two) in seen:
                return
            seen.add(id(two))
            if list(one) != list(two):
                paths.append(path)
                return
            for key in one:
                walk(
                    one[key],
                    two[key],
                    [*path, key if isinstance(key, (str, int)) else repr(key)[:50]],
                )
        elif _bytes_of(one) != _bytes_of(two):
            paths.append(path)

    for index, (left, right) in enumerate(zip(before[0], after[0], strict=True)):
        walk(left, right, [index])
    for key in before[1]:
        walk(before[1][key], after[1].get(key), [key])
    return paths


def _bytes_of(value: Any) -> bytes:
    encoder = Encoder()
    encoder.add(value)
    return encoder.payload()


def _arrays(value: Any, found: list[Any], path: list[Any], depth: int = 0) -> None:
    """Collect the mutable things in a value as (object, path)."""
    if len(found) >= MAX_ALIAS_CHECKS or depth > 8:
        return
    if isinstance(value, np.ndarray):
        found.append((value, path))
    elif isinstance(value, (list, tuple)):
        if isinstance(value, list):
            found.append((value, path))
        for index, item in enumerate(value):
            if len(found) >= MAX_ALIAS_CHECKS:
                return
            if isinstance(item, (np.ndarray, list, tuple, dict)):
                _arrays(item, found, [*path, index], depth + 1)
    elif isinstance(value, dict):
        found.append((value, path))
        for key, item in value.items():
            if isinstance(item, (np.ndarray, list, tuple, dict)):
                _arrays(
                    item, found, [*path, key if isinstance(key, (str, int)) else "?"], depth + 1
                )


def _aliased(result: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[list[Any]]:
    """The paths of arguments that share memory with the result."""
    results: list[Any] = []
    _arrays(result, results, [])
    if not results:
        return []
    inputs: list[Any] = []
    for index, value in enumerate(args):
        _arrays(value, inputs, [index])
    for key, value in kwargs.items():
        _arrays(value, inputs, [key])
    return [path for value, path in inputs if any(_shares(value, made) for made, _ in results)]


def _shares(one: Any, two: Any) -> bool:
    if one is two:
        return True
    if not (isinstance(one, np.ndarray) and isinstance(two, np.ndarray)):
        return False
    if one.size == 0 or two.size == 0 or not np.may_share_memory(one, two):
        return False
    try:
        return np.shares_memory(one, two, max_work=10_000)
    except Exception:
        # Overlapping bounds whose exact overlap is too hard to decide count as shared.
        return True


def over_descriptor(reading: int, writing: int) -> Worker:
    """A worker that talks over file descriptors."""
    read, write, unpack = os.read, os.write, HEADER.unpack

    def take(count: int) -> bytes:
        data = read(reading, min(count, 1 << 20))
        if len(data) == count:
            return data
        parts = [data]
        missing = count - len(data)
        while missing:
            if not data:
                raise _Closed
            data = read(reading, min(missing, 1 << 20))
            parts.append(data)
            missing -= len(data)
        return b"".join(parts)

    def receive() -> bytes:
        return take(unpack(take(4))[0])

    def send(payload: bytes) -> None:
        view = memoryview(HEADER.pack(len(payload)) + payload)
        while view:
            view = view[write(writing, view) :]

    return Worker(receive, send)


def run(reading: int, writing: int) -> None:
    """Serve until the other side closes, then end without running the submission's exit handlers."""
    loader.forget_grader()
    try:
        over_descriptor(reading, writing).serve()
    except _Closed:
        os._exit(0)
    except BaseException:
        # A conversation that cannot go on: the other side sees the end of it and judges.
        os._exit(70)
