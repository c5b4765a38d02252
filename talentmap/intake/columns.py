"""Which column of a file is which: by name, never by order, and never by a mere likeness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from pypinyin import lazy_pinyin
from rapidfuzz import fuzz, process

from talentmap.intake.inputs import STATED, columns_of
from talentmap.intake.mapping import FileMapping
from talentmap.intake.names import normal, without_hint
from talentmap.intake.vocabulary import Vocabulary
from talentmap.model.errors import UserError, unknown
from talentmap.model.schemas import Column

_NEAR_SCORE, _SUGGESTED_SCORE = 60, 75
_MOST_NEAR = 3
_SHORTEST_PINYIN = 4
_LOOKS_LIKE_DATA = re.compile(r"[\d\s.,:/+\-]*")
# Headings of statistics: counts of persons by area, which are no persons.
_TOTALS = re.compile(
    r"合计|小计|比重|占比|人口|户数|平均|\(%\)|（%）|total|percent|share", re.IGNORECASE
)
_MANY_TOTALS = 3


@dataclass(frozen=True)
class Match:
    """Columns of a table found in a file.

    `named`: {name of ours: name in the file}; `hints`: {name of ours: what stood in brackets};
    `near`: {name in the file: ours that it may be}; `constants`: {name of ours: value of all rows};
    `ignored`: columns of the file left alone because the mapping says so.
    """

    table: str
    named: Mapping[str, str]
    unused: tuple[str, ...] = ()  # columns of the file that mean a column already taken
    hints: Mapping[str, str] = field(default_factory=dict)
    near: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()

    def caveats(self) -> list[str]:
        """Return a line for each column left aside though it means, or may mean, something."""
        same = [f"column {name!r} was not used: another one means the same" for name in self.unused]
        return same + [
            f"column {name!r} was not used: it may be {ours} (--mapping)"
            for name, ours in self.near.items()
        ]


def match_columns(
    table: str,
    header: Sequence[str],
    file: str,
    vocabulary: Vocabulary | None = None,
    mapping: FileMapping | None = None,
) -> Match:
    """Match the header of a file to the columns of a table; see find_columns.

    Raise UserError, besides, where a required one, or a whole group of alternatives, is not there.
    """
    match = find_columns(table, header, file, vocabulary, mapping)
    if (missing := missing_columns(match, header, file, vocabulary)) is not None:
        raise missing
    return match


def find_columns(
    table: str,
    header: Sequence[str],
    file: str,
    vocabulary: Vocabulary | None = None,
    mapping: FileMapping | None = None,
) -> Match:
    """Match the header of a file to the columns of a table as far as it goes.

    A mapping is believed first, then exact names (own name before synonyms, in their order), then
    names without their brackets, then pinyin in full; likeness only makes suggestions. Raise
    UserError naming the file and the column where the mapping names one that is not there.
    """
    mapping = mapping or FileMapping()
    header = [name for name in header if name not in mapping.ignore]
    names = (vocabulary or Vocabulary()).column_names(table)
    hits, hints = _hits(header, names)
    named = _mapped(header, file, mapping)
    unused: list[str] = []
    for column in columns_of(table):
        if column.name in named or column.name in mapping.constants:
            continue
        found = sorted(hits.get(column.name, ()), key=lambda name: _rank(column, name))
        found = [name for name in found if name not in mapping.columns.values()]
        if found:
            named[column.name] = found[0]
            unused += found[1:]
    given = {*named, *mapping.constants}
    left = [name for name in header if name not in {*named.values(), *unused}]
    open_names = {text: ours for text, ours in names.items() if ours not in given}
    return Match(
        table,
        named,
        tuple(unused),
        {ours: hints[name] for ours, name in named.items() if name in hints},
        _near(left, open_names),
        dict(mapping.constants),
        mapping.ignore,
    )


def known_names(
    table: str, vocabulary: Vocabulary | None = None, mapping: FileMapping | None = None
) -> frozenset[str]:
    """Return the names by which a header of a table is known, normalised."""
    names = (vocabulary or Vocabulary()).column_names(table)
    return frozenset([*names, *map(normal, (mapping or FileMapping()).columns.values())])


def _hits(
    header: Sequence[str], names: Mapping[str, str]
) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Return {column: names in the file} and {name in the file: hint in its brackets}."""
    hits: dict[str, list[str]] = {}
    hints: dict[str, str] = {}
    for name in header:
        bare, hint = without_hint(name)
        ours = names.get(normal(name)) or names.get(bare) or _by_pinyin(name, names)
        if ours:
            hits.setdefault(ours, []).append(name)
            if hint:
                hints[name] = hint
    return hits, hints


def _by_pinyin(name: str, names: Mapping[str, str]) -> str | None:
    text = normal(name)
    if not text.isascii() or len(text) < _SHORTEST_PINYIN:
        return None
    return _pinyin(tuple(names.items())).get(text)


@cache
def _pinyin(names: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return {pinyin of a Chinese name: column}; one that two columns share is left out."""
    found: dict[str, str | None] = {}
    for name, ours in names:
        if not name.isascii():
            text = "".join(lazy_pinyin(name))
            found[text] = ours if found.get(text, ours) == ours else None
    return {text: ours for text, ours in found.items() if ours}


def _rank(column: Column, name: str) -> int:
    """Return the place of a name among those of a column: its own, its synonyms, any other."""
    ordered = [normal(known) for known in (column.name, *column.synonyms)]
    return ordered.index(normal(name)) if normal(name) in ordered else len(ordered)


def _mapped(header: Sequence[str], file: str, mapping: FileMapping) -> dict[str, str]:
    present = {normal(name): name for name in reversed(header)}
    named = {}
    for ours, name in mapping.columns.items():
        found = name if name in header else present.get(normal(name))
        if found is None:
            raise unknown(f"{file}: mapping of {ours}: column", name, header)
        named[ours] = found
    return named


def missing_columns(
    match: Match, header: Sequence[str], file: str, vocabulary: Vocabulary | None = None
) -> UserError | None:
    """Return what is to be said of a needed column that was not found, None where all are there."""
    table, given = match.table, {*match.named, *match.constants}
    names = (vocabulary or Vocabulary()).column_names(table)
    groups: dict[str, list[Column]] = {}
    for column in columns_of(table):
        if column.one_of:
            groups.setdefault(column.one_of, []).append(column)
        elif column.required and column.name not in given and column.name not in STATED[table]:
            return _missing(file, header, [column], names)
    for columns in groups.values():
        if not any(column.name in given for column in columns):
            return _missing(file, header, columns, names)
    stated = [column for column in columns_of(table) if column.name in STATED[table]]
    if table == "vacancies" and not any(column.name in given for column in stated):
        return _missing(file, header, stated, names)
    return None


def _missing(
    file: str, header: Sequence[str], columns: Sequence[Column], names: Mapping[str, str]
) -> UserError:
    wanted = " or ".join(_label(column) for column in columns)
    what = "no column" if len(columns) == 1 else "none of the columns"
    if _is_data(header):  # then its words are values of a row, which no message may show
        return UserError(f"{file}: {what} {wanted}; row 1 does not look like a header")
    if sum(_TOTALS.search(name) is not None for name in header) >= _MANY_TOTALS:
        return UserError(
            f"{file}: {what} {wanted}; its columns are totals by area (such as "
            f"{next(name for name in header if _TOTALS.search(name))}), a row being a district and "
            "not a person or a thing: statistics cannot be taken in as records"
        )
    ours = {column.name for column in columns}
    texts = [text for text, name in names.items() if name in ours]
    scores = {
        name: process.extractOne(normal(name), texts, scorer=fuzz.ratio)[1]
        for name in header
        if normal(name)
    }
    near = sorted((n for n in scores if scores[n] >= _NEAR_SCORE), key=lambda n: -scores[n])
    hint = f"; nearest in row 1: {', '.join(near[:_MOST_NEAR])}" if near else ""
    return UserError(f"{file}: {what} {wanted}{hint}")


def _near(header: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    """Return for names of the file that mean nothing the column each is most like, if any."""
    found = {}
    for name in header:
        text = without_hint(name)[0]
        best = process.extractOne(text, names.keys(), scorer=fuzz.ratio) if text else None
        if best is not None and best[1] >= _SUGGESTED_SCORE:
            found[name] = names[best[0]]
    return found


def _label(column: Column) -> str:
    return f"{column.name} ({column.synonyms[0]})" if column.synonyms else column.name


def _is_data(header: Sequence[str]) -> bool:
    """Tell whether a first line is more numbers and gaps than names."""
    numeric = sum(_LOOKS_LIKE_DATA.fullmatch(name) is not None for name in header)
    return 3 * numeric >= len(header)
