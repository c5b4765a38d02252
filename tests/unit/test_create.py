from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely

from talentmap.intake import create
from talentmap.intake.create import new_workspace
from talentmap.intake.districts import OUTSIDE, Districts
from talentmap.model.errors import UserError
from talentmap.model.workspace import Workspace


def two_squares(crs: str = "EPSG:4326", **columns: list[str]) -> geopandas.GeoDataFrame:
    shapes = [shapely.box(10, 50, 11, 51), shapely.box(11, 50, 12, 51)]
    return geopandas.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326").to_crs(crs)


def test_a_chinese_city_gets_its_profile_and_districts(tmp_path: Path) -> None:
    made = new_workspace(tmp_path / "w", city="370100", default_industry="I", industries=["I", "C"])
    assert made == Workspace.open(tmp_path / "w")
    assert (made.city.code, made.city.name, made.city.name_en) == ("370100", "济南市", "Jinan")
    assert made.city.industries == ("I", "C")
    assert len(Districts.of(made)) == 12


def test_the_boundary_is_geoparquet_in_degrees(tmp_path: Path) -> None:
    made = new_workspace(tmp_path / "w", city="370100")
    frame = geopandas.read_parquet(made.boundary)
    assert frame.crs == "EPSG:4326"
    assert list(frame.columns) == ["code", "name", "name_en", "geometry"]


def test_without_city_and_boundary_there_is_no_boundary(tmp_path: Path) -> None:
    made = new_workspace(tmp_path / "ri", name="Rhode Island")
    assert made.city.name == made.city.name_en == "Rhode Island"
    districts = Districts.of(made)
    assert len(districts) == 0
    assert districts.bounds is None
    assert list(districts.locate(np.array([117.0]), np.array([36.6]))) == [OUTSIDE]


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".shp", ".parquet"])
def test_boundary_files_of_every_kind(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"two{suffix}"
    frame = two_squares("EPSG:4326" if suffix == ".geojson" else "EPSG:3857", adcode=["7", "8"])
    frame = frame.assign(NAME=["东区", "西区"])
    if suffix == ".parquet":
        frame.to_parquet(file)
    else:
        frame.to_file(file, encoding="utf-8")
    districts = Districts.of(new_workspace(tmp_path / "w", boundary=file))
    assert districts.codes == ["7", "8"]
    assert districts.names == ["东区", "西区"]
    assert districts.names_en == ["Dong District", "Xi District"]
    assert districts.bounds == pytest.approx((10, 50, 12, 51))


def test_areas_without_names_are_numbered(tmp_path: Path) -> None:
    two_squares(colour=["red", "blue"]).to_file(tmp_path / "plain.geojson")
    made = new_workspace(tmp_path / "w", boundary=tmp_path / "plain.geojson")
    assert made.city.name == "plain"
    assert Districts.of(made).codes == ["1", "2"]


def write_points(file: Path) -> None:
    geopandas.GeoDataFrame(geometry=[shapely.Point(1, 2)], crs="EPSG:4326").to_file(file)


def write_bad(file: Path) -> None:
    file.write_bytes(b"\x00\x01binary")


def write_twice(file: Path) -> None:
    two_squares(code=["1", "1"]).to_file(file)


def write_nothing(file: Path) -> None:
    file.write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")


@pytest.mark.parametrize(
    ("write", "says"),
    [
        (write_points, "feature 1 is a Point"),
        (write_bad, "cannot be read"),
        (write_twice, "code '1' is there more than once"),
        (write_nothing, "no features"),
        (lambda file: None, "no such file"),
    ],
)
def test_a_bad_boundary_is_told_in_one_line_and_leaves_nothing(
    tmp_path: Path, write: object, says: str
) -> None:
    assert callable(write)
    write(tmp_path / "bad.geojson")
    with pytest.raises(UserError, match=says) as error:
        new_workspace(tmp_path / "w", boundary=tmp_path / "bad.geojson")
    assert "bad.geojson" in str(error.value)
    assert "\n" not in str(error.value)
    assert [p.name for p in tmp_path.iterdir() if p.name != "bad.geojson"] == []


def test_a_folder_in_use_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UserError, match="not empty"):
        new_workspace(tmp_path, city="370100")
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


def test_a_workspace_is_not_made_over_another(tmp_path: Path) -> None:
    new_workspace(tmp_path / "w", name="One")
    with pytest.raises(UserError, match="workspace already"):
        new_workspace(tmp_path / "w", name="Two")
    assert Workspace.open(tmp_path / "w").city.name == "One"


def test_an_empty_folder_may_be_there_already(tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    assert new_workspace(tmp_path / "w", name="One").city.name == "One"


def test_a_failure_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(create, "_write_boundary", full)
    with pytest.raises(UserError, match="No space left"):
        new_workspace(tmp_path / "w", city="370100")
    assert list(tmp_path.iterdir()) == []


def test_city_and_boundary_exclude_each_other(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="together"):
        new_workspace(tmp_path / "w", city="370100", boundary=tmp_path / "x.geojson")


@pytest.fixture(scope="module")
def jinan(tmp_path_factory: pytest.TempPathFactory) -> Districts:
    folder = tmp_path_factory.mktemp("jinan") / "w"
    return Districts.of(new_workspace(folder, city="370100"))


@pytest.mark.parametrize("text", ["370102", "历下区", "历下", " 历下区 ", "lixia district"])
def test_a_district_is_known_by_code_and_name(jinan: Districts, text: str) -> None:
    assert jinan.code_of(text) == "370102"


@pytest.mark.parametrize("text", ["", "区", "历", "青岛", "3701"])
def test_other_texts_mean_no_district(jinan: Districts, text: str) -> None:
    assert jinan.code_of(text) is None


def test_a_name_of_two_districts_means_neither(tmp_path: Path) -> None:
    two_squares(code=["1", "2"], name=["新华区", "新华县"]).to_file(tmp_path / "b.geojson")
    districts = Districts.of(new_workspace(tmp_path / "w", boundary=tmp_path / "b.geojson"))
    assert districts.code_of("新华") is None
    assert districts.code_of("新华县") == "2"


def test_points_are_located(jinan: Districts) -> None:
    lon = np.array([117.0113, 116.4, 117.5, np.nan])
    lat = np.array([36.6613, 39.9, 36.71, 36.7])
    found = jinan.locate(lon, lat)
    codes = [jinan.codes[i] if i != OUTSIDE else "" for i in found]
    assert codes == ["370102", "", "370114", ""]


def test_a_point_on_a_border_belongs_to_one_district(tmp_path: Path) -> None:
    two_squares(code=["1", "2"]).to_file(tmp_path / "b.geojson")
    districts = Districts.of(new_workspace(tmp_path / "w", boundary=tmp_path / "b.geojson"))
    assert list(districts.locate(np.array([11.0, 12.0]), np.array([50.5, 50.5]))) == [0, 1]


def test_label_points_lie_in_their_districts(jinan: Districts) -> None:
    lon, lat = np.array(jinan.label_points()).T
    assert list(jinan.locate(lon, lat)) == list(range(12))
