"""The pages that are there without Gradio: waiting, login, a refusal (``templates/auth/``). No
script of others, no picture, no font: one answer holds all."""

from __future__ import annotations

from replygen.web.templating import render


def show_waiting() -> str:
    """Return the page that is shown while the real one is being prepared."""
    return render("auth/waiting.html")


def show_login(unit: str, *, name: str = "", message: str = "") -> str:
    """Return the login page; ``message`` says what was wrong with the last try."""
    return render("auth/login.html", unit=unit, name=name, message=message)


def show_refusal(message: str) -> str:
    """Return a page that says in one line why nothing is shown."""
    return render("auth/refusal.html", message=message)
