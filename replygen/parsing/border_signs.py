"""What a border between a heading and its text looks like: the signs that the model weighs
(:mod:`replygen.parsing.borders`), of one place and of an item that has no border at all.
"""

from __future__ import annotations

import math
import re
from functools import cache

from replygen.language.tables import Tables
from replygen.language.words import cut_words
from replygen.parsing.endings import count_ending, count_pair, pair_odds
from replygen.parsing.openings import first_verb, verbs
from replygen.parsing.word_ends import dictionary, last_word

_TABLES = Tables(__file__)
_RUN = re.compile(r"[\u4e00-\u9fff]+")
_NEVER = -3.0  # two characters that were not seen side by side
_STATES = re.compile(
    "应当|应该|必须|需要|应|要|须|可以|可|能够|将|会|已|有|是|在|具有|属于|成为|面临|存在"
)
_MODAL = re.compile("应当|应该|必须|需要|应|要|须|可以")
_LEADS = re.compile("建议|希望|恳请|呼吁|提请|请|针对|对于|由|目前|当前|为此|因此")
_STARTS = {"《": "title", "“": "quote"}


def border_signs(text: str, place: int) -> list[str]:
    """Return what the model looks at, at one place."""
    head, rest = text[:place], text[place:]
    last = head.rsplit("，", 1)[-1]
    run = _RUN.match(rest)
    word = cut_words(run.group()[:8], dictionary())[0] if run else rest[:1]
    ends = _RUN.search(head[-8:])
    tail = cut_words(head[-6:], dictionary())[-1] if ends else head[-1:]
    clause = re.split(r"[，。；：\n]", rest, maxsplit=1)[0]
    again = rest[:2] in head
    found = [
        f"right={word}",
        f"left={tail}",
        f"r1={rest[:1]}",
        f"r2={rest[:2]}",
        f"l1={head[-1:]}",
        f"l2={head[-2:]}",
        f"head={min(len(head), 30) // 3}",
        f"clause={min(len(last), 24) // 3}",
        f"behind={min(len(clause), 30) // 4}",
        f"again={again}",
        f"again4={rest[:4] in head}",
        f"commas={head.count('，')}",
        f"rare={_count_shared(head, clause)}",
        f"l1&r1={head[-1:]}{rest[:1]}",
    ]
    odds = _odds().get(word, (0, 0))[0] + _odds().get(tail, (0, 0))[1]
    bond = _bonds().get(head[-1:] + rest[:1], _NEVER)
    found += [f"odds={odds}", f"bond={bond}", f"bond&odds={max(-2, min(2, int(bond)))}&{odds}"]
    found += [f"starts={_odds().get(word, (0, 0))[0]}", f"ends={_odds().get(tail, (0, 0))[1]}"]
    found += _verb_signs(last, rest)
    if any(rest[:n] in head for n in (3, 4, 5)) and rest[:2] in head:
        found.append("again_long")
    if head[-2:] in clause:
        found.append("tail_again")
    return found + _shape_signs(head, rest)


def none_signs(text: str) -> list[str]:
    """Return what the model looks at in an item as a whole: whether it has no heading."""
    sentence = re.split("[。；\n]", text)[0]
    first = re.split("[，：]", sentence)[0]
    acts = len(first_verb(text)) > 1
    return [
        "none",
        f"n1={text[:1]}",
        f"n2={text[:2]}",
        f"nv={acts}",
        f"nfirst={min(len(first), 40) // 4}",
        f"nsent={min(len(sentence), 80) // 8}",
        f"nmodal={bool(_MODAL.search(first))}",
        f"nask={bool(_LEADS.match(text))}",
        f"ncomma={min(sentence.count('，'), 6)}",
        f"nfv={acts}&{min(len(first), 40) // 4}",
        f"nend={text[len(sentence) : len(sentence) + 1].strip() or '-'}",
    ]


def _shape_signs(head: str, rest: str) -> list[str]:
    """Whether the heading is one or two phrases alike, and the text a sentence of its own."""
    clauses = head.split("，")
    sentence = re.split("[。；\n]", rest)[0]
    first = re.split("[，：]", sentence)[0]
    acts, states = len(first_verb(rest)) > 1, bool(_STATES.search(first))
    opened = [len(first_verb(clause)) > 1 for clause in clauses]
    found = [
        f"ncl={len(clauses)}&len={min(len(head), 30) // 3}",
        f"hv={opened[0]}",
        f"rmodal={states}",
        f"rv={acts}&modal={states}&comma={'，' in sentence}",
        f"strong={min(len(sentence), 60) // 10}",
        f"lastlen={len(last_word(clauses[-1]))}",
        f"lastverb={last_word(clauses[-1]) in verbs()}&rv={acts}",
        f"ans={'的' in clauses[-1][-4:]}",
    ]
    if len(clauses) == 2:
        found.append(f"par={min(abs(len(clauses[0]) - len(clauses[1])), 5)}")
        found.append(f"parv={opened[0]}&{opened[1]}")
    if rest[:1].isdecimal():
        found.append("rest_year")
    if rest[:1] in _STARTS:
        found.append(f"rest_{_STARTS[rest[:1]]}")
    run = _RUN.match(rest)
    words = cut_words(run.group()[:10], dictionary()) if run else []
    known = [len(word) > 1 and word in head for word in words[:2]]
    if known:
        found.append(f"w0in={known[0]}")
    if len(known) > 1:
        found.append(f"w01in={known[0]}&{known[1]}")
    return found


def _verb_signs(clause: str, rest: str) -> list[str]:
    """Whether the clause's verb goes with its last word, and a verb follows behind it."""
    verb, word = first_verb(clause), last_word(clause)
    acts = f"acts={bool(first_verb(rest))}&{bool(verb)}"
    ends = f"ending={min(8, int(math.log2(count_ending(word) + 1)))}"
    paired = len(verb) > 1 and count_pair(verb, word) > 0
    acts += f"&{word in verbs() and not paired}"  # …和集中度改变|当前: a verb of the text
    if len(verb) < 2:
        return [acts, ends]
    odds = max(-3, min(4, round(pair_odds(verb, word))))
    pairs = min(4, int(math.log2(count_pair(verb, word) + 1)))
    return [
        acts,
        ends,
        f"pair={odds}",
        f"pairs={pairs}",
        f"pairs&clause={pairs}&{min(len(clause), 24) // 4}",
    ]


def _count_shared(head: str, clause: str) -> int:
    pairs = {clause[i : i + 2] for i in range(len(clause) - 1)}
    both = sum(p in head for p in pairs)
    return min(both, 4)


@cache
def _odds() -> dict[str, tuple[int, int]]:
    """How much oftener than elsewhere a word begins and ends a sentence, as logarithms."""
    words, begins, ends = _TABLES.columns("sentence_ends.tsv.gz")
    return dict(zip(words, zip(map(int, begins), map(int, ends), strict=True), strict=True))


@cache
def _bonds() -> dict[str, float]:
    """How much oftener than by chance two characters stand side by side, as logarithms."""
    pairs, bonds = _TABLES.columns("bonds.tsv.gz")
    return dict(zip(pairs, map(float, bonds), strict=True))
