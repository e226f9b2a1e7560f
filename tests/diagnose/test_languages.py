"""What findings say exists in every language, with the same fields left open."""

from importlib import resources
from string import Formatter

import pytest

from grader.diagnose import sentences
from grader.diagnose.sentences import LANGUAGE, catalogue, say

OTHERS = sorted(
    file.name.removesuffix(".toml")
    for file in resources.files(sentences).iterdir()
    if file.name.endswith(".toml") and file.name != f"{LANGUAGE}.toml"
)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_there(language: str) -> None:
    assert catalogue(language).keys() == catalogue().keys(), (
        f"add it to grader/diagnose/sentences/{language}.toml"
    )


@pytest.mark.parametrize("language", OTHERS)
def test_the_same_fields_are_left_open(language: str) -> None:
    theirs = catalogue(language)
    assert [
        (name, form)
        for name, entry in catalogue().items()
        for form, text in entry.items()
        if fields(text) != fields(theirs[name][form])
    ] == []


def test_a_finding_is_said_in_another_language_from_its_parameters() -> None:
    factor = {
        "text": "factor.sum",
        "part": {"text": "inner.result"},
        "here": {"text": "inner.nothing"},
    }
    assert say(factor, "de") == (
        "Dein Ergebnis ist n-mal zu groß: eine Summe, wo ein Mittelwert verlangt war?",
        "Verdopple alle Beispiele: sollte sich das Ergebnis ändern?",
    )
