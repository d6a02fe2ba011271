"""The frames that travel over `/ws/chat/`, both ways, each one JSON object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    create_model,
    field_validator,
)

from pipeline.film.changes import SETTINGS_FIELDS, of_any_value
from pipeline.film.own_words.reading import MOST_CHARACTERS
from pipeline.film.settings import TaskSettings
from pixora.accounts.scopes import Scope
from pixora.foundation.errors import Invalid, PixoraError
from pixora.foundation.plain_sentences import plain_sentence

PROTOCOL = "pixora.v1"
MAX_FRAME_BYTES = 1 << 20
MAX_CONTENT_CHARS = 8_000
MAX_NUMBER = 2**53

NOT_AUTHENTICATED, ORIGIN_REFUSED, NO_AUTHENTICATION_IN_TIME, TOO_MANY_SOCKETS, FLOODING = 4401, 4403, 4408, 4409, 4429

Id = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[\x21-\x7e]+$")]
ComponentKey = Annotated[str, StringConstraints(min_length=1, max_length=600)]
Number = Annotated[int, Field(ge=0, le=MAX_NUMBER)]
Instructions = Annotated[str, StringConstraints(max_length=2_000)]


class Frame(BaseModel):
    """Keys that are unknown here are a newer client's; they are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)
    needs: ClassVar[Scope | None] = None
    """What a key needs to send this."""

    @field_validator("*")
    @classmethod
    def _storable(cls, value: Any) -> Any:
        """PostgreSQL cannot store a NUL."""
        return value.replace("\x00", "") if isinstance(value, str) else value


if TYPE_CHECKING:
    Settings = Frame
else:
    Settings = create_model("Settings", __base__=Frame, **of_any_value(TaskSettings, (*SETTINGS_FIELDS, "seed")))


class SourceWish(Frame):
    model_config = ConfigDict(extra="forbid")

    mode: str | None = None
    text: str | None = Field(None, max_length=MOST_CHARACTERS)
    asset: Id | None = None
    address: str | None = Field(None, max_length=2_000)


def _source(value: Any) -> Any:
    """A mode alone may be given as a string."""
    return {"mode": value} if isinstance(value, str) else value


Source = Annotated[SourceWish, BeforeValidator(_source)]


class Wishes(Settings):
    """The wishes that a film's opening message may carry beside its text."""

    model_config = ConfigDict(extra="forbid")

    prompt: str | None = Field(None, max_length=MAX_CONTENT_CHARS)
    """The film's, where the message's own text is not it."""
    preset: str | None = Field(None, max_length=80)
    """A preset by its name or id; settings that are chosen beside it count."""
    reference_upload: Id | None = None
    source: Source | None = None
    """The film's own words, where the text is not them, and how they are followed."""

    def settings(self) -> dict[str, Any]:
        return self.model_dump(exclude_none=True, exclude={"prompt", "preset", "reference_upload", "source"})


# What clients send


class Authenticate(Frame):
    type: Literal["authenticate"]
    token: str = Field(max_length=4096)


class Say(Frame):
    needs = Scope.FILMS_WRITE

    type: Literal["message"]
    content: str = Field(max_length=MAX_CONTENT_CHARS)
    task_id: Id | None = None
    metadata: Wishes = Wishes()
    client_message_id: Id | None = None

    @field_validator("content")
    @classmethod
    def _says_something(cls, value: str) -> str:
        if not value.replace("\x00", "").strip():
            raise ValueError("must not be empty")
        return value


class Subscribe(Frame):
    needs = Scope.FILMS_READ

    type: Literal["subscribe"]
    task_id: Id
    after: Number = 0


class ApproveScript(Frame):
    needs = Scope.FILMS_SPEND

    type: Literal["approve_script"]
    task_id: Id
    version: Number
    quote_id: Id


class UpdateScript(Frame):
    needs = Scope.FILMS_WRITE

    type: Literal["update_script"]
    task_id: Id
    version: Number
    script: dict[str, Any]


class UpdateScene(Frame):
    needs = Scope.FILMS_WRITE

    type: Literal["update_scene"]
    task_id: Id
    version: Number
    scene_index: Number
    changes: dict[str, Any]


class UpdateSettings(Frame):
    needs = Scope.FILMS_WRITE

    type: Literal["update_settings"]
    task_id: Id
    changes: dict[str, Any]
    retime: bool = False


class Regenerate(Frame):
    needs = Scope.FILMS_SPEND

    type: Literal["regenerate"]
    task_id: Id
    component: ComponentKey
    instructions: Instructions = ""
    tier: Literal["", "draft", "standard", "best"] = ""
    quote_id: Id | None = None


class SelectTake(Frame):
    needs = Scope.FILMS_WRITE

    type: Literal["select_take"]
    task_id: Id
    component: ComponentKey
    take: Number


class Cancel(Frame):
    needs = Scope.FILMS_WRITE

    type: Literal["cancel"]
    task_id: Id


class Ping(Frame):
    type: Literal["ping"]


Request = ApproveScript | UpdateScript | UpdateScene | UpdateSettings | Regenerate | SelectTake | Cancel
ClientFrame = Authenticate | Say | Subscribe | Request | Ping
_CLIENT: TypeAdapter[ClientFrame] = TypeAdapter(Annotated[ClientFrame, Field(discriminator="type")])


def read_frame(text: str) -> ClientFrame:
    """Raises Invalid, one sentence that names the field. pydantic's parser refuses to nest deeper than 200."""
    try:
        return _CLIENT.validate_json(text)
    except ValidationError as error:
        raise Invalid(_sentence(error)) from None


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    match first["type"]:
        case "json_invalid" | "json_type":
            return "This is no JSON object; send one object a frame."
        case "union_tag_not_found" | "model_attributes_type" | "dict_type" if not first["loc"]:
            return "type: is missing; say what this frame is."
        case "union_tag_invalid":
            return f"type: {str(first['ctx']['tag'])[:40]!r} is unknown; it is one of {first['ctx']['expected_tags']}."
    place = first["loc"][1:]  # the first step names the frame's type
    violation = plain_sentence({**first, "loc": place})
    return f"{violation}."


# What the server sends beside the task's events


def ready(
    *,
    user: dict[str, Any],
    providers: dict[str, str],
    own_models: dict[str, str],
    credits: dict[str, int],
    now: float,
) -> dict[str, Any]:
    """`own_models`: by capability, the model on an own server; only where such a one makes it. `credits` is empty
    for a key that may not see them."""
    return {
        "type": "ready",
        "timestamp": int(now),
        "user": user,
        "protocol": PROTOCOL,
        "providers": providers,
        "own_models": own_models,
        "credits": credits,
    }


def subscribed(task_id: str, last_seq: int, *, now: float) -> dict[str, Any]:
    return {"type": "subscribed", "task_id": task_id, "timestamp": int(now), "data": {"last_seq": last_seq}}


def progress_update(task_id: str, data: dict[str, Any], *, now: float) -> dict[str, Any]:
    return {"type": "progress_update", "task_id": task_id, "timestamp": int(now), "data": data}


def pong(*, now: float) -> dict[str, Any]:
    return {"type": "pong", "timestamp": int(now)}


def refusal(
    error: PixoraError, *, now: float, task_id: str | None = None, client_message_id: str | None = None
) -> dict[str, Any]:
    data: dict[str, Any] = {"code": error.code, "message": error.message}
    if error.details:
        data["details"] = error.details
    if client_message_id:
        data["client_message_id"] = client_message_id
    return {"type": "error", "timestamp": int(now), **({"task_id": task_id} if task_id else {}), "data": data}
