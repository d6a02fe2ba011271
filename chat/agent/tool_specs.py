"""The tools as a model is offered them, and how one of its calls is carried out."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from chat.agent import (
    character_tools,
    model_tools,
    note_tools,
    pronouncing,
    speakers,
    starting,
    timeline_tools,
    tools,
    turns,
    version_tools,
    voice_tools,
    word_tools,
)
from chat.agent.turn_context import TurnContext
from chat.llm.base import ToolCall, ToolSpec
from pixora.accounts.scopes import Scope
from pixora.foundation.errors import Forbidden, Invalid, NotFound, PixoraError
from pixora.foundation.plain_sentences import plain_sentence


@dataclass(frozen=True)
class Tool:
    """A tool that only looks is not written down as done. `doing.<name>` in `words/` is what users read meanwhile.

    Only what may be done `meanwhile` is done while the script is being written; anything else would be lost with the
    old text, or be about it, so the message waits for the new one.

    `needs` is the scope without which a program's key may not have it used; None is for people alone.
    """

    run: Callable[..., tools.Result]
    needs: Scope | None = Scope.FILMS_WRITE
    changes: bool = True
    meanwhile: bool = False

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
        fields |= getattr(self.run, "also_takes", {})
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


_READ = Scope.FILMS_READ
TOOLS: Mapping[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool(tools.write_script, meanwhile=True),
        Tool(tools.edit_scene),
        Tool(tools.edit_scenes),
        Tool(tools.arrange_scenes),
        Tool(tools.add_scene),
        Tool(tools.change_music),
        Tool(tools.describe_character),
        Tool(character_tools.add_character),
        Tool(character_tools.remove_character),
        Tool(word_tools.replace_word),
        Tool(timeline_tools.edit_timeline),
        Tool(tools.rename_film, meanwhile=True),
        Tool(tools.change_settings, meanwhile=True),
        Tool(pronouncing.pronounce, meanwhile=True),
        Tool(voice_tools.use_own_voice, None),
        Tool(model_tools.choose_model),
        Tool(model_tools.upgrade_scenes),
        Tool(tools.quote_film, _READ, changes=False),
        Tool(tools.savings, _READ, changes=False),
        Tool(tools.price_of_settings, _READ, changes=False),
        Tool(tools.regenerate, _READ, changes=False),
        Tool(note_tools.apply_notes, Scope.SHARES, changes=False),
        Tool(version_tools.make_version),
        Tool(starting.start_film, Scope.FILMS_SPEND, meanwhile=True),
        Tool(starting.cut_film),
        Tool(tools.film_status, _READ, changes=False, meanwhile=True),
        Tool(tools.spending, Scope.CREDITS_READ, changes=False, meanwhile=True),
        Tool(tools.explain, _READ, changes=False, meanwhile=True),
        Tool(tools.select_take),
        Tool(tools.use_picture),
        Tool(tools.undo, meanwhile=True),
        Tool(tools.cancel_run, meanwhile=True),
        Tool(tools.wait_for_the_script, changes=False),
        Tool(tools.list_films, _READ, changes=False, meanwhile=True),
    )
}
SPECS = tuple(tool.spec for tool in TOOLS.values())


def carry_out(claim: turns.Claim, turn: TurnContext, call: ToolCall) -> tools.Result:
    """Run a tool; one that changes something is noted as done in the same transaction. Raises TurnLost."""
    tool = TOOLS.get(call.name)
    if tool is None:
        return tools.failure(NotFound(f"There is no tool {call.name[:60]!r}."))
    if not tool.changes:
        return _run(tool, turn, call)
    return _changed(claim, tool, turn, call)


def _changed(claim: turns.Claim, tool: Tool, turn: TurnContext, call: ToolCall) -> tools.Result:
    """Nothing of it stays where the key that said it was revoked while it was carried out."""
    undo = list(turn.undo)

    def work() -> tools.Result:
        result = _run(tool, turn, call)
        speakers.check_to_the_end(turn.asked)
        return result

    try:
        result: tools.Result = turns.note(claim, tool.name, work, counts=_is_done)
    except Forbidden as error:
        turn.undo, turn.offer = undo, None
        return tools.failure(error)
    return result


def _is_done(result: tools.Result) -> bool:
    return not {"error", "waits_for_the_script", "asks_first"} & result.keys()


def _run(tool: Tool, turn: TurnContext, call: ToolCall) -> tools.Result:
    try:
        speakers.check(turn.asked, tool.needs)
        arguments = tool.parse(call.arguments)
        return tool.run(turn, **arguments) if tool.meanwhile or not turn.is_written() else turn.put_off()
    except PixoraError as error:
        return tools.failure(error)
