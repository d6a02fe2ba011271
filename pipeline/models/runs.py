"""Records of what is done about a task: quotes, runs of the build, their steps, and each try at one."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from media_assets.ids import new_id
from pipeline.film.settings import STANDARD
from pipeline.models.tasks import Task

NOTHING = models.Value({}, models.JSONField())


def new_quote_id() -> str:
    return new_id("quote")


def new_run_id() -> str:
    return new_id("run")


def new_attempt_id() -> str:
    return new_id("attempt")


class RunStatus(models.TextChoices):
    """queued → running → succeeded | failed | cancelled."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


RUN_ENDED = (RunStatus.SUCCEEDED, RunStatus.FAILED, RunStatus.CANCELLED)


class Run(models.Model):
    """One execution of the build.

    `approved` lists the component keys that may be made (null: every one), `forced` those to be made anew whatever
    their state, each with the instruction given, `own` the uploads that become the takes of some of those, and
    `own_choices` how (`fit`, `keep_sound`). What is bought is made in the run's `tier`, except where
    `chosen_models` name a model for a kind of piece or a piece. `selects` are the takes a person chose meanwhile, by
    component; they are selected when the run begins. Whoever holds `lease` may write; each claim raises it.
    """

    id = models.CharField(primary_key=True, max_length=40, default=new_run_id, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="runs")
    status = models.CharField(max_length=16, choices=RunStatus.choices, default=RunStatus.QUEUED)
    script_version = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True, default="", help_text="The sentence or act that began it.")
    approved = models.JSONField(null=True, blank=True)
    forced = models.JSONField(default=dict, blank=True)
    own, own_choices = models.JSONField(default=dict, blank=True), models.JSONField(default=dict, blank=True)
    selects = models.JSONField(default=dict, blank=True)
    tier = models.CharField(max_length=16, default=STANDARD, db_default=STANDARD)
    chosen_models = models.JSONField(default=dict, db_default=NOTHING, blank=True)
    lease = models.BigIntegerField(default=0)
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=120, blank=True, default="")
    cancel_requested_at = models.DateTimeField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(default=0, help_text="In percent; it never goes back.")
    error_code = models.CharField(max_length=60, blank=True, default="")
    error_message = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "runs"
        ordering = ["created_at"]
        indexes = [
            models.Index(
                name="runs_to_claim", fields=["created_at"], condition=models.Q(status__in=["queued", "running"])
            ),
            models.Index(name="runs_newest_first", fields=["-created_at", "-id"]),
        ]
        constraints = [
            models.CheckConstraint(name="runs_known_status", condition=models.Q(status__in=RunStatus.values)),
            models.UniqueConstraint(
                name="runs_one_running_per_task", fields=["task"], condition=models.Q(status=RunStatus.RUNNING)
            ),
        ]

    def __str__(self) -> str:
        return self.id

    @property
    def charged(self) -> int:
        """Credits for what it has delivered so far."""
        total: int | None = self.steps.aggregate(total=models.Sum("charged"))["total"]
        return total or 0


class Quote(models.Model):
    """The price of exactly what a run would make at one version of the script; `run` is the run it paid for.

    `approved` and `forced` are as in a run; `items` are `{component, credits, seconds}`, and `notes` the ids of notes
    that ask for a component, by its key. An empty `tier` is the film's,
    whatever that will be when the quote is used, with the models that are chosen for it; `chosen_models` come before.
    """

    id = models.CharField(primary_key=True, max_length=40, default=new_quote_id, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="quotes")
    version = models.PositiveIntegerField()
    approved = models.JSONField(null=True, blank=True)
    forced = models.JSONField(default=dict, blank=True)
    tier = models.CharField(max_length=16, blank=True, default="", db_default="")
    chosen_models = models.JSONField(default=dict, db_default=NOTHING, blank=True)
    items = models.JSONField(default=list)
    notes = models.JSONField(default=dict, db_default=NOTHING, blank=True)
    credits = models.IntegerField()
    expires_at = models.DateTimeField()
    run = models.OneToOneField(Run, on_delete=models.SET_NULL, null=True, blank=True, related_name="quote")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "quotes"
        constraints = [models.CheckConstraint(name="quotes_not_negative", condition=models.Q(credits__gte=0))]

    def __str__(self) -> str:
        return f"{self.id}: {self.credits} credits"


class StepStatus(models.TextChoices):
    """queued → running → succeeded | failed | cancelled; or blocked (an input failed), or reused (nothing to do)."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    BLOCKED = "blocked"
    REUSED = "reused"


class Step(models.Model):
    """One component in one run."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="steps")
    component = models.CharField(max_length=600)
    kind = models.CharField(max_length=16)
    status = models.CharField(max_length=16, choices=StepStatus.choices, default=StepStatus.QUEUED)
    forced = models.BooleanField(default=False)
    fingerprint = models.CharField(max_length=64, blank=True, default="")
    credits = models.PositiveIntegerField(default=0, help_text="The price.")
    charged = models.PositiveIntegerField(default=0, help_text="What was taken of it, once its take was stored.")
    asset = models.ForeignKey(
        "media_assets.Asset", on_delete=models.SET_NULL, null=True, blank=True, related_name="made_by"
    )
    error_code = models.CharField(max_length=60, blank=True, default="")
    error_message = models.TextField(blank=True, default="")
    error_details = models.JSONField(blank=True, default=dict)
    queued_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "steps"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="steps_one_per_component", fields=["run", "component"]),
            models.CheckConstraint(name="steps_known_status", condition=models.Q(status__in=StepStatus.values)),
            models.CheckConstraint(
                name="steps_charge_at_most_the_price", condition=models.Q(charged__lte=models.F("credits"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.component} ({self.status})"


class AttemptStatus(models.TextChoices):
    """open → succeeded | failed | faulty (delivered and paid for, but the referee found a fault, so it is made again) |
    lost (our process died, nothing was bought) | unknown (it may have been bought)."""

    OPEN = "open"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    FAULTY = "faulty"
    LOST = "lost"
    UNKNOWN = "unknown"


BECAUSE = {
    "refused": "refused it",
    "down": "does not work at the moment",
    "gone": "is not offered any more",
    "unfit": "does not make this shape or length",
}
"""What is said of a model that could not make a piece, by its trouble."""
OUTCOME_UNKNOWN = "outcome_unknown"
"""The error code where it may have been made and paid for, but no answer came."""


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def give_up(self, *, code: str = "") -> None:
        """Close the open ones that nobody waits for: `unknown` where the paid request had gone out, else `lost`."""
        left = self.filter(status=AttemptStatus.OPEN)
        unsent = left.filter(models.Q(local=True) | models.Q(sent_at__isnull=True))
        unsent.update(status=AttemptStatus.LOST, error_code=code, cost_micros=0, ended_at=Now())
        left.update(status=AttemptStatus.UNKNOWN, error_code=OUTCOME_UNKNOWN, ended_at=Now())


class Attempt(models.Model):
    """One try of a step against a provider. The row is there before the provider is asked."""

    id = models.CharField(primary_key=True, max_length=40, default=new_attempt_id, editable=False)
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=16, choices=AttemptStatus.choices, default=AttemptStatus.OPEN)
    lease = models.BigIntegerField(help_text="The run's lease this try was made under.")
    provider = models.CharField(max_length=40)
    model = models.CharField(max_length=120, blank=True, default="")
    local = models.BooleanField(default=True, help_text="Made by ourselves: nothing is bought.")
    awaits_webhook = models.BooleanField(default=False, help_text="A webhook will say which job this try began.")
    seed = models.BigIntegerField(default=0)
    instructions = models.TextField(blank=True, default="")
    request_id = models.CharField(max_length=200, blank=True, default="")
    ticket = models.JSONField(null=True, blank=True, help_text="What re-attaches to a provider's job.")
    sent_at = models.DateTimeField(
        null=True, blank=True, db_default=Now(), help_text="When a paid request went out; empty: nothing was sent."
    )
    news_at = models.DateTimeField(null=True, blank=True, help_text="When a webhook last said: look at this job.")
    cost_micros = models.BigIntegerField(default=0, help_text="Provider cost in millionths of a US dollar.")
    error_code = models.CharField(max_length=60, blank=True, default="")
    error_message = models.TextField(blank=True, default="")
    trouble = models.CharField(
        max_length=16, blank=True, default="", db_default="", help_text="Why another model may do what this could not."
    )
    stands_in_for = models.CharField(
        max_length=120, blank=True, default="", db_default="", help_text="The model that was chosen, where not this."
    )
    because = models.CharField(max_length=16, blank=True, default="", db_default="", help_text="That one's trouble.")
    started_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        db_table = "attempts"
        ordering = ["number"]
        indexes = [
            models.Index(name="attempts_by_request", fields=["request_id"], condition=~models.Q(request_id="")),
            models.Index(name="attempts_that_cost", fields=["started_at"], condition=models.Q(cost_micros__gt=0)),
            models.Index(name="attempts_open", fields=["provider"], condition=models.Q(status="open")),
            models.Index(name="attempts_newest_first", fields=["-started_at", "-id"]),
            models.Index(name="attempts_by_end", fields=["-ended_at"], condition=models.Q(local=False)),
            models.Index(
                name="attempts_refused",
                fields=["-started_at", "-id"],
                condition=models.Q(error_code__startswith="refused_"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="attempts_one_per_number", fields=["step", "number"]),
            models.UniqueConstraint(
                name="attempts_one_open_per_step", fields=["step"], condition=models.Q(status=AttemptStatus.OPEN)
            ),
            models.UniqueConstraint(  # what is derived may be made again: its inputs may have changed within the run
                name="attempts_one_purchase_per_step",
                fields=["step"],
                condition=models.Q(status=AttemptStatus.SUCCEEDED, local=False),
            ),
            models.CheckConstraint(name="attempts_known_status", condition=models.Q(status__in=AttemptStatus.values)),
        ]

    def __str__(self) -> str:
        return f"{self.step_id} #{self.number} ({self.status})"

    @property
    def duration_s(self) -> float | None:
        """The length of this try in seconds; None while it is open."""
        return (self.ended_at - self.started_at).total_seconds() if self.ended_at else None

    @property
    def story(self) -> str:
        """The sentence that says whom this try stood in for, and why; empty where the chosen model was asked."""
        if not self.stands_in_for:
            return ""
        return f"Made by {self.model}, because {self.reason_for_model}."

    @property
    def reason_for_model(self) -> str:
        """The clause that says why the chosen model was not asked; empty where it was."""
        return f"{self.stands_in_for} {BECAUSE[self.because]}" if self.stands_in_for else ""

    @property
    def doubt(self) -> str:
        """The sentence that tells staff about an outcome that is unknown; empty for any other."""
        if self.status != AttemptStatus.UNKNOWN:
            return ""
        if self.ticket:
            return "Its job was cancelled too late or could not be cancelled: it may have been paid for."
        if self.request_id:
            return f"{self.provider} told of its job only later: it was made and paid for, but not used."
        return (
            f"The request was sent, but no answer came: {self.provider} may have made it and been paid."
            " Its account shows; the user pays for what was kept alone."
        )
