"""Asking the desk: what takes long is watched until its end."""

from __future__ import annotations

import asyncio

from replygen.web import asking


def test_a_running_work_is_looked_at_until_it_ends_and_once_more(monkeypatch):
    monkeypatch.setattr(asking, "_LOOK", 0)
    running = iter((True, True, False))
    looks = iter(("counting", "reading", "done", "never looked at"))

    async def collect() -> list[str]:
        return [look async for look in asking.watch(lambda: next(looks), lambda: next(running))]

    assert asyncio.run(collect()) == ["counting", "reading", "done"]
