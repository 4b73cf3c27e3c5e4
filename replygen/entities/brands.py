"""Platforms, systems, campaigns and companies: by register, and quoted names by pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from replygen.entities.candidates import Candidate
from replygen.entities.prose import is_everyday
from replygen.entities.tables import (
    Automaton,
    build_automaton,
    is_common_word,
    read_table,
    read_words,
)
from replygen.models import Scope

_QUOTED = re.compile(r"[“\"‘「『＂]([^“”\"‘’「」『』\n]{2,24})[”\"’」』＂]")
# A quoted name before one of these is a name: “红盾云桥”惠企服务直通车, “甲乙通”App.
_AFTER = re.compile(
    r"^\s*(?:[\u4e00-\u9fff]{0,10}?)(?:平台|系统|工程|行动|App|APP|app|小程序|专区|品牌|热线|公众号|直通车|服务包|码|专栏|栏目|"
    r"计划|项目|驿站|中心|工作室|团队|服务队|联盟|基地|模块|应用|场景|大脑|一张图|客户端|直播间|网店|调解室|服务站|超市|餐厅|饭店|酒店|街区|夜市|门户|网站|视频号|抖音号|微信号|大赛|论坛|峰会|展会|节)"
)
_BEFORE = re.compile(
    r"(?:建成|打造|上线|开通|推出|开发|建设|搭建|研发|创建|创新推出|依托|运用|利用|使用|升级|启用|探索|实施|开展|启动|创立|成立|组建|设立|入驻|通过|借助|评选|评定|授予|创新)(?:了|的|出)?"
    r"(?:[\u4e00-\u9fff]{0,6})?$"
)
# The name itself ends like one: “甲市互联网监测管理系统”, “红盾行动”, “乙乙通”.
_NAME_TAIL = re.compile(
    r"(?:平台|系统|工程|行动|App|APP|小程序|专区|热线|码|通|云|链|大脑|驿站|直通车|工作室|计划|网|办|之都|之城|之乡|之家|之窗|好品|优品|优选|名品|甄选|(?<=..)发布)$"
)
_KIND_BEHIND = re.compile("工程|行动|计划|政策|战略")
# Ordinary phrases that a reply quotes: 互联网+…, 从…到…, 三…两…, a title of a proposal.
_PHRASE = re.compile(
    r"^(?:关于|从|由|要|应|是否|如何|为何|因为|加强|推进|推动|提升|完善|健全|加大|强化|建立|鼓励|支持|优化|规范|严格|压实|落实|促进|深化|构建|实施|制定|"
    r"一|二|三|四|五|六|七|八|九|十|两|双|多|零|无|不|非|全|先|以|既|谁|我|你|有)|[，。；：？！]|[+＋/→]|(?:化|性|率|难|制|式|型|感|力|者|员|率先|[\u4e00-\u9fff]进(?:企业|社区|校园|农村|机关|家庭|市场|商圈|景区|万家|村|军营|网络)|问题|现象|机制|模式|原则|理念|责任|监管|经营|管理|服务|治理|标准|清单|制度|经济|产业|市场|消费|宣传|行为|的)$"
)
# “两长一员”, “三色九制”: local ways of working go by such numbers
_NUMBERED = re.compile(
    r"[一二三四五六七八九十两双]+[\u4e00-\u9fff]{1,2}[一二三四五六七八九十两]+[\u4e00-\u9fff]{1,2}"
)
# “六个一”工程, “双十佳”主播, “三色图”: what is counted is someone's own
_COUNTED = re.compile(r"[一二三四五六七八九十双][个大项色星级优化快]?[一-龥]{1,2}")
_WAY = re.compile(
    r"(?:工程|行动|计划|机制|模式|工作法|管理法|活动|品牌|主播|改革|管理|评选|分级|实施|体系|服务|创建|监管|治理|制度)"
)
# “微网格+”治理模式; not “互联网+”监管, which is said everywhere
_PLUS = re.compile(
    r"(?!(?:互联网|人工智能|AI|信用|大数据|数据|物联网|区块链|科技|金融|电商|直播|旅游|文化|体育|生态|党建|网格|标准|服务|监管|政务)[+＋])"
    r"[\u4e00-\u9fff]{2,6}[+＋]"
)
# “世界环境日”, “全国低碳日”: days and weeks of the whole country or the world
_DAY = re.compile(
    r"(?:世界|国际|全国|中国)[\u4e00-\u9fff]{1,10}[日周月年]|(?:质量|安全|科普|宪法|节能|知识产权|消费|食品|网络|敬老|读书|志愿|民法典"
    r"|禁毒|交通|防灾|计量|标准|卫生|科技|职业|推普|诚信|信用|普法|法治|国际消费)[\u4e00-\u9fff]{0,8}[日周月]"
)


@lru_cache(maxsize=1)
def _register() -> tuple[Automaton, dict[str, tuple[str, str]]]:
    rows = {r[0]: (r[1], r[2] if len(r) > 2 else "") for r in read_table("brands.tsv")}
    rows |= {r[0]: ("national", r[2]) for r in read_table("national.tsv") if r[1] == "brand"}
    return build_automaton(name for name, (scope, _) in rows.items() if scope != "stop"), rows


# Register names that are ordinary words unless quoted or followed by 平台, 行动 ...: 清朗, 菜鸟.
_NEED_MARK = frozenset(
    "清朗 网剑 净网 护苗 剑网 铁拳 昆仑 断卡 红盾 小米 苏宁 阿里 同程 飞猪 高德 灵锡 京通 "
    "极兔 韵达 菜鸟 万达 山姆 滴滴 工行 农行 建行 交行 招行 "
    "小巨人 一件事 办事通 城市大脑 恒大 双减 双碳".split()
)
_MARK_AFTER = re.compile(
    r"^[”\"’]?(?:系列|专项)?(?:平台|行动|电商|系统|公司|集团|App|APP|超市|广场|出行|商城|直播|企业|联合|、|等|巴巴|网)"
)


def is_firm(name: str) -> bool:
    """True for a company or platform that the register knows (抖音): of no one place."""
    return _register()[1].get(name, ("", ""))[1] == "company"


def find_brands(text: str, places: Sequence[tuple[int, int]] = ()) -> Iterator[Candidate]:
    """Brands in ``text``: register names with their scope, and quoted names by what stands
    around them (local with a place in them, else unknown)."""
    automaton, rows = _register()
    for last, name in automaton.iter(text):
        start, end = last + 1 - len(name), last + 1
        quoted = text[start - 1 : start] in ("“", '"', "‘") if start else False
        if name in _NEED_MARK and not quoted and not _MARK_AFTER.match(text[end : end + 8]):
            continue
        if name.isdigit() and (text[start - 1 : start].isdigit() or text[end : end + 1].isdigit()):
            continue
        scope, what = rows[name]
        kind = "organisation" if what == "company" else "brand"
        yield Candidate(kind, start, end, name, _scope(scope), 3)  # type: ignore[arg-type]
    for match in _QUOTED.finditer(text):
        if not _is_brand(text, match, rows):
            continue
        known = _known(text, match, rows)
        scope = known[0] if known else "unknown"
        if any(match.start() <= s and e <= match.end() for s, e in places):
            scope = "local"
        yield Candidate("brand", *match.span(), match.group(1).strip(), _scope(scope), 4)


def _scope(word: str) -> Scope:
    return "national" if word == "national" else "local" if word == "local" else "unknown"


def _is_coined(text: str, match: re.Match[str], name: str) -> bool:
    """“两长一员”, “六个一”工程, “微网格+”治理模式: ways of working that somebody named."""
    way = _WAY.match(text, match.end()) is not None
    if _PLUS.match(name):
        return way
    if is_common_word(name):
        return False
    if _NUMBERED.fullmatch(name):
        return True
    judged = text.endswith(("评选", "评定", "授予"), 0, match.start())
    return _COUNTED.fullmatch(name) is not None and (way or judged)


def _known(
    text: str, match: re.Match[str], rows: dict[str, tuple[str, str]]
) -> tuple[str, str] | None:
    """The row of a quoted name, with what stands behind it or not: “三北”|工程."""
    name = match.group(1).strip()
    behind = _KIND_BEHIND.match(text, match.end())
    return rows.get(name) or (rows.get(name + behind.group()) if behind else None)


def _is_brand(text: str, match: re.Match[str], rows: dict[str, tuple[str, str]]) -> bool:
    name = match.group(1).strip()
    known = _known(text, match, rows)
    if known:
        return known[0] != "stop"
    if name in read_words("number_stop.tsv") or re.fullmatch(r"[\d.+＋]+|十[一二三四五六]五", name):
        return False
    if (
        is_everyday(name)
        or _DAY.fullmatch(name)
        or name.startswith(("中国", "中华", "国家", "全国"))
    ):
        return False
    if _is_coined(text, match, name):
        return True
    if any(char in name for char in "，。；：？！、"):
        return False
    if _NAME_TAIL.search(name) and len(name) >= 3 and not _PHRASE.match(name):
        return True
    after = _AFTER.match(text[match.end() : match.end() + 16])
    before = _BEFORE.search(text[max(0, match.start() - 12) : match.start()])
    if _PHRASE.search(name):
        return bool(after and before and not re.search(r"[+＋]", name) and len(name) <= 8)
    return bool(after or before)
