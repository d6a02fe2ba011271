from __future__ import annotations

import pytest

from pipeline.film.prompt_facts import TELL, as_subject, subject_words, told_in, told_later


def words(prompt: str, language: str = "en") -> list[str]:
    return [told.words for told in told_in(prompt, language)]


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        (
            "An ad for SunBrew cold brew coffee, launching in Austin this May, 20% off until June 3",
            ["SunBrew cold brew coffee.", "Launching in Austin this May.", "20% off until June 3."],
        ),
        (
            "First, crack two eggs. Then, whisk them with salt. Finally, fry for two minutes.",
            ["First crack two eggs.", "Then whisk them with salt.", "Finally fry for two minutes."],
        ),
        (
            "My grandmother Ruth taught me to bake bread; now I teach my daughter Mia",
            ["My grandmother Ruth taught me to bake bread.", "Now I teach my daughter Mia."],
        ),
        (
            "Safety briefing for new warehouse staff: shoes, vest, who to call (ext. 4711)",
            ["Safety briefing for new warehouse staff.", "Shoes.", "Vest.", "Who to call, ext. 4711."],
        ),
        ("Explain how photosynthesis works for 5th graders", ["How photosynthesis works."]),
        (
            "Our flower shop Petalia, Marta binds bouquets, really cheerful",
            ["Our flower shop Petalia, Marta binds bouquets."],
        ),
        ("Our dog barks. Please make a short video out of it, 20 s", ["Our dog barks."]),
        ("a video of my grandma Rosa, shes 80", ["My grandma Rosa.", "She's 80."]),
        ("a video about my dog at the beach, hes a corgi", ["My dog at the beach.", "He's a corgi."]),
        (
            "a video about my bakery, we bake since 1950, vertical, 15 seconds, with calm music",
            ["My bakery.", "We bake since 1950."],
        ),
        (
            "our summer party, at the lake on Sunday, with music",
            ["Our summer party, at the lake on Sunday, with music."],
        ),
        (
            "Our library in Leeds, we have a reading hour for children",
            ["Our library in Leeds.", "We have a reading hour for children."],
        ),
        ("The water cycle, as a poem", ["The water cycle."]),
        ("What is a black hole? Like I am six", ["What is a black hole?"]),
        ("why is the sky blue", ["Why is the sky blue?"]),
        ("Why we moved to Ledgerly (B2B, 45 seconds, calm)", ["Why we moved to Ledgerly."]),
        (
            "hii can u make smth about my dog biscuit who loves teh beach, funny, for instagram, 20 sec",
            ["My dog Biscuit loves the beach."],
        ),
        (
            "Thank you to our 42 volunteers who planted 1,300 trees on Saturday",
            ["Thank you to our 42 volunteers who planted 1,300 trees on Saturday."],
        ),
        (
            "A 30-second history of the Berlin Wall: built on 13 August 1961, 155 km long, opened on 9 November 1989",
            ["A history of the Berlin Wall.", "Built on 13 August 1961.", "155 km long.", "Opened on 9 November 1989."],
        ),
        ("We open at 7 am. Use upbeat music. Keep it under 30 seconds.", ["We open at 7 am."]),
        ("First boil the eggs, then peel them", ["First boil the eggs.", "Then peel them."]),
        ("A trailer: two sisters, one old car, a road north", ["Two sisters.", "One old car.", "A road north."]),
        ("Our new teacher Ms. Rivera. She plays the cello.", ["Our new teacher Ms. Rivera.", "She plays the cello."]),
        ("Product video: the Nimbus 3 backpack, 22 litres", ["The Nimbus 3 backpack.", "22 litres."]),
        ("Explain in 20 seconds why we recycle glass", ["Why we recycle glass."]),
        ("A poem about autumn", ["Autumn."]),
        ("A film about Zürich in 3 scenes", ["Zürich."]),
        ("Make it about our new van, range 400 km", ["Our new van.", "Range 400 km."]),
        (
            "We bake by hand, and we want people to know that our sourdough rests for 36 hours. Music should be calm.",
            ["We bake by hand.", "Our sourdough rests for 36 hours."],
        ),
        ("Make a film", []),
        ("?!", []),
    ],
)
def test_a_prompt_is_told_in_its_own_words(prompt: str, told: list[str]) -> None:
    assert words(prompt) == told


@pytest.mark.parametrize(
    ("prompt", "language", "told"),
    [
        ("Ein Märchen über einen Igel, der das Meer sehen will", "de", ["Ein Igel, der das Meer sehen will."]),
        (
            "Ein Werbespot für das Café Morgenrot: Frühstück ab 7 Uhr, samstags Livemusik",
            "de",
            ["Das Café Morgenrot.", "Frühstück ab 7 Uhr.", "Samstags Livemusik."],
        ),
        (
            "Un anuncio para la panadería La Espiga: pan recién hecho, domingos cerrado",
            "es",
            ["La panadería La Espiga.", "Pan recién hecho.", "Domingos cerrado."],
        ),
        ("Comment changer une roue, étape par étape", "fr", ["Comment changer une roue."]),
        ("Pourquoi les feuilles tombent ?", "fr", ["Pourquoi les feuilles tombent ?"]),
        ("Un video sui cani", "it", ["I cani."]),
        ("Un video sull'oceano", "it", ["L'oceano."]),
        ("Was ist ein Schwarzes Loch?", "de", ["Was ist ein Schwarzes Loch?"]),
        ("给我的妈妈做一个生日视频，她今年六十岁", "zh", ["我的妈妈。", "她今年六十岁。"]),
        ("Uno spot per la gelateria Sole: 24 gusti", "it", ["La gelateria Sole.", "24 gusti."]),
        ("Um anúncio para a cafeteria Aroma em Lisboa", "pt", ["A cafeteria Aroma em Lisboa."]),
        ("30 秒视频：如何泡一杯好茶", "zh", ["如何泡一杯好茶。"]),
        ("我奶奶教我包饺子，现在我教我的女儿", "zh", ["我奶奶教我包饺子。", "现在我教我的女儿。"]),
        ("हमारी बेकरी के लिए विज्ञापन: ताज़ी रोटी, रविवार को बंद", "hi", ["हमारी बेकरी।", "ताज़ी रोटी।", "रविवार को बंद।"]),
    ],
)
def test_every_language_keeps_its_words(prompt: str, language: str, told: list[str]) -> None:
    assert words(prompt, language) == told


def test_a_slogan_closes_the_film_and_is_no_brand() -> None:
    told = told_in('An ad for Zyloq Cold Brew, only $3.49. End with the slogan "Wake up slow."')
    assert [(one.part, one.words) for one in told] == [
        ("subject", "Zyloq Cold Brew."),
        ("fact", "Only $3.49."),
        ("closing", "Wake up slow."),
    ]


def test_what_is_told_later_comes_behind_the_prompt() -> None:
    told = told_later(
        f"{TELL}It is 155 km long, opened in 1989\nAsked for earlier, and still wanted: {TELL}Built in 1961"
    )
    assert [one.words for one in told] == ["Built in 1961.", "It is 155 km long.", "Opened in 1989."]
    assert all(one.part == "fact" for one in told)


def test_the_subject_is_the_first_clause() -> None:
    assert subject_words("Explain compound interest: 100 dollars become 162.89 dollars") == "compound interest"


@pytest.mark.parametrize(
    ("phrase", "subject"),
    [("einen kleinen Igel", "ein kleiner Igel"), ("den Kaffee", "der Kaffee"), ("Denken", "Denken")],
)
def test_german_subjects_are_spoken_of_in_the_nominative(phrase: str, subject: str) -> None:
    assert as_subject(phrase) == subject


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        (
            "Unsere Katze schläft gern. Bitte ein Film von 15 Sekunden, quadratisch, im Aquarellstil",
            ["Unsere Katze schläft gern."],
        ),
        ("Unser Hund bellt. Mach bitte ein kurzes Video daraus, 20 sek", ["Unser Hund bellt."]),
        ("Unser Hund bellt. Er schaut gern Filme", ["Unser Hund bellt.", "Er schaut gern Filme."]),
    ],
)
def test_an_order_for_a_film_behind_its_facts_is_not_spoken(prompt: str, told: list[str]) -> None:
    assert words(prompt, "de") == told


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        (
            "ein kurzer film über unsre bäckerei in bamberg die jeden morgen um 4 anfängt, 30 sek",
            ["Unsere Bäckerei in Bamberg die jeden Morgen um 4 anfängt."],
        ),
        (
            "film zum 70. geburtstag von meinem papa, er heißt Werner und hat nen dackel namens Oskar",
            ["Der 70. Geburtstag von meinem Papa.", "Er heißt Werner und hat einen Dackel namens Oskar."],
        ),
        (
            "erklärvideo wie eine wärmepumpe funktioniert für unsere kunden, doku stil, mit untertiteln im bild",
            ["Wie eine Wärmepumpe funktioniert."],
        ),
        ("Ein Fuchs, der das mag, was die anderen lassen", ["Ein Fuchs, der das mag, was die anderen lassen."]),
    ],
)
def test_german_that_was_typed_small_is_written_as_german_is(prompt: str, told: list[str]) -> None:
    assert words(prompt, "de") == told
