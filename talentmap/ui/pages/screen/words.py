"""The words of the wall screen, in both languages."""

from __future__ import annotations

from talentmap.model.words import Words

NAME = Words("驾驶舱", "Wall")
SENTENCE = {
    "scarcity": Words(
        "[{place}的 ]{industry} 的 紧缺指数，按 {at} 统计，{month}",
        "Scarcity index of {industry}[ in {place}], by {at}, {month}",
    ),
    "mismatch": Words(
        "[{place}的 ]{industry} 的 专业 × 学历，岗位对人才，{month}",
        "Specialty × education of {industry}[ in {place}], openings against talents, {month}",
    ),
    "commute": Words(
        "[{place}的 ]{industry} 的 通勤，按 {at} 统计，{month}",
        "Commuting of {industry}[ in {place}], by {at}, {month}",
    ),
}
STORIES = {
    "scarcity": Words("紧缺", "Scarcity"),
    "mismatch": Words("错配", "Mismatch"),
    "commute": Words("通勤", "Commute"),
}
PAUSED = Words("已暂停", "paused")
STALE = Words("数据停在 {time}", "Data as of {time}")
KEY = Words("▲▼ 变差　△▽ 变好", "▲▼ worse  △▽ better")
DATA = Words("数据 {month}，第 {number} 版", "Data {month}, release {number}")
COMPOSE = Words("编排", "Compose")
TO_MAP = Words("到地图看", "See on the map")
NOTHING = Words("数据不足，暂时没有可以断言的结论", "Too few data for a finding")
EVERYTHING = Words("全市各行业", "all industries")
COLON = Words("：", ": ")

# Headlines: what stands before the number, and behind it; the comparison beside it.
LEAST = {
    "first": Words("{name}最缺人", "{name} is the scarcest"),
    "leading": Words("{name}缺人居前", "{name} among the scarcest"),
    "short": Words("{name}缺人", "{name} is scarce"),
    "ample": Words("{name}人才富余", "{name} has spare talent"),
    "unsure": Words("{name}不能断言缺人", "{name}: no shortage is certain"),
}
PER_HUNDRED = {
    "plain": Words("每 100 个岗位，可达人才", "per 100 openings"),
    "only": Words("每 100 个岗位，可达人才仅", "per 100 openings, only"),
    "up_to": Words("每 100 个岗位，可达人才达", "per 100 openings, as many as"),
}
INDEX = {
    "plain": Words("紧缺指数", "index"),
    "only": Words("紧缺指数高达", "index as high as"),
    "up_to": Words("紧缺指数仅", "index only"),
}
PERSONS = Words("人", "talents in reach")
CITY_PERSONS = Words("全市平均 {n} 人", "city average {n}")
CITY_INDEX = Words("全市平均 1.00", "city average 1.00")
GAP_HALF = Words("{name}缺口过半在{cell}", "{name}: over half of the gap is {cell}")
GAP_LARGE = Words("{name}缺{cell}", "{name} lacks {cell}")
GAP_NUMBER = Words("比平均多", "")
POSTS = Words("个岗位", "openings above average")
GAP_SHARE = Words("占缺口的 {share}", "{share} of the gap")
KM = {
    "plain": Words("{name}人才上班平均", "{name}: mean way to work"),
    "only": Words("{name}人才上班平均仅", "{name}: mean way to work only"),
    "up_to": Words("{name}人才上班平均达", "{name}: mean way to work up to"),
}
KILOMETRES = Words("公里", "km")
CITY_KM = Words("全市平均 {km} 公里", "city average {km} km")

# The strip
KPIS = {
    "people": Words("人才总量", "Talents"),
    "openings": Words("在招岗位", "Openings"),
    "per_hundred": Words("每百岗可达人才", "Talents per 100 openings"),
    "scarce_industries": Words("紧缺行业", "Scarce industries"),
    "scarce_chains": Words("紧缺产业链", "Scarce chains"),
    "per_seeker": Words("求人倍率", "Openings per seeker"),
    "commute_km": Words("平均通勤", "Mean commute"),
}
OF_KINDS = Words("/ {of} 个", "/ {of}")
ITEMS = Words("个", "")
HEADS = Words("人", "")
YEAR = Words("同比", "Year")
MONTH = Words("环比", "Month")

# Tiles
TITLES = {
    "industries": Words("最紧缺的行业", "Scarcest industries"),
    "chains": Words("最紧缺的产业链", "Scarcest chains"),
    "districts": Words("各区县紧缺程度", "Scarcity of districts"),
    "trend": Words("{name}：岗位与人才", "Openings and talents"),
    "matrix": Words("缺在哪：专业 × 学历", "Gaps by specialty"),
    "posts": Words("全市紧缺岗位", "Scarce posts of the city"),
    "commute": Words("通勤距离", "Commute"),
}
CITY_MATRIX = Words("全市缺在哪：专业 × 学历", "City: gaps by specialty")
RANK_NOTE = Words("线为 90% 区间，空心为不能断言", "line: 90% interval")
CHAIN_NOTE = Words("紧缺指数", "scarcity index")
TREND_NOTE = Words("{count} 个月，个岗位", "{count} months, openings")
MATRIX_NOTE = Words("个岗位，较平均", "openings, to average")
POSTS_NOTE = Words("紧缺指数，共 {count} 类", "index; {count} kinds")
COMMUTE_NOTE = Words("居住地到工作地，直线，{month}", "home to work, straight line, {month}")
AVERAGE = Words("全市平均", "average")
SHORT = Words("缺 {n}", "+{n}")
SPARE = Words("余 {n}", "−{n}")
EVEN = Words("平", "0")
FRAMED = Words("白框 {count} 格占缺口的 {share}", "framed: {share} of the gap")
HIDDEN = Words("点状：保护个人信息", "dotted: suppressed (privacy)")
FARTHER = Words("{name}人才上班平均 {km} 公里，比全市远 {more} 公里",
                "{name}: {km} km to work, {more} more than the city")  # fmt: skip
NEARER = Words("{name}人才上班平均 {km} 公里，比全市近 {more} 公里",
               "{name}: {km} km to work, {more} less than the city")  # fmt: skip
SAME = Words("{name}人才上班平均 {km} 公里，与全市持平",
             "{name}: {km} km to work, as in the city")  # fmt: skip
CITY_WAY = Words("全市人才上班平均 {km} 公里", "City: {km} km to work on average")
CITY = Words("全市", "City")

# On the map
INTERVAL = Words("90% 区间 {span}", "90% interval {span}")
SPARE_TALENT = Words("人才有余，可引流", "spare talent to draw on")
OPENINGS = Words("在招岗位 {n} 个", "{n} openings")
OF_CITY = Words("占全市的 {share}", "{share} of the city")
WORK_HERE = Words("{n} 人在此工作", "{n} work here")
POSTS_HERE = Words("个在招岗位", "openings")
MEAN_WAY = Words("公里，上班平均", "km to work on average")
