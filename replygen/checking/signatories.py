"""Who signed the proposal gets the answer: the line that addresses them, and one copy each
where local practice says so (STANDARDS §2.6: 浙江22、上海20、河南21、福建21；青岛28 领衔)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from replygen.checking.checked_draft import CheckedDraft, make_finding
from replygen.checking.edits import Edit
from replygen.drafting.address import is_organisation
from replygen.drafting.schemes import load_scheme
from replygen.errors import TemplateError
from replygen.language.slots import find_slots
from replygen.models import Channel, Finding

_RULE = "form.signatories"
_HEAD = 16  # paragraphs in which the line stands
# 林静、周海明委员：, 民盟云川市委会、林静委员：, 尊敬的林静代表：
_ADDRESSEE = re.compile(
    r"[\s\u3000]*(?:尊敬的)?(?P<who>[^：:。；]{2,120}?)[\s\u3000]*[：:][\s\u3000]*"
)
_MEMBER = re.compile(r"(?P<word>(?:政协|人大)?(?:委员|代表))$")
_ONE_OF_MANY = re.compile(r"等.{0,6}$|等[\d一二三四五六七八九十]+[名位]")
# 你们提出的, 感谢你们对: said to one person
_YOU = re.compile(r"你们|贵委和您|各位(?:委员|代表)")


def check_signatories(case: CheckedDraft) -> Iterator[Finding]:
    """Yield ``form.signatories``: warn for a proposer who is neither addressed nor among
    抄送 where each gets a copy, note where the copies are still to be made."""
    proposal = case.proposal
    if proposal is None or proposal.host_role == "会办" or len(proposal.proposers) < 2:
        return
    each = says_each(case.profile.scheme, proposal.channel)
    found = find_addressees(case.paragraphs)
    if found is None:
        return
    number, names, _ = found
    place = (number, 0, len(case.paragraphs[number]), case.paragraphs[number])
    cc = "".join(t for t in case.paragraphs[-8:] if t.strip().startswith(("抄送", "抄报")))
    line = case.paragraphs[number]
    missing = [p for p in proposal.proposers if _core(p) not in line and _core(p) not in cc]
    if missing and (each or not _ONE_OF_MANY.search("".join(names)) and len(names) > 1):
        yield make_finding(
            _RULE,
            "warn",
            place,
            f"提出人{'、'.join(missing)}没有写进称呼，也不在抄送里",
            "补上姓名；逐人答复的，给每人各出一份" if each else "补上姓名",
        )
    elif missing:
        yield make_finding(
            _RULE,
            "note",
            place,
            f"联名件只写了{'、'.join(names)}，没有写{'、'.join(missing)}",
            "由领衔人转复的，先征得领衔人同意",
        )
    elif each and len(names) > 1:
        yield make_finding(
            _RULE,
            "note",
            place,
            f"联名件要逐人答复，共{len(names)}份",
            "出定稿、净稿时自动为每位提出人各出一份",
        )


def says_each(scheme: str, channel: Channel | None) -> bool:
    """Return whether each signatory gets a copy under the unit's scheme."""
    try:
        return load_scheme(scheme, channel=channel).copies == "each"
    except TemplateError:
        return False


def find_addressees(paragraphs: Sequence[str]) -> tuple[int, tuple[str, ...], str] | None:
    """Return (paragraph, names as addressed, 委员 or 代表) of the line that opens the letter;
    ``None`` where there is none."""
    for number, text in enumerate(paragraphs[:_HEAD]):
        match = _ADDRESSEE.fullmatch(text)
        if match is None or find_slots(text) or re.match(r"[\s\u3000]*(?:办理|类|公开)", text):
            continue
        member = _MEMBER.search(match["who"])
        who = match["who"][: member.start()] if member else match["who"]
        names = tuple(n.strip() for n in re.split("[、，,和]|\\s{2,}", who) if n.strip())
        if names and (member or all(map(is_organisation, names))):
            return number, names, member["word"] if member else ""
    return None


def address_each(paragraphs: Sequence[str]) -> tuple[tuple[str, tuple[Edit, ...]], ...]:
    """Return for each of several addressees the edits that make the letter one to them
    alone: the line that addresses, and 您 for 你们. Empty for a letter to one."""
    found = find_addressees(paragraphs)
    if found is None or len(found[1]) < 2 or _ONE_OF_MANY.search("".join(found[1])):
        return ()
    number, names, member = found
    copies = []
    for name in names:
        body = is_organisation(name)
        line = paragraphs[number]
        edits = [Edit(_RULE, number, 0, line, f"{name}{'' if body else member}：", "逐人答复")]
        for other, text in enumerate(paragraphs):
            if body or other == number:
                continue
            edits += [
                Edit(_RULE, other, m.start(), m.group(), "您", "逐人答复")
                for m in _YOU.finditer(text)
                if _says_you(text)
            ]
        copies.append((name, tuple(edits)))
    return tuple(copies)


def _says_you(text: str) -> bool:
    return bool(re.search(r"收悉|感谢|答复|您|你们提", text))


def _core(name: str) -> str:
    return re.sub(r"[\s\u3000]|(?:政协)?(?:委员|代表)$", "", name)
