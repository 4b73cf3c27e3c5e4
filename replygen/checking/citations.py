"""The statutes that a draft cites, judged one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from replygen.checking.checked_draft import CheckedDraft, make_finding
from replygen.checking.documents import find_documents, tell_document, to_citation
from replygen.language.pairs import make_pairs
from replygen.laws import CitationMention
from replygen.laws.claims import Claim, read_claim
from replygen.laws.documents import knows_title
from replygen.laws.editions import editions_of
from replygen.laws.faults import Fault, find_fault
from replygen.laws.orders import judge_cited
from replygen.laws.quotations import find_altered
from replygen.laws.register import Register
from replygen.laws.shares import Articles
from replygen.laws.support import find_unsupported
from replygen.laws.titles import is_law, is_law_like, normalise_title
from replygen.laws.verdicts import Judgement
from replygen.models import Citation, Finding, Severity, Verdict

# 制定《云川市…管理办法》, 研究起草《…条例》: a text that is still to be made
_MAKING = re.compile(
    r"(?:制定|起草|研究|出台|草拟|编制|修订|修改|推动|推进|列入|争取|配合|拟订|拟定|提请|代拟)[^，。；、《》]{0,12}$"
)
# 第三条、第五条: two citations of one claim
_TOGETHER = re.compile(r"[、，,和及与或至到以并者\s]*")
_QUOTED = re.compile(r"[“「]([^“”「」]+)[”」]")
_LATELY = "2015"  # a text of before that year is hardly still cited by its numbers
_MANY_PAIRS = 14  # a sentence that says less is not compared
_LEGAL = frozenset(("规定", "依据", "根据", "按照", "依法", "应当", "处理", "要求", "有关"))
_SEVERITY: dict[Verdict, Severity] = {
    "no_such_article": "block",
    "repealed": "block",
    "not_in_force": "block",
    "outdated_edition": "warn",
    "misquoted": "warn",
    "unclear": "warn",
}
_WHAT: dict[Verdict, str] = {
    "no_such_article": "没有这一条",
    "repealed": "引用了已废止的规定",
    "not_in_force": "引用了尚未生效的规定",
    "outdated_edition": "引用的是旧文本",
    "misquoted": "条文没有这样规定",
    "not_in_register": "法规目录里查不到",
    "unclear": "不能确认",
}

# 《民法通则》已经废止, 《合同法》不再适用
_REPEAL = re.compile(r"废止|失效|不再(?:适用|执行)|停止(?:适用|执行)|取代|替代")


def check_citations(
    case: CheckedDraft, register: Register
) -> tuple[tuple[Citation, ...], tuple[Finding, ...]]:
    """Return every statute and national document cited with its verdict, and findings
    ``citation.<verdict>`` for those that are not valid, ``citation.moved`` where the content
    stands in another article now, ``citation.abbreviated`` for a short form,
    ``citation.mismatch`` (note) where article and sentence share no word, and
    ``citation.unverified`` (note) for a document that the register does not prove."""
    citations: list[Citation] = []
    findings: list[Finding] = []
    reported: set[object] = set()  # places and names that have their finding
    for number, mentions in enumerate(case.citations):
        judged = [m for m in mentions if _is_judged(m, register)]
        for mention in judged:
            judgement = register.examine(mention, on=case.letter_date)
            if _is_own_title(mention, judgement, case):
                continue
            found = _judge_sentence(case, number, mention, judgement, register)
            citations.append(_to_citation(number, mention, found.judgement))
            place = (number, mention.start, mention.end, found.judgement.verdict)
            if place not in reported:  # 第136条至160条: one finding for all that are not there
                findings += _report_citation(case, number, mention, found)
            reported.add(place)
        for document in find_documents(case, number, judged, register):
            judgement = judge_cited(document, register.entries, on=case.letter_date)
            citations.append(to_citation(number, document, judgement))
            if document.name not in reported:
                findings += tell_document(number, document, judgement)
            reported.add(document.name)
    return tuple(citations), tuple(findings)


class _Found(NamedTuple):
    """The verdict on a citation in its sentence; ``moved`` is (message, suggestion)."""

    judgement: Judgement
    moved: tuple[str, str] | None = None
    fault: Fault | None = None


def _judge_sentence(
    case: CheckedDraft,
    number: int,
    mention: CitationMention,
    judgement: Judgement,
    register: Register,
) -> _Found:
    """The verdict with what the sentence says of the article: the content of an earlier text,
    misquoted or as it was."""
    around = _split_sentence(case, number, mention)
    claim = read_claim(*around) if around else None
    moved = _find_moved(case, number, mention, claim, register)
    if moved is not None and judgement.verdict == "valid":
        return _Found(judgement._replace(verdict="outdated_edition", note=moved[0]), moved)
    if judgement.verdict == "valid" and judgement.text:
        law: Articles = {}
        if claim is not None and mention.article is not None:
            law = register.texts(mention.name, mention.article, on=case.letter_date)
        fault = _find_fault(mention, around, claim, judgement.text, law)
        if fault is not None:
            finding = _tell_fault(judgement, mention, fault, on=case.letter_date)
            return _Found(finding, None, fault)
        words = find_unsupported(claim, judgement.text, law) if claim else None
        if words is not None and mention.article is not None:
            note = _tell_unclear(mention, claim, words)
            return _Found(judgement._replace(verdict="unclear", note=note))
    return _Found(judgement)


def _tell_unclear(mention: CitationMention, claim: Claim | None, words: str) -> str:
    """What of the sentence the article does not show, or that it shows none of it."""
    what = "" if claim is None or words == claim.text else f"“{words}”"
    return f"{mention.article}里看不出有{what}这个意思，请对照原文"


def _is_judged(mention: CitationMention, register: Register) -> bool:
    """Plans, notices and 意见 are no statutes, nor is what only the documents' register has."""
    if mention.article is None and knows_title(mention.name) and not register.knows(mention.name):
        return False
    return mention.article is not None or is_law_like(mention.name) or register.knows(mention.name)


def _is_own_title(mention: CitationMention, judgement: Judgement, case: CheckedDraft) -> bool:
    """True for the proposal's own title (《关于修改…办法的提案》 is no statute)."""
    title = case.proposal.title if case.proposal else None
    return judgement.verdict == "not_in_register" and bool(title) and mention.name == title


def _to_citation(number: int, mention: CitationMention, judgement: Judgement) -> Citation:
    note = judgement.note
    if judgement.text and judgement.verdict == "valid":
        note = f"{mention.article}：{' '.join(judgement.text.split())}"
    return Citation(
        text=mention.text,
        name=judgement.title or normalise_title(mention.name),
        article=mention.article,
        verdict=judgement.verdict,
        paragraph=number,
        start=mention.start,
        end=mention.end,
        note=note,
        successor=judgement.successor,
    )


def _report_citation(
    case: CheckedDraft, number: int, mention: CitationMention, found: _Found
) -> Iterator[Finding]:
    judgement, moved, fault = found
    place = (number, mention.start, mention.end, mention.text)
    if moved is not None:
        yield make_finding("citation.moved", "block", place, *moved)
        return
    verdict = judgement.verdict
    if verdict == "valid":
        if judgement.suggestion:
            yield make_finding(
                "citation.abbreviated",
                "note",
                place,
                f"“{mention.name}”是简称",
                judgement.suggestion,
            )
        listed = "条" not in mention.text and len(mention.text) <= 4  # （三） of a list
        if judgement.text and not listed:
            yield from _compare(case, number, mention, judgement.text)
        return
    severity = _SEVERITY.get(verdict)
    message = f"{_WHAT[verdict]}：{judgement.note or mention.text}"
    if fault is not None and fault.kind in ("number", "modal"):
        severity = "block"
    if verdict == "not_in_force" and _is_made(case, number, mention):
        severity = "note"
    if verdict == "repealed" and _tells_repeal(case, number, mention):
        severity = "note"
    if severity is None:
        severity = _weigh_unknown(case, number, mention)
        if severity == "note":
            message = f"《{mention.name}》在法规目录里没有，像是提案提到或待制定的文件"
    yield make_finding(f"citation.{verdict}", severity, place, message, judgement.suggestion)


def _tells_repeal(case: CheckedDraft, number: int, mention: CitationMention) -> bool:
    """True where the clause itself says that the text no longer stands (《合同法》同时废止)."""
    part = case.part_at(number, mention.start)
    clause = re.split("[，；。]", case.paragraphs[number][mention.end : part.end], maxsplit=1)[0]
    return mention.article is None and bool(_REPEAL.search(clause))


def _find_fault(
    mention: CitationMention,
    around: tuple[str, str] | None,
    claim: Claim | None,
    text: str,
    law: Articles,
) -> Fault | None:
    """In what the sentence and the article, one of ``law``, differ. Of articles cited together
    (第三条、第五条规定) none is compared: which of them says it is open."""
    if around is None or mention.article is None:
        return None
    if claim is not None:
        fault = find_fault(claim, text, law, (mention.clause, mention.item))
        if fault is not None:
            return fault
    return _find_altered_words(around[1], text)


def _find_altered_words(behind: str, text: str) -> Fault | None:
    """Words quoted behind a citation that are not the article's."""
    for quote in _QUOTED.findall(behind):
        altered = find_altered(quote, text)
        if altered is not None:
            return Fault("words", *altered)
    return None


def _split_sentence(
    case: CheckedDraft, number: int, mention: CitationMention
) -> tuple[str, str] | None:
    """The words of the sentence before and behind a citation, up to the next ones; ``None``
    for one of several cited together."""
    text, part = case.paragraphs[number], case.part_at(number, mention.start)
    start, end = part.start, part.end
    for other in case.citations[number]:
        if other is mention or other.end <= part.start or other.start >= part.end:
            continue
        behind = other.start >= mention.end
        between = text[mention.end : other.start] if behind else text[other.end : mention.start]
        if other.start < mention.end and mention.start < other.end or _TOGETHER.fullmatch(between):
            return None
        if behind:
            end = min(end, other.start)
        else:
            start = max(start, other.end)
    return text[start : mention.start], text[mention.end : end]


def _tell_fault(
    judgement: Judgement, mention: CitationMention, fault: Fault, *, on: date
) -> Judgement:
    """The verdict misquoted, with what the article says and which one says what is claimed; of
    a law that was revised, that an earlier text may be meant."""
    text = " ".join((judgement.text or "").split())
    advice = f"{mention.article}：{text[:80]}"
    if fault.kind == "matter":
        note = f"{mention.article}没有这样规定，请核对条号和内容{_tell_revised(mention, on)}"
        advice = f"像是{fault.meant}的内容；{advice}" if fault.meant else advice
    elif fault.kind == "number":
        note = f"写的是“{fault.said}”，{mention.article}是“{(fault.reads or '')[:60]}”"
    else:
        note = f"写的是“{fault.said[:60]}”，{mention.article}是“{(fault.reads or '')[:60]}”"
    return judgement._replace(verdict="misquoted", note=note, suggestion=advice)


def _tell_revised(mention: CitationMention, on: date) -> str:
    begun = [e for e in editions_of(mention.name) if e.effective <= on.isoformat()]
    if len(begun) < 2 or begun[-1].effective[:4] < _LATELY:
        return ""
    return f"（这部法律{begun[-1].effective[:4]}年起施行{begun[-1].kind}后的文本，也可能是旧条号）"


def _compare(
    case: CheckedDraft, number: int, mention: CitationMention, text: str
) -> Iterator[Finding]:
    """``citation.mismatch``, a note: sentence and article have no word in common."""
    if _says_other(case, number, mention, text):
        place = (number, mention.start, mention.end, mention.text)
        message = f"{mention.article}的内容与这句话没有相同的词，请核对条号"
        advice = f"{mention.article}：{text[:80]}"
        yield make_finding("citation.mismatch", "note", place, message, advice)


def _weigh_unknown(case: CheckedDraft, number: int, mention: CitationMention) -> Severity:
    if _is_made(case, number, mention) or _is_asked_for(case, mention):
        return "note"
    return "block" if is_law(mention.name) or mention.article else "warn"


def _is_made(case: CheckedDraft, number: int, mention: CitationMention) -> bool:
    """True for a text that is still being made: 起草《…办法》."""
    part = case.part_at(number, mention.start)
    before = case.paragraphs[number][: mention.start]
    return mention.article is None and not part.done and bool(_MAKING.search(before))


def _says_other(case: CheckedDraft, number: int, mention: CitationMention, text: str) -> bool:
    """True when a sentence of some length shares not one pair of characters with the article
    that it cites; only that is sure enough to be told."""
    sentence = case.part_at(number, mention.start).text
    said = sentence.replace(mention.text, "")
    pairs = make_pairs(said) - _LEGAL
    return len(pairs) >= _MANY_PAIRS and not any(p in text for p in pairs)


def _is_asked_for(case: CheckedDraft, mention: CitationMention) -> bool:
    """True for a text that the proposal itself names, cited without an article."""
    return mention.article is None and mention.name in case.proposal_text


def _find_moved(
    case: CheckedDraft,
    number: int,
    mention: CitationMention,
    claim: Claim | None,
    register: Register,
) -> tuple[str, str] | None:
    """(message, suggestion) when the cited content now stands in another article."""
    sentence = case.part_at(number, mention.start).text
    move = register.find_move(mention, sentence, claim, on=case.letter_date)
    return (move.note, f"改为{move.article}") if move is not None else None
