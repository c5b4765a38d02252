"""What must always hold of a protected plane: no hidden number follows from a total."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from talentmap.privacy.planes import TIER_RULES, complement, publish, too_few

INTERNAL = TIER_RULES["internal"]
COUNTS = arrays.arrays(
    np.float64,
    st.tuples(st.integers(1, 40), st.integers(1, 4)),
    elements=st.integers(0, 30).map(float),
)


@given(COUNTS, st.integers(1, 6))
def test_no_group_keeps_exactly_one_secret(values: np.ndarray, many: int) -> None:
    groups = np.arange(len(values)) % many
    hidden = complement(values, too_few(values, INTERNAL), groups)
    for group in range(many):
        own = groups == group
        for month in range(values.shape[1]):
            secrets = int(hidden[own, month].sum())
            assert secrets != 1 or int(own.sum()) == 1


@given(COUNTS)
def test_what_shows_is_true_and_large_enough(values: np.ndarray) -> None:
    hidden = too_few(values, INTERNAL)
    shown = publish(values, hidden, INTERNAL)
    assert ((shown == values) | hidden).all()
    assert (shown[hidden] < 0).all()
    assert not ((shown > 0) & (shown < INTERNAL.least)).any()
