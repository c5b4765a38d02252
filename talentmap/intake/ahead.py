"""Work ahead: the next items are made in other threads while this one is used."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

S = TypeVar("S")
T = TypeVar("T")

WORKERS = 2  # most of the work lets go of the interpreter's lock; more would cost memory only


def ahead(items: Iterator[S], work: Callable[[S], T]) -> Iterator[tuple[S, T]]:
    """Yield each item with what work makes of it, in order; errors come where they would.

    Items are taken one at a time in a thread of their own, `work` runs on up to WORKERS at once.
    """
    with ThreadPoolExecutor(1) as reader, ThreadPoolExecutor(WORKERS) as workers:
        waiting: deque[tuple[S, Future[T]]] = deque()
        reading = reader.submit(_next, items)
        while found := reading.result():
            reading = reader.submit(_next, items)
            waiting.append((found[0], workers.submit(work, found[0])))
            if len(waiting) > WORKERS - 1:
                item, made = waiting.popleft()
                yield item, made.result()
        for item, made in waiting:
            yield item, made.result()


def _next(items: Iterator[S]) -> tuple[S] | tuple[()]:
    for item in items:
        return (item,)
    return ()
