"""The tools: of each its name, what a key needs for it, how often it may be used, and the act that it carries out."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from asgiref.sync import iscoroutinefunction, sync_to_async
from pydantic import BaseModel

from chat.mcp import acts, arguments, waiting
from chat.mcp.callers import Caller
from pipeline.api.parameters import CHANGES, FILMS, PLANS
from pixora.accounts.scopes import Scope
from pixora.foundation.request_limits import Limit

WAITS = Limit("mcp-waits", times=60)

Act = Callable[[Caller, Any], BaseModel] | Callable[[Caller, Any], Awaitable[BaseModel]]


@dataclass(frozen=True)
class Tool:
    act: Act
    arguments: type[BaseModel]
    scope: Scope
    limit: Limit | None = None
    reads: bool = False
    """It changes nothing."""

    @property
    def name(self) -> str:
        return self.act.__name__

    @cached_property
    def about(self) -> str:
        return inspect.getdoc(self.act) or ""

    @cached_property
    def schema(self) -> Mapping[str, Any]:
        """The JSON schema of the arguments."""
        return self.arguments.model_json_schema()

    async def carry_out(self, caller: Caller, given: BaseModel) -> BaseModel:
        act: Any = self.act if iscoroutinefunction(self.act) else sync_to_async(self.act)
        answer: BaseModel = await act(caller, given)
        return answer


_READ, _WRITE, _SPEND = Scope.FILMS_READ, Scope.FILMS_WRITE, Scope.FILMS_SPEND

TOOLS: Mapping[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool(acts.options, arguments.Nothing, _READ, reads=True),
        Tool(acts.create_film, arguments.CreateFilm, _WRITE, FILMS),
        Tool(acts.make_version, arguments.MakeVersion, _WRITE, FILMS),
        Tool(acts.translate_again, arguments.TranslateAgain, _WRITE, FILMS),
        Tool(acts.list_films, arguments.ListFilms, _READ, PLANS, reads=True),
        Tool(acts.get_film, arguments.OfFilm, _READ, PLANS, reads=True),
        Tool(waiting.wait_for_film, arguments.WaitForFilm, _READ, WAITS, reads=True),
        Tool(acts.change_film, arguments.ChangeFilm, _WRITE, CHANGES),
        Tool(acts.get_script, arguments.GetScript, _READ, PLANS, reads=True),
        Tool(acts.edit_script, arguments.EditScript, _WRITE, CHANGES),
        Tool(acts.price, arguments.Price, _READ, PLANS, reads=True),
        Tool(acts.approve, arguments.Approve, _SPEND, CHANGES),
        Tool(acts.list_pieces, arguments.OfFilm, _READ, PLANS, reads=True),
        Tool(acts.list_takes, arguments.ListTakes, _READ, PLANS, reads=True),
        Tool(acts.choose_take, arguments.ChooseTake, _WRITE, CHANGES),
        Tool(acts.undo, arguments.OfFilm, _WRITE, CHANGES),
        Tool(acts.cancel, arguments.OfFilm, _WRITE, CHANGES),
        Tool(acts.share, arguments.ShareFilm, Scope.SHARES, CHANGES),
        Tool(acts.list_notes, arguments.OfFilm, Scope.SHARES, PLANS, reads=True),
        Tool(acts.apply_notes, arguments.OfFilm, Scope.SHARES, PLANS, reads=True),
    )
}
