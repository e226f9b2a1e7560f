"""What stands in `course.toml` and in each `assignment.toml`: their keys, what they may be, and how they are read."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, ValidationError, field_validator, model_validator

from grader.errors import CourseError
from grader.models import GROUPS, Frozen, Group
from grader.policy import Rule

_WRONG = {"extra_forbidden": "there is no such key", "missing": "this key is missing"}

Name = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
M = TypeVar("M", bound=Frozen)


def _refuse_doubled(what: str, names: Iterable[str]) -> None:
    doubled = [name for name, count in Counter(names).items() if count > 1]
    if doubled:
        raise ValueError(f"{what} listed twice: {', '.join(doubled)}")


class Limits(Frozen):
    """What one submission may use: CPU seconds of its worker (wall time: four times that) and bytes of memory."""

    #: Seconds for one call of a graded function.
    call: float = Field(default=2.0, gt=0)
    #: Seconds for all calls of one test.
    test: float = Field(default=5.0, gt=0)
    #: Seconds for reading the files.
    load: float = Field(default=5.0, gt=0)
    #: Seconds for all of it together.
    submission: float = Field(default=60.0, gt=0)
    #: Bytes.
    memory: int = Field(default=1 << 30, ge=64 << 20)

    def doubled(self) -> "Limits":
        """The limits under which a timeout is confirmed before it costs points."""
        times = ("call", "test", "load", "submission")
        return self.model_copy(update={name: getattr(self, name) * 2 for name in times})


class Function(Frozen):
    """A graded function: an exercise."""

    #: Its name in the module.
    name: Name
    #: What its hidden tests are worth together: edge 20 %, property and contract 10 % each, value the rest.
    points: float = Field(gt=0)
    #: Graded functions that it may call; a fault of theirs costs it nothing.
    uses: tuple[Name, ...] = ()
    #: False where the specification has no edge cases; their share then belongs to the value group.
    edge: bool = True
    #: Where it lies; the default is the first module.
    module: Name | None = None

    @cached_property
    def split(self) -> Mapping[Group, float]:
        """How the points divide into groups: edge 20 %, property 10 %, contract 10 % to half points, the rest
        to value.
        """

        def half(share: float) -> float:
            return round(self.points * share * 2) / 2

        edge = half(0.2) if self.edge else 0.0
        prop, contract = half(0.1), half(0.1)
        value = self.points - edge - prop - contract
        return dict(zip(GROUPS, (value, edge, prop, contract), strict=True))


class RubricItem(Frozen):
    """One line of the rubric by which a person grades an experiment."""

    #: What is graded, in a word or two.
    item: str
    #: The most that it is worth.
    points: float = Field(gt=0)
    #: What earns them.
    criteria: str


class Experiment(Frozen):
    """A part that a person grades."""

    #: The cells of the notebook that belong to it have names that begin with this and a hyphen: `E1-plot`.
    id: str
    #: As people read it.
    title: str
    #: Those of the rubric together.
    points: float = Field(gt=0)
    #: What the points are given for.
    rubric: tuple[RubricItem, ...]

    @model_validator(mode="after")
    def _rubric_adds_up(self) -> "Experiment":
        _refuse_doubled(f"items of {self.id}", (item.item for item in self.rubric))
        # As decimal numbers: 0.1 and 0.2 are 0.3.
        total = sum(Decimal(str(item.points)) for item in self.rubric)
        if total != Decimal(str(self.points)):
            raise ValueError(
                f"the rubric of {self.id} adds up to {total} points, not {self.points:g}"
            )
        return self

    @property
    def labels(self) -> Mapping[str, RubricItem]:
        """The items by the names under which points are given, as "E1: plot"."""
        return {f"{self.id}: {item.item}": item for item in self.rubric}


class GivenFrom(Frozen):
    """Support code that the build takes over from an earlier assignment."""

    #: The name of the earlier assignment.
    from_: Name = Field(alias="from")
    #: Files and folders of the earlier assignment's own `given/`.
    files: tuple[str, ...] = ()
    #: Reference versions of graded functions, written to `given/<earlier module>.py`.
    functions: tuple[Name, ...] = ()


class Sketch(Frozen):
    """A function whose wrong results people would rather look at, and how to draw them.

    Declared here and not with its domain: how something is drawn is part of no grade.
    """

    #: A graded function.
    function: Name
    #: Points of a line, or a table of numbers.
    kind: Literal["curve", "matrix"]
    #: Which part of the result is drawn, or stands on the vertical axis; the whole where there are no parts.
    part: int | None = Field(default=None, ge=0)
    #: Which part stands on the horizontal axis; counted where none does.
    x: int | None = Field(default=None, ge=0)
    #: What is written on the horizontal axis.
    x_label: str = ""
    #: What is written on the vertical axis.
    y_label: str = ""


class Manifest(Frozen):
    """An `assignment.toml`."""

    #: The form of this file.
    schema_: Literal[1] = Field(alias="schema")
    #: That of its folder.
    name: Name
    #: As people read it.
    title: str
    #: Raised when the same student shall get other random inputs.
    version: str = "1"
    #: What students hand in, without `.py`.
    modules: tuple[Name, ...] = Field(min_length=1)
    #: Packages that submissions may import beside numpy, the standard library and given/.
    allow: tuple[str, ...] = ()
    #: What is graded by tests.
    functions: tuple[Function, ...] = Field(min_length=1)
    #: What one submission may use.
    limits: Limits = Limits()
    #: Parts that a person grades.
    experiments: tuple[Experiment, ...] = ()
    #: What students get of earlier assignments.
    given: tuple[GivenFrom, ...] = ()
    #: What students and staff are told of each test, beyond the default policy.
    feedback: tuple[Rule, ...] = ()
    #: Whose wrong results are drawn.
    pictures: tuple[Sketch, ...] = ()

    @property
    def rubric(self) -> Mapping[str, float]:
        """What people grade: the points of each item of each experiment, by its label."""
        labels = (each.labels for each in self.experiments)
        return {label: item.points for items in labels for label, item in items.items()}

    @property
    def parts(self) -> Mapping[str, str]:
        """What people grade, by its label, as students know it."""
        return {
            label: f"{experiment.title}: {item.item}"
            for experiment in self.experiments
            for label, item in experiment.labels.items()
        }

    @model_validator(mode="after")
    def _names_agree(self) -> "Manifest":
        names = [function.name for function in self.functions]
        _refuse_doubled("functions", names)
        _refuse_doubled("modules", self.modules)
        _refuse_doubled("experiments", (experiment.id for experiment in self.experiments))
        for name in (
            *(sketch.function for sketch in self.pictures),
            *(name for rule in self.feedback for name in rule.functions),
        ):
            if name not in names:
                raise ValueError(f"no function {name} in this assignment")
        for function in self.functions:
            unknown = sorted(set(function.uses) - set(names))
            if unknown:
                raise ValueError(
                    f"{function.name} uses {', '.join(unknown)}, which this assignment does not have"
                )
            if function.module is not None and function.module not in self.modules:
                raise ValueError(
                    f"{function.name} lies in module {function.module}, which is not listed"
                )
        return self


class Late(Frozen):
    """What being late costs: nothing, once so many percent, or so many for each day that has begun; with `bank`, only
    for days beyond those that a student may spend over the whole course.
    """

    #: Whether it costs nothing, `percent` once, or `percent` a day, of which a bank pays for the first.
    rule: Literal["none", "constant", "per_day", "bank"] = "none"
    #: Of the points that were reached.
    percent: float = Field(default=10.0, ge=0, le=100)
    #: Minutes after the due date that do not count as late.
    grace: float = Field(default=0.0, ge=0)
    #: The most that being late can cost, in percent.
    cap: float = Field(default=100.0, ge=0, le=100)
    #: What is in each student's bank.
    days: int = Field(default=0, ge=0)

    def costs(self, due: datetime | None) -> bool:
        """Whether being late for this due date, if there is one, costs anything."""
        return due is not None and self.rule != "none"


class AttemptLimit(Frozen):
    """How many attempts count: `burst` at once, and `per_day` more with every day that passes."""

    #: So many count if they come at once, and never more than that wait to be used.
    burst: int = Field(ge=1)
    #: So many more with every day.
    per_day: float = Field(default=0.0, ge=0)


class AssignmentEntry(Frozen):
    """What `course.toml` says of one assignment."""

    #: That of its folder under `source/`.
    name: Name
    #: Its share of the course total, in whatever unit all weights have.
    weight: float = Field(default=1.0, ge=0)
    #: With its time zone, as `2030-05-01T18:00:00+02:00`; nothing is late without one.
    due: datetime | None = None
    #: Which attempt counts; a person may choose another.
    attempts: Literal["last", "best"] = "last"
    #: How many attempts count; all without one.
    limit: AttemptLimit | None = None

    @field_validator("due")
    @classmethod
    def _due_has_a_zone(cls, due: datetime | None) -> datetime | None:
        if due is not None and due.tzinfo is None:
            raise ValueError("a due date needs a time zone, for example 2030-05-01T18:00:00+02:00")
        return due


class CourseManifest(Frozen):
    """A `course.toml`."""

    #: The form of this file.
    schema_: Literal[1] = Field(alias="schema")
    #: As people read it.
    name: str
    #: The version with which this course grades, as "3.11"; `check` warns where the student's differs.
    python: str | None = None
    #: The same of numpy, as "2.4".
    numpy: str | None = None
    #: The URL of a gradebook elsewhere; the default is a file beside `course.toml`.
    gradebook: str | None = None
    #: The language of feedback.
    language: str = "en"
    #: What being late costs.
    late: Late = Late()
    #: So many assignments, those with the lowest share of their points, do not count.
    drop_lowest: int = Field(default=0, ge=0)
    #: In the order in which students meet them: a later one may give support code of an earlier one.
    assignments: tuple[AssignmentEntry, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_is_listed_once(self) -> "CourseManifest":
        _refuse_doubled("assignments", (entry.name for entry in self.assignments))
        return self


def read_course_manifest(file: Path) -> CourseManifest:
    """Read a `course.toml`. Raises CourseError naming the file and what is wrong in it."""
    return _read(file, CourseManifest)


def read_manifest(file: Path) -> Manifest:
    """Read an `assignment.toml`. Raises CourseError naming the file and what is wrong in it."""
    return _read(file, Manifest)


def _read(file: Path, model: type[M]) -> M:
    try:
        data: dict[str, Any] = tomllib.loads(
            file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        )
        return model.model_validate(data)
    except OSError as error:
        raise CourseError(f"cannot read {file}: {error.strerror}", slug="manifest") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(f"{file} is not valid TOML: {error}", slug="manifest") from error
    except ValidationError as error:
        wrong = {item["loc"]: _WRONG.get(item["type"], item["msg"]) for item in error.errors()}
        innermost = [at for at in wrong if not any(o[: len(at)] == at != o for o in wrong)]
        lines = [f"{'.'.join(map(str, at)) or 'file'}: {wrong[at]}" for at in innermost]
        raise CourseError(f"{file}: " + "; ".join(lines), slug="manifest") from error
