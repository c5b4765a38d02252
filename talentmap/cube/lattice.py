"""The lattice: which roll-ups are built and published.

A node is a fact at a level by some dimensions. A dimension is named by its column: `industry_top`
(the roots of the code table, what maps show) or `industry` (the code as it came). The desk
answers from the smallest node with the dimensions a question needs; what is not here only the
authorised tier can ask, from the base.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

PLACE_LEVELS = ("city", "district", "park")
MAP_LEVELS = ("cell7", "cell8", "cell9")

# Counted up by hand when the base or a small table of a release gets other columns.
_TABLES = "2"

ALL_MONTHS, COMPARED = "all", "compared"  # every month; the newest and the same month a year before


@dataclass(frozen=True, slots=True)
class Node:
    """One roll-up: dims are column names.

    `fact` is home, work, posts, market, reach, ends_home, ends_work, ways_home or ways_work.
    """

    fact: str
    level: str
    dims: tuple[str, ...]
    months: str

    @property
    def name(self) -> str:
        """File name of the node, without ending."""
        return "-".join((self.fact, self.level, *self.dims))


@dataclass(frozen=True, slots=True)
class PairNode:
    """A roll-up of home–work pairs: the level of each end, by some dimensions, newest month."""

    home: str
    work: str
    dims: tuple[str, ...]

    @property
    def name(self) -> str:
        """File name of the node, without ending."""
        return "-".join(("pairs", self.home, self.work, *self.dims))


_I, _E, _A, _O, _T = "industry_top", "education_top", "age_top", "occupation_top", "title_top"
_S = "specialty_top"
# Dimensions stand in this order in a node, so that a question finds it whatever its filters.
DIMENSION_ORDER = ("industry", "education", "age", "occupation", "title", "specialty", "wage")
# The catalogue of scarce talent: what exactly is wanted.
CATALOGUE = ("education", "occupation", "title", "specialty")
# What people and openings have in common: scarcity and mismatch are asked by these.
_SHARED = [(), (_I,), (_E,), (_O,), (_T,), (_S,), (_I, _E), (_I, _O), (_I, _T), (_I, _S)]
_SHARED += [(_E, _S), (_I, _E, _S), (_E, _O)]
_FINE = [("industry",), ("education",), ("occupation",), ("title",), ("specialty",)]
_POST_PLACE_DIMS = [*_SHARED, *_FINE]
_PLACE_DIMS = [*_POST_PLACE_DIMS, (_A,), (_I, _A), (_E, _A), ("age",), ("wage",)]
_CELL_DIMS = [(), (_I,), (_E,), (_A,), (_T,), (_I, _E), (_I, _A), (_I, _T), ("wage",)]
_POST_CELL_DIMS = [(), (_I,), (_E,), (_T,), (_I, _E), (_I, _T)]
# What an enterprise wants, and near it who could fill it (answers/enterprises.py): in fine codes
# where the data have them, for the compared months.
WANTED_DIMS = [("specialty",), ("education",), ("title",), ("occupation",)]
WANTED_LEVELS = ("cell7", "cell8")
# Young and well educated talent (education × age) is what commuting is asked about most.
_END_DIMS = [(), (_I,), (_E,), (_A,), (_I, _E), (_I, _A), (_E, _A), ("wage",)]
# The groups whose excess commuting is measured for the whole city.
MEASURED = (_I,)
_WAY_DIMS: list[tuple[str, ...]] = [(), (_I,), (_E,), (_A,), (_I, _E), (_E, _A)]
_PAIR_DIMS = [(), (_I,), (_E,), (_A,), (_I, _E), (_E, _A)]
# Ends of the flows: within a level, and from a place to the cells its people come from or go to.
_PAIR_LEVELS = [("district", "district"), ("park", "park"), ("cell7", "cell7"), ("cell8", "cell8")]
_PAIR_LEVELS += [("cell7", "district"), ("cell7", "park"), ("district", "cell7"), ("park", "cell7")]
_PAIR_LEVELS += [("district", "park"), ("park", "district"), ("cell9", "cell9")]
# Where exactly the people of a place live or work: the far ends on the map, lines to a park.
_PAIR_LEVELS += [("cell8", "park"), ("cell9", "park"), ("park", "cell8")]
_PAIR_LEVELS += [("cell8", "district"), ("district", "cell8")]


def stock_nodes() -> list[Node]:
    """People by home and by work."""
    nodes = [
        Node(fact, level, tuple(dims), ALL_MONTHS)
        for fact in ("home", "work")
        for level in PLACE_LEVELS
        for dims in _PLACE_DIMS
    ]
    nodes += [
        Node(fact, level, tuple(dims), _cell_months(level, dims))
        for fact in ("home", "work")
        for level in MAP_LEVELS
        for dims in _CELL_DIMS
    ]
    nodes += [Node(fact, "city", CATALOGUE, COMPARED) for fact in ("home", "work")]
    nodes += [Node("home", lv, dims, COMPARED) for lv in WANTED_LEVELS for dims in WANTED_DIMS]
    nodes += [Node("work", "enterprise", (_I,), COMPARED)]
    return [*nodes, Node("work", "enterprise", (), ALL_MONTHS)]


def post_nodes() -> list[Node]:
    """Openings by place of work."""
    places = [
        Node("posts", lv, tuple(d), ALL_MONTHS) for lv in PLACE_LEVELS for d in _POST_PLACE_DIMS
    ]
    cells = [
        Node("posts", lv, tuple(d), _cell_months(lv, d))
        for lv in MAP_LEVELS
        for d in _POST_CELL_DIMS
    ]
    wanted = Node("posts", "city", CATALOGUE, COMPARED)
    firms = [Node("posts", "enterprise", dims, COMPARED) for dims in [(_I,), *WANTED_DIMS]]
    return [*places, *cells, wanted, *firms, Node("posts", "enterprise", (), ALL_MONTHS)]


def market_nodes() -> list[Node]:
    """How openings fare, by place."""
    nodes = [
        Node("market", level, tuple(dims), COMPARED)
        for level in PLACE_LEVELS
        for dims in _POST_PLACE_DIMS
    ]
    nodes += [Node("market", "enterprise", dims, COMPARED) for dims in WANTED_DIMS]
    return [*nodes, Node("market", "city", CATALOGUE, COMPARED)]


def reach_crossings() -> list[tuple[tuple[str, ...], str]]:
    """The crossings whose catchment is computed, and for which months; at every level.

    Not the catalogue's: thousands of crossings of a few people each have no catchment to speak of.
    """
    dims = [*_SHARED, *_FINE]
    return [(tuple(d), ALL_MONTHS if d in ((), (_I,)) else COMPARED) for d in dims]


def levels_of(dims: tuple[str, ...]) -> tuple[str, ...]:
    """Return the levels a crossing of people and openings is kept at; cells: the coarse ones."""
    return (*PLACE_LEVELS, *MAP_LEVELS) if dims in _POST_CELL_DIMS else PLACE_LEVELS


def end_nodes() -> list[Node]:
    """People with both ends known, by the place of one end: how many stay, and how far they go."""
    return [
        Node(fact, level, tuple(dims), COMPARED)
        for fact in ("ends_home", "ends_work")
        for level in (*PLACE_LEVELS, *MAP_LEVELS)
        for dims in _END_DIMS
    ]


def way_nodes() -> list[Node]:
    """How far and where to people go to work, by the place of one end; of the newest month."""
    dims: dict[str, list[tuple[str, ...]]] = {
        "cell7": [(), (_I,)], "cell8": [(), (_I,)], "cell9": [()],
    }  # fmt: skip
    return [
        *(
            Node(fact, level, (*crossing, "way"), COMPARED)
            for fact in ("ways_home", "ways_work")
            for level in (*PLACE_LEVELS, *MAP_LEVELS)
            for crossing in dims.get(level, _WAY_DIMS)
        ),
        Node("ways_work", "enterprise", ("way",), COMPARED),
    ]


def pair_nodes() -> list[PairNode]:
    """Home–work pairs."""
    return [PairNode(home, work, tuple(dims)) for home, work in _PAIR_LEVELS for dims in _PAIR_DIMS]


def layout() -> str:
    """Return what stands for everything a build writes: a release of another layout is not read."""
    crossings = [f"reach-{'-'.join(dims)}" for dims, _ in reach_crossings()]
    nodes = (*stock_nodes(), *post_nodes(), *market_nodes(), *end_nodes(), *way_nodes())
    names = [f"{node.name}:{node.months}" for node in nodes]
    names += [*crossings, *(node.name for node in pair_nodes())]
    text = "\n".join([_TABLES, *sorted(names)])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _cell_months(level: str, dims: object) -> str:
    monthly = level != "cell9" and dims in ((), (_I,))
    return ALL_MONTHS if monthly else COMPARED
