"""PURE: a film that is to be begun anew: with its new subject, or the question what that is."""

from __future__ import annotations

import re

from chat.llm.local.agreement import is_no, is_yes
from chat.llm.local.corrections import Before, was_asked
from chat.llm.local.film import Film
from chat.llm.local.reading import read
from chat.llm.local.steps import Understood, step
from pipeline.film.prompt_settings import without_settings

_POLITE = (
    r"(?:please|pls|ok(?:ay)?|so|no|hmm+|actually|let's|lets|can (?:we|you)|could (?:we|you)|i (?:want|would like) to|"
    r"i'd like to|bitte|also|nein|nee|ach|komm|lass uns|wir|ich will|ich möchte|kannst du)"
)
_ENGLISH = (
    r"(?:start(?:ing)? (?:it |this |all )?(?:over|again|afresh|anew|fresh|from scratch)|begin (?:again|anew)|"
    r"from scratch)"
)
_GERMAN = (
    r"(?:(?:(?:fang\w*|beginn\w*|mach\w*|das ganze|alles) (?:bitte |es |das |wir )*)?(?:nochmals?|noch ?mal|"
    r"noch einmal|wieder|alles|ganz|komplett)(?: (?:bitte|alles|ganz|komplett))* (?:von (?:ganz )?vorne?|von null|neu)"
    r"(?: an(?:fangen)?)?|(?:ganz |komplett |alles )?von (?:ganz )?vorne? anfangen)"
)
_BEGUN = re.compile(rf"^\W*(?:{_POLITE}[\s,]+)*(?P<how>{_ENGLISH}|{_GERMAN})\b(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)
_OTHER = re.compile(
    r"(?:[\s,.;:!–-]|\b(?:but|and|please|pls|with|on|about|make it|do|try|i want|instead|this time|bitte|aber|und|mit|"
    r"diesmal|lieber|mach\w*|ich will|es soll)\b)*"
    r"(?:(?:something|sth|anything|(?:et)?was|an?|eine?[nrm]?|der|die|das)\b[\s]*)?"
    r"(?:(?:completely|totally|entirely|very|wholly|quite|all|ganz|komplett|völlig|total|vollkommen)[\s]+)*"
    r"(?:different|else|new|other|another|fresh|anderem|anderes|andere[nrm]?|neue[smnr]?)"
    r"(?:[\s]+(?:idea|story|topic|subject|film|video|thing|one|script|concept|idee|thema|geschichte|film|video|skript))?"
    r"(?:[\s,.!]|\b(?:please|instead|altogether|entirely|completely|this time|bitte)\b)*",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"[\s,.;:–-]+(?:(?:aber|und|diesmal|bitte|doch|lieber|jetzt)[\s,]+)*"
    r"(?:mit|über|ein|eine|der film|das video|es soll)\b.{4,}",
    re.IGNORECASE | re.DOTALL,
)


def noted(said: str, film: Film, before: Before) -> Understood:
    """Ask what the new film is about where only that it is another is said; else have the script written again."""
    if not film.script:
        return Understood()
    if was_asked("ask.new_subject", before.agent):
        return _answered(said, film)
    found = _BEGUN.match(said.strip())
    if found is None:
        return Understood()
    if _OTHER.fullmatch(found["rest"]) or (film.language == "de" and re.fullmatch(r"(?:\W|bitte)*", found["rest"])):
        return Understood(words=film.say("ask.new_subject"))
    is_german = re.fullmatch(_GERMAN, found["how"], re.IGNORECASE) is not None
    is_told = is_german and _SUBJECT.fullmatch(found["rest"]) and re.search(r"\w{3}", without_settings(found["rest"]))
    return Understood((step("write_script", instructions=said.strip()),)) if is_told else Understood()


def _answered(said: str, film: Film) -> Understood:
    """What the new film is about, said after the question; a question or a yes is none."""
    sentence = read(said, len(film.places), film.language)
    is_none = is_no(sentence) or is_yes(sentence) or said.strip().endswith("?") or sentence.named
    if is_none or not re.search(r"\w{3}", without_settings(said)):
        return Understood()
    lead = film.say("ask.new_subject_lead")
    return Understood((step("write_script", instructions=f"{lead} {said.strip()}"),))
