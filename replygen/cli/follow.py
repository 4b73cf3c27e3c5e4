"""The commands on what is followed: sites, feeds and folders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from replygen.cli.options import JsonOption, open_desk, show_progress, state
from replygen.cli.terminal import echo, print_json
from replygen.errors import ReadError, SettingsError

if TYPE_CHECKING:
    from replygen.service.follow import FollowReport

follow_app = typer.Typer(
    help="让语料库自己跟上：栏目网页、RSS、文件夹。只在运行 follow run 时读取。",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_KINDS = {"html": "栏目网页", "rss": "RSS", "folder": "文件夹"}


@follow_app.command("add")
def follow_add(
    name: str,
    place: Annotated[str, typer.Argument(metavar="URL|DIR", help="栏目网址，或文件夹")],
    kind: Annotated[str | None, typer.Option(help="网址是 html（栏目网页）还是 rss")] = None,
    own: Annotated[bool, typer.Option(help="这些是本单位自己的材料")] = False,
    region: Annotated[str | None, typer.Option(help="这些材料出自哪里，如 甲省乙市")] = None,
    title: Annotated[str | None, typer.Option(help="只收题目符合这个正则表达式的")] = None,
    inside: Annotated[bool, typer.Option(help="这是内网的网站")] = False,
    as_json: JsonOption = False,
) -> None:
    """加一个来源；这时不联网。"""
    from replygen.service.follow import add_follow
    from replygen.service.json import plain_json

    work = state.settings().work
    found = add_follow(
        work, name, place, kind=kind, own=own, region=region, title=title, inside=inside
    )
    if as_json:
        print_json(plain_json(found))
    else:
        kind = _KINDS[found.kind]
        echo(f"已加来源 {found.name}（{kind}）：{found.place}；读取：replygen follow run {name}")


@follow_app.command("list")
def follow_list(as_json: JsonOption = False) -> None:
    """列出来源，上次什么时候读的、读到了什么。"""
    from replygen.service.json import plain_json
    from replygen.workspace import FollowStore, tell_time

    sources = FollowStore(state.settings().work).sources()
    if as_json:
        print_json({"sources": [plain_json(source) for source in sources]})
        return
    if not sources:
        echo("还没有来源。添加：replygen follow add 名字 网址或文件夹")
    for source in sources:
        last = f"{tell_time(source.ran)} {source.told}" if source.ran else "还没有读过"
        echo(f"{source.name}（{_KINDS[source.kind]}）：{source.place}；{last}")


@follow_app.command("run")
def follow_run(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...")] = None,
    drop: Annotated[bool, typer.Option("--drop", help="来源里已经没有的，从语料库删去")] = False,
    as_json: JsonOption = False,
) -> None:
    """读取来源（不写名字就是全部）：新的、改过的加入语料库。可以手动运行，也可以定时运行。"""
    from replygen.service.encoding import encode_added
    from replygen.service.follow import run_follow
    from replygen.service.json import follow_json
    from replygen.workspace import FollowStore

    settings = state.settings()
    wanted = names or [source.name for source in FollowStore(settings.work).sources()]
    if not wanted:
        raise SettingsError("还没有来源，先用 replygen follow add 添加")
    reports = []
    with open_desk() as desk, show_progress("读取") as progress:
        for name in dict.fromkeys(wanted):
            report = run_follow(desk.index, settings, name, drop=drop, progress=progress)
            reports.append(report)
        encode_added(desk.index)
    if as_json:
        print_json({"sources": [follow_json(report) for report in reports]})
    else:
        for report in reports:
            _show_report(report)
    if all(report.error for report in reports):
        failed = reports[0]
        raise ReadError(failed.followed.place, failed.error or "")


@follow_app.command("remove")
def follow_remove(name: str, as_json: JsonOption = False) -> None:
    """不再跟踪一个来源；已经加入语料库的留着。"""
    from replygen.workspace import FollowStore

    FollowStore(state.settings().work).remove(name)
    if as_json:
        print_json({"removed": name})
    else:
        echo(f"已去掉来源 {name}，已经加入的材料都留着")


@follow_app.command("log")
def follow_log(
    name: Annotated[str | None, typer.Argument()] = None,
    n: Annotated[int, typer.Option("-n", min=1, help="最近几次")] = 50,
    as_json: JsonOption = False,
) -> None:
    """列出每一次联网：什么时候、读了哪个网址、结果怎样。"""
    from replygen.service.json import plain_json
    from replygen.workspace import FollowStore, tell_time

    fetches = FollowStore(state.settings().work).fetches(name, most=n)
    if as_json:
        print_json({"fetches": [plain_json(fetch) for fetch in fetches]})
        return
    for fetch in fetches:
        note = f"（{fetch.note}）" if fetch.note else ""
        answer = f"{fetch.status or '没有回答'} {fetch.bytes} 字节 {fetch.seconds:.1f} 秒{note}"
        echo(f"{tell_time(fetch.at)} {fetch.source} {fetch.url} {answer}")


def _show_report(report: FollowReport) -> None:
    """Print what a run did: one line, and a line for each thing to look at."""
    echo(f"{report.followed.name}：{report.words}（{report.seconds:.1f} 秒）")
    for place, why in (*report.failed, *report.refused):
        echo(f"  {place}：{why}")
    for gone in report.gone:
        fate = "已从语料库删去" if gone.removed else "来源里已经没有"
        echo(f"  {fate}：{gone.place}" + (f"《{gone.title}》" if gone.title else ""))
    for left in report.left:
        echo(f"  删过，没有再加：{left.path}《{left.title}》；要加：replygen index add 这个文件")
    if any(gone.document and not gone.removed for gone in report.gone):
        echo(f"  要从语料库删去这些：replygen follow run {report.followed.name} --drop")
