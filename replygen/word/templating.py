"""Whole HTML and XML files from their templates (``templates/``), escaped."""

from __future__ import annotations

from pathlib import Path

from replygen.language.templates import open_templates

_FOLDER = Path(__file__).parent / "templates"


def render(name: str, /, **values: object) -> str:
    """Return a file from its template and values. One that names a value which is not given
    fails."""
    return f"{open_templates(_FOLDER).get_template(name).render(**values)}\n"
