"""What a comparison costs beside NumPy's own, measured side by side in one run.

Run as `python benchmarks/compare.py`. Times are the best of several rounds; ratios are NumPy's time divided by ours, so
more than 1 means faster than NumPy.
"""

import timeit
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import numpy as np

from grader.compare import assert_close, describe, difference

SIZES = (10, 10_000, 1_000_000)
ROUNDS = 7


def seconds(action: Callable[[], object]) -> float:
    """The best time of one call, from rounds of about 20 ms each."""
    once = min(timeit.repeat(action, number=1, repeat=3))
    number = max(1, int(0.02 / max(once, 1e-7)))
    return min(timeit.repeat(action, number=number, repeat=ROUNDS)) / number


def fails(action: Callable[[], object]) -> None:
    """The action with its error, and so with the message that the error holds."""
    with suppress(AssertionError):
        action()
        raise ValueError("should have failed")


def cases(size: int) -> dict[str, tuple[Any, Any]]:
    rng = np.random.default_rng(size)
    expected = rng.normal(size=size)
    near = expected * (1 + 1e-14)
    special = near.copy()
    special[0] = np.nan
    wrong = near.copy()
    wrong[:: max(1, size // 100)] += 1
    return {
        "passes, same bits": (expected.copy(), expected),
        "passes, rounding": (near, expected),
        "passes, with NaN": (special, np.where(np.isnan(special), special, expected)),
        "fails in some": (wrong, expected),
        "fails everywhere": (expected + 1, expected),
    }


def main() -> None:
    print(f"{'elements':>9}  {'case':<18} {'ours':>10} {'assert_allclose':>16} {'allclose':>9}")
    for size in SIZES:
        for name, (actual, expected) in cases(size).items():
            bounds = {"rtol": 1e-12, "atol": 1e-14}
            ours = partial(assert_close, actual, expected)
            theirs = partial(np.testing.assert_allclose, actual, expected, **bounds)
            plain = partial(np.allclose, actual, expected, equal_nan=True, **bounds)
            if name.startswith("fails"):
                ours, theirs = partial(fails, ours), partial(fails, theirs)
            own = seconds(ours)
            print(
                f"{size:>9}  {name:<18} {own * 1e6:>7.1f} µs {seconds(theirs) / own:>15.1f}x "
                f"{seconds(plain) / own:>8.1f}x"
            )
    for size in (10, 1_000_000):
        actual, expected = cases(size)["fails in some" if size > 100 else "fails everywhere"]
        found = difference(actual, expected)
        if found is not None:
            deciding = seconds(partial(difference, actual, expected))
            wording = seconds(partial(describe, found))
            print(
                f"\n{size} elements: deciding {deciding * 1e6:.0f} µs, wording {wording * 1e6:.0f} µs"
            )
            print(describe(found))


if __name__ == "__main__":
    main()
