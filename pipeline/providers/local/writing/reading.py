"""What a request asks for: the subject, the kind of film, its tone, its topic and who plays in it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from pipeline.providers.base import ScriptRequest
from pipeline.providers.local.writing import banks
from pipeline.providers.local.writing.banks import Topic
from pipeline.providers.local.writing.cast import Role, roles_in
from pipeline.providers.local.writing.subject import shortened, subject_of
from pipeline.providers.local.writing.text import clean, is_spaceless, words_of

DEFAULT_TONES = {
    "ad": ("promotional",),
    "howto": ("educational",),
    "travel": ("joyful", "warm", "inspiring"),
    "tribute": ("warm",),
    "story": ("warm", "inspiring", "joyful"),
    "history": ("inspiring", "dramatic", "educational"),
    "explainer": ("educational", "inspiring", "warm"),
}
STORY_WORDS = frozenset("fairytale fable bedtime adventure adventures märchen cuento conte fiaba sprookje 童话".split())
PLACES_TO_GO = frozenset({"travel", "cities", "mountains", "ocean", "forests"})
BROAD_TOPICS = frozenset({"history", "education", "business", "travel", "art", "cities"})
"""Their words also describe films about other things: the history of trains, a robot who learns."""

_FOCUS = re.compile(
    r"\b(?:focus(?:ing)?(?: more)? on|more (?:about|on|of)|(?:make it|change it|write) (?:be )?about|instead about|about)"
    r"\s+(.+)",
    re.IGNORECASE,
)
_BRAND = re.compile(r"[\"“”„«»‘]([^\"“”„«»’\n]{2,40})[\"”“»’]|(?<!\w)'([^'\n]{2,40})'(?!\w)")
_CALLED = re.compile(r"\b(?:called|named|for)\s+((?:[A-Z][\w&'’-]*\s?){1,3})")
_HOW_TO = re.compile(r"\bhow (?:to|do i|do you|can i) ([\w' -]{3,60})", re.IGNORECASE)
_SHORTER = re.compile(r"\bshort(?:er)? (?:sentences|narration|lines|texts?)|\bfewer words|\bless text|\bmore concise", re.I)
_FASTER = re.compile(r"\bfaster|\bquicker|\bmore scenes|\bshorter scenes|\bsnappier|\bquick cuts", re.I)
_SLOWER = re.compile(r"\bslower|\bfewer scenes|\blonger scenes", re.I)


@dataclass(frozen=True)
class Reading:
    language: str
    subject: str
    """As the prompt puts it: "a fox who dreams of the sea"."""
    short: str
    """Up to its first clause: "a fox"."""
    kind: str
    tone: str
    topic: Topic | None
    at_home: bool
    """The subject is what the topic's facts are about, not just kin to it."""
    focus: frozenset[str]
    brand: str
    action: str
    """What a how-to teaches: "brew coffee"."""
    roles: tuple[Role, ...]
    terse: bool
    pace: float
    seed: int


def read(request: ScriptRequest) -> Reading:
    seed = _seed(request)
    instructions = clean(request.instructions)
    text = clean(request.prompt)
    subject = _focus(instructions) or subject_of(request.prompt, seed)
    topic = _topic(subject) or _topic(text)
    roles = roles_in(f"{subject} . {text}", seed)
    kind = _kind(text, subject, topic, roles)
    tone = _tone(instructions) or _tone(text) or DEFAULT_TONES[kind][seed % len(DEFAULT_TONES[kind])]
    tokens = _tokens(subject)
    return Reading(
        language=request.language,
        subject=_called(subject, request.language, text, topic),
        short=_called(shortened(subject), request.language, text, topic),
        kind=kind,
        tone=tone,
        topic=topic,
        at_home=bool(topic and _hits(tokens, subject, topic.core)),
        focus=frozenset(token for token in tokens if len(token) > 3),
        brand=_brand(request.prompt) if kind == "ad" else "",
        action=_action(text),
        roles=roles,
        terse=bool(_SHORTER.search(instructions)),
        pace=_pace(tone, instructions),
        seed=seed,
    )


def _seed(request: ScriptRequest) -> int:
    """Looks, ratio and voice are left out: they change how a film looks, not what it says."""
    parts = (request.prompt, request.instructions, request.language, str(request.duration_s), str(request.seed))
    return int.from_bytes(hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).digest()[:8], "big")


def _focus(instructions: str) -> str:
    found = _FOCUS.search(instructions)
    return subject_of(f"a film about {found[1]}", 0) if found else ""


def _topic(text: str) -> Topic | None:
    """The topic with the most words in the text; of equals the one named first, and the broad ones last."""
    tokens = _tokens(text)
    hits = {topic.name: _hits(tokens, text, topic.keywords) for topic in banks.topics().values()}
    named = [name for name, places in hits.items() if places]
    if not named:
        return None
    best = max(named, key=lambda name: (len(hits[name]) - (name in BROAD_TOPICS) / 2, -min(hits[name])))
    return banks.topics()[best]


def _hits(tokens: list[str], text: str, keywords: frozenset[str]) -> list[int]:
    """The places of words in the text that are among the keywords."""
    hits = [place for place, token in enumerate(tokens) if keywords.intersection(_forms(token))]
    if is_spaceless(text):
        hits += [text.index(word) for word in keywords if not word.isascii() and word in text]
    return hits


def _tokens(text: str) -> list[str]:
    return [token for word in words_of(text.lower()) for token in re.split(r"['’-]", word)]


def _forms(token: str) -> tuple[str, ...]:
    """The word, and without the ending of a plural or a comparative: funnier, scenes, stories."""
    if token.endswith(("ies", "ier")):
        return (token, f"{token[:-3]}y")
    if token.endswith("er"):
        return (token, token[:-2], token[:-1])
    return (token, token[:-1], token[:-2] if token.endswith("es") else token) if token.endswith("s") else (token,)


def _tone(text: str) -> str:
    tokens = _tokens(text)
    hits = {tone: _hits(tokens, text, banks.words("tones", tone, "words")) for tone in banks.table("tones")}
    best = max(hits, key=lambda tone: len(hits[tone]))
    return best if hits[best] else ""


def _kind(text: str, subject: str, topic: Topic | None, roles: tuple[Role, ...]) -> str:
    asked = {kind for kind in banks.table("cues")["kinds"] if _hits(_tokens(text), text, banks.words("cues", "kinds", kind))}
    if _HOW_TO.search(text) or "howto" in asked:
        return "howto"
    if "ad" in asked:
        return "ad"
    if "tribute" in asked:
        return "tribute"
    if roles and (roles[0].acts or "story" in asked):
        return "story"
    if STORY_WORDS.intersection(_tokens(text)) or ("story" in asked and topic is None):
        return "story"
    if "history" in asked or "story" in asked:
        return "history"
    if "travel" in asked and (topic is None or topic.name in PLACES_TO_GO):
        return "travel"
    return "explainer"


def _brand(prompt: str) -> str:
    """A name in quotes, or one that the product is "called"."""
    quoted = _BRAND.search(prompt)
    name = (quoted[1] or quoted[2]) if quoted else ""
    if not name and (called := _CALLED.search(clean(prompt))):
        name = called[1]
    return " ".join(clean(name).split()[:4]).strip(" .,!?:;-")


def _action(text: str) -> str:
    found = _HOW_TO.search(text)
    return shortened(subject_of(f"a video on {found[1]}", 0)) if found else ""


def _pace(tone: str, instructions: str) -> float:
    if _FASTER.search(instructions):
        return 1.0
    pace = float(banks.table("tones")[tone]["pace"])
    return pace / 3 if _SLOWER.search(instructions) else pace


def _called(subject: str, language: str, text: str, topic: Topic | None) -> str:
    """In a film of another language, an English subject by its topic's name there, or in quotes."""
    if language == "en" or not _english(text):
        return subject
    if topic:
        return topic.names[language]
    opening, closing = banks.table(f"languages/{language}")["quotes"]
    return f"{opening}{subject}{closing}"


def _english(text: str) -> bool:
    return bool(banks.words("cues", "request", "english").intersection(_tokens(text)))
