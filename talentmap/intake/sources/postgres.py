"""PostgreSQL and PostGIS by URL and query, streamed; only ever read. The first row is row 1.

Columns are cast in SQL where Arrow has no plain form of them: numeric and other odd types to text,
dates and times to the text of the date (`infinity` among them, which no date can hold and intake
then refuses with its row), geometries to WKB in WGS-84. The password comes from the URL, PGPASSWORD
or ~/.pgpass, and goes nowhere but to the server.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

import numpy as np
import pyarrow as pa
from adbc_driver_manager import Error
from adbc_driver_postgresql import dbapi

from talentmap.intake.names import normal
from talentmap.intake.source import ROW, Chunk, Options, Reading, Source
from talentmap.model.errors import UserError
from talentmap.model.schemas import TABLES

SCHEMES = ("postgresql", "postgres")
_PLAIN = ("int2", "int4", "int8", "float4", "float8", "bool", "text", "varchar", "bpchar", "name")
_DATES = ("date", "timestamp", "timestamptz")
_SHAPES = ("geometry", "geography")
_GEOMETRY = "geometry"
_NO_SYSTEM = "the geometry names no coordinate reference system: taken as WGS-84"
_READ_ONLY = "-c default_transaction_read_only=on -c datestyle=ISO"
_CONNECT_SECONDS = "10"
_TYPE = b"POSTGRESQL:type"
_POSTGIS = (
    "SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace"
    " WHERE e.extname = 'postgis'"
)
# What PostgreSQL says of these classes of errors is about the query; of the others, about values.
_SAYS = ("08", "0A", "25", "28", "3D", "3F", "42", "53", "54", "57")
# Once rows flow, errors come without a class: then these are the ones known to hold no value.
_SAYS_FLOWING = ("cannot execute", "canceling", "terminating", "server closed", "permission denied")
_NOT_ENCODED = "invalid byte sequence for encoding"


@dataclass(frozen=True)
class _Column:
    """A column of the query: its name there, its type, and the name it goes by here."""

    name: str
    type: str
    alias: str

    def expression(self, postgis: str) -> str:
        """Return the SQL that gives the column in a form that Arrow and intake have."""
        cell = f"q.{_quoted(self.name)}"
        if self.type in _PLAIN:
            return cell
        if self.type in _DATES:
            return f"{cell}::date::text"
        if self.alias == _GEOMETRY and self.type in _SHAPES:
            shape, at = f"{cell}::{_quoted(postgis)}.geometry", f"{_quoted(postgis)}.st_"
            moved = f"{at}transform({shape}, 4326)"
            return f"{at}asbinary(CASE {at}srid({shape}) WHEN 0 THEN {shape} ELSE {moved} END)"
        return f"{cell}::text"


def is_address(text: str) -> bool:
    """Tell whether a text is the URL of a PostgreSQL database, whatever the rest of it says."""
    return text.partition("://")[0].lower() in SCHEMES and "://" in text


def locate(url: str, query: str = "") -> tuple[Path, dict[str, object]]:
    """Return what `import_file` takes for a database: a name to show (`db@host`), and options.

    The query may stand in the URL instead, as its parameter `query`. Raise UserError for a URL that
    cannot be read, and where there is no query or more than one.
    """
    if not is_address(url):
        raise UserError("source postgres: FILE must be a URL, postgresql://user@host/database")
    if re.search(r"%(?![0-9A-Fa-f]{2})", url):
        raise UserError("the database URL: write a % in it as %25")
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    queries = [text for text in (query, *(v for k, v in pairs if k == "query")) if text.strip()]
    if len(queries) != 1:
        raise UserError("source postgres: give one query, by --query or as ?query= of the URL")
    rest = urlencode([(k, v) for k, v in pairs if k != "query"], quote_via=quote)
    host = parts.netloc.rpartition("@")[2].removesuffix(":5432") or "local"
    database = unquote(parts.path.strip("/")) or unquote(parts.username or "") or "database"
    label = f"{database}@{host}".replace("/", "_")
    options: dict[str, object] = {
        "url": urlunsplit(parts._replace(query=rest, fragment="")),
        "query": queries[0].strip().rstrip(";"),
    }
    return Path(label), options


def _identity(file: Path, options: Options) -> str:
    return hashlib.sha256(f"{file.name}\n{options.get('query')}".encode()).hexdigest()


def _read(file: Path, table: str, options: Options) -> Reading:
    if "url" not in options:
        raise UserError(f"{file.name}: source postgres needs a URL, postgresql://…")
    url, query = str(options["url"]), str(options["query"])
    with _connected(url, file) as connection, closing(connection.cursor()) as cursor:
        columns = _columns(cursor.adbc_execute_schema(query), table, file)
        postgis = ""
        if any(column.type in _SHAPES for column in columns.values()):
            cursor.execute(_POSTGIS)
            postgis = str((cursor.fetchone() or ("public",))[0])

    def chunks(names: Sequence[str]) -> Iterator[Chunk]:
        return _chunks(file, url, _select([columns[n] for n in names], query, postgis), names)

    return Reading(tuple(columns), chunks)


def _columns(schema: pa.Schema, table: str, file: Path) -> dict[str, _Column]:
    """Return the columns by the name they go by; raise UserError where a name is there twice."""
    types = [(field.metadata or {}).get(_TYPE, b"").decode() for field in schema]
    shapes = [name for name, type_ in zip(schema.names, types, strict=True) if type_ in _SHAPES]
    # PostGIS tables call it geom; there being one, it is the geometry whatever its name.
    named = shapes[0] if table == "places" and len(shapes) == 1 else ""
    found: dict[str, _Column] = {}
    for name, type_ in zip(schema.names, types, strict=True):
        alias = _GEOMETRY if name == named else name
        if alias in found:
            raise UserError(f"{file.name}: the query gives column {alias} twice; name one with AS")
        found[alias] = _Column(name, type_, alias)
    if not any(normal(name) for name in found):
        raise UserError(f"{file.name}: the query gives no rows to read; it must be a SELECT")
    return found


def _select(columns: Sequence[_Column], query: str, postgis: str) -> str:
    """Return the query around the office's own; its last column tells shapes without a system."""
    listed = [f"{c.expression(postgis)} AS {_quoted(c.alias)}" for c in columns]
    shape = next((c for c in columns if c.alias == _GEOMETRY and c.type in _SHAPES), None)
    unknown = "false"
    if shape is not None:
        schema = _quoted(postgis)
        cell = f"q.{_quoted(shape.name)}::{schema}.geometry"
        unknown = f"coalesce({schema}.st_srid({cell}) = 0, false)"
    # The line break ends a comment at the end of the query.
    return f"SELECT {', '.join([*listed, unknown])} FROM ({query}\n) AS q"


def _chunks(file: Path, url: str, select: str, names: Sequence[str]) -> Iterator[Chunk]:
    row = 1
    with _connected(url, file) as connection, closing(connection.cursor()) as cursor:
        cursor.execute(select)
        try:
            for batch in cursor.fetch_record_batch():
                yield _chunk(batch, row, names)
                row += batch.num_rows
        except (pa.ArrowException, OSError) as error:
            raise UserError(f"{file.name}: after row {row - 1}: {_said_flowing(error)}") from None


def _chunk(batch: pa.RecordBatch, first: int, names: Sequence[str]) -> Chunk:
    """Return the rows of a batch, numbered from `first`; the last column is for us alone."""
    rows = pa.array(np.arange(first, first + batch.num_rows, dtype=np.int64))
    cells = [batch.column(i) for i in range(len(names))]
    unknown = batch.column(len(names)).true_count
    notes = {_NO_SYSTEM: unknown} if unknown else {}
    return Chunk(pa.table([*cells, rows], [*names, ROW]), batch.num_rows, notes=notes)


@contextmanager
def _connected(url: str, file: Path) -> Iterator[dbapi.Connection]:
    """Connect, and turn what the server says into a UserError without a password or a value."""
    try:
        with dbapi.connect(_complete(url), autocommit=True) as connection:
            yield connection
    except Error as error:
        raise UserError(f"{file.name}: {_said(error)}") from None


def _complete(url: str) -> str:
    """Return the URL with what we rely on: reading only, text in UTF-8, dates as 2026-06-01."""
    parts = urlsplit(url)
    words = dict(parse_qsl(parts.query, keep_blank_values=True))
    words["options"] = f"{words.get('options', '')} {_READ_ONLY}".strip()
    words["client_encoding"] = "UTF8"
    words = {"connect_timeout": _CONNECT_SECONDS, "application_name": "talentmap", **words}
    return urlunsplit(parts._replace(query=urlencode(words, quote_via=quote)))


def _said(error: Error) -> str:
    """Return one line on an error: the server's own words unless they may hold a value."""
    state = error.sqlstate or ""
    text = str(error)
    if not state:
        return _not_connected(text)
    if not state.startswith(_SAYS):
        return f"the query fails on a value (SQLSTATE {state})"
    return f"the query is refused: {_line(text)} (SQLSTATE {state})"


def _said_flowing(error: Exception) -> str:
    """Return one line on an error that came between rows."""
    line = _line(str(error))
    if line.startswith(_NOT_ENCODED):
        return "text that is not in the encoding of the database"
    known = line.startswith(_SAYS_FLOWING)
    return f"the query fails: {line}" if known else "the query fails on a value"


def _line(text: str) -> str:
    words = text.partition("ERROR:")[2] or text.partition("FATAL:")[2] or text
    return words.strip().splitlines()[0]


def _not_connected(text: str) -> str:
    """Return why there is no connection; what libpq quotes of a bad URL may be its password."""
    words = text.partition("Failed to connect:")[2].strip() or text
    line = words.splitlines()[0]
    if not line.startswith(("connection to server", "could not translate host name")):
        line = re.sub(r'"[^"]*"', '"…"', line)
    return f"the database cannot be reached: {line}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


SOURCE = Source(id="postgres", suffixes=(), tables=TABLES, read=_read, identity=_identity)
