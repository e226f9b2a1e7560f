"""Kills a batch at random moments, lets it go on, and holds what it kept against an undisturbed run.

As a program it does so as often as it is told:

    python -m tests.gradebook.crash --moments 100
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.gradebook import maintenance
from grader.gradebook.schema import open_gradebook
from tests.small_course import DOMAINS, REFERENCE, SCALED, STUB, TOTAL, write_course

#: How deep below the batch a process of each kind is.
DEPTHS = {"parent": 0, "runner": 1, "fork server": 2, "worker": 3}
BODIES = (
    REFERENCE,
    REFERENCE.replace("v.sum()", "v.max()"),
    REFERENCE.replace("* factor", "+ factor"),
    STUB,
    f"{REFERENCE}\nimport time; time.sleep(0.05)\n",
    "def total(v)\n",
)


@dataclass(frozen=True)
class Scene:
    """A course with submissions, and what grading them gives when nobody disturbs it."""

    root: Path
    undisturbed: dict[str, Any]
    #: Seconds that this took.
    seconds: float


def set_up(root: Path, submissions: int = 60) -> Scene:
    """Write the course, and grade everything once."""
    hidden = {"test_total.py": TOTAL, "test_scaled.py": SCALED, "domains.py": DOMAINS}
    write_course(root, hidden)
    (root / ".grader").mkdir()
    (root / ".grader" / "secret").write_text("a secret")
    (root / "submissions").mkdir()
    for number in range(submissions):
        text = f"{BODIES[number % len(BODIES)]}\n# {number}\n"
        (root / "submissions" / f"s{number:02}.py").write_text(text)
    start = time.monotonic()
    finish(root, "undisturbed.db")
    return Scene(root, reports(root), time.monotonic() - start)


def batch(root: Path, database: str) -> subprocess.Popen[bytes]:
    """Start grading."""
    program = [sys.executable, "-m", "grader", "grade", "small", "submissions"]
    with (root / "said").open("wb") as said:
        return subprocess.Popen(
            [*program, "--jobs", "2", "--json", "reports.json"],
            cwd=root,
            env={**os.environ, "GRADER_GRADEBOOK": f"sqlite:///{root / database}"},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def finish(root: Path, database: str) -> None:
    """Grade what is left."""
    code = batch(root, database).wait(120)
    assert code == 0, _failure(root, code)


def reports(root: Path) -> dict[str, Any]:
    """The reports of everybody, without what takes time to measure."""
    data = json.loads((root / "reports.json").read_text(encoding="utf-8"))
    for report in data["reports"]:
        for outcome in report["outcomes"]:
            del outcome["cpu"], outcome["duration"]
    return {report["student"]: report for report in data["reports"]}


def differences(wanted: Any, found: Any, where: str = "") -> list[str]:
    """Where two readings of JSON differ, and what stands there in each."""
    if isinstance(wanted, dict) and isinstance(found, dict) and wanted.keys() == found.keys():
        parts: Iterable[Any] = wanted
    elif isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        parts = range(len(wanted))
    else:
        return [] if wanted == found else [f"{where} was {found!r} instead of {wanted!r}"]
    return [
        line for part in parts for line in differences(wanted[part], found[part], f"{where}/{part}")
    ]


def _failure(root: Path, code: int) -> str:
    """What a batch said, and what it could not grade."""
    said = (root / "said").read_text(errors="replace")
    lost = []
    if (root / "reports.json").exists():
        lost = [
            (
                each["load"],
                [one["message"] for one in each["outcomes"] if one["verdict"] == "fault"],
            )
            for each in reports(root).values()
            if each["state"] != "graded"
        ]
    return f"the batch ended with {code}: {said} {lost}"


def descendants(process: int) -> dict[int, list[int]]:
    """The processes below one, by how deep they are."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
            program = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        # What cleans up after shared memory holds no work.
        if b"resource_tracker" not in program:
            parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(folder.name))
    levels = {0: [process]}
    while levels[len(levels) - 1]:
        above = levels[len(levels) - 1]
        levels[len(levels)] = [child for parent in above for child in parents.get(parent, [])]
    return levels


def disturb(scene: Scene, number: int, target: str) -> str:
    """Kill one process of a batch at a moment that depends on `number`, let it go on, and look at what was kept; what
    was killed.
    """
    chance = random.Random(f"{number} {target}")
    database = f"crash-{number}-{target}.db".replace(" ", "-")
    (scene.root / "reports.json").unlink(missing_ok=True)
    running = batch(scene.root, database)
    # The parent at any time; the others from when they are there, which is a small part of that.
    share = 1.0 if target == "parent" else 0.1
    while running.poll() is None and not descendants(running.pid).get(DEPTHS[target]):
        time.sleep(0.01)
    time.sleep(chance.uniform(0, share) * scene.seconds)
    victims = descendants(running.pid).get(DEPTHS[target], [])
    killed = "nobody"
    if victims and running.poll() is None:
        try:
            os.kill(chance.choice(victims), signal.SIGKILL)
            killed = target
        except ProcessLookupError:
            pass
    code = running.wait(120)
    assert code in (0, -signal.SIGKILL), _failure(scene.root, code)
    finish(scene.root, database)
    changed = differences(scene.undisturbed, reports(scene.root))
    assert not changed, f"moment {number}, {target}: " + "; ".join(changed)
    book = open_gradebook(scene.root / database)
    try:
        assert maintenance.check(book) == []
        with book.read() as connection:
            counts = connection.exec_driver_sql("SELECT count(*), count(DISTINCT key) FROM reports")
            assert tuple(counts.one()) == (len(scene.undisturbed), len(scene.undisturbed))
    finally:
        book.close()
    for file in scene.root.glob(f"{database}*"):
        file.unlink()
    return killed


def main(words: Sequence[str] | None = None) -> None:
    """Disturb as many batches as asked for, and count what was killed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=100)
    parser.add_argument("--target", choices=DEPTHS, action="append", help="kill only these")
    wanted = parser.parse_args(words)
    targets = wanted.target or list(DEPTHS)
    killed: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        scene = set_up(Path(folder) / "course")
        for number in range(wanted.moments):
            killed[disturb(scene, number, targets[number % len(targets)])] += 1
            print(f"{number + 1}/{wanted.moments} {dict(killed)}", flush=True)


if __name__ == "__main__":
    main()
