"""PURE: something that was put into a picture and is to be taken out of it again: "no wait, take the roses out"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from chat.llm.local.film import Film
from chat.llm.local.steps import Understood, step

_BEFORE = r"\W*(?:(?:no|wait|sorry|actually|oh|hm+|and|please|pls|nein|nee|ach|halt|warte|doch|und|bitte)[\s,.!]+)*"
_AFTER = r"(?:[\s,]+(?:again|please|pls|after all|wieder|bitte|doch))*\W*"
_THE = r"(?:(?:the|those|these|that|my|die|den|das|der)\s+)?"
_END = r"(?:again|please|pls|after|wieder|bitte|doch|out|away|off)\b"
_WHAT = rf"(?P<{{name}}>[^\W\d_][\w'’-]*(?: (?!{_END})[\w'’-]+)?)"
TAKEN_OUT = re.compile(
    rf"{_BEFORE}(?:(?:take|leave|get|cut) {_THE}{_WHAT.format(name='out')} (?:out|away|off)(?: of it| of there)?|"
    rf"(?:remove|drop|lose|delete|skip) {_THE}{_WHAT.format(name='gone')}|"
    rf"(?:nimm|lass|mach) {_THE}{_WHAT.format(name='weg')} (?:wieder |bitte |doch )*(?:raus|weg|heraus)|"
    rf"{_THE}{_WHAT.format(name='raus')} (?:wieder |bitte |doch )*(?:raus|weg)){_AFTER}",
    re.IGNORECASE,
)
MOST_WORDS = 6
"""Of a part of a picture's description that is about one thing."""


def noted(said: str, film: Film) -> Understood:
    """Take it out of each picture that it is a part of its own in; nothing where it is in none."""
    found = TAKEN_OUT.fullmatch(said)
    if found is None:
        return Understood()
    what = next(filter(None, found.groups())).lower()
    if any(one["name"].lower() in what for one in film.characters):
        return Understood()
    told = {scene["index"]: _without(scene, what) for scene in film.scenes}
    steps = [step("edit_scene", scene=place, image_prompt=prompt) for place, prompt in told.items() if prompt]
    return Understood(tuple(steps))


def _without(scene: Mapping[str, Any], what: str) -> str:
    """Return the picture without the parts about it; empty where nothing goes, or it is what the picture is of."""
    first, *parts = str(scene["image_prompt"]).split(", ")
    kept = [part for part in parts if not _is_about(part, what)]
    return ", ".join([first, *kept]) if len(kept) < len(parts) else ""


def _is_about(part: str, what: str) -> bool:
    stem = re.escape(what.rstrip("s"))
    return len(part.split()) <= MOST_WORDS and re.search(rf"\b{stem}(?:s|es|n|en)?\b", part, re.IGNORECASE) is not None
