"""PURE: a film that is to be begun anew: with its new subject, or the question what that is."""

from __future__ import annotations

import re

from chat.llm.local import second_thoughts
from chat.llm.local.agreement import is_no, is_yes
from chat.llm.local.corrections import Before, was_asked
from chat.llm.local.film import Film
from chat.llm.local.reading import read
from chat.llm.local.steps import Understood, step
from chat.llm.local.wording import SPOKEN, sentences
from pipeline.film.prompt_settings import without_settings

_POLITE = (
    r"(?:please|pls|ok(?:ay)?|so|no|hmm+|actually|let's|lets|can (?:we|you)|could (?:we|you)|i (?:want|would like) to|"
    r"i'd like to|bitte|also|nein|nee|ach|komm|lass uns|wir|ich will|ich möchte|kannst du)"
)
_ENGLISH = (
    r"(?:start(?:ing)? (?:it |this |all )?(?:over|again|afresh|anew|fresh|from scratch)|begin (?:again|anew)|"
    r"from (?:scratch|zero|the (?:very )?beginning))"
)
_GERMAN = (
    r"(?:(?:(?:fang\w*|beginn\w*|mach\w*|das ganze|alles) (?:bitte |es |das |wir )*)?(?:nochmals?|noch ?mal|"
    r"noch einmal|wieder|alles|ganz|komplett)(?: (?:bitte|alles|ganz|komplett))* (?:von (?:ganz )?vorne?|von null|neu)"
    r"(?: an(?:fangen)?)?|(?:ganz |komplett |alles )?von (?:ganz )?vorne? anfangen)"
)
_ROMANCE = (
    r"(?:(?:volv\w+|vuelve) a empezar(?: de cero| desde cero)?|(?:empez\w+|empieza|comenz\w+|"
    r"comienza)(?: \w+){0,2}? (?:de nuevo|de cero|"
    r"desde cero|otra vez)|desde cero|recommenc\w+(?: \w+){0,2}? (?:à zéro|du début|depuis le début)|"
    r"(?:repars|repartons|on repart) (?:de|à) zéro|recommencez?(?: tout)?|"
    r"(?:ricominci\w+|ricomincia)(?: \w+)?(?: da (?:capo|zero))?|"
    r"da capo|recomeç\w+(?: \w+)?(?: do zero)?|começ\w+ (?:de novo|do zero))"
)
_BEGUN = re.compile(
    rf"^\W*(?:{_POLITE}[\s,]+)*(?P<how>{_ENGLISH}|{_GERMAN}|{_ROMANCE})\b(?P<rest>.*)$", re.IGNORECASE | re.DOTALL
)
_OTHER = re.compile(
    r"(?:[\s,.;:!–-]|\b(?:but|and|please|pls|with|on|about|make it|do|try|i want|instead|this time|bitte|aber|und|mit|"
    r"diesmal|lieber|mach\w*|ich will|es soll)\b)*"
    r"(?:(?:something|sth|anything|(?:et)?was|an?|eine?[nrm]?|der|die|das)\b[\s]*)?"
    r"(?:(?:completely|totally|entirely|very|wholly|quite|all|ganz|komplett|völlig|total|vollkommen)[\s]+)*"
    r"(?:different|else|new|other|another|fresh|anderem|anderes|andere[nrm]?|neue[smnr]?)"
    r"(?:[\s]+(?:idea|story|topic|subject|film|video|thing|one|script|concept|idee|thema|geschichte|film|video|"
    r"skript))?"
    r"(?:[\s,.!]|\b(?:please|instead|altogether|entirely|completely|this time|bitte)\b)*",
    re.IGNORECASE,
)
_NOTHING_SAID = re.compile(
    r"(?:\W|\b(?:please|pls|bitte|now|jetzt|from (?:scratch|zero|the (?:very )?beginning)|(?:forget|ignore|throw away|"
    r"bin|delete|scrap) (?:(?:all|everything|it|this|that|the (?:rest|old one))(?: of (?:it|this|that))?)(?: away)?|"
    r"with (?:it|this|that|everything)|por favor|s'il (?:te|vous) plaît)\b)*",
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
    if asked := second_thoughts.again_after_an_outcry(said, film, lambda rest: _BEGUN.match(rest) is not None):
        return asked
    found = _BEGUN.match(said.strip())
    if found is None:
        return Understood()
    if _OTHER.fullmatch(found["rest"]) or _NOTHING_SAID.fullmatch(found["rest"]):
        return _asked(film)
    is_german = re.fullmatch(_GERMAN, found["how"], re.IGNORECASE) is not None
    is_told = is_german and _SUBJECT.fullmatch(found["rest"]) and re.search(r"\w{3}", without_settings(found["rest"]))
    return Understood((step("write_script", instructions=said.strip()),)) if is_told else Understood()


def _asked(film: Film) -> Understood:
    """Ask what it is about, with a click for who wants the same film told anew."""
    return Understood(words=film.say("ask.new_subject"), suggestions=(film.say("meant.rewrite"), film.say("meant.no")))


def _is_a_click(said: str) -> bool:
    clicks = (sentences(language).get("meant.rewrite", "") for language in SPOKEN)
    return said.strip(" .!").lower() in {one.lower() for one in clicks if one}


def _answered(said: str, film: Film) -> Understood:
    """Return what the new film is about, said after the question; a question or a yes is none."""
    sentence = read(said, len(film.places), film.language)
    if _is_a_click(said):
        return Understood()
    is_none = is_no(sentence) or is_yes(sentence) or said.strip().endswith("?") or sentence.named
    if is_none or not re.search(r"\w{3}", without_settings(said)):
        return Understood()
    lead = film.say("ask.new_subject_lead")
    return Understood((step("write_script", instructions=f"{lead} {said.strip()}"),))
