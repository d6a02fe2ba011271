"""A picture as it is asked for in OpenAI's formats: its words, and the pictures that an edit starts from."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from pathlib import Path

from pipeline.providers.base import ImageRequest, Reference
from pipeline.providers.openai.wording import wording


def picture_prompt(request: ImageRequest) -> str:
    """The same wording in every scene, so that scenes agree in more than their characters."""
    told = f"{request.instructions}\n" if request.instructions else ""
    if request.kind == "character":
        likeness = f"{wording('likeness.v1')}\n" if request.references else ""
        return wording(
            "profile.v1",
            name=request.name,
            prompt=request.prompt,
            style=request.style,
            likeness=likeness,
            instructions=told,
        )
    names = ", ".join(f"{reference.name} (picture {place})" for place, reference in enumerate(request.references, 1))
    characters = f"{wording('characters.v1', names=names)}\n" if names else ""
    return wording("scene.v1", prompt=request.prompt, style=request.style, characters=characters, instructions=told)


def files_of(references: Sequence[Reference]) -> list[tuple[str, bytes, str]]:
    """Name, content and kind of each; the names are ours, so nothing personal travels with them."""
    return [_file(place, reference.path) for place, reference in enumerate(references, 1)]


def _file(place: int, path: Path) -> tuple[str, bytes, str]:
    return f"picture{place}{path.suffix}", path.read_bytes(), mimetypes.guess_type(path.name)[0] or "image/png"
