"""PURE: the few deeds among which a small language model chooses, by what a sentence is like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from chat.llm.guided.wishes import DEEDS

LEAST, FEWEST, SEVERAL = 0.02, 3, 8
ALWAYS = ("picture", "ask", "unclear")
SETTINGS = (
    "music_off", "music_on", "music_quieter", "music_louder", "shape_tall", "shape_wide", "shape_square", "style",
    "captions_on", "captions_off", "captions_burned", "voice_man", "voice_woman", "voice_old", "voice_young",
    "voice_deep", "voice_other", "voice_off", "voice_on", "language", "sharper",
)  # fmt: skip
DEEDS_OF: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(SETTINGS, ("set",)),
    "character_look": ("look",), "character_name": ("rename",), "character_add": ("picture",),
    "character_remove": ("picture",), "music": ("music",), "film_longer": ("seconds",), "film_shorter": ("seconds",),
    "title": ("title", "scene_title"), "rewrite": ("script", "rewrite"), "new_film": ("script",),
    "picture": ("picture",), "motion": ("motion",), "words_given": ("words",), "words_other": ("rewrite",),
    "words_off": ("silent",), "scene_remove": ("remove",), "scene_add": ("add",), "scene_move": ("order",),
    "scene_longer": ("seconds",), "scene_shorter": ("seconds",), "transition_soft": ("transition",),
    "transition_hard": ("transition",), "redo_picture": ("again",), "redo_clip": ("again",), "redo_voice": ("again",),
    "why": ("ask",), "start": ("yes",), "price": ("price",), "price_part": ("price",), "cheaper": ("price",),
    "spent": ("spent",), "balance": ("ask",), "status": ("status",), "there": ("status", "chat"), "stop": ("stop",),
    "undo": ("undo",), "undo_all": ("undo",), "greeting": ("chat",), "praise": ("chat",), "thanks": ("chat",),
    "unhappy": ("unclear",), "help": ("ask",), "who": ("ask",), "download": ("ask", "cannot"), "publish": ("cannot",),
    "refund": ("cannot",), "own_file": ("cannot",), "about": ("ask",), "none": ("unclear", "cannot"),
}  # fmt: skip
"""By the name of a meaning (`chat/llm/local/meanings/`)."""


class Meaning(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def likelihood(self) -> float: ...


def candidates(meanings: Sequence[Meaning], *, is_several: bool) -> tuple[str, ...]:
    """The deeds that fit the likely meanings; more of them where a sentence may hold several wishes. All, where nothing
    is known."""
    if not meanings:
        return DEEDS
    likely = [one.name for one in meanings if one.likelihood >= LEAST]
    named = [one.name for one in meanings[: SEVERAL if is_several else max(len(likely), FEWEST)]]
    return tuple(deed for deed in DEEDS if deed in set(_deeds(named)) | set(ALWAYS))


def _deeds(names: Iterable[str]) -> Iterable[str]:
    return (deed for name in names for deed in DEEDS_OF.get(name, ()))
