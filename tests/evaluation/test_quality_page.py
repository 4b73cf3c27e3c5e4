"""docs/quality.md is written from what was measured, and a broken-off run goes on."""

from __future__ import annotations

import gzip
import json
import re

import pytest

from replygen.cli.main import run
from replygen.errors import ReadError, SettingsError
from replygen.evaluation import ablation, quality_page
from replygen.evaluation.quality_page import write_table
from replygen.evaluation.split import place

_BODY = (
    "一、存在问题\n{0}里{1}常年没有人管，群众意见很大。\n"
    "二、建议\n（一）整治{1}。在{0}建立{1}台账。\n（二）加强宣传。"
)
_TOPICS = ("电梯", "直播", "食堂", "养老", "托管", "集市", "噪声", "停车")
_IDS = [i for i in map(str, range(40)) if place(i) == "test"][: len(_TOPICS)]


def _write(path, records):
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


@pytest.fixture
def data(tmp_path):
    """A few records of every set, none of which the encoders were trained on."""
    folder = tmp_path / "data"
    folder.mkdir()
    pairs = list(zip(_IDS, _TOPICS, strict=True))
    answer = "已对{0}开展检查，{0}台账已建立。"
    _write(
        folder / "letters.jsonl.gz",
        [
            {"id": i, "title": f"{t}问题", "question": f"{t}没人管", "reply_core": answer.format(t)}
            for i, t in pairs
        ],
    )
    _write(
        folder / "statutes.jsonl.gz",
        [
            {"id": f"{t}1", "law": f"{t}条例", "article": "第一条", "text": answer.format(t)}
            for t in _TOPICS
        ],
    )
    _write(
        folder / "statute_queries.jsonl.gz",
        [{"id": i, "query": f"{t}谁来管", "gold": [f"{t}1"]} for i, t in pairs],
    )
    _write(
        folder / "proposals.jsonl.gz",
        [{"id": i, "title": f"关于{t}的提案", "body": _BODY.format("云川市", t)} for i, t in pairs],
    )
    return folder


def _make(data, tmp_path):
    said = []
    write_table(data, tmp_path / "q.md", folder=tmp_path / "keep", encoder="hash", say=said.append)
    return said, (tmp_path / "q.md").read_text(encoding="utf-8")


@pytest.fixture
def without_sample(monkeypatch):
    """The sample set has scans to read, which takes long: it is left out."""
    measure = quality_page.measure_set

    def most(name, *given, **more):
        return "## sample\n" if name == "sample" else measure(name, *given, **more)

    monkeypatch.setattr(quality_page, "measure_set", most)


@pytest.mark.usefixtures("without_sample")
def test_the_page_has_every_set_and_says_only_what_was_measured(data, tmp_path):
    said, page = _make(data, tmp_path)
    for name in ("letters", "statutes", "proposals", "sample"):
        assert f"\n## {name}\n" in page
    assert "8 个查询，8 条。\n编码器 hash-1024-v1（只有快速的一级）。" in page
    assert "| **默认：词＋快速＋语义** | 1.000" in page
    assert "只用语义向量" not in page  # there is no such stage
    assert "默认的目标：R@1 0.78 达到，R@10 0.92 达到。" in page
    assert "{" not in page
    for stale in ("不是那条命令", "还没有测", "15 个", "没有语义向量"):
        assert stale not in page
    assert "letters：8 个查询" in said
    assert not list((tmp_path / "keep").glob("*.json"))


@pytest.mark.slow
def test_the_section_of_the_sample_has_the_preferences(tmp_path):
    path = quality_page._JUDGED
    section = ablation.measure_set("sample", path, folder=tmp_path, encoder="hash", say=print)
    assert re.search(r"23 个查询，1,2\d\d 条。", section)  # of the sample, as it is read today
    assert "默认＋本单位优先" in section


@pytest.fixture
def asked(monkeypatch):
    """The names of the sets that are measured; measuring itself is left out."""
    names = []

    def measure(name, *given, **more):
        names.append(name)
        return f"## {name}\n"

    monkeypatch.setattr(quality_page, "measure_set", measure)
    return names


def test_a_run_that_was_broken_off_goes_on_with_the_next_set(data, tmp_path, monkeypatch, asked):
    def broken(name, *given, **more):
        if name == "proposals":
            raise KeyboardInterrupt
        return f"## {name}\n"

    with monkeypatch.context() as changed:
        changed.setattr(quality_page, "measure_set", broken)
        with pytest.raises(KeyboardInterrupt):
            _make(data, tmp_path)
    assert not (tmp_path / "q.md").exists()
    said, page = _make(data, tmp_path)
    assert asked == ["proposals", "sample"]
    assert "letters：上次已经测完" in said and "\n## letters\n" in page
    asked.clear()
    _make(data, tmp_path)  # a finished run leaves nothing: all is measured anew
    assert asked == ["letters", "statutes", "proposals", "sample"]


def test_sections_of_other_data_are_not_taken(data, tmp_path, monkeypatch, asked):
    with monkeypatch.context() as changed:
        changed.setattr(quality_page, "measure_set", lambda name, *a, **m: 1 / (name != "sample"))
        with pytest.raises(ZeroDivisionError):
            _make(data, tmp_path)
    path = data / "letters.jsonl.gz"
    path.write_bytes(path.read_bytes() + gzip.compress(b"\n"))
    _make(data, tmp_path)
    assert asked == ["letters", "sample"]


def test_what_an_earlier_run_left_of_other_data_is_removed(data, tmp_path):
    name, folder = "letters", tmp_path / "keep"
    path = data / "letters.jsonl.gz"
    ablation.measure_set(name, path, folder=folder, encoder="hash", say=lambda line: None)
    records = [json.loads(line) for line in gzip.open(path, "rt", encoding="utf-8")]
    _write(path, records[:5])
    section = ablation.measure_set(name, path, folder=folder, encoder="hash", say=lambda line: None)
    assert "5 个查询，5 条。" in section


@pytest.mark.parametrize("gone", ["statutes.jsonl.gz", "proposals.jsonl.gz"])
def test_a_missing_file_is_told_before_anything_is_measured(data, tmp_path, gone):
    (data / gone).unlink()
    with pytest.raises(ReadError, match=gone):
        _make(data, tmp_path)
    assert not (tmp_path / "keep").exists()


def test_an_output_that_cannot_be_is_told_before_anything_is_measured(data, tmp_path):
    for output in (tmp_path / "nowhere" / "q.md", tmp_path):
        with pytest.raises(SettingsError, match="不能写到这里"):
            write_table(data, output, folder=tmp_path / "k", encoder="hash", say=lambda line: None)
    assert not (tmp_path / "k").exists()


def test_records_the_encoder_was_trained_on_are_not_asked(data, tmp_path):
    trained = next(i for i in map(str, range(40)) if place(i) == "train")
    record = {"id": trained, "title": "路灯", "question": "路灯不亮", "reply_core": "路灯已修复。"}
    path = data / "letters.jsonl.gz"
    _write(path, [record])
    with pytest.raises(ReadError, match="没训练过"):
        ablation.measure_set("letters", path, folder=tmp_path / "k", encoder="hash", say=print)
    known = [json.loads(line) for line in gzip.open(data / "proposals.jsonl.gz", "rt")]
    assert {r["id"] for r in known}.isdisjoint({trained})


@pytest.mark.usefixtures("without_sample")
def test_the_command_tells_how_far_it_is_in_a_pipe_too(data, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "replygen.toml").write_text('encoder = "hash"\n', encoding="utf-8")
    assert run(["eval-table", "--data", str(data), "-o", "q.md", "--keep", "kept"]) == 0
    shown = capsys.readouterr()
    assert "已写入 q.md" in shown.out
    assert "statutes：加入 8 份" in shown.err
    assert (tmp_path / "kept" / "letters").is_dir()
