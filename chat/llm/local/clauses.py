"""PURE: several wishes in one sentence, each understood for itself.

A sentence is cut where its words allow it ("and", "but", a comma) into as many clauses as possible, each of which has
to be a wish of its own: "make scene 2 slower and at night" is one wish, "make it vertical and scene 2 slower" two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Step, step

JOINT = re.compile(r"((?:\s*[,;.!]+\s*|\s+)(?:(?:and|then|also|but|plus)\s+)+|\s*[,;.!]+\s+)")
MOST_PARTS = 8
ORDER = {"change_settings": 0, "arrange_scenes": 2, "write_script": 3}
"""Places are those the user sees, so scenes are put into another order after all else."""

Reader = Callable[[Sentence], Sequence[Step]]


def several(sentence: Sentence, reader: Reader, is_agreement: Callable[[Sentence], bool]) -> list[Step]:
    """The steps of at least two wishes; none where it is one. A yes beside them is no wish."""
    found = JOINT.split(sentence.plain)
    if sentence.quoted or not 1 < len(found) <= 2 * MOST_PARTS:
        return []
    clauses = _cut(found, 0, sentence, reader, is_agreement)
    wishes = [(clause, steps) for clause, steps in clauses or () if steps]
    return _together(sentence, wishes, reader) if len(wishes) > 1 else []


Clauses = list[tuple[str, Sequence[Step]]]


def _cut(
    parts: Sequence[str], start: int, sentence: Sentence, reader: Reader, is_agreement: Callable[[Sentence], bool]
) -> Clauses | None:
    """The finest cut of what follows `start`; None where there is none. Parts and joints take turns."""
    if start >= len(parts):
        return []
    best: Clauses | None = None
    for end in range(start + 1, len(parts) + 1, 2):
        clause = replace(sentence, plain="".join(parts[start:end]).strip(" ,;.!"))
        steps = reader(clause)
        if not steps and not is_agreement(clause):
            continue
        rest = _cut(parts, end + 1, sentence, reader, is_agreement)
        if rest is not None and (best is None or len(rest) + 1 > len(best)):
            best = [(clause.plain, steps), *rest]
    return best


def _together(sentence: Sentence, wishes: Clauses, reader: Reader) -> list[Step]:
    """Settings become one step, and so does the order of the scenes."""
    tools = {one.tool for _, steps in wishes for one in steps}
    if {"add_scene", "arrange_scenes"} <= tools:
        return []
    orders = [clause for clause, steps in wishes if steps[0].tool == "arrange_scenes"]
    ordered = reader(replace(sentence, plain=" and ".join(orders))) if orders else []
    others = [one for _, steps in wishes for one in steps if one.tool != "arrange_scenes"]
    return sorted([*_merged(others), *ordered], key=lambda one: ORDER.get(one.tool, 1))


def _merged(steps: Sequence[Step]) -> Iterator[Step]:
    settings = [one for one in steps if one.tool == "change_settings"]
    if settings:
        changes = {name: value for one in settings for name, value in one.arguments.items()}
        yield step("change_settings", **changes)
    yield from (one for one in steps if one.tool != "change_settings")
