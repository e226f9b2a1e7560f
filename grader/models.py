"""The data that leaves grading: outcomes and reports, frozen, complete, and the same in JSON.

A report is for staff. What a student sees of it is decided elsewhere, by policy.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Any, Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

SCHEMA: Final = 1
#: Raised only when a change of the grader can change a verdict; part of what makes a stored report current.
GRADING_VERSION = 1

#: As every report begins that has not been given its attempt yet; no name or text can look like it.
_OPEN = ',"attempt":null,"submitted":null,'
#: How the file of a frame in a notebook ends.
_CELL = re.compile(r"\.ipynb, cell (\d{1,3})$")

Group = Literal["value", "edge", "property", "contract"]
GROUPS: tuple[Group, ...] = ("value", "edge", "property", "contract")
Visibility = Literal["public", "hidden"]


class Verdict(StrEnum):
    """How one test ended; read from the record of the channel, never from a message."""

    PASSED = "passed"
    #: An assertion failed on what the submission answered.
    FAILED = "failed"
    #: The submission's own exception reached the test.
    RAISED = "raised"
    #: A time limit ran out.
    TIMEOUT = "timeout"
    #: The worker ended by itself or on a memory, file or process limit.
    KILLED = "killed"
    #: The submission broke the protocol or its limits.
    REFUSED = "refused"
    #: Not run: stub, missing name, failed load, or function given up after two timeouts.
    BLOCKED = "blocked"
    #: Our fault; worth neither zero nor full points, a person must look.
    FAULT = "fault"


#: The source of a time of submission that a person gave; it goes before any other.
BY_STAFF: Final = "told by staff"


@dataclass(frozen=True)
class Submission:
    """What one student handed in: module names and the bytes of their files."""

    student: str
    files: Mapping[str, bytes]
    #: What was guessed, ignored or wrong when it was collected.
    notes: tuple[str, ...] = ()
    #: Why it cannot be graded although something was handed in: too large, unreadable.
    problem: str | None = None
    #: When it was handed in (ISO 8601 with offset), and what says so; never the time of a file.
    submitted: str | None = None
    source: str | None = None
    #: The notebook with what a person grades.
    notebook: bytes | None = None
    #: The seed of an earlier grading, where that is to be repeated.
    seed: str | None = None
    #: Which attempt it is, where it comes from the gradebook.
    attempt: int | None = None

    @property
    def contents(self) -> Mapping[str, bytes]:
        """What identifies it: its files, or under no name why there are none; empty when nothing was handed in."""
        if self.files or not self.problem:
            return self.files
        return {"": self.problem.encode("utf-8", "backslashreplace")}


@dataclass(frozen=True)
class Graded:
    """One report on its way to where it is kept."""

    student: str
    state: str
    score: float
    max_score: float
    #: What a person should know at once.
    remark: str | None
    seconds: float
    #: The report as JSON.
    text: str

    def handed_in(self, attempt: int | None, submitted: str | None) -> "Graded":
        """The same, its report with the attempt and the time at which that was handed in."""
        told = f',"attempt":{json.dumps(attempt)},"submitted":{json.dumps(submitted)},'
        return replace(self, text=self.text.replace(_OPEN, told, 1))


class Frozen(BaseModel):
    """A value: no field changes after it was made, and unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Warned(Frozen):
    """A warning that student code issued during a test."""

    category: str
    message: str
    line: int | None = None


class Frame(Frozen):
    """One line of a traceback, in a file of the submission."""

    file: str
    line: int
    function: str
    text: str = ""


class Thrown(Frozen):
    """The exception of a submission that ended a test."""

    known: str | None = Field(
        description="The nearest type that Python itself defines; no submission chooses this text."
    )
    line: int | None = None
    frames: tuple[Frame, ...] = Field(
        default=(), description="Frames of the submission, innermost last."
    )

    @property
    def cell(self) -> int | None:
        """The cell of a notebook, counted over cells of code, in which that line is."""
        found = _CELL.search(self.frames[-1].file) if self.frames else None
        return int(found.group(1)) if found else None


Blocked = Literal["stub", "missing", "not callable", "load", "timeouts"]


class Picture(Frozen):
    """Numbers of a wrong result beside the right one, to be drawn; null where one is not finite."""

    kind: Literal["curve", "matrix"]
    #: Rows of a matrix; the one row of a curve.
    got: tuple[tuple[float | None, ...], ...]
    expected: tuple[tuple[float | None, ...], ...]
    #: Positions of a curve's points; null where they are counted.
    got_x: tuple[float | None, ...] | None = None
    expected_x: tuple[float | None, ...] | None = None
    x_label: str = ""
    y_label: str = ""


class Finding(Frozen):
    """An explained cause of a wrong result."""

    kind: str
    params: dict[str, Any] = Field(
        default_factory=dict,
        description="`text` and what else the message is said with; `example`: call, got, expected.",
    )
    confidence: Annotated[float, Field(ge=0, le=1)]
    message: str
    hint: str | None = None
    picture: Picture | None = Field(default=None, description="Of public inputs.")


class Outcome(Frozen):
    """One test of one submission."""

    test: str = Field(description="The test's id within its suite.")
    function: str
    group: Group
    visibility: Visibility
    verdict: Verdict
    points: float | None = Field(description="Multiple of 0.25; null only for a fault.")
    max_points: float
    consequential_of: str | None = Field(
        default=None,
        description="The function whose fault explains this one; the points are given in full.",
    )
    message: str = ""
    hint: str | None = None
    compared: bool = Field(
        default=False,
        description="The message tells of what came back and what was wanted, never of the test or its inputs.",
    )
    blocked_by: Blocked | None = Field(default=None, description="Why a blocked test did not run.")
    error: Thrown | None = None
    picture: Picture | None = Field(default=None, description="Of hidden inputs.")
    output: str = Field(default="", description="What the submission printed, at most 64 KiB.")
    warnings: tuple[Warned, ...] = ()
    cpu: float = Field(default=0.0, description="CPU seconds of the worker.")
    duration: float = Field(default=0.0, description="Wall seconds.")
    findings: tuple[Finding, ...] = ()


class Load(Frozen):
    """How reading the submission went."""

    error: str | None = None
    notes: tuple[str, ...] = ()
    alike: Mapping[str, str] = Field(
        default={},
        description="For a function that is missing, what is defined under nearly its name.",
    )


class Environment(Frozen):
    """What graded it."""

    python: str
    numpy: str
    machine: str
    grading_version: int = GRADING_VERSION


class Digests(Frozen):
    """SHA-256 of everything that the score depends on."""

    submission: str
    suite: str
    given: str
    reference: str


class SuiteDigests(NamedTuple):
    """Of these, what is the same for every submission."""

    suite: str
    given: str
    reference: str


class ManualItem(Frozen):
    """A part that a person grades against a rubric."""

    item: str
    points: float | None = None
    max_points: float


class GradeReport(Frozen):
    """Everything known about one graded submission; the score counts automatic points only."""

    student: str
    attempt: int | None = None
    submitted: str | None = Field(
        default=None, description="ISO 8601 with offset, or null when unknown."
    )
    state: Literal["graded", "needs_review", "missing"]
    provisional: bool = Field(description="A manual part is still open.")
    score: float
    max_score: float
    manual: tuple[ManualItem, ...] = ()
    isolation: str = Field(description="The level of confinement in force.")
    environment: Environment
    seed: str = Field(
        description="The derived seed, from which every draw of this grading follows."
    )
    digests: Digests
    load: Load = Load()
    outcomes: tuple[Outcome, ...] = ()

    @property
    def remark(self) -> str | None:
        """What staff should know at once: why reading stopped, or what could not be judged."""
        if self.load.error is not None:
            missing = self.state == "missing" and self.load.notes
            return f"{self.load.error}: {self.load.notes[-1]}" if missing else self.load.error
        faults = [outcome for outcome in self.outcomes if outcome.verdict is Verdict.FAULT]
        if not faults:
            return None
        more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
        return f"{faults[0].test.partition('::')[2]}{more}: {faults[0].message}"


class ReportFile(Frozen):
    """The JSON that `grader grade --json` writes."""

    schema_: Literal[1] = Field(default=SCHEMA, alias="schema")
    assignment: str
    reports: tuple[GradeReport, ...]

    model_config = ConfigDict(populate_by_name=True)


class Checked(Frozen):
    """The public tests of a student's work."""

    title: str
    functions: tuple[str, ...]
    load: Load
    outcomes: tuple[Outcome, ...]
    seconds: float
    #: Differences between this machine and the one that grades, a sentence each.
    warnings: tuple[str, ...]
    #: What was called in tests that did not pass, by test, as a line to paste.
    calls: Mapping[str, str] = {}
    #: The line of the student's file at which reading it stopped.
    stopped_at: str = ""

    @property
    def passed(self) -> int:
        """How many tests passed."""
        return sum(outcome.verdict is Verdict.PASSED for outcome in self.outcomes)

    @property
    def all_passed(self) -> bool:
        """Whether every test passed."""
        return self.passed == len(self.outcomes)
