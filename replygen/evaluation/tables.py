"""The room's data tables."""

from __future__ import annotations

from replygen.language.tables import Tables

TABLES = Tables(__file__)
read_table = TABLES.rows
