"""PURE: German as people say and type it ("is", "nich", "ne", "aufm"), in the words that the tables know.

What is dictated stays as it was written: behind a colon, a quotation mark, or a word that says or names something.
"""

from __future__ import annotations

import re

WORDS = {
    "is": "ist", "isses": "ist es", "isn": "ist denn", "jetz": "jetzt", "nich": "nicht", "net": "nicht",
    "ned": "nicht", "nit": "nicht", "nix": "nichts", "ma": "mal", "nochma": "nochmal", "nimms": "nimm es",
    "kost": "kostet", "stehn": "stehen", "gehn": "gehen", "sehn": "sehen", "drehn": "drehen", "gibts": "gibt es",
    "gehts": "geht es", "hats": "hat es", "wirds": "wird es", "machs": "mach es", "kanns": "kann es",
    "dauerts": "dauert es", "wies": "wie es", "obs": "ob es", "hab": "habe", "haste": "hast du",
    "kannste": "kannst du", "könnteste": "könntest du", "machste": "machst du", "bistn": "bist du denn",
    "aufm": "auf dem", "aufn": "auf den", "inn": "in den", "fürn": "für den", "vorm": "vor dem",
    "hinterm": "hinter dem", "mitm": "mit dem", "son": "so ein", "sone": "so eine", "nen": "einen", "nem": "einem",
    "ner": "einer", "draussen": "draußen", "wieviel": "wie viel", "grad": "gerade", "möcht": "möchte",
    "hätt": "hätte", "könnt": "könnte", "würd": "würde",
}  # fmt: skip
_WORD = re.compile(r"(?<![\w'’])[a-zäöüß]+(?![\w'’])", re.IGNORECASE)
_DICTATED = re.compile(
    r"[:„“\"«»]|\b(?:sagt|sagen|sag|nenn\w*|titel|text|hei(?:ß|ss)\w*|stehe?n|steht)\b", re.IGNORECASE
)
_A = re.compile(
    r"(?<=\w )(?<!, )\bne (?=[a-zäöüß]+)|\bne (?=\w+(?:e|en|stimme|version|fassung|szene|musik)\b)", re.IGNORECASE
)
"""An article, where it is no "no" at the beginning."""
_A_BIT = re.compile(
    r"\b(?:etwas|a bissl|(?:ein )?(?:bisschen|bissl|bisserl|bissel|bissle|wenig)) "
    r"(?=(?!über|unter|hinter|wieder|immer|hier|der)[a-zäöüß]{2,}er\b)",
    re.IGNORECASE,
)
"""Said before a comparative, it changes nothing: "ein bisschen ruhiger"."""
_THAT = re.compile(
    r"(?<=\bkost )des\b ?|(?<=\bkostet )des\b ?|"
    r"\bdes (?=(?:bild|war|ist|is|geht|passt|gefällt|wird|sieht|soll|kann|muss)\b)",
    re.IGNORECASE,
)
_ENGLISH = (
    (re.compile(r"\bscene (?=\d)", re.IGNORECASE), "szene "),
    (re.compile(r"(?<=szene \d )should say\b", re.IGNORECASE), "soll sagen"),
    (re.compile(r"(?<=szene \d )says\b", re.IGNORECASE), "sagt"),
)
"""English among German that tells which scene is meant, and that words are dictated."""
_ABBREVIATED = re.compile(r"(?<=\w)['’]s(?= |$)")


def spelled_out(said: str) -> str:
    """Return a German wish with whole words for what is swallowed, up to what it dictates."""
    for pattern, german in _ENGLISH:
        said = pattern.sub(german, said, count=1)
    dictated = _DICTATED.search(said)
    end = dictated.start() if dictated else len(said)
    head = _THAT.sub("das ", said[:end])
    head = _A.sub("eine ", _ABBREVIATED.sub(" es", _A_BIT.sub("", head)))
    return _WORD.sub(lambda found: WORDS.get(found[0].lower(), found[0]), head) + said[end:]
