"""The trusted side of one conversation with one worker: every exchange becomes a `Reply`, which everyone else reads.

The caller's objects are never written to, with one exception: a random generator that was passed as an argument is set
to the state that the call left, after that state was checked.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.errors import GraderFault
from grader.manifests import Limits
from grader.sandbox.allowance import Allowance
from grader.sandbox.channel import Budget, Ended, Oversize, OverTime, Unasked
from grader.sandbox.effects import describe_generator, state_of
from grader.sandbox.generators import make_generators, set_states
from grader.sandbox.lending import Lending
from grader.sandbox.process import NEVER_THERE, Exit, Process
from grader.sandbox.question import Question, head_of, plain_head_of
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
    Decoder,
    Encoder,
    Message,
    WireError,
)

MAX_CALLBACKS = 100_000
MAX_DEPTH = 16
#: Windows has no such signal.
_SIGKILL = 9


#: Tags of the worker's own objects, and of ours that come back.
_FOREIGN = b"kofg"
#: Bytes of arguments above which a call travels alone.
_MAX_SHARED = 64 << 10
#: Bytes of an answer above which it is not kept to be read again.
_MAX_KEPT = 16 << 10


@dataclass
class Conversation:
    """One worker that holds one submission.

    `submission_left` is the CPU time that this submission may still use, over all its workers.
    """

    process: Process
    limits: Limits
    submission_left: float = float("inf")
    _depth: int = 0
    _callback_count: int = 0
    _exit: Exit | None = None
    _lost: Lost | None = None

    def __post_init__(self) -> None:
        self._lending = Lending(self)
        self._allowance = Allowance(self.process.cpu, self.limits, self.submission_left)

    @property
    def cpu(self) -> float:
        """CPU seconds that the submission used in this worker, as far as the system can tell."""
        start = self._allowance.start
        if self._exit is not None:
            return max(self._exit.cpu - start, 0.0)
        return (self.process.cpu() or start) - start

    @property
    def used(self) -> float:
        """What counts against the submission's CPU time."""
        return self._allowance.used(self.cpu)

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
        """Hand the submission's files over; `sources` maps module names to bytes. Losing the worker is a load error.

        Raises GraderFault if the worker ended before any of them can have run.
        """
        there = self.process.announced
        try:
            budget = self._allowance.budget(self.limits.load)
            content = (dict(sources), list(modules), dict(graded), list(allow))
            decoder = self._exchange(Message.LOAD, content, budget)
            there = True
            stateful = decoder.kind == Message.STATEFUL
            if stateful:
                decoder = self._exchange(Message.RUN, None, budget)
            record, output = decoder.next(), decoder.next()
            decoder.finish()
            return checked_load(record, output, graded, stateful)
        except Lost as lost:
            if not there and lost.kind == "killed" and self.end().never_started:
                raise GraderFault(f"{NEVER_THERE}: {lost}") from lost
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
        self._lending.clear()
        self._allowance.begin_test(limits)

    def replace(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        """Put functions of ours where the submission looks for its own. Raises Lost."""
        named = {name: self._lending.callback(function) for name, function in functions.items()}
        try:
            self._exchange(Message.REPLACE, named, self._allowance.budget(self.limits.call))
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
        question = self.question(name, args, kwargs, errstate)
        return self.ask(question), question.arguments

    def question(
        self,
        name: str,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        errstate: Mapping[str, str] | None = None,
    ) -> Question:
        """Write a call down, with its arguments as they are now."""
        generators: list[np.random.Generator] = []
        lent = self._lending.count
        encoder = Encoder(self._lending.namer(generators), references=True)
        encoder.add_arguments(args, kwargs)
        arguments = encoder.payload()
        if generators or errstate:
            states = [describe_generator(generator) for generator in generators]
            head = head_of(name, None if errstate is None else dict(errstate), states)
        else:
            head = plain_head_of(name)
        alone = self._lending.count > lent or self._depth > 0 or len(arguments) > _MAX_SHARED
        return Question(head, arguments, generators, alone)

    def ask(self, question: Question) -> Reply:
        """Make one call, and serve its call-backs."""
        nonce = os.urandom(NONCE_SIZE)
        if self._depth == 0:
            self._callback_count = 0
        self._depth += 1
        error: list[BaseException] = []
        try:
            if self._depth > MAX_DEPTH:
                raise RecursionError("calls and call-backs are nested too deeply")
            request = b"".join((_CALL, nonce, question.head, question.arguments))
            decoder = self._converse(
                request, nonce, self._allowance.budget(self.limits.call), error
            )
            start = decoder.position
            meta, value = decoder.next(), decoder.next()
            decoder.finish()
            first = error[0] if error else None
            return self._reply(decoder, start, meta, value, question.generators, first)
        except Lost as lost:
            return Reply(lost.kind, message=str(lost), callback_error=error[0] if error else None)
        except (WireError, Malformed) as problem:
            self._lose("refused", str(problem))
            return Reply("refused", message=f"it broke the protocol: {problem}")
        finally:
            self._depth -= 1

    def ask_together(self, questions: Sequence[Question]) -> list[tuple[Reply, float]] | None:
        """Make several calls in one exchange, within the time of one; the replies to the first of them, as many as fit
        into an answer, each with the seconds that the worker says it took.

        None where anything but answers came back. The worker is ended then: nobody can tell which call is to blame, so
        each should be made again, alone and elsewhere.
        """
        nonce = os.urandom(NONCE_SIZE)
        parts = [_CALLS, nonce]
        for question in questions:
            parts += question.head, question.arguments
        replies: list[tuple[Reply, float]] = []
        try:
            budget = self._allowance.budget(self.limits.call)
            decoder = self._converse(b"".join(parts), nonce, budget, None)
            if decoder.kind != Message.VALUES:
                raise WireError("an answer of another kind")
            end = len(decoder.payload)
            for question in questions:
                decoder.begin_answer()
                start = decoder.position
                meta, value, seconds = decoder.next(), decoder.next(), decoder.next()
                if type(seconds) is not float:
                    raise WireError("a time that is none")
                reply = self._reply(decoder, start, meta, value, question.generators, None)
                replies.append((reply, seconds))
                if decoder.position == end:
                    return replies
            raise WireError("more answers than questions")
        except (Lost, WireError, Malformed) as problem:
            self._lose("refused", str(problem))
            return None

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

    def close(self) -> None:
        """Let the worker go: what it was used for is done, and how it ends does not matter."""
        if self._exit is None:
            self._exit = Exit(0, _SIGKILL, self.process.cpu() or 0.0)
            self.process.dismiss()

    def _exchange(self, kind: int, value: Any, budget: Budget) -> Decoder:
        nonce = os.urandom(NONCE_SIZE)
        encoder = Encoder()
        encoder.begin(kind, nonce)
        encoder.add(value)
        decoder = self._converse(encoder.payload(), nonce, budget, [])
        if decoder.kind not in _ANSWERS[kind]:
            raise WireError("an answer of another kind")
        return decoder

    def _converse(
        self, request: bytes, nonce: bytes, budget: Budget, errors: list[BaseException] | None
    ) -> Decoder:
        """Send a request and serve call-backs until its answer; the decoder stands after kind and nonce.

        `errors` takes what call-backs raise; where there is no such list, none may come.
        """
        granted = budget.wall
        try:
            return self._talk(request, nonce, budget, errors)
        except OverTime:
            raise self._lose("timeout", self._allowance.exceeded(budget, granted)) from None
        finally:
            self._allowance.spend(granted - budget.wall)

    def _talk(
        self, request: bytes, nonce: bytes, budget: Budget, errors: list[BaseException] | None
    ) -> Decoder:
        channel = self.process.channel
        try:
            channel.send(request, budget)
            while True:
                decoder = Decoder(channel.receive(budget), _FOREIGN)
                if decoder.begin() == Message.CALLBACK:
                    if errors is None:
                        raise WireError("a call-back to nobody")
                    channel.send(self._serve(decoder, errors), budget)
                elif decoder.nonce != nonce:
                    raise WireError("an answer to a question that was not asked")
                else:
                    return decoder
        except Ended:
            raise self._lose("killed", None) from None
        except Oversize:
            raise self._lose("refused", "an answer larger than 64 MiB") from None
        except Unasked:
            raise self._lose(
                "refused", "it wrote to the grader's channel without being asked"
            ) from None

    def _lose(self, kind: Kind, message: str | None) -> Lost:
        ended = self.end()
        if self._lost is not None:
            # What a call within a call-back lost is lost for the same reason around it.
            return self._lost
        if message is None:
            message = ended.told
        self._lost = Lost(kind, message)
        return self._lost

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
        if type(number) is not int or not 0 <= number < len(self._lending.functions):
            raise WireError("a call-back that does not exist")
        args, kwargs = pair(content)
        if decoder.special:
            args, kwargs = self._lending.ours((args, kwargs), generators)
        answer = Encoder()
        try:
            result = self._lending.functions[number](
                *args, **{str(key): value for key, value in kwargs.items()}
            )
            body = Encoder(self._lending.namer(generators), references=True)
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

    def _reply(
        self,
        decoder: Decoder,
        start: int,
        meta: Any,
        value: Any,
        generators: list[np.random.Generator],
        error: BaseException | None,
    ) -> Reply:
        details = {} if meta is None else checked_meta(meta)
        if decoder.kind == Message.VALUE:
            if decoder.special:
                value = self._lending.ours(value)
            reply = Reply("value", value, callback_error=error, **details)
        elif decoder.kind == Message.RAISED:
            reply = Reply("raised", raised=checked_raised(value), callback_error=error, **details)
        else:
            raise WireError("an answer of an unknown kind")
        if generators:
            # Last, since an answer that is refused must not advance them.
            set_states(generators, None if meta is None else meta.get("generators"))
        if not decoder.special and decoder.position - start <= _MAX_KEPT:
            # A copy: the frame may hold much that nobody asked for.
            reply.origin = decoder.payload[start : decoder.position]
        return reply

    def repeat(self, reply: Reply) -> Reply | None:
        """A reply to a call without generators as it was when it came; None where it cannot be read again."""
        if reply.origin is None:
            return None
        decoder = Decoder(reply.origin, _FOREIGN)
        decoder.kind = Message.VALUE if reply.kind == "value" else Message.RAISED
        meta, value = decoder.next(), decoder.next()
        return self._reply(decoder, 0, meta, value, [], None)


_CALL, _CALLS = bytes((Message.CALL,)), bytes((Message.CALLS,))
_ANSWERS = {
    Message.LOAD: (Message.LOADED, Message.STATEFUL),
    Message.RUN: (Message.LOADED,),
    Message.REPLACE: (Message.REPLACED,),
}
