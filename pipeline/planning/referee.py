"""PURE: the referee: what is wrong with what a generator delivered, told from what was measured of it.

Each kind of defect is a row of `DEFECTS`: what of it is said, whether the piece is made again for it, and how it is
known. A row that is in doubt acquits: who is told of faults that are none stops reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.cut.picture.caption_lines import tokens
from pipeline.cut.sound.alignment import length_of
from pipeline.film.narration import narration_s
from pipeline.planning import take_warnings
from pipeline.planning.kinds import GENERATED, SPEECH, Kind

STANDS_STILL = 0.6
"""Of its length: a clip that does not move at all for so long is no clip."""
FLASHES = 4
"""In a second: more than three harm some who see them (WCAG 2.3.1)."""
BARS = 0.06
"""Of a picture's height or width: so much is black at its edges."""
UNLIKE = 0.5
IN_FRAME = 0.88
"""Where less than this part of a picture is in the frame, it was made in another shape."""
SHORT, SHORT_S = 0.85, 0.4
SHORTEST_MUSIC_S = 3.0
LEAST_HEARD, MOST_HEARD, MOST_HEARD_S = 0.45, 2.0, 0.6
"""Against what the text should take, which no two voices agree on."""
UNIT_S = 0.055
"""What a voice takes for a unit of a token's length, on average over languages."""
KANJI = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff々]")
ASKED_FOR_BARS = re.compile(
    r"letter-?\s?box|pillar-?\s?box|black bars|cinematic bars|cinemascope|2[.,:]35|21[:x]9", re.I
)


@dataclass(frozen=True)
class Wanted:
    """The piece as it should be. `speech_s` are the least and the most seconds of speech that its text may take."""

    kind: Kind
    size: tuple[int, int] = (0, 0)
    seconds: float = 0.0
    speech_s: tuple[float, float] = (0.0, 0.0)
    has_bars: bool = False
    """Black bars were asked for, or are in the still that it begins with."""


@dataclass(frozen=True)
class Delivered:
    """The measures of a piece, as far as it has such a thing. Parts are from 0 to 1."""

    size: tuple[int, int] = (0, 0)
    seconds: float = 0.0
    black: bool = False
    still_part: float = 0.0
    flashes: int = 0
    bars: tuple[float, float] = (0.0, 0.0)
    """Parts of its height and of its width."""
    unlike: float | None = None
    """How little the first frame is like the still; None where there is none to compare it with."""
    sound: bool = False
    """A clip has a sound that is heard."""
    silent: bool = False
    heard_s: float = 0.0


Check = Callable[[Wanted, Delivered], bool]


@dataclass(frozen=True)
class Defect:
    """A kind of defect. `again`: a piece that has it is made once more at our cost."""

    code: str
    kinds: frozenset[Kind]
    sentence: str
    is_so: Check
    again: bool = True
    own: bool = False
    """It is told of a person's own material too; what they gave is never refused, nor is its purpose doubted."""


@dataclass(frozen=True)
class Fault:
    """A defect that was found, as it is kept with a take."""

    code: str
    message: str
    again: bool = True

    def told(self) -> dict[str, str]:
        return {"code": self.code, "message": self.message}


def _moves(wanted: Wanted, found: Delivered) -> bool:
    return not found.black and found.still_part >= STANDS_STILL


def _is_barred(wanted: Wanted, found: Delivered) -> bool:
    return not wanted.has_bars and not found.black and max(found.bars) >= BARS


def _begins_elsewhere(wanted: Wanted, found: Delivered) -> bool:
    fits = not (found.black or _is_of_another_shape(wanted, found) or _is_barred(wanted, found))
    return fits and found.unlike is not None and found.unlike > UNLIKE


def _is_of_another_shape(wanted: Wanted, found: Delivered) -> bool:
    if not all((*wanted.size, *found.size)):
        return False
    ratio = (found.size[0] / found.size[1]) / (wanted.size[0] / wanted.size[1])
    return min(ratio, 1 / ratio) < IN_FRAME


def _is_too_short(wanted: Wanted, found: Delivered) -> bool:
    if wanted.kind is Kind.MUSIC:
        return found.seconds < min(SHORTEST_MUSIC_S, wanted.seconds / 2)
    return found.seconds < min(wanted.seconds * SHORT, wanted.seconds - SHORT_S)


def _says_something_else(wanted: Wanted, found: Delivered) -> bool:
    least, most = wanted.speech_s
    return most > 0 and not found.silent and found.heard_s > 0 and not least <= found.heard_s <= most


_CLIP, _VOICE = frozenset({Kind.CLIP}), SPEECH
_SEEN = frozenset(kind for kind in GENERATED if kind.about.medium in ("image", "video"))
_HEARD = frozenset(kind for kind in GENERATED if kind.about.medium == "audio")

DEFECTS: tuple[Defect, ...] = (
    Defect("black", _SEEN, take_warnings.BLACK, lambda _, found: found.black, own=True),
    Defect("frozen", _CLIP, "The picture stands still for most of the clip.", _moves),
    Defect(
        "strobing", _CLIP, "The picture flickers, more often than eyes can bear.",
        lambda _, found: found.flashes >= FLASHES, own=True,
    ),
    Defect("barred", _SEEN, "There are black bars at the edges of the picture.", _is_barred, own=True),
    Defect("other_shape", _SEEN, "The picture has another shape than the film.", _is_of_another_shape),
    Defect("other_beginning", _CLIP, "The clip does not begin with the picture of its scene.", _begins_elsewhere),
    Defect(
        "too_short", _CLIP | {Kind.MUSIC}, "It is much shorter than it was asked to be.", _is_too_short,
    ),
    Defect(
        "unwanted_sound", _CLIP, "The clip came with a sound of its own, which is left out of the film.",
        lambda _, found: found.sound, again=False,
    ),
    Defect(
        "silent", _HEARD, take_warnings.SILENT, lambda _, found: found.silent or found.heard_s <= 0, own=True,
    ),
    Defect(
        "other_words", _VOICE, "What is heard does not last as long as the text: words may be missing, or too many.",
        _says_something_else, own=True,
    ),
)  # fmt: skip
"""In the order in which they are told."""
MADE_AGAIN = frozenset(defect.code for defect in DEFECTS if defect.again)


def faults(wanted: Wanted, found: Delivered, *, own: bool = False) -> list[Fault]:
    """Return what is wrong with a piece, or with what a person gave (`own`); nothing where it is as it should be."""
    rows = [defect for defect in DEFECTS if wanted.kind in defect.kinds and (defect.own or not own)]
    judged = [defect for defect in rows if defect.is_so(wanted, found)]
    return [Fault(defect.code, defect.sentence, defect.again) for defect in judged]


def is_faulty(found: Iterable[Fault]) -> bool:
    """True where a piece is to be made again for what was found in it."""
    return any(fault.again for fault in found)


def speech_range(text: str, said: str, language: str) -> tuple[float, float]:
    """Return the least and the most seconds of speech that a text may take, `said` being how it is spoken.

    Two estimates that are wrong about different languages: by words, and by what the letters sound like. In Japanese a
    Chinese character is read as one syllable or as several, elsewhere as one.
    """
    by_words = narration_s(text, language)
    read = KANJI.sub(r"\g<0>\g<0>", said) if language == "ja" else said
    shorter, longer = (UNIT_S * sum(map(length_of, tokens(each))) for each in (said, read))
    return LEAST_HEARD * min(by_words, shorter), MOST_HEARD * max(by_words, longer) + MOST_HEARD_S


def asks_for_bars(*texts: str) -> bool:
    """True where somebody wants the picture to have black bars."""
    return any(ASKED_FOR_BARS.search(text) for text in texts)


def verdict(facts: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what the referee said of a take, from its facts, as clients are told it; None where it has no fault.

    `kept`: a person has seen it, and keeps it all the same. `charged`: what is wrong is not worth making it again.
    """
    if not (found := facts.get("faults")):
        return None
    charged = not any(fault["code"] in MADE_AGAIN for fault in found)
    return {"faults": [dict(fault) for fault in found], "kept": bool(facts.get("kept")), "charged": charged}


def kept(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of a take that a person chose: whatever is wrong with it, they keep it."""
    return {**facts, "kept": True} if facts.get("faults") else dict(facts)
