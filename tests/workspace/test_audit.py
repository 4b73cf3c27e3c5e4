"""The audit log: it grows, and tells when somebody edited it."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from replygen.errors import StoreError
from replygen.workspace import AuditLog
from replygen.workspace.audit import FILE_NAME, HEAD_NAME


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    log = AuditLog(tmp_path / "work")
    for n in range(5):
        log.add(
            who="李审",
            what="dismiss",
            subject="第0126号",
            key=f"k{n}",
            detail={"reason": f"理由{n}"},
        )
    return log


def edit(log: AuditLog, *statements: str) -> None:
    """Edit the file as somebody with a database tool would, the guards put back after."""
    db = sqlite3.connect(log.path)
    guards = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        db.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        db.execute(statement)
    for _, sql in guards:
        db.execute(sql)
    db.commit()
    db.close()


def test_entries_come_back_as_they_were_written(log):
    entries = log.entries()
    assert [e.seq for e in entries] == [1, 2, 3, 4, 5]
    assert entries[2].detail == {"reason": "理由2"}
    assert entries[2].who == "李审"
    assert log.entries(subject="别的") == ()
    check = log.verify()
    assert (check.ok, check.entries, check.head) == (True, 5, entries[-1].hash)


def test_a_log_without_entries_is_whole(tmp_path):
    log = AuditLog(tmp_path / "work")
    assert log.entries() == ()
    assert log.verify().ok
    assert not (tmp_path / "work").exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET who = '别人'",
        "DELETE FROM entries WHERE seq = 5",
        "INSERT OR REPLACE INTO entries VALUES (5, '', '', '', '', '', '{}', '', '')",
        "INSERT INTO entries VALUES (9, '', '', '', '', '', '{}', '', '')",
        "INSERT INTO entries VALUES (6, '', '', '', '', '', '{}', 'made up', '')",
    ],
)
def test_the_file_itself_refuses_to_be_edited(log, statement):
    db = sqlite3.connect(log.path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        db.execute(statement)
    db.close()
    assert log.verify().ok


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE entries SET detail = '{}' WHERE seq = 2", "第 2 条的内容被改过"),
        ("UPDATE entries SET who = '别人' WHERE seq = 5", "第 5 条的内容被改过"),
        ("UPDATE entries SET at = '2020-01-01' WHERE seq = 1", "第 1 条的内容被改过"),
        ("DELETE FROM entries WHERE seq = 3", "第 3 条缺了"),
        ("DELETE FROM entries WHERE seq = 5", "末尾被删过"),
        ("DELETE FROM entries", "末尾被删过"),
        ("DROP TABLE entries", "entries"),
    ],
)
def test_what_is_edited_around_the_guards_is_told(log, statement, told):
    edit_all = statement != "DROP TABLE entries"
    if edit_all:
        edit(log, statement)
    else:
        db = sqlite3.connect(log.path)
        db.execute(statement)
        db.commit()
        db.close()
    check = log.verify()
    assert not check.ok
    assert any(told in problem for problem in check.problems), check.problems


def test_a_chain_that_was_built_anew_is_told_by_the_second_file(log, tmp_path):
    other = AuditLog(tmp_path / "other")
    for n in range(5):
        other.add(who="别人", what="dismiss", subject="第0126号", key=f"k{n}")
    (log.path).write_bytes(other.path.read_bytes())
    check = log.verify()
    assert not check.ok
    assert "整段被改写过" in check.problems[0]


def test_guards_that_were_taken_away_are_told_and_not_put_back_silently(log):
    db = sqlite3.connect(log.path)
    db.execute("DROP TRIGGER entries_no_update")
    db.commit()
    db.close()
    log.add(who="李审", what="accept", subject="第0126号")
    assert "保护被拆掉" in log.verify().problems[0]


def test_a_lost_second_file_or_a_lost_log_is_told(log):
    head = log.path.with_name(HEAD_NAME)
    text = head.read_text(encoding="ascii")
    head.unlink()
    assert "audit.head" in log.verify().problems[0]
    head.write_text(text, encoding="ascii")
    assert log.verify().ok
    log.path.unlink()
    assert "不见了" in log.verify().problems[0]


def test_many_may_write_at_once_and_the_chain_holds(tmp_path):
    def write(name: str) -> None:
        log = AuditLog(tmp_path)
        for _ in range(10):
            log.add(who=name, what="accept", subject="甲")

    threads = [threading.Thread(target=write, args=(f"人{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check = AuditLog(tmp_path).verify()
    assert check.ok, check.problems
    assert check.entries == 40


def test_a_file_that_is_no_log_is_refused_and_left_alone(tmp_path):
    (tmp_path / FILE_NAME).write_text("别的文件", encoding="utf-8")
    with pytest.raises(StoreError, match="审核记录"):
        AuditLog(tmp_path).add(who="甲", what="accept", subject="乙")
    assert not AuditLog(tmp_path).verify().ok
    assert (tmp_path / FILE_NAME).read_text(encoding="utf-8") == "别的文件"
