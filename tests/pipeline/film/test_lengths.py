"""Lengths as people say them, and what only sounds like one."""

from __future__ import annotations

import re

import pytest

from pipeline.film import lengths
from pipeline.film.lengths import seconds_in
from pipeline.film.settings import duration_in

SAID = {
    "1:30": 90,
    "a 1:30 film about cats": 90,
    "a minute and a half": 90,
    "one and a half minutes": 90,
    "1.5 minutes": 90,
    "1,5 Minuten": 90,
    "90s": 90,
    "in 90s": 90,
    "half a minute": 30,
    "half minute": 30,
    "anderthalb Minuten": 90,
    "eine halbe Minute": 30,
    "dreißig Sekunden": 30,
    "treinta segundos": 30,
    "un minuto y medio": 90,
    "une minute et demie": 90,
    "make it 45 seconds": 45,
    "20 sec": 20,
    "20secs": 20,
    "1 min 30": 90,
    "1m30s": 90,
    "1 minute 30 seconds": 90,
    "one minute and thirty seconds": 90,
    "two minutes": 120,
    "1 1/2 minutes": 90,
    "1½ min": 90,
    "0:45": 45,
    "2:00 long": 120,
    "30-second": 30,
    "a thirty second spot": 30,
    "thirty-second": 30,
    "forty five seconds": 45,
    "twenty-five seconds": 25,
    "15초": 15,
    "15-секундный фильм": 15,
    "15 सेकंड": 15,
    "15 ثانية": 15,
    "30 秒视频": 30,
    "一分钟": 60,
    "半分钟": 30,
    "1分30秒": 90,
    "about a minute": 60,
    "under 20 seconds": 20,
    "30 Sekunden": 30,
    "30 Sek.": 30,
    "two and a half minutes": 150,
    "a quarter of a minute": 15,
    "three minutes": 180,
    "60 secs": 60,
    "make it a 15 second story": 15,
    "5 s": 5,
    "1 min": 60,
    "eine Minute": 60,
    "1-minute": 60,
    "10 seconds, please": 10,
    "length 25s": 25,
    "60-90 seconds": 90,
    "30s please": 30,
    "30S": 30,
    "a 30 sec video of one of them": 30,
    "in einer halben Minute": 30,
}
NOT_SAID = [
    "the other ones",
    "big ones",
    "the ones who stayed",
    "one of them",
    "add captions, big yellow ones",
    "ten sheep",
    "five sisters",
    "one small dog",
    "the music of the 90s",
    "90s music",
    "charges in 25 minutes: the new Volta bike",
    "bake it for 40 minutes",
    "in 20 Minuten fertig",
    "80s style",
    "a video about the 90s",
    "wait one second",
    "a second chance",
    "one second",
    "first 5 seconds darker",
    "the last 10 seconds",
    "after 10 seconds",
    "10 seconds longer",
    "5 seconds shorter",
    "9:16",
    "16:9",
    "1:1",
    "4:3",
    "at 9:30",
    "9:30 am",
    "7:30 pm",
    "um 9:30 Uhr",
    "two scenes",
    "two small cats",
    "half the scenes",
    "a minimal look",
    "scene 2",
    "version v1.30 s",
    "a mini dog",
    "three stars",
    "a hundred sailors",
    "ones",
    "no ones",
    "John 3:16",
    "the 1980s",
    "10 seconds each",
    "one secret",
    "a secondary plot",
    "five minors",
    "two minus one",
    "dos santos",
    "un minimo",
    "in a second",
    "give me a sec",
    "zwei Segel",
    "ten swans",
    "drei Seen",
]


@pytest.mark.parametrize(("text", "seconds"), SAID.items(), ids=list(SAID))
def test_a_length_is_read(text: str, seconds: int) -> None:
    assert duration_in(text) == seconds


@pytest.mark.parametrize("text", NOT_SAID)
def test_what_only_sounds_like_a_length_is_none(text: str) -> None:
    assert duration_in(text) is None


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("teaser for the X1 drone: folds flat, 40 minutes flight time, ships May 3rd", None),
        ("flat for rent, 25 min from the station, 30 seconds", 30),
        ("an e-bike with 2 minutes of charging, 20 sec", 20),
        ("soup, flight time: 4 minutes", None),
        ("ready in 2 minutes", None),
        ("hotel, 5 minutes walk from the sea", None),
        ("2 Minuten vom Bahnhof, 30 Sekunden", 30),
        ("eine Drohne, 4 Min. Flugzeit", None),
        ("a 30 second walk through the forest", 30),
        ("60 seconds from the life of a cat", 60),
        ("a 30 second cooking video", 30),
    ],
)
def test_a_time_of_a_thing_is_no_length_of_the_film(said: str, seconds: int | None) -> None:
    assert duration_in(said) == seconds


@pytest.mark.parametrize(
    ("said", "length"),
    [
        ("omas apfelkuchen: äpfel schälen, teig kneten, 45 minuten backen. hochformat, 15 sek", 15),
        ("we walked 40 minutes up the hill to see it. 20 seconds, square", 20),
        ("äpfel schälen, 45 minuten backen", None),
        ("let the dough rest 20 min, then bake 1 hour", None),
        ("bread, 40 min in the oven, square", None),
        ("ein film zum backen, 45 sekunden", 45),
        ("a 45 minute film about tea", 300),
    ],
)
def test_beside_a_length_that_a_film_can_have_a_longer_one_is_of_something_else(said: str, length: int | None) -> None:
    assert duration_in(said) == length


@pytest.mark.parametrize("said", ["1:30 !", "9:16 ", "40 minutes flight time ", "the first 10 seconds, ", "2 min "])
def test_a_prompt_of_nothing_but_lengths_keeps_nobody_busy(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It took 13 s, because what stands before each was read from the beginning."""
    looked_at, known = [], lengths._is_decade

    def noted(found: re.Match[str], before: str, behind: str) -> bool:
        looked_at.append(len(before) + len(behind))
        return known(found, before, behind)

    monkeypatch.setattr(lengths, "_is_decade", noted)
    seconds_in((said * 8_000)[:8_000])
    assert len(looked_at) <= lengths.MOST_SAID
    assert all(letters <= 2 * lengths.NEAR for letters in looked_at)


def test_what_a_length_is_of_is_found_far_into_a_text() -> None:
    long_before = "A film about the oven of my aunt. " * 100
    assert seconds_in(f"{long_before} Bake it for 25 minutes. The film lasts 40 seconds") == 40
    assert seconds_in(f"{long_before} The first 10 seconds are silent") is None
