"""Training pairs out of real data: a third of every file is never trained on.

What is a text's share of the split is decided by a hash of its id, so that it never
moves: letters and questions by their id, articles by their law, proposals and rules by
theirs. An article that answers a test question is left out too.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from replygen.evaluation.split import place
from training.source import PASSAGE, QUERY

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped,unused-ignore]

Record = dict[str, Any]

ARTICLES = 16_000  # articles that self-made pairs are taken from
_LONG = 400  # characters of a text; more than the pieces that training reads
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？\n]?")
_ITEM = re.compile(r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.、．])")
_ARTICLE = re.compile(r"\n[\s　]*(第[一二三四五六七八九十百]+条)[\s　]+")
_ASKS = re.compile(r"具体建议[:：]|建议[:：]|对策建议")


@dataclass(frozen=True, slots=True)
class Pair:
    """A query and a passage that answers it; ``other`` is like it in words and no answer."""

    query: str
    passage: str
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Data:
    """The files in ../shared/data."""

    letters: tuple[Record, ...]
    questions: tuple[Record, ...]
    articles: tuple[Record, ...]
    proposals: tuple[Record, ...]
    rules: tuple[Record, ...]


def read_data(folder: Path) -> Data:
    """Return what lies in ``folder``. Raises FileNotFoundError."""
    return Data(
        *(
            tuple(_read_lines(folder / f"{name}.jsonl.gz"))
            for name in ("letters", "statute_queries", "statutes", "proposals", "rules")
        )
    )


def _read_lines(path: Path) -> Iterator[Record]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def collect_texts(data: Data) -> Iterator[str]:
    """Yield the prefixes and the texts of the training split, for the choice of pieces."""
    yield from (QUERY, PASSAGE)
    for record in data.letters:
        if place(record["id"]) != "test":
            yield f"{record['title']}\n{record['question']}\n{record['reply']}"
    for record in data.proposals:
        if place(record["id"]) != "test":
            yield f"{record['title']}\n{record['body']}"
    for record in data.articles:
        if place(record["law"]) != "test":
            yield f"{record['law']}{record['article']}{record['text']}"


def make_pairs(data: Data, *, seed: int) -> dict[str, list[Pair]]:
    """Return the training pairs by kind, in an order that the seed decides."""
    chance = random.Random(seed)
    kinds = {
        "letters": list(_pair_letters(data.letters, chance)),
        "titles": list(_pair_titles(data.letters, chance)),
        "questions": list(_pair_questions(data, chance)),
        "articles": list(_pair_articles(data, chance)),
        "proposals": list(_pair_proposals(data.proposals, chance)),
        "asks": list(_pair_asks(data.proposals)),
        "rules": list(_pair_rules(data.rules, chance)),
    }
    for pairs in kinds.values():
        chance.shuffle(pairs)
    return kinds


def _pair_letters(letters: Sequence[Record], chance: random.Random) -> Iterator[Pair]:
    """Yield letter -> reply twice: the whole reply and a later part of it."""
    mine = _take_letters(letters)
    likes = _find_like([make_letter(r) for r in mine], [r["reply_core"] for r in mine], chance)
    for record, like in zip(mine, likes, strict=True):
        reply, other = record["reply_core"], mine[like]["reply_core"]
        yield Pair(make_letter(record), reply, other)
        yield Pair(make_letter(record), _cut(reply, chance), _cut(other, chance))


def _pair_titles(letters: Sequence[Record], chance: random.Random) -> Iterator[Pair]:
    """Yield a letter's title -> reply; a kind of its own, as in one batch with the pairs
    of whole letters the own reply would count as wrong."""
    mine = _take_letters(letters)
    likes = _find_like([r["title"] for r in mine], [r["reply_core"] for r in mine], chance)
    for record, like in zip(mine, likes, strict=True):
        yield Pair(record["title"], record["reply_core"], mine[like]["reply_core"])


def _take_letters(letters: Sequence[Record]) -> list[Record]:
    return [r for r in letters if place(r["id"]) == "train" and len(r["reply_core"]) > 60]


def make_letter(record: Record) -> str:
    """Return the letter as it is asked: title and question."""
    return f"{record['title']}\n{record['question']}"


def _pair_questions(data: Data, chance: random.Random) -> Iterator[Pair]:
    """Yield question -> article, the article with and without its law's name."""
    closed = find_closed(data.questions)
    texts = {r["id"]: r for r in data.articles}
    mine = [
        (q, texts[gold])
        for q in data.questions
        if place(q["id"]) == "train"
        for gold in q["gold"]
        if gold in texts and gold not in closed
    ]
    pool = [r for r in data.articles if r["id"] not in closed and len(r["text"]) > 15]
    pool = chance.sample(pool, min(len(pool), ARTICLES))
    golds = {q["id"]: set(q["gold"]) for q in data.questions}
    likes = _find_like([q["query"] for q, _ in mine], [r["text"] for r in pool], chance)
    for number, (question, article) in enumerate(mine):
        other = pool[likes[number]]
        if other["id"] in golds[question["id"]]:
            other = chance.choice(pool)
        yield Pair(question["query"], article["text"], other["text"])
        yield Pair(question["query"], _name(article), _name(other))


def _pair_articles(data: Data, chance: random.Random) -> Iterator[Pair]:
    """Yield part of an article -> its rest; the neighbour in the same law is no answer."""
    closed = find_closed(data.questions)
    mine = [
        (r, near)
        for r, near in zip(data.articles, (*data.articles[1:], data.articles[0]), strict=True)
        if r["law"] == near["law"]
        and not {r["id"], near["id"]} & closed
        and place(r["law"]) == "train"
        and min(len(r["text"]), len(near["text"])) > 50
    ]
    for record, near in chance.sample(mine, min(len(mine), ARTICLES)):
        sentences = _split_sentences(record["text"])
        if len(sentences) < 2:
            half = len(record["text"]) // 3
            query = f"{record['law']} {record['text'][:half]}"
            yield Pair(query, record["text"][half:], near["text"])
            continue
        chosen = chance.randrange(len(sentences))
        rest = "".join(s for i, s in enumerate(sentences) if i != chosen)
        if chance.random() < 0.5:
            yield Pair(f"{record['law']}：{sentences[chosen]}", rest, near["text"])
        else:
            query, law = sentences[chosen], record["law"]
            yield Pair(query, f"{law}\n{rest}", f"{law}\n{near['text']}")


def _pair_proposals(proposals: Sequence[Record], chance: random.Random) -> Iterator[Pair]:
    """Yield title -> ask, title -> problem and problem -> ask."""
    for record, problem, asks in _read_proposals(proposals):
        for ask in asks[:8]:
            yield Pair(record["title"], ask)
        if problem and asks:
            yield Pair(problem, chance.choice(asks))
            yield Pair(record["title"], problem)


def _pair_asks(proposals: Sequence[Record]) -> Iterator[Pair]:
    """Yield an ask's heading -> what follows; the proposal's next ask is no answer."""
    for _record, _problem, asks in _read_proposals(proposals):
        for ask, near in zip(asks, (*asks[1:], asks[0]) if asks else (), strict=True):
            first, _, rest = ask.partition("。")
            if len(first) > 6 and len(rest) > 20 and near != ask:
                yield Pair(first, rest, near.partition("。")[2] or near)


def _read_proposals(proposals: Sequence[Record]) -> Iterator[tuple[Record, str, list[str]]]:
    """Yield each proposal of the training split, the end of its problems and its asks."""
    for record in proposals:
        if place(record["id"]) == "train":
            body = re.sub(r"(?<=[^。：；])\n|(?<=\d) (?=年)", "", record["body"])
            parts = _ASKS.split(body, maxsplit=1)
            asks = [a.strip() for a in _ITEM.split(parts[-1]) if len(a.strip()) > 40]
            yield record, parts[0][-_LONG:] if len(parts) > 1 else "", asks


def _pair_rules(rules: Sequence[Record], chance: random.Random) -> Iterator[Pair]:
    """Yield title and a sentence -> the rest of an article; the next one is no answer."""
    for record in rules:
        title = re.sub(r"^cat\d+_", "", record["title"])
        if place(record["title"]) != "train":
            continue
        texts = [re.sub(r"\s+", "", t) for t in _ARTICLE.split("\n" + record["body"])[2::2]]
        for text, near in zip(texts, (*texts[1:], *texts[:1]), strict=True):
            sentences = _split_sentences(text)
            if len(sentences) < 2:
                continue
            chosen = chance.randrange(len(sentences))
            rest = "".join(s for i, s in enumerate(sentences) if i != chosen)
            yield Pair(f"{title}：{sentences[chosen]}", rest, near)


def _split_sentences(text: str) -> list[str]:
    return [s for s in _SENTENCE.findall(text) if len(s) > 12]


def _name(article: Record) -> str:
    return f"{article['law']}\n{article['article']}　{article['text']}"


def find_closed(questions: Sequence[Record]) -> set[str]:
    """Return the articles that answer a question of the test or dev split."""
    return {gold for q in questions if place(q["id"]) != "train" for gold in q["gold"]}


def _cut(text: str, chance: random.Random) -> str:
    """Return the text from a sentence of its first half on (its end is thanks and date)."""
    sentences = _SENTENCE.findall(text)
    start = chance.randrange(max(1, len(sentences) // 2))
    part = "".join(sentences[start:])[:_LONG]
    return part if len(part) > 60 else text[:_LONG]


def _find_like(queries: Sequence[str], texts: Sequence[str], chance: random.Random) -> list[int]:
    """Return for each query a text out of ranks 4 to 20 by BM25 over bigrams that is not
    the one of the same number where the lists run alongside."""
    from sklearn.feature_extraction.text import (  # type: ignore[import-untyped,unused-ignore]
        CountVectorizer,
    )

    counter = CountVectorizer(analyzer="char", ngram_range=(2, 2), binary=False)
    weights = _weigh(counter.fit_transform(texts))
    alongside = len(queries) == len(texts)
    chosen = []
    for start in range(0, len(queries), 256):
        asked = counter.transform(queries[start : start + 256])
        asked.data[:] = 1
        scores = (asked @ weights.T).toarray()
        for row, line in enumerate(scores):
            best = line.argsort(kind="stable")[::-1][:21].tolist()
            best = [b for b in best if not (alongside and b == start + row)]
            chosen.append(best[chance.randrange(3, 20)])
    return chosen


def _weigh(counts: csr_matrix) -> csr_matrix:
    """Return BM25's weights (k1 1.2, b 0.75) of a matrix texts × bigrams."""
    import numpy as np

    counts = counts.astype(np.float32).tocsr()
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    seen = np.asarray((counts > 0).sum(axis=0)).ravel()
    idf = np.log(1 + (counts.shape[0] - seen + 0.5) / (seen + 0.5)).astype(np.float32)
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    damp = 1.2 * (0.25 + 0.75 * lengths[rows] / lengths.mean())
    counts.data = idf[counts.indices] * counts.data * 2.2 / (counts.data + damp)
    return counts
