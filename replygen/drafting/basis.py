"""The basis of an answer: what the law in force says on the matter, in its own words.

One whole clause of the article is quoted, short and verbatim, so that who reads it can look it
up; the doer that stands before the clause in its sentence stands before the quotation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from replygen.drafting.clauses import is_balanced
from replygen.index.relevance import Judge
from replygen.language.verbs import starts_with_verb
from replygen.laws.holding import is_repealed
from replygen.models import Document, Hit, Passage

_SHORTEST, _LONGEST = 12, 80  # characters of a quotation
_READ = 5  # clauses of an article, those nearest by their words, that are read
_SENTENCES = re.compile(r"[^。；\n]+")
_BROKEN = re.compile(r"(?<![。；：;:！？])\n(?![（(第])")  # …的监督管|理、湿地…: a line of the page
_GAP = re.compile(r"(?<=[\u4e00-\u9fff、，])[ \u3000]+(?=[\u4e00-\u9fff])")
_OWN_DOER = re.compile(r"^[^，]*(?:应当|可以|不得|必须)|^使(?!用)")
# what it and its departments are to do is no ground for what a local body does
_ABOVE = re.compile(r"^国务院|国务院[^，、]{0,14}(?:部门|机构)")
# 国家鼓励|开展研究，鼓励高校开设课程: the verb of the doer comes again
_URGES = re.compile(r"(?:鼓励和支持|鼓励、支持|鼓励|支持|倡导|提倡)$")
_URGED = ("鼓励", "支持", "引导", "倡导", "提倡")
# 任何人不得擅自发布, 具体办法由国务院规定, 应当遵守有关规定: what is forbidden, who says how
_FORBIDS = re.compile("不得|禁止|严禁")
_IS_TO_FORBID = re.compile("不得|禁止|严禁|杜绝|限制|查处|整治|打击|规范|严控|防止|清理|治理")
_HANDS_ON = re.compile(
    r"由[^，]{2,24}(?:规定|制定|另行[^，]*)$"
    r"|(?:依照|按照|遵守|适用|符合)[^，]{0,24}(?:规定|标准)(?:执行|处罚|办理|处理)?$"
)
_ITEM = re.compile(r"^\s*[（(][一二三四五六七八九十]+[)）]")
# 地方各级人民政府应当|发展…: what stands before belongs to every clause behind
_DOER = re.compile(
    r"^(?P<doer>[^，“]{2,40}?(?:应当|可以|必须|不得|负责|有权|鼓励和支持|鼓励、支持|鼓励|支持|倡导|提倡))(?P<rest>[^，].+)$"
)
_LEANS = re.compile(
    r"^(?:其|该|前款|前项|上述|并|但|但是|以及|或者|和|由|依照|按照|逾期|情节|采取(?:有效|必要)?措施)"
)
# what is punished, what a word means, who is in charge, what else holds: nothing on how a thing
# is to be done
_NO_BASIS = re.compile(
    r"责令|直接负责的主管人员|终身不得|未作规定|适用本法|各自(?:的)?职责|(?:负责|主管|领导)[^，]{0,24}(?:工作|事项|管理|职责)$|违反(?:本|前)[法条规办]|构成犯罪|依法(?:追究|给予)|由.{2,24}(?:责令|撤销|吊销|没收|给予|处以?)|前款|前条|本条|^[^，]{1,24}[，,]?(?:是|系)指|[，,]是指|^[^，]{1,20}(?:包括下列|分为)|第[一二三四五六七八九十百]+款|自.{4,12}起施行|处.{0,20}罚款|本法所称|本条例所称|本办法所称|制定本|具体(?:办法|标准|规定)由|由国务院[^，]{2,20}(?:规定|制定)$"
)


_YEARS = re.compile(r"(?<!\d)(20\d\d)(?=年|—|－|-)")
_OF_A_YEAR = re.compile(r"20\d\d年(?!.{0,3}(?:至|—|－|-))[^（(]*(?:方案|计划|要点|安排|通知)")


@dataclass(frozen=True, slots=True)
class Basis:
    """A quotation: ``law`` without 《》, ``article`` 第三十七条, ``doer`` what stands before the
    quoted clause (地方各级人民政府应当) or "", ``quote`` its words, verbatim, ``sure`` how surely
    (0..1) a clerk would sign it."""

    law: str
    article: str
    doer: str
    quote: str
    passage: Passage
    sure: float = 0.0

    @property
    def said(self) -> str:
        """What the article says: the doer and the clause in quotation marks."""
        return f"{self.doer}“{self.quote}”"


@dataclass(frozen=True, slots=True)
class PolicyBasis:
    """What a policy document asks for: ``name`` is 《title》 with its number where known."""

    name: str
    said: str
    passage: Passage


def quote_policy(hit: Hit, wishes: Sequence[str], judge: Judge) -> PolicyBasis | None:
    """Return the clause of a policy's task that bears most on one of ``wishes``; ``None`` for
    a document that is no longer in force."""
    passage = hit.passage
    if is_repealed(passage.document.title, date.today()):
        return None
    found = [c for _, c in _clauses(passage.text) if not c.startswith(("一是", "（"))]
    if not found:
        return None
    nearest = _near(wishes, found, judge)
    best = max(range(len(found)), key=lambda n: (nearest[n], -n))
    return PolicyBasis(name_policy(passage.document), f"“{found[best]}”", passage)


def is_over(hit: Hit, today: date) -> bool:
    """Return whether a paper of one year alone (2025年…实施方案) is of a year that is over;
    （2025—2027年） and 五年规划 hold longer."""
    title = hit.passage.document.title
    years = [int(year) for year in _YEARS.findall(title)]
    return len(years) == 1 and years[0] < today.year and _OF_A_YEAR.search(title) is not None


def name_policy(document: Document) -> str:
    """Return 《title》（number）; a title inside the title has 〈〉 (GB/T 15834—2011 4.15.3.6)."""
    title = document.title.strip("《》").replace("《", "〈").replace("》", "〉")
    return f"《{title}》" + (f"（{document.doc_number}）" if document.doc_number else "")


def quote_article(hit: Hit, wishes: Sequence[str], judge: Judge) -> Basis | None:
    """Return the clause of an article that a clerk would sign most surely for ``wishes`` (an
    ask's topic and its demands: each is short, as a clause is); ``None`` where no whole clause
    of it can be quoted in short, or what there is forbids what nobody wants forbidden or only
    says who is to say how."""
    passage = hit.passage
    forbids = any(_IS_TO_FORBID.search(wish) for wish in wishes)
    found = [
        (doer, clause)
        for doer, clause in dict.fromkeys(_clauses(passage.text))
        if not _HANDS_ON.search(clause) and (forbids or not _FORBIDS.search(clause))
    ]
    said = _keep_nearest(wishes, [f"{doer}{clause}" for doer, clause in found], judge)
    if not said:
        return None
    rates = judge.sign(wishes, [text for _, text in said], hit.relevance or 0.0)
    best = max(range(len(said)), key=lambda n: (rates[n], -n))
    doer, clause = found[said[best][0]]
    law = passage.document.title.strip("《》")
    article = passage.title.split()[0] if passage.title else ""
    return Basis(law, article, doer, clause, passage, rates[best])


def _keep_nearest(
    wishes: Sequence[str], clauses: Sequence[str], judge: Judge
) -> list[tuple[int, str]]:
    """Return the few clauses that are nearest to a wish by their words, with their places."""
    if len(clauses) <= _READ:
        return list(enumerate(clauses))
    nearest = _near(wishes, clauses, judge)
    order = sorted(range(len(clauses)), key=lambda n: -nearest[n])[:_READ]
    return [(n, clauses[n]) for n in sorted(order)]


def _near(wishes: Sequence[str], clauses: Sequence[str], judge: Judge) -> list[float]:
    rows = [judge.alike(wish, clauses) for wish in wishes]
    return [max(row[n] for row in rows) for n in range(len(clauses))]


def _clauses(text: str) -> list[tuple[str, str]]:
    """Return (doer, clause) for whatever of an article can be quoted as a whole: a sentence, or
    of a long one what stands at its end behind its doer."""
    found: list[tuple[str, str]] = []
    for match in _SENTENCES.finditer(_GAP.sub("", _BROKEN.sub("", text))):
        sentence = match.group().strip()
        if _ITEM.match(sentence) or sentence.endswith(("：", ":")) or _NO_BASIS.search(sentence):
            continue
        found += _parts_of(sentence)
    found = [(d, c) for d, c in found if not _ABOVE.search(d + c)]
    return [(d, c) for d, c in found if _may_be_quoted(c) and is_balanced(c)]


def _parts_of(sentence: str) -> list[tuple[str, str]]:
    if len(sentence) <= _LONGEST:
        return [("", sentence)]
    match = _DOER.match(sentence)
    doer, rest = (match["doer"], match["rest"]) if match else ("", sentence)
    if not doer:
        return []
    pieces = rest.split("，")
    runs = ["，".join(pieces[start:]) for start in range(len(pieces))]
    whole = [run for start, run in enumerate(runs) if not start or _goes_on(run)]
    return [(_lead(doer, run), run) for run in whole if len(run) <= _LONGEST]


def _lead(doer: str, run: str) -> str:
    """Return the doer as it stands before a clause: 国家 before 鼓励高校开设课程."""
    return _URGES.sub("", doer) if run.startswith(_URGED) else doer


def _goes_on(run: str) -> bool:
    """Return whether the end of a sentence can stand behind its doer: an act, none with a doer
    of its own (县域内新增耕地指标应当优先…), no item of a list whose verb is gone."""
    return starts_with_verb(run) and not _OWN_DOER.search(run)


def _may_be_quoted(clause: str) -> bool:
    return (
        _SHORTEST <= len(clause) <= _LONGEST
        and "“" not in clause
        and not _LEANS.match(clause)
        and not clause.endswith(("的", "时", "后", "或者", "以及"))
    )
