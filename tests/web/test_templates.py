"""The page's HTML stands in templates: no module of the web builds it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from replygen import web
from replygen.web.templating import load_templates

WEB = Path(web.__file__).parent
# <p>, </div>, <a href=…; not (?P<name>…) of a regular expression
TAG = re.compile(r"(?<!\?P)<(?:/?[a-z][a-z0-9]*(?=[\s>/]|$)|!--|!doctype)", re.IGNORECASE)
FUNCTIONS = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
# It marks the scripts of the page that Gradio made.
READS_HTML = {"auth/scripts.py"}


def find_docstrings(tree: ast.AST) -> set[int]:
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, FUNCTIONS)]
    firsts = [body[0].value for body in bodies if body and isinstance(body[0], ast.Expr)]
    return {id(first) for first in firsts if isinstance(first, ast.Constant)}


def escapes(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        from_html = node.module in ("html", "markupsafe")
        return from_html and any(alias.name == "escape" for alias in node.names)
    return isinstance(node, ast.Import) and any(alias.name == "html" for alias in node.names)


def find_html(text: str) -> list[int]:
    """The lines of a module on which it builds HTML, or escapes what it puts into it."""
    tree = ast.parse(text)
    docs = find_docstrings(tree)
    strings = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    )
    found = [node.lineno for node in strings if TAG.search(node.value)]
    return sorted([*found, *(node.lineno for node in ast.walk(tree) if escapes(node))])


@pytest.mark.parametrize(
    "path", sorted(WEB.rglob("*.py")), ids=lambda p: p.relative_to(WEB).as_posix()
)
def test_no_module_builds_html(path):
    if path.relative_to(WEB).as_posix() not in READS_HTML:
        assert find_html(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("x = f'<p>{y}</p>'", True),
        ("x = y + '</li>'", True),
        ("x = '<input type=text'", True),
        ("x = '<!doctype html>'", True),
        ("x = '<tr' + z", True),
        ("from html import escape", True),
        ("import html", True),
        ("from html.parser import HTMLParser", False),
        ("from markupsafe import Markup", False),
        ("x = re.escape(y)", False),
        ("x = r'(?P<name>[a-z]+)/'", False),
        ("x = '本单位 < 3 家，a<b，<单位>'", False),
        ('def f():\n    """Return <p>…</p>."""', False),
    ],
)
def test_html_in_code_is_seen(line, found):
    assert bool(find_html(line)) == found


def test_every_template_can_be_read():
    load_templates()
