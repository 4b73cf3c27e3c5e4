"""What tells of one place by its kind: an honour, a superlative, what a town lives by, a rule
or a school of its own (中国天然氧吧, 全国最大的集散地, 因煤而兴, 骑楼修缮导则, 二实小).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from replygen.entities.documents import is_general_paper, is_national_document
from replygen.entities.prose import make_mention
from replygen.models import Mention, MentionKind

_HAN = "\u4e00-\u9fff"
# 国家森林城市, 全国双拥模范城, 中国书法之乡: what a place is given; 创建… is yet to come
_HONOUR = re.compile(
    rf"(?:中国|世界|全国|国家|国际|联合国教科文组织|亚洲|东方|省级|全省)[{_HAN}]{{0,14}}?"
    r"(?:之[乡都城州县]|模范城|名城|名[县镇村]|氧吧|[雪冰茶瓷酒药花果]都|(?:森林|园林|卫生|文明|湿地|旅游|气候|生态|宜居|花园|节水|设计|音乐|手工艺|美食|创新型|双拥|食品安全示范)(?:城市|县城|县|区)"
    r"|先行[县区]|示范[县区](?!域)|百强[县区镇]|强[县区]|宜居[县区]|气候标志|先进[县区])"
    r"(?!创建|建设|评选|测评|申报|申创|管理办法|群|化)"
)
_TO_COME = re.compile(
    rf"(?:创建|创成|争创|申报|申创|建设|打造|评选|评定|开展|推进|认定|遴选|命名|成为)[{_HAN}]{{0,4}}$"
)
# 鲜花之城, 有色金属之乡
_TOWN_OF = re.compile(
    rf"(?:(?<=[这座的为是着作称处属于做])|(?<![{_HAN}]))(?P<name>[{_HAN}]{{2,5}}之[乡都城])(?!市|区|县|村|间)"
)
# “中国门都”: the same without 之, as a place is called in quotes
_CALLED = re.compile(
    rf"(?<=[“「])(?P<name>(?:中国|东方|亚洲|世界|江南|塞上)[{_HAN}]{{1,4}}[都城乡谷港镇县村])(?=[”」])"
)
# 因煤而兴, 依港而建: what a town lives by
_LIVES_BY = re.compile(
    r"[因依靠以][煤油矿钢铁盐瓷茶水河江湖海运港商路军林铜锡银石金药酒糖丝棉渔泉玉钟电核车纸边农工企桥城市][而](?:兴|生|建|名|盛|立|富|设|起|荣|旺|衰|困)"
)
# 作为水电大市, 我们是革命老区: what a place says that it is
_CALLS_ITSELF = re.compile(
    rf"(?:作为|身为|我们是|我们属于|由于属于|我们位于|我们地处|立足|这里是|我们这座)(?:一[座个])?(?P<name>[{_HAN}]{{1,8}}?"
    r"(?:大[市县省]|强[市县]|老区|侨乡|老?工业基地|老基地|口岸|主产区|名镇|重镇|门户|枢纽|腹地|功能区|[牧林矿库湖山渔滩]区|边城|山城|小城|古城|省会))"
    r"(?=[，。；、的]|$)"
)
# 不足一半, 六成多的老人, 六十出头: figures that are told without one
_VAGUE = re.compile(
    r"(?<![能应须得])(?:不足|不到|仅占|只有)(?:一半|半数|[二三四五六七八九]成)|[二三四五六七八九]成[多出](?=[的，。；户人老])"
    r"|[二三四五六七八九]?[十百千]出头|[一二三四五六七八九][千百十]多万(?=[，。；补元用投购修建])|翻了?[一两]番|增长了?一倍"
)
# 全国最大的小商品集散地, 全省唯一: among all
_MOST = re.compile(
    r"(?:全国|全省|全市|全区|世界|全球|亚洲|国内|省内|西部|东北|西北|西南|华[东南北中])(?:最[大早长多高老北南东西]的|唯一|倒数|首[座条批例家个](?![都次])|[第][一二三四五六七八九十]个)"
)
# 按|骑楼修缮导则|执行, 对照|村寨防火公约: a rule without its marks
_RULE = re.compile(
    rf"(?:按照?|依(?!据)照?|依据|根据|对照|遵照|执行|参照|落实|修订|违反|符合|列入|纳入|写入|以|在)(?:新修订的|新版|现行)?"
    rf"(?P<name>[{_HAN}]{{4,16}}?(?:条例|办法|导则|公约|细则|规程|规范|章程|守则|暂行规定|若干规定|[二三四五六七八九]?十[一二三四五六七八九]?条))"
    r"(?=[，。；]|执行|处理|处罚|处置|给予|落实|要求|规定|履行|开展|办理|作出|提[出级]|的|中|里|公布|公示|视同|选用|先行|已有|为准|从严|充分|时|有)"
)
_ANY_RULE = re.compile(
    r"有关|相关|上述|上级|国家|部门|统一|[本该此其各前第]|(?<!民宿)(?:技术|设计|操作|安全|服务|管理|行为|道德|伦理|验收|建设)(?:规范|规程|守则|公约)|质量管理规范"
    r"|法律|法规|行政|合同|企业|公司章程|村规|行业规范|居民公约|[广刑民]法"
)
# 二实小, 七十三中, 一幼, 城南二小: schools by number
_SCHOOL = re.compile(
    rf"(?<![第{_HAN}])(?:[{_HAN}]{{2}})?[一二三四五六七八九十]{{1,3}}(?:实小|实验小学|幼|小|中|职高|职中)(?=[的与和、，。校在于]|已|将|今年|率先|共建|开设|增设|师生|食堂|老师|教师|学生|门口|附近)"
    rf"|(?<=[与和在由到向对、的把])[一二三四五六七八九十]{{1,3}}(?:实小|实验小学|职高|职中|幼(?!儿))"
)


def is_honour(name: str) -> bool:
    """Return whether a name is what a place is given or calls itself: 中国书法之乡."""
    return (_HONOUR.fullmatch(name) or _TOWN_OF.fullmatch(name)) is not None


def find_telling(text: str) -> Iterator[Mention]:
    """Yield honours, superlatives, what a town lives by, rules and schools of one place."""
    for match in _HONOUR.finditer(text) if "家" in text or "国" in text or "省" in text else ():
        if not _TO_COME.search(text, max(0, match.start() - 10), match.start()):
            yield make_mention("brand", text, *match.span())
    patterns: tuple[tuple[re.Pattern[str], MentionKind], ...] = (
        (_LIVES_BY, "brand"),
        (_MOST, "number"),
        (_VAGUE, "number"),
        (_SCHOOL, "organisation"),
    )
    for pattern, kind in patterns:
        for match in pattern.finditer(text):
            yield make_mention(kind, text, *match.span())
    for pattern in (_TOWN_OF, _CALLED, _CALLS_ITSELF):
        for match in pattern.finditer(text):
            yield make_mention("brand", text, *match.span("name"))
    for match in _RULE.finditer(text):
        general = _ANY_RULE.search(match["name"]) or is_general_paper(match["name"])
        if not general and not is_national_document(match["name"]):
            yield make_mention("document", text, *match.span("name"))
