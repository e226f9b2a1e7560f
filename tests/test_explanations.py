"""Nothing that the grader says is left without a paragraph, and no paragraph is about nothing."""

import ast
from pathlib import Path

import pytest

from grader import errors
from grader.diagnose import sentences
from grader.errors import GraderError, UsageError
from grader.explanations import SECTIONS, Explanation, explanations, find
from grader.models import Verdict
from grader.policy import Level

PACKAGE = Path(errors.__file__).parent


def slugs(section: str) -> set[str]:
    return {each.slug for each in explanations() if each.section == section}


def raised() -> set[str]:
    """The slugs that errors of the package are raised with, and those of their classes."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    found = {kind.slug for kind in kinds if issubclass(kind, GraderError)}
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_bytes())):
            match node:
                case ast.keyword(arg="slug", value=ast.Constant(value=str(slug))):
                    found.add(slug)
    return found


def test_every_error_has_a_paragraph() -> None:
    assert slugs("errors") == raised()


def test_every_verdict_has_a_paragraph() -> None:
    assert slugs("verdicts") == {verdict.value for verdict in Verdict}


def test_every_finding_has_a_paragraph() -> None:
    kinds = {text.partition(".")[0] for text in sentences.catalogue()}
    assert slugs("findings") == kinds - {"when", "inner"}


def test_every_level_of_feedback_has_a_paragraph() -> None:
    assert slugs("levels") == {level.name.lower() for level in Level}


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("took too long", "timeout"),
        ("raised an error", "raised"),
        ("Known mistake", "known-mistake"),
    ],
)
def test_what_was_read_can_be_typed_as_it_was_read(typed: str, slug: str) -> None:
    assert [each.slug for each in find(typed)] == [slug]


def test_no_slug_stands_for_two_things() -> None:
    names = [each.slug for each in explanations()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("each", explanations(), ids=lambda each: each.slug)
def test_a_paragraph_is_a_title_and_sentences(each: Explanation) -> None:
    assert each.section in SECTIONS
    assert not each.title.endswith(".")
    assert each.text.endswith(".")
    assert "\n" not in each.text


def test_a_finding_is_shown_as_students_are_told_of_it() -> None:
    (factor,) = find("factor")
    assert (
        "Your result is n times too large: a sum where a mean was asked?",
        "Duplicate all examples: should the result change?",
    ) in factor.said


def test_a_slug_is_found_whatever_its_case() -> None:
    assert find("t0") == find("T0")


def test_an_unknown_slug_is_told_with_near_ones() -> None:
    with pytest.raises(UsageError, match="did you mean suite-points"):
        find("suite-point")
    with pytest.raises(UsageError, match="grader explain lists all"):
        find("xyzzy")


def test_an_error_keeps_the_slug_of_its_class_unless_it_is_given_one() -> None:
    assert GraderError("it broke").slug == "error"
    assert GraderError("it broke", slug="leak").slug == "leak"
