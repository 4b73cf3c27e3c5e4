"""workspace: what people keep between sessions, under one work folder.

::

    work            the work on one draft, and its JSON
    drafts          stored work, one SQLite file
    carrying        what a person did stays when the asks change
    homes           where each sentence of a letter stands in one composed anew
    material        what is attached to a draft, each edition once
    merging         two states of a draft that grew out of a third, put together
    views           what each window of a draft was shown last
    packing         work as it lies on the disk beside a draft
    steps · history what a person did step by step, to be undone: in words, and on the disk
    deadlines       until when a reply is due
    follows         what is followed, what was seen of it, every fetch
    batch_log       the batches that were added, what became of each file
    logbook         the small SQLite file that batch_log and follows write
    audit           who decided what: added to, never edited
    users           names, roles, salted hashes
    settings_files  the profile and the choices written back to their TOML files
"""

from replygen.workspace.audit import (
    PROMISES,
    WHAT,
    AuditCheck,
    AuditLog,
    Entry,
    tell_day,
    tell_deed,
    tell_time,
)
from replygen.workspace.batch_log import BatchLog, LoggedBatch, LoggedFile
from replygen.workspace.carrying import (
    Carried,
    carry_ticks,
    carry_values,
    carry_wordings,
    find_edits,
    forget_material,
    home_asks,
    match_asks,
    name_making,
    name_places,
)
from replygen.workspace.deadlines import Urgency, find_deadline, tell_deadline
from replygen.workspace.drafts import LASTING, DraftRow, DraftStore, Merged
from replygen.workspace.follows import Fetch, Followed, FollowKind, FollowStore, LeftOut, Page
from replygen.workspace.history import Way
from replygen.workspace.homes import Lost, find_way_back
from replygen.workspace.merging import Refused, merge_step
from replygen.workspace.settings_files import save_choices, save_profile
from replygen.workspace.steps import Change, Step, split_steps
from replygen.workspace.users import ROLES, User, UserFile
from replygen.workspace.views import Window
from replygen.workspace.work import Work, find_lost, name_letter, tell_left

__all__ = [
    "AuditCheck",
    "AuditLog",
    "BatchLog",
    "Carried",
    "Change",
    "DraftRow",
    "DraftStore",
    "Entry",
    "Fetch",
    "FollowKind",
    "FollowStore",
    "Followed",
    "LASTING",
    "LeftOut",
    "LoggedBatch",
    "LoggedFile",
    "Lost",
    "Merged",
    "PROMISES",
    "Page",
    "ROLES",
    "Refused",
    "Step",
    "Urgency",
    "User",
    "UserFile",
    "WHAT",
    "Way",
    "Window",
    "Work",
    "carry_ticks",
    "carry_values",
    "carry_wordings",
    "find_deadline",
    "find_edits",
    "find_lost",
    "find_way_back",
    "forget_material",
    "home_asks",
    "match_asks",
    "merge_step",
    "name_letter",
    "name_making",
    "name_places",
    "save_choices",
    "save_profile",
    "split_steps",
    "tell_day",
    "tell_deadline",
    "tell_deed",
    "tell_left",
    "tell_time",
]
