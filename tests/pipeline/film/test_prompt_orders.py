"""An order for a film is none of its facts, wherever it stands in the prompt."""

from __future__ import annotations

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
        ("Etwas Lustiges. Unser Hund bellt.", "de", ["Unser Hund bellt."]),
    ],
)
def test_the_facts_are_told_and_the_order_is_not(prompt: str, language: str, told: list[str]) -> None:
    assert [one.words for one in told_in(prompt, language)] == told
    assert subject_in(prompt).startswith(told[0].rstrip(".")) or told[0].lower().startswith(subject_in(prompt)[:9])


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
