"""What grading costs: this grader against the floor and against one pytest process per submission, in one run.

    python benchmarks/spine.py [--submissions N]

Everything is CPU time of all processes involved, in alternating blocks, and printed as ratios: the machine's speed
cancels out, as far as it lets it.
"""

import argparse
import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from comparison.protocol import tree_cpu
from comparison.tests_as import as_pytest
from workload.submissions import submission

from grader import grading
from grader.course import Course
from grader.desk import Desk
from grader.executors import Task
from grader.models import Submission
from grader.orders import Plan
from grader.suite.place import hidden_place
from grader.suite.session import with_suite

HERE = Path(__file__).parent


class Grader:
    """A runner that has collected a suite and waits for submissions, in this process."""

    def __init__(self, root, name):
        self.assignment = Course.find(root).assignment(name)
        self.plan = Plan(self.assignment, b"benchmark")
        self.digests = grading.suite_digests(self.assignment)

    def serve(self, work):
        """Call `work(desk)` inside the session."""

        def with_tests(suite):
            desk = Desk(self.plan, suite, lambda phase: None)
            try:
                work(desk)
            finally:
                desk.close()

        with_suite(hidden_place(self.assignment), with_tests)

    def block(self, desk, submissions):
        """Grade some submissions; CPU seconds, wall seconds, and the sum of their scores."""
        server = desk._spawner._process.pid
        cpu, wall = time.process_time() + tree_cpu(server), time.perf_counter()
        score = sum(desk.grade(Task(one), self.digests).score for one in submissions)
        return time.process_time() + tree_cpu(server) - cpu, time.perf_counter() - wall, score


def pytest_process(folder, source):
    """One `python -m pytest` process on the workload, student code imported; CPU seconds."""
    (folder / "workload.py").write_text(source)
    before = sum(os.times()[2:4])
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "OPENBLAS_NUM_THREADS": "1"}
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_workload.py"],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    return sum(os.times()[2:4]) - before


class Floor:
    """The floor in a lean process of its own, so that it forks no more than it needs."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "floor.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def block(self, first, count):
        """Grade some submissions; CPU seconds, wall seconds, passed tests."""
        print(first, count, file=self.process.stdin, flush=True)
        return tuple(float(part) for part in self.process.stdout.readline().split())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def workload(first, count):
    """Submissions of the workload."""
    return [
        Submission(f"s{n}", {"workload": submission(n).encode()})
        for n in range(first, first + count)
    ]


def compare_with_floor(count, block):
    """Alternate blocks of the floor and of this grader; CPU seconds per submission of each, as medians of blocks."""
    ours, theirs = [], []
    lean, grader = Floor(), Grader(HERE / "workload", "workload")

    def work(desk):
        grader.block(desk, workload(0, 10))
        for start in range(0, count, block):
            theirs.append(lean.block(start, block)[0] / block)
            ours.append(grader.block(desk, workload(start, block))[0] / block)

    grader.serve(work)
    lean.close()
    return statistics.median(ours), statistics.median(theirs)


def scaling(seconds):
    """What two of each reach together, in submissions a second, against one alone: ours and the floor, alternating.

    Each has a core to itself, as in a batch: alone, a runner would leave part of its work to the other one.
    """
    cpus = sorted(os.sched_getaffinity(0))[:2]
    code = (
        "import sys, time; sys.path.insert(0, sys.argv[1]); import spine\n"
        "grader = spine.Grader(spine.HERE / 'workload', 'workload')\n"
        "def work(desk):\n"
        "    grader.block(desk, spine.workload(0, 10)); print('ready', flush=True)\n"
        "    for line in sys.stdin:\n"
        "        end, n = time.perf_counter() + float(line), 0\n"
        "        while time.perf_counter() < end:\n"
        "            grader.block(desk, spine.workload(n, 5)); n += 5\n"
        "        print(n, flush=True)\n"
        "grader.serve(work)\n"
    )
    ours = [Loop([sys.executable, "-c", code, str(HERE)], cpu, ready=True) for cpu in cpus]
    floors = [Loop([sys.executable, str(HERE / "floor.py"), "--timed"], cpu) for cpu in cpus]
    rates = {}
    for _ in range(3):
        for name, loops in (("ours", ours), ("floor", floors)):
            for count in (1, 2):
                for loop in loops[:count]:
                    loop.start(seconds)
                rates.setdefault((name, count), []).append(
                    sum(loop.result() for loop in loops[:count]) / seconds
                )
    for loop in (*ours, *floors):
        loop.close()
    return {key: statistics.median(values) for key, values in rates.items()}


class Loop:
    """A process that grades for so many seconds, on a core of its own, and says how many submissions it did."""

    def __init__(self, command, cpu, ready=False):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        # What it starts itself stays there, too.
        os.sched_setaffinity(self.process.pid, {cpu})
        if ready:
            self.process.stdout.readline()

    def start(self, seconds):
        print(seconds, file=self.process.stdin, flush=True)

    def result(self):
        return int(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def first_assignment(count):
    """CPU seconds that one more submission of the course's first assignment costs, the reference handed in."""
    root = HERE.parent
    grader = Grader(root, Course.find(root).names[0])
    sources = {file.stem: file.read_bytes() for file in grader.assignment.solution_dir.glob("*.py")}
    costs = []

    def work(desk):
        grader.block(desk, [Submission("warm", sources)] * 3)
        # The system counts CPU time in ticks: one submission is too few to measure.
        block = [Submission("s", sources)] * 4
        costs.extend(grader.block(desk, block)[0] / len(block) for _ in range(count))

    grader.serve(work)
    return statistics.median(costs)


def start_up(command, count=7):
    """CPU seconds of a command, at best of several runs."""
    costs = []
    for _ in range(count):
        before = sum(os.times()[2:4])
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        costs.append(sum(os.times()[2:4]) - before)
    return min(costs)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=200)
    parser.add_argument("--pytest", type=int, default=10, help="pytest processes to compare with")
    parser.add_argument(
        "--seconds", type=float, default=4.0, help="length of a block of the scaling part"
    )
    arguments = parser.parse_args()
    ours, theirs = compare_with_floor(arguments.submissions, 20)
    print(f"floor                      {theirs * 1e3:7.1f} ms CPU a submission")
    print(
        f"this grader                {ours * 1e3:7.1f} ms CPU a submission: {ours / theirs:.2f} times the floor"
    )
    with tempfile.TemporaryDirectory() as name:
        as_pytest(Path(name))
        costs = [pytest_process(Path(name), submission(n)) for n in range(arguments.pytest)]
    naive = statistics.median(costs)
    print(
        f"a pytest process each      {naive * 1e3:7.1f} ms CPU a submission: {naive / ours:.1f} times this grader"
    )
    rates = scaling(arguments.seconds)
    gains = {name: rates[name, 2] / rates[name, 1] for name in ("ours", "floor")}
    print(
        f"two runners                {gains['ours']:7.2f} times one, two floor loops {gains['floor']:.2f} times one: "
        f"{gains['ours'] / gains['floor']:.0%}"
    )
    print(f"the first assignment       {first_assignment(20) * 1e3:7.1f} ms CPU a submission")
    # As pip installs it, whatever the environment says of writing bytecode.
    compileall.compile_dir(HERE.parent / "grader", quiet=1)
    bare = start_up([sys.executable, "-c", "pass"])
    for name, command in (
        ("import grader", ["-c", "import grader"]),
        ("grader --help", ["-m", "grader", "--help"]),
    ):
        print(
            f"{name:<26} {(start_up([sys.executable, *command]) - bare) * 1e3:7.1f} ms CPU beyond a bare interpreter"
        )
    folder = HERE.parent / "assignments" / Course.find(HERE.parent).names[0]
    cost = start_up([sys.executable, "-m", "grader", "check", str(folder)], 3)
    print(f"grader check               {cost * 1e3:7.1f} ms CPU")


if __name__ == "__main__":
    main()
