"""PURE: the blanks that a wish of a known meaning fills in: seconds, places in the order, and words for other words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

NUMBERS: Mapping[str, int] = {
    "five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "fünf": 5, "zehn": 10, "fünfzehn": 15, "zwanzig": 20, "cinco": 5,
    "diez": 10, "quince": 15, "veinte": 20, "cinq": 5, "dix": 10, "quinze": 15, "vingt": 20, "cinque": 5, "dieci": 10,
    "quindici": 15, "venti": 20, "dez": 10, "vinte": 20,
}  # fmt: skip
_SECONDS = re.compile(
    rf"\b(\d+|{'|'.join(NUMBERS)}) ?-?(?:s|secs?|seconds?|sek|sekunden?|segundos?|secondes?|secondi|segs?)\b"
    rf"|\b(?:to|by|auf|a|à|para|for) (\d+|{'|'.join(NUMBERS)})\W*$",
    re.IGNORECASE,
)
TWICE = r"\b(?:twice|double|doubled|doppelt|doble|double|doppio|dobro|deux fois|due volte|duas vezes|2x)\b"
HALF = r"\b(?:half|halve|halved|halb|hälfte|mitad|moitié|metà|metade)\b"
POSITIONS: Mapping[int, str] = {
    2: r"second|2nd|zweite[rs]?|zweites|segund[oa]|deuxième|second[oa]|secondo",
    3: r"third|3rd|dritte[rs]?|drittes|tercer[oa]?|troisième|terz[oa]|terceir[oa]",
    4: r"fourth|4th|vierte[rs]?|viertes|cuart[oa]|quatrième|quart[oa]",
    5: r"fifth|5th|fünfte[rs]?|fünftes|quint[oa]|cinquième",
}
_PAIR_WORD = r"(?:two|2|pair|beiden?|zwei|dos|deux|due|duas|dois)"
LAST_TWO = (
    rf"\b(?:last|letzten?|últim[oa]s?|dernières?|derniers|ultim[ei]) {_PAIR_WORD}\b|"
    rf"\b{_PAIR_WORD} (?:últim[oa]s|dernières|derniers|ultim[ei]|last)\b"
)
FIRST_TWO = (
    rf"\b(?:first|ersten?|primer[oa]s|premi[eè]re?s|prim[ei]|primeir[oa]s) {_PAIR_WORD}\b|"
    rf"\b{_PAIR_WORD} (?:primer[oa]s|premi[eè]re?s|prim[ei]|primeir[oa]s|first)\b"
)
REVERSED = (
    r"\b(?:revers\w*|backwards|umdrehen|umkehren|umgekehrt|rückwärts|al revés|invierte|invertir|à l'envers|inverse\w*|"
    r"al contrario|inverti\w*|ao contrário|flip|turn .* around)\b"
)


def seconds(said: str, now: int) -> int:
    """Return how long something that lasts `now` seconds should last; 0 where the sentence says no number."""
    if found := _SECONDS.search(said):
        number = (found[1] or found[2]).lower()
        return int(NUMBERS.get(number, 0) or number)
    if re.search(TWICE, said, re.IGNORECASE):
        return now * 2
    return now // 2 if re.search(HALF, said, re.IGNORECASE) else 0


_AMOUNT = r"(?P<amount>\d+|an?|one|another) ?-?(?:s|secs?|seconds?)"
_RELATIVE = (
    re.compile(rf"\btoo (?P<how>short|long) by {_AMOUNT}\b"),
    re.compile(rf"\b{_AMOUNT} too (?P<how>short|long)\b"),
    re.compile(rf"\b{_AMOUNT} (?P<how>more|longer|extra|less|shorter|fewer)\b"),
    re.compile(rf"\b(?P<how>longer|shorter|extend|lengthen|shorten)(?: (?:it|scene \d+|that))? by {_AMOUNT}\b"),
    re.compile(rf"\b(?P<how>add|another|extra|cut|trim|take) {_AMOUNT}\b(?! (?:of\b|scene))"),
    re.compile(r"\b(?P<amount>\d+|an?|another) (?P<how>more|extra|fewer|less) (?:s|secs?|seconds?)\b"),
)
_LESS = ("long", "less", "shorter", "shorten", "fewer", "cut", "trim", "take")


def changed_by(plain: str, now: int) -> int:
    """Return how long something that lasts `now` seconds lasts when so many are added or cut; 0 where none are said."""
    found = next((match for pattern in _RELATIVE if (match := pattern.search(plain))), None)
    if found is None:
        return 0
    amount = int(found["amount"]) if found["amount"].isdigit() else 1
    return max(now - amount, 1) if found["how"] in _LESS else now + amount


def position(said: str) -> int:
    """Return the place in the order that something is wished at ("as the third"); 0 where none is named."""
    for place, words in POSITIONS.items():
        if re.search(rf"\b(?:{words})\b(?! (?:scene|szene|escena|scène|scena|cena))", said, re.IGNORECASE):
            return place
    return 0


def pair(said: str, count: int) -> tuple[int, int] | None:
    """Return the places of "the last two" or "the first two"."""
    if count < 2:
        return None
    if re.search(LAST_TWO, said, re.IGNORECASE):
        return count - 1, count
    return (1, 2) if re.search(FIRST_TWO, said, re.IGNORECASE) else None


class Replaced(NamedTuple):
    old: str
    new: str


_QUOTE = r"[\"“”„«»'’]"
_SCENE = r"(?:scenes?|szenen?|escenas?|scènes?|scen[ae]|cenas?)"
_END = (
    r"(?=\s*(?:[,.;!]|$| in (?:the|its|der|dem)\b| im\b| en (?:el|la)\b| dans\b| nel\b| no texto\b| please| bitte|"
    rf" (?:in|of|for|von|en|de|nella|na|da|van) (?:de )?{_SCENE}\b))"
)
_WORDS = r"[\w'’-]+(?: [\w'’-]+){0,5}?"


def _orders(old: str, new: str, end: str) -> tuple[str, ...]:
    """The ways to say that words stand in place of others, of patterns for both and for what may follow them."""
    return (
        rf"(?:replace|change|swap|correct|ersetz\w*|änder\w*|tausch\w*|cambia|reemplaza|remplace|change|sostituisci|"
        rf"cambia|troca|substitui)(?: the words?| im text| en el texto| dans le texte| nel testo| no texto)* {old} "
        rf"(?:with|by|to|for|into|durch|gegen|zu|por|par|en|con|com) {new}{end}",
        rf"(?:no son|no es|ce n'est pas|non sono|non è|não são|não é|not|nicht|no|non|pas|não) {old},? "
        rf"(?:but |it's |its |it is |it was |they are |there are |it should be |sondern |es sind |es ist |sino |son "
        rf"|es |mais "
        rf"|c'est |sono |è |são |é |but it's )+{new}{end}",
        rf"(?:say|says|sag|sagen|be|write|put|called?|diga|dise|dica) {new},? (?:instead of|not just|"
        rf"rather than|and"
        rf" not|not|statt|anstatt|nicht nur|nicht|en vez de|y no|au lieu de|et pas|invece di|e non|em vez de|e não) "
        rf"{old}{end}",
        rf"(?:says?|steht|dice|dit|diz) {old},? (?:but (?:it )?(?:was|is|should be|it's)|it should (?:say|be)|"
        rf"richtig ist|pero es|mais c'est|ma è|mas é) {new}{end}",
        rf"(?:it's|its|it is|it was) {new},? not {old}{end}",
    )


def _quoted(name: str) -> str:
    return rf"[\"“„«‘'](?P<{name}>[^\"“”„«»]+?)[\"”“»’'](?!\w)"


_MARKED = _orders(_quoted("old"), _quoted("new"), "")
"""Marks say where the words end."""
_BARE = _orders(rf"(?P<old>{_WORDS})", rf"(?P<new>{_WORDS})", _END)


def replaced(said: str) -> Iterator[Replaced]:
    """Yield the words that should stand in place of others, as each way of saying it reads them."""
    bare = re.sub(_QUOTE + r"(?!\w)|(?<!\w)" + _QUOTE, "", said)
    for text, orders in ((said, _MARKED), (bare, _BARE)):
        for order in orders:
            for found in re.finditer(rf"\b(?:{order})", text, re.IGNORECASE):
                yield Replaced(found["old"].strip(), found["new"].strip())


def with_words(text: str, change: Replaced) -> str:
    """Return the text with the new words where the old ones stand; as it was where they do not."""
    old = change.old.split()
    for start in range(len(old)):
        words = " ".join(old[start:])
        pattern = rf"\b{re.escape(words)}\b(?P<next> \w+)?"
        if len(words) > 2 and (found := re.search(pattern, text, re.IGNORECASE)):
            return f"{text[: found.start()]}{_fitting(change.new, found)}{text[found.end() :]}"
    return text


def _fitting(new: str, found: re.Match[str]) -> str:
    """Fit the words in: with a capital where there was one, and what follows not said twice."""
    following = found["next"] or ""
    if following and new.lower().endswith(following.lower()):
        new = new[: -len(following)]
    return (new[:1].upper() + new[1:] if found[0][:1].isupper() else new) + following


def in_order(order: Sequence[int], moved: Sequence[int], at: int) -> list[int]:
    """Return the places with the moved ones together, the first of them at this place from 1."""
    rest = [place for place in order if place not in moved]
    return [*rest[: at - 1], *moved, *rest[at - 1 :]]
