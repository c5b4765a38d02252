"""The report on what enterprises want."""

from talentmap.model.words import Words
from talentmap.reports.content.asker import Asker
from talentmap.reports.content.kind import Report
from talentmap.reports.content.model import Block
from talentmap.reports.sections.firms import firms, wanted_by
from talentmap.reports.sections.gaps import gaps
from talentmap.reports.sections.methods import methods
from talentmap.reports.sections.totals import totals


def write(asker: Asker) -> list[Block]:
    """总体供需, 需求构成, 用人单位, 缺口, 方法."""
    return [*totals(asker), *wanted_by(asker), *firms(asker), *gaps(asker), *methods(asker)]


REPORT = Report(
    "enterprise",
    Words("企业人才需求报告", "Enterprise demand report"),
    Words(
        "岗位总量、按行业职业专业学历的构成、用人单位、缺口",
        "Openings by industry, occupation, specialty and education; employers; gaps",
    ),
    write,
    needs=("demand",),
)
