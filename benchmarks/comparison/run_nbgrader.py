"""Grades with `nbgrader autograde`, one command a block; what it costs before the first submission is counted apart."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from workload.submissions import submission

from comparison import protocol, tests_as

NAME = "workload"


def command(folder, *words):
    """Start nbgrader on the course in a folder."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.Popen(
        [sys.executable, "-m", "nbgrader", *words],
        cwd=folder,
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def hand_in(folder, numbers):
    """Put submissions in the place of whatever was there."""
    for step in ("submitted", "autograded"):
        shutil.rmtree(folder / step, ignore_errors=True)
    released = json.loads((folder / "release" / NAME / f"{NAME}.ipynb").read_text())
    for number in numbers:
        released["cells"][0]["source"] = submission(number)
        place = folder / "submitted" / f"s{number}" / NAME
        place.mkdir(parents=True)
        (place / f"{NAME}.ipynb").write_text(json.dumps(released))


def passed(folder, number):
    """How many tests of a graded submission passed."""
    file = folder / "autograded" / f"s{number}" / NAME / f"{NAME}.ipynb"
    return sum(
        cell["metadata"]["nbgrader"]["grade"]
        and not any(output["output_type"] == "error" for output in cell["outputs"])
        for cell in json.loads(file.read_text())["cells"]
    )


def block(folder, first, count):
    """Grade some submissions with one command."""
    numbers = range(first, first + count)
    hand_in(folder, numbers)
    running = command(folder, "autograde", NAME, "--create")
    began, times = 0.0, []
    for line in running.stderr:
        if "Sanitizing" in line:
            began = began or protocol.tree_cpu(running.pid)
            times.append(time.perf_counter())
    _, status, usage = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    times.append(time.perf_counter())
    assert running.returncode == 0, "nbgrader autograde failed"
    return {
        "cpu": usage.ru_utime + usage.ru_stime - began,
        "wall": times[-1] - times[0],
        "passed": sum(passed(folder, number) for number in numbers),
        "seconds": [end - start for start, end in pairwise(times)],
        "peak": usage.ru_maxrss,
        "start": began,
    }


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "source" / NAME
        source.mkdir(parents=True)
        (source / f"{NAME}.ipynb").write_text(tests_as.as_notebook())
        _, told = command(folder, "generate_assignment", NAME, "--create").communicate()
        assert (folder / "release" / NAME).exists(), told
        protocol.serve(lambda first, count: block(folder, first, count))


if __name__ == "__main__":
    main()
