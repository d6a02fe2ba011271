"""PURE: the price of one change, told before it is made: of other settings, or of another voice or style."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, Step, Understood, step, understood
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
ASKED = (
    r"(?:price (?:for|of|with|without|if|in|as)\b|how much|how many credits|how (?:expensive|cheap)|"
    r"what(?:'s| is| would| will| does| do)?\b.*\b(?:price|costs?|"
    r"credits|pay|it be|save)|(?:would|will|does) (?:it|that) (?:cost|save)|wie teuer|wie ?viel|was kostet|cheaper)"
)
SUPPOSED = r"(?:if|when|without|with|once|supposing|suppose|instead|no|wenn|falls|ohne|mit|sobald)"
"""Words of something that is only thought of."""
OTHERWISE = (
    r"(?:if|when|wenn|falls) .*"
    r"\b(?:add\w*|remov\w*|drop\w*|delet\w*|chang\w*|cut|shorter|longer|off|without|fewer|less|"
    r"more (?!time)|another|weglass\w*|rausnehm\w*|ändern?|kürzer|länger)|"
    r"(?:with|mit) (?:noch eine[rmn]?|one more|another|"
    r"\d+ more)"
)
"""A film that would be another than it is."""
WITHOUT = re.compile(
    r"^(?:if |when |it )*(?:i |we |you )*(?:go |do |be |leave |went |did )?without (?=(?:the )?scenes? \d)"
)
CHANGING = frozenset({
    "change_settings", "arrange_scenes", "add_scene", "edit_scene", "change_music", "write_script",
    "describe_character", "use_own_voice", "undo", "rename_film", "replace_word", "regenerate",
})  # fmt: skip


def only_asked(found: Understood, sentence: Sentence, film: Film) -> Understood:
    """A price that is asked of something that is only thought of is told; nothing is changed for it."""
    if [call.tool for call in found.calls] == ["quote_film"] and sentence.has(OTHERWISE):
        return Understood(words=film.say("price.change_script"))
    is_asked = sentence.has(ASKED) and sentence.has(SUPPOSED)
    if not is_asked or not any(call.tool in CHANGING for call in found.calls):
        return found
    return understood(_told(found.calls, film) or film.say("price.change_script"))


def _told(calls: Sequence[Step], film: Film) -> list[Step] | None:
    """The price of other settings, or of fewer scenes."""
    if {call.tool for call in calls} == {"change_settings"}:
        asked = {name: value for call in calls for name, value in call.arguments.items()}
        return [step("price_of_settings", **asked)] if asked.keys() <= SETTINGS else None
    if [call.tool for call in calls] == ["arrange_scenes"] and len(calls[0].arguments["order"]) < len(film.places):
        return [step("price_of_settings", order=calls[0].arguments["order"])]
    return None


def priced(sentence: Sentence, film: Film, read: Callable[[Sentence], Understood]) -> Found:
    """`read` is what the rules make of the change that is asked about."""
    if not sentence.has(ASKS) or not film.script or sentence.strangers:
        return None
    bare = " ".join(re.sub(PRICE_WORDS, " ", sentence.plain).split()).strip(" ?.!")
    bare = WITHOUT.sub("remove ", bare)
    for name, words, values in (("voice", VOICE, VOICES), ("style", "style", STYLES)):
        if re.search(rf"\b(?:another|other|different|new|change (?:the|of)) (?:{words})\b", bare):
            return [step("price_of_settings", **{name: next(one for one in values if one != film.settings[name])})]
    found = read(replace(sentence, plain=bare, whole=bare)).calls if bare else ()
    is_saving = sentence.has("without") and any(False in call.arguments.values() for call in found)
    return None if is_saving else _told(found, film)


def of_length(sentence: Sentence, film: Film) -> str | None:
    """The price of another length is known when the script has it."""
    asks = sentence.find(r"(?:how much|what)\b.*\b(?:cost|be|price|credits)\b.*\b(?:with|if|at|for|of) ")
    asks = asks or sentence.find(r"(?:if|when|with|at|for)\b.*\b(?:how much|what)\b.*\b(?:costs?|be|price|credits)\b")
    return film.say("price.what_if") if asks and duration_in(sentence.plain) else None


def asks_a_price(sentence: Sentence) -> bool:
    """True where the price of a film that is not written yet is asked, and no subject of a film is told."""
    what = r"(?:it|this|that|(?:a|the|my) (?:film|video|movie|clip))"
    asks = rf"(?:and |so |hi |hello )*(?:(?:how much|what) (?:will|does|would) {what} cost|how much is {what})\W*"
    return len(sentence.plain.split()) < SHORT_QUESTION and bool(re.fullmatch(asks, sentence.plain))
