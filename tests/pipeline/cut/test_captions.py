from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cut.picture.caption_lines import width
from pipeline.cut.picture.captions import Cue, Speech, Word, cues, line_chars, spread, to_srt, to_vtt

LONG = "Space is vast, silent, and waiting. We have only begun to look up and wonder what lies beyond the sky."
texts = (
    st.lists(st.text("abcdefghij,.!", min_size=1, max_size=12), min_size=1, max_size=40)
    .map(" ".join)
    .filter(lambda text: any(map(str.isalpha, text)))
)


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
        "1\n00:00:00,000 --> 00:00:01,500\nA & B <\u2060i>\ntwo\n\n2\n01:01:01,001 --> 01:01:02,000\nend\n"
    )
    assert to_vtt(found) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nA &amp; B &lt;i&gt;\ntwo\n\n01:01:01.001 --> 01:01:02.000\nend\n"
    )


def test_a_film_without_words_has_no_cue():
    assert cues([Speech("", 0, 0), Speech("  ", 0, 500)]) == []
    assert to_srt([]) == ""
    assert to_vtt([]) == "WEBVTT\n"


CHINESE = "2026年11月29日，iPhone 15 在 New York 卖 3.50 美元。"
KOREAN = "한국어 자막이 제대로 보이나요, 확인해 봅시다."
WRITTEN = [
    CHINESE,
    KOREAN,
    "我们喝 Earl Grey 茶。",
    "他说「hello world」（2026年）。",
    "चाय के बारे में एक छोटी कहानी।",
    "ภาพยนตร์สั้นเกี่ยวกับน้ำชาและผู้คน",
    "Bake at 180 °C for 5° more, Coca-Cola® № 5.",
    "Tea for ①②③ people — and 5\u202f€ 🎉 each ...",
    "- Wait - now!",
]


def letter_by_letter(text: str) -> tuple[Word, ...]:
    return tuple(Word(letter, 150 * at, 150 * at + 150) for at, letter in enumerate(text) if letter.strip())


def as_espeak_says_it(text: str) -> tuple[Word, ...]:
    """The words without the signs that are not spoken, and with several words in one."""
    plain = [word.strip("°®№①②③🎉-.—") for word in text.split()]
    return tuple(Word(word, 400 * at, 400 * at + 300) for at, word in enumerate(plain) if word)


@pytest.mark.parametrize("text", WRITTEN)
@pytest.mark.parametrize("words", [lambda _text: (), letter_by_letter, as_espeak_says_it])
@pytest.mark.parametrize("max_chars", [26, 42])
def test_lines_are_slices_of_what_was_written(text, words, max_chars):
    found = cues([Speech(text, 0, 150 * len(text), words=words(text))], max_chars=max_chars)
    at = 0
    for line in (line for cue in found for line in cue.lines):
        assert text.startswith(line, at + len(text[at:]) - len(text[at:].lstrip()))
        assert width(line) <= max_chars
        at = text.index(line, at) + len(line)
    assert at == len(text)
    assert all(len(cue.lines) <= 2 and cue.end_ms - cue.start_ms <= 6_000 for cue in found)


def test_a_line_of_chinese_begins_with_no_closing_mark_and_keeps_numbers_whole():
    found = cues([Speech(CHINESE * 3, 0, 20_000)], max_chars=12)
    lines = [line for cue in found for line in cue.lines]
    assert not [line for line in lines if line[0] in "，。、」）" or line[-1] in "「（"]
    assert sum("2026" in line for line in lines) == sum("iPhone" in line for line in lines) == 3


def test_a_word_too_long_for_a_line_is_broken_between_letters():
    compound = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsparagraph."
    address = "https://example.org/one/two-three/" + "x" * 20
    for text in (compound, address, "ที่นี่" * 30, "e\u0301" * 60):
        lines = [line for cue in cues([Speech(text, 0, 5_000)]) for line in cue.lines]
        assert "".join(lines) == text
        assert max(map(width, lines)) <= 42
        assert not [line for line in lines if line[0] in "\u0301\u0e48\u0e34\u0e35"]
    assert address[:34] == next(iter(cues([Speech(address, 0, 5_000)]))).lines[0]


def test_a_long_speech_in_one_word_is_shown_in_parts_that_can_be_read():
    text = "富士山は日本で一番高い山です。標高は三千七百七十六メートルあります。"
    found = cues([Speech(text, 0, 23_000, words=(Word(text, 0, 23_000),))])
    assert all(cue.end_ms - cue.start_ms <= 6_000 for cue in found)
    assert "".join("".join(cue.lines) for cue in found) == text


@pytest.mark.parametrize("text", ["---", "...", "…", "- - -", "—"])
def test_a_pause_has_no_cue(text):
    assert cues([Speech(text, 0, 900)]) == []


def test_a_known_word_keeps_its_time_whatever_signs_stand_around_it():
    words = (Word("Bake", 0, 300), Word("at", 400, 500), Word("180", 600, 1_500), Word("C", 1_600, 1_900))
    (cue,) = cues([Speech("Bake at 180 °C", 0, 2_000, words=words)])
    assert (cue.lines, cue.start_ms, cue.end_ms) == (("Bake at 180 °C",), 0, 1_900)


def test_a_player_of_srt_obeys_nothing_that_was_written():
    line = r"<b>Bold</b> and {\an8} tags, 3 < 4 {sic}"
    shown = to_srt([Cue(0, 1_000, (line,))])
    assert not re.search(r"</?\w|\{\\", shown)
    assert shown.replace("\u2060", "").splitlines()[2] == line


@pytest.mark.parametrize(
    ("sign", "times"),
    [
        ("🇩🇪", 50),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 40),
        ("👍🏽", 40),
        ("한", 40),
        ("a\u2060", 60),
    ],
)
def test_a_line_ends_between_letters_and_flags_never_within_one(sign: str, times: int) -> None:
    """The Korean syllable is written in its three parts, as some keyboards and file systems do."""
    written = unicodedata.normalize("NFD", sign) * times
    lines = [line for cue in cues([Speech(written, 0, 9_000)], max_chars=25) for line in cue.lines]
    assert "".join(lines) == written
    assert len(lines) > 1
    assert [line for line in lines if len(line) % len(unicodedata.normalize("NFD", sign))] == []


def test_an_emoji_between_chinese_signs_stays_whole() -> None:
    text = "中1️⃣文❤️‍🔥字" * 12
    lines = [line for cue in cues([Speech(text, 0, 9_000)], max_chars=10) for line in cue.lines]
    assert "".join(lines) == text
    assert not [line for line in lines if line[0] in "\u20e3\u200d\ufe0f🔥"]


def test_korean_in_its_parts_is_as_wide_as_it_is_seen() -> None:
    assert width(unicodedata.normalize("NFD", "한국어")) == width("한국어") == 6


def test_nothing_in_a_text_is_obeyed_by_who_reads_the_file() -> None:
    text = "00:00:05,000 --> 00:00:09,000 C:\\new < b>"
    srt = to_srt(cues([Speech(text, 0, 2_000)], max_chars=60))
    assert srt.count("-->") == 1
    assert "\\n" not in srt
    assert "< b" not in srt
    assert text in srt.replace("\u2060", "")


def test_what_controls_a_terminal_is_not_shown() -> None:
    (cue,) = cues([Speech("one\x1b[31m \x07two\x7f", 0, 2_000)])
    assert cue.lines == ("one[31m two",)


@given(
    st.lists(st.tuples(st.integers(0, 9_000), st.integers(0, 4_000)), min_size=1, max_size=12),
    st.integers(0, 2_000),
)
def test_cues_are_in_order_whatever_a_voice_says_of_its_words(times, length_ms):
    """Vendors have told of words that lay behind the end of their recording, or before the word before them."""
    words = tuple(Word(f"word{place}.", begin, begin + lasts) for place, (begin, lasts) in enumerate(times))
    text = " ".join(word.text for word in words)
    found = cues([Speech(text, 0, length_ms, words=words), Speech("Next.", length_ms + 10, 500)])
    assert all(cue.start_ms < cue.end_ms for cue in found)
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(found))
