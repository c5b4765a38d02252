"""The words of the page that composes the wall, in both languages."""

from __future__ import annotations

from talentmap.model.words import Words

NAME = Words("驾驶舱编排", "Compose the wall")
SENTENCE = Words("{city} 的 驾驶舱编排", "How the wall of {city} is composed")
WHY = Words(
    "保存在工作区的 screen.toml；打开着的驾驶舱在半分钟内自动换上。",
    "Kept in screen.toml of the workspace; a wall that is open takes it up within half a minute.",
)
OPEN = Words("打开驾驶舱", "Open the wall")
SAVE = Words("保存", "Save")
SHIPPED = Words("恢复默认", "As shipped")
SAVED = Words("已保存", "Saved")
NOT_SAVED = Words("没有保存：{why}", "Not saved: {why}")
OFFLINE = Words("暂时连不上服务", "the service cannot be reached")
LOCKED = Words("公开级只能查看，不能保存。", "The public tier may look, not save.")
BAD_FILE = Words(
    "screen.toml 写错了，下面是默认编排；保存会覆盖它。",
    "screen.toml is wrong; below is what is shipped, and saving replaces the file.",
)

TURNING = Words("轮播", "Turning")
SUBJECTS = Words("讲什么", "Stories about")
SUBJECT = {
    "industries": Words("行业", "Industries"),
    "chains": Words("产业链", "Chains"),
    "districts": Words("区县", "Districts"),
}
MOST = Words("最多几个", "At most")
ONLY = Words("指定名单", "A list of your own")
ONLY_WHY = Words(
    "不选则按规则：指数最高，且高于全市平均的概率不低于 0.9。",
    "None chosen: by the rule, the highest index with a probability of at least .9 to be above "
    "the city's average.",
)
STORIES = Words("故事", "Stories")
NO_STORY = Words("至少选一个故事", "choose one story at least")
SECONDS = Words("每个停留", "Each stays")
RESUME = Words("触碰后暂停", "A touch pauses for")
IN_SECONDS = Words("{n} 秒", "{n} s")
KPIS = Words("指标条", "Strip of numbers")
KPIS_WHY = Words("最多 6 个，按点选顺序", "at most 6, in the order you choose them")
TILES = Words("板块", "Tiles")
TILES_WHY = Words(
    "左右各最多 3 个，地图下方 1 个；上下移动定顺序",
    "at most 3 left and right, 1 below the map; move them for their order",
)
COLUMN = {
    "left": Words("左侧", "Left"),
    "right": Words("右侧", "Right"),
    "below": Words("地图下方", "Below the map"),
    "": Words("不显示", "Not shown"),
}
TILE = {
    "industries": Words("最紧缺的行业", "Scarcest industries"),
    "chains": Words("最紧缺的产业链", "Scarcest chains"),
    "districts": Words("各区县紧缺程度", "Scarcity of districts"),
    "trend": Words("岗位与人才走势", "Openings and talents over time"),
    "matrix": Words("缺在哪：专业 × 学历", "Gaps by specialty"),
    "posts": Words("全市紧缺岗位", "Scarce posts of the city"),
    "commute": Words("通勤距离", "Commute"),
}
UP = Words("上移", "Move up")
DOWN = Words("下移", "Move down")
