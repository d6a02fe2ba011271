"""Pieces that are alike are looked up together, and each costs what it costs when it is asked for alone."""

from __future__ import annotations

import random
from dataclasses import replace

from pytest_django import Settings

from pipeline.film.settings import Choice
from pipeline.planning.graph import Component
from pipeline.planning.kinds import Kind
from pipeline.providers.registry import model_of, price
from pipeline.services import making_time
from pipeline.services.pieces_due import PiecesDue
from tests.pipeline.engine.test_makers import any_choice, any_piece

LENGTHS = (3, 5, 7, 10, 15)
REPEATED = (3, 402, 502)
"""Some voices take 4,000 characters, others 5,000."""


def any_pieces(chance: random.Random) -> list[Component]:
    return [differing(chance, replace(any_piece(chance), key=f"piece/{number}")) for number in range(25)]


def differing(chance: random.Random, piece: Component) -> Component:
    named = replace(piece, key=piece.key.replace("piece", piece.kind.value), inputs=())
    if piece.kind is Kind.VOICE:
        return replace(named, asks={"text": "Ten letter" * chance.choice(REPEATED), "language": "en"})
    if piece.kind is Kind.CLIP:
        return replace(named, asks={**piece.asks, "duration": chance.choice(LENGTHS)})
    return replace(named, inputs=piece.inputs)


def test_a_piece_costs_the_same_alone_and_among_others(settings: Settings) -> None:
    settings.PIXORA_KEYS = {"openai": "k", "fal": "k", "musicgen": "k"}
    chance = random.Random(17)
    for _ in range(12):
        pieces = any_pieces(chance)
        choice = any_choice(chance, chance.choice(pieces))
        due = PiecesDue(pieces, choice.models)
        makers = due.makers(choice)
        for piece, sort, item in zip(pieces, due.sorts, due.items(choice), strict=True):
            alone = model_of(piece, choice=choice)
            assert alone
            assert makers[sort] == alone
            assert item == {"component": piece.key, "credits": price(piece, choice), "seconds": alone.seconds}
        assert due.credits(makers) == sum(price(piece, choice) for piece in pieces)


def test_pieces_take_turns_at_a_vendor_and_wait_for_what_they_read(settings: Settings) -> None:
    """Three pictures by a vendor that makes two at once, and a clip of the last of them."""
    settings.PIXORA_KEYS = {"openai": "k", "fal": "k"}
    settings.PIXORA_AT_ONCE = {"openai": 2, "fal": 2}
    size = [1280, 720]
    stills = [Component(f"scene/{n}", Kind.STILL, {"size": size, "prompt": "A hill"}) for n in (1, 2, 3)]
    clip = Component("video/3", Kind.CLIP, {"size": size, "prompt": "It moves", "duration": 5}, inputs=("scene/3",))
    due = PiecesDue([*stills, clip])
    makers = due.makers(Choice())
    still, moved = (makers[sort].seconds for sort in (due.sorts[0], due.sorts[3]))  # type: ignore[union-attr]
    assert making_time.expected_s(due, makers) == round(2 * still + moved)
