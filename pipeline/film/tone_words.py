"""PURE: the wishes of a prompt about how its film should feel ("Warm and a bit funny."): never spoken in the film."""

from __future__ import annotations

import re

from pipeline.film.sentence_ends import sentences

MOODS = (
    # English
    r"warm(?:-?hearted)?|heart-?warming|funny|fun|humorous|witty|silly|cheeky|playful|quirky|goofy|loud|noisy|fast|quick|"
    r"slow|snappy|punchy|energetic|upbeat|lively|exciting|thrilling|epic|dramatic|tense|dark|moody|gloomy|spooky|scary|"
    r"eerie|calm|quiet|gentle|soft|peaceful|relaxed|relaxing|chill|dreamy|poetic|cosy|cozy|sweet|cute|tender|romantic|"
    r"sad|melancholic|nostalgic|emotional|touching|moving|serious|sober|professional|friendly|cheerful|happy|joyful|"
    r"festive|hopeful|inspiring|uplifting|motivating|powerful|colou?rful|bright|elegant|classy|stylish|modern|"
    r"cinematic|simple|casual|informal|light-?hearted|down-to-earth|mysterious|magical|solemn|ironic|sarcastic|"
    # German
    r"herzlich|lustig|witzig|humorvoll|frech|albern|verspielt|laut|schnell|rasant|flott|langsam|leise|schwungvoll|"
    r"lebendig|spannend|aufregend|episch|dramatisch|düster|dunkel|unheimlich|gruselig|ruhig|sanft|friedlich|entspannt|"
    r"verträumt|poetisch|gemütlich|süß|niedlich|zärtlich|romantisch|traurig|melancholisch|nostalgisch|rührend|"
    r"berührend|ernst|sachlich|seriös|professionell|freundlich|fröhlich|heiter|festlich|hoffnungsvoll|inspirierend|"
    r"bunt|farbenfroh|elegant|stilvoll|schlicht|locker|stimmungsvoll|geheimnisvoll|emotional|"
    # Spanish, Portuguese, Italian and French
    r"cálid[oa]|divertid[oa]|alegre|graciosa?|rápid[oa]|lent[oa]|tranquil[oa]|suave|triste|emotiv[oa]|serio|seria|"
    r"calorosa?|animad[oa]|fofa?|bonit[oa]|lind[oa]|engraçad[oa]|leve|séri[oa]|emocionante|cald[oa]|divertente|allegr[oa]|veloce|calm[oa]|dolce|commovente|"
    r"chaleureux|chaleureuse|drôle|amusante?|rapide|calme|douce?|émouvante?|sérieux|sérieuse|joyeux|joyeuse|gaie?"
)
_MUCH = (
    r"(?:a (?:little |tiny )?bit|a little|a touch|slightly|somewhat|very|really|quite|rather|super|pretty|so|not too|"
    r"(?:ein )?(?:bisschen|wenig)|etwas|sehr|ganz|richtig|ziemlich|eher|recht|nicht zu|un poco|algo|muy|"
    r"bien|bem|ben|um pouco|muito|un po['’]|molto|un peu|très|assez|and|but|yet|und|aber|doch|y|pero|et|mais|e|ma|mas|"
    r"also|too|auch)"
)
_ASKED = (
    r"(?:(?:it|this|the (?:film|video|clip|ad|whole thing|mood|tone)|es|er|das|der film|das video|alles) "
    r"(?:should|must|needs to|has to|can|soll|sollte|muss|darf) |(?:should|soll|sollte) |"
    r"(?:make|keep|mach|halt\w*) (?:it|this|es|ihn|das) |(?:be|feel|look|sound|seem|wirken|sein) |please |bitte |"
    r"(?:mood|tone|feel|feeling|vibe|stimmung|ton|tono) ?[:=] |with an? |ein\w* |"
    r"(?:something|smth|sth|etwas|was|algo|quelque chose (?:de )?|qualcosa (?:di )?) ?)*"
)
_WITH = (
    r"(?:with|mit|con|com|avec) (?:(?:a|some|lots|plenty|much|more|little|bit|touch|dash|hint|of|and|etwas|viel|einer?|"
    r"prise|einem|bisschen|un poco de|mucho|um pouco de|un po' di|un peu d['’])\s*)*"
    r"(?:humou?r|fun|wit|warmth|irony|heart|feeling|energy|witz|ironie|herz|gefühl|wärme|schwung|humore|ironia|chaleur)"
)
_CHINESE = (
    r"(?:要|有点|比较|更|稍微|整体|风格|感觉|氛围)*(?:温馨|搞笑|有趣|幽默|轻松|欢快|温暖|感人|热血|浪漫|高级|简洁|简单|活泼|可爱|"
    r"酷|酷炫|正式|专业|治愈|清新|文艺|大气|快节奏|慢节奏)(?:一点儿?|一些|些|点|的)*(?:风格|感觉|氛围|调调|路线)?"
)
_TONE = rf"(?:tono|ton|tom|toon|ambiance|ambiente|atmosfera|atmósfera|clima)(?: (?:{_MUCH} )*[\w-]+){{1,2}}"
_PART = re.compile(
    rf"{_CHINESE}|(?:(?:con|avec|com|met|en|in) )?(?:una? |une |um |een )?{_TONE}|"
    rf"{_ASKED}(?:{_MUCH} )*(?:(?:{MOODS})(?:es)?(?: (?:{_MUCH} )*|(?:\s*[,/]\s*|\s*$)))+"
    rf"(?:{_WITH})?\s*(?:mood|tone|feel|feeling|vibe|vibes|style|stimmung|ton|in tone|in mood)?(?: please| bitte)?|"
    rf"{_WITH}|please|bitte",
    re.IGNORECASE,
)
_COMMA = re.compile(r"\s*[,;]\s+")
_PREDICATE = re.compile(
    r"\b(?:is|are|was|were|feels?|looks?|ist|sind|war|waren|es|son|est|sont|è|sono|é|são)\s+(?:[\w'’-]+\s+){0,2}[\w'’-]+$",
    re.IGNORECASE,
)


def is_tone(text: str) -> bool:
    """True where all that is said is how a film should feel: "warm and a bit funny", "schnell und laut"."""
    parts = [part.strip(" .!?,;:") for part in _COMMA.split(text.strip(" .!?,;:"))]
    return bool(parts) and all(part and _PART.fullmatch(part) for part in parts)


def describes(before: str) -> bool:
    """True where what is said before ends in what somebody or something is like, so that more of it may follow."""
    return _PREDICATE.search(before.strip(" ,")) is not None


def without_tone(text: str, ends: re.Pattern[str]) -> str:
    """Return a prompt without its sentences that only wish for a tone; as it was where there is nothing else in it."""
    parts = sentences(text, ends)
    wished = [part for part in parts if is_tone(part)]
    if len(wished) == len(parts):
        return text
    for part in wished:
        text = text.replace(part, "", 1)
    return " ".join(text.split())
