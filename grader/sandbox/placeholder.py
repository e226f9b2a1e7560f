"""Stands in for packages that an assignment does not allow: importing them costs nothing, using them explains.

Standard library only: a worker imports this.
"""

import opcode
import sys
from collections.abc import Iterator
from types import FrameType, ModuleType
from typing import Any


class Unavailable(ImportError):
    """A graded call used a package that the assignment does not allow."""


class _State:
    """Whether a graded call is running; placeholders complain only then."""

    __slots__ = ("allowed", "in_call")

    def __init__(self) -> None:
        self.in_call = False
        self.allowed = "numpy, the standard library and given"


#: An object, since what is set on a class costs every attribute that is looked up after it.
state = _State()


class Placeholder(ModuleType):
    """Stands for a package that is not available here: importing and configuring it costs nothing, using it
    explains.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__: list[str] = []

    def _use(self) -> "Placeholder":
        if state.in_call:
            raise Unavailable(
                f"{self.__name__} is not available here; this assignment allows {state.allowed}"
            )
        return self

    def __getattr__(self, name: str) -> Any:
        if name == "__version__":
            return "0"
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        self._use()
        return Placeholder(f"{self.__name__}.{name}")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Stand for a call."""
        return self._use()

    def __getitem__(self, key: Any) -> Any:
        return self._use()

    def __setitem__(self, key: Any, value: Any) -> None:
        self._use()

    def __delitem__(self, key: Any) -> None:
        self._use()

    def __enter__(self) -> Any:
        return self._use()

    def __exit__(self, *details: object) -> None:
        return None

    def __iter__(self) -> Iterator["Placeholder"]:
        self._use()
        return iter((self,) * _unpacked(sys._getframe(1)))

    def __bool__(self) -> bool:
        return True

    def __len__(self) -> int:
        self._use()
        return 0

    def __float__(self) -> float:
        self._use()
        return 0.0

    def __index__(self) -> int:
        self._use()
        return 0

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        return ()


_BINARY = "add sub mul matmul truediv floordiv mod pow lshift rshift and or xor"
_OTHER = "lt le gt ge neg pos invert abs"
for _operator in f"{_BINARY} r{_BINARY.replace(' ', ' r')} {_OTHER}".split():
    setattr(Placeholder, f"__{_operator}__", Placeholder.__call__)


def _unpacked(frame: FrameType) -> int:
    """How many names the running statement of a frame unpacks into: two for `fig, ax = plt.subplots()`, else none."""
    code, place = frame.f_code.co_code, frame.f_lasti
    return code[place + 1] if code[place] == opcode.opmap["UNPACK_SEQUENCE"] else 0
