"""Settings: one frozen dataclass from replygen.toml and the environment; the unit's profile.

Order of precedence: option, environment (``REPLYGEN_INDEX``, ``REPLYGEN_PROFILE``,
``REPLYGEN_WORK``), ``replygen.toml`` in the working directory, default. Keys that are not
known are refused, so that a misspelt one does not vanish silently.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from replygen.errors import SettingsError
from replygen.models import Contact, Level

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SETTINGS_FILE = "replygen.toml"
_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader accepts. Sizes in bytes, time in seconds."""

    file_bytes: int = 50_000_000
    archive_entries: int = 5_000
    archive_ratio: float = 200.0
    archive_bytes: int = 1_000_000_000
    pages: int = 500
    seconds: float = 120.0


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
    *, index: Path | None = None, profile: Path | None = None, cwd: Path | None = None
) -> Settings:
    """Return the settings for a run in ``cwd``. Raises SettingsError for a file that
    cannot be read and for unknown keys."""
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
        base=base,
    )
    if profile_path is None:
        return settings
    profile_path = base / profile_path
    return replace(settings, profile_path=profile_path, profile=load_profile(profile_path))


def _read_folders(given: object, base: Path, path: Path) -> tuple[Path, ...]:
    """The folders of ``folders = ["/data/replies"]``; a list of texts, nothing else."""
    if not isinstance(given, list) or not all(isinstance(f, str) and f for f in given):
        raise SettingsError(f'{path}：folders 要写成 folders = ["文件夹", ...]')
    return tuple((base / folder).resolve() for folder in given)


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
    _refuse_unknown(table, {"unit", "contacts", "fonts"}, path)
    contacts = []
    for row in table.get("contacts", []):
        _refuse_unknown(row, {"name", "phone"}, path)
        contacts.append(Contact(row.get("name"), row.get("phone")))
    profile: Profile = _build(Profile, table.get("unit", {}), path)
    if not profile.name:
        raise SettingsError(f"{path}：[unit] 里缺少单位全称 name")
    fonts = _build(Fonts, table.get("fonts", {}), path)
    return replace(profile, contacts=tuple(contacts), fonts=fonts)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return table
    except OSError as error:
        raise SettingsError(f"{path}：打不开（{error.strerror}），请检查路径") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}：不是 UTF-8 编码，请用 UTF-8 另存") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}：TOML 写法有误（{error}）") from error


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
