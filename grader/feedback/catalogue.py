"""Every sentence of feedback by its id, in each language that there is: the files beside this one, under `messages/`.

An id never changes its meaning, so that staff and programs can count by it. A message with a number of things has
two forms, `one` and `other`, chosen by its parameter `n`.
"""

import contextlib
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from string import Formatter
from typing import Any

from grader.diagnose.sentences import say
from grader.errors import UsageError

#: The language in which every message was written first.
ORIGINAL = "en"


class Catalogue:
    """The messages of one language."""

    def __init__(self, language: str, messages: Mapping[str, str]) -> None:
        self.language = language
        self.messages = messages

    def __contains__(self, id: str) -> bool:
        return id in self.messages or f"{id}.other" in self.messages

    def say(self, id: str, **params: object) -> str:
        """The message of an id with its placeholders filled in; numbers are written as the language does."""
        form = ""
        if id not in self.messages:
            form = ".one" if params.get("n") == 1 else ".other"
        return self.messages[id + form].format_map(
            {name: self._shown(v) for name, v in params.items()}
        )

    def number(self, value: float, digits: int | None = None) -> str:
        """A number as the language writes it; with so many digits behind the point, or as many as it needs."""
        text = f"{value:g}" if digits is None else f"{value:.{digits}f}"
        return text.replace(".", self.messages["language.point"])

    def listed(self, items: tuple[str, ...] | list[str]) -> str:
        """Several things as one phrase."""
        if len(items) < 2:
            return "".join(items)
        return self.say("language.list", first=", ".join(items[:-1]), last=items[-1])

    def _shown(self, value: object) -> object:
        return self.number(value) if isinstance(value, (int, float)) else value


def placeholders(message: str) -> frozenset[str]:
    """The names that a message leaves open."""
    return frozenset(name for _, name, _, _ in Formatter().parse(message) if name is not None)


def languages() -> tuple[str, ...]:
    """The languages that there are."""
    folder = resources.files("grader.feedback") / "messages"
    return tuple(sorted(file.name.removesuffix(".toml") for file in folder.iterdir()))


@cache
def catalogue(language: str) -> Catalogue:
    """The messages of a language. Raises UsageError for an unknown one."""
    if language not in languages():
        known = ", ".join(languages())
        raise UsageError(f"no messages in the language {language!r}; there are: {known}")
    file = resources.files("grader.feedback") / "messages" / f"{language}.toml"
    return Catalogue(language, dict(_flat(tomllib.loads(file.read_text("utf-8")))))


def _flat(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            found += _flat(value, f"{prefix}{key}.")
        else:
            found.append((f"{prefix}{key}", value))
    return found


def say_in(params: Mapping[str, Any], catalogue: Catalogue) -> tuple[str, str | None] | None:
    """What a finding says and advises in this language, from its parameters; None where that is not known."""
    if catalogue.language == ORIGINAL:
        return None
    # A file of reports may be older than the sentences, or come from elsewhere.
    with contextlib.suppress(Exception):
        return say(params, catalogue.language)
    return None
