"""Words of the tools round the map: find, role, saved views, downloads, drilling, records."""

from __future__ import annotations

from talentmap.model.words import Words

# Find
FIND = Words("查找", "Find")
FIND_TITLE = Words(
    "查找企业、园区、区县、车站（/）", "Find an enterprise, park, district, station (/)"
)
FIND_SCRIPT = {
    "hint": Words(
        "名称、拼音、首字母、代码，或经纬度 117.02, 36.65",
        "Name, pinyin, initials, code, or a position 117.02, 36.65",
    ),
    "none": Words("没有找到。试试拼音首字母或代码", "Nothing found. Try initials or a code"),
    "keys": Words("↑↓ 选择　Enter 前往　Esc 关闭", "↑↓ move · Enter go · Esc close"),
    "failed": Words("暂时查不了，请稍后再试", "Finding does not work just now"),
    "label": FIND,
    "district": Words("区县", "Districts"),
    "park": Words("园区", "Parks"),
    "station": Words("车站", "Stations"),
    "enterprise": Words("企业", "Enterprises"),
    "position": Words("位置", "Position"),
    "cell": Words("网格", "Hexagon"),
    "nobody": Words("没有人才或岗位，只移动地图", "nobody there; the map moves"),
}

# Role
ACCOUNT = Words("本机身份：{tier}", "This machine's role: {tier}")
LOOK_AS = Words("以哪种权限查看", "Look as")
TIERS = {
    "public": Words("公开", "Public"),
    "internal": Words("内部", "Internal"),
    "authorised": Words("授权", "Authorised"),
}
TIER_SEES = {
    "public": Words("区县、园区、约 5 平方公里的网格", "districts, parks, hexagons of about 5 km²"),
    "internal": Words(
        "到约 0.7 平方公里的网格和企业", "down to hexagons of 0.7 km² and enterprises"
    ),
    "authorised": Words(
        "到约 0.1 平方公里的网格和个人记录", "down to hexagons of 0.1 km² and single records"
    ),
}
ROLE_WHY = Words(
    "只能降低，不能高于本机启动时的权限；地图、下载和接口一同生效。",
    "It lowers what this server was started with, never raises it; map, files and API obey.",
)

# Saved views
VIEWS = Words("已存视图", "Saved views")
VIEWS_SCRIPT = {
    "title": VIEWS,
    "save": Words("保存当前视图", "Save this view"),
    "name": Words("名称", "Name"),
    "note": Words("备注（可不填）", "Note (may be empty)"),
    "keep": Words("保存", "Save"),
    "rename": Words("改名", "Rename"),
    "delete": Words("删除", "Delete"),
    "sure": Words("再点一次删除", "Click again to delete"),
    "cancel": Words("取消", "Cancel"),
    "empty": Words(
        "还没有保存过视图。视图记住条件、所选范围和地图位置。",
        "No view is saved yet. A view keeps the conditions, the selection and where the map is.",
    ),
    "failed": Words("没有保存成功", "This was not saved"),
    "copy": Words("复制链接", "Copy the link"),
    "copied": Words("已复制", "Copied"),
}

# Downloads
DOWNLOAD = Words("下载", "Download")
FILES = {
    "csv": Words("表格 CSV", "Table, CSV"),
    "xlsx": Words("表格 Excel，含说明页", "Workbook, Excel with a cover sheet"),
    "geojson": Words("地理数据 GeoJSON", "Places, GeoJSON"),
    "geoparquet": Words("地理数据 GeoParquet", "Places, GeoParquet"),
}
PICTURE = Words("图片 PNG，含图例", "Picture, PNG with the legend")
FILES_WHY = Words("当前地图的每一行", "Every row of this map")
PICTURE_SCRIPT = {
    "sources": Words("来源：{source}", "Source: {source}"),
    "release": Words("数据 {month} · 第 {number} 版", "Data {month} · release {number}"),
    "failed": Words("图片没有生成", "The picture could not be made"),
}

# Drilling
DRILL = Words("放大到此处", "Zoom in here")
LIST_OF = {
    "park": Words("园区", "Parks"),
    "cell": Words("网格", "Hexagons"),
    "enterprise": Words("企业", "Enterprises"),
}
BELOW = Words("下一级", "One level below")
NO_ROWS = Words("这里没有", "There is none here")
CHOSEN = Words("已选 {name}", "Chosen: {name}")
UNCHOOSE = Words("取消“{name}”", "Take “{name}” away")
TABLE_TWIN = Words("看表格", "As a table")
RECORDS = Words("个人记录", "Records")
SEE_RECORDS = Words("查看个人记录", "See single records")

# The enterprise
KEY_FIRM = Words("重点企业", "Key enterprise")
WANTS = Words("最急需", "Wanted most")
WANTS_WHY = Words("岗位 · 已开放天数 · 全市紧缺指数", "days open; scarcity in the city")
WANTED_TABS = {
    "specialty": Words("专业", "Specialty"),
    "education": Words("学历", "Education"),
    "title": Words("职称", "Title"),
    "occupation": Words("职业", "Occupation"),
}
DAYS = Words("天数", "Days")
NAME_OF = {
    "specialty": Words("专业", "Specialty"),
    "education": Words("学历", "Education"),
    "title": Words("职称", "Title"),
    "occupation": Words("职业", "Occupation"),
}
WANTED_OPENINGS = Words("岗位", "Posts")
SCARCITY = Words("紧缺", "Scarcity")
UNSPECIFIED = Words("另有 {count} 个岗位不限{what}", "{count} more openings leave it open ({what})")
NOTHING_WANTED = Words("没有提出{what}要求", "No {what} is asked for")
WITHIN_REACH = Words("附近的同类人才", "People nearby")
WITHIN_WHY = Words("按居住地到企业的直线距离（公里）", "by km from their homes")
REACH_NOTE = Words(
    "由已公布的网格人数相加，隐去的不计，故为下限",
    "Sums of published hexagons; hidden ones are left out, so these are lower bounds",
)
NO_POSITION = Words("这家企业没有坐标，无法按距离统计", "Its position is not known")

# Records
RECORDS_TITLE = Words("{place} · 个人记录", "{place} · single records")
RECORDS_COUNT = Words(
    "共 {total} 条，第 {page} / {pages} 页，每页 200 条",
    "{total} in all, page {page} of {pages}, 200 a page",
)
COLUMN = {
    "id": Words("序号", "No."),
    "industry": Words("行业", "Industry"),
    "occupation": Words("职业", "Occupation"),
    "specialty": Words("专业", "Specialty"),
    "education": Words("学历", "Education"),
    "title": Words("职称", "Title"),
    "age": Words("年龄段", "Age"),
    "home_district": Words("居住区县", "Home district"),
    "work_place": Words("工作地", "Workplace"),
}
RECORDS_NOTE = Words(
    "序号只在本次查询内有效；不含姓名、证件号和具体位置。",
    "Numbers hold within this answer only; no names, no ID numbers, no positions.",
)
PURPOSE_TITLE = Words("查看个人记录要说明用途", "Say what you need single records for")
PURPOSE_WHY = Words(
    "用途、查看人和时间写入审计日志，并以水印印在页面和文件上；30 分钟后自动关闭。",
    "Purpose, person and time go into the audit log and as a watermark on page and files; "
    "it closes after 30 minutes.",
)
WHO = Words("查看人（姓名或工号）", "Who is looking (name or staff number)")
PURPOSE = Words("用途", "Purpose")
OPEN_RECORDS = Words("打开 30 分钟", "Open for 30 minutes")
CLOSE_RECORDS = Words("关闭记录", "Close the records")
BACK_TO_MAP = Words("回到地图", "Back to the map")
EARLIER = Words("上一页", "Previous")
LATER = Words("下一页", "Next")
NOT_FOR_TIER = Words(
    "个人记录只对“授权”权限开放；当前是“{tier}”，可以看到{sees}。",
    "Single records are open to the tier Authorised only; this is {tier}, which sees {sees}.",
)
WATERMARK = Words("{who} · {time} · {purpose}", "{who} · {time} · {purpose}")
MARK = Words("查看标记", "Looked at by")
SPAN = Words("区间", "Interval")
