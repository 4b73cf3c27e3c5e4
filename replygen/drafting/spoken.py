"""Spoken: the proposer's own voice in a clause, taken away: 建议政府应尽快…, modals, examples,
straight quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from replygen.drafting.acts import acts_after_frame, opens_with_act, prepositions, words
from replygen.language.words import cut_words, read_vocabulary

_SHORTEST = 5  # characters before an example that are kept
# 应 and 要 that are part of a word: 适应, 供应, 应用, 重要, 需要
MODAL = (
    r"(?:(?:应当|应该|必须|务必)(?:要(?![求点素]))?|务须|(?<![适供相对反效响感呼])应(?![用急对届收变试答聘]|.[尽必])|(?<!必)须|(?<![重主需纪摘])要(?![素求点闻闭塞道件领])"
    r"|(?<![所最])需要(?![的时])|(?<![所急必军按刚供])需(?![求要])|(?<![认许])可以?(?![持能靠行视再])|(?<![适便])宜(?![居人])|不妨)"
)
# 和培训制度接轨: what goes on with 和 is a frame
_JOINED_WITH = re.compile(r"接轨|衔接|联手|合作|对接|结合|联动|挂钩|同步|融合|互动")


def strip_openers(clause: str) -> str:
    """Return ``clause`` without the proposer's voice: 建议政府应尽快建立… → 尽快建立…"""
    openers, governments = words("openers"), words("governments")
    for _ in range(8):
        if not clause.startswith(openers) and not clause.startswith(governments):
            return clause
        word = next((w for w in openers if clause.startswith(w) and _may_go(clause, w)), None)
        word = word or next(
            (w for w in governments if clause.startswith(w) and _acts_behind(clause, w)), None
        )
        if word is None:
            return clause
        clause = clause[len(word) :].lstrip("，、：, ")
    return clause


def _may_go(clause: str, word: str) -> bool:
    """A short word is an opener only where a clause goes on behind it (要加强, not 要素)."""
    rest = clause[len(word) :]
    if word == "和" and _JOINED_WITH.search(rest):
        return False
    if len(word) > 1 and word not in ("努力", "切实", "真正"):
        return not rest.startswith(("的", "于")) and bool(rest)
    return _goes_on(rest)


def _acts_behind(clause: str, word: str) -> bool:
    rest = clause[len(word) :]
    return _goes_on(rest) and not rest.startswith(("部门", "服务", "主导", "购买"))


def _goes_on(rest: str) -> bool:
    begins = (*prepositions(), *words("governments"))
    modal = re.match(MODAL, rest)
    return bool(modal) or rest.startswith(begins) or acts_after_frame(rest)


def without_examples(clause: str) -> str:
    """Return ``clause`` up to where an example starts: 引进设施，如… , 像河长一样…"""
    cut = re.search(
        r"(?:例如|比如|诸如|譬如|(?<![不假犹])如(?![何期果实意同下上]))(?=.{2,})", clause
    )
    if cut and cut.start() >= _SHORTEST:
        clause = clause[: cut.start()]
    return clause.rstrip("，、（")


def has_modal(text: str) -> bool:
    """Return whether a modal stands in ``text`` as a word of its own (应放在, not 政要, 要务) and
    says what is to be done, not what kind a thing is (可降解的垃圾)."""
    for match in re.finditer(MODAL, text):
        rest = text[match.end() :]
        if (
            len(rest) < 2
            or re.match("[^，]{1,8}的", rest)
            and opens_with_act(text[: match.start()])
        ):
            continue
        start = 0
        for piece in cut_words(text, read_vocabulary()):
            inside = start <= match.start() and match.end() <= start + len(piece)
            if inside and len(piece) > len(match.group()):
                break
            start += len(piece)
        else:
            return True
    return False


def straighten_quotes(text: str) -> str:
    """Return ``text`` with Chinese quotes for straight ones, in pairs."""

    def turn() -> Iterator[str]:
        opened = False
        for char in text:
            if char == '"':
                yield "”" if opened else "“"
                opened = not opened
            else:
                yield char

    return "".join(turn())
