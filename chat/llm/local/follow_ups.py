"""PURE: wishes that lean on the sentence before: the same in another scene, or "it" for the scene spoken of."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from chat.llm.local import mentions
from chat.llm.local.corrections import Before, has_changed, was_asked
from chat.llm.local.film import Film
from chat.llm.local.reading import places_in, read
from chat.llm.local.steps import Understood
from chat.llm.local.talk import was_lost

Hear = Callable[[str], Understood]
"""The sentence that says all of it, made of one that leans on the one before."""
_POLITE = r"(?:and|now|then|please|ok(?:ay)?|but|so|also|can you|could you|just|und|bitte|y|et|e)[ ,]+"
_THE_SAME = (
    r"(?:(?:do|make|apply|use|try|put|have|want|i want|mach\w*)[ ,]+)?(?:it )?"
    r"(?:(?:exactly |just )?(?:the )?same(?: thing| change| effect| look| again)?|that|this|it|likewise|"
    r"(?:and )?genauso|ebenso)(?: please| again| too| as well| also)*"
)
_WHERE = r"(?:(?:the )?scenes? \d[\d, and]*?|(?:all )?the (?:others?|rest)(?: scenes| ones)?|all(?: of them| scenes)?)"
_AT = r"(?:for|in|to|with|on|at|goes for|für|bei)"
_TOO = r"(?: too| as well| also| please| likewise| then| auch)+"
SAME = re.compile(
    rf"^(?:{_POLITE})*(?:{_THE_SAME} {_AT} (?P<here>{_WHERE})(?:{_TOO})?|(?:{_AT} )?(?P<also>{_WHERE}){_TOO})\W*$"
)
_SCENE_SAID = re.compile(r"\b(scenes?|szenen?|escenas?|scènes?|scena|scene|cena) ?#?\d+", re.IGNORECASE)
_IT = re.compile(
    r"\b(?:it|that(?: one)?|this(?: one)?|the scene|there|its(?= (?:too|so|way|not|a bit)\b))\b(?!'s (?:all|it)\b)"
)
OF_SCENES = frozenset({"edit_scene", "regenerate", "change_music", "explain"})


def same(said: str, film: Film, before: Before, hear: Hear, likeness: mentions.Likeness | None) -> Understood:
    """Return the wish before for other scenes ("and the same for scene 4"); nothing where this is no such sentence."""
    places = _places(said, film, before, likeness)
    if not places or not has_changed(before):
        return Understood()
    found = hear(_for(places, before.user, film, likeness))
    return found if _is_only_of(found, places, film) else Understood()


def _places(said: str, film: Film, before: Before, likeness: mentions.Likeness | None) -> Sequence[int]:
    """The scenes that are named in it, all, or all but the one that was spoken of."""
    match = SAME.match(_plain(said, film, likeness))
    if match is None or not before.user:
        return ()
    where = match["here"] or match["also"]
    if named := places_in(where):
        return [place for place in named if place in film.places]
    gone = _spoken_of(before.user, film, likeness) if re.search(r"others?|rest", where) else ()
    return [place for place in film.places if place not in gone]


def _plain(said: str, film: Film, likeness: mentions.Likeness | None) -> str:
    plain = read(said, len(film.places), film.language).plain
    if likeness is None or places_in(plain):
        return plain
    told = mentions.numbered(said, mentions.of_scenes(said, film, likeness))
    return read(told, len(film.places), film.language).plain


def _spoken_of(said: str, film: Film, likeness: mentions.Likeness | None) -> Sequence[int]:
    return [place for place in places_in(_plain(said, film, likeness)) if place in film.places]


def _for(places: Sequence[int], wish: str, film: Film, likeness: mentions.Likeness | None) -> str:
    """Return the earlier wish with other scenes in the place of its own."""
    scenes = f"scenes {' and '.join(map(str, places))}" if len(places) > 1 else f"scene {places[0]}"
    numbered = mentions.numbered(wish, mentions.of_scenes(wish, film, likeness)) if likeness else wish
    for text in (wish, numbered):
        if _SCENE_SAID.search(text):
            return _SCENE_SAID.sub(scenes, text, count=1)
    plain = read(wish, len(film.places), film.language).plain
    return _SCENE_SAID.sub(scenes, plain, count=1) if _SCENE_SAID.search(plain) else f"{wish} in {scenes}"


def of_it(found: Understood, said: str, film: Film, before: Before, hear: Hear) -> Understood:
    """Return what is meant where "it" is the scene that the sentence before was about; else nothing."""
    asks_where = was_asked("ask.scene", found.words)
    if found.calls or not (was_lost(found.words) or asks_where) or not before.user:
        return Understood()
    sentence = read(said, len(film.places), film.language)
    spoken_of = [place for place in places_in(read(before.user, len(film.places), film.language).plain)]
    if sentence.scenes or len(spoken_of) != 1 or spoken_of[0] not in film.places or not _IT.search(sentence.plain):
        return Understood()
    plain = re.sub(r"\b(?:it's|its)(?= (?:too|so|way|not|a bit)\b)", "it is", sentence.plain)
    again = hear(_IT.sub(f"scene {spoken_of[0]}", plain, count=1))
    return again if _is_only_of(again, spoken_of, film) else Understood()


def _is_only_of(found: Understood, places: Sequence[int], film: Film) -> bool:
    """It changes nothing but these scenes."""
    edited = {call.arguments["scene"] for call in found.calls if call.tool == "edit_scene"}
    return bool(found.calls) and all(call.tool in OF_SCENES for call in found.calls) and edited <= set(places)
