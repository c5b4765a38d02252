"""How numbers are written: 12.86万, 3,120, 1.42, 63.2%, 8.7 km, ▲ 0.13."""

from __future__ import annotations

from dataclasses import dataclass

from talentmap.model.answer import INSUFFICIENT, MISSING, OK, SUPPRESSED
from talentmap.ui import text

_WAN = 10_000
_MILLION = 1_000_000
MINUS = "\u2212"
EN_DASH = "\u2013"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in digits and the unit that follows it (万 is part of the unit)."""

    digits: str
    unit: str

    def __str__(self) -> str:
        close = not self.unit or self.unit[0] in "万M%"
        return self.digits + ("" if close else " ") + self.unit


def figure(value: float, kind: str, language: str, unit: str = "") -> Figure:
    """Return a value as digits and unit; `kind` is count, ratio, share (0–1) or km."""
    if kind == "share":
        return Figure(_signed(f"{abs(value) * 100:.1f}", value), "%")
    if kind == "count":
        return _count(value, language, unit)
    places = 1 if kind == "km" else 2
    return Figure(_signed(f"{abs(value):,.{places}f}", value), unit)


def interval(low: float | None, high: float | None, kind: str, language: str) -> str:
    """Return an interval with an en dash; empty where the metric has none."""
    if low is None or high is None:
        return ""
    first, last = figure(low, kind, language), figure(high, kind, language)
    shared = first.unit if first.unit == last.unit else ""
    start = first.digits if shared else str(first)
    return f"{start}{EN_DASH}{last}"


@dataclass(frozen=True, slots=True)
class Change:
    """A change since another month: its sign (-1, 0, 1), its size in words, and its judgement."""

    sign: int
    words: str
    judgement: str  # worse, better or '' where a change is neither

    @property
    def mark(self) -> str:
        """The triangle before the number; a change of nothing has none."""
        return {1: "▲", -1: "▼", 0: ""}[self.sign]


def change(now: float, then: float, kind: str, worse: str, language: str) -> Change | None:
    """Return the change in the way of the metric: counts in per cent, others as a difference.

    None where a count was zero, so that no per cent can be said.
    """
    if kind == "count":
        if then == 0:
            return None
        size = f"{abs(now / then - 1) * 100:.1f}"
        words = f"{size}%"
    elif kind == "share":
        size = f"{abs(now - then) * 100:.1f}"
        words = size + text.POINTS.in_(language)
    else:
        size = f"{abs(now - then):.{1 if kind == 'km' else 2}f}"
        words = size
    sign = 0 if float(size) == 0 else (1 if now > then else -1)
    words = words if sign else text.UNCHANGED.in_(language)
    return Change(sign, words, _judge(sign, worse))


def status_words(status: str, language: str) -> str:
    """Return what stands instead of a number: insufficient, suppressed or missing."""
    words = {
        INSUFFICIENT: text.INSUFFICIENT,
        SUPPRESSED: text.SUPPRESSED,
        MISSING: text.MISSING,
        OK: text.NO_INTERVAL,
    }
    return words[status].in_(language)


def _count(value: float, language: str, unit: str) -> Figure:
    size = abs(value)
    if language == "zh" and round(size) >= _WAN:
        return Figure(_signed(f"{size / _WAN:,.2f}", value), "万" + unit)
    if language == "en" and size >= _MILLION:
        return Figure(_signed(f"{size / _MILLION:,.2f}", value), "M" + (" " + unit if unit else ""))
    return Figure(_signed(f"{size:,.0f}", value), unit)


def _signed(digits: str, value: float) -> str:
    nothing = not any(c in digits for c in "123456789")
    return digits if value >= 0 or nothing else MINUS + digits


def _judge(sign: int, worse: str) -> str:
    if not worse or not sign:
        return ""
    return "worse" if (sign > 0) == (worse == "up") else "better"
