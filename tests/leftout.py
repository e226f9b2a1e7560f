"""A pytest plugin that counts what a run left out, and says which package would bring it.

`@pytest.mark.needs("chromium")` skips a test where that is missing, and `--no-slow` those with `@pytest.mark.slow`;
the run ends with a table of every skip, whatever its cause. With `--nothing-left-out` a skip makes the run fail.
"""

from collections import Counter

import pytest

from tests.needs import NEEDS

_NEEDS_REPORT = "needs "
_SLOW = "slow"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switches."""
    group = parser.getgroup("left out")
    group.addoption("--no-slow", action="store_true", help="skip what is marked as slow")
    group.addoption(
        "--nothing-left-out",
        action="store_true",
        help="fail when any test was skipped, for whatever reason",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker and start counting."""
    config.addinivalue_line(
        "markers", f"needs(name, ...): left out where one of these is missing: {', '.join(NEEDS)}"
    )
    config.addinivalue_line(
        "markers", "slow: drives a real tool for many seconds, so that `make test` leaves it to CI"
    )
    if not hasattr(config, "workerinput"):
        # Where several processes share the tests, the one that started them counts.
        config.pluginmanager.register(LeftOut(config.getoption("nothing_left_out")), "left-out")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what cannot or shall not run here; let several processes begin with the files that take longest."""
    no_slow = config.getoption("no_slow")
    for item in items:
        if no_slow and item.get_closest_marker(_SLOW):
            item.add_marker(pytest.mark.skip(reason=_SLOW))
        for marker in item.iter_markers("needs"):
            for name in marker.args:
                if name not in NEEDS:
                    raise pytest.UsageError(
                        f"{item.nodeid} needs {name!r}, which tests/needs.py does not list"
                    )
                if not NEEDS[name].met():
                    item.add_marker(pytest.mark.skip(reason=_NEEDS_REPORT + name))
    if hasattr(config, "workerinput"):
        # What is tested as a whole, in the files above the folders of the parts, takes longer than a part.
        items.sort(key=lambda item: (not item.get_closest_marker(_SLOW), len(item.path.parts)))


class LeftOut:
    """The skips of one run, by their reason."""

    def __init__(self, forbidden: bool) -> None:
        self.forbidden = forbidden
        self.reasons: Counter[str] = Counter()
        self._files: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a skipped test; an expected failure did run."""
        if report.skipped and not hasattr(report, "wasxfail"):
            self._count(report.longrepr)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Count a skipped file as one test, however many processes found it."""
        if report.skipped and report.nodeid not in self._files:
            self._files.add(report.nodeid)
            self._count(report.longrepr)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Turn success into failure where nothing may be left out."""
        if self.forbidden and self.reasons and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the table."""
        if not self.reasons:
            return
        rows = [("tests", "left out because", "would be brought by")]
        for reason, count in sorted(self.reasons.items()):
            rows.append((str(count), reason, _brought_by(reason)))
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        terminalreporter.section("left out")
        for number, reason, brought_by in rows:
            terminalreporter.line(f"{number:>{widths[0]}}  {reason:<{widths[1]}}  {brought_by}")
        if self.forbidden:
            terminalreporter.line("--nothing-left-out: this run failed", red=True)

    def _count(self, longrepr: object) -> None:
        reason = longrepr[2] if isinstance(longrepr, tuple) else str(longrepr)
        self.reasons[str(reason).removeprefix("Skipped: ")] += 1


def _brought_by(reason: str) -> str:
    need = NEEDS.get(reason.removeprefix(_NEEDS_REPORT))
    if need and reason.startswith(_NEEDS_REPORT):
        return need.brought_by
    return "make test SLOW=1" if reason == _SLOW else "-"
