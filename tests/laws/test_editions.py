"""Which edition of a law a text means, and which of two texts of one name in an index."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from replygen.index import Index
from replygen.language.tables import Tables
from replygen.laws import find_citations, load_register
from replygen.laws.editions import editions_of, read_edition
from replygen.laws.lawsdb import read_law_articles, read_law_versions
from replygen.laws.records import StatuteRecord, find_superseded
from replygen.laws.register import __file__ as room
from replygen.parsing import parse_source
from replygen.reading import read_bytes

NAMED = [
    ("依据", "行政处罚法", "（2017年修正）第三十八条", ("2017", True)),
    ("依据", "食品安全法", "(2009年)第九十六条", ("2009", True)),
    ("依据", "食品安全法", "（2021年4月29日第二次修正）", ("2021", True)),
    ("依据", "产品质量法（1993）", "第三十条", ("1993", True)),
    ("依据2017年修正的《", "行政处罚法", "》第四十二条", ("2017", True)),
    ("依据修订前的", "行政处罚法", "第三十一条", ("earlier", True)),
    ("依据原", "食品安全法", "第九十六条", ("earlier", True)),
    ("依据新修订的", "行政处罚法", "第三十三条", ("newest", True)),
    ("2022年", "食品安全法", "宣传周", ("2022", False)),
    ("依据", "价格法", "第八条（一）项", None),
    ("还原", "食品安全法", "第八条", None),
]


@pytest.mark.parametrize(("before", "title", "after", "wanted"), NAMED)
def test_the_words_around_a_title_name_an_edition(before, title, after, wanted) -> None:
    named = read_edition(before, title, after)
    assert (named and (named.year, named.sure)) == wanted


def test_editions_stand_in_order_and_agree_with_laws_db() -> None:
    titles = dict.fromkeys(row[0] for row in Tables(room).rows("editions.tsv"))
    assert len(titles) >= 80
    for title in titles:
        editions = editions_of(title)
        days = [e.effective for e in editions]
        assert days == sorted(days) and all(e.promulgated <= e.effective for e in editions), title
        for version in read_law_versions().get(title, ()):
            (edition,) = [e for e in editions if e.promulgated == version.version]
            last = max(number for number, _ in read_law_articles(version.id))
            assert edition.last in (None, last), title


RULE = """云川市养犬管理办法
（{year}年3月1日云川市人民政府令第{number}号公布 自{year}年5月1日起施行）
第一条 为了规范养犬行为，制定本办法。
第二条 本市行政区域内的养犬适用本办法。
第三条 {third}
第四条 本办法自{year}年5月1日起施行。
"""


def _add(index: Index, text: str, name: str) -> None:
    source = read_bytes(name, text.encode())
    index.add(parse_source(source), source, own=True, region="云川市")


def test_of_two_texts_in_an_index_the_one_of_the_day_counts(index: Index) -> None:
    old = "个人每户限养犬二只，重点管理区内禁止饲养烈性犬。"
    new = "个人每户限养犬一只，饲养犬只应当办理登记和免疫。"
    _add(index, RULE.format(year=2015, number=7, third=old), "旧.txt")
    _add(index, RULE.format(year=2023, number=19, third=new), "新.txt")
    register = load_register(index)
    (citation,) = find_citations("《云川市养犬管理办法》第三条")
    for day, wanted in ((date(2020, 1, 1), old), (date(2026, 1, 1), new)):
        judgement = register.examine(citation, on=day)
        assert (judgement.verdict, judgement.text) == ("valid", wanted)


CARE = """云川市停车管理条例
2010年12月23日云川市第三届人民代表大会常务委员会第二十次会议通过{amended}
第一条 为了加强停车管理，方便群众出行，制定本条例。
第二条 {second}负责本市停车管理工作，其他有关部门按照职责做好相关工作。
第三条 收费停车场应当明码标价，公示收费依据。
{more}第{last}条 本条例自2011年3月1日起施行。
"""
AMENDED = (
    " 根据2024年12月31日云川市第六届人民代表大会常务委员会第三十次会议"
    "《关于修改〈云川市停车管理条例〉的决定》修正"
)
FIRST = CARE.format(
    amended="", second="公安机关", more="第四条 违反本条例的，处二百元罚款。\n", last="五"
)
SECOND = CARE.format(amended=AMENDED, second="城市管理部门", more="", last="四")


@pytest.mark.parametrize("texts", [(FIRST, SECOND), (SECOND, FIRST)])
def test_of_editions_the_one_in_force_is_found_and_cited_whatever_came_first(index, texts) -> None:
    for number, text in enumerate(texts):
        _add(index, text, f"{number}.md")
    states = sorted((r.begins, r.status) for r in index.statutes())
    assert states == [("2011-03-01", "repealed"), ("2024-12-31", "in_force")]
    hits = index.search("停车管理由哪个部门负责", kind="article")
    assert hits and all(h.passage.document.date == "2024-12-31" for h in hits)
    assert index.article("云川市停车管理条例", "第二条").text.startswith("城市管理部门")
    assert "施行" in index.article("云川市停车管理条例", "第四条").text
    assert index.article("云川市停车管理条例", "第五条") is None  # only the first text has it


_THIRD = "第三届人民代表大会常务委员会"
CITED = [
    ("《云川市停车管理条例》第二条", "valid"),
    ("《云川市停车管理条例》（2024年修正）第二条", "valid"),
    ("《云川市停车管理条例》（2010年）第二条", "outdated_edition"),
    ("修订前的《云川市停车管理条例》第二条", "outdated_edition"),
    ("《云川市停车管理条例》第五条", "outdated_edition"),
    ("《云川市停车管理条例》第九条", "no_such_article"),
]


def test_what_only_an_earlier_edition_says_is_outdated(index) -> None:
    _add(index, FIRST, "一.md")
    _add(index, SECOND, "二.md")
    register = load_register(index)
    for text, wanted in CITED:
        (citation,) = find_citations(text)
        assert register.examine(citation, on=date(2026, 1, 1)).verdict == wanted, text
    (citation,) = find_citations("《云川市停车管理条例》第五条")  # on a day when it stood
    assert register.examine(citation, on=date(2020, 1, 1)).verdict == "valid"


def test_rules_of_one_name_by_two_issuers_are_no_editions() -> None:
    one = StatuteRecord("奖励办法", "in_force", "2010-01-01", "a", 5, "甲市人民政府")
    two = StatuteRecord("奖励办法", "in_force", "2020-01-01", "b", 5, "乙市人民政府")
    terms = [replace(r, issuer=f"甲市{term}") for r, term in ((one, _THIRD), (two, "人大常委会"))]
    assert find_superseded(terms, "2026-01-01") == {"a": "b"}  # a body outlives its terms
    national = replace(one, name="中华人民共和国奖励法"), replace(two, name="奖励法")
    assert find_superseded((one, two), "2026-01-01") == {}
    assert find_superseded((one, replace(two, issuer=None)), "2026-01-01") == {"a": "b"}
    assert find_superseded(national, "2026-01-01") == {"a": "b"}
    assert find_superseded((one, replace(two, issuer=None)), "2019-12-31") == {}
