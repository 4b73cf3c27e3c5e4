"""Where something can be reached: web addresses, number plates, house numbers, post boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from replygen.entities.candidates import Candidate

# https://scjgj.example.gov.cn/art/12, www.example.gov.cn, example.gov.cn
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[A-Za-z0-9./?=&_%#:~+-]*[A-Za-z0-9/]"
    r"|(?<![@A-Za-z0-9.-])(?:[A-Za-z0-9-]+\.)+(?:gov\.cn|com\.cn|org\.cn|net\.cn|edu\.cn|com|cn|net|org)(?![A-Za-z0-9])"
)
# 苏G12345, 苏G·D1234: the plate of a vehicle
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤川青藏琼宁][A-Z][·•]?[A-Z0-9*＊×]{4,6}(?![A-Za-z0-9*])"
)
# 苍梧路18号, 人民路 5-1 号
_HOUSE = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:路|街|大道|巷)\s?\d{1,4}(?:-\d+)?\s?号(?!线|楼宇)")
# 致电85801234, 拨打96789: a number that is called; 12345 and its like are national
_CALL = re.compile(r"(?:(?<=致电)|(?<=拨打)|(?<=拨打电话)|(?<=拨)|(?<=热线))\s?\d{5,8}(?!\d)")
_OF_ALL = ("12", "110", "119", "95", "96110", "96102", "96315", "11185", "11183")
_PARTS = re.compile(r"[A-Za-z]|\d[号路街]|号|\d{5}")


def find_reach(text: str) -> Iterator[Candidate]:
    """Addresses on the web and in a town, plates, and numbers that are called."""
    if not _PARTS.search(text):
        return
    for match in _ADDRESS.finditer(text):
        yield Candidate("contact", *match.span(), match.group().lower(), "unknown", 8)
    for match in _PLATE.finditer(text):
        yield Candidate("contact", *match.span(), match.group(), "unknown", 8)
    for match in _HOUSE.finditer(text):
        yield Candidate("contact", *match.span(), re.sub(r"\s", "", match.group()), "unknown", 4)
    for match in _CALL.finditer(text):
        if not match.group().strip().startswith(_OF_ALL):
            yield Candidate("contact", *match.span(), match.group().strip(), "unknown", 8)
