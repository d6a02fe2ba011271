"""What the agent does things with: its turn, and what it leaves behind for the answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from chat.models import Message, Role
from pipeline import quotes, revisions
from pipeline.models import Quote, RunStatus, Script, Task
from pixora.accounts.models import User

ASK_FIRST = (
    "Nothing was changed. Tell the user what is lost, and call this again with the same arguments after their yes."
)


@dataclass
class Hands:
    """One turn's. `task` is read anew for each call."""

    asked: Message
    offer: dict[str, Any] | None = None
    """The newest price told in this turn."""
    undo: list[dict[str, Any]] = field(default_factory=list)
    """How to take back what this turn has changed, newest first."""
    proposal: dict[str, Any] | None = None
    """What this turn has asked a yes for: a call of a tool, and the version of the script it is about."""

    @property
    def user(self) -> User:
        return self.asked.user

    @property
    def task(self) -> Task:
        return Task.objects.select_related("user").get(id=self.asked.task_id)

    def script(self) -> Script:
        return revisions.current_script(self.task)

    def revise(self, content: dict[str, Any]) -> dict[str, Any]:
        """Store a new version; what the model is told of it."""
        current = self.script()
        if content == current.content:
            return {"version": current.version, "unchanged": True}
        self.remember({"kind": "script", "version": current.version})
        waits = self.is_being_made()
        revised = revisions.revise_script(task=self.task, version=current.version, content=content)
        return self.revised(revised, waits_for_the_run=waits)

    def asks_first(self, tool: str, arguments: dict[str, Any], loses: dict[str, Any]) -> dict[str, Any] | None:
        """None where the user said yes to exactly this; otherwise the question, which is remembered for their yes."""
        wanted = {"tool": tool, "arguments": arguments, "version": self.script().version}
        if proposal_before(self.asked) == wanted:
            return None
        self.proposal = wanted
        return {"asks_first": True, "loses": loses, "next": ASK_FIRST}

    def is_being_made(self) -> bool:
        """Something is under way now; ask before a change, which may start a cut of its own."""
        return self.task.runs.filter(status=RunStatus.RUNNING).exists()

    def revised(self, script: Script, *, waits_for_the_run: bool) -> dict[str, Any]:
        newest = Quote.objects.filter(task=self.task).order_by("-created_at").first()
        if newest:
            self.offer = quotes.as_dict(newest)
        return {"version": script.version, "price": self.price(), "waits_for_the_run": waits_for_the_run}

    def price(self) -> dict[str, Any] | None:
        if self.offer is None:
            return None
        components = [item["component"] for item in self.offer["items"]]
        return {"quote_id": self.offer["quote_id"], "credits": self.offer["credits"], "components": components}

    def remember(self, entry: dict[str, Any]) -> None:
        """Only the oldest state of a turn counts: undoing takes the whole turn back."""
        if not any(known["kind"] == entry["kind"] and _same(known, entry) for known in self.undo):
            self.undo.insert(0, entry)


def proposal_before(asked: Message) -> dict[str, Any] | None:
    """What the agent asked a yes for when it spoke last."""
    last = Message.objects.filter(task_id=asked.task_id, role=Role.AGENT, created_at__lt=asked.created_at)
    newest = last.order_by("-created_at").first()
    found: dict[str, Any] | None = newest.metadata.get("proposal") if newest else None
    return found


def _same(known: dict[str, Any], entry: dict[str, Any]) -> bool:
    return bool(known["kind"] == "script" or known.get("component") == entry.get("component"))
