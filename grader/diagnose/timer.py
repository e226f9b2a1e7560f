"""Ends what fails, takes too long or takes too much memory: rules, and code of ours that is wrong on purpose."""

import logging
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType, ModuleType, TracebackType
from typing import Any, Final, Self

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows
    resource = None


log = logging.getLogger(__name__)


class OutOfTime(BaseException):
    """Code of ours, a rule or a wrong implementation, used more time than it was given.

    Not an Exception: what runs under the timer may catch those.
    """


#: CPU seconds after which a block is told again that its time is up: raised where Python itself calls something back,
#: as the garbage collector does, OutOfTime ends that call and not the block.
AGAIN: Final = 0.05


def _ring(number: int, frame: FrameType | None) -> None:
    # A block that is being entered or left is not interrupted in that.
    if frame is None or frame.f_code.co_filename != __file__:
        raise OutOfTime


def _unraisable(hook: Callable[[Any], object], what: Any) -> None:
    if what.exc_type is not OutOfTime:
        hook(what)


class within:  # noqa: N801  # reads as a word
    """Raises OutOfTime when the block uses more CPU time; inside another such block, the time of that one goes on.

    Outside the main thread, and where there are no such timers, the block runs without a limit.
    """

    #: How many such blocks are being run: only the outermost prepares for the signal, which costs more than the timer.
    _depth = 0

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._outer = 0.0
        self._handler: Any = None
        self._hook = sys.unraisablehook
        self._start = 0.0
        self._set = False
        #: Whether OutOfTime means that this block's time is up; if not, an outer one's is, and it is to be passed on.
        self.own = True

    def __enter__(self) -> Self:
        self._start = time.process_time()
        main = threading.current_thread() is threading.main_thread()
        if main and hasattr(signal, "ITIMER_VIRTUAL"):
            if within._depth == 0:
                self._hook = sys.unraisablehook
                sys.unraisablehook = partial(_unraisable, self._hook)
                self._handler = signal.signal(signal.SIGVTALRM, _ring)
            within._depth += 1
            self._outer = signal.setitimer(signal.ITIMER_VIRTUAL, self._seconds, AGAIN)[0]
            self.own = not 0 < self._outer < self._seconds
            if not self.own:
                signal.setitimer(signal.ITIMER_VIRTUAL, self._outer, AGAIN)
            self._set = True
        return self

    def __exit__(self, *details: object) -> None:
        if self._set:
            left = self._outer - (time.process_time() - self._start)
            signal.setitimer(signal.ITIMER_VIRTUAL, max(left, 1e-3) if self._outer else 0.0, AGAIN)
            within._depth -= 1
            if within._depth == 0:
                signal.signal(signal.SIGVTALRM, self._handler)
                sys.unraisablehook = self._hook


@contextmanager
def memory(size: int) -> Iterator[None]:
    """Make allocations fail with MemoryError where this process would grow beyond `size` bytes, if the system can."""
    if resource is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft != resource.RLIM_INFINITY and soft <= size:
        yield
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


class guarded:  # noqa: N801  # reads as a word
    """Lets a rule fail or run out of time, and says so in the log; what comes after goes on."""

    def __init__(self, rule: str, function: str, seconds: float) -> None:
        self._what = rule, function
        self._timer = within(seconds)

    def __enter__(self) -> None:
        self._timer.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        self._timer.__exit__(None, None, None)
        if error is None or isinstance(error, GeneratorExit):
            return False
        # No warning: of a thousand wrong versions some are endless, and nobody needs to do anything about it.
        if isinstance(error, Exception) or (isinstance(error, OutOfTime) and self._timer.own):
            log.info("the rule %s was dropped for %s: %r", *self._what, error)
            return True
        return False
