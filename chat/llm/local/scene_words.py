"""PURE: a scene's title and words. They are taken as they were written, and nothing else is looked for in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from chat.llm.local import dialogue, dictation, said_or_shown
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, step

TITLE = (
    r"(?:rename|call|name) scene \d+(?: to| as)?:? (.+)|title of scene \d+ (?:to|should be|is|be) (.+)"
    r"|scene \d+'s title (?:should be|to|is) (.+)"
    r"|scene \d+ (?:should|must|could|is to|has to)(?: be)? (?:called|named|titled) (.+)"
)
WORDS = r"narration|narrator|text|says?|voice|words|line|voice-over"
_SPEAKER = r"(?:the )?(?:narrator|voice|voice-over|speaker|narration)"
SAYS = (
    rf"scene \d+,? (?:should |must |to |has to )?says?:? (?!(?:so )?(?:less|more|too)\b)(.+)"
    r"|scene \d+(?:'s)? (?:narration|text|words|line) (?:should be|to be|to|is):? (.+)"
    r"|(?:narration|text|words|line) (?:of|in|for) scene \d+ (?:to|should be|is):? (.+)"
    rf"|(?:in )?scene \d+,?:? (?:let |have |make )?{_SPEAKER} (?:should |must |to )?says?:? (.+)"
    rf"|{_SPEAKER} (?:should |must |to )?says?:? (.+?) (?:in|at the (?:start|beginning|end) of) scene \d+$"
    r"|^(?:please )?(?:say|put the words) (.+?) (?:in|into) scene \d+$"
    r"|^(?:please )?say in scene \d+,? (?!(?:that|what|how|why|if)\b)(.+)$"
)
_WHOLE = r"(?:the (?:film|video|movie|whole thing|story|narration|narrator|voice-over|voice)|it)"
_EDGE = r"(?P<edge>starts?|begins?|opens?|ends?|finish(?:es)?|closes?)"
_AT_THE_END = re.compile(
    r"^(?:please |can (?:it|you) |make (?:it|her|him) |it should |it must |have it |"
    r"i(?:'d| would)? (?:want|need|like) (?:it|her|him|them|the (?:voice|narrator)) to )*(?:say|says|saying) "
    r"(?P<text>.+?) at the (?:very )?(?P<edge>end|start|beginning)$|"
    r"^at the (?:very )?(?P<edge2>end|start|beginning),? (?:please )?(?:it|she|he|the (?:voice|narrator|film)) "
    r"(?:should |must |has to |could )?says? (?P<text2>.+)$"
)
_WITH = r"(?:with|by saying|saying)(?: the (?:words?|sentence|line|text))?:?"
EDGE = (
    rf"scene \d+(?:'s (?:narration|text|words))? (?:should |must |has to |to |could )?{_EDGE} {_WITH} ?(?P<text>.+)",
    rf"scene \d+(?:'s (?:narration|text|words))? (?:should |must |has to |to |could )?{_WITH} ?(?P<text>.+?) ?{_EDGE}$",
)
EDGE_OF_ALL = (
    rf"(?:{_WHOLE} (?:should |must |has to |to |could )?|^(?:please )?(?:let it |make it )?){_EDGE} (?:{_WHOLE} )?"
    rf"{_WITH} ?(?P<text>.+)"
)
SEEN = (
    r"(?:(?:an?|the|some|more|no|another|\d+|his|her|their|its|my|our) |music|silence|rain|snow|fog|sunset|sunrise|"
    r"night|people|text|captions|credits|logo|fade|zoom|close-up|wide|aerial|drone|slow|black\b|white\b|scene|"
    r"[\w-]+ing\b)"
)
SPOKEN = (
    r"\b(?:i|you|we|my|your|our|us|me|hello|hi|hey|goodbye|good (?:morning|evening|night|day|afternoon)|bye|welcome|"
    r"thank|thanks|once upon|see you|let's|don't|who|what|why|when|where|how|this is|that's|it's|here|never|always|"
    r"remember|imagine|dear|ladies|come|the end|ich|du|wir|ihr|sie|mein\w*|dein\w*|unser\w*|hallo|auf wiedersehen|"
    r"guten|willkommen|danke|tschüss|es war einmal|bis bald|ende)\b|[!?]"
)


GERMAN_VERB = re.compile(r",? (?:an|anfangen|beginnen|starten|auf|enden|aufhören|schließen)$")
"""Stands at the end there."""


_VOICE = r"(?:voice-overs?|voices?|narration|narrator|speech|speaking|talking|speaker|commentary|spoken words|words)"
SILENT = (
    rf"(?:no|without|remove|mute|drop|cut|skip|kill|delete|take out|leave out|turn off|switch off|don't want|silence|"
    rf"get rid of|lose|stop|not have)(?: the| any| a| all| more)* {_VOICE}\b(?! (?:of|from) (?!scene))"
    rf"|{_VOICE} (?:off|out|away)\b"
    r"|(?:nobody|no one|noone|no-one|nothing) (?:should |must |may |has to |needs to )?(?:talks?|speaks?|say|"
    r"says|be said|"
    r"is said|talking|speaking)\b"
)
NOT_SILENT = (
    r"(?:don't|do not|never|not) (?:remove|mute|drop|cut|skip|kill|delete|take|leave|turn|switch|silence|lose|stop)"
)


def silenced(sentence: Sentence, film: Film) -> Found:
    """Some scenes without a voice: they say nothing. Of the whole film it is a setting."""
    if not sentence.named or sentence.strangers or not sentence.find(SILENT) or sentence.find(NOT_SILENT):
        return None
    return [step("edit_scene", scene=place, **_nothing_said(film.scene(place))) for place in sentence.named]


def _nothing_said(scene: Mapping[str, Any]) -> dict[str, Any]:
    return {"script": "", "lines": []} if scene.get("lines") else {"script": ""}


DICTATED = re.compile(
    r"(?P<head>[^“]*)“(?P<text>[^”]+)”(?:[ .,!?]*(?:please|now|instead|(?:in |of |for )?scene \d+))*[ .,!?]*"
)
LISTED = re.compile(
    r"(?:please |and |then |can you |could you )*(?:(?:in )?scenes? [^‹“]*|[a-z ]+)‹(?P<text>[^›]+)›"
    r"(?: (?:in|to|into) scenes? \d[\d, and]*)?(?:,? (?:please|too|also|as well))*"
)
_ASKS = r"(?:why|what|when|where|how|who|does|did|do|is|was|has)\b"
_IN_WORDS = r"say|says|saying|said|narration|narrator|speaks?|text|words?|lines?|voice-over"
_IN_PICTURE = r"\b(?:pictures?|images?|still)\b|\bshows?: ?$"
WRITTEN = (
    r"\b(?:(?:show|display|write|overlay|insert|add|put)\b.{0,16}\b(?:text|words)|signs?|screen|caption\w*|logo|"
    r"letters|bildschirm|einblend\w*|schriftzug|pantalla|écran|schermo|tela|ecrã)\b"
)
"""To be read in the picture."""


def dictated(sentence: Sentence, film: Film) -> Found:
    """The words, the title or the picture of one scene, as they stand behind a colon or in quotation marks; or what
    people say in it."""
    if lines := dialogue.wish(sentence, film):
        return lines
    if not dictation.is_sealed(sentence.plain):
        return None
    if listed := LISTED.fullmatch(sentence.plain):
        return _also_seen(sentence, dictation.opened(listed["text"]), film)
    found = DICTATED.fullmatch(sentence.plain)
    if found is None or len(sentence.named) != 1 or sentence.strangers:
        return None
    if re.search(WRITTEN, found["head"]) or re.match(_ASKS, found["head"]):
        return None
    place, text, head = sentence.named[0], dictation.opened(found["text"]), found["head"]
    changes = _dictated(sentence, film.scene(place), head, text)
    return [step("edit_scene", scene=place, **changes)] if changes else None


def _also_seen(sentence: Sentence, things: str, film: Film) -> Found:
    if not sentence.named or sentence.strangers:
        return None
    pictures = {place: film.scene(place)["image_prompt"].rstrip(" .,") for place in sentence.named}
    return [step("edit_scene", scene=place, image_prompt=f"{old}, with {things}") for place, old in pictures.items()]


def _dictated(sentence: Sentence, scene: Mapping[str, Any], head: str, text: str) -> dict[str, Any]:
    if re.search(_IN_PICTURE, head):
        return {"image_prompt": text.rstrip(" .")}
    if re.search(r"\b(?:title|titled|rename|call|name|called|named)\b", head):
        return {"title": text.strip(" .\"'")}
    if not re.search(rf"\b(?:{_IN_WORDS})\b", head):
        return {}
    if re.match(r"(?:please |also )*(?:add|append)\b", head):
        return {"script": with_edge(scene["script"], text, "ends")}
    return of_scene(sentence, scene)


def of_scene(sentence: Sentence, scene: Mapping[str, Any]) -> dict[str, Any]:
    """Its title or its narration, where the sentence gives them."""
    if found := sentence.find(TITLE):
        given = sentence.quoted or sentence.as_said(next(group for group in found.groups() if group))
        return {"title": given.strip(" .\"'")}
    edge = _at_its_edge(sentence, EDGE)
    if edge and (sentence.quoted or (_is_spoken(edge["text"], sentence) and _names_nobody(edge["text"], scene))):
        return {"script": with_edge(scene["script"], _as_written(edge["text"], sentence), edge["edge"])}
    if re.search(WRITTEN, re.split(r"\b(?:says?|reads?)\b", sentence.plain)[0]):
        return {}
    if sentence.quoted and sentence.has(WORDS):
        return {"script": sentence.quoted}
    if found := sentence.find(SAYS):
        given = next(group for group in found.groups() if group)
        if sentence.language != "en" and not sentence.quoted and given not in sentence.said.lower():
            return {}
        if re.fullmatch(r"(?:nothing|no words|not a word|silence)", given.strip(" .!")):
            return {"script": ""}
        return {"script": sentence.quoted or _with_its_end(given, sentence)}
    return {}


def _with_its_end(given: str, sentence: Sentence) -> str:
    """Return the text as it was written, with the mark that ends its sentence."""
    given = re.sub(r"^instead[,:]? (?=\w)", "", given)
    at = sentence.said.lower().find(given)
    if at < 0 or not sentence.plain.endswith(given):
        return _as_written(given, sentence)
    end = at + len(given)
    mark = re.match(r"[.!?…]*", sentence.said[end:])
    return sentence.said[at : end + (mark.end() if mark else 0)].strip(' "')


def at_the_edge(sentence: Sentence, film: Film) -> Found:
    """Set what the film begins or ends with; for a scene, ask whether it is said or seen where it may be either."""
    if sentence.named:
        edge = _at_its_edge(sentence, EDGE)
        is_clear = edge and (sentence.quoted or _is_spoken(edge["text"], sentence) or re.match(SEEN, edge["text"]))
        if not edge or is_clear or not _names_nobody(edge["text"], film.scene(sentence.named[0])):
            return None
        return said_or_shown.question(film, sentence.named[0], sentence.as_said(edge["text"].strip(" .")))
    if said := _AT_THE_END.match(sentence.plain):
        return _at_an_end(sentence, film, said["text"] or said["text2"], said["edge"] or said["edge2"])
    edge = _at_its_edge(sentence, (EDGE_OF_ALL,))
    if not edge or not (sentence.quoted or _is_spoken(edge["text"], sentence)):
        return None
    place = film.places[0] if _is_start(edge["edge"]) else film.places[-1]
    words = with_edge(film.scene(place)["script"], _as_written(edge["text"], sentence), edge["edge"])
    return [step("edit_scene", scene=place, script=words)]


def _at_an_end(sentence: Sentence, film: Film, text: str, edge: str) -> Found:
    place = film.places[-1] if edge == "end" else film.places[0]
    words = with_edge(film.scene(place)["script"], _as_written(text, sentence), "ends" if edge == "end" else "begins")
    return [step("edit_scene", scene=place, script=words)]


def also_said(sentence: Sentence, film: Film) -> Found:
    """Add what is to be said at the end, or at the beginning, to what is said there: nothing is said in its place."""
    found = _ALSO_SAID.match(sentence.said)
    if found is None or sentence.named or not film.places:
        return None
    place = film.places[0] if found["start"] else film.places[-1]
    edge = "begins" if found["start"] else "ends"
    text = dictation.opened(found["text"]).strip(' "“”„«»')
    return [step("edit_scene", scene=place, script=with_edge(film.scene(place)["script"], text, edge))]


_ALSO_SAID = re.compile(
    r"^(?:(?:and|also|please|und|auch|bitte|y|et|e)\W+)*(?:say|let (?:her|him|it|the (?:voice|narrator)) say|sage?|"
    r"sagt|"
    r"lass (?:sie|ihn|es) sagen|di|dis|di'|diga)\b(?: also| auch| noch| bitte)* (?:(?:at|in) the (?:very )?(?:end|"
    r"(?P<start>beginning|"
    r"start))|am (?:ende|schluss)|zum schluss|al final|à la fin|alla fine|no final)(?: also| noch| auch| bitte)*[:,]? "
    r"(?P<text>\S.*)$",
    re.IGNORECASE,
)


def _at_its_edge(sentence: Sentence, patterns: tuple[str, ...]) -> dict[str, str] | None:
    found = next((match for pattern in patterns if (match := sentence.find(pattern))), None)
    return found.groupdict() if found else None


def _is_spoken(text: str, sentence: Sentence) -> bool:
    """It is spoken to somebody, or written with a capital, as sentences are."""
    if re.match(SEEN, text):
        return False
    written = sentence.as_said(text.strip(" .!?"))
    return bool(re.search(SPOKEN, text)) or (written[:1].isupper() and len(written.split()) > 1)


def _names_nobody(text: str, scene: Mapping[str, Any]) -> bool:
    """Tell whether it names nobody: who plays in the scene is rather seen."""
    return not any(text.startswith(name.lower()) for name in scene["characters"])


def _is_start(edge: str) -> bool:
    return edge.startswith(("start", "begin", "open"))


def _as_written(text: str, sentence: Sentence) -> str:
    if sentence.quoted:
        return sentence.quoted
    bare = GERMAN_VERB.sub("", text.strip(' ."“”„'))
    written = sentence.as_said(bare)
    return written.strip(' "“”„')


def with_edge(narration: str, text: str, edge: str) -> str:
    """Put it before or behind what is said already, as a sentence."""
    said = text[:1].upper() + text[1:]
    said = said if said[-1:] in ".!?…。！？।" else f"{said}{_stop_of(said)}"
    if said.lower() in narration.lower():
        return narration
    return " ".join(filter(None, [said, narration] if _is_start(edge) else [narration, said]))


def _stop_of(said: str) -> str:
    if re.search(r"[\u3400-\u9fff]", said):
        return "。"
    return "।" if re.search(r"[\u0900-\u097f]", said) else "."


def other_words(sentence: Sentence, film: Film) -> Found:
    """Other words for a scene, but which."""
    asks = (
        r"(?:change|rewrite|edit|different|new|other|another|shorter|longer|better|fix)\b.*\b(?:narration|text|"
        r"words)\b|make the (?:narration|text|words)\b.* (?:shorter|longer|better)"
        r"|(?:less|fewer|too much|too many|more|not so much) (?:talk\w*|text|words|speech|speaking|narration)\b"
    )
    if len(sentence.named) == 1 and sentence.find(asks) and not sentence.quoted:
        return film.say("ask.words", n=sentence.named[0])
    is_anew = sentence.find(r"(?:rewrite|redo the words of) scene \d+$")
    return film.say("ask.different", n=sentence.named[0]) if is_anew else None
