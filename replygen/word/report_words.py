"""The words of a check, the same in the terminal, on the page, in Word and in the report."""

from __future__ import annotations

from collections.abc import Iterable

from replygen.checking import Comparison, State, tell_states
from replygen.models import CheckReport, Remark, Severity, Verdict

SEVERITIES: dict[Severity, str] = {"block": "必须改", "warn": "请核实", "note": "提示"}
ORDER: dict[Severity, int] = {"block": 0, "warn": 1, "note": 2}
VERDICTS: dict[Verdict, tuple[str, Severity | None]] = {
    "valid": ("有效", None),
    "no_such_article": ("没有这一条", "block"),
    "repealed": ("已废止", "block"),
    "not_in_force": ("尚未施行", "block"),
    "outdated_edition": ("旧文本", "warn"),
    "misquoted": ("与条文不符", "warn"),
    "wrong_number": ("文号不符", "warn"),
    "not_in_register": ("法规库里没有，未核", "warn"),
    "unclear": ("不能确认", "warn"),
}
# how an ask is answered: (look, word); and the sign of a look in the matrix
STATES: dict[State, tuple[str, str]] = {
    "answered": ("yes", "已答复"),
    "partly": ("half", "部分答复"),
    "thanks": ("no", "只有感谢、套话或空缺"),
    "missing": ("no", "没有答复"),
}
MARKS = {"yes": "●", "half": "◐", "no": "○"}
_FAMILIES = {
    "leak": "外地内容",
    "leak.number": "没有出处",
    "leak.date": "没有出处",
    "leak.document": "没有出处",
    "leak.doc_number": "没有出处",
    "leak.promised": "承诺",
    "citation": "法规引用",
    "coverage": "逐条答复",
    "copy": "照抄",
    "class": "办理类别",
    "form": "格式",
    "slot": "空缺",
    "promise": "承诺",
    "remark": "审核意见",
}


def family_of(rule: str) -> str:
    """Return what kind of check a rule belongs to, "" when unknown."""
    return _FAMILIES.get(rule) or _FAMILIES.get(rule.split(".")[0], "")


def tell_remark(remark: Remark) -> str:
    """Return what was said of a paper in a word: 退回, 上一稿退回."""
    word = "退回" if remark.verdict == "return" else "审核通过"
    return word if remark.same else f"上一稿{word}"


def tell_answered(report: CheckReport) -> tuple[str, str]:
    """Return how many asks are answered, and what that counts: 2/3, 建议已答，1 条部分答复."""
    states = tell_states(report)
    partly = states.count("partly")
    told = f"建议已答，{partly} 条部分答复" if partly else "建议已答"
    return f"{states.count('answered')}/{len(states)}", told


def find_copied(report: CheckReport, comparisons: Iterable[Comparison]) -> str | None:
    """Return the precedent of which a share is to be told: one that is shown beside a
    paragraph; None where a share would have nothing to show."""
    source = report.copied.source
    return source if any(c.source == source for c in comparisons) else None


def shorten(text: str) -> str:
    """Return at most some sixty characters, beginning and end of a longer text."""
    text = text.strip()
    return text if len(text) <= 60 else f"{text[:40]}…{text[-15:]}"
