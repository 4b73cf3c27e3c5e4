"""(d) Four users at the page for some minutes while a batch runs: errors, and how long each
step takes (p95)."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from replygen.service.desk import Desk
from replygen.settings import Settings, load_profile, resource
from replygen.workspace import UserFile
from tools.torturing.parts import Part, Wish, environment, percentile, python, scratch

_PASSWORD = "torture-2026-office"
# what the page's functions are called: one makes the letter of what the first has read
_STEPS = {"asks": "read", "letter": "look", "draft": "draft"}
_TOPICS = ("直播电商", "校外托管", "老旧小区电梯", "农贸市场", "预付卡消费", "养老助餐")
_PROPOSAL = """关于加强{topic}监管的提案
近年来{topic}发展很快，群众投诉也在增加。
建议：
一、加强{topic}日常监测，及时发现问题。
二、建立从业人员培训制度，提高守法意识。
三、畅通投诉渠道，提高纠纷处理效率。
四、加强部门联合执法，形成监管合力。
"""
_PATIENCE = 120.0  # seconds for one step


class _Page:
    """The page as one user's browser asks it."""

    def __init__(self, url: str, name: str) -> None:
        self._client = httpx.Client(base_url=url, timeout=_PATIENCE)
        sent = {"username": name, "password": _PASSWORD}
        self._client.post("/login", data=sent).raise_for_status()
        config = self._client.get("/config").json()
        self._actions = {d["api_name"]: d for d in config["dependencies"]}

    def call(self, name: str, data: list[object], session: str) -> list[object]:
        """Return what a function of the page answers. Raises RuntimeError with its error."""
        action = self._actions[name]
        empty = [""] * (len(action["inputs"]) - len(data))  # fields of the page left as they are
        body = {"data": [*data, *empty], "fn_index": action["id"], "session_hash": session}
        joined = self._client.post("/gradio_api/queue/join", json=body)
        event = joined.raise_for_status().json()["event_id"]
        told = {"session_hash": session}
        with self._client.stream("GET", "/gradio_api/queue/data", params=told) as stream:
            for line in stream.iter_lines():
                if not line.startswith("data: "):
                    continue
                said = json.loads(line[6:])
                if said.get("msg") == "process_completed" and said.get("event_id") == event:
                    if not said["success"]:
                        raise RuntimeError(f"{name}: {said['output'].get('error')}")
                    answer: list[object] = said["output"]["data"]
                    return answer
        raise RuntimeError(f"{name}: the stream ended without an answer")

    def close(self) -> None:
        self._client.close()


def run(wish: Wish) -> Part:
    """Let the users work until the minutes are over."""
    part = Part("office")
    seconds: dict[str, list[float]] = {step: [] for step in _STEPS}
    with scratch() as folder:
        settings = _make(folder, wish.users)
        with _server(settings) as url:
            ends = time.monotonic() + 60 * wish.minutes
            users = [
                threading.Thread(target=_work, args=(part, seconds, url, f"user{n}", n, ends))
                for n in range(wish.users)
            ]
            for user in users:
                user.start()
            batches = _run_batches(part, folder, settings, ends)
            for user in users:
                user.join()
    for step, took in seconds.items():
        part.figures[f"{step}_n"] = len(took)
        part.figures[f"{step}_p50"] = round(percentile(took, 0.5), 2)
        part.figures[f"{step}_p95"] = round(percentile(took, 0.95), 2)
    part.tried = sum(map(len, seconds.values()))
    part.figures["batches"] = batches
    part.expect(all(seconds.values()), "a step was never done")
    return part


def _work(
    part: Part, seconds: dict[str, list[float]], url: str, name: str, number: int, ends: float
) -> None:
    """Go from a pasted proposal to its draft again and again."""
    page = _Page(url, name)
    turn = number
    while time.monotonic() < ends:
        turn += 1
        text = _PROPOSAL.format(topic=_TOPICS[turn % len(_TOPICS)])
        session, id = f"{name}-{turn}", ""
        for step, function in _STEPS.items():
            data: list[object] = [text, None, None]
            if step != "asks":
                data = [id, "", "", "default", *([None] if step == "draft" else [])]
            start = time.perf_counter()
            try:
                answer = page.call(function, data, session)
            except (RuntimeError, httpx.HTTPError, KeyError, ValueError) as error:
                part.faults.append(f"{name}, {step}: {type(error).__name__} {error}"[:300])
                break
            seconds[step].append(time.perf_counter() - start)
            id = id or _read_id(answer)
    page.close()


def _read_id(answer: list[object]) -> str:
    first = answer[0]
    return str(first.get("value", "")) if isinstance(first, dict) else str(first)


def _make(folder: Path, users: int) -> Settings:
    profile = resource("corpus", "profile.toml")
    settings = Settings(
        index=folder / "index",
        work=folder / "work",
        profile_path=profile,
        profile=load_profile(profile),
    )
    with Desk(settings) as desk:
        desk.add([resource("corpus", "own")], own=True)
        desk.add([resource("corpus", "others"), resource("corpus", "rules")])
        desk.index.fill()
    accounts = UserFile(settings.work)
    for number in range(users):
        accounts.add(f"user{number}", _PASSWORD, ["clerk"])
    # with a proxy named everybody signs in, also on this machine's own address
    (folder / "replygen.toml").write_text('[page]\nproxies = ["127.0.0.1"]\n', encoding="utf-8")
    return settings


@contextmanager
def _server(settings: Settings) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        _command(settings, "serve", "--port", str(port)),
        cwd=settings.index.parent, env=environment(), stdout=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url, server)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=30)


def _command(settings: Settings, *arguments: str) -> list[str]:
    options = ("--index", str(settings.index), "--profile", str(settings.profile_path))
    return python("-m", "replygen.cli", *options, *arguments)


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise RuntimeError("the server did not start")
        try:
            if httpx.get(f"{url}/login", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    raise RuntimeError("the server does not answer")


def _run_batches(part: Part, folder: Path, settings: Settings, ends: float) -> int:
    """Draft for a list of proposals again and again meanwhile; return how often."""
    from openpyxl import Workbook

    proposals, done = resource("corpus", "proposals"), 0
    book = Workbook()
    book.active.append(["编号", "案由", "提案人", "主办单位", "会办单位", "办理期限"])
    with Desk(settings) as desk:
        for path in sorted(proposals.glob("*.docx")):
            read = desk.read_proposal(path)
            book.active.append([read.number, read.title, "", "", "", ""])
    listed = folder / "list.xlsx"
    book.save(listed)
    while time.monotonic() < ends:
        out = folder / "out"
        command = ("batch", str(listed), "--proposals", str(proposals), "-o", str(out), "--json")
        ran = subprocess.run(
            _command(settings, *command),
            cwd=folder, env=environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        part.expect(ran.returncode == 0, f"batch: exit {ran.returncode} {ran.stderr[-300:]}")
        shutil.rmtree(out, ignore_errors=True)
        done += 1
    return done
