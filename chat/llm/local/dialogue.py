"""PURE: the words of people in scenes beside the narrator: lines that come or go, and the voices of characters."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from typing import Any

from chat.llm.local import dictation, voices
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, step

Lines = list[dict[str, Any]]
_GERMAN = r"(?:sagt|fragt|antwortet|flüstert|ruft|schreit)"
_VERB = rf"(?:says?|asks?|answers?|repl(?:y|ies)|whispers?|shouts?|screams?|yells?|mutters?|calls out|saying|{_GERMAN})"
SAYS = re.compile(
    r"(?P<who>(?:the )?[^\W\d_][\w'’-]*(?: (?!(?:should|must|has|to|then|also)\b)[^\W\d_][\w'’-]*)?)[ ,]+"
    r"(?:(?:should|must|has to|to|then|also) )*"
    rf"{_VERB}\b[^“\n]{{0,24}}“(?P<text>[^”]+)”",
    re.IGNORECASE,
)
SAYS_IN_GERMAN = (
    re.compile(rf"\b{_GERMAN} (?P<who>[^\W\d_][\w'’-]*)[^“\n]{{0,24}}“(?P<text>[^”]+)”", re.IGNORECASE),
    re.compile(
        r"\b(?:lass(?:e|t)?|soll) (?P<who>[^\W\d_][\w'’-]*)[^“\n]{0,24}“(?P<text>[^”]+)” ?"
        r"(?:sagen|fragen|rufen|flüstern|antworten)",
        re.IGNORECASE,
    ),
)
LINE_FOR = re.compile(
    r"\b(?:a |another |one )?(?:new )?lines?(?: of dialogue)? (?:for|by|of|from) (?P<who>[^\W\d_][\w'’-]*)"
    r"[^“\n]{0,40}“(?P<text>[^”]+)”",
    re.IGNORECASE,
)
NOBODY = re.compile(
    r"(?:narrator|voice|voice-?over|speaker|narration|szene|sprecher(?:in)?|erzähler(?:in)?|er|sie|es|it|he|she|they|"
    r"this|that|who|which|and|then|also|let|text|make|please|in|scene|title|sign|screen|captions?|film|video|movie|"
    r"story|everybody|everyone|one|should|must|shall|will|would|can|could|may|might|has|have|had|does|do|is|soll|muss|"
    r"begins?|starts?|ends?|shows?|just|only|now|words?|sentence)",
    re.IGNORECASE,
)
"""Words before "says" that name nobody."""
WRITTEN_ON = re.compile(
    r"(?:poster|banner|letter|book|label|newspaper|paper|t?-?shirt|clock|card|note|bill-?board|board|display|subtitles?|"
    r"headline|logo|writing|page|message|phone|tv|map|flag|button|box|bottle|cup|mug|door|wall|menu|ticket|website|app|"
    r"slogan|plate|stamp|inscription|graffiti|intro|outro|next|last|first|other|music|song|picture|image)s?",
    re.IGNORECASE,
)
"""Things that say something in writing, and what is no somebody at all."""
NAMES_BEFORE = re.compile(r"(?:^|\b(?:scene \d+|let|have|for)|[:,])\s*$", re.IGNORECASE)
"""Behind which a word that somebody says something is a name, however it is written."""
GONE = (
    r"(?:no|without|remove|delete|drop|cut|take out|leave out|get rid of|lose)(?: all| the| any| of| his| her| their)*"
    r" (?:[\w'’-]+ )?(?:dialogues?|dialogs?|lines?|conversation)\b(?! of narration)"
)


def wish(sentence: Sentence, film: Film) -> Found:
    """A line that somebody says, lines that go, or the voice of a character; None where it is none of them."""
    return _line(sentence, film) or _without(sentence, film) or _voice(sentence, film)


def _line(sentence: Sentence, film: Film) -> Found:
    if not dictation.is_sealed(sentence.plain) or len(sentence.named) != 1 or sentence.strangers:
        return None
    added: Lines = []
    ways = (pattern.finditer(sentence.said) for pattern in (SAYS, *SAYS_IN_GERMAN, LINE_FOR))
    for found in itertools.chain.from_iterable(ways):
        is_named = bool(NAMES_BEFORE.search(sentence.said[: found.start("who")]))
        if who := _who(found["who"], film, is_named=is_named):
            added.append({"speaker": who, "text": dictation.opened(found["text"]).strip()})
    if not added:
        return None
    place = sentence.named[0]
    return [step("edit_scene", scene=place, lines=[*_lines(film.scene(place)), *added])]


def _who(said: str, film: Film, *, is_named: bool) -> str:
    """Somebody of the film by the name it has there, or somebody new by a name with a capital, or one where only names
    stand; empty for nobody."""
    words = said.split()
    known = {name.casefold(): name for name in _known(film)}
    for name in (" ".join(words), words[-1]):
        if name.casefold() in known:
            return known[name.casefold()]
    last = words[-1]
    if is_named and words[0].lower() == "the" and len(words) > 1:
        return "" if NOBODY.fullmatch(last) or WRITTEN_ON.fullmatch(last) else " ".join(["The", *words[1:]])
    is_name = last[0].isupper() or (is_named and len(words) == 1)
    return f"{last[0].upper()}{last[1:]}" if is_name and not NOBODY.fullmatch(last) else ""


def _known(film: Film) -> list[str]:
    speakers = (line["speaker"] for scene in film.scenes for line in _lines(scene) if line["speaker"])
    return [*(one["name"] for one in film.characters), *speakers]


def _lines(scene: Mapping[str, Any]) -> Lines:
    return [dict(line) for line in scene.get("lines", ())]


def _without(sentence: Sentence, film: Film) -> Found:
    """All lines of the scenes that are named, or of the film; of somebody alone where somebody is named."""
    if sentence.strangers or not sentence.find(GONE) or sentence.has(r"pictures?|images?|stills?|drawn|drawing"):
        return None
    places = sentence.named or [place for place in film.places if _lines(film.scene(place))]
    who = [name for name in dict.fromkeys(_known(film)) if re.search(rf"\b{re.escape(name.lower())}\b", sentence.plain)]
    kept = {place: _kept(_lines(film.scene(place)), who) for place in places}
    found = [
        step("edit_scene", scene=place, lines=lines)
        for place, lines in kept.items()
        if lines != _lines(film.scene(place))
    ]
    return found or (film.say("did.no_lines") if sentence.has(r"dialogues?|dialogs?|conversation") else None)


def _kept(lines: Lines, who: list[str]) -> Lines:
    return [line for line in lines if who and line["speaker"] not in who]


def _voice(sentence: Sentence, film: Film) -> Found:
    """A voice by its name for one character of the film."""
    if not sentence.has(r"voice|speaks?|sounds?|spoken|lines"):
        return None
    cast = [one["name"] for one in film.characters if sentence.has(rf"{re.escape(one['name'].lower())}(?:'s)?")]
    named = [name for name in voices.NAMES.split("|") if sentence.has(name) and name.title() not in cast]
    if len(cast) != 1 or len(named) != 1:
        return None
    return [step("describe_character", name=cast[0], voice=named[0].title())]
