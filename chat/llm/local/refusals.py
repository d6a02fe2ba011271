"""Refusals of what cannot be done from here, with the nearest way; `refusals.toml` says what each is known by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from chat.llm.local import model_wishes, own_voice
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found
from chat.llm.local.wording import sentences
from pixora.foundation.toml_tables import table

NAME_AT_THE_END = (
    r"(?:put|add|show|write|include|place|have|want) (?:my|our|the) (?:name(?: of (?:my|our|the) \w+)?|"
    r"company(?: name)?|brand name|website|phone number|contact|credits?) "
    r".{0,12}(?:at the end|in the end|last|as the ending)(?::| -|,)? ?(.*)"
    r"|(?:end|finish|close) (?:it |the film )?with (?:my|our) (?:name|company|website|contact)(?::| -|,)? ?(.*)"
    r"|(?:end card|closing card|end credits|credits at the end|outro with my name)(?::| -|,)? ?(.*)"
)


@dataclass(frozen=True)
class Refusal:
    name: str
    when: re.Pattern[str]
    but: re.Pattern[str]


@cache
def known() -> Sequence[Refusal]:
    return tuple(
        Refusal(name, re.compile(rf"\b(?:{entry['when']})"), re.compile(rf"\b(?:{entry.get('but', '(?!)')})\b"))
        for name, entry in table(__file__, "refusals").items()
    )


def answer(sentence: Sentence, film: Film) -> Found:
    """Say what cannot be done; a model can be chosen by its name where there are several."""
    if chosen := model_wishes.wish(sentence, film):
        return chosen
    if found := sentence.find(NAME_AT_THE_END):
        given = next((group for group in found.groups() if group), "")
        given = re.sub(r"^(?:(?:and )?(?:big|large|in big letters|please)[, ]+)+", "", given)
        text = sentence.as_said(given).strip(' .,:!"“”') or "…"
        return film.say("ask.name_end", text=text, n=len(film.places) or 1)
    plain = sentence.plain
    name = next((one.name for one in known() if one.when.search(plain) and not one.but.search(plain)), None)
    return _said(name, film) if name else None


def _said(name: str, film: Film) -> Found:
    if name == "own_voice":
        return own_voice.possible(film)
    if name == "model" and (models := film.facts.get("models")):
        return film.say("cannot.model_other", list=model_wishes.listed(models, film))
    if name == "credits" and (film.facts.get("credits") or {}).get("renewed"):
        return film.say("cannot.credits_renewed")
    making = f"cannot.{name}_making"
    if film.is_being_made and making in sentences(film.tongue):
        return film.say(making)
    before = f"cannot.{name}_before"
    is_before = not film.facts.get("finished") and before in sentences(film.tongue)
    return film.say(before if is_before else f"cannot.{name}")
