"""The language somebody writes in, and the same wishes in plain English, by the phrase tables in `tongues/`.

A table holds phrases, which may have places for numbers, and words. What is in neither stays as it was written, so a
subject keeps its own words.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unicodedata import combining, normalize

from chat.llm.local.wording import sentences
from pipeline.film import languages
from pixora.foundation.letters import writing_of

HERE = Path(__file__).parent / "tongues"
LANGUAGES = tuple(sorted(path.stem for path in HERE.glob("*.toml")))
VERBATIM = "*"
"""At the end of a phrase: what follows it is a name and stays as it is."""
_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_GERMAN_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
_ACCENTED = r"[a-zà-ÿœ]+"
LEAST_SPELT = 3
"""Letters: "a" and "à", "ou" and "où" are words of their own."""
_BESIDE_LATIN = re.compile(r"(?<=[a-zA-Z])(?=[\u3040-\u9fff])|(?<=[\u3040-\u9fff])(?=[a-zA-Z])")
"""Between a Latin name and Chinese letters, which need no space: "让George来念"."""
_QUOTED = re.compile(r"([\"“„«].*?[\"”“»])")

BOUNDS = {
    "words": (r"(?<![\w'’])", r"(?![\w'’])"),
    "spaces": (r"(?<![^\s,.!?।])", r"(?![^\s,.!?।])"),
    "none": ("", " ?"),
}
"""What is before and behind a phrase: the vowel signs of Hindi are no letters, and Chinese has no spaces."""
SCENES = {"szene": "de", "szenen": "de", "escena": "es", "escenas": "es", "scène": "fr", "scènes": "fr"}
"""Words for a scene that nobody types who does not write in their language, whatever else a short wish says."""
MOST_OF_A_WISH = 12
"""Words of it."""
SHORT = 4
"""Words: what is no longer is known by the words of the tables, where no detector could be sure."""
MOST_READ = 1_000
"""Characters of a message that tell its language."""
LEAST_TO_CHANGE = 3
"""Words of another language that a short message needs to change that of a chat which is not in English."""


@dataclass(frozen=True)
class Tongue:
    language: str
    phrases: Sequence[tuple[re.Pattern[str], str]]
    words: Mapping[str, str]
    markers: frozenset[str]
    """Words of this language; English may have some of them, too."""
    spelt: Mapping[str, str]
    """Its words as they are typed without its letters, and with them: "ueber", "heisst"."""
    shared: frozenset[str]
    """Words that are written alike in English, and mean the same."""
    joints: frozenset[str]
    """Words that hold its sentences together; a noun that is left may stay as it is, one of these may not."""


@cache
def tongue(language: str) -> Tongue:
    text = (HERE / f"{language}.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    before, behind = BOUNDS[table.get("bounds", "words")]
    phrases = [(re.compile(f"{before}(?:{pattern}){behind}"), english) for pattern, english in table["phrases"]]
    words = {word: english for english, words in table["words"].items() for word in words.split()}
    markers = frozenset(table["markers"].split()) | frozenset(words)
    shared, joints = (frozenset(table.get(name, "").split()) for name in ("shared", "joints"))
    return Tongue(language, phrases, words, markers, _spelt(text, language), shared, joints)


def _spelt(text: str, language: str) -> dict[str, str]:
    """Return the words of a table by the way in which people type them who leave its letters out."""
    words = set(re.findall(_ACCENTED, text))
    spelt = {_typed(word, language): word for word in sorted(words)}
    return {typed: word for typed, word in spelt.items() if typed not in words and len(word) >= LEAST_SPELT}


def _typed(word: str, language: str) -> str:
    if language == "de":
        return "".join(_GERMAN_LETTERS.get(letter, letter) for letter in word)
    return "".join(letter for letter in normalize("NFD", word.replace("œ", "oe")) if not combining(letter))


def language_of(text: str, otherwise: str) -> str:
    """Return the language somebody writes in, in a chat that was in `otherwise` until now.

    It may be one that is not spoken here. "Undo", "ok so" and "stop" are said in all of them.
    """
    text = text[:MOST_READ]
    tokens = [word.lower() for word in _TOKEN.findall(_BESIDE_LATIN.sub(" ", _QUOTED.sub(" ", text)))]
    if len(tokens) <= MOST_OF_A_WISH and len(named := {SCENES[word] for word in tokens if word in SCENES}) == 1:
        return named.pop()
    if among_names := _among_latin_names(tokens):
        return languages.language_of(among_names, likely=otherwise)
    if len(tokens) > SHORT or not _is_latin(tokens):
        return languages.language_of(text, likely=otherwise)
    return _by_words(tokens, otherwise) if tokens else otherwise


def _among_latin_names(tokens: Sequence[str]) -> str:
    """Return what is written in other letters than Latin, where the Latin words are names: "用 kling 3 pro"."""
    foreign = [word for word in tokens if not _is_latin([word])]
    english = [word for word in tokens if word not in foreign and _has(word, "en")]
    is_said_so = len(foreign) > len(english) or 2 * len("".join(foreign)) > len("".join(english))
    return " ".join(foreign) if len(foreign) < len(tokens) and len(foreign) >= len(english) and is_said_so else ""


def _is_latin(tokens: Sequence[str]) -> bool:
    return all(writing_of(token[0]) == "LATIN" for token in tokens)


def _by_words(tokens: Sequence[str], otherwise: str) -> str:
    """The language that has most of a few words, by their letters; `otherwise` where it has as many or they are few."""
    known = {language: [word for word in tokens if _has(word, language)] for language in ("en", *LANGUAGES)}
    letters = {language: len("".join(words)) for language, words in known.items()}
    most = max(letters.values())
    if letters.get(otherwise) == most and (otherwise != "en" or most * 2 >= len("".join(tokens))):
        return otherwise
    if most * 3 < len("".join(tokens)) and len(tokens) > 1:
        return languages.language_of(" ".join(tokens), likely=otherwise)
    best = max(letters, key=lambda language: letters[language])
    return best if len(known[best]) >= (1 if otherwise == "en" else LEAST_TO_CHANGE) else otherwise


def _has(word: str, language: str) -> bool:
    if language == "en":
        return word in _english()
    known = tongue(language)
    return word not in known.shared and not known.markers.isdisjoint({word, known.spelt.get(word)})


@cache
def _english() -> frozenset[str]:
    """The English words that the tables translate into, and those that the agent says itself."""
    known = [tongue(language) for language in LANGUAGES]
    told = [english for one in known for english in (*one.words.values(), *(told for _, told in one.phrases))]
    told += sentences("en").values()
    return frozenset(word for english in told for word in _TOKEN.findall(english.lower()))


def in_english(text: str, language: str) -> str:
    """A lower-case sentence with the wishes of another language in English words; quotations stay."""
    if language not in LANGUAGES:
        return text
    if offered := offered_in_english(text, language):
        return offered
    parts = _QUOTED.split(text)
    told = (part if place % 2 else _in_english(part, tongue(language)) for place, part in enumerate(parts))
    return " ".join(part for part in told if part)


def offered_in_english(text: str, language: str) -> str:
    """Return the English of a sentence that the agent itself offers, as a button says it; empty for any other."""
    bare = text.strip(_ENDS)
    found = ((pattern.fullmatch(bare), english) for pattern, english in _offered(language))
    return next((match.expand(english) for match, english in found if match), "")


@cache
def _offered(language: str) -> Sequence[tuple[re.Pattern[str], str]]:
    """The sentences that the agent asks back, with the English ones; `\\1` is the number of a scene."""
    known, english = sentences(language), sentences("en")
    keys = [key for key in known if key.startswith(OFFERED)]
    return [
        (
            re.compile(re.escape(known[key].lower().strip(_ENDS)).replace(r"\{n\}", r"(\d+)")),
            english[key].lower().replace("{n}", r"\1"),
        )
        for key in keys
    ]


OFFERED = ("meant.", "suggest.")
_ENDS = " .!?¿¡।。？！"


def is_left(text: str, language: str) -> bool:
    """Words that hold a sentence of this language together are in what should be English: it was not understood."""
    if language not in LANGUAGES:
        return False
    return any(word.lower() in tongue(language).joints for word in _TOKEN.findall(text))


def _in_english(text: str, known: Tongue) -> str:
    text = _TOKEN.sub(lambda found: known.spelt.get(found[0], found[0]), text) if known.spelt else text
    for pattern, english in known.phrases:
        if english.endswith(VERBATIM) and (found := pattern.search(text)):
            before, behind = _in_english(text[: found.start()], known), text[found.end() :].strip()
            return f"{before} {found.expand(english[:-1])} {behind}".strip()
        text = pattern.sub(english, text)
    told = " ".join(_TOKEN.sub(lambda found: known.words.get(found[0], found[0]), text).split())
    return re.sub(r"(?<=\w) ,", ",", told)
