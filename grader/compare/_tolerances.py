"""The tolerance classes, each with the reason why it is as wide as it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a value may lie from the expected one: |actual - expected| <= atol + rtol * |expected|."""

    name: str
    rtol: float
    atol: float
    reason: str

    @property
    def exact(self) -> bool:
        """Whether values must be equal and of the expected kind, integers integers and bools bools."""
        return self.name == "EXACT" and self.zero

    @property
    def zero(self) -> bool:
        """Whether there is no room at all, so that equality decides."""
        return self.rtol == 0.0 and self.atol == 0.0


_CLASSES = (
    Tolerance("EXACT", 0.0, 0.0, "no rounding is involved"),
    Tolerance(
        "T0",
        1e-12,
        1e-14,
        "elementwise formulas and sums of non-negative terms: pairwise summation errs by at most 3e-15 up to "
        "10,000 terms, which leaves a factor of 200 for other orders of summation",
    ),
    Tolerance(
        "T1",
        1e-9,
        1e-12,
        "matrix products, gradients and anything with cancellation, where the condition number multiplies rounding; "
        "the data keep it below 10,000",
    ),
    Tolerance(
        "T2",
        1e-6,
        1e-8,
        "results of at most 10,000 contracting iterations: rounding accumulates but contracts",
    ),
    Tolerance(
        "TFD",
        1e-5,
        1e-7,
        "an analytic gradient against central differences with step 1e-5, whose own error is 1.2e-10 near 1 and "
        "1.7e-8 relative near 10,000",
    ),
    Tolerance(
        "TSTAT",
        0.0,
        0.0,
        "outcomes of training: the test states the margin, verified over several seeds",
    ),
)

TOLERANCES: Mapping[str, Tolerance] = MappingProxyType({c.name: c for c in _CLASSES})


def resolve(tolerance: str, rtol: float | None, atol: float | None) -> Tolerance:
    """The class of that name, with what the caller overrides; ValueError for an unknown name, a
    negative or NaN bound, or TSTAT without a margin.
    """
    found = TOLERANCES.get(tolerance)
    if found is None:
        raise ValueError(
            f"unknown tolerance {tolerance!r}, expected one of {', '.join(TOLERANCES)}"
        )
    if rtol is None and atol is None:
        if tolerance == "TSTAT":
            raise ValueError("TSTAT has no bounds of its own: state rtol or atol")
        return found
    relative = found.rtol if rtol is None else float(rtol)
    absolute = found.atol if atol is None else float(atol)
    # Not `< 0`, which a NaN would pass.
    if not (relative >= 0.0 and absolute >= 0.0):
        raise ValueError(f"rtol and atol must be >= 0, got {rtol} and {atol}")
    return Tolerance(tolerance, relative, absolute, "stated by the test")
