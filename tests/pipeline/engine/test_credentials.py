"""Films that say what they are: who made each piece, in the film's file, read by a reader of its own."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from media_assets.models import Asset, Upload
from media_assets.storage import local_path
from pipeline.credentials import keys, manifest, signing
from pipeline.credentials.pieces import TERMS, TRAINED
from pipeline.models import Attempt, RunStatus, Task
from pipeline.providers import picture
from pipeline.providers.base import Call, ImageRequest, Made
from pipeline.services import duplicate, films, own_material
from pipeline.takeaway.archive import Archive
from pipeline.takeaway.contents import contents_of
from pixora.accounts.models import User
from tests.pipeline import doubles, user_files
from tests.pipeline.credentials import reading
from tests.pipeline.engine.conftest import Drive


@pytest.fixture
def film(scripted: Task, drive: Drive) -> Task:
    drive(films.start_run(task=scripted))
    return scripted


@pytest.fixture
def own_clip(alice: User, tmp_path: Path) -> Upload:
    return user_files.upload(alice, user_files.clip(tmp_path / "secret-name.mp4"))


def selected(task: Task, component: str) -> Asset:
    return Asset.objects.get(task=task, component=component, selected=True)


def told(task: Task) -> tuple[list[str], list[dict[str, Any]], list[dict[str, Any]]]:
    """The film's ingredients, the makers, and what it says of its clips."""
    path = local_path(selected(task, "fullvideo").storage_path)
    state, active, wrong = reading.read(path)
    assert (state, wrong) == ("Valid", [reading.UNTRUSTED])
    made = reading.assertion(active, manifest.LABEL)
    clips = [each for each in made["pieces"] if each["piece"] == "clip"]
    return [each["title"] for each in active["ingredients"]], made["makers"], clips


def test_a_film_says_who_made_each_piece_and_nothing_that_anybody_typed(film: Task) -> None:
    ingredients, makers, clips = told(film)
    assert [(each["vendor"], each["model"], each["source"]) for each in makers] == [("double", "double-1", "ai")]
    assert ingredients[:4] == ["Music", "Picture of scene 1", "Narration of scene 1", "Clip of scene 1"]
    assert [each["scene"] for each in clips] == [1, 2, 3]
    facts = selected(film, "fullvideo").metadata
    assert facts["credentials"]["signed"] is True
    store = local_path(selected(film, "fullvideo").storage_path).read_bytes().partition(b"mdat")[0]
    script = film.scripts.get(version=1).content
    typed = [clip["scene"][name] for clip in script["clips"] for name in ("image_prompt", "video_prompt", "script")]
    signed = store[store.index(b"c2pa") : store.index(b"moov")]
    assert not [text for text in [*typed, film.title, film.prompt] if text.encode() in signed]


def test_own_footage_is_never_called_ai_nor_is_the_picture_it_took_the_place_of(
    film: Task, own_clip: Upload, drive: Drive
) -> None:
    drive(own_material.add_own(task=film, component="video/2", upload=own_clip))
    ingredients, makers, clips = told(film)
    assert "Picture of scene 2" not in ingredients
    assert makers[clips[1]["maker"]] == {"source": "own"}
    assert b"secret-name" not in local_path(selected(film, "fullvideo").storage_path).read_bytes()


def test_a_vendors_own_manifest_stays_with_its_piece_through_crop_and_cut(
    scripted: Task, drive: Drive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    painting(monkeypatch, signed_picture(tmp_path / "one"), damaged(signed_picture(tmp_path / "two")))
    drive(films.start_run(task=scripted))
    stills = [selected(scripted, f"scene/{number}") for number in (1, 2, 3)]
    (with_manifest,) = [still for still in stills if still.metadata.get("manifest")]
    film = local_path(selected(scripted, "fullvideo").storage_path)
    state, active, _ = reading.read(film)
    assert state == "Valid"
    (delivered,) = [each for each in active["ingredients"] if each.get("active_manifest")]
    assert delivered["active_manifest"] == with_manifest.metadata["manifest"]
    vendors = reading.manifests(film)[delivered["active_manifest"]]
    assert vendors["claim_generator_info"][0]["name"] == "A vendor"
    pieces = reading.assertion(active, manifest.LABEL)["pieces"]
    assert [each.get("manifest") for each in pieces if each["piece"] == "picture"].count(None) == 2
    names = [place for place, _ in contents_of(scripted).files()]
    assert [name for name in names if name.endswith(".c2pa")] == [f"stills/scene_{with_manifest.scene_index:02}.c2pa"]


def plain_picture() -> bytes:
    shown = io.BytesIO()
    Image.effect_noise((300, 200), 60).convert("RGB").save(shown, "PNG")
    return shown.getvalue()


def signed_picture(folder: Path) -> bytes:
    """A picture as a vendor delivers it, signed with a key of the vendor's."""
    folder.mkdir()
    who = keys._own(folder / keys.FILE)
    (folder / "in.png").write_bytes(plain_picture())
    created = {"action": "c2pa.created", "digitalSourceType": TERMS + TRAINED}
    told = {
        "claim_generator_info": [{"name": "A vendor"}],
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [created]}}],
    }
    signing._write(folder / "in.png", folder / "out.png", told, who, (), None)
    return (folder / "out.png").read_bytes()


def damaged(content: bytes) -> bytes:
    """The same manifest around another picture's pixels: what it says is not true of it."""
    at = content.index(b"IDAT") - 4
    return content[:at] + plain_picture()[plain_picture().index(b"IDAT") - 4 :]


def test_the_takeaways_films_are_signed_the_one_without_music_as_a_copy_of_the_other(
    film: Task, tmp_path: Path
) -> None:
    archive = Archive(film)
    zipped = tmp_path / "all.zip"
    zipped.write_bytes(b"".join(archive._zip))
    archive.close()
    zipfile.ZipFile(zipped).extractall(tmp_path)
    state, active, _ = reading.read(tmp_path / "film_without_music.mp4")
    assert state == "Valid"
    assert [each["relationship"] for each in active["ingredients"]] == ["parentOf"]
    whole = reading.manifests(tmp_path / "film_without_music.mp4")[active["ingredients"][0]["active_manifest"]]
    assert len(reading.assertion(whole, manifest.LABEL)["pieces"]) == 10
    assert reading.read(tmp_path / "film.mp4")[0] == "Valid"


def test_a_copy_of_a_film_whose_first_one_is_gone_still_knows(film: Task, drive: Drive) -> None:
    copy = duplicate.duplicate_task(task=film)
    second = duplicate.duplicate_task(task=copy)
    Attempt.objects.all().delete()
    Asset.objects.filter(task=second, component="fullvideo").delete()
    drive(films.start_run(task=second))
    assert [each["vendor"] for each in told(second)[1]] == ["double"]


def test_takes_from_before_this_was_kept_are_told_by_their_attempts(film: Task, drive: Drive) -> None:
    for asset in Asset.objects.filter(task=film):
        asset.metadata = {name: fact for name, fact in asset.metadata.items() if name not in ("made_by", "made_of")}
        asset.save()
    expected = told(film)
    Asset.objects.filter(task=film, component="fullvideo").delete()
    drive(films.start_run(task=film))
    assert told(film) == expected


def painting(monkeypatch: pytest.MonkeyPatch, *pictures: bytes) -> None:
    """Have these be the first stills that are delivered; those after them have no manifest."""
    painted = iter(pictures)

    async def paint(self: object, request: ImageRequest, call: Call) -> Made:
        picture.keep(next(painted, None) or plain_picture(), request.size, call.out)
        return Made(call.out)

    monkeypatch.setattr(doubles.Painter, "make", paint)


def with_marks(store: bytes) -> bytes:
    """A picture with this where its manifest would be."""
    content = plain_picture()
    chunk = b"caBX" + store
    end_of_header = content.index(b"IDAT") - 4
    framed = len(store).to_bytes(4) + chunk + zlib.crc32(chunk).to_bytes(4)
    return content[:end_of_header] + framed + content[end_of_header:]


def huge_picture(folder: Path) -> bytes:
    """A picture whose manifest is intact and larger than any that is kept."""
    folder.mkdir()
    (folder / "in.png").write_bytes(plain_picture())
    note = {"label": "org.example.note", "data": {"text": "long " * 100_000}}
    told = {"claim_generator_info": [{"name": "A vendor"}], "assertions": [note]}
    signing._write(folder / "in.png", folder / "out.png", told, keys._own(folder / keys.FILE), (), None)
    return (folder / "out.png").read_bytes()


@pytest.mark.parametrize(
    "store",
    [
        b"jumb c2pa",
        b"\x00\x00\x00\x01jumb" + b"\xff" * 40 + b"c2pa",
        (9 << 20).to_bytes(4) + b"jumb\x00\x00\x00\x19jumdc2pa" + bytes(300),
        b"\x00\x00\x00\x10jumbc2pa" * 20_000,
    ],
)
def test_a_vendors_garbage_is_not_kept_and_the_film_is_signed(
    scripted: Task, drive: Drive, monkeypatch: pytest.MonkeyPatch, store: bytes
) -> None:
    delivered = with_marks(store)
    assert all(mark in delivered for mark in picture.SIGNED), "it looks as if it had a manifest"
    painting(monkeypatch, delivered)
    assert drive(films.start_run(task=scripted)).status == RunStatus.SUCCEEDED
    assert not [asset for asset in Asset.objects.filter(task=scripted) if asset.metadata.get("manifest")]
    assert len(told(scripted)[0]) == 10


def test_a_vendors_huge_manifest_is_not_kept_and_the_film_is_signed(
    scripted: Task, drive: Drive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    delivered = huge_picture(tmp_path / "huge")
    assert len(delivered) > 500_000
    painting(monkeypatch, delivered)
    assert drive(films.start_run(task=scripted)).status == RunStatus.SUCCEEDED
    assert not [asset for asset in Asset.objects.filter(task=scripted) if asset.metadata.get("manifest")]
    assert local_path(selected(scripted, "fullvideo").storage_path).stat().st_size < len(delivered) + 300_000
    assert len(told(scripted)[0]) == 10


@pytest.mark.parametrize("spoilt", [b"garbage", b"", b"PK\x03\x04" + bytes(2_000), None])
def test_a_kept_manifest_that_was_spoilt_costs_the_film_neither_its_cut_nor_its_signature(
    scripted: Task, drive: Drive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, spoilt: bytes | None
) -> None:
    painting(monkeypatch, signed_picture(tmp_path / "one"), signed_picture(tmp_path / "two"))
    drive(films.start_run(task=scripted))
    marked = [asset for asset in Asset.objects.filter(task=scripted) if asset.metadata.get("manifest")]
    kept = local_path(marked[0].storage_path).with_suffix(".c2pa")
    kept.write_bytes(kept.read_bytes()[:-900] + bytes(900) if spoilt is None else spoilt)
    Asset.objects.filter(task=scripted, component="fullvideo").delete()
    drive(films.start_run(task=scripted))
    state, active, wrong = reading.read(local_path(selected(scripted, "fullvideo").storage_path))
    assert (state, wrong) == ("Valid", [reading.UNTRUSTED])
    nested = [each["active_manifest"] for each in active["ingredients"] if each.get("active_manifest")]
    assert nested == [marked[1].metadata["manifest"]], "the other vendor's is kept"
    assert len(active["ingredients"]) == 10, "the piece is named all the same"
    pieces = reading.assertion(active, manifest.LABEL)["pieces"]
    assert [each["manifest"] for each in pieces if each.get("manifest")] == nested
