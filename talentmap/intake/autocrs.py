"""Which coordinate system a file is in, found out from rows that also name their district.

Each system puts every point somewhere. Where two systems disagree whether a point lies in the
district its row names, the row speaks for one of them: a sign test over these rows decides. With
few such rows, or both sides about even, nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.stats import binomtest

from talentmap.intake.coordinates import mend
from talentmap.intake.crs import SYSTEMS, to_wgs84
from talentmap.intake.positions import Gazetteer
from talentmap.model.errors import UserError

Bools = npt.NDArray[np.bool_]

LEAST_ROWS = 200
MOST_ROWS = 50_000
_SURE = 1e-3


@dataclass(frozen=True)
class Verdict:
    """The system a file is in, and the share of rows that fall into their district under each."""

    system: str
    shares: Mapping[str, float]
    rows: int

    def __str__(self) -> str:
        return f"coordinates taken as {self.system}: {_words(self.shares, self.rows)}"


def find_system(
    lon: pl.Series, lat: pl.Series, named: pl.Series, gazetteer: Gazetteer, file: str
) -> Verdict:
    """Return the system of degrees whose rows name a district.

    Raise UserError naming the file where fewer than LEAST_ROWS rows of the city have both, or no
    system is clearly better than each other one.
    """
    frame = pl.DataFrame({"lon": lon, "lat": lat, "district": named})
    frame = mend(frame, "lon", "lat", gazetteer.districts)[0].drop_nulls()
    meanings = {
        text: gazetteer.divisions.of_district(text).district
        for text in frame["district"].unique().to_list()
    }
    codes = frame["district"].replace_strict(meanings, default=None, return_dtype=pl.String)
    frame = frame.with_columns(code=codes).drop_nulls()
    if len(frame) < LEAST_ROWS:
        raise UserError(
            f"{file}: crs: auto needs {LEAST_ROWS} rows with coordinates and a district of the "
            f"city, there are {len(frame)}; say which: {', '.join(SYSTEMS)}"
        )
    hits = {system: _inside(frame, system, gazetteer) for system in SYSTEMS}
    shares = {system: float(hit.mean()) for system, hit in hits.items()}
    best = max(SYSTEMS, key=lambda system: shares[system])
    for other in SYSTEMS:
        if other != best and not _clearly(hits[best], hits[other]):
            raise UserError(
                f"{file}: crs: auto cannot tell {best} from {other}: "
                f"{_words(shares, len(frame))}; say which"
            )
    return Verdict(best, shares, len(frame))


def _inside(frame: pl.DataFrame, system: str, gazetteer: Gazetteer) -> Bools:
    """Tell which points, read in a system, lie in the district their row names."""
    found = gazetteer.districts.locate(
        *to_wgs84(system, frame["lon"].to_numpy(), frame["lat"].to_numpy())
    )
    codes = np.array([*gazetteer.districts.codes, ""], dtype=object)
    inside: Bools = codes[found] == frame["code"].to_numpy()
    return inside


def _clearly(better: Bools, worse: Bools) -> bool:
    """Tell whether the rows where the two disagree speak for the first beyond chance."""
    wins, losses = int((better & ~worse).sum()), int((worse & ~better).sum())
    if wins <= losses:
        return False
    return bool(binomtest(wins, wins + losses, alternative="greater").pvalue < _SURE)


def _words(shares: Mapping[str, float], rows: int) -> str:
    parts = ", ".join(f"{share:.1%} {system}" for system, share in shares.items())
    return f"of {rows} rows lie in the district they name {parts}"
