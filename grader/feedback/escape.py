"""Makes text of a submission harmless for what shows it: nothing in it can steer, hide or reorder what is around it."""

import re
import unicodedata
from functools import lru_cache

#: Control, format and direction characters, halves of surrogate pairs, private and unassigned ones, line separators.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~=:@^$>])")
_FENCES = re.compile(r"`+")


def safe(text: str, limit: int = 2000) -> str:
    """Text with control and direction characters made visible; line ends and tabs stay."""
    shown = text[:limit] + ("…" if len(text) > limit else "")
    if shown.isascii() and shown.isprintable():
        return shown
    return "".join(
        character
        if character in "\n\t" or unicodedata.category(character) not in _UNSEEN
        else character.encode("unicode_escape").decode("ascii")
        for character in shown
    )


def one_line(text: str, limit: int = 100) -> str:
    """The first line of a text, made safe."""
    first = text.strip().partition("\n")[0]
    return safe(first, limit)


# A class's reports say the same few things of every student.
@lru_cache(4096)
def inline_markdown(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    text = " ".join(safe(text).split())
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return _MARKDOWN.sub(r"\\\1", text)


def fenced_markdown(text: str, language: str = "text", limit: int = 2000) -> str:
    """A block that Markdown shows as it is; its fence is longer than any in the text."""
    text = safe(text, limit)
    longest = max((len(run) for run in _FENCES.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"
