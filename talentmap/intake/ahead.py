"""Work ahead: the next item is made in another thread while this one is used."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def ahead(items: Iterator[T]) -> Iterator[T]:
    """Yield the items in order, one of them always in the making; errors come where they would."""
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(_next, items)
        while found := waiting.result():
            waiting = pool.submit(_next, items)
            yield found[0]


def _next(items: Iterator[T]) -> tuple[T] | tuple[()]:
    for item in items:
        return (item,)
    return ()
