"""Files of questions with known answers -> documents and queries."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from replygen.drafting.evidence import query_of, subject_of
from replygen.errors import ReadError, SettingsError
from replygen.index import split_passages
from replygen.language.tables import read_toml
from replygen.models import (
    Document,
    Other,
    Paragraph,
    Parsed,
    Passage,
    PassageKind,
    Proposal,
    Provision,
    Source,
    Statute,
)
from replygen.parsing import parse_article, parse_proposal, parse_proposal_text, parse_source
from replygen.reading import read_all
from replygen.settings import resource

SETS = ("letters", "statutes", "proposals", "sample")
_REPEATED = slice(5, 45)  # characters of an ask by which a copy of it is known
_DISTINCTIVE = 15  # of them at least: shorter ones are alike by chance
_SPACE = re.compile(r"\s+")
_STATUTES_FILE = "statutes.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Question:
    """A query and the labels of the documents or articles that answer it. ``id`` is the
    record's, by which an encoder's makers tell what it was trained on."""

    text: str
    gold: tuple[str, ...]
    id: str = ""


class Entry(NamedTuple):
    """A document to index. ``labels`` names its passages in order; a single label stands
    for all of them."""

    parsed: Parsed
    source: Source
    labels: tuple[str, ...]
    own: bool = False


@dataclass(frozen=True, slots=True)
class DataSet:
    """What is indexed and what is asked."""

    name: str
    kind: PassageKind
    documents: tuple[Entry, ...]
    questions: tuple[Question, ...]


def read_data_set(name: str, data: Path, corpus: Path | None) -> DataSet:
    """Return the data set ``name`` (one of SETS) from its files. Raises ReadError for a
    file that is missing or not of the form, SettingsError for an unknown name."""
    if name == "letters":
        return _read_letters(data)
    if name == "proposals":
        return _read_proposals(data)
    if name == "sample":
        return _read_sample(data)
    if name == "statutes":
        return _read_statutes(data, corpus or data.parent / _STATUTES_FILE)
    raise SettingsError(f"没有名为 {name} 的评测集（可用：{'、'.join(SETS)}）")


def _read_letters(data: Path) -> DataSet:
    """The query is a letter's title and question, its answer the reply to it."""
    documents, questions = [], []
    for record in _read_records(data, ("id", "title", "question", "reply_core")):
        label = str(record["id"])
        text = str(record["reply_core"])
        documents.append(Entry(Other(None, text), _make_source(label, text), (label,)))
        questions.append(Question(f"{record['title']}\n{record['question']}", (label,), label))
    return DataSet("letters", "reply", tuple(documents), tuple(questions))


def _read_statutes(data: Path, corpus: Path) -> DataSet:
    """The query is a layman's question, its answers are articles; the corpus gives one
    document a law."""
    laws: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for record in _read_records(corpus, ("id", "law", "article", "text")):
        laws.setdefault((record["law"], str(record.get("date"))), []).append(record)
    documents: list[Entry] = []
    for (name, date), records in laws.items():
        filled = [r for r in records if str(r["text"]).strip()]
        statute = Statute(
            name=name,
            status="unknown",
            articles=tuple(Provision(str(r["article"]), str(r["text"])) for r in filled),
        )
        text = "\n".join(f"{r['article']}　{r['text']}" for r in filled)
        labels = tuple(str(r["id"]) for r in filled)
        documents.append(Entry(statute, _make_source(f"{name}@{date}", text), labels))
    questions = tuple(
        Question(str(record["query"]), tuple(map(str, record["gold"])), str(record.get("id", "")))
        for record in _read_records(data, ("query", "gold"))
    )
    return DataSet("statutes", "article", tuple(documents), questions)


def _read_proposals(data: Path) -> DataSet:
    """The query is one ask of a proposal, its answer what the same proposal says is
    wrong (its problems, else its background); nobody's title is in either. Proposals
    without asks or without such a part are left out, and those whose part repeats an ask
    are not asked: that would be looking for a text by itself."""
    documents, questions = [], []
    for record in _read_records(data, ("id", "title", "body")):
        label = str(record["id"])
        proposal = parse_proposal_text(str(record["body"]), title=str(record["title"]))
        text = proposal.problems or proposal.background
        if not text.strip() or not proposal.asks:
            continue
        documents.append(Entry(Other(None, text), _make_source(label, text), (label,)))
        if any(_repeats(text, ask.text) for ask in proposal.asks):
            continue
        questions += [Question(f"{a.topic}\n{a.text}", (label,), label) for a in proposal.asks]
    if not questions:
        raise ReadError(str(data), "里面没有读得出建议的提案，请确认选对了评测集")
    return DataSet("proposals", "reply", tuple(documents), tuple(questions))


def _repeats(text: str, ask: str) -> bool:
    begun = _SPACE.sub("", ask)[_REPEATED]
    return len(begun) >= _DISTINCTIVE and begun in _SPACE.sub("", text)


def _read_sample(data: Path) -> DataSet:
    """The query is an ask of a sample proposal as drafting looks for it, its answers the
    measures of the sample corpus that were judged to bear on it (``data``, a TOML file)."""
    try:
        judged = read_toml(data)["ask"]
    except (OSError, KeyError, ValueError) as error:
        raise ReadError(str(data), "不是判断过的建议表（[[ask]]），请检查 --data") from error
    documents: list[Entry] = []
    texts: dict[str, Passage] = {}
    for own in (True, False):
        folder = resource("corpus", "own" if own else "others")
        for source in read_all([folder]):
            if isinstance(source, ReadError):
                raise source
            parsed = parse_source(source)
            parsed = parse_article(source) if own and isinstance(parsed, Other) else parsed
            file = Path(source.path).name
            blank = Document("", "", "", "", None, None, None, None, own)
            passages = split_passages(parsed, blank)
            labels = tuple(f"{file}{p.id}" for p in passages)
            documents.append(Entry(parsed, source, labels, own))
            texts |= dict(zip(labels, passages, strict=True))
    questions = []
    for row in judged:
        (source,) = read_all([resource("corpus", "proposals", row["proposal"])])
        if isinstance(source, ReadError):
            raise source
        gold = tuple(
            label
            for label, p in texts.items()
            if p.kind == "measure"
            and any(
                label.startswith(f"{r['file']}#") and (r["has"] in p.text or r["has"] in p.title)
                for r in row["relevant"]
            )
        )
        questions.append(Question(_ask(parse_proposal(source), row["order"]), gold))
    return DataSet("sample", "measure", tuple(documents), tuple(questions))


def _ask(proposal: Proposal, order: int) -> str:
    """Return one ask as drafting looks for it."""
    ask = next(a for a in proposal.asks if a.order == order)
    return query_of(ask, subject_of(proposal))


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
