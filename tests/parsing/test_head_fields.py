"""What the fields of a head say, read from a form or typed by a person."""

from __future__ import annotations

import pytest

from replygen.parsing import parse_proposal_text
from replygen.parsing.head_fields import read_names, read_number, read_title, split_names


@pytest.mark.parametrize(
    "text, names",
    [
        ("市商务局、市文化和旅游局", ["市商务局", "市文化和旅游局"]),
        ("市发展和改革委，市工业和信息化局", ["市发展和改革委", "市工业和信息化局"]),
        ("市财政局和市住房和城乡建设局", ["市财政局", "市住房和城乡建设局"]),
        ("市卫生健康委与市医疗保障局", ["市卫生健康委", "市医疗保障局"]),
        ("市规划和自然资源局", ["市规划和自然资源局"]),
        ("共青团云川市委和市妇联", ["共青团云川市委", "市妇联"]),
        ("市农业农村局 市水利局\n市林业局", ["市农业农村局", "市水利局", "市林业局"]),
        ("林小满和周大川", ["林小满", "周大川"]),
        ("林小满和周大川、陈思", ["林小满", "周大川", "陈思"]),
        ("林　静", ["林静"]),
        ("林 静、周大川", ["林静", "周大川"]),
        ("林小满 周大川", ["林小满", "周大川"]),
        ("李和平", ["李和平"]),
    ],
)
def test_a_list_of_names_is_cut_where_whole_names_meet(text, names):
    assert list(split_names(text)) == names


@pytest.mark.parametrize(
    "text, names",
    [
        ("会办单位：市商务局、市文化和旅游局。", ["市商务局", "市文化和旅游局"]),
        ("市商务局等单位", ["市商务局"]),
        ("提案人: 林小满、林小满", ["林小满"]),
        ("林小满等3人", ["林小满等3人"]),
        ("", []),
        ("、，", []),
    ],
)
def test_a_field_of_names_is_taken_as_people_type_it(text, names):
    assert list(read_names(text)) == names


@pytest.mark.parametrize(
    "text, title",
    [
        ("《关于建设夜市的提案》", "关于建设夜市的提案"),
        ("案由：关于建设夜市的提案", "关于建设夜市的提案"),
        ("提案题目: 《关于建设夜市的提案》", "关于建设夜市的提案"),
        ("关于落实《夜市管理办法》的提案", "关于落实《夜市管理办法》的提案"),
        ("《甲办法》与《乙办法》", "《甲办法》与《乙办法》"),
        ("乡村振兴：让集市活起来", "乡村振兴：让集市活起来"),
    ],
)
def test_a_title_is_taken_without_its_label_and_its_marks(text, title):
    assert read_title(text) == title


@pytest.mark.parametrize(
    "text, number",
    [
        ("第15号", "15"), ("15 号", "15"), ("０１５", "015"), ("编号：0126", "0126"),
        ("提案号0012", "0012"), ("No.15", "15"), ("第A15号", "A15"), ("A-15", "A-15"), ("", ""),
    ],
)  # fmt: skip
def test_a_number_is_taken_bare(text, number):
    assert read_number(text) == number


def test_a_form_that_names_a_body_with_an_and_or_a_person_set_apart_is_read_whole():
    read = parse_proposal_text(
        "关于建设夜市的提案\n提案人：林　静\n主办单位：市商务局\n"
        "会办单位：市文化和旅游局、市公安局\n建议：一、建设夜市。"
    )
    assert read.proposers == ("林静",)
    assert read.co_hosts == ("市文化和旅游局", "市公安局")
