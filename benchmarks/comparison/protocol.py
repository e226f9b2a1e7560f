"""How a grader is asked for blocks: a line "first count" in, a line of JSON with what they cost out.

The standard library alone: this runs in the environment of each grader.
"""

import json
import os
import resource
import sys
import time
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
#: A batch is measured from so many reports on: until then its processes start and collect the suite.
WARM = 20


def cpu():
    """CPU seconds of this process and of its children that have ended."""
    return sum(os.times()[:4])


def tree_cpu(pid):
    """CPU seconds of another process and of its children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(field) for field in fields[11:15]) / TICK


def peak():
    """KiB of the largest process among this one and its children that have ended."""
    return max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )


def each(grade, numbers):
    """Grade submissions one by one; what they cost, with how many tests passed and each one's time."""
    start, began, passed, seconds = cpu(), time.perf_counter(), 0, []
    for number in numbers:
        before = time.perf_counter()
        passed += grade(number)
        seconds.append(time.perf_counter() - before)
    return {
        "cpu": cpu() - start,
        "wall": time.perf_counter() - began,
        "passed": passed,
        "seconds": seconds,
        "peak": peak(),
    }


def serve(block):
    """Answer with `block(first, count)` until nobody asks any more."""
    answers = os.fdopen(os.dup(1), "w")
    # Whatever a grader prints is no answer.
    os.dup2(2, 1)
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        first, count = map(int, line.split())
        print(json.dumps(block(first, count)), file=answers, flush=True)
