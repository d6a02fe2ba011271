"""The build's records: what is wanted (`tasks`), what is done about it (`runs`), what else was asked of `vendors`."""

from __future__ import annotations

from pipeline.models.runs import (
    OUTCOME_UNKNOWN,
    RUN_ENDED,
    Attempt,
    AttemptQuerySet,
    AttemptStatus,
    Quote,
    Run,
    RunStatus,
    Step,
    StepStatus,
    new_attempt_id,
    new_quote_id,
    new_run_id,
)
from pipeline.models.tasks import FILM_WORDS, Event, Script, Task, TaskStatus, new_script_id, new_task_id
from pipeline.models.vendors import Judgement, ModelCall, SeenStill, new_call_id
from pipeline.models.webhooks import WebhookAddress, WebhookCursor, WebhookDelivery

__all__ = [
    "FILM_WORDS",
    "OUTCOME_UNKNOWN",
    "RUN_ENDED",
    "Attempt",
    "AttemptQuerySet",
    "AttemptStatus",
    "Event",
    "Judgement",
    "ModelCall",
    "Quote",
    "Run",
    "RunStatus",
    "Script",
    "SeenStill",
    "Step",
    "StepStatus",
    "Task",
    "TaskStatus",
    "WebhookAddress",
    "WebhookCursor",
    "WebhookDelivery",
    "new_attempt_id",
    "new_call_id",
    "new_quote_id",
    "new_run_id",
    "new_script_id",
    "new_task_id",
]
