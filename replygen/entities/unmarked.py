"""Names without a mark of their own, seen by what stands around them.

建设街一带, 在人民广场, 使用食安码, 清风护航夏季战役, 居全省前列, 根据…实施方案,
智慧农贸二期工程, 与协和医院.

The words are in ``data/unmarked.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from replygen.entities.candidates import Candidate, stem_start
from replygen.entities.documents import is_general_paper, is_national_document
from replygen.entities.independent import count_documents
from replygen.entities.prose import is_everyday, sort_word
from replygen.entities.tables import TABLES
from replygen.entities.vocabulary import find_leftover, is_word
from replygen.models import Mention

_HAN = "[\u4e00-\u9fff]"
_LEFT = r"(?:^|(?<=[在对将到沿把由从至赴、，。于和与及经为了])|(?<=沿着)|(?<=整治)|(?<=改造))"
# 建设街、花园路一带: a road by an ordinary word
_ROAD = re.compile(
    rf"{_LEFT}(?P<stem>(?![在对将到沿把由从至赴于与及经为了]|和(?!平))[\u4e00-\u9fff]{{2,3}}?)(?:大街|大道|街|路|巷|胡同)"
    r"(?![道径线段面人由演灯况网边口费政桥头区办坊巷舞牌])(?=一带|沿线|两侧|两旁|周边|附近|夜市|等|和|与|及|至|、|，|。|设|建|开|餐|商|门|摊|早|晚|高峰|积水|拥堵|结冰|封闭|通车|未再|仍|常|多次|就|农贸|菜|集中|进行|完成|实施|的|改造|整治|试点|打造|交[口叉汇]|路口|段|$)"
)
# 地铁二号线沿线
_METRO = re.compile(
    r"(?:地铁|轻轨|轨道交通|轨道|公交)?(?:[一二三四五六七八九十]{1,3}|\d{1,2})号线(?=沿线|站|周边|附近|出入口|、|，|的|开通|建设|工程)"
)
# 高铁北站周边, 软件园二期: which station, which part of an estate
_PART = re.compile(
    r"(?:高铁|火车|汽车|客运)[东南西北新老]站|(?<![\u4e00-\u9fff])?[\u4e00-\u9fff]{2,3}(?:园|城|苑|湾|府|小区|公寓|安置房)[一二三四五六]期"
)
# 南门口一带
_AROUND = re.compile(
    rf"{_LEFT}(?P<stem>(?![在对将到沿把由从至赴于与及经为了])[\u4e00-\u9fff]{{2,4}})一带(?!一路)"
)
# 鼓楼坪|周围: as above, where what stands there is no word
_BESIDE = re.compile(
    rf"{_LEFT}(?P<stem>(?![在对将到沿把由从至赴于与及经为了]){_HAN}{{2,4}}?)(?=(?:周围|附近|周边|门口|两侧|路口|一侧|对面|片区)(?!环境))"
)
# 全省前列, 第一梯队: how good somebody is among others
_RANKED = re.compile(
    r"(?:位居|位列|稳居|排在|排名|跻身|进入|走在|居于|列|居|处于|保持在?|名列)?(?:全国|全省|全市|全区|全州|省内|国内|周边|同类(?:城市|地区))(?:各[市县区])?(?:的)?"
    r"(?:前列|前茅|上游|第一方阵|第一梯队|领先(?:水平|位置|地位)?|先进行列|首位)|排名(?:靠前|第一|前列|居前)|名列前茅"
)
# 九十六分以上; not 十分, 百分
_POINTS = re.compile(
    r"[二三四五六七八九]?十[一二三四五六七八九]分(?![之钟])|[二三四五六七八九]十分(?=以上|左右|[，。；、）]|$)"
)
# 省人民医院, 市一院, 与协和医院: the hospital of one place
_HOSPITAL = re.compile(
    r"(?<![各全本我某])(?:[省市县](?:立)?(?:人民|中心|中医|肿瘤|儿童|妇幼保健|妇女儿童|第[一二三四五六七八九十]+(?:人民)?)医?院|[市县省区][一二三四五六]院|(?<![各全本我某该每])[市县区州镇](?:第)?[一二三四五六七八九十]{1,2}(?:[中小高幼职]|中学|小学|高中)(?![个年月段学类之项大]))"
    r"|(?:(?<=[与和同在到由、])|(?<=联合)|(?<=会同)|(?<=依托)|(?<=邀请))(?P<name>[\u4e00-\u9fff]{2,3})(?:医院|中学|(?<!中)小学|大学)(?![校生员城毕])"
)
# 省纤检所, 市质计院: two or three characters of no word before what a body is
_SHORT_BODY = re.compile(
    r"(?<![各全本我某该])[省市县州](?P<stem>[\u4e00-\u9fff]{2,3}?)(?:所|院|站|台|办|队|局|公司|集团|中心)(?![\u4e00-\u9fff]?(?:有|在地|属|谓|长|员))"
)
# 北方工大, 华南师大: a university by its short name
_COLLEGE = re.compile(
    r"(?P<stem>[\u4e00-\u9fff]{2})(?:工大|师大|农大|医大|科大|林大|海大|财大|外大|交大|(?<!管)理工|工学院|师院|医学院|农学院)(?![会厦户赛厅街道院类科型件])"
)
# 学校|和|医院, 居住区和|公园; not 协和|医院
_JOINED = re.compile("[和与及的](?=.)|..[和与及的]$|[初高小]$|中小|^(?:关|对)于|^有关")
_CENTRAL = ("中心", "附属", "妇幼", "中医")  # 与|中心医院: a town has one
_SELDOM = 25  # independent documents below which an ordinary word may name a hospital


def find_unmarked(text: str) -> Iterator[Candidate]:
    """Roads, squares, lines, codes, campaigns, ranks, projects and hospitals of one place."""
    chars = frozenset(text)
    yield from _find_areas(text, chars)
    yield from _find_ranks(text, chars)
    if not chars.isdisjoint("院学中小幼高职"):
        yield from _find_hospitals(text)
    if not chars.isdisjoint("院所站台办队心局司团"):
        yield from _find_short_bodies(text)
    if not chars.isdisjoint("大理院"):
        yield from _find_colleges(text)
    yield from _find_codes(text)
    yield from _find_campaigns(text, chars)


def _find_areas(text: str, chars: frozenset[str]) -> Iterator[Candidate]:
    for match in () if chars.isdisjoint("街路巷道胡") else _ROAD.finditer(text):
        if not match["stem"].endswith(_stems("road_stops")) and _is_stem(match["stem"]):
            yield _candidate("place", text, match.start(), match.end())
    for match in _METRO.finditer(text) if "线" in chars else ():
        yield _candidate("place", text, *match.span())
    for match in () if chars.isdisjoint("场园馆站街心宫院头") else _square().finditer(text):
        if not _JOINED.search(match["stem"]) and match["stem"] not in _stems("square_stops"):
            yield _candidate("place", text, *match.span("name"))
    yield from _find_around(text, chars)
    for match in () if chars.isdisjoint("站期") else _PART.finditer(text):
        yield _candidate("place", text, *match.span())


def _find_around(text: str, chars: frozenset[str]) -> Iterator[Candidate]:
    for match in _AROUND.finditer(text) if "带" in chars else ():
        if not match["stem"].endswith(_stems("around_stops")):
            yield _candidate("place", text, *match.span("stem"))
    for match in () if chars.isdisjoint("周附近门两路侧面片") else _BESIDE.finditer(text):
        stem = match["stem"]
        leftover = find_leftover(stem)
        if leftover and stem.endswith(leftover[-1]) and not is_word(stem[-2:]):
            yield _candidate("place", text, *match.span("stem"))


def _find_ranks(text: str, chars: frozenset[str]) -> Iterator[Candidate]:
    for match in () if chars.isdisjoint("列茅阵队先位前游") else _RANKED.finditer(text):
        yield Candidate("number", *match.span(), match.group(), "unknown", 3)
    for match in _POINTS.finditer(text) if "分" in chars else ():
        yield Candidate("number", *match.span(), match.group(), "unknown", 3)


def _find_hospitals(text: str) -> Iterator[Candidate]:
    for match in _HOSPITAL.finditer(text):
        name = match["name"]
        if name is None:
            yield _candidate("organisation", text, *match.span())
        elif name in _CENTRAL and match.group().endswith("医院"):
            yield _candidate("organisation", text, match.start("name"), match.end())
        elif (
            not _JOINED.search(name)
            and name not in _stems("hospital_stops")
            and not name.endswith(tuple("级型性所家"))
        ):
            if not is_everyday(name) or count_documents(name) < _SELDOM:
                yield _candidate("organisation", text, match.start("name"), match.end())


def _find_short_bodies(text: str) -> Iterator[Candidate]:
    for match in _SHORT_BODY.finditer(text):
        if len(find_leftover(match["stem"])) == len(match["stem"]):
            yield _candidate("organisation", text, *match.span())


def _find_colleges(text: str) -> Iterator[Candidate]:
    for match in _COLLEGE.finditer(text):
        start = stem_start(text, match.end("stem"), 2)
        if sort_word(match["stem"]) == "V":  # 设立|理工农医类学校
            continue
        if start == match.start() and not is_word(text[match.end() - 2 : match.end() + 1]):
            yield _candidate("organisation", text, *match.span())


def _candidate(kind: str, text: str, start: int, end: int) -> Candidate:
    return Candidate(kind, start, end, text[start:end], "unknown", 3)  # type: ignore[arg-type]


def _is_stem(stem: str) -> bool:
    """True for 建设, 花园, 幸福; not for 打造老, 通各: two characters are a word, three hold
    none of official prose at their start."""
    return len(stem) == 2 or not is_everyday(stem[:2])


def _find_codes(text: str) -> Iterator[Candidate]:
    if "码" in text:
        for match in _code().finditer(text):
            if not match["stem"].endswith(_stems("code_stops")):
                yield _candidate("brand", text, *match.span("name"))
    if "通" in text:
        for match in _pass().finditer(text):
            if not match["stem"].endswith(_stems("pass_stops")):
                yield _candidate("brand", text, *match.span("name"))


def _find_campaigns(text: str, chars: frozenset[str]) -> Iterator[Candidate]:
    for match in () if chars.isdisjoint("役战法治动查坚走") else _campaign().finditer(text):
        if not match["name"].startswith(_stems("campaign_stops")):
            yield _candidate("brand", text, *match.span("name"))
    for match in _rare_act().finditer(text):
        if not is_everyday(match["stem"]) and not count_documents(match["stem"]):
            yield _candidate("brand", text, match.start("stem"), match.end())
    for match in _coined().finditer(text):
        yield _candidate("brand", text, *match.span(match.lastgroup or 0))
    for match in () if chars.isdisjoint("程目") else _project().finditer(text):
        yield _candidate("brand", text, *match.span("name"))


def find_titles(text: str) -> Iterator[Mention]:
    """Titles that have lost their marks: 根据…攻坚行动实施方案, 出台了…实施细则."""
    if frozenset(text).isdisjoint("则施见定案法划动引程南条书知办告范标要函复"):
        return
    for match in _title().finditer(text):
        group = match.lastgroup or "title"
        title = match[group]
        national = group == "title" and title.startswith(_stems("title_national"))
        if is_general_paper(title):
            continue
        if title.endswith("条") and "第" in title:  # 依照刑法第二百八十条
            continue
        if is_national_document(re.sub(r"[“”\"]", "", title)) or is_national_document(title):
            continue
        if "《" not in text[max(0, match.start(group) - 2) : match.end()] and not national:
            yield Mention("document", title, *match.span(group), title)


@lru_cache(maxsize=32)
def _stems(kind: str) -> tuple[str, ...]:
    return tuple(_word_list(kind))


def _word_list(kind: str) -> list[str]:
    words = TABLES.toml("unmarked.toml")[kind].split()
    return sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))


def _join(kind: str) -> str:
    return "|".join(_word_list(kind))


@lru_cache(maxsize=1)
def _square() -> re.Pattern[str]:
    squares = _join("squares")
    return re.compile(
        rf"(?:在|于|到|走进|赴)(?P<name>(?P<stem>[\u4e00-\u9fff]{{2,4}}?)(?:{squares}))(?=举|设|开|组|摆|集|进|完|建|周|附|的|，|。|、|等|现场|成功|$)"
    )


@lru_cache(maxsize=1)
def _code() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_join('code_verbs')})(?:使用|应用|了|出)?(?P<name>(?P<stem>(?!使用|应用)[\u4e00-\u9fff]{{2,5}}?)码)(?![上下头率分表元点片盘流])"
    )


@lru_cache(maxsize=1)
def _pass() -> re.Pattern[str]:
    return re.compile(
        r"(?:通过|使用|推广|上线|下载|登录|依托|运用|开通|推出)(?:了)?(?P<name>(?P<stem>[\u4e00-\u9fff]{2,3})通)(?=受理|平台|App|APP|小程序|投诉|办理|系统|，|。|、|查询|申报|扫码|公众号|客户端)"
    )


@lru_cache(maxsize=1)
def _campaign() -> re.Pattern[str]:
    poetic, kinds = _join("poetic"), _join("campaigns")
    return re.compile(
        rf"(?:{_join('campaign_verbs')})(?P<name>(?:(?:{poetic})[\u4e00-\u9fff]{{0,8}}?(?:{kinds})|[\u4e00-\u9fff]{{2,8}}?(?:[春夏秋冬]季战役|大会战)))"
    )


@lru_cache(maxsize=1)
def _rare_act() -> re.Pattern[str]:
    """组织|追风|执法: a word that no independent source has."""
    return re.compile(
        rf"(?:{_join('campaign_verbs')})(?P<stem>(?!开展|专项|联合)[\u4e00-\u9fff]{{2}})(?:执法|整治)(?!人员)"
    )


@lru_cache(maxsize=1)
def _coined() -> re.Pattern[str]:
    """建成|星火餐饮街区, 开展|清风行动, 食惠万家."""
    said = set(_word_list("poetic_said"))
    own = "|".join(word for word in _word_list("poetic") if word not in said)
    return re.compile(
        rf"(?:{_join('built')})(?P<name>(?:{own}|阳光|幸福)[\u4e00-\u9fff]{{0,4}}?(?:{_join('built_kinds')}))"
        rf"|(?:{_join('campaign_verbs')})(?P<act>(?:{own})[\u4e00-\u9fff]{{0,4}}?(?:行动|执法|整治|活动|工程))"
        r"|(?P<slogan>[\u4e00-\u9fff]{1,2}[惠暖润乐享]万家)"
    )


@lru_cache(maxsize=1)
def _project() -> re.Pattern[str]:
    poetic = _join("poetic")
    return re.compile(
        rf"(?:^|(?<=[，。；、“])|(?<=实施)|(?<=推进)|(?<=启动)|(?<=建成)|(?<=推动)|(?<=完成)|(?<=实施了)|(?<=将)|(?<=对))"
        rf"(?P<name>(?:(?:{poetic})[\u4e00-\u9fff]{{1,6}}?|[\u4e00-\u9fff]{{2,8}}?[一二三四五]期)(?:{_join('projects')}))(?={_join('project_after')}|$)"
    )


@lru_cache(maxsize=1)
def _title() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!家)(?<!央)(?<!院)(?<!部)(?<!级)(?:{_join('title_verbs')})(?:了|实施|的)?(?P<title>[\u4e00-\u9fff\d“”、]{{5,30}}?"
        r"(?:实施细则|若干措施|若干意见|若干规定|实施意见|实施方案|实施办法|行动计划|行动方案|三年行动|工作指引|管理办法|暂行办法|考核办法|管理规定|工作规程|操作指南|合规指引|导则|规程|准则|守则|公约|十条|二十条|三十条|白皮书)"
        r"|(?<=了)[\u4e00-\u9fff、]{5,20}(?:办法|细则|规程|导则)"
        r"|(?<=[台发布定行]的)(?!有关|相关|配套|系列|一系列|具体)[\u4e00-\u9fff、]{5,20}(?:办法|细则|规程|导则)"
        r"|关于[\u4e00-\u9fff、]{4,30}?的(?:若干)?(?:意见|通知|办法|方案|规定|决定|通告|措施))"
        r"(?=[，。；、（]|并|后|以来|明确|执行|作出|进行|给予|予以|处理|查处|处罚|(?:的)?(?:要求|规定|精神|部署|安排|内容)|$)"
        rf"|(?:{_join('title_verbs')}|对标)(?:了|印发|省里的|市里的|上级的)*(?P<marked>{_HAN}{{4,24}}?(?:规范|办法|规程|细则|意见|方案|指南|规定|标准|预案|导则|条例)（(?:试行|暂行|修订|20\d\d年?版?)）)"
        rf"|(?:{_join('title_verbs')}|对标)(?:了|省里的|市里的|上级的)*(?P<outline>{_HAN}{{4,20}}?(?:建设纲要|规划纲要|发展纲要|行动纲要|工作要点|实施纲要))"
        rf"|(?:{_join('title_verbs')})(?:了)?(?P<issued>(?:[省市县区州]|我[省市县区])[^，。；《]{{0,12}}关于{_HAN}{{4,30}}?的(?:若干)?(?:意见|通知|办法|方案|规定|决定|通告|措施|函|批复))"
        rf"|(?<=[我本][省市县区州])(?P<ours>{_HAN}{{3,20}}?(?:条例|办法|规定|细则))(?=第[一二三四五六七八九十百\d]+条)"
        rf"|(?:执行|实施|出台|发布|落实|对照|制定了|依据)(?:了)?(?P<standard>{_HAN}{{4,20}}?(?:规范|标准|规程|导则|指南|要求))(?=(?:的)?(?:地方|团体|企业|省级|市级)标准)"
        rf"|(?<![《家国])(?P<plan>[“\"]?十[二三四五]五[”\"]?(?!规划|发展规划|总体规划|专项规划|国民|国家|全国|相关|期间|时期){_HAN}{{2,12}}?(?:规划|计划))(?!纲要)"
    )
