"""Build and serve the page."""

from __future__ import annotations

import os
from contextlib import suppress
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING, Any

from replygen.desk import Desk
from replygen.errors import ReplygenError, SettingsError
from replygen.settings import Settings
from replygen.web.clerk import build_clerk
from replygen.web.headers import SecurityHeaders
from replygen.web.indexer import build_indexer
from replygen.web.reviewer import build_reviewer

if TYPE_CHECKING:
    import gradio as gr

_HERE = Path(__file__).parent
_CSS = (_HERE / "page.css").read_text(encoding="utf-8")
_JS = (_HERE / "page.js").read_text(encoding="utf-8")
_WARM = "关于加强食品安全监管的提案\n建议：一、加强日常监管。"
_AT_ONCE = 4  # requests of one kind that are worked on at the same time
_TITLE = "答复起草 replygen"


def serve_page(settings: Settings, *, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serve the page until it is stopped. Nothing is asked of any other host.
    Raises SettingsError when the port is taken."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    desk = Desk(settings)
    page = build_page(desk)
    Thread(target=_warm, args=(desk,), daemon=True).start()
    try:
        page.launch(server_name=host, server_port=port, **launch_options(settings))
    except OSError as error:
        raise SettingsError(f"端口 {port} 打不开（可能被占用），请用 --port 换一个") from error


def launch_options(settings: Settings) -> dict[str, Any]:
    """Return what Gradio's launch is told besides the address: look, script, limits,
    headers."""
    from starlette.middleware import Middleware

    return {
        "max_file_size": settings.limits.file_bytes,
        "quiet": True,
        "show_error": True,
        "css": _CSS,
        "theme": theme(),
        "head": f"<script>{_JS}</script>",
        "footer_links": [],
        "app_kwargs": {"middleware": [Middleware(SecurityHeaders)]},
    }


def _warm(desk: Desk) -> None:
    """Load in the background what the first request would wait for; what is wrong is told
    to whoever asks."""
    with suppress(ReplygenError, OSError), TemporaryDirectory() as folder:
        proposal = desk.paste_proposal(_WARM)
        desk.evidence(proposal)
        desk.draft(proposal, output=Path(folder) / "warm.docx")


def build_page(desk: Desk) -> gr.Blocks:
    """Return the page with its three tabs. All requests share ``desk``."""
    import gradio as gr

    page: gr.Blocks
    unit = desk.settings.profile.name or "没有设置本单位信息，草稿里的单位名称等会留空"
    with gr.Blocks(title=_TITLE, analytics_enabled=False, delete_cache=(3600, 86400)) as page:
        gr.HTML(
            f"<header class='rg-top'><h1>提案建议答复起草</h1><span>{escape(unit)}</span></header>"
        )
        with gr.Tab("起草"):
            build_clerk(desk)
        with gr.Tab("审核"):
            build_reviewer(desk)
        with gr.Tab("语料库"):
            build_indexer(desk, page)
    page.queue(default_concurrency_limit=_AT_ONCE)
    return page


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
    )
