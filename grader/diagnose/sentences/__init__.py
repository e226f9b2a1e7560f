"""What findings say: one catalogue of texts by stable ids, in a file per language beside this one.

A text's id is a finding's kind, or a kind, a dot and a variant. Its fields are the finding's parameters, which may be
texts themselves: dicts of `text` and further parameters. So a finding can be said in any language from its JSON.
"""

import string
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, Final

LANGUAGE: Final = "en"
#: The section for texts that only stand within others.
_INNER: Final = "inner"


def inner(text: str, **params: Any) -> dict[str, Any]:
    """A text that stands within another one, as a parameter of that."""
    return {"text": f"{_INNER}.{text}", **params}


@cache
def catalogue(language: str = LANGUAGE) -> Mapping[str, Mapping[str, str]]:
    """All texts of a language by id, each with `message` and perhaps `hint`. Raises FileNotFoundError."""
    file = resources.files(__name__).joinpath(f"{language}.toml")
    sections: dict[str, dict[str, Any]] = tomllib.loads(file.read_text("utf-8"))
    found: dict[str, dict[str, str]] = {}
    for kind, texts in sections.items():
        for variant, text in texts.items():
            entry = {"message": text} if isinstance(text, str) else dict(text)
            found[kind if variant == "plain" else f"{kind}.{variant}"] = entry
    return found


def say(params: Mapping[str, Any], language: str = LANGUAGE) -> tuple[str, str | None]:
    """The message and the hint of a finding's parameters. Raises KeyError where a text or a parameter is missing."""
    entry = catalogue(language)[params["text"]]
    words = _Formatter(language)
    message = words.vformat(entry["message"], (), params)
    if "condition" in params:
        under = {"text": "inner.under", "condition": params["condition"], "said": message}
        message = words.get_value("under", (), {"under": under})
    hint = params.get("hint") or entry.get("hint")
    if hint is not None and not params.get("hint"):
        hint = _capital(words.vformat(hint, (), params))
    return _capital(message), hint


class _Formatter(string.Formatter):
    """Puts parameters into a text; those that are texts are said first, and numbers are shown to six digits."""

    def __init__(self, language: str) -> None:
        self._language = language

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        value = kwargs[str(key)]
        if isinstance(value, Mapping) and "text" in value:
            return self.vformat(catalogue(self._language)[value["text"]]["message"], (), value)
        return shown(value) if isinstance(value, float) else value


def shown(number: float) -> str:
    """A number as a sentence shows it."""
    if abs(number) < 1e15 and number == int(number):
        return str(int(number))
    return f"{number:.6g}"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
