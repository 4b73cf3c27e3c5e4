"""A web page's tree: what is never text is cut out, and the main text's element is found."""

from __future__ import annotations

import re

from replygen.reading.web_lines import WebLines
from replygen.reading.xml import Element

_NEVER = frozenset(
    "script style noscript iframe object select button textarea svg template nav rt rp"
    " audio video canvas map embed".split()
)
_CONTAINERS = frozenset(
    "div section article main td th table tbody tr form center body font span".split()
)
_BLOCKS = frozenset("p div section article table br li h1 h2 h3 h4 h5 h6 dl ul ol".split())
_CJK = re.compile(r"[\u4e00-\u9fff]")
_SENTENCE = re.compile(r"[，。；：！？]")


def names_of(element: Element) -> list[str]:
    """Return the tokens of an element's id and class, in lower case."""
    return f"{element.get('id', '')} {element.get('class', '')}".lower().split()


def prune(root: Element, lines: WebLines) -> None:
    """Cut scripts, forms' controls and named page furniture out of the tree; what is named so
    stays when a quarter of the page's text is in it."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in _NEVER or element.tag == "head":
            _cut(element)
    weights = weigh(root)
    total = weights.get(root, 0.0)
    for element in list(root.iter()):
        if element is root or element.tag in ("body", "html"):
            continue
        if _is_unwanted(element, lines) and weights.get(element, 0.0) < 0.25 * total:
            _cut(element)


def _is_unwanted(element: Element, lines: WebLines) -> bool:
    names = names_of(element)
    if any(name in lines.main_names for name in names):
        return False
    return any(part in name for name in names for part in lines.noise_names)


def _cut(element: Element) -> None:
    """Remove an element and keep the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def weigh(root: Element) -> dict[Element, float]:
    """Return for every element how much running text it holds: its Chinese characters,
    those outside sentences counted a fifth, those in links not at all."""
    weights: dict[Element, float] = {}
    for element in reversed(list(root.iter())):
        own = _weight(element.text)
        for child in element:
            own += weights.get(child, 0.0) + _weight(child.tail)
        weights[element] = 0.0 if element.tag == "a" else own
    return weights


def _weight(text: str | None) -> float:
    if not text:
        return 0.0
    count = len(_CJK.findall(text))
    return float(count) if _SENTENCE.search(text) else 0.2 * count


def find_main(root: Element, lines: WebLines) -> Element:
    """Return the smallest element that holds four fifths of the running text, or the one
    that is named as the main text and holds half of it."""
    weights = weigh(root)
    body = root.find(".//body")
    node = body if body is not None else root
    named = [
        e
        for e in node.iter()
        if weights[e] >= 0.5 * weights[node] and any(n in lines.main_names for n in names_of(e))
    ]
    if named:
        return named[0]
    while True:
        heaviest = max(node, key=lambda child: weights[child], default=None)
        if heaviest is None or weights[heaviest] < 0.8 * weights[node]:
            return node
        if heaviest.tag not in _CONTAINERS or not any(True for _ in heaviest.iter(*_BLOCKS)):
            return node
        # A container whose only block is itself is one paragraph of the text.
        if not any(e is not heaviest for e in heaviest.iter(*_BLOCKS)):
            return node
        node = heaviest


def find_scope(main: Element) -> Element:
    """Return the outermost element around ``main`` that adds little to its text: there
    the title, the number and the sign-off stand when they are not in ``main`` itself."""
    size = len(_text(main))
    scope = main
    for ancestor in main.iterancestors():
        if len(_text(ancestor)) > size + max(400, 0.3 * size):
            break
        scope = ancestor
    return scope


def _text(element: Element) -> str:
    return re.sub(r"\s+", "", element.text_content())


def find_title(root: Element) -> str | None:
    """Return the document's title as the page names it: <meta name="ArticleTitle">, an
    only <h1>, or <title> without the site's name."""
    for meta in root.iter("meta"):
        named = _squeeze(meta.get("content") or "")
        # nobody sees a meta element: it may only point to a title that is shown
        if meta.get("name", "").lower() == "articletitle" and named and _is_shown(named, root):
            return named
    headings = [_squeeze(h.text_content()) for h in root.iter("h1")]
    headings = [h for h in headings if h and not _is_site(h)]
    if len(headings) == 1:
        return headings[0]
    title = root.find(".//title")
    if title is None or not title.text:
        return None
    pieces = [_squeeze(p) for p in re.split(r"\s+[-–—]\s+|[_|｜]|-{2,}|-(?=[^-]*$)", title.text)]
    pieces = [p for p in pieces if len(_CJK.findall(p)) >= 6 and not _is_site(p)]
    return max(pieces, key=len) if pieces else None


def _is_shown(title: str, root: Element) -> bool:
    parts = (
        (element.text or "") * (element.tag not in ("script", "style")) + (element.tail or "")
        for element in root.iter()
    )
    return re.sub(r"\s", "", title) in re.sub(r"\s", "", "".join(parts))


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _is_site(text: str) -> bool:
    """Return whether this names a site, not a document: 云川市人民政府门户网站."""
    about = "关于" in text or text.startswith("对")
    return not about and re.search(r"(?:网|网站|门户|政府|[局厅委]|首页|平台)$", text) is not None
