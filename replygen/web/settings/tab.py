"""设置: the unit's profile, the forms, the encoder, the fonts, with the first page beside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, get_args

from replygen.drafting.forms import form_titles
from replygen.drafting.schemes import scheme_titles
from replygen.models import Level
from replygen.service.desk import Desk
from replygen.settings import OPENNESS
from replygen.web.settings.answers import SettingsForm, show_first_hint
from replygen.web.templating import render, render_macro

if TYPE_CHECKING:
    import gradio as gr

Field = tuple[str, str, str]
# Field, label, what it is for: as a clerk would say it.
_UNIT = (
    ("name", "单位全称", "写在抬头和落款里，如：云川市市场监督管理局。必须填。"),
    ("short", "自称", "正文里怎么称自己：我局、我委、我办。"),
    ("region", "所在地区", "本单位管的地方，如：云川市。别处的地名会被当作外地来查。"),
    ("province", "所在省", "如：澜江省。"),
    ("function", "主管工作", "用在结尾的感谢里：感谢您对……工作的关心。如：市场监管。"),
    ("doc_prefix", "发文字号代字", "文号〔年份〕前面的字，如：云市监提复。"),
    ("signer", "签发人", "红头文件格式里的签发人，不用红头的可以空着。"),
)
_LISTS = (
    ("contacts", "联系人", "一人一行：姓名 电话。写在答复末尾；公开稿会去掉。"),
    ("places", "本地的地名", "本地区里的县区、乡镇、街道，一行一个。写到它们不算外地。"),
    ("partners", "可以写到的单位", "会一起办事的部门、协会，一行一个。写到它们不算外地。"),
    ("cc", "抄送", "一行一个；空着就按格式里的规定。"),
)
_FONTS = (
    ("title", "标题", "GB/T 9704 规定小标宋"),
    ("body", "正文", "仿宋"),
    ("kai", "二级标题、签发人姓名", "楷体"),
    ("hei", "一级标题", "黑体"),
    ("song", "页码", "宋体"),
)
_OPENNESS = ["", *OPENNESS]
_ENCODERS = {
    "replygen": "按意思找（自带的模型；材料多时，第一次要在后台算一会儿）",
    "hash": "按字面找（最快，不认得近义词）",
}


def build_settings(desk: Desk, page: gr.Blocks, top: gr.HTML, show_top: Callable[[], str]) -> None:
    """Lay out the tab and wire it; what stands at the ``top`` names the unit that was saved."""
    import gradio as gr

    form = SettingsForm(desk)
    now = form.values()
    made: dict[str, Any] = {}
    with gr.Row(elem_classes="rg-desk"):
        with gr.Column(scale=6, min_width=320):
            gr.HTML(render_macro("heading", 3, "本单位信息"))
            with gr.Group():
                for pair in _pairs(_UNIT):
                    with gr.Row():
                        for name, label, info in pair:
                            made[name] = gr.Textbox(now[name], label=label, info=info, max_lines=1)
                with gr.Row():
                    made["level"] = gr.Dropdown(
                        list(get_args(Level)),
                        value=now["level"],
                        label="级别",
                        info="本单位是哪一级的。",
                    )
                    made["openness"] = gr.Dropdown(
                        _OPENNESS,
                        value=now["openness"],
                        label="公开属性",
                        info="写在答复上；空着就留空待填。",
                        allow_custom_value=True,
                    )
                for pair in _pairs(_LISTS):
                    with gr.Row():
                        for name, label, info in pair:
                            made[name] = gr.Textbox(
                                now[name], label=label, info=info, lines=4, max_lines=6
                            )
                made["fictional"] = gr.Checkbox(
                    now["fictional"], label="这是示例单位，不是真的", info="真的单位不要勾。"
                )
            gr.HTML(render_macro("heading", 3, "格式"))
            with gr.Group():
                made["form"] = gr.Dropdown(
                    _with(form_titles(), now["form"]),
                    value=now["form"],
                    label="平时用的答复格式",
                    info="起草时还可以临时换。",
                )
                made["scheme"] = gr.Dropdown(
                    [("按提案还是建议自动选", ""), *_with(scheme_titles(), now["scheme"])],
                    value=now["scheme"],
                    label="办理类别",
                    info="同一个字母各地意思不同：照本地办理办法选。",
                )
                made["encoder"] = gr.Radio(
                    _with(_ENCODERS, now["encoder"]), value=now["encoder"], label="检索方式"
                )
            with gr.Accordion("字体（一般不用改）", open=False):
                gr.HTML(render("settings/fonts_hint.html"))
                for name, label, info in _FONTS:
                    made[f"font_{name}"] = gr.Textbox(
                        now[f"font_{name}"], label=label, info=info, max_lines=1
                    )
            told = gr.HTML()
            with gr.Row():
                save = gr.Button("保存设置", variant="primary")
                look = gr.Button("看首页样子")
        with gr.Column(scale=4, min_width=320, elem_classes="rg-side"):
            gr.HTML(render_macro("heading", 3, "答复第一页"))
            shown = gr.HTML(show_first_hint(), elem_id="rg-preview")

    names, inputs = tuple(made), list(made.values())

    def on_save(*sent: Any) -> str:  # noqa: ANN401 - fields of any kind
        return form.save(dict(zip(names, sent, strict=True)))

    def on_look(*sent: Any) -> Iterator[str]:  # noqa: ANN401 - fields of any kind
        yield from form.preview(dict(zip(names, sent, strict=True)))

    def on_load() -> list[Any]:
        values = form.values()
        return [values[name] for name in names]

    private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    save.click(on_save, inputs, told, api_name="save_settings").success(
        show_top, None, top, **private
    )
    showing: dict[str, Any] = {"concurrency_limit": 1, "trigger_mode": "always_last", **private}
    look.click(on_look, inputs, shown, **showing)
    changes = [
        c.blur if isinstance(c, gr.Textbox) else c.input for n, c in made.items() if n != "encoder"
    ]
    gr.on(changes, on_look, inputs, shown, **showing)
    page.load(on_load, None, inputs, **private)


def _pairs(fields: Sequence[Field]) -> list[Sequence[Field]]:
    return [fields[at : at + 2] for at in range(0, len(fields), 2)]


def _with(titles: dict[str, str], current: str) -> list[tuple[str, str]]:
    """Return choices as (shown, value), with the current one also where it is no usual one."""
    choices = [(title, name) for name, title in titles.items()]
    return choices if not current or current in titles else [*choices, (current, current)]
