"""keeping: what people keep between sessions, under one work folder."""

from replygen.keeping.audit import AuditCheck, AuditLog, Entry
from replygen.keeping.carrying import (
    Carried,
    carry_ticks,
    carry_values,
    forget_material,
    name_places,
)
from replygen.keeping.deadlines import Urgency, find_deadline, tell_deadline
from replygen.keeping.drafts import LASTING, ChangedElsewhere, DraftRow, DraftStore, Window
from replygen.keeping.settings_files import save_choices, save_profile
from replygen.keeping.users import ROLES, User, UserFile
from replygen.keeping.work import Work

__all__ = [
    "AuditCheck",
    "AuditLog",
    "Carried",
    "ChangedElsewhere",
    "DraftRow",
    "DraftStore",
    "Entry",
    "LASTING",
    "ROLES",
    "Urgency",
    "User",
    "UserFile",
    "Window",
    "Work",
    "carry_ticks",
    "carry_values",
    "find_deadline",
    "forget_material",
    "name_places",
    "save_choices",
    "save_profile",
    "tell_deadline",
]
