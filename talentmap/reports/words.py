"""Numbers in words: how a report writes amounts, rates and changes.

A number is rounded first (half up, on decimals) and only then given its unit, so that 999 999 is
100万. A sentence says no more than its rounded numbers do: what rounds to nothing is 基本持平.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from talentmap.model.answer import INSUFFICIENT, MISSING, OK, SUPPRESSED
from talentmap.model.words import Words

MINUS, EN_DASH = "−", "–"

# Decimals of each kind of number. A share is 0 to 1 and written in per cent; money is CNY a month.
KINDS = {
    "count": 0, "integer": 0, "ratio": 2, "share": 1, "km": 1, "days": 0, "money": 0, "score": 1,
    "points": 1, "gap": 0,
}  # fmt: skip
_UNITS = {
    "km": Words("公里", "km"),
    "days": Words("天", "days"),
    "money": Words("元", "CNY"),
}
ABSENT = {
    SUPPRESSED: Words("已隐去", "hidden"),
    INSUFFICIENT: Words("数据不足", "too few"),
    MISSING: Words("—", "—"),
    OK: Words("—", "—"),
}
_WAN, _YI = Decimal(10_000), Decimal(100_000_000)
_FLAT = Decimal("0.05")  # per cent: less than this either way is no change
_DOUBLED = Decimal(100)


def half_up(value: float, places: int, scale: int = 1) -> Decimal:
    """Return a number times a scale, rounded half away from zero, as written.

    The scale is applied to the decimals: 0.6315 is 63.15 %, though in binary it falls short of it.
    """
    step = Decimal(1).scaleb(-places)
    found = (Decimal(repr(float(value))) * scale).quantize(step, ROUND_HALF_UP)
    return abs(found) if found == 0 else found


def rounded(value: float, kind: str) -> Decimal:
    """Return a number as its kind writes it; a share in per cent."""
    return half_up(value, KINDS[kind], 100 if kind == "share" else 1)


def digits(value: float, kind: str) -> str:
    """Return a number for a table: 3,120, 1.42, 63.2, with a real minus, without its unit."""
    return _signed(rounded(value, kind), KINDS[kind])


def number(value: float, kind: str, language: str, unit: str = "") -> str:
    """Return a number for a sentence, with its unit: 12.86万人, 3,120 人, 63.2%, 8.7 公里."""
    if kind == "share":
        return _share(value, language)
    if kind in ("count", "gap"):
        return _amount(half_up(value, 0), unit, language)
    unit = unit or (_UNITS[kind].in_(language) if kind in _UNITS else "")
    if kind == "money" and language == "zh":
        return _amount(half_up(value, 0), unit, language)
    return f"{digits(value, kind)} {unit}".rstrip()


def span(low: float | None, high: float | None, kind: str) -> str:
    """Return an interval with an en dash; empty where there is none."""
    if low is None or high is None:
        return ""
    ending = "%" if kind == "share" else ""
    return f"{digits(low, kind)}{EN_DASH}{digits(high, kind)}{ending}"


def absent(status: str, language: str) -> str:
    """Return what stands for a number that is not there."""
    return ABSENT[status].in_(language)


def listed(names: Sequence[str], language: str) -> str:
    """Return names as a list in a sentence: 历下区、历城区、章丘区."""
    if language == "zh" or len(names) < 2:
        return "、".join(names)  # many names hold a 和 of their own
    return ", ".join(names[:-1]) + " and " + names[-1]


def sentences(parts: Sequence[str], language: str) -> str:
    """Join whole sentences; those that are empty are left out."""
    return ("" if language == "zh" else " ").join(filter(None, parts))


def ended(text: str, language: str) -> str:
    """Return a remark as a whole sentence: with its full stop, if it has none."""
    stop = "。" if language == "zh" else "."
    return text if text.endswith(stop) else text + stop


@dataclass(frozen=True, slots=True)
class Basis:
    """What a number is compared with: the name of the comparison and of the month it is with."""

    name: Words
    then: Words


YEAR = Basis(Words("同比", "on the year"), Words("上年同期", "a year before"))
MONTH = Basis(Words("环比", "on the month"), Words("上月", "the month before"))


def change(
    now: float | None, then: float | None, kind: str, language: str, basis: Basis = YEAR
) -> str:
    """Return the change of a number in words; None stands for hidden, insufficient or missing.

    Amounts change in per cent, shares in 百分点, indices by their difference.
    """
    said = _Said(basis, language)
    if now is None or then is None:
        return said(NOT_COMPARABLE)
    if now * then < 0:
        return said(TO_POSITIVE if now > 0 else TO_NEGATIVE)
    if kind in ("share", "ratio", "score", "points"):
        return _difference(now, then, kind, said)
    if rounded(then, kind) == 0:
        return said(BASE_ZERO if rounded(now, kind) else BOTH_ZERO)
    if then < 0:  # per cent of a negative base would mislead
        return _difference(now, then, kind, said)
    return _percent(now, then, said)


NOT_COMPARABLE = Words("{name}不可比", "not comparable {name}")
TO_POSITIVE = Words("由负转正（{then}为负）", "turned positive ({then} it was negative)")
TO_NEGATIVE = Words("由正转负（{then}为正）", "turned negative ({then} it was positive)")
BASE_ZERO = Words("{then}为 0，不计算{name}", "{then} it was 0: no change in per cent")
BOTH_ZERO = Words("与{then}均为 0", "0, as {then}")
LEVEL = Words("{name}基本持平", "level {name}")
MORE = Words("{name}增长 {size}%", "up {size} % {name}")
LESS = Words("{name}下降 {size}%", "down {size} % {name}")
TIMES = Words("{name}增长 {size}%，为{then}的 {times} 倍",
              "up {size} % {name}, {times} times what it was {then}")  # fmt: skip
UP = Words("{name}上升 {size}", "up {size} {name}")
DOWN = Words("{name}下降 {size}", "down {size} {name}")
UP_POINTS = Words("{name}提高 {size} 个百分点", "up {size} points {name}")
DOWN_POINTS = Words("{name}降低 {size} 个百分点", "down {size} points {name}")


@dataclass(frozen=True, slots=True)
class _Said:
    basis: Basis
    language: str

    def __call__(self, words: Words, **more: str) -> str:
        names = {
            "name": self.basis.name.in_(self.language),
            "then": self.basis.then.in_(self.language),
        }
        return words.in_(self.language).format(**names, **more)


def _percent(now: float, then: float, said: _Said) -> str:
    share = (Decimal(repr(float(now))) / Decimal(repr(float(then))) - 1) * 100
    if abs(share) <= _FLAT:
        return said(LEVEL)
    size = f"{abs(share).quantize(Decimal('0.1'), ROUND_HALF_UP):,}"
    if share > _DOUBLED:
        return said(TIMES, size=size, times=_plain(half_up(now / then, 1)))
    return said(MORE if share > 0 else LESS, size=size)


def _difference(now: float, then: float, kind: str, said: _Said) -> str:
    """The difference of the rounded numbers, so that a reader who subtracts finds the same."""
    gone = rounded(now, kind) - rounded(then, kind)
    if gone == 0:
        return said(LEVEL)
    size = f"{abs(gone):,.{KINDS[kind]}f}"
    if kind in ("share", "points"):
        return said(UP_POINTS if gone > 0 else DOWN_POINTS, size=size)
    return said(UP if gone > 0 else DOWN, size=size)


def _amount(value: Decimal, unit: str, language: str) -> str:
    if language != "zh" or abs(value) < _WAN:
        return f"{_signed(value, 0)} {unit}".rstrip()
    # Rounding may carry into the next unit: 99 999 999 is 1亿, not 10000万.
    large, name = value / _YI, "亿"
    if abs((value / _WAN).quantize(Decimal("0.01"), ROUND_HALF_UP)) < _WAN:
        large, name = value / _WAN, "万"
    return f"{_whole(large.quantize(Decimal('0.01'), ROUND_HALF_UP))}{name}{unit}"


def _share(value: float, language: str) -> str:
    """Write a share; one that only rounds to nothing or to all is not told as that."""
    text = digits(value, "share")
    if text == "0.0" and value > 0:
        return Words("不足 0.1%", "under 0.1%").in_(language)
    if text == "100.0" and value < 1:
        return Words("99.9% 以上", "over 99.9%").in_(language)
    return f"{text}%"


def _whole(value: Decimal) -> str:
    """Write with two decimals, or with none where they are nothing: 12.50, 100."""
    return _signed(value, 0 if value == value.to_integral_value() else 2)


def _plain(value: Decimal) -> str:
    """Write a decimal without zeros at its end."""
    text = f"{abs(value):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return MINUS + text if value < 0 else text


def _signed(value: Decimal, places: int) -> str:
    return (MINUS if value < 0 else "") + f"{abs(value):,.{places}f}"
