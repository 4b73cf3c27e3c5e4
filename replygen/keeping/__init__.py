"""keeping: what people keep between sessions, under one work folder."""

from replygen.keeping.users import ROLES, User, UserFile

__all__ = ["ROLES", "User", "UserFile"]
