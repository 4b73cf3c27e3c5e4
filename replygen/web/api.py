"""Endpoints for other office systems: draft, check, search, add (docs/api.md).

They are Gradio's own named endpoints, apart from those of the page, so that the page can
change without breaking a caller. What comes back is the JSON of the commands.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args

from replygen.models import PassageKind
from replygen.service.desk import Desk
from replygen.service.json import JsonObject, add_json, check_json, draft_json, search_json
from replygen.web.asking import asking, refuse
from replygen.web.guard import Guard
from replygen.web.show import show_empty

if TYPE_CHECKING:
    import gradio as gr

_ABOUT = "这里是供其他办公系统调用的接口：draft、check、search、add。用法见 docs/api.md。"
_MOST_TEXT, _MOST_HITS = 200_000, 100
_AT_ONCE = 4


def build_api(desk: Desk) -> gr.Blocks:
    """Return the endpoints as an application of their own. All share ``desk``."""
    import gradio as gr

    api: gr.Blocks
    guard, endpoints = Guard(), Endpoints(desk)
    with gr.Blocks(title="接口", analytics_enabled=False, delete_cache=(3600, 86400)) as api:
        gr.HTML(show_empty(_ABOUT))
        text, kind = gr.Textbox("", visible=False), gr.Textbox("", visible=False)
        number = gr.Number(10, precision=0, visible=False)
        mark = gr.Checkbox(False, visible=False)
        one, other = gr.File(visible=False), gr.File(visible=False)
        many = gr.File(visible=False, file_count="multiple")
        answer, file = gr.JSON(visible=False), gr.File(visible=False)
        call = gr.Button(visible=False)
        with guard.only(api, "clerk"):
            call.click(endpoints.draft, [text, one, many, kind], [answer, file], api_name="draft")
        with guard.only(api, "clerk", "reviewer"):
            call.click(endpoints.check, [one, other], answer, api_name="check")
        with guard.only(api, "clerk", "reviewer", "indexer"):
            call.click(endpoints.search, [text, kind, number], answer, api_name="search")
        with guard.only(api, "indexer"):
            call.click(
                endpoints.add, [many, mark, text], answer, api_name="add", concurrency_limit=1
            )
    api.queue(default_concurrency_limit=_AT_ONCE)
    guard.protect(api)
    return api


class Endpoints:
    """The endpoints: each method is one."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def draft(
        self,
        text: str = "",
        proposal: str | None = None,
        material: list[str] | None = None,
        form: str = "",
    ) -> tuple[JsonObject, str]:
        """Return a draft for the proposal in ``text`` or in the file ``proposal``, and its
        .docx. What stands in ``material`` may be stated as done."""
        if len(text or "") > _MOST_TEXT:
            raise refuse(f"text 最多 {_MOST_TEXT} 字，请改用文件")
        output = Path(tempfile.mkdtemp(prefix="replygen-")) / "答复草稿.docx"
        with asking(self.desk) as desk:
            asked = (
                desk.read_proposal(Path(proposal)) if proposal else desk.paste_proposal(text or "")
            )
            paths = [Path(p) for p in material or ()]
            result = desk.draft(asked, output=output, material=paths, form=_form(form))
        return without_paths(draft_json(result)) | {"docx": output.name}, str(output)

    def check(self, draft: str | None = None, proposal: str | None = None) -> JsonObject:
        """Return everything that checking says about a reply, best with its proposal."""
        if not draft:
            raise refuse("缺少 draft：请先上传要核查的答复稿")
        with asking(self.desk) as desk:
            result = desk.check(Path(draft), proposal=Path(proposal) if proposal else None)
        return without_paths(check_json(result))

    def search(self, query: str = "", kind: str = "", k: int = 10) -> JsonObject:
        """Return at most ``k`` passages, best first."""
        if kind and kind not in get_args(PassageKind):
            raise refuse(f"kind 只能是 {'、'.join(get_args(PassageKind))}，或者空着")
        most = min(int(k or 10), _MOST_HITS)
        with asking(self.desk) as desk:
            found = desk.search(query or "", kind=cast("PassageKind", kind) or None, k=most)
            notes = desk.search_notes()
        return without_paths(search_json(found, notes))

    def add(
        self, files: list[str] | None = None, own: bool = False, region: str = ""
    ) -> JsonObject:
        """Add files or archives to the index; return what became of them."""
        if not files:
            raise refuse("缺少 files：请先上传要加入的文件")
        # A desk of its own: whoever searches or drafts meanwhile is not kept waiting.
        with asking(self.desk), Desk(self.desk.settings) as desk:
            result = desk.add(
                [Path(p) for p in files], own=own, region=(region or "").strip() or None
            )
        return without_paths(add_json(result))


def _form(name: str) -> str | None:
    """Return the form's name; a path is none, so that no file of the server is opened."""
    name = (name or "").strip()
    if name and not name.replace("-", "").replace("_", "").isalnum():
        raise refuse("form 只能是格式的名字，如 letter、phase，或者空着")
    return name or None


def without_paths(answer: JsonObject) -> JsonObject:
    """Return the JSON with ``file``, a name, for each ``path``: where the server keeps its
    files is nobody's business, and Gradio's client takes a ``path`` for a download."""
    return {
        "file" if key == "path" else key: _name(item)
        if key in ("path", "of") and isinstance(item, str)
        else _without_paths(item)
        for key, item in answer.items()
    }


def _without_paths(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, list | tuple):
        return [_without_paths(item) for item in value]
    return without_paths(value) if isinstance(value, dict) else value


def _name(path: str) -> str:
    outer, mark, inner = path.partition("!")
    return f"{Path(outer).name}{mark}{inner}"
