"""Measure what a clerk waits for: the first screen, the letter, a stance, a search.

    python tools/time_page.py [--passages 100000] [--rounds 5] [--users 4] [--keep FOLDER] [--json]

It makes an index of recombined passages (evaluation/bench_corpus.py) and our own sample
corpus, every passage with both vectors (composed, as in ``replygen bench``), starts ``replygen
serve`` as a user does, and asks through Debian's chromium: one user first, then ``--users`` at
once, each in a browser context of its own. The bars are issue 14 §4 on a quiet machine: first
screen 2 s after the server is up, paste to letter 2 s, a stance changed 0.3 s, a search 0.5 s,
several users at once twice that at p95. ``first_answer`` is the server's start and has no bar.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.evaluation.bench_corpus import Corpus
from replygen.index.encoders.loading import load_stages
from replygen.index.local.store import Store
from replygen.service.desk import Desk
from replygen.settings import Settings, load_profile, resource

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    Times = dict[str, list[float]]

HEAD = """第{number:04d}号
关于加强直播电商和校外托管监管的提案
提案人：林静
直播电商和校外托管发展很快，消费者和家长的投诉也在增加。
建议：
"""
# {} is a kind of goods: every paper asks for what none before it asked
WISHES = (
    "建立{}直播带货的抽检制度，公布抽检结果。",
    "对{}网店经营者开展法规培训，明示退换货规则。",
    "摸清经营{}的校外托管机构底数，建立台账。",
    "对出售{}的托管机构加强日常检查。",
    "完善{}消费维权服务站，及时调解纠纷。",
    "加大对{}领域侵害消费者权益行为的查处力度。",
)
KINDS = (
    "食品", "服装", "玩具", "家电", "农资", "化妆品", "保健品", "图书", "文具", "家具",
    "药品", "眼镜", "首饰", "水产", "茶叶", "粮油", "奶粉", "灯具", "箱包", "鞋类",
)  # fmt: skip
_NUMBERS = itertools.count(1)
BARS = {"first_screen": 2.0, "letter": 2.0, "stance": 0.3, "search": 0.5}
STANCES = ("study", "accept")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
_BATCH = 5_000


def make_index(settings: Settings, passages: int) -> float:
    """Fill an empty index; return the seconds that it took."""
    start = time.perf_counter()
    corpus = Corpus(passages)
    with Desk(settings) as desk:
        if desk.status().documents:
            return 0.0
        desk.add([resource("corpus", "own")], own=True)
        desk.add([resource("corpus", "others"), resource("corpus", "rules")])
        before = desk.status().passages
        for parsed, source in corpus.documents():
            desk.index.add(parsed, source)
        desk.index.catch_up()
    compose_slow(settings, corpus, before)
    return time.perf_counter() - start


def compose_slow(settings: Settings, corpus: Corpus, before: int) -> None:
    """Keep composed slow vectors for the corpus' passages, which stand behind ``before``."""
    slow = load_stages(settings.encoder)[1]
    if slow is None:
        return
    sentences = slow.encode(corpus.sentences, kind="passage")
    store = Store(settings.index)
    for start in range(0, len(corpus.picks), _BATCH):
        end = min(len(corpus.picks), start + _BATCH)
        ids = range(before + start + 1, before + end + 1)
        store.keep_vectors(slow.name, ids, corpus.compose(sentences, start, end))
    store.close()
    with Desk(settings) as desk:
        desk.index.catch_up()


def measure(settings: Settings, rounds: int, users: int) -> tuple[Times, Times]:
    """Return the seconds of each step, for one user and for ``users`` at once."""
    found: Times = {name: [] for name in ("first_answer", *BARS)}
    port = find_port()
    start = time.perf_counter()
    server = serve(settings, port)
    try:
        wait_for_port(port)
        found["first_answer"].append(time.perf_counter() - start)
        ask_often(port, rounds, found)
        return found, ask_at_once(port, rounds, users) if users > 1 else {}
    finally:
        server.terminate()
        server.wait(timeout=20)


def serve(settings: Settings, port: int) -> subprocess.Popen[bytes]:
    """Start ``replygen serve`` beside the index."""
    folder = settings.index.parent
    (folder / "replygen.toml").write_text(f'encoder = "{settings.encoder}"\n', encoding="utf-8")
    command = [sys.executable, "-c", "from replygen.cli.main import main; main()"]
    command += ["--index", str(settings.index), "--profile", str(settings.profile_path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(
        [*command, "serve", "--port", str(port)],
        cwd=folder, env=environment, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def ask_often(port: int, rounds: int, found: Times) -> None:
    """Go from the empty page to the letter ``rounds`` times, each in a context of its own;
    the seconds go into ``found``. A browser of its own, so that a thread may run it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGS)
        try:
            for _ in range(rounds):
                ask_once(browser, port, found)
        finally:
            browser.close()


def ask_at_once(port: int, rounds: int, users: int) -> Times:
    """Return the seconds of ``users`` who work at the same time."""
    found: Times = {name: [] for name in BARS}
    threads = [threading.Thread(target=ask_often, args=(port, rounds, found)) for _ in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def make_proposal() -> str:
    """Return a proposal of six asks, none of which was pasted before in this run."""
    number = next(_NUMBERS)
    kind = KINDS[number % len(KINDS)]
    lines = (f"{n}、{wish.format(kind)}" for n, wish in zip("一二三四五六", WISHES, strict=True))
    return HEAD.format(number=number) + "\n".join(lines) + "\n"


def ask_once(browser: Browser, port: int, found: Times) -> None:
    """One clerk: open the page, paste, read the letter, change a stance, look for a card."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.on("dialog", lambda dialog: dialog.accept())

    def clock(name: str, act: Callable[[], object], seen: Callable[[], object]) -> None:
        start = time.perf_counter()
        act()
        seen()
        found[name].append(time.perf_counter() - start)

    clock(
        "first_screen",
        lambda: page.goto(f"http://127.0.0.1:{port}", wait_until="commit"),
        page.get_by_role("button", name="读取提案").wait_for,
    )
    page.locator("body.rg-ready").wait_for()
    page.get_by_label("粘贴提案或建议的全文").fill(make_proposal())
    clock(
        "letter",
        page.get_by_role("button", name="读取提案").click,
        page.locator("[data-letter] [data-sentence]").first.wait_for,
    )
    settle(page)
    change_stance(page, clock)
    page.locator("#rg-seek :is(input, textarea)").fill("直播营销专项监测")
    clock(
        "search",
        lambda: page.locator("#rg-seek :is(input, textarea)").press("Enter"),
        page.locator("#rg-seek-found .rg-card").first.wait_for,
    )
    context.close()


def change_stance(
    page: Page, clock: Callable[[str, Callable[[], object], Callable[[], object]], None]
) -> None:
    """Answer the second ask in another way: until the letter says so."""
    menu = page.locator("[data-stance='2']")
    other = next(name for name in STANCES if name != menu.input_value())
    paragraph = "[...document.querySelectorAll(\"[data-letter] p[data-ask='2']\")]"
    said = f"() => {paragraph}.map((p) => p.innerText).join()"
    before = page.evaluate(said)
    clock(
        "stance",
        lambda: menu.select_option(other),
        lambda: page.wait_for_function(f"(t) => ({said})() !== t", arg=before),
    )
    settle(page)


def settle(page: Page) -> None:
    """Wait until nothing is being made or stored."""
    page.locator("body:not(.rg-stale):not(.rg-making):not(.rg-checking)").wait_for()
    page.locator(".rg-saved:not(.rg-saving)").wait_for()


def find_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def wait_for_port(port: int) -> None:
    """Wait until the server takes connections."""
    for _ in range(4000):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            time.sleep(0.02)
        else:
            return


def tell(found: Times, times: float) -> None:
    """Print median, p95 and bar of each step; the bar counts ``times`` over."""
    for name, values in found.items():
        ordered = sorted(values)
        middle, late = ordered[len(values) // 2], ordered[int(0.95 * (len(values) - 1))]
        seen = late if times > 1 else middle
        bar = BARS.get(name)
        verdict = "" if bar is None else f"bar {bar * times:g} s"
        if bar is not None:
            over = seen - bar * times
            verdict += "  ok" if over <= 0 else f"  over by {over:.2f} s"
        print(f"{name:13} median {middle:5.2f} s  p95 {late:5.2f} s  {verdict}")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--passages", type=int, default=100_000)
    options.add_argument("--encoder", default="replygen")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--users", type=int, default=4)
    options.add_argument("--keep", type=Path, help="where the index stays for another run")
    options.add_argument("--json", action="store_true")
    asked = options.parse_args()
    folder = asked.keep or Path(tempfile.mkdtemp(prefix="replygen-time-"))
    folder.mkdir(parents=True, exist_ok=True)
    profile = resource("corpus", "profile.toml")
    settings = Settings(
        index=folder.resolve() / "index", work=folder.resolve() / "work", encoder=asked.encoder,
        profile_path=profile, profile=load_profile(profile), base=folder.resolve(),
    )  # fmt: skip
    built = make_index(settings, asked.passages)
    load = os.getloadavg()[0]
    one, many = measure(settings, asked.rounds, asked.users)
    if not asked.keep:
        shutil.rmtree(folder, ignore_errors=True)
    result = {
        "passages": asked.passages, "encoder": asked.encoder, "cores": os.cpu_count(),
        "load": [round(load, 1), round(os.getloadavg()[0], 1)], "index_seconds": round(built, 1),
        "seconds": {name: [round(x, 2) for x in values] for name, values in one.items()},
        "users": asked.users,
        "at_once": {name: [round(x, 2) for x in values] for name, values in many.items()},
    }  # fmt: skip
    if asked.json:
        print(json.dumps(result, ensure_ascii=False))
        return
    print(f"{asked.passages} passages, {asked.encoder}, {os.cpu_count()} cores, load {load:.1f}")
    tell(one, 1)
    if many:
        print(f"{asked.users} users at once:")
        tell(many, 2)


if __name__ == "__main__":
    main()
