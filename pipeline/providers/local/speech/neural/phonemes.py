"""A text as the phonemes that are to be said, breath by breath, each with the written word it stands for.

hibari's lexicon, taggers and number rules do it (English, in Kokoro's alphabet of phonemes). Its marks that set a
pronunciation, `[word](/phonemes/)`, are not obeyed: texts are strangers'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from hibari.g2p import G2P
from hibari.g2p.normalize import normalize
from hibari.g2p.oov import OOV
from hibari.tts import Hibari

from pipeline.providers.local.speech.neural.sounds import as_told, told
from pipeline.providers.local.speech.neural.weights import UNKNOWN_WORDS, session

COMFORTABLE, LONGEST = 220, 300
"""Phonemes of a breath: past the first it ends with the next clause, past the second wherever it is."""
UNNAMED = re.compile(r"\d{13,}")
CLAUSE_ENDS = frozenset(",;:.!?—…")


@dataclass(frozen=True)
class Spelled:
    phonemes: str
    word: int
    """Which of the text's words, as white space divides them."""


@dataclass(frozen=True)
class Breath:
    words: tuple[Spelled, ...]
    ends_sentence: bool


def breaths(text: str, sounds: Sequence[Mapping[str, Any]] = ()) -> list[Breath]:
    """`sounds` are words whose sound was told, as `Sound` has them."""
    found: list[Breath] = []
    known = told(sounds)
    before = 0
    for sentence in Hibari.split_sentences(text):
        written = sentence.split()
        said = [(word, as_told(word, sound, known)) for word, sound in _said(sentence)]
        owners = _owners(written, [word for word, _ in said])
        spelled = [Spelled(sound[:LONGEST], before + owner) for (_, sound), owner in zip(said, owners, strict=True)]
        found += _divided([word for word in spelled if word.phonemes])
        before += len(written)
    return found


def _said(sentence: str) -> list[tuple[str, str]]:
    """Words as they are read out, numbers and units spelled out, and their phonemes."""
    found, text, sound = [], "", ""
    for token in _reader().phonemize_tokens(_reader().tokenize(normalize(_readable(sentence)))):
        text += token.text
        sound += token.phonemes or ""
        if token.whitespace:
            found.append((text, sound))
            text = sound = ""
    return [*found, (text, sound)] if text else found


def _readable(sentence: str) -> str:
    """Leave out marks that would be obeyed, and set the digits of a number that has no name apart."""
    return UNNAMED.sub(lambda digits: " ".join(digits.group()), sentence.replace("](", "] ("))


def _owners(written: Sequence[str], said: Sequence[str]) -> list[int]:
    """Return for each word that is said the written one it stands for: `5km` is said as two, `3 hrs` as `three
    hours`."""
    owners = [0] * len(said)
    for _, begin, end, first, last in SequenceMatcher(None, written, said, autojunk=False).get_opcodes():
        for place in range(first, last):
            owner = begin + (place - first) * max(end - begin, 1) // (last - first)
            owners[place] = min(owner, len(written) - 1)
    return owners


def _divided(words: Sequence[Spelled]) -> Iterator[Breath]:
    breath: list[Spelled] = []
    length = 0
    for word in words:
        if breath and _is_full(length, breath[-1], word):
            yield Breath(tuple(breath), ends_sentence=False)
            breath, length = [], 0
        breath.append(word)
        length += len(word.phonemes) + 1
    if breath:
        yield Breath(tuple(breath), ends_sentence=True)


def _is_full(length: int, last: Spelled, following: Spelled) -> bool:
    return length + len(following.phonemes) > LONGEST or (length > COMFORTABLE and last.phonemes[-1] in CLAUSE_ENDS)


@cache
def _reader() -> Any:
    return G2P(oov=_unknown_word)


def _unknown_word(word: str) -> str | None:
    found: str | None = _unknown_words()(word)
    return found


@cache
def _unknown_words() -> Any:
    return OOV(session=session(UNKNOWN_WORDS))
