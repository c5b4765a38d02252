"""The words of the page 供需, in both languages."""

from __future__ import annotations

from talentmap.model.words import Words

NAME = Words("供需", "Supply")
SENTENCE = Words(
    "{city}[ {place}] {industry} 的供需，按 {at} 统计[，限 {education}][，{occupation}]"
    "[，{specialty}][，{title}]，{month}[，较 {versus}]",
    "Supply and demand of {industry} in [{place}, ]{city}, by {at}[, {education}][, {occupation}]"
    "[, {specialty}][, {title}], {month}[, against {versus}]",
)

# The ranking
RANKING = Words("紧缺排名", "Ranking")
RANKING_NOTE = Words("点为指数，线为 90% 区间", "dot: index; line: 90 % interval")
BY = Words("排名按", "Rank by")
DIMENSIONS = {
    "industry": Words("行业", "Industry"),
    "chain": Words("产业链", "Chain"),
    "occupation": Words("职业", "Occupation"),
    "education": Words("学历", "Education"),
    "specialty": Words("专业", "Specialty"),
}
AVERAGE = Words("全市平均", "city average")
OPEN_DOTS = Words("空心点：区间含 1.0，不能断言", "hollow: the interval holds 1.0, nothing is sure")
ALL_OF = Words("全部{what}", "All: {what}")
DEEPER = Words("看细分", "Break down")
NONE_RANKED = Words("没有可以排名的{what}", "There is nothing to rank")

# The selected one
CHOOSE = Words(
    "在左侧选一个{what}，看它为什么紧缺", "Choose one on the left to see why it is scarce"
)
CHOOSE_WAY = Words("看排在首位的{name}", "See the first one: {name}")
INDEX = Words("紧缺指数（90% 区间）", "Index (90 % interval)")
CHANGE = Words("较{then}", "Change")
SEEKERS = Words("求人倍率（官方口径）", "Per seeker (official)")
SEEKERS_ONLY = Words("仅计求职者", "seekers only")
VOLUME = Words("岗位与人才", "Openings, talents")
VOLUME_REACHED = Words("岗位与可达人才", "Openings, in reach")
REACHED = Words("可达人才", "Talents in reach")
SCORE = Words("综合得分与名次", "Score and rank")
RANKED = Words("第 {rank}，区间 {low}–{high}", "{rank}, interval {low}–{high}")
TO_MAP = Words("到地图看", "Map")
ADVICE = Words("建议：{action}", "Advice: {action}")
ACTIONS = {
    "recruit": Words("引进", "Recruit"),
    "train": Words("培养", "Train"),
    "share": Words("共享", "Share"),
    "watch": Words("观察", "Watch"),
    "none": Words("无需", "None"),
}
BANDS = {
    "severe": Words("严重紧缺", "Severe shortage"),
    "short": Words("紧缺", "Shortage"),
    "balanced": Words("基本平衡", "Balanced"),
    "ample": Words("较充足", "Ample"),
    "surplus": Words("富余", "Surplus"),
    "insufficient": Words("数据不足", "Insufficient data"),
}

# Why
WHY = Words("为什么紧缺", "Why")
WHY_NOTE = Words("贡献相加 = 综合值", "contributions add up to the total")
COMPONENTS = {
    "tightness": Words("供需紧张", "Tightness"),
    "unfilled": Words("岗位未补足", "Unfilled"),
    "open_days": Words("招聘天数", "Days open"),
    "wage_growth": Words("工资增长", "Wage growth"),
    "demand_growth": Words("需求增长", "Demand growth"),
}
SHORT_COMPONENTS = {
    "tightness": Words("供需", "tightness"),
    "unfilled": Words("未补足", "unfilled"),
    "open_days": Words("天数", "days"),
    "wage_growth": Words("工资", "wage"),
    "demand_growth": Words("需求", "demand"),
}
NO_COMPONENT = Words("无数据，权重已重新分配", "no data; its weight went to the others")
TOTAL = Words("综合值", "Total")
SCORED = Words("得分 {score}", "Score {score}")
COVERAGE = Words("权重 × 标准分；覆盖 {have} / {of} 项", "weight × z; {have} of {of} components")
COMPONENT = Words("分项", "Component")
WEIGHT = Words("权重", "Weight")
Z = Words("标准分", "z")
CONTRIBUTION = Words("贡献", "Contribution")

# Over the months
TREND = Words("岗位与人才", "Openings and talents")
TREND_NOTE = Words("个岗位，{count} 个月", "openings, {count} months")
OPENINGS = Words("岗位", "Openings")
PEOPLE = Words("人才", "Talents")
AS_OPENINGS = Words("平均应有", "At average")
MORE = Words("比平均多 {n} 个岗位", "{n} openings above average")
FEWER = Words("比平均少 {n} 个岗位", "{n} openings below average")
EVEN = Words("与平均持平", "at the average")
TREND_FOOT = Words(
    "平均应有 = 人才（不计通勤可达）× 当月全市每人岗位数",
    "at average = talents (reach not counted) × the city's openings per talent that month",
)
MONTH = Words("月份", "Month")

# The matrix
MATRIX = Words("缺在哪：专业 × 学历", "Specialty × education")
SPECIALTY = Words("专业", "Specialty")
FRAMED = Words(
    "框内 {count} 格占缺口的 {share}", "the {count} framed cells make {share} of the gap"
)
HIDDEN_CELLS = Words("点状格为已隐去（保护个人信息）", "dotted: suppressed (privacy)")
DUNCAN = Words(
    "{share} 的人才须换类别才能与岗位结构一致", "{share} of talents would have to change category"
)
GAP = Words("缺口", "Gap")
CELL = Words("专业，学历", "Specialty, education")
NO_MATRIX = Words("没有可以比较的专业与学历", "There is nothing to compare")

# The catalogue
ALL_POSTS = Words("全市各行业", "All industries of the city")
CATALOGUE = Words("紧缺人才目录", "Catalogue of scarce talent")
CATALOGUE_NOTE = Words(
    "{what}，共 {count} 个岗位类别，按{by}排序", "{what}: {count} kinds of posts, by {by}"
)
MATCHING = Words("{what}，{shown} / {count} 个岗位类别，按{by}排序",
                 "{what}: {shown} of {count} kinds of posts, by {by}")  # fmt: skip
SEARCH = Words("筛选，如：硕士 引进", "Filter: master recruit")
DOWNLOAD = Words("导出目录", "Export")
MORE_ROWS = Words("再看 {count} 类", "{count} more")
NO_ROWS = Words("没有符合条件的岗位类别", "No kind of posts matches")
NO_ROWS_WAY = Words("去掉“{what}”可见 {count} 类", "{count} without “{what}”")
NO_MATCH = Words("换一个词试试", "Try another word")
ANY_LEVEL = Words("不限", "any")
FILL_LINE = Words("红线 67%", "line: 67 %")
NEW = Words("新进", "new")
SORT = Words("按{what}排序", "Sort by {what}")
TABLE = Words("表", "Table")

COLUMNS = {
    "occupation": Words("职业", "Occupation"),
    "profile": Words("专业，学历，职称", "Specialty, education, title"),
    "stars": Words("星级", "Stars"),
    "value": Words("紧缺指数", "Index"),
    "openings": Words("岗位", "Openings"),
    "people": Words("人才", "Talents"),
    "fill_rate": Words("补足率", "Filled"),
    "open_days": Words("招聘天数", "Days open"),
    "wage": Words("月薪 万元", "Wage ¥k"),
    "reasons": Words("主要原因", "Drivers"),
    "action": Words("建议", "Advice"),
    "change": Words("较上年", "In a year"),
}
DAYS = Words("{n} 天", "{n} d")

# Captions
CAPTIONS = {
    "most": Words("{name}综合得分居首：紧缺指数 {value}，全市平均 1.00",
                  "{name} has the highest score: index {value}, city average 1.00"),
    "severe": Words("{name}严重缺人：紧缺指数 {value}，全市平均 1.00",
                    "{name} is severely short: index {value}, city average 1.00"),
    "leading": Words("{name}缺人，得分居前：紧缺指数 {value}，全市平均 1.00",
                     "{name} is short, score among the first: index {value}, city average 1.00"),
    "short": Words("{name}缺人：紧缺指数 {value}，全市平均 1.00",
                   "{name} is short of talent: index {value}, city average 1.00"),
    "ample": Words("{name}人才富余：紧缺指数 {value}，全市平均 1.00",
                   "{name} has spare talent: index {value}, city average 1.00"),
    "unsure": Words("{name}不能断言缺人：区间 {span} 含 1.00",
                    "{name}: interval {span} holds 1.00, no shortage can be claimed"),
}  # fmt: skip
