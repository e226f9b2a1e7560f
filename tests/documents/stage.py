"""Runs the steps of a page in one shell, and compares what they print with what the page says."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.documents.page import ELLIPSIS, Step

ROOT = Path(__file__).parents[2]
#: What differs from run to run.
_PASSING = (
    (
        re.compile(
            r"\d{8}-\d{6}|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z| UTC|[+-]\d\d:?\d\d)?"
        ),
        "DATE",
    ),
    (re.compile(r"\b\d+(\.\d+)? ?(s|ms|seconds)\b( \(\d+:\d\d:\d\d\))?"), "TIME"),
    (re.compile(r"\b(?=[a-f]*\d)[0-9a-f]{8,}\b"), "DIGEST"),
)
#: What a batch tells meanwhile, where it takes its time.
_MEANWHILE = re.compile(r"\d+/\d+, [\d.]+ a second, \S+ left")
_BEGIN, _END = "\x1e", "\x1f"


def run(steps: Sequence[Step], home: Path, programs: Path) -> list[list[str]]:
    """What each step prints in a shell that finds `programs` first; raises ValueError where a silent one fails."""
    done = _shell(steps, home, programs)
    said = done.stdout.decode().replace(str(home), "~").split(_BEGIN)[1:]
    outputs: list[list[str]] = []
    for step, part in zip(steps, said, strict=True):
        output, _, status = part.partition(_END)
        lines = [line.rstrip() for line in output.splitlines() if not _MEANWHILE.match(line)]
        if step.kind != "command" and status.strip() != "0":
            raise ValueError(f"line {step.line + 1}: {step.text}\n{output}")
        outputs.append(lines)
    return outputs


def _shell(steps: Sequence[Step], home: Path, programs: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["bash", "-c", "\n".join(map(_typed, steps))],
        cwd=home,
        env={
            "COLUMNS": "80",
            "GRADER_SECRET": "the same for every reader",
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "NO_COLOR": "1",
            "PATH": os.pathsep.join(
                [str(programs), str(Path(sys.executable).parent), os.environ["PATH"]]
            ),
            "REPOSITORY": str(ROOT),
            "TZ": "UTC",
            "USER": "ann",
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=500,
    )


def _typed(step: Step) -> str:
    match step.kind:
        case "file":
            doing = f"cat > {step.path} <<'END OF BLOCK'\n{step.text}END OF BLOCK"
        case "body":
            program = Path(__file__).with_name("replace.py")
            doing = f"python {program} {step.path} <<'END OF BLOCK'\n{step.text}END OF BLOCK"
        case _:
            doing = step.text
    return f"printf '{_BEGIN}'\n{doing}\nprintf '{_END}%s' $?"


def agree(printed: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether the words are those of the page, but for times and digests, and what lines `…` leave out."""
    there = _lasting(printed)
    pieces: list[list[str]] = [[]]
    for line in wanted:
        if line == ELLIPSIS:
            pieces.append([])
        else:
            pieces[-1].append(line)
    first, *others = map(_lasting, pieces)
    if not others:
        return there == first
    at = len(first) - 1
    for text in others[:-1]:
        at = there.find(text, at)
        if at < 0:
            return False
        at += len(text) - 1
    last = others[-1]
    return there.startswith(first) and there.endswith(last) and at <= len(there) - len(last)


def _lasting(lines: Sequence[str]) -> str:
    """The words between single blanks: how long a time is decides where a paragraph is wrapped."""
    text = " ".join(["", *" ".join(lines).split(), ""])
    for pattern, name in _PASSING:
        text = pattern.sub(name, text)
    return text
