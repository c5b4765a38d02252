"""Build every node of the lattice and write it into the plane of each tier that sees its level."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import numpy as np

from talentmap.analysis.tightness import Prior, fit_prior
from talentmap.cube.decay import fitted_decay
from talentmap.cube.engines.base import Engine
from talentmap.cube.inputs import Bases
from talentmap.cube.lattice import (
    ALL_MONTHS,
    Node,
    PairNode,
    end_nodes,
    market_nodes,
    pair_nodes,
    post_nodes,
    reach_crossings,
    stock_nodes,
)
from talentmap.cube.market import protect_market, roll_market
from talentmap.cube.publish import (
    Behind,
    protect_ends,
    protect_pairs,
    protect_posts,
    protect_reach,
    protect_stock,
    write_counts,
    write_pairs,
)
from talentmap.cube.reach import Reach
from talentmap.cube.rolls import BehindRolls, EndRolls, PairRolls, StockRolls
from talentmap.cube.rollup import Counts, Matrix, Pairs, compared
from talentmap.privacy.planes import TIER_RULES, Tier


class _Steps:
    """Tells how far a build is, step by step."""

    def __init__(self, tell: Callable[[float], None], *steps: int) -> None:
        self._tell, self._of, self._done = tell, sum(steps), 0

    def __call__(self) -> None:
        self._done += 1
        self._tell(self._done / self._of)


def build_nodes(
    engine: Engine, bases: Bases, folder: Path, tell: Callable[[float], None]
) -> dict[str, Any]:
    """Write planes/TIER/NODE.parquet for every node and tier; return what the manifest keeps.

    That is `priors` of the scarcity index by node, and `reach` (the decay and what nobody reaches).
    """
    stock, posts, ends, pairs = stock_nodes(), post_nodes(), end_nodes(), pair_nodes()
    market, crossings = market_nodes(), reach_crossings()
    step = _Steps(tell, *(len(x) for x in (stock, posts, ends, pairs, market, crossings)))
    kept: dict[str, Counts] = {}
    openings = StockRolls(engine, bases.posts, posts, bases.months, ("openings",))
    posters = _behind(engine, bases, bases.posts, posts)
    for node in posts:
        kept[node.name] = openings.of(node)
        _write_posts(kept[node.name], folder, node, posters)
        step()
    priors: dict[str, dict[str, list[float]]] = {}
    for fact in ("home", "work"):
        own = [node for node in stock if node.fact == fact]
        people = StockRolls(engine, bases.people, own, bases.months, ("persons", "seekers"))
        employers = _behind(engine, bases, bases.people, own)
        for node in own:
            counts = people.of(node)
            _write_stock(counts, folder, node, employers)
            match = kept.get(node.name.replace(node.fact, "posts", 1))
            if match is not None and node.level != "enterprise":
                priors[node.name] = fit_priors(counts, match, kept)
            step()
    for node in market:
        _market_node(engine, bases, folder, node, posters)
        step()
    reach = _reach_nodes(engine, bases, folder, priors, step)
    snapshots = commuters(bases)
    for fact in ("ends_home", "ends_work"):
        own = [node for node in ends if node.fact == fact]
        commuting = EndRolls(engine, snapshots, own)
        for node in own:
            _write_ends(commuting.of(node), folder, node)
            step()
    flows = PairRolls(engine, snapshots[bases.months[-1]], pairs)
    for pair in pairs:
        _write_pairs(flows.of(pair), folder, pair)
        step()
    return {"priors": priors, "reach": reach}


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
    city = totals["posts-city"]
    rho = {}
    for column, month in enumerate(people.months):
        of_city = city.measures["openings"][city.ids >= 0, city.months.index(month)]
        rho[month] = float(of_city.sum() / max(_city_people(people, column), 1e-9))
    return _fit(v, replace(people, measures={"persons": s}), rho)


def _fit(openings: Matrix, people: Counts, rho: dict[int, float]) -> dict[str, list[float]]:
    """Fit month by month, each from the month before; a month with nothing to fit is left out."""
    fitted: dict[str, list[float]] = {}
    before: Prior | None = None
    persons = people.measures["persons"]
    for column, month in enumerate(people.months):
        prior = fit_prior(
            openings[:, column], persons[:, column], rho=rho.get(month, 0.0), start=before
        )
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


def _write_stock(counts: Counts, folder: Path, node: Node, employers: BehindRolls | None) -> None:
    behind = _asked(employers, node)
    for tier in _tiers(node.level):
        plane = protect_stock(counts, tier, node.level, behind)
        write_counts(plane, _file(folder, tier, node.name))


def _write_posts(counts: Counts, folder: Path, node: Node, posters: BehindRolls | None) -> None:
    behind = _asked(posters, node)
    for tier in _tiers(node.level):
        plane = protect_posts(counts, tier, node.level, behind)
        write_counts(plane, _file(folder, tier, node.name))


def _market_node(
    engine: Engine, bases: Bases, folder: Path, node: Node, posters: BehindRolls | None
) -> None:
    counts = roll_market(engine, bases.posts, node, compared(bases.months))
    behind = _asked(posters, node)
    for tier in _tiers(node.level):
        plane = protect_market(counts, tier, node.level, behind)
        write_counts(plane, _file(folder, tier, node.name))


def _reach_nodes(
    engine: Engine,
    bases: Bases,
    folder: Path,
    priors: dict[str, dict[str, list[float]]],
    step: Callable[[], None],
) -> dict[str, Any]:
    """Write the effective supply of every crossing at every level; fit its priors."""
    decay = fitted_decay(engine, bases)
    reach = Reach(engine, bases, decay.decay)
    unreachable, rho = 0.0, {}
    for dims, which in reach_crossings():
        months = bases.months if which == ALL_MONTHS else compared(bases.months)
        found = reach.of(dims, months)
        if not dims:
            rho = _per_effective(found.nodes["city"])
            unreachable = found.unreachable
        for level, counts in found.nodes.items():
            name = Node("reach", level, dims, which).name
            if bases.has_vacancies:
                priors[name] = _fit(counts.measures["openings"], counts, rho)
            for tier in _tiers(level):
                write_counts(protect_reach(counts, tier, level), _file(folder, tier, name))
        step()
    return {**decay.to_json(), "unreachable": unreachable}


def _per_effective(city: Counts) -> dict[int, float]:
    """Return {month: openings per effectively reachable person in the city}."""
    inside = city.ids >= 0
    v, s = (city.measures[name][inside].sum(axis=0) for name in ("openings", "persons"))
    return {m: float(a / b) for m, a, b in zip(city.months, v, s, strict=True) if b > 0}


def _write_ends(counts: Counts, folder: Path, node: Node) -> None:
    for tier in _tiers(node.level):
        write_counts(protect_ends(counts, tier, node.level), _file(folder, tier, node.name))


def _write_pairs(pairs: Pairs, folder: Path, node: PairNode) -> None:
    for tier in _tiers(node.home):
        if node.work in tier.levels:
            write_pairs(protect_pairs(pairs, tier), _file(folder, tier, node.name))


def _behind(
    engine: Engine, bases: Bases, rows: ir.Table, nodes: Sequence[Node]
) -> BehindRolls | None:
    """Enterprises behind each number, where the data know them."""
    asked = [node for node in nodes if _asks_enterprises(node)]
    return BehindRolls(engine, rows, asked, bases.months[-1]) if bases.has_employers else None


def _asked(behind: BehindRolls | None, node: Node) -> Behind | None:
    return behind.of(node) if behind is not None and _asks_enterprises(node) else None


def _asks_enterprises(node: Node) -> bool:
    return any(tier.enterprises for tier in _tiers(node.level))


def _tiers(level: str) -> Iterator[Tier]:
    return (tier for tier in TIER_RULES.values() if level in tier.levels)


def _file(folder: Path, tier: Tier, name: str) -> Path:
    return folder / "planes" / tier.id / f"{name}.parquet"
