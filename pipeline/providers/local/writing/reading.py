"""The reading of a request: the subject, the kind of film, its tone, its topic and who plays in it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from pipeline.film import german_subjects
from pipeline.film.prompt_facts import TELL, Told, as_subject, subject_words, told_in, told_later
from pipeline.film.sentence_ends import sentences
from pipeline.film.subject_phrase import shortened, subject_of
from pipeline.film.subjects import subject_in
from pipeline.film.word_swaps import is_told
from pipeline.film.words import capital, clean, emoji_words, is_spaceless, words_of
from pipeline.providers.base import ScriptRequest
from pipeline.providers.local.writing import banks
from pipeline.providers.local.writing.banks import Topic
from pipeline.providers.local.writing.cast import Role, being_in, roles_in
from pipeline.providers.local.writing.topic_facts import home_topic

STORY_PACE = 0.35
PLACES_TO_GO = frozenset({"travel", "cities", "mountains", "ocean", "forests"})
BROAD_TOPICS = frozenset({"history", "education", "business", "travel", "art", "cities"})
"""Their words also describe films about other things: the history of trains, a robot who learns."""
PATTERNS = banks.patterns("reading")


@dataclass(frozen=True)
class Reading:
    language: str
    told: tuple[Told, ...]
    """What the prompt says, sentence by sentence; nothing else is said of it."""
    subject: str
    """As the prompt puts it: "a fox who dreams of the sea"."""
    short: str
    """Up to its first clause: "a fox"."""
    kind: str
    tone: str
    topics: tuple[Topic, ...]
    """The main one first."""
    at_home: bool
    """The subject is the topic itself, not just kin to it."""
    question: str
    """What an explainer asks: "how volcanoes work"; its subject is then "volcanoes"."""
    action: str
    """What a how-to teaches: "brew coffee"."""
    roles: tuple[Role, ...]
    terse: bool
    pace: float
    seed: int
    cast_seed: int
    """Of how people look: the same however often the film is rewritten, or their pictures would not be theirs."""

    @property
    def is_personal(self) -> bool:
        """It is about somebody's own, of which nothing is known but what they say."""
        return bool(PATTERNS["own"].search(self.told[0].words if self.told else self.subject))

    @property
    def topic(self) -> Topic | None:
        return self.topics[0] if self.topics else None


def _is_of_words(line: str) -> bool:
    """Tell whether a writer's instruction gives words of the film: a fact, a word for another one."""
    return TELL in line or is_told(line)


def read(request: ScriptRequest) -> Reading:
    seed = _seed(request)
    instructions = clean("\n".join(line for line in request.instructions.splitlines() if not _is_of_words(line)))
    focus = _focus(instructions)
    text, subject = clean(request.prompt), _subject(request, focus)
    topics = _topics(subject)
    cast_seed = _hashed(request.prompt)
    roles = roles_in(f"{subject} . {clean(PATTERNS['title'].sub('', subject_in(request.prompt)))}", cast_seed)
    kind = _kind(text, subject, topics[0] if topics else None, roles)
    usual: list[str] = banks.table("kinds")[kind]["tones"]
    tone = _tone(instructions) or _tone(text) or usual[seed % len(usual)]
    question, subject = _asked(subject, request.language) if kind == "explainer" else ("", subject)
    home = home_topic(subject)
    topics = tuple(sorted(topics, key=lambda topic: topic.name != home))
    return Reading(
        language=request.language,
        told=_told(request, focus, topics[0] if home and topics else None),
        subject=subject,
        short=shortened(subject),
        kind=kind,
        tone=tone,
        topics=topics,
        at_home=bool(home),
        question=question,
        action=_action(text),
        roles=roles,
        terse=bool(PATTERNS["shorter"].search(instructions)),
        pace=_pace(kind, tone, instructions),
        seed=seed,
        cast_seed=cast_seed,
    )


def _subject(request: ScriptRequest, focus: str) -> str:
    """Return what the film is about: what it was changed to, else what its prompt says."""
    words = subject_words(request.prompt, request.language) or subject_in(request.prompt)
    subject = focus or subject_of(PATTERNS["title"].sub("", words)) or subject_of(request.prompt)
    subject = PATTERNS["history_of"].sub("", subject)
    if request.language == "es":
        subject = re.sub(r"^il ", "el ", subject)
    return as_subject(subject) if request.language == "de" else subject


def _told(request: ScriptRequest, focus: str, topic: Topic | None) -> tuple[Told, ...]:
    """Join what the prompt says, or the subject it was changed to; then what was told later."""
    language = request.language
    told = told_in(focus or request.prompt, language)
    is_english = not banks.words("cues", "request", "english").isdisjoint(_tokens(clean(request.prompt)))
    if topic and language != "en" and is_english:
        told = told_in(topic.names[language], language) if language in topic.names else told
    if not told and (shown := emoji_words(request.prompt)):
        told = told_in(capital(shown), language)
    return (*told, *(one for one in told_later(request.instructions, language) if one not in told))


def _seed(request: ScriptRequest) -> int:
    """Looks, ratio and voice are left out: they change how a film looks, not what it says."""
    return _hashed(request.prompt, request.instructions, request.language, str(request.duration_s), str(request.seed))


def _hashed(*parts: str) -> int:
    return int.from_bytes(hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).digest()[:8], "big")


def _focus(instructions: str) -> str:
    for sentence in sentences(instructions, PATTERNS["sentence"]):
        if about := german_subjects.new_subject(sentence):
            return subject_of(about)
    found = PATTERNS["focus"].search(instructions)
    return subject_of(f"a film about {found[1]}") if found else ""


def _topics(text: str) -> tuple[Topic, ...]:
    """Those named in the text, the most often named first; of equals the one named earlier, and the broad ones last."""
    tokens = _tokens(text)
    hits = {topic.name: _hits(tokens, text, topic.keywords) for topic in banks.topics().values()}
    named = [name for name, places in hits.items() if places]
    named.sort(key=lambda name: ((name in BROAD_TOPICS) / 2 - len(hits[name]), min(hits[name])))
    return tuple(banks.topics()[name] for name in named)


def _hits(tokens: list[str], text: str, keywords: frozenset[str]) -> list[int]:
    """The places of words in the text that are among the keywords."""
    hits = [place for place, token in enumerate(tokens) if keywords.intersection(_forms(token))]
    if is_spaceless(text):
        hits += [text.index(word) for word in keywords if not word.isascii() and word in text]
    return hits


def _tokens(text: str) -> list[str]:
    return [token for word in words_of(text.lower()) for token in re.split(r"['’-]", word)]


_GERMAN_ADJECTIVE = re.compile(r"(\w{2,}(?:ig|lich|isch))e[mnrs]?")


def _forms(token: str) -> tuple[str, ...]:
    """The word, and without the ending of a plural, a comparative or a German adjective: funnier, stories, lustige."""
    if found := _GERMAN_ADJECTIVE.fullmatch(token):
        return (token, found[1])
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
    tokens, kinds = _tokens(text), banks.table("cues")["kinds"]
    asked = {kind for kind in kinds if _hits(tokens, text, banks.words("cues", "kinds", kind))}
    if PATTERNS["craft"].search(subject) or PATTERNS["how_to"].search(text) or "howto" in asked:
        return "howto"
    if "ad" in asked or "tribute" in asked:
        return "ad" if "ad" in asked else "tribute"
    if roles and (roles[0].acts or "story" in asked):
        return "story"
    is_tale = "tale" in asked or PATTERNS["story_for"].search(text)
    if is_tale or ("story" in asked and (topic is None or being_in(subject))):
        return "story"
    if "history" in asked or "story" in asked:
        return "history"
    if "travel" in asked and (topic is None or topic.name in PLACES_TO_GO):
        return "travel"
    return "explainer"


def _direct(question: str) -> str:
    """ "why do cats purr" as a clause: "why cats purr"; "why is the sky blue": "why the sky is blue"."""
    if said := re.match(r"(how|why|where|when) (do|did|does) (.+)$", question, re.IGNORECASE):
        return f"{said[1]} {said[3]}{'s' if said[2].lower() == 'does' else ''}"
    if said := re.match(r"(how|why|where|when) (is|are|was|were) (.+) (\S+)$", question, re.IGNORECASE):
        return f"{said[1]} {said[3]} {said[2]} {said[4]}"
    return question


def _asked(subject: str, language: str) -> tuple[str, str]:
    """The question and the thing it is about, of a subject such as "why the sky is blue"."""
    if language == "de" and PATTERNS["german_question"].match(subject):
        return subject[:1].lower() + subject[1:], subject
    subject = _direct(subject)
    found = PATTERNS["question"].match(subject)
    if not found:
        return "", subject
    rest = found["rest"]
    thing = PATTERNS["clause_end"].split(rest, maxsplit=1)[0].split()
    if len(thing) > 1 and thing == rest.split()[: len(thing)] and not PATTERNS["has_copula"].search(rest):
        thing = thing[:-1]
    return subject[:1].lower() + subject[1:], " ".join(thing)


def _action(text: str) -> str:
    found = PATTERNS["how_to"].search(text)
    return shortened(subject_of(f"a video on {found[1]}")) if found else ""


def _pace(kind: str, tone: str, instructions: str) -> float:
    if PATTERNS["faster"].search(instructions):
        return 1.0
    pace = float(banks.table("tones")[tone]["pace"])
    pace = min(pace, STORY_PACE) if kind == "story" else pace
    return pace / 3 if PATTERNS["slower"].search(instructions) else pace
