"""Names that no independent source could have lent: where a name may stand, words stand beside
each other that nobody else puts together (推进|沉底|排雷|攻坚, 机构|正|衡|信|对).

What stands where (verbs, kinds, joints) is in ``data/novel.toml``; who says what is the table of
entities/independent. A run counts when every pair of neighbours in it, and both its ends, are
unsaid, and a word in it is rare or no word at all; before a kind that names are given to
(数字|乡村|驿站|工程), unsaid pairs are enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from replygen.entities.independent import EDGE, count_documents, is_said
from replygen.entities.prose import Piece, cut_prose, make_mention
from replygen.entities.tables import TABLES
from replygen.entities.taught import is_plain_prose
from replygen.models import Mention

_HAN = re.compile("[\u4e00-\u9fff]+")
_COUNTING = frozenset("一二三四五六七八九十百千万两几")
_LONGEST = 8  # characters of a name
_MOST = 7  # words of a name
_RARE = 3  # independent documents below which a word may be somebody's own
_ALONE = 100  # … below which a character that stands alone may be a part of a name
_FEW, _SELDOM = 15, 150  # … below which one of a name's words is, and all of them are
_KNOWN = 40  # … below which one may be in the name of a way of working
# what the words of one weigh for the model (entities/taught) where it is surely none (校园|食堂)
_SURE = -2.3
_BLANK = "□"  # what stands for what is known: no border


# 既查经营者又…, 共建共治, 六年制, 一手抓, 秋冬之交: said of everybody
_TOLD = re.compile(
    r"[既又争夸包受莫勿]|切[莫勿忌不]|宁可|谨防|轻信|[\u4e00-\u9fff]{2,4}受|(?P<same>[\u4e00-\u9fff])[\u4e00-\u9fff](?P=same)|[一二三四五六七八九十两几](?![\u4e00-\u9fff]一)"
    r"|[\u4e00-\u9fff]{2}之"
)


class _Run(NamedTuple):
    """Some neighbouring words and where they stand."""

    slot: str  # what stands before: an act, a body, a joint, the edge of the clause
    end: str  # what stands behind: a kind of thing, a verb, a joint, the edge of the clause
    words: list[Piece]
    among: bool  # 等 stands behind: one of several
    closed: bool  # nobody says its last word before what stands behind


def find_novel(text: str) -> Iterator[Mention]:
    """Yield the names in ``text``, as brands of scope ``unknown``; several may overlap."""
    for match in _HAN.finditer(text):
        pieces = cut_prose(match.group(), match.start())
        for run in _runs(text, pieces):
            if _is_made_up(run):
                yield make_mention("brand", text, run.words[0].start, run.words[-1].end)


def find_programmes(text: str) -> Iterator[Mention]:
    """Yield the ways of working that a place made up, as brands of scope ``unknown``: a plain
    noun that few have before a kind of them, where nobody says both together (蜗牛|信箱)."""
    for match in _HAN.finditer(text):
        if not _programmes().search(match.group()):
            continue
        pieces = cut_prose(match.group(), match.start())
        for noun, kind in zip(pieces, pieces[1:], strict=False):
            plain = len(noun.text) > 1 and noun.sort in "NRW"
            if not plain or kind.text not in _words("programmes"):
                continue
            known = count_documents(noun.text) >= _KNOWN or is_said(noun.text, kind.text)
            if not known and not is_plain_prose(text, noun.start, kind.end, _SURE):
                yield make_mention("brand", text, noun.start, kind.end)


@lru_cache(maxsize=1)
def _programmes() -> re.Pattern[str]:
    """A kind of ways of working behind something."""
    return re.compile("(?<=..)(?:" + "|".join(sorted(_words("programmes"))) + ")")


def _runs(text: str, pieces: list[Piece]) -> Iterator[_Run]:
    """The runs of two words or more that nobody says, in places where a name may stand."""
    texts = [EDGE, *(p.text for p in pieces), EDGE]
    unsaid = [not is_said(a, b) for a, b in zip(texts, texts[1:], strict=False)]
    for first in range(len(pieces)):
        slot = _slot(text, pieces, first)
        if not slot or not unsaid[first]:
            continue
        last = first
        while last < len(pieces) and not _ends_run(pieces, first, last):
            if last > first:
                if not unsaid[last]:
                    break
                end = _end(text, pieces, last + 1)
                if end and not (slot == "edge" and texts[last + 2] == "的"):  # 亲手写的: no name
                    among = texts[last + 2] == "等"
                    yield _Run(slot, end, pieces[first : last + 1], among, unsaid[last + 1])
            last += 1


def _ends_run(pieces: list[Piece], first: int, last: int) -> bool:
    piece = pieces[last]
    long = last - first >= _MOST or piece.end - pieces[first].start > _LONGEST
    joins = piece.sort == "J" and piece.text not in _COUNTING
    return long or joins or piece.text in _words("never")


def _slot(text: str, pieces: list[Piece], at: int) -> str:
    if not at:
        return "" if text[max(0, pieces[0].start - 1) : pieces[0].start] == _BLANK else "edge"
    before = pieces[at - 1].text
    if at > 1 and pieces[at - 2].text + before in _words("tools"):  # 点|开
        return "tool"
    if before in _words("tools"):
        return "tool"
    if before in _words("acts"):
        return "act"
    if before in _words("leads"):
        return "lead"
    if before in _words("links") and at > 1 and pieces[at - 2].text in _words("acts"):
        return "act"
    if before in _words("bodies"):
        return "body"
    return "joint" if before in _words("joints") else ""


def _end(text: str, pieces: list[Piece], at: int) -> str:
    if at == len(pieces):
        end = pieces[-1].end
        return "" if text[end : end + 1] == _BLANK else "edge"
    piece = pieces[at]
    if piece.text in _words("heads"):
        return "kind"
    if piece.text in _words("can"):
        return "can"
    return {"V": "verb", "J": "joint"}.get(piece.sort, "")


def _is_made_up(run: _Run) -> bool:
    if _TOLD.match("".join(p.text for p in run.words)):
        return False
    rare = any(_is_rare(p) for p in run.words)
    verbs = any(p.sort == "V" for p in run.words)
    if run.slot in ("act", "tool"):
        return _is_object(run, rare=rare, verbs=verbs)
    if verbs or not (run.closed and rare):
        return False
    if run.slot == "lead":
        return run.among
    if run.slot == "body":
        return run.end != "edge" and _strays(run) >= 2
    if run.slot == "joint":
        return run.end in ("kind", "verb")
    return run.end == "kind" or _strays(run) >= 1


def _is_object(run: _Run, *, rare: bool, verbs: bool) -> bool:
    """What is done (开展|夜鹰巡航) or used (打开|码上溯)."""
    if run.slot == "tool" and _is_short(run):
        if run.end == "can":
            return run.closed
        if run.end == "edge" and _strays(run) and _is_rare(run.words[-1]):
            return True
    if run.end == "edge":
        kind_of = not _strays(run) and count_documents(run.words[-1].text) >= _FEW  # 禁烟|标识
        return rare and (not verbs and not kind_of or _is_odd_pair(run))
    if run.end == "kind":
        return run.closed and (rare or not verbs and _is_unusual(run))
    return run.closed and rare and not verbs


def _is_odd_pair(run: _Run) -> bool:
    """夜鹰|巡航; not 智慧化|改造, 节前|检查."""
    first = run.words[0]
    odd = first.sort == "R" and _is_rare(first) and first.text[-1] not in "化性式型"
    return len(run.words) == 2 and odd and count_documents(run.words[1].text) < _FEW


def _strays(run: _Run) -> int:
    return sum(p.sort == "S" for p in run.words)


def _is_short(run: _Run) -> bool:
    """街坊|通, 码|上溯: no more than a name of an app has, and no word that many have."""
    length = sum(len(p.text) for p in run.words)
    return length <= 5 and not any(count_documents(p.text) > _SELDOM for p in run.words)


def _is_unusual(run: _Run) -> bool:
    counts = [count_documents(p.text) if len(p.text) > 1 else _SELDOM for p in run.words]
    return max(counts) < _SELDOM and min(counts) < _FEW


def _is_rare(piece: Piece) -> bool:
    """True for a word of few documents, and for a character that is no word by itself, unless
    many say it alone (送, 摊)."""
    count = count_documents(piece.text)
    return count < (_RARE if len(piece.text) > 1 else _ALONE if piece.sort == "S" else 0)


@lru_cache(maxsize=8)
def _words(kind: str) -> frozenset[str]:
    return frozenset(TABLES.toml("novel.toml")[kind].split())
