"""Show what can be undone and done again, and every step of a draft."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from html import escape

from replygen.workspace import Step

_MOST_SHOWN = 30


def show_steps_bar(steps: Sequence[Step], *, ticked: Sequence[str] = (), old: bool = False) -> str:
    """Return the buttons 撤销 and 重做 with what they would do, and the list of the steps, each
    to be taken back alone. The script takes from it which cards are ``ticked``, and whether
    the letter is ``old``: composed from other things than the screen holds."""
    done = [step for step in steps if step.state == "done"]
    undone = [step for step in steps if step.state == "undone"]
    marks = f"data-ticked='{escape(json.dumps(list(ticked)), quote=True)}'"
    return (
        f"<div class='rg-undo' role='group' aria-label='撤销和重做' {marks}"
        f"{' data-old' if old else ''}>"
        f"{_button('undo', '撤销', 'Ctrl+Z', done[-1] if done else None)}"
        f"{_button('redo', '重做', 'Ctrl+Y', undone[0] if undone else None)}{_list(steps)}</div>"
    )


def _button(way: str, word: str, keys: str, step: Step | None) -> str:
    told = f"{word}：{step.what}" if step else f"没有可以{word}的"
    return (
        f"<button type='button' class='rg-jump' data-turn='{way}' aria-label='{_quote(told)}' "
        f"title='{_quote(told)}（{keys}）'{'' if step else ' disabled'}>{word}</button>"
    )


def _list(steps: Sequence[Step]) -> str:
    """All steps, the last one first. What was undone and left so can be done again alone."""
    if not steps:
        return ""
    rows = "".join(_row(step) for step in steps[: -_MOST_SHOWN - 1 : -1])
    return (
        "<details class='rg-steps-done'><summary>步骤</summary><div class='rg-steps-all'>"
        "<p class='rg-hint'>只撤一步的，后来写的都还在。</p>"
        f"<ol>{rows}</ol></div></details>"
    )


def _row(step: Step) -> str:
    at = datetime.fromisoformat(step.at).astimezone()
    word = "只撤这一步" if step.state == "done" else "再做这一步"
    gone = "" if step.state == "done" else " class='rg-undone'"
    return (
        f"<li><small>{at:%H:%M}</small> <span{gone}>{escape(step.what)}</span> "
        f"<button type='button' class='rg-jump' data-turn='{step.number}' "
        f"aria-label='{word}：{_quote(step.what)}'>{word}</button></li>"
    )


def _quote(text: str) -> str:
    return escape(text, quote=True)
