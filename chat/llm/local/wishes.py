"""PURE: the film's settings, its music, its script as a whole, and how its characters look."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Step, step
from pipeline.options import MAX_MUSIC_DB, MIN_MUSIC_DB, STYLES, VOICES, duration_in

RATIOS = {
    "9:16": r"vertical|portrait|9:16|9 by 16|tiktok|reels?|shorts|upright|for (?:the )?phones?",
    "16:9": r"widescreen|landscape|horizontal|16:9|16 by 9|for youtube",
    "1:1": r"square|1:1",
    "4:3": r"4:3|4 by 3",
    "3:4": r"3:4|3 by 4",
}
LANGUAGES = {
    "en": "english", "de": "german|deutsch", "es": "spanish|español", "fr": "french|français", "it": "italian",
    "pt": "portuguese", "nl": "dutch", "zh": "chinese|mandarin",
}  # fmt: skip
MALE = r"male|man|man's|men's|masculine|a guy"
FEMALE = r"female|woman|woman's|feminine|a lady"
CAPTIONS = r"captions?|subtitles?|subs"
VOICE_OVER = r"voice-overs?|narration|narrator|voice|speaker|speaking|spoken words"
OFF = r"no|without|off|remove|don't want|do not want|get rid of|drop|mute|disable|delete|stop"
LOUDER, QUIETER = (
    r"louder|turn (?:the music )?up|more volume",
    r"quieter|softer|lower|too loud|(?:turn|bring) .{0,14}down|less loud",
)
LEVEL_DB = 6.0
STYLE = (
    r"(?:style (?:should be|to|of)|(?:change|set|switch) (?:the )?style to|in the style of) (.+)|(?:use"
    r"|in|with) (?:an? )?(.+?) style"
)
COMPARATIVES = {
    "calmer": "calm", "happier": "happy", "sadder": "sad", "darker": "dark", "softer": "soft", "slower": "slow",
    "faster": "fast", "gentler": "gentle", "lighter": "light", "brighter": "bright", "warmer": "warm",
    "livelier": "lively", "funnier": "funny", "quieter": "quiet", "more": "",
}  # fmt: skip
FILLER = frozenset({
    "a", "an", "and", "another", "background", "be", "can", "change", "could", "d'like", "different", "film",
    "film's", "for", "have", "i", "i'd", "in", "instead", "is", "it", "let", "lets", "like", "make", "music", "my",
    "need", "of", "other", "our", "play", "please", "prefer", "put", "s", "score", "set", "should", "some",
    "something", "song", "songs", "soundtrack", "that", "the", "there", "this", "to", "tune", "under", "use", "video",
    "video's", "want", "we", "whole", "with", "would", "you",
})  # fmt: skip
REWRITE = (
    r"rewrite|re-write|(?:a |the |completely |whole |entire )?new (?:script|story)|(?:whole|entire)"
    r" (?:script|story)|write (?:the script|it|everything) (?:again|anew)|focus|(?:script|story)"
    r" (?:should|to)|start over|more about"
)


ANOTHER_TONE = (
    r"(?:make|want|like|should be|be)(?: (?:it|this|the (?:film|video|whole thing)))?(?: to be)? (?:a (?:bit|little) )?"
    r"(?:more (?!music|credits|voice)\w+|funnier|sadder|happier|simpler|livelier|calmer|scarier|warmer|friendlier)$"
)


def settings(sentence: Sentence, film: Film) -> list[Step]:
    if sentence.named:
        return []
    changes: dict[str, Any] = {}
    for name, read in READERS.items():
        value = read(sentence, film)
        if value is not None:
            changes[name] = value
    if not changes:
        return []
    again = {"duration", "language"} & set(changes)
    return [
        step("change_settings", **changes),
        *([step("write_script", instructions="")] if again and film.script else []),
    ]


def music(sentence: Sentence, film: Film) -> list[Step]:
    if not sentence.has(r"music|soundtrack|song|score"):
        return []
    words = [COMPARATIVES.get(word, word) for word in re.findall(r"[\w'-]+", sentence.without_scenes)]
    wanted = " ".join(word for word in words if word and word not in FILLER and not word.isdigit())
    if not wanted:
        return []
    return [step("change_music", scenes=sentence.scenes or film.places, prompt=f"{wanted} music")]


def rewriting(sentence: Sentence, film: Film) -> list[Step]:
    if sentence.named or not (sentence.has(REWRITE) or sentence.find(ANOTHER_TONE)):
        return []
    return [step("write_script", instructions=sentence.said)]


def characters(sentence: Sentence, film: Film) -> Iterator[Step]:
    if sentence.named:
        return
    for profile in film.characters:
        name = re.escape(profile["name"].lower())
        found = sentence.find(
            rf"(?:give|dress|put|make) (?:the )?{name} (?:(?:in|into|have|wear|with) )?(?:an? )?(.+)"
        ) or sentence.find(rf"{name} (?:should|must|needs to) (?:wear|have|be in|be|get) (?:an? )?(.+)")
        if found:
            look = found[1].strip(" .!?")
            yield step("describe_character", name=profile["name"], image_prompt=f"{profile['image_prompt']}, {look}")


def _duration(sentence: Sentence, film: Film) -> int | None:
    found = duration_in(sentence.plain)
    return found if found != film.settings["duration"] or not film.script else None


def _ratio(sentence: Sentence, film: Film) -> str | None:
    return next((ratio for ratio, words in RATIOS.items() if sentence.has(words)), None)


def said_ratio(sentence: Sentence) -> str | None:
    """In a sentence about what a film should show, where "a portrait" may be its subject."""
    plain = (
        r"vertical(?:ly)?|tiktok|reels?|shorts|widescreen|\d+:\d+|(?:portrait|square|landscape) (?:format|video|film)"
    )
    return next((ratio for ratio, words in RATIOS.items() if sentence.has(plain) and sentence.has(words)), None)


def _style(sentence: Sentence, film: Film) -> str | None:
    plain = sentence.plain.replace("watercolour", "watercolor")
    for known in STYLES:
        if re.search(rf"\b{known}\b", plain) and not sentence.has("music|script|story|voice"):
            return known
    found = re.search(rf"\b(?:{STYLE})", plain)
    named = (found[1] or found[2]) if found else ""
    return named.strip(" .!?") or None


def _captions(sentence: Sentence, film: Film) -> str | None:
    if not sentence.has(CAPTIONS):
        return None
    if _is_off(sentence, CAPTIONS):
        return "off"
    if sentence.has(r"box(?:ed|es)?"):
        return "boxed"
    return (
        "clean"
        if sentence.has(r"clean|burn(?:ed|t)?|into the picture")
        else "soft"
        if sentence.has("on|with|soft|add")
        else None
    )


def _music(sentence: Sentence, film: Film) -> bool | None:
    if sentence.find(r"(?:no|without|off|mute|remove|disable)(?: the| any)? (?:background )?music\b") or (
        sentence.find(r"(?:turn|switch) (?:the )?(?:background )?music off|don't want (?:any )?music")
    ):
        return False
    return (
        True
        if sentence.find(r"(?:turn|switch) (?:the )?music (?:back )?on|(?:with|want) music (?:again|back)")
        else None
    )


def _level(sentence: Sentence, film: Film) -> float | None:
    if not sentence.has("music|soundtrack"):
        return None
    now = float(film.settings["music_level_db"])
    if sentence.has(QUIETER) and (sentence.has("volume|loud|down|quieter|lower")):
        return max(now - LEVEL_DB, MIN_MUSIC_DB)
    return min(now + LEVEL_DB, MAX_MUSIC_DB) if sentence.has(LOUDER) else None


def _voice(sentence: Sentence, film: Film) -> str | None:
    about = sentence.has(rf"{VOICE_OVER}|narrate|narrates|speak|speaks|read|reads|tell|tells")
    named = next((name for name in VOICES if sentence.has(name.lower() + r"(?:'s)?")), None)
    if not about:
        return None
    if named:
        return named
    if sentence.has(MALE):
        return "George"
    return "Rachel" if sentence.has(FEMALE) else None


def _voice_over(sentence: Sentence, film: Film) -> bool | None:
    if not sentence.has(VOICE_OVER) or _voice(sentence, film):
        return None
    if _is_off(sentence, VOICE_OVER):
        return False
    return (
        True
        if sentence.find(rf"(?:turn|switch) .*(?:{VOICE_OVER}).* on\b|(?:with|add) (?:a )?(?:{VOICE_OVER})\b")
        else None
    )


def _is_off(sentence: Sentence, what: str) -> bool:
    """Said before it, with a few words between, or right behind it ("captions off")."""
    return bool(sentence.find(rf"(?:{OFF})(?: \w+){{0,2}}? (?:{what})\b") or sentence.find(rf"(?:{what}) off\b"))


def _language(sentence: Sentence, film: Film) -> str | None:
    said = sentence.has(rf"in|to|language|speak|{VOICE_OVER}|translate")
    return next((code for code, words in LANGUAGES.items() if said and sentence.has(words)), None)


def _resolution(sentence: Sentence, film: Film) -> str | None:
    found = sentence.find(r"(720|1080) ?p\b|full hd\b")
    return (f"{found[1]}p" if found[1] else "1080p") if found else None


READERS: dict[str, Callable[[Sentence, Film], Any]] = {
    "duration": _duration,
    "aspect_ratio": _ratio,
    "style": _style,
    "captions": _captions,
    "music": _music,
    "music_level_db": _level,
    "voice": _voice,
    "voice_over": _voice_over,
    "language": _language,
    "resolution": _resolution,
}
