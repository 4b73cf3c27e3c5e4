"""Twenty-seven sets of issue 12 §7, most of them written before the code and the tables were read.

At first sight: round 8, by the guard as it was, 44 of 60 facts, 5 alarms on 40 clean sentences
and 7 wrong citations called valid; round 9, by the guard as it was 44, 3 and 6, mended by round 8
alone 53, 3 and 4; round 10 (30 facts, 30 clean), mended so far 27 and 4. Rounds 11 to 13 are by
three outside readers, 14 to 16 by three others when the guard had been mended by those before, 17
to 19 by three more, 20 to 22 and 23 to 25 by another three each, 26 to 28 by one each, 29 to 31
and 32 to 34 by three each (the citations of 33 when those of 32 and 34 had been mended);
``FIRST_SIGHT`` has what the guard made of them. The figures below are those after mending; the
model of replygen/entities/taught has been fitted with those up to 28 and with the six hundred
sentences of everyday.tsv since; by models that had not learned the half in question, 27 of these
are alarmed (59 at first sight) and 118 of the 120 facts of 26 and 27 are found. Fitted without 17
to 19 it finds 177 of their 180 facts and alarms 1 of their 120 clean sentences. It has not learned
29 to 34: 352 of their 360 facts are found, 7 of their 240 clean sentences alarmed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from replygen.checking import check_document
from replygen.checking.check import CheckReport
from replygen.entities import find_taught, is_plain_prose
from replygen.models import Proposal
from replygen.settings import Profile

DATA = Path(__file__).with_name("data")


def _read_rows(name: str) -> list[list[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


ROWS = _read_rows("sight.tsv")
# round: of 60 facts found, of 40 clean sentences alarmed, of 60 citations wrong ones called valid
FIRST_SIGHT = {"11": (52, 5, 2), "12": (53, 7, 4), "13": (51, 7, 3)}
FIRST_SIGHT |= {"14": (55, 0, 1), "15": (58, 1, 1), "16": (58, 3, 1)}
FIRST_SIGHT |= {"17": (59, 2, 1), "18": (55, 4, 2), "19": (57, 1, 2)}
FIRST_SIGHT |= {"20": (60, 2, 2), "21": (57, 2, 0), "22": (60, 4, 1)}
FIRST_SIGHT |= {"23": (59, 3, 0), "24": (59, 3, 1), "25": (58, 1, 2)}
FIRST_SIGHT |= {"26": (56, 2, 1), "27": (56, 0, 1), "28": (58, 0, 2)}
FIRST_SIGHT |= {"29": (58, 1, 1), "30": (59, 5, 0), "31": (55, 1, 1)}
FIRST_SIGHT |= {"32": (57, 0, 1), "33": (58, 3, 0), "34": (59, 1, 2)}
UNMENDED = _read_rows("sight_unmended.tsv")
FOREIGN = [row[3:] for row in ROWS if row[1] == "x"]
EVERYDAY = [row[2] for row in _read_rows("everyday.tsv")]
EVERYDAY_ALARMS, EVERYDAY_BAR = 59, 3  # of the 600 at first sight, and after mending
CLEAN = [row[4] for row in ROWS if row[1] == "-"]
CITED = [(row[2], row[4]) for row in ROWS if row[1] == "c"]


@pytest.fixture(scope="module")
def check(profile: Profile, proposal: Proposal, own_texts: tuple[str, ...]):
    own = (*own_texts, *(DATA / "own.txt").read_text(encoding="utf-8").splitlines())
    districts = ("城东区", "城西区", "河口县", "青溪县")  # own ones in the readers' setting
    ours = replace(profile, places=(*profile.places, *districts))

    @cache
    def run(text: str) -> CheckReport:
        return check_document(
            (text,), proposal=proposal, profile=ours, own_texts=own, today=date(2026, 11, 26)
        )

    return run


def find_leaks(report: CheckReport) -> list[tuple[int, int]]:
    leaks = [f.where for f in report.findings if f.rule.startswith("leak.")]
    return [(where.start, where.end) for where in leaks if where]


def finds_fact(report: CheckReport, fact: str, text: str) -> bool:
    at = text.index(fact)
    return any(s < at + len(fact) and at < e for s, e in find_leaks(report))


def test_every_round_of_the_outside_readers_is_whole():
    for number in FIRST_SIGHT:
        sets = [row[1] for row in ROWS if row[0] == number]
        assert [sets.count(s) for s in "x-c"] == [60, 40, 60]
    assert all(fact in text for fact, text in FOREIGN)


@pytest.mark.slow
def test_of_foreign_facts_97_in_a_hundred_are_found_where_they_stand(check):
    missed = [(fact, text) for fact, text in FOREIGN if not finds_fact(check(text), fact, text)]
    assert len(missed) <= 0.03 * len(FOREIGN), missed


@pytest.mark.slow
def test_of_clean_sentences_2_in_a_hundred_may_raise_an_alarm(check):
    alarms = [text for text in CLEAN if find_leaks(check(text))]
    assert len(alarms) <= 0.02 * len(CLEAN), alarms


@pytest.mark.slow
def test_of_six_hundred_everyday_sentences_few_raise_an_alarm(check):
    """A third was written to be tricky; the model of names has learned them."""
    alarms = [text for text in EVERYDAY if find_leaks(check(text))]
    assert len(EVERYDAY) == 600
    assert len(alarms) <= EVERYDAY_BAR < EVERYDAY_ALARMS, alarms


@pytest.mark.slow
def test_wrong_citations_that_are_called_valid_get_no_more(check):
    given = [(want, text, {c.verdict for c in check(text).citations}) for want, text in CITED]
    assert sum(want != "valid" and verdicts == {"valid"} for want, _, verdicts in given) <= 3
    right = [(text, verdicts) for want, text, verdicts in given if want == "valid"]
    assert [text for text, verdicts in right if "misquoted" in verdicts] == []


@pytest.mark.slow
def test_what_six_rounds_show_that_the_guard_was_not_mended_by_gets_no_worse(check):
    """Of 360 facts 351 are found, 12 of 240 clean sentences alarmed, 8 wrong citations of about
    210 called valid, one right one of 150 misquoted."""
    found = alarmed = valid = misquoted = 0
    for _, kind, want, fact, text in UNMENDED:
        report = check(text)
        if kind == "c":
            verdicts = {c.verdict for c in report.citations}
            valid += want != "valid" and verdicts == {"valid"}
            misquoted += want == "valid" and "misquoted" in verdicts
        elif kind == "-":
            alarmed += bool(find_leaks(report))
        else:
            found += finds_fact(report, fact, text)
    assert len(UNMENDED) == 960
    assert found >= 351 and alarmed <= 12 and valid <= 8 and misquoted <= 1


# 引入|供销农批|运营: nothing but what stands around it shows the name
TAUGHT = [
    ("引入供销农批运营三家平价菜店。", "供销农批"),
    ("实验二小的食堂已率先接入平台。", "实验二小"),
    ("河长龙向东每周巡河两次。", "龙向东"),
]


@pytest.mark.parametrize(("text", "name"), TAUGHT)
def test_a_name_that_no_list_has_is_seen_by_what_stands_around_it(text: str, name: str):
    found = list(find_taught(text))
    assert any(name in m.text for m in found)
    at = text.index(name)
    assert list(find_taught(text, [(at, at + len(name))])) == []
    assert not is_plain_prose(text, at, at + len(name), bar=-0.5)


@pytest.mark.parametrize(("text", "name"), TAUGHT)
def test_it_is_seen_in_a_paragraph_as_in_a_sentence_of_its_own(text: str, name: str):
    paragraph = f"下一步，我局将加强监管。{text}经营者应当亮证经营，不得超范围经营。"
    assert any(name in m.text for m in find_taught(paragraph))


def test_what_it_shows_asks_and_does_not_bar(check):
    (found,) = [f for f in check(TAUGHT[1][0]).findings if f.rule.startswith("leak.")]
    assert found.severity == "warn" and "像是" in found.message


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("养犬人应当使用牵引绳，及时清理犬只粪便。", "牵引绳"),
        ("农村公路养护实行县、乡、村三级路长制。", "村三级路"),
    ],
)
def test_what_only_looks_like_a_name_is_passed(check, text: str, plain: str):
    at = text.index(plain)
    assert is_plain_prose(text, at, at + len(plain), bar=-1.0)
    assert find_leaks(check(text)) == []


def test_a_sentence_that_reports_is_not_passed_for_its_common_words(check):
    (found,) = find_leaks(check("某单位依托天秤系统开展食品安全分析。"))
    assert found == (5, 9)


@pytest.mark.parametrize(
    "text",
    [
        "《消费者权益保护法》第五十五条规定，增加赔偿的金额为价款的三倍；不足五百元的，为五百元。",
        "食用农产品批发市场要如实记录进货来源，保存凭证不少于六个月。",
        "六级以上大风天气停止土方作业。",
    ],
)
def test_what_an_article_or_an_order_counts_is_no_fact_of_a_place(check, text: str):
    assert find_leaks(check(text)) == []


def test_a_figure_that_the_article_has_not_is_still_told(check):
    text = "按照《消费者权益保护法》第五十五条，我市已兑现赔偿八百元。"
    assert find_leaks(check(text)) != []


def test_beside_letters_it_is_sure_of_nothing():
    text = "施工单位应当使用牵引绳(shéng)，及时清理。"
    assert not is_plain_prose(text, text.index("牵引绳"), text.index("("), bar=0.0)
