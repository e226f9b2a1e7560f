"""What grading costs: this grader against the floor and against one pytest process per submission, in one run.

    python benchmarks/spine.py [--submissions N]

Everything is CPU time of all processes involved, in alternating blocks, and printed as ratios: the machine's speed
cancels out, as far as it lets it.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from workload.submissions import REFERENCE, submission

from grader import batch
from grader.course import Course
from grader.executors import Attempt
from grader.models import Submission
from grader.sandbox import process as processes
from grader.suite.place import hidden_place
from grader.suite.runner import Runner
from grader.suite.session import with_suite

HERE = Path(__file__).parent
TICK = os.sysconf("SC_CLK_TCK")


def tree_cpu(pid):
    """CPU seconds of a process and of its reaped children."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(field) for field in fields[11:15]) / TICK


class Grader:
    """A runner that has collected a suite and waits for submissions, in this process."""

    def __init__(self, root, name):
        self.assignment = Course.find(root).assignment(name)
        self.plan = batch.Plan(self.assignment, b"benchmark")
        self.digests = batch.grading.suite_digests(self.assignment)

    def serve(self, work):
        """Call `work(grade_block)` inside the session."""

        def with_tests(suite):
            self.spawner = batch.make_spawner(self.plan)
            runner = Runner(suite, self.spawner, self.assignment.manifest.limits)
            try:
                work(lambda submissions: self.block(runner, submissions))
            finally:
                runner.close()
                self.spawner.close()

        with_suite(hidden_place(self.assignment), with_tests)

    def block(self, runner, submissions):
        """Grade some submissions; CPU seconds, wall seconds, and the sum of their scores."""
        server = self.spawner._process.pid
        cpu, wall = time.process_time() + tree_cpu(server), time.perf_counter()
        score = 0.0
        for one in submissions:
            score += batch._grade(self.plan, runner, self.spawner, Attempt(one), self.digests).score
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


def plain_suite(folder):
    """The workload's tests as a plain pytest suite: the same bodies, `student` a module."""
    text = (HERE / "workload/tests/hidden/workload/test_workload.py").read_text()
    text = text.replace("from grader import assert_close, unchanged", "from plain import *")
    text = text.replace('student.under(errstate={"over": "raise", "invalid": "raise"}).', "student.")
    (folder / "test_workload.py").write_text(text)
    (folder / "plain.py").write_text(
        "import numpy as np\n"
        "def assert_close(a, b):\n    np.testing.assert_allclose(a, b, 1e-12, 1e-14)\n"
        "def unchanged(f):\n    pass\n"
    )
    (folder / "solution_of_workload.py").write_text(REFERENCE)
    (folder / "conftest.py").write_text(
        "import numpy as np, pytest, workload, solution_of_workload\n"
        "@pytest.fixture(scope='session')\ndef student():\n    return workload\n"
        "@pytest.fixture(scope='session')\ndef solution():\n    return solution_of_workload\n"
        "@pytest.fixture\ndef rng():\n    return np.random.default_rng(1)\n"
        "def pytest_configure(config):\n"
        "    for name in ('function', 'group', 'points'):\n"
        "        config.addinivalue_line('markers', name + '(x): declared')\n"
    )


class Floor:
    """The floor in a lean process of its own, so that it forks no more than it needs."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "floor.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
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
    return [Submission(f"s{n}", {"workload": submission(n).encode()}) for n in range(first, first + count)]


def compare_with_floor(count, block):
    """Alternate blocks of the floor and of this grader; CPU seconds per submission of each, as medians of blocks."""
    ours, theirs = [], []
    lean = Floor()

    def work(grade_block):
        grade_block(workload(0, 10))
        for start in range(0, count, block):
            theirs.append(lean.block(start, block)[0] / block)
            ours.append(grade_block(workload(start, block))[0] / block)

    Grader(HERE / "workload", "workload").serve(work)
    lean.close()
    return statistics.median(ours), statistics.median(theirs)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=200)
    parser.add_argument("--pytest", type=int, default=10, help="pytest processes to compare with")
    arguments = parser.parse_args()
    ours, theirs = compare_with_floor(arguments.submissions, 20)
    print(f"floor                     {theirs * 1e3:7.1f} ms CPU a submission")
    print(f"this grader               {ours * 1e3:7.1f} ms CPU a submission: {ours / theirs:.2f} times the floor")
    with tempfile.TemporaryDirectory() as name:
        plain_suite(Path(name))
        costs = [pytest_process(Path(name), submission(n)) for n in range(arguments.pytest)]
    naive = sum(costs) / len(costs)
    print(f"a pytest process each     {naive * 1e3:7.1f} ms CPU a submission: {naive / ours:.1f} times this grader")


if __name__ == "__main__":
    main()
