"""The floor: the least that grading a submission apart from others can cost.

A warm process that has numpy forks; the child executes the source and makes the calls of the 20-test workload directly,
comparing with the reference by numpy. No pytest, no messages between processes, no sandbox. Fixed: it is what costs are
divided by.
"""

import os
import sys
import time
from functools import cache
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from workload.submissions import REFERENCE, submission


def raises(pattern, function, *arguments):
    """Whether a call raises a ValueError whose message has the pattern."""
    try:
        function(*arguments)
    except ValueError as error:
        return pattern in str(error)
    return False


def count_passed(student, solution, rng):
    """Run the twenty tests on a namespace; how many pass."""
    s, r = student, solution
    close = np.allclose
    results = []
    y, p = rng.normal(size=100), rng.normal(size=100)
    results.append(
        close(s["mean_squared_error"](y, p), r["mean_squared_error"](y, p), 1e-12, 1e-14)
    )
    results.append(close(s["mean_squared_error"]([1, 2, 3], [1, 4, 6]), 13 / 3, 1e-12, 1e-14))
    y, p = rng.normal(size=50), rng.normal(size=50)
    results.append(
        close(s["mean_squared_error"](y, p), s["mean_squared_error"](p, y), 1e-12, 1e-14)
    )
    results.append(raises("shape", s["mean_squared_error"], np.ones(3), np.ones(4)))
    z = rng.normal(size=(20, 5))
    results.append(close(s["sigmoid"](z), r["sigmoid"](z), 1e-12, 1e-14))
    with np.errstate(over="raise", invalid="raise"):
        got = s["sigmoid"](np.array([-1000.0, 0.0, 1000.0]))
    results.append(close(got, [0.0, 0.5, 1.0], 1e-12, 1e-14))
    z = rng.normal(size=40)
    results.append(close(s["sigmoid"](z) + s["sigmoid"](-z), np.ones(40), 1e-12, 1e-14))
    z = rng.normal(size=10)
    before = z.copy()
    s["sigmoid"](z)
    results.append((z == before).all())
    Z = rng.normal(size=(30, 4))
    results.append(close(s["softmax"](Z), r["softmax"](Z), 1e-12, 1e-14))
    results.append(close(s["softmax"]([[1000.0, 1000.0]]), [[0.5, 0.5]], 1e-12, 1e-14))
    results.append(
        close(s["softmax"](rng.normal(size=(25, 3))).sum(axis=1), np.ones(25), 1e-12, 1e-14)
    )
    results.append(raises("shape", s["softmax"], np.ones(3)))
    w, g = rng.normal(size=20), rng.normal(size=20)
    results.append(
        close(s["gradient_step"](w, g, 0.1), r["gradient_step"](w, g, 0.1), 1e-12, 1e-14)
    )
    results.append(close(s["gradient_step"]([1, 2], [10, -10], 0.1), [0.0, 3.0], 1e-12, 1e-14))
    w = rng.normal(size=8)
    results.append(close(s["gradient_step"](w, np.zeros(8), 0.5), w, 1e-12, 1e-14))
    results.append(raises("learning_rate", s["gradient_step"], np.ones(2), np.ones(2), -1.0))
    y, p = rng.integers(0, 2, 200), rng.integers(0, 2, 200)
    results.append(close(s["accuracy"](y, p), r["accuracy"](y, p), 1e-12, 1e-14))
    results.append(close(s["accuracy"]([0, 1, 2], [0, 1, 1]), 2 / 3, 1e-12, 1e-14))
    y = rng.integers(0, 3, 60)
    results.append(close(s["accuracy"](y, y), 1.0, 1e-12, 1e-14))
    results.append(raises("empty", s["accuracy"], [], []))
    return sum(bool(result) for result in results)


def grade_one(number, solution):
    """Fork, execute, call; the number of passed tests."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        passed = 0
        try:
            student = {}
            exec(compile(submission(number), "submission.py", "exec"), student)
            passed = count_passed(student, solution, np.random.default_rng(number))
        finally:
            os.write(writing, bytes((passed,)))
            os._exit(0)
    os.close(writing)
    passed = os.read(reading, 1)[0]
    os.close(reading)
    os.waitpid(pid, 0)
    return passed


@cache
def reference():
    """The reference's namespace, warm: the tests' own paths have run once in the process that forks."""
    solution = {}
    exec(compile(REFERENCE, "solution.py", "exec"), solution)
    count_passed(solution, solution, np.random.default_rng(0))
    return solution


def run(first, count):
    """Grade `count` submissions from number `first`; CPU seconds, wall seconds, and how many tests passed in all."""
    solution = reference()
    cpu, wall = sum(os.times()[:4]), time.perf_counter()
    passed = sum(grade_one(number, solution) for number in range(first, first + count))
    return sum(os.times()[:4]) - cpu, time.perf_counter() - wall, passed


def serve():
    """Answer lines of "first count" on standard input with a line of CPU seconds, wall seconds and passed tests."""
    run(0, 5)
    for line in sys.stdin:
        print(*run(*map(int, line.split())), flush=True)


def serve_timed():
    """Answer lines of seconds with how many submissions were graded in that time."""
    run(0, 5)
    for line in sys.stdin:
        end, count = time.perf_counter() + float(line), 0
        while time.perf_counter() < end:
            run(count, 5)
            count += 5
        print(count, flush=True)


if __name__ == "__main__":
    serve_timed() if "--timed" in sys.argv else serve()
