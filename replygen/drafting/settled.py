"""Settled: what our own papers and the rules in force have settled of a demand already.

It is done (the platform runs since last autumn), we refused it before, or a rule forbids it. A
draft that promises such a thing all the same would have to be taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from replygen.language.pairs import make_pairs
from replygen.models import Demand, Evidence, Hit, Passage

# Share of a demand's letter pairs that a passage of ours must have to be on the very demand.
_VERY_DEMAND = 0.75
_LEAST_NAME = 4
_FEWEST = 8  # 制定地方标准 is too little to know the very thing by
_WHOLE: frozenset[str] = frozenset()  # no word is left out: the very demand is meant
# 关于…的建议, “…”方面
_HEADING_NOISE = re.compile(
    r"^(?:关于|对于?|针对)|(?:的(?:建议|问题|意见|提案)|方面|一事)$|[“”《》]"
)
# how surely a refusal of ours must bear on an ask to answer its few demands: those of eight
# cases of ours bear by .56 and .60, the others up to .20
_ON_THE_ASK = 0.45
_FEW = 3
_BAN = re.compile(r"[^，。；、]{0,14}?(?:不得|禁止|严禁|不准|不允许)(?P<act>[^，。；]{5,40})")
_FORBIDDEN = 0.7  # share of the pairs of what is forbidden that the demand has
_LEAST_PAIRS = 5
# 查处利用课后时间讲新课: the demand is against it, too
_AGAINST = re.compile(
    "禁止|严禁|不得|不准|不再|不能|查处|整治|打击|防止|制止|杜绝|避免|取缔|纠正|处罚|违规|违法|清理"
    "|监管|监督|检查|规范|劝阻|曝光|严肃|严格|遏制|减少|限制|控制"
)
# 建立|市级养老服务信息平台, 由市民政局开通|…热线
_MAKES = re.compile(
    r"^(?:由[^，]{2,12}?)?(?:尽快|抓紧|加快|积极|统一|研究|探索|牵头)*"
    r"(?:建立|建设|建成|开通|开发|搭建|打造|设立|设置|成立|组建|出台|制定|印发|上线|构建|编制)(?P<what>[^，；。]{4,})"
)
_RUNS = re.compile(
    "上线|建成|开通|投入使用|投用|启用|成立|挂牌|印发|出台|投入运行|试运行|已建立|已设立"
)
_NOT_YET = re.compile("拟|计划|将|立项|筹备|正在|年底前|前建成|争取|招标|征求意见")
_MARKS = re.compile("[“”‘’《》、]")
# letters at the end of what is wanted that what runs has, too: 托育服务信息平台
_SAME_THING, _MOST_OF_NAME = 5, 8


@dataclass(frozen=True, slots=True)
class Ban:
    """A rule that forbids what a demand wants: ``words`` are its own."""

    hit: Hit
    words: str

    @property
    def law(self) -> str:
        """The rule as a letter names it: 《…办法》第五条."""
        passage = self.hit.passage
        article = passage.title if passage.kind == "article" else ""
        return f"《{passage.document.title.strip('《》')}》{article}"


def find_own_refusal(demand: Demand, found: Evidence) -> Hit | None:
    """Return the refusal of ours that answers a ``demand``: by its words, by the heading that it
    stands under (一、关于规范维保收费), or because it surely bears on the whole ask and the ask
    wants few things."""
    ours = [h for h in found.refusals if h.passage.document.own]
    very = next((h for h in ours if _refuses(demand.text, h.passage)), None)
    if very is not None or len(found.ask.demands) > _FEW:
        return very
    return next((h for h in ours if (h.relevance or 0.0) >= _ON_THE_ASK), None)


def find_ban(demand: Demand, found: Evidence) -> Ban | None:
    """Return the rule among what was found for an ask, or of our own papers, that forbids what
    a ``demand`` wants (允许…利用课后服务时间讲授新课); ``None`` for a demand against it."""
    if _AGAINST.search(demand.text):
        return None
    wanted = make_pairs(demand.text, _WHOLE)
    for hit in (*found.statutes, *found.policies, *found.own):
        if hit.passage.kind == "reply":
            continue
        for act, words in _bans(hit.passage.text):
            pairs = make_pairs(act, _WHOLE)
            if len(pairs) >= _LEAST_PAIRS and len(pairs & wanted) >= _FORBIDDEN * len(pairs):
                return Ban(hit, words)
    return None


def find_grounds(demands: Sequence[Demand], found: Evidence) -> dict[str, Hit]:
    """Return what demands are declined on, by their words: our own refusal, or the rule that
    forbids it."""
    grounds = ((demand.text, _find_ground(demand, found)) for demand in demands)
    return {text: ground for text, ground in grounds if ground is not None}


def _find_ground(demand: Demand, found: Evidence) -> Hit | None:
    if (refusal := find_own_refusal(demand, found)) is not None:
        return refusal
    ban = find_ban(demand, found)
    return ban.hit if ban is not None else None


def find_done(demand: str, found: Evidence) -> Hit | None:
    """Return the own passage that reports a ``demand`` as done: by its words, or because what is
    to be built or issued runs or is in force."""
    for hit in found.own:
        if hit.passage.tense == "done" and (
            covers(demand, hit.passage.text) or _runs(demand, hit.passage.text)
        ):
            return hit
    return None


def covers(demand: str, text: str) -> bool:
    """Return whether ``text`` is on this very ``demand``: has most of its words."""
    pairs = make_pairs(demand, _WHOLE)
    return len(pairs) >= _FEWEST and len(pairs & make_pairs(text, _WHOLE)) >= _VERY_DEMAND * len(
        pairs
    )


def _bans(text: str) -> Iterator[tuple[str, str]]:
    """Yield what a text forbids, each with the clause that says so."""
    for match in _BAN.finditer(text.replace("\n", "")):
        yield match["act"], match.group().strip()


def _runs(demand: str, text: str) -> bool:
    made = _MAKES.match(demand.strip())
    if made is None:
        return False
    what = _MARKS.sub("", made["what"]).rstrip("。；").rsplit("的", 1)[-1]
    end = what[-_MOST_OF_NAME:]
    if len(end) < _SAME_THING:
        return False
    clauses = re.split("[。；\n]", text)
    return any(
        end in _MARKS.sub("", clause) and _RUNS.search(clause) and not _NOT_YET.search(clause)
        for clause in clauses
    )


def _refuses(demand: str, passage: Passage) -> bool:
    heading = _HEADING_NOISE.sub("", passage.context or "")
    bare = demand.strip("。；，")
    named = len(heading) >= _LEAST_NAME and (heading in bare or bare in heading)
    return named or covers(demand, passage.text)
