"""PURE: the length of a film as people say it: "30-second", "1:30", "a minute and a half", "anderthalb Minuten"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from num2words import num2words

from pipeline.film.lengths_of_things import is_of_a_thing

COUNTED_IN = ("en", "de", "es", "fr", "it", "pt", "nl")
"""Languages whose words for numbers are read."""
MOST_COUNTED = 120
_OTHER_WORDS: dict[str, float] = {
    "a": 1, "an": 1, "half": 0.5, "half a": 0.5, "a half": 0.5, "a quarter of a": 0.25, "quarter of a": 0.25,
    "three quarters of a": 0.75, "one and a half": 1.5, "two and a half": 2.5, "three and a half": 3.5,
    "a couple of": 2, "a hundred": 100, "fourty": 40, "eine": 1, "einer": 1, "ein": 1, "fuenf": 5, "fuenfzehn": 15,
    "zwoelf": 12, "dreissig": 30, "halbe": 0.5, "halben": 0.5, "eine halbe": 0.5, "einer halben": 0.5,
    "anderthalb": 1.5, "eineinhalb": 1.5, "zweieinhalb": 2.5, "dreieinhalb": 3.5, "un": 1, "una": 1, "une": 1, "uma": 1,
    "medio": 0.5, "media": 0.5, "une demi": 0.5, "demi": 0.5, "mezzo": 0.5, "meio": 0.5, "duas": 2,
    "halve": 0.5, "een halve": 0.5, "anderhalve": 1.5, "полторы": 1.5, "полтора": 1.5, "одна": 1, "одну": 1,
}  # fmt: skip
_DIGITS = r"\d{1,4}(?:[.,]\d+)?(?:\s*(?:1/2|½|and a half))?|½"
_SECONDS = (
    r"(?:seconds?|secs?|sekund\w*|sek|segundos?|seg|secondes?|second[io]|seconden?|секунд\w*|сек|ثانية|ثوان\w*|"
    r"saniye\w*|שניות|שנייה|שניה|detik|giây|másodperc\w*|sekunti\w*|sekunnin)"
)
_MINUTES = r"(?:minutes?|mins?|minut\w*|minuut|минут\w*|мин|دقيقة|دقائق|dakika\w*|דקות|דקה|menit|phút|perc\w*)"
_UNSPACED_S, _UNSPACED_M = r"(?:秒钟?|초|सेकंड|सेकेंड|सेकण्ड|วินาที)", r"(?:分钟?|분|मिनट|นาที)"
_HALF_MORE = r"\s+(?:and\s+a\s+half|y\s+medi[oa]|et\s+demie?|e\s+mezzo|e\s+mei[oa])\b"
_LENGTH = (
    r"(?<![a-z\d.:'’#])(?:"
    rf"(?P<amount>{_DIGITS})(?:[\s-]*(?:(?P<m>(?:{_MINUTES}|m(?=\s?\d{{1,2}}\s?s\b))(?![^\W\d_])|{_UNSPACED_M})"
    rf"(?:(?P<half>{_HALF_MORE}|半)|\s*(?:钟|and|und|y|et|,)?\s*(?P<rest>\d{{1,2}})[\s-]*(?:(?:{_SECONDS}|s)(?!\w)|"
    rf"{_UNSPACED_S}|(?=$|[\s.,!?])(?!\s*[a-z]{{3}})))?|(?P<s>(?:{_SECONDS}|s)(?!\w)|{_UNSPACED_S})))"
    rf"|(?P<word>{{word}})[\s-]+(?:(?P<wm>{_MINUTES})(?!\w)(?P<whalf>{_HALF_MORE})?"
    rf"(?:\s*(?:and|und|y|et)\s+(?P<wrest>{{word}}|\d{{1,2}})[\s-]+{_SECONDS}(?!\w))?|(?P<ws>{_SECONDS})(?!\w))"
    r"|(?P<clock>\d{1,2}):(?P<clock_s>[0-5]\d)(?![\d:])"
    r"|(?P<chinese>半|一|两|三|十五|二十|三十|四十五|六十|九十)(?P<cu>分钟?|秒)(?P<chalf>半)?)"
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
_FOR = (
    r"(?:il|lo|la|gli|le|un[ao]?|l[’']\w+|mi[oa]|mi?ei|nostr[oaie]|insta\w*|ig|tik ?tok|stor(?:y|ie|ies)|reels?|social|"
    r"youtube|facebook|whats\w*|feed|status|site|canal|perfil|meu|minha|noss[oa])\b"
)
_COMPARED = re.compile(
    r"\s*(?:s\b)?\s*(?:longer|shorter|more\b|less\b|later|earlier|ago|into\b|in\b(?=\s*(?:$|[,.!?]))"
    rf"|pauses?|delay|each|(?:per|pro)\b(?!\s+{_FOR})|apiece|a\s+scene|länger|kürzer|mehr|weniger|je\b|más|menos"
    r"|de\s+plus|de\s+moins)",
    re.IGNORECASE,
)
"""Behind it: how much more, or for each of something; "per" and "pro" are "for" in Italian and in Portuguese."""
_TAKES = re.compile(
    r"\b(?:in|for|within|under|after|für|unter|en|durante|pendant|per|por)\s+(?:\w+\s+)?$", re.IGNORECASE
)
"""Said before it: how long something takes, where no film is that long ("charges in 25 minutes")."""
_DECADE = re.compile(r"(?:\b(?:the|early|late|mid|roaring|of|from)[\s-]+'?\d0|\d{4})s$", re.IGNORECASE)
_DECADE_OF = re.compile(
    r"\s+(?:music|style|rock|pop|hits?|kids?|fashion|vibes?|look|aesthetic|nostalgia|vhs|disco|sitcom|hip|synth\w*|"
    r"retro)",
    re.IGNORECASE,
)
_SERIES = re.compile(
    r"\b(?:years?|grades?|class|classe|form|klasse|model|ages?|mark|key stage)[\s-]+\d{1,2}s$",
    re.IGNORECASE,
)
"""Those of a school year or a model: "my year 7s"."""
_TEAM_BEFORE = re.compile(r"\b(?:under|over|u)[\s-]+\d{1,2}s$", re.IGNORECASE)
_TEAM_BEHIND = re.compile(
    r"\s+(?:[\w'-]+\s+)?(?:squads?|teams?|football\w*|soccer|rugby|hockey|cricket|netball|basketball|volleyball|"
    r"handball|swim\w*|league|girls|boys|kids|players|side|tournament|cup|match)\b",
    re.IGNORECASE,
)
"""Those who play: "my under 12s football squad"; "under 30s" alone is how long."""
_TIME_BEFORE = re.compile(r"\b(?:at|um|ab|since|from|until|till|by|kl|ratio|score|[A-Z][a-z]+)\s+$")
_TIME_AFTER = re.compile(r"\s*(?:am|pm|a\.m|p\.m|uhr|o'?clock|h)\b", re.IGNORECASE)
RATIOS_LIKE = frozenset({"16:10", "9:16", "21:09", "18:09", "10:16"})
LONGEST_CLOCK_MIN = 10
NEAR, MOST_SAID = 200, 100
"""Characters before and behind a length that tell what it is of, and lengths that are looked at: a text of nothing else
would take minutes."""
LONGEST_S = 300.0
"""The longest film."""
SHORTEST_S = 2.0
"""What is shorter is said of a moment ("one second"), never of a film."""


def around_length(text: str) -> tuple[str, str] | None:
    """Return what stands before and behind the first length that a text asks for; None where it asks for none."""
    found = next(iter(_matches(text)), None)
    return (text[: found.start()], text[found.end() :]) if found else None


def seconds_in(text: str) -> float | None:
    """The first length a text asks for, in seconds. Parts of a film, clock times and decades are none."""
    return next(_lengths(text), None)


@cache
def _words() -> dict[str, float]:
    """Numbers by their words: 600 of them, made when the first text is read."""
    counted = {
        num2words(number, lang=language).lower().replace("-", " "): float(number)
        for language in reversed(COUNTED_IN)
        for number in range(1, MOST_COUNTED + 1)
    }
    return {**counted, **_OTHER_WORDS}


@cache
def _length() -> re.Pattern[str]:
    word = "|".join(sorted(_words(), key=len, reverse=True)).replace(" ", "[ -]")
    return re.compile(_LENGTH.replace("{word}", word), re.IGNORECASE)


def _lengths(text: str) -> Iterator[float]:
    yield from (_seconds(match) for match in _matches(text))


def _matches(text: str) -> list[re.Match[str]]:
    """Return what may be the film's length; beside a length that a film can have, a longer one is of something else."""
    found = list(_possible(text))
    return [match for match in found if _seconds(match) <= LONGEST_S] or found


def _possible(text: str) -> Iterator[re.Match[str]]:
    for match in islice(_length().finditer(text), MOST_SAID):
        before, behind = text[max(match.start() - NEAR, 0) : match.start()], text[match.end() :][:NEAR]
        if (
            _PART.search(before)
            or _COMPARED.match(behind)
            or _is_decade(match, before, behind)
            or _is_time(match, before, behind)
            or is_of_a_thing(before, behind)
        ):
            continue
        seconds = _seconds(match)
        if seconds >= SHORTEST_S and not (seconds > LONGEST_S and _TAKES.search(before)):
            yield match


def _is_decade(match: re.Match[str], before: str, behind: str) -> bool:
    """ "the 90s" are when and "year 7s" who; "90s" alone is how long."""
    if not match[0].endswith("s") or not match[0][:-1].isdigit():
        return False
    told = before + match[0]
    is_team = _TEAM_BEFORE.search(told) and _TEAM_BEHIND.match(behind)
    return bool(_DECADE.search(told) or _SERIES.search(told) or _DECADE_OF.match(behind) or is_team)


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
    if word in _words():
        return _words()[word]
    plain = re.sub(r"\s*(?:1/2|½|and a half)$", "", word)
    return float(plain.replace(",", ".") or 0) + (0.5 if plain != word else 0)
