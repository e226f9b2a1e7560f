"""Runs one whole batch, gradebook and report file included, and says what it cost and how much of that was writing.

python -m comparison.run_batch COURSE SUBMISSIONS JOBS [CLUSTER]
"""

import json
import os
import sys
import time
from array import array
from pathlib import Path

from comparison.protocol import TICK, WARM
from grader.batch import grade_folder
from grader.course import Course
from grader.gradebook.keeping import Keeping
from grader.gradebook.schema import open_gradebook
from grader.orders import Request
from grader.reportfile import ReportFileWriter


def descendants_cpu():
    """CPU seconds of this process, of those below it, and of those that have ended there."""
    below, cpu = {}, {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(file.parent.name)
        below.setdefault(int(fields[1]), []).append(pid)
        cpu[pid] = sum(map(int, fields[11:15]))
    found = [os.getpid()]
    for pid in found:
        found += below.get(pid, [])
    return sum(cpu[pid] for pid in found) / TICK


def parent_peak():
    """KiB of this process at its largest."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


class Meter:
    """Looks at a batch from inside its parent: when results come, when they are announced, and what writing takes."""

    def __init__(self):
        self.kept = {}
        self.seconds = array("d")
        self.marks = []
        self.writing = 0.0
        self.total = self.come = 0

    def start(self, total, ignored):
        self.total = total

    def advance(self, graded):
        """A report is on disk: since its submission was begun, so much time has gone."""
        self.seconds.append(graded.seconds + time.monotonic() - self.kept.pop(graded.student))

    def came(self, graded):
        """A result has come from a process."""
        self.kept[graded.student] = time.monotonic()
        self.come += 1
        if self.come in (WARM, self.total):
            self.marks.append(
                (time.monotonic(), descendants_cpu(), time.process_time(), self.writing)
            )

    def watch(self):
        """Put the meter in the way of what is measured."""

        def before(kind, name, act):
            real = getattr(kind, name)

            def watched(self, *arguments):
                act(*arguments)
                return real(self, *arguments)

            setattr(kind, name, watched)

        def timed(kind, name):
            real = getattr(kind, name)

            def watched(other, *arguments):
                start = time.thread_time()
                try:
                    return real(other, *arguments)
                finally:
                    self.writing += time.thread_time() - start

            setattr(kind, name, watched)

        before(Keeping, "keep", self.came)
        timed(Keeping, "_commit")
        timed(ReportFileWriter, "add")
        timed(ReportFileWriter, "write")


def main():
    root, folder, jobs, *cluster = sys.argv[1:]
    meter = Meter()
    meter.watch()
    course = Course.find(Path(root))
    with_file = Path(folder).with_name("reports.json")
    request = Request(Path(folder), int(jobs), with_file, cluster=cluster[0] if cluster else None)
    database = Path(folder).with_name("gradebook.db")
    for file in database.parent.glob(f"{database.name}*"):
        file.unlink()
    book = open_gradebook(f"sqlite:///{database}")
    start = time.monotonic()
    grade_folder(course, course.assignment("workload"), request, meter, book)
    wall = time.monotonic() - start
    book.close()
    (begun, cpu, parent, writing), (ended, cpu_end, parent_end, _) = meter.marks
    count = meter.total - WARM
    print(
        json.dumps(
            {
                "submissions": meter.total,
                "jobs": int(jobs),
                "cpu": (cpu_end - cpu) / count,
                "wall": (ended - begun) / count,
                "parent": (parent_end - parent) / (cpu_end - cpu),
                "writing": (meter.writing - writing) / (cpu_end - cpu),
                "whole_wall": wall,
                "seconds": list(meter.seconds),
                "parent_peak": parent_peak(),
            }
        )
    )


if __name__ == "__main__":
    main()
