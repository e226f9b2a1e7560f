"""What each audience is told of a test: levels, and the rules of an assignment that choose among them.

A rule names a level and whom, when and what it is for; of the rules that fit, the last one counts. An assignment's
rules follow the default ones:

    [[feedback]]
    level = "gap"
    audience = "student"        # who reads; default: students
    phase = "after-release"     # when; default: always
    from_attempt = 3            # from which attempt on
    functions = ["softmax"]     # of which functions; default: all
    tests = ["*large_logits*"]  # of which tests, as shell patterns of their ids; default: all
"""

from enum import IntEnum
from fnmatch import fnmatchcase
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer

from grader.models import Frozen, Outcome
from grader.readers import Audience, Phase


class Level(IntEnum):
    """How much is told of a test; each level tells what the lower ones tell."""

    #: Not even whether it passed.
    NOTHING = 0
    #: Whether it passed, and its points.
    VERDICT = 1
    #: Findings with their public examples, hints, the kind and line of an error in the student's own code.
    CAUSE = 2
    #: What came back and what was wanted: values, messages of errors, the student's own frames, pictures.
    GAP = 3
    #: Everything: the test by name, its source, what was printed.
    FULL = 4


def _level(value: Any) -> Any:
    if isinstance(value, Level):
        return value
    names = {level.name.lower(): level for level in Level}
    if value not in names:
        raise ValueError(f"a level is one of {', '.join(names)}")
    return names[value]


LevelName = Annotated[
    Level, BeforeValidator(_level), PlainSerializer(lambda level: level.name.lower())
]


class Rule(Frozen):
    """One line of a policy: a level, and what it is for."""

    #: How much is told.
    level: LevelName
    #: Who reads.
    audience: Audience = Audience.STUDENT
    #: When; always without one.
    phase: Phase | None = None
    #: From which attempt on.
    from_attempt: int = Field(default=1, ge=1)
    #: Of which functions; of all where none is named.
    functions: tuple[str, ...] = ()
    #: Of which tests, as shell patterns of their ids; of all where none is named.
    tests: tuple[str, ...] = ()

    def concerns(self, outcome: Outcome) -> bool:
        """Whether the rule speaks of this test."""
        return (not self.functions or outcome.function in self.functions) and (
            not self.tests or any(fnmatchcase(outcome.test, one) for one in self.tests)
        )


DEFAULT = (
    Rule(level=Level.CAUSE),
    Rule(level=Level.GAP, phase=Phase.AFTER_RELEASE),
    Rule(level=Level.FULL, audience=Audience.TA),
    Rule(level=Level.FULL, audience=Audience.STAFF),
)


def rules_for(
    rules: tuple[Rule, ...], audience: Audience, phase: Phase, attempt: int = 1
) -> tuple[Rule, ...]:
    """The rules that hold for this reader now, the last one first: it goes before those above it."""
    return tuple(
        rule
        for rule in reversed((*DEFAULT, *rules))
        if rule.audience is audience
        and rule.phase in (None, phase)
        and attempt >= rule.from_attempt
    )


def level_of(rules: tuple[Rule, ...], outcome: Outcome) -> Level:
    """How much a reader for whom these rules hold is told of a test; of a public test, which they have, everything."""
    if outcome.visibility == "public":
        return Level.FULL
    for rule in rules:
        if not (rule.functions or rule.tests) or rule.concerns(outcome):
            return rule.level
    return Level.NOTHING
