"""PURE: the music: where it plays, how loud, and how it sounds. Its words are kept; another mood replaces its mood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from chat.llm.local import into_english
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence, is_plainly_asked
from chat.llm.local.steps import Found, Step, step
from chat.llm.local.wording import lower
from pipeline.film.settings import MAX_MUSIC_DB, MIN_MUSIC_DB

MUSIC = r"music|soundtrack|songs?|score|tunes?|melody|beats?|background track"
OFF = (
    r"(?:no|without|off|mute|muted|remove|disable|delete|kill|drop|cut|stop|silence|lose|ditch|get rid of|"
    r"take out|leave out|turn off|switch off|skip|scrap|axe|bin|nix|forget|"
    r"(?:don't|do not)(?: really| even)? (?:want|need)(?: any)?|less noise|not have|not want)"
)
QUIET = r"(?:quiet|silent|silence)(?= (?:in|during|for|at|from|there)\b|$)"
ON = (
    r"(?:add|put|have|want) (?:the |some )?music (?:to|in|into|under) (?:every|each|all|the whole)|"
    r"(?:add|put|have|want) (?:the |some )?music (?:at|in|on|to|for|under) "
    r"(?:the )?(?:scenes? \d|end\b|beginning|start\b)|"
    r"(?:turn|switch|put|bring) (?:the )?(?:background )?music (?:back |again )?(?:on|back)|(?:turn|switch) "
    r"(?:back )?on (?:the )?music|music (?:back )?on(?: again)?(?: please)?$|(?:with|want|have|add) (?:the |some )?"
    r"music(?: back| again| on)?(?: please)?$|music (?:again|back)"
)
LOUDER = r"louder|(?:turn|crank) (?:it |the music |music )?up|more volume|too quiet|volume up|increase|raise"
QUIETER = (
    r"quieter|softer|lower|too loud|(?:turn|bring|tone) (?:it |the music |music |.{0,14})down|less loud|"
    r"volume down|less music|more voice|reduce|decrease|not so loud|less volume"
)
QUIET_MUSIC = (
    r"(?:music (?:(?:should|must|needs to) be )?|make (?:the )?music )(?:(?:very|really|rather|more) )*quiet\W*$"
)
LEVEL_DB = 6.0
"""So much louder or quieter where no number is said."""
DECIBELS = re.compile(r"(?P<number>[-−+]?\d{1,3}(?:[.,]\d)?)\s*(?:db|decibels?|dezibel)\b", re.IGNORECASE)
WHERE = {
    "middle": r"(?:in |for |during |from |at )?(?:the )?(?:middle|mid)(?: part| section| of (?:it|the film|the "
    r"video))?",
    "end": r"(?:at|for|in|towards?|near|from|by|during|to)? ?(?:the )?(?:very )?(?:end|ending|finale|outro|last "
    r"part|last bit|final part|closing|end part|last third|conclusion)\b(?: of (?:it|the film|the video))?",
    "start": r"(?:at|for|in|from|during)? ?(?:the )?(?:very )?(?:start|beginning|begin|opening|intro|first part|"
    r"first bit|first third|first(?=$|[,.!?]))\b(?: of (?:it|the film|the video))?",
    "first half": r"(?:in |for |during |of )?(?:the )?(?:first|1st) half(?: of (?:it|the film|the video))?",
    "second half": r"(?:in |for |during |of )?(?:the )?(?:second|2nd|last|other|latter) half(?: of (?:it|the film|"
    r"the video))?",
}
INSTRUMENTS = (
    r"piano|guitars?|drums?|violins?|strings|flutes?|cellos?|trumpets?|saxophone|sax|synths?|bass|harp|organ|choir|"
    r"orchestra|banjo|accordion|percussion|bells|ukulele|brass"
)
GENRE = (
    r"^(?:please |can you |could you )*(?:play|use|put on|add|make it|with) (?:some |a bit of )?(?:[\w-]+ )?(?:jazz|"
    r"blues|classical|rock|pop|hip-?hop|techno|electronic|ambient|lo-?fi|folk|country|reggae|funk|metal|swing|waltz|synthwave)"
    r"(?: instead| please)?$"
)
PIECE = r"(first|second|third|last|1st|2nd|3rd) (?:piece of music|music|track|song|tune|music part|part of the music)"
MOODS = {
    "calmer": "calm", "calm": "calm", "quieter mood": "calm", "gentler": "gentle", "softer": "soft",
    "peaceful": "peaceful",
    "relaxing": "calm", "relaxed": "calm", "soothing": "soothing", "slower": "slow", "happier": "happy",
    "happy": "happy",
    "cheerful": "cheerful", "upbeat": "upbeat", "livelier": "lively", "lively": "lively", "faster": "fast",
    "sadder": "sad",
    "sad": "sad", "darker": "dark", "dark": "dark", "scarier": "eerie", "scary": "eerie", "spookier": "eerie",
    "spooky": "eerie",
    "creepier": "eerie", "funnier": "playful", "funny": "playful", "playful": "playful", "dramatic": "dramatic",
    "epic": "epic",
    "exciting": "exciting", "energetic": "energetic", "inspiring": "inspiring", "hopeful": "hopeful",
    "romantic": "romantic",
    "warmer": "warm", "warm": "warm", "brighter": "bright", "lighter": "light", "tense": "tense", "tenser": "tense",
    "suspenseful": "suspenseful", "mysterious": "mysterious", "melancholic": "melancholic", "melancholy": "melancholic",
    "dreamy": "dreamy", "cosy": "warm", "cozy": "warm", "mellow": "mellow", "chill": "chill", "nostalgic": "nostalgic",
    "serious": "serious", "emotional": "emotional", "powerful": "powerful", "triumphant": "triumphant",
    "majestic": "majestic",
}  # fmt: skip
RIVAL = re.compile(
    r"\b(?:very |more |slightly )?(?:calm|gentle|soft|peaceful|soothing|happy|cheerful|upbeat|lively|sad|dark|"
    r"eerie|playful|dramatic|"
    r"epic|exciting|energetic|inspiring|hopeful|romantic|warm|bright|light|tense|suspenseful|mysterious|"
    r"melancholic|dreamy|"
    r"mellow|chill|nostalgic|serious|emotional|powerful|triumphant|majestic|joyful|uplifting|intense|urgent|"
    r"driving|fierce|"
    r"ominous|brooding|sunny|festive|quirky|curious|thoughtful|relaxed|quiet|tranquil|heroic|grand|radiant|optimistic|"
    r"playfully|slow|fast|relentless|determined|whimsical|cheeky|bouncy|tender|heartfelt|wistful|sombre|somber)"
    r"(?:,? and (?=\w)|,)?\s*",
    re.IGNORECASE,
)
OTHER = r"other|another|different|new|change|replace|swap|switch|better|don't like|hate|boring|annoying"
FILLER = frozenset(["needs", "must", "has", "had", "feel", "feels", "bring", "give", "a", "an", "and", "another",
"background", "be", "can", "change", "could", "d'like",
"different", "film", "film's", "for", "have", "i", "i'd", "in", "instead", "is", "it", "let", "lets", "like",
"make", "music", "my", "need", "new", "no", "of", "off", "on", "or", "other", "our", "play", "please", "prefer",
"put", "s", "score", "set", "should", "some", "something", "song", "songs", "soundtrack", "that", "the", "there",
"this", "to", "tune", "tunes", "melody", "under", "use", "video", "video's", "want", "we", "whole", "with", "would",
"you", "more", "little", "bit", "much", "a-bit", "slightly", "very", "really", "just", "kind", "sort", "so", "but",
"too", "replace", "swap", "switch", "better", "than", "rather", "as", "its", "it's", "was", "were", "by", "track",
"beat", "beats", "all", "only", "also", "then", "part", "parts", "piece", "around", "try", "do", "does", "give",
"us", "me", "hey", "hi", "ok", "okay", "well", "now", "i'm", "not", "don't", "like", "hate", "boring", "annoying",
"sound", "sounds", "love", "keep", "leave", "stay", "stays", "yes", "yeah", "yep", "sure", "please", "go", "ahead",
"voice", "voices", "narration", "add", "every", "each", "any", "type", "lot", "everywhere", "scenes", "scene",
"during", "at", "from", "less"])  # fmt: skip


def wish(sentence: Sentence, film: Film) -> Found:
    if not (sentence.has(MUSIC) or _is_of_instruments(sentence) or sentence.find(GENRE)) or sentence.has(
        r"(?:scene|film|video) about|(?:which|what) (?:is the )?music"
    ):
        return None
    if is_plainly_asked(sentence.plain):
        return None
    if sentence.has(r"fade|fades|fading"):
        return film.say("cannot.music_fade")
    places = where(sentence, film)
    if places is None:
        return film.say("ask.music_where")
    return _wished(sentence, places, film)


def _wished(sentence: Sentence, places: Sequence[int], film: Film) -> Found:
    if steps := _with_instruments(sentence, places, film):
        return steps
    if silent := _silent_elsewhere(sentence, places, film):
        return [step("change_music", scenes=silent, silent=True)]
    if sentence.find(rf"{ON}") and not sentence.find(
        rf"(?:don't|do not|doesn't|never|not|no longer) (?:really )?(?:{ON})"
    ):
        return _switched(True, places, film)
    if sentence.find(rf"{OFF}\b(?: [\w']+){{0,3}}? (?:{MUSIC})\b|(?:{MUSIC}) (?:\w+ )?(?:off|out|away)\b") or (
        sentence.find(rf"(?:{MUSIC})\b.* {QUIET}") and places != film.places
    ):
        return _switched(False, places, film)
    if (level := _level(sentence, film)) is not None:
        return (
            film.say("cannot.music_level_part")
            if places != film.places
            else [step("change_settings", music_level_db=level)]
        )
    return _sounding(sentence, places, film)


def _is_of_instruments(sentence: Sentence) -> bool:
    """ "Sad piano", "more drums", "no piano"; a piano that somebody sees is "a piano"."""
    how = rf"(?:{'|'.join(MOODS)}|more|less|no|without|some|only|slow|soft|quiet|loud|lively)"
    is_seen = sentence.has(r"picture|image|show|see|playing|plays|person|man|woman|girl|boy|put|on the")
    said = rf"\b{how} (?:the )?(?:{INSTRUMENTS})\b|\b(?:{INSTRUMENTS}) instead of (?:the )?(?:{INSTRUMENTS})\b"
    return bool(re.search(said, sentence.plain)) and not is_seen


def _with_instruments(sentence: Sentence, places: Sequence[int], film: Film) -> list[Step]:
    """More or less of one, none of it, or one in place of another; all else of the music stays."""
    how = re.search(
        rf"\b(no(?= more)|without|(?<!no )more|less|fewer|no)(?: more| any)?(?: of)?(?: the)? ({INSTRUMENTS})\b",
        sentence.plain,
    )
    swap = re.search(rf"\b({INSTRUMENTS}) instead of (?:the )?({INSTRUMENTS})\b", sentence.plain)
    if not (how or swap):
        return []

    def changed(prompt: str) -> str:
        if swap:
            new = re.sub(rf"\b{swap[2]}\b", swap[1], prompt, flags=re.IGNORECASE)
            return new if new != prompt else f"{prompt}, {swap[1]} instead of {swap[2]}"
        assert how is not None
        if how[1] not in ("no", "without"):
            return f"{prompt}, {how[1]} {how[2]}"
        left = re.sub(rf"\b(?:and )?{how[2]}\b,? ?", "", prompt, flags=re.IGNORECASE).strip(" ,")
        return f"{left or 'music'}, no {how[2]}"

    meant = [([place for place in group["scene_indexes"] if place in places], group["prompt"]) for group in film.groups]
    return [step("change_music", scenes=where, prompt=changed(prompt)) for where, prompt in meant if where]


def _silent_elsewhere(sentence: Sentence, places: Sequence[int], film: Film) -> list[int]:
    """The scenes that have no music where it is to begin at a scene, or to play in some only."""
    if begins := sentence.find(BEGINS):
        return [place for place in film.places if place < int(begins[1])]
    if sentence.has(ONLY) and places != film.places:
        return [place for place in film.places if place not in places]
    return []


WHEN = r"(?:start|begin|come|kick|set|play|end|stop)\w*(?: in)? (?:later|earlier|sooner|longer|before|until)|touch"
"""Of where the music plays, and not of how it sounds."""
BEGINS = r"(?:start|begin|set in|come in)\w*(?: only| first)? (?:at|in|from|with) scene (\d+)"
ONLY = r"only|except|but not|nowhere but|just (?=in|at|for)"


def where(sentence: Sentence, film: Film) -> list[int] | None:
    """The scenes meant, all where none are; None where it cannot be told."""
    said = sentence.plain
    if side := re.search(
        r"\b(after|before|until|up to|from(?= scene \d+ (?:on|to the end|forward))) scene (\d+)\b", said
    ):
        edge = int(side[2])
        inside = {"after": range(edge + 1, 99), "from": range(edge, 99), "before": range(1, edge)}
        return [place for place in film.places if place in inside.get(side[1], range(1, edge + 1))]
    if numbered := re.search(rf"\b{NUMBERED}", said):
        return _numbered(int(numbered["n"]), film)
    if piece := re.search(rf"\b{PIECE}", said):
        return _group_of(piece[1], film)
    for name, words in WHERE.items():
        if re.search(rf"(?:^|\s)(?:{words})(?:$|[\s,.!?])", said) or _frame(name, sentence):
            return _part(name, film)
    return [place for place in sentence.scenes if place in film.places] or film.places


NUMBERED = (
    rf"(?:{MUSIC}) (?:(?:group|piece|part|track|number|no\.?|nr\.?) )?#?(?P<n>\d{{1,2}})\b"
    r"(?! ?(?:%|per ?cent|db|decibel\w*|dezibel|x\b|times|seconds?|secs?|s\b|notch\w*|steps?|levels?|points?|bpm|"
    r"prozent|credits?|scenes?|[.,:]\d|and \d))"
)


def _numbered(number: int, film: Film) -> list[int] | None:
    """The scenes of that piece of music, else the scene of that number; None where there is neither."""
    if 1 <= number <= len(film.groups):
        return list(film.groups[number - 1]["scene_indexes"])
    return [number] if number in film.places else None


def _frame(name: str, sentence: Sentence) -> bool:
    """ "The outro" was read as the last scene already; for music it is the last part."""
    words = {"end": "outro|ending", "start": "intro|opening"}.get(name, "(?!)")
    return bool(re.search(rf"\b(?:{words})\b", sentence.said.lower())) and len(sentence.named) == 1


def _part(name: str, film: Film) -> list[int] | None:
    places, groups = film.places, [list(group["scene_indexes"]) for group in film.groups]
    half = max(len(places) // 2, 1)
    match name:
        case "end":
            return groups[-1] if len(groups) > 1 else places[-max(len(places) // 3, 1) :]
        case "start":
            return groups[0] if len(groups) > 1 else places[: max(len(places) // 3, 1)]
        case "first half":
            return places[:half]
        case "second half":
            return places[half:]
    if len(places) < 3:
        return None
    third = max(len(places) // 3, 1)
    return [place for group in groups[1:-1] for place in group] if len(groups) > 2 else places[third:-third]


def _group_of(word: str, film: Film) -> list[int] | None:
    number = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "last": -1}[word]
    groups = film.groups
    return list(groups[number]["scene_indexes"]) if -1 <= number < len(groups) else None


def _switched(on: bool, places: Sequence[int], film: Film) -> Found:
    """Switch music: of the whole film in its settings, of a part in its groups."""
    silent = [place for group in film.groups if group.get("silent") for place in group["scene_indexes"]]
    if list(places) == film.places and not (on and silent):
        return [step("change_settings", music=on)]
    heard = [step("change_settings", music=True)] if on and not film.settings["music"] else []
    if not on and not film.settings["music"]:
        return [step("change_settings", music=False)]
    meant = [place for place in places if place in silent] if on else list(places)
    return [*heard, step("change_music", scenes=meant or list(places), silent=not on)]


def _level(sentence: Sentence, film: Film) -> float | None:
    """Return the level in decibels: so many louder or quieter, or the level itself where a number is said ("to -6
    dB")."""
    now = float(film.settings["music_level_db"])
    said = DECIBELS.search(sentence.said)
    step_db = abs(_decibels(said)) if said else LEVEL_DB
    is_quieter = sentence.has(QUIETER) or sentence.find(QUIET_MUSIC)
    if (is_quieter and not sentence.has("softer")) or (sentence.has(r"softer") and sentence.has("volume")):
        return max(now - step_db, MIN_MUSIC_DB)
    if sentence.has(LOUDER):
        return min(now + step_db, MAX_MUSIC_DB)
    return min(max(_decibels(said), MIN_MUSIC_DB), MAX_MUSIC_DB) if said else None


def _decibels(said: re.Match[str]) -> float:
    return float(said["number"].replace(",", ".").replace("−", "-"))


_HAPPENS = (
    "starts", "start", "started", "begins", "stops", "ends", "plays", "comes", "sounds", "drowns", "covers", "jumps",
    "kicks", "gets", "doesn't", "doesnt", "isn't", "repeats", "loops", "cuts", "ruins", "distracts", "annoys",
)  # fmt: skip
"""Verbs of a remark about the music, which does not say how it should be."""


_TOO = re.compile(r"\b(?:(?:way|much|far|a bit|a little|bit|just) )*too (?P<mood>[\w-]+)(?: for [^,.;!?]+)?")
"""What is said to be too much of in the music."""


def _complained(sentence: Sentence, places: Sequence[int], film: Film) -> Found:
    """Less of what the music has too much of; a question where it is no mood, and nothing else is said of it."""
    too = _TOO.search(sentence.plain)
    if too is None:
        return None
    if too["mood"] in MOODS:
        return _in_a_mood([MOODS[too["mood"]]], places, sentence, film)
    plain = _TOO.sub(" ", sentence.plain)
    wished = _words(replace(sentence, plain=plain, whole=plain))
    says_how = re.search(r"\b(?:like|rather|instead|more of|just|give me|maybe)\b", plain)
    return None if says_how or any(word in MOODS for word in wished) else film.say("ask.music_all")


def _sounding(sentence: Sentence, places: Sequence[int], film: Film) -> Found:
    """Another mood where only a mood is said; other words where more is; a question where nothing is."""
    if found := _complained(sentence, places, film):
        return found
    words = _words(sentence)
    moods = [MOODS[word] for word in words if word in MOODS]
    described = [word for word in words if word not in MOODS]
    back = [step("change_settings", music=True)] if not film.settings["music"] else []
    if moods and not described:
        return [*back, *_in_a_mood(moods, places, sentence, film)]
    if sentence.has(WHEN) or into_english.is_left(sentence.plain, sentence.language):
        return film.say("ask.music_where")
    if any(word in _HAPPENS for word in words):
        return film.say("ask.music_all")
    if words:
        prompt = " ".join(MOODS.get(word, word) for word in words)
        return [*back, step("change_music", scenes=list(places), prompt=f"{prompt} music")]
    asks = sentence.has(OTHER) and not sentence.has("again|regenerate|redo|remake")
    if not asks:
        return None
    everywhere = list(places) == film.places
    return film.say("ask.music_all") if everywhere else film.say("ask.music", where=film.where(places))


def _in_a_mood(moods: Sequence[str], places: Sequence[int], sentence: Sentence, film: Film) -> list[Step]:
    """A step for each group that is concerned; each keeps its words."""
    less = sentence.has(rf"less (?:{'|'.join(MOODS)})|not so (?:{'|'.join(MOODS)})|too (?:{'|'.join(MOODS)})")
    steps = []
    for group in film.groups:
        meant = [place for place in group["scene_indexes"] if place in places]
        if meant:
            prompt = _less(group["prompt"], moods) if less else _in_mood(group["prompt"], moods)
            steps.append(step("change_music", scenes=meant, prompt=prompt))
    return steps


def _in_mood(prompt: str, moods: Sequence[str]) -> str:
    """The mood first, where generators look for it; words of other moods go, instruments, key and tempo stay."""
    kept = re.sub(r"[\s,]+(?=[,:;.])", "", RIVAL.sub("", prompt)).strip(" ,:;")
    mood = " and ".join(dict.fromkeys(moods))
    kept = lower(kept) if kept[1:2].islower() else kept
    return f"{mood}, {kept}" if kept else f"{mood} music"


def _less(prompt: str, moods: Sequence[str]) -> str:
    kept = re.sub(rf"\b(?:{'|'.join(moods)})\w*,? ?", "", prompt, flags=re.IGNORECASE).strip(" ,")
    return f"{kept or 'music'}, less {' and less '.join(dict.fromkeys(moods))}"


def _words(sentence: Sentence) -> list[str]:
    left: Any = sentence.without_scenes
    left = re.sub(rf"\b{NUMBERED}", " ", re.sub(rf"\b{PIECE}", " ", left))
    for words in WHERE.values():
        left = re.sub(rf"(?:^|\s)(?:{words})(?=$|[\s,.!?])", " ", left)
    left = re.sub(r"\binstead of (?:that|this|the)?.*$", " ", left)
    return [word for word in re.findall(r"[\w'-]+", left) if word not in FILLER and not word.isdigit()]
