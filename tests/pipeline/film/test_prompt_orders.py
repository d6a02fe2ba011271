"""An order for a film is none of its facts, wherever it stands in the prompt."""

from __future__ import annotations

from time import process_time

import pytest

from pipeline.film.prompt_facts import told_in
from pipeline.film.prompt_orders import is_order, without_orders
from pipeline.film.subjects import subject_in


@pytest.mark.parametrize(
    ("prompt", "language", "told"),
    [
        ("Unser Hund bellt. ich hätte gern ein video für instagram", "de", ["Unser Hund bellt."]),
        ("Ich hätte gern ein Video für Instagram. Unser Hund bellt.", "de", ["Unser Hund bellt."]),
        ("unser hund bellt, hätte gern ein video für insta", "de", ["Unser Hund bellt."]),
        (
            "Mein Opa wird 80. Er angelt gern. Brauche ein Video für WhatsApp, 20 Sekunden.",
            "de",
            ["Mein Opa wird 80.", "Er angelt gern."],
        ),
        ("Our dog barks. i'd like a video for instagram", "en", ["Our dog barks."]),
        ("our dog barks, i'd like a video for instagram", "en", ["Our dog barks."]),
        ("We opened a bakery. Can you make a short clip for our story?", "en", ["We opened a bakery."]),
        ("Nuestro perro ladra. quiero un video para instagram", "es", ["Nuestro perro ladra."]),
        ("Notre chien aboie. je voudrais une vidéo pour instagram", "fr", ["Notre chien aboie."]),
        ("Il nostro cane abbaia. vorrei un video per instagram", "it", ["Il nostro cane abbaia."]),
        ("We sell flowers. smth warm, 20 secs, for insta reels pls", "en", ["We sell flowers."]),
        (
            "hi, wir machen am samstag ein hoffest auf unserem biohof, es gibt suppe und die kinder dürfen ponys "
            "reiten. brauche ein kurzes video für whatsapp, so 20 sek, gemütlich bitte",
            "de",
            [
                "Wir machen am Samstag ein Hoffest auf unserem Biohof.",
                "Es gibt suppe und die kinder dürfen Ponys reiten.",
            ],
        ),
        (
            "Unser Kater Moritz schläft im Schrank. Mach ein Video über ihn für die Familie, 15 Sekunden",
            "de",
            ["Unser Kater Moritz schläft im Schrank."],
        ),
        (
            "it sank, 3rd try it floated!! make a fun vid of it for our facebook",
            "en",
            ["It sank.", "3rd try it floated."],
        ),
        ("our cat mimi hates mondays. need something funny for tiktok, 15s", "en", ["Our cat Mimi hates mondays."]),
        ("It's winter. We need something warm.", "en", ["It's winter.", "We need something warm."]),
        ("a video for instagram about my cafe", "en", ["My cafe."]),
        ("make a vid for tiktok about my dog rex", "en", ["My dog Rex."]),
        ("un video para instagram sobre mi perro", "es", ["Mi perro."]),
        (
            "can u make a vid 4 my nans 90th bday, she was a nurse n loves gardening, for whatsapp",
            "en",
            ["My nans 90th bday.", "She was a nurse and loves gardening."],
        ),
        ("Ich bin Lehrerin. Ich brauche ein Video über Bienen für die 3. Klasse.", "de", ["Bienen."]),
        ("My cat sleeps in the cupboard. make a funny 15 sec video of it", "en", ["My cat sleeps in the cupboard."]),
        (
            "Our garage turns 30. Could you do us a little film for the website, maybe 30 seconds, friendly?",
            "en",
            ["Our garage turns 30."],
        ),
        ("Etwas Lustiges. Unser Hund bellt.", "de", ["Unser Hund bellt."]),
    ],
)
def test_the_facts_are_told_and_the_order_is_not(prompt: str, language: str, told: list[str]) -> None:
    assert [one.words for one in told_in(prompt, language)] == told
    assert subject_in(prompt)[:7].lower() == told[0].rstrip(".")[:7].lower()


@pytest.mark.parametrize(
    "said",
    [
        "A short film festival opens in May",
        "Our video shop closes",
        "My new shop sells ads",
        "short film",
        "I want to be in a film with my dog",
    ],
)
def test_what_tells_of_something_is_no_order(said: str) -> None:
    assert not is_order(said)


@pytest.mark.parametrize(
    "prompt",
    [
        "I'd like a video for instagram",
        "I want to make a film. It's about my dog",
        "Make a 20 second video, vertical, about my dog",
        "Something warm happened.",
    ],
)
def test_a_prompt_stays_where_the_order_is_all_of_it_or_goes_on(prompt: str) -> None:
    assert without_orders(prompt) == prompt


@pytest.mark.parametrize("words", ["quick cute ", "video ", "10 s s ", "something warm "])
def test_long_orders_are_read_at_once(words: str) -> None:
    began = process_time()
    told_in(words * 150 + "film !z", "en")
    assert process_time() - began < 5


@pytest.mark.parametrize(
    ("prompt", "left"),
    [
        ("im a history teacher, i need a video about the discoveries", "i need a video about the discoveries"),
        ("Ich bin Lehrer und brauche ein Video über Bienen", "brauche ein Video über Bienen"),
        ("soy profe, quiero un video sobre los mares", "quiero un video sobre los mares"),
        ("je suis prof d'histoire, je veux une vidéo sur Rome", "je veux une vidéo sur Rome"),
        ("sono un prof, voglio un video sulle scoperte", "voglio un video sulle scoperte"),
        ("sou prof de historia, quero um video sobre o mar", "quero um video sobre o mar"),
        ("I'm a dog who wants a bone, a film about friendship", "I'm a dog who wants a bone, a film about friendship"),
        ("We are a bakery and we bake at night", "We are a bakery and we bake at night"),
    ],
)
def test_who_orders_a_film_is_not_what_it_is_about(prompt: str, left: str) -> None:
    assert without_orders(prompt) == left


def test_settings_behind_an_order_are_not_told_and_what_is_wished_beside_them_stays() -> None:
    told = without_orders(
        "Maggie grew up in Wales. I'd like a film of about one minute, warm and a bit nostalgic, watercolour look, "
        "no music with drums please, subtitles on, and it should end with a toast. Format for the TV, so widescreen."
    )
    assert told == "Maggie grew up in Wales. It should end with a toast."
    assert (
        without_orders("I'd like a video, my dog barks, my cat sleeps")
        == "I'd like a video, my dog barks, my cat sleeps"
    )
