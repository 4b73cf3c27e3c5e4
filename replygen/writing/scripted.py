"""A server of our own that speaks the protocol of OpenAI's chat completions, by script.

It answers what a good model would, or does one of the things that models and their servers do
wrong: for tests, and for ``replygen writer-demo``.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Script = Callable[[dict[str, Any]], "str | Failure"]
# how a good model words what stands there: the same facts
_WORDINGS = (
    ("开展", "组织开展"),
    ("加强", "进一步加强"),
    ("督促", "切实督促"),
    ("建立", "建立健全"),
)


@dataclass(frozen=True, slots=True)
class Failure:
    """What the server does instead of an answer: a status, a stall (seconds), a stream that
    ends behind ``cut``, an answer that comes ``whole``."""

    status: int = 0
    stall: float = 0.0
    cut: str = ""
    whole: str = ""
    message: str = "no"


def answer_well(data: dict[str, Any]) -> str:
    """Return our sentences in slightly other words, each with the items it rests on."""
    return tell_sentences(
        [{"for": o["n"], "items": o["items"], "text": reword(o["text"])} for o in data["ours"]]
    )


def invent_one(data: dict[str, Any], invented: str = "已投入资金三千八百万元") -> str:
    """Return a good answer in which the first sentence has a fact of the model's own."""
    rows = json.loads(answer_well(data))["sentences"]
    rows[0]["text"] = f"{rows[0]['text'].rstrip('。；，')}，{invented}。"
    return tell_sentences(rows)


def tell_sentences(rows: list[dict[str, Any]]) -> str:
    """Return rows as the answer that is asked for."""
    return json.dumps({"sentences": rows}, ensure_ascii=False)


def reword(text: str) -> str:
    """Return ``text`` with one word that a person might choose instead."""
    for old, new in _WORDINGS:
        if old in text and new not in text and "《" not in text:
            return text.replace(old, new, 1)
    return text


class _Handler(BaseHTTPRequestHandler):
    """Answers one call by the script."""

    protocol_version = "HTTP/1.0"
    script: Script

    def do_POST(self) -> None:
        """Answer a call."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        data = json.loads(body["messages"][-1]["content"])
        how = {"structured": "response_format" in body, "streamed": body.get("stream", False)}
        told = type(self).script(data | how)
        if isinstance(told, str):
            self._stream(told, whole=True)
            return
        time.sleep(told.stall)
        if told.status:
            self._refuse(told)
        elif told.whole:
            message = {"role": "assistant", "content": told.whole}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            self._send_json(200, {"id": "s", "object": "chat.completion", "created": 0,
                                  "model": "scripted", "choices": [choice]})  # fmt: skip
        else:
            self._stream(told.cut, whole=False)

    def _refuse(self, told: Failure) -> None:
        self._send_json(told.status, {"error": {"message": told.message, "type": "scripted"}})

    def _send_json(self, status: int, value: dict[str, Any]) -> None:
        body = json.dumps(value, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Retry-After", "0")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, text: str, *, whole: bool) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        pieces = [text[i : i + 40] for i in range(0, len(text), 40)]
        try:
            for piece in pieces:
                self._send({"content": piece}, None)
            if whole:
                self._send({}, "stop")
                self.wfile.write(b"data: [DONE]\n\n")
        except OSError:  # who asked has gone
            return

    def _send(self, delta: dict[str, str], finished: str | None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finished}
        chunk = {"id": "s", "object": "chat.completion.chunk", "created": 0,
                 "model": "scripted", "choices": [choice]}  # fmt: skip
        self.wfile.write(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serve_script(script: Script) -> Iterator[str]:
    """Serve on a free port of this machine and yield the base address. ``script`` gets the
    user's data of each call."""
    handler = type("Handler", (_Handler,), {"script": staticmethod(script)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()
