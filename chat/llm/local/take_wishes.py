"""PURE: takes: made anew, taken again, explained."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chat.llm.local import music
from chat.llm.local.film import Film
from chat.llm.local.number_words import ORDINALS
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Step, step

PARTS = {
    "scene": r"picture|pictures|image|images|still|stills|photo|frame|drawing|artwork",
    "audio": r"voice|voice-over|voice-overs|narration|narrator|speech|recording",
    "video": r"clip|clips|video|motion|animation|animate|footage",
    "music": r"music|soundtrack|song|score",
}
PRICE = r"how much|price|costs?"
ANEW = (
    r"regenerate|re-generate|redo|re-do|remake|re-make|redraw|re-draw|re-record|rerecord|again|anew"
    r"|another|new|once more|a different|different|do .{1,40} over"
)
ONE_MORE = (
    r"(?:(?:(?:an)?other|(?:a )?new|(?:a )?different|one more|neue[rn]?|andere[rn]?) (?:take|version|go)"
    r"(?: (?:of|at|on|for))?)"
)
WHOLLY = rf"regenerate|re-generate|redo|re-do|remake|re-make|redraw|{ONE_MORE}"
OF_A_SCENE = ("scene", "audio", "video")
OF_SCENES = (
    r"(?:how much|price|costs?)(?: (?:is|are|for|of|does|do|would|will|it|just|only|to|re-?make|make|redo|again|"
    r"cost|be|the))* scenes? \d+[\d, and]*(?: only| alone| again| cost| be| by itself)*\W*$"
)
"""The price of scenes alone."""
REPEATED = rf"{WHOLLY}|make (?:a |some )?new|re-?record|again|anew|once more|{PRICE}"
"""Not only "another": that may be another voice, or music of another kind."""
TAKE = r"(?:take|version) (\d+)"
OLDER = (
    rf"(previous|earlier|old|older|original|{'|'.join(ORDINALS)}) (?:take|version|picture|image|clip|video"
    rf"|voice|voice-over|still|one|narration)"
)
WHY = r"why|what happened|what's wrong|what is wrong|explain|what went wrong"
_INSTRUCTION = re.compile(
    rf"\b(?:please|only|just|solo|della?|la|{ONE_MORE}|{ANEW}|make|made|could you|can you|try|record it|draw|drawn"
    rf"|i don't like|the|a|an|one|of|eine?|mach\w*|all|every|it|should|but|for|and|to|be|sound|sounds|in|with|'s|s"
    r"|i want|want|do|over|weird"
    rf"|{'|'.join(PARTS.values())})\b"
)


def choosing(sentence: Sentence, film: Film) -> list[Step]:
    """An earlier take again, by number or as "the old one"."""
    numbered, older = sentence.find(TAKE), sentence.find(OLDER)
    if len(sentence.named) != 1 or not (numbered or older):
        return []
    kind = next((kind for kind in ("scene", "audio", "video") if sentence.has(PARTS[kind])), None)
    key = film.key(kind, sentence.named[0]) if kind else _with_takes(film, sentence.named[0])
    if numbered:
        return [step("select_take", component=key, take=int(numbered[1]))]
    assert older is not None
    takes = film.facts["takes"].get(key, {"takes": 1, "selected": 1})
    named = ORDINALS.get(older[1], 0)
    number = named if named > 0 else max((takes["selected"] or 1) - 1, 1)
    return [step("select_take", component=key, take=number)]


def _with_takes(film: Film, place: int) -> str:
    """The piece of this scene that has several takes; its picture when in doubt."""
    keys = [film.key(kind, place) for kind in ("scene", "video", "audio")]
    return next((key for key in keys if key in film.facts["takes"]), keys[0])


def making_anew(sentence: Sentence, film: Film) -> list[Step]:
    if not sentence.has(rf"{ANEW}|{PRICE}|{ONE_MORE}") or sentence.has("script|story") or sentence.find(music.ON):
        return []
    kind = next((kind for kind, words in PARTS.items() if sentence.has(words)), None)
    if kind is None and sentence.named and sentence.find(OF_SCENES):
        keys = [film.key(part, place) for place in sentence.named for part in OF_A_SCENE]
        return [step("regenerate", components=keys, instructions="")]
    if kind is None and sentence.named and sentence.has(WHOLLY):
        kind = "scene"
    is_whole_sound = (kind == "music" or (kind == "audio" and not sentence.named)) and not sentence.has(REPEATED)
    if kind is None or is_whole_sound:
        return []
    heard = music.where(sentence, film) if kind == "music" and not sentence.named else None
    places = sentence.named or heard or (film.spoken_places if kind == "audio" else film.places)
    keys = film.music_keys(places) if kind == "music" else [film.key(kind, place) for place in places]
    told = "" if sentence.has(PRICE) else instructions(sentence)
    if told and kind != "music" and not sentence.named and sentence.has(ONE_MORE):
        return []
    return [step("regenerate", components=keys, instructions=told)]


def instructions(sentence: Sentence) -> str:
    """Return the wish for a piece: what is left of a sentence when it has been said what is to be made."""
    left = sentence.without_scenes
    if sentence.has(ONE_MORE) and sentence.has(PARTS["music"]):
        left = re.sub(rf"\b(?:{'|'.join(music.WHERE.values())})(?=$|[\s,.!?])", " ", left)
    left = _INSTRUCTION.sub(" ", left)
    return re.sub(r"\s+", " ", re.sub(r"[,;:.!?]+|(?<!\w)[-–]+(?!\w)", " ", left)).strip()


def explaining(sentence: Sentence, film: Film) -> list[Step]:
    if not sentence.has(WHY) or not sentence.named:
        return []
    place = sentence.named[0]
    mine = {film.key(kind, place) for kind in ("scene", "audio", "video")}
    failed = [found["component"] for found in film.failed if found["component"] in mine]
    return [step("explain", component=_first(failed, film.key("video", place)))]


def _first(found: Iterable[str], otherwise: str) -> str:
    return next(iter(found), otherwise)
