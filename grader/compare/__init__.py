"""The only judge of equality: decides what differs from an expected value, and puts it into words.

`difference` decides and gives data, `describe` words it, `assert_close` and `assert_exact` raise with the words.
Equal means the same structure, shapes and kinds of numbers, and numbers within |a - e| <= atol + rtol * |e|; NaN equals
NaN in the same place, infinity by its sign. The actual side may hold anything a student can return.
"""

from grader.compare._asserts import (
    Called,
    Compared,
    Effects,
    NotEqual,
    assert_close,
    assert_exact,
    no_alias,
    unchanged,
)
from grader.compare._decide import difference
from grader.compare._difference import (
    Difference,
    Index,
    Kind,
    Mismatch,
    Nearly,
    Noun,
    Number,
    Outline,
    Path,
)
from grader.compare._show import show
from grader.compare._tolerances import TOLERANCES, Tolerance
from grader.compare._wording import describe

__all__ = [
    "TOLERANCES",
    "Called",
    "Compared",
    "Difference",
    "Effects",
    "Index",
    "Kind",
    "Mismatch",
    "Nearly",
    "NotEqual",
    "Noun",
    "Number",
    "Outline",
    "Path",
    "Tolerance",
    "assert_close",
    "assert_exact",
    "describe",
    "difference",
    "no_alias",
    "show",
    "unchanged",
]
