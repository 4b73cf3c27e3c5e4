"""Names by how they are made, wherever they stand: 西三旗, 琥珀四号, 局长陪你走流程, 陶协,
取名听梯说话, 送中检华南检验, 沙窝萝卜.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from replygen.entities.candidates import Candidate, stem_start
from replygen.entities.carried import make_candidate, words_of
from replygen.entities.independent import count_documents
from replygen.entities.prose import cut_tokens, is_everyday
from replygen.entities.vocabulary import find_leftover, is_word

_HAN = "\u4e00-\u9fff"
_CN = "一二两三四五六七八九十百"
# 西三旗, 东四牌楼: one of the compass and a number
_COMPASS_PLACE = re.compile(
    rf"[东南西北上下前后左右大小][{_CN}](?:旗|牌楼|坊|营|屯|庄|台|塘|墩|甲|寨|铺|里铺|里河|里桥|道沟|条胡同)"
)
# 局长陪你走流程, 科长帮你办: what somebody does for you
_FOR_YOU = re.compile(
    rf"(?:[局科处所厅主][长任]|干部|专员|我|小[微专])?(?:陪|帮|带|教|助|请|替)你[走办看跑查问选逛买聊学拍][{_HAN}]{{0,4}}"
)
# 琥珀四号: an operation with a number
_OPERATION = re.compile(
    rf"(?:打响|代号|启动|开展|部署|实施|发起|组织|推进|结合|延续|继)(?:了|为)?(?P<name>(?!第)[{_HAN}]{{2,4}}[{_CN}\d]号)(?!文|令|提案|建议|公告|通告|楼|线|门|仓|厅)"
)
# 陶协, 茶协: an association of one trade by two characters
_TRADE = re.compile(
    r"(?P<name>(?<![\u4e00-\u9fff])[\u4e00-\u9fff]协|(?<=[的由与和同请向市县区镇])[\u4e00-\u9fff]协)(?=牵头|会长|制定|组织|的|与|和|代表|发起|出台|成员|会员|开展|共同|联合)"
)
_ANY_TRADE = frozenset("政科消妥作妇文音美影书侨残工农剧舞体法记视律老校商")
# QZ|星级: capitals that grade
_GRADE = re.compile(
    r"(?<![A-Za-z])(?!QS|SC|CC|GB|AI|IT|VR|AR|EN|UL|CE)[A-Z]{2}[+＋]?(?=星级|认证|标识|品牌|等级|指数|模式|工作法|计划|行动|工程|码)"
)
# 居中部省会城市前三: among whom a place ranks
_AMONG = re.compile(
    rf"(?:稳居|位居|位列|名列|跻身|进入|居(?![民住家室委所间中])|列|排名|排在)[{_HAN}]{{2,10}}?(?:前[{_CN}\d]+[位名强]?|首位|第[{_CN}\d]+[位名]?|前列)"
)
# 高原|缺氧, 高寒|干旱: what a climate is like
_CLIMATE = re.compile(
    r"(?:高原|高寒|高海拔|海拔高|盐碱地?|喀斯特|湿热|沿海|临海|内陆|山高|山大|沟深|地广|人稀|地广人稀|山高路远|点多线长)(?:、)?"
    r"(?:缺氧|干旱|多雨|多雾|潮湿|严寒|酷热|高温|多风|多台风|坡陡|沟深|人稀|路远|林密|谷深)(?:、[\u4e00-\u9fff]{4})?"
    r"(?!之处|的(?:地方|地区|村|偏远|山区))"
)
# 沙窝|萝卜: two characters that nobody says before what grows and is made there
_PRODUCT = re.compile(
    r"(?P<stem>[\u4e00-\u9fff]{2})(?:萝卜|白菜|大葱|大蒜|生姜|辣椒|西瓜|甜瓜|蜜瓜|香瓜|葡萄|蜜桃|水蜜桃|蜜橘|蜜柚|冬枣|核桃|板栗|花生|绿茶|红茶|白茶|黄茶|毛尖|大米|小米|挂面|粉条|豆腐|豆干|火腿|腊肉|烧鸡|烤鸭|麻鸭|白鹅|黄牛|山羊|黑猪|土猪|大闸蟹|小龙虾|白酒|黄酒|陈醋|香醋|酱菜|榨菜|蜂蜜|木耳|香菇|枸杞|青瓷|白瓷|紫砂|刺绣|剪纸|年画|折扇|油纸伞|竹编|草编|柳编|米粉|拉面|烧饼|麻花|糕点)"
    r"(?=的|产|地理|种植|养殖|标识|商标|品牌|是|、|，|等|已|被|区域|公用|授权|合作|协会|批发|电商|上市)"
)
# 吴门|工匠|冠名
_MADE_IN = re.compile(
    rf"(?<![{_HAN}])?(?P<name>(?P<stem>[{_HAN}]{{2}})(?:工匠|智造|质造|品质|优品|精品|好品|好物|好礼|有礼|味道|名菜|名匠|绣娘|优选|甄选|标准|服务|药香|茶香))(?=冠名|品牌|标识|认证|称号|评选|授权|展馆|专区|为名)"
)
# 取名|听梯说话, 换成了|梯安宝: what something is called
_CALLED_SO = re.compile(
    rf"(?:取名|命名为|名为|名叫|定名为|唤作|称作|叫作|叫做|打响了|搞起了|办起了|玩起了|换成了?|换为|改用|更名为|升级为|首创|独创)(?P<name>[{_HAN}]{{2,8}}?)(?=，|。|；|、|的|品牌|活动|行动|$)"
)
# 选聘|弄堂管家: a post that one place made up; 健康管家, 物业管家 are kinds
_POST = re.compile(
    rf"(?:选聘|选任|招募|推选|评选)(?:了|出)?(?P<name>(?!家庭|物业|健康|生活|养老|企业|电子|智能|服务|环保|专属|金融|法律)"
    rf"[{_HAN}]{{2,3}}(?:管家|店小二|轻骑兵|娘子军))(?=参与|担任|负责|协助|入户|上门|，|。|、|\d)"
)
# 被唤作|星星的孩子: what somebody is likened to
_LIKENED = re.compile(rf"被(?:人们?|大家|誉)?(?:唤作|称作|叫作|叫做)[{_HAN}]{{2,8}}?的")
# 冒用|百草堂|字号: whose sign it is
_SIGN = re.compile(
    rf"(?:冒用|擅用|擅自使用|仿冒|假冒|注册|叫响|擦亮|打响|使用|盗用|侵犯|保护|授权)(?:了)?(?P<name>[{_HAN}]{{2,5}}?)(?=字号|商号|招牌|老字号)"
)
# 送|中检华南|检验: who tests
_TESTED = re.compile(
    rf"(?:经送|送往|送至|送交|委托|送|交由)(?P<name>[{_HAN}]{{3,8}}?)(?=检验|检测|鉴定|复检|检定|抽检|测试)"
)
# 由|中谱检测|负责: a firm by what it does
_FIRM = re.compile(
    rf"(?:由|委托|与|和|同|请|经|聘请|引入|联合)(?P<name>(?P<stem>[{_HAN}]{{2}})(?:检测|检验|认证|计量|咨询|传媒|律所|公益|社工|物业|物流|科技|信息|数科|集团|股份|评估|会计|测绘|监理|设计院))(?=负责|承担|出具|签|共建|合作|提供|完成|开展|实施|承接|的[{_HAN}]{{2}}|，|。)"
)
# 遥望|驻场团队
_TEAM = re.compile(
    rf"(?:^|(?<=[，。；、与由请对]))(?P<name>[{_HAN}]{{2,3}})(?=驻场|运营团队|直播团队|旗下|带货团队|主播团|项目部|法务团队|客服团队)"
)
# 封签上的|小蓝码|一扫
_SCANNED = re.compile(
    rf"(?:[上的用贴]|张贴|扫描|扫)(?P<name>小?[{_HAN}]{{1,3}}码)(?=一扫|一贴|就能|就知|即可|便知|上墙)"
)
# 在|掌上云停|里查看: in what one looks things up
_WITHIN = re.compile(
    rf"在[“‘]?(?P<name>[{_HAN}]{{3,5}})(?=[”’]?[里上中内](?:就能|即可|便可|可以|都能|能|可|直接)?"
    r"(?:查看|查询|查到|看到|预约|下单|申领|申请|申报|缴费|办理|提交|登记|报名|领取|投诉|点[几一]|一键|挂号|约))"
)
# 云岭购物惠|开幕: what is held every year under a name
_HELD = re.compile(
    rf"(?:一年一度的|首届|历届|本届|年度)(?P<name>[{_HAN}]{{3,8}}?)(?=开幕|举办|启幕|期间|如期|落幕|闭幕)"
)
# 一件事一本账一杯茶: three things in one breath
_THREE = re.compile(rf"(?:一[{_HAN}]{{2}}){{3,}}")
# 夜市十不准: a rule that is called by how much it forbids
_FORBIDS = re.compile(
    rf"(?<![{_HAN}])(?P<name>[{_HAN}]{{2,4}}?[三四五六七八九十]{{1,2}}(?:不准|不得|严禁|必须|条禁令|条军规|项禁令|不许))"
    rf"|(?<=[照守行出台实订立了])(?P<more>[{_HAN}]{{2,4}}?[三四五六七八九十]{{1,2}}(?:不准|条禁令|条军规|项禁令|不许))"
)
# 逾两万，持证率…; 破了十亿大关; 全省头名
_VAGUE_SUM = re.compile(
    rf"(?:逾|超|近|超过|突破|不下|多达|高达)[{_CN}千万亿]{{1,5}}[万千百亿]?(?=[。，；,、\s]|$)|(?:破|突破|跨过|迈上|站上|冲破)了?[{_CN}千\d]+[万亿]元?(?:大关|台阶|关口)"
    r"|全[省市国]头名|头把交椅"
)
# 身处亚热带海岛: under which sky a place lies
_ZONE = re.compile(
    rf"(?:身处|地处|处在|处于|属)?(?:亚热带|热带|暖温带|温带|寒温带|寒带|高纬度|低纬度)(?!作物|水果|鱼|病)[{_HAN}]{{0,4}}"
)
# 新机场货站: what is being built at one place
_BUILT = re.compile(
    rf"新(?:机场|高铁站|火车站|客运站|航站楼|货运站|港区|客站)(?:[{_HAN}]{{0,2}}(?:货站|片区|商圈|站房|码头))?"
)
# T|码
_LETTER_CODE = re.compile(r"(?<![A-Za-z])[A-Z]码(?![头表])")
_PLAIN = (
    (_THREE, "brand"),
    (_FORBIDS, "document"),
    (_VAGUE_SUM, "number"),
    (_ZONE, "brand"),
    (_BUILT, "place"),
    (_LETTER_CODE, "brand"),
    (_COMPASS_PLACE, "place"),
    (_FOR_YOU, "brand"),
    (_GRADE, "brand"),
    (_AMONG, "number"),
    (_CLIMATE, "brand"),
)
_JUDGED = (
    (_OPERATION, "brand"),
    (_CALLED_SO, "brand"),
    (_HELD, "brand"),
    (_WITHIN, "brand"),
    (_TESTED, "organisation"),
    (_SIGN, "brand"),
    (_TEAM, "organisation"),
    (_FIRM, "organisation"),
    (_MADE_IN, "brand"),
)


def find_coined(text: str) -> Iterator[Candidate]:
    """Names by how they are made: an operation with a number, the association of a trade."""
    for pattern, kind in _PLAIN:
        for match in pattern.finditer(text):
            yield make_candidate(kind, text, match)
    for match in _POST.finditer(text):
        yield make_candidate("brand", text, match, "name")
    for pattern, kind in _JUDGED:
        for match in pattern.finditer(text):
            if pattern is _CALLED_SO and _LIKENED.match(text, match.start() - 1):
                continue
            at = match.start("name")
            if at and text[at - 1] not in "由与和同请送" and is_word(text[at - 1 : at + 1]):
                # 经|营者信息
                continue
            if _is_nobodys(match["stem"] if "stem" in pattern.groupindex else match["name"]):
                yield make_candidate(kind, text, match, "name")
    yield from _trades(text)
    yield from _products(text)
    yield from _codes(text)


def _trades(text: str) -> Iterator[Candidate]:
    for match in _TRADE.finditer(text) if "协" in text else ():
        if match["name"][0] not in _ANY_TRADE and not is_word(match["name"]):
            yield make_candidate("organisation", text, match, "name")


def _products(text: str) -> Iterator[Candidate]:
    for match in _PRODUCT.finditer(text):
        stem = match["stem"]
        cut = stem_start(text, match.end("stem"), 2) == match.start("stem")
        if cut and not is_everyday(stem) and count_documents(stem) < 3 and _is_start(text, match):
            yield make_candidate("place", text, match, "stem")


def _codes(text: str) -> Iterator[Candidate]:
    for match in _SCANNED.finditer(text) if "码" in text else ():
        name = match["name"]
        if not is_word(name) and not name.endswith(words_of("app_stops")):
            yield make_candidate("brand", text, match, "name")


def _is_start(text: str, match: re.Match[str]) -> bool:
    before = text[match.start() - 1 : match.start()]
    return not re.match(rf"[{_HAN}]", before) or before in "对将把和与及的以为由"


@lru_cache(maxsize=4096)
def _is_nobodys(name: str) -> bool:
    """True for a run that is no ordinary phrase: characters of no word, or a word of few
    documents (遥望, 琥珀), or one that ends with what places are called by (中检|华南)."""
    if find_leftover(name) or name.endswith(
        ("华南", "华东", "华北", "华中", "西南", "西北", "东北")
    ):
        return True
    return any(len(t) > 1 and count_documents(t) < 3 for t in cut_tokens(name))
