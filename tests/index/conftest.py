"""Fictional documents for the search room's tests."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from replygen.index import Index, open_index
from replygen.models import (
    Measure,
    Paragraph,
    Provision,
    Reply,
    Section,
    Source,
    Statute,
)

MakeReply = Callable[..., tuple[Reply, Source]]
MakeStatute = Callable[..., tuple[Statute, Source]]

_TOPICS = {
    "直播": ("建立直播带货巡查机制", "对直播间虚假宣传开展定向监测，约谈主播和平台"),
    "电梯": ("推行电梯按需维保", "给老旧小区电梯装上物联网感知装置，困人故障自动报警"),
    "食堂": ("校园食堂互联网加明厨亮灶", "学校食堂后厨画面接入监管平台，家长可以随时查看"),
    "养老": ("发展社区助餐服务", "在街道设老年食堂，给高龄独居老人送餐上门"),
}


def write_source(path: str, text: str) -> Source:
    lines = text.split("\n")
    return Source(
        path=path,
        sha256=hashlib.sha256(f"{path}|{text}".encode("utf-8", "surrogatepass")).hexdigest(),
        format="txt",
        paragraphs=tuple(Paragraph(line, index=i) for i, line in enumerate(lines)),
    )


@pytest.fixture(scope="session")
def make_replies() -> MakeReply:
    """(path, topic, place) -> a fictional reply with two measures."""

    def make(
        path: str = "a.docx",
        *,
        topic: str = "直播",
        place: str = "云川市",
        extra: str = "",
        number: str | None = "0126",
        doc_number: str | None = None,
    ) -> tuple[Reply, Source]:
        lead, text = _TOPICS[topic]
        measures = (
            Measure(lead, f"{lead}。{text}。{extra}", "done", region=place, section="主要做法"),
            Measure("强化部门协同", f"强化{topic}领域部门协同，{place}每季度会商一次。", "planned"),
        )
        body = "\n".join(m.text for m in measures)
        title = f"关于{place}{topic}工作提案的答复"
        reply = Reply(
            title=title,
            channel="cppcc",
            level="市",
            region=place,
            host_role="主办",
            session="十四届三次",
            number=number,
            subject=f"关于加强{topic}工作",
            addressees=(),
            issuer=f"{place}市场监督管理局",
            doc_number=doc_number,
            signer=None,
            result_class="A",
            openness=None,
            date="2026-06-06",
            contacts=(),
            cc=(),
            sections=(Section("主要做法", 1, body, "done"),),
            measures=measures,
        )
        return reply, write_source(path, f"{title}\n{body}")

    return make


@pytest.fixture
def make_reply(make_replies: MakeReply) -> MakeReply:
    """The same for one test."""
    return make_replies


@pytest.fixture(scope="session")
def make_statutes() -> MakeStatute:
    """(name, articles, status, effective) -> a fictional statute."""

    def make(
        name: str = "澜江省集市管理条例",
        articles: int = 3,
        *,
        status: str = "in_force",
        effective: str = "2024-01-01",
    ) -> tuple[Statute, Source]:
        numerals = "一二三四五六七八九"
        provisions = tuple(
            Provision(
                f"第{numerals[i]}条", f"{name}所称集市摊位第{i + 1}类须登记。", ("第一章 总则",)
            )
            for i in range(articles)
        )
        statute = Statute(name, status, provisions, effective=effective)
        text = "\n".join(p.text for p in provisions)
        return statute, write_source(f"{name}{effective}.txt", text)

    return make


@pytest.fixture
def make_statute(make_statutes: MakeStatute) -> MakeStatute:
    """The same for one test."""
    return make_statutes


@pytest.fixture(scope="session")
def fill_sample(make_replies: MakeReply, make_statutes: MakeStatute) -> Callable[[Index], None]:
    """(index) puts in four replies of other places, one of ours and two statutes."""

    def fill(index: Index) -> None:
        for i, topic in enumerate(("直播", "电梯", "食堂", "养老")):
            index.add(*make_replies(f"{i}.docx", topic=topic, number=f"012{i}"))
        index.add(*make_replies("own.docx", topic="电梯", place="青浦县"), own=True)
        index.add(*make_statutes())
        index.add(*make_statutes("澜江省集市管理条例实施细则", 5))

    return fill


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    """An empty index."""
    with open_index(tmp_path / "index", encoder="hash") as opened:
        yield opened


@pytest.fixture
def source_of() -> Callable[[str, str], Source]:
    """(path, text) -> a source."""
    return write_source
