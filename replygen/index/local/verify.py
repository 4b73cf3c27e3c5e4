"""Whether an index is whole, and how large it is."""

from __future__ import annotations

from replygen.index.local.caches import Caches
from replygen.index.local.store import Store
from replygen.index.records import IndexStatus, VerifyReport

_LATER = "下次检索时自动补上"
_FILL = "照样检索得到；网页打开时在后台补上，也可以运行 index fill"
_REBUILD = "请运行 index rebuild"


def measure_index(store: Store, caches: Caches) -> IndexStatus:
    """Return the sizes of an index and how far its caches are."""
    kinds = store.rows("SELECT kind, count(*) FROM passages GROUP BY kind ORDER BY kind")
    return IndexStatus(
        documents=store.number("SELECT count(*) FROM documents"),
        passages=sum(row[1] for row in kinds),
        kinds={row[0]: row[1] for row in kinds},
        own=store.number("SELECT count(*) FROM documents WHERE own"),
        statutes=store.number("SELECT count(*) FROM statutes"),
        articles=store.number("SELECT sum(articles) FROM statutes"),
        fast=caches.fast.encoder.name,
        encoder=caches.encoder.name,
        vectors=store.count_vectors(caches.encoder.name),
        words=caches.words.count(),
        bytes=sum(p.stat().st_size for p in store.folder.rglob("*") if p.is_file()),
        schema=store.schema,
    )


def verify_index(store: Store, caches: Caches) -> VerifyReport:
    """Return what is wrong with the store and with its caches."""
    problems = [f"数据库：{line}，请从备份恢复或重新 index add" for line in store.check()]
    if problems:
        return VerifyReport(False, tuple(problems))
    problems += _check_documents(store)
    notes: list[str] = []
    caches.reload_words()
    passages = store.rows("SELECT row FROM passages")
    fast = caches.fast
    vectors = store.rows("SELECT row FROM vectors WHERE encoder = ?", (fast.encoder.name,))
    for name, cache, found, last in (
        ("词索引", caches.words, passages, store.last_change),
        ("向量索引", fast.vectors, vectors, store.last_entry),
    ):
        stored, rows = {row[0] for row in found}, cache.rows()
        missing, extra = len(stored - rows), len(rows - stored)
        if not missing and not extra:
            continue
        if cache.mark < last:
            notes.append(f"{name}还差 {missing} 条、多 {extra} 条，{_LATER}")
        else:
            problems.append(f"{name}缺 {missing} 条、多 {extra} 条，{_REBUILD}")
    for stage in caches.stages:
        lacking = len(store.missing_vectors(stage.encoder.name))
        if lacking:
            remedy = _FILL if stage is caches.slow else _LATER
            notes.append(f"还有 {lacking} 条没有 {stage.encoder.name} 的向量，{remedy}")
    return VerifyReport(not problems, tuple(problems), tuple(notes))


def _check_documents(store: Store) -> list[str]:
    """Each document's passages are numbered from 0 without a gap, a statute's articles
    are all there, and every passage stands in the log that caches are fed from."""
    gaps = store.rows(
        """SELECT document FROM passages GROUP BY document
           HAVING max(position) + 1 <> count(*) OR min(position) <> 0"""
    )
    short = store.rows(
        """SELECT s.document FROM statutes s WHERE s.articles <>
           (SELECT count(*) FROM passages p WHERE p.document = s.document)"""
    )
    unknown = store.number(
        """SELECT count(*) FROM passages p WHERE NOT EXISTS
           (SELECT 1 FROM changes c WHERE c.op = 'add' AND p.row BETWEEN c.low AND c.high)"""
    )
    wrong = [f"文件 {row[0]} 的段落不全，请重新 index add 它" for row in (*gaps, *short)]
    if unknown:
        wrong.append(f"有 {unknown} 条不在变更记录里，{_REBUILD}")
    return wrong
