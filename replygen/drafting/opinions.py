"""What other units of our place say: the 会办意见 of co-hosts, in the part of its ask and
always with their name on it, never as ours (STANDARDS §2.3, §3 row 26).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from replygen.drafting.material import OPINION, PARTNER, call_unit, whose_opinion
from replygen.index.relevance import BAR, AskContext, Judge
from replygen.language import split_sentences
from replygen.language.marks import strip_mark
from replygen.models import Ask, Evidence, Hit, Passage, Proposal
from replygen.settings import Profile

# 市政协…号提案《…》收悉; 以上意见，供你局参考; 联系人：…
_AROUND = re.compile(
    r"收悉|(?:会办|协办)(?:意见|函)$|(?:会办|协办|答复)?意见如下|供[^。]{0,12}参考|答复如下|^(?:抄送|[（(]?联系)"
    r"|^此[复函致]|感谢|^(?:特此)"
)
# 与本提案无关, 不属于本建议范围: what is beside the matter
_BESIDE = re.compile(
    "与(?:本|该|此)(?:提案|建议|件|案)[^，。]{0,4}无关|不(?:属于?|在)(?:本|该|此)(?:提案|建议|件)[^，。]{0,6}(?:范围|内容)"
    "|不再赘述"
)
_OURS = r"(?:局|委|厅|办|院|中心|单位|部门|部|公司)"
_THEY = re.compile(rf"(?:我|本)(?P<end>{_OURS})(?![长员])")
_SHORT = ("局", "委", "厅", "公司")  # 该局, 该公司
_THEIR_WE = re.compile(r"我们")
_WE = re.compile(rf"[你贵](?:们)?{_OURS}")


_ATTACHED = 0.5  # share of the bar that a paper needs which a person attached or which answers us


@dataclass(frozen=True, slots=True)
class Opinion:
    """What ``unit`` says on one ask, worded for our letter without a final mark; ``joint``
    is true for a 会办意见."""

    unit: str
    text: str
    passage: Passage
    joint: bool


def share_out_opinions(
    asks: Sequence[Ask], passages: Sequence[Passage], subject: str, judge: Judge
) -> dict[int, tuple[Hit, ...]]:
    """Return for the order of each ask what other units say on it. Every part of a 会办意见
    is in one of them, with score 0 under the last ask where it bears on none."""
    parts = [Hit(p, 1.0, ("material",)) for p in _parts(passages)]
    sure: dict[str, list[tuple[float, int]]] = {}
    for ask in asks if parts else ():
        for hit in judge.judge(AskContext(subject, ask.topic, ask.text), parts):
            sure.setdefault(hit.passage.id, []).append((hit.relevance or 0.0, -ask.order))
    found: dict[int, list[Hit]] = {}
    for part in parts if asks else ():
        score, order = max(sure[part.passage.id])
        if score < _ATTACHED * BAR.get(part.passage.kind, 0.5):
            if part.passage.document.kind == PARTNER:
                continue
            score, order = 0.0, -asks[-1].order
        hit = Hit(part.passage, score, ("material",), (), score)
        found.setdefault(-order, []).append(hit)
    return {order: tuple(hits) for order, hits in found.items()}


def read_opinions(
    evidence: Evidence, called: Sequence[str], profile: Profile
) -> tuple[tuple[Opinion, ...], tuple[Opinion, ...]]:
    """Return what other units say on the ask, and what they say beside every ask."""
    on_ask: list[Opinion] = []
    beside: list[Opinion] = []
    for hit in evidence.opinions:
        text = word_opinion(hit.passage, profile)
        if text:
            unit = call_unit(whose_opinion(hit.passage) or "会办单位", called, profile)
            joint = hit.passage.document.kind == OPINION
            found = Opinion(unit, text, hit.passage, joint)
            (on_ask if hit.score > 0 else beside).append(found)
    return tuple(on_ask), tuple(beside)


def word_opinion(passage: Passage, profile: Profile) -> str:
    """Return a passage of another unit as we quote it: 我局 becomes 该局, 你局 our own name;
    its sentences are joined, so that the one attribution in front covers all of them."""
    text = "；".join(dict.fromkeys(take_opinion(passage.text, passage.title)))
    text = _WE.sub("\0", text)
    text = _THEY.sub(lambda m: f"该{m['end'] if m['end'] in _SHORT else '单位'}", text)
    text = _THEIR_WE.sub("该单位", text)
    return text.replace("\0", profile.short or "我单位")


def take_opinion(text: str, title: str) -> tuple[str, ...]:
    """Return the sentences of a paper that say what its unit thinks: without its title,
    receipt and closing, without marks at the end."""
    said = []
    for line in text.split("\n"):
        if line.strip() == title and len(line) > 24:
            continue
        for sentence in split_sentences(line):
            bare = strip_mark(sentence).strip().rstrip("。；;！")
            heading = len(bare) <= 24 and bare.strip("： ") in (title, f"关于{title}")
            beside = _AROUND.search(bare) or _BESIDE.search(bare)
            if len(bare) >= 5 and not heading and not beside:
                said.append(bare)
    return tuple(said)


def units_with_opinions(
    proposal: Proposal, evidence: Sequence[Evidence], profile: Profile
) -> list[str]:
    """Return the co-hosts whose 会办意见 was given, as the draft calls them."""
    units = [
        call_unit(whose_opinion(hit.passage), proposal.co_hosts, profile)
        for e in evidence
        for hit in e.opinions
        if hit.passage.document.kind == OPINION and whose_opinion(hit.passage)
    ]
    return list(dict.fromkeys(units))


def _parts(passages: Sequence[Passage]) -> list[Passage]:
    """Return the measures and what is refused; of a paper in which none was found its whole
    text."""
    said = ("measure", "refusal")
    measured = {p.document.id for p in passages if p.kind in said}
    return [p for p in passages if p.kind in said or p.document.id not in measured]
