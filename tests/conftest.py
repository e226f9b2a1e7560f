import ast
import gc
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from grader.sandbox.process import ForkServer, Setup, Spawner

pytest_plugins = ["pytester", "tests.leftout"]

# Nothing is timed: a busy machine is no fault of a test. Nor is luck: who searches for new examples says so.
settings.register_profile("searching", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "repeatable", settings.get_profile("searching"), derandomize=True, database=None
)
settings.load_profile("repeatable")


def uncollected(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function; while it runs, no garbage is collected."""

    def call(*arguments: Any, **options: Any) -> Any:
        collecting = gc.isenabled()
        gc.disable()
        try:
            return function(*arguments, **options)
        finally:
            if collecting:
                gc.enable()

    return call


if sys.version_info < (3, 11, 8):
    # There, parsing fails if garbage is collected meanwhile whose finaliser lets another thread parse.
    setattr(ast, "parse", uncollected(ast.parse))  # noqa: B010  # its types are overloads


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: while some tests only wait, others compute."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session", autouse=True)
def sessions_within_tests_end_at_once() -> Iterator[None]:
    """Let a pytest session that a test starts leave the garbage to the one around it: there is much in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("_pytest.unraisableexception.gc_collect_harder", lambda iterations: None)
        yield


@pytest.fixture(scope="session")
def forker() -> Iterator[Spawner]:
    """Forks workers without confining them: quick, and enough where the kernel's part is not under test."""
    pytest.importorskip("fcntl", reason="only where processes fork")
    server = ForkServer(Setup(None), confined=False)
    yield server
    server.close()
