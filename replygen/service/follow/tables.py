"""The words that a column page's links are told by."""

from replygen.language.tables import Tables

tables = Tables(__file__)
