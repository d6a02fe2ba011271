"""The local scriptwriter over a user's own text: its words stay, titles, pictures, moves and music are added."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from random import Random

from pipeline.film.own_words.headings import about, place_of, title_of
from pipeline.film.own_words.ordered_settings import follow, source_of
from pipeline.film.own_words.slots import Fitted, Slot
from pipeline.film.own_words.source import Source
from pipeline.film.plain_text import READ_CHARS
from pipeline.film.script import Line as ScriptLine
from pipeline.film.script import Scene, Script, Transition
from pipeline.film.settings import check_prompt
from pipeline.film.words import article, clean
from pipeline.providers.base import ScriptRequest
from pipeline.providers.local.writing.banks import Line
from pipeline.providers.local.writing.cast import MAX_ROLES, Role, being_in, fitting_role, roles_in
from pipeline.providers.local.writing.music_and_transitions import music_groups, transitions
from pipeline.providers.local.writing.pictures import Camera, Shot
from pipeline.providers.local.writing.plot import Beat
from pipeline.providers.local.writing.reading import read
from pipeline.providers.local.writing.writer import assembled, scene, write_script

MOST_PICTURE_CHARS = 200
FEWEST_SCENES = 2
"""In which somebody plays who looks the same in all of them."""
FEWEST_PICTURE_WORDS = 2
"""Of a heading that says what is to be seen."""


def script_of(request: ScriptRequest) -> Script | None:
    """Write the film of the user's own words; None where there are none, or where they are an inspiration alone."""
    source = source_of(request.prompt, request.source, request.source_mode)
    found = follow(source, request.source_mode, request.language, request.duration_s)
    return _Writer(request, source, found).script() if found and found.slots else None


def inspired_by(request: ScriptRequest) -> Script | None:
    """Write freely about what the user's own words are about; None where there are none."""
    source = source_of(request.prompt, request.source, request.source_mode)
    if not source.is_own_words or request.source_mode != "inspired_by":
        return None
    script = write_script(replace(request, prompt=f"A film about {about(source)}"))
    return script.model_copy(update={"user_prompt": check_prompt(request.prompt)})


class _Writer:
    def __init__(self, request: ScriptRequest, source: Source, fitted: Fitted) -> None:
        self.request, self.source, self.slots = request, source, fitted.slots
        self.reading = read(replace(request, prompt=_brief(source), duration_s=fitted.seconds))
        self.rng = Random(self.reading.seed)  # noqa: S311 - variety, not secrecy
        self.durations = tuple(slot.seconds for slot in self.slots)
        self.roles = self._roles()

    def script(self) -> Script:
        request = self.request
        music = music_groups(self.reading, self.durations, self.rng)
        changes = transitions(self.reading, music, self.rng)
        parts = zip(self.slots, self._shots(), changes, strict=True)
        scenes = [_scene(number, *part) for number, part in enumerate(parts, start=1)]
        return assembled(request, self._rewritten(), music, self._seen(), scenes)

    def _shots(self) -> list[Shot]:
        camera = Camera(self.reading, self.request.style, self.rng)
        return [
            camera.shoot(_beat(slot, self._picture(slot)), at, len(self.slots), self._company(slot))
            for at, slot in enumerate(self.slots)
        ]

    def _picture(self, slot: Slot) -> str:
        """Return what the text says is to be seen, else what its words speak of; empty where a view of the topic must
        do."""
        place, heading = place_of(slot.passage.heading), slot.passage.heading
        is_telling = not place and len(heading.split()) >= FEWEST_PICTURE_WORDS
        seen = slot.passage.picture or (heading if is_telling else "")
        if not seen and self.request.language == "en":
            seen = slot.words
        if not seen:
            being = being_in(slot.words)
            seen = f"{article(being)} {being}" if being else ""
        return ", ".join(filter(None, (_short(seen), place)))

    def _roles(self) -> tuple[Role, ...]:
        """Those who play: whom the text names as speakers or tells of; somebody always, where looks are to stay."""
        speakers = Counter(name for passage in self.source.passages for name in passage.speakers)
        spoken = (roles_in(f"a person named {name}", self.reading.cast_seed)[:1] for name, _ in speakers.most_common())
        known = [role for found in spoken for role in found] or list(self.reading.roles)
        is_played = any(self._plays(role, slot) for role in known for slot in self.slots)
        if self.request.character_consistency and not is_played:
            known = [fitting_role(self.reading.subject, self.reading.topic, self.reading.cast_seed, dressed=False)]
        return tuple(known[:MAX_ROLES])

    def _plays(self, role: Role, slot: Slot) -> bool:
        said = f"{slot.words} {slot.passage.picture} {slot.passage.heading} {' '.join(slot.passage.speakers)}"
        noun = role.said.removeprefix("the ")
        return bool(re.search(rf"\b(?:{re.escape(role.name)}|{re.escape(noun)})\b", said, re.IGNORECASE))

    def _company(self, slot: Slot) -> tuple[Role, ...]:
        """Everywhere, where nobody of the text plays and looks are to stay."""
        present = tuple(role for role in self.roles if self._plays(role, slot) and self._stays(role))
        is_stand_in = not any(self._plays(role, each) for role in self.roles for each in self.slots)
        return self.roles if is_stand_in and self.request.character_consistency else present

    def _stays(self, role: Role) -> bool:
        """Somebody of a single scene needs no picture to be made after."""
        scenes = sum(self._plays(role, slot) for slot in self.slots)
        return scenes >= FEWEST_SCENES or self.request.character_consistency

    def _seen(self) -> list[Role]:
        return [role for role in self.roles if any(role in self._company(slot) for slot in self.slots)]

    def _rewritten(self) -> str:
        how = "word for word" if self.request.source_mode == "verbatim" else "in sentences chosen from it"
        about = f" “{self.source.title}”" if self.source.title else ""
        return f"The user's own text{about}, {how}: {sum(self.durations)} seconds in {self.request.style} style."


def _brief(source: Source) -> str:
    """Return the text that topic, tone and cast are read from."""
    told = (f"{passage.picture} {passage.words}".strip() for passage in source.passages)
    return check_prompt(f"{source.title} . {' '.join(told)}"[:READ_CHARS])


def _beat(slot: Slot, picture: str) -> Beat:
    return Beat(Line(title_of(slot), slot.words, picture=picture), slot.words, slot.seconds)


def _short(text: str) -> str:
    """Make it a phrase of a prompt: without marks, cut between words."""
    plain = clean(text).strip(" .,;:!?")
    return plain if len(plain) <= MOST_PICTURE_CHARS else plain[:MOST_PICTURE_CHARS].rsplit(" ", 1)[0]


def _scene(number: int, slot: Slot, shot: Shot, transition: Transition) -> Scene:
    """Write a scene: what the narrator says first is the narration; what anybody says behind that are lines."""
    found = scene(number, title_of(slot), slot.narration, slot.seconds, shot, transition)
    lines = [ScriptLine(speaker=turn.speaker, text=turn.words) for turn in slot.lines]
    return found.model_copy(update={"lines": lines})
