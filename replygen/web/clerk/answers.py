"""What the 起草 tab answers: each method is one request. All work is stored as it happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from replygen.drafting.cards import choose_evidence, name_card
from replygen.drafting.fill import Filled, fill_slots
from replygen.errors import ChangedElsewhere, ReadError, ReplygenError
from replygen.models import Ask, Evidence, Source
from replygen.service.desk import Desk
from replygen.service.results import DraftResult
from replygen.web.asking import asking, refuse
from replygen.web.auth.who import roles, who
from replygen.web.clerk.doubts import Doubts
from replygen.web.clerk.parts import Parts, Updates
from replygen.web.clerk.put import (
    ask_as,
    carry_all,
    chosen_stances,
    find_standing,
    name_composed,
    put_stances,
)
from replygen.web.clerk.sent import Place, check_asks, read_place
from replygen.web.clerk.show_cards import show_cards
from replygen.web.clerk.show_draft import show_unused
from replygen.web.clerk.show_drafts import read_view, show_clash
from replygen.web.clerk.show_findings import count_left
from replygen.web.clerk.shown import Shown
from replygen.web.clerk.taking import Screen, take_in
from replygen.web.clerk.windows import Windows
from replygen.web.show import renew, show_empty, show_wrong
from replygen.workspace import (
    Work,
    carry_ticks,
    find_edits,
    forget_material,
    name_making,
)

_NO_PROPOSAL = "请先在第一步放入提案，再点“读取提案”"
_BOTH = "既粘贴了全文，又放了文件：一次只读一份，请清空左边的文字，或者去掉这个文件，再读取"
_REFUSED = "另一个窗口同时改了同一处：这里写的没有并进去的，列在上面，可以复制"
_MERGED = "另一个窗口刚改过这份草稿，两边的改动已经并在一起：请看过再点一次"
_NO_ASK_YET = "没有读出建议：请在左边的原文里选中要答复的文字，或者加一项建议"


@dataclass(frozen=True)
class Found:
    """What was found, and for which draft, asks and material: others make it stale."""

    draft: str
    asks: tuple[Ask, ...]
    material: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    usual: tuple[str, ...]


class Clerk:
    """The requests of the 起草 tab, asked of one desk. ``at`` names the stored draft that
    the browser has open, and the window that asks (:func:`replygen.web.clerk.sent.read_place`)."""

    def __init__(self, desk: Desk, parts: Parts) -> None:
        self.desk = desk
        self._shown = Shown(desk, parts)
        self._parts = parts
        self._windows, self._doubts = Windows(), Doubts()

    # ── the list of drafts ─────────────────────────────────────────────────

    def rows(self, id: str, seen_as: str = "") -> str:
        """Return the list anew, as it is looked at: in another order, searched, whole; or a
        reviewer said something of a draft."""
        return self._shown.rows(id, read_view(seen_as))

    def start(self, at: str) -> Updates:
        """Return the list, and the draft that the browser had open before a reload."""
        if "clerk" not in roles():
            return self._shown.as_it_is()
        place = read_place(at)
        with asking(self.desk):
            mine = {row.id for row in self.desk.drafts.rows(who())}
            if place.id in mine:
                self._windows.open(place)
                return self._for(place, self._open(place))
            # a draft that the user opened before this answer came stays open
            shown = self._shown.list(None)
            return {part: value for part, value in shown.items() if part != self._parts.current}

    def open(self, at: str) -> Updates:
        """Return everything of a stored draft."""
        with asking(self.desk):
            place = read_place(at)
            self._windows.open(place)
            return self._for(place, self._open(place))

    def new(self, at: str = "") -> Updates:
        """Return the empty first step."""
        with asking(self.desk):
            place = replace(read_place(at), id="")
            self._windows.open(place)
            return self._for(place, {**self._shown.list(None), **self._shown.nothing()})

    def delete(self, at: str, gone: str) -> Updates:
        """Delete the draft ``gone``; the open one stays, and so does what the first step holds."""
        with asking(self.desk):
            place = read_place(at)
            self.desk.drafts.remove(gone, who())
            return self.new(at) if place.id == gone else self._shown.list(place.id or None)

    # ── the proposal ───────────────────────────────────────────────────────

    def read(self, pasted: str, path: str | None, files: list[str] | None, at: str = "") -> Updates:
        """Read a proposal and store it as a new draft. What cannot be read is told beside its
        field, and nothing of what is there goes."""
        parts = self._parts
        wrong = Updates({parts.text_wrong: "", parts.file_wrong: "", parts.files_wrong: ""})
        if path and (pasted or "").strip():
            return {**wrong, parts.file_wrong: show_wrong(_BOTH)}
        with asking(self.desk) as desk:
            try:
                beside = parts.file_wrong if path else parts.text_wrong
                source = desk.read_attached(Path(path)) if path else None
                got = desk.read_proposal(source) if source else desk.paste_proposal(pasted or "")
                text = source.text if source else pasted
                self._doubts.check(got, text)
                beside = parts.files_wrong
                material = [desk.read_attached(Path(f)) for f in files or ()]
                desk.read_material(material)  # what cannot be read is told now
            except ReplygenError as error:
                return {**wrong, beside: show_wrong(error.shown)}
            id = desk.drafts.create(who(), Work(got, text), material)
            place = replace(read_place(at), id=id)
            self._windows.open(place)
            return self._for(place, {**self._open(place), **wrong})

    def keep(self, at: str, edits: str, ticks: str, form: str, typed: str = "") -> Updates:
        """Store everything that the screen holds as it is now; the draft is checked with it."""
        with self._changing(at) as (place, shown):
            before = self.desk.drafts.read(place.id, who())
            work = self._store(place, shown, Screen(edits, ticks, form, typed), act=False)
            shown |= self._shown.kept(place.id, work)
            if work.draft is not None and _is_checked_anew(before, work):
                if is_drawn_anew(before, work):
                    shown |= self._shown.paper(place.id, work)
                shown |= self._outcome(place, work, self.desk.drafts.material(place.id, who()))
        return shown

    def attach(
        self, at: str, edits: str, ticks: str, form: str, typed: str, files: list[str] | None
    ) -> Updates:
        """Take in what the screen holds; then attach files of our own."""
        with self._changing(at) as (place, shown):
            self._store(place, shown, Screen(edits, ticks, form, typed), act=False)
            try:
                added = [self.desk.read_attached(Path(f)) for f in files or ()]
                named = "、".join(Path(source.path).name for source in added)
                shown |= self._replace_material(
                    place, lambda before: (*before, *added), f"附上材料“{named}”"
                )
            except ReadError as error:
                there = self.desk.drafts.material(place.id, who())
                shown |= self._shown.material(there, wrong=error.shown)
        return shown

    def detach(
        self, at: str, edits: str, ticks: str, form: str, typed: str, number: str
    ) -> Updates:
        """Take in what the screen holds; then take the attached file ``number`` (from 0) away."""
        gone = int(number) if number.isdigit() else -1
        with self._changing(at) as (place, shown):
            self._store(place, shown, Screen(edits, ticks, form, typed))
            shown |= self._replace_material(
                place,
                lambda before: tuple(s for n, s in enumerate(before) if n != gone),
                "撤下一份材料",
            )
        return shown

    # ── evidence and draft ─────────────────────────────────────────────────

    def find(self, at: str, edits: str, ticks: str, form: str) -> Updates:
        """Look for evidence for the asks as they are now."""
        with self._changing(at) as (place, shown):
            found, cards, work = self._find(
                place, self._store(place, shown, Screen(edits, ticks, form), act=False)
            )
            shown |= {self._parts.found: found, self._parts.cards: cards}
            shown |= self._shown.kept(place.id, work)
        return shown

    def look(self, at: str, edits: str, ticks: str, form: str) -> Updates:
        """Look for evidence for a draft that was just opened, and compose it where that was
        not done yet; nothing where none is open."""
        if not read_place(at).id or "clerk" not in roles():
            return self._shown.as_it_is()
        with self._changing(at, drawn=False) as (place, shown):
            shown |= self._look(place, self.desk.drafts.read(place.id, who()))
        return shown

    def _look(self, place: Place, work: Work) -> Updates:
        if not work.proposal.asks:
            return {self._parts.cards: show_empty(_NO_ASK_YET)}
        found, cards, work = self._find(place, work)
        shown = {self._parts.found: found, self._parts.cards: cards}
        return shown if work.draft is not None else {**shown, **self._compose(place, work, found)}

    def draft(
        self, at: str, edits: str, ticks: str, form: str, have: Found | None, typed: str = ""
    ) -> Updates:
        """Compose the draft from the ticked cards; what was typed before stays."""
        with self._changing(at) as (place, shown):
            before = self._store(place, shown, Screen(edits, ticks, form, typed), act=False)
            asked = check_asks(before.proposal)
            key = (place.id, asked.asks, _keys(self.desk.drafts.material(place.id, who())))
            if have is None or (have.draft, have.asks, have.material) != key:
                have, cards, before = self._find(place, before)
                shown |= {self._parts.found: have, self._parts.cards: cards}
            shown |= self._compose(place, before, have)
        return shown

    def check(self, at: str) -> Updates:
        """Check the letter that the page just drew: it is read before its findings come. Nothing
        where no draft is open, or none was composed."""
        if not read_place(at).id or "clerk" not in roles():
            return self._shown.as_it_is()
        with self._changing(at, drawn=False) as (place, shown):
            work = self.desk.drafts.read(place.id, who())
            if work.draft is not None:
                material = self.desk.drafts.material(place.id, who())
                shown |= self._outcome(place, work, material)
        return shown or self._shown.as_it_is()

    # ── inside ─────────────────────────────────────────────────────────────

    @contextmanager
    def _changing(self, at: str, *, drawn: bool = True) -> Iterator[tuple[Place, Updates]]:
        """Give the place and the updates for a request that changes a draft. Where another
        window changed it meanwhile, the updates hold all of it as it now stands, or that nothing
        was stored; where this window opened another draft meanwhile, they change nothing that it
        shows. One that asks before it has drawn (``drawn``) what it was given shows that."""
        import gradio as gr

        place, shown = read_place(at), Updates()
        if not place.id:
            raise refuse(_NO_PROPOSAL)
        with asking(self.desk):
            if not drawn:
                given = self.desk.drafts.given(place.id, place.window.name)
                place = replace(place, window=replace(place.window, revision=given))
            try:
                yield place, shown
            except _SeenLess as told:
                gr.Warning(str(told), title="请注意", duration=15)
                for part in shown.keys() - {self._parts.clash}:
                    del shown[part]
                shown |= self._anew(place)
            except ChangedElsewhere as error:
                gr.Warning(str(error), title="请注意", duration=15)
                shown.clear()
                shown |= self._shown.not_kept(place.id)
            else:
                shown |= self._anew(place)
        if not self._windows.show(place):
            shown.clear()
            shown |= self._shown.as_it_is()

    def _anew(self, place: Place) -> Updates:
        """Everything of a draft that another window changed, nothing where none did."""
        if not place.window.is_behind(self.desk.drafts.read(place.id, who())):
            return {}
        shows = self.desk.drafts.view(place.id, place.window)
        work = self.desk.drafts.show(place.id, who(), place.window)
        material = self.desk.drafts.material(place.id, who())
        shown = self._shown.material(material)
        if shows is None or _laid(shows) != _laid(work):
            found, cards, work = self._find(place, work)
            shown |= {self._parts.found: found, self._parts.cards: cards}
        shown |= self._shown.turned(place.id, work)
        return shown if work.draft is None else shown | self._outcome(place, work, material)

    def _for(self, place: Place, shown: Updates) -> Updates:
        """Return what is shown of a draft; nothing new where its window has another one open."""
        return shown if self._windows.show(place) else self._shown.as_it_is()

    def _store(self, place: Place, shown: Updates, screen: Screen, *, act: bool = True) -> Work:
        """Store what the screen holds, together with what another window stored meanwhile; what
        did not get in is told. What the clerk pressed (``act``) is not done then: he has not seen
        the draft as it now stands. Raises _SeenLess, ChangedElsewhere."""
        merged = take_in(self.desk, place, screen)
        if merged.refused:
            shown[self._parts.clash] = show_clash(merged.refused, place.id)
            raise _SeenLess(_REFUSED)
        if act and place.window.is_behind(merged.work):
            raise _SeenLess(_MERGED)
        return merged.work

    def _replace_material(
        self, place: Place, edit: Callable[[tuple[Source, ...]], tuple[Source, ...]], step: str
    ) -> Updates:
        drafts, id = self.desk.drafts, place.id
        material = edit(drafts.material(id, who()))
        self.desk.read_material(material)
        work = drafts.set_material(
            id, who(), material, forget_material, window=place.inside, step=step
        )
        return {**self._shown.material(material), **self._shown.kept(id, work)}

    def _find(self, place: Place, work: Work) -> tuple[Found, str, Work]:
        """Return what was found, the cards with the ticks that stay, and the work."""
        desk, asked, id = self.desk, check_asks(work.proposal), place.id
        material = desk.drafts.material(id, who())
        mine = () if work.ticked is None else carry_ticks(work, asked.asks, ())
        evidence, laid = desk.evidence(asked, material, more=mine)
        usual = tuple(card.id for ask in laid for card in ask.cards if card.chosen)
        shown = tuple(card.id for ask in laid for card in ask.cards)

        def found(work: Work) -> Work:
            ticked = carry_ticks(work, asked.asks, usual)
            return replace(work, ticked=ticked, laid=shown, ticked_for=asked.asks)

        work = desk.drafts.change(id, who(), found, window=place.inside)
        cards = renew(show_cards(laid, work.ticked or ()), id)
        return Found(id, asked.asks, _keys(material), evidence, usual), cards, work

    def _open(self, place: Place) -> Updates:
        id = place.id
        work = self.desk.drafts.show(id, who(), place.inside)
        material = self.desk.drafts.material(id, who())
        shown = {**self._shown.list(id), **self._shown.opened(id, work, material)}
        if work.draft is not None:
            shown |= {**self._shown.paper(place.id, work), **self._shown.checking()}
        return shown

    def _compose(self, place: Place, before: Work, have: Found) -> Updates:
        """Compose the draft from the ticked cards and store it; what was typed stays."""
        id, desk, asked = place.id, self.desk, before.proposal
        material = desk.drafts.material(id, who())
        ticked = before.ticked if before.ticked is not None else have.usual
        evidence, chosen = choose_evidence(have.evidence, ticked), chosen_stances(before)
        names = name_composed(asked, evidence, chosen, before.form, desk.settings.profile)
        draft = desk.compose(
            asked, desk.read_material(material), form=before.form, evidence=evidence,
            stances=chosen, standing=find_standing(before, asked, names),
        )  # fmt: skip
        elsewhere = [name_card(e.ask, h.passage) for e in evidence
                     for h in (*e.precedents, *e.statutes)]  # fmt: skip
        notes = show_unused(draft, elsewhere)

        def composed(work: Work) -> Work:
            there = carry_all(work, draft, asked.asks)
            if work.draft is not None:
                there = replace(there, values=put_stances(there.values, chosen))
            return replace(
                there,
                drafted_for=asked.asks,
                asked_as=ask_as(asked),
                answers=names,
                notes=notes,
                made_with=name_making(replace(before, values=put_stances(before.values, chosen))),
            )

        work = desk.drafts.change(id, who(), composed, window=place.inside)
        return {
            **self._shown.paper(place.id, work),
            **self._shown.original(work),
            **self._shown.checking(),
            **self._shown.kept(id, work),
        }

    def _judge(self, work: Work, material: Sequence[Source]) -> tuple[Filled, DraftResult]:
        """Return the draft with what was typed, and what checking says of it."""
        assert work.draft is not None
        filled = fill_slots(work.draft, work.values)
        own = tuple(p.text for p in self.desk.read_material(material) if p.document.own)
        return filled, self.desk.judge_letter(filled.draft, work.proposal, own)

    def _outcome(self, place: Place, work: Work, material: Sequence[Source]) -> Updates:
        """Check the draft with what was typed, store what is left."""
        filled, result = self._judge(work, material)
        return self._tell(place, work, result, filled.kept)

    def _tell(self, place: Place, work: Work, result: DraftResult, kept: Sequence[int]) -> Updates:
        places, blocks = count_left(result.report.findings)
        left = replace(work, open_places=places, blocks=blocks)
        if left != work:
            work = self.desk.drafts.change(
                place.id,
                who(),
                lambda w: replace(w, open_places=places, blocks=blocks),
                window=place.inside,
            )
        return {**self._shown.side(left, result, kept), **self._shown.kept(place.id, work)}


class _SeenLess(Exception):
    """The window does not show what another one stored."""


def _laid(work: Work) -> tuple[object, ...]:
    """What the cards of a draft hang on."""
    return work.ticked, work.ticked_for, work.laid, work.attached


def _is_checked_anew(before: Work, work: Work) -> bool:
    """True when something changed that the letter, or what is said of it, hangs on."""
    return (before.draft, before.values, before.proposal) != (
        work.draft,
        work.values,
        work.proposal,
    )


def is_drawn_anew(before: Work, work: Work) -> bool:
    """True when the letter on the screen is not the one that is stored."""
    return before.draft != work.draft or find_edits(before.values) != find_edits(work.values)


def _keys(material: Sequence[Source]) -> tuple[str, ...]:
    return tuple(source.sha256 for source in material)
