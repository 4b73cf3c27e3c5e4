"""Write the unit's profile and the run's choices back to their TOML files.

The files are the user's own: comments, order and spacing stay, only values that changed
are touched (tomlkit), and what is written was read back and found right before it takes
the old file's place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

from replygen.errors import SettingsError
from replygen.language.files import whole_file
from replygen.settings import SETTINGS_FILE, Fonts, Profile, Settings, load_profile

_HEAD = "本单位信息，由网页的“设置”写出；也可以直接改，写法见 corpus/profile.toml。"
_APART = ("contacts", "fonts", "duties")  # tables of their own
_SHORT_LIST = 4  # a longer list is written one item a line


def save_profile(profile: Profile, path: Path) -> None:
    """Write ``profile`` to ``path``. Raises SettingsError when it is not valid (then
    nothing is changed) or cannot be written."""
    import tomlkit

    document = _parse_file(path)
    if not document.body and not document:
        document.add(tomlkit.comment(_HEAD))
        document.add(tomlkit.nl())
    unit = document.setdefault("unit", tomlkit.table())
    for item in fields(Profile):
        if item.name not in _APART:
            _put(unit, item.name, getattr(profile, item.name), getattr(Profile(), item.name))
    given = [
        {key: value for key, value in (("name", c.name), ("phone", c.phone)) if value}
        for c in profile.contacts
    ]
    if [dict(row) for row in document.get("contacts", [])] != given:
        document.pop("contacts", None)
        if given:
            document["contacts"] = _tables(given)
    if profile.fonts != Fonts() or "fonts" in document:
        fonts = document.setdefault("fonts", tomlkit.table())
        for item in fields(Fonts):
            _put(fonts, item.name, getattr(profile.fonts, item.name), getattr(Fonts(), item.name))

    def check(part: Path) -> None:
        if load_profile(part) != profile:
            raise SettingsError(f"{path}：写出的内容和填的对不上，没有保存，请报告这个问题")

    _write(path, tomlkit.dumps(document), check)


def save_choices(folder: Path, *, profile: Path, form: str, encoder: str) -> None:
    """Write which profile, form and encoder a run in ``folder`` uses to its
    ``replygen.toml``. Raises SettingsError."""
    import tomlkit

    path = folder / SETTINGS_FILE
    document = _parse_file(path)
    defaults = {"profile": "", "form": Settings().form, "encoder": Settings().encoder}
    named = profile.relative_to(folder) if profile.is_relative_to(folder) else profile
    for key, value in (("profile", named.as_posix()), ("form", form), ("encoder", encoder)):
        _put(document, key, value, defaults[key])
    _write(path, tomlkit.dumps(document), _parse_file)


def _parse_file(path: Path) -> Any:  # noqa: ANN401 - tomlkit's document
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        return tomlkit.parse(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return tomlkit.document()
    except OSError as error:
        raise SettingsError(f"{path}：打不开（{error.strerror}），请检查权限") from error
    except (UnicodeDecodeError, TOMLKitError) as error:
        raise SettingsError(f"{path}：TOML 写法有误（{error}），请先改好") from error


def _put(table: Any, key: str, value: object, default: object) -> None:  # noqa: ANN401
    """Set a value where it differs from what stands there; a default is not added."""
    import tomlkit

    plain = list(value) if isinstance(value, tuple) else value
    if key in table and table[key] == plain:
        return
    if key not in table and value == default:
        return
    if isinstance(plain, list):
        array = tomlkit.array()
        array.extend(plain)
        array.multiline(len(plain) > _SHORT_LIST)
        table[key] = array
    else:
        table[key] = plain


def _tables(rows: list[dict[str, str]]) -> Any:  # noqa: ANN401 - tomlkit's array of tables
    import tomlkit

    tables = tomlkit.aot()
    for row in rows:
        table = tomlkit.table()
        table.update(row)
        tables.append(table)
    return tables


def _write(path: Path, text: str, check: Callable[[Path], object]) -> None:
    """Put ``text`` in the place of ``path`` when ``check`` finds it right."""
    try:
        with whole_file(path) as part:
            part.write_text(text, encoding="utf-8")
            check(part)
    except OSError as error:
        raise SettingsError(f"{path}：写不进去（{error.strerror}），请检查权限") from error
