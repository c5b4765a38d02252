"""The groups a ranking compares: the codes of a dimension, or the chains of the city."""

from __future__ import annotations

from dataclasses import dataclass

from talentmap.cube.release import Release
from talentmap.model.codes import code_table
from talentmap.model.errors import UserError, unknown
from talentmap.model.question import Question

RANKED = ("industry", "occupation", "specialty", "education", "title", "chain")


@dataclass(frozen=True, slots=True)
class Groups:
    """A column of the cube, and per group its code, name and the integers of the column.

    All of them are the yardstick of a ranking; `shown` are the positions it lists.
    """

    column: str
    codes: list[str]
    names: list[str]
    members: list[list[int]]
    shown: list[int]


def groups_of(release: Release, question: Question, dimension: str, language: str) -> Groups:
    """Return the roots of a dimension, what is below a filter by it, or the chains.

    Raises UserError for a dimension that cannot be ranked.
    """
    if dimension not in RANKED:
        raise unknown("dimension", dimension, RANKED)
    if dimension == "chain":
        return _chains(release, language)
    table, present = code_table(dimension), release.info.codes[dimension]
    chosen = getattr(question, dimension)
    below = [c for c in present if chosen and table.codes[c].parent == chosen]
    if not chosen or (not below and not table.codes[chosen].parent):
        codes = [c for c in table.roots() if c in present]
        wanted = [chosen] if chosen else codes
    else:  # against all of the same depth, so that two siblings are not their own yardstick
        codes = [c for c in present if table.codes[c].parent]
        wanted = below or [chosen]
    return _listed(release, dimension, codes, wanted, language)


def _listed(
    release: Release, dimension: str, codes: list[str], wanted: list[str], language: str
) -> Groups:
    table, book = code_table(dimension), release.codebooks[dimension]
    columns = [book.column_for(code) for code in codes]
    return Groups(
        columns[0][0] if columns else f"{dimension}_top",
        codes,
        [table.name(code, language, short=True) for code in codes],
        [integers for _, integers in columns],
        [codes.index(code) for code in wanted if code in codes],
    )


def _chains(release: Release, language: str) -> Groups:
    """The chains of the city, with the industries as their yardstick."""
    chains = release.info.chains
    if not chains:
        raise UserError(
            "chain: the city's profile names no industry chains ([[chain]] in city.toml)"
        )
    table, book = code_table("industry"), release.codebooks["industry"]
    roots = [c for c in table.roots() if c in release.info.codes["industry"]]
    return Groups(
        "industry",
        [*chains, *roots],
        [n.in_(language) for n, _ in chains.values()] + [table.name(c, language) for c in roots],
        [book.integers(codes) for _, codes in chains.values()]
        + [book.integers([c]) for c in roots],
        list(range(len(chains))),
    )


def without(question: Question, dimension: str) -> Question:
    """Return the question without the filter the groups stand for."""
    gone = {"industry": "", "chain": ""} if dimension in ("industry", "chain") else {dimension: ""}
    return question.but(**gone)
