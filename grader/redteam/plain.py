"""The row to compare with: the same attempts against a plain grader, in which pytest imports the submission.

Nothing confines them there, so only those that say of themselves that they are harmless are run.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from grader.redteam.corpus import Attempt
from grader.redteam.course import REFERENCE
from grader.redteam.world import World

_SUITE: Final = """\
import numpy as np
import reference
import small

rng = np.random.default_rng(0)


def test_total_agrees_with_the_reference():
    v = rng.normal(size=5)
    assert np.allclose(small.total(v), reference.total(v))


def test_one_two_three():
    assert small.total(np.array([1.0, 2.0, 3.5])) == 6.5


def test_scaled_agrees_with_the_reference():
    X, factor = rng.normal(size=(4, 3)), rng.uniform(2, 3)
    np.testing.assert_allclose(small.scaled(X, factor), reference.scaled(X, factor))


def test_an_empty_matrix():
    assert small.scaled(np.zeros((0, 3)), 2.0).shape == (0, 3)
"""
_SECONDS: Final = 20
_MEMORY: Final = 1 << 31
_REPORT: Final = "report.xml"
_MOST: Final = 1 << 20


def withstands(attempt: Attempt, world: World) -> bool:
    """Whether a plain grader ends by itself, with a report in which no test passed. Runs the attempt unconfined."""
    with tempfile.TemporaryDirectory(prefix="grader-plain-") as name:
        folder = Path(name) / "graded"
        attempt.layout.lay_out(folder, world.fill_in)
        (folder / "reference.py").write_text(REFERENCE)
        (folder / "test_small.py").write_text(_SUITE)
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        try:
            ended = subprocess.run(
                [*command, f"--junitxml={_REPORT}", "test_small.py"],
                cwd=folder,
                env={"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PATH": os.defpath, "HOME": name},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_SECONDS,
                preexec_fn=_limit,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return False
        return ended.returncode != 0 and not _passed(folder / _REPORT)


def _passed(file: Path) -> bool:
    """Whether a report says of any test that it passed, or of none that it failed."""
    try:
        with file.open("rb") as stream:
            tests = list(ET.fromstring(stream.read(_MOST)).iter("testcase"))  # noqa: S314  # as plain as it gets
    except (OSError, ET.ParseError):
        return True
    return not tests or any(test.find("failure") is test.find("error") for test in tests)


def _limit() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MOST, _MOST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def against_plain(attempts: Sequence[Attempt]) -> Iterator[tuple[Attempt, bool]]:
    """Each harmless attempt, and whether a plain grader withstood it."""
    world = World()
    try:
        for attempt in attempts:
            if attempt.harmless:
                yield attempt, withstands(attempt, world)
    finally:
        world.close()
