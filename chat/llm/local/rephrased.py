"""PURE: wishes in words that would be read as something else, said plainly before they are read."""

from __future__ import annotations

import re
from collections.abc import Callable

from chat.llm.local import colloquial, contrasts, lengths_said
from chat.llm.local.film import Film
from chat.llm.local.voices import NAMES

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_NTH = r"(\d)(?:st|nd|rd|th)|(first|second|third|fourth|fifth|last)"
_SECONDS = r"\d+ ?(?:s|secs?|seconds?)"
_VOICE = r"(?:voice|narrator|narration|speaker)"
_COVERS = r"(?:drowns? out|covers?|is (?:much |way )?louder than|overpowers?)"
_HALT = r"(?:stop|stopp|halt|para|parad|arrête|arrete|ferma|pare|cancel|cancélalo|cancelalo)"
_STOP = re.compile(
    rf"^\W*(?:(?:oh|no|nein|wait|please|bitte) )*{_HALT}(?:[ ,!.]+{_HALT})+"
    r"(?:\W*$|\W+(?:i|we|that was|it was|this was|wrong|ich|das war|falsch|me|fue|je|j'ai|c'était|ho|era|eu|foi)\b)|"
    rf"^\W*(?:(?:oh|no|wait|please) )*{_HALT}\b[^?]*\b(?:too (?:early|soon)|(?:by|a) (?:mistake|accident)|"
    r"accidentally|wrong button|did(?:n't| not) mean to|equivoqu\w*|sin querer|versehen|falsch geklickt|"
    r"zu früh|trop tôt|sbagliato)\b",
    re.I,
)
_NO_STOP = re.compile(
    r"^\W*(?:(?:please|bitte|oh|no|nein)[ ,]+)*(?:don'?t|do not|never|nicht|no lo|no|ne|n'|non)[ ]?"
    r"(?:stop|cancel|abort|abbrechen|stoppen|anhalten|aufhören|pares|canceles|arrête[sz]?|annule[sz]?|fermare|annullare)\b"
    r"(?: (?:it|that|this|pas|making it|the (?:film|video)|den film))*(?:[!,.;: –-]+(?=\w)|\W*$)",
    re.I,
)
_START = re.compile(
    r"^(?=.*\b(?:great|love|lovely|perfect|nice|good|super|cool|wonderful|amazing|awesome)\b)"
    r"(?!.*(?:[?\d]|\b(?:but|not|no|never|\w+n't|dont|change|scenes?|music|voice|except|first|before|until|when|if|after|"
    r"more|less|wait|title|add|remove|delete|make(?! (?:it|the (?:film|video))(?: now| please| pls)?\W*$)|use|"
    r"turn|put|take|give|show|let|call|set|keep|replace|swap|cut|drop|"
    r"need|needs|want|should|could|can|would|with|without|only|just|also|instead|price|costs?|how|what|why|bit|too)\b)"
    r").{3,80}[.!,]+ *(?:(?:please|now|so|and|then|ok) )*(?:start|begin|go|make (?:it|the (?:film|video)))"
    r"(?: (?:it|now|please|pls|plz|making it))*\W*$",
    re.I,
)
_LINE = re.compile(
    rf"^(?:the )?(?:{_NTH}) (?:line|sentence)\b[^'\"“]*['\"“](.+?)['\"”] "
    r"(?:is|sounds|would be) (?:much |way )?(?:nicer|better|right)\W*$",
    re.I,
)
_MOVED = re.compile(
    rf"\bmove (?:(?:the )?(?:{_NTH})(?: one| scene)?|scene (\d+)) (?:to|into) (?=an? (?!\w*(?:place|position|slot|spot|"
    r"different|later|earlier))\w)",
    re.I,
)
_HALF = re.compile(
    r"\b(?:(?:in|for|during) )?(?:the )?(first|second|1st|2nd) half\b(?:,? (?:please|pls))?"
    r"(?:, only from [^,.;]* on$)?",
    re.I,
)
_A_PART = r"(?:scene \d+|the (?:first|second|third|fourth|last) scene|the (?:music|voice|captions|title))"
_TOGETHER = re.compile(
    rf"^((?:please |can you |could you )*)(make|turn|set) ({_A_PART}) and ({_A_PART}) (?!and\b)([^,;.]+?)\W*$", re.I
)
"""One wish for two parts: "make scene 2 and the music more dramatic"."""
_EACH_HAS = re.compile(
    r"^([A-Z][\w'-]+|(?:the |my )?\w+) (should (?:have|wear|get)|gets|needs|has) (.+?) and ([A-Z][\w'-]+|the \w+) "
    r"(an? [^,;.]+|\w+ (?:hair|eyes|clothes|shoes|glasses))\W*$",
    re.I,
)
"""The verb is said once for two people: "Ella should have grey hair and Tom a beard"."""
_MERGED = re.compile(
    r"\b(?:merge|join|combine|fuse|put|glue) (?:together )?scenes? \d(?: (?:and|with|to) |, | ?\+ ?)(?:scene )?\d\b"
    r"(?: together)?(?: (?:in|into|as) one)?|\bscenes? \d(?: and |, | ?\+ ?)(?:scene )?\d (?:together |merged |"
    r"joined )?"
    r"(?:in|into|as) one\b",
    re.I,
)
_TITLED_FIRST = re.compile(
    r"^((?:the )?title|titel|t[ií]tulo|titre|titolo)(?: is)?: ?([^,]+), (?:and|und|y|et|e) (?=[a-zà-ÿ])(.+)$", re.I
)
"""A title, and another wish behind it, which is no part of the title."""
_BLAMED = re.compile(
    r"^(?:i (?:don't|do not|dont|didn't) (?:really )?like|(?:i'm )?not happy with|i hate) (scene \d+|the \w+ scene)"
    r"[,.;: –-]+(?:(?:and|so|please|can you|could you) )*"
    r"((?:make|let|turn|change|set|show|put|add|give|have|use|replace)\b[^?]*)\??$",
    re.I,
)
"""A scene that is blamed, and what is to be done with it: "I don't like scene 1, make it darker"."""
_IT = re.compile(r"\b(?:it|that|this)\b", re.I)
_CALLED_SO = re.compile(
    r"^\W*(?:its|it's|(?:it|(?:the|my|our) [\w' -]{2,30}?)(?: is|'s)?) (?:called|named) (.{2,60}?)[,.;!]+ ?"
    r"(?:(?:so|and|please|pls|can|could|you|u) )*(?:put|use|have|take|make) (?:that|it|this) "
    r"(?:(?:in|into|as|for) )?(?:the |its |our )?(?:film's )?tit(?:le|el|tle)\b(?: (?:please|pls|then))?\W*$",
    re.I,
)
"""The title is said before it is wished for: "the shop is called Salt & Sons, can you put that in the title"."""
_A_SCENE = (
    r"(?:scene \d+|the \w+ scene|(?:die )?(?:szene \d+|\w+ szene)|la (?:escena|scène|scena) \d+|a cena \d+|"
    r"la \w+ (?:escena|scène|scena))"
)
_NO_WAIT = r"^\W*(?:(?:no|nein|nee|ne|nah|wait|warte|hmm?|ach|ok(?:ay)?|doch|non|attends?|espera|aspetta|não)[ ,.!]+)*"
_LEFT_ALONE = re.compile(
    rf"{_NO_WAIT}(?:(?:we|i|let's|we'll|just|please) )*(?:leave|keep) {_A_SCENE} (?:exactly )?(?:as|like|the way) "
    r"(?:it|they) (?:is|are|was|were)\W*$|"
    rf"{_NO_WAIT}(?:{_A_SCENE} (?:lassen wir|lasse? ich|bleibt|soll|kann)|lass(?:en wir|en sie)? (?:bitte )?{_A_SCENE})"
    r"(?: bitte| doch| so| lieber| einfach)*,? (?:bleiben,? )?(?:wie (?:sie|es|die) (?:ist|war)|so)(?: bleiben)?\W*$|"
    rf"{_NO_WAIT}(?:d[eé]ja|dejemos|dejamos|laisse|laissez|laissons|garde|gardons|lascia|lasciamo|deixe|deixemos|"
    rf"deixamos) "
    rf"{_A_SCENE} (?:como est[áa]|así|comme elle est|telle quelle|comme ça|com'è|così|assim)\W*$",
    re.IGNORECASE,
)
"""A scene that is to stay as it is: nothing is changed."""
_HAPPIER = re.compile(
    r"^(?:(?:the )?music|(?:die )?musik|la m[úu]si(?:ca|que)|a música) (?:is|sounds|ist|klingt|es|suena|"
    r"est|è|é)(?: \w+){0,2}? (?:too|zu|demasiado|muy|trop|troppo|demais|muito) \w+[,.;!]+ (?:(?:i want|please|maybe|"
    r"rather|lieber|bitte|eher|mach|nimm|gib mir|besser|mejor|plutôt|meglio|melhor) )*"
    r"(?:something|(?:et)?was|algo|quelque chose(?: de)?|qualcosa(?: di)?)(?: more| más| plus| più| mais)? "
    r"(?P<how>[\w-]+?)(?:(?<=er)es)?(?: (?:please|bitte|por favor|stp|per favore))?\W*$",
    re.IGNORECASE,
)
"""Music that is blamed, and how it should be: "the music is too sad, something happier please"."""
_COLOUR = r"(?:red|blue|green|yellow|white|black|orange|purple|pink|brown|gr[ae]y|gold|silver|turquoise)"
_FARBE = r"(?:rot|blau|grün|gelb|weiß|weiss|schwarz|orange|lila|rosa|braun|grau|gold|silber|türkis)"
_GIVES_WORDS = r".*\b(?:tit(?:le|el)|call|name|heiß|heiss|nenn|say|says|sagt?)"
"""Two colours may be a name, or words to be spoken."""


def _made_so(found: re.Match[str]) -> str:
    return f"make all scenes {'darker' if found[1].lower() == 'darken' else 'brighter'}"


_PLAINER: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (_LEFT_ALONE, "leave it as it is"),
    (_CALLED_SO, r"title: \1"),
    (
        re.compile(
            r"^(?:please )?(?:don'?t|do not) (?:make|draw|paint|show) (?:him|her|it|them) \w+[,;.!]+ "
            r"(?=(?:he|she|it|they)\b)",
            re.I,
        ),
        "",
    ),
    (
        re.compile(r"^how long (?:will|would) (?:it|the (?:film|video|whole thing)) be\W*$", re.I),
        "how long is the film",
    ),
    (re.compile(r"\b(?:a )?(?:bit |little |lot )?less loud(?:ly)?(?: with the music)?\b", re.I), "music quieter"),
    (re.compile(r"\bless quiet\b", re.I), "louder"),
    (re.compile(r"\bcould (?:really |also )?(?:use|do with) (?=(?:an?|some|more)\b)", re.I), "needs "),
    (
        re.compile(
            r"^(brighter|darker|warmer|colder|more colou?rful) (?:pictures|images|scenes)(?: please| pls)?\W*$", re.I
        ),
        r"make all scenes \1",
    ),
    (
        re.compile(rf"\breplace (?:{NAMES}) (?:by|with) (?:some(?:one|body) |an? )?([^,;.]+?)(?: voice)?\W*$", re.I),
        r"use a \1 voice",
    ),
    (
        re.compile(r"\b(?:make|do|try) (scene \d+|the \w+ scene) (?:again|anew|once more|over)(?=\W*$| please)", re.I),
        r"redo \1",
    ),
    (re.compile(r"\b(?:speed up|quicken) the music\b|\bspeed the music up\b", re.I), "make the music faster"),
    (re.compile(r"\bslow down the music\b|\bslow the music down\b", re.I), "make the music slower"),
    (
        re.compile(r"\bcut (scene \d+|the \w+ scene) (?:down|short|back|shorter)\b(?! to)(?: a (?:bit|little))?", re.I),
        r"make \1 shorter",
    ),
    (
        re.compile(r"^((?:please |can you |let it |let's )*(?:end|finish|close|start|begin|open)s?) on\b", re.I),
        r"\1 with",
    ),
    (
        re.compile(
            r"^(.*?)(scene \d+|the \w+ scene) (should|must|needs? to|has to|could) (.+?) and "
            r"(have|be|last|show|say|start|end|get|look) (?!scene)(.+)$",
            re.I,
        ),
        r"\1\2 \3 \4 and \2 \3 \5 \6",
    ),
    (re.compile(r"^((?:please |can you )*)change (\w+'s) (\w+) to (?:an? )?([^,;.]+?)\W*$", re.I), r"\1make \2 \3 \4"),
    (
        re.compile(
            r"^((?:please |can you |could you )*)(replace|exchange) ([^,;.]+?) (with|by|for) ([^,;.]+?) in "
            r"(scene \d+|the \w+ scene)\W*$",
            re.I,
        ),
        r"in \6 \2 \3 \4 \5",
    ),
    (re.compile(r"^(scene \d+|the \w+ scene) ?[:,–-] ?(?=(?:replace|exchange|add|remove|put)\b)", re.I), r"in \1 "),
    (
        re.compile(
            r"^(?:i (?:don't|do not|dont) (?:really )?like|not happy with) ((?:the \w+ )?scene(?: \d)?)[,.;: –-]+"
            r"(?:there |here )?(?:one|you|we|it|people) (?:should|must|could|can) (?:be able to )?(?:see|show) (.+)$",
            re.I,
        ),
        r"\1 should show \2",
    ),
    (
        re.compile(
            r"^((?:die )?(?:szene \d|\w+ szene)) (?:gefällt|passt|taugt) mir (?:so |gar |noch |irgendwie )*nicht"
            r"[,.;: –-]+"
            r"(?:da|dort|hier|lieber|besser|man) (?:soll(?:te)?|muss|könnte) (?:man |da )?(.+?) "
            r"(?:sehen|sein|zu sehen sein)"
            r"\W*$",
            re.I,
        ),
        r"in \1 soll man \2 sehen",
    ),
    (re.compile(rf"\b(?:cut|trim|shorten) (?!it\b)(.+?) (?:down )?to ({_SECONDS})\b", re.I), r"make \1 \2 long"),
    (
        re.compile(
            r"\b(?:turn |put |switch )?(?:the )?music (?:back )?on(?: again)?,? but (?:make it )?(?=\w+(?: \w+)?\W*$)",
            re.I,
        ),
        "turn the music on and make the music ",
    ),
    (
        re.compile(
            r"^(?:(?:no )?wait|sorry|hmm+|actually|actualy)[, ]+no,? (?=\w[\w ]*? in scene \d+,? (?:and )?not\b)", re.I
        ),
        "",
    ),
    (
        re.compile(r"^(?P<what>\w[\w ]{2,40}?) in scene (\d+),? (?:and )?not (?:in )?(?:scene )?(\d+)\W*$", re.I),
        r"scene \2 with \g<what> and scene \3 without \g<what>",
    ),
    (
        re.compile(
            r"\b(in|from|of|on|for) the (very last|last|first|second|third|fourth|fifth|final|opening|closing) "
            r"(?:picture|image|still|shot|frame)\b(?! of\b)",
            re.I,
        ),
        r"\1 the \2 scene",
    ),
    (
        re.compile(
            rf"\b(?:an? )?(?:different|another|new|other) {_VOICE}\s*[-–:,(]\s*(?:an? )?"
            r"(male|female|man|woman|(?:deep|young|old|high|low)(?:er)?(?: one)?)\b\)?",
            re.I,
        ),
        r"a \1 voice",
    ),
    (re.compile(rf"^(?!{_GIVES_WORDS})(.*)\b(?!black and white)({_COLOUR}) and ({_COLOUR})\b", re.I), r"\1\2-and-\3"),
    (re.compile(rf"^(?!{_GIVES_WORDS})(.*)\b(?!schwarz)({_FARBE}) und ({_FARBE})\b", re.I), r"\1\2-\3"),
    (
        re.compile(
            r"\b(?:is|'s|are|feels?) (?:\w+ )?too long[,;.:]? (?:please |so |just )*(?:cut|chop|make) it "
            r"(?:in |by )?half\b(?: as long)?",
            re.I,
        ),
        "should be half as long",
    ),
    (
        re.compile(
            r"\b(brighten|darken|lighten) (?:up )?(?:everything|it all|all of (?:it|them)|all the (?:scenes|pictures))"
            r"(?: up)?\b",
            re.I,
        ),
        _made_so,
    ),
    (re.compile(r", (mit (?:einem )?kasten|in a box|with a box)\b", re.I), r" \1"),
    (re.compile(rf"\b(?:the )?{_VOICE} {_COVERS} (?:the )?music\b", re.I), "music louder"),
    (re.compile(rf"\b(?:the )?music {_COVERS} (?:the )?{_VOICE}\b", re.I), "music quieter"),
    (re.compile(r",? ?(?:the )?other (?:two|three|ones|scenes) (?:can )?(?:stay|remain|keep)\b[^,.;]*", re.I), ""),
    (
        re.compile(r"^(\d{1,2}(?:(?:, | and | & | und )\d{1,2})+) (?=(?:in|with|at|should|im|mit|bei)\b)", re.I),
        r"scenes \1 ",
    ),
)


def plainly(said: str, film: Film) -> str:
    """Return a wish that is said to a film as somebody would say it who knows what is understood."""
    said = colloquial.spelled_out(said) if film.language == "de" else said
    said = _NO_STOP.sub("", said) or "no"
    if film.is_being_made and _STOP.match(said):
        return "stop"
    if _START.match(said):
        return "great, start"
    text = _TOGETHER.sub(_apart, lengths_said.joined(contrasts.plainly(said, film)))
    text = _EACH_HAS.sub(lambda found: _each_has(found, film), _MERGED.sub("merge the scenes", text))
    text = _HAPPIER.sub(r"make the music \g<how>", _BLAMED.sub(_mended, text))
    for pattern, plainer in _PLAINER:
        text = pattern.sub(plainer, text)
    text = _TITLED_FIRST.sub(r"\3, \1: \2", _with_apostrophes(text, film))
    last = len(film.places)
    text = _LINE.sub(lambda found: f"scene {_number(found[1], found[2], last)} says “{found[3]}”", text)
    text = _MOVED.sub(lambda found: f"scene {found[3] or _number(found[1], found[2], last)} in ", text)
    return _HALF.sub(_half_of(last), text)


def _apart(found: re.Match[str]) -> str:
    """Say the wish of each part, unless both are scenes: the rules know two of them."""
    if "scene" in found[3].lower() and "scene" in found[4].lower():
        return found[0]
    return f"{found[1]}{found[2]} {found[3]} {found[5]} and {found[2]} {found[4]} {found[5]}"


def _each_has(found: re.Match[str], film: Film) -> str:
    names = {str(one["name"]).lower() for one in film.characters}
    if not {found[1].lower(), found[4].lower()} <= names:
        return found[0]
    return f"{found[1]} {found[2]} {found[3]} and {found[4]} {found[2]} {found[5]}"


def _with_apostrophes(text: str, film: Film) -> str:
    """Read "annas scarf" as "Anna's scarf", where there is an Anna."""
    names = "|".join(re.escape(str(one["name"])) for one in film.characters)
    told = rf"\b({names})s (?=(?!voice\b)\w)"
    return re.sub(told, r"\1's ", text, flags=re.I) if names and film.language == "en" else text


def _mended(found: re.Match[str]) -> str:
    told, count = _IT.subn(found[1], found[2], count=1)
    return told if count else f"{found[2]} in {found[1]}"


def _number(digit: str | None, word: str | None, last: int) -> int:
    return int(digit) if digit else _ORDINALS.get((word or "").lower(), last)


def _half_of(last: int) -> Callable[[re.Match[str]], str]:
    middle = last // 2

    def told(found: re.Match[str]) -> str:
        begins, ends = (1, middle) if found[1].lower() in ("first", "1st") else (middle + 1, last)
        return f"in scene {begins}" if begins == ends else f"in scenes {begins} to {ends}"

    return told
