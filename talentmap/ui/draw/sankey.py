"""The strongest flows as ribbons between homes on the left and workplaces on the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

GAP = 6.0


@dataclass(frozen=True, slots=True)
class Node:
    """A home or a workplace: where its bar stands and how many people its ribbons hold."""

    code: str
    name: str
    top: float
    height: float
    persons: float


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A flow: where it leaves on the left, where it arrives on the right, how thick it is."""

    home: str
    work: str
    persons: float
    left: float
    right: float
    height: float


@dataclass(frozen=True, slots=True)
class Sankey:
    """Bars of both sides and the ribbons between them, in pixels of one height."""

    homes: tuple[Node, ...]
    works: tuple[Node, ...]
    ribbons: tuple[Ribbon, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Flow:
    """So many people live in `home` and work in `work`; (code, name) each."""

    home: tuple[str, str]
    work: tuple[str, str]
    persons: float


def sankey_of(flows: list[Flow], height: float, most: int) -> Sankey:
    """Lay out the strongest flows, both sides in order of size; one scale for both sides."""
    kept = sorted(flows, key=lambda f: -f.persons)[:most]
    kept = [flow for flow in kept if flow.persons > 0]
    if not kept:
        return Sankey((), (), (), height)
    sizes = [_sizes(kept, lambda f: f.home), _sizes(kept, lambda f: f.work)]
    count = max(len(size) for size in sizes)
    scale = (height - GAP * (count - 1)) / sum(f.persons for f in kept)
    homes, works = (_stack(size, scale, height) for size in sizes)
    return Sankey(homes, works, _ribbons(kept, homes, works, scale), height)


def _sizes(
    flows: list[Flow], end: Callable[[Flow], tuple[str, str]]
) -> list[tuple[str, str, float]]:
    found: dict[tuple[str, str], float] = {}
    for flow in flows:
        found[end(flow)] = found.get(end(flow), 0.0) + flow.persons
    return sorted(((c, n, p) for (c, n), p in found.items()), key=lambda x: -x[2])


def _stack(sizes: list[tuple[str, str, float]], scale: float, height: float) -> tuple[Node, ...]:
    used = sum(p for *_, p in sizes) * scale
    gap = (height - used) / (len(sizes) - 1) if len(sizes) > 1 else 0.0
    top, nodes = (0.0 if len(sizes) > 1 else (height - used) / 2), []
    for code, name, persons in sizes:
        nodes.append(Node(code, name, top, persons * scale, persons))
        top += persons * scale + gap
    return tuple(nodes)


def _ribbons(
    flows: list[Flow], homes: tuple[Node, ...], works: tuple[Node, ...], scale: float
) -> tuple[Ribbon, ...]:
    """Ribbons leave and arrive in the order of the other side, so that few of them cross."""
    order = {("h", n.code): i for i, n in enumerate(homes)}
    order |= {("w", n.code): i for i, n in enumerate(works)}
    left, right = _starts(homes), _starts(works)
    lefts: dict[tuple[str, str], float] = {}
    for flow in sorted(flows, key=lambda f: order["w", f.work[0]]):
        lefts[flow.home[0], flow.work[0]] = left[flow.home[0]]
        left[flow.home[0]] += flow.persons * scale
    made = []
    for flow in sorted(flows, key=lambda f: order["h", f.home[0]]):
        home, work = flow.home[0], flow.work[0]
        height = flow.persons * scale
        made.append(Ribbon(home, work, flow.persons, lefts[home, work], right[work], height))
        right[work] += height
    return tuple(made)


def _starts(nodes: tuple[Node, ...]) -> dict[str, float]:
    return {node.code: node.top for node in nodes}
