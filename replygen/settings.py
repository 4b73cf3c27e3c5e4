"""Settings: one frozen dataclass from replygen.toml and the environment; the unit's profile.

Order of precedence: option, environment (``REPLYGEN_INDEX``, ``REPLYGEN_PROFILE``,
``REPLYGEN_WORK``), ``replygen.toml`` in the working directory, default. Keys that are not
known are refused, so that a misspelt one does not vanish silently.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, fields, replace
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from replygen.errors import SettingsError
from replygen.language.tables import read_toml
from replygen.models import Contact, Level

SETTINGS_FILE = "replygen.toml"
_FOLDER = re.compile(r"(?:/[A-Za-z0-9._~-]*[A-Za-z0-9_~-])+")
_PACKAGE = Path(__file__).resolve().parent


# what is usual on a reply
OPENNESS = ("同意公开", "不同意公开", "主动公开", "依申请公开", "不予公开")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader accepts. Sizes in bytes, time in seconds."""

    file_bytes: int = 50_000_000
    archive_entries: int = 5_000
    archive_ratio: float = 200.0
    archive_bytes: int = 1_000_000_000
    pages: int = 500
    paragraphs: int = 30_000
    characters: int = 1_000_000
    seconds: float = 120.0


@dataclass(frozen=True, slots=True)
class Page:
    """How the page is reached. ``proxies`` are the addresses or networks of the proxies in
    front of it, whose X-Forwarded-For counts (docs/security.md); with any, everybody signs in.
    ``hosts`` are the names it answers to (all where empty), ``root_path`` the folder under
    which the proxy shows it (``/replygen``)."""

    proxies: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    root_path: str = ""


@dataclass(frozen=True, slots=True)
class FollowLimits:
    """How politely a site is followed: seconds between two fetches (robots.txt may ask for
    more), seconds one may take, list pages and documents of one run, and failures in a row
    after which a run ends; ``every`` how many hours a server reads by itself (0: never)."""

    delay: float = 0.5
    seconds: float = 30.0
    pages: int = 100
    documents: int = 2_000
    failures: int = 5
    every: float = 1.0


@dataclass(frozen=True, slots=True)
class Writer:
    """The language model that may write (docs/writer.md); off while ``base_url`` or ``model``
    is empty. ``key_env`` names the environment variable with the key, ``timeout`` is in
    seconds. Only loopback and private addresses unless ``allow_external``; with ``log_hash``
    the log keeps hashes of prompt and answer instead of both."""

    base_url: str = ""
    model: str = ""
    key_env: str = ""
    timeout: float = 120.0
    max_tokens: int = 2000
    temperature: float = 0.2
    allow_external: bool = False
    log_hash: bool = False


@dataclass(frozen=True, slots=True)
class Fonts:
    """Font names by class (GB/T 9704—2012 7.2.4, 7.3); the files are not shipped."""

    title: str = "方正小标宋简体"
    body: str = "仿宋_GB2312"
    kai: str = "楷体_GB2312"
    hei: str = "黑体"
    song: str = "宋体"


@dataclass(frozen=True, slots=True)
class Profile:
    """The unit that replies.

    ``places`` are names inside its own region (districts, towns) and ``partners`` the
    bodies it may name; both count as ours when leaks are checked. ``function`` is the
    work it thanks for (感谢您对…工作的关心). ``cc`` overrides the list of the form.
    An empty ``name`` means that no profile was given: the draft then shows slots.
    ``duties`` are pairs of a unit (``ours`` for this one) and the words of what it answers
    for, laid over templates/duties.toml.
    """

    name: str = ""
    short: str = "我局"
    region: str = ""
    level: Level = "市"
    province: str = ""
    function: str = ""
    doc_prefix: str = ""
    signer: str = ""
    contacts: tuple[Contact, ...] = ()
    places: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    scheme: str = ""
    openness: str = ""
    fictional: bool = False
    fonts: Fonts = field(default_factory=Fonts)
    duties: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """All that a run of replygen can be told. Paths are absolute. ``work`` is the folder
    of what people keep between sessions: stored drafts, users, the audit log; ``folders``
    are the folders of this machine that the page may add to the index; ``accurate`` takes
    more time for each search."""

    index: Path = Path("index")
    work: Path = Path("work")
    folders: tuple[Path, ...] = ()
    profile_path: Path | None = None
    profile: Profile = field(default_factory=Profile)
    encoder: str = "replygen"
    accurate: bool = False
    form: str = "letter"
    limits: Limits = field(default_factory=Limits)
    follow: FollowLimits = field(default_factory=FollowLimits)
    page: Page = field(default_factory=Page)
    writer: Writer = field(default_factory=Writer)
    base: Path | None = None


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder (``templates``, ``corpus``), in a
    checkout or in an installed package. Raises SettingsError when it is missing."""
    for root in (_PACKAGE.parent, _PACKAGE / "_data"):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise SettingsError(f"找不到程序自带的 {'/'.join(parts)}，请重新安装 replygen")


def load_settings(
    *,
    index: Path | None = None,
    profile: Path | None = None,
    cwd: Path | None = None,
    new_profile: bool = False,
) -> Settings:
    """Return the settings for a run in ``cwd``; with ``new_profile`` the profile's file may be one
    that is still to be written. Raises SettingsError for a file that cannot be read and for
    unknown keys."""
    base = (cwd or Path.cwd()).resolve()
    path = base / SETTINGS_FILE
    table = _read_toml(path) if path.is_file() else {}
    _refuse_unknown(table, {f.name for f in fields(Settings)} - {"profile_path"}, path)
    env_index, env_profile = os.environ.get("REPLYGEN_INDEX"), os.environ.get("REPLYGEN_PROFILE")
    index_path = index or (Path(env_index) if env_index else Path(table.get("index", "index")))
    profile_path = profile or (Path(env_profile) if env_profile else None)
    if profile_path is None and "profile" in table:
        profile_path = Path(table["profile"])
    work = os.environ.get("REPLYGEN_WORK") or str(table.get("work", "work"))
    settings = Settings(
        index=_place_index(base, index_path),
        work=base / work,
        folders=_read_folders(table.get("folders", []), base, path),
        encoder=str(table.get("encoder", Settings().encoder)),
        accurate=_read_flag(table, "accurate", path),
        form=str(table.get("form", Settings().form)),
        limits=_build(Limits, table.get("limits", {}), path),
        follow=_build(FollowLimits, table.get("follow", {}), path),
        page=_read_page(table.get("page", {}), path),
        writer=_build(Writer, _table(table, "writer", path), path),
        base=base,
    )
    if profile_path is None:
        return settings
    profile_path = base / profile_path
    if new_profile and not profile_path.exists() and profile_path.parent.is_dir():
        return replace(settings, profile_path=profile_path)
    return replace(settings, profile_path=profile_path, profile=load_profile(profile_path))


def _read_folders(given: object, base: Path, path: Path) -> tuple[Path, ...]:
    """The folders of ``folders = ["/data/replies"]``; a list of texts, nothing else."""
    if not isinstance(given, list) or not all(isinstance(f, str) and f for f in given):
        raise SettingsError(f'{path}：folders 要写成 folders = ["文件夹", ...]')
    return tuple((base / folder).resolve() for folder in given)


def _read_page(given: object, path: Path) -> Page:
    """The ``[page]`` of the settings, its addresses and its folder checked."""
    page: Page = _build(Page, given if isinstance(given, dict) else {"page": given}, path)
    if not all(isinstance(text, str) for text in (*page.proxies, *page.hosts)):
        raise SettingsError(f'{path}：[page] 的 proxies、hosts 要写成 ["文字", ...]')
    for proxy in page.proxies:
        try:
            ip_network(proxy, strict=False)
        except ValueError as error:
            raise SettingsError(
                f"{path}：[page] proxies 里的 {proxy} 不是地址或网段，"
                "要写成 10.1.2.3 或 10.1.2.0/24"
            ) from error
    if page.root_path and not _FOLDER.fullmatch(page.root_path):
        raise SettingsError(f"{path}：[page] root_path 要写成 /replygen 这样，开头有 /，结尾没有")
    return page


def _place_index(base: Path, index: Path) -> Path:
    """Return the absolute folder of an index, or an address of Milvus as it is; a file of
    milvus-lite is looked for from ``base``."""
    text = index.as_posix()
    kind, _, rest = text.partition(":")
    if kind in ("http", "https") or rest.startswith(("http:", "https:")):
        return index
    return Path(f"{kind}:{base / rest}") if kind == "milvus" else base / index


def load_profile(path: Path) -> Profile:
    """Return the unit's profile from a TOML file (see corpus/profile.toml).
    Raises SettingsError for a file that cannot be read and for unknown keys."""
    table = _read_toml(path)
    _refuse_unknown(table, {"unit", "contacts", "fonts", "duties"}, path)
    contacts = []
    for row in table.get("contacts", []):
        _refuse_unknown(row, {"name", "phone"}, path)
        contacts.append(Contact(row.get("name"), row.get("phone")))
    unit = table.get("unit", {})
    if isinstance(unit.get("name"), str):
        unit = {"short": default_short(unit["name"]), **unit}
    _refuse_unknown(unit, {f.name for f in fields(Profile)} - {"contacts", "fonts", "duties"}, path)
    if "level" in unit:
        unit = {**unit, "level": _read_level(unit["level"], path)}
    profile: Profile = _build(Profile, unit, path)
    if not profile.name:
        raise SettingsError(f"{path}：[unit] 里缺少单位全称 name")
    fonts = _build(Fonts, table.get("fonts", {}), path)
    duties = _read_duties(table.get("duties", {}), path)
    return replace(profile, contacts=tuple(contacts), fonts=fonts, duties=duties)


# what a unit may call its level: a district is of the level of a county
_LEVELS: dict[str, Level] = {
    "国家": "国家", "全国": "国家", "中央": "国家",
    "省": "省", "自治区": "省", "直辖市": "省",
    "市": "市", "州": "市", "盟": "市", "地区": "市", "地级市": "市", "自治州": "市",
    "县": "县", "区": "县", "旗": "县", "县级市": "县", "自治县": "县", "市辖区": "县",
    "乡": "乡", "镇": "乡", "街道": "乡", "乡镇": "乡",
}  # fmt: skip


def _read_level(level: object, path: Path) -> Level:
    said = level if isinstance(level, str) else ""
    found = _LEVELS.get(said) or _LEVELS.get(said.removesuffix("级"))
    if found is None:
        raise SettingsError(f"{path}：[unit] 的 level 应是 国家、省、市、县、乡 之一（区写县）")
    return found


# 红十字会, 工商业联合会, 总工会, 残联, 科学技术协会; a 委员会 is 我委
_SOCIETY = re.compile(r"(?:(?<!委员)会|联|科协)$")
_ENDS = {
    "委员会": "我委",
    "委": "我委",
    "厅": "我厅",
    "局": "我局",
    "办公室": "我办",
    "办": "我办",
    "中心": "我中心",
    "法院": "我院",
    "检察院": "我院",
    "公司": "我公司",
}


def default_short(name: str) -> str:
    """Return what a unit calls itself where its profile says nothing: 我厅, 我委, of a people's
    organisation (红十字会, 工商业联合会) 我会."""
    if _SOCIETY.search(name):
        return "我会"
    return next((short for end, short in _ENDS.items() if name.endswith(end)), Profile().short)


def _read_duties(table: object, path: Path) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The units of ``[duties]`` with their words: ours = ["快递管理"], "市商务局" = [...]."""
    wrong = f'{path}：[duties] 要写成 ours = ["职责用语", ...] 或 "市商务局" = ["职责用语", ...]'
    if not isinstance(table, dict):
        raise SettingsError(wrong)
    for words in table.values():
        if not isinstance(words, list) or not all(isinstance(w, str) and w for w in words):
            raise SettingsError(wrong)
    return tuple((unit, tuple(words)) for unit, words in table.items())


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return read_toml(path)
    except FileNotFoundError as error:
        raise SettingsError(f"{path}：打不开，没有这个文件，请检查路径") from error
    except OSError as error:
        raise SettingsError(f"{path}：打不开（{error.strerror}），请检查路径") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}：不是 UTF-8 编码，请用 UTF-8 另存") from error
    except ValueError as error:
        raise SettingsError(f"{path}：TOML 写法有误（{error}）") from error


def _table(table: dict[str, Any], key: str, path: Path) -> dict[str, Any]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise SettingsError(f"{path}：{key} 要写成一节 [{key}]")
    return value


def _read_flag(table: dict[str, Any], key: str, path: Path) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise SettingsError(f"{path}：设置项 {key} 只能是 true 或 false")
    return value


def _refuse_unknown(table: dict[str, Any], known: set[str], path: Path) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise SettingsError(
            f"{path}：不认识的设置项 {'、'.join(unknown)}（可用：{'、'.join(sorted(known))}）"
        )


def _build(cls: type, table: dict[str, Any], path: Path) -> Any:  # noqa: ANN401 - any dataclass
    """Build ``cls`` from a TOML table; lists become tuples, wrong types are refused."""
    known = {f.name: f for f in fields(cls)}
    _refuse_unknown(table, set(known), path)
    values: dict[str, Any] = {}
    for key, value in table.items():
        default = getattr(cls(), key)
        if isinstance(default, float) and isinstance(value, int):
            value = float(value)
        if isinstance(value, list):
            value = tuple(value)
        if type(value) is not type(default):
            raise SettingsError(f"{path}：设置项 {key} 的值类型不对")
        values[key] = value
    return cls(**values)


def sample_settings(settings: Settings) -> Settings:
    """Return ``settings`` with the profile of the fictional sample bureau."""
    path = resource("corpus", "profile.toml")
    return replace(settings, profile_path=path, profile=load_profile(path))
