"""The slow vectors after an addition: some at once, the rest later, and what is said of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Event

from replygen.index import Index
from replygen.index.base import Progress

AT_ONCE = 400  # passages encoded before an addition returns, about 15 seconds of two cores
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Encoded:
    """How far the slow vectors are: passages that have one, passages that have none yet, and
    the seconds these will take as far as that could be measured."""

    vectors: int
    left: int
    rest_seconds: float | None = None


def encode_added(
    index: Index,
    *,
    limit: int | None = AT_ONCE,
    progress: Progress | None = None,
    stop: Event | None = None,
) -> Encoded:
    """Encode what was added, at most ``limit`` passages, all of them with None; return how far
    it is. ``progress`` is told (done, of). Raises StoreError, EncoderMismatch."""
    index.catch_up()
    before, start = index.count_unfilled(), time.perf_counter()
    if before and limit != 0:
        index.fill(progress, limit=limit, stop=stop)
    left = index.count_unfilled()
    done, taken = before - left, time.perf_counter() - start
    rest = left * taken / done if left and done > 0 else None
    return Encoded(index.status().vectors, left, rest)


def tell_rest(encoded: Encoded) -> str:
    """Return what is left to encode and how long that takes, "" when nothing is."""
    if not encoded.left:
        return ""
    takes = "" if encoded.rest_seconds is None else f"，约需 {_tell_time(encoded.rest_seconds)}"
    return (
        f"已可检索；另有 {encoded.left} 条的语义向量待补{takes}"
        "（replygen index fill，或打开网页时在后台补）"
    )


def tell_unfilled(index: Index) -> tuple[str, ...]:
    """Return what a search or a draft just now could not use; () when it knew everything."""
    index.catch_up()  # nothing to do after a search; a draft may not have asked for anything
    left = index.count_unfilled()
    if not left:
        return ()
    return (
        f"语料库里还有 {left} 条没有语义向量，这次对它们只比了字词和快速向量，可能有遗漏；"
        "补齐（replygen index fill，或让网页开着）后再来一次会更准",
    )


def tell_waiting(index: Index) -> tuple[str, ...]:
    """The same for who sees the page and runs no commands; the page's server fills by itself."""
    left = index.count_unfilled()
    if not left:
        return ()
    return (f"还有 {left} 条内容正在后台整理，可能有漏掉的：让网页开着，过一会儿再找会更全",)


def _tell_time(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{max(1, round(seconds))} 秒"
    return f"{max(1, round(seconds / _MINUTE))} 分钟"
