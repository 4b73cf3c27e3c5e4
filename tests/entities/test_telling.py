"""What tells of one place by its kind, famous names, and ordinary things that name nothing."""

from __future__ import annotations

import pytest

from replygen.checking import check_document
from replygen.entities import find_mentions, find_oddities, find_taught, find_telling
from replygen.entities.famous import find_famous
from replygen.entities.prose import cut_prose
from replygen.entities.telling import is_honour
from replygen.settings import Profile

TELLING = [
    ("中国天然氧吧的牌子要靠长效管护来守。", "中国天然氧吧"),
    ("停车难在国家园林城市的中心片区同样突出。", "国家园林城市"),
    ("县域产业因瓷而兴，也因瓷而困。", "因瓷而兴"),
    ("我们身处温泉之乡，水价改革更要稳妥。", "温泉之乡"),
    ("仓储企业多，因为这里有全国最大的药材市场。", "全国最大的"),
    ("新改建铺面按骑楼风貌导则执行。", "骑楼风貌导则"),
    ("家长会上，二实小的做法得到好评。", "二实小"),
]
TOLD_EVERYWHERE = [
    "积极创建国家森林城市，提高绿化水平。",
    "依照本办法第十一条的规定处理。",
    "建立健全相关管理办法和操作规程。",
    "行业协会为主体制定自律公约。",
    "不打无准备之仗，不行无用之功。",
]


@pytest.mark.parametrize(("text", "told"), TELLING)
def test_a_fact_of_one_place_is_seen_by_its_kind(text: str, told: str):
    assert told in [m.text for m in find_telling(text)]


@pytest.mark.parametrize("text", TOLD_EVERYWHERE)
def test_what_every_place_says_or_plans_is_not(text: str):
    assert list(find_telling(text)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("餐车上增加了胡辣汤。", "胡辣汤"),
        ("秦腔的传习点设在文化馆。", "秦腔"),
        ("村务公开参照塘约经验。", "塘约经验"),
        ("供水缺口待引汉济渭通水后缓解。", "引汉济渭"),
        ("远程会诊接入湘雅医院。", "湘雅医院"),
    ],
)
def test_a_name_that_everybody_knows_is_told(text: str, name: str):
    famous = [text[s:e] for s, e, _ in find_famous(text, cut_prose(text.rstrip("。"), 0))]
    assert name in famous
    assert any(name in m.text for m in find_taught(text))


@pytest.mark.parametrize("text", ["合同里写明违约责任。", "由公司股东大会决定。", "做大商贸物流。"])
def test_none_that_cuts_a_word_in_two(text: str):
    assert list(find_famous(text, cut_prose(text.rstrip("。"), 0))) == []


@pytest.mark.parametrize(
    "text",
    [
        "回南天湿气重，幼儿园应加强被褥晾晒。",
        "松材线虫病疫木不得私自运输。",
        "剧本杀、密室逃脱等业态实行备案管理。",
        "自闭症儿童康复讲究早筛早诊。",
    ],
)
def test_ordinary_things_are_no_names(text: str):
    assert find_oddities(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "群众可直接拨打110报警。",
        "120调度员应当接受培训。",
        "养老服务要三条腿走路。",
        "交接单一式三份备查。",
    ],
)
def test_numbers_to_call_and_idioms_count_nothing(text: str):
    assert [m.text for m in find_mentions(text) if m.kind == "number"] == []


@pytest.mark.parametrize(
    "name",
    ["春风行动", "银龄行动", "雨露计划", "交管12123", "世界水日", "信用中国网站"],
)
def test_national_programmes_services_and_days_are_nobodys(name: str):
    scopes = [m.scope for m in find_mentions(f"结合{name}开展服务。") if name in m.text]
    assert scopes == ["national"]


@pytest.mark.parametrize(
    ("name", "honour"), [("中国笋干之乡", True), ("世界竹编之都", True), ("安居之路", False)]
)
def test_what_a_place_is_given_is_an_honour(name: str, honour: bool) -> None:
    assert is_honour(name) is honour


def test_an_honour_in_quotes_is_no_saying() -> None:
    text = "作为“中国笋干之乡”，我们把技能培训摆在前头。"
    report = check_document([text], profile=Profile())
    assert any(f.where and "笋干之乡" in f.where.text for f in report.findings)
