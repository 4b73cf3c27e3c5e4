"""The areas of a proposal: background, problems, and the part that asks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from replygen.language.marks import HEADING
from replygen.parsing.levels import INTRODUCING_ITEM, top_groups
from replygen.parsing.wording import cue_list, cue_pattern

_NEAR = 120
_SENTENCE_ENDS = "。！？!?；;：:"
_HEAD_NUMBER = rf"{HEADING}?\s*"
# 3、建议 一是… · 三、意见建议 我省…: a numbered heading that ran into its text
_NUMBERED_LABEL = re.compile(
    r"(?:^|(?<=[\n。；]))\s*(?:[一二三四五六七八九][、.．]|（[一二三四五六七八九]）"
    r"|[2-9][、.．])\s*"
    r"(?:(?:(?:几点|具体|相关|对策|意见|工作)建议|对策(?:和|与|及)建议|意见(?:和|与|及)建议"
    r"|建议(?:和|与|及)?对策)(?![的是由书权])|建议(?=\s*(?:[一1第①]|[（(][一1])))"
)

# 建议一：开通夜间公交专线: the first of several that are counted by their label
_COUNTED = re.compile(
    r"(?:^|(?<=\n))\s*(?:建议|诉求)[一1][：:、.．](?=[\s\S]+\n\s*(?:建议|诉求)[二2])"
)


# 请市政务服务管理局会同有关单位研究办理。 · 建议交市教育局办理 · 见正文 · 同上 · 无: a part that
# hands the matter on and asks for nothing by itself
_HANDED_ON = re.compile(
    r"[（(【]?(?:(?:详?见|同|如)(?:正文|上文?|前|以上|上述)[^。；\n]{0,8}|略|无|/|—+"
    r"|(?:请|望|希望|建议|恳请|敬请|提请|转|交|由|责成)[^。；\n，]{0,40}?"
    r"(?:[，]?(?:予以|给予|认真|尽快|抓紧|酌情|一并)?(?:研究|办理|采纳|重视|处理|落实|考虑|解决|承办|答复|参考|审议|关注)"
    r"(?:和|并|、)?){1,4})[）)】]?[。；！]?"
)


@dataclass(frozen=True, slots=True)
class Areas:
    """The texts of the three areas; ``how`` says by what the last was found: ``label``,
    ``heading``, ``intro`` (为此，建议：) or ``none``."""

    background: str
    problems: str
    asks: str
    how: str


def _label_pattern(area: str) -> re.Pattern[str]:
    """A label at a line's or sentence's start with a colon, or alone on its line."""
    words = "|".join(
        sorted((re.escape(w) for w in cue_list("proposal", "labels", area)), key=len, reverse=True)
    )
    return re.compile(
        rf"(?:^|(?<=[\n。！？；”）;.…-]))\s*{_HEAD_NUMBER}(?:[^\n。；：，]{{0,14}}?的)?"
        rf"(?:{words})(?:如下)?(?:\s*[：:]|\s*(?=\n))"
    )


def label_at(line: str) -> str | None:
    """Return the area whose label a line begins with, or ``None``."""
    for area in ("asks", "problems", "background"):
        if _label_pattern(area).match(line + "\n"):
            return area
    return None


def find_areas(body: str) -> Areas:
    """Cut the body into background, problems and the part that asks."""
    asks_at = [(m.start(), m.end()) for m in _label_pattern("asks").finditer(body)]
    problem = _label_pattern("problems").search(body)
    named = [m for m in asks_at if m[0] >= (problem.start() if problem else 0)]
    if named:
        begin, after = _choose_label(body, named)
        how = "label"
        if _HANDED_ON.fullmatch(body[after:].strip()):
            above = find_areas(body[:begin])  # the asks stand in the text above
            if above.asks.strip():
                return above
    elif numbered := _NUMBERED_LABEL.search(body):
        begin, after = numbered.span()
        how = "heading"
    elif counted := _COUNTED.search(body):
        begin = after = counted.start()
        how = "heading"
    elif found := _choose_intro(body):
        begin, after = found
        how = "intro"
    elif heading := _asking_heading(body):
        begin, after = heading
        how = "heading"
    else:
        begin, after, how = len(body), len(body), "none"
    front = body[: after if how == "intro" and not _ends(body[:begin]) else begin]
    background, problems = split_front(front)
    return Areas(background, problems, body[after:], how)


def _ends(text: str) -> bool:
    """True where a text ends with a sentence; 为保障饮食安全，现 goes on: 提出以下建议："""
    text = text.rstrip()
    return not text or text[-1] in _SENTENCE_ENDS


def _choose_label(body: str, named: list[tuple[int, int]]) -> tuple[int, int]:
    """具体建议： wins over a plain 建议： that may stand inside a text."""
    strong = [m for m in named if not re.search(r"(?:^|\W)建议\s*[：:]?\s*$", body[m[0] : m[1]])]
    return (strong or named)[0]


def _choose_intro(body: str) -> tuple[int, int] | None:
    """The first introducing phrase that numbered asks follow, else the last one."""
    found = [m for m in cue_pattern("proposal", "intro", "phrases").finditer(body)]
    found = [m for m in found if len(body) - m.end() > 20]
    if not found:
        return None
    numbered = [(m, g) for m in found if (g := top_groups(body[m.end() :]))]
    # the enumeration that stands right below its phrase goes before one further down
    numbered.sort(key=lambda found: found[1][0][0].start > _NEAR)
    for match, groups in numbered:
        # 提出如下建议：一、基本情况 opens the whole paper, not its asks
        if not INTRODUCING_ITEM.match(body[match.end() + groups[0][0].end :]):
            return match.start(), match.end()
    if numbered:
        return numbered[0][0].start(), numbered[0][0].end()
    return found[-1].start(), found[-1].end()


def _asking_heading(body: str) -> tuple[int, int] | None:
    """三、意见和建议 / 二、几点对策 as a heading without colon."""
    match = re.search(
        rf"(?:^|\n){_HEAD_NUMBER}[^\n。；]{{0,16}}(?:建议|对策|措施|思路)[^\n。；]{{0,6}}(?=\n)",
        body,
    )
    return (match.start(), match.end()) if match else None


def split_front(front: str) -> tuple[str, str]:
    """Return background and problems of what stands above the asks, without their labels."""
    problem = _label_pattern("problems").search(front)
    background = _label_pattern("background").search(front)
    start = background.end() if background else 0
    if problem:
        return front[start : problem.start()].strip(), front[problem.end() :].strip()
    return front[start:].strip(), ""
