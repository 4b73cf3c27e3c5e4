"""What each part of the search adds, set by set: the tables of docs/quality.md.

One index a set is kept under a folder, so that its vectors are made once, also over
several runs; each query's signals are gathered once a way of reading it and weighed for
every row. The page itself: :mod:`quality_page`.
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
from replygen.evaluation.quality import add_documents, is_unseen
from replygen.index import IndexStatus
from replygen.index.local.index import LocalIndex
from replygen.index.tuning import ACCURATE, Preference, Tuning

Say = Callable[[str], None]
_DEFAULT = Tuning()
_AT_REST, _CLOSELY = "**默认：词＋快速＋语义**", "**accurate**"
_ROWS: tuple[tuple[str, Tuning, Preference | None], ...] = (
    ("只用词", replace(_DEFAULT, fast=0, slow=0), None),
    ("只用快速向量", replace(_DEFAULT, words=0, slow=0), None),
    ("只用语义向量", replace(_DEFAULT, words=0, fast=0), None),
    ("词＋快速向量（刚加入时）", replace(_DEFAULT, slow=0), None),
    ("词＋语义向量", replace(_DEFAULT, fast=0), None),
    (_AT_REST, _DEFAULT, None),
    (_CLOSELY, ACCURATE, None),
    ("accurate，不逐词比较", replace(ACCURATE, overlap=0), None),
    ("默认，语义占 0.3", replace(_DEFAULT, words=0.65, slow=0.3), None),
    ("默认，语义占 0.7", replace(_DEFAULT, words=0.25, slow=0.7), None),
    ("默认，快速向量占 0.15", replace(_DEFAULT, fast=0.15), None),
    ("默认，不加同法互证", replace(_DEFAULT, siblings=0), None),
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
CANDIDATES = 200  # of each ranking
_DEPTH, _TIMED = 100, 30
_PAUSE = 10.0  # seconds between two words about how far the encoding is
# What issue 3 asks of the default and of the accurate way.
_GOALS: dict[str, tuple[tuple[str, str, dict[str, float]], ...]] = {
    "letters": (
        ("默认", _AT_REST, {"R@1": 0.78, "R@10": 0.92}),
        ("accurate ", _CLOSELY, {"R@1": 0.85, "R@10": 0.96}),
    ),
    "statutes": (
        ("默认", _AT_REST, {"R@10": 0.52, "R@100": 0.77}),
        ("accurate ", _CLOSELY, {"R@10": 0.62, "R@100": 0.88}),
    ),
}
_SHOWN = ("R@1", "R@10", "R@100", "MRR@10", "nDCG@10")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: the metrics of the questions, with intervals."""

    name: str
    metrics: Mapping[str, float]
    interval: Mapping[str, tuple[float, float]]


def measure_set(name: str, path: Path, *, folder: Path, encoder: str, say: Say) -> str:
    """Return the section of one set in Markdown; ``folder`` keeps its index. Raises
    ReadError for a missing or wrong file, SettingsError for an encoder."""
    say(f"{name}：读取数据")
    data_set = read_data_set(name, path, None)
    questions = [q for q in data_set.questions if is_unseen(q)]
    if not questions:
        raise ReadError(str(path), "里面没有编码器没训练过的记录，测不出没见过的有多准")
    speeds = []
    with LocalIndex.open(folder, encoder=encoder) as index:
        say(f"{name}：加入 {len(data_set.documents)} 份")
        fresh = index.status().passages == 0
        start = time.perf_counter()
        labels = add_documents(index, data_set)
        _drop_others(index, labels)
        index.catch_up()
        added = time.perf_counter() - start
        status = index.status()
        if fresh:
            speeds.append(f"入库、词和快速向量每秒 {status.passages / added:.0f} 条。")
        missing = status.passages - status.vectors
        start = time.perf_counter()
        index.fill(_tell_progress(f"{name}：编码", say))
        if missing > 1000:
            rate = missing / (time.perf_counter() - start)
            speeds.append(f"语义向量每秒 {rate:.0f} 条（{missing:,} 条）。")
        say(f"{name}：{len(questions)} 个查询")
        times = [_time(index, data_set, questions, t) for t in (_DEFAULT, ACCURATE)]
        speeds.append(f"每次查询：默认 {times[0]:.0f} 毫秒，accurate {times[1]:.0f} 毫秒。")
        rows = list(_measure_rows(index, data_set, questions, labels, say))
        status = index.status()
    lines = [*_describe(data_set, len(questions), status), *speeds, "", *_draw(rows)]
    return "\n".join([f"## {name}", "", *lines, *_compare_goals(name, rows), ""])


def _drop_others(index: LocalIndex, labels: Mapping[str, str]) -> None:
    """Remove what an earlier run with other data has left in the index."""
    known = {id.partition("#")[0] for id in labels}
    for document in index.documents():
        if document.id not in known:
            index.remove(document.id)


def _tell_progress(what: str, say: Say) -> Callable[[int, int], None]:
    """Return what tells ``say`` from time to time how far the encoding is."""
    start = time.perf_counter()
    last = start - _PAUSE

    def tell(done: int, total: int) -> None:
        nonlocal last
        now = time.perf_counter()
        if now - last >= _PAUSE or done == total:
            last = now
            rest = (now - start) / done * (total - done) / 60 if done else 0.0
            say(f"{what} {done} / {total}，约还要 {rest:.0f} 分钟")

    return tell


def _describe(data_set: DataSet, asked: int, status: IndexStatus) -> Iterator[str]:
    every = len(data_set.questions)
    part = f"（全部 {every:,} 个里编码器没见过的）" if asked < every else ""
    yield f"{asked:,} 个查询{part}，{status.passages:,} 条。"
    if status.fast == status.encoder:
        yield f"编码器 {status.encoder}（只有快速的一级）。"
    else:
        yield f"编码器 {status.fast}（快速）、{status.encoder}（语义）。"
    lacking = status.passages - status.vectors
    if lacking:
        yield f"还有 {lacking:,} 条没有语义向量，按没补到处理。"


def _compare_goals(name: str, rows: Sequence[Row]) -> Iterator[str]:
    """Say which goals are reached, and by how much the others are missed."""
    found = {row.name: row.metrics for row in rows}
    for way, row, goals in _GOALS.get(name, ()):
        if row in found:
            told = [_compare(metric, goal, found[row][metric]) for metric, goal in goals.items()]
            yield ""
            yield f"{way}的目标：{'，'.join(told)}。"


def _compare(metric: str, goal: float, found: float) -> str:
    missed = goal - round(found, 3)
    return f"{metric} {goal:.2f} " + (f"差 {missed:.3f}" if missed > 0 else "达到")


def _measure_rows(
    index: LocalIndex,
    data_set: DataSet,
    questions: Sequence[Question],
    labels: Mapping[str, str],
    say: Say,
) -> Iterator[Row]:
    status = index.status()
    two = status.fast != status.encoder
    rows = [row for row in _ROWS if two or not row[1].slow or row[1] in (_DEFAULT, ACCURATE)]
    if data_set.name == "sample":
        rows += [(name, _DEFAULT, preference) for name, preference in _PREFERENCES]
    tunings = {name: tuning for name, tuning, _ in rows}
    prefers = {name: preference for name, _, preference in rows}
    found: dict[str, list[dict[str, float]]] = {name: [] for name in tunings}
    for number, question in enumerate(questions, 1):
        ranked = index.compare(
            question.text, tunings, prefers, kind=data_set.kind, limit=CANDIDATES
        )
        for name, ids in ranked.items():
            order = list(dict.fromkeys(labels[id] for id in ids))[:_DEPTH]
            found[name].append(measure_query(order, question.gold))
        if number % 50 == 0:
            say(f"{data_set.name}：查询 {number} / {len(questions)}")
    for name, measured in found.items():
        yield Row(name, average(measured), bootstrap(measured))


def _time(
    index: LocalIndex, data_set: DataSet, questions: Sequence[Question], tuning: Tuning
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
