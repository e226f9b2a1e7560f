"""Formulas of a few names, written as one would in Python: what a sentence quotes is what was computed."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from types import CodeType
from typing import Any, Final

import numpy as np


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + np.exp(-x))


def _softmax(x: Any) -> Any:
    powers = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def _norm(x: Any, axis: int | None = None) -> Any:
    return np.sqrt(np.sum(np.square(x), axis=axis))


def _trapezoid(y: Any, x: Any) -> float:
    return float(np.sum(np.diff(x) * (y[1:] + y[:-1]) / 2))


#: What formulas may call: numpy's functions under their own names, and a few that it does not have.
_SCOPE: Final[dict[str, Any]] = {
    **{name: value for name, value in vars(np).items() if not name.startswith("_")},
    "__builtins__": {},
    "norm": _norm,
    "sigmoid": _sigmoid,
    "softmax": _softmax,
    "trapezoid": _trapezoid,
}


def formula(text: str, *names: str) -> Callable[..., Any]:
    """The function of these names that a formula stands for."""
    code = _compiled(text)

    def call(*values: Any) -> Any:
        return compute(code, dict(zip(names, values, strict=True)))

    return call


@np.errstate(all="ignore")
def compute(code: str | CodeType, names: Mapping[str, Any]) -> Any:
    """The value of a formula of ours."""
    compiled = _compiled(code) if isinstance(code, str) else code
    return eval(compiled, _SCOPE, dict(names))  # noqa: S307  # formulas stand in our own source


def renamed(text: str, old: str, new: str) -> str:
    """The formula with another name, in brackets where that is a formula and no argument of a call."""
    pattern = rf"\b{re.escape(old)}\b"
    if new.isidentifier():
        return re.sub(pattern, lambda _: new, text)
    alone = re.sub(rf"(?<=\(){pattern}(?=[,)])", lambda _: new, text)
    return re.sub(pattern, lambda _: f"({new})", alone)


@cache
def _compiled(text: str) -> CodeType:
    return compile(text, "<a formula>", "eval", dont_inherit=True)
