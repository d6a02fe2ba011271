"""PURE: another word for one that stands in a script, wherever it stands: titles, narration, pictures, characters."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

Content = dict[str, Any]
KINDS: Mapping[str, tuple[str, ...]] = {
    "titles": ("title",),
    "narration": ("script", "lines"),
    "pictures": ("image_prompt", "video_prompt", "characters"),
}
"""Of a scene."""


_TOLD = re.compile(r"Write “(?P<new>[^”]+)” for “(?P<old>[^”]+)”\.")


def told(old: str, new: str) -> str:
    """Return what a writer is told of a word that somebody has corrected in the whole film."""
    return f"Write “{new}” for “{old}”."


def is_told(line: str) -> bool:
    return bool(_TOLD.search(line))


def heeded(content: Mapping[str, Any], instructions: str) -> Content:
    """A new text with the words that were corrected in the one before; what was said last is told first."""
    swaps = [found for line in reversed(instructions.splitlines()) if (found := _TOLD.search(line))]
    return functools.reduce(lambda now, swap: with_word(now, swap["old"], swap["new"])[0], swaps, dict(content))


def swapped(text: str, old: str, new: str) -> str:
    """The text with the new word. The beginning of a sentence keeps its capital, and so does a word that has one where
    it was named without: in a title, that is."""
    if not old:
        return text
    return _pattern(old, new).sub(lambda found: _cased(found, old, new), text)


def stands_in(text: str, word: str) -> bool:
    return bool(word) and bool(_pattern(word).search(text))


def with_word(content: Mapping[str, Any], old: str, new: str) -> tuple[Content, dict[str, list[int]]]:
    """The script with the new word, and the places of the scenes that have it by kind; `characters` are numbered."""
    clips: list[dict[str, Any]] = []
    changed: dict[str, list[int]] = {kind: [] for kind in (*KINDS, "characters")}
    clean: list[dict[str, Any]] = []
    for clip in content["clips"]:
        scene = clip["scene"]
        anew = {name: _anew(scene[name], old, new) for names in KINDS.values() for name in names if name in scene}
        for kind, names in KINDS.items():
            if any(name in anew and anew[name] != scene[name] for name in names):
                changed[kind].append(scene["index"])
        clips.append({**clip, "scene": {**scene, **anew}})
    for number, profile in enumerate(content["character_profiles"], start=1):
        one = {**profile, **{name: swapped(profile[name], old, new) for name in ("name", "image_prompt")}}
        if one != profile:
            changed["characters"].append(number)
        clean.append(one)
    found = {**content, "clips": clips, "character_profiles": clean}
    return found, {kind: places for kind, places in changed.items() if places}


def _anew(value: Any, old: str, new: str) -> Any:
    if isinstance(value, str):
        return swapped(value, old, new)
    if isinstance(value, Mapping):
        return {name: _anew(one, old, new) if name in ("speaker", "text") else one for name, one in value.items()}
    return [_anew(one, old, new) for one in value] if isinstance(value, list) else value


def _pattern(word: str, new: str = "") -> re.Pattern[str]:
    """The word alone; not where it is the beginning of the new one already ("Toni" of "Toni's")."""
    plain = r"\s+".join(re.sub("['’]", "['’]", re.escape(part)) for part in word.split())
    rest = new[len(word) :] if new.lower().startswith(word.lower()) else ""
    already = rf"(?!{re.escape(rest)})" if rest else ""
    return re.compile(rf"(?<![\w'’]){plain}(?!\w){already}", re.IGNORECASE)


def _cased(found: re.Match[str], old: str, new: str) -> str:
    begins = old[:1].islower() or re.search(r"(?:^|[.!?…]\s+)$", found.string[: found.start()])
    return new[:1].upper() + new[1:] if begins and found[0][:1].isupper() else new
