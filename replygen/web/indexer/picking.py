"""What the 语料库 tab answers about documents that were picked in the list, many at once."""

from __future__ import annotations

import json
from collections.abc import Sequence

from replygen.index import KEPT_DAYS
from replygen.models import Document
from replygen.service.withdrawing import remove_all, restore_all
from replygen.web.asking import asking, refuse
from replygen.web.auth.who import who
from replygen.web.indexer.answers import Indexer
from replygen.web.indexer.show_index import OWNERS
from replygen.web.templating import render
from replygen.workspace import AuditLog

_NAMED = 5  # titles that a question names
_LOGGED = 100  # titles that the log names
_REGION = 50  # characters of a place at most
Picked = tuple[str, ...]


class PickAnswers:
    """The requests about picked documents. What was picked last is kept by the page: a question
    is answered, and what was done undone, for just these."""

    def __init__(self, answers: Indexer) -> None:
        self._answers = answers
        self.desk = answers.desk

    def act(self, given: str, last: Picked, *filters: str) -> tuple[str, Picked]:
        """Do what a button above the list asks, given as JSON: ``what``, the ``ids`` or ``all``
        that match the filters, a ``region``. Return what is said, and which it was."""
        try:
            asked = json.loads(given)
            what, ids = str(asked["what"]), [str(id) for id in asked["ids"]]
        except (ValueError, KeyError, TypeError):
            return "", ()
        with asking(self.desk):
            match what:
                case "sure":
                    return self._remove(last)
                case "undo":
                    return self._restore(last)
                case "none":
                    return "", ()
            found = self._answers.match(*filters)
            picked = found if asked.get("all") else [d for d in found if d.id in set(ids)]
            if not picked:
                raise refuse("没有选中的材料：在清单左边打勾")
            match what:
                case "remove":
                    return self._ask(picked), tuple(d.id for d in picked)
                case "own" | "other":
                    return self._correct(picked, "own", str(int(what == "own"))), ()
                case "region":
                    region = " ".join(str(asked.get("region", "")).split())[:_REGION]
                    if not region:
                        raise refuse("请先写上地区，如：甲省乙市")
                    return self._correct(picked, "region", region), ()
            return "", ()

    def _ask(self, picked: Sequence[Document]) -> str:
        days = KEPT_DAYS if self.desk.index.keeps_removed else 0
        titles = [d.title for d in picked[:_NAMED]]
        return render("indexer/picked.html", asked=picked, titles=titles, days=days)

    def _remove(self, ids: Picked) -> tuple[str, Picked]:
        gone = remove_all(self.desk.index, self.desk.settings.work, ids)
        if not gone:
            raise refuse("选中的材料已经不在了，请刷新列表")
        self._log("remove", gone, {})
        kept = tuple(d.id for d in gone) if self.desk.index.keeps_removed else ()
        return self._tell(f"已删除 {len(gone)} 份。", undo=bool(kept)), kept

    def _restore(self, ids: Picked) -> tuple[str, Picked]:
        back, why = restore_all(self.desk.index, ids)
        restored = [d for d in self.desk.documents() if d.id in set(ids)]
        self._log("restore", restored, {})
        return self._tell(f"已恢复 {back} 份。" + "".join(f"{reason}。" for reason in why)), ()

    def _correct(self, picked: Sequence[Document], field: str, value: str) -> str:
        shown = OWNERS[value == "1"] if field == "own" else value
        changed = [
            d for d in picked if (d.own != (value == "1") if field == "own" else d.region != value)
        ]
        for document in changed:
            self.desk.correct(document.id, {field: value}, by=who())
        name = "归属" if field == "own" else "地区"
        if changed:
            self._log("correct", changed, {name: shown})
        same = len(picked) - len(changed)
        rest = f"，另有 {same} 份本来就是" if same else ""
        return self._tell(f"{name}改为“{shown}”的 {len(changed)} 份{rest}。")

    def _tell(self, said: str, *, undo: bool = False) -> str:
        return render("indexer/picked.html", asked=(), said=said, undo=undo)

    def _log(self, what: str, found: Sequence[Document], detail: dict[str, str | None]) -> None:
        titles = "".join(f"《{d.title}》" for d in found[:_LOGGED])
        more = "等" if len(found) > _LOGGED else ""
        AuditLog(self.desk.settings.work).add(
            who=who(),
            what=what,
            subject=f"选中的 {len(found)} 份",
            detail={"text": f"{titles}{more}", **detail},
        )
