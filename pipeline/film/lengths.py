"""PURE: the length of a film as people say it: "30-second", "1:30", "a minute and a half", "anderthalb Minuten"."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
         "ninety": 90}  # fmt: skip
WORDS: dict[str, float] = {
    **_ONES, **_TENS, **{f"{ten} {one}": _TENS[ten] + _ONES[one] for ten in _TENS for one in _ONES},
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "a": 1, "an": 1, "half": 0.5, "half a": 0.5, "a half": 0.5,
    "a quarter of a": 0.25, "quarter of a": 0.25, "three quarters of a": 0.75, "one and a half": 1.5,
    "two and a half": 2.5, "three and a half": 3.5, "a couple of": 2, "a hundred": 100, "one hundred": 100,
    "eine": 1, "einer": 1, "ein": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "zehn": 10, "zwölf": 12,
    "fünfzehn": 15, "zwanzig": 20, "fünfundzwanzig": 25, "dreißig": 30, "dreissig": 30,
    "vierzig": 40, "fünfundvierzig": 45, "fünfzig": 50, "sechzig": 60, "neunzig": 90, "halbe": 0.5, "halben": 0.5,
    "eine halbe": 0.5, "einer halben": 0.5, "anderthalb": 1.5, "eineinhalb": 1.5, "zweieinhalb": 2.5,
    "dreieinhalb": 3.5,
    "un": 1, "una": 1, "une": 1, "dos": 2, "tres": 3, "cinco": 5, "diez": 10, "quince": 15, "veinte": 20,
    "treinta": 30, "cuarenta": 40, "cuarenta y cinco": 45, "cincuenta": 50, "sesenta": 60, "noventa": 90, "medio": 0.5,
    "deux": 2, "trois": 3, "cinq": 5, "dix": 10, "quinze": 15, "vingt": 20, "trente": 30, "quarante": 40,
    "quarante cinq": 45, "cinquante": 50, "soixante": 60, "une demi": 0.5, "demi": 0.5, "mezzo": 0.5, "halve": 0.5,
    "due": 2, "trenta": 30, "venti": 20, "dieci": 10, "quindici": 15, "twintig": 20, "dertig": 30,
}  # fmt: skip
_WORD = "|".join(sorted(WORDS, key=len, reverse=True)).replace(" ", "[ -]")
_DIGITS = r"\d{1,4}(?:[.,]\d+)?(?:\s*(?:1/2|½|and a half))?|½"
_SECONDS = (
    r"(?:seconds?|secs?|sekunden?|sek|segundos?|seg|secondes?|secondi|seconden|секунд\w*|сек|ثانية|ثوان\w*|"
    r"วินาที)"
)
_MINUTES = r"(?:minutes?|mins?|minuten?|minutos?|minut[io]|минут\w*|мин|دقيقة|دقائق|นาที)"
_UNSPACED_S, _UNSPACED_M = r"(?:秒钟?|초|सेकंड|सेकेंड|सेकण्ड)", r"(?:分钟?|분|मिनट)"
_HALF_MORE = r"\s+(?:and\s+a\s+half|y\s+medi[oa]|et\s+demie?|e\s+mezzo|e\s+mei[oa])\b"
_LENGTH = re.compile(
    r"(?<![a-z\d.:'’#])(?:"
    rf"(?P<amount>{_DIGITS})(?:[\s-]*(?:(?P<m>(?:{_MINUTES}|m(?=\s?\d{{1,2}}\s?s\b))(?![^\W\d_])|{_UNSPACED_M})"
    rf"(?:(?P<half>{_HALF_MORE}|半)|\s*(?:钟|and|und|y|et|,)?\s*(?P<rest>\d{{1,2}})[\s-]*(?:(?:{_SECONDS}|s)(?!\w)|"
    rf"{_UNSPACED_S}|(?=$|[\s.,!?])(?!\s*[a-z]{{3}})))?|(?P<s>(?:{_SECONDS}|s)(?!\w)|{_UNSPACED_S})))"
    rf"|(?P<word>{_WORD})[\s-]+(?:(?P<wm>{_MINUTES})(?!\w)(?P<whalf>{_HALF_MORE})?"
    rf"(?:\s*(?:and|und|y|et)\s+(?P<wrest>{_WORD}|\d{{1,2}})[\s-]+{_SECONDS}(?!\w))?|(?P<ws>{_SECONDS})(?!\w))"
    r"|(?P<clock>\d{1,2}):(?P<clock_s>[0-5]\d)(?![\d:])"
    r"|(?P<chinese>半|一|两|三|十五|二十|三十|四十五|六十|九十)(?P<cu>分钟?|秒)(?P<chalf>半)?)",
    re.IGNORECASE,
)
_CHINESE = {"半": 0.5, "一": 1, "两": 2, "三": 3, "十五": 15, "二十": 20, "三十": 30, "四十五": 45, "六十": 60,
            "九十": 90}  # fmt: skip
_PART = re.compile(
    r"\b(?:first|(?:the|its|very) last|final|next|opening|closing|after|every|each|within|wait|extra|another|"
    r"ersten?|letzten?|nach"
    r"|alle|noch|weitere|primeros|últimos|premières|dernières)\s+(?:a\s+)?$",
    re.IGNORECASE,
)
"""Said before it: a part of the film, or a moment in it, but not its length."""
_COMPARED = re.compile(
    r"\s*(?:s\b)?\s*(?:longer|shorter|more\b|less\b|later|earlier|ago|into\b|in\b(?=\s*(?:$|[,.!?]))"
    r"|pauses?|delay|each|per\b|apiece|a\s+scene|länger|kürzer|mehr|weniger|pro\b|je\b|más|menos|de\s+plus|de\s+moins)",
    re.IGNORECASE,
)
_DECADE = re.compile(r"(?:\b(?:the|early|late|mid|roaring|of|from)[\s-]+'?\d0|\d{4})s$", re.IGNORECASE)
_DECADE_OF = re.compile(
    r"\s+(?:music|style|rock|pop|hits?|kids?|fashion|vibes?|look|aesthetic|nostalgia|vhs|disco|sitcom|hip|synth\w*|"
    r"retro)",
    re.IGNORECASE,
)
_TIME_BEFORE = re.compile(r"\b(?:at|um|ab|since|from|until|till|by|kl|ratio|score|[A-Z][a-z]+)\s+$")
_TIME_AFTER = re.compile(r"\s*(?:am|pm|a\.m|p\.m|uhr|o'?clock|h)\b", re.IGNORECASE)
RATIOS_LIKE = frozenset({"16:10", "9:16", "21:09", "18:09", "10:16"})
LONGEST_CLOCK_MIN = 10
SHORTEST_S = 2.0
"""What is shorter is said of a moment ("one second"), never of a film."""


def seconds_in(text: str) -> float | None:
    """The first length a text asks for, in seconds. Parts of a film, clock times and decades are none."""
    return next(_lengths(text), None)


def _lengths(text: str) -> Iterator[float]:
    for match in _LENGTH.finditer(text):
        before, behind = text[: match.start()], text[match.end() :]
        if (
            _PART.search(before)
            or _COMPARED.match(behind)
            or _is_decade(text, match)
            or _is_time(match, before, behind)
        ):
            continue
        seconds = _seconds(match)
        if seconds >= SHORTEST_S:
            yield seconds


def _is_decade(text: str, match: re.Match[str]) -> bool:
    """ "the 90s" are when; "90s" alone is how long."""
    if not match[0].endswith("s") or not match[0][:-1].isdigit():
        return False
    return bool(_DECADE.search(text[: match.end()]) or _DECADE_OF.match(text[match.end() :]))


def _is_time(match: re.Match[str], before: str, behind: str) -> bool:
    if not match["clock"]:
        return False
    is_ratio = match[0] in RATIOS_LIKE or int(match["clock"]) >= LONGEST_CLOCK_MIN
    return is_ratio or bool(_TIME_BEFORE.search(before) or _TIME_AFTER.match(behind))


def _seconds(match: re.Match[str]) -> float:
    if match["clock"]:
        return int(match["clock"]) * 60 + int(match["clock_s"])
    if match["chinese"]:
        minutes = _CHINESE[match["chinese"]] + (0.5 if match["chalf"] else 0)
        return minutes * (60 if match["cu"].startswith("分") else 1)
    in_minutes = match["m"] or match["wm"]
    half = 0.5 if match["half"] or match["whalf"] else 0.0
    rest = match["rest"] or match["wrest"] or "0"
    return (_number(match["amount"] or match["word"]) + half) * (60 if in_minutes else 1) + _number(rest)


def _number(text: str) -> float:
    word = " ".join(text.lower().replace("-", " ").split())
    if word in WORDS:
        return WORDS[word]
    plain = re.sub(r"\s*(?:1/2|½|and a half)$", "", word)
    return float(plain.replace(",", ".") or 0) + (0.5 if plain != word else 0)
