"""The wording tables of this room (data/*.toml), read once and compiled.

Practice differs by place and changes; the tables hold it, the parsers only apply it.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_DATA = Path(__file__).resolve().parent / "data"


@cache
def load_table(name: str) -> dict[str, Any]:
    """Return the TOML table ``data/<name>.toml``."""
    table: dict[str, Any] = tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))
    return table


@cache
def cue_list(table: str, *keys: str) -> tuple[str, ...]:
    """Return the list of expressions that stands under ``keys`` in a table."""
    value: Any = load_table(table)
    for key in keys:
        value = value[key]
    return tuple(str(item) for item in value)


@cache
def cue_pattern(table: str, *keys: str) -> re.Pattern[str]:
    """Return the list under ``keys`` compiled as one alternation."""
    return re.compile("|".join(f"(?:{item})" for item in cue_list(table, *keys)))


@cache
def character_set(name: str) -> frozenset[str]:
    """Return the characters of ``data/<name>.txt``."""
    return frozenset((_DATA / f"{name}.txt").read_text(encoding="utf-8").split()[0])
