"""PURE: warnings of what a person should know about a take, in sentences that say what can be done about it.

They are kept with the take, as `warnings` among its facts, and told wherever the take is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.cut.picture.filter_graph import span_s, stands_still_s
from pipeline.cut.timeline import Slot
from pipeline.planning.kinds import SPEECH, Kind

Size = tuple[int, int]

MUCH_LOST = 0.7
"""Where less than this part of a picture is in the frame, that is said."""

BLACK = "The picture is black from the first frame to the last: look whether this is the clip you meant."
SILENT = "Nothing is to be heard in this sound: look whether it is the one you meant."
TURNED = "Its two channels cancelled each other out in one: the second was turned round, so that it is heard."
SOUND_LEFT_OUT = "The clip's own sound is not in the film: put the clip in again with its sound kept to hear it there."
NO_SOUND = "The clip has no sound that could be kept."
CUT = "Only {part:.0%} of the picture is in the frame: put it in again whole, on a blurred ground, to show all of it."
FIRST_ONLY = (
    "It shows more than one picture; only the first is used. A moving one can be put in as a clip (MP4, MOV, WebM)."
)
GROUND = "What is transparent in it stands on a {ground} ground."
ENDS_EARLY = "The clip ends {short:.1f} s before its scene: its last picture stands still. Use a longer clip."
NO_FONT = "No font on this machine has {letters}: the captions show boxes there. Install one that has them."
ANOTHER_VOICE = (
    "{voice} speaks, because your own voice could not: its sample was deleted, or no model here speaks from it."
)
SHOWN_WHOLE = (
    "What matters is wider than the frame, so it is shown on a blurred ground: choose “Crop” for the scene to fill it."
)
ENDS_ELSEWHERE = "It does not end on the next scene's picture: its model is not told one. Choose a model that is."
LONG_STILL_S = 0.5


def of_own(kind: Kind, facts: Mapping[str, Any], size: Size) -> list[str]:
    """List the warnings for an upload that becomes a take of this kind in a film of this size.

    `facts` are the upload's, with what was chosen for it (`fit`, `keep_sound`).
    """
    match kind.about.medium:
        case "audio":
            return list(_of_sound(kind, facts))
        case "video":
            return [*_of_picture(facts, size), *_of_clip(facts)]
        case _:
            return list(_of_picture(facts, (facts["width"], facts["height"]) if kind is Kind.CHARACTER else size))


def stands_still(facts: Mapping[str, Any], slot: Slot, fps: int) -> list[str]:
    """List the warnings for a clip's take that stands still in its slot for longer than one would call a pause."""
    short_s = stands_still_s(span_s(facts), slot, fps) if "frames" in facts else 0.0
    return [ENDS_EARLY.format(short=short_s)] if short_s >= LONG_STILL_S else []


def without_a_font(letters: str) -> str:
    return NO_FONT.format(letters=letters)


def another_voice(voice: str) -> str:
    """Return the warning for a voice-over that was to be spoken in one's own voice, and is not."""
    return ANOTHER_VOICE.format(voice=voice)


def of_scene(place: int, text: str) -> str:
    """Return a warning as it is shown beside the whole film: with its scene."""
    return f"Scene {place}: {text}"


def told(*takes: Mapping[str, Any]) -> list[str]:
    """The warnings among the facts of these takes, each once, in their order."""
    return list(dict.fromkeys(text for facts in takes for text in facts.get("warnings", ())))


def part_in_frame(width: int, height: int, size: Size) -> float:
    """Return how much of a picture is left when it fills the frame, from 0 to 1."""
    ratio = (width / height) / (size[0] / size[1])
    return min(ratio, 1 / ratio)


def _of_picture(facts: Mapping[str, Any], size: Size) -> Iterator[str]:
    part = part_in_frame(facts["width"], facts["height"], size)
    if part < MUCH_LOST and facts.get("fit", "cover") == "cover":
        yield CUT.format(part=part)
    if facts.get("moves"):
        yield FIRST_ONLY
    if ground := facts.get("ground"):
        yield GROUND.format(ground=ground)


def _of_clip(facts: Mapping[str, Any]) -> Iterator[str]:
    if facts.get("black"):
        yield BLACK
    audible = facts["has_audio"] and not facts.get("silent")
    if audible and not facts.get("keep_sound"):
        yield SOUND_LEFT_OUT
    if facts.get("keep_sound") and not audible:
        yield NO_SOUND


def _of_sound(kind: Kind, facts: Mapping[str, Any]) -> Iterator[str]:
    if facts.get("silent"):
        yield SILENT
    if facts.get("out_of_phase") and kind in SPEECH:
        yield TURNED
