"""What other programs may ask, one list for both doors (``replygen mcp``, the page's API).

Each tool takes plain JSON and answers with the JSON of the commands and ``sources``: what the
answer rests on. The list with its wording, roles and limits is data/tools.toml.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from replygen.drafting import read_choices
from replygen.errors import SettingsError
from replygen.language.tables import Tables
from replygen.laws import load_register
from replygen.models import Hit, PassageKind, Proposal, Source
from replygen.reading import read_source
from replygen.service.json import JsonObject, check_json, draft_json, inspect_json, search_json

if TYPE_CHECKING:
    from replygen.service.desk import Desk

_TABLES = Tables(__file__)
_MOST_TEXTS = 20  # in a list of texts


@dataclass(frozen=True, slots=True)
class Takes:
    """One parameter: ``kind`` is string, integer or strings; ``most`` are characters (of each
    text), or the highest number."""

    name: str
    kind: str
    about: str
    most: int
    needed: bool
    default: Any

    @property
    def schema(self) -> JsonObject:
        """The parameter as JSON Schema."""
        if self.kind == "integer":
            return {"type": "integer", "description": self.about, "minimum": 1,
                    "maximum": self.most, "default": self.default}  # fmt: skip
        text = {"type": "string", "maxLength": self.most}
        if self.kind == "string":
            given = {} if self.needed else {"default": self.default}
            return {**text, "description": self.about, **given}
        return {"type": "array", "items": text, "maxItems": _MOST_TEXTS,
                "description": self.about, "default": self.default}  # fmt: skip

    def read(self, value: object) -> object:
        """Return the value that was sent, checked. Raises SettingsError."""
        if self.kind == "integer":
            if not isinstance(value, int) or isinstance(value, bool):
                raise SettingsError(f"{self.name} 要写成整数")
            if not 1 <= value <= self.most:
                raise SettingsError(f"{self.name} 只能是 1 到 {self.most}")
            return value
        texts = [value] if self.kind == "string" else value
        if not isinstance(texts, list) or not all(isinstance(t, str) for t in texts):
            kind = "文字" if self.kind == "string" else '["文字", ...]'
            raise SettingsError(f"{self.name} 要写成{kind}")
        if len(texts) > _MOST_TEXTS or any(len(t) > self.most for t in texts):
            raise SettingsError(f"{self.name} 太长：最多 {_MOST_TEXTS} 份，每份 {self.most} 字")
        if self.needed and not texts[0].strip():
            raise SettingsError(f"{self.name} 是空的，请写上{self.about}")
        return value


@dataclass(frozen=True, slots=True)
class Tool:
    """A question that other programs may ask, and which users' programs (``roles``)."""

    name: str
    title: str
    about: str
    roles: frozenset[str]
    takes: tuple[Takes, ...]

    @property
    def schema(self) -> JsonObject:
        """What it takes, as JSON Schema."""
        return {
            "type": "object",
            "properties": {t.name: t.schema for t in self.takes},
            "required": [t.name for t in self.takes if t.needed],
            "additionalProperties": False,
        }

    def ask(self, desk: Desk, sent: Mapping[str, object]) -> JsonObject:
        """Return the answer. Raises SettingsError for what is missing, unknown, of another
        type or too long, and what the desk raises."""
        names = [t.name for t in self.takes]
        if unknown := sorted(set(sent) - set(names)):
            raise SettingsError(f"没有参数 {'、'.join(unknown)}（可用：{'、'.join(names)}）")
        missing = [t.name for t in self.takes if t.needed and t.name not in sent]
        if missing:
            raise SettingsError(f"缺少参数 {'、'.join(missing)}")
        values = {t.name: t.read(sent.get(t.name, t.default)) for t in self.takes}
        return _ANSWERS[self.name](desk, **values)


ANSWER_SCHEMA: JsonObject = {
    "type": "object",
    "properties": {
        "sources": {
            "type": "array",
            "description": "这个回答依据的材料",
            "items": {
                "type": "object",
                "properties": {
                    "id": {"type": "string"},
                    "title": {"type": ["string", "null"]},
                    "article": {"type": ["string", "null"]},
                    "region": {"type": ["string", "null"]},
                    "date": {"type": ["string", "null"]},
                    "own": {"type": "boolean"},
                },
                "required": ["id", "title", "own"],
            },
        }
    },
    "required": ["sources"],
}


@lru_cache(maxsize=1)
def list_tools() -> tuple[Tool, ...]:
    """Return every tool, in the order of the table."""
    rows = {k: v for k, v in _TABLES.toml("tools.toml").items() if isinstance(v, dict)}
    return tuple(
        Tool(name, row["title"], row["about"], frozenset(row["roles"]), _read_takes(row["takes"]))
        for name, row in rows.items()
    )


def tell_instructions() -> str:
    """Return what a program is told of all tools together."""
    text: str = _TABLES.toml("tools.toml")["instructions"]
    return text


def _read_takes(rows: Mapping[str, Mapping[str, Any]]) -> tuple[Takes, ...]:
    return tuple(
        Takes(name, row["type"], row["about"], row["most"], row.get("needed", False),
              row.get("default"))
        for name, row in rows.items()
    )  # fmt: skip


# ── the answers ────────────────────────────────────────────────────────────


def _find_asks(desk: Desk, proposal: str) -> JsonObject:
    asked = desk.paste_proposal(proposal)
    return {**inspect_json(asked), "sources": [_tell_proposal(asked)]}


def _search_precedents(desk: Desk, query: str, k: int) -> JsonObject:
    return _search(desk, query, "measure", k)


def _search_articles(desk: Desk, query: str, k: int) -> JsonObject:
    return _search(desk, query, "article", k)


def _search(desk: Desk, query: str, kind: PassageKind, k: int) -> JsonObject:
    hits = desk.search(query, kind=kind, k=k)
    found = search_json(hits, desk.search_notes())
    for row in found["hits"]:
        del row["path"]
    return {**found, "sources": list(map(_tell_hit, hits))}


def _verify_citations(desk: Desk, text: str) -> JsonObject:
    report = desk.examine(text.splitlines(), proposal=None, draft=None)
    register, today = load_register(desk.index), date.today()
    rows = []
    for citation, row in zip(report.citations, check_json(report)["citations"], strict=True):
        rows.append({**row, "article_text": register.examine(citation, on=today).text})
    return {
        "citations": rows,
        "findings": [
            f for f in check_json(report)["findings"] if f["rule"].startswith("citation.")
        ],
        "sources": _tell_laws(rows),
    }


def _check_draft(desk: Desk, draft: str, proposal: str) -> JsonObject:
    asked = desk.paste_proposal(proposal) if proposal.strip() else None
    report = desk.examine(draft.splitlines(), proposal=asked, draft=None)
    told = check_json(report)
    sources = [_tell_proposal(asked)] if asked is not None else []
    return {**told, "sources": [*sources, *_tell_laws(told["citations"])]}


def _draft_reply(
    desk: Desk, proposal: str, material: Sequence[str], stances: Sequence[str]
) -> JsonObject:
    asked, chosen = desk.paste_proposal(proposal), read_choices(stances)
    with TemporaryDirectory(prefix="replygen-") as folder:
        result = desk.draft(
            asked,
            output=Path(folder) / "答复草稿.docx",
            material=list(_read_texts(material, Path(folder), desk)),
            stances=chosen,
        )
    answer = draft_json(replace(result, docx=None))
    for row in answer["sources"]:
        del row["path"]
    return {
        **answer,
        "text": "\n".join(block.text for block in result.draft.blocks),
        "sources": [{**row, "article": None} for row in answer["sources"]],
    }


def _read_texts(texts: Iterable[str], folder: Path, desk: Desk) -> Iterable[Source]:
    """Give material sent as text as it would be read from a file."""
    for number, text in enumerate(texts, 1):
        path = folder / f"材料{number}.txt"
        path.write_text(text, encoding="utf-8")
        yield replace(read_source(path, limits=desk.settings.limits), path=path.name)


def _tell_proposal(proposal: Proposal) -> JsonObject:
    return {"id": "proposal", "title": proposal.title or None, "article": None, "region": None,
            "date": None, "own": False}  # fmt: skip


def _tell_hit(hit: Hit) -> JsonObject:
    passage, document = hit.passage, hit.passage.document
    return {
        "id": passage.id,
        "title": document.title,
        "article": passage.title if passage.kind == "article" else None,
        "region": passage.region or document.region,
        "date": document.date,
        "own": document.own,
    }


def _tell_laws(citations: Iterable[Mapping[str, Any]]) -> list[JsonObject]:
    """The laws that citations were held against; none for one that nobody knows."""
    named = [
        (row["name"], row["article"]) for row in citations if row["verdict"] != "not_in_register"
    ]
    return [
        {"id": f"law:{name}{article or ''}", "title": name, "article": article, "region": None,
         "date": None, "own": False}
        for name, article in dict.fromkeys(named)
    ]  # fmt: skip


_ANSWERS: Mapping[str, Callable[..., JsonObject]] = {
    "find_asks": _find_asks,
    "search_precedents": _search_precedents,
    "search_articles": _search_articles,
    "verify_citations": _verify_citations,
    "check_draft": _check_draft,
    "draft_reply": _draft_reply,
}
