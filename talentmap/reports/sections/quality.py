"""数据质量: what came in, what was refused and why, how positions are known, what is hidden."""

from __future__ import annotations

from talentmap.answers.office import BatchReport
from talentmap.model import months
from talentmap.model.answer import INSUFFICIENT, MISSING, OK, SUPPRESSED
from talentmap.model.words import Words
from talentmap.privacy.planes import TIER_RULES
from talentmap.reports.content.asker import Asker
from talentmap.reports.content.model import (
    Block,
    Cell,
    Chart,
    Column,
    Heading,
    Paragraph,
    Series,
    Table,
)
from talentmap.reports.content.rows import places_of
from talentmap.reports.content.scope import table_name
from talentmap.reports.words import number, sentences

BATCHES = Words("导入情况", "What came in")
REASONS = Words("退回与修正", "Refused and mended")
PLACES = Words("位置精度", "How positions are known")
HIDDEN = Words("隐去与缺失", "Hidden and missing")
_SAID = Words(
    "本版数据来自 {count} 个批次，读入 {rows}，接受 {accepted}（{share}），退回 {refused}。",
    "The release rests on {count} batches: {rows} read, {accepted} ({share}) accepted, {refused} "
    "refused.",
)
_NEW = Words("另有 {n} 个批次尚未构建进本版。", "{n} batches are not yet built into it.")
_NONE_REFUSED = Words("没有退回的行。", "No row was refused.")
_NOTHING = Words("没有退回、修正或未识别的内容。", "Nothing was refused, mended or not understood.")
_ROWS = Words("行", "rows")
_BATCH_HEADS = (
    (Words("批次", "Batch"), "text", 1.6), (Words("数据", "Table"), "text", 1.1),
    (Words("文件", "File"), "text", 2.2), (Words("截至", "As of"), "text", 0.9),
    (Words("读入", "Read"), "count", 1.0), (Words("接受", "Accepted"), "count", 1.0),
    (Words("退回", "Refused"), "count", 0.9), (Words("退回率%", "Refused %"), "share", 0.9),
)  # fmt: skip
_REASON_HEADS = (
    (Words("批次", "Batch"), "text", 1.3), (Words("类别", "Kind"), "text", 0.8),
    (Words("原因", "Reason"), "text", 4.0), (Words("行数", "Rows"), "count", 0.8),
)  # fmt: skip
_KINDS = {
    "refused": Words("退回", "refused"),
    "mended": Words("修正", "mended"),
    "unread": Words("未识别", "not understood"),
}
_PRECISION = {
    "exact": Words("坐标", "exact"),
    "place": Words("地点", "place"),
    "district": Words("区县", "district"),
    "none": Words("不明", "none"),
}
_SIDES = {
    "home": Words("人才居住地", "People by home"),
    "work": Words("人才工作地", "People by workplace"),
    "enterprises": Words("企业", "Enterprises"),
    "vacancies": Words("岗位", "Vacancies"),
}
_SIDE, _ALL = Words("数据", "Records"), Words("合计", "All")
_OUTSIDE, _UNKNOWN = Words("市外", "Outside"), Words("区县不明", "District unknown")
_POSITION_SAID = Words(
    "{name}中 {share} 的位置精确到坐标。", "{share} of {name} have exact positions."
)
_COVERAGE_TABLE = Words("各类数据的位置精度", "Precision of positions")
_DISTRICT_TABLE = Words("各区县记录数", "Records by district")
_LEVELS = {
    "district": Words("区县", "Districts"), "park": Words("园区", "Parks"),
    "cell7": Words("网格（约 5 平方公里）", "Hexagons of about 5 km²"),
    "cell8": Words("网格（约 0.7 平方公里）", "Hexagons of about 0.7 km²"),
}  # fmt: skip
_HIDDEN_TABLE = Words("各级数字的状态", "Numbers by state")
_LEVEL, _METRIC = Words("级别", "Level"), Words("指标", "Measure")
_STATES = {
    OK: Words("有数", "shown"), SUPPRESSED: Words("已隐去", "hidden"),
    INSUFFICIENT: Words("数据不足", "too few data"), MISSING: Words("无数据", "missing"),
}  # fmt: skip
_HIDDEN_SAID = Words(
    "下表统计当前级别在各级地区上能看到的数字：有数、已隐去、数据不足与无数据各多少。",
    "The table counts what this tier sees at each level: shown, hidden, of too few data, missing.",
)


def batches(asker: Asker) -> list[Block]:
    """Return the batches of the release: rows in = accepted + refused."""
    found, built = _built(asker)
    if not found:
        return []
    rows, accepted = sum(b.rows_in for b in found), sum(b.accepted for b in found)
    lang, unit = asker.language, asker.say(_ROWS)
    text = asker.say(
        _SAID, count=len(found), rows=number(rows, "count", lang, unit),
        accepted=number(accepted, "count", lang, unit),
        share=number(accepted / rows, "share", lang) if rows else "—",
        refused=number(rows - accepted, "count", lang, unit),
    )  # fmt: skip
    text = sentences([text, asker.say(_NEW, n=built) if built else ""], lang)
    title = asker.say(BATCHES)
    body = tuple(_batch(asker, b) for b in found)
    table = Table(title, title, _columns(asker, _BATCH_HEADS), body)
    return [Heading(title), Paragraph(text, "lead"), table, *_reasons(asker, found)]


def coverage(asker: Asker) -> list[Block]:
    """Return how well positions are known, by kind of record and by district."""
    found = asker.office.coverage()
    if not found:
        return []
    names = list(_PRECISION)
    sides = {side: _summed(places) for side, places in found.items() if side in _SIDES}
    title = asker.say(PLACES)
    lines = [
        asker.say(_POSITION_SAID, name=asker.say(_SIDES[side]),
                  share=number(counts.get("exact", 0) / max(1, sum(counts.values())), "share",
                               asker.language))
        for side, counts in sides.items()
    ]  # fmt: skip
    columns = (
        Column(asker.say(_SIDE), "text", 1.8),
        *(Column(asker.say(_PRECISION[n]), "count") for n in names),
        Column(asker.say(_ALL), "count"),
    )
    body = tuple(
        (
            Cell(asker.say(_SIDES[side])), *(Cell(float(counts.get(n, 0))) for n in names),
            Cell(float(sum(counts.values()))),
        )
        for side, counts in sides.items()
    )  # fmt: skip
    caption = asker.say(_COVERAGE_TABLE)
    stack = _stack(asker, sides, caption)
    table = Table(caption, caption, columns, body)
    return [
        Heading(title),
        Paragraph(sentences(lines, asker.language)),
        stack,
        table,
        _by_district(asker, found),
    ]


def states(asker: Asker) -> list[Block]:
    """Return how many numbers of each level are shown, hidden, insufficient and missing."""
    levels = [n for n in _LEVELS if n in TIER_RULES[asker.viewer.tier].levels]
    body = []
    for level in levels:
        for metric in ("supply", "demand", "scarcity"):
            answer = asker.may(lambda m=metric, v=level: asker.ask(m, level=v))  # type: ignore[misc]
            rows = places_of(answer)
            if rows:
                name = asker.desk.metrics[metric].name.in_(asker.language)
                counted = [Cell(float(sum(r.status == s for r in rows))) for s in _STATES]
                body.append((Cell(asker.say(_LEVELS[level])), Cell(name), *counted))
    if not body:
        return []
    title = asker.say(_HIDDEN_TABLE)
    columns = (
        Column(asker.say(_LEVEL), "text", 2.2), Column(asker.say(_METRIC), "text", 1.2),
        *(Column(asker.say(w), "count") for w in _STATES.values()),
    )  # fmt: skip
    said = Paragraph(asker.say(_HIDDEN_SAID))
    return [Heading(asker.say(HIDDEN)), said, Table(title, title, columns, tuple(body))]


def _built(asker: Asker) -> tuple[list[BatchReport], int]:
    """Return the batches the release was built from, and how many there are beside."""
    inside = set(asker.desk.release.manifest["batches"])
    live = asker.office.batches()[::-1]
    return [b for b in live if b.batch in inside], sum(b.batch not in inside for b in live)


def _columns(asker: Asker, heads: tuple[tuple[Words, str, float], ...]) -> tuple[Column, ...]:
    return tuple(Column(words.in_(asker.language), kind, width) for words, kind, width in heads)


def _batch(asker: Asker, b: BatchReport) -> tuple[Cell, ...]:
    as_of = months.to_text(b.as_of) if b.as_of is not None else "—"
    share = b.refused / b.rows_in if b.rows_in else 0.0
    counts = (Cell(float(b.rows_in)), Cell(float(b.accepted)), Cell(float(b.refused)))
    names = (Cell(b.batch), Cell(table_name(asker, b.table)), Cell(b.file), Cell(as_of))
    return (*names, *counts, Cell(share))


def _reasons(asker: Asker, found: list[BatchReport]) -> list[Block]:
    rows = [
        (b.batch, kind, reason, count)
        for b in found
        for kind, counts in (("refused", b.reasons), ("mended", b.mended), ("unread", b.unread))
        for reason, count in sorted(counts.items(), key=lambda item: -item[1])
    ]
    title = asker.say(REASONS)
    if not rows:
        return [Heading(title), Paragraph(asker.say(_NOTHING))]
    body = tuple(
        (
            Cell(batch), Cell(asker.say(_KINDS[kind])),
            Cell(asker.office.reason(reason, asker.language)), Cell(float(count)),
        )
        for batch, kind, reason, count in rows
    )  # fmt: skip
    said = [] if any(b.refused for b in found) else [Paragraph(asker.say(_NONE_REFUSED))]
    return [Heading(title), *said, Table(title, title, _columns(asker, _REASON_HEADS), body)]


def _summed(places: dict[str, dict[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for counts in places.values():
        for name, count in counts.items():
            total[name] = total.get(name, 0) + count
    return total


def _stack(asker: Asker, sides: dict[str, dict[str, int]], title: str) -> Chart:
    series = tuple(
        Series(
            words.in_(asker.language),
            tuple(c.get(name, 0) / max(1, sum(c.values())) for c in sides.values()),
        )
        for name, words in _PRECISION.items()
    )
    names = tuple(asker.say(_SIDES[side]) for side in sides)
    return Chart(title, title, "stack", "share", names, series)


def _by_district(asker: Asker, found: dict[str, dict[str, dict[str, int]]]) -> Table:
    sides = [side for side in _SIDES if side in found]
    known = {p.code: p.name.in_(asker.language) for p in asker.desk.info.places.get("district", ())}
    known |= {"outside": asker.say(_OUTSIDE), "": asker.say(_UNKNOWN)}
    codes = [c for c in known if any(c in found[side] for side in sides)]
    columns = (
        Column(asker.say(_LEVELS["district"]), "text", 1.6),
        *(Column(asker.say(_SIDES[side]), "count") for side in sides),
    )
    body = tuple(
        (Cell(known[c]), *(Cell(float(sum(found[s].get(c, {}).values()))) for s in sides))
        for c in codes
    )
    title = asker.say(_DISTRICT_TABLE)
    return Table(title, title, columns, body)
