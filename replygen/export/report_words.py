"""The words of the check report, on the page and on paper."""

from __future__ import annotations

from replygen.models import Severity, Verdict

SEVERITIES: dict[Severity, str] = {"block": "必须改", "warn": "请核实", "note": "提示"}
ORDER: dict[Severity, int] = {"block": 0, "warn": 1, "note": 2}
VERDICTS: dict[Verdict, tuple[str, Severity | None]] = {
    "valid": ("有效", None),
    "no_such_article": ("没有这一条", "block"),
    "repealed": ("已废止", "block"),
    "not_in_force": ("尚未施行", "block"),
    "not_in_register": ("法规库里没有，未核", "warn"),
    "unclear": ("不能确认", "warn"),
}
_FAMILIES = {
    "leak": "外地内容",
    "citation": "法规引用",
    "coverage": "逐条答复",
    "copy": "照抄",
    "class": "办理类别",
    "form": "格式",
    "slot": "空缺",
    "promise": "以往承诺",
}


def family_of(rule: str) -> str:
    """Return what kind of check a rule belongs to, "" when unknown."""
    return _FAMILIES.get(rule.split(".")[0], "")


def shorten(text: str) -> str:
    """Return at most some sixty characters, beginning and end of a longer text."""
    text = text.strip()
    return text if len(text) <= 60 else f"{text[:40]}…{text[-15:]}"
