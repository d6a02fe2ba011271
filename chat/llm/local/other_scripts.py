"""PURE: messages in Chinese and Hindi. Clauses of a known form are done; what else there is, is told or asked.

Nothing is begun, removed or written anew beside a clause that was not understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from chat.llm.local import clause_forms, long_messages, talk, words_at_an_end
from chat.llm.local.clause_forms import DEED, Clause
from chat.llm.local.clauses import merged
from chat.llm.local.corrections import Before, was_asked
from chat.llm.local.film import Film
from chat.llm.local.guessing import Mind
from chat.llm.local.into_english import offered_in_english
from chat.llm.local.picture_deeds import DEEDS, somebody
from chat.llm.local.steps import Step, Understood

Hear = Callable[..., Understood]
UNKNOWN_TO_THE_ENCODER = frozenset({"hi"})
"""Languages whose sentences are like nothing to it: a guess would be by chance."""
ONLY_POLITE = ("thanks", "hello")
ANSWERS = ("yes go ahead", "no")
"""English of clauses that mean nothing more beside a wish."""
COSTLY = frozenset(
    {"start_film", "cut_film", "cancel_run", "undo", "write_script", "arrange_scenes", "remove_character", "regenerate"}
)


@dataclass(frozen=True)
class Talk:
    """All that a message is heard with."""

    film: Film
    before: Before
    mind: Mind | None
    is_first: bool
    hear: Hear

    def as_said(self, said: str) -> Understood:
        """Hear a message by the rules for every language."""
        mind = None if self.film.language in UNKNOWN_TO_THE_ENCODER and self.film.script else self.mind
        return self._heard(said, self.film, self.before, mind)

    def in_english(self, text: str, film: Film) -> Understood:
        """Hear plain English words, and answer in the language of the chat."""
        english = replace(film, language="en", speaks=film.tongue)
        return self._heard(text, english, self._before_in_english(), self.mind)

    def _heard(self, said: str, film: Film, before: Before, mind: Mind | None) -> Understood:
        hear = partial(self.hear, film=film, is_first=self.is_first, before=before, mind=mind)
        return long_messages.understood(said, film, hear, is_first=self.is_first)

    def _before_in_english(self) -> Before:
        told = [_english(one) for one in _clauses(self.before.user, self.film)]
        is_plain = told and all(told)
        return replace(self.before, user=" and ".join(told)) if is_plain else self.before


def understood(
    said: str, film: Film, before: Before, mind: Mind | None, hear: Hear, *, is_first: bool = False
) -> Understood:
    """Return what a message means; in the languages without forms, and where no form fits, by the rules alone."""
    told = Talk(film, before, mind, is_first, hear)
    if film.language not in clause_forms.LANGUAGES or len(said) > clause_forms.MOST_OF_A_MESSAGE:
        return told.as_said(said)
    if film.script and (answer := words_at_an_end.answered(said, film, before)):
        return answer
    if offered := offered_in_english(said.lower(), film.language):
        return told.in_english(offered, film)
    if answered := _which_scene(said, told):
        return answered
    known = _clauses(said, film)
    if not film.script:
        is_talk = known and all(one.kind == "talk" for one in known)
        return _all_done(known, told) if is_talk else told.as_said(said)
    if not any(one.english for one in known):
        return _about_what_it_names(said, known, told)
    return _all_done(known, told)


def _about_what_it_names(said: str, known: Sequence[Clause], told: Talk) -> Understood:
    """Ask rather than change a scene or somebody that a message does not name, where it names another."""
    found = told.as_said(said)
    scenes = {int(place) for one in known for place in re.findall(r"(?<=[§,])\d+", one.said)}
    names = (str(one["name"]) for one in told.film.characters)
    people = {name for name in names if name.casefold() in said.casefold()}
    is_other = any(
        (scenes and call.arguments.get("scene", 0) not in {0, *scenes})
        or (people and call.tool == "describe_character" and call.arguments["name"] not in people)
        for call in found.calls
    )
    return talk.lost(told.film, told.before.agent) if is_other else found


def _clauses(said: str, film: Film) -> list[Clause]:
    found = clause_forms.clauses(said, film.language, len(film.places), lambda name: somebody(name, film) is not None)
    aside = clause_forms.forms(film.language).aside
    kept = [one for one in found if one.english or not aside.fullmatch(one.said.strip(" ,.!?"))]
    return kept or found


def _which_scene(said: str, told: Talk) -> Understood | None:
    """Hear the wish before again, for the scene that is named in answer to the question which one is meant."""
    found = _clauses(said, told.film)
    if len(found) != 1 or found[0].english != "scene {scene}" or not was_asked("ask.scene", told.before.agent):
        return None
    return _all_done(_clauses(told.before.user, told.film), told, found[0].parts["scene"])


def _all_done(known: Sequence[Clause], told: Talk, scene: str = "") -> Understood:
    """Do one clause after the other. A scene that one names is meant by those behind it that name none."""
    wishes = _without_courtesies(known)
    film, calls, words, buttons = told.film, list[Step](), list[str](), tuple[str, ...]()
    for one in wishes:
        scene = one.parts.get("scene", scene)
        found = _done(one, told, film, scene)
        calls += found.calls
        words.append(found.words)
        buttons = buttons or found.suggestions
        for call in found.calls:
            film = film.after(call)
    left = [one.said.strip(" ,.;:") for one in wishes if not one.english]
    if left:
        calls = [call for call in calls if call.tool not in COSTLY]
        words.append(_left(left, told.film))
    return Understood(tuple(merged(calls)), " ".join(dict.fromkeys(filter(None, words))), buttons)


def _without_courtesies(known: Sequence[Clause]) -> list[Clause]:
    """Leave thanks and greetings beside anything else out, and a yes beside a wish: "好的，但是先改第二场"."""
    said = {one.english: one for one in known if one.english and not one.parts}
    rest = [one for one in known if one.parts or not one.english or said[one.english] is one]
    others = [one for one in rest if one.english not in ONLY_POLITE]
    wishes = [one for one in others if one.english not in ANSWERS]
    return wishes or others or rest


def _left(left: Sequence[str], film: Film) -> str:
    told = (re.sub(r"§(\d+)", lambda found: film.say("lists.scene", n=found[1]), one) for one in left)
    what = film.listed([film.quoted(one) for one in told])
    return film.say("talk.left", what=what, way=film.say("talk.left_way"))


def _done(one: Clause, told: Talk, film: Film, scene: str) -> Understood:
    if not one.english:
        return Understood()
    if not one.english.startswith(DEED):
        is_open = "{scene}" in one.english and not scene
        parts = {**one.parts, "scene": scene} if scene else dict(one.parts)
        if someone := somebody(parts.get("who", ""), film):
            parts["who"] = str(someone["name"])
        return Understood(words=film.say("ask.scene")) if is_open else told.in_english(_english(one, parts), film)
    places = [int(place) for place in scene.split(",") if place]
    strangers = [place for place in places if place not in film.places]
    if strangers:
        return told.in_english(f"make scene {strangers[0]} brighter", film)
    return DEEDS[one.english[1:]](film, places, one.parts)


def _english(one: Clause, told: Mapping[str, str] | None = None) -> str:
    """Return a clause in plain English; empty where it is a deed, names no scene, or was not understood."""
    parts = dict(one.parts if told is None else told)
    if one.english.startswith(DEED) or ("{scene}" in one.english and "scene" not in parts):
        return ""
    if "scene" in parts:
        numbers = parts["scene"].split(",")
        parts["scene"] = f"{', '.join(numbers[:-1])} and {numbers[-1]}" if len(numbers) > 1 else numbers[0]
        return one.english.replace("scene {scene}", f"scene{'s' * (len(numbers) > 1)} {{scene}}").format(**parts)
    return one.english.format(**parts)
