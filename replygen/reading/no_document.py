"""What is text and no document: programs and what belongs to them, data, judgments of courts.

A folder that somebody drops in holds them beside the papers; as passages they would be found.
"""

from __future__ import annotations

import json
import re
from functools import cache

from replygen.language.tables import Tables

_SAMPLE = 20_000  # characters that are looked at
_STATEMENT_END = re.compile(r"(?<=[;{}])")
_FRONT_MATTER = re.compile(r"\A\s*---\n.*?\n---\n", re.DOTALL)
_ARTICLE = re.compile(r"^\s*第[一二三四五六七八九十百零〇]+条", re.MULTILINE)
_FEW_ARTICLES = 3
_TABLES = Tables(__file__)
_BY_LINES = ("code", "log", "data")


def name_no_document(text: str) -> str | None:
    """Return what a text is that is no document (软件许可证), ``None`` for any other."""
    head = text[:_SAMPLE]
    table = _TABLES.toml("no_documents.toml")
    for group in ("script", "lock", "license", "source"):
        if any(re.search(p, head, re.MULTILINE) for p in table[group]["phrases"]):
            return str(table[group]["name"])
    rules = len(_ARTICLE.findall(head)) >= _FEW_ARTICLES  # rules for judges name such words too
    for group in ("manual",) if rules else ("manual", "judgment"):
        for phrases in table[group]["together"]:
            if all(re.search(p, head, re.MULTILINE) for p in phrases):
                return str(table[group]["name"])
    if _is_json(text):
        return "JSON 数据文件"
    lines = [x for x in _FRONT_MATTER.sub("", head).splitlines() if x.strip()]
    return next((str(table[g]["name"]) for g in _BY_LINES if _is_made_of(g, lines)), None)


def _is_made_of(group: str, lines: list[str]) -> bool:
    """Say whether so many lines are of the group as its table asks for."""
    if group == "code":
        lines = [x for x in lines if not x.lstrip().startswith("#")]  # a comment, or a heading
        lines = [s for x in lines for s in _STATEMENT_END.split(x) if s.strip()]
    table = _TABLES.toml("no_documents.toml")[group]
    found = sum(any(p.match(line) for p in _line_patterns(group)) for line in lines)
    return bool(found >= table["least"] and found >= table["share"] * len(lines))


def _is_json(text: str) -> bool:
    if text.lstrip("\ufeff \r\n\t")[:1] not in ("{", "["):
        return False
    try:
        json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return False
    return True


@cache
def _line_patterns(group: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p) for p in _TABLES.toml("no_documents.toml")[group]["lines"])
