"""What is followed is read without being asked for: when the page is opened, and every so often."""

from __future__ import annotations

import os
import time
from dataclasses import replace

import pytest

from replygen.service.desk import Desk
from replygen.service.follow import Follower, add_follow, find_unread, run_follow
from replygen.settings import FollowLimits, Settings
from replygen.workspace import FollowStore

SOON = 0.2 / 3600  # hours


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "来源").mkdir()
    return tmp_path / "来源"


@pytest.fixture
def settings(tmp_path, folder):
    made = Settings(
        index=tmp_path / "i", work=tmp_path / "w", follow=replace(FollowLimits(), every=SOON)
    )
    add_follow(made.work, "科室", str(folder), own=True)
    return made


def put(folder, name, number):
    text = f"工作总结\n一、检查商户{number}40家，约谈{number}人。\n"
    (folder / name).write_text(text, encoding="utf-8")


def wait_for(true, seconds=60.0):
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_folder_is_read_again_and_again_and_what_came_of_it_is_said(settings, folder):
    put(folder, "一.txt", 1)
    with Desk(settings) as desk:
        follower = Follower(desk)
        follower.start()
        try:
            wait_for(lambda: "科室：新增 1" in follower.state.said)
            assert "自己读取" in follower.state.said
            put(folder, "二.txt", 2)
            wait_for(lambda: len(desk.documents()) == 2)
            wait_for(lambda: not follower.running)
            (source,) = FollowStore(settings.work).sources()
            assert source.told == "新增 1"  # only what was new is read
        finally:
            follower.end()
        assert all(d.own for d in desk.documents())


def test_opening_the_page_reads_what_was_not_read_for_a_while(settings, folder):
    settings = replace(settings, follow=replace(settings.follow, every=5.0))
    with Desk(settings) as desk:
        follower = Follower(desk)
        follower.start()
        try:
            put(folder, "一.txt", 1)
            follower.wake()
            wait_for(lambda: len(desk.documents()) == 1)
            wait_for(lambda: not follower.running)
            put(folder, "二.txt", 2)
            follower.wake()
            time.sleep(0.3)
            assert len(desk.documents()) == 1  # it was read just now
        finally:
            follower.end()


def test_never_is_never(settings, folder):
    put(folder, "一.txt", 1)
    settings = replace(settings, follow=replace(settings.follow, every=0.0))
    with Desk(settings) as desk:
        follower = Follower(desk)
        follower.start()
        follower.wake()
        assert not follower.by_itself
        follower.begin()
        follower.run()  # by hand
        assert len(desk.documents()) == 1


def test_it_waits_while_something_goes_first_and_ends_when_told(settings, folder):
    put(folder, "一.txt", 1)
    with Desk(settings) as desk:
        busy = [True]
        follower = Follower(desk, busy=lambda: busy[0])
        follower.start()
        wait_for(lambda: follower.running)
        time.sleep(0.2)
        assert desk.documents() == ()
        busy[0] = False
        wait_for(lambda: len(desk.documents()) == 1)
        busy[0] = True
        put(folder, "二.txt", 2)
        follower.end()
        assert not follower.running


def test_a_run_by_hand_and_one_by_itself_are_never_at_once(settings, folder):
    put(folder, "一.txt", 1)
    with Desk(settings) as desk:
        follower = Follower(desk)
        follower.begin()
        follower.start()
        follower.wake()
        time.sleep(0.3)
        assert desk.documents() == ()
        follower.run()
        assert "自己读取" not in follower.state.said
        assert len(desk.documents()) == 1
        follower.end()


def test_what_is_gone_or_cannot_be_opened_is_seen_without_reading_the_rest(settings, folder):
    put(folder, "一.txt", 1)
    put(folder, "二.txt", 2)
    with Desk(settings) as desk:
        run_follow(desk.index, settings, "科室")
        (folder / "一.txt").unlink()
        (source,) = FollowStore(settings.work).sources()
        look = find_unread(FollowStore(settings.work), source)
        assert (look.new, look.changed, look.gone) == ((), (), (str(folder / "一.txt"),))
        report = run_follow(desk.index, settings, "科室", unread=True)
        assert report.words == "消失 1" and len(desk.documents()) == 2
        assert find_unread(FollowStore(settings.work), source).count == 0


def test_a_run_by_itself_gives_way_to_who_asks(settings, folder):
    put(folder, "一.txt", 1)
    with Desk(settings) as desk:
        follower = Follower(desk, busy=lambda: True)
        follower.start()
        try:
            wait_for(lambda: follower.running)
            follower.begin()  # no refusal
            follower.run()
            assert len(desk.documents()) == 1
        finally:
            follower.end()


def test_what_changed_and_was_not_read_before_a_stop_is_still_to_be_read(settings, folder):
    for n in (1, 2):
        put(folder, f"{n}.txt", n)
    store = FollowStore(settings.work)
    with Desk(settings) as desk:
        run_follow(desk.index, settings, "科室")
        for n in (1, 2):
            put(folder, f"{n}.txt", n + 5)
            os.utime(folder / f"{n}.txt", (time.time() + 5,) * 2)
        asked = iter([False, True])
        run_follow(desk.index, settings, "科室", stopped=lambda: next(asked), unread=True)
        assert find_unread(store, store.sources()[0]).count == 2
        assert run_follow(desk.index, settings, "科室", unread=True).updated == 1
