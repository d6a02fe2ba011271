"""PURE: texts that a German sentence gives word by word (words to be spoken, a title), taken as they were written.

Such a sentence is a frame ("Szene 1 soll sagen", "kannst du den Titel ändern") and behind a colon, a question mark or
between quotation marks what is given. A frame has only words that frames have, so nothing else is wished in it.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from chat.llm.local import said_or_shown
from chat.llm.local.film import Film
from chat.llm.local.into_english import tongue
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, Understood, step, understood
from pipeline.film import scene_counts
from pipeline.film.german_subjects import new_subject
from pipeline.film.settings import MAX_DURATION_S

NUMBERS = {
    "eins": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "ersten": 1, "erste": 1, "zweiten": 2,
    "zweite": 2, "dritten": 3, "dritte": 3, "vierten": 4, "vierte": 4, "fünften": 5, "letzten": -1, "letzte": -1,
}  # fmt: skip
_NAMED = "|".join(sorted(NUMBERS, key=len, reverse=True))
SCENE = rf"(?:szene ?(?P<n>\d+|{_NAMED})|(?:de[rn]|die|das) ?(?P<nth>{_NAMED}) szene)"
QUOTED = r"[\"“„«»'‚‘](?P<quoted>[^\"“”„«»]+?)[\"“”«»'‘’]"
_SMALL = (
    r"bitte|mal|doch|noch|schnell|jetzt|nun|einfach|dann|halt|eben|und|nein|nee|ja|ok|okay|also|hallo|hey|kannst|"
    r"könntest|können|könnten|koennt\w*|koennen|würdest|du|sie|ihr|man|ich|wir|möchte|moechte|will|hätte|haette|gerne?|dass|da|so|wieder|lieber|"
    r"den|die|das|der|dem|ein|eine|einen|es|in|im|auf|zu|um|als|für|fuer|von|bei|soll|sollte|sollen|ist|wird|werden|sein|"
    r"haben|mach\w*|änder\w*|aender\w*|setz\w*|stell\w*|schreib\w*|nimm|lass\w*|neue[rnm]?|folgende[rsn]?|hier|wäre|tausch\w*|"
    r"steht|stehen|rein|hinein|fest|ersetz\w*|durch|stattdessen|folgt|wie|geändert|geaendert|anders|lauten?|lautet|hei(?:ß|ss)en|hei(?:ß|ss)t"
)
_SPEECH = (
    r"sag\w*|gesagt|text\w*|worte?n?|sprech\w*|spricht|gesprochen|sprich|sprecher\w*|stimme|erzähl\w*|vorles\w*|liest"
)
_TITLES = r"titel\w*|namen?|nenn\w*|benenn\w*|umbenenn\w*|film\w*|video\w*"
_OF_WORDS = re.compile(rf"(?:(?:{_SMALL}|{_SPEECH}|{SCENE}|szene)(?:[\s,.!?:]+|$))+", re.IGNORECASE)
_OF_TITLE = re.compile(rf"(?:(?:{_SMALL}|{_TITLES}|ihn)(?:[\s,.!?:]+|$))+", re.IGNORECASE)
_POLITE = r"^(?:(?:bitte|ja|ok|okay|hallo|hey|und|nein|nee|also)[\s,.!]+)*"
_SAYS = (
    rf"{SCENE},? (?:soll(?:te)?|muss) (?:bitte |jetzt |nun )*"
    r"(?P<text>(?!(?:bitte |jetzt )?(?:sagen|text)\b|(?:der|die) (?:sprecher|stimme|erzähler)).+?) sagen$",
    rf"{SCENE},? (?:soll(?:te)? |muss )?(?:bitte |jetzt |nun )*(?:sagen|sagt)(?: jetzt| nun| bitte|,? dass)*[:,]? "
    r"(?P<text>.+)$",
    rf"(?:den |der )?text (?:von|in|für|bei|zu|der) {SCENE} (?:soll(?:te)? )(?P<text>(?!sein\b|lauten\b).+?) "
    r"(?:lauten|sein|heißen)$",
    rf"(?:den |der )?text (?:von|in|für|bei|zu|der) {SCENE} (?:soll(?:te)? (?:sein|lauten|heißen)|lautet|auf|in|zu),? "
    r"(?P<text>.+?)(?: ändern| setzen)?$",
    rf"(?:in |bei |für )?{SCENE} (?:bitte )?den text (?:bitte )?(?:ändern )?(?:in|auf|zu),? (?P<text>.+?)(?: ändern)?$",
    rf"(?:in )?{SCENE} soll (?:der|die) (?:sprecher\w*|stimme|erzähler\w*) (?P<text>(?!sagen\b).+?) sagen$",
    rf"(?:der|die) (?:sprecher\w*|stimme|erzähler\w*) soll in {SCENE} (?P<text>(?!sagen\b).+?) sagen$",
    rf"sag(?:e|en sie)? (?:bitte |mal )*in {SCENE},? (?P<text>.+)$",
)
_BETWEEN = re.compile(
    rf"[,;.!]?\s+(?:und\s+)?(?=(?:in\s+)?{SCENE.replace('?P<n>', '?:').replace('?P<nth>', '?:')}\s)", re.I
)
_SILENT = (
    rf"{_POLITE}(?:(?:lösch\w*|entfern\w*|streich\w*|nimm|ohne|keinen?|kein) (?:bitte )?(?:den )?(?:text|sprecher) "
    rf"(?:von|in|aus|bei|für) {SCENE}(?: (?:raus|weg|löschen|entfernen|bitte))*"
    rf"|{SCENE.replace('?P<n>', '').replace('?P<nth>', '')} (?:bitte )?(?:ohne|kein(?:en)?) (?:text|sprecher|worte))$"
)
_MORE = (
    r"(?:,|\bund\b|\baber\b) (?:mach\w*|(?:die )?(?:musik|untertitel|stimme)|hochkant|quer|ohne|nimm|lösch\w*|füge?|"
    r"änder\w*|tausche?|den titel|nenn\w*)\b"
)
"""Another wish in the same breath."""
_NO_WORDS = re.compile(r"(?:gar |überhaupt )?(?:nichts|keinen text|kein wort)(?: mehr)?", re.IGNORECASE)
_OTHER_WORDS = re.compile(
    r"(?:et)?was (?:anderes|neues|lustig\w*|kürzer\w*)\b.*|mehr|weniger|es|das|(?:viel |etwas )?(?:kürzer|länger|"
    r"lustiger|anders|besser|einfacher)\b.*|zu (?:lang|kurz|viel|wenig)\b.*",
    re.IGNORECASE,
)
_IS_A_NAME = re.compile(r":|[\"“„«]|\bhei(?:ß|ss)|\blaute|\b(?:be|um)?nenn", re.IGNORECASE)
_TITLE_LOOKS = re.compile(
    r"(?:(?:in|mit|viel|etwas|ein bisschen|noch|doppelt so|größer\w*|kleiner\w*|groß\w*|klein\w*|fett\w*|dicker\w*|"
    r"rot|blau|grün|gelb|weiß|schwarz|golden|kursiv|mittig|zentriert|anderer|einer|schrift\w*|buchstaben|"
    r"farbe|größe|und) ?)+",
    re.IGNORECASE,
)
"""How a title should look: there is none to be seen."""
_TITLED = (
    r"(?:den |der |als )?(?:neuen? |neuer )?titel (?:bitte )?(?:ändern )?(?:um in|auf|in|zu|zum) (?P<text>.+?)"
    r"(?: (?:ändern|setzen|umbenennen|um))?$",
    r"(?:der |als |neuer )?(?:neue )?titel (?:soll(?:te)?|wäre|ist|lautet) (?:bitte |jetzt |dann )*"
    r"(?!sein\b|lauten\b|heißen\b)(?P<text>.+?)(?: (?:sein|lauten|heißen|werden))?$",
    r"(?:der |als |neuer )?(?:neue )?titel soll(?:te)? (?:bitte |jetzt )*(?:sein|lauten|heißen) (?P<text>.+)$",
    r"(?:der film|das video|er|es) (?:soll(?:te)?|muss) (?:bitte |jetzt |lieber |doch )*(?P<text>.+?) hei(?:ß|ss)en$",
    r"(?:der film|das video) hei(?:ß|ss)t (?:jetzt |nun |ab jetzt )*(?P<text>.+)$",
    r"(?:be)?nenne? (?:bitte )?(?:ihn|es|den film|das video)(?: bitte| jetzt| um in| um| in| lieber| doch|"
    r"(?-i: mal| einfach| halt| eben))* (?P<text>.+)$",
)
_NO_TITLE = re.compile(
    r"(?:bitte|anders|besser|kürzer|länger|schöner|lustiger|neu|weg|raus|zu (?:lang|kurz)|blöd|doof|langweilig|gut|"
    r"schlecht|egal|(?:et)?was (?:anderes|besseres|kürzeres)|ein(?:en)? (?:andere[nr]|neue[nr]|bessere[nr]))\b.*",
    re.IGNORECASE,
)
_ANOTHER_TITLE = r"\b(?:änder\w*|geändert|neue[rn]|andere[rn]|umbenenn\w*|tausch\w*|ersetz\w*)\b"
_TRAILING = re.compile(r"(?:[\s,]+(?:bitte|danke|ok|stattdessen|lieber))+$", re.IGNORECASE)
_ASKING = re.compile(rf"{_POLITE}(?:kannst|könntest|können|könnten|koennt\w*|koennen|würdest|würden)\b", re.IGNORECASE)
_MARKS = ' \t"“”„«»'


_NO_SUBJECT = re.compile(
    r"(?:(?:hallo|hi|hey|moin|guten tag|bitte|danke|kannst|könntest|können|du|sie|ich|wir|will|wollen|möcht\w*|"
    r"brauche?|hätte?|gerne?|mach\w*|erstell\w*|dreh\w*|mir|uns|mal|doch|einfach|jetzt|für|mich|ein\w{0,2}|nen|neue\w?|kurze\w?|"
    r"schöne\w?|film\w*|video\w*|clip\w*|haben|hochkant|quer|quadratisch|hochformat|querformat|im|in|mit|auf|"
    r"deutsch|lang|\d+|zwei|drei|vier|fünf|sechs|zehn|sekunden?|sek|s|minuten?|szenen?|keine ahnung|weiß nicht|"
    r"irgendwas|irgendetwas)"
    r"(?:[\s,.!?]+|$))+",
    re.IGNORECASE,
)


def is_thin(sentence: Sentence) -> bool:
    """There is no subject in it that a film could be about."""
    return sentence.language == "de" and bool(_NO_SUBJECT.fullmatch(sentence.said))


def given(sentence: Sentence, film: Film) -> Found:
    """Words to be spoken, or a title; a film about something else."""
    if sentence.language != "de" or sentence.plain != sentence.whole:
        return None
    rules = (_standing, _words, _title, _subject, _scenes, _price)
    return next((found for rule in rules if (found := understood(rule(sentence, film)))), None)


_STANDS = re.compile(
    rf"{_POLITE}(?:in |bei )?{SCENE},? (?:soll(?:te)?|muss|könnte) (?:bitte |noch |auch |da |dann )*"
    r"(?:stehe?n|zu lesen sein|drinstehe?n)[ :]+(?P<text>.+)$",
    re.IGNORECASE,
)
"""What is to stand in a scene may be said or read: that is asked."""


def _standing(sentence: Sentence, film: Film) -> Found:
    found = _STANDS.match(sentence.said)
    place = _place(found[0][: found.start("text") - found.start()], film) if found else None
    if found is None or place is None or place not in film.places:
        return None
    return said_or_shown.question(film, place, found["text"].strip(_MARKS).rstrip(" ."))


def _words(sentence: Sentence, film: Film) -> Found:
    """Read the words of one scene or of several: "Szene 1 sagt: Hallo, und Szene 2 sagt: Tschüss"."""
    parts = _BETWEEN.split(sentence.said)
    each = [understood(_words_in(part, film)) for part in parts]
    if len(parts) > 1 and all(each):
        return Understood(tuple(call for one in each for call in one.calls), each[0].words)
    return _words_in(sentence.said, film)


def _words_in(said: str, film: Film) -> Found:
    if silent := re.match(_SILENT, re.sub(r"[\s.!]+$", "", said), re.IGNORECASE):
        place = _place(silent[0], film)
        return [step("edit_scene", scene=place, script="")] if place in film.places else None
    found = _framed(said, _OF_WORDS, _SPEECH) or _matched(said, _SAYS)
    if found is None:
        return None
    frame, text = found
    place = _place(frame, film)
    if re.search(rf"\b{SCENE}|{_MORE}", text, re.IGNORECASE):
        return None
    if place is None or _OTHER_WORDS.fullmatch(text.strip(" .!?")):
        return None
    if not 1 <= place <= len(film.places):
        return film.say(
            "talk.stranger" if len(film.places) > 1 else "talk.stranger_one", count=len(film.places), n=place
        )
    words = "" if _NO_WORDS.fullmatch(text.strip(" .!")) else text
    return [step("edit_scene", scene=place, script=words)]


def _title(sentence: Sentence, film: Film) -> Found:
    if re.search(SCENE, sentence.said, re.IGNORECASE):
        return None
    framed = _framed(sentence.said, _OF_TITLE, r"titel\w*|nenn\w*|benenn\w*|heißen|heißt|umbenenn\w*", ends=":?")
    found = framed or _matched(sentence.said, _TITLED)
    if found is None:
        is_wish = re.search(_ANOTHER_TITLE, sentence.said, re.IGNORECASE)
        return film.say("ask.title") if is_wish and _is_frame(sentence.said, _OF_TITLE, r"titel\w*") else None
    text = _TRAILING.sub("", found[1]).strip(" .,;:")
    if _ASKING.match(sentence.said) and not framed:
        text = text.rstrip("?! ")
    text = text if text.count("!") else text.rstrip("!")
    if _TITLE_LOOKS.fullmatch(text) and not _IS_A_NAME.search(sentence.said):
        return film.say("cannot.title_looks")
    if not text or _NO_TITLE.fullmatch(text):
        return film.say("ask.title")
    return [step("rename_film", title=text[:1].upper() + text[1:])]


FRAME = re.compile(
    rf"(?:(?:auf|in|bei) (?:dem |das )?(?:bild |clip )?(?:(?:von|in|zu|bei) )?|das bild (?:von|in|zu|bei) )?{SCENE}"
    r"(?: (?:soll(?:te)?|muss|kann|bitte|jetzt|man|noch|auch|sieht|zeigt|ist|zeigen))*[\s,:]*",
    re.IGNORECASE,
)
LEADING = re.compile(
    r"^(?:(?:mach\w*|zeig\w*|füge?|setz\w*|pack\w*|tu|bitte|noch|auch|mal|da|dort|ich|will|möchte|soll|man|und|dass|"
    r"hätte|gerne?|lieber)[\s,]+)+",
    re.IGNORECASE,
)
TRAILING = re.compile(
    r"[\s,]+(?:zu sehen(?: sein)?|sein|spielen|stattfinden|vorkommen|haben|hinzu|dazu|rein|hinein|machen|sehen|zeigen|"
    r"gezeigt werden|bitte)[.!?\s]*$",
    re.IGNORECASE,
)
MOST_UNKNOWN = 4
"""One word in so many may be left of a wish in German, and it is still said in English."""


def picture(phrase: str, sentence: Sentence) -> str:
    """Return what is to be seen, as it was written where the English of it would be half German."""
    clause = sentence.said if sentence.plain == sentence.whole else sentence.in_their_words(sentence.plain)
    said = clause.split()
    written = [word.lower().strip(' ,.;:!?"“”„') for word in said]
    words = phrase.split()
    left = [word for word in words if word in written and word not in tongue(sentence.language).shared]
    if len(left) * MOST_UNKNOWN < len(words):
        return phrase
    blocks = [
        block for block in SequenceMatcher(None, written, words, autojunk=False).get_matching_blocks() if block.size
    ]
    if not blocks:
        return phrase
    first, last = blocks[0], blocks[-1]
    start = max(first.a - first.b, 0)
    start = next((at for at in range(start, first.a) if not re.search(r"\d|szene", written[at])), first.a)
    end = len(said) if len(words) > last.b + last.size else last.a + last.size
    text = FRAME.sub("", " ".join(said[start:end])).strip()
    return TRAILING.sub("", LEADING.sub("", text)).strip(" ,.!?") or phrase


_SOMEWHERE = re.compile(
    r"\b((?:in|auf|unter|vor|neben|hinter|an|bei|with) (?:ein(?:em|er|en|e)?|the) (?!scene)([a-zäöüß-]{3,}))"
)


def places(sentence: Sentence) -> list[str]:
    """Return where it is to be, or with what, beside an hour or a tone: "in einem Garten und nachts"."""
    found = _SOMEWHERE.search(sentence.without_scenes)
    return [found[1]] if found and re.search(rf"\b{found[2]}\b", sentence.said, re.IGNORECASE) else []


def _subject(sentence: Sentence, film: Film) -> Found:
    if re.search(SCENE, sentence.said, re.IGNORECASE) or not new_subject(sentence.said):
        return None
    return [step("write_script", instructions=sentence.said)]


_SO_MANY_SCENES = re.compile(
    r"(?:(?:bitte|ich|will|möchte|hätte|gerne?|lieber|mach\w*|teil\w*|es|das|ihn|den|film|in|mit|soll|haben|nur|doch|"
    r"daraus|draus|auf|der|skript|\d+|eine|einer|zwei|drei|vier|fünf|sechs|sieben|acht|zehn|szenen?)[\s,.!]*)+",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"(?:ja|ok|okay|gut|passt)[\s,.!]+(?:mach\w*|es|das|dann|bitte|für|die|den film|passt|ja|gut|so|[\s,])*\s*(\d+) "
    r"credits(?: sind| ist| gehen| geht| ok| okay| klar| in ordnung| gut|,? ja| bitte| gerne?| passt)*[\s.!]*",
    re.IGNORECASE,
)


def _scenes(sentence: Sentence, film: Film) -> Found:
    """Read a wish for so many scenes: the script is written again, as long as so many are."""
    wanted = scene_counts.scenes_in(sentence.said)
    if not wanted or sentence.named or not _SO_MANY_SCENES.fullmatch(sentence.said):
        return None
    if wanted == len(film.scenes):
        return film.say("talk.state_scenes" if wanted > 1 else "talk.state_scene", n=wanted, seconds=film.seconds)
    if scene_counts.possible(wanted, film.seconds) == wanted:
        return [step("write_script", instructions=sentence.said)]
    seconds = wanted * (
        scene_counts.LONGEST_S if film.seconds > wanted * scene_counts.LONGEST_S else scene_counts.SHORTEST_S
    )
    return [step("write_script", instructions=sentence.said, duration=min(seconds, MAX_DURATION_S))]


def _price(sentence: Sentence, film: Film) -> Found:
    """A yes that says the price is one to that price alone."""
    found = _PRICE.fullmatch(sentence.said)
    if found is None:
        return None
    if film.offer and film.offer["credits"] == int(found[1]):
        return [step("start_film", quote_id=film.offer["quote_id"])]
    return [step("quote_film")]


def _framed(said: str, frame: re.Pattern[str], about: str, *, ends: str = ":") -> tuple[str, str] | None:
    """A frame, and what stands behind its colon or between its quotation marks."""
    quoted = re.search(QUOTED, said)
    if quoted and _is_frame(f"{said[: quoted.start()]} {said[quoted.end() :]}", frame, about):
        return f"{said[: quoted.start()]} {said[quoted.end() :]}", quoted["quoted"].strip()
    for colon in re.finditer(rf"[{ends}]+\s*", said):
        before, behind = said[: colon.start()], said[colon.end() :].strip()
        if behind and not quoted and _is_frame(before, frame, about):
            return before, behind
    return None


def _is_frame(text: str, frame: re.Pattern[str], about: str) -> bool:
    words = re.sub(r"[^\w\s]+", " ", text).strip()
    return bool(frame.fullmatch(f"{words} ") and re.search(rf"\b(?:{about})\b", words, re.IGNORECASE))


def _matched(said: str, patterns: tuple[str, ...]) -> tuple[str, str] | None:
    bare = re.sub(r"[\s.!]+$", "", said)
    for pattern in patterns:
        found = re.search(rf"(?:^|(?<=\s)){pattern}", bare.rstrip("?"), re.IGNORECASE)
        if found and _OF_ANY.fullmatch(f"{bare[: found.start()]} ".lstrip() or " "):
            end = said[len(bare.rstrip("?")) :].strip()
            is_whole = found.end("text") == len(bare.rstrip("?"))
            return found[0], (found["text"] + (end if is_whole else "")).strip(_MARKS)
    return None


_OF_ANY = re.compile(rf"(?:(?:{_SMALL})(?:[\s,.!?:]+|$))*\s*", re.IGNORECASE)


def _place(frame: str, film: Film) -> int | None:
    """The scene that is named; the only one where there is one."""
    named = {found["n"] or found["nth"] for found in re.finditer(SCENE, frame, re.IGNORECASE)}
    if len(named) > 1:
        return None
    if not named:
        return film.places[0] if len(film.places) == 1 else None
    word = named.pop().lower()
    place = int(word) if word.isdigit() else NUMBERS[word]
    return len(film.places) if place < 0 else place
