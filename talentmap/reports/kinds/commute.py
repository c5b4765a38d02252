"""The commute report: who works and lives in the scope, and how they come and go."""

from talentmap.model.words import Words
from talentmap.reports.content.asker import Asker
from talentmap.reports.content.kind import Report
from talentmap.reports.content.model import Block
from talentmap.reports.sections.commuting import commuting
from talentmap.reports.sections.methods import methods
from talentmap.reports.sections.places import level_of
from talentmap.reports.sections.ways import distances, lines, measures


def write(asker: Asker) -> list[Block]:
    """职住关系, 距离与方向, 通勤监测指标, 接驳, 方法."""
    return [
        *commuting(asker, level_of(asker)), *distances(asker), *measures(asker), *lines(asker),
        *methods(asker),
    ]  # fmt: skip


REPORT = Report(
    "commute",
    Words("职住报告", "Commute report"),
    Words(
        "职住比、流入流出、流向、距离与方向、监测指标、接驳",
        "Jobs and residents, in and out, flows, distances, published measures, shuttles",
    ),
    write,
    needs=("supply",),
)
