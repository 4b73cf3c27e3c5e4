"""An index of an earlier version is brought up to this one with what it already knows."""

from __future__ import annotations

import sqlite3

from replygen.index import open_index
from replygen.index.local.catalogue import Catalogue
from replygen.index.local.schema import STEPS
from replygen.index.local.store import Store
from replygen.parsing import parse_source
from replygen.reading import read_bytes

LAW = """云川市停车管理条例
（2010年12月23日云川市人民政府令第9号公布　根据2024年12月31日《关于修改部分规章的决定》修正）
第一条 为了加强停车管理，制定本条例。
第二条 本条例自2011年3月1日起施行。
"""
REPLY = """关于市政协五届三次会议第0177号提案的答复
王芳委员：
您提出的提案收悉，现答复如下：
一、关于财政补助
目前加装电梯补助没有资金来源，暂不具备纳入市级财政补助的条件。
泊原市住房和城乡建设局
2025年6月3日
"""


def test_editions_and_outcomes_are_filled_in_from_what_was_parsed(tmp_path):
    with open_index(tmp_path) as index:
        for name, text in (("法.txt", LAW), ("答复.txt", REPLY)):
            source = read_bytes(name, text.encode())
            index.add(parse_source(source), source)
    (store,) = (p for p in tmp_path.rglob("*") if _is_store(p))
    with sqlite3.connect(store) as db:  # as an index was before the last five steps
        db.execute("DROP INDEX documents_title")
        db.execute("DROP TABLE removed")
        db.execute("DROP TABLE splits")
        db.execute("ALTER TABLE statutes DROP COLUMN edition")
        db.execute("ALTER TABLE passages DROP COLUMN outcome")
        db.execute(f"PRAGMA user_version = {len(STEPS) - 5}")
    with open_index(tmp_path) as index:
        (statute,) = index.statutes()
        assert (statute.edition, statute.begins) == ("2024-12-31", "2024-12-31")
        passages = [p for d in index.documents() for p in index.passages(d.id)]
        assert index.removed() == ()
        assert [p.outcome for p in passages if p.kind == "refusal"] == ["deferred"]


def test_what_a_query_names_outright_is_looked_up_without_reading_every_document(tmp_path):
    store = Store(tmp_path)
    asked = []
    store.rows_in, real = lambda sql, values: asked.append(sql) or real(sql, values), store.rows_in
    catalogue = Catalogue(store)
    for names in (catalogue.find_titles, catalogue.find_doc_numbers, catalogue.find_statutes):
        names(["甲"])
    catalogue.find_cases("五届三次", ["0177"])
    plans = [store.rows(f"EXPLAIN QUERY PLAN {sql.format('?')}", ("甲",)) for sql in asked]
    store.close()
    assert len(plans) == 4
    assert [step["detail"] for plan in plans for step in plan if "SCAN" in step["detail"]] == []


def _is_store(path) -> bool:
    return (
        path.is_file() and path.read_bytes()[:15] == b"SQLite format 3" and "lock" not in path.name
    )
