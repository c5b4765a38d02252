"""Areas of hexagons and densities: H3 cells of one resolution differ by a third within China."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from h3ronpy import cells_area_km2

Floats = npt.NDArray[np.float64]


def cell_areas_km2(cells: npt.NDArray[np.int64]) -> Floats:
    """Return the true area of each H3 cell in km², never the mean of its resolution."""
    return np.asarray(cells_area_km2(cells.astype(np.uint64)), dtype=np.float64)
