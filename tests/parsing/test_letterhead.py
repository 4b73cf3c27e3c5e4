"""Marks, numbers, salutations and sign-offs as they stand in published replies."""

from __future__ import annotations

import pytest

from replygen.language.dates import find_date
from replygen.models import Contact
from replygen.parsing.greetings import is_person_list, read_addressees
from replygen.parsing.letterhead import (
    find_doc_number,
    find_openness,
    find_signer,
    find_title,
)
from replygen.parsing.results import find_result_class
from replygen.parsing.signoff import read_cc, read_contacts


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("A", "A"),
        ("（A）类", "A"),
        ("B类", "B"),
        ("办理结果：A", "A"),
        ("类别：B", "B"),
        ("类 别：B", "B"),
        ("办理结果：B类", "B"),
        ("办复类别：C", "C"),
        ("答复类别：A", "A"),
        ("办理情况：A", "A"),
        ("衡公提复〔2022〕12号（A类）", "A"),
        ("平教体字〔2018〕27号C类", "C"),
        ("湘教提复字〔2019〕来信号B类", "B"),
        ("钱汽发〔2020〕11号A类 同意公开", "A"),
        ("湘阴交函议复字〔2019〕6号（A）类", "A"),
        ("乙类", "B"),
        ("我们对企业实行A类管理", None),
        ("泊市监议字〔2025〕8号", None),
    ],
)
def test_class_marks_are_read_in_every_form(line: str, mark: str | None) -> None:
    assert find_result_class([line]) == mark


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("潼民发【2024】275号", "潼民发〔2024〕275号"),
        ("长市监议字[2025]5号", "长市监议字〔2025〕5号"),
        ("子交函〔2023〕34号", "子交函〔2023〕34号"),
        ("浦商委办理（2025）29号", "浦商委办理〔2025〕29号"),
        ("湘教提复字〔2019〕来信号B类", "湘教提复字〔2019〕来信号"),
        ("建提复字〔2023〕第29号", "建提复字〔2023〕第29号"),
        ("长二工信议字 2023 2号", "长二工信议字〔2023〕2号"),
        ("国办函〔2006〕82号", "国办函〔2006〕82号"),
        ("对市政协十四届三次会议第43001号提案的答复", None),
    ],
)
def test_document_numbers_get_hexagonal_brackets(line: str, number: str | None) -> None:
    assert find_doc_number([line]) == number


@pytest.mark.parametrize(
    ("salutation", "names", "personal"),
    [
        ("李明远委员：", ("李明远",), True),
        ("尊敬的李明远代表：", ("李明远",), True),
        ("马青、周丽等委员：", ("马青", "周丽"), True),
        ("罗吉卿等3位委员：", ("罗吉卿",), True),
        ("王珂、高晨星两位代表：", ("王珂", "高晨星"), True),
        ("张小华政协委员：", ("张小华",), True),
        ("尊敬的王亚春区人大代表：", ("王亚春",), True),
        ("苏村代表团：", ("苏村代表团",), False),
        ("农工党内蒙古区委：", ("农工党内蒙古区委",), False),
        ("xxx委员：", ("xxx",), True),
        ("符广流代表", ("符广流",), True),
        ("王和平委员：", ("王和平",), True),
        ("骆书遥、喻清和等8名委员：", ("骆书遥", "喻清和"), True),
        ("李和委员：", ("李和",), True),
        ("黄及第代表：", ("黄及第",), True),
        ("王玉和李明委员：", ("王玉", "李明"), True),
        ("张三及李四等3位委员：", ("张三", "李四"), True),
        ("陈和及王和平委员：", ("陈和", "王和平"), True),
        ("民革市委和农工党市委：", ("民革市委", "农工党市委"), False),
        (None, (), False),
    ],
)
def test_salutations_give_bare_names(
    salutation: str | None, names: tuple[str, ...], personal: bool
) -> None:
    assert read_addressees(salutation) == names
    assert is_person_list(names) is personal


@pytest.mark.parametrize(
    ("line", "openness"),
    [
        ("可以公开", "可以公开"),
        ("【同意公开】", "同意公开"),
        ("不同意公开", "不同意公开"),
        ("（此件公开发布）", "公开发布"),
        ("（此件主动公开）", "主动公开"),
        ("钱汽发〔2020〕11号A类 同意公开", "同意公开"),
        ("是否完成对外公开：是", "公开"),
        ("公开属性：依申请公开", "依申请公开"),
        ("推进政务信息公开", None),
    ],
)
def test_openness_keeps_its_own_words(line: str, openness: str | None) -> None:
    assert find_openness([line]) == openness


def test_the_signer_stands_in_the_head_or_in_the_closing() -> None:
    assert find_signer(["签发人：马文忠"]) == "马文忠"
    assert find_signer(["签 发 人：马 文 忠"]) == "马文忠"
    assert find_signer([], "此复函已经马文忠主任审签。") == "马文忠"
    assert find_signer(["承办人：马文忠"]) is None


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (
            ["办理结果：A", "对省十四届人大二次会议第358号建议的", "答复"],
            "对省十四届人大二次会议第358号建议的答复",
        ),
        (
            [
                "云川市市场监督管理局",
                "云市监提复〔2026〕3号",
                "关于市政协五届三次会议第6号提案的答复",
            ],
            "关于市政协五届三次会议第6号提案的答复",
        ),
        (
            ["关于对市政协五届三次会议", "第0126号提案的答复"],
            "关于对市政协五届三次会议 第0126号提案的答复",
        ),
        (["云川市市场监督管理局", "A"], None),
    ],
)
def test_a_broken_title_is_put_together(lines: list[str], title: str | None) -> None:
    assert find_title(lines) == title


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024年6月27日", "2024-06-27"),
        ("二○一九年七月十日", "2019-07-10"),
        ("二〇〇六年十月十八日", "2006-10-18"),
        ("二〇二三年十二月三十一日", "2023-12-31"),
        ("2024-06-06", "2024-06-06"),
        ("2023518", None),
        ("2024年13月1日", None),
    ],
)
def test_dates_become_iso(text: str, date: str | None) -> None:
    assert find_date(text) == date


@pytest.mark.parametrize(
    ("lines", "contacts"),
    [
        (["联系人：田雨禾", "联系电话：0000-3300126"], (Contact("田雨禾", "0000-3300126"),)),
        (
            ["联系人：田雨禾 莫云帆；电话：13700000218 13700000255"],
            (Contact("田雨禾", "13700000218"), Contact("莫云帆", "13700000255")),
        ),
        (
            ["（联系人：×××；联系电话：0000-8528××××）"],
            (Contact("×××", "0000-8528××××"),),
        ),
        (["联系电话：1370740****"], (Contact(None, "1370740****"),)),
        (
            ["承办负责人：殷志 承办人及联系电话：边小溪0000-3306670"],
            (Contact("殷志", None), Contact("边小溪", "0000-3306670")),
        ),
    ],
)
def test_contacts_pair_names_and_phones(lines: list[str], contacts: tuple[Contact, ...]) -> None:
    assert read_contacts(lines) == contacts


@pytest.mark.parametrize(
    ("line", "bodies"),
    [
        ("抄送：县人大代表工委，白秋生副县长。", ("县人大代表工委", "白秋生副县长")),
        ("抄 报：县政府办 县政协提案委 联系单位：县民政局", ("县政府办", "县政协提案委")),
        ("抄送：市人大代选工委（1份）", ("市人大代选工委",)),
        ("电话：13700000218 送：市政协提案委办公室", ("市政协提案委办公室",)),
        ("报送：方案", ()),
    ],
)
def test_copies_are_listed_without_their_counts(line: str, bodies: tuple[str, ...]) -> None:
    assert read_cc([line]) == bodies
