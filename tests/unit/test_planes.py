"""Disclosure rules on arrays: thresholds, complements, rounding."""

import numpy as np
import pytest

from talentmap.privacy.planes import (
    HIDDEN,
    TIER_RULES,
    complement,
    publish,
    too_few,
    too_few_or_rest,
)

PUBLIC, INTERNAL, AUTHORISED = (TIER_RULES[t] for t in ("public", "internal", "authorised"))


def column(*numbers: float) -> np.ndarray:
    return np.array(numbers, dtype=float)[:, None]


def test_internal_hides_one_to_four_and_shows_zero() -> None:
    counts = column(0, 1, 4, 5, 6)
    assert too_few(counts, INTERNAL)[:, 0].tolist() == [False, True, True, False, False]


def test_public_cannot_tell_zero_from_hidden() -> None:
    assert too_few(column(0, 9, 10), PUBLIC)[:, 0].tolist() == [True, True, False]


def test_authorised_sees_everything() -> None:
    assert not too_few(column(0, 1, 2), AUTHORISED).any()


def test_a_part_is_hidden_for_its_remainder() -> None:
    hidden = too_few_or_rest(column(98, 50), column(100, 100), INTERNAL)
    assert hidden[:, 0].tolist() == [True, False]


def test_a_lonely_hidden_number_takes_the_smallest_other_with_it() -> None:
    values, groups = column(3, 40, 12, 7), np.zeros(4, dtype=np.int64)
    hidden = complement(values, too_few(values, INTERNAL), groups)
    assert hidden[:, 0].tolist() == [True, False, False, True]


def test_two_hidden_in_a_group_stay_two() -> None:
    values, groups = column(3, 2, 12), np.zeros(3, dtype=np.int64)
    hidden = complement(values, too_few(values, INTERNAL), groups)
    assert hidden[:, 0].tolist() == [True, True, False]


def test_groups_are_on_their_own() -> None:
    values, groups = column(3, 9, 30, 40), np.array([0, 0, 1, 1])
    hidden = complement(values, too_few(values, INTERNAL), groups)
    assert hidden[:, 0].tolist() == [True, True, False, False]


def test_public_numbers_are_rounded_to_five() -> None:
    values = column(12, 13, 3)
    shown = publish(values, too_few(values, PUBLIC), PUBLIC)
    assert shown[:, 0].tolist() == [10, 15, HIDDEN]


@pytest.mark.parametrize("tier", TIER_RULES)
def test_every_tier_knows_its_levels(tier: str) -> None:
    levels = TIER_RULES[tier].levels
    assert {"city", "district", "park", "cell7"} <= set(levels)
    assert ("cell9" in levels) == (tier == "authorised")
