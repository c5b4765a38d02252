"""The words of the page 职住, in both languages."""

from __future__ import annotations

from talentmap.model.words import Words

TABS = {
    "": Words("地图", "Map"),
    "matrix": Words("矩阵", "Matrix"),
    "measures": Words("城市指标", "City measures"),
}
VIEWS = {
    "home": Words("居住", "Homes"),
    "work": Words("工作", "Workplaces"),
    "ratio": Words("职住比", "Ratio"),
    "contained": Words("自足率", "Contained"),
    "distance": Words("通勤距离", "Distance"),
    "flow": Words("流向", "Flows"),
}
WAYS_TO_LOOK = Words("看法", "View")
DIRECTIONS = {
    "work": Words("在这里工作的人住在哪里", "Homes of workers"),
    "home": Words("住在这里的人去哪上班", "Jobs of residents"),
}
LEAST = Words("至少", "At least")
LEAST_OF = Words("只画至少 {n} 人的流向", "Draws flows of at least {n} persons")
ALL_FLOWS = Words("全部", "All")

# The saved filter
YOUNG = Words("青年人才", "Young talent")
YOUNG_WHAT = Words(
    "35 岁以下且本科及以上，是这一页的定义，不是官方口径",
    "Under 35 with a bachelor's degree or more: this page's definition, not an official one",
)
YOUNG_BOTH = Words("29 岁及以下且本科及以上", "29 or younger, bachelor or above")
YOUNG_AGE = Words("29 岁及以下，不限学历", "29 or younger, any education")
YOUNG_EDUCATION = Words("本科及以上，不限年龄", "bachelor or above, any age")
YOUNG_SHOWN = Words(
    "{what}。通勤只按年龄大类和学历大类公布，这里看的是：{shown}",
    "{what}. Commuting is published by broad age and education only; shown here: {shown}",
)
YOUNG_NONE = Words(
    "{what}。这一地点没有公布这样的通勤数字",
    "{what}. No such commuting is published for this place",
)

# Numbers
MEAN_KM = Words("平均通勤距离", "Mean way to work")
IN_OUT_NOTE = Words(
    "岗位自足率 {contained}，就业自足率 {sufficient}",
    "self-containment {contained}, self-sufficiency {sufficient}",
)
CONTAINED_WHY = Words("职住同地人数 ÷ 在此工作人数", "live and work here ÷ work here")
SUFFICIENT_WHY = Words(
    "职住同地人数 ÷ 在此居住的在职人数", "live and work here ÷ working people living here"
)
SUFFICIENCY = Words("就业自足率", "Self-sufficiency")
CONTAINMENT = Words("岗位自足率", "Self-containment")

RANGE_WHY = Words(
    "范围内有流向人数过少，已隐去，只能给出区间",
    "Some flows are hidden for their size: only ranges can be given",
)

# Distance and direction
ROSE = Words("距离与方向", "Distance and direction")
ROSE_OF = {
    "work": Words("居住地，人", "homes, persons"),
    "home": Words("工作地，人", "workplaces, persons"),
}
ROSE_CITY = Words("从居住地看工作地", "workplaces seen from homes")
COMPASS = {
    "N": Words("北", "N"),
    "NE": Words("东北", "NE"),
    "E": Words("东", "E"),
    "SE": Words("东南", "SE"),
    "S": Words("南", "S"),
    "SW": Words("西南", "SW"),
    "W": Words("西", "W"),
    "NW": Words("西北", "NW"),
}
BANDS = {
    "0-5": Words("5 公里内", "up to 5 km"),
    "5-10": Words("5–10 公里", "5–10 km"),
    "10-15": Words("10–15 公里", "10–15 km"),
    "15-20": Words("15–20 公里", "15–20 km"),
    "20-25": Words("20–25 公里", "20–25 km"),
    "25+": Words("25 公里以上", "over 25 km"),
    "10-20": Words("10–20 公里", "10–20 km"),
    "20+": Words("20 公里以上", "over 20 km"),
    "unknown": Words("距离未知", "not known"),
}
SECTOR = Words("{direction}向 {band}", "{direction}, {band}")
SECTOR_SAYS = Words("{sector}：{persons}", "{sector}: {persons}")
MOST_IN = Words("{sector}最多", "most: {sector}")
SECTOR_PERSONS = Words("{persons}，{share}", "{persons}, {share}")
CLEAR_SECTOR = Words("取消选中", "Clear")
RINGS = Words("由内到外：5、10、20 公里", "rings at 5, 10, 20 km")
ROSE_TABLE = Words("换成表格", "As a table")
DIRECTION_HEAD = Words("方向", "Direction")
ROSE_WHY = Words(
    "每个人按自己的居住地到工作地的直线距离和方位计入，建库时就定下；半径与图上的虚线圈一致。",
    "Each person counts by the straight line and bearing from home to work, fixed when the release "
    "was built; the radii are those of the dashed rings on the map.",
)
LIMITS = Words(
    "距离是直线；路程按直线乘绕行系数估计。"
    "没有出行时间数据，不报“45 分钟通勤”。不足人数的流向已隐去。",
    "Distances are straight lines; ways are these times a detour factor. No travel times are "
    "loaded, so there is no “within 45 minutes”. Flows of too few people are hidden.",
)

# Destinations
ENDS = {"work": Words("居住地", "Homes"), "home": Words("工作地", "Workplaces")}
LEVELS = {
    "district": Words("区县", "Districts"),
    "park": Words("园区", "Parks"),
    "cell7": Words("网格", "Hexagons"),
}
PAIRS = Words("居住 → 工作", "home → work")
SHOW_ALL = Words("全部 {n} 个", "all {n}")
SHOW_TOP = Words("收起", "fewer")
OUTSIDE = Words("市外", "Outside the city")
UNKNOWN = Words("位置未知", "Not known")
HIDDEN_ROWS = Words("另有 {n} 处人数过少，已隐去", "{n} more are hidden: too few people")

# Matrix
MATRIX = Words("居住地 → 工作地", "Home → workplace")
MATRIX_EVIDENCE = Words(
    "行是居住地，列是工作地；颜色按倍数分级，灰格无人，圆点为已隐去。",
    "Rows are homes, columns workplaces; colours step by ratio, grey is nobody, dots are hidden.",
)
MATRIX_LEVELS = {
    "district": Words("区县", "Districts"),
    "park": Words("园区", "Parks"),
}
MATRIX_HEADLINE = {
    "district": Words(
        "{share} 的人居住和工作在同一区县", "{share} live in the district they work in"
    ),
    "park": Words(
        "在园区工作的人，{share} 住在同一园区",
        "{share} of those who work in a park live in the same one",
    ),
}
MATRIX_STRONGEST = Words(
    "跨{kind}最多的是{home} → {work}，{persons}",
    "the strongest between {kind}s: {home} → {work}, {persons}",
)
KIND = {"district": Words("区县", "district"), "park": Words("园区", "park")}
ROW_SUM = Words("合计", "Sum")
RIBBONS = Words("最强的 {n} 条流向", "The {n} strongest flows")
RIBBONS_NOTE = Words(
    "左边居住，右边工作，不含同地", "left homes, right workplaces, without staying"
)
RIBBON_SAYS = Words("{home} → {work}：{persons}", "{home} → {work}: {persons}")
MATRIX_FILE = Words("下载矩阵", "Download matrix")

# City measures
MEASURES = Words("城市通勤指标", "Commuting measures of the city")
MEASURES_EVIDENCE = Words(
    "口径按《中国主要城市通勤监测报告》，用本地数据算；距离为直线。",
    "After the national commuting monitor, from local data; distances are straight lines.",
)
PUBLISHED = Words("公开报告", "Published")
PUBLISHED_OF = Words("{value}（{name}，{year}）", "{value} ({name}, {year})")
MINUTES = Words("{value} 分钟", "{value} min")
MEAN_MINUTES = Words("平均单程时间", "Mean time one way")
AND_ALSO = Words("；", "; ")
MEASURE = Words("指标", "Measure")
HERE = Words("本数据", "These data")
SPLIT_BAR = Words(
    "名称下的条：全长为平均距离，深色为职住分离度，浅色是重新配对就能省下的部分。",
    "The bar under a name: its length is the mean way, dark the separation, light what other pairs "
    "of homes and jobs would save.",
)
MEASURES_FILE = Words("下载指标", "Download measures")
NO_MINUTES = Words(
    "公开报告里的时间指标（如单程 36 分钟、45 分钟内比重）需要出行时间数据，这里不给。",
    "The report's times (36 minutes one way, within 45 minutes) need travel times; not given.",
)

# Shuttles
SHUTTLES = Words("接驳建议", "Shuttle lines")
SHUTTLES_OF = Words("共 {n} 条，按可节省的人公里排序", "{n} lines, by km saved")
SHUTTLES_CITY = Words(
    "步行到不了轨道站的园区，每个园区一条", "Parks beyond walking distance of rail, one line each"
)
RIDERS = Words("预计乘坐 {riders}", "{riders} would ride")
STOPS_KM = Words("{stops} 站 · 路程 {km} 公里", "{stops} stops · {km} km")
SAVED = Words("日省 {km} 人公里", "{km} person-km saved")
LINES_CLOSED = Words("接驳建议需要更高的权限", "Shuttle lines need a higher tier")
LINES_CLOSED_WHY = Words(
    "线路按步行大小的网格计算，当前权限看不到这样细的居住地。",
    "Lines are laid between hexagons one can walk across; this tier does not see homes so finely.",
)
NO_SHUTTLE = Words("这里没有可建议的接驳线", "No line to suggest here")
NO_SHUTTLE_WHY = Words(
    "在此工作而住处离轨道站较远的人不够多，或已被隐去。",
    "Too few of those who work here live far from a station, or their numbers are hidden.",
)
OPEN_BRIEF = Words("一页简报", "One-page brief")
LINE_FILE = Words("下载线路", "Download line")
LINE_NAME = Words("{name}接驳线", "line {name}")

# The brief
BRIEF_TITLE = Words("接驳建议：{name}", "Shuttle suggestion: {name}")
BRIEF_OF = Words("为{place}在职人才", "For those who work in {place}")
STOP = Words("站点", "Stop")
STOP_NO = Words("序", "No.")
STOP_PERSONS = Words("步行范围内人数", "Persons within walking distance")
STOP_END = Words("终点", "Terminus")
ASSUMPTIONS = Words("假设与限度", "Assumptions and limits")
TIER = Words("权限", "Tier")
TIERS = {
    "public": Words("公开", "public"),
    "internal": Words("内部", "internal"),
    "authorised": Words("授权", "authorised"),
}
DATE = Words("生成日期", "Made on")
WALK = Words("步行范围 {m} 米，绕行系数 {detour}", "walking distance {m} m, detour factor {detour}")
MAP_OF = Words("线路示意", "Line on the map")
FACTS = {
    "served": Words("站点步行范围内", "Within walking distance of a stop"),
    "riders": Words("预计乘坐", "Expected riders"),
    "km": Words("路程", "Length"),
    "stops": Words("站点", "Stops"),
    "saved": Words("日省人公里", "Person-km saved a day"),
}
PERSONS = Words("人", "persons")
KM = Words("公里", "km")

# Headlines
WITHIN = Words("{share} 的人住在 {km} 公里以内", "{share} live within {km} km")
WITHIN_WORK = Words("{share} 的人上班不出 {km} 公里", "{share} work within {km} km")
TOWARD = Words("，{direction}向最多", "; most of them {direction}")
STORY_OF = {
    "work": Words(
        "在{place}工作的人，{share} 住在 {km} 公里内{toward}",
        "{share} of those who work in {place} live within {km} km{toward}",
    ),
    "home": Words(
        "住在{place}的人，{share} 在 {km} 公里内上班{toward}",
        "{share} of those who live in {place} work within {km} km{toward}",
    ),
}
STORY_CITY = Words(
    "{share} 的人通勤不出 {km} 公里，平均 {mean} 公里",
    "{share} commute no further than {km} km, {mean} km on average",
)
EVIDENCE = {
    "work": Words(
        "{away} 住在{place}外，最多的是{name}，{persons}",
        "{away} live outside {place}; most in {name}: {persons}",
    ),
    "home": Words(
        "{away} 去{place}外上班，最多去{name}，{persons}",
        "{away} work outside {place}; most in {name}: {persons}",
    ),
}
EVIDENCE_CITY = Words(
    "跨区县最多的是{name}，{persons}", "the strongest between districts: {name}, {persons}"
)

# The map
FIELD = {
    "work": Words("居住地", "Homes"),
    "home": Words("工作地", "Workplaces"),
}
FIELD_HOW = {
    "work": Words("在{place}工作的人住在哪里", "where those who work in {place} live"),
    "home": Words("住在{place}的人在哪里上班", "where those who live in {place} work"),
}

# The measures in the heads of a table
MEASURE_SHORT = {
    "mean_km": Words("平均距离", "Mean way"),
    "within_5": Words("≤ 5 公里", "≤ 5 km"),
    "beyond_25": Words("> 25 公里", "> 25 km"),
    "separation": Words("分离度", "Separation"),
    "excess": Words("过剩", "Excess"),
    "capacity_used": Words("利用率", "Capacity"),
    "near_rail": Words("近轨道", "Near rail"),
}
MEASURES_BY = {
    "district": Words("分区县", "By district"),
    "industry": Words("分行业", "By industry"),
}

FILES = {
    "ends": Words("另一端所在，CSV", "The other ends, CSV"),
    "distances": Words("距离与方向", "Distances"),
    "inout": Words("流入流出", "In and out"),
}
