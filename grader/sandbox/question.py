"""One call of a function of a submission, written down.

Standard library and numpy only: a fork server imports this.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from grader.sandbox.wire import Encoder


@dataclass(slots=True)
class Question:
    """One call, written down."""

    head: bytes
    arguments: bytes
    generators: list[np.random.Generator]
    #: It lends objects or functions of ours, or is too long to travel with others.
    alone: bool


def head_of(name: str, errstate: dict[str, str] | None, states: list[Any] | None) -> bytes:
    """What a call says before its arguments."""
    head = Encoder()
    for part in (name, errstate, states):
        head.add(part)
    return head.payload()


@cache
def plain_head_of(name: str) -> bytes:
    """The same where nothing else is to be said."""
    return head_of(name, None, None)
