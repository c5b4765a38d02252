"""What a report is about, in words: its place, its filters, its title, and its limits."""

from __future__ import annotations

from talentmap.model import months
from talentmap.model.codes import code_table
from talentmap.model.question import FILTERS
from talentmap.model.words import Words
from talentmap.reports.content.asker import Asker
from talentmap.reports.content.rows import only

DIMENSIONS = {
    "industry": Words("行业", "Industry"),
    "chain": Words("产业链", "Industry chain"),
    "occupation": Words("职业", "Occupation"),
    "specialty": Words("专业", "Specialty"),
    "education": Words("学历", "Education"),
    "title": Words("职称", "Title"),
    "age": Words("年龄", "Age"),
    "wage": Words("工资", "Wage"),
}
AT = {
    "work": Words("人才按工作地统计", "people counted where they work"),
    "home": Words("人才按居住地统计", "people counted where they live"),
}
TIERS = {
    "public": Words("公开", "public"),
    "internal": Words("内部", "internal"),
    "authorised": Words("授权", "authorised"),
}
RULES = {
    "public": Words(
        "每个数字背后不少于 10 人、3 家单位，人数取整到 5；不足的显示“已隐去”",
        "at least 10 persons and 3 enterprises behind every number, counts rounded to 5; "
        "what falls short reads “hidden”",
    ),
    "internal": Words(
        "每个数字背后不少于 5 人；不足的显示“已隐去”",
        "at least 5 persons behind every number; what falls short reads “hidden”",
    ),
    "authorised": Words(
        "按收到的数据，未隐去；请勿外传", "as taken in, nothing hidden: do not pass on"
    ),
}
SYNTHETIC = Words("演示数据（合成）", "Demo data (synthetic)")
ALL_INDUSTRIES = Words("全部行业", "all industries")
_SYNTHETIC_SOURCE = Words("{text}，均为{mark}", "{text}; all of it: {mark}")
_LABELS = {
    "scope": Words("范围与条件", "Scope and filters"),
    "month": Words("数据月份", "Data month"),
    "release": Words("数据版本", "Release"),
    "source": Words("数据来源", "Source"),
    "tier": Words("查看级别", "Tier"),
    "hidden": Words("隐去规则", "Suppression"),
}
_NAMES = {  # what an office's file is called in a report
    "people": Words("人才数据", "people data"),
    "enterprises": Words("企业数据", "enterprise data"),
    "vacancies": Words("岗位数据", "vacancy data"),
    "places": Words("地点数据", "place data"),
}


def place_name(asker: Asker) -> str:
    """Return the name of the report's place, empty for the whole city."""
    kind, code = asker.question.place_parts()
    if not kind:
        return ""
    place = asker.desk.info.place(kind, code)
    if place is not None:
        return place.name.in_(asker.language)
    alone = dict.fromkeys((*FILTERS, "chain"), "")
    name = only(asker.may(lambda: asker.ask("supply", level=asker.level(), **alone))).name
    return name or asker.say(Words("所选范围", "the chosen area"))


def where(asker: Asker) -> str:
    """Return the report's place with its city: 济南市历下区."""
    city, place = asker.desk.info.city.in_(asker.language), place_name(asker)
    if not place:
        return city
    return f"{city}{place}" if asker.language == "zh" else f"{place}, {city}"


def subject(asker: Asker, short: bool = False) -> str:
    """Return the industry or chain of the report, empty for all of them."""
    q = asker.question
    if q.chain:
        return asker.desk.info.chains[q.chain][0].in_(asker.language)
    return code_table("industry").name(q.industry, asker.language, short) if q.industry else ""


def filters(asker: Asker) -> list[tuple[str, str]]:
    """Return (dimension, name of the code) of every filter, the industry or chain first."""
    q = asker.question
    named = [(DIMENSIONS["chain"], subject(asker))] if q.chain else []
    named += [
        (DIMENSIONS[name], code_table(name).name(code, asker.language))
        for name, code in q.filters().items()
    ]
    return [(words.in_(asker.language), name) for words, name in named]


def sentence(asker: Asker) -> str:
    """Return place, filters, side and month as one sentence: the filters of every file."""
    colon, comma = ("：", "，") if asker.language == "zh" else (": ", "; ")
    parts = [where(asker)]
    parts += [f"{label}{colon}{name}" for label, name in filters(asker)]
    if not subject(asker):
        parts.append(asker.say(ALL_INDUSTRIES))
    parts += [AT[asker.question.at].in_(asker.language), month_words(asker)]
    return comma.join(parts)


def month_words(asker: Asker) -> str:
    """Return the report's month as people write it."""
    return months.to_words(asker.month, asker.language)


def marks(asker: Asker) -> tuple[str, ...]:
    """Return what must stand on every page."""
    return (asker.say(SYNTHETIC),) if asker.desk.info.synthetic else ()


def watermark(asker: Asker) -> str:
    """Return the watermark of the authorised tier, empty below it."""
    if asker.viewer.tier != "authorised":
        return ""
    words = Words("授权级 · {city} · {release}", "Authorised · {city} · {release}")
    city = asker.desk.info.city.in_(asker.language)
    return asker.say(words, city=city, release=asker.desk.info.name)


def facts(asker: Asker) -> tuple[tuple[str, str], ...]:
    """Return (label, words) of what every file says of itself."""
    tier = asker.viewer.tier
    told = {
        "scope": sentence(asker),
        "month": month_words(asker),
        "release": asker.desk.info.name,
        "source": sources(asker),
        "tier": asker.say(TIERS[tier]),
        "hidden": asker.say(RULES[tier]),
    }
    return tuple((asker.say(_LABELS[name]), words) for name, words in told.items())


def sources(asker: Asker) -> str:
    """Return where the release's numbers come from, by the tables that were taken in."""
    has = asker.desk.release.manifest["has"]
    tables = sorted({batch.rsplit("-", 1)[0] for batch in asker.desk.release.manifest["batches"]})
    names = [asker.say(_NAMES[t]) for t in tables if t in _NAMES and has.get(t, True)]
    text = ("、" if asker.language == "zh" else ", ").join(names)
    if not asker.desk.info.synthetic:
        return text
    return asker.say(_SYNTHETIC_SOURCE, text=text, mark=asker.say(SYNTHETIC))


def table_name(asker: Asker, table: str) -> str:
    """Return what a table of the intake is called in a report."""
    return _NAMES[table].in_(asker.language) if table in _NAMES else table
