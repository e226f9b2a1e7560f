"""Recognises syntax of Python versions newer than the one that runs, where it made a source unreadable.

A file that this Python cannot parse because it was written for a later one is a matter for a person, not a zero.
"""

import importlib.util
import re
import sys

#: Syntax by the version that brought it. Each pattern is looked for on the line of the syntax error and the
#: one before it.
_SYNTAX: tuple[tuple[tuple[int, int], re.Pattern[str]], ...] = (
    ((3, 12), re.compile(r"^\s*type\s+\w+\s*(\[[^\]]*\])?\s*=")),
    ((3, 12), re.compile(r"^\s*(async\s+)?def\s+\w+\s*\[")),
    ((3, 12), re.compile(r"^\s*class\s+\w+\s*\[")),
    ((3, 12), re.compile(r"""\b[rR]?[fF][rR]?(["']).*\{[^}"']*\1[^}]*\1[^}]*\}.*\1""")),
    ((3, 13), re.compile(r"^\s*(async\s+)?(def|class)\s+\w+\s*\[[^\]]*=")),
    ((3, 14), re.compile(r"^\s*except\*?\s+[\w.]*[A-Z]\w*\s*,\s*[\w.]*[A-Z]\w*[^:()]*:")),
    ((3, 14), re.compile(r"""(^|[^\w"'])[rR]?[tT][rR]?(["'])""")),
)


def needs(source: bytes, line: int | None) -> str | None:
    """The oldest Python version ("3.12") whose syntax explains the error at `line`, if it is newer than this Python."""
    try:
        lines = importlib.util.decode_source(source).splitlines()
    except (SyntaxError, ValueError, LookupError):
        return None
    if line is None or not 0 < line <= len(lines):
        return None
    here = lines[max(line - 2, 0) : line]
    for version, pattern in _SYNTAX:
        if version > sys.version_info[:2] and any(pattern.search(text) for text in here):
            return f"{version[0]}.{version[1]}"
    return None
