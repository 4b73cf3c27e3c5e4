"""The room's data tables."""

from __future__ import annotations

from replygen.language.tables import Tables

TABLES = Tables(__file__)
read_table, read_words, read_toml = TABLES.rows, TABLES.longest, TABLES.toml
