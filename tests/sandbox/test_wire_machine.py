"""A conversation with a worker that may say anything at any time: only what is declared ever comes of it."""

import contextlib
from typing import Any

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from grader.sandbox.channel import Ended, Oversize, OverTime, Unasked
from grader.sandbox.records import Lost
from grader.sandbox.wire import Callback, Encoder, GeneratorSlot, Inert, Message, Own, Token
from tests.sandbox.payloads import VALUES
from tests.sandbox.scripted import Step, scripted

KINDS = {"value", "raised", "timeout", "killed", "refused"}
GRAMMAR = (type(None), bool, int, float, complex, str, bytes, np.ndarray, np.generic, Inert)

META = st.one_of(
    st.none(),
    VALUES,
    st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(
            ("changed", "aliased", "warnings", "notes", "output", "generators"), VALUES
        ),
    ),
)
RECORDS = st.one_of(
    VALUES,
    st.fixed_dictionaries(
        {"functions": VALUES, "error": VALUES},
        optional={"notes": VALUES},
    ),
    st.tuples(st.text("AB\t"), st.one_of(st.text(), VALUES), st.text("1a\t\n")),
)
OBJECTS = st.one_of(
    st.builds(Callback, st.integers(0, 3)),
    st.builds(Token, st.integers(0, 3)),
    st.builds(GeneratorSlot, st.integers(0, 3)),
    st.builds(Own, st.text(max_size=5)),
    st.builds(Inert, st.text(max_size=5)),
)
MESSAGES = [value for name, value in vars(Message).items() if name.isupper()]


def message(kind: int, nonce: bytes, *values: Any) -> bytes:
    encoder = Encoder(lambda value: value if type(value).__module__ != "builtins" else None)
    encoder.begin(kind, nonce)
    for value in values:
        encoder.add(value)
    return encoder.payload()


def failing(error: type[Exception]) -> Step:
    def step(_: bytes) -> bytes:
        raise error

    return step


@st.composite
def steps(draw: st.DrawFn) -> Step:
    """What a worker may do next: answer well, answer badly, call back, say something else, go away."""
    nonce = draw(st.one_of(st.none(), st.binary(min_size=8, max_size=8)))
    kind = draw(st.one_of(st.sampled_from(MESSAGES), st.integers(0, 255)))
    values = draw(
        st.one_of(
            st.tuples(META, st.one_of(VALUES, OBJECTS, RECORDS)),
            st.tuples(
                st.integers(-1, 3),
                st.tuples(st.lists(VALUES, max_size=2).map(tuple), VALUES),
                VALUES,
            ),
            st.lists(st.one_of(VALUES, OBJECTS), max_size=4).map(tuple),
        )
    )
    form = draw(st.sampled_from(["whole", "whole", "whole", "cut", "damaged", "noise", "gone"]))
    if form == "gone":
        return failing(draw(st.sampled_from([Ended, OverTime, Oversize, Unasked])))
    if form == "noise":
        noise = draw(st.binary(max_size=60))
        return lambda own: noise
    place, byte = draw(st.integers(0, 1 << 16)), draw(st.integers(0, 255))

    def step(own: bytes) -> bytes:
        frame = message(kind, nonce or own, *values)
        if form == "cut":
            return frame[: place % (len(frame) + 1)]
        if form == "damaged":
            at = place % len(frame)
            return frame[:at] + bytes((byte,)) + frame[at + 1 :]
        return frame

    return step


@st.composite
def several(draw: st.DrawFn) -> Step:
    """Answers to calls that were made together, one of them perhaps none."""
    answers = draw(st.lists(st.tuples(META, VALUES), min_size=1, max_size=3))
    seconds = draw(st.one_of(st.floats(), VALUES))
    odd = draw(st.one_of(st.none(), VALUES))

    def step(own: bytes) -> bytes:
        parts = [
            bytes((Message.VALUE,)) + message(0, b"", *answer, seconds)[1:] for answer in answers
        ]
        return (
            message(Message.VALUES, own)
            + b"".join(parts)
            + message(0, b"", odd)[1:] * (odd is not None)
        )

    return step


def within_the_grammar(value: Any) -> bool:
    if type(value) in (list, tuple):
        return all(map(within_the_grammar, value))
    if type(value) is dict:
        return all(map(within_the_grammar, (*value, *value.values())))
    return isinstance(value, GRAMMAR)


class Talks(RuleBasedStateMachine):
    """The trusted side, and a worker without manners."""

    @initialize()
    def start(self) -> None:
        self.worker, self.talk = scripted()
        self.given = object()
        self.rng = np.random.default_rng(0)

    @rule(script=st.lists(steps(), max_size=4), value=VALUES)
    def load(self, script: list[Step], value: Any) -> None:
        self.worker.script = script
        loaded = self.talk.load({"work": b""}, ["work"], {"f": "work"}, [])
        assert set(loaded.functions) == {"f"}

    @rule(script=st.lists(steps(), max_size=6), arguments=st.lists(VALUES, max_size=2))
    def call(self, script: list[Step], arguments: list[Any]) -> None:
        self.worker.script = script
        state = str(self.rng.bit_generator.state)
        lent = (self.rng, self.given, lambda *args, **kwargs: args)
        reply, _ = self.talk.call("f", (*arguments, *lent), {})
        assert reply.kind in KINDS
        if reply.kind == "value":
            assert reply.value is self.given or callable(reply.value) or self.is_data(reply.value)
        else:
            assert reply.value is None
            assert reply.kind == "raised" or str(self.rng.bit_generator.state) == state

    def is_data(self, value: Any) -> bool:
        if type(value) in (list, tuple):
            return all(map(self.is_data, value))
        if type(value) is dict:
            return all(map(self.is_data, (*value, *value.values())))
        return value is self.given or callable(value) or within_the_grammar(value)

    @rule(script=st.lists(st.one_of(steps(), several()), max_size=2), value=VALUES)
    def call_together(self, script: list[Step], value: Any) -> None:
        self.worker.script = script
        questions = [self.talk.question("f", (value,), {}) for _ in range(2)]
        replies = self.talk.ask_together(questions)
        if replies is None:
            assert not self.talk.alive
        else:
            assert 1 <= len(replies) <= 2
            assert all(reply.kind in ("value", "raised") for reply, _ in replies)
            assert all(within_the_grammar(reply.value) for reply, _ in replies)

    @rule(script=st.lists(steps(), max_size=3))
    def replace(self, script: list[Step]) -> None:
        self.worker.script = script
        with contextlib.suppress(Lost):
            self.talk.replace({"f": lambda *args: None})

    @rule()
    def next_test(self) -> None:
        self.talk.begin_test(self.talk.limits)

    @rule()
    def next_worker(self) -> None:
        self.start()

    @invariant()
    def what_is_lost_is_ended(self) -> None:
        assert self.talk.alive or self.worker.ended


TestTalks = Talks.TestCase
TestTalks.settings = settings(
    max_examples=25,
    stateful_step_count=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
