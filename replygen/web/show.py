"""What recurs on every tab: what is empty, what is wrong, what is drawn anew."""

from __future__ import annotations

import secrets

from markupsafe import Markup

from replygen.web.templating import render, render_macro

FILE_WIDTH = 240  # pixels from which fields for files stand side by side: their names fit


def show_empty(text: str) -> str:
    """Return a place that is still empty, with what to do."""
    return render_macro("empty", text)


def show_wrong(text: str) -> str:
    """Return what is wrong with a field, to stand beside it."""
    return renew(render_macro("wrong", text))


def renew(html: str, draft: str = "") -> str:
    """Return HTML with fields (from a template) so that the browser puts it in the place of what
    stood there, and so that the script knows which stored ``draft`` it belongs to.
    Gradio (6.31) writes new HTML over the old, node by node: a field that was typed into keeps
    what was typed, also where it has become another field. A tag of another name is replaced."""
    tag = f"rg-{secrets.token_hex(4)}"
    return render("renewed.html", tag=tag, draft=draft, inside=Markup(html))


def tell_facts(*facts: str | None) -> str:
    """Return the facts that are known, each once, with dots between them."""
    return " · ".join(dict.fromkeys(fact for fact in facts if fact))
