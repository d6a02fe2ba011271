"""The context in which a turn's tools work: the message, and what they leave behind for the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import Q

from chat.agent import offers
from chat.agent.turns import Wait
from chat.models import Message, Role
from pipeline.models import Quote, Run, RunStatus, Script, StepStatus, Task
from pipeline.planning.kinds import Kind
from pipeline.planning.plan import Action, Plan, touched
from pipeline.services import quotes, scripts, writing
from pipeline.services.script_versions import shortened
from pixora.accounts.models import User
from pixora.foundation.errors import Conflict

Result = dict[str, Any]
TierName = Literal["", "draft", "standard", "best"]
ONLY_WRITES = Q(approved=[], forced__has_key="script")
WRITING = "write_script"
"""What a message that has had the script written remembers as done."""
ASK_FIRST = (
    "Nothing was changed. Tell the user what is lost, and call this again with the same arguments after their yes."
)
WAITS = (
    "Nothing of this is done yet, because the script is still being written. Say that you do it as soon as the script"
    " is there: you are given this message again then."
)


@dataclass
class TurnContext:
    """The knowledge and the deeds of one turn. `task` is read anew for each call."""

    asked: Message
    offer: dict[str, Any] | None = None
    """The newest price told in this turn."""
    undo: list[dict[str, Any]] = field(default_factory=list)
    """How to take back what this turn has changed, newest first."""
    proposal: dict[str, Any] | None = None
    """What this turn has asked a yes for: a call of a tool, and the version of the script it is about."""
    confirms: str = ""
    """The sentence that this turn's yes is about."""
    undid: bool = False
    """It took something back."""
    waits: bool = False
    """Something could not be done while the script is being written."""
    run_id: str = ""
    """The writing that this turn began."""
    forced: dict[str, str] = field(default_factory=dict)
    """The pieces whose making anew this turn has told the price of."""
    is_of_all: bool = False
    """It has told the price of what is missing too."""
    tier: str = ""
    """How well the pieces are made that this turn tells the price of; empty: as the film's settings say."""
    only: list[int] | None = None
    """The scenes, by their places, that the price of what is missing is limited to."""
    stood: Plan | None = None
    """How the film stood before the first change of this turn."""

    @classmethod
    def of(cls, asked: Message) -> TurnContext:
        """Those of an answer that was put off go on with what had been done until then."""
        before = asked.put_off or {}
        return cls(asked, undo=undo_of(asked), run_id=before.get("run", ""))

    @property
    def user(self) -> User:
        return self.asked.user

    @property
    def task(self) -> Task:
        return Task.objects.select_related("user").get(id=self.asked.task_id)

    @property
    def reason(self) -> str:
        """The reason of a version that this turn makes: the user's own sentence, or the one that their yes is about."""
        return shortened(self.confirms or self.asked.content)

    def agent_said(self) -> str:
        """Return what the agent said last before this message."""
        newest = _last_answer(self.asked)
        return newest.content if newest else ""

    @property
    def wait(self) -> Wait | None:
        """The wait for a script that this message still has when all has been said; None without one."""
        if self.waits:
            return Wait("answer", self.run_id)
        has_begun = self.run_id and self.run_id != (self.asked.put_off or {}).get("run", "")
        return Wait("tell", self.run_id) if has_begun and self.task.scripts.exists() else None

    @property
    def has_written(self) -> bool:
        """This message has had the script written already, before it was put off."""
        return WRITING in (self.asked.put_off or {}).get("done", ())

    def written_already(self, told: Result) -> Result:
        """Raises Conflict where the writing that this message began has brought nothing."""
        if why := self._lost_writing():
            raise Conflict(f"The script was not rewritten, and is as it was: {why}", code="not_ready")
        return {**told, "done_already": True}

    def _lost_writing(self) -> str:
        """Return why the writing that this message began has brought nothing; empty where it has brought its script."""
        steps = Run.objects.get(id=self.run_id).steps.filter(component="script")
        if steps.filter(status=StepStatus.SUCCEEDED).exists():
            return ""
        return steps.values_list("error_message", flat=True).first() or "It was stopped."

    def is_written(self) -> bool:
        """The script is being written now."""
        return writing.under_way(self.task).exists()

    def put_off(self) -> Result:
        self.waits = True
        return {"waits_for_the_script": True, "next": WAITS}

    def script(self) -> Script:
        return scripts.current_script(self.task)

    def revise(self, content: dict[str, Any], instructions: str = "") -> Result:
        """Store a new version, with `instructions` for later writers; what the model is told of it."""
        current = self.script()
        if content == current.content:
            return {"version": current.version, "unchanged": True}
        waits = self.is_being_made()
        self.see()
        revised = scripts.revise_script(
            task=self.task, version=current.version, content=content, reason=self.reason, instructions=instructions
        )
        self.remember({"kind": "script", "version": current.version})
        return self.revised(revised, waits_for_the_run=waits)

    def asks_first(self, tool: str, arguments: dict[str, Any], loses: dict[str, Any]) -> dict[str, Any] | None:
        """None where the user said yes to exactly this; otherwise the question, which is remembered for their yes."""
        wanted = {"tool": tool, "arguments": arguments, "version": self.script().version}
        if proposal_before(self.asked) == wanted:
            self.confirms = _sentence_before(self.asked)
            return None
        self.proposal = wanted
        return {"asks_first": True, "loses": loses, "next": ASK_FIRST}

    def check_asks_nothing(self) -> None:
        """Raises Conflict where this turn has asked for a yes already: what follows hangs on it."""
        if self.proposal:
            raise Conflict("This answer asks about something else: have that answered first.", code="one_question")

    def is_being_made(self) -> bool:
        """The film is under way now; ask before a change, which may start a cut of its own."""
        return self.task.runs.filter(status=RunStatus.RUNNING).exclude(ONLY_WRITES).exists()

    def quote(self) -> Quote:
        """One price for all that this turn has spoken of, because only one has a button."""
        if not self.forced and self.only is None:
            return quotes.quote(task=self.task, tier=self.tier)
        due = [item["component"] for item in quotes.price_of(self.task)["items"]] if self.is_of_all else []
        return quotes.quote(task=self.task, approved=self._limited(due), forced=self.forced, tier=self.tier)

    def _limited(self, due: Sequence[str]) -> list[str]:
        if self.only is None:
            return list(due)
        ids = {clip["scene"]["id"] for clip in self.script().content["clips"] if clip["scene"]["index"] in self.only}
        return [key for key in due if key.partition("/")[2] in {str(one) for one in ids}]

    def revised(self, script: Script, *, waits_for_the_run: bool) -> Result:
        """Return what the model is told of a change, with the price unless a script being written will have another."""
        told = {"version": script.version, "waits_for_the_run": waits_for_the_run}
        if self.is_written():
            return {**told, "price": None, "price_comes_with_the_script": True}
        self.is_of_all = True
        newest = self.quote() if self.forced else Quote.objects.filter(task=self.task).order_by("-created_at").first()
        if newest:
            self.offer = quotes.as_dict(newest)
        return {**told, "price": self.price()}

    def priced_anew(self, *, waits_for_the_run: bool) -> Result:
        """The same after a change that made no version of the script, or not it alone."""
        if not self.is_written():
            quotes.quote(task=self.task)
        return self.revised(self.script(), waits_for_the_run=waits_for_the_run)

    def see(self) -> None:
        """Remember how the film stands before the first change: what is open already is not what the change needs."""
        if self.stood is None and not self.is_written():
            self.stood = quotes.outlook(self.task)

    def price(self) -> Result | None:
        """`open_before` are those of the `components` that this turn's changes do not need, for `open_credits`;
        `own_material` those that the user's own file is selected of, which would be replaced; `cuts_again`: the film is
        being cut again now, for nothing."""
        if self.offer is None:
            return None
        items, after = self.offer["items"], quotes.outlook(self.task)
        keys = [item["component"] for item in items]
        still = self._open_before(keys, after)
        return {
            "quote_id": self.offer["quote_id"],
            **({"tier": self.tier} if self.tier else {}),
            "credits": self.offer["credits"],
            "components": keys,
            "open_before": still,
            "open_credits": sum(item["credits"] for item in items if item["component"] in still),
            "own_material": self._own(keys),
            "cuts_again": _is_cut(after),
            **offers.shared(self.offer.get("shares")),
        }

    def _open_before(self, keys: Sequence[str], after: Plan) -> list[str]:
        if self.stood is None:
            return []
        anew = touched(self.stood, after) | self.forced.keys()
        return [key for key in keys if key in self.stood.due and key not in anew]

    def _own(self, keys: Sequence[str]) -> list[str]:
        chosen = self.task.assets.filter(component__in=keys, selected=True)
        own = {asset.component for asset in chosen if asset.own_file is not None}
        return [key for key in keys if key in own]

    def remember(self, entry: dict[str, Any]) -> None:
        """Only the oldest state of a turn counts: undoing takes the whole turn back."""
        known = next((one for one in self.undo if _same(one, entry)), None)
        if known is None:
            self.undo.insert(0, entry)
        elif "changes" in known:
            known["changes"] = {**entry["changes"], **known["changes"]}


def _is_cut(plan: Plan) -> bool:
    film = plan.decisions.get(Kind.FILM)
    return film is not None and film.action not in (Action.KEEP, Action.LEAVE, Action.MISSING)


def undo_of(asked: Message) -> list[dict[str, Any]]:
    """Return the undo entries that are left of an answer that was put off.

    Its script is taken back to the version before the written one: what was changed while it was written is not this
    message's.
    """
    before = asked.put_off or {}
    entries: list[dict[str, Any]] = list(before.get("undo", ()))
    landed = Run.objects.filter(id=before.get("run", ""), steps__component="script", steps__status="succeeded").first()
    if not landed or not landed.script_version:
        return entries
    goes_back = {"kind": "script", "version": landed.script_version - 1}
    return [goes_back if entry["kind"] == "script" else entry for entry in entries]


def proposal_before(asked: Message) -> dict[str, Any] | None:
    """Return the proposal that the agent asked a yes for when it spoke last; None without one."""
    newest = _last_answer(asked)
    found: dict[str, Any] | None = newest.metadata.get("proposal") if newest else None
    return found


def _sentence_before(asked: Message) -> str:
    """The message that the agent answered when it spoke last."""
    newest = _last_answer(asked)
    answered = Message.objects.filter(id=newest.metadata.get("answers")).first() if newest else None
    return answered.content if answered else ""


def _last_answer(asked: Message) -> Message | None:
    said = Message.objects.filter(task_id=asked.task_id, role=Role.AGENT, created_at__lt=asked.created_at)
    return said.order_by("-created_at").first()


def _same(known: dict[str, Any], entry: dict[str, Any]) -> bool:
    return bool(known["kind"] == entry["kind"] and known.get("component") == entry.get("component"))
