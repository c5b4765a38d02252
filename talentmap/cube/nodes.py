"""Build every node of the lattice and write it into the plane of each tier that sees its level."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import ibis.expr.types as ir

from talentmap.cube.commuting import write_commuting
from talentmap.cube.decay import fitted_decay
from talentmap.cube.engines.base import Engine
from talentmap.cube.inputs import Bases
from talentmap.cube.lattice import (
    ALL_MONTHS,
    MEASURED,
    Node,
    PairNode,
    end_nodes,
    market_nodes,
    pair_nodes,
    post_nodes,
    reach_crossings,
    stock_nodes,
    way_nodes,
)
from talentmap.cube.market import market_rows, protect_market, roll_market
from talentmap.cube.priors import fit_months, fit_priors
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
from talentmap.cube.rollup import Counts, Pairs, changes, compared, in_months
from talentmap.cube.ways import WayRolls, protect_ways
from talentmap.privacy.planes import TIER_RULES, Tier

_PEOPLE = ("persons", "seekers")


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
    ways = way_nodes()
    step = _Steps(tell, *(len(x) for x in (stock, posts, ends, pairs, ways, market, crossings)))
    posters = _behind(engine, bases, bases.posts, posts)
    kept = _post_nodes(engine, bases, folder, posts, posters, step)
    priors = _stock_nodes(engine, bases, folder, stock, kept, step)
    _market_nodes(engine, bases, folder, market, posters, step)
    reach = _reach_nodes(engine, bases, folder, priors, step)
    newest = _commute_nodes(engine, bases, folder, ends, pairs, step)
    _way_nodes(engine, newest, folder, ways, bases.months[-1], step)
    write_commuting(engine, newest, MEASURED, folder)
    return {"priors": priors, "reach": reach}


def _post_nodes(
    engine: Engine,
    bases: Bases,
    folder: Path,
    nodes: Sequence[Node],
    posters: BehindRolls | None,
    step: Callable[[], None],
) -> dict[str, Counts]:
    """Write the openings; return the true ones by name, to fit the priors with."""
    changed = _kept(engine, changes(bases.posts, bases.months, ("openings",)), folder, "posts")
    openings = StockRolls(engine, changed, nodes, bases.months, ("openings",))
    found: dict[str, Counts] = {}
    for node in nodes:
        found[node.name] = openings.of(node)
        _write_posts(found[node.name], folder, node, posters)
        step()
    return found


def _stock_nodes(
    engine: Engine,
    bases: Bases,
    folder: Path,
    nodes: Sequence[Node],
    openings: dict[str, Counts],
    step: Callable[[], None],
) -> dict[str, dict[str, list[float]]]:
    """Write people by home and by work; return the priors of the crossings openings have too."""
    priors: dict[str, dict[str, list[float]]] = {}
    changed = _kept(engine, changes(bases.people, bases.months, _PEOPLE), folder, "people")
    for fact in ("home", "work"):
        own = [node for node in nodes if node.fact == fact]
        people = StockRolls(engine, changed, own, bases.months, _PEOPLE)
        employers = _behind(engine, bases, bases.people, own)
        for node in own:
            counts = people.of(node)
            _write_stock(counts, folder, node, employers)
            match = openings.get(node.name.replace(fact, "posts", 1))
            if match is not None and node.level != "enterprise":
                priors[node.name] = fit_priors(counts, match, openings)
            step()
    return priors


def _market_nodes(
    engine: Engine,
    bases: Bases,
    folder: Path,
    nodes: Sequence[Node],
    posters: BehindRolls | None,
    step: Callable[[], None],
) -> None:
    months = compared(bases.months)
    rows = _kept(engine, market_rows(bases.posts, months), folder, "market")
    for node in nodes:
        _write_market(roll_market(engine, rows, node, months), folder, node, posters)
        step()


def _commute_nodes(
    engine: Engine,
    bases: Bases,
    folder: Path,
    ends: Sequence[Node],
    pairs: Sequence[PairNode],
    step: Callable[[], None],
) -> ir.Table:
    """Write people by both ends: of the compared months by one end, of the newest by pairs.

    Returns the commuters of the newest month.
    """
    snapshots = commuters(bases)
    rows = _kept(engine, in_months(snapshots), folder, "commuters")
    for fact in ("ends_home", "ends_work"):
        own = [node for node in ends if node.fact == fact]
        rolls = EndRolls(engine, rows, own, tuple(snapshots))
        for node in own:
            _write_ends(rolls.of(node), folder, node)
            step()
    newest = rows.filter(rows.column == len(snapshots) - 1)
    flows = PairRolls(engine, newest, pairs)
    for pair in pairs:
        _write_pairs(flows.of(pair), folder, pair)
        step()
    return newest


def _way_nodes(
    engine: Engine,
    commuters: ir.Table,
    folder: Path,
    nodes: Sequence[Node],
    month: int,
    step: Callable[[], None],
) -> None:
    for fact in ("ways_home", "ways_work"):
        own = [node for node in nodes if node.fact == fact]
        rolls = WayRolls(engine, commuters, own, month)
        for node in own:
            counts = rolls.of(node)
            for tier in _tiers(node.level):
                plane = protect_ways(counts, tier, node.level)
                write_counts(plane, _file(folder, tier, node.name))
            step()


def _kept(engine: Engine, expression: ir.Table, folder: Path, name: str) -> ir.Table:
    """Write down what many queries start from, so that each of them is short; return its rows."""
    file = folder / "scratch" / f"{name}-rows.parquet"
    engine.write(expression, file)
    return engine.read([file])


def commuters(bases: Bases) -> dict[int, ir.Table]:
    """Return {month: the employed of that month} for the newest month and the one a year before."""
    rows = bases.people.filter(bases.people.commuter)
    return {
        month: rows.filter((rows.month_in <= month) & (rows.month_out > month))
        for month in compared(bases.months)
    }


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


def _write_market(counts: Counts, folder: Path, node: Node, posters: BehindRolls | None) -> None:
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
                priors[name] = fit_months(counts.measures["openings"], counts, rho)
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
