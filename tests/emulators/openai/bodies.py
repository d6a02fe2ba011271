"""Reads request bodies as strictly as OpenAI: unknown and missing fields, wrong types."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.requests import Request

from tests.emulators.openai.errors import Refused, missing_parameter, unknown_parameter

Body = TypeVar("Body", bound="Strict")


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


async def read(request: Request, kind: type[Body]) -> Body:
    try:
        data = json.loads(await request.body())
    except ValueError:
        raise Refused("We could not parse the JSON body of your request.") from None
    return parse(data, kind)


def parse(data: Any, kind: type[Body]) -> Body:
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        raise _refusal(error) from None


def _refusal(error: ValidationError) -> Refused:
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"] if not str(part).startswith(("function-", "list[", "str")))
    if first["type"] == "extra_forbidden":
        return unknown_parameter(name)
    if first["type"] == "missing":
        return missing_parameter(name)
    return Refused(f"Invalid type for '{name}': {first['msg']}.", param=name, code="invalid_type")
