"""Own material: what may stand as done, what must be asked about first.

Only sentences of the unit's own texts that report something done are quoted. A promise
that the unit made in the past is neither done nor a plan of today: it becomes a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from replygen.drafting.clauses import is_set_phrase
from replygen.index.relevance import Judge
from replygen.language import split_sentences
from replygen.language.lack import drop_named_lack
from replygen.language.marks import strip_mark
from replygen.language.pairs import make_pairs
from replygen.language.tense import judge_words
from replygen.language.verbs import starts_with_verb
from replygen.models import Hit, Passage

_TO_SOMEBODY = re.compile(r"您|你们|委员提|代表提|提案收悉|建议收悉|收悉|感谢|答复如下|联系人|抄送")
# 我局将继续依据…查处: there is nothing to verify
_GOES_ON = re.compile(r"^(?:我[局委厅办])?(?:将|也将|还将)?(?:继续|持续|进一步|不断|加强|强化)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_FIGURE = re.compile(
    r"\d|[一二两三四五六七八九十百千万]+(?:余|多)?(?:件|条|起|家|次|场|轮|项|个|人|万元)"
)
_MOST_SENTENCES, _MOST_CHARACTERS = 4, 320
_STRONG = 0.5  # of the best sentence's score, below which one is left out
_TOLD = 0.1  # the same of those that are known to bear
_SAME = 80  # per cent of the letters: two sentences say the same
_PER_YEAR = 0.02  # what a year of age takes off a sentence
# 本地监测能力不足, 您指出的问题客观存在: what is wrong is not what was done
_SHORTCOMING = re.compile(
    r"不足|不够|尚未|有待|仍需|客观存在|还存在|依然存在|困难|短板|薄弱|破题"
    r"|带来[^，]{0,14}问题|难等问题"
)


# …由市残联另行组织，不计入本方案, 由市城市管理局负责: told so that nobody takes it for ours
_OF_OTHERS = re.compile(
    r"由[^，。；]{2,16}(?:局|委|办|会|厅|公司|中心|部门|单位)(?:负责|另行|单独|具体)|另行(?:组织|统计|报送|安排)"
    r"|不(?:列|计|纳)入(?:本|该|此)|与(?:本|该)[^，。；]{0,6}无关|仅供(?:对比|参考|比较)|不得混用|抄录备查"
)
# （上年末为61家）, （原数含重复报名，予以更正）: beside the figure, and not to be told
_ASIDE = re.compile(r"[（(](?=[^（）()]*(?:上年|去年|同期|更正|有误|重复))[^（）()]*[）)]")
# 今年计划完成3000户: what was to be done by a day that is over
_PLANNED = re.compile(
    r"^(?:(?:20\d\d|今|本|全)年|年内|年底前|下半年|上半年)*(?:还|再|也)?(?:计划|拟|力争|预计|准备|打算|目标是)"
)


@dataclass(frozen=True, slots=True)
class OwnSentence:
    """One sentence of own material, dates made absolute; ``doubt`` says what to verify,
    ``said`` is its wording there, ``date`` its year and month as far as known (2025-06),
    ``place`` its position in the passage."""

    text: str
    passage: Passage
    doubt: str | None = None
    said: str = ""
    date: str = ""
    place: int = 0

    @property
    def year(self) -> int:
        """The year that the sentence is about, 0 when unknown."""
        return int(self.date[:4] or 0)


@dataclass(frozen=True, slots=True)
class Promise:
    """Something the unit said it would do, in an earlier text."""

    text: str
    passage: Passage


def quote_own(
    hits: Iterable[Hit], ask_text: str, judge: Judge, told: Mapping[str, float] | None = None
) -> tuple[OwnSentence, ...]:
    """Return the done sentences of own ``hits``, all of which bear on the matter, that take
    it up most: at most four and 320 characters together, in the order of their dates; what stood
    in the middle of a year goes where a later paper tells of the whole year.
    ``told`` are those that may stand here, with how surely each bears on the matter."""
    from rapidfuzz.fuzz import ratio

    every = [(hit, s) for hit in hits for s in done_sentences(hit.passage)]
    sentences = [s for _, s in every]
    found: dict[str, tuple[float, OwnSentence]] = {}
    for hit, sentence in every:
        if told is None or sentence.said in told:
            sure = (hit.relevance or 0.0) if told is None else told[sentence.said]
            still = drop_overtaken(sentence, sentences)
            if still is not None:
                found.setdefault(sentence.said, (sure, still))
    if not found:
        return ()
    alike = judge.alike(ask_text, list(found))
    newest = max(s.year for _, s in found.values())
    scored = [
        (sure + share - _PER_YEAR * (newest - s.year), -n, s)
        for n, ((sure, s), share) in enumerate(zip(found.values(), alike, strict=True))
    ]
    least = max(score for score, _, _ in scored) * (_STRONG if told is None else _TOLD)
    kept: list[OwnSentence] = []
    for score, _, sentence in sorted(scored, key=lambda row: row[:2], reverse=True):
        full = sum(len(k.text) for k in kept) + len(sentence.text) > _MOST_CHARACTERS
        if len(kept) == _MOST_SENTENCES or score < least or (kept and full):
            continue
        if not any(ratio(sentence.said, k.said) >= _SAME for k in kept):
            kept.append(sentence)
    kept.sort(key=lambda s: (_when_to_say(s.date), s.passage.document.id, s.place))
    return tuple(kept)


# 截至2025年5月, 2025年以来, 2025年上半年: how it stood before the year was over
_INTERIM = re.compile(
    r"截[至止]((?:19|20)\d\d)年(?!12月|底|末)(?:\d{1,2}月)?|((?:19|20)\d\d)年(?:以来|上半年|一季度|前.个?月)"
)
# 初步统计，全年接诊9.62万人次: until the figure is settled
_PRELIMINARY = re.compile("[^，；]*(?:初步(?:统计|核算|测算)|快报数)[，：]?")
_SETTLED = re.compile("更正|勘误|核定|年报|年鉴")
_THINGS = re.compile("[0-9]+(?:[.][0-9]+)?[万亿]?([\u4e00-\u9fff]{2})(?!月)")
# what tells nothing of the matter of a sentence
_NO_MATTER = re.compile(r"[\d\W]|(?:19|20)\d\d年|全[市县区省]|截至|以来|累计|已完成|完成")
# share of the letter pairs of the shorter of two sentences
_ON_THE_SAME, _VERY_SAME, _SAME_WORDS = 0.3, 0.45, 0.6
_LEAST_TOLD = 10
_NO_WORD: frozenset[str] = frozenset()  # no other word is left out


def drop_overtaken(sentence: OwnSentence, others: Iterable[OwnSentence]) -> OwnSentence | None:
    """Return ``sentence`` without what stood in the middle of a year (截至2025年5月，改造22条),
    where one of the ``others``, of another paper, tells of that whole year or a later one on the
    same matter; ``None`` where nothing is left."""
    every = list(others)
    others = [o for o in every if o.passage.document.id != sentence.passage.document.id]
    if _is_corrected(sentence, others) or _is_of_an_earlier_year(sentence, every):
        return None
    first = _PRELIMINARY.search(sentence.text)
    if first and any(_on_the_same(sentence, o, _ON_THE_SAME) for o in others if _is_settled(o)):
        before = sentence.text[: first.start()].rstrip("，；")
        return replace(sentence, text=before) if len(before) >= _LEAST_TOLD else None
    interim = _INTERIM.search(sentence.text)
    if interim is None or _tells_whole_year(sentence.passage):
        return sentence
    year = int(interim[1] or interim[2])
    for other in others:
        later = other.year > year or other.year == year and _tells_whole_year(other.passage)
        if later and _on_the_same(sentence, other, _ON_THE_SAME):
            before = sentence.text[: interim.start()].rstrip("，；")
            if len(before) < _LEAST_TOLD or not _FIGURE.search(before):
                return None
            return replace(sentence, text=before)
    return sentence


def _is_corrected(sentence: OwnSentence, others: Iterable[OwnSentence]) -> bool:
    """Return whether a paper that settles figures (更正, 核定数) tells other ones of the matter."""
    if _is_settled(sentence) or not _FIGURE.search(sentence.text):
        return False
    return any(
        _is_settled(o) and _FIGURE.search(o.text) and _on_the_same(sentence, o, _VERY_SAME)
        for o in others
    )


def _is_of_an_earlier_year(sentence: OwnSentence, others: Iterable[OwnSentence]) -> bool:
    """Return whether another sentence tells the same in nearly the same words of a later year:
    as many of the same things (33个小区, 47个小区)."""
    things = set(_THINGS.findall(sentence.text))
    return bool(sentence.year and things) and any(
        o.year > sentence.year
        and things & set(_THINGS.findall(o.text))
        and _on_the_same(sentence, o, _SAME_WORDS)
        for o in others
    )


def _is_settled(sentence: OwnSentence) -> bool:
    return _SETTLED.search(sentence.passage.document.title or "") is not None


def _on_the_same(sentence: OwnSentence, other: OwnSentence, least: float) -> bool:
    """Return whether two sentences share so much of the shorter one's words."""
    pairs, theirs = _letter_pairs(sentence.text), _letter_pairs(other.text)
    return len(pairs & theirs) >= least * (min(len(pairs), len(theirs)) or 1)


def _tells_whole_year(passage: Passage) -> bool:
    """Return whether a paper reports on a year that is over: 2025年工作总结."""
    return _is_summary(passage) and passage.document.kind != "reply"


def _letter_pairs(text: str) -> frozenset[str]:
    return make_pairs(_NO_MATTER.sub(" ", text), _NO_WORD)


def _when_to_say(date: str) -> str:
    """A whole year is told after its months."""
    return f"{date}-99" if len(date) == 4 else date


def done_sentences(passage: Passage) -> tuple[OwnSentence, ...]:
    """Return the sentences of an own passage that report something done: those before the
    first that looks ahead. A whole reply gives none, for what stands under its 下一步 does
    not say so in every sentence."""
    if passage.tense == "planned" or passage.kind != "measure":
        return ()
    sentences = [
        strip_mark(s).strip() for line in passage.text.split("\n") for s in split_sentences(line)
    ]
    done: list[OwnSentence] = []
    year: int | None = None
    last_year: int | None = None  # the year the passage spoke of last
    ended = True
    for place, sentence in enumerate(sentences):
        bare = sentence.rstrip("。；;！!")
        said = _YEAR.search(bare)
        year = int(said[1]) if said else None if ended else year
        last_year = int(said[1]) if said else last_year
        ended = sentence.endswith(("。", "！", "!"))
        told = _without_plans(_ASIDE.sub("", bare))
        if judge_words(told or bare).plan or _is_ahead(said, passage):
            break
        if len(bare) < 10 or (_is_heading(bare, passage) and len(sentences) > 1):
            continue
        lacks = _SHORTCOMING.search(drop_named_lack(bare))
        if _TO_SOMEBODY.search(bare) or lacks or is_set_phrase(bare) or _OF_OTHERS.search(bare):
            continue
        if told:
            done.append(_make_absolute(told, passage, year, place, last_year=last_year))
    return tuple(done)


def _without_plans(sentence: str) -> str:
    """Return a sentence without its clauses that only say what was meant to be done."""
    clauses = re.split("(?<=[，；])", sentence)
    kept = "".join(c for c in clauses if not _PLANNED.match(c.strip("，；")))
    return kept.strip("，；")


def _is_ahead(said: re.Match[str] | None, passage: Passage) -> bool:
    """Return whether a sentence is of a year after its summary's: 2026年，继续完善…, in the
    summary of 2025."""
    if said is None or said.start() or not _tells_whole_year(passage):
        return False
    return int(said[1]) > (year_of(passage) or 0)


def _is_heading(sentence: str, passage: Passage) -> bool:
    return sentence == passage.title and len(sentence) <= 18 and not _FIGURE.search(sentence)


def promises(passage: Passage) -> tuple[Promise, ...]:
    """Return the sentences of an own passage that say what will be done."""
    found = []
    lines = [part for line in passage.text.split("\n") for part in split_sentences(line)]
    for sentence in lines:
        bare = strip_mark(sentence).strip().rstrip("。；;")
        bare = re.sub(r"^(?:下一步|今后|下一阶段|接下来)，?", "", bare)
        planned = passage.tense == "planned" and starts_with_verb(bare)
        unfinished = re.search(r"尚未|有待|仍需|不足|存在", bare)
        if _GOES_ON.match(bare):
            continue
        if len(bare) >= 8 and not unfinished and (planned or judge_words(bare).plan):
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
    heading = _YEAR.search(passage.context or "")
    year = int(heading[1]) if heading else year_of(passage)
    return year is None or year >= today.year


def current_plans(passage: Passage, today: date) -> Passage | None:
    """Return ``passage`` with those of its plans that are plans of today, or ``None``: a
    summary of last year may say what we do this year."""
    if passage.tense == "planned" and is_current(passage, today):
        return passage
    current: list[str] = []
    ended, ahead = True, False
    for sentence in split_sentences(passage.text):  # what stands behind ； is of the same year
        said = _YEAR.match(strip_mark(sentence))
        now = said is not None and int(said[1]) >= today.year
        if ended:
            plan = passage.tense == "planned" and judge_words(sentence).plan
            ahead = now and (plan or _is_ahead(said, passage))
        current += [sentence] if ahead else []
        ended = sentence.rstrip().endswith(("。", "！", "!"))
    return replace(passage, text="".join(current)) if current else None


def _make_absolute(
    sentence: str,
    passage: Passage,
    said_before: int | None,
    place: int,
    *,
    last_year: int | None = None,
) -> OwnSentence:
    """Return ``sentence`` with 今年, 去年, 全年, 截至目前 … as years. One without any year
    has that of the sentence before it; else what a yearly summary reports happened in its
    year, and a figure of a letter stood when it was written. 全年 and 上半年 are of the year
    that the passage ``told`` last."""
    year, title = year_of(passage), passage.document.title
    if year is None:
        relative = _RELATIVE.search(sentence)
        doubt = f"“{relative.group()}”的年份不明（{title}），请核实" if relative else None
        return OwnSentence(_with_subject(sentence), passage, doubt, sentence, "", place)
    text, doubt = _resolve(_EXAMPLE.sub("", sentence), year, passage, last_year)
    own = _YEAR.search(text)
    if own is None and not text.startswith(("近年来", "近几年", "截至")):
        text = f"{_when(text, passage, year, said_before)}{_with_subject(text)}"
    else:
        text = _with_subject(text)
    dates = [m[1] + (f"-{int(m[2]):02d}" if m[2] else "") for m in _DATE.finditer(text)]
    date = max(dates, default=str(said_before or year))
    return OwnSentence(text, passage, doubt, sentence, date, place)


def _when(text: str, passage: Passage, year: int, said_before: int | None) -> str:
    if said_before is not None:
        return f"{said_before}年，"
    if _tells_whole_year(passage):
        return f"{year}年，"
    stated = passage.document.date or ""
    if not _FIGURE.search(text) or not re.match(r"\d{4}-\d{2}", stated):
        return ""
    return f"截至{year}年{int(stated[5:7])}月，"


# …立案15件，其中某店…案被列为典型: the example is more than a reply says
_EXAMPLE = re.compile(r"，其中[^，]*某.*$")
# 2025年6月, 2025年
_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})年(?:(\d{1,2})月)?")
# 今年以来, 去年, 全年, 截至目前, 上半年 without a year in front
_RELATIVE = re.compile(
    r"(?<!年)(?:今年以来|年初以来|今年|去年|前年|全年|本年度|截[至止]目前|上半年|下半年|一季度|目前)"
)


# 全年, 上半年 …: of the year spoken of, which need not be the paper's
_OF_THE_YEAR_TOLD = ("全年", "上半年", "下半年", "一季度")


def _resolve(
    text: str, year: int, passage: Passage, last_year: int | None
) -> tuple[str, str | None]:
    stated = passage.document.date or ""
    month = (
        int(stated[5:7]) if re.match(r"\d{4}-\d{2}", stated) and stated[:4] == str(year) else None
    )
    doubt = None

    def absolute(match: re.Match[str]) -> str:
        nonlocal doubt
        word = match.group()
        known = {"今年以来": f"{year}年以来", "年初以来": f"{year}年以来", "今年": f"{year}年",
                 "去年": f"{year - 1}年", "前年": f"{year - 2}年",
                 "本年度": f"{year}年度"}  # fmt: skip
        if word in known:
            return known[word]
        if word in _OF_THE_YEAR_TOLD:
            about, doubt = _resolve_year(word, year, month, last_year, passage, doubt)
            return f"{about}年" if word == "全年" else f"{about}年{word}"
        if month and word != "目前":
            return f"截至{year}年{month}月"
        doubt = f"“{word}”指的是{year}年，数据可能已变，请核实（{passage.document.title}）"
        return f"截至{year}年，"

    text = re.sub(r"(?<=\d年)全年", "", text)
    return re.sub("，{2,}", "，", _RELATIVE.sub(absolute, text)), doubt


def _resolve_year(
    word: str,
    year: int,
    month: int | None,
    last_year: int | None,
    passage: Passage,
    doubt: str | None,
) -> tuple[int, str | None]:
    """Return the year that ``word`` is about, and what is doubtful of it. A paper of July
    cannot report its own whole year, so that 全年 there is of the year before."""
    if last_year is not None:
        return last_year, doubt
    if word == "全年" and month is not None and month < 12 and not _is_summary(passage):
        said = f"“全年”应是{year - 1}年（材料写于{year}年{month}月），请核实"
        return year - 1, f"{said}（{passage.document.title}）"
    return year, doubt


def _is_summary(passage: Passage) -> bool:
    """True for a text whose title names its year (2025年工作总结), however early it is."""
    return _YEAR.search(passage.document.title or "") is not None


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
