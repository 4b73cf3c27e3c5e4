"""Forms: the wording and the outline of a reply, read from ``templates/forms/*.toml``.

A form is data that a bureau may copy and edit. Everything in it is checked when it is
loaded: unknown keys and unknown ``{placeholders}`` are refused, all of them named at once,
so that nothing can vanish silently while a draft is rendered.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

from replygen.errors import SettingsError, TemplateError
from replygen.language.tables import read_toml
from replygen.models import Channel, HostRole
from replygen.settings import resource

Outline = Literal["ask", "phase", "cohost"]
Paper = Literal["letter", "document"]

_OUTLINES = ("ask", "phase", "cohost")
_PAPERS = ("letter", "document")
_ALIASES = {"default": "letter", "letter-by-ask": "letter"}
_COHOST = "cohost"
_SWITCHES = ("class_mark", "doc_number", "signer", "cc")
_TOP = {"name", "base", "describes", "outline", "paper", *_SWITCHES}

# The placeholders that each wording may use, by "table.key".
_CHANNEL_KEYS: dict[str, set[str]] = {
    "paper": set(),
    "member": set(),
    "meeting": {"place", "term", "time"},
    "meeting_national": {"term", "time"},
    "title": {"meeting", "number"},
    "title_unnumbered": {"place"},
    "receipt": {"you", "title", "number", "meeting"},
    "receipt_unnumbered": {"you", "title", "meeting"},
    "cc": {"place"},
}
_TABLES: dict[str, dict[str, set[str]]] = {
    "you": {"one": set(), "many": set(), "organisation": set()},
    "opening": {
        "cohosts": {"units"},
        "answer": {"short"},
        "answer_partial": {"short"},
    },
    "section": {
        "heading": {"topic"},
        "heading_of_part": {"topic"},
        "basis": {"law", "article", "said", "topic"},
        "policy": {"title", "said", "topic"},
        "done_open": {"topic", "facts"},
        "declined_open": {"matter"},
        "transitions": {"short", "topic", "you"},
        "goes_on": set(),
        "study": {"matter", "how", "then", "short", "you"},
        "refer": {"matter", "units", "short", "you"},
        "refer_up": {"matter", "why", "units", "short", "you"},
        "decline": {"matter", "why", "you"},
        "cohost_opinion": {"units"},
        "opinion": {"unit", "text"},
        "partner": {"unit", "text"},
    },
    "phase": {
        "done": set(),
        "planned": set(),
        "done_lead": {"topic"},
        "planned_lead": {"topic", "short"},
    },
    "closing": {
        "thanks": {"you", "function"},
        "contacts": {"name", "phone"},
        "openness": {"openness"},
        "cc": {"units"},
    },
}


@dataclass(frozen=True, slots=True)
class Form:
    """A checked form for one channel and role.

    ``words`` holds every wording under ``table.key`` (``section.heading``; the channel's
    own under ``channel.title`` …), ``lists`` the ones that are lists, ``you`` the pairs
    (endings of an organisation's name, how it is addressed) in order.
    """

    name: str
    outline: Outline
    paper: Paper
    channel: Channel | None
    host_role: HostRole | None
    class_mark: bool
    doc_number: bool
    signer: bool
    cc: bool
    words: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    you: tuple[tuple[tuple[str, ...], str], ...] = ()

    def say(self, key: str, **values: str) -> str:
        """Return the wording ``key`` with its placeholders filled."""
        return self.words[key].format_map(values)


def load_form(name: str, *, channel: Channel | None, host_role: HostRole | None) -> Form:
    """Return the form ``name`` (a shipped one, or the path of a .toml file) for a channel.

    A 会办 reply goes to the host unit and never to the proposers (STANDARDS §2.3), so for
    ``host_role`` 会办 the shipped forms give way to ``cohost``. Raises TemplateError for a
    form that is not there, cannot be read, or has unknown keys or placeholders.
    """
    path = _find_form(name)
    table = _read_table(path)
    if host_role == "会办" and table.get("outline", "ask") != _COHOST and not _is_path(name):
        path = _find_form(_COHOST)
        table = _read_table(path)
    _check_table(table, path)
    return _build_form(table, path, channel=channel, host_role=host_role)


def form_names() -> tuple[str, ...]:
    """Return the names of the shipped forms, sorted."""
    return tuple(sorted(p.stem for p in _forms_folder().glob("*.toml")))


def form_titles() -> dict[str, str]:
    """Return what each shipped form is for, by name. Raises TemplateError."""
    tables = {name: _read_table(_find_form(name)) for name in form_names()}
    return {name: str(table.get("describes") or name) for name, table in tables.items()}


def _forms_folder() -> Path:
    try:
        return resource("templates", "forms")
    except SettingsError as error:
        raise TemplateError(str(error)) from error


def _is_path(name: str) -> bool:
    return name.endswith(".toml") or "/" in name or "\\" in name


def _find_form(name: str) -> Path:
    if _is_path(name):
        path = Path(name)
        if not path.is_file():
            raise TemplateError(f"{name}：没有这个格式文件，请检查路径")
        return path
    path = _forms_folder() / f"{_ALIASES.get(name, name)}.toml"
    if not path.is_file():
        raise TemplateError(
            f"没有名为“{name}”的格式，可用：{'、'.join(form_names())}，或给出 .toml 文件的路径"
        )
    return path


def _read_table(path: Path, *, depth: int = 0) -> dict[str, Any]:
    """Return the TOML table of ``path`` laid over that of its ``base``."""
    try:
        table = read_toml(path)
    except OSError as error:
        raise TemplateError(f"{path}：打不开（{error.strerror}），请检查路径") from error
    except UnicodeDecodeError as error:
        raise TemplateError(f"{path}：不是 UTF-8 编码，请用 UTF-8 另存") from error
    except ValueError as error:
        raise TemplateError(f"{path}：TOML 写法有误（{error}）") from error
    base = table.get("base")
    if base is None:
        return table
    if not isinstance(base, str) or depth > 3:
        raise TemplateError(f"{path}：base 应是一个格式的名字，且不能循环引用")
    return _merge(_read_table(_find_form(base), depth=depth + 1), table)


def _merge(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in over.items():
        old = merged.get(key)
        both = isinstance(value, dict) and isinstance(old, dict)
        merged[key] = _merge(cast("dict[str, Any]", old), value) if both else value
    return merged


def _check_table(table: Mapping[str, Any], path: Path) -> None:
    """Refuse unknown and missing keys, wrong types and unknown placeholders, all at once."""
    problems = [*_check_top(table)]
    for channel, words in table.get("channels", {}).items():
        if channel not in ("cppcc", "npc", "unknown"):
            problems.append(f"不认识的 channels.{channel}")
        else:
            problems += _check_words(f"channels.{channel}", words, _CHANNEL_KEYS)
    problems += [
        f"缺少 channels.{c}" for c in ("cppcc", "npc") if c not in table.get("channels", {})
    ]
    for name, keys in _TABLES.items():
        problems += _check_words(name, table.get(name, {}), keys)
    if problems:
        raise TemplateError(
            f"{path}：{'；'.join(problems)}。请对照 templates/forms/letter.toml 改正"
        )


def _check_top(table: Mapping[str, Any]) -> Iterator[str]:
    unknown = sorted(set(table) - _TOP - set(_TABLES) - {"channels"})
    if unknown:
        yield f"不认识的设置项 {'、'.join(unknown)}"
    if table.get("outline") not in _OUTLINES:
        yield f"outline 应是 {'、'.join(_OUTLINES)} 之一"
    if table.get("paper") not in _PAPERS:
        yield f"paper 应是 {'、'.join(_PAPERS)} 之一（信函格式、文件格式）"
    for key in _SWITCHES:
        if not isinstance(table.get(key), bool):
            yield f"{key} 应是 true 或 false"


def _check_words(name: str, words: object, known: Mapping[str, set[str]]) -> Iterator[str]:
    if not isinstance(words, dict):
        yield f"{name} 应是一张表"
        return
    unknown = sorted(set(words) - set(known))
    if unknown:
        yield f"{name} 里不认识的设置项 {'、'.join(unknown)}"
    missing = sorted(set(known) - set(words))
    if missing:
        yield f"{name} 里缺少 {'、'.join(missing)}"
    for key in sorted(set(words) & set(known)):
        if (name, key) != ("you", "organisation"):
            yield from _check_wording(f"{name}.{key}", words[key], known[key])


def _check_wording(where: str, value: object, known: set[str]) -> Iterator[str]:
    texts: list[Any] = value if isinstance(value, list) else [value]
    if not texts or not all(isinstance(text, str) and text for text in texts):
        yield f"{where} 应是文字"
        return
    for text in texts:
        try:
            found: set[str] = {
                name for _, name, _, _ in string.Formatter().parse(text) if name is not None
            }
        except ValueError:
            yield f"{where} 的花括号不成对"
            continue
        wrong = sorted(found - known)
        if wrong:
            shown = "、".join(f"{{{name}}}" for name in wrong)
            yield f"{where} 里不认识的占位 {shown}"


def _build_form(
    table: Mapping[str, Any], path: Path, *, channel: Channel | None, host_role: HostRole | None
) -> Form:
    channels = table["channels"]
    chosen = channels[channel] if channel else channels.get("unknown", channels["cppcc"])
    words: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    tables = {"channel": chosen, **{name: table[name] for name in _TABLES}}
    for name, values in tables.items():
        for key, value in values.items():
            if isinstance(value, str):
                words[f"{name}.{key}"] = value
            elif key != "organisation":
                lists[f"{name}.{key}"] = tuple(value)
    return Form(
        name=str(table.get("name", path.stem)),
        outline=table["outline"],
        paper=table["paper"],
        channel=channel,
        host_role=host_role,
        class_mark=table["class_mark"],
        doc_number=table["doc_number"],
        signer=table["signer"],
        cc=table["cc"],
        words=words,
        lists=lists,
        you=_read_you(table["you"]["organisation"], path),
    )


def _read_you(rows: object, path: Path) -> tuple[tuple[tuple[str, ...], str], ...]:
    try:
        return tuple((tuple(map(str, row["ends"])), str(row["you"])) for row in cast("Any", rows))
    except (TypeError, KeyError) as error:
        raise TemplateError(f"{path}：you.organisation 每行要有 ends 和 you 两项") from error
