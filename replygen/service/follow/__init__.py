"""follow: sites, feeds and folders that fill the index when they are run: by hand, or by a
server that keeps up with them.

::

    keeping    Follower: the runs of a server, also by themselves
    running    add_follow, run_follow                 reports   what a run did
    site       list pages turned, documents read      links     what a page leads to
    fetching   one host, politely, every fetch logged  tables    the words links are told by
    left       what was removed by hand stays out    unread    files that were not read yet
"""

from replygen.service.follow.keeping import Follower, RunState
from replygen.service.follow.left import take_in
from replygen.service.follow.reports import FollowReport, Gone
from replygen.service.follow.running import add_follow, run_follow
from replygen.service.follow.unread import Unread, find_unread

__all__ = [
    "FollowReport",
    "Follower",
    "Gone",
    "RunState",
    "Unread",
    "add_follow",
    "find_unread",
    "run_follow",
    "take_in",
]
