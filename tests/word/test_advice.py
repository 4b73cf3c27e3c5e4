"""What a finding advises where people read it: no command, no code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import replygen
from replygen.models import Finding, Reference, Sentence
from replygen.word.advice import advise, tell_plainly
from replygen.word.comments import describe_finding, describe_source

ROOMS = ("checking", "laws", "entities")
COMMAND = re.compile(r"\breplygen [a-z]|(?<![-\w])--[a-z]")
LAW = Reference("c#1", "某市条例", None, "某市人大", None, None, "第一条 为了规范停车。")
ASKED = Reference("proposal", "关于停车的提案", None, None, None, None, "关于停车的提案")
PAPERS = {r.id: r for r in (LAW, ASKED)}


def words_of_findings() -> list[str]:
    """The Chinese words that checking is written with, f-strings without what is filled in."""
    found = []
    for room in ROOMS:
        for path in (Path(replygen.__file__).parent / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                text = node.value if isinstance(node, ast.Constant) else None
                if not isinstance(text, str) or not re.search("[\u4e00-\u9fff]", text):
                    continue
                if "\n" not in text and "``" not in text:  # no docstring
                    found.append(text)
    return found


@pytest.mark.parametrize("at", ["desk", "review", "comment", "report"])
def test_no_finding_tells_a_person_a_command(at):
    for text in words_of_findings():
        told = advise(Finding("citation.unclear", "warn", None, text, text), at)
        assert not COMMAND.search(f"{told.message}{told.suggestion}"), text


@pytest.mark.parametrize(
    ("advice", "told"),
    [
        ("把全文加入索引（replygen index add）后可以核对", "把全文加入索引后可以核对"),
        ("请确认（起草时加 --confirm 2）；不能的删去", "请确认；不能的删去"),
        ("见附件（第3页）；A--B 线", "见附件（第3页）；A--B 线"),
    ],
)
def test_a_command_in_brackets_is_for_the_terminal_only(advice, told):
    assert advise(Finding("x.y", "warn", None, "m", advice), "report").suggestion == told


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("先添加材料（replygen index add）", "先添加材料"),
        ("补齐（replygen index fill，或让网页开着）后更准", "补齐后更准"),
        ("没有““甲乙””的出处", "没有“甲乙”的出处"),
    ],
)
def test_a_note_is_told_without_its_command(note, told):
    assert tell_plainly(note) == told


def test_a_commitment_is_confirmed_as_it_can_be_where_one_reads():
    open_one = Finding("promise.unconfirmed", "block", None, "还没有确认", "请确认")
    ways = {at: advise(open_one, at).suggestion for at in ("desk", "review", "comment", "report")}
    assert len(set(ways.values())) == 4
    assert "可以承诺" in ways["desk"] and "同意" in ways["review"] and "批注" in ways["comment"]
    assert advise(Finding("promise.unconfirmed", "note", None, "x"), "desk").suggestion is None


def test_a_comment_on_a_finding_ends_without_a_code():
    told = describe_finding(Finding("slot.open", "block", None, "这里还空着", "补上"))
    assert told == "必须改：这里还空着\n建议：补上"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (Sentence("停车位增加了。", "typed", ("typed",)), "来源：起草人填写"),
        (
            Sentence("依法管理。", "statute", ("proposal",)),
            "来源：提案原意 关于停车的提案",
        ),
        (
            Sentence("依法管理。", "statute", ("c#1", "proposal")),
            "来源：法律法规 某市条例（某市人大）「第一条 为了规范停车。」\n"
            "来源：提案原意 关于停车的提案",
        ),
        (Sentence("依法管理。", "statute", ("gone#7",)), "来源：法律法规"),
    ],
    ids=["typed", "a law named by the proposal", "both", "a paper that is not known"],
)
def test_a_source_is_told_by_its_own_kind_and_never_by_its_code(sentence, told):
    assert describe_source(sentence, PAPERS) == told
