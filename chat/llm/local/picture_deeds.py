"""PURE: the deeds for wishes in Chinese and Hindi whose words are kept: pictures, words to be said, titles, looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from chat.llm.local import clause_forms
from chat.llm.local.film import Film
from chat.llm.local.steps import Understood, step

Parts = Mapping[str, str]
Deed = Callable[[Film, Sequence[int], Parts], Understood]
_MARKS = " \"'“”「」《》,.!?;:"


def _seen(change: Callable[[str, Parts, Film], str]) -> Deed:
    """Return the deed that changes the pictures of the scenes that are named, and asks for them where none is."""

    def deed(film: Film, places: Sequence[int], parts: Parts) -> Understood:
        if not places:
            return Understood(words=film.say("ask.scene"))
        pictures = {place: change(str(film.scene(place)["image_prompt"]), parts, film) for place in places}
        return Understood(tuple(step("edit_scene", scene=place, image_prompt=text) for place, text in pictures.items()))

    return deed


def _and(picture: str, what: str) -> str:
    return f"{picture.rstrip(' .,')}, {what}"


def _said(film: Film, name: str, parts: Parts) -> str:
    return clause_forms.forms(film.tongue).said[name].format(**parts)


def _added(picture: str, parts: Parts, film: Film) -> str:
    return _and(picture, parts["what"])


def _gone(picture: str, parts: Parts, film: Film) -> str:
    """Take out the part of the picture that is about it; say that it is not there where it has no such part."""
    first, *others = picture.split(", ")
    kept = [one for one in others if parts["what"] not in one]
    return ", ".join([first, *kept]) if len(kept) < len(others) else _and(picture, _said(film, "without", parts))


def _instead(picture: str, parts: Parts, film: Film) -> str:
    if parts["old"] in picture:
        return picture.replace(parts["old"], parts["new"])
    return _and(picture, _said(film, "instead", parts))


def _made_so(picture: str, parts: Parts, film: Film) -> str:
    return _and(picture, _said(film, "so", parts))


def _there(picture: str, parts: Parts, film: Film) -> str:
    return _and(picture, _said(film, "there", parts))


def _words(film: Film, places: Sequence[int], parts: Parts) -> Understood:
    if len(places) != 1:
        return Understood(words=film.say("ask.scene"))
    return Understood((step("edit_scene", scene=places[0], script=parts["text"].strip(_MARKS)),))


def _praised(film: Film, places: Sequence[int], parts: Parts) -> Understood:
    """Praise alone is no yes to a price."""
    return Understood(words=film.say("talk.glad"))


def _title(film: Film, places: Sequence[int], parts: Parts) -> Understood:
    return Understood((step("rename_film", title=parts["text"].strip(_MARKS)),))


def _looks(change: Callable[[str, Parts, Film], str]) -> Deed:
    """Return the deed that changes how somebody of the film looks."""

    def deed(film: Film, places: Sequence[int], parts: Parts) -> Understood:
        someone = somebody(parts["who"], film) or {}
        look = change(str(someone["image_prompt"]), parts, film)
        return Understood((step("describe_character", name=someone["name"], image_prompt=look),))

    return deed


def _renamed(film: Film, places: Sequence[int], parts: Parts) -> Understood:
    someone = somebody(parts["who"], film) or {}
    return Understood((step("describe_character", name=someone["name"], new_name=parts["text"].strip(_MARKS)),))


def somebody(name: str, film: Film) -> Mapping[str, object] | None:
    """Return the character of this name, which may be written in the letters of Hindi: "टॉम"."""
    said = name.strip(_MARKS).casefold()
    by_name = (one for one in film.characters if str(one["name"]).casefold() == said)
    return next(by_name, None) or next((one for one in film.characters if _sounds_like(said, str(one["name"]))), None)


CONSONANTS = dict(zip("कखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह", "kkggccjjttddnttddnpfbbmyrlvsssh", strict=True))


def _sounds_like(said: str, name: str) -> bool:
    """Compare the consonants of a name in the letters of Hindi with those of one in Latin letters."""
    heard = "".join(CONSONANTS.get(letter, "") for letter in said)
    plain = re.sub(r"[^a-z]|[aeiou]", "", name.casefold().replace("sh", "s").replace("ph", "f").replace("w", "v"))
    return bool(heard) and heard == re.sub(r"(.)\1", r"\1", plain)


DEEDS: Mapping[str, Deed] = {
    "added": _seen(_added),
    "gone": _seen(_gone),
    "instead": _seen(_instead),
    "made_so": _seen(_made_so),
    "words": _words,
    "praise": _praised,
    "title": _title,
    "there": _seen(_there),
    "look": _looks(_added),
    "look_so": _looks(_made_so),
    "look_without": _looks(_gone),
    "renamed": _renamed,
}
