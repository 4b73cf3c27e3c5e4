"""Titles as bureaus write them (facts, from REAL_FORMS.md 2.1 and STANDARDS.md 2.7)."""

from __future__ import annotations

import pytest

from replygen.parsing.titles import REPLY_TITLE, clean_subject, find_session, place_of, read_title

# title, channel, level, session, number, issuer
TITLES = [
    ("关于对政协十届三次会议第52号提案的答复", "cppcc", None, "十届三次", "52", None),
    ("对县政协十届三次会议来信号提案的答复", "cppcc", "县", "十届三次", "来信", None),
    ("对衡阳市政协第十三届一次会议第268号提案的答复", "cppcc", "市", "十三届一次", "268", None),
    (
        "西山区农业农村局关于西山区第十七届人大三次会议第173169号建议答复的函",
        "npc",
        "县",
        "十七届三次",
        "173169",
        "西山区农业农村局",
    ),
    (
        "南宫市交通运输局 对南宫市第九届人民代表大会第二次会议的第46号建议的答复",
        "npc",
        "市",
        "九届二次",
        "46",
        "南宫市交通运输局",
    ),
    (
        "砚山县交通运输局关于砚山县第十六届人民代表大会第二次会议第4号代表建议的答复",
        "npc",
        "县",
        "十六届二次",
        "4",
        "砚山县交通运输局",
    ),
    (
        "2022年度滕州市住建局关于人大十九届一次会议第50号代表建议的答复"
        "(关于将单位宿舍纳入老旧小区改造范围的建议)",
        "npc",
        None,
        "十九届一次",
        "50",
        "滕州市住建局",
    ),
    ("对自治区政协十三届二次会议第0479号提案的答复", "cppcc", "省", "十三届二次", "0479", None),
    (
        "泰顺县水利局关于答复县十七届人大三次会议第413号代表建议的函",
        "npc",
        "县",
        "十七届三次",
        "413",
        "泰顺县水利局",
    ),
    (
        "镇康县水务局关于对镇康县第十八届人民代表大会第四次会议代表第0076号建议的答复函",
        "npc",
        "县",
        "十八届四次",
        "0076",
        "镇康县水务局",
    ),
    (
        "重庆市长寿区教育委员会关于区政协十六届二次会议第222号建议的复函",
        "cppcc",
        "县",
        "十六届二次",
        "222",
        "重庆市长寿区教育委员会",
    ),
    (
        "重庆市渝北区城市管理局关于区政协十六届第一次会议第208号提案的复函",
        "cppcc",
        "县",
        "十六届一次",
        "208",
        "重庆市渝北区城市管理局",
    ),
    (
        "屏边苗族自治县住房和城乡建设局对县政协提案第109号的答复",
        "cppcc",
        "县",
        None,
        "109",
        "屏边苗族自治县住房和城乡建设局",
    ),
    (
        "关于对市十五届人大一次会议第40号建议办理情况的答复",
        "npc",
        "市",
        "十五届一次",
        "40",
        None,
    ),
    (
        "重庆市沙坪坝区交通运输委员会关于区十九届人大第六次会议第DH0271号建议办理情况的复函",
        "npc",
        "县",
        "十九届六次",
        "DH0271",
        "重庆市沙坪坝区交通运输委员会",
    ),
    (
        "十堰市茅箭区人民政府关于十堰市人大第五届五次会议第091号建议的答复",
        "npc",
        "市",
        "五届五次",
        "091",
        "十堰市茅箭区人民政府",
    ),
    (
        "广西壮族自治区文化和旅游厅关于自治区十三届人大四次会议第2021140号代表建议的答复",
        "npc",
        "省",
        "十三届四次",
        "2021140",
        "广西壮族自治区文化和旅游厅",
    ),
    ("关于省十四届人大二次会议第1117号建议的答复", "npc", "省", "十四届二次", "1117", None),
    (
        "对市十五届人大五次会议第JY20250126号建议的答复",
        "npc",
        "市",
        "十五届五次",
        "JY20250126",
        None,
    ),
    (
        "国务院办公厅对全国政协十届四次会议第4626号提案的答复",
        "cppcc",
        "国家",
        "十届四次",
        "4626",
        "国务院办公厅",
    ),
    ("对十四届全国人大三次会议第7409号建议的答复", "npc", "国家", "十四届三次", "7409", None),
    (
        "交通运输部关于十三届全国人大一次会议第6750号建议的答复函",
        "npc",
        "国家",
        "十三届一次",
        "6750",
        "交通运输部",
    ),
    (
        "关于政协第十四届全国委员会第二次会议第02403号（医疗卫生类173号）提案答复的函",
        "cppcc",
        "国家",
        "十四届二次",
        "02403",
        None,
    ),
    (
        "甘肃省人民政府外事办公室关于对省十四届人大三次会议第81号建议的答复",
        "npc",
        "省",
        "十四届三次",
        "81",
        "甘肃省人民政府外事办公室",
    ),
    (
        "关于湖北省政协十二届一次会议第20180329号提案的答复",
        "cppcc",
        "省",
        "十二届一次",
        "20180329",
        None,
    ),
    (
        "市委改革办(市营商环境建设局)关于市十六届人大六次会议第248号建议的答复",
        "npc",
        "市",
        "十六届六次",
        "248",
        "市委改革办(市营商环境建设局)",
    ),
    (
        "市住房和城市更新局对市政协十四届四次会议第20250688号提案的答复",
        "cppcc",
        "市",
        "十四届四次",
        "20250688",
        "市住房和城市更新局",
    ),
    (
        "对政协桦垣县第十届委员会第二次会议第41号提案的答复",
        "cppcc",
        "县",
        "十届二次",
        "41",
        None,
    ),
    ("关于市政协十二届四次会议第302号提案的会办意见", "cppcc", "市", "十二届四次", "302", None),
    ("对县十六届人大二次会议Y19号建议案的回复", "npc", "县", "十六届二次", "Y19", None),
]


@pytest.mark.parametrize(("title", "channel", "level", "session", "number", "issuer"), TITLES)
def test_a_title_gives_channel_level_session_number_and_issuer(
    title: str,
    channel: str,
    level: str | None,
    session: str | None,
    number: str,
    issuer: str | None,
) -> None:
    facts = read_title(title)
    assert REPLY_TITLE.search(title)
    assert (facts.channel, facts.level, facts.session, facts.number, facts.issuer) == (
        channel,
        level,
        session,
        number,
        issuer,
    )


def test_a_bracketed_subject_in_a_title_is_read() -> None:
    facts = read_title(TITLES[6][0])
    assert facts.subject == "关于将单位宿舍纳入老旧小区改造范围"


@pytest.mark.parametrize(
    ("text", "session"),
    [
        ("第14届3次会议", "十四届三次"),
        ("二十届一次全会", "二十届一次"),
        ("第二十一届人民代表大会第十次会议", "二十一届十次"),
        ("每届任期五年", None),
    ],
)
def test_sessions_have_one_written_form(text: str, session: str | None) -> None:
    assert find_session(text) == session


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("关于规范电商产业发展的提案", "关于规范电商产业发展"),
        ("《关于推动直播电商规范发展提档升级的建议》", "关于推动直播电商规范发展提档升级"),
        ("关于规范“小饭桌”管理的建议案", "关于规范“小饭桌”管理"),
        ("关于治理“僵尸车”", "关于治理“僵尸车”"),
        ("“关于加强监管电商平台的建议”", "关于加强监管电商平台"),
    ],
)
def test_a_subject_loses_its_frame_but_not_its_quotation_marks(text: str, subject: str) -> None:
    assert clean_subject(text) == subject


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("重庆市长寿区教育委员会", "重庆市长寿区"),
        ("屏边苗族自治县住房和城乡建设局", "屏边苗族自治县"),
        ("桦垣县市场监督管理局", "桦垣县"),
        ("上海市浦东新区商务委员会", "上海市浦东新区"),
        ("恩施土家族苗族自治州教育局", "恩施土家族苗族自治州"),
        ("国务院办公厅", None),
        ("市委改革办", None),
    ],
)
def test_the_place_is_read_off_the_name_of_an_office(name: str, place: str | None) -> None:
    assert place_of(name) == place
