"""The files that were made or given: every take of every component, the finished films, and what users uploaded."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from media_assets.ids import new_asset_id, new_upload_id, new_video_id, new_voice_id

PICTURES = (".png", ".jpg", ".jpeg", ".webp")
THUMBNAIL = "thumbnail.webp"
KIND_IN_KEY = models.Func(
    models.F("component"),
    models.Value("/"),
    models.Value(1),
    function="split_part",
    output_field=models.CharField(),
)
"""The `scene` of the key `scene/2`."""


class AssetType(StrEnum):
    """The types of takes that no generator made. The type of any other is its kind's stored word, with which its
    component's key begins; so a new kind of component needs nothing here."""

    REFERENCE = "reference"
    """A user's picture of a character, which stills are made from."""
    RENDER = "render"
    """All that is computed here from other takes."""


class Asset(models.Model):
    """One take of a component: never overwritten, exactly one of a component's takes is selected.

    `fingerprint` is what the script asked for when it was made, `chosen_for` what it asked for when a person
    chose this take; either being the wanted one makes the take fresh. `storage_path` is the truth about where
    the file is; two assets may share one file (an adopted take).
    """

    id = models.CharField(primary_key=True, max_length=40, default=new_asset_id, editable=False)
    task = models.ForeignKey("pipeline.Task", on_delete=models.CASCADE, related_name="assets")
    scene_index = models.IntegerField(null=True, blank=True, help_text="The scene's id, which is never renumbered.")
    asset_type = models.CharField(max_length=16)
    component = models.CharField(max_length=600)
    take = models.PositiveIntegerField()
    selected = models.BooleanField(default=False)
    selected_at = models.DateTimeField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True, default="")
    chosen_for = models.CharField(max_length=64, blank=True, default="")
    content_hash = models.CharField(max_length=64)
    storage_path = models.CharField(max_length=300)
    metadata = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "assets"
        ordering = ["component", "take"]
        indexes = [
            models.Index(name="assets_by_file", fields=["storage_path"], opclasses=["varchar_pattern_ops"]),
            models.Index(name="assets_newest_first", fields=["-created_at", "-id"]),
        ]
        constraints = [
            models.UniqueConstraint(name="assets_one_row_per_take", fields=["task", "component", "take"]),
            models.UniqueConstraint(
                name="assets_one_selected_take", fields=["task", "component"], condition=models.Q(selected=True)
            ),
            models.CheckConstraint(
                name="assets_known_type",
                condition=models.Q(asset_type=AssetType.RENDER.value) | models.Q(asset_type=KIND_IN_KEY),
            ),
            models.CheckConstraint(name="assets_takes_count_from_one", condition=models.Q(take__gte=1)),
            models.CheckConstraint(
                name="assets_selected_says_when",
                condition=models.Q(selected=False) | models.Q(selected_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.component} take {self.take}"

    @property
    def url(self) -> str:
        return f"/media/{self.id}/{self.storage_path.rsplit('/', 1)[-1]}"

    @property
    def is_picture(self) -> bool:
        return self.storage_path.endswith(PICTURES)

    @property
    def thumbnail_url(self) -> str | None:
        """The address of the same picture, small (`media_assets.thumbnails`); None for what is no picture."""
        return f"/media/{self.id}/{THUMBNAIL}" if self.is_picture else None

    @property
    def own_file(self) -> str | None:
        """The user's name for the file that this take was uploaded as; None for what was made."""
        return str(self.metadata.get("file_name", "")) if self.metadata.get("own") else None


class Video(models.Model):
    """A finished film: the take of `fullvideo` it is, the script version it shows and how it was laid out."""

    id = models.CharField(primary_key=True, max_length=40, default=new_video_id, editable=False)
    task = models.ForeignKey("pipeline.Task", on_delete=models.CASCADE, related_name="videos")
    asset = models.OneToOneField(Asset, on_delete=models.CASCADE, related_name="video")
    storage_path = models.CharField(max_length=300)
    duration = models.FloatField(help_text="Seconds.")
    script_version = models.PositiveIntegerField()
    timeline = models.JSONField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "videos"
        ordering = ["created_at"]
        constraints = [models.CheckConstraint(name="videos_have_a_length", condition=models.Q(duration__gt=0))]

    def __str__(self) -> str:
        return f"{self.task_id}, {self.duration:.2f} s"


class UploadKind(models.TextChoices):
    PICTURE = "picture"
    CLIP = "clip"
    SOUND = "sound"
    TEXT = "text"


class Upload(models.Model):
    """A user's own file, checked, until it is used: a take or a reference made of it is a file of its own.

    `facts` are as probing found them, with `format`: the one that ffmpeg is told to read it as. `file_name` is what the
    user called it; it is shown to them and names nothing of ours.
    """

    id = models.CharField(primary_key=True, max_length=40, default=new_upload_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads")
    kind = models.CharField(max_length=16, choices=UploadKind.choices)
    file_name = models.CharField(max_length=120, blank=True, default="")
    storage_path = models.CharField(max_length=300, unique=True)
    content_hash = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now())
    used_at = models.DateTimeField(db_default=Now(), help_text="When it was last put to use, at first uploaded.")

    class Meta:
        db_table = "uploads"
        indexes = [models.Index(name="uploads_longest_unused", fields=["used_at"])]
        constraints = [
            models.CheckConstraint(name="uploads_known_kind", condition=models.Q(kind__in=UploadKind.values))
        ]

    def __str__(self) -> str:
        return f"{self.id} ({self.kind})"


class OwnVoice(models.Model):
    """A sample of a voice, and who said when that it may be used. Its file is the upload's; it never changes."""

    id = models.CharField(primary_key=True, max_length=40, default=new_voice_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="own_voices")
    upload = models.OneToOneField(Upload, on_delete=models.CASCADE, related_name="voice")
    name = models.CharField(max_length=80)
    said = models.TextField(blank=True, default="", help_text="The words of the sample; empty: nobody wrote them down.")
    agreed_to = models.CharField(max_length=200, help_text="The sentence that the user agreed to.")
    agreed_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "own_voices"
        indexes = [models.Index(name="own_voices_of_user", fields=["user", "-agreed_at"])]

    def __str__(self) -> str:
        return f"{self.name} ({self.id})"
