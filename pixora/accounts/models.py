"""The users of Pixora, their sessions, what their credits did, and the mails to them."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Now, Upper


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Find the user by address, in capitals or not: people who sign in write theirs as they like."""
        return self.get(email__iexact=username or "")

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """`id` is the `sub` of a Supabase JWT where Supabase accounts are used; there is no foreign key into `auth`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_local = models.BooleanField(default=False, editable=False)
    """The one user whose films the command line makes: known by this mark, because anybody can have an address."""
    mail_when_ready = models.BooleanField(
        default=False, db_default=False, help_text="A mail says that a film is ready."
    )
    pronunciations = models.JSONField(
        default=list, db_default=[], blank=True, help_text="How names are said in new films of this user."
    )
    untranslated = models.JSONField(
        default=list, db_default=[], blank=True, help_text="Words that stay as they are in translations of any film."
    )
    deletion_asked_at = models.DateTimeField(
        null=True, blank=True, help_text="The user closed the account; it is emptied by a worker."
    )
    created_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"

    class Meta:
        db_table = "users"
        constraints = [
            models.UniqueConstraint(Upper("email"), name="users_one_per_address"),
            models.UniqueConstraint(fields=["is_local"], condition=models.Q(is_local=True), name="users_one_local"),
        ]

    def __str__(self) -> str:
        return self.email


class ApiKey(models.Model):
    """A program's way in, as its owner set it up. What it shows is a secret: a session of this key, one for each time
    it was rotated."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=80)
    scopes = models.JSONField(default=list, help_text="What it may do; see `scopes.py`.")
    credits_per_day = models.PositiveIntegerField(null=True, blank=True, help_text="The most it may spend in a day.")
    credits_total = models.PositiveIntegerField(null=True, blank=True, help_text="The most it may ever spend.")
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "api_keys"

    def __str__(self) -> str:
        return self.name


class Session(models.Model):
    """A signed-in client. Its token is signed with this id and ends with `expires_at` or `revoked_at`.

    Where it has a key, it is one secret of a program's key, known by its hash.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions")
    device = models.CharField(
        max_length=80, blank=True, default="", db_default="", help_text="What signed in, as it named itself."
    )
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    key = models.ForeignKey(ApiKey, on_delete=models.CASCADE, null=True, blank=True, related_name="secrets")
    secret_hash = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)

    class Meta:
        db_table = "sessions"

    def __str__(self) -> str:
        return str(self.id)


class CreditReason(models.TextChoices):
    GRANT = "grant"
    PURCHASE = "purchase"
    REFUND = "refund"
    HOLD = "hold"
    RELEASE = "release"


class Credit(models.Model):
    """One line of the append-only ledger: the balance is the sum of `amount`; only holds take away."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="credits")
    amount = models.IntegerField()
    reason = models.CharField(max_length=16, choices=CreditReason.choices)
    task = models.ForeignKey("pipeline.Task", on_delete=models.SET_NULL, null=True, blank=True, related_name="credits")
    key = models.CharField(max_length=120, unique=True)
    """What this line is for, once: `hold:run_…`, `grant:new-user:…`."""
    api_key = models.ForeignKey(
        ApiKey,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="credits",
        help_text="Which key spent it.",
    )
    component = models.CharField(max_length=600, blank=True, default="", help_text="What a refund is for, by its key.")
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """The member of staff who gave it."""
    note = models.CharField(max_length=300, blank=True, default="", help_text="Why, in the words of who gave it.")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "credits"
        indexes = [models.Index(name="credits_newest_first", fields=["-created_at", "-id"])]
        constraints = [
            models.CheckConstraint(name="credits_known_reason", condition=models.Q(reason__in=CreditReason.values)),
            models.CheckConstraint(
                name="credits_only_holds_take",
                condition=models.Q(reason=CreditReason.HOLD, amount__lt=0)
                | (~models.Q(reason=CreditReason.HOLD) & models.Q(amount__gte=0)),
            ),
            models.CheckConstraint(name="credits_key_not_empty", condition=~models.Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.amount:+d}"


class MailStatus(models.TextChoices):
    """waiting → sending → sent | failed; back to waiting when the mail server could not be reached."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class Mail(models.Model):
    """One mail to a user. Whoever set it to `sending` sends it; what was left there is never sent again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mails")
    key = models.CharField(max_length=120, unique=True)
    """What this mail is for, once: `ready:run_…`."""
    subject = models.CharField(max_length=200)
    text = models.TextField()
    status = models.CharField(max_length=16, choices=MailStatus.choices, default=MailStatus.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(db_default=Now(), help_text="Tried from then on; given up then while it is sent.")
    error = models.CharField(max_length=200, blank=True, default="", help_text="Why the newest try failed.")
    created_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "mails"
        indexes = [
            models.Index(
                name="mails_to_send", fields=["due_at"], condition=models.Q(status__in=["waiting", "sending"])
            ),
        ]
        constraints = [
            models.CheckConstraint(name="mails_known_status", condition=models.Q(status__in=MailStatus.values)),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.status})"


class IdempotentAnswer(models.Model):
    """The answer to a request with an `Idempotency-Key`; its status is 0 only inside that request's transaction."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    asked = models.CharField(max_length=64, help_text="Hash of the method, the address and the body.")
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "idempotent_answers"
        indexes = [models.Index(name="idempotent_answers_by_age", fields=["created_at"])]
        constraints = [models.UniqueConstraint(name="idempotent_answers_one_per_key", fields=["user", "key"])]

    def __str__(self) -> str:
        return f"{self.key}: {self.status}"
