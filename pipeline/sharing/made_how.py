"""The making of a film, in plain words for whoever opens its link: who made which pieces, and who signed that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.credentials.pieces import LOCAL
from pipeline.queries.credentials import Credentials, Row

Words = Mapping[str, str]
OWN_SERVER = "compatible"


def signed(found: Credentials, words: Words) -> str:
    """The sentence that says who signed it."""
    if not found.signed:
        return words["unsigned"]
    return words["self_signed"] if found.self_signed else words["signed_by"].replace("{name}", found.by)


def lines(found: Credentials, words: Words) -> list[tuple[str, str]]:
    """Return what was made, and how, a line for each kind of piece and maker."""
    return [(_what(row, words), _how(row, words)) for row in found.rows]


def _what(row: Row, words: Words) -> str:
    noun = words.get(f"piece_{row.kind}", row.kind.about.plural.capitalize())
    where = words["in_scenes" if len(row.scenes) > 1 else "in_scene"].replace("{scenes}", spans(row.scenes))
    return f"{noun} ({where})" if row.scenes else noun


def _how(row: Row, words: Words) -> str:
    if row.source.value != "ai":
        return words[f"made_{row.source.value}"]
    return words["made_ai"].replace("{maker}", _maker(row))


def _maker(row: Row) -> str:
    """A model by its name, with its vendor's where that is anybody's."""
    if row.provider == LOCAL:
        return "Pixora"
    return row.model if row.provider == OWN_SERVER else f"{row.model}, {row.provider}"


def spans(places: Sequence[int]) -> str:
    """`1, 2, 3, 5` → "1–3, 5"."""
    found: list[list[int]] = []
    for place in places:
        if found and found[-1][-1] == place - 1:
            found[-1].append(place)
        else:
            found.append([place])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in found)
