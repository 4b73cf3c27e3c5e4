"""Classes of results (A/B/C/D): what a mark means where, from ``templates/schemes.toml``.

The same letter means opposite things in different places (STANDARDS §2.4), so a scheme is
chosen by name and the mark itself is left to a person.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from replygen.errors import SettingsError, TemplateError
from replygen.models import Channel
from replygen.settings import resource

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Copies = Literal["each", "lead", "together"]


@dataclass(frozen=True, slots=True)
class Scheme:
    """One place's classes. ``marks`` maps a mark to its meaning; ``future`` are the marks
    that go with plans, ``deadline`` those that need a date, ``reason`` a reason. ``copies``
    says who of several signatories gets a letter: ``each``, the ``lead``, or ``together``."""

    name: str
    title: str
    prefix: str
    marks: Mapping[str, str]
    future: tuple[str, ...]
    deadline: tuple[str, ...]
    reason: tuple[str, ...]
    copies: Copies


_KEYS = {"title", "prefix", "marks", "future", "deadline", "reason", "copies"}
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
    wrong = sorted(set(row) ^ _KEYS)
    if wrong:
        raise TemplateError(
            f"templates/schemes.toml：方案 {name} 的设置项 {'、'.join(wrong)} 多了或者缺了"
        )
    loose = sorted({*row["future"], *row["deadline"], *row["reason"]} - set(row["marks"]))
    if loose:
        raise TemplateError(f"templates/schemes.toml：方案 {name} 没有标记 {'、'.join(loose)}")
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
    )


def advise_class(scheme: Scheme, *, has_plans: bool, has_done: bool) -> str:
    """Return the note that helps a person choose a mark; the program never chooses."""
    marks = list(scheme.marks)
    parts = [
        f"办理类别请由承办人选定（{scheme.title}："
        + "；".join(f"{m}＝{t}" for m, t in scheme.marks.items())
        + "）"
    ]
    best = marks[0]
    if has_plans and best not in scheme.future:
        parts.append(f"正文写有“下一步、将”的拟办事项，不宜标{best}")
    if has_plans and scheme.deadline:
        parts.append(f"标{'、'.join(scheme.deadline)}的，写明计划和完成时限")
    if scheme.reason:
        parts.append(f"标{'、'.join(scheme.reason)}的，写明原因")
    if not has_done:
        parts.append("正文没有本单位已做的工作，标记前先补充")
    return "；".join(parts) + "。"


def scheme_titles() -> dict[str, str]:
    """Return the schemes' titles by name. Raises TemplateError."""
    return {name: str(row["title"]) for name, row in _read_schemes()["schemes"].items()}


def _read_schemes() -> dict[str, Any]:
    try:
        path = resource("templates", "schemes.toml")
        table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return table
    except SettingsError as error:
        raise TemplateError(str(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateError(f"templates/schemes.toml：打不开（{error}），请检查文件") from error
    except tomllib.TOMLDecodeError as error:
        raise TemplateError(f"templates/schemes.toml：TOML 写法有误（{error}）") from error
