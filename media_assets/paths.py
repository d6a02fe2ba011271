"""Where a task's files lie inside the bucket (or the local folder that stands for it).

Take 1 has the plain name, later takes add `_t2`, `_t3`. Names are ASCII and never hold a user's text beyond the
first ten characters of the prompt, reduced to letters, digits and dashes.
"""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath

from django.utils.text import slugify

PROMPT_CHARS = 10
MAX_STEM = 120


def task_folder(prompt: str, task_id: str) -> str:
    return f"{slugify(prompt[:PROMPT_CHARS]) or 'film'}_{task_id}"


def take_name(folder: str, component: str, take: int, suffix: str) -> str:
    """`scene/2`, take 3, `.png` → `<folder>/scene2/image_t3.png`."""
    path = PurePosixPath(folder) / _stem(component)
    return f"{path}{'' if take == 1 else f'_t{take}'}{suffix}"


def script_name(folder: str) -> str:
    return f"{folder}/script.json"


def _stem(component: str) -> str:
    kind, _, rest = component.partition("/")
    match kind:
        case "character":
            return f"characters/{rest}"
        case "scene":
            return f"scene{rest}/image"
        case "audio" | "video":
            return f"scene{rest}/{kind}"
        case "music":
            return f"music/{_short(f'clip_{rest}')}"
        case "reference":
            return f"reference/{rest}"
        case "segment" | "transition" | "draft" | "draft_segment" | "draft_transition":
            return f"render/{kind}_{rest}"
        case "soundtrack":
            return "render/soundtrack"
        case _:
            return component


def _short(stem: str) -> str:
    """File systems end names at 255 bytes; a group of many scenes keeps its beginning and a hash of the rest."""
    if len(stem) <= MAX_STEM:
        return stem
    return f"{stem[: MAX_STEM - 9]}-{hashlib.sha256(stem.encode()).hexdigest()[:8]}"
