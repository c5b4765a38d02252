"""States of the map and what leads to each, for the pictures."""

from __future__ import annotations

from dataclasses import dataclass

OPEN_LAYERS = "() => { document.querySelector('details.layers > summary').click(); }"
ABOUT = "() => { document.querySelector('#legend details.about > summary').click(); }"
LOST = "() => tm.notice.failed(new tm.data.ReadError(0, '', ''), () => {}, true)"
GONE = "() => tm.notice.failed(new tm.data.ReadError(tm.data.GONE, '', ''), () => {}, true)"
BROKEN = "() => tm.notice.failed(new tm.data.ReadError(500, '', '', 'AB12-CD34'), () => {})"
FULL = "() => { document.querySelector('.panel').dataset.stop = 'full'; }"
LOW = "() => { document.querySelector('.panel').dataset.stop = 'low'; }"


@dataclass(frozen=True, slots=True)
class State:
    """A name for the file, an address, and what is done there (JavaScript)."""

    name: str
    path: str
    act: str = ""
    phone: bool = False


_SUPPLY = "/?metric=supply&at=home&level=cell8"
STATES = (
    State("layers", _SUPPLY, OPEN_LAYERS),
    State("method", _SUPPLY, ABOUT),
    State("smooth", f"{_SUPPLY}&look=smooth"),
    State("smooth-scarcity", "/?metric=scarcity&level=cell8&look=smooth"),
    State("to-view", f"{_SUPPLY}&look=view,60"),
    State("demand", "/?metric=demand&level=cell8"),
    State("mismatch", "/?metric=mismatch&level=district"),
    State("hot-spots", "/?metric=hot_spots&at=home&level=cell8"),
    State("commute-km", "/?metric=commute_km&at=home&level=cell7"),
    State("inflow", "/?metric=inflow&level=cell8"),
    State("self-containment", "/?metric=self_containment&level=district"),
    State("enterprises", f"{_SUPPLY}&view=117.12,36.66,14.5"),
    State("parks", "/?metric=scarcity&level=park"),
    State("selected", "/?metric=scarcity&level=cell8&place=district:370102"),
    State("nonsense", "/?metric=supply&place=district:440106"),
    State("english", "/?lang=en"),
    State("away", _SUPPLY, LOST),
    State("taken-over", _SUPPLY, GONE),
    State("failed", _SUPPLY, BROKEN),
    State("phone-low", "/?metric=scarcity&place=district:370102", LOW, phone=True),
    State("phone-full", "/?metric=scarcity&place=district:370102", FULL, phone=True),
)
