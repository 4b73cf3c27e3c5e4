"""The commands. They parse options, call the desk and show; no logic lives here.

Exit codes: 0 done, 1 a ``block`` finding is open (``check``, ``draft --final``),
2 a ReplygenError, told in one line on stderr, 130 interrupted.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, cast, get_args

import typer

from replygen import __version__
from replygen.cli.agents import mcp
from replygen.cli.audit import audit_log
from replygen.cli.drafts import check, clean, publish
from replygen.cli.follow import follow_app
from replygen.cli.index import fill, fill_after_adding
from replygen.cli.measure import eval_table, evaluate
from replygen.cli.options import JsonOption, count_up, open_desk, show_progress, state
from replygen.cli.sample import demo_output
from replygen.cli.scale import bench, copy
from replygen.cli.terminal import (
    echo,
    print_json,
    print_result,
    short,
    show_added,
    show_audit,
    show_draft,
    show_inspected,
)
from replygen.cli.users import user_app
from replygen.cli.writer import writer_demo
from replygen.cli.year import batch
from replygen.errors import ReadError, ReplygenError, SettingsError
from replygen.models import PassageKind

# typer carries its own copy of click since 0.26; older ones, on Python 3.10, use click.
try:
    from typer.exceptions import TyperException as UsageProblem
except ImportError:
    from click import ClickException as UsageProblem  # type: ignore[assignment]


app = typer.Typer(
    help="答复政协提案、人大建议：检索先例和法条，逐条起草，句句有出处。",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
index_app = typer.Typer(help="管理索引。", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(index_app, name="index")
app.add_typer(user_app, name="user")
app.add_typer(follow_app, name="follow")
for command in (batch, check, publish, clean, audit_log, bench, mcp):
    app.command()(command)
index_app.command()(fill)
app.command("writer-demo")(writer_demo)
app.command("eval")(evaluate)
app.command("eval-table")(eval_table)
index_app.command()(copy)

_GLOBALS = ("--index", "--profile")


# ── commands ───────────────────────────────────────────────────────────────


@app.callback()
def _root(
    index: Annotated[Path | None, typer.Option(help="索引所在文件夹（默认 ./index）")] = None,
    profile: Annotated[Path | None, typer.Option(help="本单位信息（TOML 文件）")] = None,
) -> None:
    state.index, state.profile = index, profile


@app.command()
def demo() -> None:
    """建好示例索引，起草示例提案，打印草稿在哪里、有哪些要处理。"""
    from replygen.service.sample import add_sample, sample_proposal
    from replygen.settings import sample_settings

    settings = sample_settings(state.settings())
    with open_desk(settings) as desk:
        if desk.status().documents == 0:
            echo("正在建示例索引（全部是虚构的示例材料）……")
            show_added(add_sample(desk))
            fill_after_adding(desk, True, quiet=False)
        proposal = desk.read_proposal(sample_proposal())
        result = desk.draft(proposal, output=demo_output("示例答复草稿.docx"))
    echo(f"提案：《{proposal.title}》（第{proposal.number}号），{len(proposal.asks)} 项建议")
    show_draft(result)


@app.command()
def inspect(file: Path, as_json: JsonOption = False) -> None:
    """解析一个文件：答复、提案、法规或文章。"""
    from replygen.service.json import inspect_json

    with open_desk() as desk:
        result = inspect_json(desk.inspect(file))
    if as_json:
        print_json(result)
    else:
        show_inspected(result)


@app.command()
def search(
    text: str,
    kind: Annotated[
        str | None, typer.Option(help=f"只找{'、'.join(get_args(PassageKind))}中的一种")
    ] = None,
    k: Annotated[int, typer.Option("-k", help="最多几条")] = 10,
    accurate: Annotated[bool, typer.Option("--accurate", help="多花时间，检索得更准")] = False,
    as_json: JsonOption = False,
) -> None:
    """检索措施、答复或法条。"""
    if kind is not None and kind not in get_args(PassageKind):
        raise SettingsError(f"--kind 只能是 {'、'.join(get_args(PassageKind))}")
    settings = state.settings()
    with open_desk(replace(settings, accurate=accurate or settings.accurate)) as desk:
        hits = desk.search(text, kind=cast("PassageKind | None", kind), k=k)
        notes = desk.search_notes()
        if as_json:
            from replygen.index.relevance import AskContext

            hits = desk.judge.mark(AskContext("", "", text), hits)
    if as_json:
        from replygen.service.json import search_json

        print_json(search_json(hits, notes))
        return
    if not hits:
        echo("没有找到。可以换个说法，或先用 replygen index add 添加材料。")
    for number, hit in enumerate(hits, 1):
        document = hit.passage.document
        origin = "，".join(x for x in (hit.passage.region or document.region, document.date) if x)
        more = f"，另有 {len(hit.also)} 处相同" if hit.also else ""
        echo(f"{number}. {hit.passage.title}〔{document.title}；{origin}{more}〕{hit.score:.2f}")
        echo(f"   {short(hit.passage.text, 120)}")
    for note in notes:
        echo(f"提示：{note}")


@app.command()
def draft(
    proposal: Path,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="写到哪里")] = None,
    material: Annotated[
        list[Path] | None, typer.Option(help="本单位材料，可多次给出；其中的事实可以写成已做")
    ] = None,
    form: Annotated[str | None, typer.Option(help="格式名或格式文件（templates/forms）")] = None,
    stance: Annotated[
        list[str] | None,
        typer.Option(
            help="怎样答，可多次给出：2=study、3.1=refer（done adopt partly study refer decline）"
        ),
    ] = None,
    confirm: Annotated[str | None, typer.Option(help="确认哪几项建议的拟办承诺，如 1,2,4")] = None,
    final: Annotated[bool, typer.Option(help="定稿：有必须改的问题就不写出")] = False,
    writer: Annotated[
        bool, typer.Option("--writer", help="用设置里的语言模型润色，逐句核对（docs/writer.md）")
    ] = False,
    writer_log: Annotated[
        Path | None, typer.Option("--writer-log", help="模型的提示和回答记到这个文件")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """为一件提案或建议起草答复，写成 .docx。"""
    from replygen.cli.writer import show_written, write_with_model
    from replygen.drafting import read_asks, read_choices
    from replygen.service.json import draft_json, writer_json

    if writer_log is not None and not writer:
        raise SettingsError("--writer-log 只和 --writer 一起用，请加上 --writer")
    with open_desk() as desk:
        asked = desk.read_proposal(proposal)
        stances = read_choices(stance or ())
        confirmed = read_asks(confirm, asked) if confirm is not None else ()
        if writer:
            written = write_with_model(
                desk, asked, output=output, material=material or (), form=form, final=final,
                stances=stances, confirm=confirmed, log=writer_log,
            )  # fmt: skip
            result, answer = written.result, writer_json(written)
        else:
            result = desk.draft(
                asked, output=output, material=material or (), form=form, final=final,
                stances=stances, confirm=confirmed,
            )  # fmt: skip
            written, answer = None, draft_json(result)
    if as_json:
        print_json(answer)
    else:
        for warning in asked.warnings:
            echo(f"读提案：{warning}")
        show_draft(result)
        if written is not None:
            show_written(written)
    if final and result.report.blocked:
        raise typer.Exit(1)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口")] = 7860,
    follow: Annotated[
        bool, typer.Option("--follow/--no-follow", help="网页开着时自己读取跟踪的来源")
    ] = True,
) -> None:
    """打开网页。"""
    from replygen.web import serve_page

    at = f"[{host}]" if ":" in host else host
    told = f"网页地址：http://{at}:{port}（按 Ctrl+C 停止）"
    settings = state.settings(new_profile=True)  # 设置 writes it
    if not follow:
        settings = replace(settings, follow=replace(settings.follow, every=0.0))
    serve_page(settings, host=host, port=port, on_open=lambda: echo(told))


@app.command()
def version() -> None:
    """打印版本号。"""
    echo(__version__)


# ── index commands ─────────────────────────────────────────────────────────


@index_app.command("add")
def index_add(
    paths: list[Path],
    own: Annotated[bool, typer.Option(help="这些是本单位自己的材料")] = False,
    region: Annotated[str | None, typer.Option(help="这些材料出自哪里，如 甲省乙市")] = None,
    now: Annotated[
        bool | None, typer.Option("--fill/--later", help="语义向量现在补齐，还是留到以后")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """添加文件、文件夹或 zip；没变过的跳过，改过的替换。"""
    from replygen.service.json import add_json

    with open_desk() as desk:
        with show_progress("读取") as progress:
            result = desk.add(paths, own=own, region=region, progress=progress, encode=0)
        if not as_json:
            show_added(result)
        encoded = fill_after_adding(desk, now, quiet=as_json)
    if as_json:
        print_json(add_json(replace(result, encoded=encoded)))
    taken = result.added + result.unchanged + result.updated + len(result.duplicates)
    if result.failed and not taken:
        path, reason = result.failed[0]
        raise ReadError(path, reason)


@index_app.command("import-laws")
def index_import_laws(
    path: Annotated[Path | None, typer.Option(help="laws.db，默认用随依赖安装的那一份")] = None,
    as_json: JsonOption = False,
) -> None:
    """导入国家法律法规。"""
    with open_desk() as desk:
        with show_progress("导入") as progress:
            count = desk.import_laws(path=path, progress=progress)
        encoded = fill_after_adding(desk, None, quiet=as_json)
        status = desk.status()
    if as_json:
        print_json(
            {
                "added": count,
                "documents": status.documents,
                "passages": status.passages,
                "vectors": encoded.vectors,
            }
        )
    else:
        echo(f"新导入 {count} 部；索引现有 {status.statutes} 部法规、{status.articles} 条")


@index_app.command("status")
def index_status(as_json: JsonOption = False) -> None:
    """索引里有什么。"""
    from replygen.service.json import plain_json

    with open_desk() as desk:
        print_result(plain_json(desk.status()), as_json)


@index_app.command("verify")
def index_verify(as_json: JsonOption = False) -> None:
    """检查索引是否完好。"""
    from replygen.service.json import plain_json

    with open_desk() as desk:
        report = desk.verify()
    if as_json:
        print_json(plain_json(report))
    else:
        echo("索引完好" if report.ok else "索引有问题：")
        for line in (*report.problems, *report.notes):
            echo(f"- {line}")
    if not report.ok:
        raise typer.Exit(1)


@index_app.command("audit")
def index_audit(as_json: JsonOption = False) -> None:
    """列出索引和格式文件里引用了已废止、未生效或不存在条文的材料。"""
    from replygen.service.copies import audit_desk
    from replygen.service.json import plain_json

    with open_desk() as desk, show_progress("核对") as progress:
        report = audit_desk(desk, progress=progress)
    if as_json:
        print_json(plain_json(report))
    else:
        show_audit(report)


@index_app.command("remove")
def index_remove(document_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """删去一份材料（ID 见 search --json 的 document）。"""
    with open_desk() as desk:
        desk.remove(document_id)
    echo(f"已删去 {document_id}")


@index_app.command("rebuild")
def index_rebuild() -> None:
    """从存储重建词索引和向量。"""
    with open_desk() as desk, show_progress("重建") as progress:
        desk.index.rebuild(count_up(progress, "条"))
        status = desk.status()
    echo(f"已重建：{status.documents} 份材料，{status.passages} 条")


# ── running ────────────────────────────────────────────────────────────────


def main(argv: Sequence[str] | None = None) -> None:
    """Run the commands and leave with the exit code; the entry point ``replygen``."""
    raise SystemExit(run(list(sys.argv[1:] if argv is None else argv)))


def run(argv: list[str]) -> int:
    """Run one command line; return its exit code. Errors are one line on stderr."""
    _use_utf8()
    gc.set_threshold(200_000, 50, 50)  # a run loads large tables once and then ends
    # the products of matrices here are small: a second thread waits for them, using a whole core
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        code = app(args=_globals_first(argv), prog_name="replygen", standalone_mode=False)
    except ReplygenError as error:
        return _fail(str(error))
    except UsageProblem as error:
        return _show_usage_problem(error)
    except (KeyboardInterrupt, typer.Abort):
        sys.stderr.write("已中断；已入库的内容都在\n")
        return 130
    except BrokenPipeError:
        return 0
    except Exception as error:  # no traceback reaches a user; a developer asks for it
        if os.environ.get("REPLYGEN_DEBUG"):
            raise
        return _fail(
            f"程序内部出错（{type(error).__name__}：{error}）；已入库的内容不受影响。"
            "请设 REPLYGEN_DEBUG=1 重试，把输出发给开发者"
        )
    return code if isinstance(code, int) else 0


def _globals_first(argv: list[str]) -> list[str]:
    """Move --index and --profile to the front, so that they may stand anywhere."""
    first: list[str] = []
    rest: list[str] = []
    words = iter(argv)
    for word in words:
        if word in _GLOBALS:
            first += [word, *([value] if (value := next(words, None)) is not None else [])]
        elif word.startswith(tuple(f"{name}=" for name in _GLOBALS)):
            first.append(word)
        elif word == "--":
            rest += [word, *words]
        else:
            rest.append(word)
    return first + rest


def _show_usage_problem(error: UsageProblem) -> int:
    """Say in one line what is wrong with the command line."""
    if type(error).__name__ == "NoArgsIsHelpError":
        echo(error.format_message())
        return 2
    parameter = getattr(error, "param", None)
    name = getattr(parameter, "opts", [""])[0] if parameter is not None else ""
    option = getattr(error, "option_name", None)
    if type(error).__name__ == "MissingParameter":
        detail = f"缺少参数 {name}"
    elif type(error).__name__ == "NoSuchOption":
        detail = f"没有选项 {option}"
    else:
        detail = f"命令写法不对：{error.format_message()}"
    return _fail(f"{detail}（replygen --help 查看用法）")


def _fail(message: str) -> int:
    sys.stderr.write(f"错误：{' '.join(message.split())}\n")
    return 2


def _use_utf8() -> None:
    """Chinese must print on a Windows console and in a pipe with a C locale too."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main()
