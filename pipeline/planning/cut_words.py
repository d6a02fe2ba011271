"""PURE: the words for a cut, in the languages that it is told in: English, and German for German films."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.planning.kinds import Kind

How = Literal["own", "earlier", "new"]
Case = Literal["with", "have"]
"""Behind "with", or what somebody has: German nouns show it."""


@dataclass(frozen=True)
class CutWords:
    first: str
    """Of a film's first cut."""
    with_: str
    again: str
    again_because: str
    have: str
    back: str
    unchanged: str
    computed: Mapping[Kind, str]
    """Where no piece has changed; of several that were computed, the first."""
    captioned: Mapping[str, str]
    titled: str
    reordered: str
    without_one: str
    without_many: str
    many: Mapping[Case, str]
    conjunction: str
    in_scene: str
    in_scenes: str
    faulty: str
    """Behind what is said of a cut: in these scenes the referee found something wrong."""
    scenes_named: tuple[str, str]
    """One scene, and several."""
    pieces: Callable[[list[Kind], How, Case], str]
    """Of the same scenes, chosen alike: "a new picture and clip"."""

    def joined(self, words: Iterable[str]) -> str:
        found = list(words)
        return self.conjunction.join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)


def _english(kinds: list[Kind], how: How, _case: Case) -> str:
    determiner = {"own": "your own", "earlier": "the earlier", "new": "a new"}[how]
    determiner = "new" if how == "new" and kinds[0] is Kind.MUSIC else determiner
    return f"{determiner} {ENGLISH.joined(kind.about.label.lower() for kind in kinds)}"


ENGLISH = CutWords(
    first="Your video is ready!",
    with_="with",
    again="Cut again.",
    again_because="Cut again {why}.",
    have="You have {what} now. The film stays as it is until you update it.",
    back="Back to an earlier cut of the film.",
    unchanged="The film is as it was.",
    computed={
        Kind.BODY: "to fit the script",
        Kind.TRANSITION: "with the changed transitions",
        Kind.SOUNDTRACK: "with the changed sound",
        Kind.CAPTIONS: "with the changed captions",
    },
    captioned={
        "off": "without captions",
        "soft": "with captions",
        "clean": "with captions in the picture",
        "boxed": "with captions in a box",
    },
    titled="with the new title",
    reordered="in the new order",
    without_one="without the removed scene",
    without_many="without {n} removed scenes",
    many={"with": "{n} changed pieces", "have": "{n} changed pieces"},
    conjunction=" and ",
    in_scene=" in scene {n}",
    in_scenes=" in scenes {first} to {last}",
    faulty="Something is wrong in {scenes}: look there before you share it.",
    scenes_named=("scene {places}", "scenes {places}"),
    pieces=_english,
)

_Noun = tuple[str, Literal["m", "f", "n"]]
_NOUNS: Mapping[Kind, _Noun] = {
    Kind.CHARACTER: ("Figurenbild", "n"),
    Kind.STILL: ("Bild", "n"),
    Kind.VOICE: ("Sprachaufnahme", "f"),
    Kind.LINE: ("Dialogzeile", "f"),
    Kind.CLIP: ("Clip", "m"),
    Kind.MUSIC: ("Musik", "f"),
}
_PIECE: _Noun = ("Teil", "n")
"""A piece of any other kind."""
_DETERMINERS: Mapping[tuple[Case, How], Mapping[str, str]] = {
    ("with", "new"): {"m": "einem neuen", "n": "einem neuen", "f": "einer neuen"},
    ("with", "earlier"): {"m": "dem früheren", "n": "dem früheren", "f": "der früheren"},
    ("with", "own"): {"m": "Ihrem eigenen", "n": "Ihrem eigenen", "f": "Ihrer eigenen"},
    ("have", "new"): {"m": "einen neuen", "n": "ein neues", "f": "eine neue"},
    ("have", "earlier"): {"m": "den früheren", "n": "das frühere", "f": "die frühere"},
    ("have", "own"): {"m": "Ihren eigenen", "n": "Ihr eigenes", "f": "Ihre eigene"},
}
_NEW_MUSIC: Mapping[Case, str] = {"with": "neuer Musik", "have": "neue Musik"}


def _german(kinds: list[Kind], how: How, case: Case) -> str:
    """Each with its own article, as their genders differ."""
    return GERMAN.joined(_german_piece(kind, how, case) for kind in kinds)


def _german_piece(kind: Kind, how: How, case: Case) -> str:
    if kind is Kind.MUSIC and how == "new":
        return _NEW_MUSIC[case]
    noun, gender = _NOUNS.get(kind, _PIECE)
    return f"{_DETERMINERS[case, how][gender]} {noun}"


GERMAN = CutWords(
    first="Ihr Film ist fertig!",
    with_="mit",
    again="Neu geschnitten.",
    again_because="Neu geschnitten, {why}.",
    have="Sie haben jetzt {what}. Der Film bleibt, wie er ist, bis Sie ihn aktualisieren.",
    back="Zurück zu einem früheren Schnitt des Films.",
    unchanged="Der Film ist, wie er war.",
    computed={
        Kind.BODY: "passend zum Skript",
        Kind.TRANSITION: "mit den geänderten Übergängen",
        Kind.SOUNDTRACK: "mit dem geänderten Ton",
        Kind.CAPTIONS: "mit den geänderten Untertiteln",
    },
    captioned={
        "off": "ohne Untertitel",
        "soft": "mit Untertiteln",
        "clean": "mit Untertiteln im Bild",
        "boxed": "mit Untertiteln im Kasten",
    },
    titled="mit dem neuen Titel",
    reordered="in der neuen Reihenfolge",
    without_one="ohne die entfernte Szene",
    without_many="ohne {n} entfernte Szenen",
    many={"with": "{n} geänderten Teilen", "have": "{n} geänderte Teile"},
    conjunction=" und ",
    in_scene=" in Szene {n}",
    in_scenes=" in den Szenen {first} bis {last}",
    faulty="In {scenes} stimmt etwas nicht: Sehen Sie dort nach, bevor Sie den Film weitergeben.",
    scenes_named=("Szene {places}", "den Szenen {places}"),
    pieces=_german,
)


FIRST = {
    "es": "¡Tu película está lista!",
    "fr": "Votre film est prêt !",
    "it": "Il tuo film è pronto!",
    "pt": "Seu filme está pronto!",
    "zh": "你的影片完成了！",
}
"""The sentence that matters most; what is said of later cuts is in English there."""


def words_in(language: str) -> CutWords:
    """Return the words in this language; in English for the languages that we do not speak."""
    if language in FIRST:
        return replace(ENGLISH, first=FIRST[language])
    return GERMAN if language == "de" else ENGLISH
