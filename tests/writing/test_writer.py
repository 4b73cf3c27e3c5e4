"""A scripted server does what models and servers do: what stands in the draft afterwards."""

from __future__ import annotations

import json

import docx
import pytest

from replygen.errors import SettingsError
from replygen.settings import Writer, load_settings
from replygen.word import export_docx, read_docx_draft
from replygen.writing import Journal
from replygen.writing.answer import read_answer
from replygen.writing.guard import REASONS
from replygen.writing.model import check_address
from replygen.writing.scripted import Failure, answer_well, tell_sentences


def sentences(draft):
    return [s for block in draft.blocks for s in block.sentences]


def texts(draft):
    return [s.text for s in sentences(draft)]


def first(change):
    """A good answer whose first sentence ``change`` changes."""

    def script(data):
        rows = json.loads(answer_well(data))["sentences"][:1]
        rows[0].update(change(rows[0]))
        return tell_sentences(rows)

    return script


def test_good_sentences_stand_with_their_items_and_the_models_name(write, case):
    written = write(answer_well)
    new = [s for s in sentences(written.draft) if s.origin == "model"]
    assert len(new) == written.kept >= 2 and not written.refused and not written.failed
    for sentence in new:
        assert sentence.sources[-1] == "model:模拟" and len(sentence.sources) >= 2
    known = {reference.id for reference in written.draft.references}
    assert {source for s in new for source in s.sources} <= known
    ours = case[2]
    assert len(sentences(ours)) == len(sentences(written.draft))
    promised = [s for s in sentences(ours) if s.confirmed is False]
    assert len(promised) == len(written.draft.unconfirmed)


@pytest.mark.parametrize("form", ["phase", "cohost"])
def test_a_form_without_one_section_an_ask_is_written_too_each_sentence_in_its_place(
    write, desk, case, form
):
    proposal, evidence, _ = case
    ours = desk.compose(proposal, evidence=evidence, form=form)
    written = write(answer_well, of=(proposal, evidence, ours))
    places = [(s.ask, s.confirmed, s.slots) for s in sentences(ours)]
    assert [(s.ask, s.confirmed, s.slots) for s in sentences(written.draft)] == places
    new = [s for s in sentences(written.draft) if s.origin == "model"]
    assert len(new) == written.kept >= 2 and not written.failed
    assert [s.heading for s in written.draft.sections] == [s.heading for s in ours.sections]


def test_an_invented_fact_is_refused_in_every_form(write, desk, case):
    proposal, evidence, _ = case
    ours = desk.compose(proposal, evidence=evidence, form="phase")
    written = write(
        first(lambda r: {"text": r["text"][:-1] + "，共立案912起。"}), of=(proposal, evidence, ours)
    )
    assert texts(written.draft) == texts(ours) and written.refused


def test_model_sentences_travel_through_word_and_back_and_are_checked(write, desk, case, tmp_path):
    draft = write(answer_well).draft
    path = export_docx(draft, tmp_path / "稿.docx", profile=desk.settings.profile)
    back = read_docx_draft(path)[1]
    assert [s for s in sentences(back) if s.origin == "model"] == [
        s for s in sentences(draft) if s.origin == "model"
    ]
    comments = "\n".join(c.text for c in docx.Document(str(path)).comments)
    assert "模型润色" in comments and "语言模型 模拟" in comments
    report = desk.examine([b.text for b in draft.blocks], proposal=case[0], draft=draft)
    assert all(row.answered for row in report.coverage)


OURS = {
    "invented figures": (first(lambda r: {"text": r["text"][:-1] + "，共立案912起。"}), "number"),
    "another city": (first(lambda r: {"text": r["text"][:-1] + "，学习杭州市经验。"}), "name"),
    "a fake article": (
        first(lambda r: {"text": "依据《中华人民共和国电子商务法》第三百条，加强监管。"}), None),
    "a claim of a deed": (first(lambda r: {"text": "我局已建成智慧监管平台。"}), None),
    "an item that is not there": (first(lambda r: {"items": [999]}), "items"),
    "no item": (first(lambda r: {"items": []}), "items"),
    "a sentence that is not there": (first(lambda r: {"for": 77}), "items"),
    "zero-width characters": (
        first(lambda r: {"text": r["text"][:4] + "\u200b" + r["text"][4:]}), "form"),
    "an open place": (first(lambda r: {"text": "我局已立案【数量】起。"}), "form"),
    "a negation": (first(lambda r: {"text": "尚未完成，" + r["text"]}), None),
}  # fmt: skip


@pytest.mark.parametrize(("script", "reason"), OURS.values(), ids=list(OURS))
def test_a_wrong_sentence_is_refused_with_the_reason_and_ours_stands(write, case, script, reason):
    written = write(script)
    assert texts(written.draft) == texts(case[2])
    assert written.refused and all(r.reason in REASONS for r in written.refused)
    if reason is not None:
        assert written.refused[0].reason == reason


CHAT = "好的，以下是结果：\n```json\n%s\n```\n希望有帮助"
BROKEN = {
    "broken JSON": lambda data: '{"sentences": [{"for": 1, "items": [1',
    "an empty answer": lambda data: "",
    "another shape": lambda data: '{"answer": "好的"}',
    "prose": lambda data: "好的，我来润色。",
    "429": lambda data: Failure(429),
    "500": lambda data: Failure(500),
    "401": lambda data: Failure(401),
    "a stream cut off": lambda data: Failure(cut='{"sentences": [{"for": 1'),
    "a prompt too long": lambda data: Failure(400, message="maximum context length is 4096"),
    "a stall": lambda data: Failure(stall=3.0, cut="x"),
}


@pytest.mark.slow
@pytest.mark.parametrize("script", BROKEN.values(), ids=list(BROKEN))
def test_what_a_server_does_wrong_ends_in_our_paragraphs(write, case, script):
    written = write(script, timeout=1.0)
    assert texts(written.draft) == texts(case[2])
    assert len(written.failed) == 3 and not written.kept
    assert all("Traceback" not in why and "\n" not in why for why in written.failed.values())


def test_an_answer_in_a_fence_with_a_trailing_comma_is_repaired(write):
    def script(data):
        return CHAT % answer_well(data).replace("]}", ",]}")

    assert write(script).kept >= 2


def test_a_server_without_schemas_is_asked_again_without(write):
    def script(data):
        if data["structured"]:
            return Failure(400, message="response_format is not supported")
        return answer_well(data)

    assert write(script).kept >= 2


SERVERS = {
    "refuses a schema as a value that it does not know": lambda data: (
        Failure(422, message="response_format: input should be 'text'")
        if data["structured"]
        else answer_well(data)
    ),
    "cannot stream and says so": lambda data: (
        Failure(400, message="stream is not supported")
        if data["streamed"]
        else Failure(whole=answer_well(data))
    ),
    "cannot stream and answers whole": lambda data: Failure(whole=answer_well(data)),
    "can do neither": lambda data: (
        Failure(400, message="bad request")
        if data["streamed"] or data["structured"]
        else Failure(whole=answer_well(data))
    ),
}


@pytest.mark.parametrize("script", SERVERS.values(), ids=list(SERVERS))
def test_a_server_that_cannot_do_everything_is_asked_for_what_it_can(write, script):
    written = write(script)
    assert written.kept >= 2 and not written.failed


ANSWERS = {
    "behind a thought with braces in it": '<think>先看 {ours}，再写 {"sentences": []}</think>%s',
    "behind a thought that the server opened": "用户要我改写 {…}。\n</think>\n\n%s",
    "among talk, in a fence": "好的。\n```json\n%s\n```\n如需调整请告诉我",
    "with comments": '// 改好了\n{"sentences": /* 共几句 */ %s, // 完\n}',
    "as a bare list": "%s",
    "with numbers as texts": "%s",
}


@pytest.mark.parametrize("how", ANSWERS)
def test_an_answer_is_read_however_it_is_dressed(how):
    rows = [{"for": 1, "items": [1, 2], "text": "开展排查，“清单”http://不是注释。"}]
    if how == "with numbers as texts":
        rows = [{**rows[0], "for": "1", "items": ["1", "2"]}]
    bare = how in ("with comments", "as a bare list")
    told = json.dumps(rows if bare else {"sentences": rows}, ensure_ascii=False)
    (said,) = read_answer(ANSWERS[how] % told)
    assert (said.stands_for, said.items, said.text) == (1, (1, 2), rows[0]["text"])


def test_an_item_that_is_no_number_leaves_a_sentence_without_items():
    (said,) = read_answer('{"sentences": [{"for": 1, "items": [1, "own"], "text": "开展排查。"}]}')
    assert said.items == ()


def test_a_wrong_name_of_the_model_or_a_wrong_key_is_told(write):
    for status, word in ((401, "密钥"), (404, "model")):
        written = write(lambda data, status=status: Failure(status))
        assert all(word in why for why in written.failed.values())


def test_a_busy_server_is_asked_once_more(write):
    calls = []

    def script(data):
        calls.append(1)
        return Failure(429) if len(calls) % 2 else answer_well(data)

    assert write(script).kept >= 2


def test_three_failures_in_an_ask_leave_our_paragraph(write, case):
    def script(data):
        rows = json.loads(answer_well(data))["sentences"]
        wrong = [{**rows[0], "text": f"我局立案{n}起。"} for n in (911, 912, 913)]
        return tell_sentences([*rows, *wrong])

    written = write(script)
    assert texts(written.draft) == texts(case[2]) and len(written.failed) == 3


def test_who_cancels_keeps_our_paragraphs_and_hears_how_far_it_is(write, case):
    heard = []
    written = write(
        answer_well, progress=lambda done, of: heard.append((done, of)), stopped=lambda: True
    )
    assert texts(written.draft) == texts(case[2])
    assert heard[-1] == (3, 3) and set(written.failed.values()) == {"已取消"}


def test_only_the_asks_that_are_wanted_are_written(write):
    written = write(answer_well, asks=[2])
    assert {s.ask for s in sentences(written.draft) if s.origin == "model"} == {2}


def test_the_model_never_sees_the_facts_of_another_place(write, case):
    seen = []

    def script(data):
        seen.append(json.dumps(data, ensure_ascii=False))
        return answer_well(data)

    write(script)
    for evidence in case[1]:
        for hit in evidence.precedents:
            assert (hit.passage.region or "□") not in "".join(seen)


def test_the_log_keeps_prompt_and_answer_or_only_hashes_and_never_the_key(
    write, tmp_path, monkeypatch
):
    monkeypatch.setenv("REPLYGEN_TEST_KEY", "sk-very-secret")
    for hash_only in (False, True):
        path = tmp_path / f"{hash_only}.jsonl"
        write(answer_well, journal=Journal(path, hash_only), key_env="REPLYGEN_TEST_KEY")
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        assert len(rows) == 3 and all(row["model"] == "模拟" for row in rows)
        assert all(("prompt" in row) is not hash_only for row in rows)
        assert "sk-very-secret" not in path.read_text(encoding="utf-8")


ADDRESSES = {
    "loopback": ("http://127.0.0.1:8000/v1", True),
    "the same by name": ("http://localhost:8000/v1", True),
    "IPv6 loopback": ("http://[::1]:8000/v1", True),
    "a private network": ("http://10.1.2.3/v1", True),
    "another private network": ("https://192.168.1.9/v1", True),
    "a public address": ("https://8.8.8.8/v1", False),
    "a public address written for IPv6": ("http://[::ffff:8.8.8.8]/v1", False),
    "no address": ("http://0.0.0.0:8000/v1", False),
    "a file": ("file:///etc/passwd", False),
    "a password inside": ("http://u:p@127.0.0.1/v1", False),
    "no port at all": ("http://127.0.0.1:x/v1", False),
}


@pytest.mark.parametrize(("url", "good"), ADDRESSES.values(), ids=list(ADDRESSES))
def test_only_addresses_of_the_house_are_asked(url, good):
    if good:
        check_address(url, external=False)
        return
    with pytest.raises(SettingsError, match="writer"):
        check_address(url, external=False)


def test_the_settings_are_read_and_off_by_default(tmp_path):
    assert load_settings(cwd=tmp_path).writer == Writer()
    (tmp_path / "replygen.toml").write_text(
        '[writer]\nbase_url = "http://127.0.0.1:8000/v1"\nmodel = "qwen"\ntimeout = 30\n', "utf-8"
    )
    assert load_settings(cwd=tmp_path).writer.timeout == 30.0
    (tmp_path / "replygen.toml").write_text('[writer]\nkey = "sk-1"\n', "utf-8")
    with pytest.raises(SettingsError, match="key"):
        load_settings(cwd=tmp_path)
