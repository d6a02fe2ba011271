"""A program for MoviePy's own environment: reads a film as JSON from stdin and makes it the way MoviePy's manual does,
as far as `pictures`; prints how many seconds it would need for the whole film, all pictures being equally much work.

Its sound, made whole and first, is easier than ours: voices and music are added, nothing is ducked or limited.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from moviepy import AudioFileClip, CompositeAudioClip, CompositeVideoClip, VideoFileClip, afx, vfx
from proglog import ProgressBarLogger


class Enough(Exception):
    """Raised when there are as many pictures as were asked for."""


class Watch(ProgressBarLogger):  # type: ignore[misc]
    """Notes when each picture was done."""

    def __init__(self, pictures: int) -> None:
        super().__init__()
        self.pictures, self.times = pictures, list[float]()

    def bars_callback(self, bar: str, attr: str, value: Any, old_value: Any = None) -> None:
        if bar == "frame_index" and attr == "index":
            self.times.append(time.perf_counter())
            if value >= self.pictures:
                raise Enough


def main() -> None:
    began, film = time.perf_counter(), json.load(sys.stdin)
    watch = Watch(film["pictures"])
    try:
        _make(film, watch)
    except Enough:
        first, last = watch.times[0], watch.times[-1]
        a_picture_s = (last - first) / (len(watch.times) - 1)
        print(first - began + a_picture_s * film["seconds"] * film["fps"])


def _make(film: dict[str, Any], watch: Watch) -> None:
    fade_s = film["fade_s"]
    pictures = [_picture(scene, tuple(film["size"]), fade_s, place > 0) for place, scene in enumerate(film["scenes"])]
    voices = [AudioFileClip(voice["path"]).with_start(voice["start_s"]) for voice in film["voices"]]
    music = [_music(piece) for piece in film["music"]]
    made = CompositeVideoClip(pictures, size=tuple(film["size"])).with_audio(CompositeAudioClip([*voices, *music]))
    made.with_duration(film["seconds"]).write_videofile(film["out"], fps=film["fps"], logger=watch, **film["encoding"])


def _picture(scene: dict[str, Any], size: tuple[int, int], fade_s: float, fades: bool) -> Any:
    clip = VideoFileClip(scene["path"], audio=False)
    changes = [vfx.MultiplySpeed(final_duration=scene["seconds"])]
    if tuple(clip.size) != size:
        changes.append(vfx.Resize(size))
    if fades:
        changes.append(vfx.CrossFadeIn(fade_s))
    return clip.with_effects(changes).with_start(scene["start_s"])


def _music(piece: dict[str, Any]) -> Any:
    changes = [
        afx.AudioLoop(duration=piece["seconds"]),
        afx.AudioFadeIn(piece["in_s"]),
        afx.AudioFadeOut(piece["out_s"]),
    ]
    return AudioFileClip(piece["path"]).with_effects([*changes, afx.MultiplyVolume(0.3)]).with_start(piece["start_s"])


if __name__ == "__main__":
    main()
