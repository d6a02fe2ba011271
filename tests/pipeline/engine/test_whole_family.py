"""One film in English, German and Spanish, wide and tall: six films, for the price of one and of two more voices."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import av
import pytest

from media_assets.storage import local_path
from pipeline.models import Run, RunStatus, Task
from pipeline.services import all_languages, quotes, versions
from pipeline.takeaway.archive import Archive
from pixora.foundation.errors import Conflict
from tests.pipeline.doubles import Studio
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.engine.test_takeaway import unpack
from tests.pipeline.engine.test_translations import (
    film,  # noqa: F401 (a fixture)
    finished,
    made,
    timeline,
    translated,
)
from tests.pipeline.takeaway import otio_file

LANGUAGES = ("eng", "deu", "spa")


def all_in_one(task: Task, drive: Drive) -> Any:
    with pytest.raises(Conflict, match="being made") as told:
        all_languages.file_of(task)
    assert drive(Run.objects.get(id=told.value.details["run_id"])).status == RunStatus.SUCCEEDED
    return all_languages.file_of(task)


def test_three_languages_in_two_shapes_buy_their_voices_alone(
    film: Task,  # noqa: F811
    studio: Studio,
    drive: Drive,
    tmp_path: Path,
) -> None:
    before = made(studio)
    wide = [film, *(translated(film, drive, language) for language in ("de", "es"))]
    for version in wide[1:]:
        assert {item["component"] for item in quotes.quote(task=version).items} == {"audio/1", "audio/2", "line/2/1"}
        assert finished(version, drive).status == RunStatus.SUCCEEDED
    tall = [versions.make(task=version, aspect_ratio="9:16") for version in wide]
    for version in tall:
        assert not quotes.quote(task=version).items
        assert drive(version.runs.latest("created_at")).status == RunStatus.SUCCEEDED
    assert made(studio) == before, "no picture, no clip and no music is made again"
    assert {str([slot["frames"] for slot in timeline(version)["slots"]]) for version in (*wide, *tall)} == {
        str([slot["frames"] for slot in timeline(film)["slots"]])
    }
    for first in (film, tall[0]):
        found = all_in_one(first, drive)
        with av.open(str(local_path(found.asset.storage_path))) as opened:
            assert Counter(stream.language for stream in opened.streams.audio) == Counter(LANGUAGES)
            assert Counter(stream.language for stream in opened.streams.subtitles) == Counter(LANGUAGES)
            picture = opened.streams.video[0]
            assert (picture.width > picture.height) == (first == film)
        unpack(Archive(first), tmp_path / first.id)
        tracks = otio_file.opened(tmp_path / first.id / "timeline.otio").tracks
        assert {"Voice", "Voice (Deutsch)", "Voice (español)"} <= {track.name for track in tracks}
