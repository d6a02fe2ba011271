"""The build's records: what is wanted (`tasks`), what is done about it (`runs`), what else was asked of `vendors`."""

from __future__ import annotations

from pipeline.models.orders import Batch, BatchFilm, Preset
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
from pipeline.models.shares import Approval, Can, Follow, Note, Share
from pipeline.models.tasks import (
    FILM_WORDS,
    Carrying,
    Event,
    OriginKind,
    Script,
    Task,
    TaskStatus,
    new_script_id,
    new_task_id,
)
from pipeline.models.vendors import Judgement, ModelCall, SeenStill, VoiceSample, new_call_id
from pipeline.models.webhooks import WebhookAddress, WebhookCursor, WebhookDelivery

__all__ = [
    "FILM_WORDS",
    "OUTCOME_UNKNOWN",
    "RUN_ENDED",
    "Approval",
    "Attempt",
    "AttemptQuerySet",
    "AttemptStatus",
    "Batch",
    "BatchFilm",
    "Can",
    "Carrying",
    "Event",
    "Follow",
    "Judgement",
    "ModelCall",
    "Note",
    "OriginKind",
    "Preset",
    "Quote",
    "Run",
    "RunStatus",
    "Script",
    "SeenStill",
    "Share",
    "Step",
    "StepStatus",
    "Task",
    "TaskStatus",
    "VoiceSample",
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
