"""keeping: what people keep between sessions, under one work folder."""

from replygen.keeping.audit import AuditCheck, AuditLog, Entry
from replygen.keeping.users import ROLES, User, UserFile

__all__ = ["AuditCheck", "AuditLog", "Entry", "ROLES", "User", "UserFile"]
