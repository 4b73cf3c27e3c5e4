"""Where a name would cut the words around it: 朝|南阳|台, 适|应城市|少数民族, 历|史文化名村|保护.

What begins or ends inside a common word, and has nothing but common words in it, is no name,
however much it looks like one or a place far away is called so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from replygen.entities.independent import count_documents
from replygen.entities.prose import Piece, cut_prose, sort_one

_HAN = re.compile("[\u4e00-\u9fff]+")
_KNOWN = 3  # independent documents that have a word which a name of no register cuts
_OFTEN = 60  # that have one which the whole name of a place cuts
_ALONE = 40  # that write one character by itself (出|省, 包|村)
_EVERYWHERE = 500  # that have one which is surely meant, however else the run can be cut
_FAR = 12  # characters on either side of the name that are read
# 在|建, 由|市: what begins with a joint is no word that a name could cut
_JOINTS = frozenset(
    "报在由与和及同跟经向驻将对从于为到往是至有以的把被给比按据凭或并且也都让使令请"
)
_SHORT = 2  # characters of a short name of a place
_BRIEF = 3  # and of one with its level (中山区)
_INSIDE = frozenset("里上中下内外前后")  # 楼道|里
_KINDS = frozenset("省市县区州旗镇乡村街路古老新港岛河湖江山")  # 同里|古镇: it is the place
_LEVELS = frozenset("省市县区州旗镇乡")  # 直辖|市人民政府: the body is named without its place
# 朝|南, 坐|北: a side of the compass that stands behind one of these is no part of a name
_FACING = re.compile("[朝向坐靠面迎背][东南西北]")

# 江南|大学, 扩|大社区: words that a short name of a place cuts
_BEHIND = frozenset(
    "大学 大厦 大桥 大道 大街 大会 大队 大棚 大户 大赛 大厅 东侧 西侧 南侧 北侧".split()
)
_BEFORE = frozenset("扩大 重大 加大 强大 广大 做大 最大 壮大 放大 较大 巨大 庞大 更大".split())


def is_cut_out(text: str, start: int, end: int, *, known: bool = False) -> bool:
    """Return whether ``text[start:end]`` is cut out of common words; for a name that is
    ``known`` (a place of the gazetteer) these must be very common."""
    least = _OFTEN if known else _KNOWN
    run = next((m for m in _HAN.finditer(text) if m.start() <= start and end <= m.end()), None)
    if run is None or text[start] in _LEVELS:
        return False
    if _cuts_neighbour(run, start, end) or known and _leaves_strays(run, start, end):
        return True
    first, last = max(run.start(), start - _FAR), min(run.end(), end + _FAR)
    inside = [p for p in _cut(text[first:last]) if p.start < end - first and start - first < p.end]
    if end - first < inside[-1].end and _FACING.match(text, max(first, start - 1)):
        return _is_common(inside[-1], _KNOWN)
    if _FACING.match(text, start) and inside[0].end == start - first + 2:  # 朝南|阳台
        return all(len(p.text) > 1 and _is_common(p, _KNOWN) for p in inside[1:])
    if start - first == inside[0].start:
        if inside[0].text in _JOINTS and inside[-1].end > end - first:  # 从|化解矛盾, 对|接收的
            return _all(inside[1:], _KNOWN)
        goes_on = end < last and count_documents(text[end - 1 : end + 1]) >= _EVERYWHERE
        return goes_on and inside[-1].end - inside[-1].start == 1 and _all(inside[:-1], least)
    opens = text[start - 1] in _JOINTS and start - first - inside[0].start == 1
    if opens and count_documents(text[start - 1 : start + 1]) < _OFTEN:
        return False
    ends = text[max(first, start - 2) : start]  # 使用|海政通, not 使|用海
    if len(ends) > 1 and count_documents(ends) > count_documents(inside[0].text):
        return False
    return _all(inside, least)


def _cuts_neighbour(run: re.Match[str], start: int, end: int) -> bool:
    """True for a short name inside ``run`` that shares a character with the word on either side."""
    short = end - start == _SHORT and run.start() < start and end < run.end()
    text = run.string
    return short and (_ends_word(text, start, end) or _begins_word(text, start, end))


def _leaves_strays(run: re.Match[str], start: int, end: int) -> bool:
    """True for 校|长治|校, 美|丽水|乡: with the name the words around it fall apart, without it the
    whole run is words."""
    if end - start > _BRIEF:
        return False
    first, last = max(run.start(), start - _FAR), min(run.end(), end + _FAR)
    words = _cut(run.string[first:last])
    cuts = {start, end} - {first + at for p in words for at in (p.start, p.end)}
    if not cuts:
        return False
    near = [p for p in words if p.start < end - first and start - first < p.end]
    if start in cuts and near[-1].text in _INSIDE:
        near = near[:-1]
        return _are_whole(near)  # 楼|道里|的
    before, behind = _cut(run.string[first:start]), _cut(run.string[end:last])
    sides = (*(before[-1:] if start in cuts else ()), *(behind[:1] if end in cuts else ()))
    return _are_whole(near) and not any(map(_is_whole, sides))


def _are_whole(pieces: Sequence[Piece]) -> bool:
    return all(map(_is_whole, pieces))


def _is_whole(piece: Piece) -> bool:
    """True for a word of two characters or more and for a joint."""
    return len(piece.text) > 1 or piece.sort == "J"


def _ends_word(text: str, start: int, end: int) -> bool:
    """True for 合|同里: the word before takes the first character (合同), and many say the other
    alone (里)."""
    word, before = text[start - 1 : start + 1], text[max(0, start - 2) : start]
    count = count_documents(word)
    if count < max(_OFTEN, 10 * count_documents(text[start:end])) or text[end] in _KINDS:
        return False
    return count_documents(text[start + 1]) >= _ALONE and count_documents(before) < count


def _begins_word(text: str, start: int, end: int) -> bool:
    """True for 临|江门|窗: the last character begins a word (门窗) of which nothing is left that
    could stand alone; not 到|江门|窗口."""
    left = text[end]
    if text[start - 1] in _JOINTS or left in _KINDS or sort_one(left) == "J":
        return False
    if count_documents(text[end - 1 : end + 1]) < _KNOWN:
        return False
    alone = count_documents(left) >= _ALONE or count_documents(text[end : end + 2]) > 0
    return not alone


def cuts_size(text: str, start: int, end: int) -> bool:
    """Return whether a place takes 大 or a side from the word beside it (江南|大学), or begins with
    how much (扩大|社区食堂)."""
    before = {text[max(0, start - 1) : start + 1], text[start : start + 2]}
    return text[end - 1 : end + 1] in _BEHIND or not before.isdisjoint(_BEFORE)


@lru_cache(maxsize=1024)
def _cut(run: str) -> tuple[Piece, ...]:
    return tuple(cut_prose(run, 0))


def _all(pieces: Sequence[Piece], least: int) -> bool:
    return bool(pieces) and all(_is_common(piece, least) for piece in pieces)


def _is_common(piece: Piece, least: int) -> bool:
    """True for a word that so many documents have, and for a character that many write alone."""
    if len(piece.text) == 1:
        return piece.sort in "JA" or count_documents(piece.text) >= _ALONE
    return count_documents(piece.text) >= least
