"""PURE: a yes and a no: money hangs on the first."""

from __future__ import annotations

import re
from dataclasses import replace

from chat.llm.local import dictation
from chat.llm.local.cues import START
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, Step, step

YES = re.compile(
    r"\b(?:(?:make|generate|render|produce|create|start|begin)(?: making)? (?:it|this|(?:the|my) (?:film|video|movie))"
    r"|let's (?:go|do (?:it|this)|make (?:it|the (?:film|video))|start)"
    r"|i(?:'m| am) (?:happy|fine|okay)(?: with (?:it|that|this))?"
    r"|i (?:like|love) (?:it|that|this)|that's (?:fine|good|lovely|great|perfect)|works for me"
    r"|(?:make|do|apply|go with) (?:those|these|the|all|all the|my|both) (?:changes?|edits?)"
    r"|of course|i approve|ship it|roll it|go ahead|go for it|go on|carry on|keep going|do (?:it|that|so)"
    r"|(?:continue|resume|proceed|finish|complete)(?: (?:making|with))?"
    r"(?: (?:it|this|(?:the|my) (?:film|video|movie)))?"
    r"|(?:it |that |this )?(?:looks?|sounds|seems) (?:good|great|fine|perfect|lovely)"
    r"|yes|yep|yeah|ok|okay|sure|perfect|great|excellent|awesome|nice|cool|wonderful|sweet|lovely|fine|good|absolutely"
    r"|definitely|approved?|confirmed?|agreed|go|start|begin|generate|render|produce)\b"
)
"""A sentence that is made of these, and of words that say nothing, is a yes; one with anything else in it is not."""
SAYS_NOTHING = re.compile(
    r"\b(?:please|thank you|thanks?|and|so|then|now|very|really|all|to me|for me|just|with it)\b|[^\w]"
)
NO = (
    r"no|nope|not (?:now|yet|today|really|sure|so fast|like that)|don't(?! like)"
    r"|i (?:do not|don't) want (?:it|that|this)|wait|hold on|stop|later|never mind|nevermind"
)
MOST_AFTER_NO = 4
"""Words."""


_DOES = re.compile(
    r"(?<!don't )(?<!not )(?<!to )\b(?:make|swap|switch|put|move|change|use|add|remove|delete|take|turn|set|give|bring|"
    r"call|show|undo|replace|cut)\b"
)
"""Behind a no it is a wish, and no more of the no: "wait, remove Tom"."""


def is_no(sentence: Sentence) -> bool:
    """It begins with one, and says no more than that: "not too dark" is a wish, "can I change it later" a question."""
    found = re.match(rf"(?:(?:ok|okay|hmm?|oh|well|i (?:think|guess)|actually|sorry)[, ]+)*(?:{NO})\b", sentence.plain)
    if found is None or _DOES.search(sentence.plain[found.end() :]):
        return False
    return len(sentence.plain[found.end() :].split()) <= MOST_AFTER_NO


_OF_THE_FILM = re.compile(
    r"\b(?:with|(?:and |because )?i (?:really |do )?(?:like|love)) (?:the|this|that|my|these|those) "
    r"(?:(?P<how>[\w-]+) )?(?P<what>music|soundtrack|song|title|name|voice|"
    r"pictures?|script|story|ending|captions|style|words|scenes?)\b"
)
_AS_CHANGED = ("new", "changed", "current", "same", "latest", "other")


def without_what_is_there(sentence: Sentence, film: Film) -> Sentence:
    """Return "yes, make it with the sad music" as the yes alone, where the film's music is sad already."""
    found = _OF_THE_FILM.search(sentence.plain)
    if found is None or not _is_there(found["how"] or "", found["what"], film):
        return sentence
    plain = f"{sentence.plain[: found.start()]} {sentence.plain[found.end() :]}".strip()
    return replace(sentence, plain=plain)


def _is_there(how: str, what: str, film: Film) -> bool:
    if not how or how in _AS_CHANGED:
        return True
    of_music = what in ("music", "soundtrack", "song")
    heard = " ".join(str(group["prompt"]) for group in film.groups).lower()
    return of_music and re.search(rf"\b{re.escape(how)}\b", heard) is not None


def is_yes(sentence: Sentence) -> bool:
    """Money hangs on it, so every word counts; those between quotation marks too."""
    if dictation.is_sealed(sentence.plain):
        return False
    left, agreed = YES.subn(" ", sentence.plain)
    return agreed > 0 and not SAYS_NOTHING.sub(" ", left).strip()


LONGEST_ANSWER = 12
"""Words."""


def yes_or_no(sentence: Sentence, film: Film) -> Found:
    """Find an answer to what was asked or offered last; a yes to a price begins what it is for."""
    if sentence.named or len(sentence.plain.split()) > LONGEST_ANSWER:
        return None
    if is_no(sentence):
        going_on = "talk.kept_writing" if film.is_being_written else "talk.kept_making"
        still = "talk.kept" if film.offer and film.offer["items"] else going_on
        return film.say(still if film.is_being_made else "talk.nothing")
    if not is_yes(sentence):
        return None
    if film.proposal:
        return [Step(film.proposal["tool"], film.proposal["arguments"])]
    if film.cut_is_due:
        return [step("cut_film")]
    if film.is_being_made and not (film.offer and film.offer["items"]):
        is_for_the_script = film.is_being_written and sentence.has(START)
        return [step("quote_film" if is_for_the_script else "film_status")]
    if film.offer:
        return [step("start_film", quote_id=film.offer["quote_id"])]
    return film.say("talk.glad") if _praises_what_is_done(sentence, film) else [step("quote_film")]


_PRAISED = re.compile(
    r"(?:(?:it|that|this) )?(?:looks?|sounds|seems) (?:\w+ )?(?:good|great|fine|perfect|lovely|nice|super)|"
    r"(?:perfect|great|excellent|awesome|nice|cool|wonderful|sweet|lovely|amazing|super|good|fine)(?: \w+)?"
)


def _praises_what_is_done(sentence: Sentence, film: Film) -> bool:
    """Tell whether a film that is there, with nothing left to make, is found good: nothing is asked for."""
    parts = film.facts["components"]
    is_done = film.facts.get("finished") and not parts["missing"] and not parts["stale"]
    return bool(is_done and _PRAISED.fullmatch(sentence.plain.strip(" .!")))


def yes_to_what_is_there(sentence: Sentence, film: Film) -> Found:
    """ "Ok yes, make it with the sad music", of a film whose music is sad: a yes, and no other music."""
    bare = without_what_is_there(sentence, film)
    return yes_or_no(bare, film) if bare != sentence and is_yes(bare) else None
