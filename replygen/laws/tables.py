"""The room's data tables."""

from __future__ import annotations

from replygen.language.tables import Tables

_TABLES = Tables(__file__)
read_table = _TABLES.rows
read_toml = _TABLES.toml
