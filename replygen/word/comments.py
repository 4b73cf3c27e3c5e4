"""What a Word comment says about a sentence or a finding."""

from __future__ import annotations

from collections.abc import Mapping

from replygen.models import Finding, Origin, Reference, Sentence
from replygen.word.confirming import describe_confirmation
from replygen.word.report_words import SEVERITIES

AUTHOR = "replygen"

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
_FIXED_SOURCES = {"profile": "本单位信息", "proposal": "来件原文"}
_QUOTE_LENGTH = 200


def describe_source(sentence: Sentence, references: Mapping[str, Reference]) -> str | None:
    """Return the comment of a sentence, one line a source: 来源：外地先例 《…》（甲市，
    2024-05-01）「…」; before them, for a commitment to confirm, the question. None for a
    sentence of the form and for an open slot without one."""
    if sentence.origin == "form" or (sentence.origin == "slot" and not sentence.sources):
        return None
    origin = ORIGINS[sentence.origin]
    asked = describe_confirmation(sentence)
    lines = [asked] if asked else []
    lines += [f"来源：{origin} {_name_source(s, references)}".rstrip() for s in sentence.sources]
    return "\n".join(lines) or f"来源：{origin}"


def describe_finding(finding: Finding) -> str:
    """Return the comment of a finding: how grave, what is wrong, what to do."""
    text = f"{SEVERITIES[finding.severity]}：{finding.message}"
    if finding.suggestion:
        text += f"\n建议：{finding.suggestion}"
    return f"{text}\n（{finding.rule}）"


def _name_source(ident: str, references: Mapping[str, Reference]) -> str:
    reference = references.get(ident)
    if reference is None:
        return _FIXED_SOURCES.get(ident, ident)
    facts = "，".join(f for f in (reference.region or reference.issuer, reference.date) if f)
    text = reference.title + (f"（{facts}）" if facts else "")
    quote = " ".join(reference.quote.split())
    if len(quote) > _QUOTE_LENGTH:
        quote = quote[:_QUOTE_LENGTH] + "……"
    return text + (f"「{quote}」" if quote else "")
