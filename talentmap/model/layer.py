"""A map layer, declared in one file of `layers/`."""

from __future__ import annotations

from dataclasses import dataclass

from talentmap.model.words import Words


@dataclass(frozen=True, slots=True)
class Layer:
    """What to draw, in which shape, from which metric, in which palette.

    `shape` is cells, points, areas or arcs; `palette` one of scarcity, supply, demand, flow (see
    `assets/tokens.css`); `breaks` fixed class edges, or empty to derive them once a release;
    `at` the side it shows, or empty to follow the question; `level` the level its link goes to, for
    one that hexagons do not have; `group` where it stands in the list (supply, balance, commute);
    `pages` the pages that offer it.
    """

    id: str
    name: Words
    shape: str
    metric: str
    palette: str
    breaks: tuple[float, ...] = ()
    at: str = ""
    level: str = ""
    group: str = "balance"
    pages: tuple[str, ...] = ("map",)
    order: int = 50
