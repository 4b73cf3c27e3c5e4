"""Text -> sentences, without losing a character."""

from __future__ import annotations

_ENDS = "。！？!?；;"
_OPEN = "“‘（(《〈【「『〔["
_CLOSE = "”’）)》〉】」』〕]"
_PAIR = dict(zip(_CLOSE, _OPEN, strict=True))
# A quotation longer than this was never closed: split in it all the same.
_LONGEST_QUOTE = 200
_DEEPEST = 20  # brackets in one another; more are no text


def split_sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text in order; ``"".join(result) == text``.

    A sentence ends at 。！？； or a line break, with the closing quotes and the white space
    behind it. Ends inside quotes, brackets or 《》 do not count, unless the bracket is never
    closed on its line.
    """
    if not text:
        return ()
    sentences: list[str] = []
    start = position = 0
    while position < len(text):
        char = text[position]
        if char in _OPEN:
            position = _closing(text, position)
        elif char in _ENDS or char == "\n":
            position = _skip_tail(text, position)
            sentences.append(text[start:position])
            start = position
            continue
        position += 1
    if start < len(text):
        sentences.append(text[start:])
    return tuple(sentences)


def find_touched(text: str, start: int, end: int) -> str:
    """The sentences of a text that a span touches, together; a span without length touches the
    sentence that it stands in."""
    at, touched = 0, list[str]()
    for sentence in split_sentences(text):
        if start < at + len(sentence) and at < max(end, start + 1):
            touched.append(sentence)
        at += len(sentence)
    return "".join(touched).strip()


def _closing(text: str, opened: int) -> int:
    """Where the bracket closes, or the bracket itself when it does not.

    A quotation that ends with its own full stop (“……。”) ends the sentence: the position
    before its last stop is given back.
    """
    stack = [text[opened]]
    for position in range(opened + 1, min(len(text), opened + _LONGEST_QUOTE)):
        char = text[position]
        if char == "\n":
            return opened
        if char in _OPEN:
            stack.append(char)
            if len(stack) > _DEEPEST:
                return opened
        elif char in _PAIR:
            if stack[-1] != _PAIR[char]:
                return opened
            stack.pop()
            if not stack:
                return position - 2 if text[position - 1] in "。！？" else position
    return opened


def _skip_tail(text: str, end: int) -> int:
    """The position behind a sentence end, its repetitions, closing quotes and white space."""
    position = end + 1
    if text[end] != "\n":
        while position < len(text) and text[position] in _ENDS + "”’）)」』":
            position += 1
        while position < len(text) and text[position] in " \t\u3000\r":
            position += 1
    while position < len(text) and text[position] == "\n":
        position += 1
    return position
