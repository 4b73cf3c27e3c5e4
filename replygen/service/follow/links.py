"""What a column page or a feed leads to: documents, attachments, the next pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit

from replygen.errors import ReadError
from replygen.reading.encoding import decode_html
from replygen.reading.xml import Element, parse_html
from replygen.service.follow.tables import tables

LinkKind = Literal["page", "document", "attachment"]
# createPageHTML(20, 0, "index", "html"): the pager of a widespread system, made by a script
_SCRIPTED = re.compile(
    r"createPageHTML\(\s*['\"]?(\d+)['\"]?\s*,\s*['\"]?\d+['\"]?\s*,\s*['\"](\w+)['\"]\s*,"
    r"\s*['\"](\w+)['\"]"
)
_NUMBER = re.compile(r"\[?\d{1,4}\]?")
_MOST_SCRIPTED = 500


@dataclass(frozen=True, slots=True)
class Link:
    """A link that is kept: where to, what it is called, and what it is."""

    url: str
    title: str
    kind: LinkKind


def read_column(
    data: bytes, url: str, *, column: str, ours: Callable[[str], bool], title: str | None = None
) -> tuple[Link, ...]:
    """Return the links of a list page: documents below the column's path (anywhere on the
    site where none is) whose titles match, and the next list pages. Raises ReadError."""
    text, _ = decode_html(url, data)
    found = [
        link for link in _read_links(parse_html(url, text), url) if ours(link[0]) and link[0] != url
    ]
    turning = [at for at, words in found if _turns(words) and _in_folder(at, column)]
    turning += [at for at in _script_pages(text, url) if ours(at)]
    pattern = re.compile(title or tables.toml("links.toml")["title"])
    kept = [
        (at, words)
        for at, words in found
        if at not in turning and _is_title(words, pattern) and _suffix_kind(at) is not None
    ]
    below = [(at, words) for at, words in kept if _in_folder(at, column)]
    documents = [
        Link(at, words, _suffix_kind(at) or "document")
        for at, words in dict(reversed(below or kept)).items()
    ]
    return (*reversed(documents), *(Link(at, "", "page") for at in dict.fromkeys(turning)))


def read_feed(data: bytes, url: str, *, ours: Callable[[str], bool]) -> tuple[Link, ...]:
    """Return the entries of a feed and their enclosures. Raises ReadError for what is none."""
    import feedparser

    feed = feedparser.parse(data, response_headers={"content-location": url})
    if not feed.entries and (feed.bozo or not feed.get("version")):
        raise ReadError(url, "不是 RSS 或 Atom，请检查网址；栏目网页请用 --kind html")
    links: dict[str, Link] = {}
    for entry in feed.entries:
        for at, kind in _entry_links(entry, url):
            if ours(at):
                links.setdefault(at, Link(at, str(entry.get("title") or ""), kind))
    return tuple(links.values())


def read_attachments(data: bytes, url: str, *, ours: Callable[[str], bool]) -> tuple[Link, ...]:
    """Return the attached files that a document's page links to, on its own site."""
    try:
        text, _ = decode_html(url, data)
        root = parse_html(url, text)
    except ReadError:
        return ()
    links = {
        at: Link(at, words, "attachment")
        for at, words in _read_links(root, url)
        if ours(at) and _suffix_kind(at) == "attachment"
    }
    return tuple(links.values())


def tidy_url(url: str) -> str:
    """Return an address without its fragment, its path in ASCII."""
    parts = urlsplit(urldefrag(url.strip()).url)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), path, query, ""))


def _read_links(root: Element, url: str) -> Iterator[tuple[str, str]]:
    """Yield (address, title) of each link; the title attribute where the text is cut."""
    base = next((b.get("href") for b in root.iter("base") if b.get("href")), None)
    start = urljoin(url, base) if base else url
    for anchor in root.iter("a", "link"):
        href = (anchor.get("href") or "").strip()
        if anchor.tag == "link" and (anchor.get("rel") or "").lower() != "next":
            continue
        if not href or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
            continue
        words = " ".join("".join(anchor.itertext()).split())
        named = " ".join((anchor.get("title") or "").split())
        if len(named) > len(words) and (not words or words.endswith(("…", "...", ".."))):
            words = named
        if "next" in (anchor.get("rel") or "").lower():
            words = "下一页"
        try:
            yield tidy_url(urljoin(start, href)), words or named
        except ValueError:  # //[broken
            continue


def _entry_links(entry: dict[str, object], url: str) -> Iterator[tuple[str, LinkKind]]:
    given: list[tuple[object, LinkKind]] = [(entry.get("link"), "document")]
    enclosures = entry.get("enclosures")
    for one in enclosures if isinstance(enclosures, list) else ():
        given.append((one.get("href"), "attachment"))
    for href, kind in given:
        if isinstance(href, str) and href:
            try:
                at = tidy_url(urljoin(url, href))
            except ValueError:
                continue
            yield at, "attachment" if _suffix_kind(at) == "attachment" else kind


def _script_pages(text: str, url: str) -> Iterator[str]:
    match = _SCRIPTED.search(text)
    if match is not None:
        for number in range(1, min(int(match[1]), _MOST_SCRIPTED)):
            yield tidy_url(urljoin(url, f"{match[2]}_{number}.{match[3]}"))


def _turns(words: str) -> bool:
    bare = words.strip("[]() ")
    known = tables.toml("links.toml")["next"]
    return bool(_NUMBER.fullmatch(words)) or bare in known or bare.strip(" ›»>") in known


def _is_title(words: str, pattern: re.Pattern[str]) -> bool:
    return len(words) >= int(tables.toml("links.toml")["least"]) and bool(pattern.search(words))


def _in_folder(url: str, column: str) -> bool:
    folder = urlsplit(column).path.rsplit("/", 1)[0] + "/"
    return urlsplit(url).path.startswith(folder)


def _suffix_kind(url: str) -> LinkKind | None:
    suffix = PurePosixPath(urlsplit(url).path).suffix.lower().lstrip(".")
    words = tables.toml("links.toml")
    if suffix in words["attachments"]:
        return "attachment"
    return "document" if suffix in words["pages"] or not suffix.isalpha() else None
