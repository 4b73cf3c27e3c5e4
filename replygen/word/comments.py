"""What a Word comment says about a sentence or a finding."""

from __future__ import annotations

import re
from collections.abc import Mapping

from replygen.models import Finding, Origin, Reference, Remark, Sentence
from replygen.word.advice import advise
from replygen.word.confirming import describe_confirmation
from replygen.word.report_words import SEVERITIES, tell_remark

AUTHOR = "replygen"
SOURCE_AUTHOR = "replygen 依据"  # of what a sentence rests on: a reviewer can hide them by name

ORIGINS: dict[Origin, str] = {
    "form": "格式用语",
    "own": "本单位材料",
    "opinion": "会办单位意见",
    "statute": "法律法规",
    "policy": "政策文件",
    "proposal": "提案原意",
    "model": "模型润色",
    "precedent": "外地先例",
    "typed": "起草人填写",
    "slot": "待补充",
}
SOURCE = "来源："
_REMARK = "审核意见："  # begins what a reviewer said of the whole paper
DECIDED = "审核："  # begins what a reviewer decided on a commitment that a comment asks about
_PROPOSAL = "proposal"  # the proposal among a draft's references
_FIXED_SOURCES = {"profile": "本单位信息", "proposal": "来件原文"}
_QUOTE_LENGTH = 200
# 必须改：… · 页脚“某市”\n必须改：…
_FINDING = re.compile(rf"(?:[^\n]{{1,12}}“[^\n]*”\n)?(?:{'|'.join(SEVERITIES.values())})：")


def describe_source(sentence: Sentence, references: Mapping[str, Reference]) -> str | None:
    """Return the comment of a sentence, one line a source: 来源：外地先例 《…》（甲市，
    2024-05-01）「…」; before them, for a commitment to confirm, the question. None for a
    sentence of the form and for an open slot without one."""
    if sentence.origin == "form" or (sentence.origin == "slot" and not sentence.sources):
        return None
    origin = ORIGINS[sentence.origin]
    asked = describe_confirmation(sentence)
    lines = [asked] if asked else []
    lines += dict.fromkeys(_tell_source(s, origin, references) for s in sentence.sources)
    return "\n".join(lines) or f"{SOURCE}{origin}"


def describe_finding(finding: Finding) -> str:
    """Return the comment of a finding: how grave, what is wrong, what to do."""
    finding = advise(finding, "comment")
    if finding.rule.startswith("remark."):
        return f"{_REMARK}{finding.message}"
    text = f"{SEVERITIES[finding.severity]}：{finding.message}"
    return f"{text}\n建议：{finding.suggestion}" if finding.suggestion else text


def describe_remark(remark: Remark) -> str:
    """Return the comment of what a reviewer said of the whole paper: 审核意见：退回。李审
    2026-11-28 10:00, and his words."""
    told = f"{_REMARK}{tell_remark(remark)}。{remark.by} {remark.at}"
    return f"{told}\n{remark.text}" if remark.text else told


def is_of_finding(text: str) -> bool:
    """True for what :func:`describe_finding` returned, the place before it or not, for
    :func:`describe_remark`, and for what was decided."""
    return text.startswith((_REMARK, DECIDED)) or _FINDING.match(text) is not None


def _tell_source(ident: str, origin: str, references: Mapping[str, Reference]) -> str:
    """One source; what the sentence rests on may be of another kind than the sentence: a law
    that the proposal names is told as the proposal's. A code that names no paper is not told."""
    reference = references.get(ident)
    if reference is None:
        return f"{SOURCE}{origin} {_FIXED_SOURCES.get(ident, '')}".rstrip()
    if ident == _PROPOSAL:
        origin = ORIGINS["proposal"]
    return f"{SOURCE}{origin} {_name_source(reference)}"


def _name_source(reference: Reference) -> str:
    facts = "，".join(f for f in (reference.region or reference.issuer, reference.date) if f)
    text = reference.title + (f"（{facts}）" if facts else "")
    quote = " ".join(reference.quote.split())
    if quote == reference.title:
        return text
    if len(quote) > _QUOTE_LENGTH:
        quote = quote[:_QUOTE_LENGTH] + "……"
    return text + (f"「{quote}」" if quote else "")
