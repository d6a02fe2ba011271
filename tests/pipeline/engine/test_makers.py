"""Whoever makes a piece, and whatever goes wrong on the way: nothing costs more than was agreed to."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pytest_django import Settings

from pipeline.engine.makers import FINAL, Makers
from pipeline.film.settings import RATIOS, TIERS, Choice, frame_size
from pipeline.planning.graph import Component
from pipeline.planning.kinds import Kind
from pipeline.providers.base import Capability
from pipeline.providers.fal.motion import FalMotion
from pipeline.providers.fal.music import FalMusic
from pipeline.providers.fal.voice import FalVoice
from pipeline.providers.models_and_prices import catalogue
from pipeline.providers.openai.image import OpenAIImage
from pipeline.providers.registry import can_make, price, price_by, serving
from pixora.foundation.errors import DearerModel, PixoraError, ProviderError, Trouble

FAULTS: tuple[Trouble, ...] = ("refused", "gone", "down", "")
ROUNDS = 600


@contextmanager
def keys(settings: Settings) -> Iterator[None]:
    settings.PIXORA_KEYS = {"openai": "k", "fal": "k", "musicgen": "k"}
    adapters = {
        Capability.IMAGE: OpenAIImage(),
        Capability.VOICE: FalVoice(),
        Capability.MUSIC: FalMusic(),
        Capability.MOTION: FalMotion(),
    }
    with serving(adapters):
        yield


def any_piece(chance: random.Random) -> Component:
    size = list(frame_size(chance.choice(RATIOS), "720p"))
    asks: dict[Kind, dict[str, Any]] = {
        Kind.STILL: {"size": size, "prompt": "A hill"},
        Kind.VOICE: {"text": "Once upon a time."},
        Kind.MUSIC: {"prompt": "Calm"},
        Kind.CLIP: {"size": size, "prompt": "It moves", "duration": chance.choice((5, 10))},
    }
    kind = chance.choice(list(asks))
    return Component(f"{kind.value}/1", kind, asks[kind], inputs=("character/a",) if chance.random() < 0.3 else ())


def any_choice(chance: random.Random, piece: Component) -> Choice:
    role = {Kind.STILL: "image", Kind.VOICE: "voice", Kind.MUSIC: "music", Kind.CLIP: "motion"}[piece.kind]
    named = [model.name for model in catalogue().models[role].values() if model.source]
    models = {chance.choice([role, piece.key]): chance.choice(named)} if chance.random() < 0.4 else {}
    return Choice(chance.choice(TIERS), models)


def error_of(trouble: Trouble) -> PixoraError:
    return ProviderError("No.", retryable=trouble == "down", trouble=trouble)


@pytest.mark.parametrize("seed", range(4))
def test_no_chain_of_faults_costs_more_than_was_agreed_to(settings: Settings, seed: int) -> None:
    chance = random.Random(seed)
    with keys(settings):
        for _ in range(ROUNDS):
            piece = any_piece(chance)
            choice = any_choice(chance, piece)
            agreed = price(piece, choice)
            makers, ruled_out = Makers(piece, choice, agreed=agreed), set[str]()
            while True:
                down = {model.name for model in catalogue().models["motion"].values() if chance.random() < 0.3}
                maker = makers.choose(down)
                assert maker.entry
                assert price_by(maker.entry, piece) <= agreed, (choice, maker.entry.name)
                assert maker.entry.name not in ruled_out
                assert can_make(maker.entry, piece)
                trouble = chance.choice(FAULTS)
                error = error_of(trouble)
                if not makers.can_go_on(maker.entry.name, error):
                    offer = makers.offer(error)
                    assert offer is None or offer.details["credits"] > agreed
                    break
                ruled_out |= {maker.entry.name}


def test_after_a_lost_answer_nobody_else_is_asked(settings: Settings) -> None:
    piece = Component("video/1", Kind.CLIP, {"size": [1280, 720], "prompt": "It moves", "duration": 5})
    with keys(settings):
        lost = ProviderError("It was sent.", retryable=True, unknown=True, trouble="down")
        assert not Makers(piece, Choice()).can_go_on("kling-3-standard", lost)
        assert Makers(piece, Choice()).offer(lost) is None


def test_a_shape_that_the_chosen_one_does_not_make_is_the_next_ones(settings: Settings) -> None:
    upright = Component("video/1", Kind.CLIP, {"size": [720, 960], "prompt": "It moves", "duration": 5})
    with keys(settings):
        maker = Makers(upright, Choice(models={"motion": "kling-1.6-pro"})).choose()
        assert (maker.model, maker.stands_in_for, maker.because) == ("kling-1.6-standard", "kling-1.6-pro", "unfit")


def test_a_dearer_one_is_offered_with_its_price(settings: Settings) -> None:
    piece = Component("video/1", Kind.CLIP, {"size": [1280, 720], "prompt": "It moves", "duration": 5})
    with keys(settings):
        makers = Makers(piece, Choice("draft"))
        refused = error_of("refused")
        assert not makers.can_go_on("minimax-h3-max-480p", refused)
        offer = makers.offer(refused)
        assert isinstance(offer, DearerModel)
        assert (offer.details["agreed"], offer.details["credits"]) == (5, 10)
        assert "refused it" in offer.message


def test_what_stands_in_is_a_model_of_the_same_kind_with_a_price() -> None:
    for models in catalogue().models.values():
        for model in models.values():
            assert model.name not in model.otherwise
            for name in model.otherwise:
                assert models[name].priced, name
    assert {"refused", "gone"} == FINAL
