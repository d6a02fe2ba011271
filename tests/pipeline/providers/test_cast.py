"""Tests of the cast that the local writer finds in a prompt: names, kinds and colours told anywhere in it."""

from __future__ import annotations

import pytest

from pipeline.providers.local.writing.cast import roles_in
from pipeline.providers.local.writing.writer import write_script
from tests.pipeline.providers.test_contract_script import request


@pytest.mark.parametrize(
    ("prompt", "name", "looks"),
    [
        ("a cat who wants to be an astronaut. she is called Luna, orange cat", "Luna", ["an orange cat with"]),
        ("my dog Biscuit at the beach, hes a corgi", "Biscuit", ["a corgi dog with"]),
        ("a dog runs home. his name is rex", "Rex", ["a golden-brown dog with floppy ears"]),
        ("a white kitten plays", "Kitten", ["a white kitten with"]),
        ("a girl named Mia and her dog; she is called Anna", "Mia", ["a girl with", "a golden-brown dog"]),
    ],
)
def test_what_is_told_of_a_being_later_is_part_of_its_look(prompt: str, name: str, looks: list[str]) -> None:
    roles = roles_in(prompt, 0)
    assert roles[0].name == name
    assert [role.look.startswith(look) for role, look in zip(roles, looks, strict=True)] == [True] * len(looks)


def test_a_script_keeps_name_kind_and_spelling_of_a_hurried_prompt() -> None:
    script = write_script(
        request(
            prompt="hii can u make a vid abt my dog biscuit at teh beach, hes a corgi, funny, for instagram, 20 sec"
        )
    )
    assert [profile.name for profile in script.character_profiles] == ["Biscuit"]
    assert "a corgi dog" in script.character_profiles[0].image_prompt
    spoken = " ".join(scene.script for scene in script.scenes)
    assert "He's a corgi." in spoken
    assert "hes" not in spoken
