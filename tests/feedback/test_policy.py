"""How much is told of a test: the last rule that fits decides."""

import pytest
from pydantic import ValidationError

from grader.policy import Level, Rule, level_of, rules_for
from grader.readers import Audience, Phase
from tests.feedback.samples import outcome

STUDENT, BEFORE = Audience.STUDENT, Phase.BEFORE_DUE


def level(
    *rules: Rule, audience: Audience = STUDENT, phase: Phase = BEFORE, attempt: int = 1
) -> Level:
    return level_of(rules_for(rules, audience, phase, attempt), outcome())


@pytest.mark.parametrize("phase", [Phase.BEFORE_DUE, Phase.AFTER_DUE])
def test_students_get_causes_by_default_until_grades_are_released(phase: Phase) -> None:
    assert level(phase=phase) is Level.CAUSE


def test_the_release_tells_what_came_back_and_what_was_wanted() -> None:
    assert level(phase=Phase.AFTER_RELEASE) is Level.GAP


@pytest.mark.parametrize("audience", [Audience.TA, Audience.STAFF])
@pytest.mark.parametrize("phase", list(Phase))
def test_tas_and_staff_see_everything_by_default(audience: Audience, phase: Phase) -> None:
    assert level(audience=audience, phase=phase) is Level.FULL


def test_a_rule_without_conditions_is_for_students_at_any_time() -> None:
    rule = Rule(level=Level.NOTHING)
    assert {level(rule, phase=phase) for phase in Phase} == {Level.NOTHING}
    assert level(rule, audience=Audience.TA) is Level.FULL


def test_of_the_rules_that_fit_the_last_one_counts() -> None:
    assert level(Rule(level=Level.FULL), Rule(level=Level.VERDICT)) is Level.VERDICT


def test_a_rule_can_be_for_one_phase() -> None:
    rule = Rule(level=Level.FULL, phase=Phase.AFTER_DUE)
    assert level(rule) is Level.CAUSE
    assert level(rule, phase=Phase.AFTER_DUE) is Level.FULL


def test_a_rule_can_begin_with_an_attempt() -> None:
    rule = Rule(level=Level.GAP, from_attempt=3)
    assert [level(rule, attempt=number) for number in (1, 2, 3, 4)] == [
        Level.CAUSE,
        Level.CAUSE,
        Level.GAP,
        Level.GAP,
    ]


def test_a_rule_can_be_for_some_functions_or_tests() -> None:
    assert level(Rule(level=Level.FULL, functions=("sigmoid",))) is Level.CAUSE
    assert level(Rule(level=Level.FULL, functions=("softmax",))) is Level.FULL
    assert level(Rule(level=Level.FULL, tests=("*number_2",))) is Level.CAUSE
    assert level(Rule(level=Level.FULL, tests=("*number_1",))) is Level.FULL


def test_public_tests_are_told_in_full_whatever_the_rules_say() -> None:
    public = outcome(visibility="public")
    assert level_of(rules_for((Rule(level=Level.NOTHING),), STUDENT, BEFORE), public) is Level.FULL


def test_levels_are_written_as_words() -> None:
    assert Rule.model_validate({"level": "gap"}).level is Level.GAP


@pytest.mark.parametrize("wrong", ["GAP", "all", 3, None])
def test_anything_else_is_no_level(wrong: object) -> None:
    with pytest.raises(ValidationError, match="nothing, verdict, cause, gap, full"):
        Rule.model_validate({"level": wrong})
