"""Several calls in one exchange: what counts as answers to them, and what ends the conversation."""

import pytest

from grader.sandbox.records import Reply
from grader.sandbox.wire import NONCE_SIZE, Encoder, Message
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
