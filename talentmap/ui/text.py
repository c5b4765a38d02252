"""Every word of the interface, in both languages."""

from __future__ import annotations

from talentmap.model.words import Words

# The frame
PRODUCT = Words("产业人才地图", "TalentMap")
DATA_MONTH = Words("数据 {month} · 第 {number} 版", "Data {month} · release {number}")
SYNTHETIC = Words("演示数据（合成）", "Demo data (synthetic)")
SYNTHETIC_SHORT = Words("合成", "Synthetic")
SYNTHETIC_WHY = Words(
    "所有数字由程序生成，不代表任何真实的人、企业或地区",
    "Every number is generated and stands for no real person, enterprise or area",
)
OTHER_LANGUAGE = Words("EN", "中文")
OTHER_LANGUAGE_TITLE = Words("切换到英文", "Switch to Chinese")
THEME = Words("切换明暗主题", "Switch between light and dark")
PAGES = Words("页面", "Pages")
COPY_LINK = Words("复制链接", "Copy the link")
COPIED = Words("已复制", "Copied")
CLOSE_PLACE = Words("回到全市", "Back to the whole city")
MAP_LABEL = Words("地图", "Map")

# The sentence
ALL_INDUSTRIES = Words("全部行业", "all industries")
AT = {"work": Words("工作地", "workplace"), "home": Words("居住地", "home")}
DOES = {"work": Words("工作", "work"), "home": Words("居住", "live")}
GOES = {"work": Words("住在哪里", "live"), "home": Words("去哪里工作", "work")}
YEAR_AGO = Words("上年同月", "the same month last year")
MONTH_AGO = Words("上月", "the month before")
NO_COMPARISON = Words("不比较", "no comparison")
VERSUS_CHIP = Words("对比", "comparison")
PLACE_CHIP = Words("区县", "place")
WHOLE_CITY = Words("全市", "the whole city")
DIMENSION = {
    "industry": Words("行业", "Industry"),
    "occupation": Words("职业", "Occupation"),
    "specialty": Words("专业", "Specialty"),
    "education": Words("学历", "Education"),
    "title": Words("职称", "Title"),
    "age": Words("年龄", "Age"),
    "wage": Words("工资", "Wage"),
    "status": Words("状态", "Status"),
    "district": Words("区县", "District"),
    "trend": Words("走势", "Trend"),
}
WORD = {
    **DIMENSION,
    "chain": Words("产业链", "Chain"),
    "metric": Words("指标", "Metric"),
    "at": Words("统计口径", "Counted by"),
    "place": Words("地点", "Place"),
    "month": Words("月份", "Month"),
    "versus": Words("对比", "Comparison"),
}
SEARCH = Words("搜索{what}", "Search: {what}")
KEYS = Words("↑↓ 选择　Enter 确定　Esc 取消", "↑↓ move · Enter choose · Esc cancel")
NO_MATCH = Words("没有匹配的选项", "Nothing matches")
ANY = Words("不限", "Any")
CHANGE_WORD = Words("更改{what}", "Change: {what}")

# Numbers
INTERVAL = Words("区间 {span}", "90% interval {span}")
INSUFFICIENT = Words("数据不足", "Insufficient data")
SUPPRESSED = Words("已隐去", "Suppressed")
MISSING = Words("无数据", "No data")
UNCHANGED = Words("持平", "unchanged")
NO_INTERVAL = Words("—", "—")
POINTS = Words("个百分点", " pts")
CITY_MARK = Words("全市 {value}", "City {value}")
THEN_MARK = Words("对比月 {value}", "Then {value}")
WHY_SUPPRESSED = Words("人数过少，依规定不显示", "Too few people: not shown by rule")
WHY_INSUFFICIENT = Words("岗位或人才太少，不足以计算", "Too few openings or people to compute it")
WHY_MISSING = Words("该月没有报送数据", "No data were reported for this month")
SEE_CITY = Words("改看全市", "See the whole city")
SEE_DISTRICT = Words("改看所在区县：{name}", "See its district: {name}")

# The map page
LEVELS = {
    "district": Words("区县", "Districts"),
    "cell": Words("网格", "Hexagons"),
    "park": Words("园区", "Parks"),
}
LAYERS = Words("图层", "Layers")
POINTS_LAYER = Words("企业点", "Enterprises")
PARKS_LAYER = Words("园区界", "Park outlines")
KIND = {
    "city": Words("全市", "City"),
    "district": Words("区县", "District"),
    "park": Words("园区", "Park"),
    "cell": Words("网格", "Hexagon"),
    "enterprise": Words("企业", "Enterprise"),
    "polygon": Words("所画范围", "Drawn area"),
    "circle": Words("圆形范围", "Circle"),
    "ring": Words("环形范围", "Ring"),
    "shape": Words("上传范围", "Uploaded area"),
    "cells": Words("所选网格", "Chosen hexagons"),
    "districts": Words("所选区县", "Chosen districts"),
    "parks": Words("所选园区", "Chosen parks"),
}
CELL_NAME = Words("{name}网格", "hexagon at {name}")
CELL_AREA = Words("约 {area} 平方公里", "about {area} km²")
CITY_LINE = Words(
    "全市 · {districts} 个区县 · {parks} 个园区", "City · {districts} districts · {parks} parks"
)
NO_PARKS_LINE = Words("全市 · {districts} 个区县", "City · {districts} districts")
PLAIN_CITY = Words("全市", "City")
RANKED = Words("{of} 个{kind}中第 {rank}", "{rank} of {of} {kind}")
RANK_KIND = {
    "district": Words("区县", "districts"),
    "park": Words("园区", "parks"),
    "cell": Words("网格", "hexagons"),
    "enterprise": Words("企业", "enterprises"),
}
PER_HUNDRED = Words(
    "每 100 名人才对应 {here} 个岗位，全市各行业平均 {city} 个",
    "{here} openings per 100 talents; {city} on average over all industries",
)
PER_RESIDENT = Words(
    "每 100 名在此居住的人才对应 {here} 个在此工作的人才",
    "{here} people work here for every 100 who live here",
)
SHARE_OF_CITY = Words("占全市的 {share}", "{share} of the city")
SENTENCE_JOIN = Words("，", "; ")
BY_ALL = Words("分项", "Breakdown")
LIST_PARKS = Words("园区", "Parks")
LIST_ENTERPRISES = Words("企业", "Enterprises")
SORTED = Words("{count} 个，按{by}排序", "{count}, by {by}")
SORTED_FIRMS = Words("{count} 家，按有效岗位排序", "{count}, by openings")
SORTED_ALL_FIRMS = Words("{count} 家，不限条件，按有效岗位排序", "{count}, unfiltered, by openings")
COLUMN_CHANGE = Words("变化", "Change")
DOWNLOAD = Words("下载表格", "Download table")
DOWNLOAD_TITLE = Words("当前地图的每一行，CSV 格式", "Every row of this map, as CSV")
PLAY = Words("逐月播放", "Play the months")
COMPARED = Words("{month}（对比）", "{month} (compared)")
NO_SERIES = Words(
    "这些条件没有逐月公布，只有当前月份", "Not published month by month: this month only"
)

# The commute page
JOBS = Words("在此工作", "Work here")
RESIDENTS = Words("在此居住", "Live here")
IN_OUT = Words("流入、流出与职住同地", "In, out, live and work here")
FLOW_IN = Words("流入", "In")
FLOW_STAY = Words("职住同地", "Both here")
FLOW_OUT = Words("流出", "Out")
FLOW_IN_WHY = Words("住在外面，在此工作", "live elsewhere, work here")
FLOW_STAY_WHY = Words("居住和工作都在此", "live and work here")
FLOW_OUT_WHY = Words("住在此，去外面工作", "live here, work elsewhere")
TOP_PAIRS = Words("区县之间（居住 → 工作）", "Between districts (home → work)")
COLUMN_AREA = Words("地区", "Area")
COLUMN_PERSONS = Words("人数", "Persons")
COLUMN_SHARE = Words("占比", "Share")
BOTH_ENDS = Words(
    "只计居住地和工作地都已知的人",
    "Counts only people whose home and workplace are both known",
)

FLOWS_ELSEWHERE = Words("通勤流向在“职住”页", "Commuting flows are on the page Commute")
FLOWS_ELSEWHERE_WHY = Words(
    "流向是两地之间的人数，不能给一个地方上色。",
    "A flow is between two places; it cannot colour one.",
)
OPEN_COMMUTE = Words("打开“职住”页", "Open Commute")
ON_THE_MAP = Words("{what}在“地图”页", "{what} is on the page Map")
ON_THE_MAP_WHY = Words(
    "职住页只看人才、职住比和流向。", "Commute shows talent, jobs per resident and flows only."
)
OPEN_MAP = Words("打开“地图”页", "Open Map")
FIRM_FLOWS = Words("单个企业的职住没有公布", "Single enterprises have no published commuting")
FIRM_FLOWS_WHY = Words(
    "一家企业的人数太少；职住公布到区县、园区和网格。",
    "A single one has too few people; commuting is published for districts, parks and hexagons.",
)

# The "i"
ABOUT = Words("关于{what}", "About: {what}")
FORMULA = Words("算法", "Formula")
SOURCE = Words("来源", "Source")
MONTH = Words("月份", "Month")
RELEASE = Words("版本", "Release")
MIND = Words("注意", "Mind")
UNIT = Words("单位", "Unit")

# States
BAD_ADDRESS = Words("这个地址读不懂", "This address cannot be read")
BAD_ADDRESS_WHY = Words(
    "网址里有一个条件写错了，或者它已经不在当前数据里。",
    "One of its conditions is wrong, or no longer in the data:",
)
BAD_WORD = Words(
    "网址里的“{what}”写错了，或者它已经不在当前数据里。",
    "“{what}” in the address is wrong, or no longer in the data:",
)
DETAILS = Words("详情", "Details")
BACK = Words("回到默认条件", "Back to the default view")
REFUSED = Words("这一部分不能显示", "This part cannot be shown")
NOT_ALLOWED = Words("需要更高的权限", "This needs a higher tier")
NOT_ALLOWED_WHY = Words(
    "当前权限可以看到区县和园区的合计；更细的内容请联系本单位管理员。",
    "Your tier shows totals of districts and parks; ask your administrator for more.",
)
GRID_ONLY = Words("这一指标只按网格给出", "This metric is told for hexagons only")
GRID_ONLY_WHY = Words(
    "地区整体没有这一数值。颜色表示与全市相比是否聚集；把指针移到网格上可看数值。",
    "A place as a whole has no value of it. The colour says whether people gather there; point at "
    "a hexagon to see its number.",
)
NOT_PUBLISHED = Words("这一交叉没有公布", "This crossing is not published")
NOT_PUBLISHED_WHY = Words(
    "这些条件同时使用时，人数太少或该月没有公布。可以改看：",
    "Together these conditions leave too few people, or the month does not hold them. Try:",
)
SHOWN_INSTEAD = Words("图上是最接近的一问", "The map shows the nearest question")
SEE_MONTH = Words("改看 {month}", "see {month}")
WITHOUT = Words("去掉“{what}”", "without “{what}”")
FAILED = Words("这次没有算出来", "This could not be computed")
FAILED_WHY = Words(
    "计算服务暂时不可用，您的条件已保留。", "The service did not answer; your conditions are kept."
)
INCIDENT = Words("编号 {number}，可发给管理员", "Number {number}, for your administrator")
RETRY = Words("重试", "Retry")
NO_PAGE = Words("没有这个页面", "There is no such page")
NOTHING_KNOWN = Words("暂无可公布的数字", "There is nothing to publish yet")
NOTHING_KNOWN_WHY = Words(
    "换一个月份、行业或更大的范围试试", "Try another month, industry or a larger area"
)

# The story
SCARCE_IN = Words("紧缺集中在{names}", "Talent is scarce in {names}")
SCARCE_PLAIN = Words(
    "{count} 个区县达到 1.20 及以上，全市 {city}",
    "{count} districts at 1.20 or more; the city at {city}",
)
SCARCE_MANY = Words(
    "{count} 个区县人才紧缺，{names}居前", "{count} districts are short of talent, led by {names}"
)
SCARCE_EVIDENCE = Words(
    "{count} 个区县的区间高于 1.00，全市 {city}",
    "{count} districts with an interval above 1.00; the city at {city}",
)
BALANCED_ALL = Words("各区县供需基本平衡", "Supply and demand are balanced in all districts")
BALANCED_MOST = Words("没有明显紧缺的区县", "No district is clearly short of talent")
BALANCED_EVIDENCE = Words(
    "最高是{top}（{top_value}），最低是{bottom}（{bottom_value}）",
    "highest {top} ({top_value}), lowest {bottom} ({bottom_value})",
)
HALF_IN = Words("{share} 的{what}在{names}", "{share} of the {what} is in {names}")
HALF_EVIDENCE = Words(
    "全市 {city}，其余 {rest} 个区县共 {rest_share}",
    "{city} in the city; the other {rest} districts hold {rest_share}",
)
MORE_JOBS = Words("岗位多于居民的是{names}", "More jobs than residents in {names}")
FEW_JOBS = Words("没有岗位明显多于居民的区县", "No district has clearly more jobs than residents")
HIGHEST = Words("{names}居前", "{names} lead")
CELLS_EVIDENCE = Words(
    "；{known} 个有值网格中 {count} 个达到 2.00 及以上",
    "; {count} of {known} hexagons at 2.00 or more",
)
AND = Words("、", " and ")
COMMA = Words("、", ", ")
HERE_SCARCE = Words(
    "{name}人才紧缺，{metric} {value}", "{name} is short of talent: {metric} {value}"
)
HERE_SPARE = Words(
    "{name}人才富余，{metric} {value}", "{name} has talent to spare: {metric} {value}"
)
HERE_BALANCED = Words(
    "{name}供需基本平衡，{metric} {value}", "{name} is about balanced: {metric} {value}"
)
HERE_UNSURE = Words(
    "{name}供需不能断言，{metric} {value}", "{name} cannot be judged: {metric} {value}"
)
HERE_VALUE = Words("{name}{metric} {value}", "{name}: {metric} {value}")
HERE_NONE = Words("{name}{metric}：{status}", "{name}, {metric}: {status}")
HERE_CITY = Words("全市 {city}", "the city at {city}")

# Words the map draws with
MAP_WORDS = {
    "insufficient": INSUFFICIENT,
    "suppressed": SUPPRESSED,
    "missing": MISSING,
    "km": Words("公里", "km"),
    "counted_cell": Words("灰柱为视野内网格数", "grey: hexagons in view"),
    "counted_district": Words("灰柱为区县数", "grey: districts"),
    "counted_park": Words("灰柱为园区数", "grey: parks"),
    "loading": Words("正在计算", "Computing"),
    "gone": Words("数据已更新", "The data were updated"),
    "reload": Words("重新载入", "Reload"),
    "offline": Words("暂时连不上服务", "The service cannot be reached"),
    "retry": RETRY,
    "persons": Words("人", "persons"),
    "flow": Words("流向", "Flows"),
}
ZERO_PERSONS = Words("0 人", "Nobody")
ZERO_OPENINGS = Words("零岗位", "No openings")
ZERO_OF = dict.fromkeys(("demand", "scarcity", "openings_ratio"), ZERO_OPENINGS)
OTHER_ENDS = {
    "home": Words("人才（居住地）", "Talent by home"),
    "work": Words("人才（工作地）", "Talent by workplace"),
}
ENDS_SCARCITY = (
    Words("人才富余", "Spare talent"),
    Words("基本平衡", "Balanced"),
    Words("人才紧缺", "Scarce"),
)
ENDS_RATIO = (
    Words("居住为主", "More residents"),
    Words("大致相当", "About equal"),
    Words("岗位为主", "More jobs"),
)
HOW = {
    "scarcity": Words("岗位 ÷ 人才，全市平均为 1", "openings ÷ talent, city average 1"),
    "openings_ratio": Words("岗位 ÷ 求职者", "openings ÷ seekers"),
    "demand": Words("在招人数", "openings in the month"),
    "supply": Words("在职与求职人才", "people employed or seeking"),
    "jobs_housing_ratio": Words("在此工作 ÷ 在此居住", "work here ÷ live here"),
}
PER_CELL = Words("{unit} / 网格", "{unit} per hexagon")
