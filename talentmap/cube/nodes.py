"""Build every node of the lattice and write it into the plane of each tier that sees its level."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import ibis.expr.types as ir
import numpy as np

from talentmap.analysis.tightness import Prior, fit_prior
from talentmap.cube.engines.base import Engine
from talentmap.cube.inputs import Bases
from talentmap.cube.lattice import Node, PairNode, end_nodes, pair_nodes, post_nodes, stock_nodes
from talentmap.cube.publish import (
    Behind,
    protect_ends,
    protect_pairs,
    protect_posts,
    protect_stock,
    write_counts,
    write_pairs,
)
from talentmap.cube.rollup import (
    Counts,
    compared,
    employers_behind,
    roll_ends,
    roll_pairs,
    roll_stock,
)
from talentmap.privacy.planes import TIER_RULES, Tier

# Strata of the scarcity prior: people and openings by the same crossing.
_SIDES = ("home", "work")


def build_nodes(engine: Engine, bases: Bases, folder: Path, tell: Callable[[float], None]) -> None:
    """Write planes/TIER/NODE.parquet for every node and tier, and priors.json."""
    stock, posts, ends, pairs = stock_nodes(), post_nodes(), end_nodes(), pair_nodes()
    total = len(stock) + len(posts) + len(ends) + len(pairs)
    done = iter(range(1, total + 1))
    kept: dict[str, Counts] = {}
    for node in posts:
        kept[node.name] = _post_node(engine, bases, folder, node)
        tell(next(done) / total)
    priors: dict[str, dict[str, list[float]]] = {}
    for node in stock:
        counts = _stock_node(engine, bases, folder, node)
        match = kept.get(node.name.replace(node.fact, "posts", 1))
        if match is not None and node.level != "enterprise":
            priors[node.name] = fit_priors(counts, match, kept)
        tell(next(done) / total)
    (folder / "priors.json").write_text(json.dumps(priors), encoding="utf-8")
    snapshots = commuters(bases)
    for node in ends:
        counts = roll_ends(engine, snapshots, node)
        for tier in _tiers(node.level):
            write_counts(protect_ends(counts, tier, node.level), _file(folder, tier, node.name))
        tell(next(done) / total)
    for pair in pairs:
        _pair_node(engine, snapshots[bases.months[-1]], folder, pair)
        tell(next(done) / total)


def commuters(bases: Bases) -> dict[int, ir.Table]:
    """Return {month: the employed of that month} for the newest month and the one a year before."""
    rows = bases.people.filter(bases.people.commuter)
    return {
        month: rows.filter((rows.month_in <= month) & (rows.month_out > month))
        for month in compared(bases.months)
    }


def fit_priors(
    people: Counts, openings: Counts, totals: dict[str, Counts]
) -> dict[str, list[float]]:
    """Return {month: [rho, alpha, beta]} over the strata of one crossing (places of the city only).

    rho is the city's openings per person in all industries, so that every crossing compares.
    """
    v, s = _aligned(openings, people)
    fitted: dict[str, list[float]] = {}
    before: Prior | None = None
    for column, month in enumerate(people.months):
        city = totals["posts-city"]
        of_city = city.measures["openings"][city.ids >= 0, city.months.index(month)]
        rho = float(of_city.sum() / max(_city_people(people, column), 1e-9))
        prior = fit_prior(v[:, column], s[:, column], rho=rho, start=before)
        if prior is not None:
            fitted[str(month)] = [prior.rho, prior.alpha, prior.beta]
            before = prior
    return fitted


def _city_people(people: Counts, column: int) -> float:
    """People of the city in one month: every crossing of a level adds up to them."""
    return float(people.measures["persons"][people.ids != -1, column].sum())


def _aligned(openings: Counts, people: Counts) -> tuple[np.ndarray, np.ndarray]:
    """Return openings and persons over the union of their keys inside places (k × m each)."""
    both = [
        np.stack([c.ids, *c.dims.values()], axis=1).astype(np.int64) for c in (openings, people)
    ]
    inside = [keys[:, 0] >= 0 for keys in both]
    union, index = np.unique(
        np.concatenate([keys[i] for keys, i in zip(both, inside, strict=True)]),
        axis=0,
        return_inverse=True,
    )
    index = index.reshape(-1)
    cut = int(inside[0].sum())
    v = np.zeros((len(union), len(openings.months)))
    s = np.zeros((len(union), len(people.months)))
    v[index[:cut]] = openings.measures["openings"][inside[0]]
    s[index[cut:]] = people.measures["persons"][inside[1]]
    return v, s


def _stock_node(engine: Engine, bases: Bases, folder: Path, node: Node) -> Counts:
    counts = roll_stock(engine, bases.people, node, bases.months, ("persons", "seekers"))
    behind = _behind(engine, bases, bases.people, node)
    for tier in _tiers(node.level):
        write_counts(
            protect_stock(counts, tier, node.level, behind), _file(folder, tier, node.name)
        )
    return counts


def _post_node(engine: Engine, bases: Bases, folder: Path, node: Node) -> Counts:
    counts = roll_stock(engine, bases.posts, node, bases.months, ("openings",))
    behind = _behind(engine, bases, bases.posts, node)
    for tier in _tiers(node.level):
        write_counts(
            protect_posts(counts, tier, node.level, behind), _file(folder, tier, node.name)
        )
    return counts


def _pair_node(engine: Engine, rows: ir.Table, folder: Path, node: PairNode) -> None:
    pairs = roll_pairs(engine, rows, node)
    for tier in _tiers(node.home):
        if node.work in tier.levels:
            write_pairs(protect_pairs(pairs, tier), _file(folder, tier, node.name))


def _behind(engine: Engine, bases: Bases, rows: ir.Table, node: Node) -> Behind | None:
    """Enterprises behind each key, where any tier asks for them and the data know them."""
    asked = any(tier.enterprises for tier in _tiers(node.level))
    if not asked or not bases.has_employers:
        return None
    return employers_behind(engine, rows, node, bases.months[-1])


def _tiers(level: str) -> Iterator[Tier]:
    return (tier for tier in TIER_RULES.values() if level in tier.levels)


def _file(folder: Path, tier: Tier, name: str) -> Path:
    return folder / "planes" / tier.id / f"{name}.parquet"
