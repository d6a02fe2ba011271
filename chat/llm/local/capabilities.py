"""PURE: answers to questions about what can be made here, and to small talk, with or without a film."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from chat.llm.local import own_voice, voices
from chat.llm.local.film import Film
from chat.llm.local.steps import Understood, step, understood
from chat.llm.local.wording import short

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
    return Understood(words=film.say("known.languages", languages=film.languages_in_words()))


def _time(film: Film) -> Understood:
    if film.is_being_made or film.is_being_written:
        return Understood((step("film_status"),))
    return Understood(words=film.say("status.how_long"))


def _pay(film: Film) -> Understood:
    if credits := film.facts["credits"]:
        key = "known.pay_renewed" if credits.get("renewed") else "known.pay"
        return Understood(words=film.say(key, balance=credits["balance"]))
    return Understood(words=film.say("known.pay_alone"))


def _tiers(film: Film) -> Understood:
    return Understood(words=film.say("known.tiers" if len(film.tiers) > 1 else "known.one_tier"))


def _length(film: Film) -> Understood:
    return Understood(words=film.say("known.length", lengths=film.lengths_in_words()))


def _sure(film: Film) -> Understood:
    return Understood((step("film_status"),)) if film.script or film.facts.get("run") else Understood()


def _loudness(film: Film) -> Understood:
    return Understood(words=f"{film.say('cannot.voice_level')} {film.say('cannot.voice_level_ways')}")


def _said_first(film: Film) -> Understood:
    return Understood(words=film.say("known.said_first", prompt=short(film.facts["film"]["prompt"])))


ANSWERS: Mapping[str, Answer] = {
    "ask_sure": _sure,
    "voice_level": _loudness,
    "ask_said": _said_first,
    "ask_length": _length,
    "ask_voices": _voices,
    "ask_languages": _languages,
    "ask_time": _time,
    "ask_pay": _pay,
    "ask_tiers": _tiers,
    "own_voice": own_voice.possible,
}
TOLD: Mapping[str, str] = {
    "ask_styles": "known.styles",
    "ask_shapes": "known.shapes",
    "ask_ai": "known.ai",
    "ask_rights": "cannot.rights",
    "ask_later": "talk.later",
    "ask_rest": "known.rest",
    "ask_watermark": "known.watermark",
    "ask_data": "known.data",
    "ask_ideas": "cannot.surprise",
    "ask_content": "known.content",
    "ask_need": "known.need",
    "trim": "cannot.trim",
    "own_file": "cannot.upload",
    "captions_look": "cannot.captions_look",
    "write_text": "cannot.text",
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
    "off_topic": "cannot.world_no_film",
    "refund": "cannot.refund",
    "download": "cannot.export_before",
    "publish": "cannot.share_before",
    "own_file": "cannot.upload",
    "films": "ask.films",
    "status": "ask.films",
    "ask_sure": "ask.films",
    **dict.fromkeys(
        ("wish", "undo", "undo_all", "stop", "voice_pace", "voice_level", "trim", "captions_look", "sequel"),
        "ask.nothing_yet",
    ),
    **dict.fromkeys(("ask_need", "ask_said", "ask_content"), "ask.subject"),
    **dict.fromkeys(("there", "greeting", "chat", "keep", "start", "thanks", "praise", "unhappy"), "ask.subject"),
}
MEANINGS = frozenset({*ANSWERS, *TOLD})
