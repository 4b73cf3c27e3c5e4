"""Names that their shape gives away: 一企一码监管, 第三中学, 太平庄的村民, 网格员老周."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from replygen.entities.people import surnames
from replygen.entities.prose import cut_prose, make_mention, prose_words, read_auspicious
from replygen.models import Mention

# 网格员|老周, 李姐: how neighbours are called
_FAMILIAR = r"(?:老[{s}]|小[{s}]|阿[{s}]|老[{s}]头|[{s}](?:姐|哥|叔|婶|嫂|姨|伯|爷|师傅))"
# 一企一码监管, 红黄绿牌管理, 三色预警: ways of working that somebody gave a name
_COINED = re.compile(
    r"一[\u4e00-\u9fff]一[\u4e00-\u9fff](?=[”\"]?(?:[\u4e00-\u9fff]{0,4}(?:监管|管理|模式|制度|机制|做法|治理|服务)|项目|工程|行动|计划|品牌|创建|试点|系统|平台))"
    r"|[红黄绿蓝橙白黑]{4}|[红黄绿蓝橙白黑]{2,4}[牌码标卡](?=[\u4e00-\u9fff]{2})|[三四五六七][色码](?=[\u4e00-\u9fff]{2})"
)
# 第三中学, 实验小学, 第一人民医院: which one of a town's
_NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十]{1,3}|实验|附属)(?:人民|高级|初级|中心|实验|职业)*(?:中学|小学|幼儿园|医院|中医院|高中)"
    r"|(?:(?<![\u4e00-\u9fff])|(?<=目前|现在|近期|今年|去年|日前|随后)|(?<=[由在到与和对让从为据给把将向请]))"
    r"(?P<short>[一二三四五六七八九十]{1,2}[中院小幼]|[一二三四五]水厂|[附实][中小]|妇保院)"
    r"(?=、[一二三四五六七八九十]中|共建|合作|率先|开[设放展办]|门[前口诊]|食堂|操场|[师学][生校]|附近|校[门园]|教师|周边|派|已|自去?今?年"
    r"|(?:把|将|与|和|及|也|正|还|对)(?!了)|(?<=院)急诊|的[\u4e00-\u9fff]{0,6}(?:科|门诊|急诊|病房|医生|护士|院区|操场|食堂|校|教|学生|老师|孩子|家长|车|墙|门|水|泵|管))"
)


# 将幸福里打造成…, 和平里社区, 莲花里菜场: an old quarter
_QUARTER = re.compile(
    r"(?:^|(?<=[将把在沿对于])|(?<=[^\u4e00-\u9fff]))(?P<name>(?![将把在沿对于这那哪])[\u4e00-\u9fff]{2,3}(?<![家村心市县区乡镇校园店场市厂手眼])[里坊弄])(?=打造|改造|建成|街区|社区|小区|项目|商圈|特色|试点|商户|商家|夜市|菜场|市场|物业)"
)


# 太平庄的村民, 响水涧水电站: a hamlet by its last character
_HAMLET = re.compile(
    r"(?:^|(?<=[到赴在沿对将把与由])|(?<=[^\u4e00-\u9fff]))(?P<name>(?![到赴在沿对将把与由各该这那每])[\u4e00-\u9fff]{1,3}[庄营湾寨堡涧沟坪塘埠圩岗坝垭洼滩渡岭冲坳]子?)"
    r"(?=的(?!治理|整治)|村民|居民|群众|小学|中学|周边|附近|一带|沿线|水电站|水库|林场|片区|大桥|隧道|、|，|等)"
)
# 五步工作法, 开展守护舌尖百日行动, 邻里e家
_WAY = re.compile(
    r"[一二三四五六七八九十][\u4e00-\u9fff]{1,2}工作法|[\u4e00-\u9fff]{2,6}百日(?:专项)?(?:行动|攻坚|整治|会战)"
    r"|[\u4e00-\u9fff]{2}[eiuv][+＋]?[\u4e00-\u9fff]|(?<![A-Za-z])[eiuv][\u4e00-\u9fff]{2,3}(?=客户端|平台|小程序|App|APP|服务|系统)"
)
# 软件谷, “码”上监督
_VALLEY = re.compile(
    r"(?:软件|云|光|药|硅|数字|芯|智|直播|电商)谷(?![物歌])|“[码云网链]”[\u4e00-\u9fff]{1,3}"
)
# 师范附小, 瀛洲海关, 老街口瓜子厂
_BRANCH = re.compile(r"[\u4e00-\u9fff]{2,4}(?:附[小中](?!属)|职院|师专|卫校|技校|高专)")


def find_shaped(text: str) -> Iterator[Mention]:
    """Names that their shape gives away."""
    for match in _COINED.finditer(text):
        if match.group() not in prose_words()[3]:
            yield make_mention("brand", text, *match.span())
    for match in _NUMBERED.finditer(text):
        yield make_mention("organisation", text, *match.span("short" if match["short"] else 0))
    for match in _HAMLET.finditer(text):
        if _names_hamlet(match["name"]):
            yield make_mention("place", text, *match.span("name"))
    for match in _QUARTER.finditer(text):
        yield make_mention("place", text, *match.span("name"))
    patterns = (
        (_familiar(), "person"),
        (_WAY, "brand"),
        (_VALLEY, "brand"),
        (_BRANCH, "organisation"),
    )
    for pattern, kind in patterns:
        for match in pattern.finditer(text):
            yield make_mention(kind, text, *match.span())  # type: ignore[arg-type]


def _names_hamlet(name: str) -> bool:
    """太平|庄, 响|水|涧; not 池塘, 村庄: what stands before the last character is no word of
    official prose, or an auspicious one."""
    pieces = cut_prose(name.removesuffix("子"), 0)
    auspicious = read_auspicious()
    return len(pieces[-1].text) == 1 and any(
        p.sort == "S" or p.text in auspicious for p in pieces[:-1]
    )


@lru_cache(maxsize=1)
def _familiar() -> re.Pattern[str]:
    sure = "".join(s for s in surnames(sure=True) if len(s) == 1)
    return re.compile(
        rf"(?:(?<![\u4e00-\u9fff])|(?<=[员户人与请由和的]))(?:{_FAMILIAR.format(s=sure)})(?=每|说|主动|带|的|反映|表示|坚持|上门|经常|夫妇|一家|牵头|负责|领头|出面|当|做|担任|亲自|挨家|一边|常|总|就|也|自己|[，、])"
    )
