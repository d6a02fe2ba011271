"""PURE: parts of a prompt that only order the film ("I'd like a video for Instagram"): nothing of its subject."""

from __future__ import annotations

import re

from pipeline.film.prompt_settings import settings_in
from pipeline.film.sentence_ends import sentences
from pipeline.film.tone_words import MOODS, is_tone

MOST_OF_A_SETTING = 5
"""Words."""

_FILM = (
    r"(?:videos?|vids?|vidoe|viedo|vidio|vedio|vidéos?|vídeos?|films?|filme|flim|filmpje|filmchen|filmato|movies?|clips?|shorts?|reels?|ads?|spots?|"
    r"trailers?|teasers?|animations?|kurzfilm|werbespot|werbevideo|película|anuncio)"
)
_PLACE = (
    r"(?:instagram|insta|ig|tik ?tok|youtube|yt|facebook|fb|linkedin|whatsapp|snapchat|social media|status|feed|"
    r"stor(?:y|ies|ys)|posts?|websites?|webseite|homepage|channel|kanal|profil[e]?|page|seite)"
)
_WORDS = (
    # English
    r"please|pls|plz|thanks?|can|could|would|will|you|u|we|i|i[’']?d|i[’']?m|like|love|want|need|have|looking|make|"
    r"create|do|turn|build|generate|give|get|help|me|us|it|that|this|these|out|of|from|into|as|for|on|to|an?|the|my|about|him|her|them|maybe|like|roughly|around|"
    r"our|new|some|short|quick|nice|little|small|cool|simple|good|great|vertical|square|tall|wide|so|and|also|asap|"
    # German
    r"bitte|danke|mach\w*|erstell\w*|dreh\w*|bau\w*|kannst|könntest|können|könntet|du|sie|ihr|ich|wir|möchte\w*|"
    r"hätte\w*|will|wollen|brauch\w*|bräuchte\w*|gerne?|mir|uns|ein(?:e[nrs]?)?|kurz\w*|schön\w*|klein\w*|nett\w*|"
    r"ihn|es|das|über|darüber|etwa|circa|ca|ungefähr|vielleicht|davon|daraus|draus|dazu|dafür|von|in|im|mit|mal|fürs?|auf|als|und|unser\w*|mein\w*|"
    # Spanish, French, Italian, Portuguese and Dutch
    r"quiero|quisiera|necesito|gustaría|puedes|podrías|hacer(?:me)?|haz(?:me)?|crea(?:me)?|un[ae]?|para|mi|nuestro|por|"
    r"favor|cort[oa]|je|voudrais|veux|j[’']aimerais|peux-tu|pouvez-vous|faire|fais|faites|il|faut|besoin|d[’']une?|"
    r"pour|mon|ma|notre|s[’']il|te|vous|plaît|court\w*|vorrei|voglio|mi|serve|puoi|potresti|fare|fammi|uno|per|mio|"
    r"nostro|favore|breve|quero|queria|preciso|de|pode|fazer|faça|uma?|o|meu|nosso|curto|ik|wil|zou|graag|kun|je|"
    r"maken|maak|een|voor|mijn|onze|kort\w*"
)
_WHOM = (
    r"(?:family|friends?|customers?|guests?|kids|children|mum|mom|dad|grandma|grandpa|colleagues|team|boss|group|class|"
    r"familie|freunde?|kunden|kundinnen|gäste|kinder|mama|papa|oma|opa|eltern|kollegen|chef|gruppe|klasse|verein|"
    r"familia|amigos|clientes|famille|amis|clients|famiglia|amici|clienti)"
)
_POLITE = re.compile(r"\b(?:please|pls|plz|bitte|danke|thanks?|por favor|gracias|merci|grazie)\b", re.IGNORECASE)
_NUMBER = (
    r"(?:\d+|an?|one|two|three|half an?|ein(?:e[rnm]?)?|zwei|drei|einer halben|una?|une|uno|dos|deux|due|dois|duas|een|"
    r"twee)"
)
_LENGTH = rf"{_NUMBER}\s*-?\s*(?:s|secs?|seconds?|sek\w*|segundos?|secondes?|secondi|seconden|mins?|minutes?|minuten?)"
_SOMETHING = r"(?:something|smth|sth|etwas|was|algo|qualcosa|quelque|chose)"
_TOKENS = rf"{_LENGTH}|{_FILM}|{_PLACE}|{_WHOM}|{_WORDS}|(?:{MOODS})(?:e[nrsm]?)?"
_ANY = rf"(?>(?:{_TOKENS})(?![\w’'])[\s,-]*)+"
_ORDER = re.compile(
    rf"(?=.*\b{_FILM}\b|.*\b{_SOMETHING}\b.*\b{_PLACE}\b)(?>(?:{_TOKENS}|{_SOMETHING})(?![\w’'])[\s,-]*)+",
    re.IGNORECASE,
)
_REST = re.compile(_ANY, re.IGNORECASE)
_WISHES = re.compile(
    r"\b(?:i|i[’']?d|i[’']?m|we|me|us|you|u|please|pls|make|create|need|want|ich|wir|mir|uns|du|bitte|mach\w*|brauch\w*|"
    r"bräuchte\w*|erstell\w*|dreh\w*|kannst|könntest|hätte\w*|quiero|quisiera|necesito|haz\w*|puedes|podrías|je|"
    r"j[’']aimerais|fais|faites|peux-tu|vorrei|voglio|fammi|puoi|quero|queria|preciso|faça|ik|maak|kun|for|für|fürs)\b",
    re.IGNORECASE,
)
"""Somebody orders by it; "short film" alone may be what is told of."""
_LEANS = re.compile(
    r"(?:it|it[’']s|this|that|about|of|on|showing|where|es|das|darin|über|von|sobre|sur|su|de)\b", re.IGNORECASE
)
"""What goes on with the order before it."""
_STOP = re.compile(r"(?<=[.!?…])\s+|\s*;\s+|\s+(?:[–—]|-{1,2})\s+")
_FORMAT = re.compile(
    r"(?:the |das |el |le |il |o |het )?formato?:? (?:is |should be |ist |es |est |è |é )?"
    r"(?:for|für|para|pour|per|voor) (?:[\w’'-]+ ){0,2}[\w’'-]+",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:about|abt|of|on|showing|where|in which|that|which|who|über|von|in dem|der|die|das|sobre|que|sur|qui|su|che|"
    r"de)\b",
    re.IGNORECASE,
)
"""Of the film that was ordered."""
_NO_MUSIC = re.compile(
    r"(?:no|without|keine?|ohne|sin|sans|pas de|senza|sem|zonder|geen) "
    r"(?:music|musik|música|musique|musica|muziek)\b",
    re.IGNORECASE,
)
_AND = re.compile(r"^(?:and|und|y|et|e|en)\s+", re.IGNORECASE)
_SWITCHED = re.compile(
    r"(?:with )?(?:captions?|subtitles?|voice-?over|narration|music) (?:on|please)|untertitel an|mit untertiteln?|"
    r"con subt[ií]tulos|avec (?:des )?sous-titres|con (?:i )?sottotitoli|com legendas|met ondertitels?",
    re.IGNORECASE,
)
"""Of a setting that is as it would be anyway."""
_LAST_COMMA = re.compile(r",\s+(?=[^,]*$)")


def is_order(text: str) -> bool:
    """True where all that is said is that a film is wanted, where it is shown, how long it is and how it should be."""
    plain = _POLITE.sub("", text).strip()
    first, *others = (part.strip(" .,!?;:-–()") for part in re.split(r",\s+|\s+-\s+", plain))
    if not (_ORDER.fullmatch(first) and _WISHES.search(first)) and not _FORMAT.fullmatch(first):
        return False
    return all(not part or _REST.fullmatch(part) or is_tone(part) or _is_setting(part) for part in others)


def _is_setting(part: str) -> bool:
    return len(part.split()) <= MOST_OF_A_SETTING and any(name != "language" for name in settings_in(part))


_WANTS = (
    r"(?:(?:i|we|ich|wir|je|nous|on|eu|io|yo)[’']? ?(?:just |really |urgently |would |d |mal )*)?"
    r"(?:need|want|like|am looking for|brauch\w*|bräuchte\w*|will|wollen|möchte\w*|hätte\w* gern\w*|quiero|quisiera|"
    r"necesit\w+|busco|queremos|veux|voudrais|cherche|aimerais|ai besoin|il me faut|voglio|vorrei|mi serve|"
    r"ho bisogno|cerco|quero|queria|precis\w+|gostaria)"
)
_WANTED = re.compile(rf"\W*(?:{_WANTS}\b|{_FORMAT.pattern})", re.IGNORECASE)
_INTRODUCED = re.compile(
    r"^\W*(?:(?:hi+|hello|hey|hallo|hola|bonjour|salut|ciao|oi|olá)\b[,!. ]+)?"
    r"(?:i[’']?m|i am|we[’']?re|we are|ich bin|wir sind|soy|somos|je suis|nous sommes|on est|sono|siamo|sou)\b"
    r"[^,.;!?]{2,60}?(?:[,.;!]+\s*(?:(?:and|so|und|also|y|et|e)\s+)?|\s+(?:and|und|y|et|e)\s+)"
    rf"(?={_WANTS}\b[^.;!?]*\b{_FILM}\s[^.;!?]*?\b(?:about|abt|über|sobre|sur|sull?\w*|su|on|explaining|showing)\b)",
    re.IGNORECASE,
)
"""Who somebody is, before what they want a film about: "im a history teacher, i need a video about …"."""


def without_orders(text: str) -> str:
    """Return a prompt without what only orders its film, and without who orders it; as it was where it says no more."""
    text = _INTRODUCED.sub("", text)
    parts = sentences(text, _STOP)
    kept = [part for place, part in enumerate(parts) if not (is_order(part) and not _is_leant_on(parts, place))]
    if not kept:
        return text
    kept = [_without_first(part) for part in kept]
    kept[-1] = _without_last(kept[-1])
    return " ".join(kept) if kept != parts else text


def _is_leant_on(parts: list[str], place: int) -> bool:
    behind = parts[place + 1 : place + 2]
    return any(_LEANS.match(part) for part in behind)


def _without_first(sentence: str) -> str:
    """Leave out an order that a sentence begins with, and the settings behind it: "I'd like a film of one minute, warm,
    watercolour look, and it should end with a toast" is left with the toast."""
    first, *others = re.split(r",\s+", sentence)
    if not (is_order(first) and _WANTED.match(first)):
        return sentence
    told = [part for part in others if not _is_how(part.strip(" .!?"))]
    if not told or len(told) == len(others):
        return sentence
    rest = _AND.sub("", ", ".join(told))
    if _GOES_ON.match(rest):
        return sentence
    return rest[:1].upper() + rest[1:] if first[:1].isupper() else rest


def _is_how(part: str) -> bool:
    is_said = _REST.fullmatch(part) or _SWITCHED.fullmatch(part) or _NO_MUSIC.match(part)
    return bool(is_said) or is_tone(part) or _is_setting(part)


def _without_last(sentence: str) -> str:
    """Leave out an order behind the last comma: "our dog barks, i'd like a video for instagram"."""
    parts = _LAST_COMMA.split(sentence)
    if len(parts) < 2 or not is_order(parts[-1]):
        return sentence
    return _LAST_COMMA.sub("\0", sentence).split("\0")[0]
