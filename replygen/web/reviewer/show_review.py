"""Show a draft under review: findings with what was decided on them, draft beside precedent,
the log. Everything from documents and from what people typed is escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from replygen.checking import Comparison, State
from replygen.models import Coverage
from replygen.service.decisions import Judged, tell_why
from replygen.service.reviews import Review, can_dismiss, name_basis
from replygen.web.show import show_empty
from replygen.web.show_check import PLACE, jump_to, show_badge
from replygen.word.report_words import MARKS, SEVERITIES, STATES, family_of
from replygen.workspace import WHAT, AuditCheck, Entry, tell_time

_ORDER = {"open": 0, "accepted": 1, "dismissed": 2}
_LOOKS = {"yes": "good", "half": "unsure", "no": "bad"}
_COPIED = 20  # letters from which a run counts as copied, not as common wording
_LEAST_SHARE = 0.15  # of a paragraph that must be the same for it to be shown
_LONG = 120  # letters from which a stretch of the precedent that differs is cut short
_MOST_ENTRIES = 300


def show_review_summary(review: Review) -> str:
    """Return whether the draft can become final, and the counts."""
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
    copied = review.report.copied
    if copied.source is not None:
        counts += (
            f"<span class='rg-tile' title='{escape(copied.source, quote=True)}'>"
            f"<b>{copied.ratio:.0%}</b>与同一先例相同</span>"
        )
    done = sum(j.state != "open" for j in review.judged)
    if review.judged:
        counts += f"<span class='rg-tile'><b>{done}/{len(review.judged)}</b>已处理</span>"
    blocks = len(review.open_blocks)
    verdict, mark = (
        (f"暂不能定稿：还有 {blocks} 处必须改", "bad") if blocks else ("可以定稿", "good")
    )
    missed = "".join(f"<li>没有核查：{escape(name)}</li>" for name in review.report.not_run)
    return (
        f"<div class='rg-tiles' role='status'><strong class='rg-{mark}'>{verdict}</strong>"
        f"{counts}</div>" + (f"<ul class='rg-warnings'>{missed}</ul>" if missed else "")
    )


# ── findings ───────────────────────────────────────────────────────────────


def show_judged(judged: Sequence[Judged]) -> str:
    """Return the findings by severity, the undecided first; each with its decision, or with
    what can be decided. Open slots are one card: nothing can be decided on them."""
    if not judged:
        return "<p class='rg-good rg-summary'>没有发现问题。</p>"
    parts = []
    for severity, name in SEVERITIES.items():
        group = [j for j in judged if j.finding.severity == severity]
        if not group:
            continue
        group.sort(key=lambda j: _ORDER[j.state])
        slots = [j for j in group if not can_dismiss(j.finding)]
        cards = [_card(j) for j in group if can_dismiss(j.finding)]
        if slots:
            cards.append(_slots(slots))
        left = sum(j.state != "dismissed" for j in group)
        said = f"{left}" if left == len(group) else f"{left}，另有 {len(group) - left} 处不采纳"
        parts.append(
            f"<h4 class='rg-group rg-{severity}'>{name}（{said}）</h4>"
            f"<ol class='rg-judged'>{''.join(cards)}</ol>"
        )
    return "".join(parts)


def _card(judged: Judged) -> str:
    finding = judged.finding
    place = jump_to(finding.where.paragraph) if finding.where else "<span>全文</span>"
    family = family_of(finding.rule) or "其他"
    quote = f"<q>{escape(_shorten(finding.where.text))}</q>" if finding.where else ""
    advice = f"<p class='rg-advice'>{escape(finding.suggestion)}</p>" if finding.suggestion else ""
    body = _actions(judged) if judged.state == "open" else _decided(judged)
    return (
        f"<li id='rg-f-{judged.key}' tabindex='-1' class='rg-{finding.severity} rg-{judged.state}'>"
        f"<div class='rg-judged-head'>{place}{show_badge(family, 'plain')}{quote}</div>"
        f"<p>{escape(finding.message)}</p>{advice}{body}</li>"
    )


def _actions(judged: Judged) -> str:
    key, basis = judged.key, name_basis(judged.finding)
    ground = (
        f"<label>{escape(basis)}<textarea rows='2' maxlength='500' data-basis></textarea></label>"
        if basis
        else ""
    )
    warning = (
        "<p class='rg-advice'>这是必须改的问题：写明依据才能放过，会记入审核记录。</p>"
        if basis
        else ""
    )
    return (
        f"<div class='rg-acts'><button type='button' data-decide='accept' data-key='{key}'>"
        "采纳，要改</button>"
        f"<button type='button' data-why='{key}' aria-expanded='false'>不采纳…</button></div>"
        f"<div class='rg-why' id='rg-why-{key}' hidden>{warning}"
        "<label>不采纳的理由<textarea rows='2' maxlength='500' data-reason></textarea></label>"
        f"{ground}<div class='rg-acts'>"
        f"<button type='button' class='rg-strong' data-decide='dismiss' data-key='{key}'>"
        f"记下，不采纳</button><button type='button' data-why='{key}'>取消</button></div></div>"
    )


def _decided(judged: Judged) -> str:
    entry = judged.entry
    if entry is None:
        return ""
    word = "采纳，待改" if judged.state == "accepted" else "不采纳"
    why = tell_why(entry)
    return (
        f"<div class='rg-decided'><b>{word}</b> {escape(entry.who)} {escape(tell_time(entry.at))}"
        f"{f'<br>理由：{escape(why)}' if why else ''} "
        f"<button type='button' data-decide='reopen' data-key='{judged.key}'>撤回</button></div>"
    )


def _slots(slots: Sequence[Judged]) -> str:
    places = dict.fromkeys(j.finding.where.paragraph for j in slots if j.finding.where)
    jumps = "".join(jump_to(n) for n in places)
    return (
        f"<li class='rg-block rg-open'><p>还有 {len(slots)} 处空着没有填（【…】），"
        f"要在稿子里填上或删去：</p><div class='rg-jumps'>{jumps}</div></li>"
    )


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
    mark, sign = _LOOKS[look], MARKS[look]
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
        f"{show_badge(word, _LOOKS[look])}</summary><div class='rg-beside'><div><h5>建议原文</h5>"
        f"<p>{escape(row.ask.text)}</p></div><div><h5>答复</h5>"
        f"{answers or '<p class=rg-missing>没有找到答复它的段落。</p>'}</div></div></details>"
    )


# ── draft beside precedent ─────────────────────────────────────────────────


def show_beside(comparisons: Sequence[Comparison], paragraphs: Sequence[str]) -> str:
    """Return each paragraph beside its nearest precedents: what is the same, what is
    copied in long runs, what differs."""
    comparisons = [c for c in comparisons if _is_near(c)]
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


def _is_near(comparison: Comparison) -> bool:
    """A paragraph that shares only the name of a law with a precedent is not near it."""
    longest = max((end - start for start, end in comparison.here), default=0)
    return comparison.share >= _LEAST_SHARE or longest >= _COPIED


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
    html, at = "", 0
    for start, end in sorted(spans):
        start, end = max(start, at), min(end, len(text))
        if start >= end:
            continue
        html += _differ(text[at:start], other)
        look = "rg-copied" if end - start >= _COPIED else "rg-same"
        html += f"<mark class='{look}'>{escape(text[start:end])}</mark>"
        at = end
    return html + _differ(text[at:], other)


def _differ(text: str, other: str) -> str:
    if other == "del" and len(text) > _LONG:
        kept = _LONG // 3
        text = f"{text[:kept]}……（略 {len(text) - 2 * kept} 字）……{text[-kept:]}"
    return f"<{other}>{escape(text)}</{other}>" if any(c.isalnum() for c in text) else escape(text)


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
    heads = "".join(f"<th scope='col'>{h}</th>" for h in ("时间", "谁", "做了什么", "哪里", "理由"))
    return (
        f"{whole}<div class='rg-scroll'><table class='rg-table'><caption>{escape(subject)}"
        f"</caption><tr>{heads}</tr>{rows}</table></div>"
    )


def _log_row(entry: Entry) -> str:
    detail = entry.detail
    place = f"第 {detail['paragraph']} 段：" if detail.get("paragraph") else ""
    what = detail.get("text") or detail.get("message") or detail.get("file") or ""
    cells = (
        tell_time(entry.at),
        entry.who,
        WHAT.get(entry.what, entry.what),
        place + _shorten(what),
        tell_why(entry),
    )
    return "<tr>" + "".join(f"<td>{escape(c)}</td>" for c in cells) + "</tr>"


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:44]}…{text[-12:]}"
