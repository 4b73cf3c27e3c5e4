"""The asks of a proposal: what it wants done, one by one.

First the part that asks is found (a label, an introducing phrase, a heading), then the
top level of its enumeration; where nothing is numbered, the sentences that ask.
Enumerations of facts and problems never count: they stand outside that part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from replygen.language.marks import Mark
from replygen.language.sentences import split_sentences
from replygen.models import Ask
from replygen.parsing.arguments import drop_arguments
from replygen.parsing.borders import least_score
from replygen.parsing.demands import split_demands
from replygen.parsing.levels import top_groups
from replygen.parsing.topics import make_topic
from replygen.parsing.wording import cue_pattern

_MIN_ASK = 8
_SHORT_PARAGRAPH = 120
_LONG_LEAD = 150
_HEADING = 24
# 加强领导：… at a line's or sentence's start; 加强组织领导 as a line
_COLON_HEADING = re.compile(
    r"(?:^|(?<=[\n。；]))\s*([^\n。；，：、“《（]{4,30}(?:，[^\n。；，：“《（]{4,20})?：)(?!“|《)"
)
_LINE_HEADING = re.compile(
    r"(?:^|(?<=\n))[^\n。；：，]{4,36}(?=\n(?:[^\n]{30}|[^\n]{8,}。(?:\n|$)))"
)
# 应 · 应当 · 必须 · 要加强; not 应用, 需求, 主要
_MODAL = re.compile(
    r"应(?:当|该)?(?![用急届对收变运力聘答激纳])|必须|亟需|急需|需要?(?=[加建完进推提设制出])"
    r"|(?:^|[，。；])(?:还|也|就|政府|我省|我市|各地)?要(?![求点素闻是])"
)
# 要建立政府、社区… as a sentence's opening
_MUST = re.compile(
    r"(?:还|也|就)?(?:要|应当?|应该|必须|需要?)(?=[建完加推引鼓明组设制出提健强把将对由])"
)
_FACT = re.compile(
    r"当前|目前|据|近年来|由于|随着|虽然|尽管|一方面|另一方面则|历年来|事实上|例如|比如|如"
)
# ----甘棠 · 提案人：… behind the last ask
_SIGNATURE = re.compile(
    r"\n?(?:[-—–]{2,}\s*[\u4e00-\u9fff]{2,4}|(?:提案人|建议人|联系人|执笔人?)[：:].{0,40})\s*$"
)
# 2026年3月2日 · 甘棠 · 云川市政协委员 甘棠 · 民盟云川市委员会 · （示例·虚构）: below the asks
_SIGN_LINE = re.compile(
    r"[（(【]?(?:[12]\d{3}年\d{1,2}月(?:\d{1,2}日)?|二[〇○零]\S{2}年\S{2,7}|示例·虚构|共?\d+页"
    r"|[\u4e00-\u9fff·]{2,4}|\S{0,20}(?:委员|代表)[：: ]?[\u4e00-\u9fff]{2,4}"
    r"|\S{0,20}(?:委员会|支部|总支|市委|省委|县委|区委|工商联|小组|代表团|界别))[)）】]?"
)


# 首先, 其次, 再者, 最后: an order that is said, not numbered
_SAID_ORDER = re.compile(r"\s*(?:首先|其次|再次|再者|再有|另外|此外|最后)")


@dataclass(frozen=True, slots=True)
class Found:
    """An ask as a span of the text it was found in; ``start`` is behind its number."""

    start: int
    end: int
    text: str


def split_asks(text: str, *, labelled: bool = True) -> tuple[tuple[Found, ...], str]:
    """Return the asks in the part of a proposal that asks, and how they were found:
    ``numbers``, ``paragraphs``, ``sentences`` or ``whole``. Spans index ``text``.
    ``labelled`` says that the text is known to be that part; in a whole proposal only
    numbers and sentences count, for its paragraphs tell facts too."""
    text = _without_tail(text)
    groups = top_groups(text)
    if labelled and groups and groups[0][0].start > _LONG_LEAD:
        if len(found := _by_heading_sentences(text)) > 2:
            return found, "sentences"
    if groups:
        found = _numbered(text, groups)
        found = found if labelled else _without_facts(found)
        if len(found) > 1:
            return found, "numbers"
    if labelled:
        if len(found := _by_headings(text)) > 1 or len(found := _by_paragraphs(text)) > 1:
            return found, "paragraphs"
    if labelled and len(found := _by_semicolons(text)) > 1:
        return found, "sentences"
    if found := _by_sentences(text):
        return found, "sentences"
    whole = trim_span(text, _facts_end(text), len(text))
    return ((whole,) if whole else ()), "whole"


def make_asks(found: Sequence[Found], title: str = "") -> tuple[Ask, ...]:
    """Number the asks and give each its short topic and its demands; items that only argue
    are none. ``title`` is the proposal's: what it wants, where an ask does not say it."""
    least = least_score([item.text for item in found])
    asks: list[Ask] = []
    for order, item in enumerate(found, start=1):
        demands = split_demands(item.text, least)
        topic = make_topic(item.text, demands, least=least, title=title)
        if topic in {ask.topic for ask in asks}:  # the title names one ask at most
            topic = make_topic(item.text, demands, least=least)
        asks.append(Ask(order, topic, item.text, demands))
    return drop_arguments(tuple(asks))


def make_ask(order: int, text: str, topic: str = "") -> Ask:
    """Return the ask that a text is, with its demands; without a topic it gets one."""
    demands = split_demands(text)
    return Ask(order, topic or make_topic(text, demands), text, demands)


def _numbered(text: str, groups: Sequence[Sequence[Mark]]) -> tuple[Found, ...]:
    marks = sorted((m for group in groups for m in group), key=lambda m: m.start)
    found: list[Found] = []
    for number, mark in enumerate(marks):
        end = marks[number + 1].start if number + 1 < len(marks) else len(text)
        if item := trim_span(text, mark.end, end):
            found.append(item)
    if all(_SAID_ORDER.match(text, mark.start) for mark in marks):
        found = [part for item in found for part in _by_asking_paragraphs(text, item)]
    return _without_closing(found)


def _by_asking_paragraphs(text: str, item: Found) -> list[Found]:
    """Part an item at paragraphs that ask for something of their own (还有交通噪声。…建议…): who
    counts by 首先, 其次 and 最后 does not count all."""
    starts = [item.start]
    for line in list(re.finditer(r"[^\n]+", item.text))[1:]:
        kinds = [_sentence_kind(s) for s in split_sentences(line.group())]
        if "strong" in kinds:
            starts.append(item.start + line.start())
    ends = [*starts[1:], item.end]
    pieces = (trim_span(text, a, b) for a, b in zip(starts, ends, strict=True))
    return [piece for piece in pieces if piece]


def _without_closing(found: list[Found]) -> tuple[Found, ...]:
    """Take off the last ask what only closes the text: a paragraph of its own that asks
    for nothing, or last sentences such as 总之，… and 相信…"""
    if not found:
        return ()
    last = found[-1]
    one_liners = not any("\n" in item.text for item in found[:-1])
    head, newline, tail = last.text.rpartition("\n")
    if newline and one_liners and len(found) > 1 and not _asks_something(tail):
        last = Found(last.start, last.start + len(head.rstrip()), head.rstrip())
    closing = cue_pattern("proposal", "thanks", "closing")
    for start, _ in _sentence_spans(last.text)[1:]:
        rest = last.text[start:]
        if closing.match(rest.lstrip()) and len(rest) < 220 and not _asks_something(rest):
            kept = last.text[:start].rstrip()
            last = Found(last.start, last.start + len(kept), kept)
            break
    return (*found[:-1], last)


def _without_facts(found: tuple[Found, ...]) -> tuple[Found, ...]:
    """一、… 二、… tell problems and 三、建议… 四、建议… ask, under one numbering: only
    those that say 建议 are asks."""
    opens = [bool(re.match(r"建议|希望|恳请", item.text)) for item in found]
    first = opens.index(True) if True in opens else 0
    return found[first:] if first and all(opens[first:]) and first < len(opens) - 1 else found


def _by_semicolons(text: str) -> tuple[Found, ...]:
    """A part that is one sentence: its clauses, divided by semicolons, ask one by one."""
    bare = text.strip().rstrip("。")
    first = bare.split("；", 1)[0]
    if "；" not in bare or re.search(r"[。\n]", bare) or re.search(r"包括|例如|比如", first):
        return ()
    pieces = [trim_span(text, m.start(), m.end()) for m in re.finditer(r"[^；]+", text)]
    return tuple(p for p in pieces if p and len(p.text) >= _MIN_ASK)


def _asks_something(text: str) -> bool:
    return bool(re.search(r"建议|应当|应该|要求|提请", text))


def _by_headings(text: str) -> tuple[Found, ...]:
    """Headings without numbers divide the asks: 加强领导：… or a short line of its own."""
    colon = [m.start(1) for m in _COLON_HEADING.finditer(text)]
    lines = [m.start() for m in _LINE_HEADING.finditer(text)]
    starts = colon if len(colon) > 1 else lines
    if len(starts) < 2 or starts[0] > len(text) / 2:
        return ()
    ends = [*starts[1:], len(text)]
    found = (trim_span(text, a, b) for a, b in zip(starts, ends, strict=True))
    return tuple(item for item in found if item)


def _by_heading_sentences(text: str) -> tuple[Found, ...]:
    """Short sentences of doing that each head a longer piece: 充分利用空间。我国…"""
    spans = _sentence_spans(text)
    starts: list[int] = []
    for (start, end), (_, after) in zip(spans, spans[1:], strict=False):
        sentence = text[start:end].strip()
        heads = len(sentence) <= _HEADING and "，" not in sentence and after - end > _HEADING
        if heads and _sentence_kind(sentence) == "verb":
            starts.append(start)
    if not starts or starts[0] > _HEADING:
        return ()
    ends = [*starts[1:], len(text)]
    found = (trim_span(text, a, b) for a, b in zip(starts, ends, strict=True))
    return tuple(item for item in found if item)


def _facts_end(text: str) -> int:
    """Where the sentences that only tell facts end, in a text that is one wish."""
    end = 0
    for start, stop in _sentence_spans(text)[:-1]:
        if not _FACT.match(text[start:stop].strip()) or _asks_something(text[start:stop]):
            break
        end = stop
    return end


def _by_paragraphs(text: str) -> tuple[Found, ...]:
    """Several paragraphs without numbers: short ones are an ask each, whatever their
    words; of longer ones those that ask for something."""
    lines = [m for m in re.finditer(r"[^\n]+", text) if len(m.group().strip()) >= _MIN_ASK]
    lines = [m for m in lines if not _is_intro(m.group())]
    closing = cue_pattern("proposal", "thanks", "closing")
    if len(lines) > 1 and closing.match(lines[-1].group().strip()):
        lines = lines[:-1]
    if any(len(m.group()) > _SHORT_PARAGRAPH for m in lines):
        lines = [m for m in lines if _asks_at_all(m.group())]
    found = (trim_span(text, m.start(), m.end()) for m in lines)
    return tuple(item for item in found if item)


def _asks_at_all(text: str) -> bool:
    return any(cue_pattern("proposal", "asking", k).search(text) for k in ("strong", "weak"))


def _by_sentences(text: str) -> tuple[Found, ...]:
    """Sentences that open with 建议 or 希望 begin an ask each, and so do those that add
    to it (此外，应…); what follows belongs to the ask before. Without such sentences
    every sentence of doing (加强…, …应…) begins one."""
    spans = _sentence_spans(text)
    kinds = [_sentence_kind(text[a:b]) for a, b in spans]
    begins: list[int] = []
    for number, kind in enumerate(kinds):
        first = not begins
        after_heading = (
            bool(begins)
            and begins[-1] == number - 1
            and kinds[number - 1] != "strong"
            and _is_short(text, spans[number - 1])
        )
        if kind == "strong" and not after_heading:
            begins.append(number)
        elif kind == "further" and not first:
            begins.append(number)
        elif kind in ("doing", "verb") and ("strong" not in kinds or first and kind == "verb"):
            begins.append(number)
    if not begins:
        return ()
    starts = [spans[n][0] for n in begins]
    ends = [*starts[1:], len(text)]
    found = [item for a, b in zip(starts, ends, strict=True) if (item := trim_span(text, a, b))]
    return _without_closing(found)


def _sentence_kind(sentence: str) -> str:
    """Return strong (建议…), further (此外，应…), verb (加强…), doing (…应…) or other."""
    bare = sentence.strip()
    if _opens(cue_pattern("proposal", "asking", "strong"), bare):
        return "strong"
    if _MUST.match(bare):
        return "further"
    if _FACT.match(bare):
        return "other"
    further = cue_pattern("proposal", "asking", "further").match(bare)
    rest = bare[further.end() :].lstrip("，, ") if further else bare
    modal = _MODAL.search(rest)
    imperative = cue_pattern("proposal", "asking", "imperative").match(rest)
    if further and (modal or imperative):
        return "further"
    if imperative:
        return "verb"
    return "doing" if modal else "other"


def _is_short(text: str, span: tuple[int, int]) -> bool:
    return span[1] - span[0] <= 26


def _opens(pattern: re.Pattern[str], sentence: str) -> bool:
    """Say whether a cue stands at the start of one of the sentence's first clauses."""
    clauses = re.split(r"[，,]", sentence.strip())[:3]
    return any(pattern.match(clause.strip()) for clause in clauses)


def _sentence_spans(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    offset = 0
    for sentence in split_sentences(text):
        spans.append((offset, offset + len(sentence)))
        offset += len(sentence)
    return spans


# 加快老年医学资源布局的建议: a heading of the part on a line of its own
_PART_HEADING = re.compile(r"\s*[^。，；：]{2,40}(?:建议|对策|措施|意见)\s*")


def _is_intro(text: str) -> bool:
    if _PART_HEADING.fullmatch(text):
        return True
    return len(text) < 120 and text.rstrip().endswith(("：", ":"))


# 第二方面，… · 另一方面，…: counts like a number
_ORDINAL = re.compile(r"(?:第[一二三四五六七八九](?:个?方面|点|条)?|另一方面)[，、：:]\s*")
# 具体建议：具体建议：加强…: the label twice
_LABEL_AGAIN = re.compile(r"(?:具体|对策|几点|工作|意见|相关)建议\s*[：:]\s*")


def trim_span(text: str, start: int, end: int) -> Found | None:
    """Return the span without white space and stray punctuation at its ends."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip(" \n\t　，、：:。；;.．"))
    for opening in (_ORDINAL, _LABEL_AGAIN):
        if found := opening.match(piece, left):
            left = found.end()
    body = piece[left:].rstrip(" \n\t　")
    body = re.sub(r"[；;，、]$", "", body)
    if len(re.sub(r"\W", "", body)) < 4:
        return None
    return Found(start + left, start + left + len(body), body)


def _without_tail(text: str) -> str:
    """Cut thanks, requests to consider, and signatures off the end."""
    text = _SIGNATURE.sub("", text)
    while (cut := text.rstrip().rfind("\n")) > 0 and _SIGN_LINE.fullmatch(text[cut:].strip()):
        text = text[:cut]
    for match in cue_pattern("proposal", "thanks", "phrases").finditer(text):
        rest = text[match.start() :]
        begins = match.start() == 0 or text[match.start() - 1] in "。！；\n "
        if begins and len(rest) < 80:
            return text[: match.start()].rstrip()
    return text.rstrip()
