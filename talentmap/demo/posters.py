"""Who advertises vacancies: enterprises, and at their spots the shops and farms without one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from talentmap.demo.census import SECTIONS
from talentmap.demo.enterprises import Enterprises
from talentmap.demo.flows import Flows
from talentmap.demo.ground import Ground
from talentmap.demo.people import loose_spots
from talentmap.demo.places import Sites
from talentmap.demo.plane import to_degrees
from talentmap.intake.districts import Districts

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

NOBODY = -1
_LEAST_PEOPLE = 1e-4  # a spot with fewer people of a section is left out


@dataclass(frozen=True)
class Posters:
    """Enterprises and spots in the order of section, district and work zone.

    A spot stands for those of one section who work there without an employer: `employer` is the
    place of an enterprise, or NOBODY. `people` are those expected at work.
    """

    employer: Ints
    section: Ints
    district: Ints
    km: Floats
    people: Floats

    def by_district(self, values: Floats, districts: int) -> Floats:
        """Return the sums of values by district × section."""
        sums = np.zeros((districts, len(SECTIONS)))
        np.add.at(sums, (self.district, self.section), values)
        return sums


def make_posters(
    districts: Districts, ground: Ground, sites: Sites, made: Enterprises, flows: Flows
) -> Posters:
    """Return all who may have vacancies, in the order that `whole` spreads them in."""
    own = made.share() * flows.expected[made.section, made.zone]
    spots = np.concatenate([sites.km, ground.km])
    at_spot = _loose(ground, sites, made, flows)
    spot, section = np.nonzero(at_spot > _LEAST_PEOPLE)
    zones, _ = loose_spots(sites, ground)
    employer = np.concatenate([np.arange(len(own)), np.full(len(spot), NOBODY)])
    sections = np.concatenate([made.section, section])
    zone = np.concatenate([made.zone, zones[spot]])
    district = np.concatenate([made.district, districts.locate(*to_degrees(spots).T)[spot]])
    km = np.concatenate([made.km, spots[spot]])
    people = np.concatenate([own, at_spot[spot, section]])
    order = np.lexsort([zone, district, sections])
    return Posters(employer[order], sections[order], district[order], km[order], people[order])


def _loose(ground: Ground, sites: Sites, made: Enterprises, flows: Flows) -> Floats:
    """Return spots × sections: people at work there without an employer; farmers near home."""
    zone, weight = loose_spots(sites, ground)
    weight = weight / np.bincount(zone, weight, sites.zones)[zone]
    by_zone = flows.expected * made.loose_share()
    people = by_zone.T[zone] * weight[:, None]
    farming = SECTIONS.index("A")
    people[:, farming] = 0.0
    share = by_zone[farming].sum() / flows.expected[farming].sum()
    people[len(sites.km) :, farming] = flows.farmers * share
    return people
