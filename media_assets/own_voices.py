"""Own voices: samples of somebody's voice, kept with who said that it may be used, and when, until they are deleted."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet

from media_assets import uploads
from media_assets.format_by_bytes import not_wanted
from media_assets.models import OwnVoice, Upload, UploadKind
from pixora.foundation.errors import Invalid, NotFound

SHORTEST_S, LONGEST_S, MOST = 5, 60, 20
MAY_USE = "I am the person whose voice this is, or have their permission to use it."


def keep(user: AbstractBaseUser, upload: Upload, *, name: str, said: str, may_use: bool) -> OwnVoice:
    """Keep an uploaded sound as a voice. Raises Invalid for what is none, and without the word that it may be used."""
    if not may_use:
        raise Invalid(f"may_use: needed before a voice is copied. Confirm: “{MAY_USE}”", field="may_use")
    _check_sound(upload)
    if OwnVoice.objects.filter(user_id=user.pk).count() >= MOST:
        raise Invalid(f"upload_id: {MOST} voices are kept at most; delete one first.", field="upload_id")
    with transaction.atomic():
        uploads.mark_used(upload)
        found, _ = OwnVoice.objects.get_or_create(
            upload=upload,
            defaults={"user_id": user.pk, "name": name.strip() or "My voice", "said": said, "agreed_to": MAY_USE},
        )
    return found


def _check_sound(upload: Upload) -> None:
    if upload.kind != UploadKind.SOUND:
        raise Invalid(f"upload_id: {not_wanted(UploadKind.SOUND, upload.kind)}", field="upload_id")
    seconds = upload.facts["duration_ms"] / 1000
    if not SHORTEST_S <= seconds <= LONGEST_S:
        sentence = f"a sample of a voice lasts {SHORTEST_S} to {LONGEST_S} s; this one {seconds:.1f} s."
        raise Invalid(f"upload_id: {sentence}", field="upload_id")
    if upload.facts.get("silent"):
        raise Invalid("upload_id: nothing is to be heard in this sample; record it again.", field="upload_id")


def of_user(user: AbstractBaseUser) -> QuerySet[OwnVoice]:
    """The user's voices, the newest first."""
    return OwnVoice.objects.filter(user_id=user.pk).select_related("upload").order_by("-agreed_at", "id")


def voice_of(user: AbstractBaseUser, voice_id: str) -> OwnVoice:
    """The one place where a door asks whose a voice is. Raises NotFound for other people's, too."""
    found = of_user(user).filter(id=voice_id.replace("\x00", "")).first()
    if found is None:
        raise NotFound("There is no such voice of yours: it was deleted, or never made.")
    return found


def remove(voice: OwnVoice) -> None:
    """Delete a voice and its sample for good; what was spoken with it stays."""
    uploads.remove(voice.upload)
