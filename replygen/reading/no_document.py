"""What is text and no document: programs, settings, lock files, licences, judgments of courts.

A folder that somebody drops in holds them beside the papers; as passages they would be found.
"""

from __future__ import annotations

import json
import re
from functools import cache

from replygen.language.tables import Tables

_SAMPLE = 20_000  # characters that are looked at
_CODE_SHARE = 0.4  # of the lines
_LEAST_LINES = 2
_FRONT_MATTER = re.compile(r"\A\s*---\n.*?\n---\n", re.DOTALL)
_ARTICLE = re.compile(r"^\s*第[一二三四五六七八九十百零〇]+条", re.MULTILINE)
_FEW_ARTICLES = 3
_TABLES = Tables(__file__)


def name_no_document(text: str) -> str | None:
    """Return what a text is that is no document (软件许可证), ``None`` for any other."""
    head = text[:_SAMPLE]
    table = _TABLES.toml("no_documents.toml")
    for group in ("script", "lock", "license", "source"):
        if any(re.search(p, head, re.MULTILINE) for p in table[group]["phrases"]):
            return str(table[group]["name"])
    rules = len(_ARTICLE.findall(head)) >= _FEW_ARTICLES  # rules for judges name such words too
    for phrases in () if rules else table["judgment"]["together"]:
        if all(re.search(p, head) for p in phrases):
            return str(table["judgment"]["name"])
    if _is_json(text):
        return "JSON 数据文件"
    return str(table["code"]["name"]) if _is_code(head) else None


def _is_code(text: str) -> bool:
    lines = [x for x in _FRONT_MATTER.sub("", text).splitlines() if x.strip()]
    lines = [x for x in lines if not x.lstrip().startswith("#")]  # a comment, or a heading
    code = sum(any(p.match(line) for p in _code_lines()) for line in lines)
    return code >= _LEAST_LINES and code >= _CODE_SHARE * len(lines)


def _is_json(text: str) -> bool:
    if text.lstrip("\ufeff \r\n\t")[:1] not in ("{", "["):
        return False
    try:
        json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return False
    return True


@cache
def _code_lines() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p) for p in _TABLES.toml("no_documents.toml")["code"]["lines"])
