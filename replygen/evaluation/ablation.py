"""The table of docs/quality.md: what each part of the search adds, set by set.

One index a set is kept under a folder, so that its vectors are made once, also over
several runs; each query's signals are gathered once a way of reading it and weighed for
every row.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from replygen.errors import ReadError
from replygen.evaluation.datasets import DataSet, Question, read_data_set
from replygen.evaluation.metrics import average, bootstrap, measure_query
from replygen.evaluation.quality import add_documents
from replygen.evaluation.training.pairs import place
from replygen.search import SearchIndex
from replygen.search.tuning import ACCURATE, Preference, Tuning

Say = Callable[[str], None]
_FILES = {
    "letters": "letters.jsonl.gz",
    "statutes": "statute_queries.jsonl.gz",
    "proposals": "proposals.jsonl.gz",
}
_DEFAULT = Tuning()
_ROWS: tuple[tuple[str, Tuning, Preference | None], ...] = (
    ("只用词", replace(_DEFAULT, fast=0, slow=0), None),
    ("只用快速向量", replace(_DEFAULT, words=0, slow=0), None),
    ("只用语义向量", replace(_DEFAULT, words=0, fast=0), None),
    ("词＋快速向量（刚加入时）", replace(_DEFAULT, slow=0), None),
    ("词＋语义向量", replace(_DEFAULT, fast=0), None),
    ("**默认：词＋快速＋语义**", _DEFAULT, None),
    ("**accurate**", ACCURATE, None),
    ("默认，语义占 0.3", replace(_DEFAULT, words=0.65, slow=0.3), None),
    ("默认，语义占 0.7", replace(_DEFAULT, words=0.25, slow=0.7), None),
    ("默认，快速向量占 0.15", replace(_DEFAULT, fast=0.15), None),
    ("默认，不加同法互证", replace(_DEFAULT, kin=0), None),
    ("默认，罕见词不加权（普通 BM25）", replace(_DEFAULT, rarity=1), None),
    ("默认，不去套话和问话", replace(_DEFAULT, plain=False), None),
    ("默认，首行不加倍", replace(_DEFAULT, topic=1), None),
)
_PREFERENCES = (
    ("默认＋本单位优先", Preference(own=0.02)),
    ("默认＋同级优先", Preference(level="市", own=0)),
    ("默认＋近年优先", Preference(year=2026, own=0)),
    ("默认＋同角色优先", Preference(role="主办", own=0)),
)
_DEPTH, _PASSAGES, _TIMED = 100, 200, 30
_SHOWN = ("R@1", "R@10", "R@100", "MRR@10", "nDCG@10")
_HEAD = """# 检索质量

本页由一条命令生成：`replygen eval-table --data ../shared/data -o docs/quality.md`。
数据是每套的开发半份，语料是全部，查询只取编码器训练时没见过的三分之一记录（按编号散列，
`replygen/evaluation/training/pairs.py` 的 `place`；训练过的记录查得准得多，算进来会虚高）。
方括号里是 95% 自助法区间（1,000 次重抽）。R@k 是答案进入前 k 的比例。

- `letters`：1,280 份答复，来信找自己的答复（标题＋正文 → 答复）。
- `statutes`：754 个外行问题找法条，语料是全部 59,243 条（空条文除外）。
- `proposals`：201 件真实提案，用一项建议找同一件提案“存在问题”的文字，双方都不含标题。
- `sample`：示例提案的 23 项建议找示例材料里的措施，逐条人工判断（`tests/search/judged.toml`）。

“同级、近年、同角色、本单位优先”默认都不开：只有 `sample` 有这些字段，开了没有变好。
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: the metrics of the questions, with intervals."""

    name: str
    metrics: Mapping[str, float]
    interval: Mapping[str, tuple[float, float]]


def write_table(data: Path, output: Path, *, folder: Path, encoder: str, say: Say) -> None:
    """Measure all sets under ``data`` and write the page. ``folder`` keeps the indexes.
    Raises ReadError for a missing file, SettingsError for an encoder."""
    parts = [_HEAD]
    for name, file in (*_FILES.items(), ("sample", "")):
        path = data / file if file else Path("tests/search/judged.toml")
        if name == "sample" and not path.is_file():
            raise ReadError(str(path), "请在仓库根目录运行")
        parts.append(measure_set(name, path, folder=folder / name, encoder=encoder, say=say))
    output.write_text("\n".join(parts), encoding="utf-8")


def measure_set(name: str, path: Path, *, folder: Path, encoder: str, say: Say) -> str:
    """Return the section of one set in Markdown; ``folder`` keeps its index."""
    data_set = read_data_set(name, path, None)
    with SearchIndex.open(folder, encoder=encoder) as index:
        say(f"{name}：加入 {len(data_set.documents)} 份")
        start = time.perf_counter()
        fresh = index.status().passages == 0
        labels = add_documents(index, data_set)
        index.catch_up()
        added = time.perf_counter() - start
        missing = index.status().passages - index.status().vectors
        start = time.perf_counter()
        index.fill(lambda done, total: say(f"{name}：编码 {done} / {total}"))
        filled = time.perf_counter() - start
        questions = [q for q in data_set.questions if not q.id or place(q.id) == "test"]
        times = [_time(index, data_set, questions, t) for t in (_DEFAULT, ACCURATE)]
        rows = list(_measure_rows(index, data_set, questions, labels, say))
        status = index.status()
    lines = [f"## {name}", "", f"{len(questions)} 个查询，{status.passages} 条。"]
    lines.append(f"编码器 {status.fast}（快速）、{status.encoder}（语义）。")
    if fresh:
        lines.append(f"词和快速向量每秒 {status.passages / added:.0f} 条。")
    if missing > 1000:
        lines.append(f"语义向量每秒 {missing / filled:.0f} 条。")
    lines.append(f"每次查询：默认 {times[0]:.0f} 毫秒，accurate {times[1]:.0f} 毫秒。")
    return "\n".join([*lines, "", *_draw(rows), ""])


def _measure_rows(
    index: SearchIndex,
    data_set: DataSet,
    questions: Sequence[Question],
    labels: Mapping[str, str],
    say: Say,
) -> Iterator[Row]:
    rows = [*_ROWS]
    if data_set.name == "sample":
        rows += [(name, _DEFAULT, preference) for name, preference in _PREFERENCES]
    tunings = {name: tuning for name, tuning, _ in rows}
    prefers = {name: preference for name, _, preference in rows}
    found: dict[str, list[dict[str, float]]] = {name: [] for name in tunings}
    for number, question in enumerate(questions, 1):
        ranked = index.compare(question.text, tunings, prefers, kind=data_set.kind, limit=_PASSAGES)
        for name, ids in ranked.items():
            order = list(dict.fromkeys(labels[id] for id in ids))[:_DEPTH]
            found[name].append(measure_query(order, question.gold))
        if number % 100 == 0:
            say(f"{data_set.name}：{number} / {len(questions)}")
    for name, measured in found.items():
        yield Row(name, average(measured), bootstrap(measured))


def _time(
    index: SearchIndex, data_set: DataSet, questions: Sequence[Question], tuning: Tuning
) -> float:
    """Return the milliseconds of a query, the mean of some."""
    texts = [q.text for q in questions[:_TIMED]]
    index.rank(texts[0], kind=data_set.kind)  # loads the encoder
    start = time.perf_counter()
    for text in texts:
        index.rank(text, kind=data_set.kind, limit=100, tuning=tuning)
    return 1000 * (time.perf_counter() - start) / len(texts)


def _draw(rows: list[Row]) -> Iterator[str]:
    yield f"| | {' | '.join(_SHOWN)} |"
    yield f"|---{'|---:' * len(_SHOWN)}|"
    for row in rows:
        cells = [
            f"{row.metrics[m]:.3f} [{row.interval[m][0]:.2f}–{row.interval[m][1]:.2f}]"
            for m in _SHOWN
        ]
        yield f"| {row.name} | {' | '.join(cells)} |"
    yield ""
    yield f"测于 {date.today().isoformat()}。"
