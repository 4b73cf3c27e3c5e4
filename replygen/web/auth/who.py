"""Who is asking: the signed-in user of a request, and what that user may do.

The gate (:mod:`replygen.web.auth.gate`) writes the visitor into the request's ASGI scope; a
page that only this machine can reach has no gate and one user, who may do everything.

While an action of the page runs, :mod:`replygen.web.guard` keeps the visitor at hand, so
``who()`` needs no request: Gradio passes one only to functions whose annotations it can
resolve.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from replygen.web.asking import refuse
from replygen.workspace import ROLES

if TYPE_CHECKING:
    import gradio as gr
    from starlette.requests import Request

NOBODY = "本机"  # the one user of a page that only this machine can reach
SCOPE_KEY = "replygen.visitor"
BELONGINGS_KEY = "replygen.belongings"
ROLE_NAMES = {"clerk": "起草", "reviewer": "审核", "indexer": "语料库"}


@dataclass(frozen=True, slots=True)
class Visitor:
    """A user of the page and the roles that the user file gives."""

    name: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Belongings:
    """The files of the visitor of one request: which there are, and what notes more."""

    has: Callable[[str], bool]
    keep: Callable[[Iterable[str]], None]


_LOCAL = Visitor(NOBODY, frozenset(ROLES))


_CURRENT: ContextVar[Visitor] = ContextVar("replygen_visitor", default=_LOCAL)


def enter(request: gr.Request | None) -> None:
    """Keep who asks at hand for the action that runs now."""
    _CURRENT.set(_read(request) or _LOCAL)


def visitor(request: gr.Request | None = None) -> Visitor:
    """Return who asks; without a gate, the one local user with every role."""
    return _read(request) or _CURRENT.get()


def who(request: gr.Request | None = None) -> str:
    """Return the name of the signed-in user, or ``本机`` where nobody signs in."""
    return visitor(request).name


def roles(request: gr.Request | None = None) -> frozenset[str]:
    """Return the roles of who asks: a subset of ``ROLES``; all where nobody signs in."""
    return visitor(request).roles


def require(request: gr.Request | None, *allowed: str) -> str:
    """Return the user's name when any role of ``allowed`` is held; raises the page's error
    otherwise. Every action is also guarded by its tab, so this is for finer rules."""
    if roles(request).isdisjoint(allowed):
        names = "、".join(ROLE_NAMES[role] for role in allowed)
        raise refuse(f"您的账号没有“{names}”权限，请找管理员开通")
    return who(request)


def visitor_of(request: Request) -> str:
    """Return the name of who sent an HTTP request."""
    found = request.scope.get(SCOPE_KEY)
    return found.name if isinstance(found, Visitor) else NOBODY


def roles_of(request: Request) -> frozenset[str]:
    """Return the roles of who sent an HTTP request; all where nobody signs in."""
    found = request.scope.get(SCOPE_KEY)
    return found.roles if isinstance(found, Visitor) else _LOCAL.roles


def belongings(request: gr.Request | None) -> Belongings | None:
    """Return the files of who asks; ``None`` where nobody keeps them apart."""
    asked = getattr(request, "request", None)
    return None if asked is None else asked.scope.get(BELONGINGS_KEY)


def _read(request: gr.Request | None) -> Visitor | None:
    asked = getattr(request, "request", None)
    found = None if asked is None else asked.scope.get(SCOPE_KEY)
    return found if isinstance(found, Visitor) else None
