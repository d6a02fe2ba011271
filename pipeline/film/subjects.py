"""PURE: the subject of a prompt: without greetings, slips, the order for a film, and what is a setting."""

from __future__ import annotations

import re

from pipeline.film import chinese_subjects, german_subjects, ordered_subjects
from pipeline.film.german_nouns import NO_NOUN
from pipeline.film.languages import asked_in
from pipeline.film.lengths import around_length
from pipeline.film.prompt_corrections import corrected
from pipeline.film.prompt_orders import without_orders
from pipeline.film.prompt_settings import is_english, settings_in, without_settings, written_in
from pipeline.film.scene_counts import scenes_in
from pipeline.film.tone_words import MOODS, describes, is_tone, without_tone

SLIPS = {
    "teh": "the", "hte": "the", "adn": "and", "abt": "about", "bout": "about", "abuot": "about",
    "aobut": "about", "smth": "something", "sth": "something",
    "sumthing": "something", "somthing": "something", "vid": "video", "vids": "videos", "viedo": "video",
    "pls": "please",
    "plz": "please", "plss": "please", "thx": "thanks", "wanna": "want to",
    "gimme": "give me", "cuz": "because", "w/": "with", "becuase": "because", "freind": "friend", "recieve": "receive",
    "wich": "which", "wiht": "with", "flim": "film", "luv": "love", "luvs": "loves", "dont": "don't",
    "hes": "he's", "shes": "she's", "theyre": "they're", "youre": "you're", "thats": "that's", "theres": "there's",
    "isnt": "isn't", "arent": "aren't", "wasnt": "wasn't", "doesnt": "doesn't", "didnt": "didn't", "cant": "can't",
    "ive": "I've", "weve": "we've", "youve": "you've",
}  # fmt: skip
"""No words of any of our languages, and so mended in a prompt that is in none but English."""
ENGLISH_SLIPS = {**SLIPS, "abut": "about", "u": "you", "ur": "your", "r": "are", "n": "and"}
"""Words of other languages too: mended only beside words that English alone has."""
FOR = re.compile(r"\b4 (?=(?:my|our|his|her|their|insta\w*|tik ?tok|whatsapp|facebook|youtube)\b)", re.IGNORECASE)
"""It is typed for "for"."""
FOR_A_PLACE = re.compile(
    r"\s+(?:for|für|para|pour|per|voor|4) (?:my |our |the |mein\w* |unser\w* |mi |mon |il mio )?"
    r"(?:instagram|insta|tik ?tok|youtube|facebook|whatsapp|linkedin|snapchat|social media)"
    r"(?: (?:stor(?:y|ies)|reels?|posts?|shorts?|status|feed))?"
    r"(?=,? (?:about|on|of|showing|where|in which|über|sobre|sur|su|sul\w*|over) )",
    re.IGNORECASE,
)
"""Where a film is shown, between the film and what it is about."""
VIDEO_SLIPS = re.compile(r"\b(?:vidoe|viedo|vidio|vedio|viedeo|vdieo)\b(?!-)", re.IGNORECASE)
I_AM = re.compile(
    r"\bim(?=\s+(?:\w+ing|an?|the|not|so|very|from|gonna|in|your|new|back|here|sorry|happy|sure|just|also|really)\b)",
    re.IGNORECASE,
)
"""A German word too ("Igel im Herbst")."""
HELLO = re.compile(
    r"^(?:(?:h+e+y+|h+i+|hello+|hallo|hola|yo+|ok(?:ay)?|omg|so|well|um+|hmm+|please|thanks?(?: you)?|sup|guys|"
    r"there|moin|servus|"
    r"guten tag|bonjour|salut|buenas|ciao|dear pixora|pixora|lol|:\)|bitte)(?:[\s,!.:;–-]+|$))+",
    re.IGNORECASE,
)
GOODBYE = re.compile(
    r"(?:[\s,.!]+(?:lol|haha|please|thanks?(?: you)?(?: so much)?|asap|bitte|danke|por favor|gracias|merci|s'il "
    r"(?:te|vous) plaît|"
    r"per favore|:\)|xx|x|!+))+\s*$",
    re.IGNORECASE,
)
_VERB = (
    r"(?:create|make|generate|produce|write|film|do|build|give|need|want|like|have|get|see|mach(?:e|en)?|"
    r"erstell(?:e|en)?|"
    r"schreib(?:e|en)?|dreh(?:e|en)?|produzier(?:e|en)?|haz|crea|hacer|crear|quiero|fais|crée|faire|créer|fammi|"
    r"crea|faça|crie|maak)"
)
_ASK = (
    r"(?:(?:can|could|would|will) (?:you|u)|i(?:'d| would)? (?:want|need|like|love)(?: to)?|i'm looking for|we "
    r"need|let's|help me(?: to)?|"
    r"kannst du|könntest du|können sie|ich (?:möchte|will|brauche|hätte gern)|puedes|podrías|me gustaría|peux-tu|"
    r"pourriez-vous|je veux|je voudrais|vorrei|quero|ik wil)"
)
_FILM = (
    r"(?:video|vídeo|vidéo|videos?|film|filmpje|filme|película|movie|clip|short|trailer|ad|spot|reel|tik ?tok|"
    r"story|something|animation|kurzfilm|"
    r"werbespot|werbefilm|erklärvideo|filmchen|etwas|was|algo|quelque chose)"
)
_LINK = (
    r"(?:about|of|on|for|showing|explaining|in which|where|that shows|with|featuring|über|von|zu|für|mit|sobre|"
    r"acerca de|de|sur|à propos de|"
    r"su|sulla|sul|over)"
)
ORDER = re.compile(
    rf"^\W*(?:please\s+)?(?:{_ASK}\s+)?(?:(?:please|bitte)\s+)?(?:{_VERB}\s+)?(?:(?:me|us|mir|uns|-?me|"
    rf"nos)\s+)?(?:(?:an?|the|some|another|my|"
    rf"ein(?:e|en)?|un|una|une|uma|um|een)\s+)?(?:(?!(?:{_LINK})\s)[\w'’:,-]+\s+){{0,4}}?{_FILM}\s+(?:(?:de|von|of|di|da)\s+\d+\s+\w+"
    rf"\s+)?(?:(?!{_LINK}\s)(?:vertical|horizontal|cuadrado|verticale|orizzontale|quadrato|quadrado|carré|corto|breve|court|curto|"
    rf"animado|animé|animato)\s+)*{_LINK}\s+",
    re.IGNORECASE,
)
"""What people say around their subject: "Create a 30-second video about …"."""
MANNERS = re.compile(
    r"(?:(?:and |but |make it |keep it |very |really |a bit |super |so |should be |it should be |it must be |bitte "
    r"|sehr |etwas |muy |très )*"
    r"(?:funny|fun|calm|sad|happy|dramatic|epic|scary|short|long|quick|cute|cool|nice|inspiring|emotional|romantic|"
    r"serious|lively|"
    r"professional|simple|modern|upbeat|relaxing|lustig|ruhig|traurig|fröhlich|spannend|kurz|divertido|corto|drôle|"
    r"court)"
    r"(?:,| and| und| y| et)? ?)+",
    re.IGNORECASE,
)
_OF_FILM = re.compile(rf"(\b{_FILM}(?:\s+\w+)?)\s+(?:de|von|of|di|da|van|in|lasting)\s*$", re.IGNORECASE)
_NUMBER = r"(?:\d+(?:[.,]\d+)?|half|one|two|ten|fifteen|twenty|thirty)"
_LENGTH = rf"{_NUMBER}[\s-]*(?:s|secs?|seconds?|m|mins?|minutes?|sek\w*|min\w*)"
_HOW = (
    r"(?:funny|fun|calm|sad|happy|dramatic|epic|scary|short|long|quick|little|cute|cool|nice|inspiring|emotional|"
    r"romantic|serious|lively|professional|simple|modern|upbeat|relaxing|new|small|vertical|horizontal|square|tall|"
    r"wide|portrait|landscape|widescreen|cinematic|watercolou?r|anime|noir|clay|cartoon|animated|promotional|"
    r"kurze[rsn]?|lustige[rsn]?|instagram|insta|tiktok|youtube|facebook|linkedin|social media|\d+:\d+)"
)
_LITTLE = (
    r"(?:me|us|mir|uns|an?|the|some|another|my|ein(?:e|en)?|un|una|une|uma|um|een|please|bitte|with|in|for|and|format|"
    r"style|long|post|commercial|advert|teaser|promo)"
)
OPENING = re.compile(
    rf"^\W*(?=[^,:;–]*\b(?:{_HOW}|{_LENGTH}|{_FILM}|ad))"
    rf"(?>(?:{_ASK}|{_VERB}|{_LITTLE}|{_HOW}|{_LENGTH}|{_FILM})\b(?: +(?![–-])|-(?=\w))?)+"
    r"(?:\s*[,:;]\s*|\s+[–-]\s+)(?:(?:about|über|of|on|please,?|bitte,?)\s+)?(?=\w)",
    re.IGNORECASE,
)
"""Before the subject, and said of the film alone: "20 s video, …", "a square clip for Instagram: …"."""
_BEING = (
    r"dog|cat|hamster|rabbit|bunny|horse|pony|parrot|puppy|kitten|turtle|guinea pig|son|daughter|wife|husband|"
    r"friend|grandma|grandpa|granny|"
    r"grandmother|grandfather|mother|mom|mum|dad|father|brother|sister|boyfriend|girlfriend|baby|uncle|aunt|cousin|"
    r"nephew|niece|"
    r"hund|katze|kater|kaninchen|pferd|tochter|sohn|oma|opa|frau|mann|freund|freundin|bruder|schwester|perro|gato|"
    r"hijo|hija|chien|chat|fils|fille"
)
_NAMED = re.compile(
    rf"\b(my|our|mein|meine|meinen|meiner|meinem|unser|unsere|mi|mon|ma) ((?:\w+ )??(?:{_BEING}))(?:,| named| "
    rf"called| namens)? "
    r"(?!(?:who|that|which|is|was|are|and|or|on|in|at|with|for|to|from|the|a|an|of|as|has|had|can|will|der|die|das|"
    r"und|in|am|im|mit|für|que|qui|"
    r"food|park|show|school|house|cafe|shop|hotel|lover|birthday|wedding|day|beim|bei|zum|y|et|en|likes?|eats?|"
    r"runs?|when|while|because|built|made|taught|met|got|went|came|ran|lost|found|won|left|told|said|took|gave|bought|"
    r"fell|grew|kept|wrote|sang|does|did|never|always|just)\b)"
    r"(?!\w+(?:ing|ed|s)\b)([^\W\d_][\w'’-]{1,20})\b(?!')",
    re.IGNORECASE,
)


_TAKEN_BACK = re.compile(
    r"(?<!\w)(?P<link>about|of|on|über|sobre|sur|su) [^,.;:!?]{2,40}?[\s,.;!…–-]+(?:oh|ah|hmm?)?[, ]*"
    r"(?:no,? wait|no,? sorry|no actually|wait no|sorry no|actually no|no i mean|i mean|nein warte|ach nein"
    r"|nee doch lieber|nein doch lieber|no espera|non attends|no aspetta|não espera)[,:]? +"
    r"(?:rather |lieber |make (?:it|that) |about )*(?=\w)",
    re.IGNORECASE,
)


_STOP = re.compile(r"(?<=[.!?…])\s+")


def subject_in(prompt: str) -> str:
    """Return the prompt's subject in one line; the whole prompt where nothing would be left."""
    prompt = without_orders(without_tone(corrected(prompt), _STOP))
    text = VIDEO_SLIPS.sub("video", without_settings(prompt) or " ".join(prompt.split()))
    text = FOR_A_PLACE.sub("", text)
    text = _TAKEN_BACK.sub(lambda found: f"{found['link']} ", text)
    language = written_in(text)
    text = _without_length(text, language)
    plain = german_subjects.spelled(text) if language == "de" else _without_slips(text, language)
    plain = GOODBYE.sub("", HELLO.sub("", plain))
    if language == "de":
        plain = _without_settings(plain)
        told = german_subjects.subject(plain)
    elif language == "zh" or (language and ordered_subjects.is_read(language)):
        plain = _without_settings(plain)
        told = _ordered(plain, language)
    else:
        told = _behind_order(plain)
    subject = _named(_without_settings(told)).strip(" ,;:-–")
    plain = OPENING.sub("", subject) if told == plain else subject
    return plain if re.search(r"\w\w", plain) else text


def _ordered(plain: str, language: str) -> str:
    told = chinese_subjects.subject(plain) if language == "zh" else ordered_subjects.subject(plain, language)
    return told if told != plain else _behind_order(plain)


_KIND = (
    r"product|promo\w*|explainers?|explanation|intro\w*|marketing|advertis\w*|ad|commercial|sales|brand|image|corporate|"
    r"company|info\w*|educational|demo|tutorial|how-to|teaser|trailer|vlog|campaign|launch|social|media|web|website|"
    r"homepage|cinema|tv|online|video|film|movie|clip|image|full|hd|4k|1080p|720p|two|one|half|minute|minutes|second|"
    r"seconds|sec|secs|min|mins|s"
)
"""Of films, and not what they are about."""
_FILM_OF = re.compile(
    rf"^\W*(?:please\s+)?(?:{_ASK}\s+)?(?:please\s+)?(?:{_VERB}\s+)?(?:(?:me|us)\s+)?(?:(?:an?|the|some|another)\s+)?"
    rf"(?P<about>(?:[\w'’-]+\s+){{1,5}}?)(?:video|vid|film|clip|movie|short|reel)s?\s+for\s+(?P<whom>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)


def _before_film(plain: str) -> str:
    """Return of "a dog training video for beginners" the dog training, and whom it is for; empty for other orders."""
    found = _FILM_OF.match(plain)
    if found is None:
        return ""
    known = rf"(?:{_KIND}|{_HOW}|{_LENGTH}|{_LITTLE}|{MOODS}|our|your|his|her|it|this|that|\d+s?)"
    words = [word for word in found["about"].split() if not re.fullmatch(known, word, re.IGNORECASE)]
    return f"{' '.join(words)} for {found['whom']}" if words else ""


def _behind_order(plain: str) -> str:
    """It was the order that was a question: "can you make a video about my dog?"."""
    if about := _before_film(plain):
        return HELLO.sub("", about.rstrip(" ?"))
    told = ORDER.sub("", plain, count=1)
    return HELLO.sub("", told.rstrip(" ?") if told != plain and "? " not in told else told)


def _without_length(text: str, language: str | None) -> str:
    """Leave out the film's length, where it stands between the film and its subject, or before a subject."""
    around = around_length(text)
    if around is None:
        return text
    before, behind = around
    of_film, about = _OF_FILM.search(before), re.match(rf"\s*{_LINK}\s+", behind, re.IGNORECASE)
    if about and not before.strip():
        return behind.strip() if language == "de" else behind[about.end() :]
    if of_film and about and language != "de":
        return f"{before[: of_film.end(1)]}{behind}"
    return text


def _without_slips(text: str, language: str | None) -> str:
    """Slips belong to their language."""
    if language is not None:
        return text
    is_sure = is_english(text)
    slips = ENGLISH_SLIPS if is_sure else SLIPS
    mended = re.sub(r"[\w/']+", lambda found: slips.get(found[0].lower(), found[0]), text)
    return I_AM.sub("I'm", FOR.sub("for ", mended)) if is_sure else mended


_PARTS = re.compile(r"(\s*[,，]\s*|(?<=[.!?])\s+)")
_END = re.compile(r"[.!?]+$")
_PLEASE = re.compile(
    r"(?:please|bitte|danke|thanks?|por favor|gracias|merci|per favore|grazie|obrigad[oa])",
    re.IGNORECASE,
)


def _without_settings(text: str) -> str:
    """Leave out the parts between commas that only say how the film should be; what follows their sentence stays."""
    first, *others = _PARTS.split(text)
    kept = first
    for separator, part in zip(others[::2], others[1::2], strict=True):
        is_tone_alone = is_tone(part) and not describes(kept)
        if not (_is_setting(part) or is_tone_alone if separator.strip() else _says_nothing(part)):
            kept += separator + part
        elif (end := _END.search(part)) and not _END.search(kept):
            kept += end[0]
    return GOODBYE.sub("", kept)


def _says_nothing(sentence: str) -> bool:
    """A whole sentence may name what is a setting elsewhere: "The square is full." """
    around = around_length(sentence)
    if MANNERS.fullmatch(sentence.strip(" .!")) or (around and not re.search(r"\w", "".join(around))):
        return True
    return not re.search(r"\w\w", without_settings(sentence))


_MUSIC = re.compile(
    r"(?:(?:with|and|mit|und|con|avec|com|y|et|e|some|etwas|very|sehr) )*"
    r"(?:funny|fun|calm|sad|happy|dramatic|epic|scary|cute|cool|nice|inspiring|emotional|romantic|upbeat|relaxing|"
    r"cheerful|soft|quiet|energetic|background|lustige?|fröhliche?|ruhige?|traurige?|epische?|spannende?|schöne?) "
    r"(?:background ?|hintergrund)?(?:music|musik|soundtrack)(?: (?:please|bitte))?|"
    r"(?:(?:con|avec|com|met|y|et|e|en) )?(?:una? |une |uma |de la )?(?:música|musica|musique|muziek)(?: de fondo|"
    r" de fond| di sottofondo| de fundo)? (?!de\b|di\b|of\b)[\w-]+(?: (?:y|et|e|en) [\w-]+)?",
    re.IGNORECASE,
)
"""A wish how the music should be, which nobody says aloud."""


def _is_setting(part: str) -> bool:
    plain = part.strip(" .!?")
    if MANNERS.fullmatch(plain) or _PLEASE.fullmatch(plain):
        return True
    if _MUSIC.fullmatch(plain):
        return True
    said = {name for name in settings_in(part) if name != "language" or asked_in(part)}
    return len(part.split()) <= 5 and bool(said or scenes_in(part))


def _named(text: str) -> str:
    """ "my dog biscuit" is of Biscuit."""
    return _NAMED.sub(_with_name, text)


def _with_name(found: re.Match[str]) -> str:
    is_verb = re.match("mein|unser", found[1], re.IGNORECASE) and NO_NOUN.fullmatch(found[3])
    return found[0] if is_verb else f"{found[1]} {found[2]} {found[3][:1].upper()}{found[3][1:]}"
