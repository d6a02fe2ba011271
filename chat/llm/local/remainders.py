"""PURE: what is left of a wish when it is known what is wished: the words that go into a picture, a look or music."""

from __future__ import annotations

import re

OPENERS = re.compile(
    r"^(?:(?:please|pls|plz|hey|hi|oh|and|also|but|so|ok(?:ay)?|well|hmm+|maybe|could (?:you|we)|can (?:you|we|u)|"
    r"would you|"
    r"i(?:'d| would) (?:like|love|prefer)(?: to (?:see|have))?|i (?:want|wanna|need|wish|picture)(?: it|"
    r" to)?(?: see| have)?|"
    r"it (?:should|must|needs to) (?:be|have|look)|it needs|there (?:should|must|needs to) be|"
    r"let(?:'s)?(?: it be)?|make it|"
    r"make|have|put|add|show(?: me)?|set it|set|how about|what about|"
    r"bitte|kannst du|könntest du|und|auch|noch|mal|ich (?:will|möchte|hätte gern(?:e)?|wünsche mir|brauche)|"
    r"mach(?:e|st du)?|"
    r"lass|setz(?:e)?|zeig(?:e)?|füge?|da soll(?:en)?|es soll(?:en)?|"
    r"pon(?:le|ga)?|quiero(?: ver)?|añade|haz(?:la|lo)?|que|y|por favor|puedes|"
    r"mets|ajoute|fais|je (?:veux|voudrais|préfère)(?: voir)?|il faut|plutôt|et|s'il te plaît|"
    r"metti|aggiungi|fai|vorrei(?: vedere)?|voglio|e|per favore|"
    r"coloca|põe|bota|quero(?: ver)?|adiciona|faz|zet|doe|maak|ik wil|graag)\b[ ,:]*)+",
    re.IGNORECASE,
)
CLOSERS = re.compile(
    r"(?:[ ,.!?]*\b(?:please|pls|plz|thanks?(?: you)?|thx|instead|too|as well|tho(?:ugh)?|btw|bitte|danke|machen|"
    r"haben|rein|"
    r"hinzufügen|por favor|gracias|s'il (?:te|vous) plaît|merci|per favore|grazie|né|obrigado|graag)\b)*[ ,.!?;:]*$",
    re.IGNORECASE,
)
SAID = re.compile(
    r"[\"“„«](?P<quoted>.+?)[\"”“»]|(?<!\w)'(?P<single>[^']+(?:'\w[^']*)*)'(?!\w)|: *(?P<behind>\S.*)$", re.DOTALL
)


def described(said: str) -> str:
    """Return what is to be seen or heard, without the asking."""
    text = " ".join(said.split()).strip(" ,.;:!?–-")
    for _ in range(2):
        text = OPENERS.sub("", text, count=1).strip(" ,.;:")
    return CLOSERS.sub("", text).strip(" ,.;:")


def dictated(said: str) -> str:
    """Return the words that somebody gave: the last in quotation marks, or those behind a colon; else nothing."""
    found = [next(group for group in match.groups() if group) for match in SAID.finditer(said)]
    return found[-1].strip() if found else ""
