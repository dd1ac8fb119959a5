"""Errors as answers: one JSON shape, real status codes, the same for every route."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any

from model_keeper.domain.errors import Family, KeeperError
from model_keeper.web.shapes import About, written

_BY_FAMILY: Mapping[Family, int] = MappingProxyType(
    {
        Family.REQUEST: 400,
        Family.NOT_FOUND: 404,
        Family.CONFLICT: 409,
        Family.ACCESS: 403,
        Family.CREDENTIALS: 422,
        Family.INTEGRITY: 422,
        Family.REVIEW: 422,
        Family.REMOTE: 502,
        Family.LOCAL: 503,
        Family.DEPENDENCY: 503,
    }
)
_BY_CODE: Mapping[str, int] = MappingProxyType(
    {
        "internal": 500,
        "token_needed": 401,
        "method_unknown": 405,
        "body_too_large": 413,
        "header_needed": 415,
        "disk_full": 507,
    }
)


@dataclass(frozen=True)
class ProblemView:
    """What went wrong, and the one thing to do next."""

    code: Annotated[str, About("Stable; every code is in docs/errors.md.")]
    message: Annotated[str, About("What happened, in English.")]
    hint: Annotated[str, About("The one next step, in English.")]
    family: Annotated[Family, About("Who has to act.")]
    retryable: Annotated[bool, About("Whether it is tried again by itself.")]
    details: Annotated[Mapping[str, Any], About("What the sentences are filled in with.")]


@dataclass(frozen=True)
class Problem:
    """The body of every answer that is not a success."""

    error: ProblemView


def problem_view(error: KeeperError) -> ProblemView:
    return ProblemView(
        code=error.code,
        message=error.message,
        hint=error.hint,
        family=error.family,
        retryable=error.retryable,
        details=written(error.details),
    )


def status_of(error: KeeperError) -> int:
    return _BY_CODE.get(error.code, _BY_FAMILY[error.family])
