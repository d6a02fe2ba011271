"""PURE: sentences of the files that name calls of tools, or fields, told as what must come of them.

said.toml        fields that may change, of a film about a dog
utterances.toml  calls of tools, of a film about space; many wordings for each
hasty.toml       the same, one wording each

What must be said there is how the rules say it, so it is left out here: a model has words of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tests.chat.films import IDS

Told = Mapping[str, Any]
TALK = ("answered", "asked", "refused")
STATES = {"film": "finished"}
FIELDS = {"title": "title", "writing": "new_script", "scenes": "scenes.count", "music": "music.any.prompt",
          "character_profiles": "characters.count"}  # fmt: skip


def sentences(file: Told) -> Iterator[Told]:
    """Yield each sentence of a file of any form, as `sentences.py` describes it."""
    for told in file.get("sentence", ()):
        yield told if "outcome" in told else _of_fields(told)
    for told in file.get("utterance", ()):
        yield from (_of_calls(told["state"], said, told["calls"]) for said in (*told["wordings"], *told["held_out"]))
    for state, told in file.items():
        if "cases" in told:
            yield from (_of_calls(state, one["said"], one["calls"]) for one in told["cases"])


def _of_fields(told: Told) -> Told:
    wished = [_path(name) for name in told.get("changes", ())]
    return _sentence("dog", "scripted", told["said"], wished, after=told.get("after", ()))


def _path(field: str) -> str:
    if found := re.fullmatch(r"scene (\d+) (\w+)", field):
        return f"scenes.{found[1]}.{found[2]}"
    return FIELDS.get(field, f"settings.{field}")


def _of_calls(state: str, said: str, calls: Sequence[Told]) -> Told:
    wished = [wish for call in calls for wish in WISHES.get(call["tool"], _nothing)(call)]
    may_ask = any(call["tool"] in ("write_script", "arrange_scenes") for call in calls)
    return _sentence("space", STATES.get(state, state), said, wished, may_ask=may_ask)


def _sentence(
    film: str, state: str, said: str, wished: Sequence[str], *, may_ask: bool = False, after: Sequence[str] = ()
) -> Told:
    outcome, *others = ("done", *(["asked"] if may_ask else [])) if wished else TALK
    told = {"film": film, "state": state, "said": said, "after": after}
    return {**told, "outcome": outcome, "accept": others, "changes": wished}


def _nothing(_call: Told) -> Iterator[str]:
    yield from ()


def _of_a_scene(call: Told) -> Iterator[str]:
    yield from _fields(call, f"scenes.{call['args']['scene']}")


def _of_a_new_scene(call: Told) -> Iterator[str]:
    yield f"scenes.count={len(IDS) + 1}"
    yield from _fields({"has": call.get("has", {})}, f"scenes.{call['args']['after'] + 1}")


def _of_the_order(call: Told) -> Iterator[str]:
    yield f"scenes.order={','.join(str(IDS[place - 1]) for place in call['args']['order'])}"


def _of_music(call: Told) -> Iterator[str]:
    yield from _fields({"has": call.get("has", {})}, "music.any")
    yield from ["music.any.prompt"] * ("has" not in call)


def _of_settings(call: Told) -> Iterator[str]:
    yield from _fields(call, "settings")


def _of_a_character(call: Told) -> Iterator[str]:
    yield from _fields({"has": call.get("has", {})}, f"characters.{call['args']['name']}")


def _of_a_script(call: Told) -> Iterator[str]:
    """Instructions are no part of what comes: they only lead to it."""
    yield "new_script"
    yield from (f"settings.{name}={value}" for name, value in call.get("args", {}).items() if name != "instructions")


def _fields(call: Told, at: str) -> Iterator[str]:
    yield from (f"{at}.{name}={value}" for name, value in call.get("args", {}).items() if name != "scene")
    yield from (f"{at}.{name}~{re.escape(words)}" for name, words in call.get("has", {}).items())


WISHES: Mapping[str, Callable[[Told], Iterator[str]]] = {
    "edit_scene": _of_a_scene,
    "add_scene": _of_a_new_scene,
    "arrange_scenes": _of_the_order,
    "change_music": _of_music,
    "change_settings": _of_settings,
    "describe_character": _of_a_character,
    "write_script": _of_a_script,
    "start_film": lambda _: iter(["film=started"]),
    "cancel_run": lambda _: iter(["film=stopped"]),
    "regenerate": lambda _: iter(["film=piece"]),
}
"""What is told instead by each tool that changes or offers something."""
