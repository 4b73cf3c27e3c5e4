"""The six tools that other programs may ask: what they take, what they answer, what they rest
on."""

from __future__ import annotations

import json

import jsonschema
import pytest

from replygen import Desk, load_settings
from replygen.errors import ReplygenError
from replygen.service.tools import ANSWER_SCHEMA, list_tools
from replygen.settings import resource, sample_settings
from replygen.workspace import ROLES

PROPOSAL = (
    "关于规范直播带货的提案\n背景：直播带货投诉较多。\n"
    "建议：一、加强直播间监测。二、建立主播培训制度。"
)
TOOLS = {tool.name: tool for tool in list_tools()}
NAMES = [
    "find_asks", "search_precedents", "search_articles", "verify_citations", "check_draft",
    "draft_reply",
]  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tools")
    with Desk(sample_settings(load_settings(cwd=folder))) as desk:
        desk.add([resource("corpus", "own")], own=True, encode=0)
        desk.add([resource("corpus", "rules")], encode=0)
        desk.add(sorted(resource("corpus", "others").glob("*livestream*")), encode=0)
        yield desk


ASKED = {
    "find_asks": {"proposal": PROPOSAL},
    "search_precedents": {"query": "直播带货监测", "k": 5},
    "search_articles": {"query": "食品安全法第三十四条", "k": 3},
    "verify_citations": {"text": "依据《食品安全法》第九百条，按照《不存在的法》第三条办理。"},
    "check_draft": {"draft": "关于提案的答复\n我局在澄州市立案43起。", "proposal": PROPOSAL},
    "draft_reply": {"proposal": PROPOSAL, "stances": ["2=study"]},
}


def test_there_are_the_six_and_each_is_some_roles():
    assert list(TOOLS) == NAMES
    for tool in TOOLS.values():
        assert tool.roles and tool.roles <= set(ROLES)
        jsonschema.Draft202012Validator.check_schema(tool.schema)


@pytest.mark.parametrize("name", NAMES)
def test_every_answer_is_json_with_its_sources_and_no_path_of_this_machine(desk, name):
    jsonschema.validate(ASKED[name], TOOLS[name].schema)
    answer = TOOLS[name].ask(desk, ASKED[name])
    jsonschema.validate(answer, ANSWER_SCHEMA)
    assert answer["sources"]
    text = json.dumps(answer, ensure_ascii=False)
    assert str(resource("corpus")) not in text and "/tmp/" not in text


def test_asks_are_found(desk):
    answer = TOOLS["find_asks"].ask(desk, ASKED["find_asks"])
    assert [ask["order"] for ask in answer["asks"]] == [1, 2]


def test_precedents_say_whose_they_are(desk):
    hits = TOOLS["search_precedents"].ask(desk, ASKED["search_precedents"])["hits"]
    assert 0 < len(hits) <= 5
    assert {hit["kind"] for hit in hits} == {"measure"}
    assert {hit["own"] for hit in hits} == {True, False}


def test_citations_get_a_verdict_each(desk):
    answer = TOOLS["verify_citations"].ask(desk, ASKED["verify_citations"])
    verdicts = [row["verdict"] for row in answer["citations"]]
    assert verdicts == ["no_such_article", "not_in_register"]
    assert {source["title"] for source in answer["sources"]} == {"中华人民共和国食品安全法"}


def test_a_valid_citation_comes_with_the_words_of_the_article(desk):
    text = "依据《中华人民共和国食品安全法》第一百三十四条办理。"
    (row,) = TOOLS["verify_citations"].ask(desk, {"text": text})["citations"]
    assert row["verdict"] == "valid" and "食品" in row["article_text"]


def test_a_checked_draft_says_what_is_of_another_place(desk):
    answer = TOOLS["check_draft"].ask(desk, ASKED["check_draft"])
    assert any(f["rule"] == "leak.place" for f in answer["findings"])
    assert len(answer["coverage"]) == 2


def test_a_draft_has_text_origins_and_the_stance_that_was_given(desk):
    answer = TOOLS["draft_reply"].ask(desk, ASKED["draft_reply"])
    assert answer["docx"] is None and "直播" in answer["text"]
    assert answer["asks"][1]["stance"] == "study"
    for section in answer["sections"]:
        for sentence in section["sentences"]:
            assert sentence["origin"] in ("form", "slot") or sentence["sources"]


def test_what_stands_in_material_may_be_stated_as_done(desk):
    own = "2026年工作情况\n一是加强直播间监测。2026年上半年，我局监测直播间57个。\n"
    answer = TOOLS["draft_reply"].ask(desk, {"proposal": PROPOSAL, "material": [own]})
    assert "57个" in answer["text"]


WRONG = {
    "an unknown name": (
        "find_asks",
        {"proposal": PROPOSAL, "path": "/etc/passwd"},
        "没有参数 path",
    ),
    "nothing": ("find_asks", {}, "缺少参数 proposal"),
    "an empty text": ("find_asks", {"proposal": "  "}, "是空的"),
    "a number for a text": ("find_asks", {"proposal": 3}, "要写成文字"),
    "a text for a number": ("search_precedents", {"query": "直播", "k": "3"}, "整数"),
    "true for a number": ("search_precedents", {"query": "直播", "k": True}, "整数"),
    "too many": ("search_precedents", {"query": "直播", "k": 1000}, "1 到 100"),
    "none": ("search_articles", {"query": "直播", "k": 0}, "1 到 100"),
    "too long": ("search_articles", {"query": "直" * 3000}, "太长"),
    "a text for a list": ("draft_reply", {"proposal": PROPOSAL, "material": "x"}, "文字"),
    "a bad stance": ("draft_reply", {"proposal": PROPOSAL, "stances": ["9=maybe"]}, "maybe"),
}


@pytest.mark.parametrize(("name", "sent", "word"), WRONG.values(), ids=list(WRONG))
def test_what_is_wrong_is_told_in_one_chinese_line(desk, name, sent, word):
    with pytest.raises(ReplygenError) as told:
        TOOLS[name].ask(desk, sent)
    assert word in str(told.value) and "\n" not in str(told.value)
