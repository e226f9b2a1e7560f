"""`sys.stdout` of a worker: what the submission prints, up to a cap.

Standard library only: a worker imports this.
"""

import io
from typing import Any

MAX_OUTPUT = 64 << 10


class Output(io.TextIOBase):
    """What the submission prints, up to the cap; the rest is dropped."""

    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self) -> None:
        self.kept: list[str] = []
        self._room = MAX_OUTPUT
        self.buffer = Bytes(self)

    def writable(self) -> bool:
        """Always."""
        return True

    def fileno(self) -> int:
        """The descriptor that is captured beside this stream."""
        return 1

    def write(self, text: str) -> int:
        """Keep what fits."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self._room > 0:
            self.kept.append(text[: self._room])
            self._room -= len(text)
        return len(text)

    def take(self) -> str:
        """What was written since the last time."""
        text = "".join(self.kept)
        self.kept.clear()
        self._room = MAX_OUTPUT
        return text


class Bytes(io.RawIOBase):
    """`sys.stdout.buffer`."""

    def __init__(self, text: Output) -> None:
        self._text = text

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: Any) -> int:
        """Keep what fits."""
        view = memoryview(data).cast("B")
        self._text.write(bytes(view[:MAX_OUTPUT]).decode("utf-8", "replace"))
        return len(view)
