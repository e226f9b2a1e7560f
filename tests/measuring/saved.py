"""A pytest plugin that saves what was measured before the session ends; whoever shares its tests may be killed then."""

import coverage


def pytest_sessionfinish() -> None:
    """Save it."""
    measured = coverage.Coverage.current()
    if measured is not None:
        measured.save()
