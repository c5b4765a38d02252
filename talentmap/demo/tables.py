"""Small tables of the demo city's people and vacancies: what goes with what, and how often."""

from __future__ import annotations

import numpy as np

from talentmap.demo.census import SECTIONS
from talentmap.model import months

FIRST_MONTH, LAST_MONTH = months.to_index("2023-06"), months.to_index("2026-06")

# January to December. The Spring Festival dip, the spring peak after it, a small one in September.
SEASON = np.array([0.90, 0.86, 1.30, 1.22, 1.08, 1.05, 1.02, 0.96, 1.10, 0.98, 0.93, 0.84])
ARRIVALS = np.array([0.6, 0.7, 1.3, 1.1, 0.9, 1.1, 2.3, 1.3, 1.0, 0.8, 0.6, 0.5])
LEAVERS = np.array([0.9, 1.5, 1.7, 1.1, 0.9, 0.9, 1.2, 0.9, 0.8, 0.7, 0.7, 0.7])

# Growth of openings a year, by section; others grow by 1 %.
GROWTH = dict.fromkeys(SECTIONS, 0.01) | {
    "I": 0.14, "M": 0.10, "C": 0.05, "Q": 0.07, "G": 0.04, "H": 0.05,
    "K": -0.12, "E": -0.07, "J": -0.03, "P": -0.04,
}  # fmt: skip

# Wage of a bachelor at the start, CNY a month; openings of a posting on average.
WAGE = dict(
    zip(
        SECTIONS,
        (4200, 6800, 6300, 6600, 6200, 5200, 5900, 4500, 8800, 8200)
        + (5400, 6200, 7600, 4900, 4600, 6000, 6600, 5600, 6000, 7000),
        strict=True,
    )
)
OPENINGS = dict.fromkeys(SECTIONS, 1.3) | {
    "C": 1.6, "E": 1.5, "G": 1.5, "H": 1.4, "J": 1.2, "M": 1.2, "S": 1.1,
}  # fmt: skip

# Levels of education, and those that one of the census stands for.
LEVELS = ("90", "81", "71", "61", "31", "21", "14", "11")
GRADUATES = {  # of those with a bachelor or more: master, doctor
    "I": (0.17, 0.008), "J": (0.20, 0.008), "M": (0.34, 0.070), "P": (0.24, 0.060),
    "Q": (0.22, 0.045), "S": (0.15, 0.006), "L": (0.12, 0.005), "C": (0.11, 0.006),
    "R": (0.13, 0.005),
}  # fmt: skip
OTHER_GRADUATES = (0.07, 0.002)
WAGE_OF_LEVEL = np.array([0.68, 0.70, 0.74, 0.79, 0.87, 1.0, 1.32, 1.75])

# How the ages (bands of the census) lie at a level, against all in work.
AGE_OF_LEVEL = np.array(
    [
        (0.02, 0.05, 0.1, 0.3, 1.2, 2.6),
        (0.05, 0.12, 0.2, 0.5, 1.5, 2.2),
        (0.30, 0.55, 0.8, 1.0, 1.4, 1.1),
        (0.55, 0.90, 1.0, 1.0, 1.1, 0.8),
        (0.55, 1.60, 1.5, 1.1, 0.6, 0.3),
        (0.32, 1.75, 1.6, 1.1, 0.55, 0.25),
        (0.05, 1.60, 1.9, 1.3, 0.5, 0.15),
        (0.00, 0.40, 1.6, 1.6, 0.9, 0.5),
    ]
)
AGE_BOUNDS = ((16, 24), (25, 29), (30, 34), (35, 44), (45, 54), (55, 64))

# Titles of professionals by age band (with a college diploma at least): codes of title.csv.
TITLES = ("0", "32", "31", "2", "12", "11")
TITLE_OF_AGE = np.array(
    [
        (0.80, 0.13, 0.07, 0.00, 0.00, 0.00),
        (0.50, 0.12, 0.31, 0.07, 0.00, 0.00),
        (0.34, 0.05, 0.29, 0.31, 0.01, 0.00),
        (0.26, 0.02, 0.16, 0.42, 0.13, 0.01),
        (0.24, 0.02, 0.10, 0.36, 0.23, 0.05),
        (0.24, 0.02, 0.08, 0.32, 0.25, 0.09),
    ]
)
OTHER_TITLES = (0.955, 0.010, 0.020, 0.012, 0.002, 0.001)
SKILLS = ("", "初级工", "中级工", "高级工", "技师", "高级技师")
SKILL_SHARES = (0.62, 0.12, 0.13, 0.09, 0.03, 0.01)
GRADES = ("", "E类", "D类", "C类", "B类")
GRADE_SHARES = (0.86, 0.095, 0.035, 0.009, 0.001)  # of doctors and full seniors

# What people of a section have studied, and everybody else.
SPECIALTIES = {
    "A": "0901 0903 0904 0905 0823", "B": "0815 0814 0802 0709",
    "C": "0802 0808 0804 0806 0813 0807",
    "D": "0806 0805 0811 0808", "E": "0810 0828 0812 1201 0806", "F": "1202 1208 0204 1206",
    "G": "1206 0818 0802 1201", "H": "1209 0827 1202", "I": "0809 0807 0808 0701 0712",
    "J": "0203 0201 0202 1202 0712", "K": "1202 1201 1204 0810", "L": "1202 0301 1204 0503 1205",
    "M": "0802 0809 0710 0813 0808 0825", "N": "0825 0811 0828 1204", "O": "1202 1209 0802",
    "P": "0401 0501 0502 0701 0402 0702", "Q": "1002 1011 1007 1010 1005 1004",
    "R": "0503 1305 1303 1304 0402", "S": "1204 0301 0302 1202 0501", "T": "0502 0302",
}  # fmt: skip
COMMON = "1202 0809 0301 0501 0502 0203 0802 1204 0807 1305 0810 0710"
OWN_SHARE = 0.66

# Division codes (GB/T 2260) people come from and go to, with weights.
ORIGINS = {
    "370900": 13, "371400": 15, "371500": 11, "371600": 6, "370300": 6,
    "370800": 10, "371700": 9,
    "371300": 8, "370700": 6, "370200": 3, "370600": 2, "130900": 3, "130400": 2, "130500": 1.5,
    "410100": 2, "410900": 2, "320300": 2, "340100": 1, "140100": 1.5, "110000": 1.2,
    "120000": 1, "230100": 1.5, "220100": 1, "210100": 1, "310000": 0.5, "610100": 0.8,
}  # fmt: skip
DESTINATIONS = {
    "110000": 16, "370200": 16, "310000": 9, "440300": 7, "330100": 7, "320100": 6, "320500": 4,
    "120000": 5, "370700": 4, "370900": 4, "371400": 5, "370300": 3, "370600": 4, "440100": 3,
    "410100": 3, "340100": 2, "420100": 2,
}  # fmt: skip
SCHOOLS = {
    "山东大学": 14, "济南大学": 13, "山东师范大学": 11, "齐鲁工业大学": 10, "山东建筑大学": 9,
    "山东财经大学": 9, "山东交通学院": 8, "山东中医药大学": 5, "山东第一医科大学": 6,
    "济南职业学院": 8, "山东职业学院": 6, "外省高校": 16, "省内其他高校": 22,
}  # fmt: skip
# Zones with campuses (names of data/demo), and how many of the students live there.
CAMPUSES = {
    "大学城": 40, "明水": 14, "双山": 6, "洪家楼": 8, "旅游路": 8, "世纪大道": 9, "舜耕路": 7,
    "经十路东": 8,
}  # fmt: skip
