"""Every kind in every format, written from the demo city and read back: the numbers of the desk."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from talentmap.answers.serving import Serving
from talentmap.answers.viewer import Viewer
from talentmap.cli import app
from talentmap.model.answer import OK
from talentmap.model.errors import NotAllowed, UserError
from talentmap.model.question import Question
from talentmap.model.words import Words
from talentmap.model.workspace import Workspace
from talentmap.reports.content.asker import Asker
from talentmap.reports.content.kind import document
from talentmap.reports.content.layout import numbered, written
from talentmap.reports.content.model import Document, Figures, Heading, Paragraph, Points, Table
from talentmap.reports.formats import xlsx
from talentmap.reports.write import formats, kinds, write_report

KINDS = ("shortage", "commute", "district", "enterprise", "quality")
SCOPES = {
    "city": "",
    "district": "place=district:370102",
    "park": "place=park:P03",
    "industry": "industry=I",
    "chain": "chain=digital&place=district:370112",
    "area": "place=circle:117.02,36.66,4",
}


@pytest.fixture(scope="module")
def serving(demo_workspace: Workspace) -> Serving:
    return Serving(demo_workspace)


@pytest.fixture(scope="module")
def compose(serving: Serving) -> Callable[..., Document]:
    @cache
    def made(kind: str, query: str, tier: str = "authorised", language: str = "zh") -> Document:
        viewer = Viewer(tier)
        question = Question.from_query(query)
        asker = Asker(serving.desk(), serving.office(viewer), viewer, question, language)
        return document(kinds()[kind], asker)

    return made


@pytest.fixture(scope="module")
def written_files(
    serving: Serving, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], dict[str, Path]]:
    @cache
    def made(kind: str) -> dict[str, Path]:
        folder = tmp_path_factory.mktemp(kind)
        found = write_report(
            serving, Viewer("authorised"), kind, Question(), list(formats()), folder
        )
        assert sorted(folder.iterdir()) == sorted(found)  # nothing else is left behind
        return {file.suffix[1:]: file for file in found}

    return made


def test_there_are_five_kinds_and_four_formats_with_names_in_both_languages() -> None:
    assert set(kinds()) == set(KINDS)
    assert set(formats()) == {"docx", "pdf", "xlsx", "html"}
    named = [kind.name for kind in kinds().values()] + [f.name for f in formats().values()]
    assert all(isinstance(name, Words) and name.zh and name.en for name in named)


@pytest.mark.parametrize("kind", KINDS)
def test_docx_holds_every_heading_and_every_cell(
    kind: str,
    compose: Callable[..., Document],
    written_files: Callable[[str], dict[str, Path]],
) -> None:
    content = compose(kind, "")
    found = docx.Document(str(written_files(kind)["docx"]))
    named = [(p.style.name or "" if p.style else "", p.text) for p in found.paragraphs]
    heads = [text for style, text in named if style.startswith("Heading")]
    wanted = [entry.text for entry in numbered(content) if isinstance(entry.block, Heading)]
    assert heads == wanted != []
    figures = sum(isinstance(block, Figures) for block in content.blocks)
    tables = found.tables[figures:] if figures else found.tables
    for source, table in zip(content.tables(), tables, strict=True):
        shown = source.rows[: source.most]
        texts = [[c.text for c in row.cells] for row in table.rows]
        assert texts[0] == [column.title for column in source.columns]
        assert texts[1:] == [
            [written(c, col, "zh") for c, col in zip(row, source.columns, strict=True)]
            for row in shown
        ]


@pytest.mark.parametrize("kind", KINDS)
def test_xlsx_holds_every_number_unrounded(
    kind: str,
    compose: Callable[..., Document],
    written_files: Callable[[str], dict[str, Path]],
) -> None:
    content = compose(kind, "")
    book = openpyxl.load_workbook(written_files(kind)["xlsx"])
    sheets = book.worksheets[1 : 1 + sum(1 for _ in content.tables())]
    for source, sheet in zip(content.tables(), sheets, strict=True):
        assert sheet["A1"].value == source.title
        assert sheet.max_row == 3 + len(source.rows)
        for row, cells in zip(source.rows, sheet.iter_rows(min_row=4), strict=True):
            for cell, there in zip(row, cells, strict=True):
                if cell.number is None:
                    assert isinstance(there.value, str)
                else:
                    assert there.value == pytest.approx(cell.number, rel=1e-14, abs=1e-300)


@pytest.mark.parametrize("kind", KINDS)
def test_pdf_and_html_hold_headings_and_marks(
    kind: str,
    compose: Callable[..., Document],
    written_files: Callable[[str], dict[str, Path]],
) -> None:
    content = compose(kind, "")
    reader = PdfReader(written_files(kind)["pdf"])
    pages = [re.sub(r"\s", "", page.extract_text()) for page in reader.pages]
    page = written_files(kind)["html"].read_text("utf-8")
    for entry in numbered(content):
        if isinstance(entry.block, Heading):
            assert re.sub(r"\s", "", entry.text) in "".join(pages)
            assert f">{entry.text}</h" in page
    assert all("演示数据（合成）" in text for text in pages)
    assert all(reader.pages[i].mediabox.height == pytest.approx(841.9, abs=1) for i in range(2))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["docx", "pdf", "xlsx", "html"])
def test_every_file_says_what_it_is(
    kind: str, name: str, written_files: Callable[[str], dict[str, Path]], serving: Serving
) -> None:
    text = re.sub(r"\s", "", _text(written_files(kind)[name]))
    for word in ("济南市", "全部行业", "2026年6月", serving.info.name, "授权", "隐去", "演示数据"):
        assert word in text
    # The watermark lies in a drawing of the DOCX's header, and is drawn on every page elsewhere.
    if name != "docx":
        assert f"授权级·济南市·{serving.info.name}" in text


def test_the_brief_has_two_pages(
    serving: Serving, tmp_path: Path, written_files: Callable[[str], dict[str, Path]]
) -> None:
    for query in ("place=district:370102", "place=district:370112&industry=C"):
        question = Question.from_query(query)
        (file,) = write_report(serving, Viewer("internal"), "district", question, ["pdf"], tmp_path)
        assert len(PdfReader(file).pages) == 2


def test_a_report_shows_the_numbers_of_the_desk(
    compose: Callable[..., Document], serving: Serving
) -> None:
    viewer, query = Viewer("authorised"), "industry=I&place=district:370112"
    content = compose("shortage", query)
    tables = {table.title: table for table in content.tables()}
    question = Question.from_query(query)
    totals = {row[0].value: row for row in tables["总体供需及变化"].rows}
    for metric in ("supply", "demand", "openings_ratio", "scarcity"):
        asked = question.but(metric=metric, level="district", versus="2025-06")
        answer = serving.ask(asked, viewer).table.to_pylist()[0]
        row = totals[serving.metrics[metric].name.zh]
        assert row[2].number == pytest.approx(answer["value"], rel=1e-9)
        assert row[5].number == pytest.approx(answer["before"], rel=1e-9)
    ranked = next(t for title, t in tables.items() if title.endswith("细分行业紧缺情况"))
    answer_rows = serving.ranking(question.but(metric="scarcity"), viewer).table.to_pylist()
    assert [row[0].value for row in ranked.rows] == [r["name"] for r in answer_rows]
    assert [row[3].number for row in ranked.rows] == [r["value"] for r in answer_rows]


def test_the_maps_show_the_cells_of_the_desk(
    compose: Callable[..., Document], serving: Serving
) -> None:
    from talentmap.reports.content.model import Map

    content = compose("shortage", "")
    maps = {m.title: m for m in content.pictures() if isinstance(m, Map)}
    answer = serving.ask(Question(metric="supply", level="cell7"), Viewer("authorised"))
    rows = [r for r in answer.table.to_pylist() if r["id"][:1].isdigit()]
    assert list(maps["人才分布"].cells) == [r["id"] for r in rows]
    assert maps["人才分布"].values.tolist() == [r["value"] for r in rows]


@pytest.mark.parametrize("tier", ["public", "internal", "authorised"])
@pytest.mark.parametrize("scope", list(SCOPES))
@pytest.mark.parametrize("kind", ["shortage", "commute", "district", "enterprise"])
def test_every_kind_is_there_for_every_scope_and_tier(
    kind: str, scope: str, tier: str, compose: Callable[..., Document]
) -> None:
    try:
        content = compose(kind, SCOPES[scope], tier)
    except UserError as error:
        assert "is hidden to protect persons" in str(error)  # noqa: PT017 - the one refusal there is
        assert tier == "public"
        return
    _check(content)


@pytest.mark.parametrize("kind", KINDS)
def test_english_has_no_chinese_but_names(
    kind: str, compose: Callable[..., Document], serving: Serving
) -> None:
    content = compose(kind, "", "internal", "en")
    _check(content)
    texts = [b.text for b in content.blocks if isinstance(b, (Paragraph, Heading))]
    texts += [i for b in content.blocks if isinstance(b, Points) for i in b.items]
    texts += [c.title for t in content.tables() for c in t.columns]
    texts += [words for fact in content.facts for words in fact]
    # Parks bear the names they have; everything else is said in English.
    text = "\n".join(texts)
    for places in serving.info.places.values():
        for place in places:
            text = text.replace(place.name.en, "")
    assert not re.findall(r".*[\u4e00-\u9fff，。；：（）].*", text)


def test_no_sentence_holds_a_raw_id_or_a_nan(compose: Callable[..., Document]) -> None:
    for kind in KINDS:
        content = compose(kind, "place=district:370102" if kind != "quality" else "")
        text = "\n".join(b.text for b in content.blocks if isinstance(b, Paragraph))
        text += "\n".join(i for b in content.blocks if isinstance(b, Points) for i in b.items)
        assert not re.search(r"nan|None|370\d{3}|P\d\d|[0-9a-f]{15}|\{|\}", text)


def test_advice_is_offered_and_never_ordered(compose: Callable[..., Document]) -> None:
    content = compose("shortage", "")
    at = next(
        i for i, b in enumerate(content.blocks) if isinstance(b, Heading) and b.text == "建议"
    )
    points = content.blocks[at + 1]
    assert isinstance(points, Points)
    assert all("可" in item and "应当" not in item and "必须" not in item for item in points.items)


def test_an_empty_scope_is_refused(serving: Serving, tmp_path: Path) -> None:
    question = Question.from_query("industry=T&place=district:370126")
    with pytest.raises(UserError, match="has nobody and no openings"):
        write_report(serving, Viewer("authorised"), "shortage", question, ["pdf"], tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_scope_of_which_all_is_hidden_is_refused(serving: Serving, tmp_path: Path) -> None:
    question = Question.from_query("industry=T&place=district:370126")
    with pytest.raises(UserError, match="is hidden to protect persons"):
        write_report(serving, Viewer("public"), "shortage", question, ["pdf"], tmp_path)


def test_the_public_tier_has_no_report_on_the_data(serving: Serving, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        write_report(serving, Viewer("public"), "quality", Question(), ["docx"], tmp_path)


@pytest.mark.parametrize(
    ("kind", "names", "language", "what"),
    [
        ("shortege", ["pdf"], "zh", "did you mean shortage"),
        ("shortage", ["pdx"], "zh", "did you mean"),
        ("shortage", [], "zh", "format: none given"),
        ("shortage", ["pdf"], "fr", "language"),
    ],
)
def test_a_wrong_word_is_named(
    kind: str, names: list[str], language: str, what: str, serving: Serving, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=what):
        write_report(serving, Viewer(), kind, Question(), names, tmp_path, language)


def test_a_full_disk_leaves_what_was_there_and_no_half_file(
    serving: Serving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    question, viewer = Question.from_query("place=district:370102"), Viewer("internal")
    names = ["docx", "xlsx"]
    before = write_report(serving, viewer, "district", question, names, tmp_path)
    kept = {file: file.read_bytes() for file in before}

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    broken = replace(xlsx.FORMAT, write=full)
    monkeypatch.setattr(xlsx, "FORMAT", broken)
    with pytest.raises(UserError, match="No space left on device"):
        write_report(serving, viewer, "district", question, names, tmp_path)
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == kept


def test_a_folder_that_is_a_file_is_named(serving: Serving, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(UserError, match="out: cannot be written"):
        write_report(serving, Viewer(), "district", Question(), ["html"], tmp_path / "out")


def test_names_of_files_are_safe_everywhere(compose: Callable[..., Document]) -> None:
    for query in SCOPES.values():
        name = compose("shortage", query).file
        assert re.fullmatch(r"[^\\/:*?\"<>|'\s]{1,60}", name)
        assert name.endswith("2026-06")


def test_the_command_writes_what_it_names(demo_workspace: Workspace, tmp_path: Path) -> None:
    arguments = ["report", str(demo_workspace.path), "district", "--out", str(tmp_path)]
    options = ["--query", "place=district:370102", "--format", "html,xlsx", "--as", "public"]
    done = CliRunner().invoke(app, [*arguments, *options])
    assert done.exit_code == 0, done.output
    files = sorted(tmp_path.iterdir())
    assert [f.suffix for f in files] == [".html", ".xlsx"]
    assert all(file.name in done.output.replace("\n", "") for file in files)
    assert "授权级" not in _text(files[0])


def test_the_command_names_what_is_wrong(demo_workspace: Workspace, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        app, ["report", str(demo_workspace.path), "shortage", "--out", str(tmp_path), "--as", "me"]
    )
    assert isinstance(done.exception, UserError)
    assert "as: unknown value 'me'" in str(done.exception)
    assert not list(tmp_path.iterdir())


def test_progress_rises_to_the_end(serving: Serving, tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    write_report(
        serving, Viewer(), "district", Question(), ["html"], tmp_path, "zh",
        lambda step, share: told.append((step, share)),
    )  # fmt: skip
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert told[-1] == ("done", 1.0)


def _check(content: Document) -> None:
    """No heading without a block below it, no empty paragraph, every number with its status."""
    for block, after in zip(content.blocks, [*content.blocks[1:], None], strict=True):
        if isinstance(block, Heading):
            deeper = isinstance(after, Heading) and after.level > block.level
            assert after is not None
            assert deeper or not isinstance(after, Heading)
        if isinstance(block, Paragraph):
            assert block.text.strip()
        if isinstance(block, Table):
            assert block.rows
            assert all(len(row) == len(block.columns) for row in block.rows)
            cells = [cell for row in block.rows for cell in row]
            assert all(c.value is None or c.value == c.value for c in cells)
            assert all(c.value is None for c in cells if c.status != OK)


def _text(file: Path) -> str:
    match file.suffix:
        case ".docx":
            found = docx.Document(str(file))
            return "".join(p.text for p in found.paragraphs)
        case ".pdf":
            return "".join(page.extract_text() for page in PdfReader(file).pages)
        case ".xlsx":
            cover = openpyxl.load_workbook(file).worksheets[0]
            return "".join(str(c.value) for row in cover.iter_rows() for c in row if c.value)
        case _:
            return file.read_text("utf-8")
