"""Films in a second language: made from a film, translated by a language model or by its user, and kept up to date.

A translation shares every picture, clip and piece of music; what is bought for it are its voices. It goes on from the
film that was first: a translation of a translation is one of the original.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from media_assets import uploads
from media_assets.documents import subtitles_in
from media_assets.format_by_bytes import not_wanted
from media_assets.models import UploadKind
from media_assets.storage import read_text
from pipeline.cut.timeline import SceneCut, Timeline, lay_out
from pipeline.film.dialogue import said_in
from pipeline.film.narration import narration_s
from pipeline.film.script import Script, parse_script
from pipeline.film.settings import ALL_LANGUAGES
from pipeline.film.translation import Translating, Translation, due, titles_due, titles_kept, translated
from pipeline.film.translation_table import Cue, texts_of
from pipeline.models import OriginKind, Run, Task
from pipeline.models import Script as Version
from pipeline.planning.film_plan import settings_of
from pipeline.planning.graph import audio_key, line_key
from pipeline.planning.kinds import Kind
from pipeline.providers.base import Capability, Translator
from pipeline.providers.registry import provider
from pipeline.services import family, films, model_choice, scripts, untranslated, writing
from pixora.accounts.models import User
from pixora.foundation.errors import Invalid

OWN, MOST_PLACES = "Your own translation", 20
"""The latter: of scenes that are named by their places."""
OF_ONE_LANGUAGE = frozenset({Kind.VOICE, Kind.LINE, Kind.SOUNDTRACK, Kind.CAPTIONS, Kind.ANIMATIC})
"""What another language has of its own."""
CANNOT = (
    "Pixora's rules write scripts, but cannot translate them, and no language model is set here. Give your own"
    " translation: a table of two columns (each scene's words or number, then the translation), SRT or VTT."
)


@dataclass(frozen=True)
class Given:
    """A translation as its user gives it: a text, or an upload; empty where a language model is to make it."""

    text: str = ""
    cues: tuple[Cue, ...] = ()


def can_translate() -> bool:
    """True where a language model writes here."""
    return isinstance(provider(Capability.SCRIPT), Translator)


def read(user: User, *, text: str = "", upload_id: str = "") -> Given:
    """Read a translation that is given. Raises Invalid, NotFound."""
    if not upload_id:
        return Given(text, tuple(Cue(*each) for each in subtitles_in(text)) if "-->" in text else ())
    if text:
        raise Invalid("translation: there is an upload already; give one of them.", field="translation")
    upload = uploads.upload_of(user, upload_id)
    if upload.kind != UploadKind.TEXT:
        raise Invalid(f"translation_upload: {not_wanted(UploadKind.TEXT, upload.kind)}", field="translation_upload")
    uploads.mark_used(upload)
    words = read_text(upload.storage_path)
    times = upload.facts.get("times_ms") or ()
    cues = [Cue(start, end, line) for (start, end), line in zip(times, words.split("\n"), strict=False)]
    return Given(words, tuple(cues))


def make_language(
    *,
    task: Task,
    language: str,
    title: str = "",
    given: Given | None = None,
    check: Callable[[Task], None] = lambda _origin: None,
) -> Task:
    """Make the film in another language: of a translation that is given at once, else by a run that translates.
    `check` may refuse it while no other version can be made.

    Raises Invalid for a language that no voice speaks or that the film has already, and where nothing here translates;
    Conflict while there is no script.
    """
    origin = original(task)
    _check(origin, language)
    changes: dict[str, Any] = {"language": language}

    def is_new(source: Task) -> None:
        _check_is_new(source, language)
        check(source)

    told: dict[str, Any] = {"task": origin, "kind": OriginKind.LANGUAGE, "title": title, "without": OF_ONE_LANGUAGE}
    told["check"] = is_new
    if given is None or not given.text:
        _check_translator()
        return family.make_version(**told, content=None, settings=changes, reason=_reason(language))
    wanted = translating(origin, None, language)
    made = _as_given(origin, wanted, given)
    content = translated(wanted, made, language)
    return family.make_version(**told, content=content, settings=changes, reason=_as_told(wanted, made))


def translate_again(
    *, task: Task, given: Given | None = None, instructions: str = "", reason: str = ""
) -> Run | Version:
    """Translate what was changed in the source since, or everything where `instructions` say how: by a run, or of a
    translation that is given, at once. Raises Invalid where nothing is to be translated."""
    origin = origin_of(task)
    if origin is None:
        raise Invalid(
            "translation: this film is no translation of another one; make a version of it in a language first."
        )
    if origin.deleted_at:
        raise Invalid(
            "translation: the film that this one was translated from was deleted; restore it in My films first."
        )
    writing.check_is_over(task)
    current = scripts.current_script(task)
    wanted = translating(origin, parse_script(current.content), settings_of(task).language)
    if not wanted.scene_ids and not instructions:
        raise Invalid("translation: every scene is translated from the newest text already.", field="translation")
    if given and given.text:
        made = _as_given(origin, wanted, given)
        content = translated(wanted, made, settings_of(task).language)
        return scripts.revise_script(task=task, version=current.version, content=content, reason=_as_told(wanted, made))
    _check_translator()
    return films.write_script(task=task, instructions=instructions, reason=reason or "Translated again")


def original(task: Task) -> Task:
    """The film that a translation is one of; a film that is none is its own original, and so is one whose original was
    deleted."""
    found, seen = task, {task.id}
    while (origin := origin_of(found)) and not origin.deleted_at and origin.id not in seen:
        found = origin
        seen.add(found.id)
    return found


def origin_of(task: Task) -> Task | None:
    """The film whose words this one's are the translation of, deleted or not; None for any other, and where that film
    was removed for good."""
    return task.origin if task.origin_kind == OriginKind.LANGUAGE else None


def is_without_source(task: Task) -> bool:
    """A translation whose source was removed for good."""
    return task.origin_kind == OriginKind.LANGUAGE and task.origin_id is None


@dataclass(frozen=True)
class ToTranslate:
    """The places, in the source, of the scenes that were changed since they were translated."""

    places: tuple[int, ...] = ()
    titles: tuple[int, ...] = ()
    """The scenes of which the title alone was changed."""


NOTHING = ToTranslate()


def to_translate(task: Task) -> ToTranslate:
    return to_translate_in([task]).get(task.id, NOTHING)


def to_translate_in(tasks: Iterable[Task]) -> dict[str, ToTranslate]:
    """The same of several films, by their ids, with one query; only translations of films that are not deleted are in
    it."""
    found = [task for task in tasks if task.origin_kind == OriginKind.LANGUAGE and task.origin_id]
    newest = _newest({*(task.id for task in found), *(str(task.origin_id) for task in found)}) if found else {}
    return {
        task.id: _due_places(newest[str(task.origin_id)], newest[task.id])
        for task in found
        if task.id in newest and str(task.origin_id) in newest
    }


def _newest(task_ids: Iterable[str]) -> dict[str, Script]:
    rows = (
        Version.objects.filter(task_id__in=list(task_ids), task__deleted_at=None)
        .order_by("task_id", "-version")
        .distinct("task_id")
    )
    return {row.task_id: parse_script(row.content) for row in rows}


def _due_places(source: Script, current: Script) -> ToTranslate:
    wanted, titles = due(source, current), titles_due(source, current)
    return ToTranslate(
        *(tuple(scene.index for scene in source.scenes if scene.id in ids) for ids in (set(wanted), set(titles)))
    )


def translating(origin: Task, current: Script | None, language: str, *, everything: bool = False) -> Translating:
    """Return what is to be translated into a film that is a translation of `origin`. Raises Conflict while that has no
    script."""
    written = scripts.current_script(origin)
    source = parse_script(written.content)
    in_this_language = None if everything or current is None or current.language != language else current
    return Translating(
        source,
        source_title=written.title or origin.title,
        scene_ids=due(source, in_this_language),
        title_ids=titles_due(source, in_this_language),
        current=current,
        keep=untranslated.of_film(origin),
        slots=_slots_cut(origin),
    )


def _slots_cut(origin: Task) -> dict[int, int]:
    """The frames of the scenes in the film as it was cut; none where it was not."""
    video = origin.videos.filter(asset__selected=True).first()
    slots = video.timeline.get("slots", ()) if video else ()
    return {slot["scene_id"]: slot["frames"] for slot in slots}


def _check(origin: Task, language: str) -> None:
    if language not in ALL_LANGUAGES:
        raise Invalid(f"language: {language[:20]!r} is no language that a film can be in.", field="language")
    model_choice.check_language(language)
    scripts.current_script(origin)
    _check_is_new(origin, language)


def _check_is_new(origin: Task, language: str) -> None:
    taken = {settings_of(each).language for each in family.members(origin) if original(each).id == origin.id}
    if language in taken:
        raise Invalid("language: there is this film in that language already: open it instead.", field="language")


def _check_translator() -> None:
    if not can_translate():
        raise Invalid(f"translation: {CANNOT}", field="translation")


def _reason(language: str) -> str:
    return f"Translated ({language})"


def _as_given(origin: Task, wanted: Translating, given: Given) -> Translation:
    slots_ms = _slots_ms(origin, wanted.source)
    return Translation(
        texts_of(given.text, wanted.scenes, slots_ms=slots_ms, cues=given.cues, titles_only=wanted.title_ids)
    )


def _as_told(wanted: Translating, made: Translation) -> str:
    """Say of a user's own translation which titles it leaves as they are."""
    kept = titles_kept(wanted, made)
    if not kept:
        return OWN
    if len(kept) == 1:
        return f"{OWN}; scene {kept[0]} keeps its title"
    which = f"scenes {', '.join(map(str, kept))}" if len(kept) <= MOST_PLACES else f"{len(kept)} scenes"
    return f"{OWN}; {which} keep their titles"


def _slots_ms(origin: Task, source: Script) -> Mapping[int, tuple[int, int]]:
    """Return from when to when each scene lies in the film, by its voices where they are there, else as they are
    expected."""
    timeline = _timeline(origin, source)
    return {
        slot.scene_id: (slot.start * 1000 // timeline.fps, slot.end * 1000 // timeline.fps) for slot in timeline.slots
    }


def _timeline(origin: Task, source: Script) -> Timeline:
    heard = {
        asset.component: int(asset.metadata.get("duration_ms") or 0)
        for asset in origin.assets.filter(selected=True, asset_type__in=[Kind.VOICE.value, Kind.LINE.value])
    }

    def cut(scene: Any) -> SceneCut:
        said = {one.place: round(1000 * narration_s(one.text, source.language)) for one in said_in(scene)}
        lines = [heard.get(line_key(scene, n), said.get(n, 0)) for n in range(1, len(scene.lines) + 1)]
        narration = heard.get(audio_key(scene), said.get(0, 0))
        return SceneCut(scene.id, scene.duration, scene.transition, narration, tuple(lines))

    return lay_out([cut(scene) for scene in source.scenes])
