"""The wall: its numbers are those of `ask`, they agree with each other, and words keep to rules."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from talentmap.answers.serving import Serving
from talentmap.answers.viewer import Viewer
from talentmap.model.answer import Answer
from talentmap.model.composition import FILE, KPIS, STORIES, TILES, Composition
from talentmap.model.errors import UserError
from talentmap.model.question import Question
from talentmap.model.workspace import Workspace
from talentmap.reports.content.rows import known
from talentmap.reports.content.rows import rows_of as report_rows
from talentmap.reports.judgement import is_scarce
from talentmap.ui.draw.facts import Row
from talentmap.ui.pages.screen import PAGE, asked, canvas, captions, kpis, programme, stories, tiles
from talentmap.ui.pages.screen.captions import Tight
from talentmap.ui.visit import Visit

HAN = re.compile(r"[一-鿿]")
LATIN = re.compile(r"[A-Za-z]{2,}")
TAG = re.compile(r"<[^>]+>")
PLAIN = {
    "people": "supply",
    "openings": "demand",
    "per_seeker": "openings_ratio",
    "commute_km": "commute_km",
}
TIERS = ("public", "internal", "authorised")


@pytest.fixture(scope="module")
def serving(demo_workspace: Workspace) -> Serving:
    return Serving(demo_workspace)


class Composed:
    """A desk whose wall is composed as a test wants it; everything else is the real one's."""

    def __init__(self, serving: Serving, composition: Composition) -> None:
        self._serving, self._composition = serving, composition

    def __getattr__(self, name: str) -> Any:
        return getattr(self._serving, name)

    def composition(self) -> Composition:
        return self._composition


def visit(desk: Any, search: str = "", tier: str = "authorised") -> Visit:
    return PAGE.visit(desk, Viewer(tier), search)


def every_turn(desk: Any, tier: str = "authorised", lang: str = "") -> Iterator[tuple[str, Visit]]:
    here = visit(desk, lang, tier)
    for turn in stories.turns(here, asked.desk_of(here).composition()):
        yield turn.story, visit(desk, turn.href.partition("?")[2], tier)


def words(markup: str) -> str:
    return " ".join(TAG.sub(" ", markup).split())


def numbers(text: str) -> list[float]:
    found = re.findall(r"\d[\d,]*\.?\d*", text)
    return [float(n.replace(",", "")) for n in found]


def one(answer: Answer) -> dict[str, Any]:
    (row,) = answer.table.to_pylist()
    return dict(row)


# ---------------------------------------------------------------- the numbers are the desk's


@pytest.mark.parametrize("tier", TIERS)
def test_the_strip_shows_what_ask_answers(serving: Serving, tier: str) -> None:
    here, viewer = visit(serving, "", tier), Viewer(tier)
    for name, metric in PLAIN.items():
        row = one(serving.ask(Question(metric), viewer))
        assert kpis.read(here, name).value == row["value"]
    people, openings = one(serving.ask(Question("scarcity"), viewer)), kpis.read(here, "openings")
    found = kpis.read(here, "per_hundred").value
    if people["n"] is None or openings.value is None:
        assert found is None
    else:
        assert found == pytest.approx(100 * people["n"] / openings.value)
    ranking = serving.ranking(Question("scarcity"), viewer)
    short = [row for row in known(report_rows(ranking)) if is_scarce(row)]
    assert kpis.read(here, "scarce_industries").value == len(short)


def test_the_strip_as_it_is_written(serving: Serving) -> None:
    parts = json.loads(programme.programme(visit(serving)))["parts"]
    row = one(serving.ask(Question("supply"), Viewer("authorised")))
    assert f"人才总量 {row['value'] / 10_000:.2f} 万人" in words(parts["kpis"])
    assert words(parts["kpis"]).count("同比") >= 4


@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("subjects", ["industries", "chains", "districts"])
def test_the_headline_of_every_turn_is_the_number_of_ask(
    serving: Serving, tier: str, subjects: str
) -> None:
    desk = Composed(serving, Composition(subjects=subjects, most=4))
    told = set()
    for story, there in every_turn(desk, tier):
        said = stories.headline(story, there)
        assert said is not None
        told.add(story)
        q = there.question.but(level="district" if there.question.place else "city")
        if story == "commute":
            row = one(serving.ask(q.but(metric="commute_km"), Viewer(tier)))
            assert said.number == f"{row['value']:.1f}"
        elif story == "mismatch":
            table = serving.mismatch(q.but(level="city"), Viewer(tier)).table.to_pylist()
            gaps = [r["value"] for r in table if r["status"] == "ok"]
            assert numbers(said.number) == [round(max(gaps))]
            whole = sum(g for g in gaps if g > 0)
            assert numbers(said.beside) == [round(100 * max(gaps) / whole, 1)]
        else:
            row = one(serving.ask(q, Viewer(tier)))
            wanted = one(serving.ask(q.but(metric="demand"), Viewer(tier)))
            people = round(100 * row["n"] / wanted["value"])
            assert said.number in (f"{row['value']:.2f}", f"{people:,}")
    rows, _ = asked.ranked(visit(serving, "", tier), subjects)
    assert "scarcity" in told or not any(row.ok for row in rows)


def test_the_numbers_of_a_headline_agree_with_the_index(serving: Serving) -> None:
    for story, there in every_turn(serving):
        if story != "scarcity":
            continue
        fact = asked.tight(there)
        said = captions.tight(fact, "zh")
        if "每 100 个岗位" in said.before:
            (own,), (city,) = numbers(said.number), numbers(said.beside)
            assert city / own == pytest.approx(fact.row.number, rel=0.03)


def test_the_gap_in_words_is_the_difference_of_the_two_numbers(serving: Serving) -> None:
    for _, there in every_turn(serving):
        markup = tiles.tile(there, "trend")
        ends = [numbers(n)[0] for n in re.findall(r"<strong[^>]*>([\d,]+)</strong>", markup)]
        said = re.search(r"wall-gap[^>]*>([^<]*)", markup)
        assert said is not None
        assert numbers(said[1]) == [abs(ends[0] - ends[1])]


def test_the_frame_of_the_matrix_holds_the_share_it_says(serving: Serving) -> None:
    for story, there in every_turn(serving):
        if story != "mismatch":
            continue
        drawn = asked.matrix(there)
        assert drawn is not None
        cells = [c for line in drawn.cells for c in line if c.ok]
        framed = sum(c.gap for c in cells if c.framed)
        whole = sum(c.gap for c in cells if c.gap > 0)
        assert f"占缺口的 {100 * framed / whole:.0f}%" in words(tiles.tile(there, "matrix"))


def test_the_ranking_shows_the_values_of_ask(serving: Serving) -> None:
    shown = words(tiles.tile(visit(serving), "industries"))
    for row in serving.ranking(Question("scarcity"), Viewer("authorised")).table.to_pylist():
        if row["status"] == "ok":
            assert f"{row['name']} {row['value']:.2f} {row['low']:.2f}–{row['high']:.2f}" in shown


def test_callouts_are_parks_of_the_desk_and_only_sure_ones(serving: Serving) -> None:
    for story, there in every_turn(serving):
        found = canvas.callouts(story, there)
        metric = canvas.METRIC[story]
        question = there.question.but(metric=metric, level="park", place="")
        table = serving.ask(question, Viewer("authorised")).table.to_pylist()
        rows = {f"park:{r['id']}": r for r in table}
        for callout in found:
            given = callout.to_json()
            row = rows[given["id"]]
            kind = {"scarcity": ".2f", "mismatch": ",.0f", "commute": ".1f"}[story]
            assert format(row["value"], kind) in words(given["html"])
            if story == "scarcity":
                assert row["low"] > 1 if given["end"] == "high" else row["high"] < 1


# ---------------------------------------------------------------- rules of the words


def _tight(value: float, low: float, high: float, **more: Any) -> Tight:
    row = Row("x", "集成电路", value, low, high, 900.0, "ok")
    given = {"highest": True, "rank": None, "per_hundred": None, "city_per_hundred": None} | more
    return Tight("集成电路", row, **given)


@pytest.mark.parametrize(
    ("fact", "finding"),
    [
        (_tight(1.6, 1.3, 2.0, rank=(1, 1)), "集成电路最缺人："),
        (_tight(1.6, 1.3, 2.0, rank=(1, 1), highest=False), "集成电路缺人居前："),
        (_tight(1.6, 1.3, 2.0, rank=(1, 3)), "集成电路缺人居前："),
        (_tight(1.6, 1.3, 2.0, rank=(1, 4)), "集成电路缺人："),
        (_tight(1.6, 1.3, 2.0), "集成电路缺人："),
        (_tight(1.6, 0.9, 2.4, rank=(1, 1)), "集成电路不能断言缺人："),
        (_tight(1.0, 1.0, 1.0, rank=(1, 1)), "集成电路不能断言缺人："),
        (_tight(0.6, 0.5, 0.8), "集成电路人才富余："),
    ],
)
def test_a_finding_is_only_as_strong_as_the_numbers(fact: Tight, finding: str) -> None:
    assert captions.tight(fact, "zh").before.startswith(finding)


@pytest.mark.parametrize(
    ("value", "low", "high", "strong"),
    [
        (1.49, 1.3, 1.7, ""), (1.5, 1.3, 1.7, "高达"), (0.67, 0.5, 0.9, ""),
        (0.66, 0.5, 0.9, "仅"), (1.6, 0.9, 2.4, ""), (0.6, 0.4, 1.1, ""),
    ],
)  # fmt: skip
def test_strong_words_stand_only_beyond_an_edge(
    value: float, low: float, high: float, strong: str
) -> None:
    said = captions.tight(_tight(value, low, high), "zh").before
    assert [w for w in ("仅", "高达") if w in said] == ([strong] if strong else [])


def test_people_are_named_only_where_they_agree_with_the_index() -> None:
    agreeing = {"per_hundred": 58.0, "city_per_hundred": 94.0}
    said = captions.tight(_tight(1.62, 1.31, 1.98, **agreeing), "zh")
    assert (said.before, said.number) == ("集成电路缺人：每 100 个岗位，可达人才仅", "58")
    assert (said.after, said.beside) == ("人", "全市平均 94 人")
    assert said.length <= 26
    apart = {"per_hundred": 70.0, "city_per_hundred": 94.0}
    assert captions.tight(_tight(1.62, 1.31, 1.98, **apart), "zh").number == "1.62"


def test_a_long_name_takes_the_shorter_sentence() -> None:
    fact = _tight(1.62, 1.31, 1.98, per_hundred=58.0, city_per_hundred=94.0)
    long = replace(fact, name="大数据与新一代信息技术")
    assert captions.tight(long, "zh").number == "1.62"


@pytest.mark.parametrize(
    ("km", "city", "strong", "tone"),
    [
        (14.9, 8.7, "平均", "worse"), (15.0, 8.7, "平均达", "worse"), (5.0, 8.7, "平均", "plain"),
        (4.9, 8.7, "平均仅", "plain"), (8.71, 8.69, "平均", "plain"), (8.7, None, "平均", "plain"),
    ],
)  # fmt: skip
def test_a_way_is_far_or_short_only_beyond_a_band(
    km: float, city: float | None, strong: str, tone: str
) -> None:
    said = captions.way("集成电路", km, city, "zh")
    assert said.before.endswith(strong)
    assert said.tone == tone
    assert bool(said.beside) == (city is not None)


@pytest.mark.parametrize(
    ("km", "city", "words_of"),
    [
        (13.44, 8.65, "比全市远 4.7 公里"),
        (8.0, 8.65, "比全市近 0.7 公里"),
        (8.7, 8.65, "与全市持平"),
    ],
)
def test_the_difference_is_that_of_the_printed_numbers(
    km: float, city: float, words_of: str
) -> None:
    assert captions.way_title("集成电路", km, city, "zh").endswith(words_of)


def test_a_gap_is_over_half_only_where_it_is() -> None:
    assert "过半" in captions.gap("软件", "工学硕士", 24.0, 0.512, "zh").before
    assert "过半" not in captions.gap("软件", "工学硕士", 24.0, 0.5, "zh").before


# ---------------------------------------------------------------- turning


class Silent(Composed):
    """A desk that hides every commute and has no index for the first industry."""

    def ask(self, question: Question, viewer: Any, language: str = "zh") -> Answer:
        answer: Answer = self._serving.ask(question, viewer, language)
        if question.metric != "commute_km":
            return answer
        rows = [
            r | {"value": None, "low": None, "high": None, "n": None, "status": "suppressed"}
            for r in answer.table.to_pylist()
        ]
        table = answer.table.from_pylist(rows, schema=answer.table.schema)
        return replace(answer, table=table)


def test_a_story_without_its_number_is_skipped(serving: Serving) -> None:
    told = {story for story, _ in every_turn(Silent(serving, Composition()))}
    assert told == {"scarcity", "mismatch"}
    shown = words(tiles.tile(visit(Silent(serving, Composition())), "commute"))
    assert "无数据" in shown


def test_who_is_scarcest_comes_first_and_nobody_who_is_not(serving: Serving) -> None:
    found = [there for story, there in every_turn(serving) if story == "scarcity"]
    values = [asked.tight(there).row.number for there in found]
    assert values == sorted(values, reverse=True)
    assert 1 <= len(values) <= Composition().most
    assert min(values) > 1


def test_a_list_of_ones_own_keeps_its_order(serving: Serving) -> None:
    chosen = Composition(only=("C", "I"), stories=("commute", "scarcity"))
    turned = [(s, v.question.industry) for s, v in every_turn(Composed(serving, chosen))]
    assert turned == [("commute", "C"), ("scarcity", "C"), ("commute", "I"), ("scarcity", "I")]


def test_a_code_nobody_knows_is_one_line(serving: Serving) -> None:
    desk = Composed(serving, Composition(only=("Z9",)))
    with pytest.raises(UserError, match=r"screen\.toml: only: 'Z9' is not one of the industries"):
        programme.programme(visit(desk))


def test_the_stamp_follows_the_composition(serving: Serving) -> None:
    stamps = {
        json.loads(programme.now(visit(Composed(serving, c))))["stamp"]
        for c in (Composition(), Composition(seconds=30), Composition())
    }
    assert len(stamps) == 2


def test_a_wrong_file_is_said_on_the_wall(serving: Serving) -> None:
    class Wrong(Composed):
        def composition(self) -> Composition:
            raise UserError(f"{FILE}: seconds: 1 is not between 5 and 600")

    (slot,) = PAGE.slots
    shown = PAGE.fill(slot, Wrong(serving, Composition()), Viewer("internal"), "")
    assert f"{FILE}: seconds: 1 is not between 5 and 600" in str(shown)


@pytest.mark.parametrize("subjects", ["industries", "chains", "districts"])
@pytest.mark.parametrize("lang", ["", "lang=en"])
def test_no_word_of_the_other_language(serving: Serving, subjects: str, lang: str) -> None:
    desk = Composed(serving, Composition(subjects=subjects, most=1))
    round_ = json.loads(programme.programme(visit(desk, lang)))
    parks = {p.name.zh for places in serving.info.places.values() for p in places}
    for given in round_["turns"]:
        turn = json.loads(programme.turn(visit(desk, given["href"].partition("?")[2])))
        shown = [*round_["parts"].values(), *turn["parts"].values()]
        shown += [callout["html"] for callout in turn["callouts"]]
        text = words(" ".join(shown))
        for name in parks:
            text = text.replace(name, "") if lang else text
        stray = HAN.findall(text) if lang else LATIN.findall(text)
        assert not stray, stray
        assert "NaN" not in text
        assert "None" not in text


def test_every_tile_and_number_that_may_be_chosen_is_there(serving: Serving) -> None:
    assert set(tiles.NAMES) == set(TILES)
    assert set(kpis.KPIS) == set(KPIS)
    assert set(canvas.METRIC) == set(STORIES)
    for name in TILES:
        assert "wall-head" in tiles.tile(visit(serving), name)
