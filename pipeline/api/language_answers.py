"""The answer about the file that has all languages of a film."""

from __future__ import annotations

from pydantic import Field

from media_assets.signing import signed_url
from pipeline.api import answers, examples
from pipeline.api.examples import example
from pipeline.queries import overview
from pipeline.services.all_languages import AllLanguages


class VideoOfLanguages(answers.Video):
    """The finished film, as one file with a sound track and captions for each language."""

    model_config = example({**examples.VIDEO, "languages": ["en", "de", "es"], "left_out": []})

    languages: list[str] = Field(
        description="In the order of the tracks; the first is played unless another is chosen."
    )
    left_out: list[str] = Field(description="Versions that are not in it, and why: sentences for people.")

    @classmethod
    def with_tracks(cls, film: overview.Film, found: AllLanguages) -> VideoOfLanguages:
        asset = found.asset
        about = {**dict(answers.Video.of(film)), "url": asset.url, "signed_url": signed_url(asset), "take": asset.take}
        languages = [track.language for track in found.gathered.tracks]
        return cls(**about, languages=languages, left_out=list(found.gathered.left_out))
