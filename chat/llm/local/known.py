"""PURE: answers to questions about what can be made here, and to small talk, with or without a film."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from chat.llm.local import voices
from chat.llm.local.film import Film
from chat.llm.local.steps import Understood, step, understood
from pipeline.film.settings import LANGUAGES

Answer = Callable[[Film], Understood]


def answer(meaning: str, film: Film) -> Understood:
    """Return what is answered to this; nothing where the meaning is no such question."""
    if special := ANSWERS.get(meaning):
        return special(film)
    key = TOLD.get(meaning, "")
    return Understood(words=film.say(key)) if key else Understood()


def before_script(meaning: str, film: Film) -> Understood:
    """The same, where there is no film to speak of yet: what it should be about is asked for too."""
    if key := BEFORE.get(meaning):
        return Understood(words=film.say(key))
    words = answer(meaning, film).words
    return Understood(words=f"{words} {film.say('ask.subject')}") if words else Understood()


def _voices(film: Film) -> Understood:
    return understood(voices.others(film))


def _languages(film: Film) -> Understood:
    names = film.listed([film.say(f"languages.{one}") for one in LANGUAGES], "lists.or")
    return Understood(words=film.say("known.languages", languages=names))


def _time(film: Film) -> Understood:
    if film.is_being_made or film.is_being_written:
        return Understood((step("film_status"),))
    return Understood(words=film.say("status.how_long"))


def _pay(film: Film) -> Understood:
    return Understood(words=film.say("known.pay", balance=film.facts["credits"]["balance"]))


def _tiers(film: Film) -> Understood:
    return Understood(words=film.say("known.tiers" if len(film.tiers) > 1 else "known.one_tier"))


ANSWERS: Mapping[str, Answer] = {
    "ask_voices": _voices,
    "ask_languages": _languages,
    "ask_time": _time,
    "ask_pay": _pay,
    "ask_tiers": _tiers,
}
TOLD: Mapping[str, str] = {
    "ask_styles": "known.styles",
    "ask_length": "known.length",
    "ask_shapes": "known.shapes",
    "ask_ai": "known.ai",
    "ask_rights": "cannot.rights",
    "ask_later": "talk.later",
    "ask_rest": "known.rest",
    "ask_data": "known.data",
    "ask_ideas": "cannot.surprise",
    "sequel": "cannot.new_film",
    "voice_pace": "cannot.voice_pace",
    "keep": "talk.kept",
    "chat": "talk.hello",
}
BEFORE: Mapping[str, str] = {
    "ask_ideas": "known.ideas",
    "price": "ask.subject_for_price",
    "price_part": "ask.subject_for_price",
    "cheaper": "ask.subject_for_price",
    "help": "talk.steps",
    "who": "talk.who",
    "refund": "cannot.refund",
    "download": "cannot.export_before",
    "publish": "cannot.share_before",
    "own_file": "cannot.upload",
    **dict.fromkeys(("there", "greeting", "chat", "keep", "start", "thanks", "praise", "unhappy"), "ask.subject"),
}
MEANINGS = frozenset({*ANSWERS, *TOLD})
