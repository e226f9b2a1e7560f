"""Every message exists in every language, with the same things left open, and nothing says what is not in it."""

import ast
import re
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.feedback.catalogue import ORIGINAL, catalogue, languages, placeholders

PACKAGE = Path(__file__).parents[2] / "grader" / "feedback"
OTHERS = [language for language in languages() if language != ORIGINAL]


def test_there_is_more_than_one_language() -> None:
    assert OTHERS


@pytest.mark.parametrize("language", OTHERS)
def test_every_id_is_there(language: str) -> None:
    assert catalogue(language).messages.keys() == catalogue(ORIGINAL).messages.keys()


@pytest.mark.parametrize("language", OTHERS)
def test_the_same_things_are_left_open(language: str) -> None:
    ours, theirs = catalogue(ORIGINAL).messages, catalogue(language).messages
    wrong = {name for name in ours if placeholders(ours[name]) != placeholders(theirs[name])}
    assert wrong == set()


@pytest.mark.parametrize("language", OTHERS)
def test_hardly_a_message_is_left_in_the_original(language: str) -> None:
    ours, theirs = catalogue(ORIGINAL).messages, catalogue(language).messages
    same = {name for name in ours if ours[name] == theirs[name] and " " in ours[name]}
    assert same == set()


def used() -> set[str]:
    """The ids that programs and templates name in full."""
    text = re.compile(r'\bt\("([a-z_.-]+)"')
    found = {
        name for file in PACKAGE.glob("templates/*.j2") for name in text.findall(file.read_text())
    }
    for file in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "say":
                found.update(str(a.value) for a in node.args if isinstance(a, ast.Constant))
    return {name for name in found if not name.endswith((".", "_"))}


def test_every_id_that_is_named_exists() -> None:
    words = catalogue(ORIGINAL)
    assert {name for name in used() if name not in words} == set()


def test_every_message_is_said_somewhere() -> None:
    everything = "".join(
        file.read_text("utf-8") for file in (*PACKAGE.glob("*.py"), *PACKAGE.glob("templates/*.j2"))
    )
    # Ids of these are put together from a verdict, a group, a state.
    parts = "what next tests group verdict function label audience phase language about state"
    made = tuple(f"{part}." for part in parts.split())
    unsaid = {
        name.removesuffix(".one").removesuffix(".other")
        for name in catalogue(ORIGINAL).messages
        if not name.startswith(made)
    }
    assert {
        name for name in unsaid if f'"{name}"' not in everything and f"'{name}'" not in everything
    } == set()


def test_numbers_are_written_as_the_language_does() -> None:
    assert catalogue("en").say("label.lost", n=0.25) == "costs 0.25 points"
    assert catalogue("de").say("label.lost", n=0.25) == "kostet 0,25 Punkte"


def test_one_thing_is_told_otherwise_than_several() -> None:
    words = catalogue("en")
    assert words.say("label.lost", n=1) == "costs 1 point"
    assert words.say("state.not_shown", n=3) == "3 more tests are not shown yet."


def test_several_things_become_one_phrase() -> None:
    words = catalogue("en")
    assert [words.listed(list("abc"[:n])) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


def test_what_stands_in_a_parameter_is_never_a_placeholder() -> None:
    assert catalogue("en").say("label.see", what="{see} {0.__class__}") == "See {see} {0.__class__}"


def test_an_unknown_language_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="there are: de, en"):
        catalogue("../en")
