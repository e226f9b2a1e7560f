"""What one reader sees of one report: frozen, complete, and all that any writer of feedback looks at.

Nothing that the policy keeps back is in a view, so no writer can show it by mistake. Texts are not escaped here: what
is dangerous differs from writer to writer, and each escapes everything.
"""

from typing import Literal

from pydantic import ConfigDict, Field

from grader.models import Frame, Frozen, Group, Picture
from grader.readers import Audience, Phase

SCHEMA: Literal[1] = 1
State = Literal["right", "partly", "wrong", "blocked", "excused", "unknown", "review"]
Certainty = Literal["sure", "likely", "possible"]


class Sentence(Frozen):
    """Something said."""

    text: str
    id: str | None = Field(default=None, description="The id in the catalogue of messages.")
    lang: str | None = Field(
        default=None, description="The language, where it is not the report's."
    )


class Example(Frozen):
    """A public call that shows the fault."""

    call: str
    got: str
    expected: str


class Evidence(Frozen):
    """What one test saw, as far as it is told."""

    test: str | None = None
    text: str = ""
    lang: str | None = None
    frames: tuple[Frame, ...] = ()
    output: str = ""
    warnings: tuple[str, ...] = ()
    picture: Picture | None = None
    source: str | None = None


class Message(Frozen):
    """One cause: what is wrong, evidence, likely cause, next step."""

    anchor: str
    what: Sentence
    functions: tuple[str, ...]
    kind: str | None = Field(
        default=None, description="The kind of the finding, where there is one."
    )
    tests: int = Field(description="How many tests it explains.")
    lost: float | None = Field(description="The points that it costs; null where that is not told.")
    where: Sentence | None = None
    examples: tuple[Example, ...] = ()
    pictures: tuple[Picture, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    causes: tuple[Sentence, ...] = ()
    certainty: Certainty | None = None
    steps: tuple[Sentence, ...] = ()
    #: The messages that this one follows from.
    see: tuple[str, ...] = ()


class Passed(Frozen):
    """How many tests of a group passed."""

    group: Group
    passed: int
    total: int


class TestRow(Frozen):
    """One test by name."""

    __test__ = False

    test: str
    group: Group
    verdict: str
    points: float | None
    max_points: float
    cpu: float


class FunctionRow(Frozen):
    """How one function did."""

    name: str
    state: State
    points: float | None = Field(description="Null where it is not told, or not known yet.")
    max_points: float
    groups: tuple[Passed, ...]
    note: Sentence | None = None
    anchors: tuple[str, ...] = ()
    tests: tuple[TestRow, ...] = ()


class Manual(Frozen):
    """A part that a person grades."""

    item: str
    points: float | None
    max_points: float


class View(Frozen):
    """The report of one student as one reader sees it."""

    schema_: Literal[1] = Field(default=SCHEMA, alias="schema")
    assignment: str
    title: str
    student: str
    attempt: int | None
    submitted: str | None
    language: str
    audience: Audience
    phase: Phase
    score: float | None = Field(description="Null while any test's result is kept back.")
    max_score: float
    notices: tuple[Sentence, ...]
    notes: tuple[str, ...]
    messages: tuple[Message, ...]
    functions: tuple[FunctionRow, ...]
    manual: tuple[Manual, ...]
    about: tuple[Sentence, ...]

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
