"""Show a proposal's head and asks as fields that can be edited."""

from __future__ import annotations

from html import escape

from replygen.models import Ask, Proposal, Source
from replygen.parsing.proposal import WARNS_OF
from replygen.web.clerk.sent import bare_head
from replygen.web.show import join_facts
from replygen.workspace import Urgency, Work

_CHANNELS = (("cppcc", "政协提案"), ("npc", "人大建议"))
_ROLES = (("主办", "主办"), ("分办", "分办"), ("会办", "会办"))
_UNREAD = "没有读到，请补上"
_DO = (
    ("up", "上移"),
    ("down", "下移"),
    ("merge", "与上一项合并"),
    ("split", "在光标处拆开"),
    ("remove", "删除"),
)


def show_editor(work: Work, urgency: Urgency) -> str:
    """Return the head and the asks of a proposal as fields; the script collects them."""
    others = [text for text in work.proposal.warnings if text not in WARNS_OF]
    warnings = "".join(f"<li>{escape(text)}</li>" for text in others)
    told = f"<ul class='rg-warnings'>{warnings}</ul>" if warnings else ""
    asks = "".join(_ask(ask) for ask in work.proposal.asks)
    empty, fold = _ask(Ask(0, "", "")), "" if _is_known(work.proposal) else " open"
    return (
        f"<div class='rg-editor'><details class='rg-fold'{fold}>"
        f"<summary>提案信息 {_tell_head(work.proposal)}</summary>"
        "<section class='rg-head-form' aria-label='提案信息'>"
        f"{_head(work, urgency)}{told}</section>"
        f"</details><details class='rg-fold'{'' if work.proposal.asks else ' open'}>"
        f"<summary>各项建议（<b class='rg-ask-count'>{len(work.proposal.asks)}</b> 项）"
        "<small class='rg-head-told'>改写、合并、拆开、增删</small></summary>"
        "<section aria-label='各项建议'><p class='rg-hint'>对照下面的原文核对，不对的直接改，"
        "改了自动保存，答复稿跟着改。</p>"
        f"{_warn(work.proposal, 'asks')}<ol class='rg-asks'>{asks}</ol>"
        f"<template id='rg-ask-template'>{empty}</template>"
        "<div class='rg-ask-end'><button type='button' class='rg-jump' data-do='add'>"
        "＋ 加一项建议</button><span class='rg-ask-said' role='status'></span></div></section>"
        "</details></div>"
    )


def _is_known(asked: Proposal) -> bool:
    """True when the head has what a letter names."""
    return all((asked.title, asked.channel, asked.session, asked.number, asked.proposers))


def _tell_head(asked: Proposal) -> str:
    number = f"第{asked.number}号" if asked.number else None
    facts = join_facts(asked.session, number, "、".join(asked.proposers) or None)
    return f"<small class='rg-head-told'>{facts}</small>"


def show_deadline(urgency: Urgency) -> str:
    """Return how a deadline stands, in words and colour."""
    return f"<span class='rg-due rg-due-{urgency.level}'>{escape(urgency.words)}</span>"


def show_material(material: tuple[Source, ...]) -> str:
    """Return the attached material by name, each with a button that takes it away."""
    if not material:
        return (
            "<p class='rg-hint'>还没有附本单位材料。"
            "附上工作总结、台账等，里面的事实可以写成已做。</p>"
        )
    items = "".join(
        f"<li><span>{escape(source.path)}</span><button type='button' class='rg-jump' "
        f"data-detach='{n}' aria-label='移除{escape(source.path, quote=True)}'>移除</button></li>"
        for n, source in enumerate(material)
    )
    return f"<ul class='rg-material'>{items}</ul>"


def _head(work: Work, urgency: Urgency) -> str:
    asked, unread = work.proposal, " class='rg-unread'"
    fields = [
        f"<label><span>标题</span><textarea data-head='title' rows='2' placeholder='{_UNREAD}'"
        f"{'' if asked.title else unread}>{escape(asked.title or '')}</textarea></label>"
        f"{_warn(asked, 'title')}",
        _choice("channel", "来源", _CHANNELS, asked.channel) + _warn(asked, "channel"),
        _text("session", "届次", _as_typed("session", asked.session, work)),
        _text("number", "编号", _as_typed("number", asked.number, work)),
        _text("proposers", "提案人", "、".join(asked.proposers)),
        _choice("host_role", "本单位是", _ROLES, asked.host_role),
        _text("co_hosts", "会办单位", "、".join(asked.co_hosts), needed=False),
    ]
    day = escape(work.assigned or "", quote=True)
    fields.append(
        "<label><span>交办日期</span>"
        f"<input type='date' data-head='assigned' value='{day}'></label>"
    )
    fields.append(
        "<p class='rg-deadline'><span>答复期限</span>"
        f"<span class='rg-deadline-words'>{show_deadline(urgency)}</span></p>"
    )
    return "".join(fields)


def _as_typed(name: str, value: str | None, work: Work) -> str | None:
    """What the clerk wrote, as long as it says what is stored."""
    typed = work.as_typed.get(name, "")
    return typed if value and bare_head(name, typed) == value else value


def _warn(asked: Proposal, field: str) -> str:
    """What reading has to say of one field, at the field; the script takes it away when the
    field is filled."""
    told = [escape(text) for text in asked.warnings if WARNS_OF.get(text) == field]
    return f"<p class='rg-at-field' data-warns='{field}'>{'；'.join(told)}</p>" if told else ""


def _text(name: str, label: str, value: str | None, *, needed: bool = True) -> str:
    shown = escape(value or "", quote=True)
    missing = " class='rg-unread'" if needed and not value else ""
    hint = _UNREAD if needed else "没有就空着"
    return (
        f"<label><span>{label}</span><input type='text' data-head='{name}' "
        f"value='{shown}' placeholder='{hint}'{missing}></label>"
    )


def _choice(name: str, label: str, choices: tuple[tuple[str, str], ...], value: str | None) -> str:
    missing = "" if value else " class='rg-unread'"
    options = "".join(
        f"<option value='{key}'{' selected' if key == value else ''}>{word}</option>"
        for key, word in (("", _UNREAD), *choices)
    )
    return (
        f"<label><span>{label}</span><select data-head='{name}'{missing}>{options}</select></label>"
    )


def _ask(ask: Ask) -> str:
    buttons = "".join(
        f"<button type='button' class='rg-jump' data-do='{do}'>{word}</button>" for do, word in _DO
    )
    return (
        "<li class='rg-ask-row'><div class='rg-ask-top'>"
        f"<span class='rg-number'>{ask.order or ''}</span>"
        "<input type='text' data-topic aria-label='主题' placeholder='主题（空着会自动取）' "
        f"value='{escape(ask.topic, quote=True)}'>"
        f"<div class='rg-ask-buttons' role='group' aria-label='调整这一项'>{buttons}</div></div>"
        "<textarea data-text aria-label='建议内容' rows='2' placeholder='建议内容'>"
        f"{escape(ask.text)}</textarea></li>"
    )
