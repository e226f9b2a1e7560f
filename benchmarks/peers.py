"""What this grader costs beside others, measured in one run on the same twenty tests and submissions.

    python benchmarks/peers.py [--rounds N] [--block N] [--peers N] [--sizes N N N] [--save]

Each grader runs in an environment of its own, made on first use and kept in the user's cache. All take turns, block by
block, alone on one core and then two at once on two, and medians of blocks are compared. Then whole batches of this
grader run, gradebook included, with blocks of the floor before and after each. `--save` renews docs/performance.*.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from comparison import page
from comparison.environments import GRADERS, python_of
from workload.submissions import submission

HERE = Path(__file__).parent
#: So often the floor and this grader alternate for each block of the others, which take longer.
TURNS = 3


class Lane:
    """One grader in a process that has a core to itself."""

    def __init__(self, name, cpu):
        self.name = name
        python = python_of(name) if name in GRADERS else sys.executable
        program = ["floor.py"] if name == "floor" else ["-m", f"comparison.run_{name}"]
        threads = ("OPENBLAS", "OMP", "MKL")
        self._process = subprocess.Popen(
            [python, *program],
            cwd=HERE,
            env={**os.environ, **{f"{library}_NUM_THREADS": "1" for library in threads}},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        # What it starts itself stays there, too.
        os.sched_setaffinity(self._process.pid, {cpu})
        if name != "floor":
            self._process.stdout.readline()

    def start(self, first, count):
        """Ask for a block."""
        print(first, count, file=self._process.stdin, flush=True)

    def result(self):
        """What it cost."""
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} ended; run it alone to see why")
        if self.name != "floor":
            return json.loads(line)
        cpu, wall, passed = map(float, line.split())
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        peak = int(status.partition("VmHWM:")[2].split()[0])
        return {"cpu": cpu, "wall": wall, "passed": int(passed), "seconds": [], "peak": peak}

    def close(self):
        self._process.stdin.close()
        self._process.wait()


class Race:
    """All graders in turn; what their blocks cost, by grader and number of cores."""

    def __init__(self, quick, others):
        cpus = sorted(os.sched_getaffinity(0))[:2]
        self.sizes = {"floor": quick, "ours": quick, **dict.fromkeys(GRADERS, others)}
        self.lanes = {name: [Lane(name, cpu) for cpu in cpus] for name in self.sizes}
        self.costs = {}
        for name in self.sizes:
            for lane in self.lanes[name]:
                lane.start(0, 1)
                lane.result()

    def block(self, name, first, cores):
        """Let a grader do a block on each of so many cores at once."""
        count, lanes = self.sizes[name], self.lanes[name][:cores]
        for lane in lanes:
            lane.start(first, count)
        results = [lane.result() for lane in lanes]
        wall = max(result["wall"] for result in results)
        for result in results:
            self.costs.setdefault((name, cores), []).append(
                {**result, "count": count, "rate": count * len(lanes) / wall}
            )
        return results[0]

    def floor(self):
        """CPU seconds that the floor takes for a submission just now."""
        return self.block("floor", 0, 1)["cpu"] / self.sizes["floor"]

    def round(self, number, cores):
        """Every grader once, the quick ones several times."""
        for _ in range(TURNS):
            for name in ("floor", "ours"):
                self.block(name, number * self.sizes[name], cores)
        for name in GRADERS:
            first = number * self.sizes[name]
            passed = self.block(name, first, cores)["passed"]
            self.lanes["floor"][0].start(first, self.sizes[name])
            wanted = self.lanes["floor"][0].result()["passed"]
            if passed != wanted:
                raise SystemExit(f"with {name} {passed} tests pass, with the floor {wanted}")

    def close(self):
        for lanes in self.lanes.values():
            for lane in lanes:
                lane.close()


def run_batch(race, folder, size, jobs, cluster=()):
    """One whole batch in a process of its own, and the floor before and after it."""
    submissions = folder / f"submissions-{size}"
    if not submissions.exists():
        submissions.mkdir()
        for number in range(size):
            (submissions / f"s{number:05}.py").write_text(submission(number))
    before = race.floor()
    words = [folder / "course", submissions, str(jobs), *cluster]
    ran = subprocess.run(
        [sys.executable, "-m", "comparison.run_batch", *words],
        cwd=HERE,
        stdout=subprocess.PIPE,
        check=True,
    )
    return {**json.loads(ran.stdout), "floor": (before + race.floor()) / 2, "cluster": cluster}


def batches(race, sizes, told):
    """The batches of the second part: the smallest size before and after the others, since machines drift."""
    small, *larger = sizes
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(HERE / "workload", folder / "course")
        (folder / "course" / ".grader").mkdir()
        (folder / "course" / ".grader" / "secret").write_text("benchmark")
        order = [small] * 3 + larger + larger[-2::-1] + [small] * 3
        orders = [(size, 2, ()) for size in order]
        medium = 5 * small
        orders += [(medium, 1, ()), (medium, 2, ("local:2",))]
        for each in orders:
            told(f"a batch of {each[0]} on {each[2][0] if each[2] else f'{each[1]} cores'}")
            yield run_batch(race, folder, *each)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--block",
        type=int,
        default=60,
        help="submissions of a block of the floor and of this grader",
    )
    parser.add_argument(
        "--peers", type=int, default=5, help="submissions of a block of another one"
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10_000])
    parser.add_argument("--save", action="store_true", help="renew docs/performance.*")
    wanted = parser.parse_args()

    def told(what):
        print(what, file=sys.stderr, flush=True)

    for name in GRADERS:
        python_of(name)
    race = Race(wanted.block, wanted.peers)
    for number in range(wanted.rounds):
        for cores in (1, 2):
            told(f"round {number + 1} of {wanted.rounds} on {cores} of 2 cores")
            race.round(number, cores)
    costs = dict(race.costs)
    done = list(batches(race, sorted(wanted.sizes), told))
    race.close()
    text = page.text(costs, done)
    print(text)
    if wanted.save:
        page.save(HERE.parent / "docs", text, costs, done)
    told(f"median of floor blocks {statistics.median(each['floor'] for each in done) * 1e3:.1f} ms")


if __name__ == "__main__":
    main()
