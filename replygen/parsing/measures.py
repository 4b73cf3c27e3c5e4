"""Measures: the 一是 clauses, headed paragraphs and bold lead sentences of a reply.

The measure is the unit of retrieval, so each must stand alone: its lead phrase, its
whole text, and whether it was done or is planned. A 下一步 sentence at the end of a
done measure becomes a planned measure of its own, so that a plan never passes for a fact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from replygen.models import Measure, Paragraph, SectionRole, Tense
from replygen.parsing.clean import DAMAGE
from replygen.parsing.numbering import LEVELS, Mark, find_chains
from replygen.parsing.wording import cue_pattern

LEAD_LIMIT = 40
_ITEM_FAMILIES = ("一是", "1.", "（1）", "第一", "首先", "其一", "①", "1）", "（一）", "一、")
_NESTING = ("1.", "（1）", "第一", "1）", "（一）", "一、")
# 自2019年以来 · 近年来 · 下一步 · 目前: opens a sentence but names nothing
_TIME_CLAUSE = re.compile(
    r".{0,12}(?:以来|年来|年|月|日|期间|下一步|目前|当前|近期|截至|首先|同时|此外|一方面"
    r"|另一方面|对此|为此|底|初)|(?:我[局委厅办院部市县区省]|我们)?(?:根据|按照|依据|依照|针对|为了?|围绕|在).*"
)
# 下一步，我局将 · 今后，北京市市场监管局将: says when and who, not what
_PLAN_OPENING = re.compile(
    r"(?:下一步|下步|下一阶段|下阶段|今后"
    r"|接下来)(?:工作中)?，?(?:[^，。；]{0,16}?将(?:进一步(?=.{6}))?)?"
)
# 我局将建设… · 我们还…: whose measure it is stands elsewhere
_OURSELVES = re.compile(r"^(?:我[局委厅办院部]|我们)(?:还|也)?(?:将(?:进一步|继续)?)?(?=.{5})")
_SENTENCE_END = re.compile(r"[。！？；：\n]")
# 下一步，我局将… standing at a sentence's start
_PLAN_SENTENCE = re.compile(
    r"(?<=[。；！？\n])(?:下一步|下步|下一阶段|下阶段|今后|接下来|后续|未来)(?:工作中|，|,|我"
    r"|将|[^，。]{0,12}将)"
)
# 北京市市场监管局多次… · 市商务部门指导… · 我局与…
_ACTOR = re.compile(
    r"(?:^|[。；，：])(?:[^，。；：]{0,14}[，])?"
    r"((?:我|本|市|县|区|省|州)?[\u4e00-\u9fff]{0,14}?(?:局|厅|委员会|办公室|部门|网信办|政府"
    r"|法院|检察院|街道|工委|我委|我院|我办))"
    r"(?=(?:会同|联合|牵头|组织|指导|多次|积极|主动|与|将|已|在|充分|重点|全面|建立|开展|创新"
    r"|依据|印发|制定|出台|高度|持续|认真|根据|通过|对|把"
    r"|不断|始终|按照|结合|加强|加大|进一步|严格|针对|依托|大力|切实|先后|共|还|要求|督促|推动"
    r"|聚焦|立足|坚持|专门|正在|率先|启动|完成))"
)
_ACTOR_PREFIX = re.compile(
    r"^(?:会同|联合|提请|但|目前|同时|由|对此|为此|此外|另外|其中|期间|去年|今年)+"
)
_NOT_ACTOR = re.compile(
    r".*(?:建立|配合|继续|连续|开展|牵头|多部门|相关|有关)|(?:由|向|对|和|与|督促|指导|要求|给"
    r"|被|及|等|各|有关|相关|其他|属地)"
)


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs under one heading: their joined text and, in it, the bold spans."""

    text: str
    bold: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(cls, paragraphs: Sequence[Paragraph]) -> Block:
        """Join paragraphs by newlines, shifting their bold spans."""
        spans: list[tuple[int, int]] = []
        offset = 0
        for paragraph in paragraphs:
            spans += [(start + offset, end + offset) for start, end in paragraph.bold]
            offset += len(paragraph.text) + 1
        return cls("\n".join(p.text for p in paragraphs), tuple(spans))


def split_measures(
    text: str,
    *,
    bold: Sequence[tuple[int, int]] = (),
    heading: str | None = None,
    headed: str | None = None,
    tense: Tense | None = None,
    region: str | None = None,
    actor: str | None = None,
    minimum: int = 12,
) -> tuple[Measure, ...]:
    """Return the measures in the text below one heading.

    ``bold`` are (start, end) spans of ``text``, ``heading`` is what the measures stand
    under. ``headed`` is the heading when it is the lead of this very text
    (（一）强化协同联动。…): a text without enumeration is then one measure with that
    lead, otherwise its measures stand under it. ``tense`` is what the heading
    says; without it each measure's own words decide.
    Pieces shorter than ``minimum`` characters are no measures.
    """
    text, spans = text.rstrip(), tuple(bold)
    chain = _top_chain(text)
    pieces: list[tuple[int, int]]
    if chain:
        pieces = _paragraphs_before(text, chain[0].start) + _chain_pieces(text, chain)
    elif len(runs := _bold_leads(text, spans)) > 1:
        pieces = _between(runs, len(text))
    elif headed:
        body = f"{headed}。{text.lstrip()}" if text.strip() else headed
        announces = len(headed) < 9 and cue_pattern("cues", "planned", "heading").search(headed)
        lead = make_lead(headed) if _PLAN_OPENING.match(headed) else headed
        lead = make_lead(text) if announces and text.strip() else lead
        return _with_plans(body, lead, heading, tense, region, actor)
    else:
        pieces = _paragraph_pieces(text)
    heading = headed or heading
    measures: list[Measure] = []
    for start, end in pieces:
        piece = text[start:end].strip(" \n；;")
        if len(piece) < minimum or _is_lead_in(piece):
            continue
        if not chain and len(piece) < 100 and _is_problem(piece):
            continue
        nested = chain and chain[0].family in _NESTING and _nested_chain(piece)
        lead = make_lead(piece, _bold_at(spans, start, text))
        if nested:
            measures += split_measures(
                piece[nested[0].start :], heading=lead, tense=tense, region=region, actor=actor
            )
            continue
        known = tense or judge_tense(text[: pieces[0][0]][-200:]) if chain else tense
        measures += _with_plans(piece, lead, heading, known, region, actor)
    return tuple(measures)


def judge_tense(text: str, *, role: SectionRole | None = None) -> Tense | None:
    """Return whether words speak of what was done or is planned; ``None`` when they
    say neither."""
    if role in ("done", "planned"):
        return "planned" if role == "planned" else "done"
    planned = len(cue_pattern("cues", "planned", "words").findall(text))
    planned += 2 * bool(cue_pattern("cues", "planned", "opening").match(text))
    done = len(cue_pattern("cues", "done", "words").findall(text))
    done += 2 * bool(cue_pattern("cues", "done", "opening").match(text))
    if planned == done:
        return None
    return "planned" if planned > done else "done"


def make_lead(text: str, bold_end: int = 0, *, limit: int = LEAD_LIMIT) -> str:
    """Return the lead phrase of a measure: its bold opening, else its first sentence
    when that is short, else its first clause; without number and final punctuation."""
    if 3 < bold_end <= 60:
        return text[:bold_end].strip(" 。，；：:")
    if (match := _PLAN_OPENING.match(text)) and len(text) - match.end() > 6:
        text = text[match.end() :]
    first = _SENTENCE_END.split(text, maxsplit=1)[0].strip()
    first = _OURSELVES.sub("", first)
    if 3 < len(first) <= limit and not _TIME_CLAUSE.fullmatch(first.split("，", 1)[0]):
        return first.strip(" ，、")
    clauses = [c.strip() for c in first.split("，") if c.strip()]
    while len(clauses) > 1 and _TIME_CLAUSE.fullmatch(clauses[0]):
        clauses = clauses[1:]
    clause = _OURSELVES.sub("", clauses[0]) if clauses else ""
    if 3 < len(clause) <= 30:
        return clause
    return clause[:24].rstrip("，、的和与")


def find_actor(text: str) -> str | None:
    """Return the body that a measure's first sentences name as acting, or ``None``."""
    for match in _ACTOR.finditer(text[:160]):
        name = _ACTOR_PREFIX.sub("", match.group(1))
        if len(name) > 1 and not _NOT_ACTOR.match(name):
            return name
    return None


def _with_plans(
    text: str,
    lead: str,
    section: str | None,
    tense: Tense | None,
    region: str | None,
    actor: str | None,
) -> tuple[Measure, ...]:
    """Make the measure; a 下一步 sentence in something done becomes a second one."""
    parts = [text]
    if tense != "planned" and (match := _PLAN_SENTENCE.search(text)) and match.start() > 12:
        parts = [text[: match.start()].strip(), text[match.start() :].strip()]
        if len(parts[0]) < 80 and _is_problem(parts[0]):
            parts, lead = parts[1:], make_lead(parts[1])
    made: list[Measure] = []
    for number, part in enumerate(parts):
        opening = bool(cue_pattern("cues", "planned", "opening").match(part))
        own: Tense = tense or judge_tense(part) or "done"
        starts = bool(_PLAN_OPENING.match(part))
        if number or starts or (opening and judge_tense(part) == "planned"):
            own = "planned"
        made.append(
            Measure(
                lead=lead if number == 0 else make_lead(part),
                text=part,
                tense=own,
                actor=find_actor(part) or actor,
                region=region,
                section=section or None,
                damaged=DAMAGE in part,
            )
        )
    return tuple(made)


def _is_problem(text: str) -> bool:
    """A sentence that only admits a shortcoming is no measure."""
    return bool(cue_pattern("cues", "problem", "words").search(text)) and not cue_pattern(
        "cues", "done", "words"
    ).search(text)


def _top_chain(text: str) -> tuple[Mark, ...]:
    """Return the sequence whose items are the measures: the first one, unless a later
    one is of a higher level and does not lie inside it."""
    best: tuple[Mark, ...] = ()
    for chain in find_chains(text):
        if chain[0].family not in _ITEM_FAMILIES or not _is_spread(text, chain):
            continue
        if not best or (
            LEVELS[chain[0].family] < LEVELS[best[0].family] and chain[0].start < best[-1].start
        ):
            best = best or chain
    return best


def _is_spread(text: str, chain: Sequence[Mark]) -> bool:
    """Refuse lists of names inside one sentence: items need some length."""
    starts = [m.end for m in chain[:-1]]
    ends = [m.start for m in chain[1:]]
    return sum(e - s for s, e in zip(starts, ends, strict=True)) / len(starts) >= 10


def _chain_pieces(text: str, chain: Sequence[Mark]) -> list[tuple[int, int]]:
    pieces = [(a.end, b.start) for a, b in zip(chain, chain[1:], strict=False)]
    last = chain[-1].end
    end = len(text)
    if not any("\n" in text[a:b].strip() for a, b in pieces):
        newline = text.find("\n", last)
        end = end if newline < 0 else newline
    rest = _paragraph_pieces(text[end:])
    return [*pieces, (last, end), *[(a + end, b + end) for a, b in rest]]


def _paragraphs_before(text: str, end: int) -> list[tuple[int, int]]:
    """Whole paragraphs above the enumeration that say something of their own."""
    cut = text.rfind("\n", 0, end)
    return [(a, b) for a, b in _paragraph_pieces(text[: max(cut, 0)]) if b - a >= 60]


def _paragraph_pieces(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(r"[^\n]+", text) if m.group().strip()]


def _nested_chain(text: str) -> tuple[Mark, ...] | None:
    for chain in find_chains(text):
        if chain[0].family == "一是" and _is_spread(text, chain):
            return chain
    return None


def _bold_leads(text: str, bold: Sequence[tuple[int, int]]) -> list[int]:
    """Starts of bold runs that open a sentence: lead sentences without numbers."""
    starts: list[int] = []
    for start, end in bold:
        run = text[start:end].strip()
        before = text[:start].rstrip(" ")
        if 4 <= len(run) <= 60 and (not before or before[-1] in "\n。；！？”"):
            starts.append(start)
    return starts


def _between(starts: Sequence[int], end: int) -> list[tuple[int, int]]:
    return list(zip(starts, [*starts[1:], end], strict=True))


def _bold_at(bold: Sequence[tuple[int, int]], start: int, text: str) -> int:
    """Length of the bold run that opens a piece (0 when none does)."""
    for a, b in bold:
        if a <= start < b or (start < a and not text[start:a].strip()):
            stop = b
            return stop - start if stop - start > 3 else 0
    return 0


def _is_lead_in(text: str) -> bool:
    return (
        len(text) < 200
        and text.endswith(("：", ":"))
        or bool(cue_pattern("cues", "receipt", "patterns").search(text[:80]))
    )
