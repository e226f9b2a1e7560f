"""A job server that costs nothing to start, for tests of what runs job servers."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.errors import ConfinementError, CourseError
from grader.executors import Beat, Emit, Task


def prepared(sent: Any, folder: Path) -> Any:
    """What the job servers below are given."""
    if sent == "refuse":
        raise ConfinementError("this machine cannot confine")
    (folder / "here").write_text(str(sent))
    return folder / "here"


def multiply(file: Path, jobs: Iterator[Task[Any]], emit: Emit, beat: Beat) -> None:
    """A job server that multiplies; 99 breaks it for all."""
    factor = int(file.read_text())
    for attempt in jobs:
        beat(f"job {attempt.job}")
        if attempt.job == 99:
            raise CourseError("the suite is broken")
        time.sleep(0.01)
        emit((attempt.job, attempt.job * factor, os.getpid()))
