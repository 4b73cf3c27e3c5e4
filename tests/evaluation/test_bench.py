"""``replygen bench`` measures each thing in a process of its own."""

from __future__ import annotations

import json

import numpy as np
import pytest

from replygen.cli.main import run
from replygen.errors import SettingsError
from replygen.evaluation import BenchResult, run_bench, speed, write_page
from replygen.evaluation.bench_corpus import Corpus
from replygen.evaluation.bench_probe import peak_memory
from replygen.evaluation.bench_rivals import run_bm25s, run_ours
from replygen.index import open_index


@pytest.fixture(scope="module")
def result():
    """One real run, small: two sizes, no other tools."""
    said: list[str] = []
    found = run_bench(sizes=(60, 250), compared=0, encoder="hash", queries=5, say=said.append)
    assert any("250" in line for line in said)
    return found


@pytest.mark.slow
def test_every_size_has_all_its_figures(result):
    for size, found in zip((60, 250), result.sizes, strict=True):
        assert found["passages"] == found["size"] == size
        assert found["recall_fast"] == 1.0
        assert found["query_p50_ms"] <= found["query_p95_ms"]
        numbers = {k: v for k, v in found.items() if isinstance(v, (int, float))}
        assert all(v > 0 for v in numbers.values()), numbers
        assert {"cold_seconds", "query_memory", "bytes", "searchable_per_second"} <= set(numbers)
    assert result.sizes[1]["bytes"] > result.sizes[0]["bytes"]


@pytest.mark.slow
def test_the_page_shows_what_was_measured(result):
    page = write_page(result)
    assert "| 条数 | 60 | 250 |" in page
    assert f"{result.sizes[1]['query_p50_ms']:,.1f}" in page
    assert json.loads(json.dumps(result.to_json()))["sizes"][0]["size"] == 60


def test_a_tool_that_is_missing_or_fails_has_its_line_and_the_others_go_on():
    found = BenchResult(
        machine="m",
        day="2026-01-01",
        version="0",
        encoder="hash",
        load=(0.0, 0.0),
        compared=10,
        tools={
            "replygen": {"index_per_second": 1234.5, "query_p50_ms": 2.0, "query_p95_ms": 3.0},
            "txtai": {"error": "没有安装"},
        },
        sizes=({"size": 7, "error": "磁盘空间不够"},),
    )
    page = write_page(found)
    assert "1,234" in page
    assert "没有安装" in page
    assert "7 条没有测成：磁盘空间不够" in page
    assert "由 `replygen bench --sizes 7 --compare 10 --write docs/bench.md` 一次运行得出" in page


def test_a_page_is_replaced_only_when_all_is_measured(tmp_path, monkeypatch, capsys):
    found = BenchResult("m", "2026-01-01", "0", "hash", (0.0, 0.0), 0)
    page = tmp_path / "bench.md"
    page.write_text("old", encoding="utf-8")

    def broken(*, keep, **_):
        keep(found)
        raise SettingsError("磁盘满了，请腾出空间")

    monkeypatch.setattr("replygen.evaluation.run_bench", broken)
    assert run(["bench", "--write", str(page)]) == 2
    assert page.read_text(encoding="utf-8") == "old"
    assert "# 速度" in (tmp_path / "bench.md.part").read_text(encoding="utf-8")
    monkeypatch.setattr("replygen.evaluation.run_bench", lambda *, keep, **_: keep(found) or found)
    assert run(["bench", "--write", str(page)]) == 0
    assert "# 速度" in page.read_text(encoding="utf-8")
    assert [p.name for p in tmp_path.iterdir()] == ["bench.md"]
    capsys.readouterr()


def test_a_child_that_fails_gives_its_last_words():
    said: list[str] = []
    found = speed._run("rival", said.append, name="没有这个", size=1, queries=1, encoder="hash")
    assert "没有这个" in found["error"]
    assert "没有这个" in said[-1]


@pytest.mark.slow
def test_passages_are_always_the_same_and_stand_in_order(tmp_path):
    corpus = Corpus(45)
    texts = list(corpus.texts())
    assert texts == list(Corpus(45).texts()) == list(Corpus(60).texts())[:45]
    with open_index(tmp_path) as index:
        for parsed, source in corpus.documents():
            index.add(parsed, source)
        stored = [p.text for d in index.documents() for p in index.passages(d.id)]
    assert sorted(stored) == sorted(texts)
    assert len(corpus.queries(9)) == 9


def test_composed_vectors_are_near_those_of_their_sentences():
    corpus = Corpus(50)
    pool = np.random.default_rng(1).standard_normal((len(corpus.sentences), 16)).astype(np.float32)
    found = corpus.compose(pool, 10, 20)
    assert found.shape == (10, 16)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    mean = pool[corpus.picks[10]].mean(axis=0)
    assert found[0] @ mean / np.linalg.norm(mean) > 0.8


def test_tools_answer_on_the_same_passages():
    corpus = Corpus(80)
    texts, queries = list(corpus.texts()), corpus.queries(4)
    ours = run_ours(texts, queries, "hash")
    theirs = run_bm25s(texts, queries, "hash")
    assert ours.keys() == theirs.keys()
    assert all(v > 0 for v in (*ours.values(), *theirs.values()))


def test_memory_is_measured_in_bytes():
    assert peak_memory() is None or 20e6 < peak_memory() < 20e9


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--sizes", "十万"], "--sizes"),
        (["--sizes", "0"], "--sizes"),
        (["--compare", "-1"], "--compare"),
        (["--write", "没有的文件夹/bench.md"], "没有的文件夹"),
    ],
)
def test_wrong_options_are_told_in_one_line(arguments, message, capsys):
    assert run(["bench", *arguments]) == 2
    shown = capsys.readouterr().err
    assert message in shown
    assert len(shown.strip().splitlines()) == 1
