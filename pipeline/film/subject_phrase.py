"""The subject of a prompt, as a phrase that fits into a sentence."""

from __future__ import annotations

import re
from itertools import dropwhile, takewhile

from pipeline.film.sentence_ends import sentences
from pipeline.film.words import clean, emoji_words, is_spaceless, words_of
from pixora.foundation.toml_tables import patterns, table

MAX_WORDS, MAX_CHARS, MAX_WORD_CHARS, MAX_SPACELESS_CHARS = 12, 80, 30, 10
MAX_SHORT_WORDS = 8

PATTERNS = patterns(__file__, "subject_phrase", "patterns")
WORDS = {name: frozenset(said.split()) for name, said in table(__file__, "subject_phrase")["words"].items()}
ARTICLES = {
    word: alone for alone, said in table(__file__, "subject_phrase")["articles"].items() for word in said.split()
}
"""The preposition that is left of one that was joined with an article."""


def subject_of(prompt: str) -> str:
    """A clean phrase of 1 to 12 words; empty where the prompt says nothing."""
    text = clean(prompt)
    for sentence in sentences(text, PATTERNS["sentence"])[:6]:
        found = _spaceless(sentence) if is_spaceless(sentence) else _spaced(sentence)
        if found:
            return found
    digits = "".join(takewhile(str.isdigit, PATTERNS["length"].sub(" ", text).replace(" ", "")))[:6]
    return emoji_words(prompt) or (f"the number {digits}" if digits else "")


def shortened(phrase: str) -> str:
    """The phrase up to its first clause: "a fox who dreams of the sea" is "a fox"."""
    head = PATTERNS["clause"].split(phrase, maxsplit=1)[0]
    return _trimmed(head.split()[:MAX_SHORT_WORDS]) or " ".join(phrase.split()[:MAX_SHORT_WORDS])


def _spaceless(sentence: str) -> str:
    """Return of "制作一个关于太空探索的30秒视频" the 太空探索."""
    core = PATTERNS["spaceless_tail"].sub("", PATTERNS["spaceless_head"].sub("", sentence.strip(" ，,")))
    return core.strip(" ，,的、：:")[:MAX_SPACELESS_CHARS]


def _spaced(sentence: str) -> str:
    sentence = PATTERNS["tail"].sub("", PATTERNS["length"].sub(" ", sentence).strip(" ,:"))
    sentence = sentence.title() if sentence.isupper() and len(sentence) > 5 else sentence
    words = [word[:MAX_WORD_CHARS] for word in words_of(sentence)]
    words = _after_film_word(words) or _after_about(words) or _after_lead(words)
    stop = WORDS["stop"]
    return _as_somebody(_trimmed(list(takewhile(lambda word: word.lower() not in stop, words))[:MAX_WORDS]))


def _as_somebody(phrase: str) -> str:
    """Name the subject as what one can speak about: "a baker who opens his shop", "two kids building a treehouse"."""
    found = next((match for name in ("does", "do") if (match := PATTERNS[name].match(phrase))), None)
    if found is None:
        return phrase
    rest = phrase[found.end() :]
    if not found["one"]:
        return f"{found['who']} {_participle(found['does'])} {rest}"
    is_somebody = found["one"].lower() in ("my", "our") or re.match(r"(?:his|her|their)\b", rest)
    return f"{found['who']} {'who' if is_somebody else 'that'} {found['does']} {rest}"


def _participle(verb: str) -> str:
    if verb.endswith("ie"):
        return f"{verb[:-2]}ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return f"{verb[:-1]}ing"
    return f"{verb}{verb[-1]}ing" if re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", verb) else f"{verb}ing"


def _after_film_word(words: list[str]) -> list[str]:
    """Return what stands behind "a short film about", or before "… video"; nothing when no word for a film is there."""
    film, link = WORDS["film"], WORDS["link"]
    lead, manner = WORDS["lead"], WORDS["manner"]
    for place, word in enumerate(words[:14]):
        if word.lower() not in film:
            continue
        behind = list(dropwhile(lambda w: w.lower() in manner, words[place + 1 :]))
        before = [w for w in words[:place] if w.lower() not in lead | manner | film]
        if behind and behind[0].lower() in film:
            continue
        if behind and (behind[0].lower() in link or PATTERNS["elided"].match(behind[0]) or _opens_clause(behind)):
            return _behind_link(behind)
        return before or _after_lead(behind)
    return []


def _opens_clause(words: list[str]) -> bool:
    return [word.lower() for word in words[:2]] == ["in", "which"]


def _behind_link(behind: list[str]) -> list[str]:
    link = WORDS["link"]
    first = behind[0].lower()
    rest = list(behind[1:])
    if elided := PATTERNS["elided"].match(behind[0]):
        return [f"l'{behind[0][elided.end() :]}", *rest]
    if first in ("in", "of") and rest and rest[0].lower() == "which":
        rest = rest[1:]
    if first in ARTICLES and rest:
        return [ARTICLES[first], *rest]
    while len(rest) > 1 and rest[0].lower() in link and rest[0].lower() not in ("die", "das", "des", "del"):
        rest = rest[1:]
    return rest


def _after_about(words: list[str]) -> list[str]:
    lowered = [word.lower() for word in words[:14]]
    return words[lowered.index("about") + 1 :] if "about" in lowered else []


def _after_lead(words: list[str]) -> list[str]:
    lead, manner = WORDS["lead"], WORDS["manner"]
    articles = WORDS["articles"]
    rest = list(words)
    while rest and rest[0].lower() in lead - articles:
        rest = rest[1:]
    while len(rest) > 1 and rest[0].lower() in manner:
        rest = rest[1:]
    return rest


def _trimmed(words: list[str]) -> str:
    """Leave out words that lead nowhere at the end, and make it no longer than a title can carry."""
    function, manner = WORDS["function"], WORDS["manner"]
    words = PATTERNS["aside"].sub("", " ".join(words)).split()
    words = [word.lower() if word.lower() in function else word for word in words]
    while words and (words[-1].lower() in function or (len(words) > 1 and words[-1].lower() in manner)):
        words = words[:-1]
    while len(words) > 1 and len(" ".join(words)) > MAX_CHARS:
        words = words[:-1]
    if not any(letter.isalpha() for letter in "".join(words)):
        return ""
    if {word.lower() for word in words} <= WORDS["film"] | function:
        return ""
    return " ".join(words)[:MAX_CHARS].strip(" ,.:;-'’")
