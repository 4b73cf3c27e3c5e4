"""The statutes that a draft cites, judged one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from replygen.checking.case import Case, make_finding
from replygen.checking.claims import find_article_meant, read_claim
from replygen.checking.register import Judgement, Register
from replygen.checking.tables import read_words
from replygen.checking.titles import is_law, is_law_like, normalise_title
from replygen.facts import CitationMention
from replygen.models import Citation, Finding, Severity, Verdict

# 制定《云川市…管理办法》, 研究起草《…条例》: a text that is still to be made
_MAKING = re.compile(
    r"(?:制定|起草|研究|出台|草拟|编制|修订|修改|推动|推进|列入|争取|配合|拟订|拟定|提请|代拟)[^，。；、《》]{0,12}$"
)
_MANY_PAIRS = 14  # a sentence that says less is not compared
_LEGAL = frozenset(("规定", "依据", "根据", "按照", "依法", "应当", "处理", "要求", "有关"))
_SEVERITY: dict[Verdict, Severity] = {
    "no_such_article": "block",
    "repealed": "block",
    "not_in_force": "block",
    "unclear": "warn",
}
_WHAT: dict[Verdict, str] = {
    "no_such_article": "没有这一条",
    "repealed": "引用了已废止的规定",
    "not_in_force": "引用了尚未生效的规定",
    "not_in_register": "登记表里查不到",
    "unclear": "不能确认",
}

# 《民法通则》已经废止, 《合同法》不再适用
_REPEAL = re.compile(r"废止|失效|不再(?:适用|执行)|停止(?:适用|执行)|取代|替代")


def check_citations(
    case: Case, register: Register
) -> tuple[tuple[Citation, ...], tuple[Finding, ...]]:
    """Return every statute cited with its verdict, and findings ``citation.<verdict>``
    for those that are not valid, ``citation.moved`` where the content stands in another
    article now, ``citation.abbreviated`` for a short form, ``citation.mismatch`` where the
    article does not say what is claimed (warn) or shares no word with the sentence (note)."""
    citations: list[Citation] = []
    findings: list[Finding] = []
    for number, mentions in enumerate(case.citations):
        for mention in mentions:
            if not _is_judged(mention, register):
                continue
            judgement = register.examine(mention, on=case.letter_date)
            if _is_own_title(mention, judgement, case):
                continue
            moved = _find_moved(case, number, mention, register)
            if moved is not None:
                judgement = judgement._replace(verdict="unclear", note=moved[0])
            citations.append(_to_citation(number, mention, judgement))
            findings += _tell(case, number, mention, judgement, moved)
            listed = "条" not in mention.text and len(mention.text) <= 4  # （三） of a list
            if judgement.verdict == "valid" and judgement.text and not listed:
                findings += _compare(case, number, mention, judgement.text, register)
    return tuple(citations), tuple(findings)


def _is_judged(mention: CitationMention, register: Register) -> bool:
    """Plans, notices and 意见 are no statutes."""
    return mention.article is not None or is_law_like(mention.name) or register.knows(mention.name)


def _is_own_title(mention: CitationMention, judgement: Judgement, case: Case) -> bool:
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
    )


def _tell(
    case: Case,
    number: int,
    mention: CitationMention,
    judgement: Judgement,
    moved: tuple[str, str] | None,
) -> Iterator[Finding]:
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
        return
    severity = _SEVERITY.get(verdict)
    message = f"{_WHAT[verdict]}：{judgement.note or mention.text}"
    if verdict == "not_in_force" and _is_made(case, number, mention):
        severity = "note"
    if verdict == "repealed" and _tells_repeal(case, number, mention):
        severity = "note"
    if severity is None:
        severity = _weigh_unknown(case, number, mention)
        if severity == "note":
            message = f"《{mention.name}》在登记表里没有，像是提案提到或待制定的文件"
    yield make_finding(f"citation.{verdict}", severity, place, message, judgement.suggestion)


def _tells_repeal(case: Case, number: int, mention: CitationMention) -> bool:
    """True where the clause itself says that the text no longer stands (《合同法》同时废止)."""
    part = case.part_at(number, mention.start)
    clause = re.split("[，；。]", case.paragraphs[number][mention.end : part.end], maxsplit=1)[0]
    return mention.article is None and bool(_REPEAL.search(clause))


def _compare(
    case: Case, number: int, mention: CitationMention, text: str, register: Register
) -> Iterator[Finding]:
    """``citation.mismatch``: warn when the article does not say what it is said to say, note
    when sentence and article have no word in common."""
    place = (number, mention.start, mention.end, mention.text)
    part = case.part_at(number, mention.start)
    advice = f"{mention.article}：{text[:80]}"
    claim = None
    if not mention.text.startswith("第"):  # 第三条、第五条规定…: which of them says it is open
        claim = read_claim(case.paragraphs[number][mention.end : part.end], text)
    if claim is not None and claim.wrong:
        meant = find_article_meant(claim, register.texts(mention.name, on=case.letter_date))
        advice = f"像是{meant}的内容；{advice}" if meant else advice
        message = f"{mention.article}没有这样规定，请核对条号和内容"
        yield make_finding("citation.mismatch", "warn", place, message, advice)
    elif _says_other(case, number, mention, text):
        message = f"{mention.article}的内容与这句话没有相同的词，请核对条号"
        yield make_finding("citation.mismatch", "note", place, message, advice)


def _weigh_unknown(case: Case, number: int, mention: CitationMention) -> Severity:
    if _is_made(case, number, mention) or _is_asked_for(case, mention):
        return "note"
    return "block" if is_law(mention.name) or mention.article else "warn"


def _is_made(case: Case, number: int, mention: CitationMention) -> bool:
    """True for a text that is still being made: 起草《…办法》."""
    part = case.part_at(number, mention.start)
    before = case.paragraphs[number][: mention.start]
    return mention.article is None and not part.done and bool(_MAKING.search(before))


def _says_other(case: Case, number: int, mention: CitationMention, text: str) -> bool:
    """True when a sentence of some length shares not one pair of characters with the article
    that it cites; only that is sure enough to be told."""
    sentence = case.part_at(number, mention.start).text
    said = sentence.replace(mention.text, "")
    for word in read_words("cliches.tsv", "empty"):
        said = said.replace(word, "\n")
    pairs = {said[i : i + 2] for i in range(len(said) - 1)}
    pairs = {p for p in pairs if p.isalpha() and p not in _LEGAL}
    return len(pairs) >= _MANY_PAIRS and not any(p in text for p in pairs)


def _is_asked_for(case: Case, mention: CitationMention) -> bool:
    """True for a text that the proposal itself names, cited without an article."""
    return mention.article is None and mention.name in case.proposal_text


def _find_moved(
    case: Case, number: int, mention: CitationMention, register: Register
) -> tuple[str, str] | None:
    """(message, suggestion) when the cited content now stands in another article."""
    move = register.find_move(mention, on=case.letter_date)
    sentence = case.part_at(number, mention.start).text
    if move is None or not any(word in sentence for word in move.words):
        return None
    return move.note, f"改为{move.article}"
