"""Whether domains give arguments that their functions can be tried on, and how far results lie apart."""

import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.compare import TOLERANCES
from grader.domains import DEFAULT_SIZE, SMALL_SIZE, Domain, Size

_DRAWS = 5


def check_inputs(domain: Domain, function: Callable[..., Any]) -> list[str]:
    """What is wrong with a domain: arguments that the reference refuses or changes, or that no seed determines."""
    problems: list[str] = []
    name = domain.function
    before = repr(np.random.get_state())  # noqa: NPY002  # whether a domain touches it
    for size in (DEFAULT_SIZE, SMALL_SIZE):
        problems += _check_size(domain, function, size)
    if not problems:
        first = [list(_leaves(domain.draw(np.random.default_rng(seed)))) for seed in range(_DRAWS)]
        if first[0] and all(_alike(first[0], other) for other in first[1:]):
            problems.append(f"the domain of {name} draws the same arguments whatever the generator")
    if repr(np.random.get_state()) != before:  # noqa: NPY002  # as above
        problems.append(f"the domain of {name} draws from numpy's global generator")
    return problems


def _check_size(domain: Domain, function: Callable[..., Any], size: Size) -> Iterator[str]:
    name = domain.function
    shown = "small whole-numbered" if size.integers else "its"
    for seed in range(_DRAWS):
        try:
            one, other, kept = (domain.draw(np.random.default_rng(seed), size) for _ in range(3))
        except Exception as error:  # noqa: BLE001  # authors' code
            yield f"the domain of {name} cannot draw {shown} arguments: {type(error).__name__}: {error}"
            return
        if not _alike(list(_leaves(one)), list(_leaves(other))):
            yield f"the domain of {name} draws other arguments from an equal generator"
            return
        try:
            first, second = _quietly(function, one), _quietly(function, other)
        except Exception as error:  # noqa: BLE001  # as above
            yield f"the reference refuses {shown} arguments of {name}: {type(error).__name__}: {error}"
            return
        if not _alike(list(_leaves(one)), list(_leaves(kept)), streams=False):
            yield f"the reference changes its arguments in {name}"
            return
        if domain.tolerance is not None and ratio(first, second, domain.tolerance) not in (
            None,
            0.0,
        ):
            yield f"the reference of {name} gives two results for equal arguments"
            return


def _quietly(function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return function(*args)


def ratio(actual: Any, expected: Any, tolerance: str) -> float | None:
    """The largest difference of two results in units of the tolerance; None where they cannot be compared."""
    ones, others = list(_leaves(actual)), list(_leaves(expected))
    bounds = TOLERANCES[tolerance]
    if len(ones) != len(others):
        return None
    worst = 0.0
    for one, other in zip(ones, others, strict=True):
        if not isinstance(one, np.ndarray) or not isinstance(other, np.ndarray):
            continue
        if one.shape != other.shape or "c" in one.dtype.kind + other.dtype.kind:
            return None
        a, e = one.astype(float), other.astype(float)
        same = (a == e) | (np.isnan(a) & np.isnan(e))
        with np.errstate(all="ignore"):
            gap = np.where(same, 0.0, np.abs(a - e))
            error = np.where(same, 0.0, gap / (bounds.atol + bounds.rtol * np.abs(e)))
        if not np.all(np.isfinite(error)):
            return None
        worst = max(worst, float(error.max(initial=0.0)))
    return worst


def _leaves(value: Any) -> Iterator[Any]:
    """The parts of arguments or results that are data, numbers and arrays as arrays; functions are left out."""
    if isinstance(value, dict):
        for key in value:
            yield from _leaves(value[key])
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _leaves(part)
    elif isinstance(value, str | bytes | np.random.Generator) or value is None:
        yield value
    elif isinstance(value, np.ndarray | np.generic | bool | int | float | complex):
        array = np.asarray(value)
        yield array if array.dtype.kind in "biufc" else repr(value)


def _alike(ones: list[Any], others: list[Any], *, streams: bool = True) -> bool:
    """Whether two lists of such parts are the same; without `streams`, generators may have advanced."""
    if len(ones) != len(others):
        return False
    for one, other in zip(ones, others, strict=True):
        if type(one) is not type(other):
            return False
        if isinstance(one, np.random.Generator):
            if streams and repr(one.bit_generator.state) != repr(other.bit_generator.state):
                return False
        elif isinstance(one, np.ndarray):
            floats = one.dtype.kind in "fc"
            if one.dtype != other.dtype or not np.array_equal(one, other, equal_nan=floats):
                return False
        elif one != other:
            return False
    return True
