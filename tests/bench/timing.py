"""Time something a few times and say what it took."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def median_ms(what: str, action: Callable[[], object], times: int = 9) -> float:
    """Return the median of `times` runs in milliseconds, after one that warms up; print all."""
    action()
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        action()
        taken.append((time.perf_counter() - started) * 1000)
    middle = statistics.median(taken)
    print(f"\n{what}: median {middle:.1f} ms, worst {max(taken):.1f} ms of {times}")
    return middle
