"""The head of a letter as offices write it: one letter, of which one line at a time varies."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from replygen.models import Paragraph, ParagraphStyle, Reply, Source
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
    ("关于市政协十二届三次会议第二百一十一号提案的答复", "十二届三次", "211"),
    ("关于市政协第十二届三次会议第一百零六号提案的答复", "十二届三次", "106"),
    ("对市十七届人大四次会议第十号建议的答复", "十七届四次", "10"),
    ("关于市政协十二届三次会议第七号提案的复函", "十二届三次", "7"),
    ("关于市政协十二届三次会议第〇二一一号提案的答复", "十二届三次", "0211"),
]


# title on its lines, the title put together
PARTED_TITLES = [
    "关于市十七届人大四次会议闭会期间\n第012号建议的复函",
    "关于对市政协十二届三次会议提出的\n第0211号提案的答复",
    "青澜市民政局关于\n市政协十二届三次会议\n第0211号提案的答复",
    "对市政协十二届三次会议期间重点督办\n第0211号提案的答复",
    "关于市政协十二届三次会议\n委员第0211号提案的答复",
    "青澜市民政局对市十七届人大四次会议\n第54057号建议的答复",
    "关于市政协第十二届委员会第三次会议\n第0211号提案\n办理情况的答复",
]


@pytest.mark.parametrize("lines", PARTED_TITLES)
def test_a_title_cut_in_two_is_put_together(make_source: Make, lines: str) -> None:
    reply = _read(make_source, title=lines)
    assert (reply.title or "").replace(" ", "") == lines.replace("\n", "")


@pytest.mark.parametrize("above", ["青澜市民政局", "青民函〔2024〕18号", "公开", "签发人：林听澜"])
def test_what_stands_above_a_whole_title_is_none_of_it(make_source: Make, above: str) -> None:
    assert _read(make_source, above=above).title == TITLE


# the line below a title without a number, the number
SUBTITLES = [
    ("——青澜市政协十二届三次会议第045号提案", "045"),
    ("（市政协十二届三次会议第0211号提案）", "0211"),
    ("——十七届人大五次会议第54057号建议", "54057"),
    ("（第0211号提案）", "0211"),
    ("—市政协十二届三次会议第0211号", "0211"),
    ("（市政协十二届三次会议提案第0211号）", "0211"),
    ("市政协十二届三次会议第一百零六号提案", "106"),
    ("（市十七届人大四次会议代表建议54057号）", "54057"),
    ("青民函〔2024〕18号", None),
    ("（此件公开发布）", None),
]


@pytest.mark.parametrize(("line", "number"), SUBTITLES)
def test_a_line_below_the_title_gives_the_number(
    make_source: Make, line: str, number: str | None
) -> None:
    reply = _read(make_source, title="关于推进社区食堂建设提案的答复", below=line)
    assert reply.number == number
    assert reply.title == "关于推进社区食堂建设提案的答复"


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
    (
        "民革青澜市总支部、九三学社青澜市基层委员会并骆书遥委员：",
        ("民革青澜市总支部", "九三学社青澜市基层委员会", "骆书遥"),
    ),
    ("市住房和城乡建设局和骆书遥委员：", ("市住房和城乡建设局", "骆书遥")),
    (
        "市政协农业和农村委员会并骆书遥、喻清和委员：",
        ("市政协农业和农村委员会", "骆书遥", "喻清和"),
    ),
    ("市政协经济委员会暨骆书遥委员：", ("市政协经济委员会", "骆书遥")),
    ("骆书遥与喻清和委员：", ("骆书遥", "喻清和")),
    ("骆书遥委员并喻清和委员：", ("骆书遥", "喻清和")),
    ("民盟青澜市委以及骆书遥委员：", ("民盟青澜市委", "骆书遥")),
    ("领衔代表骆书遥，附议代表喻清和、李和：", ("骆书遥", "喻清和", "李和")),
    ("领衔代表：骆书遥；附议代表：喻清和、李和：", ("骆书遥", "喻清和", "李和")),
    ("第一提案人骆书遥、第二提案人喻清和：", ("骆书遥", "喻清和")),
    ("骆书遥（召集人）、喻清和（附议）委员：", ("骆书遥", "喻清和")),
    ("领衔委员骆书遥及联名委员喻清和、李和：", ("骆书遥", "喻清和", "李和")),
    ("骆书遥、喻清和及参与联名的各位委员：", ("骆书遥", "喻清和")),
    ("骆书遥代表及其他附议代表：", ("骆书遥",)),
    ("骆书遥、喻清和和全体联名委员：", ("骆书遥", "喻清和")),
    ("骆书遥委员及各位联名委员：", ("骆书遥",)),
    ("骆书遥代表并各附议人：", ("骆书遥",)),
    ("骆书遥委员\n喻清和委员\n李和委员：", ("骆书遥", "喻清和", "李和")),
    ("骆书遥、\n喻清和、\n李和委员：", ("骆书遥", "喻清和", "李和")),
    ("领衔代表：骆书遥\n附议代表：喻清和、李和", ("骆书遥", "喻清和", "李和")),
    ("民革青澜市委：\n骆书遥委员：", ("民革青澜市委", "骆书遥")),
    ("尊敬的骆书遥代表：\n尊敬的喻清和代表：", ("骆书遥", "喻清和")),
    ("骆书遥委员，\n喻清和委员，您们好！", ("骆书遥", "喻清和")),
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
    ("承办类型：独办｜办理结果：B｜面商情况：已面商｜代表意见：满意", "B"),
    ("公开属性：主动公开 | 办理结果：A类", "A"),
    (
        "主办单位：青澜市民政局│会办单位：市财政局、市住房和城乡建设局、市市场监督管理局、市卫生健康委员会│承办科室：养老服务科│办复类别：A│是否公开：是",
        "A",
    ),
    ("独办|B类|已面商", "B"),
]


# a title with the mark on it, class
MARKED_TITLES = [
    (f"{TITLE}（D类）", "D"),
    (f"{TITLE}（A）", "A"),
    (f"{TITLE}[B类]", "B"),
    (f"{TITLE}【C】", "C"),
    (f"{TITLE} A类", "A"),
    (f"{TITLE}（办理结果：B）", "B"),
    (f"{TITLE}（办复类别：A类）", "A"),
    (f"（B类）{TITLE}", "B"),
    (f"【A】{TITLE}", "A"),
    ("关于市政协十二届三次会议\n第0211号提案的答复（B类）", "B"),
    (TITLE, None),
    (f"{TITLE}（市民政局）", None),
]


@pytest.mark.parametrize(("title", "letter"), MARKED_TITLES)
def test_a_mark_on_the_title_is_the_class_and_none_of_the_title(
    make_source: Make, title: str, letter: str | None
) -> None:
    reply = _read(make_source, title=title)
    assert (reply.result_class, reply.number) == (letter, "0211")
    assert (reply.title or "").replace(" ", "").startswith(TITLE)
    assert letter is None or not re.search("[A-D]", reply.title or "")


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


# a line in the page header or footer, the field that it fills
EDGES = [
    ("办理结果：A类", {"result_class": "A"}),
    ("类别：B", {"result_class": "B"}),
    ("（C类）", {"result_class": "C"}),
    ("A", {"result_class": "A"}),
    ("青民函〔2024〕18号", {"doc_number": "青民函〔2024〕18号"}),
    ("签发人：林听澜　　办理结果：A", {"signer": "林听澜", "result_class": "A"}),
    ("公开属性：主动公开", {"openness": "主动公开"}),
    ("承办类型：独办｜办理结果：B", {"result_class": "B"}),
    ("青澜市民政局文件", {"result_class": None, "doc_number": None}),
    ("— 3 —", {"result_class": None}),
]


@pytest.mark.parametrize("edge", ["header", "footer"])
@pytest.mark.parametrize(("line", "fields"), EDGES)
def test_a_mark_in_a_page_header_or_footer_is_read(
    make_source: Make, line: str, fields: dict[str, str | None], edge: ParagraphStyle
) -> None:
    source = make_source("\n".join((TITLE, GREETING, RECEIPT, *REST)), format="docx")
    around = Paragraph(line, edge)
    rows = source.paragraphs
    rows = (around, *rows) if edge == "header" else (*rows, around)
    reply = parse_source(replace(source, paragraphs=rows))
    assert isinstance(reply, Reply)
    assert {name: getattr(reply, name) for name in fields} == fields
    assert (reply.title, reply.date, reply.addressees) == (TITLE, "2024-06-03", ("骆书遥",))
    assert all(line not in section.text for section in reply.sections)


@pytest.mark.parametrize(
    "above",
    [
        "青民函〔2024〕第18号　　　　　　　　　签发：林听澜",
        "青民函〔2024〕18号　　　　　　　　　　　　签发人：林听澜",
        "青澜市民政局　　　　　　　　　　　　　　　　　　　　　　　公开",
    ],
)
def test_a_line_laid_out_across_the_page_takes_no_title_with_it(
    make_source: Make, above: str
) -> None:
    assert _read(make_source, above=above).title == TITLE
