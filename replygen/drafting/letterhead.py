"""The fixed parts of a letter: from the class mark to the opening, from thanks to 抄送."""

from __future__ import annotations

import re
from datetime import date

from replygen.drafting.address import address_line, address_you
from replygen.drafting.context import own_char
from replygen.drafting.forms import Form
from replygen.drafting.rewrite import find_slots
from replygen.drafting.schemes import Scheme
from replygen.models import Block, BlockStyle, Origin, Proposal, SectionRole, Sentence
from replygen.settings import Profile

# 五届三次, 第十四届第三次
_SESSION = re.compile(r"第?([一二三四五六七八九十\d]+)届.*?([一二三四五六七八九十\d]+)次")
_CLASS_SLOT = "【请选择类别】"
# The field of a proposal that an open place asks for, by the place's kind.
ASKED_FIELDS = {
    "编号": "number",
    "届次": "session",
    "提案人": "proposers",
    "提案题目": "title",
    "公开属性": "openness",
}
_WRONG_BODY = {"cppcc": "人大", "npc": "政协"}


def make_sentence(
    text: str, origin: Origin = "form", sources: tuple[str, ...] = (), *, ask: int | None = None
) -> Sentence:
    """Return a sentence with its slots found; one that is a slot and nothing else has the
    origin ``slot``."""
    slots = find_slots(text)
    if len(slots) == 1 and slots[0].text == text and origin == "form":
        origin = "slot"
    return Sentence(text, origin, sources, slots, ask)


def make_block(style: BlockStyle, *sentences: Sentence, role: SectionRole | None = None) -> Block:
    """Return a block of ``sentences``."""
    return Block(style, sentences, role)


def compose_header(
    proposal: Proposal, *, profile: Profile, form: Form, scheme: Scheme, today: date
) -> tuple[str, tuple[Block, ...]]:
    """Return the title and the blocks from the class mark to the opening paragraph."""
    known = proposal.number or proposal.session
    title = form.say(
        "channel.title" if known else "channel.title_unnumbered",
        meeting=say_meeting(proposal, profile, form),
        place=_place(profile),
        number=proposal.number or "【编号】",
    )
    blocks = []
    if form.class_mark:
        mark = make_sentence(scheme.prefix + _CLASS_SLOT)
        blocks.append(make_block("class_mark", mark))
    if form.doc_number:
        prefix = profile.doc_prefix or "【机关代字】"
        number = make_sentence(f"{prefix}〔{today.year}〕【序号】号", "form", ("profile",))
        blocks.append(make_block("doc_number", number))
    if form.signer and profile.signer:
        signer = make_sentence(f"签发人：{profile.signer}", "form", ("profile",))
        blocks.append(make_block("signer", signer))
    blocks += [
        make_block("title", make_sentence(title, "form", ("proposal",))),
        make_block("blank"),
        make_block(
            "addressee", make_sentence(_say_addressee(proposal, form), "form", ("proposal",))
        ),
        make_block("body", *_say_opening(proposal, profile, form), role="preamble"),
    ]
    return title, tuple(blocks)


def compose_signoff(proposal: Proposal, *, profile: Profile, form: Form) -> tuple[Block, ...]:
    """Return the blocks from the thanks to 抄送."""
    function = profile.function.removesuffix("工作") or "【本单位业务】"
    thanks = form.say(
        "closing.thanks", you=address_you(proposal.proposers, form), function=function
    )
    openness = proposal.openness or profile.openness or "【公开属性】"
    openness = form.say("closing.openness", openness=openness)
    blocks = [
        make_block("closing", make_sentence(thanks), role="closing"),
        make_block("blank"),
        make_block("sign_unit", make_sentence(profile.name or "【本单位】", "form", ("profile",))),
        make_block("sign_date", make_sentence("【成文日期】")),
        make_block("note", make_sentence(openness, "form", ("profile",))),
        make_block("contacts", make_sentence(_say_contacts(profile, form), "form", ("profile",))),
    ]
    if form.cc and (form.channel or profile.cc):
        units = "、".join(cc_units(profile, form))
        blocks.append(make_block("cc", make_sentence(form.say("closing.cc", units=units))))
    return tuple(blocks)


def say_meeting(proposal: Proposal, profile: Profile, form: Form) -> str:
    """Return the meeting as a title names it: 市政协五届三次会议, 市五届人大三次会议."""
    match = _SESSION.search(proposal.session or "")
    if match is None or not form.channel:
        body = "人大" if form.channel == "npc" else "政协"
        return f"{_place(profile)}{body}【届次】会议" if form.channel else "【会议名称】"
    term, time = match[1], match[2]
    key = "channel.meeting_national" if profile.level == "国家" else "channel.meeting"
    return form.say(key, place=_place(profile), term=term, time=time)


def cc_units(profile: Profile, form: Form) -> tuple[str, ...]:
    """Return who gets a copy: the profile's list without the other channel's body, else
    the form's (提案件不抄人大，建议件不抄政协; STANDARDS §2.6)."""
    wrong = _WRONG_BODY.get(form.channel or "")
    units = tuple(u for u in profile.cc if not (wrong and wrong in u))
    return units or tuple(
        unit.format_map({"place": _place(profile)}) for unit in form.lists["channel.cc"]
    )


def _place(profile: Profile) -> str:
    """市 in 市政协; nothing is said where no profile was given."""
    if not profile.name or profile.level == "国家":
        return ""
    return "自治区" if profile.region.endswith("自治区") else own_char(profile)


def _say_addressee(proposal: Proposal, form: Form) -> str:
    if form.outline == "cohost":
        return f"{proposal.host or '【主办单位】'}："
    return address_line(proposal.proposers, form)


def _say_opening(proposal: Proposal, profile: Profile, form: Form) -> list[Sentence]:
    title = (proposal.title or "【提案题目】").replace("《", "〈").replace("》", "〉")
    receipt = form.say(
        "channel.receipt" if proposal.number else "channel.receipt_unnumbered",
        you=address_you(proposal.proposers, form),
        title=title,
        number=proposal.number or "【编号】",
        meeting=say_meeting(proposal, profile, form),
    )
    short = profile.short or "我单位"
    partial = form.host_role in ("分办", "会办")
    sentences = [make_sentence(receipt, "form", ("proposal",))]
    if not partial and proposal.co_hosts:
        units = "、".join(proposal.co_hosts)
        sentences.append(
            make_sentence(form.say("opening.cohosts", units=units), "form", ("proposal",))
        )
    key = "opening.answer_partial" if partial else "opening.answer"
    sentences.append(make_sentence(form.say(key, short=short)))
    return sentences


def _say_contacts(profile: Profile, form: Form) -> str:
    people = profile.contacts or ()
    names = "、".join(c.name for c in people if c.name) or "【姓名】"
    phones = "、".join(c.phone for c in people if c.phone) or "【电话】"
    return form.say("closing.contacts", name=names, phone=phones)
