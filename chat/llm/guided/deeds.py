"""PURE: the deeds for the wishes that a small language model read, each checked against the film and the sentence.

What only changes pictures, words, music or settings is done: it costs nothing and can be taken back. What removes
scenes, rewrites the script or stops something is asked about first, in words that the rules understand: whoever
presses the button or says yes has said it for the rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from chat.llm.guided.evidence import as_typed, has_evidence, is_invented
from chat.llm.guided.wishes import Wish
from chat.llm.local.film import Film
from chat.llm.local.steps import Step, Understood, step
from chat.llm.local.talk import suggested
from pipeline.film.script import TRANSITIONS
from pipeline.film.settings import DURATION_STEP_S, MAX_DURATION_S, MIN_DURATION_S

Rules = Callable[[str, Film], Understood]
"""What the rules make of a sentence."""
PIECES: Mapping[str, str] = {"picture": "scene", "clip": "video", "voice": "audio"}
LANGUAGE_NAMES: Mapping[str, str] = {
    "english": "en", "german": "de", "spanish": "es", "french": "fr", "italian": "it", "portuguese": "pt",
    "dutch": "nl", "chinese": "zh",
}  # fmt: skip
TITLE_WORDS = 5
CAMERA = re.compile(
    r"\b(?:camera|zooms?|pans?|tilts?|dolly|orbits?|push(?:es)? in|pulls? (?:back|out))\b", re.IGNORECASE
)


def carried_out(wishes: Sequence[Wish], said: str, film: Film, rules: Rules) -> Understood:
    """All of the wishes, each read against the film as it is after those before it."""
    calls: list[Step] = []
    words: list[str] = []
    suggestions: list[str] = []
    now = film
    for wish in wishes:
        found = _done(wish, said, now, rules)
        calls += found.calls
        words.append(found.words)
        suggestions += found.suggestions
        for call in found.calls:
            now = now.after(call)
    return Understood(tuple(calls), " ".join(dict.fromkeys(filter(None, words))), tuple(dict.fromkeys(suggestions)))


def _done(wish: Wish, said: str, film: Film, rules: Rules) -> Understood:
    if not has_evidence(wish.do, said):
        return _unclear(film)
    if wish.do in OF_SCENES:
        if not wish.at:
            return Understood(words=film.say("ask.scene"))
        return Understood(tuple(OF_SCENES[wish.do](wish, said, film)))
    return OTHERS[wish.do](wish, said, film, rules) if wish.do in OTHERS else _unclear(film)


def _unclear(film: Film) -> Understood:
    return Understood(words=film.say("ask.unhappy"), suggestions=suggested(film))


def _picture(wish: Wish, said: str, film: Film) -> Iterator[Step]:
    yield from _added(wish, said, film, "image_prompt")


def _motion(wish: Wish, said: str, film: Film) -> Iterator[Step]:
    yield from _added(wish, said, film, "video_prompt")


def _added(wish: Wish, said: str, film: Film, field: str) -> Iterator[Step]:
    """Put the wish behind what is there; return nothing where the model made it up."""
    if not wish.text or is_invented(wish.text, said, film):
        return
    for place in wish.at:
        before = _kept(film.scene(place)[field], wish.text)
        yield step("edit_scene", scene=place, **{field: ", ".join(filter(None, [before, wish.text.rstrip(".")]))})


def _kept(before: str, wish: str) -> str:
    """Return what is there, without the camera's move where another one is wished for."""
    parts = before.rstrip(" .").split(", ")
    return ", ".join(part for part in parts if not (CAMERA.search(wish) and CAMERA.search(part)))


def _words(wish: Wish, said: str, film: Film) -> Iterator[Step]:
    """Words to be spoken are taken as they were typed, or not at all."""
    if given := as_typed(wish.text, said):
        yield from (step("edit_scene", scene=place, script=given) for place in wish.at)


def _rewritten(wish: Wish, said: str, film: Film) -> Iterator[Step]:
    """`text` are the words already, by which the model has replaced what was wished of them."""
    yield from (step("edit_scene", scene=place, script=wish.text) for place in wish.at if wish.text)


def _silent(wish: Wish, said: str, film: Film) -> Iterator[Step]:
    yield from (step("edit_scene", scene=place, script="") for place in wish.at)


def _scene_title(wish: Wish, said: str, film: Film) -> Iterator[Step]:
    if given := as_typed(wish.text, said):
        yield from (step("edit_scene", scene=place, title=given) for place in wish.at)


OF_SCENES: Mapping[str, Callable[[Wish, str, Film], Iterator[Step]]] = {
    "picture": _picture,
    "motion": _motion,
    "words": _words,
    "rewrite": _rewritten,
    "silent": _silent,
    "scene_title": _scene_title,
}
"""What changes scenes that have to be named."""


def _seconds(wish: Wish, said: str, film: Film, rules: Rules) -> Understood:
    number = re.search(r"\d+", wish.text)
    if not number:
        return _unclear(film)
    seconds = int(number[0])
    if wish.at:
        lasts = film.length_near(seconds)
        changed = [place for place in wish.at if film.scene(place)["duration"] != lasts]
        return Understood(tuple(step("edit_scene", scene=place, duration=lasts) for place in changed)) or _unclear(film)
    possible = min(max(round(seconds / DURATION_STEP_S) * DURATION_STEP_S, MIN_DURATION_S), MAX_DURATION_S)
    return _asked(film, "length", n=possible)


def _title(wish: Wish, said: str, film: Film, rules: Rules) -> Understood:
    given = as_typed(wish.text, said)
    return Understood((step("rename_film", title=given),)) if given else Understood(words=film.say("ask.title"))


def _add(wish: Wish, said: str, film: Film, rules: Rules) -> Understood:
    if not wish.text or is_invented(wish.text, said, film):
        return _unclear(film)
    after = wish.at[0] if wish.at else len(film.places)
    picture = wish.text.rstrip(".")
    title = " ".join(picture.split()[:TITLE_WORDS]).strip(",;:").capitalize()
    new = step(
        "add_scene", after=after, title=title, script="", image_prompt=picture, video_prompt=f"Slow push in, {picture}"
    )
    seen = [one["name"] for one in film.characters if re.search(rf"\b{re.escape(one['name'])}\b", picture)]
    cast = [step("edit_scene", scene=after + 1, characters=seen)] if seen else []
    return Understood((new, *cast))


def _remove(wish: Wish, said: str, film: Film, rules: Rules) -> Understood:
    if not wish.at or len(wish.at) >= len(film.places):
        return Understood(words=film.say("ask.scene"))
    places = film.listed([str(place) for place in wish.at])
    return _asked(film, "remove" if len(wish.at) == 1 else "remove_several", n=places)


def _order(wish: Wish, said: str, film: Film, rules: Rules) -> Understood:
    """Scenes that the model left out come behind, as they were; nothing is removed."""
    order = [*wish.at, *(place for place in film.places if place not in wish.at)]
    return Understood((step("arrange_scenes", order=order),)) if order != film.places else _unclear(film)


def _transition(wish: Wish, said: str, film: Film, rules: Rules) -> Understood:
    wanted = wish.text.strip().lower().replace(" ", "_")
    known = next((name for name in (wanted, f"{wanted}_left") if name in TRANSITIONS), "")
    places = wish.at or film.places
    return Understood(tuple(step("edit_scene", scene=place, transition=known) for place in places if known))


def _look(wish: Wish, said: str, film: Film, rules: Rules) -> Understood:
    name, _, look = (part.strip() for part in wish.text.partition(":"))
    known = _known(name, film)
    if not known:
        return Understood(words=_nobody(film, name))
    if not look or is_invented(look, f"{said} {known['image_prompt']}", film):
        return _unclear(film)
    return Understood((step("describe_character", name=known["name"], image_prompt=look),))


def _rename(wish: Wish, said: str, film: Film, rules: Rules) -> Understood:
    old, _, new = (part.strip() for part in wish.text.partition(":"))
    known, given = _known(old, film), as_typed(new, said)
    if not known:
        return Understood(words=_nobody(film, old))
    if not given:
        return _unclear(film)
    renamed = step("describe_character", name=known["name"], new_name=given)
    return Understood((renamed, *_in_words(known["name"], given, film)))


def _in_words(old: str, new: str, film: Film) -> Iterator[Step]:
    """The name where it is spoken or stands over a scene."""
    for scene in film.scenes:
        anew = {name: re.sub(rf"\b{re.escape(old)}\b", lambda _: new, scene[name]) for name in ("title", "script")}
        changed = {name: text for name, text in anew.items() if text != scene[name]}
        if changed:
            yield step("edit_scene", scene=scene["index"], **changed)


def _known(name: str, film: Film) -> Mapping[str, Any] | None:
    return next((one for one in film.characters if one["name"].casefold() == name.casefold()), None)


def _nobody(film: Film, name: str) -> str:
    names = [one["name"] for one in film.characters]
    known = film.say("ask.character_known", names=film.listed(names), first=names[0]) if names else ""
    return film.say("ask.character", name=name or "?", known=known or film.say("ask.character_none", name=name or "?"))


def _music(wish: Wish, said: str, film: Film, rules: Rules) -> Understood:
    if not wish.text:
        return Understood(words=film.say("ask.music_all"))
    return Understood((step("change_music", scenes=list(wish.at or film.places), prompt=wish.text),))


def _set(wish: Wish, said: str, film: Film, rules: Rules) -> Understood:
    """Set them in words that the rules know: what they make of it is checked by them."""
    kind, _, value = wish.text.strip().lower().partition(" ")
    if kind == "language":
        code = next((LANGUAGE_NAMES[name] for name in LANGUAGE_NAMES if name in value), "")
        if not code:
            return Understood(words=_languages(film))
        return _asked(film, "language", language=film.say(f"languages.{code}"))
    canonical = SETTINGS.get(kind, "{value}").format(value=value)
    found = rules(canonical, film)
    is_set = bool(found.calls) and all(call.tool == "change_settings" for call in found.calls)
    return found if is_set and any(film.settings.get(name) != to for name, to in _values(found)) else _unclear(film)


def _values(found: Understood) -> Iterator[tuple[str, Any]]:
    for call in found.calls:
        yield from call.arguments.items()


def _languages(film: Film) -> str:
    names = [film.say(f"languages.{code}") for code in LANGUAGE_NAMES.values()]
    return film.say("ask.language", languages=film.listed(names, "lists.or"))


SETTINGS: Mapping[str, str] = {
    "shape": "make it {value}",
    "style": "make it {value} style",
    "captions": "captions {value}",
    "voice": "voice {value}",
    "music": "music {value}",
    "resolution": "make it {value}",
}


def _script(wish: Wish, said: str, film: Film, rules: Rules) -> Understood:
    return _asked(film, "rewrite", text=wish.text) if wish.text else _unclear(film)


def _again(wish: Wish, said: str, film: Film, rules: Rules) -> Understood:
    """It tells a price and begins nothing."""
    kind, _, why = (part.strip() for part in wish.text.partition(":"))
    if not wish.at:
        return Understood(words=film.say("ask.scene"))
    keys = [film.key(PIECES.get(kind.lower(), "scene"), place) for place in wish.at]
    return Understood((step("regenerate", components=keys, **({"instructions": why} if why else {})),))


def _told(tool: str) -> Callable[[Wish, str, Film, Rules], Understood]:
    return lambda wish, said, film, rules: Understood((step(tool),))


def _stop(wish: Wish, said: str, film: Film, rules: Rules) -> Understood:
    at_work = film.is_being_made or film.is_being_written
    return _asked(film, "stop") if at_work else Understood(words=film.say("talk.nothing"))


def _cannot(wish: Wish, said: str, film: Film, rules: Rules) -> Understood:
    return Understood(words=film.say("guided.cannot"))


OTHERS: Mapping[str, Callable[[Wish, str, Film, Rules], Understood]] = {
    "seconds": _seconds, "title": _title, "add": _add, "remove": _remove, "order": _order, "transition": _transition,
    "look": _look, "rename": _rename, "music": _music, "set": _set, "script": _script, "again": _again, "stop": _stop,
    "cannot": _cannot, "yes": _told("quote_film"), "price": _told("quote_film"), "spent": _told("spending"),
    "status": _told("film_status"), "undo": _told("undo"),
    "no": lambda wish, said, film, rules: Understood(words=film.say("talk.kept")),
}  # fmt: skip


def _asked(film: Film, name: str, **values: Any) -> Understood:
    """Ask about it, with a button that says it for the rules."""
    wish = film.say(f"guided.{name}", **values)
    return Understood(words=film.say("guided.mean", wish=wish), suggestions=(wish,))


def beside(rules: Understood, read: Understood) -> Understood:
    """Join what the rules understood of a sentence with what the model read and they did not touch."""
    touched = {one for call in rules.calls for one in _touched(call)}
    new = tuple(call for call in read.calls if not touched & set(_touched(call)))
    return Understood((*rules.calls, *new), read.words if new else rules.words, read.suggestions if new else ())


def _touched(call: Step) -> Iterator[str]:
    """Name what a call changes: `scene 2`, or the setting, or what the tool is for."""
    if call.tool == "edit_scenes":
        yield from (f"scene {change['scene']}" for change in call.arguments["changes"])
    elif call.tool == "edit_scene":
        yield f"scene {call.arguments['scene']}"
    elif call.tool == "change_settings":
        yield from call.arguments
    else:
        yield call.tool


def agrees(call: Step, wishes: Sequence[Wish]) -> bool:
    """The model has read the same drastic wish as the rules."""
    if call.tool == "arrange_scenes":
        return any(wish.do in ("remove", "order") for wish in wishes)
    if "duration" in call.arguments:
        return any(wish.do == "seconds" and not wish.at for wish in wishes)
    if "language" in call.arguments:
        return any(wish.do == "set" and wish.text.lower().startswith("language") for wish in wishes)
    return any(wish.do == "script" for wish in wishes)


def asked_about(call: Step, said: str, film: Film) -> Understood:
    """Ask about something drastic that the rules would do."""
    if call.tool == "arrange_scenes":
        gone = [place for place in film.places if place not in call.arguments["order"]]
        name = "remove" if len(gone) == 1 else "remove_several"
        return _asked(film, name, n=film.listed([str(place) for place in gone]))
    if duration := call.arguments.get("duration"):
        return _asked(film, "length", n=duration)
    if language := call.arguments.get("language"):
        return _asked(film, "language", language=film.say(f"languages.{language}"))
    return _asked(film, "rewrite", text=call.arguments.get("instructions") or said)


def meant(last_said: str, film: Film) -> str:
    """The wish that the agent asked about when it spoke last; empty where it asked nothing of the kind."""
    pattern = re.escape(film.say("guided.mean", wish="\0")).replace(re.escape("\0"), "(.+?)")
    found = re.search(pattern, last_said, re.DOTALL)
    return found[1] if found else ""
