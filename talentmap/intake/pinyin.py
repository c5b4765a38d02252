"""Names of cities and districts in pinyin, for the English side of the interface."""

from __future__ import annotations

import re

from pypinyin import lazy_pinyin

# The generic ending of a name and its English word; longer endings first.
_ENDINGS = (
    ("特别行政区", ""),
    ("自治州", "Prefecture"),
    ("自治县", "County"),
    ("自治旗", "Banner"),
    ("行政委员会", "Administrative Committee"),
    ("林区", "Forestry District"),
    ("特区", "Special District"),
    ("新区", "New Area"),
    ("地区", "Prefecture"),
    ("区", "District"),
    ("县", "County"),
    ("市", "City"),
    ("旗", "Banner"),
    ("省", "Province"),
)
# Readings that differ from the usual one of the character, and established English names.
_READINGS = {
    "东阿": "Dong'e",
    "乐亭": "Laoting",
    "乐陵": "Laoling",
    "亳州": "Bozhou",
    "单": "Shan",
    "台湾": "Taiwan",
    "呼和浩特": "Hohhot",
    "哈尔滨": "Harbin",
    "大城": "Daicheng",
    "尉犁": "Yuli",
    "拉萨": "Lhasa",
    "泌阳": "Biyang",
    "浚": "Xun",
    "涡阳": "Guoyang",
    "澳门": "Macao",
    "番禺": "Panyu",
    "乌鲁木齐": "Urumqi",
    "荥阳": "Xingyang",
    "莘": "Shen",
    "蔚": "Yu",
    "铅山": "Yanshan",
    "长子": "Zhangzi",
    "香港": "Hong Kong",
}
_HANZI = re.compile(r"[\u3400-\u9fff]")


def romanise(name: str) -> str:
    """Return a name in pinyin: 历下 → Lixia, 西安 → Xi'an; Latin text stays as it is."""
    if name in _READINGS:
        return _READINGS[name]
    if not _HANZI.search(name):
        return name
    syllables = lazy_pinyin(name, v_to_u=True)
    if name.startswith("长"):  # in names of places nearly always chang, not zhang
        syllables[0] = "chang"
    joined = syllables[0]
    for syllable in syllables[1:]:  # a syllable that starts with a vowel is set off: Xi'an
        joined += f"'{syllable}" if syllable[0] in "aoe" else syllable
    return joined[:1].upper() + joined[1:]


def english_name(name: str) -> str:
    """Return the English name of a district: 历下区 → Lixia District, 单县 → Shan County."""
    for ending, word in _ENDINGS:
        stem = name.removesuffix(ending)
        if stem and stem != name:
            return f"{romanise(stem)} {word}".strip()
    return romanise(name)
