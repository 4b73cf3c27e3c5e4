"""Report or plan: four hundred sentences labelled by two readers, and the forms one by one.

data/tense.jsonl: sentences of our own corpus as text, of real letters as places in
../shared/data/letters.jsonl.gz; ``sure`` where both readers agreed at once.
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from replygen.language.tense import (
    Tense,
    judge_heading,
    judge_tense,
    judge_words,
    opens_plan,
    read_tenses,
    tells_past,
)

_ROWS = [
    json.loads(line)
    for line in Path(__file__).with_name("data").joinpath("tense.jsonl").open(encoding="utf-8")
]
_NAMES = {(True, True): "report+plan", (True, False): "report", (False, True): "plan"}


def _name(tense: Tense) -> str:
    return _NAMES.get((tense.report, tense.plan), "neither")


def _score(rows: list[tuple[str, str]], kind: str) -> float:
    """F1 of one kind over (label, verdict) pairs."""
    hit = sum(kind in label.split("+") and kind in told.split("+") for label, told in rows)
    missed = sum((kind in label.split("+")) != (kind in told.split("+")) for label, told in rows)
    return 2 * hit / (2 * hit + missed)


def _judged(rows: list[dict[str, Any]], letters: dict[int, str]) -> Iterator[tuple[str, str]]:
    for row in rows:
        text = letters.get(row.get("letter", 0), "")
        said = {
            part: text[slice(*row.get(part, (0, 0)))] if text else row[part]
            for part in ("text", "heading", "before")
        }
        told = judge_tense(said["text"], heading=said["heading"], before=said["before"])
        yield row["label"], _name(told)


def _read_letters(shared: Path) -> dict[int, str]:
    wanted = {row["letter"] for row in _ROWS if "letter" in row}
    with gzip.open(shared / "data" / "letters.jsonl.gz", "rt", encoding="utf-8") as lines:
        letters = (json.loads(line) for line in lines)
        return {int(d["id"]): d["reply_core"] for d in letters if int(d["id"]) in wanted}


@pytest.mark.parametrize("kind", ["report", "plan"])
def test_what_two_readers_were_sure_of_in_our_own_corpus(kind: str) -> None:
    rows = [row for row in _ROWS if "letter" not in row and row["sure"]]
    assert _score(list(_judged(rows, {})), kind) >= 0.95


def test_what_two_readers_were_sure_of_in_letters_and_corpus(shared: Path) -> None:
    rows = list(_judged([row for row in _ROWS if row["sure"]], _read_letters(shared)))
    assert _score(rows, "report") >= 0.95
    assert _score(rows, "plan") >= 0.95


def test_all_four_hundred_as_well_as_one_reader_agrees_with_the_other(shared: Path) -> None:
    rows = list(_judged(_ROWS, _read_letters(shared)))
    assert len(rows) == 400
    assert _score(rows, "report") >= 0.93  # the two readers with each other: .940
    assert _score(rows, "plan") >= 0.95  # the two readers with each other: .981


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("我局将于10月底前建成监测平台。", "plan"),
        ("拟对该道路建设快捷公交进行论证。", "plan"),
        ("计划于明年新建停车场3处。", "plan"),
        ("目前仍未按照概算计划拨付工程款，已多次约谈该公司。", "report"),
        ("2024年实施特岗计划，招聘教师164人。", "report"),
        ("将托管机构从业人员纳入查询范围。", "report"),
        ("将97种慢性病长期处方延长到12周。", "report"),
        ("已完成招标，预计8月底通车。", "report+plan"),
        ("正在编制规划，您的意见将予以研究。", "report+plan"),
        ("如有疑问，欢迎致电我局。", "neither"),
        ("街道办事处应当督促居委会组织保洁。", "neither"),
        ("您提出的提案收悉。", "neither"),
        ("（一）关于加强源头管控。", "neither"),
        ("如发现有赌博行为，一经查实，将依法查处。", "plan"),
        ("不得已停止运营。", "neither"),
        ("经核实，该公司未办理手续。", "report"),
        ("继续开展专项整治，加强监管。", "plan"),
    ],
)
def test_words_tell_the_tense(sentence: str, told: str) -> None:
    assert _name(judge_tense(sentence)) == told


@pytest.mark.parametrize(
    ("heading", "before", "told"),
    [
        ("二、下一步工作打算", "", "plan"),
        ("", "下一步，我局将做好三项工作：", "plan"),
        ("", "我局将推行等级评定；", "plan"),
        ("一、工作开展情况", "", "report"),
        ("", "我局将推行等级评定，目前已完成试点。", "report"),
        ("", "", "report"),
    ],
)
def test_a_bare_verb_takes_the_tense_of_what_stands_above_it(
    heading: str, before: str, told: str
) -> None:
    sentence = "建立信用档案，定期公布结果。"
    assert _name(judge_tense(sentence, heading=heading, before=before)) == told


def test_a_report_below_next_steps_stays_a_report() -> None:
    told = judge_tense("2024年已改造小区40个。", heading="三、下一步工作")
    assert _name(told) == "report"


def test_growth_below_next_steps_is_a_target() -> None:
    told = judge_tense("推动投保率提高到60%。", heading="三、下一步工作")
    assert _name(told) == "plan"


def test_a_paragraph_is_read_with_what_it_said_before() -> None:
    text = "已开展检查3次。下一步，我局将建立名录。对重点商户提高检查频次。"
    told = read_tenses(text)
    assert "".join(sentence for sentence, _ in told) == text
    assert [_name(tense) for _, tense in told] == ["report", "plan", "plan"]


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("四、下一步工作", "plan"),
        ("改进措施", "plan"),
        ("一、工作开展情况", "report"),
        ("关于加大监管力度方面", None),
    ],
)
def test_a_heading_announces_a_tense(heading: str, told: str | None) -> None:
    assert judge_heading(heading) == told


def test_next_steps_open_a_plan_behind_a_list_mark_too() -> None:
    assert opens_plan("三、下一步，我局将……")
    assert not opens_plan("三、目前已完成")


@pytest.mark.parametrize("text", ["目前运行良好", "已建成", "累计办理", "首次开展", "取得成效"])
def test_what_only_a_report_says_may_not_be_proposed(text: str) -> None:
    assert tells_past(text)


@pytest.mark.parametrize("text", ["提高按期完成率", "建立信用档案", "了解企业需求"])
def test_what_a_plan_may_say_is_no_report(text: str) -> None:
    assert not tells_past(text)
    assert judge_words(text) == Tense()
