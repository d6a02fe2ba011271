"""The kinds of versions that a film can have, each made by `family.make_version`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.film.script_edits import arranged, reframed, scenes_of
from pipeline.models import OriginKind, Task
from pipeline.planning.kinds import Kind
from pipeline.services import family, script_versions, scripts, translations, writing
from pipeline.services.translations import Given
from pixora.accounts.models import User
from pixora.foundation.errors import Conflict, Invalid


def make_cut(*, task: Task, scenes: Sequence[int], title: str = "") -> Task:
    """Make a film of these scenes alone, by their places and in this order. It shares all their takes.

    Raises Conflict while there is no script, and Invalid for a place that the film does not have.
    """
    current = scripts.current_script(task)
    content = arranged(current.content, scenes)
    return family.make_version(task=task, kind=OriginKind.CUT, content=content, title=title)


OF_THEIR_SHAPE = frozenset(
    {
        Kind.CROP,
        Kind.BODY,
        Kind.TRANSITION,
        Kind.POSTER,
        Kind.DRAFT,
        Kind.DRAFT_SEGMENT,
        Kind.DRAFT_TRANSITION,
        Kind.ANIMATIC,
    }
)
"""Computed in the frame of one shape, so of no use in another."""


def make_shape(*, task: Task, aspect_ratio: str, title: str = "") -> Task:
    """Make the same film in another shape, cropped from its own stills and clips: nothing is bought. Where a version
    in another language has that shape, its frames are taken over.

    Raises Conflict while there is no script, or where the film has this shape already, or a version in its language.
    """
    current = scripts.current_script(task)
    _check_shape(task, aspect_ratio)
    framed = (content for _, content in _of_the_same_scenes(task) if content["aspect_ratio"] == aspect_ratio)
    content, reason = reframed(current.content, aspect_ratio, next(framed, None)), f"In {aspect_ratio}"
    told: dict[str, Any] = {"content": content, "title": title, "reason": reason, "without": OF_THEIR_SHAPE}
    check = functools.partial(_check_shape, aspect_ratio=aspect_ratio)
    return family.make_version(task=task, kind=OriginKind.SHAPE, check=check, **told)


def _check_shape(task: Task, aspect_ratio: str) -> None:
    """Raises Conflict where there is this film in this language and shape."""
    if scripts.current_script(task).content["aspect_ratio"] == aspect_ratio:
        raise Conflict(f"The film is in {aspect_ratio} already: choose another shape.", code="conflict")
    if there := in_shape(task, aspect_ratio):
        raise Conflict(
            f"There is this film in {aspect_ratio} already: open it instead.",
            code="conflict",
            details={"task_id": there.id},
        )


def make_language(*, task: Task, language: str, title: str = "", given: Given | None = None) -> Task:
    """Make the film in another language. Where the family has that language in another shape, its words and voices are
    there, so that version is cropped to this film's shape and nothing is translated.

    Raises what `translations.make_language` raises, and Invalid where this film is there in that language and shape.
    """
    shape = scripts.current_script(task).content["aspect_ratio"]
    spoken = {each["aspect_ratio"]: one for one, each in _of_the_same_scenes(task) if each["language"] == language}
    if shape in spoken:
        raise Invalid("language: there is this film in that language already: open it instead.", field="language")
    if spoken and not (given and given.text):
        return make_shape(task=next(iter(spoken.values())), aspect_ratio=shape, title=title)
    check = functools.partial(_check_is_not_being_translated, language=language)
    return translations.make_language(task=task, language=language, title=title, given=given, check=check)


def _check_is_not_being_translated(task: Task, language: str) -> None:
    """Raises Conflict where the family is just being translated into this language for another shape: when that is
    done, its words and voices serve here too."""
    own = _scene_ids(scripts.current_script(task).content)
    for sibling in family.siblings(task):
        is_coming = sibling.settings["language"] == language and script_versions.newest(sibling) is None
        source = translations.origin_of(sibling) if is_coming else None
        if source and writing.under_way(sibling).exists() and _scene_ids(scripts.current_script(source).content) == own:
            raise Conflict(
                "This film is just being translated into that language in another shape: make this version when that"
                " is done, from the same words.",
                code="not_ready",
                details={"task_id": sibling.id},
            )


def in_shape(task: Task, aspect_ratio: str) -> Task | None:
    """The version that is this film in this shape: with the same scenes, in the same language."""
    language = scripts.current_script(task).content["language"]
    found = (
        one
        for one, content in _of_the_same_scenes(task)
        if (content["language"], content["aspect_ratio"]) == (language, aspect_ratio)
    )
    return next(found, None)


def _of_the_same_scenes(task: Task) -> Iterator[tuple[Task, Mapping[str, Any]]]:
    """The other versions that show all scenes of this one and no others, each with its script."""
    own = _scene_ids(scripts.current_script(task).content)
    for sibling in family.siblings(task):
        script = script_versions.newest(sibling)
        if script and _scene_ids(script.content) == own:
            yield sibling, script.content


def _scene_ids(content: Mapping[str, Any]) -> list[int]:
    return [scene["id"] for scene in scenes_of(content)]


MAKERS: Mapping[str, Callable[..., Task]] = {
    "scenes": make_cut,
    "aspect_ratio": make_shape,
    "language": make_language,
}
"""By what is said of a version."""


def ordered(user: User, task: Task, *, translation: str = "", translation_upload: str = "", **said: Any) -> Task:
    """Make the version that a door was asked for, with a translation of its user's own where one is given."""
    given = translations.read(user, text=translation, upload_id=translation_upload)
    return make(task=task, translation=given, **said)


def make(*, task: Task, title: str = "", translation: Given | None = None, **said: Any) -> Task:
    """Make the version that one of `MAKERS`' fields asks for; in another language of a `translation` where it is given.

    Raises Invalid where none is given, or several are.
    """
    given = {name: value for name, value in said.items() if value is not None}
    if len(given) != 1:
        raise Invalid(f"version: give one of {', '.join(MAKERS)}.", field="version")
    ((name, value),) = given.items()
    if translation and translation.text and name != "language":
        raise Invalid("translation: is for a version in another language; name that.", field="translation")
    own = {"given": translation} if name == "language" else {}
    return MAKERS[name](task=task, title=title, **{name: value}, **own)
