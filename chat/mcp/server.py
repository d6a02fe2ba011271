"""The server as the SDK sees it: which tools and resources there are, and what comes of a call."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from functools import cache
from typing import Any

from asgiref.sync import sync_to_async
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListToolsResult,
    PaginatedRequestParams,
    ReadResourceRequestParams,
    ReadResourceResult,
    Resource,
    ResourceTemplate,
    TextContent,
    TextResourceContents,
    Tool,
    ToolAnnotations,
)
from pydantic import BaseModel, ValidationError

from chat.mcp import resources, toolbox
from chat.mcp.callers import Caller
from pixora.foundation.errors import Invalid, NotFound, PixoraError
from pixora.foundation.plain_sentences import plain_sentence

CALLER = "pixora.caller"
"""The key of an ASGI scope under which the caller stands."""
INSTRUCTIONS = (
    "Pixora makes finished videos. Order one with create_film, wait_for_film until its script is there, show the"
    " script and the price to the person, and approve the quote only with their yes: that spends credits. Then"
    " wait_for_film until it is finished. Any piece can be made again: price with its name, approve, wait."
)
JSON = "application/json"

log = logging.getLogger("pixora.mcp")

Context = ServerRequestContext[Any, Any]


@cache
def server() -> Server[Any]:
    """The server, made once a process: it holds the lists of what can be asked for, and nobody's data."""
    return Server(
        "pixora",
        title="Pixora",
        instructions=INSTRUCTIONS,
        get_tool_input_schema=_schema_of,
        on_list_tools=_list_tools,
        on_call_tool=_call_tool,
        on_list_resources=_list_resources,
        on_list_resource_templates=_list_templates,
        on_read_resource=_read_resource,
    )


def _caller(context: Context) -> Caller:
    assert context.request is not None
    found: Caller = context.request.scope[CALLER]
    return found


def _schema_of(name: str) -> Mapping[str, Any] | None:
    tool = toolbox.TOOLS.get(name)
    return tool.schema if tool else None


async def _list_tools(context: Context, _: PaginatedRequestParams | None) -> ListToolsResult:
    """List those that the caller's key may use."""
    caller = _caller(context)
    return ListToolsResult(tools=[_told(tool) for tool in toolbox.TOOLS.values() if caller.may(tool.scope)])


def _told(tool: toolbox.Tool) -> Tool:
    hints = ToolAnnotations(
        read_only_hint=tool.reads, destructive_hint=False, idempotent_hint=tool.reads, open_world_hint=False
    )
    return Tool(name=tool.name, description=tool.about, input_schema=dict(tool.schema), annotations=hints)


async def _call_tool(context: Context, asked: CallToolRequestParams) -> CallToolResult:
    tool = toolbox.TOOLS.get(asked.name)
    if tool is None:
        raise MCPError(INVALID_PARAMS, f"There is no tool {asked.name[:40]!r}: list the tools.")
    caller = _caller(context)
    try:
        return _result(caller, await _carried_out(tool, caller, asked.arguments or {}))
    except PixoraError as refused:
        return _refusal(refused)
    except Exception:
        log.exception("the tool %s failed", tool.name)
        return _refusal(PixoraError("Something went wrong on our side: try again in a minute.", code="internal"))


async def _carried_out(tool: toolbox.Tool, caller: Caller, arguments: Mapping[str, Any]) -> BaseModel:
    caller.check(tool.scope)
    given = checked(tool.arguments, arguments)
    if tool.limit:
        await sync_to_async(caller.count)(tool.limit)
    return await tool.carry_out(caller, given)


def checked(model: type[BaseModel], arguments: Mapping[str, Any]) -> BaseModel:
    """Raises Invalid, one sentence that names the field."""
    try:
        return model.model_validate(arguments)
    except ValidationError as error:
        violation = plain_sentence(error.errors(include_url=False)[0])
        raise Invalid(f"{violation}.", field=violation.field) from None


def _result(caller: Caller, answer: BaseModel) -> CallToolResult:
    told = _with_whole_addresses(answer.model_dump(mode="json", exclude_none=True), caller.home)
    return CallToolResult(content=[_text(told)], structured_content=told)


def _refusal(refused: PixoraError) -> CallToolResult:
    told = {"error": {"code": refused.code, "message": refused.message, "details": dict(refused.details)}}
    return CallToolResult(content=[_text(told)], structured_content=told, is_error=True)


def _text(told: Any) -> TextContent:
    return TextContent(type="text", text=json.dumps(told, ensure_ascii=False, default=str))


def _with_whole_addresses(told: Any, home: str) -> Any:
    """The same with addresses that open from anywhere: what the REST API answers begins at this host's root."""
    if isinstance(told, list):
        return [_with_whole_addresses(each, home) for each in told]
    if not isinstance(told, dict):
        return told
    return {
        name: f"{home}{value[1:]}" if _is_address(name, value) else _with_whole_addresses(value, home)
        for name, value in told.items()
    }


def _is_address(name: str, value: Any) -> bool:
    return name.endswith("url") and isinstance(value, str) and value.startswith("/")


async def _list_resources(context: Context, _: PaginatedRequestParams | None) -> ListResourcesResult:
    found = await sync_to_async(resources.listed)(_caller(context))
    return ListResourcesResult(resources=[Resource(uri=uri, name=name, mime_type=JSON) for uri, name in found])


async def _list_templates(context: Context, _: PaginatedRequestParams | None) -> ListResourceTemplatesResult:
    told = [
        ResourceTemplate(uri_template=resources.ADDRESS.format(film="{film}", part=part), name=part, description=about)
        for part, about in resources.ABOUT.items()
    ]
    return ListResourceTemplatesResult(resource_templates=told)


async def _read_resource(context: Context, asked: ReadResourceRequestParams) -> ReadResourceResult:
    caller, uri = _caller(context), str(asked.uri)
    try:
        found = await sync_to_async(resources.read)(caller, uri)
    except NotFound as missing:
        raise MCPError(INVALID_PARAMS, missing.message, {"uri": uri[:200]}) from None
    except PixoraError as refused:
        raise MCPError(INVALID_PARAMS, refused.message, {"code": refused.code}) from None
    told = _with_whole_addresses(found.model_dump(mode="json", exclude_none=True), caller.home)
    text = json.dumps(told, ensure_ascii=False)
    return ReadResourceResult(contents=[TextResourceContents(uri=uri, mime_type=JSON, text=text)])
