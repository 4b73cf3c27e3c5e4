"""People who are called by a common word, by what only one person does: 向阳|到场后, 欢喜|嫁到村里,
队里的|常青|每天, 派|高峰|下乡.

The words are in ``data/actors.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from replygen.entities.adverbs import is_adverb
from replygen.entities.candidates import Candidate
from replygen.entities.carried import make_candidate
from replygen.entities.independent import count_documents
from replygen.entities.people import surnames
from replygen.entities.person_slots import is_person
from replygen.entities.prose import sort_word
from replygen.entities.tables import TABLES

_HAN = "\u4e00-\u9fff"
_NAME = rf"(?P<name>[{_HAN}]{{2,3}}?)"
_HAN_TWO = rf"[{_HAN}]{{2}}"
_CLAUSE = r"(?:^|(?<=[，。；：、]))"
_OFTEN = 200  # documents that have a word which is nobody, whatever stands behind it (干部)
_SAID = 40
# 有一回|高兴|带着两名协管员: who does it
_DOER = re.compile(
    rf"(?:^|(?<=[，。；])|(?<=有一[回次])|(?<=那天)|(?<=当天)|(?<=当晚))(?P<name>[{_HAN}]{{2,3}})(?=带着|领着|带上|拉着|陪着|骑着|背着|扛着|开着车)"
)
# ，|高兴|在现场会上已要求, ，|高兴|到点上看了两回, 队里的|明理|巡山时: what only somebody does
_ACTOR = re.compile(
    rf"(?:^|(?<=[，。；])|(?<=[队组班站所院校会里中]的))(?P<name>[{_HAN}]{{2,3}})"
    rf"(?=在[{_HAN}]{{1,6}}[上中里](?:已经?|就|便|曾|还|又|多次|当场)?(?:要求|表示|提出|强调|承诺|坦言|介绍|提醒|叮嘱|部署)"
    rf"|[到去往][{_HAN}]{{1,4}}[看走跑问听查转][了过遍]|(?:巡[山河林逻查]|值班|值守|走访|入户|坐诊|接诊|下村|驻村|带班|上门)[时中])"
)


def find_actors(text: str) -> Iterator[Candidate]:
    """Yield people by what only one person does."""
    for match in _DOER.finditer(text) if "着" in text or "带上" in text else ():
        if match["name"][0] in surnames() and not _is_role(match["name"]):
            yield make_candidate("person", text, match, "name")
    for pattern in (_ACTOR, *_patterns()):
        for match in pattern.finditer(text):
            name, at = match["name"], match.start("name")
            called = is_person(name) or _given().issuperset(name)
            if called and not _is_role(name) and not is_adverb(text, at, len(name)):
                yield make_candidate("person", text, match, "name")


def _is_role(name: str) -> bool:
    """True for 干部, 方便, 随后: a word that many documents have is nobody here, and one that is
    no noun in fewer."""
    if count_documents(name) >= _OFTEN or name.endswith(("员", "者", "部", "队", "们")):
        return True
    joint = sort_word(name) == "V" and not _given().issuperset(name)
    return joint and count_documents(name) >= _SAID


@lru_cache(maxsize=1)
def _given() -> frozenset[str]:
    """Characters that given names are made of: 欢喜, 春风 begin with no surname."""
    return frozenset(TABLES.listed("person_slots.toml", "given"))


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    """A name where a clause begins, behind whose it is and behind a title, and before what
    somebody does who was sent."""
    opens, deeds, acts, sent = (_join(kind) for kind in ("opens", "deeds", "acts", "sent"))
    titles = "|".join(TABLES.listed("person_slots.toml", "titles"))
    return (
        re.compile(
            rf"{_CLAUSE}{_NAME}(?=(?:{deeds})|从[{_HAN}]{{1,4}}(?:回来|归来|返乡|退役|退伍|毕业))"
        ),
        re.compile(rf"(?:(?<=[{opens}]的)|(?<=分管)[{_HAN}]{{1,4}}的){_NAME}(?={acts}|{deeds}|。)"),
        re.compile(rf"(?:{titles}|{_HAN_TWO}员){_NAME}(?={acts}|{deeds})"),
        re.compile(
            rf"(?:(?<=[派让])|(?<=跟着)|(?<=多亏)|(?<=请)|(?<![自理缘事来情])由|经){_NAME}(?={sent})"
        ),
    )


def _join(kind: str) -> str:
    words = TABLES.listed("actors.toml", kind)
    return ("" if kind == "opens" else "|").join(words)
