"""Ends a process together with the one that started it, however that ends.

Standard library only: the fork server imports this.
"""

import ctypes
import sys
from typing import Final

_SET_PARENT_DEATH_SIGNAL: Final = 1
_KILL: Final = 9


def end_with_parent() -> None:
    """Have the kernel kill this process, even stopped, when the thread that started it ends; on Linux alone.

    A change of user undoes it.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, _KILL, 0, 0, 0)
