"""A submission that writes to the grader's channel itself loses its worker, and reaches nothing else."""

import resource
import time
from collections.abc import Callable

import numpy as np
import pytest

from grader.sandbox.records import Reply
from tests.sandbox.conftest import SHORT, Talk

FORGE = '''
import os, stat, struct, sys, threading, time
import numpy as np

def machinery():
    """The frames around the submission: those of the worker."""
    frame = sys._getframe()
    while frame is not None:
        yield frame
        frame = frame.f_back

def imported(name):
    for frame in machinery():
        if name in frame.f_globals and name not in globals():
            return frame.f_globals[name]
    return imported("Encoder").add.__globals__[name]

def local(attribute):
    for frame in machinery():
        for value in list(frame.f_locals.values()):
            if hasattr(value, attribute):
                return value
    raise AssertionError(attribute)

def channel():
    """The descriptor on which the worker answers."""
    for fd in range(3, 30):
        try:
            mode = os.fstat(fd).st_mode
        except OSError:
            continue
        if stat.S_ISSOCK(mode):
            return fd
        if stat.S_ISFIFO(mode):
            import fcntl
            if fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_ACCMODE == os.O_WRONLY:
                return fd
    raise AssertionError("no channel")

def head(kind="VALUE", nonce=None):
    encoder = imported("Encoder")()
    kind = getattr(imported("Message"), kind) if isinstance(kind, str) else kind
    encoder.begin(kind, local("nonce").nonce if nonce is None else nonce)
    return encoder

def frame(*values, **how):
    encoder = head(**how)
    for value in values:
        encoder.add(value)
    data = encoder.payload()
    return struct.pack("<I", len(data)) + data

def put(data, fd=None):
    view = memoryview(data)
    while view:
        view = view[os.write(channel() if fd is None else fd, view):]

def stay():
    while True:
        time.sleep(1)

def plain(x):
    return x
'''

#: What `f` writes instead of a frame; each ends as refused.
NO_FRAMES = {
    "bytes that are no frame": "put(b'\\xff' * 100)",
    "a header beyond 64 MiB": "put(b'\\xff\\xff\\xff\\xff')\nstay()",
    "an empty frame": "put(bytes(4))\nstay()",
    "a frame of zeros": "put(struct.pack('<I', 1000) + bytes(1000))\nstay()",
}
#: Frames that are no answers, whichever way they come.
REFUSED = {
    "an unknown kind of message": "put(frame(None, 1, kind=0))\nstay()",
    "a kind that is no answer": "put(frame(None, 1, kind='LOADED'))\nstay()",
    "another nonce": "put(frame(None, 1, nonce=bytes(8)))\nstay()",
    "a value too many": "put(frame(None, 1, 2))\nstay()",
    "a value too few": "put(frame(None))\nstay()",
    "a call-back that does not exist": "put(frame(99, ((), {}), None, kind='CALLBACK'))\nstay()",
    "a call-back by name": "put(frame('f', ((), {}), None, kind='CALLBACK'))\nstay()",
    "a call-back without arguments": "put(frame(0, None, None, kind='CALLBACK'))\nstay()",
    "an object that does not exist": "put(frame(None, imported('Token')(7)))\nstay()",
    "a call-back as a result": "put(frame(None, imported('Callback')(7)))\nstay()",
    "a generator as a result": "put(frame(None, imported('GeneratorSlot')(0)))\nstay()",
    "an error that is none": "put(frame(None, 'ValueError', kind='RAISED'))\nstay()",
    "an error without frames": "put(frame(None, ('E', ''), kind='RAISED'))\nstay()",
    "an error whose message is no text": "put(frame(None, ('E', 1, ''), kind='RAISED'))\nstay()",
    "an error with a frame that is none": (
        "put(frame(None, ('E', '', 'a.py'), kind='RAISED'))\nstay()"
    ),
    "an error of more types than any has": (
        "put(frame(None, ('E\\t' * 100, '', ''), kind='RAISED'))\nstay()"
    ),
    "a record that is none": "put(frame([1], 1))\nstay()",
    "changes that are none": "put(frame({'changed': 1}, 1))\nstay()",
    "a change without a path": "put(frame({'changed': [[None]]}, 1))\nstay()",
    "warnings that are none": "put(frame({'warnings': [1]}, 1))\nstay()",
    "output that is no text": "put(frame({'output': b'x'}, 1))\nstay()",
    "notes that are no text": "put(frame({'notes': [1]}, 1))\nstay()",
    "nesting without end": (
        "encoder = imported('Encoder')()\nencoder.add([])\none = encoder.payload()\n"
        "one = one[:-4] + struct.pack('<I', 1)\ndata = head().payload() + b'N' + one * 100_000\n"
        "put(struct.pack('<I', len(data)) + data)\nstay()"
    ),
}


def source(body: str) -> str:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f"{FORGE}\ndef f(x, *rest):\n{lines}"


def lost(talk: Talk, reply: Reply, kind: str) -> None:
    assert reply.kind == kind, reply
    assert reply.message
    assert not talk.conversation.alive


@pytest.mark.parametrize("body", NO_FRAMES.values(), ids=NO_FRAMES)
def test_what_is_no_frame_is_refused(talk_to: Callable[..., Talk], body: str) -> None:
    talk = talk_to(source(body))
    lost(talk, talk("f", 1), "refused")


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_an_answer_that_is_forged_badly_is_refused(
    fork_for: Callable[..., Talk], body: str
) -> None:
    talk = fork_for(source(body))
    lost(talk, talk("f", 1), "refused")


@pytest.mark.parametrize("meta", ["None", "{}", "{'unknown': 1}", "{'changed': [[0, 'w']]}"])
def test_an_answer_that_is_forged_well_is_no_more_than_an_answer(
    fork_for: Callable[..., Talk], meta: str
) -> None:
    talk = fork_for(source(f"put(frame({meta}, 'forged'))\nstay()"))
    assert talk("f", 1).value == "forged"


def test_an_answer_before_the_real_one_costs_the_next_call(talk_to: Callable[..., Talk]) -> None:
    talk = talk_to(source("put(frame(None, 'forged'))\nreturn 'real'"))
    first = talk("f", 1)
    if first.kind == "value":
        assert first.value == "forged"
        time.sleep(0.2)
        lost(talk, talk("plain", 1), "refused")
    else:
        lost(talk, first, "refused")


def test_an_answer_that_is_sent_twice_costs_the_next_call(talk_to: Callable[..., Talk]) -> None:
    body = "worker = local('_send')\nsend = worker._send\n"
    talk = talk_to(source(body + "worker._send = lambda data: (send(data), send(data))\nreturn 1"))
    replies = [talk("f", 1)]
    for _ in range(2):
        time.sleep(0.2)
        replies.append(talk("plain", 1))
    assert "refused" in {reply.kind for reply in replies}
    assert not talk.conversation.alive
    assert all(reply.value in (None, 1) for reply in replies)


def test_an_answer_to_the_call_before_is_refused(fork_for: Callable[..., Talk]) -> None:
    body = "global old\nif x:\n    old = frame(None, 'old')\n    return 'new'\nput(old)\nstay()"
    talk = fork_for(source(body))
    assert talk("f", 1).value == "new"
    lost(talk, talk("f", 0), "refused")


def test_a_frame_that_was_there_before_the_call_is_refused(talk_to: Callable[..., Talk]) -> None:
    body = (
        "fd, data = channel(), frame(None, 'early')\n"
        "threading.Thread(target=lambda: (time.sleep(0.05), os.write(fd, data))).start()"
    )
    talk = talk_to(source(body))
    assert talk("f", 1).kind == "value"
    time.sleep(0.3)
    reply = talk("plain", 1)
    lost(talk, reply, "refused")


@pytest.mark.parametrize(
    "at_load", ["put(b'x' * 100)\nstay()", "put(frame({'functions': {}}, ''))\nstay()"]
)
def test_a_frame_that_is_forged_while_loading_leaves_no_functions(
    talk_to: Callable[..., Talk], at_load: str
) -> None:
    talk = talk_to(f"{FORGE}\n{at_load}\n")
    assert set(talk.loaded.functions.values()) == {"missing"}
    assert talk.loaded.error is not None
    assert talk.loaded.error["kind"] == "refused"


@pytest.mark.parametrize(
    "record",
    [
        "None",
        "{}",
        "{'functions': []}",
        "{'functions': {}, 'error': 1}",
        "{'functions': {}, 'error': {'message': 1}}",
        "{'functions': {}, 'notes': [1]}",
    ],
)
def test_a_load_record_that_is_none_is_refused(fork_for: Callable[..., Talk], record: str) -> None:
    talk = fork_for(f"{FORGE}\nput(frame({record}, '', kind='LOADED'))\nstay()\n")
    assert talk.loaded.error is not None
    assert talk.loaded.error["kind"] == "refused"


def test_a_load_record_can_only_say_what_a_load_record_says(fork_for: Callable[..., Talk]) -> None:
    record = "{'functions': {'f': 'ready', 'plain': 'fine', 'other': 'ready'}}"
    talk = fork_for(f"{FORGE}\nput(frame({record}, '', kind='LOADED'))\nstay()\n", ["f", "plain"])
    assert dict(talk.loaded.functions) == {"f": "ready", "plain": "missing"}


STATES = {
    "none": "None",
    "too few": "[]",
    "too many": "[state, state]",
    "no pair": "[1]",
    "no state": "[(1, 0)]",
    "another kind": "[({**state[0], 'bit_generator': 'MT19937'}, 0)]",
    "a part less": "[({'bit_generator': 'PCG64'}, 0)]",
    "out of range": "[({**state[0], 'uinteger': 1 << 32}, 0)]",
    "negative": "[({**state[0], 'has_uint32': -1}, 0)]",
    "too large": "[({**state[0], 'state': {**state[0]['state'], 'state': 1 << 128}}, 0)]",
    "another stream": "[({**state[0], 'state': {**state[0]['state'], 'inc': 3}}, 0)]",
    "a bool": "[({**state[0], 'has_uint32': True}, 0)]",
    "fewer children": "[(state[0], -1)]",
    "children without end": "[(state[0], 1 << 40)]",
}


@pytest.mark.parametrize("states", STATES.values(), ids=STATES)
def test_a_generator_state_that_cannot_be_is_refused_and_not_set(
    fork_for: Callable[..., Talk], states: str
) -> None:
    body = f"state = (x.bit_generator.state, 0)\nput(frame({{'generators': {states}}}, 1))\nstay()"
    rng = np.random.default_rng(5)
    before = rng.bit_generator.state
    talk = fork_for(source(body))
    lost(talk, talk("f", rng), "refused")
    assert rng.bit_generator.state == before


NO_ANSWERS = {
    "an error that is none": "1, kind='RAISED'",
    "an object that does not exist": "imported('Token')(7)",
    "an unknown kind": "1, kind=0x51",
    "a second generator that is none": "1",
}


@pytest.mark.parametrize("rest", NO_ANSWERS.values(), ids=NO_ANSWERS)
def test_an_answer_that_is_refused_advances_no_generator(
    fork_for: Callable[..., Talk], rest: str
) -> None:
    second = ", None" if rest == "1" else ""
    body = (
        "x[0].random()\n"
        f"states = [(x[0].bit_generator.state, 0){second}]\n"
        f"put(frame({{'generators': states}}, {rest}))\nstay()"
    )
    rngs = [np.random.default_rng(number) for number in range(2 if second else 1)]
    before = [rng.bit_generator.state for rng in rngs]
    talk = fork_for(source(body))
    lost(talk, talk("f", rngs), "refused")
    assert [rng.bit_generator.state for rng in rngs] == before


DESCRIPTIONS = {
    "no list": "1",
    "no description": "[1]",
    "an unknown kind": "[('Dice', state, seed)]",
    "a kind that is no text": "[(1, state, seed)]",
    "another kind's state": "[('MT19937', state, seed)]",
    "a number out of range": "[('PCG64', {**state, 'uinteger': 1 << 32}, seed)]",
    "no seed sequence": "[('PCG64', state, 1)]",
    "no entropy": "[('PCG64', state, ([], (), 4, 0))]",
    "negative entropy": "[('PCG64', state, (-1, (), 4, 0))]",
    "entropy without end": "[('PCG64', state, ([1] * 100_000, (), 4, 0))]",
    "a pool without end": "[('PCG64', state, (1, (), 1 << 30, 0))]",
    "children without end": "[('PCG64', state, (1, (), 4, 1 << 40))]",
    "generators without end": "[('PCG64', state, seed)] * 100",
    "none for the slot": "[]",
}


@pytest.mark.parametrize("states", DESCRIPTIONS.values(), ids=DESCRIPTIONS)
def test_a_generator_that_cannot_be_does_not_reach_a_call_back(
    fork_for: Callable[..., Talk], states: str
) -> None:
    body = (
        "state, seed = np.random.default_rng(1).bit_generator.state, (1, (), 4, 0)\n"
        f"arguments = ((imported('GeneratorSlot')(0),), {{}})\n"
        f"put(frame(0, arguments, {states}, kind='CALLBACK'))\nstay()"
    )
    reached: list[object] = []
    talk = fork_for(source(body))
    lost(talk, talk("f", reached.append), "refused")
    assert reached == []


def test_frames_that_nobody_asked_for_wait_in_the_worker(talk_to: Callable[..., Talk]) -> None:
    sent = "one = frame(None, b'x' * (1 << 20))\nfor _ in range(10_000):\n    put(one)"
    talk = talk_to(source(sent), limits=SHORT)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    talk("f", 1)
    time.sleep(0.3)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 << 10
    assert talk("f", 1).kind == "refused"


def test_a_header_without_its_frame_costs_no_memory_and_ends_by_the_clock(
    talk_to: Callable[..., Talk],
) -> None:
    talk = talk_to(source("put(struct.pack('<I', 60 << 20))\nstay()"), limits=SHORT)
    lost(talk, talk("f", 1), "timeout")


def test_an_answer_that_drips_ends_by_the_clock(talk_to: Callable[..., Talk]) -> None:
    body = "for byte in frame(None, 'x' * 1000):\n    put(bytes([byte]))\n    time.sleep(0.02)"
    talk = talk_to(source(body), limits=SHORT)
    lost(talk, talk("f", 1), "timeout")


@pytest.mark.parametrize(
    "body", ["os.close(channel())", "os.closerange(3, 100)", "os.dup2(1, channel())"]
)
def test_a_closed_channel_is_the_end(talk_to: Callable[..., Talk], body: str) -> None:
    talk = talk_to(source(body), limits=SHORT)
    lost(talk, talk("f", 1), "killed")


def test_a_worker_that_does_not_read_ends_by_the_clock(talk_to: Callable[..., Talk]) -> None:
    body = "threading.Thread(target=stay).start()\nput(frame(None, 'forged'))\nstay()"
    talk = talk_to(source(body), limits=SHORT)
    assert talk("f", 1).value == "forged"
    lost(talk, talk("plain", np.zeros(1 << 20)), "timeout")


def test_a_lost_worker_stays_lost(talk_to: Callable[..., Talk]) -> None:
    talk = talk_to(source("put(b'x' * 10)\nstay()"), limits=SHORT)
    talk("f", 1)
    assert talk("plain", 1).kind == "refused"


def test_names_of_whatever_length_do_not_hide_what_was_raised(
    fork_for: Callable[..., Talk],
) -> None:
    odd = "'\\t\\U0001f468\\u200d' * 100"
    work = f"""
def inner(n):
    if n:
        return inner(n - 1)
    kind = ValueError
    for _ in range(15):
        kind = type({odd}, (kind,), {{}})
    raise kind("told")
inner.__code__ = inner.__code__.replace(co_name={odd})
def f(x):
    return inner(30)
"""
    reply = fork_for(work)("f", 1)
    assert reply.raised is not None
    assert reply.raised.message == "told"
    assert "ValueError" in reply.raised.bases
    assert len(reply.raised.frames) == 20
    assert max(map(len, reply.raised.bases)) <= 200
