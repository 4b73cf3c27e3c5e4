"""What is asked, and the views of it that are compared with a passage."""

from __future__ import annotations

import re
from dataclasses import dataclass

from replygen.parsing.topics import make_topic

_ASKED = 400  # characters of an ask that are looked up
_SENTENCES, _LONGEST = 5, 40  # sentences of an ask read one by one, and how far each
_SHORTEST = 6
_SENTENCE = re.compile(r"[。；;！？\n]")
# 关于切实加快…的几点建议, 我市: what a title has beside its subject
_SUBJECT_NOISE = re.compile(
    r"^关于(?:对|进一步)?|的?(?:几点|若干|一些)?(?:提案|建议|议案|意见建议|对策建议)$|[我全本][省市县区州]"
)


@dataclass(frozen=True, slots=True)
class AskContext:
    """What is asked: the proposal's subject, the ask's topic and its text."""

    subject: str
    topic: str
    text: str

    @property
    def query(self) -> str:
        """What the matter is searched with: topic, subject, the beginning of the text. The
        judge reads the same, so that it is encoded once."""
        return f"{self.heading}\n{self.subject}\n{self.text[:_ASKED]}"

    @property
    def heading(self) -> str:
        """The topic, or what the text says first where there is none."""
        return self.topic or make_topic(self.text)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The first sentences of the text, each by itself; the heading where there is none."""
        found = [s.strip()[:_LONGEST] for s in _SENTENCE.split(self.text)]
        long = [s for s in found if len(s) >= _SHORTEST]
        return tuple(long[:_SENTENCES]) or (self.heading,)


def read_subject(title: str | None) -> str:
    """Return what a proposal is about: its title without 关于…的提案 and without 我市."""
    return _SUBJECT_NOISE.sub("", (title or "").strip())
