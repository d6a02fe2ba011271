"""PURE: the choice of a voice, by its name or by how it should sound."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chat.llm.local import asking, own_voice
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, Step, step
from pipeline.film.cast_voices import gender_of
from pipeline.film.settings import VOICES
from pipeline.film.voices import BY_NAME, USUAL, Age, Gender, Voice, Wanted, fitting

NAMES = "|".join(name.lower() for name in VOICES)
VERBS = (
    r"(?:use|using|try|take|pick|choose|want|prefer|get|have|with|by|switch to|change (?:it |the voice |voice |"
    r"that )?to|"
    r"go (?:for|with)|make it|let|put|set (?:it |the voice )?to|give me|to)"
)
USED = rf"{VERBS} (?:the )?(?:voice )?(?:of |called |named )?({NAMES})(?:'?s)?(?: voice)?\b(?! (?:has|is|wears|looks))"
SPEAKS = (
    rf"({NAMES})(?:'?s)? (?:voice|should (?:speak|read|narrate|tell|do)|as (?:the )?(?:voice|narrator|"
    rf"speaker)|instead|to (?:read|speak|narrate)|reads?|narrates?|speaks?|please$)"
)
VOICE_IS = (
    rf"(?:voice|narrator|speaker|narration|voice-over|narrated|read|spoken)(?: should be| to| is| by|"
    rf":)? (?:by )?({NAMES})\b"
)
ALONE = (
    rf"^(?:(?:voice:?|ok(?:ay)?|then|yes|maybe|the|no|rather|lieber|doch|ne|nee|nein|ach|actually),? )*"
    rf"({NAMES})(?: please| then| instead| pls| is "
    rf"(?:good|fine|better)| voice)*$"
)
VOICE = r"voices?|narrators?|speakers?|voice-overs?|narrated|sounding|spoken by|read by|narrate|accents?"
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
CHILD = r"kid'?s?|kids|child'?s?|children'?s?|toddler'?s?|baby'?s?|little (?:girl|boy)'?s?"
"""Nobody here has such a voice: the young ones are offered as what they are."""
ACCENTS = {
    "British": r"british|uk|english accent|london|posh|queen's|england|britain|(?:english|brit) (?:wo)?(?:man|men)|"
        r"english (?:lady|girl|guy|gentleman|boy|narrator|butler)",
    "American": r"american|us accent|new york|from (?:america|the us|the usa|the states|california|texas)",
    "Australian": r"australian?|aussie", "Swedish": r"swedish|scandinavian|nordic|sweden",
    "Transatlantic": r"transatlantic",
    "—": r"(?:irish|scottish|indian|french|german|italian|spanish|russian|jamaican|african|southern|canadian|welsh|"
        r"foreign) (?:accent|(?:wo)?m[ae]n|lady|guy|grand\w+|voice|narrator|speaker|girl|boy)|"
        r"from (?:ireland|scotland|wales|india|france|germany|italy|spain|russia|jamaica|africa|canada)",
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
_ACCENTS = [words for accent, words in ACCENTS.items() if accent != "—"]
_WORDS = "|".join([DEEPER, HIGHER, *GENDERS.values(), *AGES.values(), *_ACCENTS, *MANNERS.values()])
_QUALITY = rf"(?:very |really )?(?:{_WORDS})"
_BETWEEN = r"(?:\s*,\s*(?:and )?|\s+and\s+|\s+)"
_RUN = rf"{_QUALITY}(?:{_BETWEEN}{_QUALITY})+"
DESCRIBED = re.compile(
    rf"\b{_RUN}\s+(?:{VOICE})\b|\b(?:{VOICE})\s+(?:[\w']+\s+){{0,3}}?{_RUN}(?=\s*(?:$|[.,;!?]|please|and\b))"
)
""""A deep, warm, British voice", and "the voice should be deep, warm and British"."""


def as_one_wish(plain: str) -> str:
    """Return the sentence in which the qualities of one voice are told in one breath, so that it is not cut there."""
    return DESCRIBED.sub(lambda found: re.sub(r"\s*,\s*(?:and )?|\s+and\s+", " ", found[0]), plain)


def by_name(sentence: Sentence, film: Film) -> Found:
    """Return the choice of one of the voices there are, or of one's own, for the film or for somebody in it."""
    if own := own_voice.wish(sentence, film):
        return own
    name = _named(sentence, film)
    if not name:
        return None
    if sentence.named and not sentence.is_about_all:
        return film.say("cannot.scene_voice")
    if name in {one["name"] for one in film.characters} and not sentence.has(VOICE):
        return film.say("ask.voice_or_character", name=name)
    return [step("change_settings", voice=name)]


PACE = r"slower|faster|too (?:fast|slow|quick)|quicker"
OTHERS_PACE = r"clips?|camera|pictures?|motion|music|again"
"""Something else is faster, or the voice is to be made anew."""


def described(sentence: Sentence, film: Film) -> Found:
    if sentence.has(ASKS):
        return asking.all_voices(film)
    if sentence.has(rf"{VOICE}|speaks|talks") and sentence.has(PACE) and not sentence.has(OTHERS_PACE):
        return film.say("cannot.voice_pace")
    is_of_somebody = sentence.has("sounds?") and _somebody(sentence, film) is not None
    speaks = is_of_somebody or (sentence.has(SPEAKING) and _wanted(sentence).gender is not None)
    if sentence.named or not (sentence.has(VOICE) or sentence.has(LIKE) or speaks) or sentence.has(r"music|captions?"):
        return None
    if sentence.has(r"(?:clone|copy|my own|record my|use my) (?:own )?voice|my voice"):
        return own_voice.possible(film)
    if sentence.has(r"too (?:quiet|loud)|louder|quieter|volume"):
        return f"{film.say('cannot.voice_level')} {film.say('cannot.voice_level_ways')}"
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
    """The voice of somebody of the film who is named, else the narrator's."""
    who = _somebody(sentence, film)
    now = _voice_of(who) if who else film.settings["voice"]
    wanted = _wanted(sentence)
    if wanted == Wanted():
        return others(film) if sentence.has(ANOTHER) else None
    if sentence.has(CHILD):
        return asking.voices(fitting(replace(wanted, age="young"), now)[:MOST_NAMED], film, exactly=False)
    usual = USUAL.get(wanted.gender) if wanted.gender and wanted == Wanted(gender=wanted.gender) else None
    if usual and (usual != now or BY_NAME[now].gender == wanted.gender):
        is_so = BY_NAME[now].gender == wanted.gender and not sentence.has(ANOTHER)
        return _spoken_by(now if is_so else usual, who)
    if found := fitting(wanted, now):
        return _spoken_by(found[0].name, who)
    return asking.voices(_nearest(wanted, now), film, exactly=False)


def _spoken_by(voice: str, who: Mapping[str, Any] | None) -> list[Step]:
    return [step("describe_character", name=who["name"], voice=voice) if who else step("change_settings", voice=voice)]


def _somebody(sentence: Sentence, film: Film) -> Mapping[str, Any] | None:
    """The one of the cast who is named, and not only as what a voice is like."""
    if sentence.has(r"narrat\w+|speaker|voice-?over"):
        return None
    named = [one for one in film.characters if sentence.has(rf"(?<!like )(?<!like a )(?<!like an ){_name(one)}(?:'s)?")]
    return named[0] if len(named) == 1 else None


def _name(one: Mapping[str, Any]) -> str:
    return re.escape(str(one["name"]).lower())


def _voice_of(who: Mapping[str, Any]) -> str:
    """The voice that was given to a character, else the usual one of its sex."""
    gender = gender_of(str(who["image_prompt"]))
    return str(who.get("voice") or USUAL.get(gender or "woman", USUAL["woman"]))


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
    """Find the nearest voices with one wish less, until there are some."""
    older = [replace(wanted, age="middle-aged", manner="warm"), replace(wanted, age="middle-aged")]
    easier = [
        *(older if wanted.age == "old" else []),
        replace(wanted, age=None),
        replace(wanted, accent=""),
        replace(wanted, manner=""),
        replace(wanted, deeper=0),
        Wanted(gender=wanted.gender),
        Wanted(),
    ]
    return next(found for one in easier if (found := fitting(one, now)))[:MOST_NAMED]
