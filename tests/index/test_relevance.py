"""The judge of relevance: what bears on an ask, and what only sounds like it."""

from __future__ import annotations

import pytest

from replygen.evaluation.relevance import draw_curve
from replygen.index.relevance import ALIKE, BAR, AskContext, Judge, read_subject
from replygen.laws.fields import find_field
from replygen.models import Document, Hit, Passage, PassageKind

MEALS = AskContext(
    "推进社区老年助餐服务",
    "扩大社区助餐点覆盖",
    "扩大社区助餐点覆盖。在老年人集中的社区增设老年食堂和助餐点，鼓励餐饮企业参与，为居家老年人送餐上门。",
)


def make_hit(title: str, kind: PassageKind, text: str, number: str = "第九条") -> Hit:
    document = Document(title, title, kind, title, None, None, None, None)
    return Hit(Passage(f"{title}#9", document, kind, 9, number, text), 0.5, ("words",))


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


RIGHT = make_hit(
    "中华人民共和国老年人权益保障法",
    "article",
    "地方各级人民政府应当发展城乡社区养老服务，扶持专业服务机构为居家的老年人提供助餐等生活照料服务。",
)
TWINS = [
    make_hit(
        "中华人民共和国国防教育法",
        "article",
        "地方各级人民政府应当发展社区国防教育，扶持有关机构为居民提供服务。",
    ),
    make_hit("中华人民共和国公司法", "article", "股东会会议由董事会召集，董事长主持。"),
    make_hit(
        "中华人民共和国海南自由贸易港法",
        "article",
        "海南自由贸易港推动养老养生产业深度融合，培育新业态。",
    ),
]


def test_the_law_of_the_matter_comes_before_other_sectors(judge: Judge) -> None:
    found = judge.judge(MEALS, [*TWINS, RIGHT])
    assert found[0].passage == RIGHT.passage
    assert (found[0].relevance or 0.0) > 2 * (found[1].relevance or 0.0)


def test_a_measure_on_the_matter_comes_before_a_general_speech(judge: Judge) -> None:
    about = make_hit(
        "甲", "measure", "在老年人集中的小区新建社区食堂和助餐点，与餐饮企业签约送餐上门。", "助餐"
    )
    speech = make_hit(
        "乙", "measure", "提高站位，加强领导，统筹推进各项工作，不断满足人民群众的需要。", "总体"
    )
    found = judge.judge(MEALS, [speech, about])
    assert found[0].passage == about.passage


def test_probabilities_lie_between_0_and_1_and_nothing_gives_nothing(judge: Judge) -> None:
    assert judge.judge(MEALS, []) == ()
    assert all(0.0 <= score <= 1.0 for score in judge.score(MEALS, [*TWINS, RIGHT]))
    assert all(0.0 < bar < 1.0 for bar in BAR.values())


SAME = [
    ("推行明厨亮灶", "全市学校食堂的明厨亮灶已全部接入监管平台。"),
    ("整治飞线充电", "物业企业对私拉电线充电逐户排查，发现飞线充电当场拆除。"),
    ("增设停车泊位", "今年我局将利用桥下空间新增停车泊位二百个。"),
]


@pytest.mark.parametrize(("demand", "answer"), SAME)
def test_an_answer_takes_up_its_demand_and_no_other(judge: Judge, demand: str, answer: str) -> None:
    others = [text for other, text in SAME if other != demand]
    own, *rest = judge.alike(demand, [answer, *others])
    assert own >= ALIKE > max(rest)


@pytest.mark.parametrize(
    ("law", "field", "word"),
    [
        ("中华人民共和国电影产业促进法", "文化", "电影"),
        ("《特种设备安全法》", "市场监管", "电梯"),
        ("云川市湿地修复办法", "", "云川市湿地修复"),
    ],
)
def test_a_law_tells_what_it_governs(law: str, field: str, word: str) -> None:
    found = find_field(law)
    assert found.name == field and word in found.words


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("关于推进我市社区助餐服务的提案", "推进社区助餐服务"),
        ("关于进一步加强养老服务的几点建议", "加强养老服务"),
        (None, ""),
    ],
)
def test_a_title_gives_its_subject(title: str | None, subject: str) -> None:
    assert read_subject(title) == subject


def test_a_perfect_order_has_an_area_of_1() -> None:
    curve = draw_curve([True, False, True, False], [0.9, 0.2, 0.8, 0.1], 0.5)
    assert curve.auc == 1.0 and set(curve.precision.values()) == {1.0}
    assert curve.at_bar == (1.0, 1.0)
