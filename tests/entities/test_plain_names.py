"""Names of common words and plain ones: who does what only one person does, what is being built,
bodies by short names and those that only some places have."""

from __future__ import annotations

import pytest

from replygen.entities import (
    find_mentions,
    find_oddities,
    find_programmes,
    find_telling,
    is_generic_organisation,
)

PEOPLE = [
    ("向阳到场后先把老人劝回屋里。", "向阳"),
    ("富强从部队回来就干起了快递。", "富强"),
    ("欢喜嫁到村里二十年。", "欢喜"),
    ("农技站派高峰下乡指导了一季。", "高峰"),
    ("老人就餐补贴由明亮逐户核对。", "明亮"),
    ("分管环卫的开朗答复说，转运站年内搬走。", "开朗"),
    ("组里的常青每天七点就守在校门口。", "常青"),
    ("护林员康复巡山时发现了废渣。", "康复"),
]
NOBODY = [
    "企业接手后应当公示价格。",
    "由专人逐户核对。",
    "请专家下乡指导。",
    "村里的老人每天可以领一份午餐。",
    "车辆到场后应当登记。",
    "随后从外地回来的人员应当报备。",
    "分管领导答复说，将尽快办理。",
]


@pytest.mark.parametrize(("text", "name"), PEOPLE)
def test_a_word_that_does_what_only_one_person_does_is_a_name(text: str, name: str):
    assert name in [m.text for m in find_mentions(text) if m.kind == "person"]


@pytest.mark.parametrize("text", NOBODY)
def test_a_role_that_does_it_is_nobody(text: str):
    assert [m for m in find_mentions(text) if m.kind == "person"] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("待东部快速路三期开工后，货车可绕行。", "东部快速路三期"),
        ("南环路拓宽已列入明年的计划。", "南环路拓宽"),
        ("老城棚改四期的安置房已经封顶。", "老城棚改四期"),
        ("机场高速复线通车前，该路口仍将拥堵。", "机场高速复线"),
    ],
)
def test_works_are_found_by_their_plain_names(text: str, name: str):
    assert any(name in m.text for m in find_mentions(text))


@pytest.mark.parametrize(
    "text",
    [
        "二期工程未经验收不得投入使用。",
        "肝癌三期的患者可以申请救助。",
        "道路拓宽前应当先迁改管线。",
        "项目分三期建设。",
    ],
)
def test_a_stage_or_a_work_of_nothing_is_no_name(text: str):
    assert [m for m in find_mentions(text) if m.kind in ("brand", "place")] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("附中率先把食堂后厨搬上了屏幕。", "附中"),
        ("转诊由四院与社区一起办。", "四院"),
        ("去年三水厂把滤池全部换新。", "三水厂"),
        ("十二中门口已设临时停车位。", "十二中"),
    ],
)
def test_schools_and_hospitals_are_known_by_short_names(text: str, name: str):
    assert name in [m.text for m in find_oddities(text)]


@pytest.mark.parametrize(
    "text", ["每三小时巡查一次。", "三中全会把改革摆在突出位置。", "一院一策推进改革。"]
)
def test_what_begins_like_a_short_name_is_none(text: str):
    assert [m for m in find_oddities(text) if m.kind == "organisation"] == []


def test_a_body_that_only_some_places_have_is_of_one_place():
    assert not is_generic_organisation("市大数据中心")
    assert not is_generic_organisation("县城投公司")
    assert is_generic_organisation("市公安局") and is_generic_organisation("城投公司")


PROGRAMMES = [
    ("牧民的诉求装进骆驼邮箱，半月一收。", "骆驼邮箱"),
    ("楼下的窗台课堂教老人用手机挂号。", "窗台课堂"),
    ("政策讲得透不透，全看火炕夜话热不热闹。", "火炕夜话"),
    ("汛期里，“蓑衣巡逻队”一天走三遍堤。", "蓑衣巡逻队"),
    ("低保该给谁，磨盘议事亭里当众评。", "磨盘议事亭"),
    ("辣椒贷放款以后，育苗棚多盖了三座。", "辣椒贷"),
]
ANY_PROGRAMME = [
    "电子邮箱填错的，系统应当提示更正。",
    "田间课堂要讲农民听得懂的话。",
    "牙科医生执业应当在注册地点进行。",
    "环形跑道铺设前要做基层检测。",
    "村里的文艺队排练要避开午休。",
    "校园食堂应当公示食材来源。",
    "实训课不得由学生顶岗代替。",
]


@pytest.mark.parametrize(("text", "name"), PROGRAMMES)
def test_a_plain_noun_that_nobody_says_before_a_way_of_working_is_its_name(text: str, name: str):
    assert [m.text for m in find_programmes(text)] == [name]


@pytest.mark.parametrize("text", ANY_PROGRAMME)
def test_ways_of_working_that_every_place_has_are_no_name(text: str):
    assert list(find_programmes(text)) == []


def test_what_one_looks_things_up_in_is_an_app():
    (found,) = find_mentions("材料可在湖城办上提交，不用再跑。")
    assert (found.kind, found.text) == ("brand", "湖城办")
    assert find_mentions("门诊可在手机银行里查询，也可以在任一窗口上提交。") == ()


def test_what_a_place_calls_itself_in_quotes_is_told():
    (found,) = find_telling("“中国扇都”的牌子，是一把一把糊出来的。")
    assert found.text == "中国扇都"
