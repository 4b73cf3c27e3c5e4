"""The page's HTML from its templates (``templates/``): everything that is put in is escaped."""

from __future__ import annotations

from pathlib import Path

from replygen.language.templates import open_templates

_FOLDER = Path(__file__).parent / "templates"
_MACROS = "macros.html"


def render(name: str, /, **values: object) -> str:
    """Return a template with its values. One that names a value which is not given fails."""
    return open_templates(_FOLDER).get_template(name).render(**values)


def render_macro(macro: str, *values: object, within: str = _MACROS) -> str:
    """Return one macro alone, of those that every tab shares or of another file."""
    template = open_templates(_FOLDER).get_template(within)
    return str(getattr(template.module, macro)(*values))


def load_templates() -> None:
    """Make every template ready: one that is rendered first waits for it (about 5 ms)."""
    templates = open_templates(_FOLDER)
    for name in templates.list_templates(extensions=["html"]):
        templates.get_template(name)
