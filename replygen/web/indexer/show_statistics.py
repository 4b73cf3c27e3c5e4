"""Show what the corpus holds: plots, with the same numbers as tables for who cannot see
them, and what the corpus cites that is no longer in force."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape

from replygen.service.stale import Audit, StaleCitation
from replygen.statistics import Kind, Survey, draw_bars
from replygen.web.show import join_facts, show_empty
from replygen.web.show_check import show_badge

_MOST_BARS = 15
_MOST_STALE = 200
_VERDICTS = {
    "repealed": "已废止",
    "no_such_article": "没有这一条",
    "not_in_force": "尚未施行",
    "outdated_edition": "条号已变",
}


def show_statistics(survey: Survey) -> str:
    """Return the survey as plots, each with its table, and the kinds of measures."""
    if not survey.documents:
        return show_empty("语料库里还没有材料，没有可统计的：先在“加入材料”里加入。")
    part = f"（措施看最近的 {survey.looked_at} 份）" if survey.looked_at < survey.documents else ""
    kinds = [(kind.name, kind.places) for kind in survey.kinds]
    return (
        f"<p class='rg-summary' role='status'>共 {survey.documents} 份材料（法规不算），本单位 "
        f"{survey.own} 份；读出 {survey.measures} 条措施{part}。</p><div class='rg-plots'>"
        f"{_plot('各年的材料（份）', survey.years)}{_plot('各领域的材料（份）', survey.fields)}"
        f"{_plot('各地的材料（份）', survey.places)}"
        f"{_plot('最常采取的做法（有几个地方用过）', kinds[:_MOST_BARS])}</div>"
        f"{_show_kinds(survey.kinds)}"
    )


def show_stale(audit: Audit) -> str:
    """Return what the corpus and the forms cite that must not be taken over."""
    looked = f"查了 {audit.documents} 份材料和 {audit.forms} 个格式文件"
    if not audit.stale:
        return f"<p class='rg-summary rg-good' role='status'>{looked}，没有引用过时法规的。</p>"
    rows = "".join(_stale(found) for found in audit.stale[:_MOST_STALE])
    heads = "".join(f"<th scope='col'>{h}</th>" for h in ("材料", "归属", "引用", "情况", "说明"))
    return (
        f"<p class='rg-summary' role='status'>{looked}，有 {len(audit.stale)} 处引用已经过时："
        "起草时不会照用。</p><div class='rg-scroll rg-tall'><table class='rg-table rg-cited'>"
        f"<tr>{heads}</tr>{rows}</table></div>"
    )


def _plot(title: str, rows: Sequence[tuple[str, int]]) -> str:
    shown = _cut(rows)
    table = "".join(
        f"<tr><th scope='row'>{escape(name)}</th><td>{value}</td></tr>" for name, value in rows
    )
    numbers = f"<table class='rg-table rg-head'><caption>{title}</caption>{table}</table>"
    drawn = draw_bars(shown, title=title)
    if drawn is None:
        return f"<figure>{_draw_plainly(title, shown)}</figure>"
    told = escape(f"{title}：" + "，".join(f"{n} {v}" for n, v in shown), quote=True)
    image = f"data:image/svg+xml;base64,{b64encode(drawn).decode()}"
    return (
        f"<figure><img src='{image}' alt='{told}'><details><summary>看数字</summary>{numbers}"
        "</details></figure>"
    )


def _cut(rows: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """The first rows; the rest as one. Years are in order: of them the latest."""
    if len(rows) <= _MOST_BARS:
        return list(rows)
    if all(name.isdecimal() for name, _ in rows):
        return list(rows[-_MOST_BARS:])
    rest = rows[_MOST_BARS - 1 :]
    return [*rows[: _MOST_BARS - 1], (f"其余 {len(rest)} 项", sum(v for _, v in rest))]


def _draw_plainly(title: str, rows: Sequence[tuple[str, int]]) -> str:
    """Bars of HTML, for a machine without a Chinese font."""
    most = max((value for _, value in rows), default=1) or 1
    bars = "".join(
        f"<tr><th scope='row'>{escape(name)}</th><td><span class='rg-bar' "
        f"style='width:{value / most * 100:.0f}%'></span> {value}</td></tr>"
        for name, value in rows
    )
    return f"<table class='rg-table rg-bars'><caption>{title}</caption>{bars}</table>"


def _show_kinds(kinds: Sequence[Kind]) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{escape(kind.name)}</th><td>{kind.places}</td>"
        f"<td>{kind.documents}</td><td>{_examples(kind)}</td></tr>"
        for kind in kinds
    )
    if not rows:
        return ""
    heads = "".join(
        f"<th scope='col'>{h}</th>" for h in ("做法", "地方数", "材料数", "例子（点开看原文）")
    )
    return (
        "<table class='rg-table rg-kinds'><caption>各地最常采取的做法</caption>"
        f"<tr>{heads}</tr>{rows}</table>"
    )


def _examples(kind: Kind) -> str:
    return "<br>".join(f"{escape(place)}：{_link(id, lead)}" for id, place, lead in kind.examples)


def _link(id: str, text: str) -> str:
    name = escape(id, quote=True)
    return f"<button type='button' class='rg-open' data-look='{name}'>{escape(text)}</button>"


def _stale(found: StaleCitation) -> str:
    link = _link(found.document, found.title) if found.document else escape(found.title)
    owner = "本单位" if found.own else "外单位"
    times = f"（{found.times} 次）" if found.times > 1 else ""
    successor = f"改用{found.successor}" if found.successor else None
    return (
        f"<tr><td>{link}</td><td>{owner if found.document else '格式'}</td>"
        f"<td>{escape(found.text)}{times}</td>"
        f"<td>{show_badge(_VERDICTS.get(found.verdict, '过时'), 'bad')}</td>"
        f"<td>{join_facts(found.note, successor)}</td></tr>"
    )
