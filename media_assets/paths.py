"""The places of a task's files inside the bucket (or the local folder that stands for it).

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


def take_name(folder: str, place: str, take: int, suffix: str) -> str:
    """A place of `scene2/image`, take 3, `.png` → `<folder>/scene2/image_t3.png`."""
    path = PurePosixPath(folder) / place
    return f"{path.with_name(_short(path.name))}{'' if take == 1 else f'_t{take}'}{suffix}"


def script_name(folder: str) -> str:
    return f"{folder}/script.json"


def _short(stem: str) -> str:
    """File systems end names at 255 bytes; a group of many scenes keeps its beginning and a hash of the rest."""
    if len(stem) <= MAX_STEM:
        return stem
    return f"{stem[: MAX_STEM - 9]}-{hashlib.sha256(stem.encode()).hexdigest()[:8]}"
