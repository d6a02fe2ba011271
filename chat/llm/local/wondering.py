"""PURE: questions about what would come of something, what is better, and what a stop or a film costs: all answered."""

from __future__ import annotations

import re
from collections.abc import Callable

from chat.llm.local import capabilities
from chat.llm.local.can_be_done import Reader, offered
from chat.llm.local.film import Film
from chat.llm.local.steps import Understood, step

_AND = r"^(?:(?:and|so|but|hey|ok|hm+|wait|und|aber|also|y|et|e),? )*"
_IF_DONE = re.compile(
    rf"{_AND}(?:what if (?:i|we) (?P<drop>\S.*?)|what (?:happens|would happen|"
    rf"will happen)(?: to \w+(?: \w+)?)? (?:if|when) (?:i|we|you) (?P<en>\S.*?)|"
    r"was (?:passiert|geschieht|wäre),? wenn (?:ich|wir|du|man) (?P<de>\S.*?)|qué pasa si (?P<es>\S.*?)|"
    r"(?:que|qu'est-ce qui) se passe(?:-t-il)? si (?:je |on )?(?P<fr>\S.*?)|(?:che )?cosa succede se (?P<it>\S.*?)|"
    r"o que acontece se (?:eu )?(?P<pt>\S.*?)|"
    r"(?:should|shall) (?:i|we) (?!.*\bor\b)(?P<should>\S.*?)(?:,? (?:do )?(?:u|you) (?:think|reckon))?|"
    r"soll(?:te)?n? (?:ich|wir) (?!.*\boder\b)(?P<soll>\S.*?)|devrais-je (?P<devoir>\S.*?))\W*$",
    re.IGNORECASE,
)
_TASTE = re.compile(
    rf"{_AND}(?:(?:is|are|would|does|do|looks?|sounds?|what|which|what's|whats)\b.*\b(?:better|nicer|best)\b"
    r"(?!.*\b(?:quality|tier)\b).*(?:\bor\b|\?)|"
    r"should (?:i|we) (?:rather |better )?(?:keep|take|use|go with|choose|leave|have)\b.*\bor\b.*|"
    r"(?:is|are|isn'?t|aren'?t) [^,;.]*\btoo (?:long|short|much|many|little|few)\b[^,;.]*\?|"
    r"(?:ist|sind) [^,;.]*\bzu (?:lang|kurz|viel|wenig)\b[^,;.]*\?|"
    r"should (?:the|it|this|that|she|he|they|my|our|scene)\b[^,;.]*\?|soll(?:te|ten)? (?:die|der|das|es|sie|"
    r"er)\b[^,;.]*\?|"
    r"what would you (?:choose|take|pick)\b.*|(?:was|welche\w*|ist|wäre|sind)\b.*\bbesser\b.*(?:\boder\b|\?)|"
    r"(?:es|queda) mejor\b.*\bo\b.*|(?:c'est|est-ce) mieux\b.*\bou\b.*|è meglio\b.*\bo\b.*|é melhor\b.*\bou\b.*)\W*$",
    re.IGNORECASE,
)
_STOPPED = re.compile(
    rf"{_AND}(?=.*(?:\?|\b(?:if|when|wenn|si|se)\b)).*\b(?:if|when|wenn|can|could|kann|will|do|does|what|was|si|se) .*"
    r"\b(?:i|we|you|ich|man|wir)\b.*\b(?:stop|cancel|abort|stopp\w*|abbrech\w*|abbreche|anhalte\w*)\b.*$",
    re.IGNORECASE,
)
_THOUGHT_FREE = re.compile(
    r"\bthought (?:it|this|that)(?:'?s| is| was| would be)? (?:all |for |completely )?free\b|"
    r"\bwhy (?:does|do|is|must|should)\b.*\b(?:credits?|cost|pay)\b(?!.*\bso (?:much|expensive)\b)|"
    r"\b(?:wieso|warum) (?:kostet|muss ich|soll ich)\b.*\b(?:etwas|was|credits?|zahlen|bezahlen)\b|"
    r"\bdachte,? (?:es|das|der film) (?:ist|sei|wäre|kostet) (?:kostenlos|gratis|umsonst|nichts)\b",
    re.IGNORECASE,
)
_BROKEN = re.compile(
    rf"{_AND}(?:which|welche\w*|cuál|qué escena|quelle?|quale|qual)\b.*\b(?:broke\w*|fail\w*|"
    r"wrong|crash\w*|missing|kaputt|schief\w*|fehlgeschlagen|gescheitert|falló|échoué|fallit\w*|falhou)\b.*$",
    re.IGNORECASE,
)
_WRITTEN = re.compile(
    rf"{_AND}(?:is|are|ist|sind|está|est-ce que|c'est|è|già)\b.*\b(?:written|ready|done|finished|there|"
    r"geschrieben|fertig|da|soweit|listo|escrito|prêt|écrit|pronto|scritto)\b.*$",
    re.IGNORECASE,
)


def noted(said: str, film: Film, hear: Reader) -> Understood:
    """Return the answer; nothing is changed by any of these questions."""
    text = said.strip()
    if found := _IF_DONE.match(text):
        return offered(next(filter(None, found.groups())), "ask.if_done", film, hear)
    return next((answer(film) for asks, answer in ANSWERS if asks(text, film)), Understood())


def _costs(film: Film) -> Understood:
    return capabilities.answer("ask_pay", film)


def _said(key: str) -> Callable[[Film], Understood]:
    return lambda film: Understood(words=film.say(key))


Asks = Callable[[str, Film], bool]
ANSWERS: tuple[tuple[Asks, Callable[[Film], Understood]], ...] = (
    (lambda text, film: film.is_being_made and bool(_STOPPED.match(text)), _said("known.stop_now")),
    (
        lambda text, film: film.is_being_written and bool(_WRITTEN.match(text)),
        lambda _: Understood((step("film_status"),)),
    ),
    (lambda text, film: bool(film.failed and _BROKEN.match(text)), lambda _: Understood((step("film_status"),))),
    (lambda text, film: bool(_THOUGHT_FREE.search(text)), _costs),
    (lambda text, film: bool(_TASTE.match(text)), _said("known.taste")),
)
