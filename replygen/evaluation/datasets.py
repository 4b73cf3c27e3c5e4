"""Files of questions with known answers -> documents and queries."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from replygen.errors import ReadError, SettingsError
from replygen.models import Other, Paragraph, Parsed, PassageKind, Provision, Source, Statute

SETS = ("letters", "statutes")
_STATUTES_FILE = "statutes.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Question:
    """A query and the labels of the documents or articles that answer it."""

    text: str
    gold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DataSet:
    """What is indexed and what is asked. ``labels`` names, for each document, its
    passages in order; a single label stands for all of them."""

    name: str
    kind: PassageKind
    documents: tuple[tuple[Parsed, Source, tuple[str, ...]], ...]
    questions: tuple[Question, ...]


def read_data_set(name: str, data: Path, corpus: Path | None) -> DataSet:
    """Return the data set ``name`` (letters, statutes) from its files. Raises ReadError
    for a file that is missing or not of the form, SettingsError for an unknown name."""
    if name == "letters":
        return _read_letters(data)
    if name == "statutes":
        return _read_statutes(data, corpus or data.parent / _STATUTES_FILE)
    raise SettingsError(f"没有名为 {name} 的评测集（可用：{'、'.join(SETS)}）")


def _read_letters(data: Path) -> DataSet:
    """The query is a letter's title and question, its answer the reply to it."""
    documents, questions = [], []
    for record in _read_records(data, ("id", "title", "question", "reply_core")):
        label = str(record["id"])
        text = str(record["reply_core"])
        documents.append((Other(None, text), _make_source(label, text), (label,)))
        questions.append(Question(f"{record['title']}\n{record['question']}", (label,)))
    return DataSet("letters", "reply", tuple(documents), tuple(questions))


def _read_statutes(data: Path, corpus: Path) -> DataSet:
    """The query is a layman's question, its answers are articles; the corpus gives one
    document a law."""
    laws: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for record in _read_records(corpus, ("id", "law", "article", "text")):
        laws.setdefault((record["law"], str(record.get("date"))), []).append(record)
    documents: list[tuple[Parsed, Source, tuple[str, ...]]] = []
    for (name, date), records in laws.items():
        filled = [r for r in records if str(r["text"]).strip()]
        statute = Statute(
            name=name,
            status="unknown",
            articles=tuple(Provision(str(r["article"]), str(r["text"])) for r in filled),
        )
        text = "\n".join(f"{r['article']}　{r['text']}" for r in filled)
        labels = tuple(str(r["id"]) for r in filled)
        documents.append((statute, _make_source(f"{name}@{date}", text), labels))
    questions = tuple(
        Question(str(record["query"]), tuple(str(g) for g in record["gold"]))
        for record in _read_records(data, ("query", "gold"))
    )
    return DataSet("statutes", "article", tuple(documents), questions)


def _make_source(name: str, text: str) -> Source:
    digest = hashlib.sha256(f"{name}\n{text}".encode()).hexdigest()
    return Source(path=name, sha256=digest, format="txt", paragraphs=(Paragraph(text, index=0),))


def _read_records(path: Path, needed: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines if line.strip()]
    except FileNotFoundError as error:
        raise ReadError(str(path), "没有这个数据文件，请检查 --data 和 --corpus") from error
    except (OSError, EOFError, ValueError) as error:
        raise ReadError(str(path), "不是完好的 .jsonl.gz 文件，请重新取得") from error
    for number, record in enumerate(records, start=1):
        missing = [n for n in needed if not isinstance(record, dict) or n not in record]
        if missing:
            raise ReadError(
                str(path), f"第 {number} 行缺少 {'、'.join(missing)}，请确认选对了评测集"
            )
    if not records:
        raise ReadError(str(path), "文件里没有记录，请重新取得")
    yield from records
