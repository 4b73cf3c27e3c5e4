"""Which kind of document a source is, by what its text says."""

from __future__ import annotations

import re
from typing import Literal

from replygen.models import Source
from replygen.parsing.policy import is_policy
from replygen.parsing.statute import ARTICLE
from replygen.parsing.titles import REPLY_TITLE

Kind = Literal["reply", "proposal", "policy", "statute", "article", "other"]

_RECEIPT = re.compile(
    r"(?:提案|建议|议案)[^。]{0,40}(?:收悉|已收到|收到)|现[^。]{0,30}(?:答复|回复|函复"
    r"|协办意见|会办意见|分办意见)如下|(?:答复"
    r"|回复)如下[：:]|(?:协办|会办)意见如下"
)
_PROPOSAL_LABEL = re.compile(
    r"(?:^|\n|。)\s*(?:案\s*由|提\s*案\s*人|提案者|建议人|领衔代表|领衔人|附议人|联名人"
    r"|提案编号|审查意见|调研情况|问题分析|具体建议|意见建议"
    r"|对策建议|建\s*议|主要问题|存在的?问题)\s*[：:]"
)
_PROPOSAL_TITLE = re.compile(r"(?:关于.{2,60})?的?(?:提案|建议|议案|建议案)(?:[（(].{1,20}[)）])?$")
_ASKS = re.compile(
    r"(?:为此|因此|对此|鉴于此|据此|特)[，,]?(?:我们|本人|我)?(?:特)?(?:提出)?(?:如下"
    r"|以下)?(?:几点|几条)?建议|建议如下|建议[：:]"
    r"|(?:对策|工作|具体|几点|相关)建议"
)
_SUMMARY_TITLE = re.compile(r"总结|要点|计划|报告|方案|做法|经验|情况|工作|综述|纪实|典型案例|简报")


def detect_kind(source: Source) -> Kind:
    """Return the kind of an already cleaned source: statutes by their 条, replies by
    title or receipt sentence, policies by title, issue and numbered tasks, proposals by
    labels, title or asking, and articles by reporting something at length; ``other`` for
    the rest."""
    lines = [p.text.strip() for p in source.paragraphs if p.text.strip()]
    text = "\n".join(lines)
    numbered = sum(bool(ARTICLE.match(line)) for line in lines)
    if numbered >= 3 or (numbered and numbered >= len(lines) / 3):
        return "statute"
    head = "".join(lines[:12])[:1200]
    titles = [re.sub(r"\s", "", "".join(lines[i : i + n])) for i in range(10) for n in (1, 2, 3)]
    is_reply = any(REPLY_TITLE.search(t) and len(t) < 120 and "收悉" not in t for t in titles if t)
    if _RECEIPT.search(head) or is_reply and not _PROPOSAL_LABEL.search(text):
        return "reply"
    if not is_reply and is_policy(lines):
        return "policy"
    title_like = any(_PROPOSAL_TITLE.search(line) and len(line) < 70 for line in lines[:4])
    labels = len(set(re.sub(r"\W", "", m) for m in _PROPOSAL_LABEL.findall(text)))
    if labels >= 2 or (title_like and len(text) < 8000):
        return "proposal"
    if labels or _ASKS.search(text[len(text) // 3 :]) and not _SUMMARY_TITLE.search(lines[0][:60]):
        return "proposal"
    return "article" if len(text) >= 200 else "other"
