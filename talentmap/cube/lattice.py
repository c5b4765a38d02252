"""The lattice: which roll-ups are built and published.

A node is a fact at a level by some dimensions. A dimension is named by its column: `industry_top`
(the roots of the code table, what maps show) or `industry` (the code as it came). The desk
answers from the smallest node with the dimensions a question needs; what is not here only the
authorised tier can ask, from the base.
"""

from __future__ import annotations

from dataclasses import dataclass

PLACE_LEVELS = ("city", "district", "park")
MAP_LEVELS = ("cell7", "cell8", "cell9")

ALL_MONTHS, COMPARED = "all", "compared"  # every month; the newest and the same month a year before


@dataclass(frozen=True, slots=True)
class Node:
    """One roll-up. `fact` is home, work, posts, ends_home, ends_work; dims are column names."""

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
_PLACE_DIMS = [
    (),
    (_I,),
    (_E,),
    (_A,),
    (_O,),
    (_T,),
    (_I, _E),
    (_I, _A),
    (_I, _O),
    (_I, _T),
    (_E, _A),
]
_PLACE_DIMS += [("industry",), ("education",), ("age",), ("occupation",), ("specialty",), ("wage",)]
_CELL_DIMS = [(), (_I,), (_E,), (_A,), (_T,), (_I, _E), (_I, _A), (_I, _T), ("wage",)]
_POST_PLACE_DIMS = [(), (_I,), (_E,), (_O,), (_T,), (_I, _E), (_I, _O), (_I, _T)]
_POST_PLACE_DIMS += [("industry",), ("education",), ("occupation",), ("specialty",)]
_POST_CELL_DIMS = [(), (_I,), (_E,), (_T,), (_I, _E), (_I, _T)]
_END_DIMS = [(), (_I,), (_E,), (_A,), (_I, _E), (_I, _A), ("wage",)]
_PAIR_DIMS = [(), (_I,), (_E,), (_A,), (_I, _E)]
# Ends of the flows: within a level, and from a place to the cells its people come from or go to.
_PAIR_LEVELS = [("district", "district"), ("park", "park"), ("cell7", "cell7"), ("cell8", "cell8")]
_PAIR_LEVELS += [("cell7", "district"), ("cell7", "park"), ("district", "cell7"), ("park", "cell7")]
_PAIR_LEVELS += [("district", "park"), ("park", "district"), ("cell9", "cell9")]


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
    return [*places, *cells, Node("posts", "enterprise", (), ALL_MONTHS)]


def end_nodes() -> list[Node]:
    """People with both ends known, by the place of one end: how many stay, and how far they go."""
    return [
        Node(fact, level, tuple(dims), COMPARED)
        for fact in ("ends_home", "ends_work")
        for level in (*PLACE_LEVELS, *MAP_LEVELS)
        for dims in _END_DIMS
    ]


def pair_nodes() -> list[PairNode]:
    """Home–work pairs."""
    return [PairNode(home, work, tuple(dims)) for home, work in _PAIR_LEVELS for dims in _PAIR_DIMS]


def _cell_months(level: str, dims: object) -> str:
    monthly = level != "cell9" and dims in ((), (_I,))
    return ALL_MONTHS if monthly else COMPARED
