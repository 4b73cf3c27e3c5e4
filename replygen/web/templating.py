"""The page's HTML from its templates (``templates/``): everything that is put in is escaped."""

from __future__ import annotations

from pathlib import Path

from replygen.word.templating import open_templates

_FOLDER = Path(__file__).parent / "templates"


def render(name: str, **values: object) -> str:
    """Return a template with its values. One that names a value which is not given fails."""
    return open_templates(_FOLDER).get_template(name).render(**values)
