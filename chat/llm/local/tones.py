"""PURE: a scene in another tone: funnier, sadder, less boring. Its picture changes, its words stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from chat.llm.local.film import Film
from chat.llm.local.film_settings import rewriting
from chat.llm.local.looks import Asked
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, Step, Understood, step, understood

TONES: dict[str, tuple[str, str]] = {
    r"funnier|funny|more fun(?:ny)?|more humou?r(?:ous)?|wittier|hilarious|comical|a (?:bit of )?joke|sillier|"
    r"goofier": ("funny and playful", ""),
    r"scarier|scary|creepier|creepy|spookier|spooky": ("spooky, with long shadows", ""),
    r"more (?:dramatic|suspenseful|thrilling|tense)|tenser": ("more dramatic", ""),
    r"happier|more (?:cheerful|joyful|happy)|merrier": ("cheerful", ""),
    r"more romantic|romantic": ("romantic, in soft light", ""),
    r"more (?:inspiring|uplifting|hopeful)": ("uplifting", ""),
    r"sadder|more (?:sad|emotional|melancholic)": ("melancholic", ""),
    r"(?:less boring|less dull|more (?:interesting|exciting|lively|engaging|action)|livelier|not so boring|"
    r"more going on|spice (?:it |\w+ \d+ )?up|jazz (?:it |\w+ \d+ )?up)": (
        "lively, with rich colours and much going on", "with lively movement"),
}  # fmt: skip
"""Words → what the picture becomes, what the motion becomes."""


OF_WORDS = (
    r"(?:in)?formal|casual|polite|poetic|sarcastic|ironic|wordy|concise|catch(?:y|ier)|snapp(?:y|ier)|punch(?:y|ier)|"
    r"witt(?:y|ier)|colloquial|businesslike|matter-of-fact|stiff|cheesy|corny|flowery"
)
"""Tones that only words can have."""
OF_BOTH = (
    r"serious|professional|friendl(?:y|ier)|simpl(?:e|er)|personal|emotional|enthusiastic|childish|dry|boring|dull"
)
WORDED = (
    r"(?:text|narration|narrator|words?|wording|phrasing|says?|said|sounds?|sentences?|lines?|voice-over|"
    r"(?:re)?phrased?|(?:re)?word(?:ed)?|formulat\w+|formulier\w*|rewrite|reword)"
)
OTHERS_SOUND = r"music|voice(?!-over)|captions?|pictures?|images?|speak\w*|narrator's voice"


def reworded(sentence: Sentence, film: Film) -> Found:
    """The words of scenes in another tone: rules cannot write them, and the picture is not what was meant."""
    if not sentence.named or sentence.strangers or sentence.quoted or sentence.has(OTHERS_SOUND):
        return None
    is_of_words = sentence.find(rf"(?:{OF_WORDS})") and not sentence.has("title")
    is_both = sentence.has(WORDED) and sentence.find(rf"(?:{'|'.join([*TONES, OF_BOTH])})\b")
    if not (is_of_words or is_both) or "“" in sentence.plain:
        return None
    place = next((one for one in sentence.named if film.scene(one)["script"]), sentence.named[0])
    return film.say("cannot.reword", scenes=film.where(sentence.named), n=place)


def wish(sentence: Sentence, film: Film) -> Found:
    if not sentence.named or sentence.has(r"music|voice|captions?"):
        return None
    found = next((tone for words, tone in TONES.items() if sentence.has(words)), None)
    if found is None or sentence.strangers:
        return None
    picture, motion = found
    own = [place for place in sentence.named if film.has_own_words(place)]
    spoken = [place for place in sentence.named if film.scene(place)["script"] and place not in own]
    is_of_words = not sentence.has("picture|image|look|looks")
    notes = [film.say("did.own_words", scenes=film.where(own), first=own[0])] if own else []
    notes += [film.say("did.words_stay", scenes=film.where(spoken), first=spoken[0])] if spoken else []
    return Understood(tuple(_toned(sentence, film, picture, motion)), " ".join(notes) if is_of_words else "")


def _toned(sentence: Sentence, film: Film, picture: str, motion: str) -> Iterator[Step]:
    """Yield the other wishes for the scenes first ("brighter and happier")."""
    beside = replace(sentence, plain=re.sub(rf"\b(?:{'|'.join(TONES)})\b", " ", sentence.plain))
    also = Asked(beside, freely=False)
    for place in sentence.named:
        scene = film.scene(place)
        changes = {name: value for name, value in also.of(scene).items() if name not in ("script", "title")}
        seen, moved = (changes.get(name, scene[name]).rstrip(" .,") for name in ("image_prompt", "video_prompt"))
        changes["image_prompt"] = f"{seen}, {picture}"
        if motion:
            changes["video_prompt"] = f"{moved}, {motion}"
        yield step("edit_scene", scene=place, **changes)


KEPT_WORDS = (
    r"(?:don't|do not|without) (?:chang\w+|touch\w*|rewrit\w+|alter\w*) (?:the |my |any )?(?:words|text|narration|"
    r"script|"
    r"sentences|lines)|(?:keep|leave) (?:the |my |all )?(?:words|text|narration|script|sentences|"
    r"lines)(?: (?:as they are|"
    r"as it is|the same|alone|unchanged))?|(?:the|my) (?:words|text|narration) (?:stays?|should stay)(?: the same)?"
)


def only_seen(sentence: Sentence, film: Film) -> Found:
    """A tone for the whole film whose words are to stay: it is one of its pictures."""
    if sentence.named or not sentence.has(KEPT_WORDS):
        return None
    joint = r"[,;]? ?(?:and |but )*"
    rest = re.sub(rf"{joint}\b(?:{KEPT_WORDS})\b{joint}", " ", sentence.plain).strip(" ,.;")
    places = ", ".join(map(str, film.places))
    toned = understood(wish(replace(sentence, plain=f"{rest} in scenes {places}"), film)) if rest else Understood()
    asks = toned or rewriting(replace(sentence, plain=rest, whole=rest), film)
    return list(toned.calls) or (f"{film.say('ask.pictures_only')} {film.say('ask.scene')}" if asks else None)
