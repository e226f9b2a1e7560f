"""Item analysis: how hard a test or function was, and whether it tells strong work from weak.

The formulas are those of classical test theory, in Crocker and Algina, Introduction to Classical and Modern Test Theory
(1986), chapter 14, and Ebel and Frisbie, Essentials of Educational Measurement (5th ed., 1991), chapter 13.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

#: The share of a class that makes the upper and the lower group (Kelley 1939).
GROUP_SHARE: Final = 0.27
#: Fewer submissions than this say nothing about discrimination.
FEWEST: Final = 8

Floats = NDArray[np.float64]


def facility(item: Floats) -> float:
    """The mean share of the points that was earned, from 0 (nobody) to 1 (all): the facility index p.

    `item` holds each submission's share, from 0 to 1. A hard item has a small p.
    """
    return float(item.mean())


def discrimination(item: Floats, total: Floats) -> float | None:
    """The corrected item-total correlation: Pearson's r of the item with the total less the item.

    `item` and `total` are points, one pair a submission. About 0.3 and more tells strong work from weak; near or below
    0, the item does not, or its key is wrong. For a test that passes or fails this is the point-biserial correlation.
    None where all did alike, or too few did it.
    """
    rest = total - item
    if len(item) < FEWEST or np.ptp(item) == 0 or np.ptp(rest) == 0:
        return None
    return float(np.clip(np.corrcoef(item, rest)[0, 1], -1, 1))


def upper_lower(item: Floats, total: Floats) -> float | None:
    """The index D: the facility among the best 27 % by total less that among the weakest 27 %.

    `item` holds shares from 0 to 1. Submissions with the total of the last one in a group all belong to it.
    None where too few did it, or where the two groups meet.
    """
    size = round(GROUP_SHARE * len(total))
    if len(item) < FEWEST or size == 0:
        return None
    ranked = np.sort(total)
    lowest, highest = ranked[size - 1], ranked[-size]
    if lowest >= highest:
        return None
    return float(item[total >= highest].mean() - item[total <= lowest].mean())


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """The lower quartile, the median and the upper quartile, by linear interpolation."""
    lower, middle, upper = np.quantile(np.asarray(values, dtype=float), (0.25, 0.5, 0.75))
    return float(lower), float(middle), float(upper)
