"""Own material: what may stand as done, what must be asked about first.

Only sentences of the unit's own texts that report something done are quoted. A promise
that the unit made in the past is neither done nor a plan of today: it becomes a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from replygen.drafting.clauses import is_set_phrase, starts_with_verb, strip_number
from replygen.drafting.lexical import bearing
from replygen.facts import split_sentences
from replygen.models import Ask, Hit, Passage

_FUTURE = re.compile(
    r"下一步|下一阶段|今后|接下来|将(?=继续|进一步|持续|于|在|会|与|对|按|依|围绕|从|加|推|开展|组织|制定|建|完善|健全|强化|探索|出台|启动|实施|评选|发布|举办|联合|会同|积极|严|深入|指导|督促|引导)|拟(?:于|定|在|对|建|出|开)|计划(?:于|在|到|用|\d)|力争|预计|争取(?:在|于|到|\d)|到\d{4}年底?前?.{0,4}(?:建成|完成|实现|达到)|打算|明年"
)
_TO_SOMEBODY = re.compile(r"您|你们|委员提|代表提|提案收悉|建议收悉|收悉|感谢|答复如下|联系人|抄送")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_FIGURE = re.compile(
    r"\d|[一二两三四五六七八九十百千万]+(?:余|多)?(?:件|条|起|家|次|场|轮|项|个|人|万元)"
)
_MOST_SENTENCES, _MOST_CHARACTERS = 3, 260
_LEAST = 0.08  # share of the ask that a quoted sentence must have
_STRONG = 0.5  # a sentence is quoted when it bears half as much on the ask as the best


@dataclass(frozen=True, slots=True)
class OwnSentence:
    """One sentence of own material, dates made absolute; ``doubt`` says what to verify."""

    text: str
    passage: Passage
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """Something the unit said it would do, in an earlier text."""

    text: str
    passage: Passage


def quote_own(hits: Iterable[Hit], ask: Ask) -> tuple[OwnSentence, ...]:
    """Return the done sentences of own ``hits`` that bear on ``ask``, best passage first,
    at most three and 260 characters together."""
    quoted: list[OwnSentence] = []
    for hit in hits:
        done = [s for s in done_sentences(hit.passage)]
        scores = [bearing(ask.topic, ask.text, s.text) for s in done]
        best = max(scores, default=0.0)
        quoted += [
            s for s, score in zip(done, scores, strict=True) if best and score >= _STRONG * best
        ]
    kept: list[OwnSentence] = []
    for sentence in quoted:
        length = sum(len(s.text) for s in kept) + len(sentence.text)
        if sentence.text not in {s.text for s in kept} and (not kept or length <= _MOST_CHARACTERS):
            kept.append(sentence)
    return tuple(kept[:_MOST_SENTENCES])


def done_sentences(passage: Passage) -> tuple[OwnSentence, ...]:
    """Return the sentences of an own passage that report something done."""
    if passage.tense == "planned":
        return ()
    sentences = [strip_number(s).strip() for s in split_sentences(passage.text)]
    done = []
    for sentence in sentences:
        bare = sentence.rstrip("。；;！!")
        if len(bare) < 10 or (bare == passage.title and len(sentences) > 1):
            continue
        if _FUTURE.search(bare) or _TO_SOMEBODY.search(bare) or is_set_phrase(bare):
            continue
        done.append(_make_absolute(bare, passage))
    return tuple(done)


def promises(passage: Passage) -> tuple[Promise, ...]:
    """Return the sentences of an own passage that say what will be done."""
    found = []
    for sentence in split_sentences(passage.text):
        bare = strip_number(sentence).strip().rstrip("。；;")
        bare = re.sub(r"^(?:下一步|今后|下一阶段|接下来)，?", "", bare)
        planned = passage.tense == "planned" and starts_with_verb(bare)
        unfinished = re.search(r"尚未|有待|仍需|不足|存在", bare)
        if len(bare) >= 8 and not unfinished and (planned or _FUTURE.search(bare)):
            found.append(Promise(bare, passage))
    return tuple(found)


def year_of(passage: Passage) -> int | None:
    """Return the year a text is about: its title's (2025年工作总结), else its date's."""
    title = _YEAR.search(passage.document.title or "")
    if title:
        return int(title[1])
    stated = (passage.document.date or "")[:4]
    return int(stated) if stated.isdigit() else None


def is_current(passage: Passage, today: date) -> bool:
    """Return whether plans in this text are plans of today: no year, or this year's."""
    year = year_of(passage)
    return year is None or year >= today.year


def _make_absolute(sentence: str, passage: Passage) -> OwnSentence:
    """Return ``sentence`` with 今年, 去年, 全年, 截至目前 … as years; a figure without any
    year gets the text's."""
    year, title = year_of(passage), passage.document.title
    if year is None:
        relative = _RELATIVE.search(sentence)
        doubt = f"“{relative.group()}”的年份不明（{title}），请核实" if relative else None
        return OwnSentence(_with_subject(sentence), passage, doubt)
    text, doubt = _resolve(sentence, year, passage)
    if (
        not _YEAR.search(text)
        and _FIGURE.search(text)
        and "近年来" not in text
        and "截至" not in text
    ):
        text = f"{year}年，{_with_subject(text)}"
    else:
        text = _with_subject(text)
    return OwnSentence(text, passage, doubt)


# 今年以来, 去年, 全年, 截至目前, 上半年 without a year in front
_RELATIVE = re.compile(
    r"(?<!年)(?:今年以来|年初以来|今年|去年|前年|全年|本年度|截[至止]目前|上半年|下半年|一季度|目前)"
)


def _resolve(text: str, year: int, passage: Passage) -> tuple[str, str | None]:
    stated = passage.document.date or ""
    month = (
        int(stated[5:7]) if re.match(r"\d{4}-\d{2}", stated) and stated[:4] == str(year) else None
    )
    doubt = None

    def absolute(match: re.Match[str]) -> str:
        nonlocal doubt
        word = match.group()
        known = {"今年以来": f"{year}年以来", "年初以来": f"{year}年以来", "今年": f"{year}年",
                 "去年": f"{year - 1}年", "前年": f"{year - 2}年", "全年": f"{year}年",
                 "本年度": f"{year}年度"}  # fmt: skip
        if word in known:
            return known[word]
        if word in ("上半年", "下半年", "一季度"):
            return f"{year}年{word}"
        if month and word != "目前":
            return f"截至{year}年{month}月"
        doubt = f"“{word}”指的是{year}年，数据可能已变，请核实（{passage.document.title}）"
        return f"截至{year}年，"

    text = re.sub(r"(?<=\d年)全年", "", text)
    return re.sub("，{2,}", "，", _RELATIVE.sub(absolute, text)), doubt


def _with_subject(text: str) -> str:
    """Return ``text`` with a doer: a bare verb phrase is the unit's (我局 is filled later)."""
    head = re.match(
        r"^((?:\d{4}年(?:以来|度|上半年|下半年|\d{1,2}月)?(?![至—起底末中\d-])，?|截至[^，]{4,10}，|近年来，?)?)(.*)$",
        text,
    )
    assert head is not None
    lead, rest = head[1], head[2]
    if lead and not lead.endswith("，"):
        lead += "，"
    if starts_with_verb(rest) or rest.startswith(("与", "对", "向", "会同", "在全")):
        return f"{lead}{{short}}{rest}"
    return lead + rest if lead else text
