from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.film.settings import TaskSettings
from pipeline.services import presets
from pixora.accounts.models import User
from pixora.foundation.errors import Invalid
from pixora.management.film_request import read_request, with_preset


def test_what_is_not_said_has_its_default() -> None:
    request = read_request({"prompt": "  A film about tea  "})
    assert request.prompt == "A film about tea"
    assert request.settings == TaskSettings(duration=30, length_is_open=True)
    assert (request.settings.aspect_ratio, request.settings.style, request.settings.seed) == ("16:9", "cinematic", 0)
    assert (request.reference, request.out, request.new) == (None, None, False)


def test_a_length_said_in_the_prompt_counts_when_none_is_given() -> None:
    assert read_request({"prompt": "A 45-second film"}).settings.duration == 45
    assert read_request({"prompt": "A 45-second film", "duration": "10"}).settings.duration == 10


def test_the_environment_speaks_where_no_flag_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIXORA_VIDEO_PROMPT", "$(shell rm -rf /) `x` \"'$5")
    monkeypatch.setenv("PIXORA_VIDEO_RATIO", "9:16")
    monkeypatch.setenv("PIXORA_VIDEO_NEW", "1")
    monkeypatch.setenv("PIXORA_VIDEO_TIER", "Best")
    request = read_request({"ratio": "1:1"})
    assert request.settings.tier == "best"
    assert request.prompt == "$(shell rm -rf /) `x` \"'$5"
    assert (request.settings.aspect_ratio, request.new) == ("1:1", True)


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        ({"prompt": " \n "}, "prompt: .*empty"),
        ({"prompt": "x" * 8_001}, "prompt: at most 8000 characters"),
        ({"duration": "7"}, "duration: must be a multiple of 5 from 5 to 300"),
        ({"duration": "305"}, "duration: must be a multiple of 5 from 5 to 300"),
        ({"duration": "0"}, "duration: must be"),
        ({"duration": "ten"}, "duration: must be a whole number"),
        ({"ratio": "2:1"}, "^ratio: .*'16:9', '9:16', '1:1', '4:3' or '3:4'"),
        ({"resolution": "4k"}, "resolution: .*'720p'"),
        ({"tier": "great"}, "tier: must be 'draft', 'standard' or 'best'"),
        ({"language": "klingon"}, "language: .*'en'"),
        ({"voice": "Nobody"}, "voice: must be one of Rachel"),
        ({"seed": "-1"}, "seed: "),
        ({"seed": "1.5"}, "seed: must be a whole number"),
        ({"style": "x" * 81}, "style: "),
        ({"prompt": "broken \udcff byte"}, "prompt: it is not valid UTF-8"),
        ({"reference": "x" * 5_000}, "reference: .* is no path"),
        ({"reference": "/nowhere/face.png"}, "reference: there is no file"),
        ({"out": "/nowhere/film.mp4"}, "out: the folder .* does not exist"),
        ({"out": "film.avi"}, "out: .* must be a folder or end in .mp4"),
        ({"out": "/proc/film.mp4"}, "out: .* cannot be written to"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence_that_names_it(flags: dict[str, str], sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence) as refused:
        read_request({"prompt": "A film", **flags})
    assert "\n" not in refused.value.message


def test_the_film_may_go_to_a_folder_or_a_file(tmp_path: Path) -> None:
    assert read_request({"prompt": "A film", "out": str(tmp_path)}).out == tmp_path
    assert read_request({"prompt": "A film", "out": str(tmp_path / "a b.mp4")}).out == tmp_path / "a b.mp4"
    assert not list(tmp_path.iterdir())


def test_a_file_is_the_films_script(tmp_path: Path) -> None:
    script = tmp_path / "bakery.txt"
    script.write_text("The bakery opens at six. The bread is still warm. Come early.")
    request = read_request({"script": str(script)})
    assert request.source == "The bakery opens at six. The bread is still warm. Come early."
    assert (request.prompt, request.settings.source) == ("The bakery opens at six", "verbatim")
    assert request.settings.duration == 10
    freely = read_request({"script": str(script), "source": "inspired by", "prompt": "Make it vertical"})
    assert (freely.settings.source, freely.settings.aspect_ratio) == ("inspired_by", "9:16")


def test_a_script_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"^script: there is no file"):
        read_request({"script": str(tmp_path / "none.txt")})
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    with pytest.raises(Invalid, match=r"^script: old\.doc is in Word's old format"):
        read_request({"script": str(tmp_path / "old.doc")})
    with pytest.raises(Invalid, match=r"^source: "):
        read_request({"prompt": "A film", "source": "backwards"})


@pytest.mark.django_db
def test_a_preset_says_what_is_not_given() -> None:
    user = User.objects.create_user("you@localhost")
    kept = {"aspect_ratio": "9:16", "duration": 10, "voice": "George", "seed": 5}
    presets.create(user, name="Shop clips", settings=kept)
    request = with_preset(read_request({"prompt": "A film", "preset": " shop CLIPS ", "ratio": "1:1"}), user)
    assert (request.settings.aspect_ratio, request.settings.duration, request.settings.seed) == ("1:1", 10, 5)
    assert request.settings.voice == "George"
    with pytest.raises(Invalid, match=r"preset: there is none called 'Shots'; there are Shop clips\."):
        with_preset(read_request({"prompt": "A film", "preset": "Shots"}), user)
