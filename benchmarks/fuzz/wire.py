"""Feeds frames that a coverage-guided fuzzer makes up to both sides of the wire, in two processes.

Needs atheris, which is not among this project's packages: pip install atheris. Ends by itself after ten million frames:

    python benchmarks/fuzz/wire.py [EXECUTIONS]

Whatever escapes but a declared exception ends it with a traceback and leaves the frame in a file.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = 2
EXECUTIONS = 10_000_000
MAX_LENGTH = 512
#: Who reads a frame: a decoder of either side, or a conversation that made a call, loads, or made calls together.
SIDES = 5
TOGETHER = 4


def seeds(folder: Path) -> None:
    """Frames that hold a little of everything."""
    import numpy as np

    from grader.sandbox.wire import Encoder, Inert, Message

    values = [
        (1, 1.5, 2j, "text", b"bytes", None, True, 1 << 200),
        [np.arange(6.0).reshape(2, 3), np.float32(1), np.zeros((0, 3), bool), np.array(1j)],
        {"changed": [[0, "a"]], "warnings": [("W", "m", 3)], "notes": ["n"], "output": "o"},
        ("E\tValueError", "m", "f\t1\tg\tt"),
        {(1, 2.0): {b"k": [Inert("x")]}},
    ]
    for number, value in enumerate(values):
        for kind in (Message.VALUE, Message.RAISED, Message.CALLBACK, Message.LOADED):
            encoder = Encoder()
            encoder.begin(kind, bytes(8))
            encoder.add({})
            encoder.add(value)
            several = Encoder()
            several.begin(Message.VALUES, bytes(8))
            # Without its nonce.
            several.add_answer(kind, encoder.payload()[9:])
            several.add(0.5)
            for side in range(SIDES):
                frame = (several if side == TOGETHER else encoder).payload()
                (folder / f"{number}-{kind}-{side}").write_bytes(bytes((side,)) + frame)


def fuzz(arguments: list[str]) -> None:
    """One process."""
    import atheris

    with atheris.instrument_imports(include=["grader.sandbox.wire", "grader.sandbox.records"]):
        from grader.sandbox import records, wire
    from tests.sandbox.scripted import scripted

    def decoded(data: bytes, tags: bytes) -> None:
        decoder = wire.Decoder(data, tags)
        decoder.begin()
        while decoder.position < len(data):
            decoder.next()

    def one(data: bytes) -> None:
        if len(data) < 10:
            return
        side, frame = data[0] % SIDES, data[1:]
        try:
            if side == 0:
                decoded(frame, b"kofg")
            elif side == 1:
                decoded(frame, b"kogfr")
            else:
                worker, talk = scripted()
                worker.script = [lambda nonce: frame[:1] + nonce + frame[9:]] * 2
                if side == 2:
                    talk.call("f", (1.0, len), {})
                elif side == TOGETHER:
                    talk.ask_together([talk.question("f", (1.0,), {})] * 2)
                else:
                    talk.load({}, ["f"], {"f": "f"}, [])
        except (wire.WireError, records.Malformed):
            if side > 1:
                raise

    atheris.Setup([sys.argv[0], *arguments], one)
    atheris.Fuzz()


def main(executions: int) -> None:
    """All processes, and how fast they were."""
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seeds(folder)
        options = [f"-max_len={MAX_LENGTH}", "-verbosity=0", f"-runs={executions // PROCESSES}"]
        running = [
            subprocess.Popen(
                [sys.executable, __file__, "--one", f"-seed={number + 1}", *options, name]
            )
            for number in range(PROCESSES)
        ]
        ended = [process.wait() for process in running]
    seconds = time.perf_counter() - start
    print(f"{executions:,} executions in {seconds:.0f} s, {executions / seconds:,.0f} a second")
    sys.exit(max(map(abs, ended)))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    if sys.argv[1:2] == ["--one"]:
        fuzz(sys.argv[2:])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else EXECUTIONS)
