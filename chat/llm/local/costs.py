"""PURE: the cost of the film so far, and that of a scene, its pieces or the music; about what one will cost."""

from __future__ import annotations

import re

from chat.llm.local import music
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, step
from chat.llm.local.take_wishes import OF_A_SCENE, PARTS
from pipeline.film.estimate import estimated
from pipeline.film.settings import duration_in

SPENT = (
    r"(?:cost|paid|spent|used|charged|pay) (?:so far|until now|up to now|till now|already)|(?:did|has|have) "
    r"(?:it|this|that|the (?:film|video)|i|we|you) (?:\w+ )?(?:cost|spend|spent|pay|paid|use|used|charge|charged)\b"
    r"|(?:what|how much) (?:was|were) (?:it|i charged|the (?:cost|price|bill))|(?:total|spending|expenses) so "
    r"far|where did my credits go|(?:credits|money) (?:spent|gone)|how many credits (?:have|did) i (?:spen\w+|use)"
)

WHY_CHANGED = (
    r"why (?:do i have|have i got|did i get|are there) (?:\w+ )?(?:more|extra|new|fewer|less) credits|"
    r"why (?:did|have|has|is|are) (?:my|the) (?:credits?|balance) (?:\w+ )?(?:go(?:ne)? (?:up|down)|changed?|"
    r"increased?|more|higher|lower|less)|where (?:do|did|are) (?:the|these|those|my) (?:\w+ )?credits (?:come )?from|"
    r"who gave me (?:the |these )?(?:\w+ )?credits"
)
"""The ledger knows: what was spent, and what support gave back."""
TOLD_BEFORE = r"(?:how much|what) (?:was|is|were|did) (?:it|that|this|the (?:price|cost))(?: cost| say)? again"
"""Whoever asks what it was again means the price that was told."""
_ASKS = (
    r"(?:what|how much|how many credits) (?:did|has|have|was|were) (?P<what>.*)\b(?:cost|used?|for)\b|"
    r"(?:what|how much) (?:was|were) (?:scene|the music)"
)
_GENERAL = r"the|a|an|my|scenes?|film|video|movie|it|this|that|me|you|i|we|us|one|1|to|of|for|in|and|with|already"


def spent_on(sentence: Sentence, film: Film) -> Found:
    """Tell what a scene (by its place or its title) or the music has cost; what all has cost where neither is found."""
    found = sentence.find(_ASKS)
    if not found:
        return None
    places = sentence.named or _by_title(found["what"] or "", film)
    if sentence.has(music.MUSIC):
        keys = film.music_keys(places or film.places)
    else:
        kinds = [kind for kind in OF_A_SCENE if sentence.has(PARTS[kind])] if sentence.named else []
        keys = [film.key(kind, place) for place in places for kind in kinds or OF_A_SCENE]
    if keys:
        return [step("spending", components=keys)]
    return [step("spending")] if sentence.find(r"(?:what|how much|how many credits) (?:did|has|have)\b") else None


def _by_title(what: str, film: Film) -> list[int]:
    words = [word for word in re.findall(r"[^\W\d_][\w'-]*", what) if not re.fullmatch(_GENERAL, word)]
    titles = {scene["index"]: scene["title"].lower() for scene in film.scenes}
    return [place for place, title in titles.items() if words and all(word in title for word in words)]


def before_script(said: str, film: Film) -> str:
    """Return about what a film of that length costs, as the start page says it. Nobody is asked what the film is about
    while its script is being written."""
    if film.is_being_written:
        return film.say("wait.price_with_it")
    seconds, prices = duration_in(said) or film.settings["duration"], film.facts.get("prices")
    if not prices:
        return film.say("ask.subject_for_price")
    least, most = estimated(prices, {**film.settings, "duration": seconds})
    about = str(least) if least == most else film.say("ask.estimate_range", least=least, most=most)
    return film.say("ask.subject_for_estimate", credits=about, seconds=seconds)
