"""PURE: the statement that is signed into a film's file, in C2PA's words: the pieces as ingredients, and who made them.

Nothing that anybody typed is in it: no title, no name, no prompt, no file's name. What is signed here is said by
whoever signs, and nobody else is to put words into that.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.credentials.pieces import TERMS, Maker, Piece, Source, short_hash, whole
from pipeline.planning.kinds import Kind

LABEL = "app.pixora.made"
"""The assertion of what was made how."""
VERSION = 1
GENERATOR = [{"name": "Pixora"}]
TITLE, FORMAT = "film.mp4", "video/mp4"
FORMATS = {".png": "image/png", ".mp4": "video/mp4", ".mp3": "audio/mpeg"}

Definition = dict[str, Any]


def of_film(pieces: Sequence[Piece], scene_ids: Sequence[int]) -> Definition:
    """The manifest of a film that was joined from these pieces, which are in its order."""
    seen = list(_once(pieces))
    named = [_ingredient(piece, scene_ids) for piece in seen if not piece.kept]
    placed = [label_of(piece.content_hash) for piece in seen]
    created: dict[str, Any] = {
        "action": "c2pa.created",
        "digitalSourceType": TERMS + whole(piece.maker.source for piece in pieces),
    }
    actions = [created, *([{"action": "c2pa.placed", "parameters": {"ingredientIds": placed}}] if placed else [])]
    return _definition(actions, {"label": LABEL, "data": made(pieces, scene_ids)}, ingredients=named)


def of_copy(sources: Iterable[Source]) -> Definition:
    """The manifest of a film's copy that has pieces from these sources: the signed film, which names them, is its
    parent."""
    actions: list[dict[str, Any]] = [
        {"action": "c2pa.opened", "parameters": {"ingredientIds": [PARENT]}},
        {"action": "c2pa.edited", "digitalSourceType": TERMS + whole(sources)},
    ]
    return _definition(actions)


PARENT = "parent"
PARENT_INGREDIENT = {"title": TITLE, "relationship": "parentOf", "label": PARENT}


def label_of(content_hash: str) -> str:
    """Name a piece among a film's ingredients, the same wherever it is used."""
    return f"take-{short_hash(content_hash)}"


def delivered(content_hash: str) -> dict[str, str]:
    """The ingredient for a file that came with a manifest of its own, as it is kept beside its take."""
    return {"title": "As it was delivered", "relationship": "componentOf", "label": label_of(content_hash)}


def made(pieces: Sequence[Piece], scene_ids: Sequence[int]) -> dict[str, Any]:
    """Tell what was made how: the makers, each once, and the pieces by their places in that list."""
    makers = list(dict.fromkeys(piece.maker for piece in pieces))
    told = [_told(piece, makers.index(piece.maker), scene_ids) for piece in pieces]
    return {"version": VERSION, "makers": [_maker(each) for each in makers], "pieces": told}


def makers_and_pieces(pieces: Sequence[Piece]) -> list[dict[str, Any]]:
    """List the makers with the components that each made, as it is kept among a film's facts."""
    found: dict[Maker, list[str]] = {}
    for piece in pieces:
        found.setdefault(piece.maker, []).append(piece.component)
    return [
        {"source": maker.source.value, "provider": maker.provider, "model": maker.model, "pieces": keys}
        for maker, keys in found.items()
    ]


def _definition(
    actions: list[dict[str, Any]], *assertions: Mapping[str, Any], ingredients: Sequence[Any] = ()
) -> Definition:
    return {
        "claim_generator_info": GENERATOR,
        "title": TITLE,
        "format": FORMAT,
        "ingredients": list(ingredients),
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": actions}}, *assertions],
    }


def _once(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Two scenes may show the same take: it is one ingredient."""
    known: set[str] = set()
    for piece in pieces:
        if piece.content_hash not in known:
            known.add(piece.content_hash)
            yield piece


def _ingredient(piece: Piece, scene_ids: Sequence[int]) -> dict[str, str]:
    return {
        "title": _name(piece, scene_ids),
        "format": FORMATS[piece.kind.about.suffix],
        "relationship": "componentOf",
        "label": label_of(piece.content_hash),
    }


def _name(piece: Piece, scene_ids: Sequence[int]) -> str:
    """Name a piece by its place alone: names in a film are its user's words."""
    noun = f"{_noun(piece.kind)} {piece.line}".strip()
    place = _place(piece, scene_ids)
    return f"{noun} of scene {place}" if place else noun


def _noun(kind: Kind) -> str:
    return kind.about.credit or kind.about.label


def _place(piece: Piece, scene_ids: Sequence[int]) -> int:
    return scene_ids.index(piece.scene_id) + 1 if piece.scene_id in scene_ids else 0


def _maker(maker: Maker) -> dict[str, str]:
    facts = {"vendor": maker.provider, "model": maker.model, "digitalSourceType": maker.term and TERMS + maker.term}
    return {"source": maker.source.value, **{name: fact for name, fact in facts.items() if fact}}


def _told(piece: Piece, maker: int, scene_ids: Sequence[int]) -> Mapping[str, Any]:
    facts = {
        "scene": _place(piece, scene_ids),
        "line": int(piece.line or 0),
        "prompt_sha256": _packed(piece.asked),
        "manifest": piece.manifest,
    }
    told = {name: fact for name, fact in facts.items() if fact}
    return {"piece": _noun(piece.kind).lower(), "maker": maker, "sha256": _packed(piece.content_hash), **told}


def _packed(hex_hash: str) -> str:
    """The same hash in base64, as C2PA writes its own: two thirds as long."""
    return base64.b64encode(bytes.fromhex(hex_hash)).decode()
