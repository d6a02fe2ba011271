from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cut.captions import Cue, Speech, Word, cues, line_chars, spread, to_srt, to_vtt

LONG = "Space is vast, silent, and waiting. We have only begun to look up and wonder what lies beyond the sky."
texts = st.lists(st.text("abcdefghij,.!", min_size=1, max_size=12), min_size=1, max_size=40).map(" ".join)


@given(st.lists(texts, min_size=1, max_size=8), st.sampled_from([26, 42]))
def test_cues_are_in_order_short_and_lose_no_word(spoken, max_chars):
    speeches = [Speech(text, 10_000 * place + 267, 8_000) for place, text in enumerate(spoken)]
    found = cues(speeches, max_chars=max_chars)
    assert all(1 <= len(cue.lines) <= 2 for cue in found)
    assert all(len(line) <= max_chars for cue in found for line in cue.lines)
    assert all(cue.start_ms < cue.end_ms for cue in found)
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(found))
    assert " ".join(" ".join(cue.lines) for cue in found).split() == " ".join(spoken).split()


@given(texts, st.integers(500, 20_000))
def test_spread_words_fill_the_speech_in_order(text, length_ms):
    words = spread(text, length_ms)
    assert [word.text for word in words] == text.split()
    assert words[0].start_ms == 0
    assert words[-1].end_ms == length_ms
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(words))


def test_known_word_times_are_kept_and_follow_the_tempo():
    words = (Word("Hello", 100, 600), Word("there.", 700, 2_100))
    (cue,) = cues([Speech("Hello there.", 1_000, 2_200, tempo=1.1, words=words)])
    assert (cue.start_ms, cue.end_ms) == (1_000 + 91, 1_000 + 1_909)


def test_a_long_pause_ends_a_cue():
    words = (Word("Wait", 0, 900), Word("now", 2_000, 3_000))
    assert [cue.lines for cue in cues([Speech("Wait now", 0, 3_000, words=words)])] == [("Wait",), ("now",)]


def test_two_lines_are_about_equally_wide():
    (_, second) = cues([Speech(LONG, 0, 7_000)])
    assert abs(len(second.lines[0]) - len(second.lines[1])) < 8


def test_a_short_word_stays_to_be_read():
    (cue,) = cues([Speech("Go!", 500, 200)])
    assert (cue.start_ms, cue.end_ms) == (500, 1_500)


def test_languages_without_spaces_are_broken_between_characters():
    found = cues([Speech("你好，世界。这是一个关于太空探索的故事，很长很长的故事，没有空格。", 0, 6_000)], max_chars=26)
    assert all(len(line) <= 13 for cue in found for line in cue.lines)
    assert (
        "".join("".join(cue.lines) for cue in found)
        == "你好，世界。这是一个关于太空探索的故事，很长很长的故事，没有空格。"
    )


@pytest.mark.parametrize(("size", "chars"), [((1280, 720), 42), ((720, 720), 42), ((720, 1280), 26), ((720, 960), 26)])
def test_upright_films_have_shorter_lines(size, chars):
    assert line_chars(*size) == chars


def test_files_are_written_as_players_read_them():
    found = [Cue(0, 1_500, ("A & B <i>", "two")), Cue(3_661_001, 3_662_000, ("end",))]
    assert to_srt(found) == (
        "1\n00:00:00,000 --> 00:00:01,500\nA & B <i>\ntwo\n\n2\n01:01:01,001 --> 01:01:02,000\nend\n"
    )
    assert to_vtt(found) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nA &amp; B &lt;i&gt;\ntwo\n\n01:01:01.001 --> 01:01:02.000\nend\n"
    )


def test_a_film_without_words_has_no_cue():
    assert cues([Speech("", 0, 0), Speech("  ", 0, 500)]) == []
    assert to_srt([]) == ""
    assert to_vtt([]) == "WEBVTT\n"
