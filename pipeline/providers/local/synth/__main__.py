"""Reads an order {prompt, length_s, seed, instructions, out}, writes a loop of music as MP3."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.cut.sound.mp3 import write_mp3
from pipeline.providers.local.synth.mix import mix
from pipeline.providers.local.synth.note import STEPS
from pipeline.providers.local.synth.plan import BEATS, plan_of
from pipeline.providers.local.synth.score import compose
from pipeline.providers.local.synth.sounds import RATE
from pixora.foundation.child_answer import Question, Report, serve

KBPS = 160


def make(order: Question, report: Report) -> dict[str, Any]:
    plan = plan_of(order["prompt"], instructions=order["instructions"], length_s=order["length_s"], seed=order["seed"])
    samples = round(plan.length_s * RATE)
    notes = compose(plan, order["seed"])
    sound = mix(notes, steps=plan.bars * STEPS, samples=samples, room=plan.room, report=report)
    report(0.8)
    write_mp3(Path(order["out"]), sound, RATE, kbps=KBPS)
    return {
        "duration_ms": round(samples * 1000 / RATE),
        "bpm": round(plan.bars * BEATS * 60 * RATE / samples, 2),
        "key": plan.key,
        "bars": plan.bars,
        "mood": plan.mood,
        "loop": True,
    }


if __name__ == "__main__":
    serve(make)
