"""Until when a reply is due: months from the day it was handed over (交办), per scheme."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from replygen.errors import SettingsError, TemplateError
from replygen.language.tables import read_toml
from replygen.models import HostRole
from replygen.settings import resource

_FILE = ("templates", "deadlines.toml")
_MOST_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Urgency:
    """How a deadline stands today: the words for it and how pressing it is; ``ground`` says from
    when it counts, "" where it is no date that months make."""

    words: str
    level: Literal["none", "calm", "soon", "late"]
    ground: str = ""


def find_deadline(assigned: date, *, scheme: str = "", host_role: HostRole | None = None) -> date:
    """Return the last day for what was handed over on ``assigned``: months later on the
    same day of the month, or its last day (``templates/deadlines.toml``). Raises
    TemplateError for a file that cannot be read."""
    table = _read_deadlines()
    row = {**table["default"], **table.get("schemes", {}).get(scheme, {})}
    months = row["opinion" if host_role == "会办" else "reply"]
    if not isinstance(months, int) or not 1 <= months <= _MOST_MONTHS:
        raise TemplateError(f"templates/deadlines.toml：期限要写 1 到 {_MOST_MONTHS} 个月")
    return _count_months(assigned, months)


def tell_ground(assigned: date | None, deadline: date) -> str:
    """Return from when a deadline counts: 交办之日（11月21日）起 3 个月; "" where it is not whole
    months after the day of hand-over."""
    if assigned is None:
        return ""
    months = (deadline.year - assigned.year) * 12 + deadline.month - assigned.month
    if months < 1 or _count_months(assigned, months) != deadline:
        return ""
    return f"交办之日（{assigned.month}月{assigned.day}日）起 {months} 个月"


def _count_months(day: date, months: int) -> date:
    """The same day of the month ``months`` later, or its last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def tell_deadline(deadline: date | None, *, today: date, assigned: date | None = None) -> Urgency:
    """Return how a deadline stands, and from when it counts where ``assigned`` says it; one that
    is not known is said to be missing."""
    if deadline is None:
        return Urgency("没有填交办日期", "none")
    ground = tell_ground(assigned, deadline)
    left = (deadline - today).days
    day = f"{deadline.month}月{deadline.day}日"
    day = day if deadline.year == today.year else f"{deadline.year}年{day}"
    if left < 0:
        return Urgency(f"{day}到期，已超期 {-left} 天", "late", ground)
    if left == 0:
        return Urgency("今天到期", "late", ground)
    soon = left <= int(_read_deadlines().get("tell", {}).get("soon_days", 14))
    return Urgency(f"{day}到期，还有 {left} 天", "soon" if soon else "calm", ground)


def _read_deadlines() -> dict[str, Any]:
    try:
        table = read_toml(resource(*_FILE))
    except SettingsError as error:
        raise TemplateError(str(error)) from error
    except (OSError, ValueError) as error:
        raise TemplateError(f"templates/deadlines.toml：读不出来（{error}），请检查文件") from error
    if not {"reply", "opinion"} <= set(table.get("default", {})):
        raise TemplateError("templates/deadlines.toml：[default] 里要有 reply 和 opinion")
    return table
