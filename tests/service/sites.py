"""A government site of our own on 127.0.0.1: pages by path, and whatever a test makes of them."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

REPLY = (
    "<html><head><meta charset='utf-8'><title>{title}</title></head><body><div class='content'>"
    "<h1>{title}</h1><p>张明委员：</p><p>您提出的提案收悉，现答复如下：</p>"
    "<p>一、加强日常监管。第{n}组检查商户{n}家，建立台账{n}本，约谈负责人{n}人次，"
    "在{word}片区推行{word}工作法。</p><p>二、完善长效机制。制定{word}巡查办法{n}项。</p>"
    "<p>澜江市某局</p><p>2026年3月1日</p>{more}</div></body></html>"
)
WORDS = "金木水火土天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜"


@dataclass
class Page:
    """What a path answers."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"
    wait: float = 0.0
    drip: float = 0.0


@dataclass
class Site:
    """The site: ``pages`` by path with query, ``asked`` counts the requests."""

    url: str
    pages: dict[str, Page]
    asked: Counter[str] = field(default_factory=Counter)
    unchanged: int = 0
    agents: set[str] = field(default_factory=set)

    def put(self, path: str, body: str | bytes, **more: object) -> None:
        """Answer ``body`` at ``path``."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = Page(data, **more)  # type: ignore[arg-type]

    def put_reply(self, path: str, n: int, more: str = "", **options: object) -> None:
        """Put a reply of its own words at ``path``."""
        size = len(WORDS)
        word = "".join(WORDS[k % size] for k in (n, n * 7 + n // size, n // 7))
        self.put(path, REPLY.format(title=title_of(n), n=n, word=word, more=more), **options)


def title_of(n: int) -> str:
    """What the n-th reply is called."""
    return f"关于市政协五届三次会议第{n:04}号提案的答复"


def list_page(links: list[tuple[str, str]], more: str = "") -> str:
    """A column page with these (address, title) links."""
    items = "".join(f"<li><a href='{at}'>{words}</a></li>" for at, words in links)
    return (
        "<html><meta charset='utf-8'><body><a href='/'>网站首页</a><a href='/zw/'>政务公开意见</a>"
        f"<ul>{items}</ul>{more}</body></html>"
    )


@contextmanager
def serve_site() -> Iterator[Site]:
    """Serve a site until the block ends."""
    site = Site("", {})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked[self.path] += 1
            site.agents.add(self.headers.get("User-Agent", ""))
            page = site.pages.get(self.path)
            if page is None:
                self.send_error(404)
                return
            time.sleep(page.wait)
            asked = (self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since"))
            told = (page.headers.get("ETag"), page.headers.get("Last-Modified"))
            if any(a is not None and a == t for a, t in zip(asked, told, strict=True)):
                site.unchanged += 1
                self.send_response(304)
                self.end_headers()
                return
            self.send_response(page.status)
            for name, value in {"Content-Type": page.kind, **page.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(page.body)))
            self.end_headers()
            try:
                if page.drip:
                    for at in range(0, len(page.body), 10):
                        self.wfile.write(page.body[at : at + 10])
                        time.sleep(page.drip)
                else:
                    self.wfile.write(page.body)
            except OSError:
                pass

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
