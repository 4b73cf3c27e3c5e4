"""What a format's reader hands back, and the clock it works against."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from replygen.errors import LimitError
from replygen.models import Paragraph
from replygen.settings import Limits

DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Content:
    """The paragraphs of one file, before it is named and hashed as a Source; ``unseen`` counts
    the characters that stand in the file but are not shown to who reads it, and were left out."""

    format: str
    paragraphs: tuple[Paragraph, ...]
    pages: int = 1
    warnings: tuple[str, ...] = ()
    unseen: int = 0


@dataclass(slots=True)
class Job:
    """One file being read: its name for messages, its bytes and what is allowed.

    The clock starts when the job is made.
    """

    name: str
    data: bytes
    limits: Limits
    started: float = field(default_factory=time.monotonic)

    @property
    def seconds_left(self) -> float:
        """Seconds until the time limit, never negative."""
        return max(0.0, self.limits.seconds - (time.monotonic() - self.started))

    def check_time(self) -> None:
        """Raise LimitError when the file takes longer than ``limits.seconds``."""
        if time.monotonic() - self.started > self.limits.seconds:
            raise LimitError(
                self.name,
                f"读取超过 {self.limits.seconds:g} 秒，已停止；"
                "请拆成较小的文件，或在 replygen.toml 的 [limits] 中调大 seconds",
            )
