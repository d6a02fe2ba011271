"""PURE: the words of whatever a user typed, without markup, paths and control characters; and English endings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from pipeline.film.plain_text import READ_CHARS, without_markup

_MARKS = re.compile(r"[<>{}\[\]()\\/|`*_#~^=@$&+%\"“”„«»‹›]+")
_SPACES = re.compile(r"\s+")
_LETTERS = r"(?:[^\W_]|[\u0300-\u036f\u0900-\u0963])+"
"""With the vowel signs of Devanagari, which are no letters to Python."""
_WORD = re.compile(rf"\d{{1,3}}\.(?=\s+[^\W\d_])|{_LETTERS}(?:[’'\-.:]{_LETTERS})*", re.UNICODE)
"""An ordinal keeps its dot; sentences are apart already."""
_ARTICLE = re.compile(r"^(?:an?|the|my|our|your|this|one|two|three|some)\s+", re.IGNORECASE)
_EMOJI_NOISE = {"face", "symbol", "sign", "emoji", "heavy", "black", "white", "with", "of", "medium", "large", "small"}
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def clean(prompt: str) -> str:
    """One line of plain words and punctuation; new lines become full stops."""
    text = unicodedata.normalize("NFC", prompt[:READ_CHARS])
    text = re.sub(r"[\r\n\u2028\u2029]+", " . ", text)
    text = _MARKS.sub(" ", without_markup(text))
    kept = (letter if _speakable(letter) else " " for letter in text)
    return _SPACES.sub(" ", "".join(kept)).strip()


def emoji_words(prompt: str) -> str:
    """Say what the pictures in a text without words show: "🦊🚀" is "a fox and a rocket"."""
    names: list[str] = []
    for letter in prompt[:READ_CHARS]:
        name = unicodedata.name(letter, "").lower() if unicodedata.category(letter) == "So" else ""
        plain = " ".join(word for word in re.sub(r"[^a-z ]", " ", name).split() if word not in _EMOJI_NOISE)
        if plain and plain not in names:
            names.append(plain)
    return " and ".join(f"{article(name)} {name}" for name in names[:2])


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)


def is_spaceless(text: str) -> bool:
    """True where a text is mostly written in Chinese or Japanese letters."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(CJK.findall(text)) * 2 > len(letters)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def article(text: str) -> str:
    """`a` or `an`, as the text that follows sounds."""
    first = text[:1].lower()
    silent = text.lower().startswith(("hour", "honest"))
    hard = text.lower().startswith(("uni", "use", "euro", "one"))
    return "an" if silent or (first in "aeiou" and first and not hard) else "a"


def gerund(verb: str) -> str:
    if verb.endswith("ie"):
        return f"{verb[:-2]}ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return f"{verb[:-1]}ing"
    if re.fullmatch(r"(?:re|un|over|out)?[^aeiou]*[aeiou][^aeiouwxy]", verb):
        return f"{verb}{verb[-1]}ing"
    return f"{verb}ing"


def doing(action: str) -> str:
    """ "brew coffee" as "brewing coffee"."""
    verb, _, rest = action.partition(" ")
    return f"{gerund(verb)} {rest}".strip() if action else ""


def ended(said: Sequence[str], leading_on: Collection[str], *, least: int = 1, marks: str = "") -> list[str]:
    """Leave out the words at an end that lead on to more, whatever `marks` they have, but for the first `least`."""
    kept = list(said)
    while len(kept) > least and kept[-1].lower().strip(marks) in leading_on:
        kept = kept[:-1]
    return kept


def bare(subject: str) -> str:
    """Remove a subject's article: "coffee shop"."""
    return _ARTICLE.sub("", subject)


def _speakable(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LMNPZ" and letter.isprintable()
