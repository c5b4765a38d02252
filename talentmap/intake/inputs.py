"""The columns intake understands: those of the schemas, and some that only lead to them."""

from __future__ import annotations

from functools import cache

from talentmap.model.schemas import INPUT, Column

# A city says who is outside, an address names a district, a wage is two ends in one cell.
_CITY = Column("city", "text", synonyms=("所在城市",))
_ALSO = {
    "people": (
        Column("home_city", "text", synonyms=("居住城市",)),
        Column("work_city", "text", synonyms=("工作城市",)),
    ),
    "enterprises": (_CITY,),
    "vacancies": (
        Column("place", "text", one_of="where", synonyms=("工作园区",)),
        Column("city", "text", one_of="where", synonyms=("工作城市",)),
        Column("address", "text", one_of="where", synonyms=("工作地址",)),
        Column("wage", "wages", synonyms=("薪资",)),
    ),
    "places": (
        Column("district", "text", synonyms=("所在区县",)),
        _CITY,
        Column("address", "text", synonyms=("地址",)),
    ),
}
# What is missing in a whole file and can be said for it: the rest of a required column's rule is
# that no cell of it is empty.
STATED: dict[str, tuple[str, ...]] = {
    "people": (),
    "enterprises": (),
    "vacancies": ("vacancy_id", "posted"),
    "places": ("code", "kind"),
}


@cache
def columns_of(table: str) -> tuple[Column, ...]:
    """Return the columns of a table that a file may have, those of the schema first."""
    return (*INPUT[table], *_ALSO[table])
