"""What is said of slow vectors that are still to come."""

from __future__ import annotations

import pytest

from replygen.service.encoding import Encoded, encode_added, tell_rest, tell_unfilled


class Filling:
    """An index that counts what it is told to encode."""

    def __init__(self, unfilled: int) -> None:
        self.unfilled = unfilled

    def catch_up(self) -> None:
        """Nothing to do."""

    def count_unfilled(self) -> int:
        return self.unfilled

    def fill(self, progress, *, limit, stop) -> None:
        self.unfilled -= min(self.unfilled, self.unfilled if limit is None else limit)

    def status(self):
        return type("Status", (), {"vectors": 1_000 - self.unfilled})()


@pytest.mark.parametrize(
    ("unfilled", "limit", "left"),
    [(300, 400, 0), (900, 400, 500), (900, 0, 900), (900, None, 0), (0, 400, 0)],
)
def test_a_few_hundred_are_encoded_at_once_and_the_rest_is_counted(unfilled, limit, left):
    encoded = encode_added(Filling(unfilled), limit=limit)
    assert (encoded.left, encoded.vectors) == (left, 1_000 - left)
    assert (encoded.rest_seconds is not None) == (0 < left < unfilled)


@pytest.mark.parametrize(
    ("encoded", "said"),
    [
        (Encoded(10, 0), ""),
        (Encoded(10, 900), "900 条的语义向量待补（"),
        (Encoded(10, 900, 31.4), "约需 31 秒"),
        (Encoded(10, 26_196, 893), "约需 15 分钟"),
    ],
)
def test_the_rest_is_told_with_the_time_it_takes(encoded, said):
    assert said in tell_rest(encoded)
    assert bool(tell_rest(encoded)) == bool(said)


def test_a_search_tells_only_of_what_it_could_not_use():
    assert tell_unfilled(Filling(0)) == ()
    assert "12 条" in tell_unfilled(Filling(12))[0]
