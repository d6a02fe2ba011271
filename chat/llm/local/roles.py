"""PURE: somebody of the film who is to be seen in one more scene, by name or by what they are ("the fisherman")."""

from __future__ import annotations

import re

from chat.llm.local.cast import by_role
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, Step, step

_BE_IN = re.compile(
    r"^\W*(?:(?:and|also|please|can|could) )*(?:the )?(?P<who>[\w-]+) (?:should|must|has to|needs to|could|can)?"
    r"(?: ?(?:also|be|appear|come|too))+ (?:in|into) scenes? \d[\d, and]*(?: too| as well| also| please)*\W*$"
)


def in_scene(sentence: Sentence, film: Film) -> Found:
    """A picture that only named them would show anybody, so they become one of the scene's characters."""
    told = _BE_IN.match(sentence.plain)
    who = by_role(told["who"], film) if told else ""
    places = [place for place in sentence.named if who and who not in film.scene(place)["characters"]]
    return [_with(who, place, film) for place in places] or None


def _with(who: str, place: int, film: Film) -> Step:
    scene = film.scene(place)
    picture = f"{scene['image_prompt'].rstrip(' .')}, {who}"
    return step("edit_scene", scene=place, characters=[*scene["characters"], who], image_prompt=picture)
