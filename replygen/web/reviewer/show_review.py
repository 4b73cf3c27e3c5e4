"""Show what a review came to: the counts, asks and paragraphs, draft beside precedent, the log.
Everything from documents and from what people typed is escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from replygen.checking import Comparison, State
from replygen.models import Coverage
from replygen.service.decisions import tell_taken_over, tell_why
from replygen.service.reviews import Review, can_dismiss
from replygen.web.reviewer.nearness import cut_runs, find_near
from replygen.web.reviewer.show_reading import LOOKS
from replygen.web.show import show_empty
from replygen.web.show_check import PLACE, jump_to, show_badge, tell_row
from replygen.word.report_words import MARKS, SEVERITIES, STATES, find_copied
from replygen.workspace import WHAT, AuditCheck, Entry, tell_time

_MOST_ENTRIES = 300
_LOGGED = ("时间", "谁", "做了什么", "哪份文件", "哪里", "理由")


def show_verdict(verdict: tuple[Entry, bool] | None) -> str:
    """Return the sign that a paper was approved or returned: by whom, when, why, and whether
    it was this text; "" where nobody judged it."""
    if verdict is None:
        return ""
    said, same = verdict
    word, look = ("已退回", "bad") if said.what == "return" else ("已通过", "good")
    reason = f"：{said.detail['reason']}" if said.detail.get("reason") else ""
    line = f"{said.who} {tell_time(said.at)}{reason}"
    if not same:
        word, look = f"改动以前的一稿{word}", "plain"
        line += f"（{said.detail['file']}）" if said.detail.get("file") else ""
    return f"<p class='rg-summary rg-{look} rg-sign' role='status'><b>{word}</b> {escape(line)}</p>"


def show_review_summary(review: Review, verdict: tuple[Entry, bool] | None = None) -> str:
    """Return what was said of the paper, whether it can become final, and the counts."""
    left: Counter[str] = Counter(
        j.finding.severity for j in review.judged if j.state != "dismissed"
    )
    counts = "".join(
        f"<span class='rg-tile rg-{severity}'><b>{left[severity]}</b>{name}</span>"
        for severity, name in SEVERITIES.items()
    )
    coverage = review.report.coverage
    if coverage:
        answered = sum(row.answered for row in coverage)
        counts += f"<span class='rg-tile'><b>{answered}/{len(coverage)}</b>建议已答</span>"
    if copied := find_copied(review.report, find_near(review.comparisons)):
        share = f"{review.report.copied.ratio:.0%}"
        counts += f"<span class='rg-tile'><b>{share}</b>与{escape(copied)}相同</span>"
    decided = [j for j in review.judged if j.state != "open"]
    if review.judged:
        over = sum(j.entry is not None and bool(_taken(j.entry, review)) for j in decided)
        done = f"已处理，其中 {over} 处沿用以前的处理" if over else "已处理"
        counts += f"<span class='rg-tile'><b>{len(decided)}/{len(review.judged)}</b>{done}</span>"
    blocks = len(review.open_blocks)
    state, mark = (f"暂不能定稿：还有 {blocks} 处必须改", "bad") if blocks else ("可以定稿", "good")
    if any(j.state == "open" and can_dismiss(j.finding) for j in review.judged):
        counts += "<button type='button' class='rg-jump' data-next-open>到下一处没处理的</button>"
    missed = "".join(f"<li>没有核查：{escape(name)}</li>" for name in review.report.not_run)
    return show_verdict(verdict) + (
        f"<div class='rg-tiles' role='status'><strong class='rg-{mark}'>{state}</strong>"
        f"{counts}</div>" + (f"<ul class='rg-warnings'>{missed}</ul>" if missed else "")
    )


def _taken(entry: Entry, review: Review) -> str:
    return tell_taken_over(entry, review.name)


# ── asks and paragraphs ────────────────────────────────────────────────────


def show_matrix(
    coverage: Sequence[Coverage], states: Sequence[State], paragraphs: Sequence[str]
) -> str:
    """Return which paragraph answers which ask, as a table, and below it each ask beside
    the paragraphs that answer it."""
    if not coverage:
        return show_empty("没有给出提案，查不了漏答：在上面选上对应的提案，再核查一次。")
    columns = sorted({n for row in coverage for n in row.paragraphs if n < len(paragraphs)})
    heads = "".join(
        f"<th scope='col'><button type='button' class='rg-jump' data-goto='{PLACE}{n}' "
        f"title='看第 {n + 1} 段'>{n + 1}</button></th>"
        for n in columns
    )
    rows = "".join(
        _matrix_row(row, state, columns) for row, state in zip(coverage, states, strict=True)
    )
    details = "".join(
        _ask(row, state, paragraphs) for row, state in zip(coverage, states, strict=True)
    )
    return (
        "<div class='rg-scroll'><table class='rg-table rg-matrix'><caption>每条建议在哪几段答复"
        f"（列号是段号）</caption><tr><th scope='col'>建议</th><th scope='col'>情况</th>{heads}"
        f"</tr>{rows}</table></div>{details}"
    )


def _matrix_row(row: Coverage, state: State, columns: Sequence[int]) -> str:
    look, word = STATES[state]
    mark, sign = LOOKS[look], MARKS[look]
    cells = "".join(
        f"<td class='rg-{mark}'><span aria-label='答复在此'>{sign}</span></td>"
        if n in row.paragraphs
        else "<td></td>"
        for n in columns
    )
    return (
        f"<tr><th scope='row'>{row.ask.order}. {escape(row.ask.topic)}</th>"
        f"<td>{show_badge(word, mark)}</td>{cells}</tr>"
    )


def _ask(row: Coverage, state: State, paragraphs: Sequence[str]) -> str:
    look, word = STATES[state]
    answers = "".join(
        f"<p>{jump_to(n)} {escape(paragraphs[n])}</p>"
        for n in row.paragraphs
        if n < len(paragraphs)
    )
    opened = "" if state == "answered" else " open"
    return (
        f"<details class='rg-asked'{opened}><summary>{row.ask.order}. {escape(row.ask.topic)} "
        f"{show_badge(word, LOOKS[look])}</summary><div class='rg-beside'><div><h5>建议原文</h5>"
        f"<p>{escape(row.ask.text)}</p></div><div><h5>答复</h5>"
        f"{answers or '<p class=rg-missing>没有找到答复它的段落。</p>'}</div></div></details>"
    )


# ── draft beside precedent ─────────────────────────────────────────────────


def show_beside(comparisons: Sequence[Comparison], paragraphs: Sequence[str]) -> str:
    """Return each paragraph beside its nearest precedents: what is the same, what is
    copied in long runs, what differs."""
    comparisons = find_near(comparisons)
    if not comparisons:
        return show_empty("没有哪一段与库里的先例明显相同。")
    by_source = Counter(c.source for c in comparisons)
    near = "".join(
        f"<li>{escape(source)}：{count} 段相近</li>" for source, count in by_source.most_common(5)
    )
    legend = (
        "<p class='rg-legend'><span><mark class='rg-copied'>成段照抄</mark></span>"
        "<span><mark class='rg-same'>相同的字词</mark></span>"
        "<span><ins>本稿不同</ins></span><span><del>先例不同</del></span></p>"
    )
    rows = "".join(
        _beside(n, [c for c in comparisons if c.paragraph == n], paragraphs[n])
        for n in dict.fromkeys(c.paragraph for c in comparisons)
    )
    return f"<ul class='rg-nearest'>{near}</ul>{legend}{rows}"


def _beside(number: int, near: Sequence[Comparison], text: str) -> str:
    first, *others = near
    more = "".join(
        f"<details><summary>另一处相近：{escape(c.source)}，相同 {c.share:.0%}</summary>"
        f"{_pair(number, c, text)}</details>"
        for c in others
    )
    return f"<section class='rg-near'>{_pair(number, first, text)}{more}</section>"


def _pair(number: int, near: Comparison, text: str) -> str:
    look = (
        f"<button type='button' class='rg-jump' data-look='{escape(near.passage, quote=True)}'>"
        "看全文</button>"
    )
    return (
        f"<div class='rg-beside'><div><h5>本稿 {jump_to(number)}</h5>"
        f"<p>{_mark(text, near.here, 'ins')}</p></div>"
        f"<div><h5>{escape(near.source)}　相同 {near.share:.0%} {look}</h5>"
        f"<p>{_mark(near.text, near.there, 'del')}</p></div></div>"
    )


def _mark(text: str, spans: Iterable[tuple[int, int]], other: str) -> str:
    """The text with the runs that are the same marked, the long ones more strongly, and
    what lies between them as inserted or left out."""
    html = ""
    for piece, look in cut_runs(text, spans, other):
        shown = escape(piece)
        if look == other:
            html += f"<{other}>{shown}</{other}>"
        else:
            html += f"<mark class='rg-{look}'>{shown}</mark>" if look else shown
    return html


# ── the log ────────────────────────────────────────────────────────────────


def show_log(entries: Sequence[Entry], check: AuditCheck, subject: str) -> str:
    """Return the decisions on one paper, latest first, and whether the log is whole."""
    whole = (
        f"<p class='rg-summary rg-good'>审核记录完整，共 {check.entries} 条，没有被改动过；"
        f"校验码 {check.head[:12] or '无'}。</p>"
        if check.ok
        else "<div class='rg-warnings rg-bad' role='alert'><b>审核记录被改动过，请找管理员：</b>"
        f"{'；'.join(map(escape, check.problems))}</div>"
    )
    if not entries:
        return whole + show_empty("这份答复还没有审核记录：采纳或不采纳一处问题，就会记在这里。")
    rows = "".join(_log_row(e) for e in reversed(entries[-_MOST_ENTRIES:]))
    heads = "".join(f"<th scope='col'>{name}</th>" for name in _LOGGED)
    return (
        f"{whole}<div class='rg-scroll' tabindex='0' role='region' aria-label='审核记录'>"
        f"<table class='rg-table rg-rows'><caption>{escape(subject)}"
        f"</caption><tr>{heads}</tr>{rows}</table></div>"
    )


def _log_row(entry: Entry) -> str:
    detail = entry.detail
    place = f"第 {detail['paragraph']} 段：" if detail.get("paragraph") else ""
    what = detail.get("text") or detail.get("message") or ""
    cells = (
        tell_time(entry.at),
        entry.who,
        WHAT.get(entry.what, entry.what),
        detail.get("file") or "",
        place + _shorten(what),
        tell_why(entry),
    )
    return tell_row(tuple(map(escape, cells)), _LOGGED)


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:44]}…{text[-12:]}"
