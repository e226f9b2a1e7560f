"""Decodes ten million damaged frames as either side of the wire would, in two processes; needs nothing but the project.

    python benchmarks/fuzz/decoder.py [EXECUTIONS]

Faster and blinder than `wire.py`, which is guided by coverage and holds whole conversations.
"""

import random
import sys
import tempfile
import time
from multiprocessing import Pool
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from wire import seeds  # noqa: E402  # as above

from grader.sandbox.wire import Decoder, WireError  # noqa: E402  # its place is known only now

PROCESSES = 2
EXECUTIONS = 10_000_000
SIDES = (b"kofg", b"kogfr")
#: No frame of a few hundred bytes may take longer, however busy the machine.
SLOWEST = 5.0
BYTES = (*b"NTFidcsbltmaArkogfI", 0, 1, 2, 127, 128, 255)


def frames() -> list[bytes]:
    with tempfile.TemporaryDirectory() as name:
        seeds(Path(name))
        return [file.read_bytes()[1:] for file in sorted(Path(name).iterdir())]


def run(task: tuple[int, int]) -> tuple[int, int, float]:
    """Decode so many frames; how many were whole, how many refused, and the slowest."""
    seed, count = task
    draw = random.Random(seed)
    number, whole = draw.random, frames()
    accepted, slowest, before = 0, 0.0, time.perf_counter()
    for turn in range(count):
        frame = bytearray(whole[int(number() * len(whole))])
        for _ in range(1 + int(number() * 4)):
            at = 9 + int(number() * (len(frame) - 9))
            kind = number()
            if kind < 0.6:
                frame[at] = BYTES[int(number() * len(BYTES))]
            elif kind < 0.75:
                frame[at] = int(number() * 256)
            elif kind < 0.9:
                del frame[at : at + 1 + int(number() * 4)]
            else:
                frame[at:at] = frame[9 : 9 + int(number() * 30)]
            if len(frame) < 12:
                break
        decoder = Decoder(bytes(frame), SIDES[turn & 1])
        try:
            decoder.begin()
            while decoder.position < len(frame):
                decoder.next()
            accepted += 1
        except WireError:
            pass
        now = time.perf_counter()
        slowest, before = max(slowest, now - before), now
    return accepted, count - accepted, slowest


def main(executions: int) -> None:
    start = time.perf_counter()
    pieces = 20
    tasks = [(seed, executions // pieces) for seed in range(pieces)]
    with Pool(PROCESSES) as pool:
        results = pool.map(run, tasks, chunksize=1)
    seconds = time.perf_counter() - start
    accepted, refused = (sum(result[place] for result in results) for place in (0, 1))
    slowest = max(result[2] for result in results)
    print(
        f"{accepted + refused:,} executions in {seconds:.0f} s: {accepted:,} decoded, "
        f"{refused:,} refused, the slowest {slowest * 1000:.0f} ms"
    )
    sys.exit(slowest > SLOWEST)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else EXECUTIONS)
