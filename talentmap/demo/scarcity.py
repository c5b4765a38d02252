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

_LEVEL = dict(
    zip(
        SECTIONS,
        (-1.2, -0.6, -0.15, -0.6, -0.4, -0.45, -0.15, -0.2, -0.15, -0.25)
        + (-0.8, -0.25, -0.05, -0.35, -0.2, -0.5, -0.1, -0.4, -0.95, -2.0),
        strict=True,
    )
)
# Sections, longitude, latitude, reach in km, height.
_HILLS = (
    ("IML", 117.150, 36.660, 6.0, 0.50),  # east of Lixia
    ("IM", 117.270, 36.690, 6.5, 0.80),  # east of Licheng
    ("IM", 117.115, 36.860, 6.0, 0.60),
    ("IML", 116.970, 36.700, 6.0, -0.65),  # Tianqiao
    ("IML", 116.990, 36.605, 6.0, -0.55),  # south of Shizhong
    ("C", 117.490, 36.760, 14.0, 0.60),  # Zhangqiu
    ("C", 117.800, 36.100, 9.0, 0.25),
    ("CEG", 116.960, 36.700, 8.0, -0.45),
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


def tightness(rng: np.random.Generator, km: Floats) -> Floats:
    """Return sections × points (km): openings per person at work, up to a factor of the city."""
    log = np.array([_LEVEL[section] for section in SECTIONS])[:, None] + _waves(rng, km)
    for sections, lon, lat, reach, height in _HILLS:
        away = np.hypot(*(km - to_km(np.array([lon, lat]))).T)
        hill = height * np.exp(-((away / reach) ** 2) / 2)
        for section in sections:
            log[SECTIONS.index(section)] += hill
    return np.exp(log)


def _waves(rng: np.random.Generator, km: Floats) -> Floats:
    """Return a smooth field per section that goes up and down within some kilometres."""
    shape = (len(SECTIONS), _WAVES)
    length, turn = rng.uniform(*_WAVE_KM, shape), rng.uniform(0, 2 * np.pi, shape)
    phase = rng.uniform(0, 2 * np.pi, shape)
    along = np.cos(turn)[..., None] * km[:, 0] + np.sin(turn)[..., None] * km[:, 1]
    waves = np.cos(2 * np.pi * along / length[..., None] + phase[..., None])
    field: Floats = _WAVE_HEIGHT * waves.sum(axis=1)
    return field
