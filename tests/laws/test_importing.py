"""National laws from the package's data file."""

from __future__ import annotations

import sqlite3
import time

import pytest

from replygen.errors import ReadError
from replygen.laws import import_laws, read_laws
from replygen.laws.importing import judge_versions


def _write_laws(path, *laws):
    db = sqlite3.connect(path)
    db.execute(
        """CREATE TABLE laws (law_id, law_name, doc_type, level, issuing_body, publish_date,
           effective_date, version_date, status, law_department)"""
    )
    db.execute(
        """CREATE TABLE articles (id INTEGER PRIMARY KEY, law_id, law_name, law_department,
           level, status, chapter, section, article_no, article_no_arabic, article_text,
           char_count)"""
    )
    for number, (name, version, status, texts) in enumerate(laws):
        db.execute(
            "INSERT INTO laws VALUES (?, ?, '法律', '法律', '示例机关', ?, ?, ?, ?, '')",
            (f"law{number}", name, version, version, version, status),
        )
        for place, text in enumerate(texts):
            db.execute(
                """INSERT INTO articles (law_id, law_name, chapter, section, article_no,
                   article_text) VALUES (?, ?, '第一章 总则', NULL, ?, ?)""",
                (f"law{number}", name, f"第{'一二三四五六'[place]}条", text),
            )
    db.commit()
    db.close()
    return path


def test_a_law_becomes_a_statute_with_its_articles(index, tmp_path):
    path = _write_laws(
        tmp_path / "laws.db",
        (
            "中华人民共和国集市法",
            "2020-01-01",
            "现行有效",
            ["为了规范集市，制定本法。", "摊位应当登记。"],
        ),
    )
    assert import_laws(index, path=path) == 1
    (record,) = index.statutes()
    assert (record.name, record.status, record.articles) == ("中华人民共和国集市法", "in_force", 2)
    assert (record.issuer, record.effective) == ("示例机关", "2020-01-01")
    passage = index.article("集市法", "2")
    assert (passage.text, passage.context) == ("摊位应当登记。", "第一章 总则")
    assert passage.document.level == "国家"


def test_a_second_import_changes_nothing_and_a_new_version_is_added(index, tmp_path):
    old = ("集市法", "2010-01-01", "现行有效", ["旧文。"])
    path = _write_laws(tmp_path / "one.db", old)
    assert import_laws(index, path=path) == 1
    assert import_laws(index, path=path) == 0
    newer = _write_laws(
        tmp_path / "two.db",
        ("集市法", "2010-01-01", "历史版本", ["旧文。"]),
        ("集市法", "2022-01-01", "现行有效", ["新文。"]),
    )
    assert import_laws(index, path=newer) == 2
    assert index.article("集市法", "第一条").text == "新文。"
    assert len(index.statutes()) == 2


_OLD = {"effective_date": "2010-01-01", "version_date": "2010-01-01", "status": "历史版本"}
_NEW = {"effective_date": "2027-01-01", "version_date": "2026-08-28", "status": "现行有效"}


@pytest.mark.parametrize(
    ("versions", "today", "statuses"),
    [
        (
            [_NEW | {"effective_date": "2020-01-01", "version_date": "2019-01-01"}],
            "2026-11-21",
            ["in_force"],
        ),
        ([_OLD, _NEW], "2026-11-21", ["in_force", "not_in_force"]),
        ([_OLD, _NEW], "2027-01-01", ["repealed", "in_force"]),
        ([_OLD | {"status": "已废止"}], "2026-11-21", ["repealed"]),
        ([_OLD | {"status": "已被修改"}], "2026-11-21", ["in_force"]),
        ([_OLD | {"status": "？"}], "2026-11-21", ["unknown"]),
    ],
)
def test_versions_are_judged_by_date(versions, today, statuses):
    assert judge_versions(versions, today) == statuses


@pytest.mark.parametrize("content", [None, b"", b"no database at all" * 99])
def test_a_wrong_file_is_refused_in_one_line(index, tmp_path, content):
    path = tmp_path / "laws.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ReadError, match=r"laws\.db：.*请") as caught:
        import_laws(index, path=path)
    assert "\n" not in str(caught.value)
    assert index.documents() == ()


def test_the_package_has_the_laws_that_replies_cite():
    names = {statute.name for statute, _ in read_laws()}
    assert {
        "中华人民共和国食品安全法",
        "中华人民共和国电子商务法",
        "中华人民共和国消费者权益保护法",
        "中华人民共和国刑法",
    } <= names
    assert len(names) > 300


@pytest.mark.slow
def test_all_national_laws_are_imported_in_30_seconds(index):
    start = time.monotonic()
    assert import_laws(index) > 300
    assert time.monotonic() - start < 30
    assert import_laws(index) == 0
    assert index.article("食品安全法", "第一百五十四条") is not None
    assert index.article("食品安全法", "第九百条") is None
    assert index.article("食品安全法实施条例", "第三条") is None
    hit = index.search("电商平台不让商家去别的平台开店", kind="article")[0]
    assert "法" in hit.passage.document.title
    assert index.verify().ok
