"""Which divisions of GB/T 4754 stand in a section, and how their enterprises are called."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from talentmap.demo.census import SECTIONS

Floats = npt.NDArray[np.float64]

# Division, weight in its section, words for the trade in a name.
_TABLE = (
    ("A01", 70, "农业 种业"), ("A02", 6, "林业 园林"), ("A03", 18, "牧业 养殖"),
    ("A04", 3, "水产"), ("A05", 3, "农业服务"),
    ("B06", 35, "煤业"), ("B08", 45, "矿业"), ("B10", 20, "石材 建材矿业"),
    ("C13", 6, "粮油 农产品加工"), ("C14", 6, "食品"), ("C15", 3, "饮料 酒业"),
    ("C17", 4, "纺织"), ("C18", 5, "服饰"), ("C21", 3, "家具"), ("C22", 2, "纸业"),
    ("C23", 2, "印务"), ("C26", 6, "化工 新材料"), ("C27", 6, "制药 生物医药"),
    ("C29", 4, "橡塑"), ("C30", 8, "建材 玻璃"), ("C31", 7, "特钢 钢铁"),
    ("C33", 8, "金属制品 精密制造"), ("C34", 9, "机械 数控"), ("C35", 6, "装备 智能装备"),
    ("C36", 8, "汽车部件 汽车"), ("C37", 2, "轨道装备"), ("C38", 6, "电气 电力设备"),
    ("C39", 5, "电子 微电子"), ("C40", 2, "仪器 传感技术"),
    ("D44", 60, "热力 电力"), ("D45", 15, "燃气"), ("D46", 25, "水务"),
    ("E47", 50, "建筑 建设"), ("E48", 20, "路桥 市政工程"), ("E49", 14, "机电安装"),
    ("E50", 16, "装饰"),
    ("F51", 35, "商贸 贸易 供应链"), ("F52", 65, "百货 超市 便利 药房"),
    ("G53", 8, "铁路服务"), ("G54", 60, "物流 运输 客运"), ("G58", 7, "国际货运"),
    ("G59", 10, "仓储"), ("G60", 15, "速递"),
    ("H61", 25, "酒店 宾馆"), ("H62", 75, "餐饮 食府 膳食服务"),
    ("I63", 15, "通信 网络"), ("I64", 25, "互联网 数字科技"),
    ("I65", 60, "软件 信息技术 数据服务 智能科技"),
    ("J66", 60, "小额贷款 村镇银行"), ("J67", 12, "投资 基金管理"), ("J68", 22, "保险代理"),
    ("J69", 6, "融资担保"),
    ("K70", 100, "置业 物业 房产经纪"),
    ("L71", 15, "租赁"), ("L72", 85, "企业管理 人力资源 咨询 广告 会展"),
    ("M73", 25, "研究院 生物研究"), ("M74", 45, "工程设计 检测 勘测"), ("M75", 30, "科技 技术转移"),
    ("N76", 12, "水利"), ("N77", 18, "环境科技 环保"), ("N78", 67, "市政 环卫 景区管理"),
    ("N79", 3, "土地整理"),
    ("O80", 45, "家政 健康生活"), ("O81", 35, "汽修 家电维修"), ("O82", 20, "保洁"),
    ("P83", 100, "教育 培训学校"),
    ("Q84", 85, "医院 诊所 康复"), ("Q85", 15, "养老服务"),
    ("R86", 18, "出版"), ("R87", 22, "影视 传媒"), ("R88", 25, "文化艺术"),
    ("R89", 15, "体育"), ("R90", 20, "文娱"),
    ("S92", 62, "政务服务中心 公共事务中心"), ("S94", 8, "社会保险服务中心"), ("S95", 15, "协会"),
    ("S96", 15, "社区服务中心"),
    ("T97", 100, "国际机构代表处"),
)  # fmt: skip

CODES = [row[0] for row in _TABLE]
TRADES = [row[2].split() for row in _TABLE]
SECTION_OF = np.array([SECTIONS.index(code[0]) for code in CODES])
# Whose names do not end in 有限公司.
PUBLIC = frozenset("PQS")


def division_weights() -> Floats:
    """Return sections × divisions (in the order of CODES), each row summing to 1."""
    weights = np.zeros((len(SECTIONS), len(CODES)))
    weights[SECTION_OF, np.arange(len(CODES))] = [row[1] for row in _TABLE]
    shares: Floats = weights / weights.sum(axis=1, keepdims=True)
    return shares


def in_park(base: Floats, divisions: dict[str, float]) -> Floats:
    """Return the weights with those of a park put in: what it names, the rest as elsewhere."""
    mixed = base.copy()
    for section in {code[0] for code in divisions}:
        row = SECTIONS.index(section)
        named = np.array([divisions.get(code, 0.0) for code in CODES]) * (row == SECTION_OF)
        mixed[row] = named + base[row] * max(0.0, 1 - float(named.sum()))
    return mixed
