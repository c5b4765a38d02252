"""The words of the page 报告, in both languages."""

from __future__ import annotations

from talentmap.model.words import Words

NAME = Words("报告", "Reports")
SENTENCE = Words(
    "{city}[ {place}] {industry} 的报告，按 {at} 统计[，限 {education}][，{occupation}]"
    "[，{specialty}][，{title}]，{month}",
    "Report on {industry} in [{place}, ]{city}, by {at}[, {education}][, {occupation}]"
    "[, {specialty}][, {title}], {month}",
)
SCOPE = Words(
    "{city}[{place}]，{industry}[，{education}][，{occupation}][，{specialty}][，{title}]",
    "[{place}, ]{city}; {industry}[; {education}][; {occupation}][; {specialty}][; {title}]",
)
SCOPE_MONTH = Words("{scope}，{month}", "{scope}; {month}")
SCOPE_NEWEST = Words("{scope}，当时最新月份", "{scope}; newest month at the time")
SCOPE_GONE = Words("其中的条件已不在当前数据里", "One of its conditions is no longer in the data")
NOT_HERE = Words("这里不能生成报告", "No reports can be made here")
NOT_HERE_WHY = Words("服务没有连接工作区", "The server has no workspace behind it")

# The order
NEW = Words("新报告", "New report")
NEW_NOTE = Words("范围就是上面的那句话", "Its scope is the sentence above")
KIND = Words("种类", "Kind")
FORMATS = Words("格式", "Formats")
FORMATS_NOTE = Words("可多选", "one or more")
PREVIEW = Words("预览", "Preview")
MAKE = Words("生成", "Make")
SCHEDULE = Words("设为定时", "Schedule")
SCHEDULE_WHY = Words(
    "种类、范围、格式同上；每次取当时最新的月份",
    "Kind, scope and formats as above; the newest month each time",
)
WHEN = Words("什么时候", "When")
WHENS = {
    "monthly": Words("每月", "Every month"),
    "build": Words("每次构建后", "After each build"),
}
DAY = Words("哪一天", "On day")
DAY_OF = Words("{day} 日", "{day}")
FOLDER = Words("存放的文件夹", "Folder")
FOLDER_NAME = Words("定期报告", "Scheduled")
FOLDER_NOTE = Words("在工作区的报告目录里面", "inside reports of the workspace")
SCHEDULE_SURE = Words("确定", "Keep it")

# The preview
PREVIEW_OF = Words("预览：{what}", "Preview: {what}")
PREVIEW_EMPTY = Words("还没有预览", "No preview yet")
PREVIEW_EMPTY_WHY = Words(
    "先看一遍再生成文件，约需几秒",
    "Look before the files are made; it takes some seconds",
)
PREVIEW_OPEN = Words("在新窗口打开", "Open in a new window")
PREVIEW_CLOSE = Words("收起预览", "Close the preview")
PREVIEW_OLD = Words(
    "这份预览的种类或范围与上面不同，可重新预览",
    "This preview is of another kind or scope than the one above",
)

# The history
HISTORY = Words("已生成", "Made")
HISTORY_NOTE = Words("{count} 份，{size}", "{count}, {size}")
NO_HISTORY = Words("还没有生成过报告", "No report has been made yet")
NO_HISTORY_WHY = Words(
    "选好种类和格式，点“生成”；文件保存在工作区，仅所有者可读",
    "Choose kind and formats and press Make; the files stay in the workspace, for its owner only",
)
REPORT = Words("报告", "Report")
BY_HAND = Words("手动", "By hand")
BY_SCHEDULE = Words("定时", "Schedule")
TIERS = {
    "public": Words("公开级", "public"),
    "internal": Words("内部级", "internal"),
    "authorised": Words("授权级", "authorised"),
}
FILES = Words("下载", "Files")
REMOVE = Words("删除", "Delete")
REMOVE_ASK = Words("删除这份报告和它的文件？", "Delete this report and its files?")
REMOVE_SURE = Words("确定删除", "Delete it")
STEPS = {
    "": Words("准备中", "Getting ready"),
    "waiting": Words("排队中", "Waiting for the one before"),
    "content": Words("正在取数", "Asking for the numbers"),
    "pictures": Words("正在画图", "Drawing"),
    "done": Words("即将完成", "Almost done"),
}
STEP_FORMAT = Words("正在写 {format}", "Writing {format}")
FAILED = Words("没有成功", "It did not work")
INCIDENT = Words("错误编号 {number}", "Incident {number}")
# What a failure means, by a part of the program's own line.
REASONS = (
    (
        "is hidden to protect",
        Words(
            "这个范围的数字为保护个人信息全部隐去；去掉一个条件，或换更大的范围",
            "Every number of this scope is hidden to protect persons; take a filter away",
        ),
    ),
    (
        "nobody and no openings",
        Words(
            "这个范围没有人才也没有岗位，换一个范围",
            "This scope has nobody and no openings; choose another",
        ),
    ),
    (
        "No space left",
        Words("磁盘已满，没有留下半份文件", "The disk is full; no half file was left"),
    ),
    (
        "cannot be written",
        Words("文件写不进去，请看磁盘和权限", "The file cannot be written; see disk and rights"),
    ),
    (
        "server stopped",
        Words("服务中途停止了，请重新生成", "The server stopped meanwhile; make it again"),
    ),
    ("not open to the", Words("当前权限不能看这个范围", "Your tier may not see this scope")),
    (
        "not published",
        Words("这些条件的交叉没有公布，去掉一个条件", "This crossing is not published"),
    ),
    ("is not in this release", Words("数据里没有这个月份", "The data do not have this month")),
)

# The schedules
SCHEDULES = Words("定时", "Schedules")
SCHEDULES_NOTE = Words("{count} 个", "{count}")
NO_SCHEDULES = Words("没有定时报告", "No schedules")
NO_SCHEDULES_WHY = Words(
    "每月或每次构建后自动生成；服务没有开着时错过的，下次补做一次",
    "Made every month or after each build; one missed while the server was off is made once",
)
MONTHLY_ON = Words("每月 {day} 日", "monthly, day {day}")
LAST = Words("上次 {when}", "last {when}")
NEVER = Words("还没有运行过", "has not run yet")
RUNNING = Words("正在生成", "being made")
RUN_NOW = Words("立即运行", "Run now")
UNSCHEDULE = Words("取消", "Remove")
UNSCHEDULE_ASK = Words(
    "取消这个定时？已生成的报告会保留。", "Remove this schedule? Its reports stay."
)
UNSCHEDULE_SURE = Words("确定取消", "Remove it")
LAST_FAILED = Words("上次没有成功", "The last one failed")
