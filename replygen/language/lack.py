"""Lack: words of want (困难, 薄弱, 短板) that admit one, and those that only name the needy or
what was mended."""

from __future__ import annotations

import re

# 困难老年人家庭, 薄弱学校: who or what kind it is
_NEEDY = re.compile(
    r"(?:困难|薄弱|滞后|不足)(?=的?(?:老|家|户|群[众体]|职工|学[生校]|残|妇|儿童|企业|人[员群才]|教?师|军|党员|对象"
    r"|村|地区|乡|县|幼儿园|社区))"
)
_WANT = "(?:困难|短板|不足|瓶颈|薄弱环节|痛点|难点|难题|问题)"
# 解决就业困难, 补齐设施短板: what was done about it
_MENDED = re.compile(
    r"(?:解决|化解|破解|补齐|补上|补足|补强|消除|克服|缓解|打通|突破|帮扶|救助)"
    rf"[^，。；]{{0,16}}?{_WANT}(?:[和、及与][^，。；]{{0,10}}?{_WANT})*"
)


def drop_named_lack(text: str) -> str:
    """Return ``text`` without the words of want that admit none: what is left of 为困难老年人
    家庭改造1260户 tells a deed, of 改造进度滞后 a shortcoming."""
    return _MENDED.sub("", _NEEDY.sub("", text))
