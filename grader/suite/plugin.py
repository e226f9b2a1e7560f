"""The pytest plugin: fixtures and markers of suites, and plain `pytest` in an assignment folder.

Loaded by entry point in every pytest run of the environment, so it imports nothing heavy and does nothing until a test
lies in a suite: `public/` beside an `assignment.toml`, or `tests/hidden/<assignment>/` of a course.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from grader.suite.plain import PlainRuns

RUNS: "pytest.StashKey[PlainRuns]" = pytest.StashKey()
#: In a replay, the fixtures of the session: student, solution, domains, and the generator of the test that runs.
REPLAY: pytest.StashKey[Any] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of plain runs."""
    group = parser.getgroup("grader", "Grading Descent")
    group.addoption(
        "--student",
        metavar="FILE",
        default=None,
        help="the module or folder under test (default: this folder's, or the reference)",
    )
    group.addoption(
        "--in-process",
        action="store_true",
        help="import the module under test into this process, for breakpoints and --pdb; results may differ",
    )
    group.addoption("--grader-replay", action="store_true", help="used by the grader itself")


def pytest_configure(config: pytest.Config) -> None:
    """Make the markers known."""
    from grader.suite.spec import MARKERS

    for marker in MARKERS:
        config.addinivalue_line("markers", marker)


def _runs(config: pytest.Config) -> "PlainRuns":
    if RUNS not in config.stash:
        from grader.suite.plain import PlainRuns

        config.stash[RUNS] = PlainRuns(
            config.getoption("--student"), config.getoption("--in-process")
        )
    return config.stash[RUNS]


def _is_plain(config: pytest.Config) -> bool:
    return not config.getoption("--grader-replay")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take in the tests that lie in a suite, and check what they declare."""
    if not _is_plain(config):
        return
    folders: dict[Path, bool] = {}
    for item in items:
        folder = item.path.parent
        if folder not in folders:
            folders[folder] = _in_suite(folder)
        if folders[folder]:
            _runs(config).take(item)


def _in_suite(folder: Path) -> bool:
    """Whether a folder lies in a suite; asked in every run of everybody's tests, so it looks at names first."""
    for place in (folder, *folder.parents):
        if place.name == "public" and (place.parent / "assignment.toml").is_file():
            return True
        above = place.parent
        if above.name == "hidden" and above.parent.name == "tests":
            return (above.parent.parent / "course.toml").is_file()
    return False


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Give a test of a suite its worker."""
    if RUNS in item.config.stash:
        with item.config.stash[RUNS].running(item):
            return (yield)
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """A lost worker fails its test whatever the test caught, and says so in a sentence."""
    report = yield
    if RUNS in item.config.stash:
        item.config.stash[RUNS].amend(item, call, report)
    return report


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Points or counts by function."""
    if RUNS in config.stash:
        for line in config.stash[RUNS].summary():
            terminalreporter.write_line(line)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the workers."""
    if RUNS in config.stash:
        config.stash[RUNS].close()


@pytest.fixture(scope="session")
def student(pytestconfig: pytest.Config) -> Any:
    """The submission under test; `student.f(x)` is a call into its worker."""
    return (
        pytestconfig.stash[REPLAY].student
        if REPLAY in pytestconfig.stash
        else _runs(pytestconfig).student
    )


@pytest.fixture(scope="session")
def solution(pytestconfig: pytest.Config) -> Any:
    """The reference, in this process; hidden suites only."""
    return (
        pytestconfig.stash[REPLAY].solution
        if REPLAY in pytestconfig.stash
        else _runs(pytestconfig).solution
    )


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> Any:
    """A generator of this test's own, the same whenever this submission is graded again."""
    config = request.config
    return (
        config.stash[REPLAY].rng(request.node)
        if REPLAY in config.stash
        else _runs(config).rng(request.node)
    )


@pytest.fixture
def domain(request: pytest.FixtureRequest) -> Any:
    """The domain of the function under test; `domain.draw(rng)` gives the arguments of a call."""
    config = request.config
    return (
        config.stash[REPLAY].domain(request.node)
        if REPLAY in config.stash
        else _runs(config).domain(request.node)
    )
