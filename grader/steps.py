"""What a process that grades says before each step that may hang, so that a step that did is left out the next time."""

from collections.abc import Iterable
from enum import StrEnum


class Step(StrEnum):
    """A kind of step."""

    #: A test runs with the submission.
    SUBMISSION = "submission"
    #: The same test runs with the reference in its place.
    REFERENCE = "reference"
    #: A function is diagnosed.
    DIAGNOSIS = "diagnosis"

    def phase(self, name: str) -> str:
        """This step with that test or function, as a process announces it."""
        return f"{self} {name}"

    def names(self, phases: Iterable[str]) -> frozenset[str]:
        """The tests or functions with which a process was at this step in one of these phases."""
        start = self.phase("")
        return frozenset(each.removeprefix(start) for each in phases if each.startswith(start))
