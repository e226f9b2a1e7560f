"""What `grader validate` found: as JSON for machines, and committed beside the hidden suite."""

import platform
from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

import numpy as np
from pydantic import ConfigDict, Field, ValidationError

from grader import grading
from grader.bundles import VALIDATION_FILE
from grader.course import Assignment
from grader.errors import CourseError
from grader.models import Frozen
from grader.wholefile import appearing

#: Raised when what is tried changes, so that committed results must be renewed.
VALIDATION_VERSION: Final = 1


ProblemKind: TypeAlias = Literal[
    "reference",
    "worthless",
    "mistake",
    "alternative",
    "seeds",
    "tolerance",
    "inputs",
    "public",
    "mutant",
    "stale",
    "missing",
    "lost",
]


class FunctionNumbers(Frozen):
    """What was tried on one function, and how it ended."""

    name: str
    points: float
    tests: int
    mistakes: int
    caught: int
    alternatives: int
    right: int
    mutants: int
    killed: int
    equivalent: int
    told_apart: bool | None = Field(
        description="Results rounded to float32 lose points; null where the tolerance is wider."
    )
    order: float | None = Field(
        description="The share of the tolerance that adding up backwards uses; null where nothing is added up."
    )
    margin: float | None = Field(
        description="By how many tolerances the least visible mistake misses; null where no result can be compared."
    )

    @property
    def survived(self) -> int:
        """Mutants that nothing caught and nobody explained."""
        return self.mutants - self.killed - self.equivalent


class Survivor(Frozen):
    """A mutant that no test caught and `equivalent.toml` does not list."""

    function: str
    line: int
    before: str
    after: str
    entry: str = Field(description="The entry for equivalent.toml that would list it.")


class Problem(Frozen):
    """Something that is not as it should be."""

    kind: ProblemKind
    function: str | None
    message: str


class Validation(Frozen):
    """The validation of one assignment."""

    version: int = VALIDATION_VERSION
    assignment: str
    digests: Mapping[str, str]
    seeds: int = Field(description="How many other seeds were tried.")
    functions: tuple[FunctionNumbers, ...]
    problems: tuple[Problem, ...]
    survivors: tuple[Survivor, ...]

    @property
    def good(self) -> bool:
        """Whether the assignment may be given to students."""
        return not self.problems


class Timed(Frozen):
    """A validation and what it took here; not committed, since it differs each time."""

    validation: Validation
    seconds: float
    #: By function.
    spent: Mapping[str, float]
    reference_cpu: float = Field(
        description="CPU seconds, the grader's and the worker's, of grading the reference."
    )
    python: str = Field(default_factory=platform.python_version)
    numpy: str = np.__version__


class File(Frozen):
    """What `grader validate --json` writes."""

    schema_: Literal[1] = Field(default=1, alias="schema")
    validations: tuple[Timed, ...]

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def current_digests(assignment: Assignment) -> dict[str, str]:
    """SHA-256 of everything that a validation depends on."""
    release = grading.tree_digest(assignment.release_dir, (".py",))
    return {**grading.suite_digests(assignment)._asdict(), "release": release}


def as_json(found: Sequence[Timed]) -> str:
    """The validations of several assignments for machines."""
    return File(validations=tuple(found)).model_dump_json(indent=1, by_alias=True) + "\n"


def save(assignment: Assignment, validation: Validation) -> None:
    """Write a validation beside the hidden suite. Raises StoreError."""
    file = assignment.hidden_dir / VALIDATION_FILE
    text = validation.model_dump_json(indent=1)
    with appearing(file, 0o666) as unfinished:
        unfinished.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def load(assignment: Assignment) -> Validation | None:
    """The committed validation of an assignment, if there is one. Raises CourseError for one that cannot be read."""
    file = assignment.hidden_dir / VALIDATION_FILE
    if not file.is_file():
        return None
    try:
        return Validation.model_validate_json(file.read_bytes())
    except ValidationError as error:
        raise CourseError(
            f"{file}: made by another version; renew it with grader validate"
        ) from error


def is_current(assignment: Assignment, validation: Validation) -> bool:
    """Whether nothing has changed since."""
    return validation.version == VALIDATION_VERSION and dict(validation.digests) == current_digests(
        assignment
    )
