"""PURE: tells words that describe a picture or a motion from words that only speak of the film."""

from __future__ import annotations

import re
from dataclasses import replace

from chat.llm.local.film import Film
from chat.llm.local.into_english import is_left
from chat.llm.local.steps import Step, Understood

SEEN = ("image_prompt", "video_prompt")
_SPEAKING = re.compile(
    r"\b(?:i|we|you|your|should|shall|must|too|overall|please|pls|wants?|needs?|don'?t|doesn'?t|isn'?t|"
    r"(?:end|start|begin|open|finish|close)s? (?:with|on)|film|video|movie|scenes?|credits?|subtitles?|captions?|"
    r"louder|quieter|volume)\b",
    re.IGNORECASE,
)
"""Words with which somebody speaks of a film; what is written in the picture stands in quotation marks."""
_QUOTED = re.compile(r"[\"“„«‹].*?[\"”“»›]")


_ASKING = re.compile(
    r"\b(?:should|shall|must|need(?:s)? to|has to|have to) (?:be |look |have |get )?|[,;]? ?\b(?:please|pls)\b|"
    r"\b(?:i|we) (?:want|need|would like|'d like) (?:to see )?",
    re.IGNORECASE,
)
"""How a wish is asked for, not what is to be seen."""


_LOUDNESS = re.compile(r"\b(?:louder|quieter|volume)\b", re.IGNORECASE)
_UNHEARD = re.compile(
    rf"{_SPEAKING.pattern}|\b(?:talking|speaking|narrat\w+|one|same|end|ending|beginning|but|not|loud|musik)\b",
    re.IGNORECASE,
)
"""Words that describe no music."""


def heeded(found: Understood, film: Film) -> Understood:
    """Return what is to be done, with a question in place of edits that would describe nothing that can be seen."""
    found = replace(found, calls=tuple(_without_asking(call, film) for call in found.calls))
    if any(_is_half_read(call, film) for call in found.calls):
        kept = tuple(call for call in found.calls if not _is_half_read(call, film))
        found = replace(found, calls=kept, words=f"{found.words} {film.say('ask.music_all')}".strip())
    odd = [call for call in found.calls if _is_odd(call, film)]
    if not odd:
        return found
    kept = tuple(call for call in found.calls if call not in odd)
    is_loudness = any(_LOUDNESS.search(str(odd[0].arguments.get(name, ""))) for name in SEEN)
    asked = film.say("cannot.music_level_part" if is_loudness else "ask.different", n=odd[0].arguments["scene"])
    return replace(found, calls=kept, words=f"{found.words} {asked}".strip())


def _is_half_read(call: Step, film: Film) -> bool:
    """Tell whether music would be changed nowhere, or described with new words that hold sentences together or speak of
    the film."""
    if call.tool != "change_music":
        return False
    prompt = str(call.arguments.get("prompt") or "")
    told = {word.lower() for group in film.groups for word in _UNHEARD.findall(group["prompt"])}
    is_new = any(word.lower() not in told for word in _UNHEARD.findall(prompt))
    return call.arguments.get("scenes") == [] or is_new or is_left(prompt, film.language)


def _without_asking(call: Step, film: Film) -> Step:
    if not _is_odd(call, film):
        return call
    seen = {name: _ASKING.sub("", str(call.arguments[name])) for name in SEEN if name in call.arguments}
    return replace(call, arguments={**call.arguments, **seen})


def _is_odd(call: Step, film: Film) -> bool:
    if call.tool != "edit_scene" or call.arguments.get("scene") not in film.places:
        return False
    scene = film.scene(call.arguments["scene"])
    return any(_speaks(str(scene[name]), str(call.arguments[name])) for name in SEEN if name in call.arguments)


def _speaks(old: str, new: str) -> bool:
    """Tell whether what is new in a description asks, or speaks of the film, instead of showing something."""
    spoken = {word.lower() for word in _SPEAKING.findall(old)}
    asks = "?" in _QUOTED.sub(" ", new) and "?" not in old
    return asks or any(word.lower() not in spoken for word in _SPEAKING.findall(_QUOTED.sub(" ", new)))


def is_a_thing(text: str) -> bool:
    """Tell whether words name something that is there, and nothing that moves: "a big whale next to it"."""
    return bool(_A_THING.match(text)) and not _MOVING.search(text)


_A_THING = re.compile(
    r"(?:an?|some|many|two|three|\d+|more) (?!bit|little|lot|slow|fast|quick|pan|zoom|tilt|shot)\w+", re.I
)
_MOVING = re.compile(
    r"\b(?:\w{2,}ing|moves?|turns?|walks?|runs?|flies|falls?|swims?|jumps?|slow\w*|fast\w*|quick\w*|zoom\w*|pans?|"
    r"tilts?|motion|movement|camera|who|that|which)\b",
    re.IGNORECASE,
)


_SPEAKS_OF = re.compile(
    r"\b(?:mentions?|mentioning|include|speak of|talk about|say something|erwähn\w*|mencion\w*|mentionn\w*|menzion\w*)"
    r"\b"
)


def speaks_of(plain: str) -> bool:
    """True where it is told what the words are to be about, or not; only whoever wishes for it can word it."""
    return _SPEAKS_OF.search(plain) is not None
