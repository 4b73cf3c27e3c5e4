"""Statutes: name, issuer, dates, and the 条 with their 编, 章, 节 and 款."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from replygen.language.dates import find_date
from replygen.language.marks import read_mark
from replygen.language.numerals import read_numeral
from replygen.models import Provision, Source, Statute, StatuteStatus
from replygen.parsing.clean import clean_source
from replygen.parsing.titles import place_of

_N = r"[一二三四五六七八九十百千零〇\d]+"
# 第三十八条 为了… · 第九百九十九条之一 · 第一条　…
ARTICLE = re.compile(
    rf"(第{_N}条(?:之[一二三四五六七八九十]+)?)(?:[ 　:：、]+|(?![款项之的规第、和或至及，]))"
)
ARTICLE_NUMBER = re.compile(rf"第({_N})条")
# 第十一条、第十二条的 · 第八条（三）项 · 第五条规定义务 · 第十条所列
_CITED = re.compile(
    rf"第{_N}条(?:之[一二三四五六七八九十]+)?(?:[、，和或至及与的款项]|第|规定|所[列称指]|[（(])"
)
# 依照本办法 · 违反 · 按照: a line above that waits for a citation
_CITES = re.compile(
    r"(?:本[法办条规细]\S{0,3}|依照|按照|根据|违反|适用|符合|》|和|或者?|、|至|及)$"
)
_SENTENCE_END = re.compile(r"[。！？：；”]\s*$")
_DIVISION = re.compile(rf"第{_N}(分编|编|章|节)[ 　]*(.{{0,40}})")
_END = re.compile(r"=+ ?正文结束 ?=+|附件?[：:]?.{0,40}|[—-]{3,}|【.*】")
_NAME_END = (
    r"(?:法|条例|规定|办法|细则|规则|决定|解释|章程|准则|规程|标准|通则|规范|意见"
    r"|实施办法|通知|批复|制度|方案|典)"
)
_NAME = re.compile(
    rf"[《]?([\u4e00-\u9fff〈〉《》、“”·（）]{{3,70}}?{_NAME_END}(?:[（(](?:试行|暂行|修订|草案"
    rf"|[\d]{{4}}年?.{{0,6}})[)）])?)[》]?"
)
_ISSUER = re.compile(
    r"((?:中华人民共和国|国家|全国|最高)?[\u4e00-\u9fff]{2,30}?(?:人民代表大会常务委员会"
    r"|人民代表大会|国务院|人民政府|总局|人民法院|人民检察院|办公室|办公厅"
    r"|[局厅部署会办委]))"
    r"(?=令|第[一二三四五六七八九十\d]+[届次号]|公告|发布|公布|印发|制定|通过|\d{4}年)"
)
_DOC = re.compile(
    r"((?:中华人民共和国主席令|中华人民共和国国务院令|国务院令|主席令|[\u4e00-\u9fff]{2,24}(?:令"
    r"|公告))\s*[（(]?(?:\d{4}年)?第\s*[\d一二三四五六七八九十百〇零]+\s*号[)）]?)"
    r"|([\u4e00-\u9fff]{2,16}[〔\[（(]\d{4}[〕\]）)]\d+号)"
)
_UNIT = r"[\u4e00-\u9fff]{2,28}(?:政府|办公室|办公厅|局|厅|委员会|部|署|法院|检察院|中心)"
# 云川市人民政府办公室关于印发《…》的通知, on one line or two, of one office or several
_NOTICE = re.compile(
    rf"(?:^|\n)({_UNIT}(?:[ 　\n、]+{_UNIT})*)\s*关于"
    r"(?:印发|公布|发布|颁布|修订|修改|施行|试行|执行)"
)
# 云川市人民政府办公室 / 2024年9月12日: who signed the notice
_SIGNED = re.compile(
    rf"\n({_UNIT}(?:[ 　\n、]+{_UNIT})*)\s*\n\s*"
    r"(?:[12]\d{3}年|[二一][〇○零一二三四五六七八九]{3}年)"
)
_D = r"((?:19|20)\d\d年\d{1,2}月\d{1,2}日)"
# 2025年10月1日废止 / 自2025年10月1日起废止 (of this statute, in its preface)
_REPEALED_ON = re.compile(rf"(?:自|于)?{_D}(?:起)?(?:废止|失效|停止执行)")
# 有效期至2026年4月30日
_VALID_UNTIL = re.compile(rf"有效期(?:至|到|截至){_D}")
# 有效期两年 / 有效期为5年
_VALID_YEARS = re.compile(r"有效期(?:限)?(?:为|是)?([一二两三四五六七八九十]|\d{1,2})年")
_YEARS = ("零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_EFFECTIVE = re.compile(rf"自{_D}起(?:施行|实施|生效|执行)")
_FROM_ISSUE = re.compile(r"自(?:公布|发布|印发)之日起(?:施行|实施|执行)")
_PASSED = re.compile(rf"{_D}[^。；，（）]{{0,90}}?(?:通过|公布|发布|印发|令第)")
_AMENDED = re.compile(
    rf"{_D}(?:(?!\d{{4}}年\d)[^。；]){{0,140}}?(?:修正|修订|修改)(?!〈|＜|<|《|的|部分|等|经济)"
)
# 【修改日期】2020年8月8日 · 修订时间：2020-08-08 · 公布日期 2012.04.05: a law site's card
_LABELLED = re.compile(
    r"(修改|修订|修正|发布|公布|颁布|印发|施行|实施|生效)(?:日期|时间)[】\]〕：: \t　]*\n?"
    r"((?:19|20)\d\d)[年./-](\d{1,2})[月./-](\d{1,2})"
)
_AMENDING, _ISSUING = ("修改", "修订", "修正"), ("发布", "公布", "颁布", "印发")
# …条例(2010-12-23).md · …办法（20241231）.docx · …规定_2019年3月2日.txt
_FILE_DATE = re.compile(
    r"[（(_\[ 　-]((?:19|20)\d\d)[-._年]?(\d{1,2})[-._月]?(\d{1,2})日?"
    r"(?:[^（）()]{0,6}[）)\]])?\.\w+$"
)
_REPEALED = re.compile(r"(?:已|现已|全文)(?:废止|失效)|〔已废止〕|（已废止）|（失效）|已被废止")


@dataclass(slots=True)
class _Open:
    number: str
    path: tuple[str, ...]
    clauses: list[str] = field(default_factory=list)

    def close(self) -> Provision:
        return Provision(self.number, "\n".join(self.clauses), self.path, tuple(self.clauses))


def parse_statute(source: Source, *, today: str | None = None) -> Statute:
    """Return the statute that the source is. Its status is that on ``today`` (ISO; the
    day of the call when not given). A table of contents yields no articles."""
    return read_statute(clean_source(source), today=today)


def read_statute(source: Source, *, today: str | None = None) -> Statute:
    """Return the statute in a source that was cleaned already."""
    lines = [p.text for p in source.paragraphs if p.text]
    start = _first_article(lines)
    head, rest = lines[:start], lines[start:]
    articles, tail = _read_articles(head, rest)
    preface = "\n".join(head)
    name = _read_name(head)
    warnings = list(source.warnings)
    effective, promulgated, amended = _read_dates(preface, tail, warnings)
    expires = _read_expiry(preface, tail, effective)
    issuer, doc_number = _read_issuer(preface, name), _read_doc_number(preface)
    statute = Statute(
        name=name or source.path.rsplit("/", 1)[-1].rsplit(".", 1)[0],
        status=_status(preface, effective, expires, today or date.today().isoformat()),
        articles=articles,
        issuer=issuer,
        doc_number=doc_number,
        promulgated=promulgated,
        effective=effective,
        amended=amended,
        region=_region(name or "", issuer, articles),
        expires=expires,
        edition=max((*amended, promulgated or ""), default="") or _read_file_date(source.path),
    )
    if name is None:
        warnings.append("没有找到法规名称，暂用文件名")
    if not articles:
        warnings.append("没有找到条文")
    warnings += _check_sequence(articles)
    return replace(statute, warnings=tuple(warnings))


def _first_article(lines: Sequence[str]) -> int:
    """Index of the line with 第一条 (behind a table of contents, if there is one)."""
    for number, line in enumerate(lines):
        match = ARTICLE.match(line)
        if match and len(line) > match.end() + 3:
            return number
    return len(lines)


def _read_articles(head: Sequence[str], lines: Sequence[str]) -> tuple[tuple[Provision, ...], str]:
    path = _path_above(head)
    lines = _join_citations(lines)
    done: list[Provision] = []
    current: _Open | None = None
    for line in lines:
        if _END.fullmatch(line):
            break
        if (division := _DIVISION.match(line)) and len(line) < 45 and not line.endswith("。"):
            path = _step(path, line, division.group(1))
            continue
        if match := ARTICLE.match(line):
            if current:
                done.append(current.close())
            current = _Open(match.group(1), tuple(p for _, p in path))
            text = line[match.end() :].strip()
            current.clauses += [text] if text else []
        elif current:
            _add_line(current, line)
    if current:
        done.append(current.close())
    return tuple(done), done[-1].text if done else ""


def _join_citations(lines: Sequence[str]) -> list[str]:
    """Join lines that a page's edge broke before a citation (依照本办法 / 第十一条、第十二条的…):
    the line above stops inside a sentence, and the number is not the one that follows."""
    joined: list[str] = []
    last = 0
    for line in lines:
        match = ARTICLE_NUMBER.match(line)
        number = (read_numeral(match.group(1)) or 0) if match else 0
        cited = bool(joined) and bool(match) and _is_cited(joined[-1], line, last, number)
        if cited:
            joined[-1] += line
            continue
        joined.append(line)
        if ARTICLE.match(line):
            last = number
    return joined


def _is_cited(above: str, line: str, last: int, number: int) -> bool:
    """Say whether a line that begins with 第X条 only cites it. A sentence above that has not
    ended, without the number that is due, or words that only follow a citation, show it."""
    if _SENTENCE_END.search(above) or _DIVISION.match(above):
        return False
    return number != last + 1 or bool(_CITED.match(line)) or bool(_CITES.search(above))


def _add_line(current: _Open, line: str) -> None:
    """A 项 stays inside its 款; anything else begins a new 款."""
    if current.clauses and (read_mark(line) or current.clauses[-1].endswith(("：", "；", "，"))):
        current.clauses[-1] += "\n" + line
    else:
        current.clauses.append(line)


_RANK = {"编": 0, "分编": 1, "章": 2, "节": 3}


def _step(path: list[tuple[int, str]], line: str, unit: str) -> list[tuple[int, str]]:
    rank = _RANK[unit]
    return [*(p for p in path if p[0] < rank), (rank, re.sub(r"[ 　]+", " ", line.strip()))]


def _path_above(head: Sequence[str]) -> list[tuple[int, str]]:
    """The 编 and 章 that stand directly above 第一条 (not those of the contents)."""
    path: list[tuple[int, str]] = []
    for line in reversed(head):
        division = _DIVISION.match(line)
        if not division or len(line) > 45:
            break
        rank = _RANK[division.group(1)]
        if path and rank >= path[0][0]:
            break
        path.insert(0, (rank, re.sub(r"[ 　]+", " ", line.strip())))
    return path


def _read_name(head: Sequence[str]) -> str | None:
    for line in head:
        bare = re.sub(r"\s", "", line)
        if re.search(
            r"第.{1,8}号$|主席令|国务院令|^目录|公布|[，。；]|的通[知告]$|印发|^第.{1,4}[编章节]",
            bare,
        ):
            continue
        if match := _NAME.fullmatch(bare):
            return match.group(1).strip("《》")
    for line in head:
        if match := re.search(rf"《([^》]{{3,60}}{_NAME_END}(?:（.{{1,8}}）)?)》", line):
            return match.group(1)
    return None


def _read_dates(
    preface: str, tail: str, warnings: list[str]
) -> tuple[str | None, str | None, tuple[str, ...]]:
    flat = re.sub(r"\n(?=\d{4}年)", "", preface)
    history = re.sub(rf"自{_D}起(?:施行|实施)的", "", flat)
    passed, labelled = _PASSED.search(flat), _read_labelled(preface)
    told = next((day for label, day in labelled if label in _ISSUING), None)
    promulgated = find_date(passed.group(1)) if passed else told or _date_line(preface)
    found = [find_date(match.group(1)) for match in _AMENDED.finditer(history)]
    found += [day for label, day in labelled if label in _AMENDING]
    amended = tuple(dict.fromkeys(filter(None, found)))
    amended = tuple(d for d in amended if d != promulgated)
    in_tail = _EFFECTIVE.search(tail)
    match = in_tail or _EFFECTIVE.search(flat)
    effective = find_date(match.group(1)) if match else None
    if effective is None:
        effective = next(
            (day for label, day in labelled if label not in _AMENDING + _ISSUING), None
        )
    if effective is None and _FROM_ISSUE.search(tail + flat):
        effective = promulgated
        if promulgated is None:
            warnings.append("自公布之日起施行，但没有找到公布日期")
    elif effective is None:
        warnings.append("没有找到施行日期")
    if promulgated is None:
        warnings.append("没有找到公布日期")
    return effective, promulgated, amended


def _read_labelled(preface: str) -> list[tuple[str, str]]:
    """The (label, ISO date) pairs of a card above the text."""
    found = (
        (m[1], find_date(f"{m[2]}年{int(m[3])}月{int(m[4])}日"))
        for m in _LABELLED.finditer(preface)
    )
    return [(label, day) for label, day in found if day]


def _read_file_date(path: str) -> str | None:
    """The date of an edition in a file's name: …条例(2010-12-23).md."""
    match = _FILE_DATE.search(path.replace("\\", "/").rsplit("/", 1)[-1])
    return find_date(f"{match[1]}年{int(match[2])}月{int(match[3])}日") if match else None


def _date_line(preface: str) -> str | None:
    """The date that stands alone below a notice: 2025年8月22日."""
    for line in preface.split("\n"):
        if len(line.strip()) < 16 and (found := find_date(line)):
            return found
    return None


def _read_issuer(preface: str, name: str | None) -> str | None:
    if notice := _NOTICE.search(preface):
        return _join_units(notice.group(1))
    text = re.sub(r"（?(?:19|20)\d\d年\d{1,2}月\d{1,2}日", " ", preface)
    if re.search(r"中华人民共和国主席令|全国人民代表大会常务委员会第|全国人民代表大会第", preface):
        full = "全国人民代表大会常务委员会"
        return full if full in preface else "全国人民代表大会"
    for match in _ISSUER.finditer(re.sub(r"《[^》]*》", "", text)):
        issuer = re.sub(r"^(?:中华人民共和国(?=国务院)|根据|由|经)", "", match.group(1))
        if len(issuer) > 2 and "修" not in issuer:
            return issuer
    if "国务院令" in preface:
        return "国务院"
    signed = _SIGNED.search(f"\n{preface}")
    return _join_units(signed.group(1)) if signed else None


def _join_units(text: str) -> str:
    return "、".join(re.split(r"[\s、]+", text.strip()))


def _read_doc_number(preface: str) -> str | None:
    flat = re.sub(r"(?<=令)\s*\n?\s*(?=[（(]?第)", "", preface)
    match = _DOC.search(re.sub(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日", " ", flat))
    if not match:
        return None
    text = re.sub(r"\s", "", match.group())
    text = text if "（" in text or "(" in text else text.rstrip("）)")
    if match.group(2):
        text = re.sub(
            r"^.*(?:人民政府|办公室|办公厅|委员会|局|厅)(?=[\u4e00-\u9fff]{2,})", "", text
        )
    text = re.sub(r"令[（(](第[^（()）]+号)[)）]", r"令\1", text)
    return re.sub(r"[\[（(](\d{4})[\]）)]", r"〔\1〕", text)


def _read_expiry(preface: str, tail: str, effective: str | None) -> str | None:
    """The first day on which the statute no longer stands, where its text says so."""
    if match := _REPEALED_ON.search(preface):
        return find_date(match.group(1))
    if match := _VALID_UNTIL.search(tail):
        last = find_date(match.group(1))
        return (date.fromisoformat(last) + timedelta(days=1)).isoformat() if last else None
    if effective and (match := _VALID_YEARS.search(tail)):
        count = match.group(1).replace("两", "二")
        years = _YEARS.index(count) if count in _YEARS else int(count)
        return f"{int(effective[:4]) + years}{effective[4:]}"
    return None


def _status(preface: str, effective: str | None, expires: str | None, today: str) -> StatuteStatus:
    if _REPEALED.search(preface) or (expires and expires <= today):
        return "repealed"
    if effective is None:
        return "unknown"
    return "not_in_force" if effective > today else "in_force"


def _region(name: str, issuer: str | None, articles: Sequence[Provision]) -> str | None:
    """The place of a local rule; ``None`` for national ones."""
    for text in (name, issuer or ""):
        if text.startswith(("中华人民共和国", "国务院", "国家", "全国", "最高")):
            return None
        if place := place_of(text):
            return place
    return None


def _check_sequence(articles: Sequence[Provision]) -> list[str]:
    counted = Counter(a.number for a in articles)
    twice = [number for number, times in counted.items() if times > 1]
    return [f"条号重复：{'、'.join(twice[:5])}，请核对原文"] if twice else []
