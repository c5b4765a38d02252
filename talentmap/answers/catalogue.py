"""The catalogue of scarce talent (紧缺人才目录): what exactly is wanted, and how scarce it is."""

from __future__ import annotations

from typing import Any

import numpy as np

from talentmap.answers.groups import Groups
from talentmap.answers.rankings import Listed, scarcest_first
from talentmap.answers.shortage import detail_of, values_of, weigh
from talentmap.answers.strata import WANTED, Cut, joined, parted
from talentmap.cube.lattice import CATALOGUE, Node
from talentmap.cube.release import Release
from talentmap.model.codes import code_table
from talentmap.model.errors import NotAllowed, NotPublished
from talentmap.model.metric import S_OK
from talentmap.model.question import Question

# How the words of an entry stand in its id and its name.
_ORDER = ("occupation", "specialty", "education", "title")
_CHANGED = 0.1  # of the tightness a year before: less is the same


def catalogue(release: Release, question: Question, tier: str, month: int, language: str) -> Listed:
    """Return what the city's openings ask for, scarcest first, with the decomposition of each.

    A filter on education, occupation, title or specialty narrows it. People are those living in
    the city who match in all four; entries without enough data are left out.
    """
    wanted = _wanted(release, question, tier)
    named = [_words(release, code, language) for code in wanted]
    groups = Groups(
        WANTED,
        [w["id"] for w in named],
        [w["name"] for w in named],
        [[c] for c in wanted],
        list(range(len(wanted))),
    )
    cut = Cut(tier, "city", "home", {}, month)
    rules = release.info.rules
    weighed = weigh(release, cut, groups, 1, month - 12, rules)
    values = values_of(weighed, np.arange(len(wanted)))
    order = [int(i) for i in scarcest_first(values) if values.status[i] == S_OK]
    ids = [groups.codes[i] for i in order]
    detail = detail_of(weighed, order, ids, rules)
    for code, i in zip(ids, order, strict=True):
        detail[code] |= {name: named[i][name] for name in CATALOGUE}
        detail[code]["change"] = _change(values.value[i], detail[code]["before"])
    shown = values_of(weighed, np.array(order, dtype=np.int64))
    return Listed(ids, [groups.names[i] for i in order], shown, {"detail": detail})


def _wanted(release: Release, question: Question, tier: str) -> list[int]:
    """Return what has openings now and names at least an education and an occupation."""
    node = Node("posts", "city", CATALOGUE, "")
    if not release.has(tier, node.name):
        raise NotAllowed(f"the catalogue is not open to the {tier} tier")
    counts = release.counts(tier, node)
    rows = (counts.ids == 0) & (counts.measures["openings"][:, -1] > 0)
    rows &= (counts.dims["education"] > 0) & (counts.dims["occupation"] > 0)
    for name, code in question.filters().items():
        if name not in CATALOGUE:
            raise NotPublished(f"the catalogue is not kept by {name}; take that filter away")
        rows &= np.isin(counts.dims[name], release.codebooks[name].integers([code]))
    return [int(code) for code in joined(counts)[rows]]


def _words(release: Release, wanted: int, language: str) -> dict[str, Any]:
    codes = {
        name: release.codebooks[name].fine[k - 1] if k else "" for name, k in parted(wanted).items()
    }
    names = {n: code_table(n).name(c, language, short=True) if c else "" for n, c in codes.items()}
    return {
        **names,
        "id": "|".join(codes[name] for name in _ORDER),
        "name": " · ".join(names[name] for name in _ORDER if names[name]),
    }


def _change(now: float, before: float | None) -> str:
    if before is None:
        return "new"
    if abs(now / before - 1) < _CHANGED:
        return "same"
    return "up" if now > before else "down"
