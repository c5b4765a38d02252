"""Age, schooling, specialty, title and skill of the demo city's people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from talentmap.demo import tables as t
from talentmap.demo.census import EDUCATION, OCCUPATIONS, SECTIONS
from talentmap.demo.choice import Choice, pick
from talentmap.demo.column import words

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_YEAR = 2026
_COLLEGE = t.LEVELS.index("31")
_LEAST_ASKED = t.LEVELS.index("71")
_BACHELOR = t.LEVELS.index("21")
_DOCTOR = t.LEVELS.index("11")
_PROFESSIONAL = OCCUPATIONS.index("2")
_SKILLED = (OCCUPATIONS.index("4"), OCCUPATIONS.index("6"))
_STUDENT_LEVELS = np.array([0, 0, 0, 0, 0.30, 0.57, 0.11, 0.02])
_STUDENT_AGES = {
    _COLLEGE: (18, 21),
    _BACHELOR: (18, 23),
    _BACHELOR + 1: (22, 26),
    _DOCTOR: (24, 30),
}
_WOMEN = {"B": 0.18, "C": 0.38, "D": 0.30, "E": 0.16, "G": 0.20, "H": 0.55, "F": 0.50, "I": 0.38,
          "J": 0.54, "P": 0.66, "Q": 0.70, "O": 0.52}  # fmt: skip


@dataclass(frozen=True)
class Trade:
    """What a person of a trade is like: places in the lists of `tables`."""

    level: Ints
    specialty: Ints
    title: Ints


SPECIALTY_CODES = sorted({c for text in [*t.SPECIALTIES.values(), t.COMMON] for c in text.split()})


class Careers:
    """Draws schooling and all that depends on it; `ages` are districts × bands of the census."""

    def __init__(self, ages: Floats) -> None:
        share = ages / ages.sum(axis=1, keepdims=True)
        by_level = share[:, None, :] * t.AGE_OF_LEVEL[None]
        self._age = Choice.of_matrix(by_level.reshape(-1, len(t.AGE_BOUNDS)))
        self._specialty = Choice.of_matrix(_specialty_weights())
        self._titles = Choice.of_matrix(np.vstack([t.TITLE_OF_AGE, t.OTHER_TITLES]))

    def levels(self, rng: np.random.Generator, section: Ints, level: Ints) -> Ints:
        """Return places in LEVELS for places in EDUCATION: some with a bachelor went on."""
        graduates = np.array([t.GRADUATES.get(s, t.OTHER_GRADUATES) for s in SECTIONS])[section]
        dice = rng.random(len(level))
        further = (dice < graduates.sum(axis=1)).astype(np.int64) + (dice < graduates[:, 1])
        return np.where(level == EDUCATION.index("21"), level + further, level)

    def specialty(self, rng: np.random.Generator, section: Ints) -> Ints:
        """Return places in SPECIALTY_CODES, mostly of the section's own subjects."""
        return self._specialty.draw(rng, section)

    def columns(
        self,
        rng: np.random.Generator,
        section: Ints,
        occupation: Ints,
        level: Ints,
        district: Ints,
        student: Bools,
    ) -> dict[str, pa.Array]:
        """Return the columns of the people table about schooling, age, title, skill and sex."""
        count = len(section)
        level = np.where(student, pick(rng, _STUDENT_LEVELS, count), level)
        band = self._age.draw(rng, district * len(t.LEVELS) + level)
        first, last = np.array(t.AGE_BOUNDS)[band].T
        age = _student_ages(rng.integers(first, last + 1), rng, level, student)
        schooled = level >= _COLLEGE
        title = self._title(rng, occupation, band, schooled)
        skilled = np.isin(occupation, _SKILLED) & ~student
        high = (level == _DOCTOR) | (t.TITLES.index("11") == title)
        women = np.array([_WOMEN.get(section, 0.46) for section in SECTIONS])[section]
        return {
            "specialty": words(SPECIALTY_CODES, self.specialty(rng, section), schooled),
            "education": words(t.LEVELS, level),
            "title": words(t.TITLES, title, ~student),
            "skill": words(t.SKILLS, pick(rng, np.array(t.SKILL_SHARES), count), skilled),
            "grade": words(t.GRADES, pick(rng, _grade_weights(), count), high & ~student),
            "birth_year": pa.array(_YEAR - age),
            "sex": words(("男", "女"), (rng.random(count) < women).astype(np.int64)),
            "school": words(
                list(t.SCHOOLS),
                pick(rng, np.array(list(t.SCHOOLS.values()), dtype=np.float64), count),
                schooled & (student | (rng.random(count) < 0.6)),
            ),
        }

    def _title(
        self, rng: np.random.Generator, occupation: Ints, band: Ints, schooled: Bools
    ) -> Ints:
        professional = (occupation == _PROFESSIONAL) & schooled
        return self._titles.draw(rng, np.where(professional, band, len(t.AGE_BOUNDS)))

    def wanted(
        self, rng: np.random.Generator, section: Ints, occupation: Ints, level: Ints
    ) -> Trade:
        """Return what an employer asks for: a little less than those have who do the work."""
        wanted = np.maximum(level - (rng.random(len(level)) < 0.3), _LEAST_ASKED)
        middle = np.full(len(level), 2)
        schooled = wanted >= _COLLEGE
        title = self._title(rng, occupation, middle, schooled)
        asks = rng.random(len(level)) < 0.35
        return Trade(wanted, self.specialty(rng, section), np.where(asks, title, 0))


def _specialty_weights() -> Floats:
    """Return sections × SPECIALTY_CODES."""
    weights = np.zeros((len(SECTIONS), len(SPECIALTY_CODES)))
    for row, section in enumerate(SECTIONS):
        own, common = t.SPECIALTIES[section].split(), t.COMMON.split()
        for i, code in enumerate(own):  # the first named is the most common
            weights[row, SPECIALTY_CODES.index(code)] += t.OWN_SHARE / 2 ** (i + 1)
        for code in common:
            weights[row, SPECIALTY_CODES.index(code)] += (1 - t.OWN_SHARE) / len(common)
    return weights


def _student_ages(age: Ints, rng: np.random.Generator, level: Ints, student: Bools) -> Ints:
    bounds = np.array([_STUDENT_AGES.get(i, (18, 21)) for i in range(len(t.LEVELS))])[level]
    return np.where(student, rng.integers(bounds[:, 0], bounds[:, 1] + 1), age)


def _grade_weights() -> Floats:
    return np.array(t.GRADE_SHARES)
