"""The tools as a model is offered them, and how one of its calls is carried out."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from chat import tools, turns
from chat.hands import Hands
from chat.llm.base import ToolCall, ToolSpec
from pipeline.script_rules import plain_sentence
from pixora.errors import Invalid, NotFound, PixoraError


@dataclass(frozen=True)
class Tool:
    """`doing` is what a user reads while it is at work; what only looks is not written down as done."""

    run: Callable[..., tools.Result]
    doing: str
    changes: bool = True

    @property
    def name(self) -> str:
        return self.run.__name__

    @cached_property
    def arguments(self) -> type[BaseModel]:
        hints = get_type_hints(self.run)
        named = [name for name in inspect.signature(self.run).parameters.values() if name.kind is name.KEYWORD_ONLY]
        fields: dict[str, Any] = {
            one.name: (hints[one.name], ... if one.default is one.empty else one.default) for one in named
        }
        return create_model(self.name, __config__=ConfigDict(extra="forbid", strict=True), **fields)

    @cached_property
    def spec(self) -> ToolSpec:
        return ToolSpec(self.name, inspect.cleandoc(self.run.__doc__ or ""), self.arguments.model_json_schema())

    def parse(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Raises Invalid naming the argument."""
        try:
            parsed = self.arguments.model_validate(dict(arguments))
        except ValidationError as error:
            violation = plain_sentence(error.errors(include_url=False)[0])
            raise Invalid(f"{violation}.", field=violation.field) from None
        return {name: getattr(parsed, name) for name in self.arguments.model_fields}


TOOLS: Mapping[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool(tools.write_script, "Writing the script"),
        Tool(tools.edit_scene, "Editing a scene"),
        Tool(tools.edit_scenes, "Editing scenes"),
        Tool(tools.arrange_scenes, "Arranging the scenes"),
        Tool(tools.add_scene, "Adding a scene"),
        Tool(tools.change_music, "Changing the music"),
        Tool(tools.describe_character, "Changing a character"),
        Tool(tools.rename_film, "Changing the title"),
        Tool(tools.change_settings, "Changing the settings"),
        Tool(tools.quote_film, "Working out the price", changes=False),
        Tool(tools.savings, "Looking what would make it cheaper", changes=False),
        Tool(tools.regenerate, "Working out the price", changes=False),
        Tool(tools.start_film, "Starting"),
        Tool(tools.film_status, "Looking how the film stands", changes=False),
        Tool(tools.explain, "Looking what happened", changes=False),
        Tool(tools.select_take, "Choosing a take"),
        Tool(tools.undo, "Taking back the last change"),
        Tool(tools.cancel_run, "Stopping"),
        Tool(tools.list_films, "Looking through your films", changes=False),
    )
}
SPECS = tuple(tool.spec for tool in TOOLS.values())


def carry_out(claim: turns.Claim, hands: Hands, call: ToolCall) -> tools.Result:
    """What changes something is written down as done in the same transaction. Raises TurnLost."""
    tool = TOOLS.get(call.name)
    if tool is None:
        return tools.failure(NotFound(f"There is no tool {call.name[:60]!r}."))
    if not tool.changes:
        return _run(tool, hands, call)
    done = f"{tool.doing[0].lower()}{tool.doing[1:]}"
    result: tools.Result = turns.note(claim, done, lambda: _run(tool, hands, call))
    return result


def _run(tool: Tool, hands: Hands, call: ToolCall) -> tools.Result:
    try:
        return tool.run(hands, **tool.parse(call.arguments))
    except PixoraError as error:
        return tools.failure(error)
