"""People by where they stand: 邀请…到, 由…牵头, 以…为骨干, 推广…工作室, 所长….

A place that calls for a person holds a person unless what stands there is a role or a body. So a
name may be any word (高原, 平安) and begin with any character (和平, 为民): a surname and one or
two characters are enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from replygen.entities.adverbs import is_adverb
from replygen.entities.candidates import Candidate
from replygen.entities.independent import count_documents
from replygen.entities.people import surnames
from replygen.entities.prose import cut_tokens, is_everyday, sort_one, sort_word
from replygen.entities.tables import TABLES, is_common_word, read_words
from replygen.entities.vocabulary import is_word

_HAN = "\u4e00-\u9fff"
_LONGEST = 4
_FEW_BEHIND = ("works", "set", "deed")  # slots whose end is rarer than their beginning
_SELDOM, _RARELY = 150, 25  # independent documents, of some 2,600, that have a word
_GIVEN_TOO = (
    "和与及等为任来到赴作当讲进向给就每是已正在对把用将一"  # 喻清|和, 王|为民: may be given names
)
# 阿依古丽·买买提, 次仁·扎西
_DOTTED = re.compile(rf"(?<![“‘\"])[{_HAN}]{{1,8}}(?:[·•・‧][{_HAN}]{{1,8}})+")
_ALL_HAN = re.compile(rf"[{_HAN}]+")
# surnames that are joints of a sentence: a title alone does not prove a name behind it
_JOINTS = frozenset("于和向从由时应都又能会如在")
_DOT = re.compile("[·•・‧]")
_JOINS = ("、", "，", "和", "与", "及")


def _words(kind: str) -> tuple[str, ...]:
    return TABLES.listed("person_slots.toml", kind)


@lru_cache(maxsize=1)
def _slots() -> tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...]:
    """What stands before a person, what must stand behind, and how much both prove: ``both``
    sides call for a person, a ``deed`` behind a title, or a ``title`` alone."""
    calls, deeds, leads = map(_join, ("calls", "deeds", "leads"))
    works = f"(?:{_join('qualities')}){{0,3}}(?:{_join('works')})"
    behind = rf"[、，。；）)\n]|和|与|及|{deeds}|$"
    return (
        (re.compile(rf"(?:{calls})(?:了)?"), re.compile(f"{behind}|{works}"), "both"),
        (
            re.compile(r"(?<![申提恳报呈商邀聘特约恭敦礼])请(?!求)"),
            re.compile(_join("asked")),
            "both",
        ),
        (re.compile(r"(?<![自理缘事来情])由(?!于)"), re.compile(f"{leads}|{works}"), "both"),
        (
            re.compile(r"(?<![可予难足加得])以"),
            re.compile(f"(?:{_join('qualities')}){{0,3}}(?:{_join('as_what')}|{works})"),
            "both",
        ),
        (re.compile(rf"(?:{_join('bears')})|(?:^|(?<=[，。；、“：]))"), re.compile(works), "works"),
        (
            re.compile(rf"(?:{_join('bears')})|(?:^|(?<=[，。；、“：]))"),
            re.compile(_join("address")),
            "deed",
        ),
        (re.compile(f"(?:{_join('sets')})"), re.compile(_join("set_deeds")), "set"),
        (
            re.compile(r"(?<![曾已])(?:经(?![过济营费常历验])|由(?!于)|受|随|请|据)"),
            re.compile(
                r"(?:主任|局长|书记|所长|处长|科长|市长|县长|区长|镇长|部长|会长|院长|校长|站长|主席|教授|律师|老师|委员)"
                r"(?=[\u4e00-\u9fff])(?![会办助级们制室负责人]|单位|之)"
            ),
            "office",
        ),
        (re.compile(r"在"), re.compile(r"(?:同志|老师|师傅)?的?带领下|(?:同志)的"), "both"),
        (re.compile(rf"(?:{_join('titles')})"), re.compile(_join("acts")), "deed"),
        (
            re.compile(rf"(?:{_join('titles')})[：: 　]?"),
            re.compile(rf"[、，。；（(）)：:\s]|{_join('after_title')}|$"),
            "title",
        ),
    )


def _join(kind: str) -> str:
    return "|".join(_words(kind))


def find_in_slots(text: str) -> Iterator[Candidate]:
    """People in places that call for one."""
    for before, behind, proof in _slots():
        if proof in _FEW_BEHIND and not behind.search(text):
            continue
        for match in before.finditer(text):
            if proof in ("both", "works", "set", "office") or not _inside_word(text, match):
                yield from _read_slot(text, match.end(), behind, proof)
    if _DOT.search(text):
        yield from _dotted(text)


def _inside_word(text: str, title: re.Match[str]) -> bool:
    """True for a title that is a part of another word: 会计|师, 社|会长, 业主|体."""
    start, end = title.span()
    last = text[end - 1 : end + 1]
    return any(map(_is_said, (text[start - 1 : start + 1], last, text[start : end + 1])))


def _is_said(word: str) -> bool:
    """True for a word that somebody says: 会计, 社会; not 长石."""
    return is_word(word) and count_documents(word) >= _FEW


_FEW = 3  # documents


def _read_slot(text: str, at: int, behind: re.Pattern[str], proof: str) -> Iterator[Candidate]:
    """The person at ``at``, and those that a mark joins to it."""
    size = _measure(text, at, behind, proof)
    if size:
        end = at + size
        yield Candidate("person", at, end, text[at:end], "unknown", 5)
        for join in _JOINS:
            if text.startswith(join, end):
                yield from _read_slot(text, end + len(join), behind, proof)


def _measure(text: str, at: int, behind: re.Pattern[str], proof: str) -> int:
    """How long the name at ``at`` is: of 王和|平 and 王和平 the longer one; 0 for none."""
    found = 0
    if text[at : at + 1] not in _surnames() and sort_one(text[at : at + 1]) == "J":
        return 0
    for size in range(2, _LONGEST + 1):
        name = text[at : at + size]
        if len(name) < size or not _ALL_HAN.fullmatch(name):
            break
        if found and (size > 3 or text[at + found] not in _GIVEN_TOO):
            break
        here = behind.match(text, at + size) and not is_adverb(text, at, size)
        if here and is_person(name, proof):
            found = size
    return found


@lru_cache(maxsize=4096)
def is_person(name: str, proof: str = "both") -> bool:
    """True when ``name``, standing where a person is called for, is no role and no body."""
    if name[0] in "老小阿" and len(name) == 2 and name[1] in surnames(sure=True):
        return not is_common_word(name) and name not in _ordinary()
    if name in _ordinary() or proof == "works" and name in _works() or name[-1] in "的了等":
        return False
    if not _begins_so(name):
        long = len(name) > 2 and all(char in _words("syllables") for char in name)
        foreign = proof == "both" and _is_foreign_name(name) or long
        return foreign and not name.endswith(_words("roles"))
    tokens = cut_tokens(name)
    joint = proof not in ("both", "works") and tokens[0] in _JOINTS
    if joint or _is_role(name, tokens):
        return False
    if tokens == [name]:
        return _word_is_name(name, proof)
    if len(tokens[0]) > 1:  # 马上|行, 高度|重
        odd = proof in ("both", "set", "office") or proof == "works" and not is_everyday(name[1:])
        return len(tokens[0]) == 2 and odd and tokens[0] not in _ordinary()
    if proof == "title":
        return sort_one(tokens[0]) == "S" or not is_everyday("".join(tokens[1:]))
    return True


def _is_role(name: str, tokens: list[str]) -> bool:
    """安全|员, 高|校师生, 水务局; not 周|为民: what follows the surname is no role by itself."""
    if len(tokens[0]) == 1:
        rest = name[1:]
        return rest in _words("roles") or rest in read_words("oddities.tsv", "who")
    return name.endswith(_words("roles")) and sort_word(tokens[0]) != "V"


def _begins_so(name: str) -> bool:
    if name[:2] in surnames() and 3 <= len(name) <= 4:
        return True
    return len(name) <= 3 and name[0] in _surnames()


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    return surnames() | frozenset(_words("surnames"))


def _word_is_name(word: str, proof: str) -> bool:
    """高原, 夏天, 万里 where a person is called for; not 安排, 高度."""
    if len(word) == 3 and word[0] in surnames(sure=True):
        return True
    if proof in ("both", "works"):
        return sort_word(word) in "NRW" or count_documents(word) < _SELDOM
    return count_documents(word) < (_RARELY if proof in ("title", "office") else _SELDOM)


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    return read_words("person_stop.tsv") - _works()


@lru_cache(maxsize=1)
def _works() -> frozenset[str]:
    return read_words("person_stop.tsv", "works")


def _is_foreign_name(name: str) -> bool:
    """扎西, 阿依古丽: characters of which none joins another to a word."""
    tokens = cut_tokens(name)
    if all(char in _words("syllables") for char in name) and tokens != [name]:
        return True
    strays = sum(len(t) == 1 and sort_one(t) == "S" for t in tokens)
    return strays >= 2 and strays == len(tokens)


def _dotted(text: str) -> Iterator[Candidate]:
    """A name with ·: on both sides characters that belong to no word (阿依古丽·买买提)."""
    for match in _DOTTED.finditer(text):
        parts = _DOT.split(match.group())
        left, right = _strays(parts[0][::-1]), _strays(parts[-1])
        if left and right and text[match.end() : match.end() + 1] not in ("”", "》"):
            start = match.start() + len(parts[0]) - left
            end = match.end() - len(parts[-1]) + right
            yield Candidate("person", start, end, text[start:end], "unknown", 6)


def _strays(run: str) -> int:
    """How many characters at the start of ``run`` join no others to a word."""
    count = 0
    for at, char in enumerate(run):
        pair = run[at : at + 2]
        if sort_one(char) == "J" or is_everyday(pair) or is_everyday(pair[::-1]):
            break
        count += 1
    return count
