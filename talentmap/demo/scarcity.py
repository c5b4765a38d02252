"""What is scarce in the demo city, and where: the truth that the map should find.

Tightness is openings per person at work against the city's average. Its logarithm is a sum of a
level of the section, some smooth hills and hollows that lie where a newcomer will look, and a
little waviness.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from talentmap.demo.census import SECTIONS
from talentmap.demo.plane import to_km

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_LEVEL = dict(
    zip(
        SECTIONS,
        (-0.3, -0.5, -0.15, -0.6, -0.4, -0.45, -0.15, -0.2, -0.15, -0.25)
        + (-0.8, -0.25, -0.05, -0.35, -0.2, -0.5, -0.1, -0.4, -0.95, -2.0),
        strict=True,
    )
)
# Sections, longitude, latitude, reach in km, height.
_ALL = "all"
_HILLS = (
    (_ALL, 117.200, 36.680, 9.0, 0.50),  # the belt to the east
    (_ALL, 116.960, 36.710, 6.5, -0.32),  # Tianqiao
    (_ALL, 116.980, 36.590, 6.0, -0.32),  # south of Shizhong
    (_ALL, 116.860, 36.660, 4.0, 0.25),  # the western station
    (_ALL, 117.100, 36.890, 9.0, 0.45),
    (_ALL, 117.520, 36.730, 9.0, 0.25),
    (_ALL, 116.760, 36.530, 10.0, -0.30),
    (_ALL, 117.660, 36.210, 11.0, -0.25),
    (_ALL, 117.810, 36.070, 9.0, 0.30),
    (_ALL, 116.440, 36.260, 11.0, 0.35),
    (_ALL, 117.150, 37.310, 14.0, -0.30),
    ("IML", 117.150, 36.660, 6.0, 0.50),  # east of Lixia
    ("IM", 117.270, 36.690, 6.5, 0.80),  # east of Licheng
    ("IM", 117.115, 36.860, 6.0, 0.60),
    ("IML", 116.970, 36.700, 6.0, -0.55),  # Tianqiao
    ("IML", 116.990, 36.605, 6.0, -0.45),  # south of Shizhong
    ("C", 117.490, 36.760, 14.0, 0.60),  # Zhangqiu
    ("C", 117.800, 36.100, 9.0, 0.25),
    ("CEG", 116.960, 36.700, 8.0, -0.35),
    ("C", 116.440, 36.200, 12.0, -0.35),
    ("Q", 117.150, 37.300, 15.0, 0.80),  # hospitals far from the centre
    ("Q", 116.440, 36.250, 13.0, 0.70),
    ("Q", 117.700, 36.300, 18.0, 0.45),
    ("QP", 117.500, 36.700, 14.0, 0.40),
    ("QP", 117.030, 36.660, 6.0, -0.35),
    ("FHO", 117.130, 36.950, 14.0, 0.30),
    ("FHKL", 117.000, 36.665, 5.0, -0.25),
    ("EG", 117.230, 36.800, 10.0, 0.35),
)
_WAVES = 5
_WAVE_HEIGHT = 0.11
_WAVE_KM = (5.0, 16.0)


def tightness(rng: np.random.Generator, section: Ints, km: Floats) -> Floats:
    """Return openings per person at work, up to a factor of the city, of a section at a point each.

    Points are in km.
    """
    log = np.array([_LEVEL[s] for s in SECTIONS])[section] + _waves(rng, section, km)
    for sections, lon, lat, reach, height in _HILLS:
        concerned = np.array([s in sections or sections == _ALL for s in SECTIONS])[section]
        away = np.hypot(*(km - to_km(np.array([lon, lat]))).T)
        log += concerned * height * np.exp(-((away / reach) ** 2) / 2)
    return np.exp(log)


def _waves(rng: np.random.Generator, section: Ints, km: Floats) -> Floats:
    """Return a smooth field per section that goes up and down within some kilometres."""
    shape = (_WAVES, len(SECTIONS))
    length, turn = rng.uniform(*_WAVE_KM, shape), rng.uniform(0, 2 * np.pi, shape)
    phase = rng.uniform(0, 2 * np.pi, shape)
    field = np.zeros(len(section))
    for wave in range(_WAVES):
        east, north = np.cos(turn[wave])[section], np.sin(turn[wave])[section]
        along = (east * km[:, 0] + north * km[:, 1]) / length[wave][section]
        field += _WAVE_HEIGHT * np.cos(2 * np.pi * along + phase[wave][section])
    return field
