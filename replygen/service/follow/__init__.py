"""follow: sites, feeds and folders that fill the index when they are run, and only then.

::

    running    add_follow, run_follow                 reports   what a run did
    site       list pages turned, documents read      links     what a page leads to
    fetching   one host, politely, every fetch logged  tables    the words links are told by
"""

from replygen.service.follow.reports import FollowReport, Gone
from replygen.service.follow.running import add_follow, run_follow

__all__ = ["FollowReport", "Gone", "add_follow", "run_follow"]
