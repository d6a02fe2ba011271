"""The answer that clients get about a film's Content Credentials."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from media_assets.models import Video
from pipeline.api import examples
from pipeline.api.examples import example
from pipeline.queries import credentials


class CredentialRow(BaseModel):
    model_config = example(examples.CREDENTIAL_ROW)

    piece: str = Field(description="Its kind, as in components: scene, video, audio, line, music, character.")
    scenes: list[int] = Field(description="Their places in the film, from 1; empty for what is of no scene.")
    source: Literal["ai", "drawn", "own", "unknown"] = Field(
        description="`drawn`: by Pixora's own programs, by rules. `own` is never called AI."
    )
    provider: str = Field(description="Who made it; empty for one's own.")
    model: str


class Credentials(BaseModel):
    """The account that the film's file gives of its making, by C2PA: it is signed, so that a change of it is found."""

    model_config = example(examples.CREDENTIALS)

    signed: bool
    by: str = Field(description="Whom the certificate names; empty where it is unsigned.")
    self_signed: bool = Field(description="With a key that was made here: nobody else vouches for it.")
    why: str = Field(description="Why it is unsigned; empty where it is signed.")
    digital_source_type: str = Field(description="IPTC's term for the whole film; empty where nobody knows.")
    pieces: list[CredentialRow]

    @classmethod
    def of(cls, video: Video) -> Credentials:
        found = credentials.credentials_of(video)
        rows = [
            CredentialRow(
                piece=row.kind.value,
                scenes=list(row.scenes),
                source=row.source.value,
                provider=row.provider,
                model=row.model,
            )
            for row in found.rows
        ]
        told = {"signed": found.signed, "by": found.by, "self_signed": found.self_signed, "why": found.why}
        return cls(**told, digital_source_type=found.term, pieces=rows)
