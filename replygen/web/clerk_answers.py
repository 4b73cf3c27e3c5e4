"""What the 起草 tab answers: each method is one request. All work is stored as it happens."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from replygen.desk import Desk
from replygen.drafting.cards import choose_evidence, name_card
from replygen.drafting.fill import fill_slots
from replygen.keeping import (
    LASTING,
    ChangedElsewhere,
    Work,
    carry_ticks,
    carry_values,
    forget_material,
    name_places,
)
from replygen.models import Ask, Evidence, Source
from replygen.web.asking import asking, open_passage, refuse
from replygen.web.clerk_parts import Parts, Updates
from replygen.web.clerk_shown import Shown, write_copies
from replygen.web.sent import Place, check_asks, read_edits, read_place, read_ticks, read_values
from replygen.web.show import count_left
from replygen.web.show_cards import show_cards
from replygen.web.show_draft import show_unused
from replygen.web.who import roles, who

_NO_PROPOSAL = "请先在第一步放入提案，再点“读取提案”"
_NO_DRAFT = "还没有草稿，请先点“生成草稿”"


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
    the browser has open, and the window that asks (:func:`replygen.web.sent.read_place`)."""

    def __init__(self, desk: Desk, parts: Parts) -> None:
        self.desk = desk
        self._shown = Shown(desk, parts)
        self._parts = parts
        self._folders: dict[str, Path] = {}

    # ── the list of drafts ─────────────────────────────────────────────────

    def start(self, at: str) -> Updates:
        """Return the list, and the draft that the browser had open before a reload."""
        if "clerk" not in roles():
            return {self._parts.current: ""}
        place = read_place(at)
        with asking(self.desk):
            mine = {row.id for row in self.desk.drafts.rows(who())}
            return self._open(place) if place.id in mine else self._shown.list(None)

    def open(self, at: str) -> Updates:
        """Return everything of a stored draft."""
        with asking(self.desk):
            return self._open(read_place(at))

    def new(self) -> Updates:
        """Return the empty first step."""
        with asking(self.desk):
            return {**self._shown.list(None), **self._shown.nothing()}

    def delete(self, id: str, gone: str) -> Updates:
        """Delete the draft ``gone``; the open one stays."""
        with asking(self.desk):
            self.desk.drafts.remove(gone, who())
            if id == gone or not id:
                return {**self._shown.list(None), **self._shown.nothing()}
            return self._shown.list(id)

    # ── the proposal ───────────────────────────────────────────────────────

    def read(self, pasted: str, path: str | None, files: list[str] | None) -> Updates:
        """Read a proposal and store it as a new draft."""
        with asking(self.desk) as desk:
            got = desk.read_proposal(Path(path)) if path else desk.paste_proposal(pasted or "")
            material = [desk.read_attached(Path(f)) for f in files or ()]
            desk.read_material(material)  # what cannot be read is told now
            id = desk.drafts.create(who(), Work(got), material)
            return self._open(Place(id))

    def keep(self, at: str, edits: str, ticks: str, form: str) -> Updates:
        """Store the fields of the second step, the ticks and the form as they are now."""
        with self._changing(at) as (place, shown):
            work = self._store(place, edits, ticks, form)
            shown |= self._shown.kept(place.id, work)
        return shown

    def attach(self, at: str, files: list[str] | None) -> Updates:
        """Attach files of our own."""
        with self._changing(at) as (place, shown):
            added = [self.desk.read_attached(Path(f)) for f in files or ()]
            shown |= self._replace_material(place, lambda before: (*before, *added))
        return shown

    def detach(self, at: str, number: str) -> Updates:
        """Take the attached file ``number`` (from 0) away."""
        gone = int(number) if number.isdigit() else -1
        with self._changing(at) as (place, shown):
            shown |= self._replace_material(
                place, lambda before: tuple(s for n, s in enumerate(before) if n != gone)
            )
        return shown

    # ── evidence and draft ─────────────────────────────────────────────────

    def find(self, at: str, edits: str, ticks: str, form: str) -> Updates:
        """Look for evidence for the asks as they are now."""
        with self._changing(at) as (place, shown):
            found, cards, work = self._find(place, self._store(place, edits, ticks, form))
            shown |= {self._parts.found: found, self._parts.cards: cards}
            shown |= self._shown.kept(place.id, work)
        return shown

    def look(self, at: str, edits: str, ticks: str, form: str) -> Updates:
        """Look for evidence for a draft that was just opened; nothing where none is."""
        if not at or "clerk" not in roles():
            return {self._parts.current: read_place(at).id}
        with self._changing(at) as (place, shown):
            work = self.desk.drafts.read(place.id, who())
            # the browser may ask before it has drawn the revision that it was just given
            now = Place(place.id, replace(place.window, revision=work.revision))
            found, cards, _ = self._find(now, work)
            shown |= {self._parts.found: found, self._parts.cards: cards}
        return shown

    def draft(self, at: str, edits: str, ticks: str, form: str, have: Found | None) -> Updates:
        """Compose the draft from the ticked cards; what was typed before stays."""
        with self._changing(at) as (place, shown):
            id, desk = place.id, self.desk
            before = self._store(place, edits, ticks, form)
            asked = check_asks(before.proposal)
            material = desk.drafts.material(id, who())
            key = (id, asked.asks, _keys(material))
            if have is None or (have.draft, have.asks, have.material) != key:
                have, cards, before = self._find(place, before)
                shown |= {self._parts.found: have, self._parts.cards: cards}
            ticked = before.ticked if before.ticked is not None else have.usual
            evidence = choose_evidence(have.evidence, ticked)
            start = time.perf_counter()
            passages = desk.read_material(material)
            draft = desk.compose(asked, passages, form=before.form, evidence=evidence)
            elsewhere = [name_card(e.ask, h.passage) for e in evidence
                         for h in (*e.precedents, *e.statutes)]  # fmt: skip
            notes = show_unused(draft, elsewhere)

            def composed(work: Work) -> Work:
                values = dict(work.values)
                lost: tuple[str, ...] = ()
                if work.draft is not None:
                    carried = carry_values(values, work.draft, draft)
                    values, lost = dict(carried.values), _tell_lost(carried.lost)
                return replace(
                    work,
                    draft=draft,
                    drafted_for=asked.asks,
                    values=values,
                    notes=(*lost, *notes),
                )

            work = desk.drafts.change(id, who(), composed, window=place.window)
            shown |= self._shown.paper(work)
            shown |= self._outcome(place, work, material, start=start)
        return shown

    def fill(self, at: str, typed: str) -> Updates:
        """Store what was typed into the open places; check the draft with it."""
        values = read_values(typed)
        with self._changing(at) as (place, shown):
            id, desk = place.id, self.desk
            work = desk.drafts.read(id, who())
            if work.draft is None:
                raise refuse(_NO_DRAFT)
            places = name_places(work.draft)
            known = {name: value for name, value in values.items() if name in places}
            work = desk.drafts.change(
                id, who(), lambda w: replace(w, values=known), window=place.window
            )
            lasting = {
                places[name].kind: value
                for name, value in known.items()
                if value and places[name].kind in LASTING
            }
            desk.drafts.remember(desk.settings.profile.name, lasting)
            shown |= self._outcome(place, work, desk.drafts.material(id, who()))
        return shown

    def full(self, passage: str) -> str:
        """Return the whole document that a passage stands in."""
        return open_passage(self.desk, passage)

    # ── inside ─────────────────────────────────────────────────────────────

    @contextmanager
    def _changing(self, at: str) -> Iterator[tuple[Place, Updates]]:
        """Give the place and the updates for a request that changes a draft. Where another
        window changed it meanwhile, all that the updates hold is that nothing was stored."""
        import gradio as gr

        place, shown = read_place(at), Updates()
        if not place.id:
            raise refuse(_NO_PROPOSAL)
        with asking(self.desk):
            try:
                yield place, shown
            except ChangedElsewhere as error:
                gr.Warning(str(error), title="请注意", duration=15)
                shown.clear()
                shown |= self._shown.not_kept(place.id)

    def _store(self, place: Place, edits: str, ticks: str, form: str) -> Work:
        chosen = read_ticks(ticks)

        def stored(work: Work) -> Work:
            sent = read_edits(edits, work.proposal)
            if sent is not None:
                work = replace(work, proposal=sent.proposal, assigned=sent.assigned)
            if chosen is not None and work.ticked_for:
                laid = set(work.laid)  # the browser may still show cards of a file that is gone
                work = replace(work, ticked=tuple(c for c in chosen if c in laid))
            return replace(work, form=form or work.form)

        return self.desk.drafts.change(place.id, who(), stored, window=place.window)

    def _replace_material(
        self, place: Place, edit: Callable[[tuple[Source, ...]], tuple[Source, ...]]
    ) -> Updates:
        drafts, id = self.desk.drafts, place.id
        material = edit(drafts.material(id, who()))
        self.desk.read_material(material)
        work = drafts.set_material(id, who(), material, forget_material, window=place.window)
        return {**self._shown.material(material), **self._shown.kept(id, work)}

    def _find(self, place: Place, work: Work) -> tuple[Found, str, Work]:
        """Return what was found, the cards with the ticks that stay, and the work."""
        desk, asked, id = self.desk, check_asks(work.proposal), place.id
        material = desk.drafts.material(id, who())
        evidence, laid = desk.evidence(asked, material)
        usual = tuple(card.id for ask in laid for card in ask.cards if card.chosen)
        shown = tuple(card.id for ask in laid for card in ask.cards)

        def found(work: Work) -> Work:
            ticked = carry_ticks(work, asked.asks, usual)
            return replace(work, ticked=ticked, laid=shown, ticked_for=asked.asks)

        work = desk.drafts.change(id, who(), found, window=place.window)
        cards = show_cards(laid, work.ticked or ())
        return Found(id, asked.asks, _keys(material), evidence, usual), cards, work

    def _open(self, place: Place) -> Updates:
        id = place.id
        work = self.desk.drafts.read(id, who())
        material = self.desk.drafts.material(id, who())
        shown = {**self._shown.list(id), **self._shown.opened(id, work, material)}
        if work.draft is not None:
            now = Place(id, replace(place.window, revision=work.revision))
            shown |= {**self._shown.paper(work), **self._outcome(now, work, material)}
        return shown

    def _outcome(
        self, place: Place, work: Work, material: Sequence[Source], *, start: float | None = None
    ) -> Updates:
        """Check the draft with what was typed, write the copies, store what is left; tell
        the seconds since ``start``, where the draft was composed."""
        assert work.draft is not None
        desk, id = self.desk, place.id
        filled = fill_slots(work.draft, work.values)
        own = tuple(p.text for p in desk.read_material(material) if p.document.own)
        copies = write_copies(desk, work, filled.draft, own, self._folder(id))
        places, blocks = count_left(copies.result.report.findings)
        left = replace(work, open_places=places, blocks=blocks)
        if left != work:
            work = desk.drafts.change(
                id,
                who(),
                lambda w: replace(w, open_places=places, blocks=blocks),
                window=place.window,
            )
        seconds = None if start is None else time.perf_counter() - start
        return {
            **self._shown.side(left, copies, filled.kept, seconds=seconds),
            **self._shown.kept(id, work),
        }

    def _folder(self, id: str) -> Path:
        if id not in self._folders:
            self._folders[id] = Path(tempfile.mkdtemp(prefix="replygen-"))
        return self._folders[id]


def _keys(material: Sequence[Source]) -> tuple[str, ...]:
    return tuple(source.sha256 for source in material)


def _tell_lost(lost: Sequence[str]) -> tuple[str, ...]:
    if not lost:
        return ()
    told = "；".join(f"“{text}”" for text in lost)
    return (f"重新生成以后，这些填过的内容没有了位置，需要的请另外填上：{told}",)
