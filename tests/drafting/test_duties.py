"""Whose business a demand is."""

from __future__ import annotations

from pathlib import Path

import pytest

from replygen.drafting.belonging import Around, assign_duty
from replygen.drafting.duties import (
    load_duties,
    name_unit,
    our_keys,
    score_units,
)
from replygen.errors import SettingsError
from replygen.models import Level
from replygen.settings import Profile, load_profile

_ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("demands_by_unit.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def unit(name: str, level: Level = "市", region: str = "云川市") -> Profile:
    return Profile(name=f"{region}{name}", region=region, level=level, province="澜江省")


@pytest.mark.parametrize(("demand", "units"), _ROWS)
def test_a_demand_points_to_the_unit_that_answers_for_it(demand: str, units: str) -> None:
    scores = score_units(demand, Profile())
    assert scores, demand
    assert max(scores, key=lambda key: scores[key]) in units.split("/")


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("市场监督管理局", {"market", "medicines", "patents"}),
        ("发展和改革委员会", {"development"}),
        ("教育体育局", {"education", "sports"}),
        ("文化广电旅游局", {"culture"}),
        ("文化广电体育和旅游局", {"culture", "sports"}),
        ("自然资源和规划局", {"resources"}),
        ("水务局", {"water"}),
        ("水利局", {"water"}),
        ("农业农村和水利局", {"agriculture", "water"}),
        ("卫生健康委", {"health", "disease_control"}),
        ("科学技术协会", {"science_union"}),
        ("科学技术局", {"science"}),
        ("数据局", {"data"}),
        ("行政审批服务局", {"approval"}),
        ("人民政府办公室", set()),
        ("人民政府", set()),
        ("气象探测中心筹建处", {"weather"}),
        ("港务集团", set()),
        ("人民政府国有资产监督管理委员会", {"state_assets"}),
    ],
)
def test_a_unit_is_known_by_its_name(name: str, keys: set[str]) -> None:
    assert our_keys(unit(name)) == keys


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("市场监督管理局", {"market"}),
        ("药品监督管理局", {"medicines"}),
        ("知识产权局", {"patents"}),
        ("住房和城乡建设厅", {"housing", "urban", "fund"}),
    ],
)
def test_a_unit_of_a_province_has_not_what_others_have_there(name: str, keys: set[str]) -> None:
    assert our_keys(unit(name, "省", "澜江省")) == keys


@pytest.mark.parametrize(
    ("demand", "belongs"),
    [
        ("教育部门担负起对家长的宣讲", "others"),
        ("联合教育部门排查学校食堂食品安全", "shared"),
        ("由市教育局牵头开展校园食育", "aside"),
    ],
)
def test_what_another_is_named_to_do_is_theirs(demand: str, belongs: str) -> None:
    around = Around(topic="办好食堂", title="关于校园食品安全监管的提案", host=True)
    assert assign_duty(demand, around, profile=unit("市场监督管理局")).belongs == belongs


@pytest.mark.parametrize(
    ("key", "level", "region", "name"),
    [
        ("youth", "省", "澜江省", "团省委"),
        ("customs", "市", "云川市", "海关"),
        ("medicines", "县", "禾溪县", "县市场监督管理局"),
        ("patents", "省", "澜江省", "省知识产权局"),
        ("urban", "省", "澜江省", "省住房城乡建设厅"),
        ("education", "市", "云川市", "市教育局"),
        ("education", "省", "澜江省", "省教育厅"),
        ("education", "县", "禾溪县", "县教育局"),
        ("education", "县", "望岳区", "区教育局"),
        ("development", "市", "云川市", "市发展改革委"),
        ("development", "县", "禾溪县", "县发展和改革局"),
        ("publicity", "市", "云川市", "市委宣传部"),
        ("cyberspace", "市", "云川市", "市委网信办"),
        ("health", "国家", "", "卫生部门"),
    ],
)
def test_a_unit_is_called_as_its_level_calls_it(
    key: str, level: Level, region: str, name: str
) -> None:
    assert name_unit(key, unit("某局", level, region)) == name


def test_a_partner_is_called_as_the_profile_calls_it() -> None:
    profile = Profile(name="云川市民政局", region="云川市", partners=("市网信办", "市教体局"))
    assert name_unit("cyberspace", profile) == "市网信办"
    assert name_unit("education", profile) == "市教体局"


@pytest.mark.parametrize(
    ("demand", "belongs", "owners"),
    [
        ("查处网络虚假广告", "ours", ()),
        ("规范学校食堂食品安全管理", "ours", ("市教育局",)),
        ("联合教育部门排查学校食堂食品安全", "shared", ("市教育局",)),
        ("为乡村小学补充教师", "others", ("市教育局",)),
        ("加强宣传引导", "ours", ()),
    ],
)
def test_a_demand_is_ours_shared_or_anothers(
    demand: str, belongs: str, owners: tuple[str, ...]
) -> None:
    duty = assign_duty(demand, Around(), profile=unit("市场监督管理局"))
    assert duty.belongs == belongs
    assert tuple(o.name for o in duty.owners)[: len(owners)] == owners


def test_what_stands_around_decides_where_the_words_say_nothing() -> None:
    profile = unit("市场监督管理局")
    assert (
        assign_duty("加强培训", Around(topic="提升教师素质"), profile=profile).names == "市教育局"
    )
    assert assign_duty("加强培训", Around(topic="规范直播营销"), profile=profile).belongs == "ours"


@pytest.mark.parametrize(
    ("demand", "topic", "title"),
    [
        # one word of a topic is not what the paper is about
        ("开展集中清理行动", "通过媒体加强宣传", "关于治理路边弃置车辆的提案"),
        ("加大惩戒力度", "推动信息共享", "关于防范中介弄虚作假的提案"),
        # by which means is no duty
        ("通过报纸、电视等加大可降解塑料的推广", "加强推广", "关于推广可降解塑料的提案"),
    ],
)
def test_a_passing_word_hands_nothing_on(demand: str, topic: str, title: str) -> None:
    around = Around(topic=topic, title=title, subject=topic)
    assert assign_duty(demand, around, profile=unit("公安局")).belongs == "ours"


def test_what_the_paper_is_about_is_handed_on() -> None:
    around = Around(topic="提高待遇", title="关于加强养老护理员队伍建设的提案", subject="提高待遇")
    assert assign_duty("加强关爱", around, profile=unit("公安局")).names == "市民政局"


def test_every_unit_works_with_those_of_money_and_data() -> None:
    around = Around(topic="加强保障", title="关于治理路边弃置车辆的提案", subject="加强保障")
    duty = assign_duty("推动公共数据共享开放", around, profile=unit("公安局"))
    assert (duty.belongs, duty.names) == ("aside", "市数据局")


def test_a_province_has_its_own_short_names() -> None:
    profile = unit("教育厅", "省", "澜江省")
    names = [name_unit(key, profile) for key in ("housing", "labour", "development")]
    assert names == ["省住房城乡建设厅", "省人力资源社会保障厅", "省发展改革委"]


def test_anothers_matter_inside_ours_is_aside() -> None:
    around = Around(topic="规范校外供餐", title="关于加强外卖食品安全监管的提案")
    duty = assign_duty("将食育纳入中小学课程和教材", around, profile=unit("市场监督管理局"))
    assert (duty.belongs, duty.names) == ("aside", "市教育局")


def test_the_profile_says_whose_a_word_is(tmp_path: Path) -> None:
    path = tmp_path / "profile.toml"
    path.write_text(
        '[unit]\nname = "云川市商务局"\nregion = "云川市"\n'
        '[duties]\nours = ["快递"]\n"市城管局" = ["夜市"]\n',
        encoding="utf-8",
    )
    profile = load_profile(path)
    assert assign_duty("规范快递末端投递", Around(), profile=profile).belongs == "ours"
    assert assign_duty("规范夜市秩序", Around(), profile=profile).names == "市城市管理局"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("做好重点流域保护工作", "health"),  # 护工
        ("处理好社会计划生产之外的事", "finance"),  # 会计
        ("规范销售电池的门店", "development"),  # 售电
    ],
)
def test_two_characters_of_two_words_are_no_duty(text: str, key: str) -> None:
    assert score_units(text, Profile())[key] == 0


def test_a_unit_that_the_table_lacks_says_its_duties_itself(tmp_path: Path) -> None:
    path = tmp_path / "profile.toml"
    path.write_text(
        '[unit]\nname = "云川市港务集团"\nregion = "云川市"\n[duties]\nours = ["港区"]\n', "utf-8"
    )
    profile = load_profile(path)
    assert assign_duty("改善港区环境", Around(), profile=profile).belongs == "ours"
    assert assign_duty("增加小学学位", Around(), profile=profile).names == "市教育局"


@pytest.mark.parametrize("wrong", ["ours = 3", 'ours = "快递"', 'ours = [""]'])
def test_duties_that_are_no_words_are_refused(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "profile.toml"
    path.write_text(f'[unit]\nname = "云川市商务局"\n[duties]\n{wrong}\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="duties"):
        load_profile(path)


def test_no_word_stands_for_more_than_three_units() -> None:
    table = load_duties()
    assert len(table.units) >= 60
    crowded = {w for w, units in table.words.items() if sum(v > 0.35 for v in units.values()) > 3}
    assert crowded == set()
