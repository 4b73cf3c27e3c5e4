"""The wording tables of this room (data/*.toml), read once and compiled.

Practice differs by place and changes; the tables hold it, the parsers only apply it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from replygen.language.tables import Tables

_TABLES = Tables(__file__)


@cache
def cue_list(table: str, *keys: str) -> tuple[str, ...]:
    """Return the list of expressions that stands under ``keys`` in a table."""
    value: Any = _TABLES.toml(f"{table}.toml")
    for key in keys:
        value = value[key]
    return tuple(str(item) for item in value)


def cue_names(table: str, *keys: str) -> tuple[str, ...]:
    """Return the names of the groups that stand under ``keys`` in a table."""
    value: Any = _TABLES.toml(f"{table}.toml")
    for key in keys:
        value = value[key]
    return tuple(value)


@cache
def cue_pattern(table: str, *keys: str) -> re.Pattern[str]:
    """Return the list under ``keys`` compiled as one alternation."""
    return re.compile("|".join(f"(?:{item})" for item in cue_list(table, *keys)))


@cache
def role_pattern() -> str:
    """Return the pattern of a label that names proposers by their part (联名代表, 附 议 人)."""
    parts, names = (
        "|".join(r"\s*".join(item) for item in cue_list("forms", "roles", key))
        for key in ("parts", "names")
    )
    return rf"(?:{parts})\s*(?:{names})"


@cache
def character_set(name: str) -> frozenset[str]:
    """Return the characters of ``data/<name>.txt``."""
    return frozenset(_TABLES.text(f"{name}.txt").split()[0])
