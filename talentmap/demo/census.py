"""The 2020 census of Jinan, and the joint distribution it is fitted to.

The census publishes margins by district: industry sections, occupation groups and education, but
not how they cross. Iterative proportional fitting finds the joint table nearest to what is known of
the crossing (an office is not a farm) that has these margins.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from talentmap.model.codes import DATA

Floats = npt.NDArray[np.float64]

SECTIONS = "ABCDEFGHIJKLMNOPQRST"
OCCUPATIONS = "1234568"
# Levels the census tells apart, lowest first, as codes of data/codes/education.csv.
EDUCATION = ("90", "81", "71", "61", "31", "21")
AGES = ("15_24", "25_29", "30_34", "35_44", "45_54", "55_64")

_EDUCATION_COLUMNS = ("none", "primary", "lower", "upper", "college", "bachelor")
# Those in work among the adults of a level: the old are the least schooled and the least in work.
_IN_WORK = np.array([0.15, 0.40, 0.80, 0.85, 1.0, 1.0])
_ROUNDS = 2000
_TOLERANCE = 1e-6

# How likely an occupation is within a section (rows: sections, columns: occupations), and a level
# of education within an occupation: only a start for the fitting, which sets all totals right.
_OCCUPATION_IN_SECTION = {
    "A": (0.2, 0.5, 0.3, 1, 97, 1, 0.1),
    "B": (3, 12, 10, 10, 1, 64, 0.3),
    "C": (4, 10, 9, 12, 0.3, 65, 0.4),
    "D": (3, 18, 15, 25, 0.2, 38, 0.3),
    "E": (4, 12, 8, 8, 0.2, 68, 0.4),
    "F": (7, 4, 8, 79, 0.2, 3, 0.3),
    "G": (2, 3, 12, 80, 0.1, 4, 0.3),
    "H": (5, 1, 4, 88, 0.1, 3, 0.3),
    "I": (5, 48, 14, 31, 0.1, 3, 0.3),
    "J": (5, 48, 20, 27, 0.1, 0.3, 0.3),
    "K": (6, 8, 15, 68, 0.2, 4, 0.3),
    "L": (6, 22, 20, 48, 0.2, 4, 0.3),
    "M": (5, 55, 14, 22, 0.3, 5, 0.3),
    "N": (3, 8, 15, 66, 4, 5, 0.3),
    "O": (4, 3, 5, 76, 0.3, 13, 0.4),
    "P": (2, 82, 8, 8, 0.1, 0.4, 0.2),
    "Q": (2, 78, 8, 12, 0.1, 0.4, 0.2),
    "R": (4, 38, 12, 43, 0.2, 2, 0.3),
    "S": (14, 10, 64, 12, 0.3, 0.5, 0.5),
    "T": (10, 40, 40, 10, 0.1, 0.1, 0.3),
}
_EDUCATION_IN_OCCUPATION = (
    (0.2, 2, 14, 22, 26, 36),
    (0.1, 0.6, 4, 11, 28, 56),
    (0.2, 2, 13, 22, 28, 35),
    (0.8, 9, 42, 27, 15, 7),
    (5, 32, 52, 9, 1.5, 0.4),
    (0.8, 10, 54, 23, 9, 3),
    (1, 8, 40, 25, 15, 11),
)


@dataclass(frozen=True)
class Census:
    """Margins of the 12 districts, in persons of the long form (about a tenth of households).

    Rows are districts in the order of `codes`; columns follow SECTIONS, OCCUPATIONS, EDUCATION
    (adults in work, estimated) and AGES (whole population). `urban` and `rural` are residents.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    urban: Floats
    rural: Floats
    sections: Floats
    occupations: Floats
    education: Floats
    ages: Floats


def read_census() -> Census:
    """Read data/demo/jinan_census_2020.csv (see data/catalog.toml for its source)."""
    file = DATA / "demo" / "jinan_census_2020.csv"
    table = pl.read_csv(file, schema_overrides={"code": pl.String})

    def columns(prefix: str, names: str | tuple[str, ...]) -> Floats:
        return table.select([f"{prefix}{name}" for name in names]).to_numpy().astype(np.float64)

    return Census(
        tuple(table["code"]),
        tuple(table["name"]),
        columns("", ("urban",))[:, 0],
        columns("", ("rural",))[:, 0],
        columns("sec_", SECTIONS),
        columns("occ_", OCCUPATIONS),
        _adults(columns("edu_", _EDUCATION_COLUMNS), columns("age_", ("5_14",))[:, 0]) * _IN_WORK,
        columns("age_", AGES),
    )


def _adults(education: Floats, children: Floats) -> Floats:
    """Take pupils out of the levels they count for: of ages 5 to 14 most are in primary school."""
    adults = education.copy()
    adults[:, 1] -= 0.6 * children
    adults[:, 2] -= 0.25 * children
    return np.maximum(adults, 0.02 * education)


def joint_table(census: Census) -> Floats:
    """Return the shares of district × section × education × occupation, summing to 1.

    District × section, district × occupation and district × education agree with the census to one
    part in a million (education scaled to the persons in work of each district).
    """
    persons = census.sections.sum(axis=1)
    targets: dict[tuple[int, ...], Floats] = {
        (2, 3): census.sections,
        (1, 2): _scaled(census.occupations, persons),
        (1, 3): _scaled(census.education, persons),
    }
    seed = _seed()
    table = np.broadcast_to(seed, (len(persons), *seed.shape)).copy()
    fitted = fit(table, targets)
    shares: Floats = fitted / fitted.sum()
    return shares


def fit(table: Floats, targets: dict[tuple[int, ...], Floats]) -> Floats:
    """Return the table scaled until its sums over the axes of each key are that target.

    Raises ValueError if it does not settle: then two targets contradict each other.
    """
    for _ in range(_ROUNDS):
        worst = 0.0
        for axes, target in targets.items():
            have = table.sum(axis=axes)
            ratio = np.divide(target, have, out=np.zeros_like(target), where=have > 0)
            worst = max(worst, float(np.abs(ratio[target > 0] - 1).max()))
            table = table * np.expand_dims(ratio, axes)
        if worst < _TOLERANCE:
            return table
    raise ValueError(f"the margins do not agree: still {worst:.2g} off after {_ROUNDS} rounds")


def _seed() -> Floats:
    """Section × education × occupation, from the two conditional tables."""
    occupation = np.array([_OCCUPATION_IN_SECTION[s] for s in SECTIONS], dtype=np.float64)
    education = np.array(_EDUCATION_IN_OCCUPATION, dtype=np.float64)
    education /= education.sum(axis=1, keepdims=True)
    seed: Floats = np.einsum("so,oe->seo", occupation, education)
    return seed


def _scaled(margin: Floats, persons: Floats) -> Floats:
    """Scale each row to the persons of the district: the census rounds its tables one by one."""
    scaled: Floats = margin * (persons / margin.sum(axis=1))[:, None]
    return scaled
