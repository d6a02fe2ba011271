"""PURE: the spelling of words that order a film, where fingers slipped: "a vidoe abuot bees for instagramm"."""

from __future__ import annotations

import re

_ENGLISH = (
    "about video videos please create seconds minutes minute instagram facebook youtube tiktok linkedin whatsapp "
    "watercolor watercolour documentary subtitles vertical horizontal portrait landscape square"
)
_OTHERS = (
    "bitte sekunden minuten untertitel hochkant quadratisch segundos minutos subtítulos secondes secondi minuti "
    "sottotitoli seconden ondertitels verticaal horizontaal"
)
"""German, Spanish, French, Italian, Portuguese and Dutch."""
_KNOWN = tuple(f"{_ENGLISH} {_OTHERS}".split())
LONG = 8
"""Letters. Of so long a word one letter may be wrong, missing or too many; a shorter one may be another word."""
_WORD = re.compile(r"[\"“„«][^\"“”„«»]*[\"”“»]|[^\W\d_]{5,}")
"""What is quoted stays as it is."""
_DOUBLE = re.compile(r"(\w)\1+")


def _shape(word: str) -> tuple[str, str, str]:
    """Its ends, and what is between them in any order."""
    return word[0], "".join(sorted(word[1:-1])), word[-1]


def _single(word: str) -> str:
    return _DOUBLE.sub(r"\1", word)


_ODD = dict.fromkeys(("vidoe", "viedo", "vidio", "vedio", "viedeo", "vdieo"), "video")
_SHAPES = {_shape(word): word for word in _KNOWN}
_SINGLES = {_single(word): word for word in _KNOWN}
_LONG_ONES = tuple(word for word in _KNOWN if len(word) >= LONG)
_ENDING = re.compile(r"[aeinos]+$")


def mended(text: str) -> str:
    """Return the text with the words for ordering a film as they are spelled; every other word stays."""
    return _WORD.sub(lambda found: _spelled(found[0]), text)


def _spelled(word: str) -> str:
    plain = word.lower()
    if plain in _KNOWN or not plain.isalpha():
        return word
    known = _ODD.get(plain) or _SHAPES.get(_shape(plain)) or _SINGLES.get(_single(plain)) or _near(plain)
    if not known:
        return word
    return known.capitalize() if word[:1].isupper() else known


def _near(plain: str) -> str:
    """Return the long word that has one letter more, less or other; another form of it is no slip."""
    if len(plain) < LONG - 1:
        return ""
    found = next((known for known in _LONG_ONES if abs(len(known) - len(plain)) <= 1 and _is_one_off(plain, known)), "")
    return "" if found and _ENDING.sub("", found) == _ENDING.sub("", plain) else found


def _is_one_off(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    same = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]
