"""The facts of a take: measured of the file that was made, and told by the step that made it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from media_assets.examine import examine
from media_assets.storage import content_hash
from pipeline.planning import take_warnings
from pipeline.planning.kinds import Kind
from pipeline.providers.base import Made


def told(kind: Kind, measured: Mapping[str, Any], made: Made, files: Mapping[str, str]) -> dict[str, Any]:
    """What is known of a take: measured of its file, and said by its step; `warnings` by both."""
    warnings = take_warnings.told(made.facts, {"warnings": take_warnings.of_measured(kind, measured)})
    found: dict[str, Any] = {"files": dict(files), "warnings": warnings}
    facts = {**measured, **made.facts, **found}
    return {name: fact for name, fact in facts.items() if fact or name not in found}


def measured(made: Made, kind: Kind) -> tuple[dict[str, Any], str]:
    """Measure what is kept about the file, and its content hash. Blocking. Raises BadMedia."""
    medium = None if kind.about.medium == "text" else kind.about.medium
    facts = examine(made.path, medium, made.found, every_frame=medium == "video" and not kind.is_derived)
    return facts, content_hash(made.path)
