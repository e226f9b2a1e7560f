"""Finds the test that a person means, and supposes that it was waived, to see what that would do."""

from collections.abc import Mapping

from grader.errors import UsageError
from grader.gradebook import audit
from grader.gradebook.decisions import Decided, Waiver


def resolve(tests: Mapping[str, float], name: str) -> str:
    """The test of that name, or the only one that ends so. Raises UsageError naming those that are like it."""
    if name in tests:
        return name
    found = [test for test in tests if test.partition("::")[2] == name]
    if len(found) == 1:
        return found[0]
    like = found or [test for test in tests if name in test]
    hint = f"; there are: {', '.join(like[:8])}" if like else ""
    raise UsageError(f"no single test is called {name!r} in the stored reports{hint}")


def supposed(body: Waiver, assignment: str, why: str) -> Decided:
    """The decision as it would stand."""
    return Decided(0, body, why, assignment, "", audit.now(), audit.who())
