"""Another authority than an article's, or another act of it.

民政部门|登记 where it says 市场监督管理部门|登记, 审批 where it says 备案, 由消费者承担 where
it says 由经营者承担.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from replygen.entities.vocabulary import is_word
from replygen.laws.authorities import Authority, read_authorities
from replygen.laws.norms import read_norms
from replygen.laws.pairs import make_pairs, measure_overlap
from replygen.laws.tables import read_toml

_SENTENCE = re.compile(r"[。；;！？\n]")
_MEANT = 0.4  # of a claim's pairs: the sentence of the article that it tells
_TOLD = 0.7  # of them: that sentence, nearly word for word
_AHEAD = 0.1  # by which it is ahead of the sentences that have the act claimed
_ALIKE = 0.6  # of the pairs of what an authority does: the article has the same done
_LONG = 3  # pairs of it
_NEAR = (
    0.5  # of the pairs of a body: it may be the same one (可能加害的|住户, 可能加害的|建筑物使用人)
)
# 税务机关|会同|财政部门制定
_TOGETHER = re.compile(
    r"[、和与及或商者以并同会]*|应当(?:会同|商)|(?:[、和与及或]|以及|或者)[^，。；应可必负]{0,12}"
)


_FIRST = re.compile("优先([\u4e00-\u9fff]{2})(?=的?权)")
_HARD = tuple(
    "下架 销毁 没收 吊销 取缔 停业 拘留 开除 强制拆除 查封 扣押 报废 注销 除名 关闭".split()
)
_SURELY_HARD = 2  # of them: one may be another word of the article's own
_TOUCHED = 0.25  # of the claim's pairs that the article has: it is of its matter


class _Task(NamedTuple):
    """An authority, what stands behind it up to the next one, and the first act in that."""

    who: Authority
    name: str
    deed: str
    act: str | None


def find_wrong_act(claim: str, article: str) -> tuple[str, str] | None:
    """Return what ``claim`` has another authority do than ``article``, or another act than it
    orders, and how the article reads; ``None`` where there is none such."""
    tasks = [task for part in _split(article) for task in _list_tasks(part)]
    for said in _split(claim):
        told = _find_told(said, article)
        for task in _list_tasks(said):
            reads = (
                (_find_unnamed(task, said, told) if told else None)
                or _find_other_authority(task, tasks)
                or _find_other_doer(task, tasks, article)
            )
            if reads is not None:
                return f"{task.name}{task.deed}", reads
        if (found := _find_other_act(said, article)) is not None:
            return found
    return _find_body(claim, article)


def find_made_up_act(claim: str, article: str) -> tuple[str, str] | None:
    """Return a hard measure that ``claim`` has and ``article`` has not (下架销毁 for 分类管理), or
    a right of precedence to something else (优先购买 for 优先承租), with how the article reads."""
    first = {m[1] for m in _FIRST.finditer(article)}
    for said in _FIRST.finditer(claim):
        if first and said[1] not in first:
            return said[0], "、".join(f"优先{right}" for right in sorted(first))
    told = measure_overlap(claim, article)
    hard = [word for word in _HARD if word in claim and word not in article]
    if len(hard) < _SURELY_HARD or told < _TOUCHED:
        return None
    reads = max(_split(article), key=lambda part: measure_overlap(part, claim), default="")
    return "".join(hard), reads.strip()


def _split(text: str) -> list[str]:
    return [part for part in _SENTENCE.split(text) if part.strip()]


def _find_told(said: str, article: str) -> str | None:
    """The sentence of the article that is told nearly word for word, and no other as much."""
    ranked = sorted(((measure_overlap(said, part), part) for part in _split(article)), reverse=True)
    ahead = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 1.0
    return ranked[0][1] if ranked and ranked[0][0] >= _TOLD and ahead >= _AHEAD else None


def _list_tasks(sentence: str) -> list[_Task]:
    """The authorities of a sentence; of several that act together each has the deed."""
    tasks: list[_Task] = []
    after = len(sentence)
    for who in reversed(read_authorities(sentence)):
        deed = sentence[who.end : max(who.end, after)]
        if tasks and _TOGETHER.fullmatch(deed):
            deed = tasks[-1].deed
        name = sentence[who.start : who.end].lstrip("的及其和或、")
        tasks.append(_Task(who, name, deed, _first_act(deed)))
        after = who.start
    return tasks[::-1]


# ── who ────────────────────────────────────────────────────────────────────


def _find_other_authority(said: _Task, tasks: Sequence[_Task]) -> str | None:
    """How the article reads where it has the same done by others only."""
    if not said.who.fields and not said.who.levels:
        return None
    same = [t for t in tasks if _is_same_deed(said, t)]
    if not same or any(said.who.may_be(t.who) for t in same):
        return None
    return "、".join(dict.fromkeys(f"{t.name}{t.deed.rstrip('，、的')}" for t in same))


def _find_unnamed(said: _Task, sentence: str, told: str) -> str | None:
    """How a sentence of the article reads that is told nearly word for word, but has no such
    authority in it."""
    there = read_authorities(told)
    if not there or any(said.who.may_be(who) for who in there):
        return None
    start = max(sentence.rfind(mark, 0, said.who.start) for mark in "，,：:") + 1
    clause = re.split("[，,：:]", sentence[start : said.who.start] + "，" + said.deed)
    rest = f"{clause[0]}，{clause[1]}"  # the words before and behind it
    alike = len(make_pairs(rest)) > 1 and measure_overlap(rest, told) >= _ALIKE
    return told if alike else None


def _find_other_doer(said: _Task, tasks: Sequence[_Task], article: str) -> str | None:
    """赡养人应当|承担照料责任, where the article names no such authority for it."""
    if not said.who.fields or any(said.who.may_be(t.who) for t in tasks):
        return None
    if len(make_pairs(said.deed)) < _LONG:
        return None
    for norm in read_norms(article):
        own = norm.own and norm.modal != "not" and len(norm.before) > 1
        doer = own and not read_authorities(norm.before)
        if doer and measure_overlap(said.deed, norm.words) >= _ALIKE:
            return f"{norm.before}：{norm.words}"
    return None


def _is_same_deed(said: _Task, reads: _Task) -> bool:
    if said.act is not None:
        return said.act == reads.act
    if (word := _first_deed(said.deed)) is not None and word == _first_deed(reads.deed):
        return True
    long = len(make_pairs(said.deed)) >= _LONG
    return long and measure_overlap(said.deed, reads.deed) >= _ALIKE


def _first_deed(text: str) -> str | None:
    """规定, 责令 directly behind an authority."""
    match = _orders().match(text)
    return match[1] if match else None


@lru_cache(maxsize=1)
def _orders() -> re.Pattern[str]:
    deeds = "|".join(read_toml("rules.toml")["claims"]["deeds"])
    return re.compile(rf"(?:应当|可以|予以|依法|必须|统一)*({deeds})")


def _find_body(claim: str, article: str) -> tuple[str, str] | None:
    """由消费者承担 where the article says 由经营者承担."""
    there = list(_bodies(article))
    for word, body, deed in _bodies(claim):
        same = [b for w, b, d in there if w == word and d == deed]
        if same and not any(_alike(body, b) or measure_overlap(body, b) >= _NEAR for b in same):
            return f"{word}{body}{deed}", "、".join(f"{word}{b}{deed}" for b in same)
    return None


def _bodies(text: str) -> Iterator[tuple[str, str, str]]:
    for match in _deeds().finditer(text):
        if not is_word(match[0][:2]):  # 经|营者未尽到…审核
            yield match[1], match[2], match[3]


@lru_cache(maxsize=1)
def _deeds() -> re.Pattern[str]:
    """由|公安机关|处以, 向|民政部门|备案."""
    deeds = "|".join(read_toml("rules.toml")["claims"]["deeds"])
    return re.compile(
        rf"(由|向|报|经)([\u4e00-\u9fff（）]{{2,30}}?)"
        rf"(?<!依照)(?<!下列)(?<!国家)(?<!有关)(?<!经济)(?<!社会)({deeds})"
    )


def _alike(one: str, other: str) -> bool:
    """True for a body and its short name: 监管部门, 食品安全监督管理部门; 公安部门, 公安机关."""
    if read_authorities(one) and read_authorities(other):
        return True  # they have been compared by what they are for
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(char in rest for char in short)


# ── what is done ───────────────────────────────────────────────────────────


def _find_other_act(said: str, article: str) -> tuple[str, str] | None:
    """审批 where the sentence of the article that is told has 备案 only."""
    ordered = read_acts(said)
    if not ordered:
        return None
    rest = _acts().sub("，", said)
    ranked = sorted(((measure_overlap(rest, part), part) for part in _split(article)), reverse=True)
    if not ranked or ranked[0][0] < _MEANT:
        return None
    share, reads = ranked[0]
    there = read_acts(reads)
    near = {a for s, part in ranked if s >= share - _AHEAD for a in read_acts(part)}
    added = "approve" in ordered - read_acts(article)  # 登记后|须取得许可
    if not there or (ordered & (there | near) and not added):
        return None
    return said, reads


def read_acts(text: str) -> frozenset[str]:
    """The kinds of acts in a text, without those that it says there are none of."""
    return frozenset(_kind(m) for m in _acts().finditer(text) if not m["without"])


def _first_act(text: str) -> str | None:
    match = _acts().search(text)
    return _kind(match) if match and not match["without"] else None


def _kind(match: re.Match[str]) -> str:
    return next(k for k, word in match.groupdict().items() if word and k != "without")


@lru_cache(maxsize=1)
def _acts() -> re.Pattern[str]:
    table = dict(read_toml("rules.toml")["acts"])
    without = table.pop("without")
    kinds = "|".join(f"(?P<{kind}>{words})" for kind, words in table.items())
    return re.compile(
        rf"(?P<without>(?:{without})[^，。；]{{0,4}}?)?(?:{kinds})(?!机关|部门|机构|单位)"
    )
