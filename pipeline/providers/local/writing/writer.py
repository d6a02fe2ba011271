"""The local scriptwriter: the same request always gives the same film."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import cast

from pipeline.film.prompt_dialogue import with_turns
from pipeline.film.quoted_speech import quoted_speech
from pipeline.film.script import CharacterProfile, Clip, MusicGroup, Scene, Script, Transition
from pipeline.film.settings import Language, Ratio, check_prompt
from pipeline.film.words import article, doing
from pipeline.providers.base import ScriptRequest
from pipeline.providers.local.writing import banks
from pipeline.providers.local.writing.cast import MAX_ROLES, Role, fitting_role, profile_prompt
from pipeline.providers.local.writing.music_and_transitions import music_groups, transitions
from pipeline.providers.local.writing.pictures import Camera, Shot, style_words
from pipeline.providers.local.writing.plot import Beat, plot
from pipeline.providers.local.writing.reading import Reading, read
from pipeline.providers.local.writing.visible_words import EMPTY

MAX_TITLE_CHARS, MAX_PICTURE_CHARS = 60, 70


def write_script(request: ScriptRequest) -> Script:
    """Write a film. Raises Invalid for an empty prompt; any other has its film."""
    prompt = _readable(request.prompt)
    turns, rest = quoted_speech(prompt)
    if not turns:
        return _without_lines(request)
    about = rest if " " in rest else " and ".join(dict.fromkeys(turn.speaker for turn in turns))
    written = with_turns(_without_lines(replace(request, prompt=about)), turns)
    return written.model_copy(update={"user_prompt": prompt})


def _without_lines(request: ScriptRequest) -> Script:
    reading = read(request)
    rng = Random(reading.seed)  # noqa: S311 - variety, not secrecy
    roles = _roles(request, reading)
    beats = plot(reading, request, rng)
    durations = tuple(beat.seconds for beat in beats)
    shots = _shots(reading, request.style, beats, roles, rng)
    music = music_groups(reading, durations, rng)
    changes = transitions(reading, music, rng)
    titles = _told_apart([beat.line.title[:MAX_TITLE_CHARS] for beat in beats])
    parts = zip(titles, beats, shots, changes, strict=True)
    scenes = [
        scene(number, title, beat.narration, beat.seconds, shot, change)
        for number, (title, beat, shot, change) in enumerate(parts, start=1)
    ]
    rewritten = _rewritten(reading, request, sum(durations), shots, roles)
    return assembled(request, rewritten, music, roles, scenes)


def _told_apart(titles: Sequence[str]) -> list[str]:
    """Number a title that is there already: scenes without words are called like what is spoken of before them."""
    told: list[str] = []
    for title in titles:
        numbered = (f"{title[: MAX_TITLE_CHARS - 5].rstrip()} ({number})" for number in range(2, len(titles) + 2))
        told.append(title if title not in told else next(one for one in numbered if one not in told))
    return told


def assembled(
    request: ScriptRequest, rewritten: str, music: list[MusicGroup], roles: Sequence[Role], scenes: list[Scene]
) -> Script:
    """The script of these scenes, with what the request says of the film."""
    style = style_words(request.style)
    return Script(
        user_prompt=_readable(request.prompt),
        rewritten_prompt=rewritten,
        character_consistency=request.character_consistency,
        music=music,
        character_profiles=[
            CharacterProfile(name=role.name, image_prompt=profile_prompt(role, style)) for role in roles
        ],
        clips=[Clip(scene=each) for each in scenes],
        expected_duration=sum(each.duration for each in scenes),
        style=request.style,
        aspect_ratio=cast(Ratio, request.aspect_ratio),
        language=cast(Language, request.language),
        voice=request.voice,
    )


def scene(number: int, title: str, words: str, seconds: int, shot: Shot, transition: Transition) -> Scene:
    return Scene(
        id=number,
        index=number,
        title=title,
        script=words,
        image_prompt=shot.image_prompt,
        video_prompt=shot.video_prompt,
        transition=transition,
        duration=10 if seconds == 10 else 5,
        characters=[role.name for role in shot.cast],
    )


def _readable(prompt: str) -> str:
    return check_prompt(prompt.encode("utf-8", "replace").decode())


def _roles(request: ScriptRequest, reading: Reading) -> tuple[Role, ...]:
    """Someone to follow: whom the prompt tells of, or whoever fits when consistency or a story asks for it."""
    if reading.roles and (request.character_consistency or reading.kind in ("story", "tribute")):
        return reading.roles[:MAX_ROLES]
    if request.character_consistency:
        dressed = reading.kind == "story"
        return (fitting_role(reading.subject, reading.topic, reading.cast_seed, dressed=dressed),)
    return ()


def _shots(reading: Reading, style: str, beats: tuple[Beat, ...], roles: tuple[Role, ...], rng: Random) -> list[Shot]:
    camera = Camera(reading, style, rng)
    present = _present(beats, bool(roles), rng)
    return [
        camera.shoot(beat, place, len(beats), _company(roles, beat, place) if place in present else ())
        for place, beat in enumerate(beats)
    ]


def _present(beats: tuple[Beat, ...], cast: bool, rng: Random) -> set[int]:
    """The scenes with characters: where the picture takes them, always first and last, and never fewer than half."""
    if not cast:
        return set()
    present = {place for place, beat in enumerate(beats) if beat.line.peopled} | {0, len(beats) - 1}
    absent = sorted(set(range(len(beats))) - present)
    lacking = max((len(beats) + 1) // 2 - len(present), 0)
    return present | set(rng.sample(absent, lacking))


def _company(roles: tuple[Role, ...], beat: Beat, place: int) -> tuple[Role, ...]:
    """Those whom the scene speaks of; where it names none, the second joins in two scenes of three."""
    named = tuple(role for role in roles if re.search(rf"\b{re.escape(role.name)}\b", beat.narration, re.IGNORECASE))
    return named or (roles if place % 3 != 1 else roles[:1])


def _seen(picture: str) -> str:
    """The heart of a picture, cut between words."""
    heart = picture.replace("close-up of ", "").split(",")[0]
    return heart if len(heart) <= MAX_PICTURE_CHARS else heart[:MAX_PICTURE_CHARS].rsplit(" ", 1)[0]


def _rewritten(
    reading: Reading, request: ScriptRequest, seconds: int, shots: list[Shot], roles: tuple[Role, ...]
) -> str:
    """The request as one better brief."""
    feeling = banks.table("tones")[reading.tone]["feeling"]
    about = doing(reading.action) or reading.question or reading.short or EMPTY
    first, last = (_seen(shot.picture) for shot in (shots[0], shots[-1]))
    called = banks.table("kinds")[reading.kind]["called"]
    brief = f"Create {article(feeling)} {feeling} {seconds}-second {called} {about}"
    brief += f", in {request.style} style"
    if roles:
        brief += f", following {' and '.join(role.name for role in roles)}"
    return f"{brief}: open on {first}, build scene by scene, and close on {last}."
