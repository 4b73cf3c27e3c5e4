"""Figures that are no count with a unit: ranks, parts, ratios, and figures that are masked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from replygen.entities.candidates import Candidate

_CN = "一二两三四五六七八九十百零〇"
_UNIT = "家户人件条个项台套次名元份批起所处场期张辆间例位只吨亩公"
# 第三批, 第2期: which round it was; 第一批 and 首批 say only that there are more
_ROUND = re.compile(rf"第(?:[二三四五六七八九十][{_CN}]*|[2-9]|[1-9]\d)(?:批|期|轮)(?!次?会议)")
# 全省第一, 位居全省第3位, 排名第二, 位列前三
_RANK = re.compile(
    rf"(?:(?:排名|排在|排|名列|位列|位居|居|列)?(?:全国|全省|全市|全区|全州|省内|国内|同类城市)?"
    rf"(?:(?<=排名)|(?<=排在)|(?<=名列)|(?<=位列)|(?<=位居)|(?<=全国)|(?<=全省)|(?<=全市)|(?<=全区)|(?<=省内)|(?<=国内))"
    rf"(?:第[{_CN}\d]+(?:位|名)?(?!条|款|项|批|期|次|届|轮|届|时间|人民|产业|方|医院|中学|小学|个)|前[{_CN}\d]+(?:位|名|列|强)?|首位|榜首))"
)
# 指标列|第七位, 升至|第17位
_PLACED = re.compile(
    rf"(?<=[升跃降跌退滑晋][至到居])第[{_CN}\d]+[位名]|(?<=[^并排系序数][列居])第[{_CN}\d]+[位名]"
)
# 连续三年被评为|优秀等次: what somebody was judged to be
_JUDGED = re.compile(
    r"(?:我[省市局县区委]|连续|多次|先后|历年|均|蝉联)[^，。；]{0,8}(?:评为|获评|评定为|确定为|考核为|列为|认定为)(?:了)?(?:全[省市县国])?"
    r"(?:优秀|先进|良好|一等|标兵|示范|满分|最高|优胜|红旗)(?:等次|单位|集体|等级|档次|档)?"
)
# 第七次人口普查: what a count of one place found
_CENSUS = re.compile(r"(?<!国)第[一二三四五六七八]次(?:人口|经济|农业|国土|污染源|文物)普查")
# 入围全国百佳, 通过了国家…城市验收, 拔得头筹: what somebody won
_WON = re.compile(
    r"(?:入围|跻身|荣登|斩获|摘得|夺得|捧得|捧回|荣膺|获颁|(?<=被)授予|获授)(?:了)?[^，。；的]{2,18}(?=[，。；]|称号|$)"
    r"|通过(?:了)?(?:国家|省级|全国)[\u4e00-\u9fff]{2,16}(?:验收|评估|考核|复审|认定|命名)"
    r"|(?:登上|登了|亮相|上了|走进了)(?:央视|中央电视台|新闻联播|人民日报|新华社|焦点访谈|热搜|头条)"
    r"|拔得头筹|拔头筹|独占鳌头|名列榜首|高居榜首|摘金夺银|首屈一指|独树一帜|遥遥领先"
)
_NOT_WON = re.compile(r"(?:对|凡|鼓励|争取|推荐|支持|力争|积极|申报|争创|努力)[^，。；]*$")
# 半数, 一半以上, 过半, 大半
_HALF = re.compile(
    r"(?:超过|过|近|约)?(?:半数|一半)(?:以上)?|过半(?!程)|(?<=[了近过])一?[大小]半(?=[，。；、]|$)|大半(?=[的企商群居学])"
)
# 第四届创业大赛: which one of a series that somebody holds
_EDITION = re.compile(
    rf"第[{_CN}\d]+届(?=[\u4e00-\u9fff]{{0,8}}(?:大赛|博览会|论坛|峰会|展|赛|年会|文化节|旅游节|电商节))"
)
# 逾万, 破亿 at the end of a clause; 八百里; 十之八九; 双倍
_ROUND_SUM = re.compile(
    r"(?:逾|超|近|破|超过|突破)[十百千万亿]{1,3}(?=[。，；,、\s]|$)|[二三四五六七八九十百千]{2,4}余?里(?=[河路长]|$|[。，；])"
    r"|十之[七八][八九]|双倍(?=增|提)|翻(?:了)?[一两]倍|翻倍|成百上千|成千上万|十有八九|的双倍"
)
# 全国首批, 全省首个: who was first
_FIRST = re.compile(
    r"(?:全国|全省|国家|全市|国内|省内)(?:范围内)?首(?:批|个|家|创|例|部|张|座|次|单|批次)"
)
# 翻了两番, 翻一番
_FOLD = re.compile(r"翻(?:了)?[一两二三四五]番")
# 比例达1:4, 1∶100
_RATIO = re.compile(r"(?<![\d:：∶])\d{1,3}[:：∶]\d{1,4}(?![\d:：∶])")
# 1比15, 三比一
_VERSUS = re.compile(
    r"(?<![\u4e00-\u9fff\d])?(?:[\d一二两三四五六七八九十]{1,3})比(?:[\d一二两三四五六七八九十]{1,3})(?![较如例重上去年月个名家\d])"
)
# 七旬老人, 80后
_AGE = re.compile(
    r"[五六七八九]旬(?=老|的|高龄|夫妇|母亲|父亲|独居|以上)|(?<!\d)[5-9五六七八九]?0后(?=[\u4e00-\u9fff，、])|[六七八九]零后"
)
_RATIO_BEFORE = re.compile(r"(?:比例|比|配比|按照|按|以|达|为|达到|约)$")
# xx家, ××件, 1××人次, □□人, ____件, ……件: a figure that somebody made unreadable
_MASKED = re.compile(
    rf"(?<![A-Za-z\d])(?:[\d几数]*[×xX*＊□○※◇◆■]+\d*|[NMnm]{{2}}|[_＿]{{2,}}|…+)[余多]?[万千百亿]?(?=[{_UNIT}])(?:人次|[{_UNIT}])(?!光|型|线)"
)
# 19:00, 8：30: hours that somebody keeps
_CLOCK = re.compile(r"(?<![\d:：])(?:[01]?\d|2[0-4])[:：][0-5]\d(?![\d:：])")
# 考核A级, 获评AAA级, 五A级: a grade that somebody was given
_GRADE = re.compile(
    r"(?:(?<=考核)|(?<=获得)|(?<=评为)|(?<=获评)|(?<=评定为)|(?<=确定为)|(?<=列为)|(?<=达到))(?:A{1,5}|[BC])[级类]|[345]A级"
)

# 贰佰叁拾批次, 罚款壹万元整: figures as on a cheque; 廿三家, 卅余场
_CHEQUE = re.compile(
    r"[壹贰叁肆伍陆柒捌玖拾佰仟萬]{2,}[万亿]?(?:余|多)?(?:元|[\u4e00-\u9fff])?|[壹贰叁肆伍陆柒捌玖拾][万亿元]|[廿卅][一二三四五六七八九余]?(?=[家户人件条个项台套次名元份批起所处场期日])"
)
# 1.2w人次, 3k家
_SHORT_SCALE = re.compile(
    r"(?<![A-Za-z\d.])\d+(?:\.\d+)?[wWkK][+＋]?(?=[余多]?[\u4e00-\u9fff]|[，。；])"
)
# 全省No.1, TOP10
_TOP = re.compile(r"(?<![A-Za-z])(?:No\.?\s?|NO\.?\s?|TOP\s?|Top\s?)\d{1,3}(?!\d)")
# 10万+, 100+家
_PLUS = re.compile(
    r"(?<![\d+A-Za-z.])\d+(?:\.\d+)?[十百千万亿]*[+＋](?=[家户人件条个项台套次名元份批起所处场期，。；、）]|$)"
)

# Each with the characters of which every match has one: most texts hold none of them.
_PATTERNS = (
    (_ROUND, "第"),
    (_JUDGED, "为评"),
    (_CENSUS, "查"),
    (_RANK, "第前首"),
    (_PLACED, "第"),
    (_HALF, "半"),
    (_EDITION, "届"),
    (_ROUND_SUM, "十百千万亿里倍"),
    (_FOLD, "番"),
    (_MASKED, "×xX*＊□○※◇◆■NMnm_＿…"),
    (_GRADE, "ABC"),
    (_CLOCK, ":："),
    (_CHEQUE, "壹贰叁肆伍陆柒捌玖拾佰仟萬廿卅"),
    (_AGE, "旬后"),
    (_FIRST, "首"),
    (_SHORT_SCALE, "wWkK"),
    (_TOP, "NT"),
    (_PLUS, "+＋"),
)


def find_ranks(text: str) -> Iterator[Candidate]:
    """Ranks, rounds, halves, ratios, grades and masked figures as ``number`` candidates."""
    chars = frozenset(text)
    for pattern, marks in _PATTERNS:
        if chars.isdisjoint(marks):
            continue
        for match in pattern.finditer(text):
            if match.group():
                yield Candidate("number", *match.span(), match.group(), "unknown", 3)
    yield from _find_won(text, chars)
    for match in _VERSUS.finditer(text) if "比" in chars else ():
        told = _RATIO_BEFORE.search(text, max(0, match.start() - 2), match.start())
        if told or text.startswith(("比例", "分", "配"), match.end()):
            yield Candidate("number", *match.span(), match.group(), "unknown", 3)
    for match in () if chars.isdisjoint(":：∶") else _RATIO.finditer(text):
        if _RATIO_BEFORE.search(text, max(0, match.start() - 2), match.start()):
            normal = re.sub("[：∶]", ":", match.group())
            yield Candidate("number", *match.span(), normal, "unknown", 3)


def _find_won(text: str, chars: frozenset[str]) -> Iterator[Candidate]:
    for match in (
        () if chars.isdisjoint("围身登获得回膺颁予过头首帜先榜银") else _WON.finditer(text)
    ):
        if not _NOT_WON.search(text, 0, match.start()):
            yield Candidate("number", *match.span(), match.group(), "unknown", 3)
