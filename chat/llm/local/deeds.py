"""PURE: the deeds for a meaning that was found by its likeness to examples.

What only changes the script or a setting is done, because it costs nothing and can be taken back. What removes,
rewrites, stops or starts something is asked about first: "Do you mean: remove scene 3?".
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from chat.llm.local import (
    capabilities,
    cast,
    casting,
    deeds_of_order,
    deeds_of_telling,
    leftover_words,
    mentions,
    qualities,
    talk,
)
from chat.llm.local import deeds_of_scenes as of_scenes
from chat.llm.local.deeds_of_scenes import ALIKE, AT_THE_END, AT_THE_FRONT, LONG_S, NOTHING, SHORT_S, Deed, Wish, which
from chat.llm.local.film import Film
from chat.llm.local.named_things import lexicon
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Understood, step
from chat.llm.local.wording import sentences


def of(meaning: str, wish: Wish) -> Understood:
    """Return what is done, asked or answered; nothing where it cannot be told."""
    if deed := DEEDS.get(meaning):
        return deed(wish)
    if answered := capabilities.answer(meaning, wish.film):
        return answered
    if key := TOLD.get(meaning):
        return Understood(words=wish.film.say(key))
    plain = PLAINLY.get(meaning)
    found = wish.read(plain) if plain else NOTHING
    return NOTHING if any(call.tool in NEVER_GUESSED for call in found.calls) else found


def asked(meaning: str, wish: Wish) -> str:
    """Return the sentence that would do what is meant, in the user's language; empty where there is none."""
    key = f"meant.{meaning}"
    if key not in sentences("en"):
        return ""
    if "{n}" not in sentences("en")[key]:
        return wish.film.say(key)
    return wish.film.say(key, n=wish.places[0]) if len(wish.places) == 1 else ""


def question(meaning: str, wish: Wish) -> Understood:
    """Ask whether this is meant; a yes does it. Nothing can be stopped where nothing is made."""
    if meaning == "stop" and not (wish.film.is_being_made or wish.film.is_being_written):
        return Understood(words=wish.film.say("talk.nothing_made"))
    what = asked(meaning, wish)
    if not what:
        return which(wish) if meaning in OF_ONE_SCENE else NOTHING
    return Understood(words=wish.film.say("ask.meant", what=what), suggestions=(what, wish.film.say("meant.no")))


def either(one: str, other: str, wish: Wish) -> Understood:
    """Ask which of two is meant, with both as buttons."""
    both = [what for meaning in (one, other) if (what := asked(meaning, wish))]
    if len(both) < 2:
        return question(one, wish) if both else NOTHING
    return Understood(words=wish.film.say("ask.either", one=both[0], other=both[1]), suggestions=tuple(both))


def _music(wish: Wish) -> Understood:
    if not wish.places and _is_unwanted_music(wish):
        return wish.read("no music")
    if of_scenes.likest(wish, MUSICAL) < ALIKE:
        return NOTHING
    text = _sound(leftover_words.described(mentions.without(wish.said, wish.found)))
    if not text:
        return Understood(words=wish.film.say("ask.music_all"))
    return Understood((step("change_music", scenes=_heard_in(wish), prompt=text),))


def _is_unwanted_music(wish: Wish) -> bool:
    """ "Mejor sin música, eh": music is denied, and no kind of it is named."""
    language = wish.sentence.language
    if not lexicon.find("music", wish.said, language):
        return False
    off, music, the = (lexicon.of(kind, language) for kind in ("off", "music", "the"))
    return bool(re.search(rf"(?<!\w){off} (?:{the} )?{music}(?!\w)", wish.said, re.IGNORECASE))


def _sound(text: str) -> str:
    """Say how it should sound, without that it is music and where it is heard."""
    bare = re.sub(rf"{_THE_MUSIC}|{_AT_AN_EDGE}", " ", text, flags=re.IGNORECASE)
    return " ".join(bare.split()).strip(" ,.:") or text


_THE_MUSIC = r"^(?:(?:the|la|el|il|a|die|le) )?(?:music|musique|música|musica|musik)\b(?= .*\w)"
_AT_AN_EDGE = (
    r"\b(?:at the (?:very )?(?:end|beginning)|am (?:ende|anfang|schluss)|à la fin|au début|al final|al principio|"
    r"alla fine|all'inizio|no (?:final|fim|começo))\W*$"
)


def _heard_in(wish: Wish) -> list[int]:
    groups, said = wish.film.groups, wish.said.lower()
    if wish.sentence.scenes:
        return [place for place in wish.sentence.scenes if place in wish.film.places]
    if re.search(AT_THE_END, said) and not re.search(r"\b(?:whole|all|ganze|todo|tout|tutto)\b", said):
        return list(groups[-1]["scene_indexes"])
    if re.search(AT_THE_FRONT, said):
        return list(groups[0]["scene_indexes"])
    return list(wish.film.places)


def _about(wish: Wish) -> Understood:
    """Tell what the film is, in a sentence or two; where somebody is asked about, the scenes they are in."""
    film = wish.film
    names = [one["name"] for one in film.characters if re.search(rf"\b{re.escape(one['name'])}\b", wish.said, re.I)]
    if names:
        told = [_where_is(name, film) for name in names]
        return Understood(words=" ".join(told))
    if len(wish.places) == 1:
        return Understood(words=talk.described(Sentence("", f"scene {wish.places[0]}", len(film.places)), film))
    return Understood(words=talk.told_of_film(film))


def _where_is(name: str, film: Film) -> str:
    places = [scene["index"] for scene in film.scenes if name in scene["characters"]]
    if not places:
        return film.say("talk.state_nowhere", name=name)
    return film.say("talk.state_where", name=name, where=film.where(places))


def _there(wish: Wish) -> Understood:
    return Understood((step("film_status"),), wish.film.say("talk.here"))


def _off_topic(wish: Wish) -> Understood:
    """Refuse what has nothing to do with films; not what names somebody or something of this one."""
    names = "|".join(re.escape(one["name"]) for one in wish.film.characters)
    is_of_scene = any(one.rank == mentions.TITLE for one in wish.found)
    is_of_cast = names and re.search(rf"\b(?:{names})\b", wish.said, re.IGNORECASE)
    return NOTHING if is_of_scene or is_of_cast else Understood(words=wish.film.say("cannot.world"))


def _asked_about(meaning: str) -> Deed:
    return lambda wish: question(meaning, wish)


DEEDS: Mapping[str, Deed] = {
    "picture": of_scenes.in_scenes("image_prompt"),
    "motion": of_scenes.in_scenes("video_prompt"),
    "picture or motion": of_scenes.seen_and_moving,
    "words_given": of_scenes.words_given,
    "words_other": of_scenes.words_other,
    "words_off": of_scenes.words_off,
    "scene_add": of_scenes.addition,
    "scene_move": deeds_of_order.moved,
    "scene_keep": deeds_of_order.kept,
    "words_swap": of_scenes.words_swapped,
    "unhappy_part": deeds_of_telling.disliked,
    "words_tell": deeds_of_telling.story,
    "ask_scene": deeds_of_telling.told_of,
    "ask_music": deeds_of_telling.heard,
    "music_off_part": of_scenes.silenced,
    "character_add": casting.addition,
    "character_remove": casting.removal,
    "character_out": casting.leaving,
    **{f"tier_{tier}": qualities.in_tier(tier) for tier in ("draft", "standard", "best")},
    "scene_longer": of_scenes.lasting(LONG_S),
    "scene_shorter": of_scenes.lasting(SHORT_S),
    "transition_soft": of_scenes.begun_with("dissolve"),
    "transition_hard": of_scenes.begun_with("none"),
    "redo_picture": of_scenes.anew("scene"),
    "redo_clip": of_scenes.anew("video"),
    "redo_voice": of_scenes.anew("audio"),
    "why": lambda wish: deeds_of_telling.why(wish) or _about(wish),
    "character_look": lambda wish: cast.look(wish.said, wish.film, wish.likeness),
    "character_name": lambda wish: cast.name(wish.said, wish.film),
    "music": _music,
    "style": lambda wish: _valued(wish, "style"),
    "about": _about,
    "off_topic": _off_topic,
    "there": _there,
    "scene_remove": lambda wish: deeds_of_order.removed(wish) or question("scene_remove", wish),
    **{name: _asked_about(name) for name in ("stop", "undo", "rewrite", "film_longer", "film_shorter")},
}
OF_ONE_SCENE = ("scene_remove",)
PLAINLY: Mapping[str, str] = {
    "music_off": "no music",
    "music_on": "turn the music on",
    "music_quieter": "music quieter",
    "music_louder": "music louder",
    "shape_tall": "make it vertical",
    "shape_wide": "make it widescreen",
    "shape_square": "make it square",
    "captions_on": "turn the captions on",
    "captions_off": "turn the captions off",
    "captions_burned": "burn the captions in",
    "voice_man": "a male voice",
    "voice_woman": "a female voice",
    "voice_old": "an older voice",
    "voice_young": "a younger voice",
    "voice_deep": "a deeper voice",
    "voice_other": "another voice",
    "voice_off": "no voice-over",
    "voice_on": "turn the voice-over on",
    "sharper": "in full hd",
    "language": "another language",
    "title": "change the title",
    "start": "how much will it cost",
    "price": "how much will it cost",
    "price_part": "how much will it cost",
    "cheaper": "can it be cheaper",
    "spent": "what has it cost so far",
    "balance": "how many credits do i have",
    "status": "how far is it",
    "undo_all": "undo everything",
    "download": "how do i download it",
    "publish": "upload it to youtube",
    "refund": "i want a refund",
}
"""What is the same as a sentence that the rules know."""
TOLD: Mapping[str, str] = {
    "greeting": "talk.hello",
    "new_film": "ask.another_film",
    "praise": "talk.glad",
    "thanks": "talk.welcome",
    "unhappy": "ask.unhappy",
    "help": "talk.can",
    "who": "talk.who",
}
"""What is only answered."""
ANSWERS = frozenset({"about", "there", "why", "price", "price_part", "cheaper", "spent", "balance", "status",
                     "download", "publish", "refund", "own_file",
                     "ask_scene", "ask_music", "words_tell", "unhappy_part", "off_topic", *TOLD,
                     *capabilities.MEANINGS})  # fmt: skip
"""Meanings that a question may have; it changes nothing."""
ONLY_TOLD = ("status", "price", "spent", "balance", "why", "ask_scene", "ask_music")
"""Meanings that are answered at once rather than asked back: an answer too many harms nobody."""
NEVER_GUESSED = frozenset({"start_film", "write_script", "cancel_run", "undo", "arrange_scenes", "cut_film"})
STYLES_SAID = (
    "cinematic",
    "watercolor",
    "anime",
    "documentary",
    "noir",
    "clay",
    "cartoon",
    "comic",
    "pixel art",
    "realistic",
)
MUSICAL = (
    "music",
    "song",
    "waltz",
    "techno",
    "piano",
    "guitar",
    "violin",
    "drums",
    "orchestra",
    "choir",
    "melody",
    "jazz",
    "tune",
    "soundtrack",
)


def _valued(wish: Wish, name: str) -> Understood:
    words = mentions.TOKEN.findall(wish.said.lower())
    alike = wish.likeness(words, STYLES_SAID)
    best = max(
        ((value, style) for row in alike for value, style in zip(row, STYLES_SAID, strict=True)), default=(0.0, "")
    )
    return wish.read(f"in {best[1]} style") if best[0] >= ALIKE else wish.read(f"another {name}")
