"""The answers that clients get."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from media_assets.models import Asset
from media_assets.signing import signed_url
from pipeline import models
from pipeline.api import examples
from pipeline.api.credential_answers import Credentials
from pipeline.api.examples import example
from pipeline.api.links import CAPTIONS_DRAWN, THUMBNAIL, Link, Picture, addresses, small_addresses
from pipeline.api.source_answers import Source
from pipeline.api.version_answers import Shares, VersionOrigin
from pipeline.events import history
from pipeline.film.own_words.ordered_settings import beside_the_words
from pipeline.film.prompt_remarks import remarks_on
from pipeline.film.settings import TaskSettings
from pipeline.planning import referee, take_warnings
from pipeline.planning.film_plan import settings_of
from pipeline.planning.kinds import Kind
from pipeline.planning.progress import Stage
from pipeline.queries import components, origins, overview
from pipeline.services import films
from pixora.foundation.pagination import Page


def told_on(prompt: str) -> list[str]:
    return [str(remark) for remark in remarks_on(beside_the_words(prompt))]


class ActiveRun(BaseModel):
    model_config = example(examples.ACTIVE_RUN)

    run_id: str
    status: Literal["queued", "running"]
    progress: int = Field(ge=0, le=99, description="Percent.")
    stage: Stage
    eta_seconds: int | None = Field(description="At the pace so far; null while that says nothing yet.")

    @classmethod
    def of(cls, run: overview.ActiveRun) -> ActiveRun:
        return cls(run_id=run.id, status=run.status, progress=run.percent, stage=run.stage, eta_seconds=run.eta_seconds)


class Counts(BaseModel):
    scenes: int
    seconds: int = Field(description="The length of the script; 0 until it is written.")
    takes: int = Field(description="Of all components together.")


class Task(BaseModel):
    model_config = example(examples.TASK)

    id: str
    title: str = Field(description="Empty until the script is written.")
    prompt: str
    status: Literal["draft", "scripted", "generating", "complete", "failed", "cancelled"]
    settings: TaskSettings
    version: int | None = Field(description="Of the script; null until it is written.")
    source: Source | None = Field(description="How the film follows its own words; null where it has none.")
    remarks: list[str] = Field(description="On what the prompt wishes of settings and cannot be had, a sentence each.")
    counts: Counts
    run: ActiveRun | None = Field(description="At work, or next.")
    poster: Picture | None
    animatic: Link | None = Field(description="The newest draft of the film, its stills standing in for clips.")
    reference: Link | None = Field(description="The user's picture that characters are made after.")
    duration: float | None = Field(description="Of the finished film, in seconds; null while there is none.")
    family: str | None = Field(None, description="The first film of its versions; null for a film without any.")
    versions: int = Field(1, description="Films in its family that are not deleted, itself counted.")
    origin: VersionOrigin | None = Field(None, description="Of a version: what it was made from.")
    last_seq: int = Field(description="The number of the newest event.")
    created_at: datetime
    updated_at: datetime
    restorable_until: datetime | None = Field(description="Of a deleted film: then it is removed for good.")

    @classmethod
    def of(cls, found: overview.Overview) -> Task:
        task = found.task
        return cls(
            id=task.id,
            title=task.title,
            prompt=task.prompt,
            status=task.status,
            settings=settings_of(task),
            version=found.version,
            source=Source.of(task),
            remarks=told_on(task.prompt),
            counts=Counts(scenes=found.scenes, seconds=found.seconds, takes=found.takes),
            run=ActiveRun.of(found.run) if found.run else None,
            poster=Picture.to(found.poster),
            animatic=Link.to(found.animatic),
            reference=Link.to(found.reference),
            duration=found.duration,
            family=task.family or None,
            versions=found.versions,
            origin=VersionOrigin.of(task),
            last_seq=task.last_seq,
            created_at=task.created_at,
            updated_at=task.updated_at,
            restorable_until=films.restorable_until(task),
        )


class TaskPage(Page[Task]):
    model_config = examples.page(examples.TASK)


class Failure(BaseModel):
    model_config = example({"code": "refused_prompt", "message": "The picture's prompt was refused: write another."})

    code: str
    message: str
    details: dict[str, Any] | None = Field(
        default=None, description="Of a refusal: what was `refused`, its `categories`, a `softened_prompt`."
    )

    @classmethod
    def of(cls, step: models.Step) -> Failure:
        return cls(code=step.error_code, message=step.error_message, details=step.error_details or None)


class Fault(BaseModel):
    model_config = example(examples.FAULT)

    code: str = Field(description="What kind of defect: black, frozen, strobing, barred, silent …")
    message: str = Field(description="A sentence for people.")


class Verdict(BaseModel):
    """An account of what the referee found wrong with a take. A vendor's is made twice before it is told, and is not
    charged then."""

    model_config = example(examples.VERDICT)

    faults: list[Fault]
    kept: bool = Field(description="A person has chosen it all the same.")
    charged: bool = Field(description="What is wrong is not worth making it again, so it costs what it costs.")

    @classmethod
    def of(cls, asset: Asset | None) -> Verdict | None:
        found = referee.verdict(asset.metadata) if asset else None
        return cls(**found) if found else None


class Component(BaseModel):
    model_config = example(examples.COMPONENT)

    component: str
    take: int | None = Field(description="The selected one; of `script` its version.")
    status: components.Status = Field(description="`missing`: there is nothing, and nobody has asked for it.")
    stale: bool = Field(description="It was made for something else than what the script asks for now.")
    takes: int = Field(description="How many there are.")
    credits: int = Field(description="The price of one more take.")
    seconds: float = Field(description="How long one more take is expected to be in the making.")
    started_at: datetime | None = Field(description="Since when it is being made, while it is.")
    own_file: str | None = Field(description="What the user called the file, where the selected take was uploaded.")
    url: str | None
    signed_url: str | None
    thumbnail_url: str | None = Field(description=THUMBNAIL)
    thumbnail_signed_url: str | None
    warnings: list[str] = Field([], description="What should be known of the selected take: sentences for people.")
    verdict: Verdict | None = Field(None, description="What is wrong with the selected take; null: nothing.")
    error: Failure | None = Field(description="Why it failed, where the status says so.")

    @classmethod
    def of(cls, found: components.Standing) -> Component:
        asset, error = found.asset, found.error
        return cls(
            component=found.component,
            take=found.take,
            status=found.status,
            stale=found.stale,
            takes=found.takes,
            credits=found.credits,
            seconds=found.seconds,
            started_at=found.started_at,
            own_file=asset.own_file if asset else None,
            **addresses(asset),
            **small_addresses(asset),
            warnings=take_warnings.told(asset.metadata) if asset else [],
            verdict=Verdict.of(asset),
            error=Failure.of(error) if error else None,
        )


class ComponentPage(Page[Component]):
    model_config = examples.page(examples.COMPONENT)


class Origin(BaseModel):
    model_config = example(examples.ORIGIN)

    version: int | None = Field(description="Of the script, when it was made.")
    prompt: str = Field(description="What that version asked for.")
    instructions: str = Field(description="What was to be different in this take.")
    provider: str = Field(description="Who made it; empty for one's own.")
    model: str = Field(description="Which model made it, as its provider calls it; empty for one's own.")
    own: bool = Field(description="It was uploaded.")
    file: str = Field(description="What the user called the file, where it was uploaded.")
    stands_in_for: str = Field(description="The model that was chosen, where another one had to make it.")
    story: str = Field(description="The sentence that says so, and why; empty where the chosen one made it.")

    @classmethod
    def of(cls, found: origins.Origin) -> Origin:
        return cls(**asdict(found))


class Take(BaseModel):
    model_config = example(examples.TAKE)

    component: str
    take: int
    selected: bool
    url: str | None = Field(description="Null for the script: its takes are its versions.")
    signed_url: str | None
    thumbnail_url: str | None = Field(description=THUMBNAIL)
    thumbnail_signed_url: str | None
    duration_ms: int | None
    width: int | None
    height: int | None
    warnings: list[str] = Field([], description="What should be known of it: sentences for people.")
    verdict: Verdict | None = Field(None, description="What is wrong with it; null: nothing.")
    made_from: Origin | None = Field(description="Null for the script, and where nobody knows any more.")
    created_at: datetime

    @classmethod
    def of(cls, asset: Asset, origin: origins.Origin | None) -> Take:
        facts = {name: asset.metadata.get(name) for name in ("duration_ms", "width", "height")}
        return cls(
            component=asset.component,
            take=asset.take,
            selected=asset.selected,
            **addresses(asset),
            **small_addresses(asset),
            warnings=take_warnings.told(asset.metadata),
            verdict=Verdict.of(asset),
            made_from=Origin.of(origin) if origin else None,
            created_at=asset.created_at,
            **facts,
        )

    @classmethod
    def of_script(cls, script: models.Script, *, selected: bool) -> Take:
        return cls(
            component=Kind.SCRIPT.value,
            take=script.version,
            selected=selected,
            **addresses(None),
            **small_addresses(None),
            duration_ms=None,
            width=None,
            height=None,
            made_from=None,
            created_at=script.created_at,
        )


class TakePage(Page[Take]):
    model_config = examples.page(examples.TAKE)


class Selection(BaseModel):
    model_config = example({"component": "scene/2", "take": 1, "run_id": examples.RUN_ID})

    component: str
    take: int
    run_id: str | None = Field(description="Carries the choice out and cuts the film anew, for nothing; null: done.")


class QuoteItem(BaseModel):
    model_config = example(examples.QUOTE_ITEM)

    component: str
    credits: int
    seconds: float = Field(description="How long it is expected to take.")
    notes: list[str] = Field([], description="Ids of the notes that it is for.")


class UpgradePrice(BaseModel):
    model_config = example(examples.UPGRADE_PRICE)

    items: list[QuoteItem] = Field(description="Empty where those models have made all of it.")
    credits: int
    shares: Shares | None = Field(None, description="Of a film with versions: what it shares with them.")


class WholePrice(BaseModel):
    model_config = example(examples.WHOLE_PRICE)

    version: int = Field(description="Of the script it is for.")
    items: list[QuoteItem]
    credits: int = Field(description="At most; what proves unchanged is not charged.")
    warnings: list[str] = Field([], description="Where narration makes the film longer than it was asked to be.")
    shares: Shares | None = Field(None, description="Of a film with versions: what it shares with them.")


class TierPrice(BaseModel):
    tier: str
    credits: int
    seconds: int = Field(description="How long all of it is expected to be in the making.")
    is_chosen: bool


class FilmPrice(WholePrice):
    model_config = example(examples.FILM_PRICE)

    tiers: list[TierPrice] = Field(description="The same pieces in each tier that there is to choose from.")


class Quote(WholePrice):
    model_config = example(examples.QUOTE)

    quote_id: str
    expires_at: float = Field(description="Unix seconds.")


class Run(BaseModel):
    model_config = example(examples.RUN)

    run_id: str
    status: Literal["queued", "running", "succeeded", "failed", "cancelled"]

    @classmethod
    def of(cls, run: models.Run) -> Run:
        return cls(run_id=run.id, status=run.status)


class Cancelled(BaseModel):
    model_config = example({"cancelled": 1})

    cancelled: int = Field(description="How many runs were told to end; one at work ends within seconds.")


class Event(BaseModel):
    model_config = example(examples.EVENT)

    type: str
    task_id: str
    seq: int
    timestamp: int = Field(description="Unix seconds.")
    data: dict[str, Any] = Field({}, description="As over the WebSocket.")
    content: str | None = Field(None, description="What people read, where the event has it.")
    message_id: str | None = None
    actions: list[dict[str, Any]] | None = Field(None, description="Buttons of an agent's message: `{label, send}`.")

    @classmethod
    def of(cls, event: models.Event, *, sees_account: bool) -> Event:
        message = history.as_message(event)
        return cls(**(message if sees_account else history.without_account(message)))


class EventPage(Page[Event]):
    model_config = examples.page(examples.EVENT)


class SceneMark(BaseModel):
    model_config = example(examples.SCENE_MARK)

    scene: int = Field(description="The scene's id.")
    start: float = Field(description="In seconds from the film's beginning.")
    seconds: float


class Video(Link):
    model_config = example(examples.VIDEO)

    take: int
    version: int = Field(description="Of the script it shows.")
    shows_the_newest: bool = Field(description="The newest version says the same, whatever its number is.")
    duration: float = Field(description="In seconds.")
    captions: Link | None
    captions_drawn: bool = Field(description=CAPTIONS_DRAWN)
    scenes: list[SceneMark] = Field(description="Where each one lies in the film.")
    warnings: list[str] = Field([], description="What should be known of the film: sentences for people.")
    credentials: Credentials = Field(description="What the file says of its making, and who signed that.")
    created_at: datetime

    @classmethod
    def of(cls, film: overview.Film) -> Video:
        video = film.video
        return cls(
            url=video.asset.url,
            signed_url=signed_url(video.asset),
            take=video.asset.take,
            version=video.script_version,
            shows_the_newest=film.shows_the_newest,
            duration=video.duration,
            captions=Link.to(film.captions),
            captions_drawn=film.has_drawn_captions,
            scenes=[SceneMark(**asdict(scene)) for scene in film.scenes],
            warnings=take_warnings.told(video.asset.metadata),
            credentials=Credentials.of(video),
            created_at=video.created_at,
        )
