"""The commute report: who works and lives in the scope, and how they come and go."""

from talentmap.model.words import Words
from talentmap.reports.content.asker import Asker
from talentmap.reports.content.kind import Report
from talentmap.reports.content.model import Block
from talentmap.reports.sections.commuting import commuting
from talentmap.reports.sections.methods import methods
from talentmap.reports.sections.places import level_of


def write(asker: Asker) -> list[Block]:
    """职住关系, 方法."""
    return [*commuting(asker, level_of(asker)), *methods(asker)]


REPORT = Report(
    "commute",
    Words("职住报告", "Commute report"),
    Words("职住比、流入流出、流向、距离", "Jobs and residents, in and out, flows, distances"),
    write,
    needs=("supply",),
)
