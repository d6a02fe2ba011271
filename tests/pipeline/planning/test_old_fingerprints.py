"""Tests of what a film with a narrator only asks for, as it did before there were lines: nothing of it becomes
stale."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.film.settings import TaskSettings
from pipeline.planning.graph import Component, Graph, build_graph
from pipeline.planning.plan import fingerprint
from tests.pipeline.scripts import scene, script

FILM = script(
    [
        scene(4, index=1, characters=["Mia"], script="Mia said: Hello."),
        scene(2, index=2, script="— …", duration=10),
        scene(9, index=3, transition="wipe_left", characters=["Zoë Müller", "Mia"]),
    ],
    character_profiles=[
        {"name": "Mia", "image_prompt": "A young woman in a red coat"},
        {"name": "Zoë Müller", "image_prompt": "An old woman"},
    ],
    music=[{"prompt": "calm piano", "scene_indexes": [1, 2]}, {"prompt": "drums", "scene_indexes": [3]}],
    character_consistency=True,
    language="de",
    voice="Brian",
    aspect_ratio="9:16",
)
WANTED = {
    ("off", True): "e55c59e5672b4270",
    ("off", False): "9c58582818f9e9f7",
    ("soft", True): "530d4883b5e6b11c",
    ("soft", False): "39ea0bdffd8a1f33",
    ("boxed", True): "2e27be27aade6728",
    ("boxed", False): "90f7e67900996afe",
}
"""As the code before lines had it."""


def asked(settings: TaskSettings) -> str:
    """One hash of all fingerprints: what the encoders are is left out, which other tests watch."""
    graph: Graph = build_graph(FILM, settings, title="A title")
    listed = [
        [each.key, fingerprint(_without_encoder(each), list(each.inputs), list(each.slots))]
        for each in graph.components
    ]
    return fingerprint(Component("all", graph.components[0].kind, {"of": listed}), [], [])[:16]


def _without_encoder(component: Component) -> Component:
    asks: dict[str, Any] = {name: value for name, value in component.asks.items() if name != "encoder"}
    if "captions" in asks:
        asks["captions"] = {name: value for name, value in asks["captions"].items() if name != "encoder"}
    return Component(component.key, component.kind, asks)


@pytest.mark.parametrize("captions", ["off", "soft", "boxed"])
@pytest.mark.parametrize("voice_over", [True, False])
def test_a_film_with_a_narrator_only_asks_for_what_it_asked_for(captions: Any, voice_over: bool) -> None:
    settings = TaskSettings(duration=20, captions=captions, voice_over=voice_over, clip_sounds=(9,))
    assert asked(settings) == WANTED[captions, voice_over]
