"""The command as a user runs it: a process of its own, with a home of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import av
import pytest
from PIL import Image

from tests.crash.site import ROOT, Site, wait_until
from tests.emulators.server import Emulators
from tests.pipeline.cut.media import run

PROMPT = "A film about tea"
TWO_RUNS = """
from pipeline.services import films
from pipeline.models import Task
for _ in range(2):
    films.start_run(task=Task.objects.get(prompt="{}"), approved=[], forced={{"poster": ""}})
"""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with tempfile.TemporaryDirectory(prefix="pixora home ", ignore_cleanup_errors=True) as folder:
        site = Site(Path(folder))
        site.home.chmod(0o755)
        with site.services():
            yield site


def start(site: Site, *flags: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "make_video", "--resolution", "72p", *flags],
        cwd=ROOT,
        env=site.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def make(site: Site, *flags: str, status: int = 0) -> str:
    """Return what it said on stdout, or on stderr when it refused."""
    command = start(site, *flags)
    said, refused = command.communicate(timeout=180)
    assert command.returncode == status, said + refused
    return refused if status == 2 else said


def films(site: Site) -> list[Path]:
    found = site.query("SELECT storage_path FROM assets WHERE component = 'fullvideo' AND selected ORDER BY created_at")
    return [site.home / "media" / "pixora" / str(path) for (path,) in found]


def attempts(site: Site) -> int:
    return int(site.query("SELECT count(*) FROM attempts")[0][0])


def test_a_film_is_made_once_and_found_again(site: Site, tmp_path: Path) -> None:
    before = len(films(site))
    said = make(site, "--prompt", PROMPT, "--duration", "5", "--out", str(tmp_path / "my film.mp4"))
    assert "5.00 s, 1 scene" in said
    assert "a small AI model for the voice" in " ".join(said.split())
    film = films(site)[-1]
    first, tries = film.read_bytes(), attempts(site)
    assert (tmp_path / "my film.mp4").read_bytes() == first
    assert "(0 steps)" in make(site, "--prompt", PROMPT, "--duration", "5")
    assert (film.read_bytes(), attempts(site), len(films(site))) == (first, tries, before + 1)
    make(site, "--prompt", PROMPT, "--duration", "5", "--new", "1")
    assert len(films(site)) == before + 2


def test_all_that_waits_is_seen_through_in_its_order(site: Site) -> None:
    """Changes that were asked for elsewhere, and that no worker was there to make."""
    film = ("--prompt", "A film about salt", "--duration", "5")
    make(site, *film)
    site.manage("shell", "--no-imports", "-c", TWO_RUNS.format("A film about salt"))
    make(site, *film)
    runs = site.query(
        "SELECT runs.status, runs.started_at FROM runs JOIN tasks ON tasks.id = task_id WHERE prompt = %s"
        " ORDER BY runs.created_at",
        "A film about salt",
    )
    assert [status for status, _ in runs] == ["succeeded"] * 4
    assert [started for _, started in runs] == sorted(started for _, started in runs)


@pytest.mark.crash
def test_a_film_says_what_it_is(site: Site) -> None:
    make(site, "--prompt", PROMPT, "--duration", "10", "--ratio", "9:16", "--language", "de")
    with av.open(str(films(site)[-1])) as container:
        (picture,), (sound,) = container.streams.video, container.streams.audio
        (captions,) = container.streams.subtitles
        assert (picture.width, picture.height) == (72, 128)
        assert picture.codec_context.profile == "High"
        assert picture.frames == 300
        assert (sound.codec_context.name, sound.codec_context.sample_rate) == ("aac", 48_000)
        assert captions.codec_context.name == "mov_text"
        assert container.metadata["title"]


@pytest.mark.crash
def test_nothing_stands_still_and_nothing_is_black(site: Site) -> None:
    make(site, "--prompt", "A noir film about the sea at night", "--style", "noir", "--duration", "15")
    seen = run("-i", films(site)[-1], "-vf", "freezedetect=n=-60dB:d=4,blackdetect=d=0.3", "-f", "null", "-")
    assert "freeze_start" not in seen
    assert "black_start" not in seen


@pytest.mark.crash
def test_ctrl_c_leaves_a_run_that_the_same_command_finishes(site: Site) -> None:
    flags = ("--prompt", "A film about rivers", "--duration", "20")
    command = start(site, *flags)
    wait_until(lambda: site.query("SELECT 1 FROM steps WHERE status = 'running' AND kind = 'video'"), 60, "a clip")
    command.send_signal(signal.SIGINT)
    said, _ = command.communicate(timeout=20)
    assert command.returncode == 130
    assert "the same command goes on from here" in said
    made = site.query("SELECT count(*) FROM assets WHERE component LIKE 'scene/%'")[0][0]
    assert made > 0
    assert "20.00 s" in make(site, *flags)
    assert site.query("SELECT max(take) FROM assets")[0][0] == 1
    assert not list((site.home / "work").rglob("*.*"))


@pytest.mark.crash
def test_the_character_comes_from_the_reference_picture(site: Site, tmp_path: Path) -> None:
    Image.effect_noise((300, 300), 80).convert("RGB").save(tmp_path / "me.png")
    make(site, "--prompt", "A sailor's day", "--duration", "5", "--reference", str(tmp_path / "me.png"))
    task = "SELECT task_id FROM assets WHERE component LIKE 'reference/%'"
    assert site.query(f"SELECT 1 FROM assets WHERE component LIKE 'character/%' AND task_id IN ({task})")


@pytest.mark.crash
def test_a_film_is_made_into_a_bucket(site: Site, emulators: Emulators, tmp_path: Path) -> None:
    project = {name: value for name, value in emulators.environment.items() if name.startswith("SUPABASE_")}
    elsewhere = replace(site, variables=project)
    out = tmp_path / "film.mp4"
    said = make(elsewhere, "--prompt", "A film about storks", "--duration", "5", "--out", str(out))
    assert "5.00 s, 1 scene" in said
    with av.open(str(out)) as container:
        assert container.streams.video[0].frames == 150
    said = make(elsewhere, "--prompt", "A film about storks", "--duration", "5")
    assert "/storage/v1/object/sign/pixora/" in said
    assert not films(site)[-1].exists()


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        (["--prompt", ""], "prompt: "),
        (["--prompt", "x", "--ratio", "2:1"], "ratio: "),
        (["--prompt", "x", "--duration", "7"], "duration: "),
        (["--prompt", "x", "--out", "/nowhere/film.mp4"], "out: "),
    ],
)
def test_a_refusal_is_one_sentence_and_writes_nothing(site: Site, flags: list[str], sentence: str) -> None:
    tasks = site.query("SELECT count(*) FROM tasks")
    refused = make(site, *flags, status=2)
    assert refused.startswith(sentence)
    assert refused.count("\n") == 1
    assert site.query("SELECT count(*) FROM tasks") == tasks


def test_a_text_file_is_no_reference(site: Site, tmp_path: Path) -> None:
    (tmp_path / "face.png").write_text("no picture")
    refused = make(site, "--prompt", "x", "--reference", str(tmp_path / "face.png"), status=2)
    assert refused == "reference: face.png is not a readable PNG, JPEG, WebP, GIF, AVIF or HEIC picture.\n"


@pytest.mark.parametrize("url", ["mysql://localhost/x", "nonsense", "postgresql://127.0.0.1:9/none"])
def test_a_broken_database_url_is_refused_in_one_sentence(site: Site, url: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "make_video", "--prompt", "x"],
        cwd=ROOT,
        env={**site.environment, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert "DATABASE_URL" in done.stderr or "PostgreSQL" in done.stderr
