"""A draft as one HTML page, with the source of a sentence as its title."""

from __future__ import annotations

from html import escape

from replygen.models import Block, BlockStyle, Draft, Reference, Sentence
from replygen.word.comments import describe_source
from replygen.word.spans import split_slots

_TAGS: dict[BlockStyle, str] = {"title": "h1", "heading1": "h2", "heading2": "h3"}
_STYLE = (
    "body{max-width:42em;margin:2em auto;padding:0 1em;line-height:1.8;"
    "font-family:FangSong,仿宋,serif}h1{text-align:center;font-size:1.4em}"
    "h2,h3{font-size:1em;text-indent:2em}p.body,p.closing,p.note,p.contacts{text-indent:2em}"
    "p.doc_number,p.class_mark,p.signer,p.sign_unit,p.sign_date{text-align:right}"
    "mark{background:#ff0}span[data-origin]{border-bottom:1px dotted #999}"
)


def draft_to_html(draft: Draft) -> str:
    """Return the draft as a whole HTML page, everything escaped: one element a block,
    a span a sentence with its origin and (as ``title``) its source, slots as ``mark``."""
    references = {r.id: r for r in draft.references}
    blocks = "\n".join(_show_block(b, references) for b in draft.blocks)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head><meta charset="utf-8">'
        f"<title>{escape(draft.title)}</title><style>{_STYLE}</style></head>\n"
        f"<body>\n{blocks}\n</body>\n</html>\n"
    )


def _show_block(block: Block, references: dict[str, Reference]) -> str:
    tag = _TAGS.get(block.style, "p")
    inner = "".join(_show_sentence(s, references) for s in block.sentences)
    return f'<{tag} class="{block.style}">{inner}</{tag}>'


def _show_sentence(sentence: Sentence, references: dict[str, Reference]) -> str:
    parts = []
    for start, end, is_slot in split_slots(sentence):
        text = escape(sentence.text[start:end])
        parts.append(f"<mark>{text}</mark>" if is_slot else text)
    inner = "".join(parts)
    if sentence.bold:
        inner = f"<b>{inner}</b>"
    source = describe_source(sentence, references)
    if source is None:
        return inner
    return f'<span data-origin="{sentence.origin}" title="{escape(source)}">{inner}</span>'
