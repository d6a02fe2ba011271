"""A valid script from any language model, whatever stands around its JSON and whatever its server does not know."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from pipeline.film.script import Script, parse_script
from pipeline.providers.base import Call
from pipeline.providers.compatible.script import CompatibleScript
from tests.emulators.server import Emulators
from tests.pipeline.providers.own_servers import using
from tests.pipeline.providers.test_contract_script import request
from tests.pipeline.providers.test_openai_script import draft


@pytest.fixture
def own(settings: Settings, emulators: Emulators) -> Iterator[Emulators]:
    with using(settings, emulators):
        yield emulators


def write(own: Emulators, call: Call, *replies: dict[str, Any], **options: Any) -> Script:
    own.turn("compatible", replies=list(replies), options=options)
    made = asyncio.run(CompatibleScript().make(request(), call))
    assert made.cost_micros == 0
    return parse_script(json.loads(made.path.read_text()))


def asked(own: Emulators) -> list[dict[str, Any]]:
    return [bill["what"]["asked"] for bill in own.bills("compatible")]


def test_a_script_is_written_for_nothing(own: Emulators, call: Call) -> None:
    assert write(own, call).expected_duration == request().duration_s
    assert len(asked(own)) == 1


@pytest.mark.parametrize("wrapping", ["fence", "words", "think", "open_think", "late_think", "reasoning_content"])
def test_whatever_stands_around_the_script(own: Emulators, call: Call, wrapping: str) -> None:
    assert write(own, call, {"json": draft()}, wrapping=wrapping).rewritten_prompt == "The sea through a day."
    assert len(asked(own)) == 1


@pytest.mark.parametrize(("known", "tries"), [("json_object", 1), ("none", 1), ("ignored", 1)])
def test_a_server_that_knows_no_schema_is_asked_more_simply_and_that_is_remembered(
    own: Emulators, call: Call, known: str, tries: int
) -> None:
    write(own, call, response_format=known)
    write(own, call, response_format=known)
    kinds = [(each.get("response_format") or {}).get("type", "none") for each in asked(own)]
    assert kinds == 2 * ["json_schema" if known == "ignored" else known]
