"""Group commit: what is finished within a moment shares a transaction, and is announced after it.

To make sure of a transaction a disk takes milliseconds, as long as grading a submission does. So a thread gathers
results while others are made, commits them together, and only then tells of them: what was announced is kept.
"""

import queue
import threading
import time
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")

#: Seconds that a result waits for others.
PAUSE = 0.05
#: So many wait at most, in a transaction and before it; whoever makes more is held up.
_LARGEST = 32


class GroupWriter(Generic[T]):
    """Hands results to `commit` in groups, each then to `announce`."""

    def __init__(
        self, commit: Callable[[Sequence[T]], None], announce: Callable[[T], None]
    ) -> None:
        self._commit = commit
        self._announce = announce
        self._queue: queue.Queue[T | None] = queue.Queue(_LARGEST)
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="gradebook", daemon=True)
        self._thread.start()

    def put(self, item: T) -> None:
        """Hand in a result. Raises what went wrong with an earlier one."""
        self._raise()
        self._queue.put(item)

    def close(self) -> None:
        """Wait until everything is kept and announced. Raises what went wrong."""
        self._queue.put(None)
        self._thread.join()
        self._raise()

    def _raise(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _run(self) -> None:
        more = True
        while more:
            group, more = self._gather()
            if self._failure is not None or not group:
                # What comes after a failure is not kept, but nobody must wait for ever to hand it in.
                continue
            try:
                self._commit(group)
                for item in group:
                    self._announce(item)
            except BaseException as failure:  # noqa: BLE001  # raised where it is handed in
                self._failure = failure

    def _gather(self) -> tuple[list[T], bool]:
        """The next results that belong together, and whether more may come."""
        group: list[T] = []
        item = self._queue.get()
        until = time.monotonic() + PAUSE
        while item is not None:
            group.append(item)
            left = until - time.monotonic()
            if left <= 0 or len(group) >= _LARGEST:
                return group, True
            try:
                item = self._queue.get(timeout=left)
            except queue.Empty:
                return group, True
        return group, False
