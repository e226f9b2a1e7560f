"""Runs one collected test again and again, each time as if for the first time.

A plain function whose arguments are our own fixtures and parametrize values is called directly, which costs
microseconds.
Everything else goes through pytest's own protocol, with the state cleared that pytest keeps between two runs
of an item.
"""

import copy
import inspect
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from grader.suite.examples import property_test, restrain, sow
from grader.suite.seeds import derive_rng
from grader.suite.spec import TestSpec

#: The fixtures of the plugin; a test that uses only these needs no fixture machinery.
OWN_FIXTURES = frozenset({"student", "solution", "rng", "domain"})
#: Markers that change how pytest runs a test.
_STEERING = frozenset({"skip", "skipif", "xfail", "usefixtures", "filterwarnings"})

SPEC: pytest.StashKey[TestSpec] = pytest.StashKey()
#: The seed of the submission that an item runs for.
SEED: pytest.StashKey[str] = pytest.StashKey()
_ENDED: pytest.StashKey[BaseException | None] = pytest.StashKey()


class Replay:
    """One test of a suite, ready to be run for any submission."""

    def __init__(self, spec: TestSpec, item: pytest.Item, constants: Mapping[str, Any]) -> None:
        self.spec = spec
        self.item = item
        item.stash[SPEC] = spec
        self._arguments: dict[str, Any] | None = None
        self._wants_rng = False
        self._examples = property_test(item)
        if self._examples is not None:
            restrain(self._examples)
        if isinstance(item, pytest.Function) and _is_plain(item):
            names = inspect.signature(item.obj).parameters
            given = item.callspec.params if hasattr(item, "callspec") else {}
            self._arguments = {
                name: given.get(name, constants.get(name)) for name in names if name != "rng"
            }
            self._wants_rng = "rng" in names
            self._function: Callable[..., Any] = item.obj
            self._mutable = [name for name, value in given.items() if not _is_constant(value)]

    @property
    def direct(self) -> bool:
        """Whether it is called without pytest's protocol."""
        return self._arguments is not None

    @property
    def draws(self) -> bool:
        """Whether its outcome may depend on the seed."""
        return self._arguments is None or self._wants_rng

    def run(self, seed: str) -> BaseException | None:
        """Run the test; what ended it, or None when it passed."""
        if self._arguments is None:
            return self._run_protocol(seed)
        try:
            arguments = self._arguments
            if self._mutable:
                # The test may write to what it is parametrised with.
                arguments = arguments | {
                    name: copy.deepcopy(arguments[name]) for name in self._mutable
                }
            if self._wants_rng:
                self._function(**arguments, rng=derive_rng(seed, self.spec.id))
            else:
                self._function(**arguments)
        except BaseException as error:
            return error
        return None

    def _run_protocol(self, seed: str) -> BaseException | None:
        from _pytest.runner import runtestprotocol

        item = self.item
        # What pytest keeps of the run before would reach this submission's report, or its test.
        item._report_sections.clear()
        item.user_properties.clear()
        if item.__dict__.get("_instance") is not None:
            item.__dict__.pop("_instance", None)
            item.__dict__.pop("_obj", None)
        item.stash[_ENDED] = None
        item.stash[SEED] = seed
        if self._examples is not None:
            sow(self._examples, seed, self.spec.id)
        runtestprotocol(item, log=False, nextitem=None)
        return item.stash[_ENDED]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Keep what first ended a replayed item otherwise than by passing: its report only has text."""
    report = yield
    if item.stash.get(_ENDED, None) is None:
        if hasattr(report, "wasxfail"):
            item.stash[_ENDED] = pytest.xfail.Exception(str(report.wasxfail))
        elif call.excinfo is not None:
            # Known only now for a unittest, which pytest lets end before it says how.
            item.stash[_ENDED] = call.excinfo.value
        elif not report.passed:
            item.stash[_ENDED] = AssertionError(str(report.longrepr))
    return report


def _is_constant(value: Any) -> bool:
    """Whether nothing can write to a value."""
    if isinstance(value, tuple):
        return all(_is_constant(part) for part in value)
    return value is None or isinstance(value, (int, float, complex, str, bytes, np.generic))


def _is_plain(item: pytest.Function) -> bool:
    if (
        item.cls is not None
        or hasattr(item.obj, "hypothesis")
        or inspect.iscoroutinefunction(item.obj)
    ):
        return False
    if any(marker.name in _STEERING for marker in item.iter_markers()):
        return False
    parametrized = set(item.callspec.params) if hasattr(item, "callspec") else set()
    wanted = set(inspect.signature(item.obj).parameters)
    # Our fixtures themselves ask for these two.
    behind = {"pytestconfig", "request"}
    return (
        wanted <= OWN_FIXTURES | parametrized
        and set(item.fixturenames) <= OWN_FIXTURES | parametrized | behind
    )
