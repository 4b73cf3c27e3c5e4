"""Build the page: its tabs, who sees which, its look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from replygen.service.batches import Batches
from replygen.service.desk import Desk
from replygen.service.follow import Follower
from replygen.settings import Settings
from replygen.web.auth.who import ROLE_NAMES, Visitor, roles, visitor
from replygen.web.clerk.tab import build_clerk
from replygen.web.guard import Guard
from replygen.web.indexer.tab import build_indexer
from replygen.web.reviewer.tab import build_reviewer
from replygen.web.settings.tab import build_settings
from replygen.web.templating import render, render_macro
from replygen.web.welcome import Welcome, build_welcome
from replygen.web.year.tab import build_year

if TYPE_CHECKING:
    import gradio as gr

_HERE = Path(__file__).parent / "static"
_CSS = "".join((_HERE / name).read_text(encoding="utf-8") for name in ("page.css", "year.css"))
_AT_ONCE = 4  # requests of one kind that are worked on at the same time
_TITLE = "答复起草 replygen"
# A tab's name and the role that it is for, in the order of the page.
_TABS = (
    ("起草", "clerk"),
    ("批次", "clerk"),
    ("审核", "reviewer"),
    ("语料库", "indexer"),
    ("设置", "indexer"),
)
# Gradio's own greys and blues are too pale to read: WCAG 2.2, 1.4.3 wants 4.5 to 1.
_COLOURS = {
    "block_info_text_color": "#4b5563",
    "block_label_text_color": "#374151",
    "block_title_text_color": "#374151",
    "body_text_color_subdued": "#4b5563",
    "input_placeholder_color": "#5f6b7a",
    "input_border_color": "#8c959f",
    "button_primary_background_fill": "#1e4f91",
    "button_primary_background_fill_hover": "#163d70",
    "button_cancel_background_fill": "#b42318",
    "button_cancel_background_fill_hover": "#8f1b12",
    "color_accent": "#1d4ed8",
    "error_text_color": "#a40e26",
}
_NO_UNIT = "没有设置本单位信息，草稿里的单位名称等会留空"


def build_page(
    desk: Desk, *, signed_in: bool = False, follower: Follower | None = None
) -> gr.Blocks:
    """Return the page with its tabs. All requests share ``desk``. With ``signed_in`` there
    are users: each sees the tabs of the own roles only, and may do only what they do.
    ``follower`` is woken whenever the page is opened."""
    import gradio as gr

    page: gr.Blocks
    guard = Guard()
    with gr.Blocks(title=_TITLE, analytics_enabled=False, delete_cache=(3600, 86400)) as page:
        nowhere = gr.State(None)
        top = gr.HTML(_show_top(desk))
        batches = Batches(desk.settings)
        follower = follower or Follower(desk)
        follower.busy = lambda: batches.latest is not None and batches.latest.running

        def show_top() -> str:
            return _show_top(desk, visitor() if signed_in else None)

        welcome = Welcome(desk, batches, show_top)
        build_welcome(welcome, top, page, guard)
        tabs = []
        with gr.Tabs(selected=None if signed_in else _TABS[0][0]) as bar:
            for name, role in _TABS:
                with (
                    gr.Tab(name, id=name, visible=not signed_in) as tab,
                    guard.only(page, role),
                ):
                    gr.HTML(render_macro("heading", 2, name, "rg-unseen"))
                    if name == "起草":
                        start_clerk = build_clerk(desk)
                    else:
                        _build_tab(
                            name, desk, page, tab, (batches, follower), (top, show_top), signed_in
                        )
                tabs.append(tab)

        def on_load() -> list[Any]:
            held = roles()
            mine = [name for name, role in _TABS if role in held]
            shown = [gr.Tab(visible=name in mine) for name, _ in _TABS]
            return [
                _show_top(desk, visitor()),
                gr.Tabs(selected=mine[0] if mine else None),
                *shown,
            ]

        start_clerk(page)
        page.load(follower.wake, None, None, api_visibility="private", queue=False)
        page.load(
            on_load if signed_in else lambda: _show_top(desk),
            None,
            [top, bar, *tabs] if signed_in else top,
            api_visibility="private",
            show_progress="hidden",
            queue=False,
        )
    _tell_progress_to(nowhere, page)
    page.queue(default_concurrency_limit=_AT_ONCE)
    guard.protect(page)
    return page


def _tell_progress_to(nowhere: gr.State, page: gr.Blocks) -> None:
    """Keep the progress of what shows none away from the parts that it changes: Gradio (6.31)
    writes it into each of them several times a request, and each counts the time until the
    answer sixty times a second, seen or not."""
    for action in page.fns.values():
        if action.show_progress == "hidden":
            action.show_progress_on = [nowhere]


def _build_tab(
    name: str,
    desk: Desk,
    page: gr.Blocks,
    tab: gr.Tab,
    works: tuple[Batches, Follower],
    head: tuple[gr.HTML, Callable[[], str]],
    signed_in: bool,
) -> None:
    match name:
        case "批次":
            build_year(desk, tab)
        case "审核":
            build_reviewer(desk, page, signed_in=signed_in)
        case "语料库":
            build_indexer(desk, tab, *works, signed_in=signed_in)
        case _:
            build_settings(desk, page, *head)


def _show_top(desk: Desk, who: Visitor | None = None) -> str:
    """Return the line above the tabs: the unit, and on a network the user."""
    held = [word for role, word in ROLE_NAMES.items() if who is not None and role in who.roles]
    return render(
        "top.html",
        unit=desk.settings.profile.name or _NO_UNIT,
        user=None if who is None else who.name,
        held="、".join(held),
    )


def look(settings: Settings) -> dict[str, Any]:
    """Return what Gradio is told of the look, the script and the limits, however the page
    is served. Nothing of a run is kept in the browser."""
    return {
        "max_file_size": settings.limits.file_bytes,
        "show_error": True,
        "css": _CSS,
        "theme": theme(),
        "footer_links": [],
        "run_history": False,
        "blocked_paths": [str(settings.index), str(settings.work)],
    }


def theme() -> gr.themes.Base:
    """Return the page's look: fonts of the machine only, none from the network."""
    import gradio as gr

    fonts = ["Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "sans-serif"]
    return gr.themes.Default(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.slate,
        text_size=gr.themes.sizes.text_md,
        spacing_size=gr.themes.sizes.spacing_sm,
        font=fonts,
        font_mono=["Consolas", "monospace"],
    ).set(**_COLOURS)
