"""What the switch 规则稿 / 模型稿 answers: a model words one ask of the letter, and its
sentences are taken or left one by one. Nothing of this is on the page without a model."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from replygen.drafting.cards import choose_evidence
from replygen.drafting.fill import name_confirmation
from replygen.errors import ReplygenError
from replygen.models import Draft, Evidence, Wording
from replygen.service.desk import Desk
from replygen.service.writing import word_ask
from replygen.web.asking import asking, refuse
from replygen.web.auth.who import who
from replygen.web.clerk.answers import Found
from replygen.web.clerk.handover import HandingClerk
from replygen.web.clerk.parts import Parts, Updates, take_screen
from replygen.web.clerk.sent import Place, read_place
from replygen.web.clerk.show_wording import show_failed, show_leaving, show_working
from replygen.web.clerk.taking import Screen
from replygen.workspace import Work
from replygen.writing import (
    Written,
    find_standing,
    leaves_house,
    take_wordings,
    with_references,
)

if TYPE_CHECKING:
    import gradio as gr

_NO_DRAFT = "还没有草稿，请先点“重新起草”"
_OLD = "各项建议或依据改过了，请等草稿重新生成以后再用模型稿"
_AT_ONCE = 4  # models at work for all users together
_TICK = 0.2  # seconds between two looks at the model
_PRESSED = take_screen("a[5] = window.rgValues();", "a[6] = window.rgWording();")


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was pressed: for which ask, how it is to be worded (``ours``, ``model``, ``again``,
    or ``take`` for one place), and whether it was agreed that words leave the house."""

    ask: int
    how: str
    place: tuple[int, int] | None = None
    on: bool = False
    agreed: bool = False


@dataclass(slots=True)
class _Call:
    """One ask that a model words in a thread of its own."""

    desk: Desk
    work: Work
    evidence: tuple[Evidence, ...]
    ask: int
    stopped: threading.Event
    done: tuple[Written, tuple[Wording, ...]] | None = None
    failed: Exception | None = None

    def run(self) -> None:
        """Ask the model; what goes wrong is kept for who waits."""
        assert self.work.draft is not None
        try:
            self.done = word_ask(
                self.desk,
                self.work.draft,
                self.work.proposal,
                self.evidence,
                self.ask,
                stopped=self.stopped.is_set,
            )
        except Exception as error:  # told on the page by who waits
            self.failed = error


class WritingClerk(HandingClerk):
    """The requests of the 起草 tab, with those of the switch; ``status`` is the line that tells
    how far the model is."""

    def __init__(self, desk: Desk, parts: Parts, status: gr.HTML) -> None:
        super().__init__(desk, parts)
        self._status = status
        self._agreed: set[tuple[str, str]] = set()  # who, to which host
        self._running: dict[tuple[str, str], threading.Event] = {}  # who, draft

    def word(
        self,
        at: str,
        edits: str,
        ticks: str,
        form: str,
        have: Found | None,
        typed: str,
        wanted: str,
    ) -> Iterator[Updates]:
        """Do what was pressed; while a model writes, tell for how long it has been at it."""
        wish, stored = read_wish(wanted), None
        with self._changing(at) as (place, shown):
            work = self._store(place, shown, Screen(edits, ticks, form, typed))
            if work.draft is None:
                raise refuse(_NO_DRAFT)
            if work.drafted_for != work.proposal.asks:
                raise refuse(_OLD)
            stored = work
        if stored is None:  # another window was first, and that is told
            yield shown
        elif _is_known(stored, wish):
            with asking(self.desk):
                yield self._for(place, self._put(place, lambda now: choose_wordings(now, wish)))
        else:
            for told in self._ask(place, stored, wish, have):
                yield self._for(place, told)

    def stop(self, at: str) -> str:
        """Have the model that words this draft stop, and take its line away."""
        event = self._running.get((who(), read_place(at).id))
        if event is not None:
            event.set()
        return ""

    def _ask(self, place: Place, work: Work, wish: _Wish, have: Found | None) -> Iterator[Updates]:
        """Have the model word one ask, unless that wants to be agreed to first."""
        key = (who(), place.id)
        with asking(self.desk):
            host = leaves_house(self.desk.settings.writer)
            if wish.agreed:
                self._agreed.add((who(), host))
            if host and (who(), host) not in self._agreed:
                yield {self._status: show_leaving(wish.ask, host)}
                return
            if key in self._running:
                raise refuse("模型还在写另一项，请等它写完，或者先取消")
            evidence = self._evidence(place, work, have)
        stopped = self._running[key] = threading.Event()
        call = _Call(self.desk, work, evidence, wish.ask, stopped)
        try:
            yield from self._wait(call)
        finally:
            stopped.set()
            del self._running[key]
        if call.done is not None or call.failed is not None:
            with asking(self.desk):
                yield self._finish(place, call)

    def _wait(self, call: _Call) -> Iterator[Updates]:
        """Tell how long the model has been at it, until it is done or stopped."""
        thread = threading.Thread(target=call.run, daemon=True)
        start, told = time.monotonic(), -1
        thread.start()
        while thread.is_alive() and not call.stopped.is_set():
            seconds = int(time.monotonic() - start)
            if seconds > told:
                told = seconds
                yield {self._status: show_working(call.ask, seconds)}
            thread.join(_TICK)
        if call.stopped.is_set():  # what it still says is not waited for
            call.done = call.failed = None
            yield {self._status: ""}

    def _finish(self, place: Place, call: _Call) -> Updates:
        if isinstance(call.failed, ReplygenError):
            return {self._status: show_failed(str(call.failed))}
        if call.failed is not None:
            raise call.failed
        assert call.done is not None
        written, said = call.done
        if not said:
            return {self._status: show_failed(f"第 {call.ask} 项，模型写的和规则稿没有不同")}
        return self._put(place, lambda now: _take_all(now, call.ask, written.draft, said))

    def _evidence(self, place: Place, work: Work, have: Found | None) -> tuple[Evidence, ...]:
        """Return what is ticked of what was found for the asks as they are now."""
        if have is None or (have.draft, have.asks) != (place.id, work.proposal.asks):
            have, _, work = self._find(place, work)
        ticked = work.ticked if work.ticked is not None else have.usual
        return tuple(choose_evidence(have.evidence, ticked))

    def _put(self, place: Place, edit: Callable[[Work], Work]) -> Updates:
        """Store what ``edit`` makes of the work as it is now, whoever changed it meanwhile:
        it touches only places that hold what it knows."""
        work = self.desk.drafts.change(place.id, who(), edit, window=place.inside, step=True)
        material = self.desk.drafts.material(place.id, who())
        shown = {self._status: "", **self._shown.paper(place.id, work)}
        return shown | self._outcome(place, work, material) | self._anew(place)


def wire_switch(
    clerk: WritingClerk,
    status: gr.HTML,
    fields: Sequence[Any],
    outs: Sequence[Any],
    hidden: Callable[[str], gr.Button],
) -> None:
    """Wire what the switch presses. ``fields`` are the place, the edits, the ticks, the form,
    what was found, what was typed, and what is wanted; ``outs`` the parts that may change."""
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    hidden("rg-word").click(
        clerk.word,
        list(fields),
        [*outs, status],
        js=_PRESSED,
        trigger_mode="multiple",
        concurrency_limit=_AT_ONCE,
        **quiet,
    ).success(None, None, None, js="() => window.rgFresh()")
    hidden("rg-word-stop").click(
        clerk.stop, fields[0], status, js="(id) => window.rgMark(id)", **quiet
    )


def read_wish(text: str) -> _Wish:
    """Return what the page's script says was pressed. Raises the page's error for anything else."""
    try:
        sent = json.loads(text)
        place = sent.get("place")
        block, _, sentence = str(place or "").partition(".")
        return _Wish(
            int(sent["ask"]),
            str(sent["how"]),
            (int(block), int(sentence)) if place else None,
            bool(sent.get("on")),
            bool(sent.get("agreed")),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise refuse("没有读到要用哪一稿，请刷新页面再试") from error


def _is_known(work: Work, wish: _Wish) -> bool:
    """Return whether what is wished can be done with what the model said before."""
    if wish.how in ("ours", "take"):
        return True
    assert work.draft is not None
    mine = [w for w in work.worded if w.ask == wish.ask and w.theirs is not None]
    return wish.how == "model" and bool(find_standing(work.draft, mine))


def choose_wordings(work: Work, wish: _Wish) -> Work:
    """Return the work with the model's sentences of an ask, or of one place, taken or left."""
    said = [w for w in work.worded if w.ask == wish.ask]
    if wish.how == "take":
        said = [w for w in said if w.place == wish.place]
    return _take(work, said, wish.ask, model=wish.on if wish.how == "take" else wish.how == "model")


def _take_all(work: Work, ask: int, written: Draft, said: Sequence[Wording]) -> Work:
    """Return the work with what the model said for an ask in the place of what it said before,
    those of its sentences that may stand taken."""
    if work.draft is None:
        return work
    old = [w for w in work.worded if w.ask == ask]
    bare = take_wordings(work.draft, old, model=False)
    others = tuple(w for w in work.worded if w.ask != ask)
    work = replace(work, draft=with_references(bare, written), worded=(*others, *said))
    return _take(work, said, ask, model=True)


def _take(work: Work, said: Sequence[Wording], ask: int, *, model: bool) -> Work:
    if work.draft is None:
        return work
    draft = take_wordings(work.draft, said, model=model)
    if draft == work.draft:
        return work
    # what was confirmed was said in other words
    values = {name: v for name, v in work.values.items() if name != name_confirmation(ask)}
    return replace(work, draft=draft, values=values)
