"""The data quality report: from the batches of the release, and what the tier sees of it."""

from talentmap.model.words import Words
from talentmap.reports.content.asker import Asker
from talentmap.reports.content.kind import Report
from talentmap.reports.content.model import Block
from talentmap.reports.sections.methods import methods
from talentmap.reports.sections.quality import batches, coverage, states


def write(asker: Asker) -> list[Block]:
    """导入, 退回与修正, 位置精度, 隐去与缺失, 方法. Raises NotAllowed for the public tier."""
    asker.office.check()
    return [*batches(asker), *coverage(asker), *states(asker), *methods(asker)]


REPORT = Report(
    "quality",
    Words("数据质量报告", "Data quality report"),
    Words(
        "导入、退回与修正、位置精度、隐去与缺失",
        "What came in, what was refused, precision of positions, what is hidden",
    ),
    write,
    needs=(),
)
