"""The judge held against graded pairs; what it is fitted with."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from replygen.errors import ReadError
from replygen.evaluation.relevance import eval_relevance, make_key
from replygen.evaluation.tables import read_table
from training.judging import Sample, choose_bar, cross_validate, fit

ASK = "扩大社区助餐点覆盖。在老年人集中的社区增设老年食堂，鼓励餐饮企业为居家老年人送餐上门。"
PASSAGES = [  # 依据、孪生条文；措施、套话
    ("article", "中华人民共和国老年人权益保障法", "发展社区养老服务，为居家老年人提供助餐。", 3),
    ("article", "中华人民共和国公司法", "股东会会议由董事会召集，董事长主持。", 0),
    ("measure", "甲", "在老年人集中的社区新建老年食堂和助餐点，送餐上门。", 3),
    ("measure", "乙", "提高站位，加强领导，统筹推进各项工作。", 0),
]


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path


def test_the_curves_are_told_by_kind_for_proposals_not_fitted_on(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {
            "proposal": "sample-1",
            "title": "关于推进社区助餐的提案",
            "ask": 1,
            "ask_text": ASK,
            "kind": kind,
            "document": document,
            "article": "第九条" if kind == "article" else None,
            "lead": "第九条" if kind == "article" else text[:6],
            "text": text,
            "grade": grade,
        }
        for kind, document, text, grade in PASSAGES
    ]
    found = eval_relevance(write(tmp_path / "graded.jsonl.gz", rows), None)
    assert found["n"] == 4
    for kind in ("article", "measure"):
        assert found["kinds"][kind]["unseen"]["auc"] == 1.0


def test_a_file_of_another_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError):
        eval_relevance(write(tmp_path / "other.jsonl.gz", [{"text": "无关"}]), None)


def test_the_judgments_name_places_and_keys_and_hold_no_text() -> None:
    rows = read_table("judgments.tsv")
    assert len({row[:3] for row in rows}) >= 120 and len({row[0] for row in rows}) >= 60
    assert all(len(row) == 6 and row[5] in "0123" and len(row[4]) == 12 for row in rows)
    assert make_key("甲法", "第一条", "一 二") == make_key("甲法", "第一条", "一二")


def test_what_tells_pairs_apart_gets_the_weight() -> None:
    source = np.random.default_rng(3)
    useful = source.random(300) < 0.3
    values = np.column_stack([useful + source.normal(0, 0.4, 300), source.normal(0, 1, 300)])
    proposals = tuple(f"p{i % 30}" for i in range(300))
    sample = Sample(("telling", "noise"), values, useful, proposals)
    model = fit(sample, penalty=1.0)
    assert model.weights["telling"].weight > 5 * abs(model.weights["noise"].weight)
    scores = cross_validate(sample, penalty=1.0)
    taken = scores >= choose_bar(useful, scores, 0.8)
    assert useful[taken].mean() >= 0.8
