"""Calls the program in this process, as a shell would."""

import sys
from collections.abc import Callable

import pytest

from grader.cli import main

#: Takes the words of a command line; gives the exit code, and what went to standard output and to standard error.
Call = Callable[..., tuple[int, str, str]]


def caller(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Something to call the program with."""

    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["grader", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return call
