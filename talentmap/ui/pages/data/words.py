"""The words of the page 数据, in both languages."""

from __future__ import annotations

from talentmap.model.words import Words

NAME = Words("数据", "Data")
SENTENCE = Words(
    "{city} 的数据：导入、核对、撤销、构建", "Data of {city}: import, check, undo, build"
)
TABLES = {
    "people": Words("人才", "People"),
    "enterprises": Words("企业", "Enterprises"),
    "vacancies": Words("岗位", "Vacancies"),
    "places": Words("地点", "Places"),
}
NOT_HERE = Words("这里不能导入数据", "No data can be taken in here")
NOT_HERE_WHY = Words("服务没有连接工作区", "The server has no workspace behind it")

# The file
IMPORT = Words("导入文件", "Import a file")
PICK = Words("选择文件", "Choose a file")
DROP = Words("把文件拖到这里，或者", "Drop a file here, or")
KINDS = Words(
    "CSV、Excel、Parquet、GeoPackage、GeoJSON；文件只传到本机的工作区，处理完即删除",
    "CSV, Excel, Parquet, GeoPackage, GeoJSON; it goes to the workspace on this machine only and "
    "is removed when done",
)
TEMPLATES = Words("没有现成的文件？下载模板填写", "No file yet? Fill in a template")
SENDING = Words("正在传入", "Arriving")
STOP = Words("停止", "Stop")
READING = Words("正在读取，已读 {rows} 行", "Reading, {rows} rows so far")
TAKING = Words("正在导入，已读 {rows} 行", "Importing, {rows} rows so far")
TABLE = Words("这是什么数据", "What is in it")
CRS = Words("坐标系", "Coordinates")
SYSTEMS = {
    "": Words("按列名判断，否则 WGS-84", "As the columns say, else WGS-84"),
    "wgs84": Words("WGS-84 / CGCS2000", "WGS-84 / CGCS2000"),
    "gcj02": Words("GCJ-02（高德、腾讯）", "GCJ-02 (Amap, Tencent)"),
    "bd09": Words("BD-09（百度）", "BD-09 (Baidu)"),
    "auto": Words("自动识别（需要区县列）", "Found out (needs a district column)"),
}
COLUMNS = Words("列的对应", "Columns")
COLUMNS_NOTE = Words("{used} / {all} 列已对应", "{used} of {all} columns used")
IN_FILE = Words("文件中的列", "In the file")
OURS = Words("对应为", "Is our")
UNUSED = Words("不使用", "not used")
BASIS = Words("依据", "Why")
BY_NAME = Words("按名称", "by name")
BY_HAND = Words("手工指定", "by hand")
MAYBE = Words("可能是：{name}", "may be: {name}")
MISSING = Words("还缺必需的列", "A needed column is missing")
JUDGE = Words("核对（不导入）", "Check (import nothing)")
TAKE = Words("导入", "Import")
REPLACE = Words("导入并替换 {batch}", "Import in place of {batch}")
DISCARD = Words("放弃", "Discard")
ANOTHER = Words("再导入一个文件", "Import another file")
CHANGE = Words("修改对应", "Change the columns")
FAILED = Words("没有成功，工作区未改变", "It did not work; the workspace is unchanged")
INCIDENT = Words("错误编号 {number}", "Incident {number}")

# The report
JUDGED = Words("核对结果：{file}", "Checked: {file}")
TAKEN = Words("已导入为 {batch}：{file}", "Imported as {batch}: {file}")
GONE = Words("{batch} 已撤销：{file}", "{batch} was undone: {file}")
TAKEN_NOTE = Words("重新构建后，地图和数字才会包含它", "Maps and numbers have it after a build")
ROWS_IN = Words("读入行数", "Rows in")
ACCEPTED = Words("接收", "Accepted")
REFUSED = Words("退回", "Refused")
PERSONS = Words("人数", "Persons")
REASONS = Words("退回原因", "Why refused")
EXAMPLES = Words("例：前 {count} 处", "Examples: the first {count}")
COLUMN = Words("列", "Column")
REASON = Words("原因", "Reason")
ROWS = Words("行数", "Rows")
ROW = Words("行号", "Row")
MENDED = Words("已修正", "Put right")
UNREAD = Words("未能识别的值", "Values not understood")
DIFFERENCE = Words("与上一批 {batch} 相比", "Against the last batch {batch}")
CHANGES = {
    "new": Words("新增", "new"),
    "changed": Words("有变化", "changed"),
    "same": Words("相同", "same"),
    "gone": Words("不再出现", "gone"),
}
MIND = Words("请注意", "Mind")
ALL_GOOD = Words("没有退回的行", "No row was refused")

# The batches
BATCHES = Words("批次", "Batches")
BATCHES_NOTE = Words("{count} 个，新的在前", "{count}, newest first")
NO_BATCHES = Words("还没有批次", "No batches yet")
NO_BATCHES_WHY = Words("导入的每个文件成为一个批次", "Each file taken in becomes one")
BATCH = Words("批次", "Batch")
FILE = Words("文件", "File")
WHEN = Words("时间", "When")
UNDO = Words("撤销", "Undo")
UNDO_ASK = Words(
    "撤销 {batch}？{rows} 行将从工作区移除，重新构建后生效。",
    "Undo {batch}? {rows} rows leave the workspace; a build makes it count.",
)
UNDO_SURE = Words("确定撤销", "Yes, undo")

# The build
BUILD = Words("构建", "Build")
BUILD_NOW = Words("重新构建", "Build now")
SERVED = Words(
    "正在使用第 {number} 版，数据到 {month}", "Release {number} is served, up to {month}"
)
NEW = Words("{count} 个批次尚未进入这一版", "{count} batches are not in it yet")
UNDONE = Words("{count} 个已撤销的批次仍在这一版中", "{count} undone batches are still in it")
CURRENT = Words("这一版包含全部批次", "It has every batch")
BUILDING = Words("正在构建", "Building")
BUILD_FAILED = Words("构建没有成功，旧版继续使用", "The build failed; the old release serves on")

# The coverage
COVERAGE = Words("位置精度", "Precision of places")
COVERAGE_NOTE = Words("到网格 = 有坐标或地点", "to the hexagon: coordinates or a known place")
SIDES = {
    "home": Words("居住地", "Homes"),
    "work": Words("工作地", "Workplaces"),
    "enterprises": Words("企业", "Enterprises"),
    "vacancies": Words("岗位", "Vacancies"),
}
DISTRICT = Words("区县", "District")
RECORDS = Words("记录", "Records")
PRECISION = {
    "exact": Words("坐标", "Point"),
    "place": Words("地点", "Place"),
    "district": Words("区县", "District"),
    "none": Words("不明", "None"),
}
SHARE_TO_CELL = Words("记录到网格的比例", "Share of records to the hexagon")
TO_CELL = Words("到网格", "To hexagon")
ELSEWHERE = {"outside": Words("市外", "Outside"), "": Words("区县不明", "District unknown")}
NO_COVERAGE = Words("还没有带位置的记录", "No records with a position yet")
FEW = Words("<5", "<5")
