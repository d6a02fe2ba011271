"""PURE: the price of one change, told before it is made: of other settings, or of another voice or style."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, Understood, step
from chat.llm.local.voices import VOICE
from pipeline.film.settings import STYLES, VOICES, duration_in

ASKS = r"(?:what|how much) (?:would|does|will|do|is|for|to)\b.*|price (?:of|for)\b.*"
PRICE_WORDS = (
    r"\b(?:(?:and |so )?(?:what|how much) (?:would|does|will|do|is)(?: it| that)?(?: cost| be)?(?: to| for|"
    r" if)?(?: i| we)?"
    r"|how much (?:for|to)|(?:what is )?the price (?:of|for)|price (?:of|for)|cost|costs|credits)\b"
)
SHORT_QUESTION = 9
"""Words."""
SETTINGS = frozenset({"aspect_ratio", "style", "resolution", "voice", "voice_over", "music", "captions"})


def priced(sentence: Sentence, film: Film, read: Callable[[Sentence], Understood]) -> Found:
    """`read` is what the rules make of the change that is asked about."""
    if not sentence.has(ASKS) or not film.script or sentence.named:
        return None
    bare = " ".join(re.sub(PRICE_WORDS, " ", sentence.plain).split()).strip(" ?.!")
    for name, words, values in (("voice", VOICE, VOICES), ("style", "style", STYLES)):
        if re.search(rf"\b(?:another|other|different|new|change (?:the|of)) (?:{words})\b", bare):
            return [step("price_of_settings", **{name: next(one for one in values if one != film.settings[name])})]
    found = read(replace(sentence, plain=bare, whole=bare)).calls if bare else ()
    asked = {name: value for call in found for name, value in call.arguments.items()}
    is_of_settings = {call.tool for call in found} == {"change_settings"} and asked.keys() <= SETTINGS
    is_saving = False in asked.values()
    return [step("price_of_settings", **asked)] if is_of_settings and not is_saving else None


def of_length(sentence: Sentence, film: Film) -> str | None:
    """The price of another length is known when the script has it."""
    asks = sentence.find(r"(?:how much|what)\b.*\b(?:cost|be|price|credits)\b.*\b(?:with|if|at|for|of) ")
    return film.say("price.what_if") if asks and duration_in(sentence.plain) else None


def asks_a_price(sentence: Sentence) -> bool:
    """True where the price of a film that is not written yet is asked, and no subject of a film is told."""
    what = r"(?:it|this|that|(?:a|the|my) (?:film|video|movie|clip))"
    asks = rf"(?:and |so |hi |hello )*(?:(?:how much|what) (?:will|does|would) {what} cost|how much is {what})\W*"
    return len(sentence.plain.split()) < SHORT_QUESTION and bool(re.fullmatch(asks, sentence.plain))
