"""PURE: a model's words as they come, without its thinking, and with the calls of tools that stand among them.

Whatever may yet turn out to be thinking or a call is held back until it is known; the rest is told at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from chat.llm.compatible.tool_text import Call, calls_in


class Held(NamedTuple):
    """Something that is not told as it comes: what it begins and ends with, and what is in it."""

    begins: re.Pattern[str]
    ends: re.Pattern[str]
    is_thinking: bool


_I = re.IGNORECASE
HELD = (
    Held(re.compile(r"<(think|thinking|reasoning)>", _I), re.compile(r"</(think|thinking|reasoning)>", _I), True),
    Held(
        re.compile(r"<(tool_call|tool_calls|tools|function_call)>|\[TOOL_CALLS\]|<\|python_tag\|>", _I),
        re.compile(r"</(tool_call|tool_calls|tools|function_call)>", _I),
        False,
    ),
    Held(re.compile(r"<(?=function[=\s])", _I), re.compile(r"</function>", _I), False),
    Held(re.compile(r"```[ \t]*\w*[ \t]*(\n|(?=[^\w\s]))"), re.compile(r"```"), False),
    Held(re.compile(r"</(think|thinking|reasoning)>", _I), re.compile(""), True),
)
THOUGHT, CALLED = HELD[0], HELD[1]
MAYBE = re.compile(r"(<[|/\w=\s\"']{0,22}|\[[A-Z_]{0,11}|`{1,3}[ \t]*\w*[ \t]*)\Z")
"""The end of a text that may go on as a beginning of what is held."""


@dataclass
class Ear:
    """Hears text piece by piece: `hear` and `end` yield what may be told, and calls of these tools."""

    tools: Collection[str]
    _waiting: str = ""
    _held: Held | None = None
    _beginning: str = ""
    _blank: str = ""
    """Told with the next word, if one comes."""
    begins_in_thought: bool = False
    """The server swallows what a model's thinking begins with: nothing is told until its end."""
    ends_a_thought: bool = False
    """An end of thinking has come that had no beginning."""
    has_told: bool = False

    def __post_init__(self) -> None:
        self._held = THOUGHT if self.begins_in_thought else None

    def hear(self, piece: str) -> Iterator[str | Call]:
        self._waiting += piece
        yield from self._work(is_end=False)

    def end(self) -> Iterator[str | Call]:
        yield from self._work(is_end=True)

    def _work(self, *, is_end: bool) -> Iterator[str | Call]:
        while self._waiting or (is_end and self._held):
            before = (self._waiting, self._held)
            yield from self._in_held(is_end) if self._held else self._outside(is_end)
            if before == (self._waiting, self._held):
                return

    def _outside(self, is_end: bool) -> Iterator[str | Call]:
        if not self.has_told and self._waiting.lstrip()[:1] in ("{", "["):
            yield from self._bare(is_end)
            return
        found = min(
            ((at, held) for held in HELD if (at := held.begins.search(self._waiting))),
            key=lambda pair: pair[0].start(),
            default=None,
        )
        if found:
            at, self._held = found
            self._beginning = at[0]
            self.ends_a_thought = self.ends_a_thought or at[0].startswith("</")
            text, self._waiting = self._waiting[: at.start()], self._waiting[at.end() :]
        else:
            maybe = None if is_end else MAYBE.search(self._waiting)
            cut = maybe.start() if maybe else len(self._waiting)
            text, self._waiting = self._waiting[:cut], self._waiting[cut:]
        yield from self._tell(text)

    def _bare(self, is_end: bool) -> Iterator[str | Call]:
        """JSON without anything around it is a call if it is one at its end, and words otherwise."""
        if self._waiting.lstrip().startswith("[TOOL_CALLS]"):
            self._held, self._beginning = CALLED, "[TOOL_CALLS]"
            self._waiting = self._waiting.lstrip().removeprefix("[TOOL_CALLS]")
        elif is_end:
            text, self._waiting = self._waiting, ""
            yield from calls_in(text, self.tools) or self._tell(text)

    def _in_held(self, is_end: bool) -> Iterator[str | Call]:
        held = self._held
        assert held
        end = held.ends.search(self._waiting)
        if not end and not is_end:
            return
        inside = self._waiting[: end.start()] if end else self._waiting
        after = self._waiting[end.end() :] if end else ""
        whole = f"{self._beginning}{inside}{end[0] if end else ''}"
        self._waiting, self._held = after, None
        if held.is_thinking:
            yield from self._tell(inside if not end and not self._beginning else "")
        else:
            body = f"<{inside}" if self._beginning == "<" else inside
            yield from calls_in(body, self.tools) or self._tell(whole)

    def _tell(self, text: str) -> Iterator[str]:
        """Blank lines before the first word are none, and those behind the last one, as before a call."""
        text = self._blank + text if self.has_told else text.lstrip()
        told = text.rstrip()
        self._blank = text[len(told) :]
        if told:
            self.has_told = True
            yield told
