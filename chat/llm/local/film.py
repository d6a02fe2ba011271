"""PURE: the film as the facts tell it. Users speak of scenes by place, component keys name them by id."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, TypeVar

from chat.llm.local import wording
from chat.llm.local.steps import Step
from pipeline.film import script_edits
from pipeline.film.languages import name_of
from pipeline.film.own_words.ordered_settings import MOST_NAMED, refused_language
from pipeline.film.script_rules import USUAL_SECONDS
from pipeline.film.settings import LANGUAGES
from pipeline.film.word_swaps import with_word

T = TypeVar("T")


@dataclass(frozen=True)
class Film:
    """`language` is its user's; everything said goes through `say`, in `speaks` where that is given."""

    facts: Mapping[str, Any]
    language: str = "en"
    speaks: str = ""

    def say(self, key: str, /, **values: Any) -> str:
        return wording.say(self.tongue, key, only_scene=len(self.scenes) == 1, **values)

    @property
    def tongue(self) -> str:
        """The language that is spoken to its user."""
        return self.speaks or self.language

    def telling(self, tell: Callable[[Film], T]) -> T:
        """Return what is told of it in its user's language, or all of it in English where a sentence is not there."""
        return wording.in_one_language(self.tongue, lambda language: tell(replace(self, speaks=language)))

    def quoted(self, text: str) -> str:
        """Somebody else's words, between the quotation marks of the language."""
        return self.say("lists.quoted", text=text)

    def listed(self, parts: Sequence[str], joint: str = "lists.and") -> str:
        return wording.listed(self.tongue, parts, joint)

    def may_not(self, fact: str) -> str:
        """Say that whoever speaks may not be told a fact; empty where they may."""
        refused = self.facts.get("may_not", {}).get(fact)
        return self.without_scope(refused["scope"]) if refused else ""

    def without_scope(self, scope: str | None) -> str:
        """Say that a program's key lacks a scope; None is what people alone may."""
        return self.say("key.may_not", scope=scope) if scope else self.say("key.people_alone")

    def refused_language(self, code: str) -> str:
        """Say that no film can be in a language, and in which ones it can be."""
        return self.say(
            "ask.language_refused", language=name_of(code, self._names), languages=self.languages_in_words()
        )

    @property
    def languages(self) -> Sequence[str]:
        """The languages that a film can be in here, by their codes."""
        found: Sequence[str] = self.facts.get("languages") or LANGUAGES
        return found

    @property
    def refuses_its_language(self) -> bool:
        """No film can be in the language of what it was ordered with."""
        return refused_language(self.facts["film"]["prompt"], among=self.languages) is not None

    def language_name(self, code: str) -> str:
        """Return what a language is called in the one that is spoken to its user."""
        return self.say(f"languages.{code}") if code in LANGUAGES else name_of(code, self._names)

    def languages_in_words(self) -> str:
        """Name the languages that a film can be in; of very many, the first, and how many more there are."""
        all_named = len(self.languages) <= MOST_NAMED
        names = [self.language_name(code) for code in (self.languages if all_named else LANGUAGES)]
        if not all_named:
            names.append(self.say("lists.more_languages", n=len(self.languages) - len(names)))
        return self.listed(names, "lists.or")

    @property
    def _names(self) -> str:
        return self.tongue if self.tongue in wording.SPOKEN else wording.OTHERWISE

    @property
    def remarks(self) -> str:
        """Say which of the wishes in the message no setting can meet; empty where they all are met."""
        found = self.facts.get("remarks") or ()
        return " ".join(self.say(f"remarks.{one['key']}", **one["values"]) for one in found)

    def after(self, one: Step) -> Film:
        """The film as it will be when this has been done."""
        if one.tool == "change_settings":
            film = self.facts["film"]
            return replace(self, facts={**self.facts, "film": {**film, "settings": {**self.settings, **one.arguments}}})
        if self.script is None or one.tool not in CHANGES:
            return self
        return replace(self, facts={**self.facts, "script": CHANGES[one.tool](self.script, **one.arguments)})

    @property
    def script(self) -> Mapping[str, Any] | None:
        found: Mapping[str, Any] | None = self.facts.get("script")
        return found

    @property
    def scenes(self) -> list[Mapping[str, Any]]:
        return [clip["scene"] for clip in self.script["clips"]] if self.script else []

    @property
    def places(self) -> list[int]:
        return [scene["index"] for scene in self.scenes]

    @property
    def shared_look(self) -> str:
        """Return the style words that most pictures share, or the style's name where they share none."""
        bare = [re.sub(r"\s*\([^()]*\)", "", scene["image_prompt"]) for scene in self.scenes]
        parts = [text.rstrip(" .").split(", ")[1:] for text in bare]
        often = Counter(part for of_scene in parts for part in dict.fromkeys(of_scene))
        shared = [part for part, count in often.items() if count > 1 and count * 2 > len(parts)]
        return ", ".join(shared) or f"{self.settings['style']} style"

    @property
    def settings(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.facts["film"]["settings"]
        return found

    @property
    def seconds(self) -> int:
        """The film's length in seconds as it stands: by its script, or by its settings where there is none."""
        return int(self.script["expected_duration"] if self.script else self.settings["duration"])

    @property
    def scene_lengths(self) -> Sequence[int]:
        """The seconds that a scene may last."""
        return self.facts.get("scene_lengths") or USUAL_SECONDS

    def length_near(self, seconds: int) -> int:
        """The length nearest to what is asked for, the shorter one of two."""
        return min(self.scene_lengths, key=lambda each: (abs(each - seconds), each))

    def lengths_in_words(self) -> str:
        """`5 or 10`, or from the shortest to the longest: `3–15`."""
        if len(self.scene_lengths) == 2:
            return self.listed([str(each) for each in self.scene_lengths], "lists.or")
        return f"{min(self.scene_lengths)}–{max(self.scene_lengths)}"

    @property
    def characters(self) -> list[Mapping[str, Any]]:
        return list(self.script["character_profiles"]) if self.script else []

    @property
    def groups(self) -> list[Mapping[str, Any]]:
        """The script's groups of music; empty where there is no script."""
        return list(self.script["music"]) if self.script else []

    @property
    def offer(self) -> Mapping[str, Any] | None:
        found: Mapping[str, Any] | None = self.facts.get("offer")
        return found

    @property
    def tiers(self) -> Sequence[str]:
        """The qualities that pieces can be made in here."""
        found: Sequence[str] = self.facts.get("tiers") or ("standard",)
        return found

    @property
    def proposal(self) -> Mapping[str, Any] | None:
        """The proposal that the agent has asked a yes for, as long as the script is still the one it asked about."""
        found: Mapping[str, Any] | None = self.facts.get("proposal")
        version = self.script.get("version") if self.script else None
        return found if found and found.get("version") == version else None

    @property
    def is_being_made(self) -> bool:
        run = self.facts.get("run")
        return bool(run and run["makes_something"])

    @property
    def is_being_written(self) -> bool:
        """Its script."""
        return bool(self.facts.get("script_is_being_written"))

    @property
    def is_made(self) -> bool:
        """Some of its pieces are there."""
        parts = self.facts["components"]
        return bool(parts["ready"] or parts["stale"])

    @property
    def cut_is_due(self) -> bool:
        """All pieces are made, and only the film has still to be cut."""
        return bool(self.facts.get("cut_is_due"))

    @property
    def failed(self) -> list[Mapping[str, Any]]:
        return list((self.facts.get("last_run") or {}).get("failed", []))

    @property
    def spoken_places(self) -> list[int]:
        """The scenes with narration or lines, which alone have a voice-over."""
        return [scene["index"] for scene in self.scenes if scene["script"] or scene.get("lines")]

    def has_own_words(self, place: int) -> bool:
        """A person wrote the narration of this scene, or dictated it."""
        return self.scene(place)["id"] in self.facts.get("own_words", ())

    def scene(self, place: int) -> Mapping[str, Any]:
        return self.scenes[place - 1]

    def key(self, kind: str, place: int) -> str:
        return f"{kind}/{self.scene(place)['id']}"

    def music_keys(self, places: Iterable[int]) -> list[str]:
        """Return the keys of the music groups that are heard in these scenes."""
        wanted = set(places)
        groups = [group["scene_indexes"] for group in self.groups if not group.get("silent")]
        ids = [[str(self.scene(place)["id"]) for place in group] for group in groups if wanted & set(group)]
        return [f"music/{'_'.join(group)}" for group in ids]

    def place_of(self, scene_id: str) -> str:
        return next((str(scene["index"]) for scene in self.scenes if str(scene["id"]) == scene_id), scene_id)

    def where(self, places: Sequence[int], *, at_start: bool = False) -> str:
        """ "scene 2", "scenes 1 to 3", "scenes 1 and 3"."""
        end = "_at" if at_start else ""
        if len(places) == 1:
            return self.say(f"lists.scene{end}", n=places[0])
        if len(places) > 2 and all(after == before + 1 for before, after in pairwise(places)):
            return self.say(f"lists.scenes_range{end}", first=places[0], last=places[-1])
        return self.say(f"lists.scenes{end}", list=self.listed([str(place) for place in places]))


def _with_scene(content: Mapping[str, Any], /, *, after: int, **new: Any) -> Mapping[str, Any]:
    scene = {"id": NO_ID, "transition": "fade", "duration": 5, "characters": [], **new}
    return script_edits.with_scene(content, after, scene)


NO_ID = 0
"""Of a scene that is to be added."""
CHANGES: Mapping[str, Callable[..., Mapping[str, Any]]] = {
    "arrange_scenes": lambda script, *, order: script_edits.arranged(script, order),
    "add_scene": _with_scene,
    "edit_scene": lambda script, /, *, scene, **changes: script_edits.edited(script, scene, changes),
    "change_music": lambda script, *, scenes, **music: script_edits.with_music(script, scenes, **music),
    "add_character": lambda script, *, name, image_prompt, scenes, shown="": script_edits.with_new_character(
        script, name, image_prompt, scenes, shown
    ),
    "remove_character": lambda script, *, name, scenes=None: script_edits.without_character(script, name, scenes),
    "replace_word": lambda script, *, old, new: with_word(script, old, new)[0],
    "describe_character": lambda script, *, name, **look: script_edits.with_character(script, name, **look),
}
"""What later wishes of the same sentence build on."""
