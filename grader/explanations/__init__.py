"""What there is to say of each error, verdict, finding, level and tolerance: one source for the terminal and the docs.

Errors, verdicts, findings and levels have a file of paragraphs beside this one; findings are joined with the sentences
that students read, and tolerance classes explain themselves.
"""

import difflib
import string
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from grader.compare import TOLERANCES
from grader.diagnose import sentences
from grader.errors import UsageError
from grader.feedback.catalogue import ORIGINAL, catalogue
from grader.models import Verdict

SECTIONS: Final = ("errors", "verdicts", "findings", "levels", "tolerances")
#: What stands for a field of a sentence where there is no submission to speak of; others are shown by name.
_FIELDS: Final = {
    "part": "your result",
    **dict.fromkeys(("here", "place", "naming", "overflow", "then"), ""),
}


@dataclass(frozen=True)
class Explanation:
    """A paragraph about something that the grader says, by the slug under which it is found."""

    section: str
    slug: str
    title: str
    text: str
    #: What a student may be told, with capitals for what depends on the submission, and the hint beside it.
    said: tuple[tuple[str, str], ...] = ()


@cache
def explanations() -> tuple[Explanation, ...]:
    """All of them, section by section."""
    return tuple(each for section in SECTIONS for each in _section(section))


def find(slug: str) -> list[Explanation]:
    """What a slug, or a verdict in the words in which students read it, stands for; raises UsageError that suggests
    near ones where that is nothing.
    """
    words = catalogue(ORIGINAL)
    said = {words.say(f"verdict.{verdict.value}"): verdict.value for verdict in Verdict}
    meant = said.get(slug.casefold(), slug.casefold().replace(" ", "-"))
    found = [each for each in explanations() if each.slug.casefold() == meant]
    if not found:
        slugs = {each.slug.casefold(): each.slug for each in explanations()}
        near = [slugs[key] for key in difflib.get_close_matches(slug.casefold(), slugs, n=3)]
        meant = f"did you mean {' or '.join(near)}?" if near else "grader explain lists all"
        raise UsageError(f"nothing is called {slug!r}: {meant}")
    return found


def _section(section: str) -> Iterator[Explanation]:
    if section == "tolerances":
        for each in TOLERANCES.values():
            bounds = f"rtol {each.rtol:g}, atol {each.atol:g}"
            yield Explanation(
                section, each.name, f"Tolerance: {bounds}", _sentence(each.reason) + "."
            )
        return
    file = resources.files(__name__).joinpath(f"{section}.toml")
    for slug, entry in tomllib.loads(file.read_text("utf-8")).items():
        said = tuple(_said(slug)) if section == "findings" else ()
        yield Explanation(section, slug, entry["title"], " ".join(entry["text"].split()), said)


def _said(kind: str) -> Iterator[tuple[str, str]]:
    """What students may be told by a finding of this kind, and the hint; each once."""
    texts = [
        (_shown(entry["message"]), _shown(entry.get("hint", "")))
        for text, entry in sentences.catalogue().items()
        if text == kind or text.startswith(f"{kind}.")
    ]
    yield from dict.fromkeys(texts)


def _shown(template: str) -> str:
    parts = []
    for literal, field, _, _ in string.Formatter().parse(template):
        parts.append(literal)
        if field is not None:
            parts.append(_FIELDS.get(field, field.upper()))
    return _sentence("".join(parts))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
