"""PURE: names as they are said: the sound spoken in the place of a word that is written, and shown, otherwise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from pipeline.film.ipa import is_ipa, respelled
from pipeline.film.spoken import Piece, pieces

MOST, LONGEST = 100, 80
"""Entries of a list, and characters of a word and of how it is said."""
SPACELESS = "\u2e80"
"""From here on letters stand beside each other without spaces."""
_SHOUTED = re.compile(r"[^\W\d_]{2,}")
_VOWELS = frozenset("AEIOUYÄÖÜÅÆØ")


def _plain(text: str) -> str:
    if any(ord(letter) < 32 or "\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("may be one line of text only")
    return unicodedata.normalize("NFC", " ".join(text.split()))


Words = Annotated[str, Field(max_length=LONGEST), AfterValidator(_plain)]


class Pronunciation(BaseModel):
    """A word or name as it is written, and how it is said: in letters, in IPA, or both."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    written: Annotated[Words, Field(description="As the narration has it.", examples=["Köhler"])]
    said: Annotated[Words, Field(description="In letters that the voice reads right.", examples=["KER-ler"])] = ""
    ipa: Annotated[
        Words, Field(description="In the phonetic alphabet, for voices that take it.", examples=["ˈkɜːlɚ"])
    ] = ""

    @model_validator(mode="after")
    def _says_something(self) -> Pronunciation:
        if not any(letter.isalnum() for letter in self.written):
            raise ValueError("written must not be empty")
        if not any(letter.isalnum() for letter in self.said + self.ipa):
            raise ValueError(f"say how {self.written!r} is spoken, in said or in ipa")
        if self.ipa and not is_ipa(self.ipa):
            raise ValueError(f"ipa of {self.written!r} holds letters that are none of the phonetic alphabet")
        return self

    @property
    def spoken(self) -> str:
        """Return what a voice reads: the letters, else the sounds respelt in letters."""
        return calm(self.said) if self.said else respelled(self.ipa)


def calm(said: str) -> str:
    """The same without syllables in capitals, which mean stress to people and single letters to voices."""
    return _SHOUTED.sub(lambda found: found[0].lower() if _is_shouted(found[0]) else found[0], said)


def _is_shouted(word: str) -> bool:
    return word.isupper() and any(letter in _VOWELS for letter in word)


def one_of_each(entries: Sequence[Pronunciation]) -> list[Pronunciation]:
    """The entries without those that a later one of the same word replaces."""
    return list({entry.written.casefold(): entry for entry in entries}.values())


def with_entry(entries: Sequence[Mapping[str, Any]], entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A stored list with this entry in it, in the place of the one that it replaces."""
    found = {str(each["written"]).casefold(): dict(each) for each in entries}
    found[str(entry["written"]).casefold()] = dict(entry)
    return list(found.values())


def without_entry(entries: Sequence[Mapping[str, Any]], written: str) -> list[dict[str, Any]]:
    """A stored list without the entry of this word."""
    return [dict(each) for each in entries if str(each["written"]).casefold() != written.casefold()]


def touching(entries: Sequence[Pronunciation], text: str) -> list[Pronunciation]:
    """The entries whose word is in the text, in an order that does not depend on the list's."""
    found = [entry for entry in entries if _pattern(entry.written).search(text)]
    return sorted(found, key=lambda entry: (-len(entry.written), entry.written))


def as_asked(entries: Sequence[Pronunciation], text: str) -> list[list[str]]:
    """Return the entries that a text's voice depends on, for its fingerprint."""
    return [[entry.written, entry.said, entry.ipa] for entry in touching(entries, text)]


def spoken_pieces(text: str, language: str, entries: Sequence[Pronunciation]) -> list[Piece]:
    """The text in pieces, as `spoken.pieces` gives them, and the listed words as they are said."""
    found: list[Piece] = []
    for part, entry in _parted(text, touching(entries, text)):
        found += [Piece(part, entry.spoken)] if entry else pieces(part, language)
    return found


def asked_pieces(asks: Mapping[str, Any]) -> list[Piece]:
    """Return what a voice is asked for (`text`, `language`, `pronunciations`), in pieces."""
    return spoken_pieces(str(asks["text"]).strip(), str(asks.get("language", "")), asked_entries(asks))


def asked_entries(asks: Mapping[str, Any]) -> list[Pronunciation]:
    """The entries that a voice is asked for with."""
    rows = asks.get("pronunciations", ())
    return [Pronunciation(written=written, said=said, ipa=ipa) for written, said, ipa in rows]


def _parted(text: str, entries: Sequence[Pronunciation]) -> Iterator[tuple[str, Pronunciation | None]]:
    """The text in order, in parts of which each is one entry's word, or none's. The longer word has it."""
    if not entries:
        yield text, None
        return
    first, *others = entries
    at = 0
    for match in _pattern(first.written).finditer(text):
        yield from _parted(text[at : match.start()], others)
        yield match.group(), first
        at = match.end()
    yield from _parted(text[at:], others)


@cache
def _pattern(written: str) -> re.Pattern[str]:
    """The word by itself, composed or not. One with capitals is not the word in small letters: Will, will."""
    forms = {written, unicodedata.normalize("NFD", written)}
    forms |= {form.upper() for form in forms}
    begin = r"(?<![^\W_])" if written[0].isalnum() and written[0] < SPACELESS else ""
    end = r"(?![^\W_]|\u0308)" if written[-1].isalnum() and written[-1] < SPACELESS else ""
    flags = 0 if any(letter.isupper() for letter in written) else re.IGNORECASE
    return re.compile(begin + "(?:" + "|".join(map(re.escape, sorted(forms))) + ")" + end, flags)
