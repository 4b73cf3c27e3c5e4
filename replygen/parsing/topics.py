"""The short topic of an ask: a whole phrase that fits 关于…方面.

Candidates are the clauses of the ask's heading and its first demands, each shortened at the
borders of its phrases until it fits; the one that says best what is wanted is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from replygen.language.marks import strip_mark
from replygen.models import Demand
from replygen.parsing.borders import find_border
from replygen.parsing.clauses import split_at_marks
from replygen.parsing.demands import split_demands
from replygen.parsing.endings import count_ending
from replygen.parsing.matters import fill_phrase, find_matter
from replygen.parsing.openings import opening, verbs
from replygen.parsing.shorten import (
    TOPIC_LIMIT,
    TRAILING,
    fit_phrase,
    misfit,
    part_acts,
    strip_opening,
    trim_phrase,
)
from replygen.parsing.weights import (
    Candidate,
    acts_inside,
    is_aim,
    is_frame,
    provides,
    takes_up,
    weigh_phrase,
)
from replygen.parsing.word_ends import last_word
from replygen.parsing.wording import cue_pattern

_HEADING = 46
_MARKED = 32  # a heading of this length with its full stop has no other border
_SURE = 1.1
_OWN = 1.9  # what it counts for that a heading of two clauses fits
_FIRST_TWO = 0.7
_BARE_CLAUSE = 4
_PROVIDED = 1.8
_FILLED_PART = 1.5
_STOP = re.compile(r"[。；：！？\n]|(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
# 关于X的提案, 建议尽快X: a title without its frame
_TITLE = re.compile(
    "^(?:关于|就)|的?(?:几点|若干|有关|相关|对策|政策|实施|意见)*(?:建议|提案|议案|对策|之提案|意见)$"
)
_SELDOM = 5  # clauses that a word ends, of 72,000
# 加强与某集团: with whom, and what with them was cut off
_LED = re.compile("减轻|降低|减少|促进|提高|提升|助力|增强")
# a sentence that begins so goes on with nothing before it
_BEGINS = re.compile("首先|近年来|近几年|建议|一是|一要|我国|我省|我市|(?:19|20)[0-9]{2}年")
_LEADS_UP = re.compile(
    r"(?:[\u4e00-\u9fff]{2}的|(?:加快|大力|积极|加强|进一步)[\u4e00-\u9fff]{2})?$"
)


def make_topic(
    text: str,
    demands: Sequence[Demand] | None = None,
    *,
    least: float | None = None,
    title: str = "",
) -> str:
    """Return the topic of an ask in at most 20 characters: a phrase with a verb, or the
    thing wanted, its quotation marks in pairs. ``demands`` are those of the text, ``least``
    is the score of the border behind its heading (borders.least_score); ``title`` is the
    proposal's, for an ask that says nothing better."""
    text = strip_mark(text.strip())
    demands = split_demands(text) if demands is None else demands
    found = [*_from_heading(text, least, title), *_from_demands(demands), *_from_title(title)]
    best = max(found, key=lambda c: c.rank, default=None)
    if best is not None and best.rank > 0:
        return best.text
    spare = [c for c in found if c.text] or [Candidate(fit_phrase(strip_opening(text))[0], 0.0)]
    return max(spare, key=lambda c: c.rank).text or text[:TOPIC_LIMIT]


def heading_end(text: str, least: float | None = None) -> int:
    """Return where the heading of an ask ends: at its mark, or where it runs into its text."""
    stop = _STOP.search(text)
    end = stop.start() if stop else len(text)
    if end < 4 and stop and end + 1 < len(text):  # 线下：完善指引系统
        return end + 1 + heading_end(text[end + 1 :], least)
    sure = cue_pattern("proposal", "topic", "text_begins").search(text, 6, end)
    marked = stop is not None and stop.group() == "。" and end <= _MARKED
    border = find_border(text, least=_SURE if marked else least)
    twice = re.search(r"([\u4e00-\u9fff]{2,6})(?=\1)", text[4:end])  # …双一流建设|建设一批
    if twice and not border and not marked:
        border = twice.end() + 4
    # 发挥纪念馆的教育功能|纪念馆应当…
    again = re.search(
        r"([\u4e00-\u9fff]{2,12}).{2,20}?(?=\1(?:应|要|是|可|需|作为|分为|包括|属于|存在|面临|承担|具有))",
        text[:end],
    )
    if again and 8 <= again.end() < (border or end):
        # …有序发展|合理的布局规划是, …服务中心|加快建设服务中心可: what leads up to it is text too
        border = len(_LEADS_UP.sub("", text[: again.end()]))
    if sure and (not border or sure.start() < border):
        border = sure.start()
    return border if 0 < border < end else end


def is_a_part(topic: str, text: str, demands: Sequence[Demand]) -> bool:
    """Return whether ``topic`` names one of several things that an ask wants, and not the whole
    of it: an ask without a heading of its own has none (引导平台内部加强合作, of three wishes)."""
    text = strip_mark(text.strip())
    end = heading_end(text)
    own = end + 1 < len(text) and end <= _HEADING and text[end] not in "；，"
    head = text[:end] if own else ""
    if len(demands) < 2 or "等" in topic or _holds(head, topic):
        return False
    return sum(_holds(demand.text, topic) for demand in demands) == 1


def _holds(text: str, topic: str) -> bool:
    """Return whether a topic was made from ``text``: as it stands or with its middle left out."""
    bare = topic.strip()
    return len(bare) > 3 and (bare in text or (bare[:4] in text and bare[-4:] in text))


def _from_heading(text: str, least: float | None, title: str) -> Iterator[Candidate]:
    end = _past_title_words(text, heading_end(text, least), title)
    head = part_acts(text[:end])
    if "：" in head[:5]:
        head = head.split("：", 1)[1]
    clauses = _clauses(head)
    # 产业的发展，靠的是质量。: a sentence in which nobody does anything is no heading
    told = len(clauses) > 1 and all(opening(strip_opening(c)) == "other" for c in clauses)
    told = told and max(map(len, clauses)) > 4  # 定期评估，及时止损
    whole = len(head) <= _HEADING and end < len(text) and not told
    # a heading that ends at no mark of its own may be cut, or have the text's verb
    marked = end == len(text) or text[end] in "。；：！？\n ，" or bool(_BEGINS.match(text, end))
    doubt = 0.0 if marked or not clauses else _doubt(trim_phrase(clauses[-1]))
    if doubt and (shorter := _without_verb(clauses[-1])):
        clauses, doubt = [*clauses[:-1], shorter], 0.3
    own = _OWN if whole and len(text) - end > 1 else 0.3
    matter = find_matter(title)
    for phrase, more in _phrases(clauses, own, doubt):
        base = (3.0 if whole else 2.0) + more
        yield weigh_phrase(phrase, base, heading=True)
        filled = fill_phrase(trim_phrase(phrase), matter)
        if filled and len(filled) <= TOPIC_LIMIT:
            part = len(clauses) > 1 and "，" not in phrase  # another clause may say it itself
            yield weigh_phrase(filled, base - (_FILLED_PART if part else 0.0))


def _phrases(clauses: Sequence[str], own: float, doubt: float) -> Iterator[tuple[str, float]]:
    """The phrases of a heading, and what each counts for more or less: the whole of one or two
    clauses (``own``), the clauses, two in a row; ``doubt`` is about the last one."""
    last = len(clauses) - 1
    if not last or last == 2 and len("，".join(clauses)) <= TOPIC_LIMIT:
        yield "，".join(clauses), 0.3 - doubt
    for n, clause in enumerate(clauses[:4]):
        led = n and _LED.match(clause)
        less = (0.8 if led else 0.0) + (doubt if n == last else 0.0)
        yield clause, _PROVIDED * (provides(clause) and len(clause) <= TOPIC_LIMIT) - 0.4 * n - less
        if n == last:
            continue
        both = f"{clause}，{clauses[n + 1]}"
        if len(trim_phrase(both)) > TOPIC_LIMIT:
            continue
        if (
            last == 1 and len(clause) >= _BARE_CLAUSE
        ):  # 广泛宣传，确保“进得来”: the ask's own heading
            yield both, own - doubt
        acts = opening(strip_opening(clauses[n + 1])) != "other"
        if acts and not is_aim(clauses[n + 1]) and not is_frame(clause):
            # two of three or more: the first two are nearest to the whole
            first = own > 1 and not n and last > 1 and not any(map(provides, clauses))
            first = first and len(both) > 2 * _BARE_CLAUSE + 1  # not 科学规划，合理布局
            yield both, 0.1 - 0.4 * n + (_FIRST_TWO if first else 0.0)


def _without_verb(clause: str) -> str:
    """…的布局合理性和集中度|改变: the clause without its last word, "" where that is no end."""
    if count_ending(last_word(clause)) > _SELDOM:
        return ""
    shorter = clause[: -len(last_word(clause))]
    word = last_word(shorter)
    ends = re.fullmatch("[\u4e00-\u9fff]{2,}", word) and word not in verbs()
    return shorter if ends and len(shorter) > 7 and not TRAILING.search(shorter) else ""


def _past_title_words(text: str, end: int, title: str) -> int:
    """Move the end of a heading behind words that stand together in the title."""
    while 2 <= end < len(text) and text[end - 2 : end + 2] in title and text[end] not in "，。；：":
        end += 1
        while end < len(text) and text[end - 3 : end + 1] in title:
            end += 1
    return end


def _doubt(clause: str) -> float:
    """What it costs that a heading without its mark ends with a verb that does not go with
    what it opens with: 提升“放管服”改革|在全局工作中的定位."""
    return 1.2 if last_word(clause) in verbs() and misfit(clause) else 0.0


def _from_demands(demands: Sequence[Demand]) -> Iterator[Candidate]:
    for n, demand in enumerate(demands[:4]):
        clauses = _clauses(demand.text)
        for m, clause in enumerate(clauses[:3]):
            led = (n or m) and _LED.match(clause)
            yield weigh_phrase(clause, 1.5 - 0.25 * n - 0.3 * m - (1.3 if led else 0.0))


def _from_title(title: str) -> Iterator[Candidate]:
    """关于…的建议: what the whole proposal wants."""
    named = _TITLE.sub("", re.sub(r"\s+", "，", title.strip()))
    for n, clause in enumerate(_clauses(named)[:2]):
        yield weigh_phrase(clause, -0.5 - 0.3 * n)


def _clauses(text: str) -> list[str]:
    """The clauses of a text; marks inside quotes and brackets divide none. What 将 takes up
    stays with what is done to it: 将未培训的毕业生，先进行集中培训."""
    found: list[str] = []
    for clause in split_at_marks(text):
        if found and takes_up(found[-1]) and not acts_inside(found[-1]):
            found[-1] += clause.removeprefix("先")
        elif found and clause.startswith("用于") and len(found[-1]) < 9:
            found[-1] += clause.removeprefix("用于")  # 安排专项资金，用于奖励村医
        else:
            found.append(clause)
    return found
