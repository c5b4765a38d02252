"""Numbers in words for the hover card and the labels of the map."""

from __future__ import annotations

from talentmap.model.metric import Metric

STATUS_WORDS = {
    "suppressed": {"zh": "已隐去", "en": "Suppressed"},
    "insufficient": {"zh": "数据不足", "en": "Not enough data"},
    "missing": {"zh": "无数据", "en": "No data"},
    "unpublished": {"zh": "没有公布", "en": "Not published"},
}


def number(value: float, kind: str, language: str) -> str:
    """Write a number of a metric's kind as the interface does: 12.86万, 1.42, 63.2%, 8.7."""
    if kind == "share":
        return f"{100 * value:.1f}%"
    if kind == "ratio":
        return f"{value:.2f}"
    if kind == "km":
        return f"{value:.1f}"
    if language == "zh" and round(value) >= 10_000:
        return f"{value / 10_000:.2f}万"
    return f"{value:,.0f}"


def unit(metric: Metric, language: str) -> str:
    """Return the unit to write behind a number; a share carries its sign already."""
    return "" if metric.kind == "share" else metric.unit.in_(language)


def change_text(value: float, kind: str) -> str:
    """Write a change (analysis.change) without its unit: +12.3%, 1.12, −1.4, +0.6."""
    if kind == "times":
        return f"{value:.2f}"
    if kind == "percent":
        return f"{_signed(100 * value, 1)}%"
    if kind == "points":
        return _signed(100 * value, 1)
    return _signed(value, 1 if kind == "km_change" else 2)


def _signed(value: float, digits: int) -> str:
    text = f"{abs(value):.{digits}f}"
    if not any(c in text for c in "123456789"):
        return text
    return ("+" if value > 0 else "\u2212") + text
