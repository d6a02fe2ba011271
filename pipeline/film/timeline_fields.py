"""PURE: the fields of a script by which its film's timeline is edited, all of them optional and absent where unused.

Seconds are kept to the millisecond. A cut belongs to the recording that it was made in, which `cuts_of` names: another
take of the narration is heard whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model, model_validator

from pipeline.cut.narration_fit import MAX_SLOT, MIN_SLOT
from pipeline.cut.word_cuts import Cuts

MOST_CUTS = 200
LONGEST_TAKE_S, LONGEST_MOVE_S, LONGEST_FADE_S = 600, 30, 30
HASH_DIGITS = 16


def _to_the_millisecond(seconds: float) -> float:
    return round(seconds, 3)


def _slot_or_none(frames: int) -> int:
    if frames and not MIN_SLOT <= frames <= MAX_SLOT:
        raise ValueError(f"must be {MIN_SLOT} to {MAX_SLOT} frames (30 a second), or 0 for as long as is usual")
    return frames


def _in_order(cuts: list[Cut]) -> list[Cut]:
    for number, (before, after) in enumerate(pairwise(cuts), start=1):
        if after.ends[0] < before.ends[1]:
            raise ValueError(f"entry {number} begins before the one in front of it has ended; put them in order")
    return cuts


def _absent(value: Any) -> bool:
    return not value


Moment = Annotated[float, Field(ge=0, le=LONGEST_TAKE_S, allow_inf_nan=False), AfterValidator(_to_the_millisecond)]


class Stretch(BaseModel):
    """A stretch that lasts `from` a moment `to` another, in seconds; its first field has a name that Python keeps to
    itself."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    @property
    def ends(self) -> tuple[float, float]:
        told = dict(self)
        return told["from"], told["to"]

    @model_validator(mode="after")
    def _lasts(self) -> Self:
        begin, end = self.ends
        if end <= begin:
            raise ValueError("must end after it begins (`to` behind `from`)")
        return self


if TYPE_CHECKING:
    Cut = Stretch
else:
    Cut = create_model(
        "Cut",
        __base__=Stretch,
        __doc__="A stretch of a narration's recording that is taken out, in seconds.",
        **{"from": (Moment, ...), "to": (Moment, ...)},
    )

CutList = Annotated[
    list[Cut],
    Field(
        max_length=MOST_CUTS,
        exclude_if=_absent,
        description="What is taken out of the narration's recording, from when to when in seconds.",
    ),
    AfterValidator(_in_order),
]
CutsOf = Annotated[
    str,
    Field(
        max_length=64,
        pattern=r"^[0-9a-f]*$",
        exclude_if=_absent,
        description="The recording that `cuts` belong to, by the first digits of its file's hash; filled in by Pixora."
        " Another recording is heard whole.",
    ),
]
ClipFrom = Annotated[
    float,
    Field(
        ge=0,
        le=LONGEST_TAKE_S,
        allow_inf_nan=False,
        exclude_if=_absent,
        description="Seconds into the clip at which the scene begins.",
    ),
    AfterValidator(_to_the_millisecond),
]
NarrationAt = Annotated[
    float,
    Field(
        ge=0,
        le=LONGEST_MOVE_S,
        allow_inf_nan=False,
        exclude_if=_absent,
        description="Seconds by which what is spoken begins later than usual, as far as the scene has room.",
    ),
    AfterValidator(_to_the_millisecond),
]
SlotFrames = Annotated[
    int,
    Field(
        exclude_if=_absent,
        description="The length of the scene's place in the film, in frames (30 a second), where its border was"
        " dragged; 0: as long as its `duration` or its words ask.",
    ),
    AfterValidator(_slot_or_none),
]
Fade = Annotated[
    float,
    Field(
        ge=0,
        le=LONGEST_FADE_S,
        allow_inf_nan=False,
        exclude_if=_absent,
        description="Seconds of the music's fade; 0: as is usual.",
    ),
    AfterValidator(_to_the_millisecond),
]
Muted = Annotated[
    bool, Field(exclude_if=_absent, description="Not heard, as by a mixer's button; what was made of it stays.")
]


def in_ms(cuts: Sequence[Cut]) -> Cuts:
    """Return the cuts as the cut of the film reads them, in whole milliseconds."""
    return tuple((round(begin * 1000), round(end * 1000)) for begin, end in (cut.ends for cut in cuts))
