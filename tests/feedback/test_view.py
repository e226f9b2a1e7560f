"""What a view holds, and above all what it does not."""

from typing import Any

import pytest

from grader.models import Load, ManualItem
from grader.policy import Level, Rule
from grader.readers import Audience, Phase
from tests.feedback.samples import finding, hostile_report, outcome, picture, report, seen

PHASES = [phase.value for phase in Phase]
SECRET = "hidden-value-4711"


def rule(level: Level) -> Rule:
    return Rule(level=level)


def secretive(**fields: Any) -> str:
    """All that a student is shown of a failure in which whatever may carry a hidden value does."""
    failing = outcome(
        message=SECRET,
        output=SECRET,
        picture=picture(x_label=SECRET),
        **fields,
    )
    made = failing.model_copy(update={"test": f"{SECRET}.py::test_{SECRET}"})
    return seen(report(made)).model_dump_json()


@pytest.mark.parametrize("verdict", ["failed", "raised", "timeout", "killed", "refused"])
@pytest.mark.parametrize("compared", [True, False])
def test_before_the_release_nothing_of_a_hidden_test_shows(verdict: str, compared: bool) -> None:
    assert SECRET not in secretive(verdict=verdict, compared=compared)


def test_the_gap_does_not_show_an_assertion_that_spells_out_the_test() -> None:
    failing = outcome(verdict="failed", message=f"assert f({SECRET}) == 1")
    assert SECRET not in seen(report(failing), "student", "after-release").model_dump_json()


def test_the_gap_shows_what_came_back_and_what_was_wanted() -> None:
    failing = outcome(verdict="failed", compared=True, message="returned 4; 5 was wanted.")
    (message,) = seen(report(failing), "student", "after-release").messages
    assert [one.text for one in message.evidence] == ["returned 4; 5 was wanted."]
    assert message.evidence[0].test is None


def test_only_the_highest_level_shows_the_test_its_source_and_what_was_printed() -> None:
    failing = outcome(verdict="failed", message="no", output="printed")
    sources = {failing.test: "def test_number_1(): ..."}
    (message,) = seen(report(failing), "staff", sources=sources).messages
    (evidence,) = message.evidence
    assert (evidence.test, evidence.output) == ("number 1", "printed")
    assert evidence.source == "def test_number_1(): ..."


def test_nothing_of_how_it_was_graded_is_for_students() -> None:
    text = seen(report(outcome(verdict="failed"))).model_dump_json()
    assert "secret-seed" not in text
    assert "d-suite" not in text
    assert "secret-seed" in seen(report(outcome()), "ta").model_dump_json()


def test_a_line_number_that_no_module_has_is_not_passed_on() -> None:
    error = {"known": "ValueError", "line": 1_234_567}
    (message,) = seen(report(outcome(verdict="raised", error=error))).messages
    assert message.what.text == "`softmax` stops with `ValueError`"


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("level", list(Level))
def test_no_student_ever_reads_that_all_tests_passed(phase: str, level: Level) -> None:
    text = seen(report(outcome(), outcome(number=2)), "student", phase, rule(level))
    assert "all" not in {word.lower() for notice in text.notices for word in notice.text.split()}


def test_tests_that_are_kept_back_are_counted_and_take_the_score_with_them() -> None:
    hide = Rule(level=Level.NOTHING, functions=("sigmoid",))
    view = seen(
        report(outcome(), outcome("sigmoid"), outcome("sigmoid", 2)), "student", PHASES[0], hide
    )
    assert [notice.id for notice in view.notices] == ["state.clean", "state.not_shown"]
    assert view.notices[1].text == "2 more tests are not shown yet."
    assert view.score is None
    assert [(row.state, row.points) for row in view.functions] == [
        ("right", 1.0),
        ("unknown", None),
    ]


def test_tests_that_are_kept_back_are_in_no_count() -> None:
    hide = Rule(level=Level.NOTHING, tests=("*number_2",))
    wrong = [outcome(number=number, verdict="failed") for number in (1, 2)]
    (message,) = seen(report(*wrong), "student", PHASES[0], hide).messages
    assert message.where is not None
    assert message.where.text == "Fails 1 of 1 value test."


def test_where_all_is_kept_back_nothing_is_said_of_it() -> None:
    failing = outcome(verdict="failed", findings=(finding(),), hint="a hint")
    view = seen(report(failing), "student", PHASES[0], rule(Level.NOTHING))
    assert view.messages == ()
    assert view.functions[0].groups == ()
    assert [notice.id for notice in view.notices] == ["state.nothing_shown"]


def test_the_verdict_alone_is_a_row_without_a_message() -> None:
    failing = outcome(verdict="failed", findings=(finding(),), hint="a hint")
    view = seen(report(failing, outcome(number=2)), "student", PHASES[0], rule(Level.VERDICT))
    assert view.messages == ()
    assert [notice.text for notice in view.notices] == [
        "One test did not pass, and why is not shown yet."
    ]
    (row,) = view.functions
    assert (row.state, row.points, row.groups[0].passed) == ("partly", 1.0, 1)


def test_failures_with_one_finding_make_one_message() -> None:
    wrong = [outcome(number=number, verdict="failed", findings=(finding(),)) for number in range(5)]
    (message,) = seen(report(*wrong)).messages
    assert (message.tests, message.lost, message.kind) == (5, 5.0, "factor")
    assert message.what.text == "`softmax` gives something else than what is wanted"
    assert message.where is not None
    assert message.where.text == "Fails 5 of 5 value tests."
    assert [example.call for example in message.examples] == ["softmax([[0, 1]])"]
    assert [cause.text for cause in message.causes] == ["Your result is 2 times too large."]
    assert [step.text for step in message.steps] == ["Where does the 2 come from?"]


def test_a_finding_is_told_in_the_language_of_the_report() -> None:
    said = finding(params={"text": "sign", "part": {"text": "inner.result"}})
    (message,) = seen(report(outcome(verdict="failed", findings=(said,))), language="de").messages
    assert message.causes[0].text == "Dein Ergebnis hat das falsche Vorzeichen."
    assert message.steps[0].lang is None


@pytest.mark.parametrize("params", [{}, {"text": "of-elsewhere"}, {"text": "sign"}, {"text": []}])
def test_what_cannot_be_translated_stays_in_its_language(params: dict[str, Any]) -> None:
    said = finding(params=params)
    (message,) = seen(report(outcome(verdict="failed", findings=(said,))), language="de").messages
    assert (message.causes[0].text, message.causes[0].lang) == (said.message, "en")


def test_what_an_author_wrote_keeps_the_authors_language() -> None:
    params = {"text": "sign", "part": {"text": "inner.result"}, "hint": "Which sign?"}
    hinted = outcome("sigmoid", verdict="failed", hint="Try it.")
    found = outcome(verdict="failed", findings=(finding(params=params, hint="Which sign?"),))
    messages = seen(report(found, hinted), language="de").messages
    assert {(step.text, step.lang) for m in messages for step in m.steps} == {
        ("Which sign?", "en"),
        ("Try it.", "en"),
    }
    assert messages[0].causes[0].lang is None


def test_the_most_certain_finding_is_the_cause() -> None:
    findings = (finding(confidence=0.5, message="Perhaps."), finding(confidence=0.8))
    (message,) = seen(report(outcome(verdict="failed", findings=findings))).messages
    assert [cause.text for cause in message.causes] == ["Your result is 2 times too large."]
    assert message.certainty == "likely"


def test_one_error_on_one_line_of_a_helper_makes_one_message() -> None:
    error = {
        "known": "TypeError",
        "line": 7,
        "frames": [{"file": "a.py", "line": 7, "function": "h"}],
    }
    wrong = [outcome(name, verdict="raised", error=error) for name in ("softmax", "sigmoid")]
    (message,) = seen(report(*wrong)).messages
    assert message.what.text == "`softmax` and `sigmoid` stop with `TypeError` in line 7"


def test_a_consequence_costs_nothing_and_points_to_its_cause() -> None:
    view = seen(
        report(
            outcome("mean", verdict="failed", max_points=2),
            outcome("root", verdict="failed", consequential_of="mean"),
        )
    )
    cause, consequence = view.messages
    assert consequence.what.text == "`root` fails only because `mean` does"
    assert consequence.see == (cause.anchor,)
    assert consequence.lost == 0
    assert view.functions[1].state == "excused"


def test_a_file_that_could_not_be_read_makes_one_message_and_it_comes_first() -> None:
    blocked = [
        outcome(name, number, verdict="blocked", blocked_by="load", message=f"{name} could not")
        for name in ("softmax", "sigmoid")
        for number in (1, 2)
    ]
    view = seen(
        report(
            outcome("accuracy", verdict="failed", max_points=9),
            *blocked,
            load=Load(error="line 3: SyntaxError: invalid syntax"),
        )
    )
    assert [message.what.id for message in view.messages] == ["what.load", "what.failed_value"]
    assert view.messages[0].evidence[0].text == "line 3: SyntaxError: invalid syntax"
    assert view.messages[0].functions == ("softmax", "sigmoid")


def test_a_function_under_nearly_the_right_name_is_pointed_out() -> None:
    missing = [outcome(name, verdict="blocked", blocked_by="missing") for name in ("relu", "mean")]
    (message,) = seen(report(*missing, load=Load(alike={"relu": "ReLU"}))).messages
    assert [step.id for step in message.steps] == ["next.missing", "next.alike"]
    assert "`ReLU`: if it is meant to be `relu`" in message.steps[1].text


def test_what_a_person_is_going_to_look_at_costs_nothing_yet() -> None:
    blocked = outcome(verdict="blocked", blocked_by="load")
    newer = Load(error="line 8: SyntaxError: invalid syntax (this is Python 3.14 or newer)")
    (message,) = seen(report(blocked, state="needs_review", load=newer)).messages
    assert (message.what.id, message.lost, message.steps) == ("what.load", None, ())


def test_functions_that_are_not_written_share_a_message() -> None:
    stubs = [outcome(name, verdict="blocked", blocked_by="stub") for name in ("softmax", "sigmoid")]
    (message,) = seen(report(*stubs)).messages
    assert message.what.text == "2 functions are not written yet"
    assert message.functions == ("softmax", "sigmoid")


def test_without_a_finding_the_hints_of_the_tests_are_the_next_steps() -> None:
    wrong = [
        outcome(number=n, verdict="failed", hint=hint) for n, hint in enumerate(("a?", "b?", "a?"))
    ]
    (message,) = seen(report(*wrong)).messages
    assert [step.text for step in message.steps] == ["a?", "b?"]
    assert message.causes == ()


def test_our_own_fault_is_neither_told_nor_charged() -> None:
    graded = report(
        outcome(verdict="fault", message="boom in test_softmax.py"), state="needs_review"
    )
    view = seen(graded)
    assert "boom" not in view.model_dump_json()
    assert [notice.id for notice in view.notices] == ["state.review", "state.faults"]
    assert view.functions[0].state == "review"
    assert "boom" in seen(graded, "ta").model_dump_json()


def test_why_our_side_could_not_grade_is_for_staff_alone() -> None:
    broken = report(state="needs_review", load=Load(error="the grader failed: OSError"))
    assert [notice.id for notice in seen(broken).notices] == ["state.review"]
    assert "OSError" in seen(broken, "staff").model_dump_json()


def test_who_handed_in_nothing_is_told_so() -> None:
    view = seen(report(state="missing", load=Load(error="nothing to grade was handed in")))
    assert [notice.id for notice in view.notices] == ["state.missing"]


def test_points_that_a_person_gives_are_announced() -> None:
    parts = (
        ManualItem(item="E1: plot", max_points=4),
        ManualItem(item="E1: text", points=3, max_points=6),
    )
    view = seen(report(outcome(), manual=parts, provisional=True))
    assert view.notices[-1].text.startswith("4 more points are given by a person")
    assert [item.points for item in view.manual] == [None, 3]


def test_a_part_that_people_grade_has_the_name_that_its_reader_knows() -> None:
    made = report(outcome(), manual=(ManualItem(item="E1: plot", max_points=4),))
    assert [item.item for item in seen(made).manual] == ["Outliers: plot"]
    assert [item.item for item in seen(made, "staff").manual] == ["E1: plot"]


def test_points_that_count_only_once_a_value_test_passes_are_explained() -> None:
    gated = outcome(number=2, group="edge").model_copy(update={"points": 0.0})
    (row,) = seen(report(outcome(verdict="failed"), gated)).functions
    assert row.note is not None
    assert row.note.id == "function.gated"


def test_points_that_wait_for_a_value_test_are_charged_to_what_keeps_it_from_passing() -> None:
    gated = outcome(number=2, group="edge", max_points=0.5).model_copy(update={"points": 0.0})
    wrong = [
        outcome(number=1, verdict="failed", max_points=2),
        outcome(number=3, verdict="raised", group="property", max_points=0.25),
        outcome("sigmoid", verdict="failed", max_points=4),
    ]
    view = seen(report(gated, *wrong))
    assert [(message.functions, message.lost) for message in view.messages] == [
        (("sigmoid",), 4),
        (("softmax",), 2.5),
        (("softmax",), 0.25),
    ]


def test_an_error_that_is_a_warning_elsewhere_is_told_as_one() -> None:
    error = {"known": "FloatingPointError", "line": 7}
    (message,) = seen(report(outcome(verdict="raised", error=error))).messages
    assert message.what.text.startswith("`softmax` makes NumPy warn of a number")
    assert message.what.text.endswith("in line 7")
    assert message.steps[-1].id == "next.warned"


def test_the_attempt_of_a_report_chooses_among_the_rules() -> None:
    later = Rule(level=Level.NOTHING, from_attempt=2)
    assert seen(report(outcome()), "student", PHASES[0], later).score == 1.0
    assert seen(report(outcome(), attempt=2), "student", PHASES[0], later).score is None
    assert seen(report(outcome()), "student", PHASES[0], later, attempt=2).score is None


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("phase", PHASES)
def test_a_view_of_anything_survives_its_own_json(audience: str, phase: str) -> None:
    view = seen(hostile_report(), audience, phase)
    assert type(view).model_validate(view.model_dump()) == view


def test_a_function_that_was_given_up_is_one_cause_with_what_took_too_long() -> None:
    late = outcome(number=1, verdict="timeout")
    others = [outcome(number=n, verdict="blocked", blocked_by="timeouts") for n in (2, 3)]
    (message,) = seen(report(late, *others)).messages
    assert message.what.text == "`softmax` takes too long"
    assert message.where is not None
    assert message.where.text.startswith("Fails 1 of 3 value tests; it was given up then")


def test_where_only_verdicts_are_told_nothing_is_said_to_have_failed() -> None:
    given_up = outcome(verdict="blocked", blocked_by="timeouts")
    late = outcome(number=2, verdict="timeout")
    (message,) = seen(report(given_up, late), "student", "before-due", rule(Level.VERDICT)).messages
    assert message.where is None
