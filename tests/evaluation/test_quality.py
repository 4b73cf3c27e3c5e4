"""The figures of an evaluation, on made-up data and on the real sets."""

from __future__ import annotations

import gzip
import json

import pytest

from replygen.errors import ReadError, ReplygenError, SettingsError
from replygen.evaluation import run_eval
from replygen.evaluation.metrics import NAMES, average, bootstrap, measure_query
from replygen.evaluation.split import place

_LETTERS = [
    ("1", "电梯常年困人", "小区电梯坏了没人修", "已督促维保单位更换电梯曳引机，困人故障已排除。"),
    ("2", "直播间卖假货", "主播说是真皮其实不是", "已对该直播间立案调查，下架虚假宣传商品。"),
    ("3", "学校食堂卫生", "孩子说菜里有虫", "已责令学校食堂停业整改，后厨接入监管平台。"),
]


_UNSEEN = sum(place(row[0]) == "test" for row in _LETTERS)


def _write(path, records):
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


@pytest.fixture
def letters(tmp_path):
    names = ("id", "title", "question", "reply_core")
    return _write(tmp_path / "l.jsonl.gz", [dict(zip(names, row, strict=True)) for row in _LETTERS])


@pytest.fixture
def queries(tmp_path):
    corpus = [
        {"id": f"{law}{no}", "law": law, "date": "2020-01-01", "article": no, "text": text}
        for law, no, text in (
            ("集市条例", "第一条", "摊位应当登记，摊主应当公示姓名。"),
            ("集市条例", "第二条", "集市应当设置公平秤。"),
            ("电梯条例", "第一条", "电梯维保单位应当按期维护保养。"),
        )
    ]
    _write(tmp_path / "statutes.jsonl.gz", corpus)
    asked = [
        {"id": "1", "query": "摆摊要登记吗", "gold": ["集市条例第一条"]},
        {
            "id": "2",
            "query": "缺斤短两怎么办，有公平秤吗",
            "gold": ["集市条例第二条", "没有这一条"],
        },
    ]
    return _write(tmp_path / "q.jsonl.gz", asked)


def test_letters_find_their_own_replies(letters):
    result = run_eval("letters", letters, encoder="hash")
    assert (result.set, result.n, result.passages) == ("letters", 3, 3)
    assert result.metrics["R@1"] == 1.0
    assert result.interval["R@1"] == (1.0, 1.0)
    shown = result.to_json()
    assert {"set", "n", "encoder", "metrics", "interval"} <= set(shown)
    assert set(shown["metrics"]) == set(NAMES)
    assert (shown["n_unseen"], shown["unseen"]["R@1"]) == (_UNSEEN, 1.0)
    assert shown["passages_per_second"] > 0 and shown["ms_per_query"] > 0
    json.dumps(shown)


def test_statutes_are_read_beside_the_questions(queries):
    result = run_eval("statutes", queries, encoder="hash")
    assert result.passages == 3
    assert result.metrics["R@1"] == 0.75  # of the second question's two answers one is there
    assert result.metrics["MRR@10"] == 1.0


def test_another_corpus_may_be_named(queries, tmp_path):
    moved = tmp_path / "elsewhere.gz"
    (tmp_path / "statutes.jsonl.gz").rename(moved)
    with pytest.raises(ReadError, match="statutes.jsonl.gz"):
        run_eval("statutes", queries, encoder="hash")
    assert run_eval("statutes", queries, corpus=moved, encoder="hash").n == 2


def test_a_limit_asks_fewer_questions(letters):
    assert run_eval("letters", letters, limit=2, encoder="hash").n == 2


def test_the_wrong_set_name_is_refused(letters):
    with pytest.raises(SettingsError, match="letters、statutes、proposals、sample"):
        run_eval("letter", letters)


# Named: the bytes of a gzip file hold the time, and two test processes would see two names.
@pytest.mark.parametrize(
    "content",
    [b"", b"plain text", gzip.compress(b"not json\n"), None],
    ids=["empty", "no gzip", "no JSON inside", "missing"],
)
def test_a_wrong_file_is_refused_in_one_line(tmp_path, content):
    path = tmp_path / "data.gz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ReadError) as caught:
        run_eval("letters", path)
    assert str(path) in str(caught.value)
    assert "请" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_of_another_set_is_refused(queries, letters):
    with pytest.raises(ReplygenError, match="第 1 行缺少"):
        run_eval("letters", queries)
    with pytest.raises(ReplygenError, match="第 1 行缺少"):
        run_eval("statutes", letters, corpus=letters)


@pytest.mark.parametrize(
    ("ranked", "gold", "expected"),
    [
        (["a", "b"], ["a"], {"R@1": 1, "R@10": 1, "MRR@10": 1, "nDCG@10": 1}),
        (["b", "a"], ["a"], {"R@1": 0, "R@5": 1, "MRR@10": 0.5, "nDCG@10": 0.6309}),
        (["b"] + ["x"] * 9 + ["a"], ["a"], {"R@10": 0, "R@100": 1, "MRR@10": 0, "nDCG@10": 0}),
        (["a", "x"], ["a", "b"], {"R@1": 0.5, "R@100": 0.5, "MRR@10": 1, "nDCG@10": 0.6131}),
        ([], ["a"], {"R@100": 0, "MRR@10": 0, "nDCG@10": 0}),
    ],
)
def test_measures_of_one_query(ranked, gold, expected):
    found = measure_query(ranked, gold)
    assert {name: round(found[name], 4) for name in expected} == expected


def test_the_interval_holds_the_mean_and_repeats():
    rows = [dict.fromkeys(NAMES, float(i % 4 > 0)) for i in range(200)]
    low, high = bootstrap(rows)["R@1"]
    assert low < average(rows)["R@1"] == 0.75 < high
    assert bootstrap(rows)["R@1"] == (low, high)


@pytest.mark.slow
def test_letters_stay_as_good_as_when_measured(shared):
    result = run_eval("letters", shared / "data" / "letters.jsonl.gz", limit=400)
    assert result.metrics["R@1"] > 0.68
    assert result.metrics["R@10"] > 0.86


@pytest.mark.slow
def test_statutes_stay_as_good_as_when_measured(shared):
    # words and fast vectors only: the slow ones of 59,000 articles take over ten minutes
    data = shared / "data" / "statute_queries.jsonl.gz"
    result = run_eval("statutes", data, encoder="static")
    assert result.metrics["R@10"] > 0.40
    assert result.metrics["R@100"] > 0.62


def test_an_ask_finds_the_problem_of_its_own_proposal(tmp_path):
    body = (
        "一、存在问题\n{problem}\n二、建议\n（一）{lead}。{ask}\n（二）加强宣传。组织进社区宣传。"
    )
    rows = [
        ("1", "关于电梯的提案", "老旧小区电梯常年困人，维保单位不到场。", "更换电梯曳引机"),
        ("2", "关于食堂的提案", "学校食堂后厨看不见，家长不放心。", "后厨画面向家长开放"),
    ]
    records = [
        {"id": id, "title": title, "body": body.format(problem=problem, lead=lead, ask=lead)}
        for id, title, problem, lead in rows
    ]
    lead = "更换老旧小区的电梯曳引机并把维保记录张贴在轿厢里"
    repeated = body.format(problem=f"{lead}。{lead}。", lead=lead, ask=lead)
    records.append({"id": "3", "title": "关于维保的提案", "body": repeated})  # is not asked
    result = run_eval("proposals", _write(tmp_path / "p.jsonl.gz", records), encoder="hash")
    assert result.passages == 3
    assert result.n == 4
    assert result.mode == "default"
    assert result.metrics["R@10"] == 1.0


def test_a_table_of_judged_asks_must_be_one(tmp_path):
    path = tmp_path / "judged.toml"
    path.write_text("nothing = 1\n", encoding="utf-8")
    with pytest.raises(ReadError, match="judged.toml"):
        run_eval("sample", path, encoder="hash")
