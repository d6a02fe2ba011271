"""The interface of every language model that the agent may use: text in pieces, and calls of tools."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

NOT_JSON = "not_json"
"""The argument a tool is called with where the model wrote none that can be read: it is told so by the tool."""
MAX_QUOTED = 200
REFUSED = "I cannot help with that. Tell me what else your film should show."
CUT_SHORT = " …"
"""What is said where a model declines, and at the end of what it could not say to its end."""


@dataclass(frozen=True)
class Said:
    role: Literal["user", "agent"]
    text: str


@dataclass(frozen=True)
class ToolCall:
    id: str
    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True)
class ToolResult:
    """`result` is JSON; what failed has `error: {code, message}` in it."""

    call: ToolCall
    result: Mapping[str, Any]

    @property
    def failed(self) -> bool:
        return "error" in self.result


Item = Said | ToolResult
"""A call is told together with its result: no model is asked before all its calls have one."""


@dataclass(frozen=True)
class TextDelta:
    text: str


@dataclass(frozen=True)
class Bill:
    """The vendor's id of the call and what the call cost, each as soon as it is known."""

    request_id: str
    cost_micros: int | None = None


@dataclass(frozen=True)
class Suggestions:
    """Sentences that the user may say next."""

    sentences: Sequence[str]


Part = TextDelta | ToolCall | Bill | Suggestions


@dataclass(frozen=True)
class ToolSpec:
    name: str
    description: str
    parameters: Mapping[str, Any]
    """A JSON schema of an object."""


@dataclass(frozen=True)
class Conversation:
    """`facts` are how the film stands now (JSON); `items` what was said, oldest first, and this turn's calls."""

    instructions: str
    facts: Mapping[str, Any]
    items: Sequence[Item] = field(default_factory=tuple)


class ChatModel(Protocol):
    name: str
    local: bool
    """Nothing is paid for it. Only models that are asked over the network tell of a `Bill`."""

    def reply(self, conversation: Conversation, tools: Sequence[ToolSpec]) -> AsyncIterator[Part]:
        """Raises ProviderError."""
        ...


@runtime_checkable
class ReadsAhead(Protocol):
    """A language model that answers its first sentence sooner when it was told before what never changes."""

    async def read_ahead(self) -> None: ...
