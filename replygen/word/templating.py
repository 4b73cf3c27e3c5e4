"""HTML and other markup from Jinja templates (``templates/``): everything that is put in is
escaped."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(__file__).parent / "templates"


def render(name: str, **values: object) -> str:
    """Return a whole file from its template in this room and its values. One that names a value
    which is not given fails."""
    return f"{open_templates(_FOLDER).get_template(name).render(**values)}\n"


@lru_cache
def open_templates(folder: Path) -> Environment:
    """Return the templates of a ``folder`` of the package, as every room that shows HTML reads
    its own."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
