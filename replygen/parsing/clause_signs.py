"""What the model of demands looks at in a clause, as words: its own wording, its place, its
neighbours, its sentence, whether what follows says the same again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from replygen.language.words import cut_words
from replygen.parsing.clauses import Clause
from replygen.parsing.openings import first_verb, opening, verbs
from replygen.parsing.word_ends import dictionary
from replygen.parsing.wording import cue_names, cue_pattern

_RUN = re.compile(r"[\u4e00-\u9fff]+|[^\u4e00-\u9fff]+")


@dataclass(slots=True)
class _View:
    """A clause as it is looked at; ``step`` and ``left`` count the clauses before and behind
    it in its sentence, ``item`` the numbered pieces of the ask, ``within`` the clauses before
    it in its piece; ``first`` and ``end`` say where in its sentence it stands."""

    clause: Clause
    whole: str
    bare: str
    kind: str
    verb: str
    words: tuple[str, ...]
    cues: tuple[str, ...]
    means: str
    bears: str
    inner: str
    step: int = 0
    left: int = 0
    item: int = 0
    within: int = 0
    first: str = "first"
    end: str = "last"

    @property
    def last_word(self) -> str:
        """The word it ends with, "" where it has none."""
        return self.words[-1] if self.words else ""

    @property
    def first_word(self) -> str:
        """The word it opens with, "" where it has none."""
        return self.words[0] if self.words else ""

    @property
    def outcome(self) -> str:
        """What it opens with, marked where it reads like a result."""
        return self.kind + ("*" if "result" in self.cues else "")


def clause_signs(text: str, clauses: Sequence[Clause]) -> list[list[str]]:
    """Return for each clause of a text what the model looks at."""
    views = _look(text, clauses)
    ask = _Ask(text, views)
    return [[re.sub(r"\s", "¶", sign) for sign in _signs(ask, n)] for n in range(len(views))]


class _Ask:
    """What is asked of all clauses together, found once."""

    def __init__(self, text: str, views: list[_View]) -> None:
        self.text, self.views = text, views
        self.sentences: dict[tuple[int, int], list[int]] = {}
        for n, view in enumerate(views):
            self.sentences.setdefault((view.clause.sentence, view.item), []).append(n)
        wish, urge = (cue_pattern("demands", "wish", key) for key in ("all", "sure"))
        wishes = [n for n, view in enumerate(views) if wish.search(view.whole)]
        urges = [n for n, view in enumerate(views) if urge.search(view.whole)]
        self.first_wish = wishes[0] if wishes else None
        self.first_urge = urges[0] if urges else None

    def item_end(self, n: int) -> int:
        """Where in the text the numbered piece of a clause ends."""
        item = self.views[n].item
        return max(view.clause.end for view in self.views if view.item == item)


def _signs(ask: _Ask, n: int) -> Iterator[str]:
    view = ask.views[n]
    yield "bias"
    yield from _own(view)
    yield from _spelling(view)
    yield from _modal(view)
    yield from _place(ask, n)
    yield from _heading(ask, n)
    yield from _wishes(ask, n)
    yield from _sentence(ask, n)
    if view.first == "inner":
        yield from _behind(ask.views, n)
    if view.end == "inner":
        yield from _ahead(ask.views, n)
    yield from _around(ask.views, n)


def _own(view: _View) -> Iterator[str]:
    c, kind, verb, first, end = view.clause, view.kind, view.verb, view.first, view.end
    lead = c.bare > c.start
    size = _size(view)
    yield from (
        f"kind={kind}",
        f"lead={lead}&{kind}",
        f"kind={kind}&place={first}",
        f"kind={kind}&end={end}",
        f"size={size}&{kind}",
        f"place={first}&{end}&{kind}",
        f"place={first}&{end}",
        f"before={c.before or '^'}",
        f"after={c.after or '$'}",
        f"num={c.numbered}",
        f"verb={verb}",
        f"verb={verb}&{first}",
        f"verb={verb}&{end}",
        f"long={min(len(view.bare) // 4, 8)}",
        f"inner={bool(view.inner)}&{kind}",
        f"innerv={view.inner}",
    )
    if lead:
        words = view.whole[: c.bare - c.start]
        yield from (f"leadw={words[-2:]}", f"leadall={words}")
    for cue in view.cues:
        yield from (f"cue={cue}", f"cue={cue}&kind={kind}", f"cue={cue}&{first}")
    if view.means:
        yield from (
            f"means={view.means}",
            f"bears={view.bears}&{end}",
            f"bears={view.bears}&{first}",
        )


def _spelling(view: _View) -> Iterator[str]:
    bare, words = view.bare, view.words
    yield f"tail1={bare[-1:]}"
    yield from (f"head{k}={bare[:k]}" for k in (1, 2, 3))
    yield from (f"tail{k}={bare[-k:]}" for k in (2, 3))
    yield from (f"pair={bare[i : i + 2]}" for i in range(len(bare) - 1))
    yield from (f"w={word}" for word in sorted(set(words)) if len(word) > 1)
    if words:
        one, last = words[0], words[-1]
        yield from (f"w0={one}", f"wl={last}", f"wl&{view.end}={last}", f"w0&{view.first}={one}")
        yield f"v&l={view.verb}|{last}"
    if len(words) > 1:
        yield from (f"w01={words[0]}|{words[1]}", f"wl2={words[-2]}|{words[-1]}")
        yield f"w0l={words[0]}|{words[-1]}"


def _modal(view: _View) -> Iterator[str]:
    """开发商需现场公开展示样板房: who must, and what."""
    found = cue_pattern("demands", "wish", "modal").search(view.whole)
    if not found:
        return
    modal, at = found.group(), found.start()
    rest = view.whole[found.end() :]
    verb = first_verb(rest)
    yield from (
        f"modal={modal}",
        f"modal={modal}&v={verb or opening(rest)}",
        f"modal={modal}&{view.first}",
        f"modal={modal}&at={min(at // 3, 4)}",
        f"modalk={'verb' if verb else opening(rest)}",
        f"modal={modal}&who={view.whole[max(0, at - 2) : at]}",
    )


def _place(ask: _Ask, n: int) -> Iterator[str]:
    view, views = ask.views[n], ask.views
    kind, many = view.kind, min(len(views) // 4, 6)
    several = views[-1].item > 0
    yield from (
        f"at={min(n, 4)}",
        f"left={min(len(views) - 1 - n, 3)}",
        f"step={min(view.step, 4)}&{min(view.left, 3)}",
        f"step={min(view.step, 4)}&{kind}",
        f"send={min(view.left, 3)}&{kind}",
        f"step={min(view.step, 3)}&{'result' in view.cues}&{view.end}",
        f"within={min(view.within, 3)}&{several}&{kind}",
        f"within={min(view.within, 2)}&{view.clause.numbered}&{view.end}",
        f"clauses={many}",
        f"clauses={many}&{kind}",
    )


def _heading(ask: _Ask, n: int) -> Iterator[str]:
    """Whether a clause that opens a numbered piece is its heading: said again behind it."""
    view = ask.views[n]
    c = view.clause
    if view.within > 1 or not (c.numbered or view.item == 0):
        yield "later"
        return
    rest = ask.text[c.end : ask.item_end(n)]
    pairs = {view.bare[i : i + 2] for i in range(len(view.bare) - 1)}
    share = int(4 * sum(pair in rest for pair in pairs) / max(1, len(pairs)))
    tail = "none" if len(rest) < 12 else "some" if len(rest) < 60 else "much"
    yield from (
        f"restated={share}&{view.first}&{view.end}",
        f"restated={share}&{tail}",
        f"restated={share}&num={c.numbered}&{c.after}&{tail}",
        f"rest={tail}&{view.first}&{view.end}",
        f"rest={tail}&num={c.numbered}&{_size(view)}&{c.after}",
        f"head={view.item == 0}&{tail}&{view.verb}",
        f"head={tail}&{view.kind}&{c.after}&{view.within}",
    )


def _wishes(ask: _Ask, n: int) -> Iterator[str]:
    """Facts stand before the first 建议 of an ask, demands behind it."""
    view, urge, wish = ask.views[n], ask.first_urge, ask.first_wish
    where = "none"
    if urge is not None:
        where = "before" if n < urge else "at" if n == urge else "after"
        where = "apart" if n < urge and view.item != ask.views[urge].item else where
        yield f"urge={where}&{view.first}&{view.end}"
    yield from (f"urge={where}", f"urge={where}&{view.kind}")
    found = "no" if wish is None else "before" if n < wish else "after"
    yield f"wish={found}&{view.kind}"


def _sentence(ask: _Ask, n: int) -> Iterator[str]:
    view = ask.views[n]
    group = ask.sentences[view.clause.sentence, view.item]
    opens = ask.views[group[0]]
    cues = sorted({cue for m in group for cue in ask.views[m].cues})
    yield from (f"scue={cue}&{view.kind}" for cue in cues)
    yield from (
        f"s0={opens.first_word}",
        f"s0k={opens.kind}&{view.kind}",
        f"s0b={opens.bears}&{view.kind}&{min(view.step, 3)}",
        f"sn={min(len(group), 6)}&{min(view.step, 4)}",
    )
    told = {cue for m in group[: view.step] for cue in ask.views[m].cues}
    for name in ("fact", "reason", "example", "number"):
        if name in told:
            yield f"sbefore={name}&{view.kind}"


def _behind(views: Sequence[_View], n: int) -> Iterator[str]:
    """What the clause before it in the same sentence is: a means without its end, a demand."""
    view, before = views[n], views[n - 1]
    yield from (
        f"pbears={before.bears}&{view.kind}",
        f"pbears={before.bears}&{view.verb}",
        f"pmeans={before.means}",
        f"pinner={bool(before.inner)}&{before.kind}&{view.kind}",
        f"pv&v={before.verb}|{view.verb}",
        f"pl&v={before.last_word}|{view.verb}",
        f"same={before.verb == view.verb and view.verb != ''}",
        f"plong={min(len(before.bare) // 4, 6)}&{view.kind}",
        f"prevverb={before.verb}",
    )
    yield from (f"prevcue={cue}&{view.kind}" for cue in before.cues)
    if view.step > 1:
        yield f"ppk={views[n - 2].kind}&{before.kind}&{view.kind}"


def _ahead(views: Sequence[_View], n: int) -> Iterator[str]:
    view, after = views[n], views[n + 1]
    yield from (
        f"nv&v={view.verb}|{after.verb}",
        f"nbears={after.bears}&{view.kind}",
        f"nw0={after.first_word}&{view.kind}",
        f"bears={view.bears}&next={after.kind}",
    )
    yield from (f"nextcue={cue}&{view.kind}" for cue in after.cues)


def _around(views: Sequence[_View], n: int) -> Iterator[str]:
    view = views[n]
    ahead = views[n + 1].outcome if view.end == "inner" else "-"
    behind = views[n - 1].outcome if view.first == "inner" else "-"
    yield from (
        f"next={ahead}&{view.kind}",
        f"prev={behind}&{view.kind}",
        f"row={behind}&{view.kind}&{ahead}",
    )
    if n + 1 < len(views):
        yield f"then={views[n + 1].bare[:2]}&{view.clause.after}"
    if n:
        before = views[n - 1].bare
        yield f"since={before[:2]}&{view.clause.before}"
        yield f"ended={before[-2:]}&{view.clause.before}"


def _size(view: _View) -> str:
    return "short" if len(view.bare) < 7 else "long" if len(view.bare) > 30 else "mid"


def _look(text: str, clauses: Sequence[Clause]) -> list[_View]:
    views = [_view(text, clause) for clause in clauses]
    for n, view in enumerate(views):
        before = views[n - 1] if n else None
        opens = before is None or view.clause.numbered
        view.item = 0 if before is None else before.item + view.clause.numbered
        view.within = 0 if before is None or opens else before.within + 1
        same = before is not None and not opens and before.clause.sentence == view.clause.sentence
        view.step = before.step + 1 if before is not None and same else 0
        view.first = "first" if before is None else "inner" if same else "sentence"
    for view, after in zip(views[-2::-1], views[:0:-1], strict=False):
        inner = after.first == "inner"
        view.left = after.left + 1 if inner else 0
        view.end = "inner" if inner else "sentence"
    return views


def _view(text: str, clause: Clause) -> _View:
    whole, bare = text[clause.start : clause.end], text[clause.bare : clause.end]
    words = _cut(bare)
    inner = _second_verb(words)
    kind = opening(bare)
    means, bears = "", kind
    if found := cue_pattern("demands", "means", "open").match(bare):
        closed = cue_pattern("demands", "means", "close").search(bare)
        bears = "full" if closed else "verb" if inner else "bare"
        means = f"{found.group()}:{bears}"
    cues = tuple(name for name, pattern in _cues() if pattern.search(whole))
    return _View(clause, whole, bare, kind, first_verb(bare), words, cues, means, bears, inner)


def _second_verb(words: Sequence[str]) -> str:
    """通过设置考核指标加大力度 has a verb of its own, 通过科学的考核指标 has none."""
    known, at = _verb_set(), 0
    for n, word in enumerate(words):
        if n and at >= 2 and len(word) > 1 and word in known:
            return word
        at += len(word)
    return ""


@lru_cache(maxsize=8192)
def _cut(bare: str) -> tuple[str, ...]:
    found: list[str] = []
    for run in _RUN.findall(bare):
        if "\u4e00" <= run[0] <= "\u9fff":
            found += cut_words(run, dictionary())
        else:
            found.append("0" if re.search(r"\d", run) else "x")
    return tuple(found)


@cache
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, cue_pattern("demands", "cues", name)) for name in cue_names("demands", "cues")
    )


@cache
def _verb_set() -> frozenset[str]:
    return frozenset(verbs())
