"""Own sentences: what of our papers stands as done, what is only promised."""

from datetime import date

import pytest

from replygen.drafting.own import (
    current_plans,
    done_sentences,
    drop_overtaken,
    promises,
    quote_own,
)
from replygen.index.relevance import Judge
from replygen.models import Document, Hit, Passage

TODAY = date(2026, 11, 21)
NAME = "云川市市场监督管理局"
SUMMARY = Document("sum", "s.docx", "article", "2025年工作总结", "云川市", "市", NAME,
                   "2025-12-26", True)  # fmt: skip
LETTER = Document("let", "l.docx", "reply", "对市政协第0091号提案的答复", "云川市", "市",
                  NAME, "2025-06-20", True)  # fmt: skip
MATTER = "查处直播间里的虚假宣传。对直播间开展重点监测，发现违法行为及时查处。"


def passage(text, document=SUMMARY, tense="done", kind="measure", number=1):
    id = f"{document.id}#{number}"
    return Passage(id, document, kind, number, "", text, tense, document.region)


def hit(text, document=SUMMARY, **more):
    return Hit(passage(text, document, **more), 0.8, ("words",), (), 0.9)


def test_own_sentences_stand_in_the_order_of_their_dates():
    hits = [
        hit("全年开展直播间专项监测6轮，发现违法线索43条。"),
        hit("2023年，检查直播间419个，查处虚假宣传15件。", LETTER, number=2),
        hit("2025年3月，约谈直播机构6家，督促整改虚假宣传。", LETTER, number=3),
    ]
    said = quote_own(hits, MATTER, Judge())
    assert [s.text[:5] for s in said] == ["2023年", "2025年", "2025年"]
    assert "3月" in said[1].text


MID_YEAR = [
    # the whole year is told by a later paper: what stood in June goes
    ("目前已改造农村班线22条，开行班车310班。", "全年改造农村班线37条，开行班车680班。", ""),
    (
        "2024年改造农村班线19条，目前已改造22条。",
        "全年改造农村班线37条。",
        "2024年，改造农村班线19条",
    ),
    # another matter, and no paper of the whole year
    ("目前已改造农村班线22条。", "全年发放助学金310万元。", "截至2025年，已改造农村班线22条"),
]


def test_the_same_of_an_earlier_year_is_not_told_beside_the_later():
    text = "2024年度供水设施改造完成33个小区。2025年完成供水设施改造47个小区。"
    before, now = done_sentences(passage(text))
    assert drop_overtaken(before, [before, now]) is None
    assert drop_overtaken(now, [before, now]) == now


CORRECTED = Document("fix", "f.docx", "article", "关于更正培训人数的说明", "云川市", "市",
                     NAME, "2026-02-03", True)  # fmt: skip


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("面向零工的短期技能培训2210人。", ""),
        ("面向零工的短期技能培训办了6期，初步统计，技能培训2210人。", ""),
        ("约谈直播机构6家，督促整改虚假宣传。", "约谈直播机构6家，督促整改虚假宣传"),
    ],
)
def test_a_figure_that_was_corrected_is_not_told(told, left):
    (before,) = done_sentences(passage(told))
    (right,) = done_sentences(
        passage("面向零工的短期技能培训，实际培训2180人（原数含重复报名，予以更正）。", CORRECTED)
    )
    assert "更正" not in right.text
    still = drop_overtaken(before, [before, right])
    assert (still.said if still else "") == left


@pytest.mark.parametrize(("june", "year", "left"), MID_YEAR)
def test_what_stood_in_the_middle_of_a_year_goes_where_the_whole_year_is_told(june, year, left):
    (before,) = done_sentences(passage(june, LETTER))
    whole = done_sentences(passage(year))
    still = drop_overtaken(before, [before, *whole])
    assert (still.text.replace("{short}", "") if still else "") == left


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # of the year after the summary's: a plan
        (
            "全年检查直播间419个。2026年，继续完善巡查机制，将队伍扩充到350名。",
            ["全年检查直播间419个"],
        ),
        # what was to be done by a day that is over
        ("2025年检查直播间419个，年内还计划检查200个。", ["2025年检查直播间419个"]),
        # another unit's, told so that nobody takes it for ours
        ("农村客运站由市交通运输局负责，全年建成95座。", []),
        ("全年改造扶手860户，由市残联另行组织，不计入本方案。", []),
    ],
)
def test_plans_and_what_is_others_is_not_told_as_done(text, told):
    assert [s.said for s in done_sentences(passage(text))] == told


def test_at_most_four_sentences_are_quoted():
    hits = [hit(f"全年开展第{n}类直播间专项监测，发现{w}线索。", number=n)
            for n, w in enumerate(("广告", "价格", "商标", "食品", "药品"), 1)]  # fmt: skip
    assert len(quote_own(hits, MATTER, Judge())) <= 4


@pytest.mark.parametrize(
    ("text", "opening", "doubtful"),
    [
        ("2023年检查直播间419个。全年受理投诉88件。", "2023年", False),
        ("认真办理群众投诉工作。全年受理直播投诉88件。", "2024年", True),  # written in June 2025
        ("2023年检查直播间419个。今年以来受理投诉12件。", "2025年以来", False),
    ],
)
def test_the_whole_year_is_the_one_the_letter_spoke_of(text, opening, doubtful):
    last = done_sentences(passage(text, LETTER))[-1]
    assert last.text.startswith(opening)
    assert bool(last.doubt) is doubtful


def test_the_lead_of_a_summary_is_quoted_though_it_is_the_passages_title():
    text = "全年组织直播带货专项监测6轮，筛出违法线索43条"
    found = Passage("sum#0", SUMMARY, "measure", 0, text, f"{text}。举办讲座8场。", "done")
    assert done_sentences(found)[0].text.startswith("2025年，{short}组织直播带货专项监测6轮")


def test_a_fragment_has_the_year_of_the_sentence_it_stands_in():
    found = done_sentences(
        passage("2024年，授权专利12件；“云溪米粉”获准注册商标。新建知识产权服务站点9个。", LETTER)
    )
    assert [s.text[:9] for s in found] == ["2024年，授权专", "2024年，“云溪", "截至2025年6月"]


def test_after_a_plan_nothing_is_done():
    text = "检查直播间的商家30个。下一步，我局将建立名单。推广直播监测系统200户。"
    assert [s.said for s in done_sentences(passage(text))] == ["检查直播间的商家30个"]


def test_a_whole_reply_is_never_quoted_but_its_promises_are_known():
    text = "二、关于监测能力\n本地监测能力不足。下一步，我局将于2025年底前建成直播监测平台。"
    reply = passage(text, LETTER, kind="reply", tense=None)
    assert done_sentences(reply) == ()
    assert [p.text for p in promises(reply)] == ["我局将于2025年底前建成直播监测平台"]


def test_a_shortcoming_is_nothing_done():
    assert done_sentences(passage("直播监测主要依靠省局推送，本地监测能力不足3成。")) == ()


def test_last_years_summary_may_hold_this_years_plan():
    text = "监测系统尚未运行。2026年，我局将推进直播监测系统应用。"
    current = current_plans(passage(text, tense="planned"), TODAY)
    assert current is not None and current.text == "2026年，我局将推进直播监测系统应用。"
    assert current_plans(passage("2025年，我局将建设系统。", tense="planned"), TODAY) is None
