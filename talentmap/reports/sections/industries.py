"""重点产业: the industry chains and the industries of the scope by scarcity."""

from __future__ import annotations

from talentmap.model.codes import code_table
from talentmap.model.words import Words
from talentmap.reports.content.asker import Asker
from talentmap.reports.content.model import Block, Heading
from talentmap.reports.content.rows import known, rows_of
from talentmap.reports.sections.ranked import ranked

TITLE = Words("重点产业", "Key industries")
_CHAINS = Words("产业链紧缺情况", "Scarcity by industry chain")
_INDUSTRIES = Words("各行业紧缺情况", "Scarcity by industry")
_BRANCHES = Words("{name}细分行业紧缺情况", "Scarcity within {name}")
_CHAIN_WORD = Words("产业链", "industry chains")
_INDUSTRY_WORD = Words("行业", "industries")
_BRANCH_WORD = Words("细分行业", "branches")


def industries(asker: Asker) -> list[Block]:
    """Return the section; empty where nothing can be ranked."""
    parts: list[Block] = []
    if asker.desk.info.chains and not asker.question.industry:
        title = asker.say(_CHAINS)
        parts += _part(asker, "chain", _CHAIN_WORD, title)
    if not asker.question.chain:
        parts += _part(asker, "industry", *titled(asker))
    return [Heading(asker.say(TITLE)), *parts] if parts else []


def titled(asker: Asker) -> tuple[Words, str]:
    """Return what is ranked (industries, or branches of one) and the title of its ranking."""
    code = asker.question.industry
    if not code:
        return _INDUSTRY_WORD, asker.say(_INDUSTRIES)
    name = code_table("industry").name(code, asker.language, short=True)
    return _BRANCH_WORD, asker.say(_BRANCHES, name=name)


def _part(asker: Asker, dimension: str, what: Words, title: str) -> list[Block]:
    answer = asker.may(lambda: asker.ranking(dimension), title)
    if answer is None or not known(rows_of(answer)):
        return []
    return [Heading(title, 2), *ranked(asker, answer, what, title, title)]
