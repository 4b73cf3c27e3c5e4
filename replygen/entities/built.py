"""What is being built at one place, by its plain name: 东部快速路三期, 南环路拓宽."""

from __future__ import annotations

import re
from collections.abc import Iterator

from replygen.entities.candidates import Candidate
from replygen.entities.carried import make_candidate

_HAN = "[\u4e00-\u9fff]"
# 东部快速路|三期, 老城棚改|四期: which part of what is being built
_STAGE = re.compile(
    rf"(?:^|(?<=[，。；：、“待随为由对在把将]))(?P<name>(?![待随为由对在把将各该其])(?!{_HAN}{{0,8}}(?:[病癌症瘤]|分|孕|连续|每))"
    rf"{_HAN}{{2,12}}[路线道桥园馆心厂院区站网库堤渠湖河场港城改造固流房楼程水热暖气][一二三四五六]期)(?![间限内末初刊])"
)
# 南环路|拓宽, 机场高速|复线, 西干渠|衬砌: what is done to one road or water
_WORK = re.compile(
    rf"(?:^|(?<=[，。；：、“待随]))(?P<name>(?![待随各该其])(?P<stem>{_HAN}{{1,5}}?)(?:环路|干道|大道|高速|快线|干渠|国道|省道|[东西南北中][环线]|[东西南北][站港库场])"
    r"(?:拓宽|扩建|改扩建|复线|延伸段?|延长线|[东西南北]延段?|衬砌|加固|下穿|改线|绕城段|迁建|外迁|改造|提升|枢纽))"
    r"(?=工程|项目|已|后|前|期间|完工|竣工|通车|开工|施工|之后|以[后来]|年[底内]|列入|将|正|于|的|，|$)"
)


def find_built(text: str) -> Iterator[Candidate]:
    """Yield parts of what is built and works on one road or water."""
    if "期" in text:
        for match in _STAGE.finditer(text):
            yield make_candidate("brand", text, match, "name")
    for match in _WORK.finditer(text):
        yield make_candidate("brand", text, match, "name")
