"""Regulations of the State Council: judged by their articles and by the order that made them."""

from __future__ import annotations

from datetime import date

import pytest

from replygen.checking import check_document
from replygen.entities.documents import is_national_document
from replygen.language.tables import Tables
from replygen.laws.articles import read_known_articles
from replygen.laws.editions import edition_on, editions_of
from replygen.laws.register import __file__ as room
from replygen.laws.register import load_register
from replygen.laws.titles import read_article
from replygen.models import Verdict
from replygen.settings import Profile

DAY = date(2026, 11, 21)


def judge(text: str, day: date = DAY) -> set[Verdict]:
    report = check_document([text], profile=Profile(), today=day)
    return {c.verdict for c in report.citations}


CITED = [
    ("《保障农民工工资支付条例》第二十八条规定，施工总承包单位应当配备劳资专管员。", "valid"),
    ("《保障农民工工资支付条例》第三十二条规定，总包单位应当开设农民工工资专用账户。", "misquoted"),
    ("《保障农民工工资支付条例》第三十九条规定，各部门应当加强监督检查。", "unclear"),
    ("《保障农民工工资支付条例》第七十条规定，各部门应当加强监督检查。", "no_such_article"),
    ("按照《物业管理条例》第十六条，业主委员会应当自选举产生之日起30日内备案。", "valid"),
    ("按照《物业管理条例》第十六条，业主委员会应当自选举产生之日起15日内备案。", "misquoted"),
    ("物业服务企业代收水费的，不得向业主收取手续费，见《物业管理条例》第四十四条。", "valid"),
    ("专项维修资金不得挪作他用，见《物业管理条例》第五十四条。", "misquoted"),
    ("大型企业应当自交付之日起60日内付款，这是《保障中小企业款项支付条例》第九条的规定。", "valid"),
    ("大型企业应当自交付之日起90日内付款，《保障中小企业款项支付条例》第九条有规定。", "misquoted"),
    ("女职工生育享受98天产假，依据《女职工劳动保护特别规定》第七条。", "valid"),
    ("女职工生育享受128天产假，依据《女职工劳动保护特别规定》第七条。", "misquoted"),
    ("职工累计工作已满20年的，年休假10天，见《职工带薪年休假条例》第三条。", "misquoted"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "verdict"), CITED)
def test_an_article_of_a_regulation_is_compared(text: str, verdict: Verdict):
    assert judge(text) == {verdict}


ORDERS = [
    ("《工伤保险条例》（国务院令第375号）", "outdated_edition"),
    ("《工伤保险条例》（国务院令第586号）", "valid"),
    ("《住房公积金管理条例》（国务院令第350号）", "valid"),  # amended since, never made anew
    ("《医疗器械监督管理条例》（国务院令第680号）", "outdated_edition"),
    ("《宗教事务条例》（国务院令第426号）", "outdated_edition"),
    ("《校车安全管理条例》（国务院令第671号）", "wrong_number"),
]


@pytest.mark.parametrize(("name", "verdict"), ORDERS)
def test_the_order_of_an_earlier_text_is_outdated(name: str, verdict: Verdict):
    assert verdict in judge(f"有关工作按照{name}办理。")


def test_an_order_is_judged_by_the_day_of_the_letter():
    text = "有关工作按照《政府信息公开条例》（国务院令第492号）办理。"
    assert "outdated_edition" not in judge(text, date(2018, 5, 1))


def test_the_articles_are_of_the_text_in_force_and_of_no_other_day():
    rows = list(Tables(room).rows("articles.tsv"))
    register = load_register(None)
    assert len(rows) >= 60
    for title, promulgated, article, text in rows:
        entry = register.entries[title]
        edition = edition_on(title, DAY.isoformat())
        assert edition is None or edition.promulgated == promulgated, title
        number = read_article(article)
        assert number and (entry.articles is None or number[0] <= entry.articles), title
        assert read_known_articles(title, DAY.isoformat())[number] == text.replace("¶", "\n")
    assert read_known_articles("政府信息公开条例", "2018-01-01") == {}


def test_orders_of_editions_are_told_once():
    titles = {row[0] for row in Tables(room).rows("editions.tsv")}
    orders = [(t, e.order) for t in titles for e in editions_of(t) if e.order]
    assert len(orders) >= 35 and len(set(orders)) == len(orders)


KNOWN = [
    ("《博物馆条例》第五十条", "no_such_article"),
    ("护士条例第三条", "unclear"),
    ("《退役士兵安置条例》第二十二条", "repealed"),
    ("《公路管理条例》第三条", "repealed"),
    ("《无障碍环境建设条例》第三条", "unclear"),
    ("《护士条例》（国务院令第518号）", "wrong_number"),
    ("《护士条例》（国务院令第517号）", "valid"),
    ("《政务数据共享条例》第四十五条", "no_such_article"),
]


@pytest.mark.parametrize(("name", "verdict"), KNOWN)
def test_regulations_of_the_state_council_are_known(name: str, verdict: Verdict):
    assert verdict in judge(f"有关工作按照{name}办理。")


def test_the_register_has_most_of_them_and_the_guard_knows_their_titles():
    entries = load_register(None).entries.values()
    titles = {e.title for e in entries if e.kind == "行政法规"}
    assert len(titles) >= 500
    assert all(is_national_document(title) for title in titles)
