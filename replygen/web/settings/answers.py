"""What the 设置 tab answers: the fields' values, saving them, the first page as it looks."""

from __future__ import annotations

import shutil
import tempfile
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from replygen.drafting.schemes import load_scheme
from replygen.errors import ReplygenError
from replygen.models import Contact, Draft
from replygen.service.desk import Desk
from replygen.settings import Fonts, Profile, Settings, resource
from replygen.web.asking import asking, refuse
from replygen.web.show import show_empty
from replygen.web.templating import render
from replygen.word.preview import render_preview
from replygen.workspace import save_choices, save_profile

LISTS = ("places", "partners", "cc")
FONTS = tuple(item.name for item in fields(Fonts))
TEXTS = ("name", "short", "region", "province", "function", "doc_prefix", "signer", "openness")
_MOST_LINES, _MOST_LETTERS = 500, 100
_SAMPLE = (
    "第0000号\n关于完善社区便民服务的提案\n提案人：张三、李四\n"
    "建议：一、增设便民服务点。二、公开服务事项。"
)
_DOTS_PER_INCH = 80


class SettingsForm:
    """The requests of the 设置 tab, asked of one desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def values(self) -> dict[str, Any]:
        """Return what the fields show: the profile as it is now, the form, the encoder."""
        profile = self.desk.settings.profile
        shown: dict[str, Any] = {name: getattr(profile, name) for name in TEXTS}
        shown |= {name: "\n".join(getattr(profile, name)) for name in LISTS}
        shown |= {f"font_{name}": getattr(profile.fonts, name) for name in FONTS}
        shown["contacts"] = "\n".join(
            " ".join(part for part in (c.name, c.phone) if part) for c in profile.contacts
        )
        shown |= {"level": profile.level, "scheme": profile.scheme}
        shown |= {"fictional": profile.fictional, "form": self.desk.settings.form}
        return shown | {"encoder": self.desk.settings.encoder}

    def save(self, sent: Mapping[str, Any]) -> str:
        """Save what the fields hold and use it from now on; return what to tell."""
        settings = self.desk.settings
        profile = replace(read_profile(sent), duties=settings.profile.duties)  # no field for them
        with asking(self.desk):
            form, encoder = str(sent["form"]), str(sent["encoder"])
            load_scheme(profile.scheme, channel=None)
            keep_profile(self.desk, profile, form=form, encoder=encoder)
        return render("settings/saved.html", later=encoder != settings.encoder)

    def preview(self, sent: Mapping[str, Any]) -> Iterator[str]:
        """Yield the first page of a sample reply: at once as a web page, then as the picture
        that LibreOffice makes, where there is one."""
        profile, folder = read_profile(sent), Path(tempfile.mkdtemp(prefix="replygen-preview-"))
        try:
            settings = replace(
                self.desk.settings, profile=profile, index=folder / "index", encoder="hash"
            )
            with asking(self.desk), Desk(settings) as desk:
                result = desk.draft(
                    desk.paste_proposal(_SAMPLE),
                    output=folder / "sample.docx",
                    form=str(sent["form"]),
                    evidence=(),
                )
            office = shutil.which("soffice") or shutil.which("libreoffice")
            yield _show_paper(result.draft, coming=bool(office), lacking=not office)
            if not office or result.docx is None:
                return
            try:
                first = render_preview(result.docx, folder, dpi=_DOTS_PER_INCH)[0].read_bytes()
            except ReplygenError:
                yield _show_paper(result.draft)
                return
            yield render("settings/picture.html", picture=b64encode(first).decode())
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def keep_profile(
    desk: Desk, profile: Profile, *, form: str | None = None, encoder: str | None = None
) -> None:
    """Write a profile, and the choices beside it, and use them from now on (the encoder from
    the next start). Raises SettingsError."""
    settings = desk.settings
    path, form = _target(settings), form or settings.form
    save_profile(profile, path)
    if settings.base is not None:
        encoder = encoder or settings.encoder
        save_choices(settings.base, profile=path, form=form, encoder=encoder)
    desk.settings = replace(settings, profile=profile, profile_path=path, form=form)


def _target(settings: Settings) -> Path:
    """Return the file to write: the unit's own; never the sample that is shipped."""
    path = settings.profile_path
    if path is None or path.resolve() == resource("corpus", "profile.toml").resolve():
        return settings.work / "profile.toml"
    return path


def read_profile(sent: Mapping[str, Any]) -> Profile:
    """Return the profile that the fields hold. Raises the page's error for what is missing
    or too long."""
    texts = {name: _text(sent.get(name)) for name in (*TEXTS, "level", "scheme")}
    if not texts["name"]:
        raise refuse("请填写单位全称：落款、抬头都要用它")
    fonts = {name: _text(sent.get(f"font_{name}")) for name in FONTS}
    if not all(fonts.values()):
        raise refuse("字体不能空着：不清楚的话，照原来的写")
    values: dict[str, Any] = {name: text for name, text in texts.items() if text}
    values |= {name: _lines(sent.get(name)) for name in LISTS}
    values["contacts"] = tuple(_contact(line) for line in _lines(sent.get("contacts")))
    return replace(Profile(), **values, fictional=bool(sent.get("fictional")), fonts=Fonts(**fonts))


def show_first_hint() -> str:
    """Return what stands where the first page will be shown."""
    return show_empty("改过一格以后，这里显示答复第一页的样子；点“看首页样子”也可以。")


def _show_paper(draft: Draft, *, coming: bool = False, lacking: bool = False) -> str:
    """Return the beginning of a draft as a page would show it, and whether its picture is
    ``coming`` or what makes one is ``lacking``."""
    return render("settings/paper.html", blocks=draft.blocks, coming=coming, lacking=lacking)


def _text(value: object) -> str:
    text = " ".join(str(value or "").split())
    if len(text) > _MOST_LETTERS:
        raise refuse(f"“{text[:12]}……”太长，一格最多 {_MOST_LETTERS} 个字")
    return text


def _lines(value: object) -> tuple[str, ...]:
    """Return the lines, or what 、 and ， part; each once."""
    parts = str(value or "").replace("、", "\n").replace("，", "\n").splitlines()
    found = tuple(dict.fromkeys(text for part in parts if (text := _text(part))))
    if len(found) > _MOST_LINES:
        raise refuse(f"一格最多 {_MOST_LINES} 行")
    return found


def _contact(line: str) -> Contact:
    """Return name and telephone of ``许嘉木 0000-1234567``; either may be missing."""
    name, _, phone = line.partition(" ")
    if any(c.isdigit() for c in name):
        name, phone = "", line
    if phone and not any(c.isdigit() for c in phone):
        raise refuse(f"联系人“{line}”：写成“姓名 电话”，中间空一格，一人一行")
    return Contact(name or None, phone.strip() or None)
