"""Clauses: how a sentence of a measure is cut, and what each piece says.

A clause is an *act* (it says what is to be done and starts with a verb), a *frame* (a
prepositional phrase that needs an act behind it), or neither; only acts and frames are
ever used.
"""

from __future__ import annotations

import re
from typing import Literal

from replygen.drafting.lexicon import Lexicon, load_lexicon
from replygen.language.verbs import starts_with_verb

ClauseKind = Literal["act", "frame", "none"]


_OPEN, _CLOSE = "（(《“‘〈【", "）)》”’〉】"
# （市场监管、商务等） — kept only where it is part of a name of areas: 各县（市、区）
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
_AREA_BRACKETS = re.compile(r"^[（(](?:市、区|市区|区|居|社区|街道|街|社区、村)[)）]$")
# 2.1 万元 is no enumeration; a bare 其/该/此 points at a sentence that is not here
_DANGLING_START = re.compile(r"^(?:其(?!他)|该|此|这|那|上述|以上|前述|它|他们|两|双方|后者|前者)")
_DANGLING_END = re.compile(
    r"(?:的|得|和|与|及|或|并|(?<!存)在|把|(?<![行作])为|(?<!应)对|将|向|由|等|、|：|“|（|其|该|通过|按照|根据|进行)$"
)
# 建立由我局牵头，… 为成员单位的…制度: the object went with the clauses behind it
_CITED = re.compile(r"《[^《》]*》(?:第[一二三四五六七八九十百零]+条)?")
# 依法取缔, 会同有关部门处置: whom or what is not said
_NO_OBJECT = re.compile(
    r"^(?:会同[^，]{2,12}|联合[^，]{2,12}|配合[^，]{2,12})?(?:依法|及时|逐一|依规|坚决)*"
    r"(?:取缔|查处|处理|处置|办理|整改|落实|实施|推进|开展|打击|移送)$|等事项实现|^在【[^】]*】$|】点评|^贯彻落实相关"
)
# 覆盖生产全过程, 纳入统一管理, 实现信息可查: what an act leads to, none by itself
_OUTCOME = re.compile(
    r"^(?:全面|有效|切实|逐步|进一步|不断)*(?:覆盖|纳入|列入|实现|形成|保持|确保|保证|树立|减少|降低|促进|维护|营造|增强|提高影响|提升影响|净化)"
)
_HEADLESS = re.compile(
    r"(?:建立|成立|组建|形成|构建|设立)(?:由|以).{1,14}(?:牵头|为主|为核心|为组长|任组长|参与|参加|负责)$"
)


def split_spans(text: str, marks: str) -> list[tuple[int, int]]:
    """Return the (start, end) spans of ``text`` between ``marks`` that stand outside
    quotes and brackets; the marks themselves are left out, empty spans too."""
    spans, depth, start = [], 0, 0
    for position, char in enumerate(text):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char in marks and depth == 0:
            spans.append((start, position))
            start = position + 1
    spans.append((start, len(text)))
    return [(a, b) for a, b in spans if text[a:b].strip()]


def drop_brackets(text: str) -> str:
    """Return ``text`` without bracketed asides; 各县（市、区） keeps its bracket."""
    return _BRACKETS.sub(lambda m: m.group() if _AREA_BRACKETS.match(m.group()) else "", text)


def judge_clause(clause: str) -> ClauseKind:
    """Return what ``clause`` is once its opening words are gone."""
    lexicon = load_lexicon()
    clause = _CITED.sub("", clause)
    if clause.startswith("由"):  # 由高校编写教材: whom it is asked of is not ours to say
        return "none"
    if len(clause) < 4 or _DANGLING_START.match(clause) or clause.startswith(_results(lexicon)):
        return "none"
    if any(word in clause for word in (*lexicon.result_words, *lexicon.talk_words)):
        return "none"
    if starts_with_verb(clause):
        broken = _DANGLING_END.search(clause) or _HEADLESS.search(clause)
        broken = broken or _NO_OBJECT.search(clause)
        return "none" if broken or len(clause) < 6 else "act"
    if _NO_OBJECT.search(clause):
        return "none"
    if clause.startswith(lexicon.prepositions):
        return _judge_frame(clause, lexicon)
    return "none"


def _results(lexicon: Lexicon) -> tuple[str, ...]:
    return lexicon.result_starts


def _judge_frame(clause: str, lexicon: Lexicon) -> ClauseKind:
    """A prepositional start is an act where a verb with an object follows in the clause."""
    first = next(word for word in lexicon.prepositions if clause.startswith(word))
    rest = clause[len(first) :]
    for position in range(2, len(rest) - 3):
        if rest.startswith(lexicon.verbs, position) and rest[position - 1] not in "、和与及":
            return "none" if _DANGLING_END.search(clause) else "act"
    return "frame" if len(rest) >= 4 and not _DANGLING_END.search(clause) else "none"


def is_outcome(clause: str) -> bool:
    """Return whether ``clause`` says what something leads to and cannot open a measure."""
    return _OUTCOME.match(clause) is not None


def is_set_phrase(clause: str) -> bool:
    """Return whether ``clause`` says nothing but attitude (高度重视, 狠抓落实)."""
    bare = clause.strip("，。；、")
    return any(bare == phrase or bare.endswith(phrase) and len(bare) <= len(phrase) + 4
               for phrase in load_lexicon().set_phrases)  # fmt: skip


def is_balanced(text: str) -> bool:
    """Return whether every quote and bracket in ``text`` has its partner."""
    stack: list[str] = []
    for char in text:
        if char in _OPEN:
            stack.append(_CLOSE[_OPEN.index(char)])
        elif char in _CLOSE and (not stack or stack.pop() != char):
            return False
    return not stack
