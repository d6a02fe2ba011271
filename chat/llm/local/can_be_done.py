"""PURE: a question whether something can be done, or can still be: it is answered, and offered with a click."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from chat.llm.local.film import Film
from chat.llm.local.leftover_words import quoted
from chat.llm.local.steps import Understood
from chat.llm.local.what_if import CHANGING

Reader = Callable[[str], Understood]
_LATE = (
    r"(?:is (?:it|that) (?:already |now )?(?:too late|not possible)|am i too late|(?:ist|geht|ist es|wäre) "
    r"(?:es |das )?(?:jetzt |dafür |schon |dazu )*(?:zu spät|nicht mehr)|(?:c'est|est-ce) (?:déjà )?trop tard|"
    r"(?:ya )?es (?:ya )?(?:demasiado )?tarde|è (?:già )?(?:troppo )?tardi|(?:já )?é (?:já )?(?:tarde|tarde demais))"
)
_ABLE = r"(?:possible|doable|an option|available|supported|allowed|feasible)"
_MÖGLICH = r"(?:möglich|machbar|drin|erlaubt)"
ASKED = tuple(
    re.compile(rf"^(?:(?:and|so|hey|ok|und|sag mal|y|et|e),? )*{pattern}\W*$", re.IGNORECASE)
    for pattern in (
        rf"(?P<what>\S.*?\w)[, ]+(?:or|oder|ou|o|u) {_LATE}(?: for (?:that|it)| dafür| now| jetzt)?",
        r"(?P<what>\S.*?\w)\s*\?\s*(?:or|oder|ou|o) (?:would|is|was|should|will|wäre|ist|wird|sería|es|serait|est) "
        r"(?!better\b|rather\b).*",
        rf"(?:is|are|would|was) (?!it\b|that\b|this\b|there\b)(?:an? )?(?P<what>\S.*?) (?:be )?(?:also |even |still )*"
        rf"{_ABLE}(?: too| here| at all| as well| for this)*",
        r"(?:is it|am i) (?:already )?too late (?:to|for) (?P<what>\S.*?)",
        r"do you (?:also |even )?(?:do|have|offer|support) (?P<what>\S.*?)",
        rf"(?:ist|wäre|sind|wären) (?!es\b|das\b)(?P<what>\S.*?) (?:auch |noch |überhaupt )*{_MÖGLICH}",
        r"(?:geht|ginge|gäbe|gibts?(?= (?:es |das |hier |da |denn )*(?:auch|noch|eventuell)\b))"
        r"(?: (?:das|es|hier|da|denn|bei euch|auch|noch|eventuell))* (?:als |in )?"
        r"(?P<what>\S.*?)",
        r"(?:est-ce (?:que c'est )?|c'est )possible (?:en |de )?(?P<what>\S.*?)",
        r"(?P<what>\S.*?),? (?:c'est|est-ce|est) (?:encore )?(?:possible|faisable)",
        r"(?:es|sería) posible (?:en |hacerlo en )?(?P<what>\S.*?)",
        r"(?P<what>\S.*?) (?:es|sería) posible",
        r"(?:è|sarebbe) possibile (?:in )?(?P<what>\S.*?)",
        r"(?:é|seria) possível (?:em )?(?P<what>\S.*?)",
    )
)
"""Forms of the question; `what` is what is asked about."""
_POLITE = re.compile(
    r"^(?:(?:can|could|would|will) (?:you|we|i|one)|(?:kannst|könntest) du|(?:kann|könnte) (?:man|ich)|"
    r"(?:können|könnten) (?:wir|sie)|(?:puedes|podrías|se puede|puedo)|(?:peux-tu|pouvez-vous|tu peux|on peut|je peux)|"
    r"(?:puoi|si può|posso)|(?:pode|dá para|posso))\b"
    r"(?: (?:still|please|noch|bitte|jetzt|encore|aún|todavía|ancora|ainda))*"
    r"\s+",
    re.IGNORECASE,
)
LEADS = {"en": ("", "make it ", "use ", "in "), "de": ("", "mach es ", "in ")}
"""Words that make a wish of a bare noun or adjective."""


def asked(said: str, film: Film, hear: Reader) -> Understood:
    """Return the answer that it can be done, with a click that does it; nothing for what is no such question, or asks
    for something that is no change."""
    found = next((match for pattern in ASKED if (match := pattern.match(said.strip()))), None)
    if found is None or quoted(said) or not film.script:
        return Understood()
    is_haste = film.is_being_made and re.search(r"\b(?:faster|quicker|schneller)\b", said, re.IGNORECASE)
    return Understood() if is_haste else offered(found["what"], "ask.possible", film, hear)


def offered(what: str, key: str, film: Film, hear: Reader) -> Understood:
    """Return a sentence with a button that does what was asked about; nothing where that is no change."""
    wish = next((wish for wish in _wishes(what, film.tongue) if _changes(hear(wish))), "")
    if not wish:
        return Understood()
    button = wish[0].upper() + wish[1:]
    return Understood(words=film.say(key, what=button), suggestions=(button, film.say("meant.no")))


def _wishes(what: str, language: str) -> Iterator[str]:
    """Yield ways of wishing for what is asked about."""
    bare = _POLITE.sub("", what.strip(" ,.!?"))
    yield from (f"{lead}{bare}" for lead in LEADS.get(language, ("", "in ")))


def _changes(found: Understood) -> bool:
    return bool(found.calls) and all(call.tool in CHANGING for call in found.calls)
