"""keeping: what people keep between sessions, under one work folder."""

from replygen.keeping.audit import AuditCheck, AuditLog, Entry
from replygen.keeping.deadlines import Urgency, find_deadline, tell_deadline
from replygen.keeping.drafts import LASTING, DraftRow, DraftStore
from replygen.keeping.users import ROLES, User, UserFile
from replygen.keeping.work import Work

__all__ = [
    "AuditCheck",
    "AuditLog",
    "DraftRow",
    "DraftStore",
    "Entry",
    "LASTING",
    "ROLES",
    "Urgency",
    "User",
    "UserFile",
    "Work",
    "find_deadline",
    "tell_deadline",
]
