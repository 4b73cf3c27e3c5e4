"""The head of a letter as offices write it: one letter, of which one line at a time varies."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from replygen.models import Reply, Source
from replygen.parsing import parse_source

Make = Callable[..., Source]

TITLE = "关于市政协十二届三次会议第0211号提案的答复"
GREETING = "骆书遥委员："
RECEIPT = "您提出的《关于推进社区食堂建设的提案》收悉，现将办理情况答复如下："
REST = (
    "一、关于扩大社区食堂覆盖面",
    "我局已建成社区食堂42家，覆盖31个社区。",
    "二、关于加强食品安全监管",
    "下一步，我局将联合有关部门开展检查。",
    "感谢您对民政工作的关心和支持！",
    "青澜市民政局",
    "2024年6月3日",
)


def _read(
    make: Make,
    *,
    title: str = TITLE,
    greeting: str = GREETING,
    receipt: str = RECEIPT,
    above: str = "",
    below: str = "",
    end: str = "",
) -> Reply:
    lines = [above, title, below, greeting, receipt, *REST, end]
    parsed = parse_source(make("\n".join(line for line in lines if line)))
    assert isinstance(parsed, Reply), parsed
    return parsed


# title, session, number
TITLES = [
    ("关于办理市政协十二届三次会议第0211号提案的函", "十二届三次", "0211"),
    ("关于办理市政协十二届三次会议第0211号提案情况的函", "十二届三次", "0211"),
    ("关于办理市十七届人大四次会议第54057号建议的函", "十七届四次", "54057"),
    ("关于办理县政协十届二次会议第28号提案情况的报告", "十届二次", "28"),
    ("青澜市民政局关于办理市政协十二届三次会议第202302B46号提案的报告", "十二届三次", "202302B46"),
    ("关于市政协十二届三次会议第0211号提案协办件的答复", "十二届三次", "0211"),
    ("关于市十七届人大四次会议第2024087号代表建议协办意见的函", "十七届四次", "2024087"),
    ("关于市政协十二届三次会议第0211号提案会办意见的复函", "十二届三次", "0211"),
    ("关于市政协十二届三次会议第0211号提案办理意见的函", "十二届三次", "0211"),
    ("对市政协十三届三次第211号提案的答复", "十三届三次", "211"),
    (
        "关于《关于推进社区食堂建设的提案》（市政协十二届三次会议第0211号）的答复",
        "十二届三次",
        "0211",
    ),
    ("关于推进社区食堂建设的提案（第0211号）的答复", None, "0211"),
    (
        "关于市政协十二届三次会议“关于推进社区食堂建设的提案”（第0211号）的答复",
        "十二届三次",
        "0211",
    ),
    (
        "青澜市民政局关于推进社区食堂建设的建议（市十七届人大四次会议第54057号）的答复",
        "十七届四次",
        "54057",
    ),
    ("关于市第十七届人民代表大会第四次会议第2024087号建议办理情况的函", "十七届四次", "2024087"),
    ("关于对市政协十二届三次会议第12-3-0211号提案的答复", "十二届三次", "12-3-0211"),
    ("对市政协第十二届委员会第三次会议提案第0211号的答复", "十二届三次", "0211"),
    ("关于市政协十二届三次会议0211号委员提案的回复", "十二届三次", "0211"),
    ("关于政协青澜市十二届三次会议第B037号提案办理工作的复函", "十二届三次", "B037"),
    ("市民政局关于报送市政协十二届三次会议第0211号提案办理情况的函", "十二届三次", "0211"),
    ("关于市政协第0211号（十二届三次会议）提案的答复", "十二届三次", "0211"),
    ("青澜市民政局对市十七届人大四次会议第（54057）号建议的答复", "十七届四次", "54057"),
    ("关于市政协十二届三次会议闭会期间第0003号提案的答复", "十二届三次", "0003"),
    ("关于市政协2024年度第211号提案的答复", None, "211"),
    ("关于答复市政协十二届三次会议第0211号提案的函", "十二届三次", "0211"),
]


@pytest.mark.parametrize(("title", "session", "number"), TITLES)
def test_a_title_gives_session_and_number(
    make_source: Make, title: str, session: str | None, number: str
) -> None:
    reply = _read(make_source, title=title)
    assert (reply.title, reply.session, reply.number) == (title, session, number)
    assert reply.subject == "关于推进社区食堂建设"


# greeting line, addressees
GREETINGS = [
    ("骆书遥（委员）：", ("骆书遥",)),
    ("提案人骆书遥同志：", ("骆书遥",)),
    ("骆书遥委员，您好：", ("骆书遥",)),
    ("骆书遥委员您好！", ("骆书遥",)),
    ("尊敬的骆书遥委员：您好！", ("骆书遥",)),
    ("骆书遥、喻清和等8名委员：", ("骆书遥", "喻清和")),
    ("王和平委员：", ("王和平",)),
    ("李和委员：", ("李和",)),
    ("黄及第、李和委员：", ("黄及第", "李和")),
    ("骆书遥委员、喻清和委员：", ("骆书遥", "喻清和")),
    ("骆书遥和喻清和委员：", ("骆书遥", "喻清和")),
    ("骆书遥主席：", ("骆书遥",)),
    ("尊敬的骆书遥同志：", ("骆书遥",)),
    ("领衔代表骆书遥：", ("骆书遥",)),
    ("骆书遥常委：", ("骆书遥",)),
    ("骆书遥（领衔）、喻清和、李和代表：", ("骆书遥", "喻清和", "李和")),
    ("骆书遥等12位代表：", ("骆书遥",)),
    ("骆  艺委员：", ("骆艺",)),
    ("市住房和城乡建设局：", ("市住房和城乡建设局",)),
    ("青澜市发展和改革委员会：", ("青澜市发展和改革委员会",)),
    ("市政协十二届联络组：", ("市政协十二届联络组",)),
    ("云溪街道委员联络组：", ("云溪街道委员联络组",)),
    ("市政协社会和法制委员会：", ("市政协社会和法制委员会",)),
    ("民盟青澜市委：", ("民盟青澜市委",)),
    ("九三学社青澜市委员会：", ("九三学社青澜市委员会",)),
    ("市工商联：", ("市工商联",)),
    ("尊敬的张万里、高原委员：", ("张万里", "高原")),
    ("骆书遥女士：", ("骆书遥",)),
    ("阿依古丽·买买提委员：", ("阿依古丽·买买提",)),
    ("骆书遥委员", ("骆书遥",)),
    ("市第十七届人大罗溪代表团：", ("市第十七届人大罗溪代表团",)),
    ("提案者：骆书遥", ("骆书遥",)),
    ("致骆书遥委员：", ("骆书遥",)),
    ("骆书遥政协委员：", ("骆书遥",)),
    ("及春和、和子轩委员：", ("及春和", "和子轩")),
]


@pytest.mark.parametrize(("greeting", "addressees"), GREETINGS)
def test_a_greeting_gives_its_people_or_its_body(
    make_source: Make, greeting: str, addressees: tuple[str, ...]
) -> None:
    assert _read(make_source, greeting=greeting).addressees == addressees


# lines of the mark, class
CLASSES = [
    ("办理结果A", "A"),
    ("答复类别B类", "B"),
    ("办理结果：已解决（A）", "A"),
    ("提案办理类别为B类", "B"),
    ("A", "A"),
    ("（B）", "B"),
    ("【C类】", "C"),
    ("B类", "B"),
    ("A\n公开\n青民函〔2024〕18号", "A"),
    ("公开\nB\n青民函〔2024〕18号", "B"),
    ("类 别 ： Ａ", "A"),
    ("办理类型：B 类", "B"),
    ("答复分类：A类（已经解决或基本解决）", "A"),
    ("办复类别：[C]", "C"),
    ("青民函〔2024〕18号（B类）", "B"),
    ("青民函〔2024〕18号 A 同意公开", "A"),
    ("办理结果标记：A", "A"),
    ("建议提案办理结果分类：B类", "B"),
    ("该件办理结果为A类", "A"),
    ("本提案办理结果：B", "B"),
    ("类别：甲类", "A"),
    ("办理结果：A类，所提问题已经解决", "A"),
    ("分类：B2", "B"),
    ("A1", "A"),
    ("办理程度：C", "C"),
    ("答复类型 B", "B"),
    ("A类  主动公开", "A"),
]


@pytest.mark.parametrize("where", ["above", "below", "end"])
@pytest.mark.parametrize(("mark", "letter"), CLASSES)
def test_a_class_mark_is_read_wherever_it_stands(
    make_source: Make, mark: str, letter: str, where: str
) -> None:
    if where != "above" and "〔" in mark:
        pytest.skip("the number of a document stands above its title")
    assert _read(make_source, **{where: mark}).result_class == letter


WORDS = [
    "吸收采纳：已解决",
    "办理结果：已经解决",
    "办理结果：正在解决",
    "办理结果：列入计划逐步解决",
    "办理结果：留作参考",
    "办理情况：已采纳",
    "采纳情况：部分采纳",
    "落实情况：基本解决",
    "办理进度：已办结",
    "办结情况：暂时无法解决",
    "办理结果 部分解决",
]


@pytest.mark.parametrize("words", WORDS)
def test_a_result_told_in_words_is_a_class_or_a_warning(make_source: Make, words: str) -> None:
    reply = _read(make_source, below=words)
    assert reply.result_class or any("办理结果" in w for w in reply.warnings), reply
    assert all(words not in section.text for section in reply.sections)


# what stands in a letter and is no class
NO_CLASS = [
    "附件：A类小区名单",
    "青民函〔2024〕18号",
    "A座一楼",
    "索引号：A00123",
    "公开方式：主动公开",
]


@pytest.mark.parametrize("line", NO_CLASS)
def test_what_is_no_mark_gives_no_class(make_source: Make, line: str) -> None:
    assert _read(make_source, above=line).result_class is None


# title, receipt, what the warning names
CONFLICTS = [
    (
        TITLE,
        "您在市政协十二届二次会议上提出的《关于推进社区食堂建设的提案》（第0211号）收悉，现答复如下：",
        "十二届二次",
    ),
    (TITLE, "您提出的《关于推进社区食堂建设的提案》（第0112号）收悉，现答复如下：", "0112"),
    (TITLE, "您提出的第0212号提案《关于推进社区食堂建设的提案》收悉，现答复如下：", "0212"),
    (
        TITLE,
        "您在市政协第十一届委员会第三次会议上提出的《关于推进社区食堂建设的提案》收悉，现答复如下：",
        "十一届三次",
    ),
    (
        TITLE,
        "您在市政协十二届一次会议期间提出的关于推进社区食堂建设的提案收悉。现答复如下：",
        "十二届一次",
    ),
    (
        "关于市十七届人大四次会议第54057号建议的答复",
        "您在市十七届人大四次会议上提出的《关于推进社区食堂建设的建议》（54075号）收悉，现答复如下：",
        "54075",
    ),
    (
        "关于市十七届人大四次会议第2024087号建议的答复",
        "您在市十七届人大第三次会议上提出的第2024087号《关于推进社区食堂建设的建议》收悉，现答复如下：",
        "十七届三次",
    ),
    (
        TITLE,
        "您提出的《关于推进社区食堂建设的提案》（十二届三次会议第211-2号）收悉，现答复如下：",
        "211-2",
    ),
    (
        TITLE,
        "现就您提出的市政协十二届四次会议第0211号《关于推进社区食堂建设的提案》答复如下：",
        "十二届四次",
    ),
    (
        "对市政协十二届三次会议第B037号提案的答复",
        "您提出的《关于推进社区食堂建设的提案》（第B073号）已收悉，现答复如下：",
        "B073",
    ),
]


@pytest.mark.parametrize(("title", "receipt", "named"), CONFLICTS)
def test_title_and_body_that_disagree_are_told(
    make_source: Make, title: str, receipt: str, named: str
) -> None:
    reply = _read(make_source, title=title, receipt=receipt)
    assert any(named in w for w in reply.warnings), reply.warnings


AGREEMENTS = [
    (TITLE, RECEIPT),
    (
        TITLE,
        "您在市政协第十二届委员会第三次会议上提出的《关于推进社区食堂建设的提案》（第211号）收悉，现答复如下：",
    ),
    (TITLE, "您在12届3次会议上提出的《关于推进社区食堂建设的提案》（0211号）收悉，现答复如下："),
    (
        TITLE,
        "您提出的《关于推进社区食堂建设的提案》（第0211号）收悉。国办发〔2022〕12号文件要求，现答复如下：",
    ),
    (
        "对市政协十二届三次会议第0211、0215号提案的答复",
        "您提出的第0211号、第0215号提案收悉，现一并答复如下：",
    ),
    (
        "对市政协十二届三次会议第0211、0215号提案的答复",
        "您提出的《关于推进社区食堂建设的提案》（第0215号）收悉，现一并答复如下：",
    ),
]


@pytest.mark.parametrize(("title", "receipt"), AGREEMENTS)
def test_title_and_body_that_agree_are_left_alone(
    make_source: Make, title: str, receipt: str
) -> None:
    assert not [
        w for w in _read(make_source, title=title, receipt=receipt).warnings if "不一致" in w
    ]


# titles of one answer to several numbers: every number, or a warning that names the rest
SEVERAL = [
    ("对市政协十二届三次会议第0211、0215号提案的答复", ("0211", "0215")),
    ("关于市政协十二届三次会议第0211号、第0215号提案的答复", ("0211", "0215")),
    ("关于市政协十二届三次会议第0211号和0215号提案的答复", ("0211", "0215")),
    ("关于市政协十二届三次会议第0211号（并0215号、0302号）提案的答复", ("0211", "0215", "0302")),
    ("关于市十七届人大四次会议第54057、54061、54102号建议的答复", ("54057", "54061", "54102")),
    ("关于市政协十二届三次会议0211号及0215号提案合并办理的答复", ("0211", "0215")),
    ("对市政协十二届三次会议第28号、31号、45号提案的复函", ("28", "31", "45")),
    ("关于市政协十二届三次会议第0211（0215）号提案的答复", ("0211", "0215")),
    ("关于市政协十二届三次会议第0211,0215号提案的答复", ("0211", "0215")),
    (
        "关于市政协十二届三次会议第0211号、市十七届人大四次会议第54057号建议提案的答复",
        ("0211", "54057"),
    ),
]


@pytest.mark.parametrize(("title", "numbers"), SEVERAL)
def test_one_answer_to_several_numbers_tells_them_all(
    make_source: Make, title: str, numbers: tuple[str, ...]
) -> None:
    reply = _read(make_source, title=title)
    told = f"{reply.number} {' '.join(reply.warnings)}"
    assert all(number in told for number in numbers), told
    assert (reply.number or "").startswith(numbers[0])
