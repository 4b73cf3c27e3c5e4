"""The wording of the room."""

from replygen.language.tables import Tables

TABLES = Tables(__file__)
