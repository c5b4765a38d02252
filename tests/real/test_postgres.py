"""PostgreSQL and PostGIS as a source, on a real server: scripts/postgres.sh starts one."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from adbc_driver_postgresql import dbapi

from talentmap.intake.importer import import_file
from talentmap.intake.ledger import batches, record_files
from talentmap.intake.report import BatchReport
from talentmap.intake.sources.postgres import is_address, locate
from talentmap.model.errors import UserError
from talentmap.model.workspace import CityProfile, Workspace
from talentmap.privacy.pseudonyms import Pseudonyms

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "postgres.sh"
SETUP = """
CREATE EXTENSION postgis;
CREATE TABLE people (id text, lon numeric(12, 6), lat double precision, district text,
  education text, arrived date, hired timestamptz, persons bigint, tags text[], extra jsonb);
INSERT INTO people VALUES
  ('a1', 117.050001, 36.65, '370102', '硕士', '2024-03-31', '2024-03-31 23:00Z', 2, '{x}', '{}'),
  ('a2', 117.060002, 36.66, '370102', '本科', 'infinity', 'infinity', 1, NULL, NULL),
  ('a3', 'NaN', NULL, '370103', '专科', '0044-03-15 BC', NULL, 1, NULL, NULL),
  ('a4', NULL, NULL, '370103', NULL, NULL, '-infinity', 1, NULL, NULL);
CREATE TABLE parks (code text, name text, kind text, geom geometry(Polygon, 4490));
INSERT INTO parks VALUES ('p1', '东园', 'park',
  ST_GeomFromText('POLYGON((117 36.6, 117.1 36.6, 117.1 36.7, 117 36.7, 117 36.6))', 4490)),
  ('p2', '无园', 'park', NULL)
""".split(";\n")


def _run(*words: str) -> str:
    done = subprocess.run([SCRIPT, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"there is no PostgreSQL to test with: {done.stderr.strip()}")
    return done.stdout


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The URL of a server: the one that is named, or a private one."""
    if named := os.environ.get("TALENTMAP_TEST_PG"):
        yield named
        return
    _run("install")
    folder, url = _run("start").split()
    yield url
    _run("stop", folder)


def _execute(url: str, *statements: str) -> None:
    with dbapi.connect(url, autocommit=True) as connection, connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@pytest.fixture(scope="module")
def database(server: str) -> Iterator[str]:
    """The URL of a database with people and parks in it."""
    name = f"talentmap_{secrets.token_hex(4)}"
    _execute(server, f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")
    _execute(_database(server, name), *SETUP)
    yield _database(server, name)
    _execute(server, f"DROP DATABASE {name}")


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    """A workspace without a boundary."""
    path = tmp_path / "city"
    path.mkdir()
    (path / "city.toml").write_text(CityProfile("370100", "济南", "Jinan").to_toml(), "utf-8")
    return Workspace.open(path)


def take(ws: Workspace, table: str, url: str, query: str) -> BatchReport:
    path, options = locate(url, query)
    key = Pseudonyms(b"k" * 32).of
    return import_file(ws, table, path, source="postgres", options=options, pseudonym=key)


def records(ws: Workspace, table: str) -> pa.Table:
    return pq.read_table(record_files(ws, table)[0])


def test_people_come_with_numeric_dates_and_words(ws: Workspace, database: str) -> None:
    query = (
        "SELECT id AS 人员编号, lon AS home_lon, lat AS home_lat, district AS home_district,"
        " education AS 学历, arrived, persons, tags, extra FROM people WHERE arrived IS DISTINCT"
        " FROM 'infinity' AND arrived > '2000-01-01' ORDER BY id -- a comment ends the query"
    )
    report = take(ws, "people", database, query)
    row = records(ws, "people").to_pylist()[0]
    assert (report.accepted, report.refused, report.persons) == (1, 0, 2)
    assert (row["home_lon"], row["home_lat"]) == (117.050001, 36.65)
    assert row["persons"] == 2
    assert row["arrived"] == (2024 - 2000) * 12 + 2


def test_what_no_date_can_hold_is_refused_with_its_row_and_column(
    ws: Workspace, database: str
) -> None:
    query = "SELECT district AS home_district, arrived FROM people ORDER BY id"
    report = take(ws, "people", database, query)
    assert (report.rows_in, report.accepted) == (4, 2)
    assert report.reasons == {"arrived: not a month or date": 2}
    assert [example[:2] for example in report.examples] == [(2, "arrived"), (3, "arrived")]


def test_infinite_timestamps_are_refused_too(ws: Workspace, database: str) -> None:
    query = "SELECT district AS home_district, hired AS arrived FROM people ORDER BY id"
    report = take(ws, "people", database, query)
    assert [example[0] for example in report.examples] == [2, 4]


def test_a_numeric_that_is_no_number_is_no_longitude(ws: Workspace, database: str) -> None:
    query = (
        "SELECT lon AS home_lon, 36.65::float8 AS home_lat, district AS home_district FROM people"
    )
    report = take(ws, "people", database, f"{query} WHERE id = 'a3' OR id = 'a1'")
    assert (report.accepted, report.refused) == (1, 1)


def test_areas_come_as_wgs84_whatever_their_column_is_called(ws: Workspace, database: str) -> None:
    query = "SELECT code, name, kind, ST_Transform(geom, 4547) AS geom FROM parks ORDER BY code"
    report = take(ws, "places", database, query)
    shape = shapely.from_wkb(records(ws, "places")["geometry"][0].as_py())
    assert (report.accepted, report.refused) == (1, 1)
    assert shape.bounds == pytest.approx((117, 36.6, 117.1, 36.7), abs=1e-6)
    assert not report.caveats


def test_a_geography_is_read_and_a_shape_without_a_system_is_told(
    ws: Workspace, database: str
) -> None:
    query = "SELECT code, name, kind, {} FROM parks WHERE geom IS NOT NULL"
    report = take(ws, "places", database, query.format("ST_SetSRID(geom, 4326)::geography AS g"))
    bare = take(ws, "places", database, query.format("ST_SetSRID(geom, 0) AS geom"))
    assert report.accepted == bare.accepted == 1
    assert not report.caveats
    assert any("no coordinate reference system" in caveat for caveat in bare.caveats)


def test_many_rows_come_in_batches_with_their_numbers(ws: Workspace, database: str) -> None:
    query = (
        "SELECT '370102' AS home_district, repeat('x', 200) AS school,"
        " CASE WHEN n = 149000 THEN '2024-13' ELSE '2024-01' END AS arrived"
        " FROM generate_series(1, 150000) n"
    )
    report = take(ws, "people", database, query)
    assert (report.rows_in, report.accepted) == (150_000, 149_999)
    assert report.examples == ((149_000, "arrived", "not a month or date"),)


def test_a_database_in_gbk_speaks_chinese(ws: Workspace, server: str) -> None:
    name = f"talentmap_{secrets.token_hex(4)}"
    _execute(server, f"CREATE DATABASE {name} ENCODING 'EUC_CN' LOCALE 'C' TEMPLATE template0")
    try:
        url = _database(server, name)
        take(ws, "people", url, "SELECT '历下区' AS 居住区县, '济南大学' AS 毕业院校")
    finally:
        _execute(server, f"DROP DATABASE {name}")
    assert records(ws, "people")["school"].to_pylist() == ["济南大学"]


def test_bytes_in_no_encoding_end_in_one_line(ws: Workspace, server: str) -> None:
    name = f"talentmap_{secrets.token_hex(4)}"
    _execute(server, f"CREATE DATABASE {name} ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    try:
        url = _database(server, name)
        with pytest.raises(UserError, match="not in the encoding of the database"):
            take(ws, "people", url, r"SELECT E'\xc0\xfa' AS home_district")
    finally:
        _execute(server, f"DROP DATABASE {name}")
    assert batches(ws) == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT nowhere FROM people", 'column "nowhere" does not exist'),
        ("SELECT * FROM nobody", 'relation "nobody" does not exist'),
        ("SELECT 1; DROP TABLE people", "cannot insert multiple commands"),
        ("DELETE FROM people", "it must be a SELECT"),
        ("DELETE FROM people RETURNING id AS home_district", "syntax error"),
        (
            "WITH x AS (DELETE FROM people RETURNING id AS home_district) SELECT * FROM x",
            "must be at the top level",
        ),
        ("SELECT setval('s', 1) AS home_district", 'relation "s" does not exist'),
        ("SELECT a.id, b.id FROM people a, people b", "gives column id twice"),
        ("SELECT id FROM people", "none of the columns"),
    ],
)
def test_a_query_that_cannot_serve_is_told_in_one_line(
    ws: Workspace, database: str, query: str, said: str
) -> None:
    with pytest.raises(UserError, match=said) as caught:
        take(ws, "people", database, query)
    assert "\n" not in str(caught.value)
    assert batches(ws) == []


def test_an_error_on_a_value_does_not_show_the_value(ws: Workspace, database: str) -> None:
    query = "SELECT district AS home_district, education::int AS persons FROM people"
    with pytest.raises(UserError, match="after row 0: the query fails on a value") as caught:
        take(ws, "people", database, query)
    assert "硕士" not in str(caught.value)
    assert batches(ws) == []


def test_the_database_is_only_read(ws: Workspace, database: str) -> None:
    _execute(database, "CREATE FUNCTION sneak() RETURNS text LANGUAGE plpgsql AS"
             " $$ BEGIN DELETE FROM people; RETURN 'x'; END $$")  # fmt: skip
    with pytest.raises(UserError, match="read-only transaction"):
        take(ws, "people", database, "SELECT sneak() AS home_district")
    assert (
        take(ws, "people", database, "SELECT district AS home_district FROM people").accepted == 4
    )


def test_no_password_is_told_or_kept(ws: Workspace, database: str) -> None:
    parts = urlsplit(database)
    wrong = urlunsplit(parts._replace(netloc=f"office:not%20mine@{parts.netloc.partition('@')[2]}"))
    with pytest.raises(UserError, match="authentication failed") as caught:
        take(ws, "people", wrong, "SELECT 1")
    assert "not mine" not in str(caught.value)
    take(ws, "people", database, "SELECT district AS home_district FROM people")
    kept = b"".join(file.read_bytes() for file in ws.path.rglob("*") if file.is_file())
    for secret in (parts.password or "", quote(parts.password or ""), "SELECT district"):
        assert secret
        assert secret.encode() not in kept


def test_the_command_line_takes_a_url(ws: Workspace, database: str) -> None:
    parts = urlsplit(database)
    bare = urlunsplit(parts._replace(netloc=f"office@{parts.netloc.rpartition('@')[2]}"))
    query = quote("SELECT district AS home_district FROM people")
    words = ["intake", str(ws.path), "people", f"{bare}?query={query}"]
    done = subprocess.run(
        [sys.executable, "-m", "talentmap", *words],
        cwd=ROOT,
        env=os.environ | {"PGPASSWORD": "secret word"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "4 rows = 4 accepted + 0 refused" in done.stdout
    assert batches(ws)[0].file == f"{parts.path[1:]}@{parts.netloc.rpartition('@')[2]}"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://office:geheim@127.0.0.1:1/hr", "cannot be reached"),
        ("postgresql://office:geheim@nohost.invalid/hr", "nohost.invalid"),
        ("postgresql://office:geheim@127.0.0.1:abc/hr", "cannot be reached"),
        ("postgresql://office:geheim@127.0.0.1/hr?sslmode=maybe", "cannot be reached"),
        ("postgresql://office:100%geheim@127.0.0.1/hr", "write a % in it as %25"),
        ("mysql://office:geheim@127.0.0.1/hr", "must be a URL, postgresql://"),
        ("postgresql://127.0.0.1/hr?query=SELECT%202", "give one query"),
    ],
)
def test_a_url_that_does_not_serve_is_told_without_its_password(
    ws: Workspace, url: str, said: str
) -> None:
    with pytest.raises(UserError, match=said) as caught:
        take(ws, "people", url, "SELECT 1")
    assert "geheim" not in str(caught.value)


def test_a_url_is_known_by_its_scheme() -> None:
    assert is_address("postgres://h/db")
    assert not is_address("postgresql")
    assert locate("postgresql://u:p@h:5432/hr", "SELECT 1;")[0] == Path("hr@h")
