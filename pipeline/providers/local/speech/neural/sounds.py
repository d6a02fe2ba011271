"""PURE: the phonemes of words whose sound was told: from IPA, or with the stress where the capitals are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from pixora.foundation.toml_tables import table

VOWELS = "AIOWYQaeiouyɑɐɒæɔəɚɛɜɨɪɯøœʊʌɤᵊᵻ"
SOUNDS: dict[str, str] = table(__file__, "alphabets")["ipa"]
KNOWN = frozenset("AIOQWYabcdefhijklmnpqstuvwzæðŋɑɔəɛɜɡɪɹɾʃʊʌʒʤʧʣʦθᵊᵻˈˌɯɤ")
ONSETS = re.compile(rf"([ˈˌ])([^{VOWELS}ˈˌ]*)")
EDGES = re.compile(r"^\W+|(?:'s)?\W*$")


def told(sounds: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Return what is known of each single word, by the word in small letters."""
    found: dict[str, Mapping[str, Any]] = {}
    for sound in sounds:
        words, saids, ipas = (str(sound[name]).split() for name in ("read", "said", "ipa"))
        for place, word in enumerate(words):
            said = saids[place] if len(saids) == len(words) else ""
            ipa = ipas[place] if len(ipas) == len(words) else ""
            found[word.lower()] = {"said": said, "ipa": ipa}
    return found


def as_told(word: str, phonemes: str, known: Mapping[str, Mapping[str, Any]]) -> str:
    """The phonemes of a word that is read out, as they were told where they were."""
    bare = EDGES.sub("", word).lower()
    sound = known.get(bare) or known.get(word.lower())
    if not sound:
        return phonemes
    if sound["ipa"]:
        return from_ipa(sound["ipa"]) + _after(phonemes, word, bare)
    return stressed(phonemes, sound["said"])


def from_ipa(ipa: str) -> str:
    """Kokoro's letters for these sounds, the nearest English ones where it knows none; stress before the vowel."""
    text = unicodedata.normalize("NFC", ipa.strip("/[]"))
    found, at = "", 0
    while at < len(text):
        length = next((size for size in (3, 2, 1) if text[at : at + size] in SOUNDS), 1)
        found += SOUNDS.get(text[at : at + length], text[at])
        at += length
    found = "".join(letter for letter in found if letter in KNOWN)
    return ONSETS.sub(r"\2\1", found)


def stressed(phonemes: str, said: str) -> str:
    """The phonemes with their stress on the syllable in capitals, where they have as many syllables as it."""
    syllables = said.split("-")
    loud = [place for place, part in enumerate(syllables) if len(part) > 1 and part.isupper()]
    bare = re.sub("[ˈˌ]", "", phonemes)
    vowels = [place for place, letter in enumerate(bare) if letter in VOWELS]
    if len(loud) != 1 or len(syllables) < 2 or len(vowels) != len(syllables):
        return phonemes
    place = vowels[loud[0]]
    return f"{bare[:place]}ˈ{bare[place:]}"


def _after(phonemes: str, word: str, bare: str) -> str:
    """The genitive's sound, and the signs that stand behind the word."""
    tail = word.lower().partition(bare)[2]
    signs = "".join(sign for sign in phonemes if sign in ';:,.!?—…"”)')
    return ("z" if tail.startswith("'s") else "") + signs
