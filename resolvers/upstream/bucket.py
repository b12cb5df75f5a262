"""How much may still be had of something that comes back evenly: decided over one number.

A bucket is full at first and holds so much at most. What is drawn is missing, and flows in again at
a rate that fills an empty bucket in so many seconds. So there is never more at once than the bucket
holds, and never more than twice of that in the time in which it fills.
"""

import math
from typing import NamedTuple

# The share of a bucket that may be lacking where it was waited for: rounding is nobody's fault.
_ROUNDING = 1e-6


class Size(NamedTuple):
    """What a bucket holds, and the seconds in which it fills."""

    most: float
    seconds: float


class Bucket(NamedTuple):
    """What is missing of a bucket at a moment (epoch seconds), and when nothing will be."""

    missing: float = 0.0
    at: float = 0.0
    full_at: float = 0.0


FULL = Bucket()


def drawn(held: Bucket, amount: float, size: Size, now: float) -> tuple[Bucket, float]:
    """Take an amount, or give it back if it is negative.

    Gives the bucket as it is then, and 0 if it was done; else the seconds until it can be, which
    are infinite for more than a bucket holds.
    """
    if amount > size.most:
        return held, math.inf
    missing = _missing(held, size, now) + amount
    lacking = missing - size.most
    if amount > 0 and lacking > size.most * _ROUNDING:
        return held, lacking * size.seconds / size.most
    missing = max(0.0, missing)
    return Bucket(missing, now, now + missing * size.seconds / size.most), 0.0


def _missing(held: Bucket, size: Size, now: float) -> float:
    # A bucket may have become smaller since, and a clock may have been put back.
    missing, passed = min(held.missing, size.most), max(0.0, now - held.at)
    return max(0.0, missing - passed * size.most / size.seconds)
