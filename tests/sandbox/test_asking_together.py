"""Several calls in one exchange: what counts as answers to them, and what ends the conversation."""

from collections.abc import Callable

import pytest

from grader.sandbox.records import Reply
from grader.sandbox.wire import NONCE_SIZE, Encoder, Message
from tests.sandbox.conftest import Talk
from tests.sandbox.scripted import Step, scripted


def answers(nonce: bytes, *parts: object, kind: int = Message.VALUES) -> bytes:
    """A frame of answers that are written already, and of other values."""
    encoder = Encoder()
    encoder.begin(kind, nonce)
    for part in parts:
        if type(part) is bytes:
            encoder.add_answer(part[0], part[1:])
        else:
            encoder.add(part)
    return encoder.payload()


def one(value: object, kind: int = Message.VALUE) -> bytes:
    """The answer to one of the calls: nothing noteworthy, and its value."""
    encoder = Encoder()
    encoder.add(None)
    encoder.add(value)
    return bytes((kind,)) + encoder.payload()


def ask(frame: Step, count: int = 2) -> tuple[list[tuple[Reply, float]] | None, bool]:
    """What comes of asking so many questions where the worker answers with this; whether it still lives."""
    worker, talk = scripted()
    worker.script = [frame]
    questions = [talk.question("f", (number,), {}) for number in range(count)]
    return talk.ask_together(questions), talk.alive


def test_each_question_gets_its_answer() -> None:
    replies, alive = ask(lambda nonce: answers(nonce, one("a"), 0.25, one("b"), 0.5))
    assert replies is not None
    assert [(reply.value, seconds) for reply, seconds in replies] == [("a", 0.25), ("b", 0.5)]
    assert alive


def test_fewer_answers_than_questions_are_answers_to_the_first() -> None:
    replies, alive = ask(lambda nonce: answers(nonce, one("a"), 0.25))
    assert replies is not None
    assert [reply.value for reply, _ in replies] == ["a"]
    assert alive


BAD = {
    "nothing": answers,
    "one more": lambda nonce: answers(nonce, *[one("a"), 0.25] * 3),
    "no time": lambda nonce: answers(nonce, one("a")),
    "a time that is none": lambda nonce: answers(nonce, one("a"), "0.25"),
    "a value without its frame": lambda nonce: answers(nonce, "a", 0.25),
    "another nonce": lambda nonce: answers(bytes(NONCE_SIZE), one("a"), 0.25),
    "another kind": lambda nonce: answers(nonce, one("a"), 0.25, kind=Message.VALUE),
    "another kind within": lambda nonce: answers(nonce, one("a", kind=Message.LOADED), 0.25),
    "half a frame within": lambda nonce: answers(nonce, one("a")[:-1], 0.25),
    "a call-back": lambda nonce: answers(nonce, 0, ((), {}), None, kind=Message.CALLBACK),
    "noise": lambda _: b"\xff" * 40,
}


@pytest.mark.parametrize("frame", BAD.values(), ids=BAD)
def test_anything_else_is_no_answer_and_ends_the_worker(frame: Step) -> None:
    assert ask(frame) == (None, False)


def test_answers_together_hold_no_more_values_than_one_frame_may(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("grader.sandbox.wire._decode.MAX_NODES", 100)
    long = one([None] * 60)
    assert ask(lambda nonce: answers(nonce, long, 0.25), 1)[1]
    assert ask(lambda nonce: answers(nonce, *[long, 0.25] * 2)) == (None, False)


def test_an_answer_is_kept_to_be_read_again_without_what_came_with_it() -> None:
    def much(nonce: bytes) -> bytes:
        padded = Encoder()
        padded.add({"of its own making": b"." * (1 << 20)})
        padded.add("b")
        told = bytes((Message.VALUE,)) + padded.payload()
        return answers(nonce, one("a"), 0.25, told, 0.5)

    replies, _ = ask(much)
    assert replies is not None
    (first, _), (second, _) = replies
    assert first.origin is not None
    assert len(first.origin) < 100
    assert (second.value, second.origin) == ("b", None)


def test_a_call_alone_may_recurse_as_deeply_as_one_of_several(
    fork_for: Callable[..., Talk],
) -> None:
    talk = fork_for("def f(n):\n    return n and 1 + f(n - 1)\n")

    def alone(n: int) -> bool:
        return talk("f", n).kind == "value"

    def together(n: int) -> bool:
        conversation = talk.conversation
        replies = conversation.ask_together([conversation.question("f", (n,), {})])
        assert replies is not None
        return replies[0][0].kind == "value"

    deep = next(n for n in range(900, 1000) if not alone(n))
    assert together(deep - 1)
    assert not together(deep)
