"""All that a worker can be asked to do, by its name.

A job is a function of a desk and the arguments of the request. What it raises of `onrecord.errors` becomes a problem
with the status that is given here; its module is loaded when it is first asked for.
"""

import importlib
from collections.abc import Callable, Mapping
from functools import cache
from typing import TypeAlias

from onrecord.errors import (
    ConfigurationError,
    InputError,
    NotBuilt,
    OnRecordError,
    PublishError,
    QueryError,
    QueryTimeout,
    VocabularyError,
)
from onrecord.server.desk import Desk
from onrecord.server.reply import Reply, problem

Args: TypeAlias = Mapping[str, object]
"""The arguments of a request: what msgpack can say."""
Job: TypeAlias = Callable[[Desk, Args], Reply]

JOBS = {
    "ready": "onrecord.server.operation.readiness:ready",
    "query": "onrecord.server.sparql.answering:answer",
    "description": "onrecord.server.sparql.description:describe",
    "address": "onrecord.server.pages.address:answer",
    "opening": "onrecord.server.pages.opening:answer",
    "waiting": "onrecord.server.pages.waiting:answer",
    "search_page": "onrecord.server.pages.searching:answer",
    "suggested": "onrecord.server.pages.searching:suggested",
    "status_page": "onrecord.server.pages.asking:answer",
    "ask": "onrecord.server.asking.answers:ask",
    "questions": "onrecord.server.asking.listing:questions",
    "status": "onrecord.server.asking.standing:status",
    "screen": "onrecord.server.asking.screening:screened",
    "openapi": "onrecord.server.asking.openapi:openapi",
    "reconcile": "onrecord.server.reconciliation.answering:service",
    "reconcile-suggest": "onrecord.server.reconciliation.answering:suggest",
    "reconcile-properties": "onrecord.server.reconciliation.answering:properties",
    "reconcile-preview": "onrecord.server.reconciliation.answering:preview",
    "reconcile-view": "onrecord.server.reconciliation.answering:view",
    "reconcile-about": "onrecord.server.reconciliation.answering:about",
    "editor_answered": "onrecord.server.editor.page:answered",
    "editor_examples": "onrecord.server.editor.examples:answer",
    "editor_page": "onrecord.server.editor.page:blank",
    "editor_vocabulary": "onrecord.server.editor.vocabulary:answer",
}
"""Name → module:function."""

_STATUS: tuple[tuple[type[OnRecordError], int], ...] = (
    (QueryTimeout, 503),
    (QueryError, 400),
    (InputError, 400),
    (NotBuilt, 503),
    (PublishError, 503),
    (ConfigurationError, 503),
    (VocabularyError, 503),
)


@cache
def job(name: str) -> Job:
    """The job of this name."""
    module, _, function = JOBS[name].partition(":")
    found: Job = getattr(importlib.import_module(module), function)
    return found


def refused(error: OnRecordError) -> Reply:
    """What a request is told that cannot be answered."""
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 400)
    return problem(status, error.message, error.hint)
