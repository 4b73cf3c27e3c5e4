"""Measure what a clerk waits for: the first screen, the asks, the cards, the draft.

    python tools/time_page.py [--passages 100000] [--encoder hash] [--keep FOLDER] [--json]

It makes an index of recombined passages (evaluation/bench_corpus.py) and our own sample
corpus, starts ``replygen serve`` as a user does, and asks through Debian's chromium. The
bars are issue 5 §4: first screen < 2 s, asks < 1 s, cards < 1.5 s for 6 asks, draft < 2 s.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from replygen.evaluation.bench_corpus import Corpus
from replygen.service.desk import Desk
from replygen.settings import Settings, load_profile, resource

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROPOSAL = """第0126号
关于加强直播电商和校外托管监管的提案
提案人：林静
直播电商和校外托管发展很快，消费者和家长的投诉也在增加。
建议：
一、加强直播间监测，及时发现虚假宣传。
二、建立主播培训制度，提高主播守法意识。
三、规范校外托管机构登记，摸清底数。
四、推行明厨亮灶，保障托管学生用餐安全。
五、畅通投诉渠道，提高消费纠纷处理效率。
六、加强部门联合执法，形成监管合力。
"""
BARS = {"first_answer": 2.0, "first_screen": 2.0, "asks": 1.0, "cards": 1.5, "draft": 2.0}
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def make_index(settings: Settings, passages: int) -> float:
    """Fill an empty index; return the seconds that it took."""
    start = time.perf_counter()
    with Desk(settings) as desk:
        if desk.status().documents:
            return 0.0
        desk.add([resource("corpus", "own")], own=True)
        desk.add([resource("corpus", "others"), resource("corpus", "rules")])
        for parsed, source in Corpus(passages).documents():
            desk.index.add(parsed, source)
        desk.index.catch_up()
    return time.perf_counter() - start


def measure(settings: Settings, rounds: int) -> dict[str, list[float]]:
    """Return the seconds of each step: of the start once, of the rest ``rounds`` times."""
    from playwright.sync_api import sync_playwright

    found: dict[str, list[float]] = {name: [] for name in BARS}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGS)
        page = browser.new_page(locale="zh-CN", viewport={"width": 1366, "height": 768})
        page.set_default_timeout(60_000)
        page.on("dialog", lambda dialog: dialog.accept())
        command = [sys.executable, "-c", "from replygen.cli.main import main; main()"]
        command += ["--index", str(settings.index), "--profile", str(settings.profile_path)]
        folder = settings.index.parent
        (folder / "replygen.toml").write_text(f'encoder = "{settings.encoder}"\n', encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        start = time.perf_counter()
        server = subprocess.Popen(
            [*command, "serve", "--port", str(port)],
            cwd=folder, env=environment, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_for_port(port)
            page.goto(f"http://127.0.0.1:{port}")
            found["first_answer"].append(time.perf_counter() - start)
            page.get_by_role("button", name="读取提案").wait_for()
            found["first_screen"].append(time.perf_counter() - start)
            for _ in range(rounds):
                page = browser.new_context(locale="zh-CN").new_page()
                page.set_viewport_size({"width": 1366, "height": 768})
                page.goto(f"http://127.0.0.1:{port}")
                page.get_by_role("button", name="读取提案").wait_for()
                page.wait_for_timeout(1500)
                measure_once(page, found)
        finally:
            server.terminate()
            server.wait(timeout=20)
            browser.close()
    return found


def measure_once(page: Page, found: dict[str, list[float]]) -> None:
    """Go from the pasted proposal to the draft once."""
    page.get_by_label("粘贴提案").fill(PROPOSAL)
    start = time.perf_counter()
    page.get_by_role("button", name="读取提案").click()
    page.locator(".rg-ask-row").nth(5).wait_for(state="attached")
    found["asks"].append(time.perf_counter() - start)
    page.locator(".rg-cards").first.wait_for()
    page.locator(".rg-ask").nth(5).wait_for()
    found["cards"].append(time.perf_counter() - start - found["asks"][-1])
    start = time.perf_counter()
    page.locator("#rg-make").click()
    page.locator(".rg-paper").first.wait_for()
    found["draft"].append(time.perf_counter() - start)


def wait_for_port(port: int) -> None:
    """Wait until the server takes connections."""
    for _ in range(4000):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            time.sleep(0.02)
        else:
            return


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--passages", type=int, default=100_000)
    options.add_argument("--encoder", default="hash")
    options.add_argument("--rounds", type=int, default=5)
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
    load = os.getloadavg()[0]
    built = make_index(settings, asked.passages)
    found = measure(settings, asked.rounds)
    if not asked.keep:
        shutil.rmtree(folder, ignore_errors=True)
    result = {
        "passages": asked.passages, "encoder": asked.encoder, "cores": os.cpu_count(),
        "load": [round(load, 1), round(os.getloadavg()[0], 1)], "index_seconds": round(built, 1),
        "seconds": {name: [round(x, 2) for x in values] for name, values in found.items()},
    }  # fmt: skip
    if asked.json:
        print(json.dumps(result, ensure_ascii=False))
        return
    print(f"{asked.passages} passages, {asked.encoder}, {os.cpu_count()} cores, load {load:.1f}")
    for name, values in found.items():
        middle = sorted(values)[len(values) // 2]
        verdict = "ok" if middle <= BARS[name] else f"over by {middle - BARS[name]:.2f} s"
        print(f"{name:13} median {middle:5.2f} s  worst {max(values):5.2f} s  "
              f"bar {BARS[name]} s  {verdict}")  # fmt: skip


if __name__ == "__main__":
    main()
