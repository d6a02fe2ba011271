"""A text that is itself the film's words: what of it is spoken, and that none of it is lost or changed."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.film.narration import narration_length, narration_limit
from pipeline.film.own_words.condensing import condensed
from pipeline.film.own_words.ordered_settings import beside_the_words, follow, settings_for, source_of
from pipeline.film.own_words.pieces import sentences_of
from pipeline.film.own_words.reading import read_source
from pipeline.film.own_words.slots import fitted
from pipeline.film.own_words.source import Passage, Source

BOOKSHOP = """TITLE: The Last Bookshop

SCENE 1 - INT. BOOKSHOP - MORNING
Narrator: "Every morning at seven, Marta unlocks a door that nobody else remembers."

SCENE 2 - INT. BOOKSHOP - NOON
Narrator: "She has not sold a book since Tuesday, and she has not minded."

SCENE 3 - EXT. STREET - EVENING
Narrator: "Then a boy walks in with seven coins and asks for the longest story she has."
"""
SCREENPLAY = """FADE IN:

INT. KITCHEN - NIGHT

Anna stands at the stove. Steam rises.

ANNA
(whispering)
It never boils when you look
at it.

TOM (O.S.)
Then look away.

EXT. GARDEN - DAY

Rain.

ANNA (V.O.)
So I looked away.

FADE OUT."""
STORY = (
    "The bakery on Hill Street opens at six. Nobody remembers a morning when it did not. "
    "Old Mr. Ward counts the loaves twice, because his father did. Then he unlocks the door, and the smell walks out "
    "before anybody walks in. By seven the shelves are half empty, and by nine he is alone again with the crumbs."
)


@pytest.mark.parametrize(
    ("text", "scenes"),
    [
        (
            'Scene 1: A red kite over the sea. Narration: "The wind writes its own letters." Scene 2: A boy lets go.'
            ' Narration: "And nobody reads them."',
            [
                ("A red kite over the sea.", "The wind writes its own letters.", None),
                ("A boy lets go.", "And nobody reads them.", None),
            ],
        ),
        (
            'Scene 1 (5 s): A dog. Narrator says exactly: "Rex never barks." Scene 2 (10 s): A cat. Narrator says'
            ' exactly: "Minka always does."',
            [("A dog.", "Rex never barks.", 5), ("A cat.", "Minka always does.", 10)],
        ),
        (
            "15 seconds. Scene 1: A red lighthouse at dawn. Scene 2: An old keeper climbs the spiral stairs.",
            [("", "A red lighthouse at dawn.", None), ("", "An old keeper climbs the spiral stairs.", None)],
        ),
        (
            'Voiceover: "Hello, I am Mia." Visual: a girl waves. 10 seconds',
            [("a girl waves.", "Hello, I am Mia.", None)],
        ),
        (
            "Use exactly this narration: Our bakery opens at six. The bread is still warm. Come early.",
            [("", "Our bakery opens at six. The bread is still warm. Come early.", None)],
        ),
        (
            "[0:00-0:05] Visual: a dog\nVO: Hello there.\n[0:05-0:15] Visual: a cat\nVO: Goodbye now.",
            [("a dog", "Hello there.", 5), ("a cat", "Goodbye now.", 10)],
        ),
        (
            "| Scene | Visual | Narration | Duration |\n|---|---|---|---|\n| 1 | A kettle | It is cold. | 5 s |\n"
            "| 2 | Steam | Now it sings. | 10 |",
            [("A kettle", "It is cold.", 5), ("Steam", "Now it sings.", 10)],
        ),
        (
            "Szene 1: Ein Bäcker am Morgen.\nSprecher: „Um vier beginnt der Tag.“\nSzene 2: Der Laden öffnet.\n"
            "Sprecher: „Um sechs kommen die ersten.“",
            [
                ("Ein Bäcker am Morgen.", "Um vier beginnt der Tag.", None),
                ("Der Laden öffnet.", "Um sechs kommen die ersten.", None),
            ],
        ),
        (
            "场景1：海边日出。旁白：“风在写信。” 场景2：男孩放手。旁白：“没有人读。”",
            [("海边日出。", "风在写信。", None), ("男孩放手。", "没有人读。", None)],
        ),
        (
            "**Hook:** Did you know that bees dance?\n**CTA:** Plant something today.",
            [("Hook", "Did you know that bees dance?", None), ("Cta", "Plant something today.", None)],
        ),
        (
            "VO: The sea was calm. Visual: boat on water. VO: Then came the storm. Visual: dark clouds",
            [("boat on water.", "The sea was calm.", None), ("dark clouds", "Then came the storm.", None)],
        ),
        (
            "scene 1 - dog sleeps. narration - rex is tired\nscene 2 - dog wakes up. narration - rex is hungry",
            [("dog sleeps.", "rex is tired", None), ("dog wakes up.", "rex is hungry", None)],
        ),
        (
            "SCENE 1\nA red door opens.\nNARRATOR (V.O.)\nNobody had been here.\n\nSCENE 2\nDust.\nNARRATOR (V.O.)\n"
            "Except the cat.",
            [("A red door opens.", "Nobody had been here.", None), ("Dust.", "Except the cat.", None)],
        ),
        (
            "Script: Scene 1 [0-5s] A dog. [Narration] Rex sleeps. Scene 2 [5-10s] A cat. [Narration] Minka wakes.",
            [("A dog.", "Rex sleeps.", 5), ("A cat.", "Minka wakes.", 5)],
        ),
        (
            "Scène 1 : Un chien dort. Narrateur : « Rex est fatigué. » Scène 2 : Il va. Narrateur : « Il a faim. »",
            [("Un chien dort.", "Rex est fatigué.", None), ("Il va.", "Il a faim.", None)],
        ),
        (
            "Narration should be exactly as follows: We plant trees. You breathe.",
            [("", "We plant trees. You breathe.", None)],
        ),
        (
            "A: Are you alive?\nB: I am charging.\nA: Same thing.",
            [("", "Are you alive? I am charging. Same thing.", None)],
        ),
    ],
)
def test_scripts_are_read_scene_by_scene(text: str, scenes: list[tuple[str, str, int | None]]) -> None:
    source = read_source(text)
    assert source.kind == "script"
    found = [(passage.picture or passage.heading, passage.words, passage.seconds) for passage in source.passages]
    assert found == scenes


def test_headings_and_titles_are_not_spoken() -> None:
    source = read_source(BOOKSHOP)
    assert source.title == "The Last Bookshop"
    assert [passage.heading for passage in source.passages] == [
        "INT. BOOKSHOP - MORNING", "INT. BOOKSHOP - NOON", "EXT. STREET - EVENING",
    ]  # fmt: skip
    assert "Scene" not in source.words
    assert "INT." not in source.words
    assert source.words.startswith("Every morning")


def test_of_a_screenplay_the_speeches_are_spoken_and_the_action_is_seen() -> None:
    kitchen, garden = read_source(SCREENPLAY).passages
    assert kitchen.words == "It never boils when you look at it. Then look away."
    assert kitchen.picture == "Anna stands at the stove. Steam rises."
    assert kitchen.speakers == ("Anna", "Tom")
    assert garden.words == "So I looked away."
    assert garden.picture == "Rain."


@pytest.mark.parametrize(
    "text",
    [
        "1. Boil water 2. Add 200 g of pasta 3. Wait 9 minutes",
        "How to make pasta:\n1. Boil water\n2. Add 200 g of pasta\n3. Wait 9 minutes",
        "Pasta\n\n1) Boil water\n\n2) Add 200 g of pasta\n\n3) Wait 9 minutes",
        "Step 1: Boil water\nStep 2: Add 200 g of pasta\nStep 3: Wait 9 minutes",
        "Make a vertical video of this:\n- Boil water\n- Add 200 g of pasta\n- Wait 9 minutes",
    ],
)
def test_numbered_steps_are_scenes_with_the_step_spoken(text: str) -> None:
    source = read_source(text)
    assert source.kind == "steps"
    assert [passage.words for passage in source.passages] == ["Boil water", "Add 200 g of pasta", "Wait 9 minutes"]


@pytest.mark.parametrize(
    "wish",
    [
        "Create a 15-second vertical TikTok about cats, watercolor style, no music",
        "How to repot a houseplant in five steps",
        "A 30-second history of the Berlin Wall: built on 13 August 1961, 155 km long, opened on 9 November 1989",
        'A 20-second ad for Zyloq Cold Brew, only $3.49. End with the slogan "Wake up slow."',
        "My grandmother Ruth taught me to bake bread; now I teach my daughter Mia",
        "Wedding invitation: Lena & Tomás, 14 June 2027, Lisbon, 4 pm, dress code garden party",
        "Topic: cats\nStyle: noir\nLength: 30s\nVoice: female",
        "in two scenes, a dog and a cat",
        "I want a video about my small bakery. It should be warm and calm. Please show the oven, the bread and the"
        " people who come in the morning. The film should end with our logo. We have been here since 1984.",
    ],
)
def test_a_wish_is_no_source(wish: str) -> None:
    assert read_source(wish).kind == "wish"


TOLD_AT_LENGTH = (
    "{before} My grandmother Margaret grew up on a farm in Wales with two sisters, became a nurse in Cardiff in 1965, "
    "met my grandfather at a dance, and has taught every one of her eleven grandchildren how to bake Welsh cakes. "
    "She turns eighty next Saturday, and the whole family comes together in the old barn for it. "
    "There will be cake. {after}"
)


@pytest.mark.parametrize(
    "order",
    [
        "I'd like a film of about one minute, warm and a bit nostalgic.",
        "We need a short video of it.",
        "Could you make a little film of that?",
        "It should end with a toast to her.",
        "Ich hätte gern einen Film von einer Minute darüber.",
        "Quisiera un vídeo de un minuto.",
        "J'aimerais une vidéo d'une minute.",
        "Vorrei un filmato di un minuto.",
        "Gostaria de um vídeo de um minuto.",
        "Ik wil graag een filmpje van een minuut.",
        "我想要一个一分钟的视频。",
    ],
)
def test_who_orders_a_film_within_a_long_text_wants_it_made_and_not_read_out(order: str) -> None:
    assert read_source(TOLD_AT_LENGTH.format(before="Hi there!", after=order)).kind == "wish"
    assert read_source(TOLD_AT_LENGTH.format(before=order, after="")).kind == "wish"
    plain = TOLD_AT_LENGTH.format(before="", after="")
    assert read_source(plain).kind == "prose"
    assert read_source(f'{plain}{plain}She said: "{order}"').kind == "prose"


def test_a_story_is_a_text_of_its_own() -> None:
    source = read_source(STORY)
    assert (source.kind, source.words) == ("prose", STORY)


def test_a_line_that_says_that_a_text_follows_is_not_spoken() -> None:
    source = read_source(f"Make a vertical 9:16 film of this story:\n\n{STORY}")
    assert source.words == STORY
    assert "9:16" in source.asks
    assert settings_for(f"Make a vertical film of this story:\n\n{STORY}", {}).aspect_ratio == "9:16"


@pytest.mark.parametrize(
    "said",
    [
        'Here is my speech: "Dear friends, ten years ago we had nothing but one van." Make it a film, 9:16',
        'hey can u make this into a vid pls, 9:16: "Dear friends, ten years ago we had nothing but one van."',
        "Turn this letter into a vertical film:\nDear friends, ten years ago we had nothing but one van.",
    ],
)
def test_a_text_that_is_handed_over_is_spoken_and_nothing_beside_it(said: str) -> None:
    assert read_source(said).words == "Dear friends, ten years ago we had nothing but one van."
    assert settings_for(said, {}).aspect_ratio == "9:16"


def test_subtitles_are_spoken_without_their_numbers_and_times() -> None:
    text = "1\n00:00:01,000 --> 00:00:03,000\n<i>Hello there.</i>\n\n2\n00:00:03,500 --> 00:00:05,000\nHow are\nyou?\n"
    assert read_source(text).words == "Hello there. How are you?"


def test_a_short_form_ends_no_sentence() -> None:
    assert sentences_of("Old Mr. Ward counts. Then he waits.") == ["Old Mr. Ward counts. ", "Then he waits."]


def test_the_spoken_words_set_no_settings() -> None:
    settings = settings_for('Scene 1: A dog. Narration: "In 10 seconds it is vertical, no music, in German."', {})
    assert (settings.aspect_ratio, settings.music, settings.language) == ("16:9", True, "en")


def test_a_film_is_as_long_as_its_words_need() -> None:
    assert settings_for(BOOKSHOP, {}).duration == 30
    assert settings_for(BOOKSHOP, {"duration": 10}).duration == 30
    assert settings_for(BOOKSHOP, {"source": "condensed"}).duration == 10
    assert settings_for(BOOKSHOP, {"source": "condensed", "duration": 20}).duration == 20


def test_what_a_film_has_no_room_for_is_told() -> None:
    found = fitted(read_source(STORY * 20, is_given=True), "en")
    assert found.seconds <= 300
    assert found.left_out
    assert f"{found.words} {found.left_out}".split() == read_source(STORY * 20, is_given=True).words.split()


LETTERS = st.text(alphabet="abcdefgh äßé0123456789'’-()%&/$€", min_size=1, max_size=8)
WORDS = st.lists(LETTERS.filter(lambda word: word.strip() and not word.isspace()), min_size=1, max_size=26)
ENDS = st.sampled_from([".", "!", "?", "…", ",", ";", "", ":", '."', "。", "，"])
SENTENCES = st.lists(st.tuples(WORDS, ENDS), min_size=1, max_size=5).map(
    lambda all: " ".join(f"{' '.join(words)}{end}" for words, end in all)
)
PASSAGES = st.builds(
    Passage, words=SENTENCES.map(lambda text: " ".join(text.split())), seconds=st.sampled_from([None, 5, 10, 25])
)
SOURCES = st.builds(
    Source,
    st.sampled_from(["script", "steps", "prose"]),
    st.just("given"),
    st.lists(PASSAGES, min_size=1, max_size=3).map(tuple),
)


@given(SOURCES, st.sampled_from(["en", "de", "zh"]), st.integers(1, 60).map(lambda steps: 5 * steps) | st.none())
def test_word_for_word_the_narrations_joined_are_the_source(source: Source, language: str, asked: int | None) -> None:
    found = fitted(source, language, asked)
    spaceless = (re.sub(r"\s", "", text) for text in (f"{found.words}{found.left_out}", source.words))
    assert next(spaceless) == next(spaceless)
    if language != "zh":
        assert f"{found.words} {found.left_out}".split() == source.words.split()
    assert all(slot.seconds in (5, 10) for slot in found.slots)
    assert found.seconds <= 300


@given(SOURCES, st.integers(1, 60).map(lambda steps: 5 * steps))
def test_fitting_again_for_its_own_length_changes_nothing(source: Source, asked: int) -> None:
    once = fitted(source, "en", asked)
    assert fitted(source, "en", once.seconds) == once


@given(SOURCES)
def test_a_narration_fits_its_scene_unless_it_is_one_word(source: Source) -> None:
    for slot in fitted(source, "en").slots:
        fits = narration_length(slot.words, "en") <= narration_limit(slot.seconds, "en")
        assert fits or len(slot.words.split()) == 1


@given(SOURCES, st.integers(1, 30).map(lambda steps: 5 * steps))
def test_condensed_is_made_of_whole_sentences_in_their_order(source: Source, seconds: int) -> None:
    rest = iter([sentence.strip() for passage in source.passages for sentence in sentences_of(passage.words)])
    found = condensed(source, "en", seconds)
    kept = [sentence.strip() for passage in found.passages for sentence in sentences_of(passage.words)]
    assert kept
    assert all(any(sentence == other for other in rest) for sentence in kept)
    if len(kept) > 1:
        assert fitted(found, "en").seconds <= seconds


def test_the_same_text_is_followed_as_its_mode_says() -> None:
    source = source_of(BOOKSHOP, "", "verbatim")
    found = follow(source, "verbatim", "en", 0)
    assert found
    assert [slot.words for slot in found.slots] == [passage.words for passage in source.passages]
    assert follow(source, "inspired_by", "en", 30) is None


def test_what_is_spoken_wishes_nothing_of_the_film() -> None:
    assert beside_the_words('Scene 1: A dog. Narration: "Seen in 4K, read by Morgan Freeman."') == ""
    assert beside_the_words("A film in 4K") == "A film in 4K"


@pytest.mark.parametrize(
    "part", ["VO - a. ", "A B ", "1. ", "A B C: x\n", "Scene ", "INT. ", "(", '"', " ", "\t\n", "„"]
)
def test_no_text_keeps_its_reader_busy(part: str) -> None:
    """What grows with the square of its length takes minutes here; each of these takes a second or two."""
    text = part * (60_000 // len(part))
    began = time.process_time()
    fitted(read_source(text, is_given=True), "en")
    assert time.process_time() - began < 15
