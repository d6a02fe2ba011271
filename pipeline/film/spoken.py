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

from pipeline.film.spoken_words import (
    ALIKE,
    CURRENCIES,
    CURRENCY_NAMES,
    DEGREES,
    FORMULAS,
    MINUS,
    MONTHS,
    NUMBER_SIGN,
    OF,
    SCALES,
    SIGNS,
    TO,
    UNITS,
)

Word = tuple[str, int, int]
"""What is said, and from when to when in milliseconds."""
LANGUAGES = frozenset(DEGREES)
"""Of others only what no voice can say is taken out."""
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
    """Return the piece, of those that are said otherwise than written, a stretch of what is said belongs to."""
    for place, (part, until) in enumerate(zip(parts, ends, strict=True)):
        if part.said != part.written and begin < until and until - len(part.said) < end:
            return place
    return None


def _said(match: re.Match[str], language: str) -> str | None:
    """Return None where it is best left to the voice."""
    kind = match.lastgroup or ""
    if kind == "sign":
        return _sign(match.group(), language)
    if language not in LANGUAGES:
        return None
    try:
        said = _WAYS[kind](match.group(), language)
    except (NotImplementedError, InvalidOperation, ValueError, KeyError, OverflowError):
        return None
    return said + _space_before(match.string[match.end() : match.end() + 1], said)


def _space_before(following: str, said: str) -> str:
    """Words of ours do not grow together with a word behind them, but where they have no spaces."""
    return " " if following.isalpha() and said[-1:].isalnum() and max(said[-1:], following) < "\u2e80" else ""


def _sign(sign: str, language: str) -> str:
    if sign == "№":
        return f"{NUMBER_SIGN.get(language, '')} "
    number = unicodedata.numeric(sign, None)
    return " " if number is None else f" {number:.0f} "


def _number(text: str, language: str) -> Decimal:
    """Raises ValueError where the text could be either of two numbers: thousands as another language writes them, or a
    fraction of three places as this one does."""
    plain = re.sub(r"['\s]", "", text)
    whole, mark, rest = re.fullmatch(r"(.*?)(?:([.,])(\d+))?", plain).groups("")  # type: ignore[union-attr]
    thousands = "," if language == "en" else "."
    if len(rest) == 3 and not re.search(r"[.,]", whole) and (mark != thousands or whole == "0"):
        raise ValueError(text)
    grouped = len(rest) == 3 and not set(",.") - {mark} & set(whole)
    return Decimal(re.sub(r"[.,]", "", f"{whole}{rest}" if grouped else whole) + ("" if grouped else f".{rest}"))


def _currency(text: str, language: str) -> str:
    """A plain price is in words; of ranges, millions and odd numbers the voice reads the number."""
    sign = next(sign for sign in CURRENCIES if sign in text)
    low, high, scale = _MONEY.search(text).groups()  # type: ignore[union-attr]
    minus = MINUS[language] if re.match(r"[^\d]*[-−]", text) else ""
    if not (high or scale):
        return minus + _price(low, sign, language)
    number = f"{low}{TO[language]}{high}" if high else low
    name = _currency_name(sign, language)
    if not scale:
        return f"{minus}{number}{_blank(language)}{name}"
    one, several = SCALES[language][scale]
    scaled = one if number == "1" else several
    return minus + _blank(language).join([number, scaled]) + _blank(language) + _of(name, language)


def _price(number: str, sign: str, language: str) -> str:
    plainly = f"{number}{_blank(language)}{_currency_name(sign, language)}"
    if language not in MONTHS:
        return plainly
    try:
        amount = _number(number, language)
        said = str(num2words(float(amount), lang=language, to="currency", currency=CURRENCIES[sign]))
    except (ValueError, NotImplementedError):  # two readings, or a currency that num2words lacks in this language
        return plainly
    if amount != round(amount, 2):
        return plainly
    if amount == amount.to_integral_value():
        said = re.sub(rf"(?:,| \w+)? {num2words(0, lang=language)} \w+$", "", said)
    return _MILLIONS.sub(lambda found: f"{found[1]} {_of(found[2], language)}", said)


def _currency_name(sign: str, language: str) -> str:
    return CURRENCY_NAMES[language]["$€£¥".index(sign.replace("￥", "¥"))]


def _of(name: str, language: str) -> str:
    """`d'euros`, `de dólares`, `dollars`."""
    return f"d'{name}" if language == "fr" and name.startswith("e") else f"{OF.get(language, '')}{name}"


def _blank(language: str) -> str:
    return "" if language == "zh" else " "


def _measured(number: str, until: str | None, minus: str | None, what: str, language: str) -> str:
    """`minus 5 degrees`, `10 to 20 kilometres`, `1 kilometre`; the voice reads the numbers."""
    numbers = f"{number}{TO[language]}{until}" if until else number
    said = _of_one(what, language) if numbers == "1" else what
    return f"{MINUS[language] if minus else ''}{numbers}{_blank(language)}{said}"


def _of_one(several: str, language: str) -> str:
    if language == "it":
        return re.sub(r"i\b", "o", several)
    return re.sub(r"s\b", "", several) if language in ("en", "es", "fr", "pt") else several


def _degrees(text: str, language: str) -> str:
    minus, number, until, scale = re.match(  # type: ignore[union-attr]
        rf"([-−])?({NUMBER})(?:{_UNTIL}({NUMBER}))?\s?(?:°\s?)?([CF℃℉]?)", text
    ).groups()
    scale = {"℃": "C", "℉": "F"}.get(scale, scale)
    if language == "zh":
        return _measured(number, until, minus, {"C": "摄氏", "F": "华氏", "": ""}[scale] + DEGREES["zh"], language)
    names = {"C": " Celsius", "F": " Fahrenheit", "": ""}
    return _measured(number, until, minus, DEGREES[language], language) + names[scale]


def _date(text: str, language: str) -> str:
    numbers = [int(part) for part in re.split(r"[-./]", text)]
    if numbers[0] > 31:
        year, month, day = numbers
    elif language == "en" and "/" in text and numbers[0] <= 12:
        month, day, year = numbers
    else:
        day, month, year = numbers
    if not (1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]):
        raise ValueError(text)
    name = MONTHS[language][month - 1]
    if language == "en":
        return f"{name} {num2words(day, to='ordinal')}, {num2words(year, to='year')}"
    day_said = f"{num2words(day, lang='de', to='ordinal')}n" if language == "de" else num2words(day, lang=language)
    joint = " de " if language in ("es", "pt") else " "
    return f"{day_said}{joint}{name}{joint}{num2words(year, lang=language)}"


def _telephone(text: str, language: str) -> str:
    """Digit by digit, with a breath where it is divided. A few groups of three may as well be a number."""
    digits = sum(letter.isdigit() for letter in text)
    if digits < 8 or (digits < 10 and re.fullmatch(r"\+\d{1,3}(?:[\s.]\d{3})+", text)):
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
    minus, number, until, unit = re.match(  # type: ignore[union-attr]
        rf"([-−])?({NUMBER})(?:{_UNTIL}({NUMBER}))?\s?(.*)", text
    ).groups()
    return _measured(number, until, minus, UNITS[language][ALIKE.get(unit, unit)], language)


def _ordinal(text: str, language: str) -> str:
    marks = {"en": r"st|nd|rd|th", "fr": r"ère|er|re|e|ème|nde|nd", "es": r"\.?[ºª]", "it": "[ºª]", "pt": r"\.?[ºª]"}
    number = re.fullmatch(rf"(\d+)(?:{marks[language]})", text)
    if number is None:
        raise ValueError(text)
    if language == "fr" and text in ("1re", "1ère"):
        return "première"
    said = str(num2words(int(number[1]), lang=language, to="ordinal"))
    return re.sub(r"o\b", "a", said) if text.endswith("ª") else said


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
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SYMBOL = "[$€£¥￥]"
_UNTIL = r"\s?[-–—]\s?"
_LETTER = r"[^\W\u2e80-\uffff]"
"""Or a digit. Chinese is no part of it, for it stands next to anything."""
_BEGINS = rf"(?<!{_LETTER})(?<![.,])(?<!\d[-–—])"
_AMOUNT = rf"(?:{NUMBER})(?:{_UNTIL}(?:{NUMBER}))?"
_UNIT = "|".join(sorted({*UNITS["en"], *ALIKE}, key=len, reverse=True))
_SCALES = sorted({scale for scales in SCALES.values() for scale in scales}, key=len, reverse=True)
_SCALE = "|".join(map(re.escape, _SCALES))
_LONG_SCALE = "|".join(re.escape(scale) for scale in _SCALES if len(scale) > 1)
_MONEY = re.compile(rf"({NUMBER})(?:{_UNTIL}{_SYMBOL}?\s?({NUMBER}))?(?:\s?({_SCALE}))?")
_MILLIONS = re.compile(r"(\w*ill[oó]n(?:es)?|\w*ilion[ei]|\w*iliard[oi]|\w*illions?|\w*illiards?) (\w+)$")
_SAID_OTHERWISE = re.compile(
    rf"""
    (?P<address>(?:https?://|www\.)[^\s<>"”»)]*[\w/]|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
    |(?P<currency>(?<!{_LETTER})[-−]?{_SYMBOL}[-−]?\s?(?:{NUMBER})(?:{_UNTIL}{_SYMBOL}?\s?(?:{NUMBER}))?
        (?:(?:{_SCALE}|\s(?:{_LONG_SCALE}))(?!{_LETTER}))?(?:,[-–—]+)?(?!{_LETTER}|[.,]?\d)
        |{_BEGINS}[-−]?{_AMOUNT}(?:\s?(?:{_SCALE}))?(?:,[-–—]+)?\s?{_SYMBOL}(?!{_LETTER}))
    |(?P<date>(?<![\d./-])(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}})(?![\d/-]|\.\d))
    |(?P<telephone>(?<![\w.,])(?:\+\d+(?:\s?\(\d{{1,5}}\)\s?\d+)?|\((?:\d{{1,3}}|0\d{{1,5}})\)\s?\d+)
        (?:(?:[\s./-]|\s/\s)\d+)*(?!\w))
    |(?P<degrees>{_BEGINS}[-−]?{_AMOUNT}\s?(?:[℃℉]|°(?:\s?[CF](?!{_LETTER}))?))
    |(?P<unit>{_BEGINS}[-−]?{_AMOUNT}\s?(?:{_UNIT})(?!{_LETTER}|/{_LETTER}))
    |(?P<formula>\b[A-Z][A-Za-z]?[A-Za-z]*[\d₀-₉]+[A-Z]?[\d₀-₉]*(?!\w))
    |(?P<ordinal>(?<![\w.,])\d+(?:st|nde|nd|rd|th|ère|er|re|e|ème|\.?[ºª])(?!\w))
    |(?P<sign>[№®™©]|[①-⑳❶-❿])
    """,
    re.VERBOSE,
)
