"""Moves of a map in the browser, timed there: from the call to the frame that shows it."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

# What was painted in an animation frame, or before it, is on the screen when the next task runs.
_DRIVER = """() => { window.bench = {
  frame: () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = done;
    channel.port2.postMessage(0);
  })),
  quiet: async () => {
    await new Promise((done) => setTimeout(done, 120));
    while (window.tm && tm.data && tm.data.busy()) await bench.frame();
    await bench.frame();
  },
  /** Milliseconds from `act` to the frame after `count` has grown and `ready` holds. */
  async timed(count, act, ready) {
    await bench.quiet();
    const before = count();
    const started = performance.now();
    act();
    do await bench.frame(); while (count() === before || !ready());
    return performance.now() - started;
  },
  /** Milliseconds from the end of a zoom's motion to the frame that is sharp again. */
  async sharp(count, map, act) {
    await bench.quiet();
    const before = count();
    let ended = 0;
    map.once("zoomend", () => { ended = performance.now(); });
    act();
    do await bench.frame(); while (!ended || count() === before);
    return performance.now() - ended;
  },
}; }"""


@dataclass(frozen=True, slots=True)
class Driver:
    """A page with the timing functions in it; `count` grows with each painted picture."""

    page: Page
    count: str
    map: str

    @classmethod
    def of(cls, page: Page, count: str = "tm.painted", map_: str = "tm.map") -> Driver:
        """Put the functions into a page."""
        page.evaluate(_DRIVER)
        return cls(page, count, map_)

    def time(self, act: str, ready: str = "true", argument: Any = None) -> float:
        """Return the milliseconds of an action, JavaScript over the argument `x`."""
        script = f"x => bench.timed(() => {self.count}, () => {{ {act} }}, () => {ready})"
        return float(self.page.evaluate(script, argument))

    def pan(self, pixels: int) -> float:
        """Pan without motion."""
        return self.time(f"{self.map}.panBy([x, 0], {{animate: false}})", argument=pixels)

    def zoom(self, by: float) -> float:
        """Zoom without motion."""
        return self.time(self._zoom(False), argument=by)

    def glide(self, by: float) -> float:
        """Zoom with its motion, all of it."""
        return self.time(self._zoom(True), f"!{self.map}._animatingZoom", by)

    def sharpen(self, by: float) -> float:
        """Zoom with its motion; from the end of the motion."""
        act = f"() => {{ {self._zoom(True)} }}"
        script = f"x => bench.sharp(() => {self.count}, {self.map}, {act})"
        return float(self.page.evaluate(script, by))

    def _zoom(self, animated: bool) -> str:
        return f"{self.map}.setZoom({self.map}.getZoom() + x, {{animate: {str(animated).lower()}}})"


@dataclass(frozen=True, slots=True)
class Line:
    """What was measured of one thing; `least` says that the limit is one from below."""

    what: str
    times: tuple[float, ...]
    limit: float
    against: tuple[float, ...] = ()  # the plain way, in the same run
    unit: str = "ms"
    least: bool = False

    @property
    def middle(self) -> float:
        """Median."""
        return statistics.median(self.times)

    def check(self) -> None:
        """Raise AssertionError where the median is beyond the limit."""
        held = self.middle >= self.limit if self.least else self.middle <= self.limit
        assert held, self.text()

    def text(self) -> str:
        """One line of the table."""
        spread = f"{min(self.times):.1f}–{max(self.times):.1f}"
        bound = f"{'≥' if self.least else '≤'} {self.limit:,.4g}"
        said = f"{self.what:<50}{self.middle:9.1f} {self.unit:<3}{spread:>18}{bound:>10}"
        if not self.against:
            return said
        plain = statistics.median(self.against)
        return f"{said}{plain:12.0f}{plain / self.middle:8.1f}×"


HEAD = f"{'':<50}{'median':>9}    {'range':>18}{'limit':>10}{'dl.GeoJSON':>12}"
