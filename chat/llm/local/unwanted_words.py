"""PURE: words that the narration is not to say, and an earlier text that somebody wants back."""

from __future__ import annotations

import re

from chat.llm.local.film import Film
from chat.llm.local.leftover_words import quoted
from chat.llm.local.steps import Understood, step

_DENIED = re.compile(
    r"^(?:(?:please|pls|hey|no|but|and|bitte|nein)[,! ]+)*(?:(?:don'?t|do not|never|stop) (?:say(?:ing)?|speak(?:ing)?|"
    r"mention(?:ing)?|read(?:ing)?(?: out)?)|(?:sag\w*|sprich) (?:bitte )?nicht|nicht sagen)[:,]? "
    r"(?:the (?:words?|sentence|line) |das wort |den satz |that )?(?P<what>[^!?;]+?)"
    r"(?P<rest>(?:[!?;]+|\.\s|,? (?:it's|its|it is|that's|thats|das ist) ).*)?[.!]*$",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?…。！？])\s*")
MOST_OF_IT = 0.6
"""Of a sentence's words, so that it is meant as a whole."""
_OLD_TEXT = re.compile(
    r"\b(?:old|original|former|previous|earlier|first|alten?|ursprüngliche[nr]?|vorherige[nr]?|frühere[nr]?) (?:\w+ )?"
    r"(?:text|words|script|narration|wording|lines?|sentences?|version|wörter|worte|satz|sätze|skript)\b.*\b"
    r"(?:back|again|zurück|wieder(?:haben)?)\b|"
    r"\b(?:text|words|script|narration|wording|skript)\b.*"
    r"\b(?:as|like|how|wie) (?:it|they|er|es|sie) (?:was|were|war|waren)\b|"
    r"\b(?:back|zurück) to (?:the |my )?(?:old|original|first|previous) (?:text|words|script|narration|version)\b",
    re.IGNORECASE,
)


def noted(said: str, film: Film) -> Understood:
    """The sentence of the narration that goes, or where earlier words are found; nothing for anything else."""
    if not film.script:
        return Understood()
    if _OLD_TEXT.search(said) and not quoted(said) and "undo" not in said.lower():
        return Understood(words=film.say("cannot.versions"))
    if at_an_end := _AT_AN_END.match(said.strip()):
        return _without_end(at_an_end["end"].lower(), film)
    found = _DENIED.match(said.strip())
    return _without(_bare((quoted(found["what"]) or [found["what"]])[0]), film) if found else Understood()


_AT_AN_END = re.compile(
    r"^(?:(?:please|pls|can you|could you|bitte|and)[, ]+)*(?:remove|delete|take out|drop|cut|lose|get rid of|lösch\w*|"
    r"entfern\w*|streich\w*|nimm) (?:bitte )?(?:the |den |die )?(?P<end>first|last|final|ersten?|letzten?) "
    r"(?:sentence|line|satz)(?: (?:weg|raus))?(?: (?:please|bitte))?\W*$",
    re.IGNORECASE,
)


def _without_end(end: str, film: Film) -> Understood:
    """The first or the last sentence of all that is spoken goes."""
    spoken = [place for place in film.places if film.scene(place)["script"]]
    if not spoken:
        return Understood()
    is_first = end.startswith(("first", "erste"))
    place = spoken[0] if is_first else spoken[-1]
    told = [one for one in _SENTENCES.split(str(film.scene(place)["script"])) if one.strip()]
    left = told[1:] if is_first else told[:-1]
    return Understood((step("edit_scene", scene=place, script=" ".join(left)),))


def _without(what: str, film: Film) -> Understood:
    """The words are taken out where they are a sentence of one scene; where they are a part of one, it is asked."""
    spoken = {place: str(film.scene(place)["script"]) for place in film.places}
    places = [place for place, text in spoken.items() if what and f" {what} " in f" {_bare(text)} "]
    if len(places) != 1:
        return Understood()
    kept = [one for one in _SENTENCES.split(spoken[places[0]]) if not _is_mostly(what, one)]
    text = " ".join(one for one in kept if one.strip())
    if text == spoken[places[0]]:
        return Understood(words=film.say("ask.words", n=places[0]))
    return Understood((step("edit_scene", scene=places[0], script=text),))


def _is_mostly(what: str, sentence: str) -> bool:
    words = _bare(sentence).split()
    return f" {what} " in f" {' '.join(words)} " and len(what.split()) >= MOST_OF_IT * len(words)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"[\w'’-]+", text.casefold()))
