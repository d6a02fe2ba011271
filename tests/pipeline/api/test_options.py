from __future__ import annotations

from pipeline import quotes
from pipeline.models import Task
from tests.pipeline.api.caller import Caller


def test_what_can_be_chosen_is_told(caller: Caller) -> None:
    options = caller.get("options")
    assert options["aspect_ratios"] == ["16:9", "9:16", "1:1", "4:3", "3:4"]
    assert (options["durations"][0], options["durations"][-1]) == (5, 300)
    assert {"cinematic", "clay"} <= set(options["styles"])
    assert {"none", "circle_open"} <= set(options["transitions"])


def test_prices_are_those_of_a_quote(caller: Caller, task: Task) -> None:
    prices = {(each["component"], each["seconds"]): each["credits"] for each in caller.get("options")["prices"]}
    assert prices["script", None] == 0
    for item in quotes.quote(task=task).items:
        kind = item["component"].partition("/")[0]
        assert prices[kind, 5 if kind == "video" else None] == item["credits"]


def test_what_is_told_can_be_chosen(caller: Caller) -> None:
    options = caller.get("options")
    for name, field in {"voices": "voice", "resolutions": "resolution", "languages": "language"}.items():
        body = {"prompt": "a film", field: options[name][-1]}
        assert caller.post("tasks", body, status=201)["settings"][field] == options[name][-1]
