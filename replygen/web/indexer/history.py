"""What the 语料库 tab answers about the batches so far: each method is one request."""

from __future__ import annotations

from replygen.index import KEPT_DAYS
from replygen.service.batches import Batches
from replygen.service.desk import Desk
from replygen.service.withdrawing import find_brought, put_batch_back, withdraw_batch
from replygen.web.asking import asking, refuse
from replygen.web.auth.who import who
from replygen.web.indexer.show_batch import STATES, lay_out_outcomes
from replygen.web.indexer.show_index import OWNERS
from replygen.web.templating import render
from replygen.workspace import AuditLog, BatchLog, LoggedBatch, tell_time

_ENDS = {"running": "没有做完", "cancelled": "停下了", "failed": "没有做完"}


class HistoryAnswers:
    """The requests about the batches so far, over one desk."""

    def __init__(self, desk: Desk, batches: Batches) -> None:
        self.desk = desk
        self._batches = batches

    @property
    def _log(self) -> BatchLog:
        return BatchLog(self.desk.settings.work)

    def act(self, asked: str) -> str:
        """Do what a button of the list asks, ``what:number``, and return the list anew."""
        what, _, number = asked.partition(":")
        if not number.isdecimal():
            return self.show()
        with asking(self.desk):
            batch = self._log.find(int(number))
            match what:
                case "open":
                    return self.show(opened=batch)
                case "ask":
                    return self.show(asked=batch)
                case "sure":
                    return self._withdraw(batch)
                case "back":
                    return self._put_back(batch)
            return self.show(active=True)

    def list_choices(self) -> list[tuple[str, str]]:
        """Return the batches that brought something, to choose from, as (name, number)."""
        with asking(self.desk):
            return [
                (f"{tell_time(b.started)} {b.label}", str(b.id))
                for b in self._log.batches()
                if b.brought and not b.withdrawn
            ]

    def show(
        self,
        *,
        opened: LoggedBatch | None = None,
        asked: LoggedBatch | None = None,
        said: str = "",
        undo: LoggedBatch | None = None,
        active: bool = False,
    ) -> str:
        """Return the batches; one of them ``opened``, one ``asked`` to be taken back, what was
        ``said`` of the last and how to ``undo`` it."""
        with asking(self.desk) as desk:
            work = desk.settings.work
            files = self._log.files(opened.id) if opened else ()
            return render(
                "indexer/history.html",
                batches=self._log.batches(),
                active=active or bool(opened or asked or said),
                opened=opened,
                asked=asked,
                brought=len(find_brought(desk.index, work, asked.id)) if asked else 0,
                said=said,
                undo=undo,
                days=KEPT_DAYS if desk.index.keeps_removed else 0,
                owners=OWNERS,
                when=tell_time,
                tell=_tell,
                **lay_out_outcomes(
                    [(f.path, f.state, f.note) for f in files],
                    documents={f.path: f.document for f in files if f.document},
                ),
            )

    def _withdraw(self, batch: LoggedBatch) -> str:
        if self._batches.latest is not None and self._batches.latest.running:
            raise refuse("还有一批正在加入，请等它结束（或停止它）再撤回")
        index, work = self.desk.index, self.desk.settings.work
        gone = withdraw_batch(index, work, batch.id)
        self._note("withdraw", batch, len(gone))
        undo = batch if index.keeps_removed and gone else None
        return self.show(said=f"已撤回“{batch.label}”：删去 {len(gone)} 份。", undo=undo)

    def _put_back(self, batch: LoggedBatch) -> str:
        back, why = put_batch_back(self.desk.index, self.desk.settings.work, batch.id)
        self._note("put_back", batch, back)
        told = f"已恢复“{batch.label}”：{back} 份。" + "".join(f"{reason}。" for reason in why)
        return self.show(said=told)

    def _note(self, what: str, batch: LoggedBatch, count: int) -> None:
        AuditLog(self.desk.settings.work).add(
            who=who(),
            what=what,
            subject=batch.label,
            key=f"batch:{batch.id}",
            detail={"text": f"{tell_time(batch.started)} {batch.by} 加入，{count} 份"},
        )


def _tell(batch: LoggedBatch) -> str:
    """What became of a batch, in a line."""
    counts = [f"{STATES[s][0]} {batch.counts[s]}" for s in STATES if batch.counts.get(s)]
    told = "，".join(counts) or "没有文件"
    if batch.withdrawn:
        return f"{told}；{tell_time(batch.withdrawn)} 已撤回"
    return f"{told}；{_ENDS[batch.state]}" if batch.state in _ENDS else told
