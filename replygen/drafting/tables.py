"""The tables of this room (``replygen/drafting/data``)."""

from replygen.language.tables import Tables

TABLES = Tables(__file__)
