"""Keeps tests apart that leave something on the machine for a moment, and tests that look for what was left there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def held(folder: Path, *, alone: bool) -> Iterator[None]:
    """Hold what all processes that share the tests hold together, or one of them alone."""
    import fcntl

    with (folder / "traces.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield


@pytest.fixture
def looks_around(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Meanwhile no other test leaves anything behind."""
    with held(tmp_path_factory.getbasetemp().parent, alone=False):
        yield


@pytest.fixture
def leaves_traces(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Meanwhile no other test looks for what was left behind."""
    with held(tmp_path_factory.getbasetemp().parent, alone=True):
        yield
