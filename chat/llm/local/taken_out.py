"""PURE: something that was put into a picture and is to be taken out of it again: "no wait, take the roses out"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from chat.llm.local import weather_words
from chat.llm.local.film import Film
from chat.llm.local.reading import read
from chat.llm.local.steps import Understood, step

_BEFORE = r"\W*(?:(?:no|wait|sorry|actually|oh|hm+|and|please|pls|nein|nee|ach|halt|warte|doch|und|bitte)[\s,.!]+)*"
_AFTER = r"(?:[\s,]+(?:again|please|pls|after all|wieder|bitte|doch))*\W*"
_THE = r"(?:(?:the|those|these|that|my|die|den|das|der)\s+)?"
_END = r"(?:again|please|pls|after|wieder|bitte|doch|out|away|off)\b"
_WHAT = rf"(?P<{{name}}>[^\W\d_][\w'’-]*(?: (?!{_END})[\w'’-]+)?)"
TAKEN_OUT = re.compile(
    rf"{_BEFORE}(?:(?:take|leave|get|cut) {_THE}{_WHAT.format(name='out')} (?:out|away|off)(?: of it| of there)?|"
    rf"(?:remove|drop|lose|delete|skip) {_THE}{_WHAT.format(name='gone')}|"
    rf"(?:nimm|lass|mach) {_THE}{_WHAT.format(name='weg')} (?:wieder |bitte |doch )*(?:raus|weg|heraus)|"
    rf"{_THE}{_WHAT.format(name='raus')} (?:wieder |bitte |doch )*(?:raus|weg)){_AFTER}",
    re.IGNORECASE,
)
MOST_WORDS = 6
"""Of a part of a picture's description that is about one thing."""


def noted(said: str, film: Film) -> Understood:
    """Take it out of each picture that it is a part of its own in; nothing where it is in none."""
    found = TAKEN_OUT.fullmatch(said)
    if found is None:
        return _from_scenes(said, film)
    what = next(filter(None, found.groups())).lower()
    if any(one["name"].lower() in what for one in film.characters):
        return Understood()
    told = {scene["index"]: _without(scene, what) for scene in film.scenes}
    steps = [step("edit_scene", scene=place, image_prompt=prompt) for place, prompt in told.items() if prompt]
    return Understood(tuple(steps))


def _without(scene: Mapping[str, Any], what: str) -> str:
    """Return the picture without the parts about it; empty where nothing goes, or it is what the picture is of."""
    first, *parts = str(scene["image_prompt"]).split(", ")
    kept = [part for part in parts if not _is_about(part, what)]
    return ", ".join([first, *kept]) if len(kept) < len(parts) else ""


def _is_about(part: str, what: str) -> bool:
    stem = re.escape(what.rstrip("s"))
    return len(part.split()) <= MOST_WORDS and re.search(rf"\b{stem}(?:s|es|n|en)?\b", part, re.IGNORECASE) is not None


_FROM_SCENES = re.compile(
    r"(?:(?:please|and|can you|could you|just|no|wait|actually),? )*"
    r"(?:remove|delete|drop|lose|cut|erase|get rid of|take out|take|leave out) "
    r"(?:the |that |those |this |any |all the )?(?P<what>[a-z][\w'’-]*(?: [\w'’-]+){0,2}?)"
    r"(?: out of| from| off| in) (?:the )?scenes? \d+(?:(?:, | and |, and | to )\d+)*"
    r"(?:,? (?:please|pls|again|too))*\W*"
)
_AUS_SZENEN = re.compile(
    r"(?:(?:bitte|und|kannst du|nein|doch|mal),? )*(?:nimm|nehmt?|entfern\w*|lösch\w*|streich\w*|lass\w*|mach\w*|tu) "
    r"(?:bitte |mal |noch |doch )*(?:den |die |das |dieses? |diesen |alle )?(?P<what>[\wäöüß-]{3,})"
    r" (?:aus|von|in|bei) (?:der )?(?:szenen? \d+(?:(?:, | und )\d+)*|[\wäöüß-]+ szene)"
    r"(?: bitte| wieder)*(?: raus| weg| heraus| verschwinden)?(?: bitte)?\W*"
)
_ELSE = re.compile(
    r"\b(?:music|song|melody|tune|voice\w*|narrat\w*|captions?|subtitles?|words?|text|lines?|sentences?|scenes?|"
    r"titles?|names?|transitions?|fades?|pauses?|seconds?|sounds?|everything|all|clips?|pictures?|images?|numbers?|dialog\w*|conversation|musik|stimme|untertitel|text|wort|wörter|titel|sprecher\w*|szenen?|alles|satz|sätze|sekunden?|pausen?|"
    r"übergang|ton)\b"
)
"""Things of a scene that are not in its picture."""


def _from_scenes(said: str, film: Film) -> Understood:
    """Take a thing out of the pictures of scenes that are named: they stay, "the storm" too that one is called by."""
    sentence = read(said, len(film.places), film.language)
    found = _FROM_SCENES.fullmatch(sentence.plain)
    if film.language == "de":
        found = _AUS_SZENEN.fullmatch(said.lower()) or found
    if not found or not film.script or sentence.strangers or not sentence.named or _ELSE.search(found["what"]):
        return Understood()
    what = found["what"]
    if any(one["name"].lower() in what for one in film.characters):
        return Understood()
    pictures = {place: str(film.scene(place)["image_prompt"]) for place in sentence.named}
    told = {place: _cut_out(seen, what, is_german=film.language == "de") for place, seen in pictures.items()}
    return Understood(tuple(step("edit_scene", scene=place, image_prompt=seen) for place, seen in told.items()))


def _cut_out(prompt: str, what: str, *, is_german: bool) -> str:
    """Return a picture's text without a thing; with "without" it, where its words cannot go."""
    bare = weather_words.without(prompt, re.escape(what))
    if bare == prompt:
        phrase = (
            r",? ?(?:\b(?:with|and|in|on|near|by|behind|beside|under|over|holding|carrying) )"
            r"(?:an? |the |her |his |some )?"
            rf"(?:[\w'-]+ )?{re.escape(what.rstrip('s'))}s?(?=,|$)"
        )
        bare = re.sub(phrase, "", prompt, count=1, flags=re.IGNORECASE)
    return bare if bare != prompt else f"{prompt.rstrip(' .')}, {'ohne' if is_german else 'without'} {what}"
