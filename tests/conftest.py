import ast
import gc
import sys
from collections.abc import Callable
from typing import Any

pytest_plugins = ["pytester", "tests.leftout"]


def uncollected(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function; while it runs, no garbage is collected."""

    def call(*arguments: Any, **options: Any) -> Any:
        collecting = gc.isenabled()
        gc.disable()
        try:
            return function(*arguments, **options)
        finally:
            if collecting:
                gc.enable()

    return call


if sys.version_info < (3, 11, 8):
    # There, parsing fails if garbage is collected meanwhile whose finaliser lets another thread parse.
    setattr(ast, "parse", uncollected(ast.parse))  # noqa: B010  # its types are overloads
