"""One file with all languages of a film: which versions are in it, whether it is there, and the run that makes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from media_assets.models import Asset, Video
from pipeline.cut.narration_fit import FPS
from pipeline.film.settings import BURNED_CAPTIONS
from pipeline.models import RUN_ENDED, Run, Task
from pipeline.planning.all_languages import Track, differing, native_name, wanted
from pipeline.planning.film_plan import settings_of
from pipeline.planning.kinds import Kind
from pipeline.services import family, films
from pixora.foundation.errors import Conflict

REASON = "One file with all languages"
KINDS = (Kind.SOUNDTRACK.value, Kind.CAPTIONS.value)


@dataclass(frozen=True)
class Gathered:
    """The tracks of the languages that fit the picture, and a sentence for each version that is left out."""

    tracks: tuple[Track, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class AllLanguages:
    """The file that is there, with what is in it."""

    asset: Asset
    gathered: Gathered


def file_of(task: Task) -> AllLanguages:
    """Return the file, or begin to make it. Raises Conflict (`not_ready`) while it is made, with the run and how far it
    is, and where there is only one language."""
    video = _video(task)
    if video is None:
        raise Conflict("This film is not finished yet: finish it first.", code="not_ready")
    gathered = gather(task)
    _check(task, gathered)
    fingerprint = wanted(gathered.tracks, video.asset.content_hash)
    found = task.assets.filter(component=Kind.LANGUAGES.value, fingerprint=fingerprint).order_by("take").last()
    if found:
        return AllLanguages(found, gathered)
    run = _one_run(task)
    details = {"run_id": run.id, "progress": run.progress}
    raise Conflict(
        "The file with all languages is being made: ask again in a moment.", code="not_ready", details=details
    )


def gather(task: Task) -> Gathered:
    """The film's own language first, then those of its versions, the oldest first; each language once."""
    own = _video(task)
    tracks: dict[str, Track] = {}
    left: dict[str, str] = {}
    for member in [task, *family.siblings(task)]:
        language = _video_language(member)
        if language in tracks or own is None:
            continue
        why, track = _track(own, member, language)
        if track:
            tracks[language] = track
        else:
            left.setdefault(language, why)
    told = [f"{native_name(code)} is left out: {why}." for code, why in left.items() if code not in tracks]
    return Gathered(tuple(tracks.values()), tuple(told))


def _track(own: Video, member: Task, language: str) -> tuple[str, Track | None]:
    """Say why a version is not in it, or return its track."""
    video = _video(member)
    if video is None:
        return "it is not finished", None
    if why := differing(own.timeline["slots"], video.timeline["slots"], own.timeline.get("fps", FPS)):
        return f"{why} than in this picture" if "scene " in why and " s " in why else why, None
    takes = {asset.component: asset for asset in member.assets.filter(component__in=KINDS, selected=True)}
    sound, text = takes.get(Kind.SOUNDTRACK.value), takes.get(Kind.CAPTIONS.value)
    if sound is None:
        return "it has no sound", None
    shown = text if text and settings_of(member).captions != "off" else None
    return "", Track(
        language,
        sound.storage_path,
        sound.content_hash,
        shown.storage_path if shown else "",
        shown.content_hash if shown else "",
    )


def _check(task: Task, gathered: Gathered) -> None:
    if settings_of(task).captions in BURNED_CAPTIONS:
        raise Conflict(
            "The captions are drawn into this film's picture, in one language: set captions to “soft” first.",
            code="not_ready",
        )
    if len(gathered.tracks) < 2:
        why = " ".join(gathered.left_out) or "Make a version in another language first."
        raise Conflict(f"There is only one language to put into the file. {why}", code="not_ready")


def _one_run(task: Task) -> Run:
    """Return the run that makes it, begun here unless somebody else has just begun it."""
    with transaction.atomic():
        Task.objects.select_for_update(no_key=True).get(id=task.id)
        return _at_work(task) or films.start_run(
            task=task, approved=(), forced={Kind.LANGUAGES.value: ""}, reason=REASON
        )


def _at_work(task: Task) -> Run | None:
    waiting = task.runs.exclude(status__in=RUN_ENDED).filter(forced__has_key=Kind.LANGUAGES.value)
    return waiting.order_by("created_at").first()


def _video(task: Task) -> Video | None:
    found: Iterator[Video] = iter(task.videos.filter(asset__selected=True).select_related("asset"))
    return next(found, None)


def _video_language(task: Task) -> str:
    return str(settings_of(task).language)
