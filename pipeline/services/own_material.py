"""A user's own material: an upload becomes a take of a component, or the picture that characters are made after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Max

from media_assets import uploads
from media_assets.format_by_bytes import not_wanted
from media_assets.models import Asset, Upload, UploadKind
from media_assets.paths import take_name, task_folder
from media_assets.reference_pictures import Picture
from media_assets.storage import place_file, stage_file
from pipeline.cut.conversions import Fit
from pipeline.events import history
from pipeline.film.script import parse_script, slug_of
from pipeline.models import Run, Task
from pipeline.planning.film_plan import settings_of
from pipeline.planning.kinds import SPEECH, Kind, Medium
from pipeline.planning.plan import Decision
from pipeline.services import films, quotes, writing
from pipeline.services.scripts import current_script
from pipeline.services.takes import check_component
from pixora.accounts.models import User
from pixora.foundation.errors import Conflict, Invalid, NotFound

HOLDS: Mapping[Medium, UploadKind] = {
    "image": UploadKind.PICTURE,
    "audio": UploadKind.SOUND,
    "video": UploadKind.CLIP,
}
"""What an upload has to be to become a take of a kind with this medium."""
MAX_NARRATION_S = 60
"""A scene lasts as long as its narration: a whole song given as one would make a film of minutes."""


def add_own(*, task: Task, component: str, upload: Upload, fit: Fit = "cover", keep_sound: bool = False) -> Run:
    """Make the upload a take of the component, chosen by a person, for nothing; then the film is cut anew.

    A picture or clip of another shape than the film's fills the frame and is cut (`cover`), or is whole on a `blur`red
    ground. With `keep_sound` a clip's own sound is heard under the voice.
    It is brought into shape by the run that is returned, after those the task has already. Raises NotFound, Invalid
    for an upload of another kind, and Conflict where what the component is made from is still missing, and while
    the script is being written.
    """
    with transaction.atomic():
        found = Task.objects.select_for_update().get(id=task.id)
        writing.check_is_over(found)
        decision = check_component(task, component).decisions[component]
        _check_kind(decision, upload)
        _check_choices(decision.component.kind, fit=fit, keep_sound=keep_sound)
        if decision.fingerprint is None and not quotes.active(task):
            raise _too_early(decision)
        uploads.mark_used(upload)
        if decision.component.kind is Kind.CLIP:
            _hear_clip(found, decision.component.scene_id, keep_sound)
        return films.start_run(
            task=task,
            approved=(),
            forced={component: ""},
            own={component: upload.id},
            own_choices={component: {"fit": fit, "keep_sound": keep_sound}},
        )


def _check_kind(decision: Decision, upload: Upload) -> None:
    component = decision.component
    wanted = None if component.kind.is_derived else HOLDS.get(component.kind.about.medium)
    if wanted is None:
        kinds = ", ".join(kind for kind in Kind if not kind.is_derived and kind.about.medium in HOLDS)
        raise Invalid(f"component: {component.key} is computed by Pixora; upload one of {kinds}.", field="component")
    if upload.kind != wanted:
        raise Invalid(f"upload_id: {not_wanted(wanted, upload.kind)}", field="upload_id")
    if component.kind in SPEECH and upload.facts["duration_ms"] > MAX_NARRATION_S * 1000:
        what = "narration" if component.kind is Kind.VOICE else "line"
        raise Invalid(f"upload_id: a {what} may last {MAX_NARRATION_S} s; cut it shorter.", field="upload_id")


def _check_choices(kind: Kind, *, fit: Fit, keep_sound: bool) -> None:
    if keep_sound and kind is not Kind.CLIP:
        raise Invalid("keep_sound: only a clip has a sound to keep; leave it out.", field="keep_sound")
    if fit != "cover" and kind not in (Kind.CLIP, Kind.STILL):
        raise Invalid("fit: only a picture or a clip of a scene is fitted; leave it out.", field="fit")


def _hear_clip(task: Task, scene_id: int | None, keep_sound: bool) -> None:
    """Have the clip be heard from the next sound on; a take without a sound of its own is silent there whatever the
    settings say."""
    kept = {*settings_of(task).clip_sounds} - {scene_id} | ({scene_id} if keep_sound else set())
    task.settings = {**task.settings, "clip_sounds": sorted(filter(None, kept))}
    task.save(update_fields=["settings", "updated_at"])
    history.task_updated(task.id)


def _too_early(decision: Decision) -> Conflict:
    """A choice is for what is wanted at its moment, which depends on what the component would be made from."""
    component = decision.component
    return Conflict(
        f"{component.key} is made from {', '.join(component.inputs)}: make or upload that first.", code="not_ready"
    )


@contextmanager
def reference(user: User, upload_id: str | None) -> Iterator[Picture | None]:
    """Yield the reference picture that a film is ordered with; None without an upload. Raises NotFound, Invalid."""
    if upload_id is None:
        yield None
        return
    with uploads.as_reference(uploads.upload_of(user, upload_id)) as picture:
        yield picture


def change_reference(*, task: Task, upload: Upload, character: str = "") -> Task:
    """Make characters after this picture from now on: all of them, or the one that is named.

    Those made already become stale; the picture before stays as a take. Raises Invalid for an upload that is no
    picture, NotFound for a character the script does not have.
    """
    slug = _slug(task, character) if character else ""
    with uploads.as_reference(upload) as picture:
        part = stage_file(picture.path)
        with transaction.atomic():
            found = Task.objects.select_for_update().get(id=task.id)
            place_file(part, _enter(found, picture).storage_path)
            found.settings = {**found.settings, "reference": picture.content_hash, "reference_character": slug}
            found.save(update_fields=["settings", "updated_at"])
            history.task_updated(found.id)
            films.recut(task=found)
    return found


def _slug(task: Task, character: str) -> str:
    slug = slug_of(character)
    if slug not in {profile.slug for profile in parse_script(current_script(task).content).character_profiles}:
        raise NotFound(f"The script has no character {character[:80]!r}: look at its character profiles.")
    return slug


def _enter(task: Task, picture: Picture) -> Asset:
    takes = Asset.objects.filter(task=task, component=films.REFERENCE)
    number = 1 + (takes.aggregate(newest=Max("take"))["newest"] or 0)
    takes.filter(selected=True).update(selected=False)
    name = take_name(task_folder(task.prompt, task.id), films.REFERENCE, number, picture.path.suffix)
    return films.enter_reference(task, picture, name, take=number)
