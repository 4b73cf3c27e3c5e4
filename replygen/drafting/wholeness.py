"""Wholeness: the one gate that says whether a commitment reads whole behind 我局将.

Verb-headed, its object there, its frames closed, no leading conjunction, no modal, nothing
that points at what stands elsewhere in the proposal. Each fault has its name, so that a test
and a log can say why a demand was not taken up.
"""

from __future__ import annotations

import re

from replygen.drafting.acts import acts, opens_with_act, words
from replygen.drafting.clauses import is_balanced, split_spans
from replygen.drafting.duties import find_named
from replygen.drafting.mending import acts_again, acts_behind
from replygen.drafting.spoken import has_modal
from replygen.drafting.tables import TABLES
from replygen.parsing.shorten import PERSONS, acts_at
from replygen.parsing.word_ends import word_borders

SHORTEST = 5  # characters of a commitment
_QUOTED = re.compile(r"[“‘《][^”’》]*[”’》]")
# 升级改造成…, 纳入…: what is to become of it went with the clause before
_HEADLESS = re.compile(
    r"^(?:分流|分配|下放|转移|落实)到|^(?:升级)?改造成|^作为|^列为|^纳入|^列入|^分为|^视为"
)
_NO_END = re.compile(r"(?:的人|牵头)$")
# 把竞赛成绩作为录取依据等行为: what is to be fought, without the fight
_EVIL = re.compile(r"(?:行为|现象|乱象)$")
_FIGHT = re.compile(
    r"查|惩|禁|杜绝|打击|纠正|整治|遏制|防止|治理|处罚|处置|曝光|规范|约束|督查|警示|通报"
)
# 套取财政补贴: what the proposal complains of
_MISDEED = re.compile(
    r"^(?:会同[^，]{2,10}?(?:部门|机关))?(?:套取|骗取|虚报|挪用|侵占|截留|倒卖|冒领|偷排|瞒报)"
)
# 进行降高处理: what is done to something that went with the clause before
_LIGHT = re.compile(r"^(?:一并)?(?:进行|加以|予以|给予|做出|作出)[^，、]{2,6}$")
_FRAMED = re.compile(r"^(?:对于?|将|把)[^，]{4,}，(?:予以|给予|加以)")
# 坚持规划引领, 强化顶层设计, 坚持“政府主导”: how, and nothing that is done
_PRINCIPLE = re.compile(
    r"^(?:始终|要)?(?:坚持|强化|注重|突出|加强)(?:“[^”]*”|[\u4e00-\u9fff]{2,4}(?:引领|引导|主导|导向|为主|并重|先行)(?:、[\u4e00-\u9fff]{2,4}(?:参与|协同|运作|推动|联动|支持))*|顶层设计)(?:的?原则)?$"
)
# 将…纳入, 将…转变为: what is taken is done something with; 将组织学生参加 only tells when
DONE_WITH = re.compile(
    r"纳入|[列融接植][入为]|作为|作出|[转改演]变|[划移转]交|划转|划[归分]|升[级格]|改[为造成]|调整|整合|结合|联系|统一|集中|并入"
    r"|[用投置放落]于|投入|放[在到]|[延扩]|推[广向]|提[前升高]|落[实到]|进行|实施|加以|予以|给予|分[为成类]|建[成设]|打造|化为|变[为成]|[成为]$"
    r"|公[布示开]|[发送传报]|限[定制]|[列设定]为|规[定范]|明确|开放|设[在置]|贯|渗透|嵌入|[控把]|覆盖|细化|下[放移沉]|授予|返还|减|引[向入导]"
)
# 把面临缩减的职业和技能: what becomes of it is gone
_BECOMES = re.compile(
    r"纳入|作为|[列融接植]入|[列视改转变化升划分]为|[改转]成|结合|[用投置放落]于|放[在到]|落[实到]|延伸|推[广向]|提[前升]|贯穿|嵌入|[送发传报]到|给"
)
_TAKEN = re.compile(r"(?:^|[^，]{2}[位构业校院门局委会地县])[把将](?P<what>[^，]{6,})$")
# 和学校主要负责人的责任, 及护理人员的培养
_JOINED_ON = re.compile(r"^(?:以及|及(?!时|早)|或|而|但|且|和[^，]*的[^，]{2,6}$)")
# 与健康码进行有机结合: what is joined with it is not said
_WITH_WHAT = re.compile(
    r"^[与和同][^，]*(?:结合|对接|衔接|接轨|挂钩|融合|互联互通|联动|同步|匹配|相适应)(?:起来)?$"
)
# 支持以技术引导为主线: the thing that is so went with what follows
_BY_WHAT = re.compile(
    r"^(?:进一步|积极|大力)?(?:支持|推动|扶持|鼓励|引导|发展|促进|推进|培育)?以[^，的]+为[^，的]{1,6}$"
)
# 无锡XX: what was to be filled in
_BLANK = re.compile("[XＸ×x]{2,}|某某|＿{2,}|_{2,}|…{2,}")
# 制定实施细则, 建立相关机制, 发挥引导作用: of what, went with what stood before
_BARE = re.compile(
    r"^(?:尽快|抓紧|及时|联合|共同|进一步|积极|充分|研究|统一)*(?:(?:制定|制订|出台|建立|健全|完善)(?:各项|相关|有关|相应|具体)*"
    r"的?(?:实施细则|细则|方案|办法|措施|政策措施|政策|制度|机制)|发挥[\u4e00-\u9fff]{0,4}作用|落实好?(?:相关|有关|各项)?政策|打造品牌特色|(?:加大|加强|强化)工作力度)$"
)
# 无法自行解决的|则上报: what is to be done when
_THEN = re.compile(r"的，?则|(?<=[^原规法守准通细总])则(?:[由应上报要须可])")
# 对中心的重点人才和主要人才: whom, and nothing that is done
_AIMED = re.compile(r"^(?:对于?|针对|面向|给|为)[^，]*的(?P<tail>[\u4e00-\u9fff、]{2,14})$")
_WHOM = re.compile("[\u4e00-\u9fff]{2}(?:人员|人才|员|者|师|工)")  # 护理员, 管理人员: no acts
# 推动有关单位提供, 对老人给予: a verb whose object is gone
_NO_OBJECT = re.compile(
    r"(?<!的)(?:提供|给予|予以|设置|设立|建立|制定|采取|采用|配备|(?<!组织)实施|进行|出台|发挥|具备|组建)$"
)
_OBJECT_BEFORE = re.compile(r"^(?:对|把|将|由|按|向|为|给|在[^，]*[上中]|免费)|[对把将向由]")
# 鼓励重点实验室的高水平教师: who is urged, and to what went with what stood behind
_URGED = re.compile(
    "(?:[^，；]*[，；])*(?:进一步|积极|大力|充分)*(?:鼓励|引导|组织|推动|督促|动员|指导|要求|允许|督导|促使|号召)"
    "(?:[和与、](?:支持|引导|鼓励))?(?P<whom>[^，；]+)$"
)
_COMES = re.compile("进入|进驻|走进|走上|流向|入驻|落户|下沉|返乡|到位")
# 减轻老年人的负担: what it is for, of which the means stood before
_AIM_ONLY = re.compile(
    "^(?:切实|有效|进一步|不断)*(?:减轻|缓解|避免|消除)[^，]*(?:负担|压力|矛盾|难题|问题|困难)$"
)
# 推行难度不大, 可以有效阻止…, 具有示范作用: what speaks for it, not what is done
_ARGUES = re.compile(
    "(?:难度|成本|代价|风险|阻力|花费)(?:都|也|并)?(?:不|较|很|更)?[大小高低多少]$"
    "|可以(?:更|很|较)?(?:有效|有力|大大|极大|明显|显著)[的地]?(?!利用|使用)"
    "|(?:具有|发挥着|起着|起到了?)[^，]*(?:明显|重要|积极|显著|深远|很大|巨大)的[^，]{0,6}(?:作用|意义|影响|价值)$"
)
# 由地方政府统筹实行: by whom, and what it is stood before
_BY_WHOM = re.compile(
    "^由[^，]{2,14}?(?:统筹|共同|具体)?(?:实行|实施|执行|落实|承担|负责|完成|牵头|参与)$"
)
# 通过教师交流等方式, 通过各级财政投入, 通过广泛宣传: by which means, and nothing that is done
_THROUGH = re.compile(
    "^通过(?:[^，；]*等(?:多种|各种)?(?:措施|形式|方式|办法|方法|手段|途径|渠道)"
    "|[^，]*(?:投入|统筹|措施|形式)|[^，的]{2,4})$"
)
# 利用上下联动、结对帮扶: by which means, and nothing that is done
_MANNER = re.compile(
    r"^(?:充分|积极)?(?:利用|运用|采用|依靠|借助)[^，的]*(?:帮扶|联动|带动|引路|示范|引领|结合|互动|推进|共建)$"
)
# 通过整体供应链的设计: by which means, its act a noun
_MEANS_ONLY = re.compile(r"^通过[^，]*的[^，的]{2,4}$")
# 结合创新模式、跨境模式、多: cut within a word
_CUT_WORD = re.compile(r"、[^，、”]$")
# 推动|其|转型升级: whose
_WHOSE = re.compile(r"^(?:[^，]{0,6}(?<!尤)|[^，]*[将把对使让])其(?![他它中次余实间])")
# 教育、民政等有关部门共同参与: whom it is asked of
_BODIES = re.compile(
    r"^(?!会同|联合|协调|配合|协同|推动|指导|督促|支持|组织|明确|加强|建立|发挥|形成|与|和|由|对|向|在)"
    r"[^，的]{2,20}等(?:多|各|有关|相关|主管)*部门(?=[^，的]{2})"
)
# 双方学校, 这类机构, 类似项目: of which the proposal told before; 供需双方 is said
_POINTS = re.compile(
    r"(?<![需资卖企患警劳])双方|[这此该](?:类|些)|那些|[这此]种|两者|[他她它]们|[上前]述|[前后]者(?!居)"
    r"|类似(?:的)?(?:项目|情况|情形|问题|做法|机构|活动|事件)"
)
# 由市级领导亲自带队, 分管领导根据…: what leaders do is not ours to promise
_LEADER = re.compile(
    r"(?:领导|省长|市长|县长|区长|书记|一把手)[^，]{0,6}(?:亲自|带队|挂帅|出马|牵头(?!的)|根据|任组长)"
)
# 引进的|, 社区和|; 目的, 温和, 参与, 普及, 合并 are words
_DANGLING = re.compile(
    r"(?:(?<!目)的|(?<![温调缓柔中])和|(?<!参)与|(?<![普涉])及|或|(?<![合归兼])并|把|将|等等|、|通过|按照|根据|以及|具有|包括)$"
)


def find_fault(text: str) -> str:
    """Return what keeps ``text`` from standing behind 我局将, by the name of the fault; "" for
    a commitment that reads whole."""
    if len(text) < SHORTEST or not is_balanced(text):
        return "cut"
    plain = _QUOTED.sub(lambda m: "□" * len(m.group()), text)
    fault = next((name for name, pattern in _FAULTS if pattern.search(plain)), "")
    return fault or _find_words(text, plain) or _find_gap(text, plain)


def _find_words(text: str, plain: str) -> str:
    """Return a fault of what is said: a principle, a complaint, a boast, a modal, another's act."""
    if _PRINCIPLE.search(text):
        return "principle"
    if _EVIL.search(text) and not _FIGHT.search(text):
        return "complaint"
    if any(word in text for word in TABLES.listed("mending.toml", "boasts")):
        return "boast"
    if has_modal(plain):
        return "modal"
    return "subject" if any(place == 0 for _, place in find_named(text)) else ""


def _find_gap(text: str, plain: str) -> str:
    """Return a fault of what is missing: the object, the act behind a frame."""
    if _NO_OBJECT.search(plain) and not _OBJECT_BEFORE.search(plain):
        return "object"
    taken = _TAKEN.search(plain)
    if taken and not _is_done(taken["what"]):
        return "object"
    aimed = _AIMED.match(plain)
    if aimed and not _acts_in(_WHOM.sub("", aimed["tail"])):
        return "frame"
    if _MEANS_ONLY.match(plain) and not acts_again(plain):
        return "frame"
    if _urges_nobody_to_act(plain):
        return "object"
    clauses = [text[a:b] for a, b in split_spans(text, "，")]
    alone = len(clauses) == 1 and text.startswith(words("means_alone"))
    if alone and not acts_behind(text):
        return "frame"
    acts = any(map(opens_with_act, clauses[:3])) or _FRAMED.search(text) is not None
    return "" if acts else "verb"


def _urges_nobody_to_act(text: str) -> bool:
    """Return whether a text ends with who is urged, without to what: 引导有条件的养老机构."""
    urged = _URGED.match(text)
    if urged is None or not PERSONS.search(text) or _COMES.search(urged["whom"]):
        return False
    borders = [at for at in word_borders(text) if at >= urged.start("whom") + 2]
    return not any(text.startswith(acts()[0], at) or acts_at(text, at, borders) for at in borders)


def _is_done(what: str) -> bool:
    """Return whether something is done with what stands behind 把: 把资源统一调配, but not
    把面临缩减的职业和技能."""
    tail = what.rsplit("的", 1)[-1]
    done = DONE_WITH.search(tail) or _BECOMES.search(what)
    return bool(done) or _acts_in(tail)


def _acts_in(text: str) -> bool:
    verbs = acts()[0]
    return any(text.startswith(verbs, place) for place in range(len(text) - 1))


def reads_whole(text: str) -> bool:
    """Return whether ``text`` can stand behind 我局将."""
    return not find_fault(text)


def is_misdeed(clause: str) -> bool:
    """Return whether a clause tells what somebody does wrong: 套取财政补贴."""
    return _MISDEED.match(clause) is not None


def is_cut_off(clause: str) -> bool:
    """Return whether a clause ends within a word: 创新模式、跨境模式、多."""
    return _CUT_WORD.search(clause) is not None


_FAULTS = (
    ("head", _HEADLESS),
    ("end", _NO_END),
    ("object", _LIGHT),
    ("conjunction", _JOINED_ON),
    ("object", _WITH_WHAT),
    ("object", _BY_WHAT),
    ("bare", _BARE),
    ("frame", _THROUGH),
    ("frame", _BY_WHOM),
    ("aim", _AIM_ONLY),
    ("argument", _ARGUES),
    ("blank", _BLANK),
    ("subject", _THEN),
    ("complaint", _MISDEED),
    ("frame", _MANNER),
    ("cut", _CUT_WORD),
    ("subject", _BODIES),
    ("pronoun", _WHOSE),
    ("pronoun", _POINTS),
    ("leader", _LEADER),
    ("end", _DANGLING),
)
