"""A whole fictional draft, as drafting would compose it."""

from __future__ import annotations

from replygen.models import Block, Draft, DraftSection, Finding, Reference, Sentence, Slot, Where
from replygen.settings import Profile

PROFILE = Profile(
    name="云川市市场监督管理局",
    region="云川市",
    province="澜江省",
    function="市场监管",
    doc_prefix="云市监提复",
    fictional=True,
)


def form(text: str, *slots: str) -> Sentence:
    return Sentence(text, "form", (), tuple(Slot(s, s.strip("【】")) for s in slots))


def own(text: str, ask: int, source: str = "aaaaaaaaaaaaaaaa#3") -> Sentence:
    return Sentence(text, "own", (source,), (), ask)


def other(
    text: str, ask: int, *slots: str, bold: bool = False, source: str = "b" * 16 + "#1"
) -> Sentence:
    found = tuple(Slot(s, s.strip("【】")) for s in slots)
    return Sentence(text, "precedent", (source,), found, ask, bold)


def body(*sentences: Sentence) -> Block:
    return Block("body", sentences, "planned")


def open_slot(text: str, ask: int) -> Block:
    return Block("body", (Sentence(text, "slot", (), (Slot(text, "补充"),), ask),), "done")


def sample_draft(title: str = "对市政协五届三次会议第0126号提案的答复") -> Draft:
    header = (
        Block("class_mark", (form("办理结果：【请选择类别】", "【请选择类别】"),)),
        Block("doc_number", (form("云市监提复〔2026〕【序号】号", "【序号】"),)),
        Block("title", (form(title),)),
        Block("addressee", (form("林静、周海明委员："),)),
        body(
            form("你们提出的《关于促进我市直播电商规范经营的提案》（第0126号）收悉。"),
            form("经【会办单位】会办，现答复如下：", "【会办单位】"),
        ),
    )
    first = DraftSection(
        form("一、关于加大监管力度"),
        1,
        (
            Block("heading2", (form("（一）当前工作"),)),
            body(
                own("2025年，我局组织直播带货专项监测6轮，筛出违法线索43条，全部移交办理；", 1),
                own("会同市商务局、市网信办设立网络监管联席会议，每季度会商一次。", 1),
            ),
            Block("heading2", (form("（二）下一步打算"),)),
            body(
                Sentence(
                    "今后，我局依据《中华人民共和国电子商务法》第三十八条，",
                    "statute",
                    ("c" * 16 + "#38",),
                    (),
                    1,
                ),
                other("一是", 1, bold=True),
                other("每季度抽查一批直播间，依法处理夸大宣传和以次充好的商家；", 1),
                other("二是", 1, bold=True),
                other("同公安机关互通线索，并要求开播前完成“实人认证”。", 1),
            ),
        ),
    )
    second = DraftSection(
        form("二、关于督促平台和直播机构履行义务、建立主播培训制度"),
        2,
        (
            open_slot(
                "【请补充：本单位在“平台履行义务”“主播培训”方面已开展的工作；没有的，删去】",
                2,
            ),
            body(
                other("今后，我局编写直播间合规手册，列出不得售卖的商品；", 2),
                other("逐家走访平台和直播机构，“一对一”提醒登记核验；", 2),
                other(
                    "会同【单位】开办主播培训班，【时间】前开班。",
                    2,
                    "【单位】",
                    "【时间】",
                ),
            ),
        ),
    )
    third = DraftSection(
        form("三、关于制定地方标准、引导行业自律"),
        3,
        (
            open_slot("【请补充：本单位在直播电商标准方面做过的工作】", 3),
            body(
                other(
                    "今后，我局公开征求直播带货服务标准的立项意见，请协会、企业和院校参加起草，"
                    "按规定的程序发布。",
                    3,
                ),
                form("标准发布后，我局将组织宣传解读，并适时评估实施效果。"),
            ),
        ),
    )
    signoff = (
        Block("closing", (form("感谢你们对市场监管工作的关心和支持！"),)),
        Block("sign_unit", (form("云川市市场监督管理局"),)),
        Block("sign_date", (form("【成文日期】", "【成文日期】"),)),
        Block("note", (form("（此件公开发布）"),)),
        Block(
            "contacts", (form("（联系人：【姓名】，联系电话：【电话】）", "【姓名】", "【电话】"),)
        ),
        Block(
            "cc",
            (
                form(
                    "抄送：市政协提案委员会、市政府督查室，市网信办、市商务局、市公安局、市税务局。"
                ),
            ),
        ),
    )
    references = (
        Reference(
            "aaaaaaaaaaaaaaaa#3",
            "2025年工作总结",
            None,
            "云川市市场监督管理局",
            "2025-12-30",
            "own/summary.docx",
            "全年组织直播带货专项监测6轮",
            True,
        ),
        Reference(
            "b" * 16 + "#1",
            "对政协第0033号提案的答复",
            "岚港市",
            "岚港市市场监督管理局",
            "2024-05-01",
            "a.docx",
            "推动“实名登记”到“实人认证” <b>&amp;",
        ),
        Reference(
            "c" * 16 + "#38",
            "中华人民共和国电子商务法 第三十八条",
            None,
            None,
            None,
            None,
            "电子商务平台经营者知道或者应当知道……",
        ),
    )
    return Draft(title, "提案主办", header, (first, second, third), signoff, references, ("提示",))


# One that blocks with a place, one that warns about the whole, one open slot, one only noted.
FINDINGS = (
    Finding("leak.place", "block", Where(7, 0, 5, "2025年"), "这里写了外地的年份", "删去"),
    Finding("coverage.ask", "warn", None, "第 2 项诉求没有答复"),
    Finding("slot.open", "block", Where(0, 5, 12, "【请选择类别】"), "这里还空着"),
    Finding("form.title", "note", Where(2, 0, 1, "对"), "标题可加机关名"),
)
