"""PURE: a narration as it is to be spoken: prices, dates, units, telephone numbers, addresses and formulas in words.

Captions show it as it was written, so the times of spoken words are led back to what stands for them there.
Numbers become words by num2words; plain ones, which every voice reads, are left to the voice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from num2words import num2words

from pipeline.spoken_words import CURRENCIES, DEGREES, FORMULAS, MONTHS, NUMBER_SIGN, SIGNS, UNITS

Word = tuple[str, int, int]
"""What is said, and from when to when in milliseconds."""
LANGUAGES = frozenset(MONTHS)
"""Those whose numbers become words; of others only what no voice can say is taken out."""
NUMBER = r"\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"


@dataclass(frozen=True)
class Piece:
    """A part of the text, and what is said for it."""

    written: str
    said: str


def pieces(text: str, language: str) -> list[Piece]:
    """Together they are the text; most are said as they are written."""
    found, at = [], 0
    for match in _SAID_OTHERWISE.finditer(text):
        said = _said(match, language)
        if said is None:
            continue
        found += _plain(text[at : match.start()])
        found.append(Piece(match.group(), said))
        at = match.end()
    return [*found, *_plain(text[at:])]


def spoken(parts: Sequence[Piece]) -> str:
    return "".join(part.said for part in parts)


def as_written(parts: Sequence[Piece], words: Sequence[Word]) -> list[Word]:
    """The words with what was written for them; several that stand for one price are one."""
    text, ends, at = spoken(parts), _ends(parts), 0
    found: list[Word] = []
    last = -1
    for said, start_ms, end_ms in words:
        begin = text.find(said, at)
        if begin < 0:
            continue
        at = begin + len(said)
        place = _changed(parts, ends, begin, at)
        if place is None:
            found.append((said, start_ms, end_ms))
        elif place == last:
            found[-1] = (found[-1][0], found[-1][1], end_ms)
        else:
            found.append((parts[place].written, start_ms, end_ms))
        last = -1 if place is None else place
    return found


def _plain(text: str) -> list[Piece]:
    return [Piece(text, text)] if text else []


def _ends(parts: Sequence[Piece]) -> list[int]:
    ends, at = [], 0
    for part in parts:
        at += len(part.said)
        ends.append(at)
    return ends


def _changed(parts: Sequence[Piece], ends: Sequence[int], begin: int, end: int) -> int | None:
    """Which piece, of those that are said otherwise than written, a stretch of what is said belongs to."""
    for place, (part, until) in enumerate(zip(parts, ends, strict=True)):
        if part.said != part.written and begin < until and until - len(part.said) < end:
            return place
    return None


def _said(match: re.Match[str], language: str) -> str | None:
    """None where it is best left to the voice."""
    kind = match.lastgroup or ""
    if kind == "sign":
        return _sign(match.group(), language)
    if language not in LANGUAGES:
        return None
    try:
        return _WAYS[kind](match.group(), language)
    except (NotImplementedError, InvalidOperation, ValueError, KeyError, OverflowError):
        return None


def _sign(sign: str, language: str) -> str:
    if sign == "№":
        return f"{NUMBER_SIGN.get(language, '')} "
    digits = unicodedata.normalize("NFKC", sign)
    return f" {digits} " if digits.isdigit() else " "


def _number(text: str, language: str) -> Decimal:
    """The decimal mark is a comma but in English; a mark before three digits groups them."""
    plain = re.sub(r"['\s]", "", text)
    grouped = re.sub(r"[.,](?=\d{3}(?!\d))", "", plain)
    return Decimal(grouped.replace(",", "."))


def _currency(text: str, language: str) -> str:
    sign = next(sign for sign in CURRENCIES if sign in text)
    amount = _number(re.search(NUMBER, text)[0], language)  # type: ignore[index]
    whole = amount == amount.to_integral_value()
    said = str(num2words(float(amount), lang=language, to="currency", currency=CURRENCIES[sign]))
    return re.sub(rf"(?:,| \w+)? {num2words(0, lang=language)} \w+$", "", said) if whole else said


def _degrees(text: str, language: str) -> str:
    number, scale = re.match(r"(.*?)\s?°\s?([CF]?)", text).groups()  # type: ignore[union-attr]
    names = {"C": " Celsius", "F": " Fahrenheit", "": ""}
    return f"{number} {DEGREES[language]}{names[scale]}"


def _date(text: str, language: str) -> str:
    numbers = [int(part) for part in re.split(r"[-./]", text)]
    if numbers[0] > 31:
        year, month, day = numbers
    elif language == "en" and "/" in text and numbers[0] <= 12:
        month, day, year = numbers
    else:
        day, month, year = numbers
    if not (1 <= month <= 12 and 1 <= day <= 31):
        raise ValueError(text)
    name = MONTHS[language][month - 1]
    if language == "en":
        return f"{name} {num2words(day, to='ordinal')}, {num2words(year, to='year')}"
    day_said = f"{num2words(day, lang='de', to='ordinal')}n" if language == "de" else num2words(day, lang=language)
    joint = " de " if language in ("es", "pt") else " "
    return f"{day_said}{joint}{name}{joint}{num2words(year, lang=language)}"


def _telephone(text: str, language: str) -> str:
    """Digit by digit, with a breath where it is divided."""
    if sum(letter.isdigit() for letter in text) < 8:
        raise ValueError(text)
    plus = "plus " if text.startswith("+") else ""
    groups = re.findall(r"\d+", text)
    return plus + ", ".join(" ".join(str(num2words(int(digit), lang=language)) for digit in group) for group in groups)


def _address(text: str, language: str) -> str:
    bare = re.sub(r"^https?://(www\.)?|^www\.", "", text).rstrip("/")
    dot, slash, at, dash = SIGNS[language]
    for sign, said in ((".", dot), ("/", slash), ("@", at), ("-", dash)):
        bare = bare.replace(sign, f" {said} ")
    return re.sub(r"[?&=#_%]+", " ", re.sub(r" {2,}", " ", bare)).strip()


def _formula(text: str, _language: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    if plain not in FORMULAS:
        raise KeyError(text)
    return " ".join(re.findall(r"[A-Z][a-z]?|\d+", plain))


def _unit(text: str, language: str) -> str:
    number, unit = re.match(rf"({NUMBER})\s?(.*)", text).groups()  # type: ignore[union-attr]
    return f"{number} {UNITS[language][unit]}"


def _ordinal(text: str, language: str) -> str:
    marks = {"en": r"st|nd|rd|th", "fr": r"er|re|e|ème", "es": "[ºª]", "it": "[ºª]", "pt": "[ºª]"}
    number = re.fullmatch(rf"(\d+)(?:{marks[language]})", text)
    if number is None:
        raise ValueError(text)
    said = str(num2words(int(number[1]), lang=language, to="ordinal"))
    return re.sub(r"o$", "a", said) if text.endswith("ª") else said


_WAYS: dict[str, Callable[[str, str], str]] = {
    "address": _address,
    "currency": _currency,
    "date": _date,
    "telephone": _telephone,
    "degrees": _degrees,
    "unit": _unit,
    "formula": _formula,
    "ordinal": _ordinal,
}
_SYMBOL = "[$€£¥]"
_UNIT = "|".join(sorted({unit for units in UNITS.values() for unit in units}, key=len, reverse=True))
_SAID_OTHERWISE = re.compile(
    rf"""
    (?P<address>(?:https?://|www\.)[^\s<>"”»)]*[\w/]|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
    |(?P<currency>(?<!\w){_SYMBOL}\s?(?:{NUMBER})(?![\d.,]*\d)|(?<![\d.,])(?:{NUMBER})[\s\u00a0\u202f]?{_SYMBOL})
    |(?P<date>(?<![\d./-])(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}})(?![\d/-]))
    |(?P<telephone>(?<![\w.,])(?:\+\d|\(\d)[\d\s()/-]{{6,}}\d(?![\w]))
    |(?P<degrees>(?<![\d.,])\d+(?:[.,]\d+)?\s?°(?:\s?[CF]\b)?)
    |(?P<unit>(?<![\d.,])(?:{NUMBER})\s?(?:{_UNIT})(?!\w))
    |(?P<formula>\b[A-Z][A-Za-z]?[A-Za-z]*[\d₀-₉]+[A-Z]?[\d₀-₉]*(?!\w))
    |(?P<ordinal>(?<![\w.,])\d+(?:st|nd|rd|th|er|re|e|ème|[ºª])(?!\w))
    |(?P<sign>[№®™©]|[①-⑳❶-❿])
    """,
    re.VERBOSE,
)
