"""PURE: the choice of a voice, by its name or by how it should sound."""

from __future__ import annotations

import re
from dataclasses import replace

from chat.llm.local import asking
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, step
from pipeline.film.settings import VOICES
from pipeline.film.voices import BY_NAME, USUAL, Age, Gender, Voice, Wanted, fitting

NAMES = "|".join(name.lower() for name in VOICES)
VERBS = (
    r"(?:use|using|try|take|pick|choose|want|prefer|get|have|with|by|switch to|change (?:it |the voice |voice |"
    r"that )?to|"
    r"go (?:for|with)|make it|let|put|set (?:it |the voice )?to|give me|to)"
)
USED = rf"{VERBS} (?:the )?(?:voice )?(?:of |called |named )?({NAMES})(?:'s)?(?: voice)?\b(?! (?:has|is|wears|looks))"
SPEAKS = (
    rf"({NAMES})(?:'s)? (?:voice|should (?:speak|read|narrate|tell|do)|as (?:the )?(?:voice|narrator|"
    rf"speaker)|instead|to (?:read|speak|narrate)|reads?|narrates?|speaks?|please$)"
)
VOICE_IS = (
    rf"(?:voice|narrator|speaker|narration|voice-over|narrated|read|spoken)(?: should be| to| is| by|"
    rf":)? (?:by )?({NAMES})\b"
)
ALONE = (
    rf"^(?:voice:? |ok(?:ay)? |then |yes |maybe |the |no )*({NAMES})(?: please| then| instead| pls| is "
    rf"(?:good|fine|better)| voice)*$"
)
VOICE = r"voices?|narrators?|speakers?|voice-overs?|narrated|sounding|spoken by|read by|narrate"
LIKE = r"sounds? like|sounding like|like an? (?:old |little )?(?:grand\w+|granny|kid|child|man|woman|wizard|witch|lady)"
SPEAKING = r"speaks?|reads?|narrates?|tells?"
GENDERS: dict[Gender, str] = {
    "woman": r"female|woman|woman's|women|feminine|lady|girl|grandma\w*|grandmother\w*|granny|mother|mom|witch|she",
    "man": r"male|man|man's|men's|masculine|guy|boy|dude|grandpa\w*|grandfather\w*|grandad|father|dad|gentleman|wizard",
    "neutral": r"neutral|non-?binary|androgynous|gender-?less",
}
AGES: dict[Age, str] = {
    "old": r"old|older|elderly|aged|grand\w+|granny|senior|wizard|witch",
    "young": r"young|younger|youthful|kid\w*|child\w*|teen\w*|girl|boy|little",
    "middle-aged": r"middle-?aged|mature|adult|grown-?up",
}
ACCENTS = {
    "British": r"british|uk|english accent|london|posh|queen's", "American": r"american|us accent|new york",
    "Australian": r"australian|aussie", "Swedish": r"swedish|scandinavian|nordic",
    "Transatlantic": r"transatlantic",
    "—": r"(?:irish|scottish|indian|french|german|italian|spanish|russian|jamaican|african|southern|canadian|welsh|"
        r"foreign) accent",
}  # fmt: skip
MANNERS = {
    "calm": r"calm\w*|sooth\w*|relax\w*|peaceful|sleepy|slow", "soft": r"soft\w*|gentl\w*|quiet\w*|whisper\w*|sweet\w*",
    "warm": r"warm\w*|cosy|cozy|kind\w*|loving", "friendly": r"friendl\w*|nice\w*", "cheerful": r"cheer\w*|happ\w+|"
        r"fun\w*|joyful",
    "lively": r"liv\w+|upbeat|energetic|excited|enthusias\w+", "serious": r"serious\w*|sober|professional|formal|"
        r"authorit\w+",
    "news": r"news\w*|anchor|reporter|documentary", "storyteller": r"story-?tell\w*|fairy ?tale|bedtime",
    "confident": r"confident|strong|powerful", "intense": r"intense|dramatic|trailer|epic|hoarse|rough|raspy|gravelly",
    "casual": r"casual|natural|normal|everyday|laid-?back", "seductive": r"sexy|seductive|sultry", "clear": r"clear\w*",
}  # fmt: skip
DEEPER, HIGHER = (
    r"deep\w*|lower|low|darker|bassy|baritone|more bass|less high|less squeaky",
    r"higher|high|high-pitched|brighter|less deep|not so deep|lighter",
)
ANOTHER = r"another|different|new|other|change the|better|don't like|hate|not this|annoying|awful|terrible|bad"
ASKS = (
    r"(?:which|what) (?:other )?voices|list (?:of )?(?:the )?voices|show (?:me )?(?:the )?voices|voices (?:are "
    r"there|do you have|can i)|who can (?:speak|read|narrate)"
)
MOST_NAMED = 3


def by_name(sentence: Sentence, film: Film) -> Found:
    name = _named(sentence, film)
    if not name:
        return None
    if sentence.named and not sentence.is_about_all:
        return film.say("cannot.scene_voice")
    if name in {one["name"] for one in film.characters} and not sentence.has(VOICE):
        return film.say("ask.voice_or_character", name=name)
    return [step("change_settings", voice=name)]


def described(sentence: Sentence, film: Film) -> Found:
    if sentence.has(ASKS):
        return asking.all_voices(film)
    speaks = sentence.has(SPEAKING) and _wanted(sentence).gender
    if sentence.named or not (sentence.has(VOICE) or sentence.has(LIKE) or speaks) or sentence.has(r"music|captions?"):
        return None
    if sentence.has(r"(?:clone|copy|my own|record my|use my) (?:own )?voice|my voice"):
        return film.say("cannot.own_voice")
    if sentence.has(r"slower|faster|too (?:fast|slow)|quicker"):
        return film.say("cannot.voice_pace")
    return _described(sentence, film)


def _named(sentence: Sentence, film: Film) -> str:
    for pattern in (USED, SPEAKS, VOICE_IS, ALONE):
        if found := re.search(rf"(?:^|\b){pattern}", sentence.plain):
            name = next(known for known in VOICES if known.lower() == found[1])
            if _is_a_name(name, sentence):
                return name
    return ""


def _is_a_name(name: str, sentence: Sentence) -> bool:
    """ "will" and "river" are words too: those count with a capital or beside the word voice."""
    if name not in ("Will", "River", "Bill"):
        return True
    return name in sentence.said or sentence.has(rf"voice (?:of )?{name}|{name}(?:'s)? voice".lower())


def _described(sentence: Sentence, film: Film) -> Found:
    now = film.settings["voice"]
    wanted = _wanted(sentence)
    if wanted == Wanted():
        return others(film) if sentence.has(ANOTHER) else None
    usual = USUAL.get(wanted.gender) if wanted.gender and wanted == Wanted(gender=wanted.gender) else None
    if usual and (usual != now or BY_NAME[now].gender == wanted.gender):
        return [
            step(
                "change_settings",
                voice=now if BY_NAME[now].gender == wanted.gender and not sentence.has(ANOTHER) else usual,
            )
        ]
    if found := fitting(wanted, now):
        return [step("change_settings", voice=found[0].name)]
    return asking.voices(_nearest(wanted, now), film, exactly=False)


def others(film: Film) -> str:
    """Some to choose from."""
    now = film.settings["voice"]
    found = fitting(Wanted(gender=BY_NAME[now].gender), now)[:2] + fitting(Wanted(), now)[-1:]
    return asking.voices(found, film)


def _wanted(sentence: Sentence) -> Wanted:
    def first(words: dict[str, str]) -> str | None:
        return next((value for value, pattern in words.items() if sentence.has(pattern)), None)

    deeper = -1 if sentence.has(HIGHER) else 1 if sentence.has(DEEPER) else 0
    gender: Gender | None = first(GENDERS)  # type: ignore[arg-type, assignment]
    age: Age | None = first(AGES)  # type: ignore[arg-type, assignment]
    return Wanted(gender, age, first(ACCENTS) or "", first(MANNERS) or "", deeper)


def _nearest(wanted: Wanted, now: str) -> list[Voice]:
    """With one wish less, until there are some."""
    older = [replace(wanted, age="middle-aged", manner="warm"), replace(wanted, age="middle-aged")]
    easier = [
        *(older if wanted.age == "old" else []),replace(wanted, age=None), replace(wanted, accent=""),
        replace(wanted, manner=""), replace(wanted,
    deeper=0),
              Wanted(gender=wanted.gender), Wanted()]  # fmt: skip
    return next(found for one in easier if (found := fitting(one, now)))[:MOST_NAMED]
