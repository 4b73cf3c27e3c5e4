"""What a run over one source did: counted as it goes, and told at its end."""

from __future__ import annotations

from dataclasses import dataclass, field

from replygen.service.adding import Progress
from replygen.workspace import Followed, LeftOut


@dataclass(frozen=True, slots=True)
class Gone:
    """Something that a source does not have any more: its address or path, and the document
    in the index that came from it (None where there is none); ``removed`` says that it was
    taken out."""

    place: str
    document: str | None
    title: str | None
    removed: bool = False

    @property
    def fate(self) -> str:
        """What is said of it."""
        if self.document is None:
            return "来源里已经没有，语料库里也没有"
        kept = "已从语料库删去" if self.removed else "来源里已经没有，语料库里还留着"
        return f"{kept}：《{self.title}》" if self.title else kept


@dataclass(frozen=True, slots=True)
class FollowReport:
    """What a run over one source did: counts of documents; ``failed`` and ``refused`` as
    (address, why), ``gone`` what is not there any more, ``left`` what was removed by hand and
    therefore not added, ``fetched`` how many addresses were asked for. ``outcomes`` has a row
    for everything but what is unchanged: (address, outcome, which or why); ``owners`` are
    those of :class:`AddReport`. ``error``
    says why the source could not be read at all, ``cut`` why the run ended early."""

    followed: Followed
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: tuple[tuple[str, str], ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    gone: tuple[Gone, ...] = ()
    left: tuple[LeftOut, ...] = ()
    outcomes: tuple[tuple[str, str, str], ...] = ()
    owners: tuple[tuple[str, str], ...] = ()
    fetched: int = 0
    seconds: float = 0.0
    error: str | None = None
    cut: str | None = None

    @property
    def words(self) -> str:
        """One line for the list of sources."""
        if self.error is not None:
            return f"没有读成：{self.error}"
        counts = (
            ("新增", self.added), ("更新", self.updated), ("未变", self.unchanged),
            ("重复", len(self.duplicates)), ("消失", len(self.gone)), ("失败", len(self.failed)),
            ("没有读取", len(self.refused)),
        )  # fmt: skip
        told = [f"{name} {count}" for name, count in counts if count]
        if self.left:
            told.append(f"删过的 {len(self.left)} 份没有再加")
        summary = "，".join(told) or "没有内容"
        return f"{summary}；{self.cut}" if self.cut else summary


@dataclass(slots=True)
class Tally:
    """The counts of a run under way."""

    progress: Progress | None = None
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    outcomes: list[tuple[str, str, str]] = field(default_factory=list)
    owners: list[tuple[str, str]] = field(default_factory=list)
    fetched: int = 0
    cut: str | None = None
    _seen: int = 0

    def tell(self, what: str) -> None:
        """Say which is at hand."""
        self._seen += 1
        if self.progress is not None:
            self.progress(self._seen, what)

    def count(self, place: str, state: str, note: str) -> None:
        """Count what became of one document."""
        if state != "unchanged":
            self.outcomes.append((place, state, note))
        if state == "added":
            self.added += 1
        elif state == "updated":
            self.updated += 1
        elif state == "unchanged":
            self.unchanged += 1
        elif state == "duplicate":
            self.duplicates.append((place, note))
        elif state == "failed":
            self.failed.append((place, note))

    def fail(self, place: str, why: str, *, refused: bool = False) -> None:
        """Count what could not be read, or was not to be."""
        self.outcomes.append((place, "refused" if refused else "failed", why))
        (self.refused if refused else self.failed).append((place, why))
