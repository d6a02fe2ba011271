"""PURE: the changes of scenes and settings, in sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from chat.llm.local import model_wishes, pronunciations
from chat.llm.local.film import Film
from chat.llm.local.wording import OTHERWISE, sentences, short

Change = tuple[int, Mapping[str, Any], Mapping[str, Any]]
"""The place of a scene, its new values, and the old ones."""


def of_scenes(changes: Sequence[Change], film: Film, *, unchanged: bool) -> Iterator[str]:
    """One sentence for scenes that were changed alike."""
    if unchanged:
        yield from (_was_so(place, new, film) for place, new, _ in changes)
        return
    told: dict[tuple[str, str], list[int]] = {}
    for place, new, old in changes:
        for key, text in _told(place, new, old, film):
            told.setdefault((key, text), []).append(place)
    for (key, text), places in told.items():
        values = {"text": text, "how": text, "n": text, "names": text}
        where = {"scenes": film.where(places), "Scenes": film.where(places, at_start=True)}
        many = f"did.{key}_many"
        yield film.say(many if len(places) > 1 and many in sentences("en") else f"did.{key}", **values, **where)
    for place, new, old in changes:
        if was_so := {
            name: value for name, value in new.items() if old.get(name) == value and _is_asked(name, new, old)
        }:
            yield _was_so(place, was_so, film)


def _is_asked(name: str, new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    """A wish that was met before it was said is told of: a length always, else where all is as it was."""
    return name == "duration" or all(old.get(each) == value for each, value in new.items())


def _was_so(place: int, new: Mapping[str, Any], film: Film) -> str:
    where = {"Scenes": film.where([place], at_start=True)}
    if set(new) == {"duration"}:
        return film.say("did.lasted", n=new["duration"], **where)
    return film.say("did.was_so", **where)


def _told(place: int, new: Mapping[str, Any], old: Mapping[str, Any], film: Film) -> Iterator[tuple[str, str]]:
    changed = {name: value for name, value in new.items() if old.get(name) != value}
    if "title" in changed:
        yield "called", changed["title"]
    if "script" in changed:
        yield ("says", changed["script"]) if changed["script"] else ("says_nothing", "")
    if "lines" in changed:
        yield from _lines_told(changed["lines"], old.get("lines") or [], film)
    if "duration" in changed:
        yield "lasts", str(changed["duration"])
    if "ends_on_next" in changed:
        yield ("ends_on_next", str(place + 1)) if changed["ends_on_next"] else ("ends_itself", "")
    if "transition" in changed:
        yield "begins", transition_name(changed["transition"], film)
    if "characters" in changed:
        yield "plays", film.listed(changed["characters"] or ["—"])
    yield from _described(changed, old, film)


def transition_name(name: str, film: Film) -> str:
    """Name a transition in the user's language; one without words of its own in English, by its name in scripts."""
    if film.tongue == OTHERWISE and f"transitions.{name}" not in sentences(OTHERWISE):
        return f"the transition “{name.replace('_', ' ')}”"
    return film.say(f"transitions.{name}")


def _lines_told(
    new: Sequence[Mapping[str, Any]], old: Sequence[Mapping[str, Any]], film: Film
) -> Iterator[tuple[str, str]]:
    """Tell the lines that came; where none did, tell that some or all are gone."""
    came = [line for line in new if line not in old]
    if came:
        told = [
            f"{line['speaker']}: {film.quoted(line['text'])}" if line["speaker"] else film.quoted(line["text"])
            for line in came
        ]
        yield "lines", film.listed(told)
    else:
        yield ("lines_fewer", "") if new else ("lines_gone", "")


def _described(changed: Mapping[str, Any], old: Mapping[str, Any], film: Film) -> Iterator[tuple[str, str]]:
    """The picture and the motion, by what was added to them where that can be told."""
    picture, motion = (added_to(old.get(name, ""), changed.get(name)) for name in ("image_prompt", "video_prompt"))
    if picture is None:
        yield "picture_again", short(changed["image_prompt"])
    both = [how(phrase, film) for phrase in (*(picture or ()), *(motion or ()))]
    if motion is None:
        both.append(film.quoted(short(changed["video_prompt"])))
    if both and picture:
        yield ("picture" if all(map(_is_a_manner, picture)) else "picture_added"), film.listed(both)
    elif both:
        yield ("moves" if not motion or all(map(_is_a_way, motion)) else "motion_added"), film.listed(both)


def _is_a_manner(phrase: str) -> bool:
    """It ends "I described scene 2 …": "darker", "at night", "with a ladder"; and not "bike red and sky blue"."""
    return f"how.{phrase}" in sentences("en") or bool(ADJECTIVES.fullmatch(phrase) or MANNER.match(phrase))


def _is_a_way(phrase: str) -> bool:
    """It ends "scene 2 moves …"; and not "slow down the camera"."""
    return _is_a_manner(phrase) or not re.match(r"(?:slow|speed|let|make|end|start|begin|pan|the|she|he) \w+", phrase)


ADJECTIVES = re.compile(r"[\w'-]+(?:(?:, | and )[\w'-]+)*")
"""Words one by one: "funny and playful"."""
MANNER = re.compile(
    r"(?:with|without|at|in|on|by|under|near|from|during|as|like|of|for|inside|outside|behind|before|more|less|much|"
    r"very|a bit|no|not|\w+er|\w+ly|so) ",
    re.IGNORECASE,
)


def added_to(old: str, new: str | None) -> list[str] | None:
    """Nothing where there is no change; None where the text is another one. A part that was shortened is not new."""
    if new is None:
        return []
    parts = [part.strip() for part in new.split(", ")]
    known = [part.strip().lower() for part in old.split(", ")]
    kept = [part for part in parts if any(part.lower() in whole for whole in known)]
    fresh = [part for part in parts if part not in kept]
    return _listed(_paired(fresh, new)) if kept and fresh else None


def _listed(phrases: Sequence[str]) -> list[str]:
    """ "With a ladder, blue paint and a cat" is one phrase."""
    told: list[str] = []
    for phrase in phrases:
        is_more = told and told[-1].startswith("with ") and not APART.match(phrase)
        if is_more and f"how.{phrase}" not in sentences("en"):
            told[-1] = f"{told[-1]}, {phrase}"
        else:
            told.append(phrase)
    return told


APART = re.compile(r"(?:with|without|at|in|on|by|under|near|more|less|much)\b|\w+er$")
"""What begins so is a phrase of its own."""


def _paired(fresh: list[str], new: str) -> list[str]:
    """Phrases of the agent's own that hold a comma are told as one."""
    for phrase in sentences("en"):
        spoken = phrase.removeprefix("how.")
        if phrase.startswith("how.") and spoken in new and spoken.split(", ")[0] in fresh:
            fresh = [spoken, *(part for part in fresh if part not in spoken.split(", "))]
    return fresh


def how(phrase: str, film: Film) -> str:
    """The agent's own phrase as it is said, or the user's as it is."""
    return sentences(film.tongue).get(f"how.{phrase}", phrase)


def of_settings(new: Mapping[str, Any], old: Mapping[str, Any], film: Film) -> list[str]:
    """A sentence for each setting. While an own voice speaks, the usual one is not told of."""
    changed = {name for name, value in new.items() if old.get(name) != value}
    speaks_anew = {"voice"} if "voice_character" in changed else set()
    told = {name: value for name, value in new.items() if not (name == "voice" and new.get("voice_character"))}
    return [
        _setting("now" if name in changed | speaks_anew else "before", name, value, old.get(name), film)
        for name, value in told.items()
    ]


def _setting(tense: str, name: str, value: Any, was: Any, film: Film) -> str:
    match name:
        case "aspect_ratio":
            return film.say(f"{tense}.{value}")
        case "captions":
            return film.say(f"{tense}.captions_{value}")
        case "pronunciations" | "models":
            return LISTED[name](value, film)
        case "music_level_db":
            louder = value > was or (value == was and value > 0)
            return film.say(f"{tense}.music_{'louder' if louder else 'quieter'}")
        case "language":
            return film.say(f"{tense}.language", language=film.language_name(value))
        case "character_consistency":
            return film.say(f"{tense}.same_characters_{'on' if value else 'off'}")
        case "voice_over" | "music" | "ai_label" | "voice_character":
            return film.say(f"{tense}.{name}_{'on' if value else 'off'}")
        case _:
            return film.say(f"{tense}.{name}", value=value)


LISTED: Mapping[str, Callable[[Any, Film], str]] = {
    "pronunciations": pronunciations.of_list,
    "models": model_wishes.of_all,
}
"""Settings that are lists or tables."""


def removed(gone: Sequence[Mapping[str, Any]], film: Film) -> str:
    return film.say("did.removed", scenes=film.where([scene["place"] for scene in gone]))


def pieces_of(keys: Sequence[str], film: Film) -> str:
    """ "a new picture and 2 new clips"."""
    counts: dict[str, int] = {}
    for key in keys:
        kind = key.partition("/")[0]
        counts[kind] = counts.get(kind, 0) + 1
    return film.listed(
        [film.say(f"pieces.new_{kind}{'s' if number > 1 else ''}", n=number) for kind, number in counts.items()]
    )
