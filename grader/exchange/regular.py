"""Reads files that somebody else put there: regular ones alone, and of none more than anybody would hand in."""

import os
import stat
from pathlib import Path


def printable(name: str) -> str:
    """A file's name as text that every format can hold; bytes that are no text show as escapes."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


class Unacceptable(Exception):
    """Something that was handed in is not taken; the text says why."""


def read_regular(path: Path, limit: int) -> bytes:
    """The bytes of a regular file, whatever its size says; no link is followed and no pipe waited for.

    Raises Unacceptable for anything else, and OSError.
    """
    flags = (
        os.O_RDONLY
        | getattr(os, "O_NOFOLLOW", 0)
        | getattr(os, "O_NONBLOCK", 0)
        | getattr(os, "O_BINARY", 0)
    )
    descriptor = os.open(path, flags)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Unacceptable(f"{printable(path.name)} is not a regular file")
        data = file.read(limit + 1)
    if len(data) > limit:
        raise Unacceptable(f"{printable(path.name)} is larger than {limit >> 20} MiB")
    return data
