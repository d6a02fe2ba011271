"""PURE: one thing in the place of another in what is seen: "replace the lantern with a candle".

The scenes that are meant are those whose pictures speak of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chat.llm.local.film import Film
from chat.llm.local.steps import Step, Understood, step

_NEW = r"(?P<new>(?:an? |the |some )?[^\W\d_][\w'-]*(?: [\w'-]+){0,3}?)"
_OLD = r"(?:an? |the |that )?(?P<old>[^\W\d_][\w'-]*(?: [\w'-]+){0,2})"
_END = r"(?:,? (?:please|pls|plz|instead|thanks|everywhere))*\W*"
_FORMS = tuple(
    re.compile(rf"(?:(?:can|could) (?:you|u) |please |pls )*{form}{_END}", re.IGNORECASE)
    for form in (
        rf"(?:replace|swap|exchange) {_OLD} (?:with|by|for) {_NEW}",
        rf"(?:turn|change) {_OLD} (?:into|to) (?=an? ){_NEW}",
        rf"(?:(?:show|use|put|make it|i want|i'd like|should be) )?{_NEW},? (?:instead of|rather than) {_OLD}",
        rf"(?:it's |its |it should be |make it |i meant |i said )?(?=an? ){_NEW},? (?:and )?not (?=an? |the ){_OLD}",
    )
)
MOST = 2
"""Scenes. Of a thing that more of them show it is asked which are meant."""
_ADJECTIVE = r"(?!(?:of|in|on|at|with|and|or|to|from|by|near|under|over)\b)\w+"
_ELSEWHERE = re.compile(
    r"\b(?:scenes?|music|song|voice|narrat\w*|title|captions?|subtitles?|style|words?|language|story|script|film|video)\b",
    re.IGNORECASE,
)
"""Other things that may be exchanged; other rules know about them."""


def noted(said: str, film: Film) -> Understood | None:
    """Return the changes of all pictures that speak of what is to go; None where none does, or something else is
    meant, such as a character."""
    found = next((match for form in _FORMS if (match := form.fullmatch(said.strip()))), None)
    if found is None or not film.script or _ELSEWHERE.search(said) or _is_somebody(found["old"], film):
        return None
    steps = tuple(exchanged(found["old"], found["new"], film))
    return Understood(steps) if 0 < len(steps) <= MOST else None


def _is_somebody(name: str, film: Film) -> bool:
    return any(each["name"].casefold() == name.casefold() for each in film.characters)


def exchanged(old: str, new: str, film: Film) -> Iterator[Step]:
    """Yield the changes of all pictures that speak of the old thing."""
    thing = re.compile(rf"\b(?:(?P<article>an?|the) (?:{_ADJECTIVE} ){{0,2}})?{re.escape(old)}\b", re.IGNORECASE)
    for scene in film.scenes:
        changed = thing.sub(lambda found: _in_its_place(found, new), scene["image_prompt"])
        if changed != scene["image_prompt"]:
            yield step("edit_scene", scene=scene["index"], image_prompt=changed)


def _in_its_place(found: re.Match[str], new: str) -> str:
    """The new thing, with an article and a capital where the old one had them."""
    has_article = re.match(r"(?:an?|the|some) ", new, re.IGNORECASE)
    told = f"{found['article']} {new}" if found["article"] and not has_article else new
    return told[:1].upper() + told[1:] if found[0][:1].isupper() else told
