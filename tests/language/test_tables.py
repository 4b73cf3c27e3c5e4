"""Tables beside the code are read as they are written."""

from __future__ import annotations

import gzip

import pytest

from replygen.language.tables import Tables


@pytest.fixture
def tables(tmp_path):
    (tmp_path / "data").mkdir()
    return Tables(str(tmp_path / "room.py"))


@pytest.mark.parametrize("name", ["bonds.tsv", "bonds.tsv.gz"])
def test_columns_are_what_the_rows_have(tables, name):
    text = "# pairs\n甲乙\t2\t-1\n\n丙丁\t0.5\t3\n"
    data = text.encode() if name.endswith(".tsv") else gzip.compress(text.encode())
    (tables.folder / name).write_bytes(data)
    assert tables.columns(name) == (["甲乙", "丙丁"], ["2", "0.5"], ["-1", "3"])
    assert tuple(zip(*tables.columns(name), strict=True)) == tables.rows(name)


@pytest.mark.parametrize("text", ["甲\t1\n乙\n", "甲\n乙\t1\t2\n", "甲\t1\n乙\t1\t2\n丙\n"])
def test_rows_of_several_lengths_have_no_columns(tables, text):
    (tables.folder / "odd.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"odd\.tsv"):
        tables.columns("odd.tsv")


def test_an_empty_table_has_no_columns(tables):
    (tables.folder / "none.tsv").write_text("# nothing yet\n", encoding="utf-8")
    assert tables.columns("none.tsv") == ()
