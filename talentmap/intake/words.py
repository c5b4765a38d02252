"""The reasons of intake in Chinese, for the reports an office reads and passes on."""

from __future__ import annotations

_ZH = {
    "wrong number of cells": "列数与表头不符",
    "unbalanced quote": "引号不成对",
    "characters not readable in the encoding of the file": "有无法按文件编码读出的字符",
    "line break inside a cell without quotes": "单元格内有换行但没有引号",
    "empty row": "空行",
    "empty, but needed": "必填项为空",
    "the header again, not a row": "重复的表头，不是数据行",
    "a total or a note, not a row": "合计或备注，不是数据行",
    "the example of a template, not a row": "模板的示例行",
    "last digits lost in a spreadsheet": "号码末位已被表格软件截断",
    "wrong check digit": "校验位不符",
    "less than 1": "小于 1",
    "before the month of arrival": "早于来市月份",
    "more than the openings": "多于招聘人数",
    "before the month of posting": "早于发布月份",
    "below wage_low": "低于薪资下限",
    "longitude without latitude": "有经度没有纬度",
    "latitude without longitude": "有纬度没有经度",
    "not a latitude from -90 to 90": "不是 −90 到 90 的纬度",
    "not a longitude from -180 to 180": "不是 −180 到 180 的经度",
    "no geometry that can be read": "没有可读的几何图形",
    "not a code or name of its table": "不是代码表中的代码或名称",
    "not a whole number of 0 or more": "不是 0 或正整数",
    "not a number": "不是数字",
    "not a month or date": "不是月份或日期",
    "not a year": "不是年份",
    "not a plain value": "不是单一的值",
    "an ambiguous date; write it like 2026-06-05": "日期有歧义，请写成 2026-06-05",
    "a later row has the same key and counts instead": "后面有同编号的行，以后者为准",
    "a later row of the same person, of an overlapping time, counts instead": (
        "后面有同一人时段重叠的行，以后者为准"
    ),
    "the point (0, 0): position left open": "坐标为 (0, 0)：按无坐标处理",
    "latitude equal to longitude: position left open": "经纬度相同：按无坐标处理",
    "a point outside the city the row names: position left open": (
        "坐标不在本行所写的城市：按无坐标处理"
    ),
    "latitude and longitude exchanged: put right": "经纬度颠倒：已换回",
}


def in_chinese(reason: str) -> str:
    """Return a reason in Chinese, with the column before it if it has one; else as it is."""
    column, mark, rest = reason.partition(": ")
    if reason in _ZH:
        return _ZH[reason]
    return f"{column}：{_ZH[rest]}" if mark and rest in _ZH else reason
