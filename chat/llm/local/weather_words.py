"""PURE: a weather or an hour taken out of a picture's text, so that no broken phrase is left of it."""

from __future__ import annotations

import re

HOURS = (
    r"at night|by night|night ?time|night|at dawn|dawn|at sunrise|sunrise|at sunset|sunset|at dusk|dusk"
    r"|at noon|midday|golden hour|in daylight|(?:(?:back )?to |at )day(?:time|light)?|daytime|by day|in the morning"
    r"|in the evening"
)
WEATHER = (
    r"rain(?:y|ing|s|fall|storms?)?|snow(?:y|ing|fall|storms?)?|fog(?:gy)?|mist(?:y|s)?|storm(?:y|s|ing)?|sunny|cloudy|"
    r"windy|thunder\w*"
)
LIGHT = re.compile(
    r"(?:^|, ?)(?![^,]*\b(?:lamp|candle|window|neon|lantern|torch|fire|spot|head|street|traffic|city)s?\b)"
    r"(?:(?!(?:with|in|on|at|of|under|from|and)\b)[\w-]+ ){0,4}"
    r"(?:(?:day|sun|moon|morning|evening)?light|sun|dusk|dawn)"
    r"(?: breaking through clouds| and (?:fog|long shadows)| with deep shadows)?(?=,|$)"
    r"|(?:^|, ?)deep night shadows(?=,|$)",
    re.IGNORECASE,
)
"""A part of a picture's text that only says its light, as the local writer says it: "bright cheerful daylight"."""
_WITH = r"(?:in|during|through|under|amid|with|against|at|on|by|into|and)"
_HOW = (
    r"(?:heavy|light|thick|dense|wild|violent|raging|big|dark|soft|pouring|bright|warm|early|late|golden|cold|sudden|"
    r"drifting|falling|driving|howling|terrible|fierce|summer|winter|autumn|spring|starry|moonlit|clear|quiet|silent|"
    r"calm|rainy|stormy|foggy|snowy|beautiful|gentle)"
)
_ADJECTIVE = r"(?:rainy|snowy|foggy|misty|stormy|sunny|cloudy|windy|night|dawn|sunrise|sunset|dusk|midday|daytime)"
_ENDS = re.compile(
    r"\s*(?:$|[,.;:!]|(?:at|in|on|with|and|over|under|behind|by|near|above|below|outside|while|as|during|from|of|to)\b)",
    re.IGNORECASE,
)
_OPEN = re.compile(r"\b(?:an?|the|this|that|some)(?: [\w-]+)?$|\b(?:is|are|looks?|seems?|feels?)$", re.IGNORECASE)
"""What stands before a word that cannot be taken away from it."""


def without(prompt: str, words: str) -> str:
    """Return the text without these words: a phrase goes whole ("in a storm"), and what would break one stays."""
    pattern = (
        rf"(?P<joint>,? ?)(?P<phrase>\b{_WITH} )?(?P<article>\b(?:an?|the|some|this) )?(?P<how>(?:\b{_HOW} ){{0,2}})"
        rf"\b(?P<word>{words})\b"
    )
    return re.sub(pattern, lambda found: _left_of(found, prompt), prompt, flags=re.IGNORECASE)


_DENIED = re.compile(
    r"\b(?:not|no longer|instead of|rather than)(?: (?:at|in|during|on|with|by|the|an?))* "
    rf"(?P<word>{HOURS}|{WEATHER})\b"
)


def is_one(words: str) -> bool:
    """True where these words are an hour or a weather and nothing else."""
    return re.fullmatch(rf"(?:(?:at|in|the|an?) )*(?:{HOURS}|{WEATHER})\W*", words, re.IGNORECASE) is not None


def is_denied(words: str, said: str) -> bool:
    """True for an hour or a weather that is said not to be."""
    return any(found["word"] in words for found in _DENIED.finditer(said))


def without_denied(prompt: str, said: str) -> str:
    """Return a picture's text without the hour or weather that it is not to have ("in the rain, not at sunrise")."""
    for found in _DENIED.finditer(said):
        prompt = without(prompt, re.escape(re.sub(r"^(?:at|in|by|the) ", "", found["word"])))
    return prompt


def _left_of(found: re.Match[str], prompt: str) -> str:
    before, behind = prompt[: found.start()].rstrip(" ,"), prompt[found.end() :]
    if not _ENDS.match(behind):
        return _without_adjective(found, behind)
    is_subject = not before and not re.match(r"\s*(?:$|[,.;:!])", behind)
    stands_alone = not (found["article"] or is_subject or _OPEN.search(before))
    is_phrase = bool(found["phrase"]) or " " in found["word"].strip()
    return "" if is_phrase or stands_alone or "," in found["joint"] else found[0]


def _without_adjective(found: re.Match[str], behind: str) -> str:
    """ "In a stormy sea" is left "in a sea"."""
    if not re.fullmatch(_ADJECTIVE, found["word"], re.IGNORECASE) or found["how"]:
        return found[0]
    article = found["article"] or ""
    if re.match(r"an? ", article, re.IGNORECASE):
        article = f"{article[0]}{'n' if re.match(r' [aeiou]', behind, re.IGNORECASE) else ''} "
    left = f"{found['joint']}{found['phrase'] or ''}{article}"
    return left.removesuffix(" ")
