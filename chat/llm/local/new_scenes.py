"""PURE: a scene that is wished for: its title, the words that are said in it, and the answer when it is there."""

from __future__ import annotations

import re
from typing import Any

from chat.llm.base import ToolResult
from chat.llm.local.film import Film
from chat.llm.local.wording import capital, short
from pipeline.film.short_titles import short_title

MOST_CHARS = 40
"""Of a title."""
_VOICE = r"voice(?:-?over)?|narrat(?:or|ion)|stimme|sprecher(?:in)?|erzähler(?:in)?|erzählung|voz|voix|voce"
_WORDS = r"line|text|words?|sentence|satz|zeile|worte?n?|texto|texte|testo|frase|phrase"
_SAYS = r"says?|say|saying|said|shouts?|whispers?|asks?|sagt|ruft|flüstert|fragt|dice|dit|diz"
_SPOKEN = re.compile(
    r"(?:[,;.]|\s|\b(?:and|with|while|where|then|und|mit|dann|wobei|y|con|et|avec|e|com)\b)*"
    r"(?:\b(?:the|an?|his|her|its|in|der|die|das|den|dem|eine?[mnr]?|el|la|le|il|o|una?|une|uma)\s+)?"
    rf"\b(?:(?:{_VOICE}|{_WORDS})(?:\s+(?:that|which|is|reads|goes|lautet|{_SAYS}))*"
    rf"|(?:(?P<pronoun>she|he|it|they|er|sie|es)\s+)?(?:{_SAYS}))"
    r"\s*[:,]?\s*(?:[“„\"](?P<text>[^“”„\"]+)[”“\"]|(?<!\w)'(?P<single>[^']+(?:'\w[^']*)*)'(?!\w))(?!\s+(?:on|above|over|written|at|in|auf|über|an|am|im)\b)",
    re.IGNORECASE,
)
_SAID_AT_THE_END = re.compile(
    r"(?:,|\s|\b(?:und|dabei|dann|laut)\b)*[“„\"'‚](?P<text>[^“”„\"'‘‚]+)[”“\"'‘]\s+(?:sagt|ruft|flüstert|fragt)\b",
    re.IGNORECASE,
)
"""As German has it in a clause: "… und „lecker“ sagt"."""
_VERB_LAST = re.compile(
    r"(?P<who>(?:ein\w*|der|die|das|mein\w*|unser\w*)(?: [a-zäöüß]+)* [A-ZÄÖÜ][\wäöüß]+|wir|er|sie|es|man|ich) "
    r"(?P<rest>.+) (?P<verb>[a-zäöüß]{2,}(?:t|en))"
)
_BY_A_VOICE = re.compile(rf"\b(?:{_VOICE})\b", re.IGNORECASE)
_SAID_BY_SOMEBODY = re.compile(rf"\b(?:{_SAYS})\b", re.IGNORECASE)
_BEGINNING = re.compile(r"^(?:where|when|in which|showing|wo|in der|où|donde)\s+", re.IGNORECASE)


def parted(said: str, film: Film) -> tuple[str, dict[str, Any]]:
    """Part what is seen in a new scene from what is said in it: by the voice, or by a character who "says" it."""
    found = _SPOKEN.search(said) or _SAID_AT_THE_END.search(said)
    if found is None:
        return said, {}
    seen = f"{said[: found.start()]}{said[found.end() :]}".strip(" ,;.")
    words = next(text for text in found.groupdict().items() if text[0] in ("text", "single") and text[1])[1].strip()
    speakers = [one["name"] for one in film.characters if re.search(rf"\b{re.escape(one['name'])}\b", said, re.I)]
    by_voice = _BY_A_VOICE.search(found[0]) or not _SAID_BY_SOMEBODY.search(found[0])
    if by_voice or len(speakers) != 1:
        return seen, {"script": words}
    return seen or speakers[0], {"lines": [{"speaker": speakers[0], "text": words}]}


def titled(said: str, language: str, *, capitals: bool = True) -> str:
    """Return a title that ends with a whole word: English has `capitals` in every word, others in the first one."""
    plain = _BEGINNING.sub("", re.sub(r"[“„”]", "", said)).strip(" ,.;:")
    clause = _VERB_LAST.fullmatch(plain) if language == "de" else None
    plain = f"{clause['who']} {clause['verb']} {clause['rest']}" if clause else plain
    title = plain if len(plain) <= MOST_CHARS else short_title(plain, language)
    if len(title) > MOST_CHARS:
        title = title[: MOST_CHARS + 1].rpartition(" ")[0].rstrip(" ,;:–-") or title[:MOST_CHARS]
    if capitals and language == "en" and title == plain:
        return " ".join(capital(word) for word in title.split())
    return capital(title)


def done(result: ToolResult, film: Film) -> str:
    """Say where it is, and what is said in it; a scene without words can still be given some."""
    asked, place = result.call.arguments, result.call.arguments["after"] + 1
    added = film.say("did.added", title=asked["title"], n=place)
    if lines := asked.get("lines"):
        return f"{added} {film.say('did.added_line', who=lines[0]['speaker'], text=short(lines[0]['text']))}"
    if asked.get("script"):
        return f"{added} {film.say('did.added_words', text=short(asked['script']))}"
    return f"{added} {film.say('did.added_silent', n=place)}"
