"""The shortage report, in the order officials use."""

from talentmap.model.words import Words
from talentmap.reports.content.asker import Asker
from talentmap.reports.content.kind import Report
from talentmap.reports.content.model import Block
from talentmap.reports.sections.advice import advice
from talentmap.reports.sections.commuting import commuting
from talentmap.reports.sections.gaps import gaps
from talentmap.reports.sections.industries import industries
from talentmap.reports.sections.methods import methods
from talentmap.reports.sections.places import level_of, places
from talentmap.reports.sections.totals import totals
from talentmap.reports.sections.wanted import wanted


def write(asker: Asker) -> list[Block]:
    """总体供需, 重点产业, 缺口, 紧缺目录, 区域, 职住, 建议, 方法."""
    return [
        *totals(asker),
        *industries(asker),
        *gaps(asker),
        *wanted(asker),
        *places(asker),
        *commuting(asker, level_of(asker)),
        *advice(asker),
        *methods(asker),
    ]


REPORT = Report(
    "shortage",
    Words("人才紧缺报告", "Talent shortage report"),
    Words(
        "供需、重点产业、缺口与目录、区域与职住、建议、方法",
        "Supply and demand, industries, gaps and catalogue, places and commuting, advice, methods",
    ),
    write,
)
