"""Articles that a revision gave another number: citing the old one is told."""

from __future__ import annotations

from datetime import date

import pytest

from replygen.checking import check_document
from replygen.language.tables import Tables
from replygen.laws.editions import editions_of
from replygen.laws.lawsdb import read_law_articles, read_law_versions
from replygen.laws.register import __file__ as room
from replygen.settings import Profile

DAY = date(2026, 11, 21)
OLD = [
    # by the words of the table, in a few words
    ("歌厅扰民的，公安机关按照《治安管理处罚法》第五十八条处理。", "第八十八条"),
    ("我局依据《安全生产法》第三十八条督促企业开展事故隐患排查。", "第四十一条"),
    ("涉嫌违反《反垄断法》第十七条关于滥用市场支配地位的规定。", "第二十二条"),
    # by what is said, whatever the words
    ("各级人民政府应当组织开展经常性的网络安全宣传教育，见《网络安全法》第十九条。", "第二十一条"),
    ("冒用经营者名义虚假宣传的，监督检查部门应当保密，《反不正当竞争法》第十五条有规定。", ""),
    ("安全生产费用专门用于改善安全生产条件，依据《安全生产法》第二十条。", "第二十三条"),
    ("不满十四周岁的人有违法行为的，不予行政处罚，见《行政处罚法》第二十五条。", "第三十条"),
    ("仲裁委员会应当由当事人协议选定，仲裁不实行级别管辖和地域管辖，见《仲裁法》第六条。", ""),
    ("当事人对仲裁协议的效力有异议，应当在首次开庭前提出，见《仲裁法》第二十条。", "第三十一条"),
    # as it is today
    ("安全生产费用专门用于改善安全生产条件，依据《安全生产法》第二十三条。", ""),
    ("不满十四周岁的未成年人有违法行为的，不予行政处罚，依据《行政处罚法》第三十条。", ""),
    ("涉嫌违反《反垄断法》第二十二条关于滥用市场支配地位的规定。", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "now"), OLD)
def test_an_old_number_is_outdated_and_the_new_one_is_named(text: str, now: str):
    report = check_document([text], profile=Profile(), today=DAY)
    told = [f.suggestion for f in report.findings if f.rule == "citation.moved"]
    assert told == ([f"改为{now}"] if now else [])
    assert ("outdated_edition" in {c.verdict for c in report.citations}) == bool(now)


def test_before_the_revision_the_old_number_is_right():
    text = "涉嫌违反《反垄断法》第十七条关于滥用市场支配地位的规定。"
    report = check_document([text], profile=Profile(), today=date(2022, 7, 1))
    assert [f for f in report.findings if f.rule == "citation.moved"] == []


def test_the_table_names_days_of_editions_and_articles_that_there_are():
    rows = list(Tables(room).rows("renumbered.tsv"))
    assert len(rows) >= 30
    for law, since, pairs, how in rows:
        known = {e.effective for e in editions_of(law)}
        versions = read_law_versions()[law]
        known |= {v.begins for v in versions}
        assert since in known, law
        there = {number for number, _ in read_law_articles(versions[-1].id)}
        assert {int(pair.split("→")[1]) for pair in pairs.split()} <= there, law
        assert how in ("texts", "hand")
