"""PURE: the proof in a sentence for a wish that a small language model read in it: its words, its kind, its text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from chat.llm.guided.translating import is_english
from chat.llm.local.film import Film

MOST_INVENTED = 0.6
"""The share of a text's words that may stand neither in the sentence nor in the film, in a language of both."""
EXAMPLES = frozenset(
    (
        "pigeon",
        "newspaper",
        "accordion",
        "roll",
        "bread",
        "oven",
        "bakery",
        "baker",
        "dough",
        "apron",
        "mia",
        "paul",
        "whale",
    )
)
"""What only the prompt's examples speak of (`chat/prompts/wishes-1.txt`)."""
SMALL_WORDS = frozenset(
    (
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "and",
        "with",
        "is",
        "are",
        "be",
        "it",
        "its",
        "her",
        "his",
        "more",
    )
)
EVIDENCE: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "rewrite": r"word|text|narrat|sa(?:y|id)|line|speak|speech|sentence|sounds?|voice|tell|talk|sprech|sprich|sag"
        r"|satz|wort|erzähl|klingt|texto|frase|palabra|dice|diga|narra|texte|phrase|mots?\b|dit|dise|testo|parole|dica|fala|diz",
        "silent": r"word|text|narrat|say|line|speak|speech|sentence|voice|talk|silen|quiet|mute|sprech|sprich|sag"
        r"|satz|wort|erzähl|stimme|stumm|still|reden|texto|frase|palabra|voz|habl|silenc|texte|phrase|voix|parl|muet|testo|parole|voce"
        r"|fala|sem som",
        "title": r"title|call|name|titel|nenn|heiß|título|llam|titre|appel|titolo|chiam|cham",
        "undo": r"undo|back|revert|take it|rückgängig|zurück|deshaz|atrás|annul|retour|indietro|desfaz|volta",
        "stop": r"stop|cancel|abort|halt|abbrech|stopp|para|détiens|arrête|annull|ferma|cancela",
    }.items()
}
"""Words without which nobody wishes these: what would be lost by them is not done on a guess."""
QUESTION = re.compile(
    r"\?[\s!?.]*$|^(?:what|who|whose|why|when|where|which|how|does|did|was|were|warum|wieso|weshalb|wer|was|wann|wo|wie"
    r"|welche[rs]?|por ?qu[eé]|qu[eé]|qui[eé]n|cu[aá]ndo|d[oó]nde|c[oó]mo|pourquoi|qui|quand|où|comment|perché|chi|dove"
    r"|quem|onde|quando)\b",
    re.IGNORECASE,
)
REQUEST = re.compile(
    r"^(?:(?:hey|hi|ok|and|und|also|bitte|please|so)[, ]+)*(?:can|could|would|will|may|might|how about|what about"
    r"|what if|why not|shall|should|let|make|put|kannst|könntest|können|würdest|kann|lass|wie wäre|was wäre|puedes"
    r"|podrías|peux|pourrais|pouvez|puoi|potresti|pode|podia)\b",
    re.IGNORECASE,
)


def has_evidence(do: str, said: str) -> bool:
    return do not in EVIDENCE or bool(EVIDENCE[do].search(said))


def is_question(said: str) -> bool:
    """It asks something, and for nothing to be done: "could you make it darker?" does."""
    return bool(QUESTION.search(said.strip())) and not REQUEST.search(said.strip())


def as_typed(text: str, said: str) -> str:
    """The text as it stands in what was said, whatever a model did to its letters; empty where it does not."""
    words = re.findall(r"\w+", text)
    if not words:
        return ""
    found = re.search(r"\W+".join(re.escape(word) for word in words), said, re.IGNORECASE)
    if not found:
        return ""
    ending = re.match(r"[.!?…]+", said[found.end() :])
    return said[found.start() : found.end()] + (ending[0] if ending else "")


def is_dictated(text: str, said: str) -> bool:
    """The words stand behind a colon or between quotation marks: they are to be spoken, not a wish about others."""
    typed = re.escape(as_typed(text, said))
    return bool(typed) and bool(re.search(rf"[:\"“„«'‘]\s*{typed}", said))


def is_invented(text: str, said: str, film: Film) -> bool:
    """Most of an English text stands neither in the sentence nor in the film, or it repeats the prompt's examples.

    Words of other languages are translated."""
    if EXAMPLES & set(_stems(text)) - set(_stems(f"{said} {_of_film(film)}")):
        return True
    if film.language != "en" or not is_english(said):
        return False
    words = [word for word in _stems(text) if word not in SMALL_WORDS]
    known = set(_stems(f"{said} {_of_film(film)}"))
    strange = [word for word in words if word not in known]
    return len(strange) > MOST_INVENTED * len(words)


def _of_film(film: Film) -> str:
    """Return what the film shows, and who is in it."""
    scenes = (f"{scene['title']} {scene['image_prompt']}" for scene in film.scenes)
    return " ".join([*scenes, *(f"{one['name']} {one['image_prompt']}" for one in film.characters)])


def _stems(text: str) -> list[str]:
    """Words without their commonest endings."""
    return [re.sub(r"(?<=\w{3})(?:ing|ed|es|s)$", "", word) for word in re.findall(r"\w+", text.lower())]
