"""Workers that end, hang or exhaust something: what becomes of the call, and of the next worker."""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from grader.errors import GraderFault
from grader.manifests import Limits
from grader.sandbox.channel import Ended
from grader.sandbox.confine import Step
from grader.sandbox.process import Exit, ForkServer, Setup, Spawner
from grader.sandbox.remote import Conversation
from tests.sandbox.conftest import SHORT, Talk
from tests.sandbox.scripted import scripted
from tests.test_executors import gone

Start = Callable[..., Talk]
DESCRIPTORS = Path("/proc/self/fd")


def source(body: str) -> str:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f"import atexit, ctypes, os, signal, sys, threading, time\nimport numpy as np\ndef f(*args):\n{lines}"


ENDS = {
    "os._exit(0)": "exit status 0",
    "os._exit(3)": "exit status 3",
    "os.abort()": "an abort",
    "ctypes.string_at(0)": "a segmentation fault",
    "threading.Thread(target=os._exit, args=(5,)).start(); time.sleep(60)": "exit status 5",
    "signal.setitimer(signal.ITIMER_REAL, 0.01); time.sleep(60)": "signal 14",
    "os.closerange(0, 100)": "",
}


@pytest.mark.parametrize("body", ENDS, ids=[body[:30] for body in ENDS])
def test_a_worker_that_ends_itself_is_killed_and_the_next_one_works(
    fork_for: Start, body: str
) -> None:
    talk = fork_for(source(body))
    reply = talk("f")
    assert reply.kind == "killed", reply
    assert ENDS[body] in reply.message
    assert not talk.conversation.alive
    assert fork_for("def g(x): return x").value("g", 3) == 3


@pytest.mark.parametrize("body", ["os._exit(7)", "os.kill(os.getpid(), signal.SIGTERM)"])
def test_a_plain_worker_that_ends_itself_is_killed(talk_to: Start, body: str) -> None:
    talk = talk_to(source(body))
    assert talk("f").kind in ("killed", "raised")


@pytest.mark.parametrize(
    "body",
    [
        "sys.exit(0)",
        "sys.exit('bye')",
        "exit()",
        "quit()",
        "raise SystemExit",
        "atexit.register(os._exit, 0); sys.exit()",
    ],
)
def test_an_exit_that_is_an_exception_arrives_as_one(fork_for: Start, body: str) -> None:
    reply = fork_for(source(body))("f")
    assert reply.kind == "raised", reply
    assert reply.raised is not None
    assert reply.raised.type in ("SystemExit", "NameError")


def test_exit_handlers_never_run(fork_for: Start) -> None:
    talk = fork_for(source("atexit.register(os._exit, 99)\nreturn 1"))
    assert talk.value("f") == 1
    assert talk.conversation.end().code == 0


BUSY = {
    "a loop": "while True: pass",
    "a loop that swallows everything": (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass"
    ),
    "a loop that ignores signals": (
        "for number in range(1, 65):\n    try: signal.signal(number, signal.SIG_IGN)\n"
        "    except (OSError, ValueError): pass\nwhile True: pass"
    ),
    "a loop in C": "sum(x for x in iter(int, 1))",
    "a power that never ends": "9 ** 9 ** 9 ** 9",
    "two threads": "threading.Thread(target=lambda: [None for _ in iter(int, 1)]).start()\nwhile 1: pass",
    "a flood of output": "while True: os.write(1, b'x' * 4096)",
    "output without end": "while True: print('x' * 1000)",
}


@pytest.mark.parametrize("body", BUSY.values(), ids=BUSY)
def test_a_call_that_computes_for_too_long_runs_out_of_time(fork_for: Start, body: str) -> None:
    talk = fork_for(source(body), limits=SHORT)
    reply = talk("f")
    assert reply.kind == "timeout", reply
    # The wall clock comes first where a machine has too much to do.
    assert "0.15 s of CPU time" in reply.message or "no answer within 0.6 s" in reply.message
    assert not talk.conversation.alive


def test_computing_and_sleeping_run_out_in_every_kind_of_worker(talk_to: Start) -> None:
    for body in ("while True: pass", "time.sleep(600)"):
        assert talk_to(source(body), limits=SHORT)("f").kind == "timeout"


@pytest.mark.parametrize(
    "body",
    [
        "time.sleep(600)",
        "threading.Event().wait()",
        "os.read(os.pipe()[0], 1)",
        "while True: time.sleep(0.05)",
    ],
)
def test_a_call_that_waits_is_ended_by_the_wall_clock(fork_for: Start, body: str) -> None:
    reply = fork_for(source(body), limits=SHORT)("f")
    assert reply.kind == "timeout", reply
    assert reply.message == f"no answer within {4 * SHORT.call:g} s"


def burn(seconds: float) -> str:
    return f"end = time.process_time() + {seconds}\nwhile time.process_time() < end: pass\nreturn 1"


def test_calls_that_are_short_enough_add_up_to_a_test_that_is_not(fork_for: Start) -> None:
    talk = fork_for(source(burn(0.1)), limits=SHORT)
    replies = [talk("f") for _ in range(10)]
    ended = next(reply for reply in replies if reply.kind != "value")
    assert ended.kind == "timeout"
    # The wall clock comes first where a machine has too much to do.
    assert ended.message in (
        "the test used more than 0.4 s of CPU time",
        "its answers took more than 1.6 s in one test",
        "no answer within 0.6 s",
    )


def test_a_new_test_has_its_whole_time(fork_for: Start) -> None:
    # A busy machine may keep a call waiting; all of them together compute for longer than one test may.
    limits = SHORT.model_copy(update={"call": SHORT.test})
    talk = fork_for(source(burn(0.03)), limits=limits)
    for _ in range(16):
        talk.conversation.begin_test(limits)
        assert talk("f").kind == "value"


def test_what_a_submission_uses_in_all_is_limited(fork_for: Start) -> None:
    talk = fork_for(source(burn(0.1)), limits=SHORT)
    talk.conversation._allowance.submission = 0.25
    replies = []
    for _ in range(6):
        talk.conversation.begin_test(SHORT)
        replies.append(talk("f"))
    assert replies[0].kind == "value"
    used_up = {"the submission used up its CPU time", "its answers took more than 1 s in all"}
    assert used_up & {reply.message for reply in replies}


def test_a_call_under_the_limit_on_a_waiting_test_is_no_timeout(fork_for: Start) -> None:
    limits = SHORT.model_copy(update={"call": 0.4})
    assert fork_for(source("time.sleep(0.45); return 1"), limits=limits).value("f") == 1


@pytest.mark.parametrize("body", ["while True: pass", "import time; time.sleep(60)"])
def test_loading_for_too_long_leaves_no_functions(talk_to: Start, body: str) -> None:
    limits = SHORT.model_copy(update={"load": 0.2})
    talk = talk_to(f"def f(): pass\n{body}\n", limits=limits)
    assert talk.loaded.functions == {"f": "missing"}
    assert talk.loaded.error is not None
    assert talk.loaded.error["kind"] == "timeout"


@pytest.fixture(scope="module")
def tight() -> Iterator[Spawner]:
    """A confined fork server whose workers have little memory."""
    server = ForkServer(Setup(None, memory=256 << 20))
    yield server
    server.close()


@pytest.mark.needs("landlock")
def test_more_memory_than_there_is_raises_in_the_submission(tight: Spawner) -> None:
    talk = Talk(tight, source("return np.ones(10**9).sum()"))
    reply = talk("f")
    assert reply.raised is not None
    assert "MemoryError" in reply.raised.bases
    assert talk.conversation.alive
    talk.conversation.end()


@pytest.mark.needs("landlock")
def test_filling_the_memory_costs_that_worker_only(tight: Spawner) -> None:
    talk = Talk(tight, source("kept = []\nwhile True: kept.append(bytearray(1 << 20))"))
    assert talk("f").kind in ("raised", "killed")
    talk.conversation.end()
    other = Talk(tight, "def f(x): return x")
    assert other.value("f", 1) == 1
    other.conversation.end()


@pytest.mark.needs("landlock")
@pytest.mark.parametrize(
    "body",
    [
        "return [np.zeros(1 << 20)] * 100",
        "return np.zeros(9 << 20)",
        "return 'x' * (70 << 20)",
        "return b'x' * (70 << 20)",
        "return np.broadcast_to(0.0, (1 << 40,))",
    ],
)
def test_a_result_that_is_too_large_is_told_as_that(tight: Spawner, body: str) -> None:
    talk = Talk(tight, source(body), limits=Limits(memory=256 << 20))
    reply = talk("f")
    talk.conversation.end()
    assert reply.kind == "value", reply
    assert "bytes" in reply.value.type_name


def test_arguments_of_many_megabytes_cross_both_ways(talk_to: Start) -> None:
    array = np.arange(2_000_000.0)
    got = talk_to("def f(x): return x + 1").value("f", array)
    assert (got == array + 1).all()


DRIPS = {
    "as fast as it can": "while True: os.write(3, b'v')",
    "just before anybody waits": "while True: os.write(3, b'v'); time.sleep(0.0002)",
    "and computes": "while True: os.write(3, b'v'); sum(range(10_000))",
}


@pytest.mark.parametrize("body", DRIPS.values(), ids=DRIPS)
def test_an_answer_in_millions_of_pieces_runs_out_of_time(fork_for: Start, body: str) -> None:
    talk = fork_for(source(f"os.write(3, (60 << 20).to_bytes(4, 'little'))\n{body}"), limits=SHORT)
    start = time.monotonic()
    assert talk("f").kind == "timeout"
    assert time.monotonic() - start < 20


def test_call_backs_do_not_stop_the_clock(fork_for: Start) -> None:
    talk = fork_for(
        "import time\n"
        "def f(call):\n"
        "    while True:\n"
        "        call()\n"
        "        end = time.process_time() + 0.004\n"
        "        while time.process_time() < end: pass\n",
        limits=SHORT,
    )
    assert talk("f", lambda: None).kind == "timeout"
    assert talk.conversation.cpu < 3 * SHORT.call


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (20, "its answers took more than 1.6 s in one test"),
        (0.3, "its answers took more than 1.2 s in all"),
    ],
)
def test_who_sleeps_in_each_call_runs_out_of_time_all_the_same(
    fork_for: Callable[..., Talk], left: float, told: str
) -> None:
    talk = fork_for("import time\ndef f():\n    time.sleep(0.1)\n", limits=SHORT)
    talk.conversation._allowance.submission = left
    replies = [talk("f") for _ in range(20)]
    lost = next(reply for reply in replies if reply.kind != "value")
    assert (lost.kind, lost.message) == ("timeout", told)
    assert talk.conversation.used > 0.25


@pytest.mark.needs("linux")
def test_a_worker_that_cannot_be_made_keeps_no_descriptor_open() -> None:
    server = ForkServer(Setup(None), confined=False)
    os.kill(server._process.pid, signal.SIGKILL)
    server._process.wait()
    before = len(list(DESCRIPTORS.iterdir()))
    for _ in range(3):
        with pytest.raises((GraderFault, OSError)):
            server.spawn()
    assert len(list(DESCRIPTORS.iterdir())) == before
    server.close()


@pytest.mark.needs("linux")
def test_a_worker_is_made_while_its_predecessor_ends(forker: ForkServer) -> None:
    first = forker.spawn()
    first.dismiss()
    while Path(f"/proc/{first.pid}").exists():
        time.sleep(0.01)
    second, third = forker.spawn(), forker.spawn()
    second.dismiss()
    # The answer about the one that was asked for meanwhile comes before the one about this.
    assert third.end().signal == signal.SIGKILL
    fourth = forker.spawn()
    assert fourth.end().signal == signal.SIGKILL
    assert len({first.pid, second.pid, third.pid, fourth.pid}) == 4


@pytest.mark.needs("linux")
def test_one_that_was_killed_before_anybody_wanted_it_is_known_for_that(forker: ForkServer) -> None:
    forker.spawn().dismiss()
    worker = forker.spawn()
    os.kill(worker.pid, signal.SIGKILL)
    conversation = Conversation(worker, Limits())
    assert conversation.load({"m": b"x = 1"}, ["m"], {"f": "m"}, []).error is not None
    assert conversation.killed


@pytest.mark.parametrize(
    ("announced", "exit"),
    [(True, Exit(Step.LANDLOCK, 0, 0)), (False, Exit(70, 0, 0)), (False, Exit(0, 11, 0))],
)
def test_a_submission_may_end_its_worker_while_it_is_loaded(announced: bool, exit: Exit) -> None:
    worker, conversation = scripted()
    worker.announced, worker.exit = announced, exit
    worker.script.append(ends)
    loaded = conversation.load({"m": b""}, ["m"], {"f": "m"}, [])
    assert loaded.error is not None
    assert loaded.error["kind"] == "killed"


def test_a_worker_that_ends_itself_before_its_first_answer_is_our_fault() -> None:
    worker, conversation = scripted()
    worker.announced, worker.exit = False, Exit(Step.LANDLOCK, 0, 0.0)
    worker.script.append(ends)
    with pytest.raises(GraderFault, match=r"before any student code .* exit status 243"):
        conversation.load({"m": b""}, ["m"], {"f": "m"}, [])


def ends(_: bytes) -> bytes:
    raise Ended


@pytest.mark.needs("linux")
def test_closing_a_fork_server_that_was_asked_ahead_ends_all_its_workers() -> None:
    server = ForkServer(Setup(None), confined=False)
    busy = server.spawn()
    server.spawn().dismiss()
    server.close()
    assert server._process.returncode == 0
    assert gone(busy.pid)
    busy.channel.close()


@pytest.mark.needs("linux")
def test_a_worker_that_cannot_be_asked_for_ahead_costs_nothing(
    forker: ForkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = forker.spawn()
    before = len(list(DESCRIPTORS.iterdir()))
    monkeypatch.setattr(socket, "socketpair", refuse)
    worker.dismiss()
    assert len(list(DESCRIPTORS.iterdir())) == before - 2


def refuse() -> None:
    raise OSError(24, "Too many open files")
