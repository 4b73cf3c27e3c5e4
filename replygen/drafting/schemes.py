"""Classes of results (A/B/C/D): what a mark means where, from ``templates/schemes.toml``.

The same letter means opposite things in different places (STANDARDS §2.4), so a scheme is
chosen by name and the mark itself is left to a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from replygen.errors import SettingsError, TemplateError
from replygen.language.tables import read_toml
from replygen.models import AskStance, Channel, ClassAdvice, StanceKind
from replygen.settings import resource

Copies = Literal["each", "lead", "together"]


@dataclass(frozen=True, slots=True)
class Scheme:
    """One place's classes. ``marks`` maps a mark to its meaning; ``future`` are the marks
    that go with plans, ``deadline`` those that need a date, ``reason`` a reason. ``copies``
    says who of several signatories gets a letter: ``each``, the ``lead``, or ``together``;
    ``proposes`` which mark goes with asks that are answered so."""

    name: str
    title: str
    prefix: str
    marks: Mapping[str, str]
    future: tuple[str, ...]
    deadline: tuple[str, ...]
    reason: tuple[str, ...]
    copies: Copies
    proposes: Mapping[StanceKind, str]


_KEYS = {"title", "prefix", "marks", "future", "deadline", "reason", "copies"}
_KINDS: tuple[StanceKind, ...] = get_args(StanceKind)
# From the most to the least that is promised.
_RESERVED: tuple[StanceKind, ...] = ("done", "adopt", "partly", "study", "refer", "decline")
_SAID: Mapping[StanceKind, str] = {
    "done": "已经办理",
    "adopt": "采纳拟办",
    "partly": "部分采纳或者会同研究",
    "study": "需研究论证",
    "refer": "属其他单位或者上级职责",
    "decline": "不能办理",
}
_COPIES = get_args(Copies)


def load_scheme(name: str, *, channel: Channel | None) -> Scheme:
    """Return the scheme ``name``; for "" the default of the channel. Raises TemplateError
    for a scheme that is not there and for a file that cannot be read."""
    table = _read_schemes()
    schemes = table.get("schemes", {})
    name = name or table.get("defaults", {}).get(channel or "cppcc", "V1")
    if name not in schemes:
        raise TemplateError(
            f"没有名为“{name}”的办理类别方案，可用：{'、'.join(sorted(schemes))}（templates/schemes.toml）"
        )
    row = schemes[name]
    wrong = sorted(set(row) - {"proposes"} ^ _KEYS)
    if wrong:
        raise TemplateError(
            f"templates/schemes.toml：方案 {name} 的设置项 {'、'.join(wrong)} 多了或者缺了"
        )
    unmarked = sorted({*row["future"], *row["deadline"], *row["reason"]} - set(row["marks"]))
    if unmarked:
        raise TemplateError(f"templates/schemes.toml：方案 {name} 没有标记 {'、'.join(unmarked)}")
    if row["copies"] not in _COPIES:
        raise TemplateError(
            f"templates/schemes.toml：方案 {name} 的 copies 应是 {'、'.join(_COPIES)} 之一"
        )
    return Scheme(
        name=name,
        title=row["title"],
        prefix=row["prefix"],
        marks=dict(row["marks"]),
        future=tuple(row["future"]),
        deadline=tuple(row["deadline"]),
        reason=tuple(row["reason"]),
        copies=row["copies"],
        proposes=_read_proposals(name, row),
    )


def _read_proposals(name: str, row: Mapping[str, Any]) -> Mapping[StanceKind, str]:
    """Return the mark for each stance; where a scheme says nothing, the first for what is
    done, the first of ``future`` for what is planned, the last for the rest."""
    marks, given = list(row["marks"]), row.get("proposes", {})
    planned = (row["future"] or marks)[0]
    wrong = sorted({*given} - {*_KINDS} | {*given.values()} - {*marks})
    if wrong:
        raise TemplateError(
            f"templates/schemes.toml：方案 {name} 的 proposes 不认识 {'、'.join(map(str, wrong))}"
        )
    usual = {"done": marks[0], "adopt": planned, "partly": planned}
    return {kind: str(given.get(kind, usual.get(kind, marks[-1]))) for kind in _KINDS}


def propose_class(stances: Sequence[AskStance], scheme: Scheme) -> ClassAdvice:
    """Return the mark that the stances point to under ``scheme``, with the reason; a person
    decides. What is planned is never proposed as solved; of equal weight the more reserved."""
    if not stances:
        return ClassAdvice(None, "没有认出具体建议，类别请由承办人选定")
    counts = Counter(stance.kind for stance in stances)
    tally = "、".join(f"{counts[kind]} 项{_SAID[kind]}" for kind in _RESERVED if counts[kind])
    kind = max(counts, key=lambda k: (counts[k], _RESERVED.index(k)))
    plans = counts["adopt"] + counts["partly"]
    if kind == "done" and len(counts) > 1:
        kind = max((k for k in counts if k != "done"), key=lambda k: (counts[k], plans))
    if plans >= len(stances) / 2 and kind not in ("done", "adopt", "partly"):
        kind = "partly"
    mark = scheme.proposes[kind]
    reason = f"{len(stances)} 项建议中，{tally}，符合“{scheme.marks[mark]}”"
    best = next(iter(scheme.marks))
    if plans and best not in scheme.future and mark != best:
        reason += f"；有拟办事项，不宜标{best}"
    if mark in scheme.deadline:
        reason += "；写明计划和完成时限"
    if mark in scheme.reason:
        reason += "；写明原因"
    return ClassAdvice(mark, reason)


def advise_class(scheme: Scheme, advice: ClassAdvice) -> str:
    """Return the note that helps a person choose a mark; the program never chooses."""
    marks = "；".join(f"{mark}＝{text}" for mark, text in scheme.marks.items())
    if advice.proposed is None:
        return f"{advice.reason}（{scheme.title}：{marks}）。"
    return (
        f"办理类别建议标{advice.proposed}：{advice.reason}。"
        f"请由承办人选定（{scheme.title}：{marks}）。"
    )


def scheme_titles() -> dict[str, str]:
    """Return the schemes' titles by name. Raises TemplateError."""
    return {name: str(row["title"]) for name, row in _read_schemes()["schemes"].items()}


def _read_schemes() -> dict[str, Any]:
    try:
        path = resource("templates", "schemes.toml")
        return read_toml(path)
    except SettingsError as error:
        raise TemplateError(str(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateError(f"templates/schemes.toml：打不开（{error}），请检查文件") from error
    except ValueError as error:
        raise TemplateError(f"templates/schemes.toml：TOML 写法有误（{error}）") from error
