"""The brief of two pages: numbers to read first, a map, the scarcest, what may be done."""

from dataclasses import replace

from talentmap.model.words import Words
from talentmap.reports.content.asker import Asker
from talentmap.reports.content.kind import Report
from talentmap.reports.content.model import Block, Heading, Paragraph, Points
from talentmap.reports.content.rows import known, rows_of
from talentmap.reports.sections.advice import advice
from talentmap.reports.sections.commuting import here, here_said
from talentmap.reports.sections.industries import titled
from talentmap.reports.sections.methods import closing
from talentmap.reports.sections.places import cell_maps
from talentmap.reports.sections.ranked import bars, said
from talentmap.reports.sections.totals import figures, measures, sentences, table

_BARS, _ADVICE = 8, 3
_FIRST = Words("供需", "Supply and demand")
_COMMUTE = Words("职住", "Work and home")


def write(asker: Asker) -> list[Block]:
    """供需, 行业, 职住, 地图, 建议, 说明: what goes on two pages."""
    return [*_totals(asker), *_industries(asker), *_commute(asker), *_map(asker), *_advice(asker),
            closing(asker)]  # fmt: skip


def _totals(asker: Asker) -> list[Block]:
    found = measures(asker)
    if not found:
        return []
    return [
        Heading(asker.say(_FIRST)), figures(asker, found), *sentences(asker, found),
        table(asker, found),
    ]  # fmt: skip


def _industries(asker: Asker) -> list[Block]:
    what, title = titled(asker)
    dimension = "chain" if asker.question.chain else "industry"
    rows = rows_of(asker.may(lambda: asker.ranking(dimension), title))
    drawn = known(rows)[:_BARS]
    if len(drawn) < 2:
        return []
    told = [Paragraph(text) for text in said(asker, rows, what)]
    return [Heading(title), *told, bars(asker, drawn, title, title)]


def _commute(asker: Asker) -> list[Block]:
    own = asker.may(lambda: here(asker))
    if own is None or not asker.question.place or own["jobs_housing_ratio"].number is None:
        return []
    return [Heading(asker.say(_COMMUTE)), Paragraph(here_said(asker, own))]


def _map(asker: Asker) -> list[Block]:
    return list(cell_maps(asker)[:1])


def _advice(asker: Asker) -> list[Block]:
    return [
        replace(b, items=b.items[:_ADVICE]) if isinstance(b, Points) else b for b in advice(asker)
    ]


REPORT = Report(
    "district",
    Words("人才简报", "Talent brief"),
    Words("两页：供需、行业、职住、地图、建议", "Two pages: numbers, industries, map, advice"),
    write,
    contents=False,
)
