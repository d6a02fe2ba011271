"""PURE: the language that a text is written in, and the languages it names: "in German", "auf Deutsch", "用中文".

Letters that one language alone has tell it; of the others py3langid's model says how likely each is. Names are
Unicode's (CLDR, by Babel), in the languages that people speak with us.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale

from pipeline.film.settings import LANGUAGES
from pixora.foundation.letters import writing_of

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH = "en"
SPOKEN_TO_US = ("en", "de", "es", "fr", "it", "pt", "hi", "zh", "nl")
"""What people write in, and call languages by their names in."""
BY_LETTERS = {"HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "THAI": "th", "HEBREW": "he"}
CANDIDATES = {
    "LATIN": "en de es fr it pt nl ca cs da et fi hr hu id lt lv no pl ro sk sl sv tl tr vi",
    "DEVANAGARI": "hi mr ne",
    "ARABIC": "ar fa ur",
    "CYRILLIC": "ru uk be bg mk sr",
}
"""By how Unicode names letters. Languages that few write in are left out: short texts would be taken for them."""
LIKELY = 10.0
"""So many times as probable is the language that is expected anyway; found on 108 prompts and 1,500 chat messages."""
RARE = 0.3
"""Languages that no film can be in: a slip makes English look like one of them."""
SURE = 0.6
"""So probable must those be together before a text is taken for one of them."""
LEAST_WORDS = 3
"""A shorter text in Latin letters is in none of them."""
OTHER_NAMES = {
    "flemish": "nl",
    "brazilian": "pt",
    "mandarin": "zh",
    "putonghua": "zh",
    "castellano": "es",
    "castilian": "es",
    "farsi": "fa",
}
REGIONAL = ("pt_BR", "zh_Hans", "tlh")
_ENDS = (
    r"(?=\s*(?:$|[,.;:!?)\d，。]|(?:and|with|without|about|please|pls|for|on|und|mit|ohne|uber|bitte|y|con|sin|sobre|"
    r"por favor|et|avec|sans|sur|svp|stp|e|senza|su|sul|com|sem|over|met|zonder|narration|voice|language)\b))"
)
"""Behind a language that is asked for; a thing of that country would follow otherwise ("in Italian villages")."""
_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"[\"“„«][^\"”“»„«]*[\"”“»]")


def language_of(text: str, likely: str = ENGLISH) -> str:
    """Return the language that a text is written in, as ISO 639-1; `likely` where nothing tells another.

    It may be one that no film can be in. What stands between quotation marks does not count.
    """
    plain = _QUOTED.sub(" ", text) if _WORD.search(_QUOTED.sub(" ", text)) else text
    letters = _letters(plain)
    if not letters:
        return likely
    writing = letters.most_common(1)[0][0]
    if writing == "CJK" and (letters["HIRAGANA"] or letters["KATAKANA"]):
        return "ja"
    return BY_LETTERS.get(writing) or _most_likely(plain, writing, likely)


def known(code: str, among: Collection[str] = LANGUAGES) -> bool:
    """A film can be in it; `among` are the languages of those who write and speak here."""
    return code in among


_NOT_NEEDED = re.compile(
    r" *(?:voice|version|narration|text|captions|subtitles|stimme|untertitel)? *(?:is |are |ist |sind )?"
    r"(?:not|isn't|aren't|nicht) (?:needed|necessary|required|wanted|notig|nötig|gebraucht|gewünscht)\b"
)
"""A language that is named to be denied: "Spanish voice not needed"."""


def asked_in(text: str) -> str | None:
    """Return the language that a text asks for by its name; None where it asks for none."""
    plain = _without_marks(text.lower())
    found = next((one for one in _asks().finditer(plain) if not _NOT_NEEDED.match(plain[one.end() :])), None)
    return _names()[next(name for name in found.groups() if name)] if found else None


def named_in(text: str) -> str | None:
    """Return the language whose English name, or whose own, is in a text; None where none is."""
    found = _named_alone().search(_without_marks(text.lower()))
    return _names()[found[1]] if found else None


def without_asked(text: str) -> str:
    """Return the text without the words that ask for a language; with its marks where it asks for none."""
    spans = [found.span() for found in _asks().finditer(_without_marks(text.lower()))]
    for start, end in reversed(spans):
        text = f"{text[:start]} {text[end:]}"
    return " ".join(text.split()) if spans else text


def name_of(code: str, language: str = ENGLISH) -> str:
    """Return what a language is called in another: `Korean`; its code where it has no name there."""
    names = Locale.parse(language).languages
    return str(names.get(code) or code)


def is_right_to_left(code: str) -> bool:
    """True for a language whose lines begin at the right."""
    return Locale.parse(code).text_direction == "rtl"


def _letters(text: str) -> Counter[str]:
    return Counter(writing_of(letter) for letter in text if letter.isalpha())


def _most_likely(text: str, writing: str, likely: str) -> str:
    candidates = CANDIDATES.get(writing, "").split()
    ranked = dict(_identifier().rank(text.lower()))
    weights = {code: ranked.get(code, 0.0) * _weight(code, likely) for code in candidates or ranked}
    ours = {code: weight for code, weight in weights.items() if known(code) or code == likely}
    best = max(weights, key=lambda code: weights[code])
    if not ours or not candidates or writing != "LATIN":
        return best
    others = sum(weights.values()) - sum(ours.values())
    is_other = others >= SURE * sum(weights.values()) and len(_WORD.findall(text)) >= LEAST_WORDS
    chosen = {code: weights[code] for code in weights if code not in ours} if is_other else ours
    return max(chosen, key=lambda code: chosen[code])


def _weight(code: str, likely: str) -> float:
    return LIKELY if code == likely else 1.0 if code in SPOKEN_TO_US else RARE


@cache
def _identifier() -> LanguageIdentifier:
    """Loaded by the first text that needs it, for it takes 0.6 s and 80 MiB; with it numpy, which few processes use."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _names() -> Mapping[str, str]:
    """The codes of languages by their names in each of those that people speak with us, without marks."""
    return {**{name: code for language in reversed(SPOKEN_TO_US) for name, code in _named(language)}, **OTHER_NAMES}


def _named(language: str) -> Iterator[tuple[str, str]]:
    names = Locale.parse(language).languages
    codes = [code for code in _identifier().labels if len(code) == 2]
    yield from (
        (_without_marks(names[code].lower()), code.split("_")[0]) for code in (*codes, *REGIONAL) if code in names
    )


def _one_of(*languages: str) -> str:
    """A pattern of what languages are called in these."""
    names = {name for language in languages for name, _ in _named(language)} | set(OTHER_NAMES)
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


@cache
def _named_alone() -> re.Pattern[str]:
    own = {_without_marks(name_of(code, code).lower()) for code in LANGUAGES}
    return re.compile(rf"\b({_one_of(ENGLISH)}|{'|'.join(own)})\b")


@cache
def _asks() -> re.Pattern[str]:
    """Dutch names stand behind Dutch words alone: "pools" and "fins" are languages there."""
    latin, german, dutch = _one_of("en", "de", "es", "fr", "it", "pt"), _one_of("de"), _one_of("nl")
    anywhere = _one_of("en", "hi", "zh")
    return re.compile(
        rf"\b(?:in|into|auf|en|em) (?:gut |pure |plain )?({latin}){_ENDS}|\b(?:in het|op z'n) ({dutch})\b"
        rf"|\bin ({german})er sprache\b|\b({german})e[rn]? (?:sprache|sprecher|sprecherin|stimme|text|fassung)\b"
        rf"|\b({latin}) (?:narration|narrator|voice|voice-?over|voice over|language|version|speaker|audio)\b"
        rf"|({anywhere})\s?(?:में|भाषा)|用({anywhere})|({anywhere})(?:版|配音|旁白)",
        re.IGNORECASE,
    )


def _without_marks(text: str) -> str:
    """Leave the text as long as it was: "español" is "espanol"; the vowel signs of Hindi stay, which are no marks on a
    letter."""
    return "".join(unicodedata.normalize("NFD", letter)[0] if letter.isalpha() else letter for letter in text)
