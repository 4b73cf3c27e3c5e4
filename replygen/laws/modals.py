"""Modal words and denials that an article has otherwise: 可以 for 应当, 收费 for 不收费."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from replygen.laws.clauses import split_clauses
from replygen.laws.norms import Norm, read_norms
from replygen.laws.pairs import make_pairs, measure_overlap

_ALIGNED = 0.60  # of the pairs of a clause: the article's clause says the same thing
_MEANT = 0.55  # of a sentence's pairs: the sentence of the article that it tells
_AHEAD = 0.20  # by which that sentence is ahead of the others
_CLEARER = 0.3  # by which a clause elsewhere in the article is more like what is told
_EXCEPTED = 0.4  # of a claim's pairs: the exception that it tells
_TELLING = 7  # pairs; a shorter clause (不予处罚) may stand in any sentence
_RULED = 2  # pairs of a rule with an exception, at least
_LONG = 4  # pairs of an article's clause that a claim may hold among words of its own
_SENTENCE = re.compile(r"[。；;！？\n]")
# 不承担, 未取得, 无需说明: a word that is denied by no modal word
_DENIED = re.compile(r"(?:不|未|无需|无须)([\u4e00-\u9fff]{2})")
_REFUSED = re.compile(r"不予?([\u4e00-\u9fff]{2})")
# 予以|开除, 依法给予|处分: what stands before the deed itself
_LIGHT = re.compile(r"^(?:予以|给予|进行|依法|直接|自行|随意|擅自|将其|对其|先行|一律)+")
# 收取工本费, 收取一定费用: 收费
_FEE, _CHARGED = "收费", re.compile("收取[^，。；]{0,6}?费用?")
_DEED = re.compile("[\u4e00-\u9fff]{2,4}")  # 开除: a deed without an object of its own
_DENIAL = re.compile(r"[不未无]")
_SHOWN: Mapping[str | None, str] = {
    "not": "不得",
    "may": "可以",
    "must": "应当",
    "urge": "鼓励",
    None: "",
}


def find_wrong_modal(claim: str, article: str) -> tuple[str, str] | None:
    """Return the clause of ``claim`` that ``article`` orders, allows, forbids or denies
    otherwise, and how the article reads; ``None`` where they agree. Each sentence is compared
    with the one of the article that it tells, where there is one such."""
    for said, there in _align(claim, article):
        found = (
            _find_reached(said, article)
            or _find_modal(said, there, article)
            or _find_negation(said, there)
            or _find_forbidden(said, article)
        )
        if found is not None:
            return found
    return None


def _align(claim: str, article: str) -> Iterator[tuple[str, str]]:
    """The sentences of a claim, each with the one of the article that it tells, else with the
    whole article."""
    sentences = list(_split_article(article))
    for said in filter(str.strip, _SENTENCE.split(claim)):
        ranked = sorted(((_measure_told(said, s), s) for s in sentences), reverse=True)
        ahead = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 0.0
        alone = ranked and ranked[0][0] >= _MEANT and ahead >= _AHEAD
        yield said, ranked[0][1] if alone else article


def _measure_told(said: str, sentence: str) -> float:
    """How much of one the other has: a claim may add words of its own, or leave some out."""
    return (measure_overlap(said, sentence) + measure_overlap(sentence, said)) / 2


def _split_article(article: str) -> Iterator[str]:
    """Its sentences; a 款 with 项 stays whole, for the words before them reach over all."""
    for clause in split_clauses(article):
        parts = [clause] if "\n" in clause else _SENTENCE.split(clause)
        yield from (part for part in parts if part.strip())


def _find_modal(claim: str, sentence: str, article: str) -> tuple[str, str] | None:
    told, norms = read_norms(sentence), read_norms(article)
    for said in read_norms(claim):
        words = said.words if len(make_pairs(said.words)) > 1 else said.text
        if not said.own or len(make_pairs(words)) < 2 or said.excepts:
            continue
        short = words != said.words
        if short and any(n.modal == said.modal and _deed(n) == _deed(said) for n in norms):
            continue  # 不得|开除, word for word
        here, there = (
            max((measure_overlap(said.text, n.text) for n in some), default=0.0)
            for some in (told, norms)
        )
        long = len(make_pairs(said.text)) >= _TELLING
        meant = norms if long and there > here + _CLEARER else told  # of another sentence
        ranked = sorted(((_measure_alike(words, n), n) for n in meant), key=lambda x: -x[0])
        if not ranked or ranked[0][0] < _ALIGNED:
            continue
        level = ranked[0][0] - 0.15
        close = [n for share, n in ranked if share >= level]
        if any(n.modal == said.modal for n in close):
            continue
        spared = said.modal == "may" and any(_left_out(claim, sentence))
        if spared or said.modal == "not" and is_excepted(claim, sentence):
            continue  # 个人销售自产农副产品不需要登记: but for these, …应当登记
        strict = {said.modal, close[0].modal} == {"must", "not"}
        if strict and words[:2] not in close[0].text:
            continue  # 不得聘用有…记录的, 应当查询…记录: two deeds with one object
        if _contradicts(said, close[0]):
            return _show(said), _show(close[0])
    return None


def is_excepted(claim: str, sentence: str) -> bool:
    """Return whether the article leaves out of its rule what the claim is about (…的除外)."""
    parts = re.split(r"但是?，?|[。；;\n]", sentence)
    return any(
        measure_overlap(claim, part) >= _EXCEPTED for part in parts if part.rstrip().endswith("外")
    )


# 除|国家法定节假日|外; 法律另有规定的 is named by no claim
_EXCEPTION = re.compile(
    r"除(?!法律|另有|有)(?P<what>[^，。；]{3,40}?)(?:的)?(?:之外|以外|除外|外)$"
)
_BUT_FOR = re.compile(r"除.*外|以外|之外|除非")


def _left_out(claim: str, article: str) -> Iterator[tuple[Norm, Norm]]:
    """The exceptions of an article that a claim is about, each with its rule."""
    norms = read_norms(article)
    for exception, rule in zip(norms, norms[1:], strict=False):
        match = _EXCEPTION.search(exception.text)
        ruled = rule.own and len(make_pairs(rule.words)) >= _RULED
        if match and ruled and match["what"] in claim and not _BUT_FOR.search(claim):
            yield exception, rule


def _find_reached(claim: str, article: str) -> tuple[str, str] | None:
    """在国家法定节假日同样不得提供 where the article says 除国家法定节假日外，不得提供."""
    for exception, rule in _left_out(claim, article):
        for said in read_norms(claim):
            told = said.own and said.modal == rule.modal
            if told and measure_overlap(rule.words, said.words) >= _MEANT:
                return claim.strip("，"), f"{exception.text}，{_show(rule)}"
    return None


def _measure_alike(words: str, norm: Norm) -> float:
    """The share of the claim's words that a clause of the article has, or of the clause's that
    stand among the claim's (可以|根据自身情况|看望或者问候老年人)."""
    held = norm.own and len(make_pairs(norm.words)) >= _LONG
    return max(measure_overlap(words, norm.text), measure_overlap(norm.words, words) if held else 0)


def _contradicts(said: Norm, reads: Norm) -> bool:
    if reads.modal is None:
        return said.modal == "not"
    if {said.modal, reads.modal} == {"may", "urge"}:  # 鼓励: what one may, though none must
        return False
    return said.modal != reads.modal


def _show(norm: Norm) -> str:
    return f"{_SHOWN[norm.modal]}{norm.words}" if norm.own else norm.words


def _find_negation(claim: str, article: str) -> tuple[str, str] | None:
    """当事人承担 where the article says 当事人不承担, and the other way round."""
    norms = read_norms(article)
    for said in read_norms(claim):
        if said.modal == "not" or len(make_pairs(said.text)) < 3 or not norms:
            continue
        if (denied := _find_allowed(said, norms) or _find_refused(said, norms)) is not None:
            return _show(said), denied.text
        share, reads = max(
            ((measure_overlap(said.text, n.text), n) for n in norms), key=lambda x: x[0]
        )
        if share < _ALIGNED or reads.modal == "not":
            continue
        denied_here, there = _denied(said), _denied(reads)
        turned = any(w in reads.text for w in denied_here - there)
        plain = not _DENIAL.search(reads.text)  # 不与劳动者|订立 denies 订立 as well
        if any(w in said.text for w in there - denied_here) or (turned and plain):
            return said.text, reads.text
    return None


def _find_allowed(said: Norm, norms: Sequence[Norm]) -> Norm | None:
    """可以|收取适当费用 where the article says 不|收取任何费用 and nowhere that one does."""
    deed = said.words[:2]
    if not said.own or said.modal == "not":
        return None
    if any(deed in n.text and f"不{deed}" not in n.text for n in norms):
        return None
    for norm in norms:
        alike = len(make_pairs(said.words) & make_pairs(norm.text)) > 1
        if alike and not norm.own and f"不{deed}" in norm.text:
            return norm
    return None


def _find_refused(said: Norm, norms: Sequence[Norm]) -> Norm | None:
    """可以不予|受理 where the article says 应当|受理 and nowhere 不予受理."""
    match = _REFUSED.match(said.words) if said.own else None
    if match is None or any(n.modal == "not" and match[1] in n.words for n in norms):
        return None
    return next((n for n in norms if n.modal == "must" and n.words.startswith(match[1])), None)


def _find_forbidden(claim: str, article: str) -> tuple[str, str] | None:
    """可以予以|开除 where the article says 不得|开除 and nowhere that one may."""
    norms = [n for n in read_norms(article) if n.own]
    for said in read_norms(claim):
        if not said.own or said.modal == "not" or said.excepts or is_excepted(claim, article):
            continue
        deed = _deed(said)
        for norm in norms:
            bare = _deed(norm)
            same = deed.startswith(bare) or bare == _FEE and deed.endswith(bare)
            if norm.modal != "not" or not _DEED.fullmatch(bare) or not same:
                continue
            if not any(bare in n.text for n in norms if n.modal != "not"):
                return _show(said), _show(norm)
    return None


def _deed(norm: Norm) -> str:
    return _CHARGED.sub(_FEE, _LIGHT.sub("", norm.words))


def _denied(norm: Norm) -> set[str]:
    return set(_DENIED.findall(norm.text))
