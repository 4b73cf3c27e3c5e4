"""The words that a list's columns are found by."""

from replygen.language.tables import Tables

tables = Tables(__file__)
