"""The first start: what an empty page offers, and a word while the fictional sample is in use.

The laws, the sample and the unit's own files are one click each; the sample's material never
stays beside a real unit's without a warning.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any

from replygen.laws import is_imported
from replygen.service.batches import Batches
from replygen.service.desk import Desk
from replygen.service.sample import is_sample, remove_sample, sample_paths, sample_proposal
from replygen.settings import load_profile, resource
from replygen.web.asking import asking, refuse, watch
from replygen.web.auth.who import roles, who
from replygen.web.guard import Guard
from replygen.web.settings.answers import keep_profile
from replygen.web.templating import render
from replygen.workspace import Work

if TYPE_CHECKING:
    import gradio as gr

_WORDS = {"counting": "正在清点", "reading": "正在加入", "finishing": "正在收尾"}


class Welcome:
    """The requests above the tabs, over one desk; ``batches`` are those of the 语料库 tab."""

    def __init__(self, desk: Desk, batches: Batches, show_top: Callable[[], str]) -> None:
        self.desk = desk
        self.batches = batches
        self._top = show_top

    def show(self, told: str = "") -> str:
        """Return what is offered now; "" where the unit works with its own material."""
        with asking(self.desk) as desk:
            view = self.batches.latest.view() if self.batches.latest is not None else None
            own = desk.index.documents(own=True)
            profile, held = desk.settings.profile, roles()
            sample = any(map(is_sample, own))
            return render(
                "welcome.html",
                running=view is not None and view.running,
                label=view.label if view else "",
                word=_WORDS.get(view.state, "") if view else "",
                done=view.counts.get("law", view.done) if view else 0,
                total=view.total if view else 0,
                empty=not own and not desk.documents(),
                sample=sample,
                fictional=profile.fictional,
                named=bool(profile.name),
                offered=profile.fictional or not profile.name,
                laws=not sample or any(is_imported(d.path) for d in desk.documents()),
                indexer="indexer" in held,
                clerk="clerk" in held,
                told=told,
            )

    async def act(self, what: str) -> AsyncIterator[tuple[str, str]]:
        """Do what was clicked, giving what is offered and the line above it until it is done."""
        told = ""
        with asking(self.desk):
            self.batches.settings = self.desk.settings
            if what == "laws":
                self.batches.import_laws(by=who())
            elif what == "sample":
                self._load_sample()
            elif what == "remove":
                gone = await asyncio.to_thread(remove_sample, self.desk)
                told = f"示例材料 {gone} 份已经去掉。请在“设置”里写上本单位，再加入本单位的材料。"
            else:
                raise refuse("没有读到您点的是什么，请刷新页面再试")
        async for seen in watch(lambda: (self.show(told), self._top()), self._is_running):
            yield seen

    def draft_sample(self) -> str:
        """Return a draft of the asking user for the sample's proposal, to be opened."""
        with asking(self.desk) as desk:
            source = desk.read_attached(sample_proposal())
            return desk.drafts.create(who(), Work(desk.read_proposal(source), source.text))

    def _is_running(self) -> bool:
        return self.batches.latest is not None and self.batches.latest.running

    def _load_sample(self) -> None:
        """Begin to add the sample, under its own unit: a real one's facts are never the
        sample's."""
        profile = self.desk.settings.profile
        if profile.name and not profile.fictional:
            raise refuse("已经写了本单位的信息，不能装入虚构的示例")
        theirs, ours = sample_paths()
        self.batches.add(theirs, ours=ours, by=who(), label="装入示例")
        if not profile.name:
            keep_profile(self.desk, load_profile(resource("corpus", "profile.toml")))


def build_welcome(welcome: Welcome, top: gr.HTML, page: gr.Blocks, guard: Guard) -> None:
    """Lay it out below ``top`` and wire it; what it shows is asked for as the page opens."""
    import gradio as gr

    shown = gr.HTML(elem_id="rg-welcome")
    wanted, opened = gr.Textbox(visible=False), gr.Textbox(visible=False)
    private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    with guard.only(page, "indexer"):
        gr.Button("做", visible="hidden", elem_id="rg-welcome-act").click(
            welcome.act,
            wanted,
            [shown, top],
            js="() => window.rgWelcome || ''",
            concurrency_limit=None,
            **private,
        ).success(None, js="() => window.rgTabAgain()")
    with guard.only(page, "clerk"):
        gr.Button("起草", visible="hidden", elem_id="rg-welcome-draft").click(
            welcome.draft_sample, None, opened, **private
        ).success(None, opened, None, js="(id) => window.rgToDesk(id)")
    refresh = gr.Button("刷新", visible="hidden", elem_id="rg-welcome-show")
    refresh.click(welcome.show, None, shown, **private)
    page.load(welcome.show, None, shown, queue=False, **private)
