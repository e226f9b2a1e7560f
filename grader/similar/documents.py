"""A submission as a run of symbols: what of its text is left when names, numbers, comments and layout are changed.

Every pattern runs in linear time, whatever a submission holds; a lexer made for highlighting does not promise that.
"""

import keyword
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grader.sandbox.notebook import SUFFIX, code_cells

#: More than this nobody writes by hand for one assignment.
MAX_TEXT = 1 << 17
# Only single characters are possessive: of groups, Python before 3.11.5 loses what they should match (gh-106052).
_TOKEN = re.compile(
    r"""
      (?P<space>[\s\\]++)
    | (?P<comment>\#[^\n]*+)
    | (?P<string>(?i:[rbuft]{0,2})
        (?: \"{3} [^"\\]*+ (?: (?:\\.|"(?!"")) [^"\\]*+ )* (?:\"{3}|\\?\Z)
          | '{3} [^'\\]*+ (?: (?:\\.|'(?!'')) [^'\\]*+ )* (?:'{3}|\\?\Z)
          | " [^"\\\n]*+ (?: \\. [^"\\\n]*+ )* "?
          | ' [^'\\\n]*+ (?: \\. [^'\\\n]*+ )* '? ))
    | (?P<number>\.?+\d[\w.]*+)
    | (?P<name>\w++)
    | (?P<operator>\*\*|//|->|[-+*/%@&|^<>=!:]=|.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Document:
    """The code of one student."""

    student: str
    text: str
    #: One character for each token that counts.
    symbols: str
    #: Where each of them begins and ends in the text.
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]


def lexed(text: str) -> Iterator[tuple[str, int, int]]:
    """The pieces of a text, broken Python too: kind, beginning and end; together they are the whole."""
    for found in _TOKEN.finditer(text):
        kind, start, end = found.lastgroup or "", found.start(), found.end()
        if kind == "name" and keyword.iskeyword(found[0]):
            kind = "keyword"
        elif kind == "string" and _is_docstring(text, start, end):
            kind = "docstring"
        yield kind, start, end


def _is_docstring(text: str, start: int, end: int) -> bool:
    """Whether a string stands alone on its lines, in three quotes."""
    if text[end - 3 : end] not in ('"""', "'''"):
        return False
    before = text[max(text.rfind("\n", 0, start) + 1, start - 100) : start]
    after = text[end : end + 100].partition("\n")[0]
    return not before.strip() and after.lstrip()[:1] in ("", "#")


def code_of(files: Mapping[str, bytes]) -> str:
    """The code of a submission's modules and notebooks as one text."""
    parts = []
    for name, data in sorted(files.items()):
        if name.endswith(SUFFIX):
            try:
                parts.append("\n\n".join(code_cells(data)))
            except ValueError:
                continue
        else:
            parts.append(data.decode("utf-8-sig", "replace"))
    return _LINE_END.sub("\n", "\n\n".join(parts)[:MAX_TEXT])


_LINE_END = re.compile(r"\r\n?")


def document(text: str, student: str = "") -> Document:
    """The symbols of a text."""
    symbols, places = [], []
    for kind, start, end in lexed(text):
        if kind not in ("space", "comment", "docstring"):
            symbols.append(_symbol(kind, text, start, end))
            places.append((start, end))
    found = np.array(places, dtype=np.int32).reshape(-1, 2)
    return Document(student, text, "".join(symbols), found[:, 0], found[:, 1])


def _symbol(kind: str, text: str, start: int, end: int) -> str:
    if kind == "name" and text[start - 1 : start] != ".":
        shown = "name"
    elif kind in ("number", "string"):
        shown = kind
    else:
        shown = text[start:end]
    # Beyond the characters that are no text by themselves; two words that share one do no harm.
    return chr(0x10000 + zlib.crc32(shown.encode("utf-8", "replace")) % 0x100000)


def grouped(texts: Iterable[tuple[str, str]]) -> list[list[Document]]:
    """The documents of students' texts, those with the same symbols together."""
    found: dict[str, list[Document]] = {}
    for student, text in texts:
        made = document(text, student)
        found.setdefault(made.symbols, []).append(made)
    return list(found.values())
