"""The stories: when one can be told, its headline, and the turns the wall makes through them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from talentmap.model.composition import STORIES, Composition
from talentmap.model.errors import NotAllowed, NotPublished, UserError, unknown
from talentmap.ui.draw.facts import Row
from talentmap.ui.draw.scarcity import Detail
from talentmap.ui.pages.screen import asked, captions
from talentmap.ui.pages.screen.captions import Headline
from talentmap.ui.visit import Visit


@dataclass(frozen=True, slots=True)
class Turn:
    """One story about one subject: what the wall shows for some seconds."""

    story: str
    visit: Visit

    @property
    def href(self) -> str:
        """The address of the wall that opens with this turn."""
        return self.visit.href()


def story_of(visit: Visit) -> str:
    """Return the story an address names, the first one for none; UserError for an unknown one."""
    named = visit.choices.get("tab", "")
    if named and named not in STORIES:
        raise unknown("tab", named, STORIES)
    return named or STORIES[0]


def headline(story: str, visit: Visit) -> Headline | None:
    """Return the headline; None where the story's main value is not known, so it is skipped."""
    try:
        return _HEADLINES[story](visit)
    except (NotPublished, NotAllowed):
        return None


def turns(visit: Visit, composition: Composition) -> list[Turn]:
    """Return the turns of a round: every subject with every story that can be told of it."""
    found = []
    for subject in _subjects(visit, composition):
        for story in composition.stories:
            one = replace(subject, choices={"tab": story})
            if headline(story, one) is not None:
                found.append(Turn(story, one))
    return found


def _subjects(visit: Visit, composition: Composition) -> Iterator[Visit]:
    """Yield what the stories are about: the codes named, else the scarcest by the rule."""
    kind = composition.subjects
    word = asked.WORD[kind]
    rows, details = asked.ranked(asked.city(visit), kind)
    for code in composition.only or _scarcest(rows, details, composition.most):
        if code not in {row.id for row in rows}:
            known = ", ".join(row.id for row in rows)
            raise UserError(f"screen.toml: only: {code!r} is not one of the {kind}: {known}")
        yield asked.about(visit, **{word: f"district:{code}" if word == "place" else code})


def _scarcest(rows: list[Row], details: dict[str, Detail], most: int) -> list[str]:
    """Return the codes with the highest index among those surely above the city's average.

    Where none is, the first of all that have a value: the wall says then that nothing is sure.
    """
    known = [row for row in rows if row.ok]
    sure = [row for row in known if asked.is_scarce(row, details.get(row.id))]
    return [row.id for row in (sure or known[:1])[:most]]


def _scarcity(visit: Visit) -> Headline | None:
    fact = asked.tight(visit)
    return captions.tight(fact, visit.language) if fact.row.ok else None


def _mismatch(visit: Visit) -> Headline | None:
    drawn = asked.matrix(visit)
    largest = asked.largest_gap(drawn, visit.language) if drawn is not None else None
    if largest is None:
        return None
    cell, name, share = largest
    return captions.gap(asked.subject_name(visit), name, cell.gap, share, visit.language)


def _commute(visit: Visit) -> Headline | None:
    way, everybody = asked.mean_way(visit), asked.mean_way(asked.city(visit))
    if not way.ok:
        return None
    mean = everybody.number if everybody.ok else None
    return captions.way(asked.subject_name(visit), way.number, mean, visit.language)


_HEADLINES: dict[str, Callable[[Any], Headline | None]] = {
    "scarcity": _scarcity,
    "mismatch": _mismatch,
    "commute": _commute,
}
