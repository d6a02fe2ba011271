"""PURE: the words beside a wish that wish for nothing: praise before a "but", "while you're at it", ", right?"."""

from __future__ import annotations

import re

_MEANWHILE = re.compile(
    r"^(?:(?:and|oh|ok|hey|und|ach|y|et),? )*(?:(?:while|when|since|as long as) "
    r"(?:you'?re|you are|youre|ur|u r|we're|we are) (?:already )?(?:at it|there|on it)|"
    r"(?:wenn|wo|da) du (?:schon|gerade|eh)(?: mal| gerade)? dabei bist|"
    r"ya que est[áa]s(?: en eso)?|(?:pendant|tant) que (?:tu y es|vous y êtes)|già che ci sei|"
    r"já que (?:está|você está|estás) nisso)[,:;.]* ",
    re.IGNORECASE,
)
_LIKED = (
    r"(?:(?:i |we )?(?:really |just )?(?:love|like) (?:it|this|that)(?: a lot| so far| all| so much)?|"
    r"(?:it|this|that)(?:'s| is) (?:so |really |very )?(?:nice|great|good|cool|lovely|fine)|"
    r"(?:so |very |really )?(?:nice|great|lovely|super|toll|cool|schön|gut)|(?:das )?gefällt mir(?: gut| sehr)?|"
    r"find(?:e)? ich (?:gut|toll|super)|me (?:gusta|encanta)|"
    r"j'aime(?: bien)?|j'adore|mi piace|gostei|adorei)"
)
_PRAISE = re.compile(
    rf"^(?:(?:ok|wow|oh|hm+|so|ja|yes),? )*{_LIKED}[,.!;–-]* (?:but|only|just that|aber|nur|pero|solo que|mais|ma|mas|"
    r"só que) (?=\S+ \S+)",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"^(?:please |bitte |no,? |nein,? )*(?:(?:don'?t|do not) (?:make|start|generate|render|begin) (?:it|anything|"
    r"the (?:film|video))"
    r"(?: yet| now| already)*|noch nicht (?:starten|machen|anfangen|loslegen)|(?:mach|starte?|fang) (?:es |ihn |"
    r"den film )?"
    r"noch nicht(?: an)?)[,;.! –-]+(?:(?:first|but|and|just|please|before that|erst|zuerst|vorher|und|"
    r"aber)[, ]+)*(?=\S+ \S+)",
    re.IGNORECASE,
)
"""Nothing is made for a change anyway."""
_WRONG = re.compile(
    r"^(?:(?:no+|nah|oh|ah|hm+|wait|nein|nee),? )*(?:that'?s|thats|this is|it'?s|das (?:ist|war)) (?:not it|wrong|"
    r"not right|not what i (?:meant|wanted|said)|falsch|nicht richtig)[,.;!–-]+ ?(?:so |please |und |bitte )*"
    r"(?=(?:undo|revert|take (?:it|that) back|go back|rückgängig|mach (?:es|das) rückgängig)\b)",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"(?<=\w{2})(?:,| -| –)? (?:right|huh|eh|innit|isn'?t it|doesn'?t it|don'?t you think|"
    r"oder(?: nicht)?|gell|nicht wahr|findest du nicht|¿?(?:no|verdad)|non|n'est-ce pas|vero|né|não(?: é)?)\?+$",
    re.IGNORECASE,
)
_TOO = re.compile(
    r"\b((?:is|are|was|it'?s|looks?|sounds?|seems?|feels?|way|far|bit|little) )to (?=(?:short|long|dark|bright|loud|"
    r"quiet|fast|slow|"
    r"quick|big|small|blurry|boring|cold|warm|sad|happy|late|early|high|low|much|many)\b)",
    re.IGNORECASE,
)
_SECONDS = r"(?:s|secs?|seconds?|sek\w*|segundos?|secondes?|secondi)"
_NOT_SO_LONG = re.compile(
    rf"\b(\d+)(?: ?{_SECONDS})? (?:statt|anstatt|instead of|rather than|and not|not|en vez de|au lieu de|invece di|"
    rf"em vez de) \d+ ?"
    rf"({_SECONDS})\b",
    re.IGNORECASE,
)
"""A length beside the one that it is now: "60 instead of 30 seconds"."""
_POLITE = re.compile(
    r"(?<=[\w!.,;])[,;.!]*\s+(?:please|pl[sz]+|bitte|por favor|s'il (?:te|vous) pla[iî]t|per favore)[\s.!]*$",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?<=[\w!.,;])[,;.!]*\s+(?:(?:many |vielen? )?(?:thx|thanks|thank you|ty|danke|dankeschön|gracias|merci|grazie)"
    r"(?: so much| a lot| schön| sehr)?)[\s.!]*$",
    re.IGNORECASE,
)
"""Thanks for what is wished: nobody answers them in its place."""
_DICTATED = re.compile(
    r"[:\"“”„«»]|\b(?:says?|say|said|saying|reads?|text|narration|title|called|sagt|sagen|heißt|titel|erzählung)\b",
    re.IGNORECASE,
)
"""The end of what follows may be what is to be said."""
_ORDERED = re.compile(
    r"\b(?:make|let|use|add|put|change|give|turn|remove|show|replace|mach\w*|lass|nimm|füg\w*|änder\w*|gib|zeig\w*)\b",
    re.IGNORECASE,
)
"""Without such a word the polite one is what makes a wish of it: "a bit longer please"."""
_GERMAN_AND = re.compile(
    r"(?<=\w) u\.? (?=(?:der|die|das|den|dem|ein|eine|einen|keine?n?|mach|nimm|lass|nicht|dann|auch|noch|in|im|am|mit|"
    r"ohne|szene|alles|bitte)\b)",
    re.IGNORECASE,
)
"""Und, in a hurry."""
_AND = re.compile(r"(?<=\w) n (?=(?:the|a|an|make|no|also|then|put|scene|it|my|more|less|\w+er)\b)", re.IGNORECASE)
_AGAIN = re.compile(
    r"^((?:(?:and|so|ok|hey|sorry),? )*(?:what|who|where|when|which|how)(?:'?s|'?re)?\b.+?),? (?:again|"
    r"once more)(\W*)$",
    re.IGNORECASE,
)
"""A question that is asked once more: "what was the price again"."""
FEWEST = 3
"""Words before a question that is only added."""


def without(said: str) -> str:
    """Return a message without its asides; as it is where nothing else would be left."""
    said = _GERMAN_AND.sub(" und ", said)
    said = _AND.sub(" and ", said)
    said = _AGAIN.sub(r"\1\2", said)
    said = _NOT_SO_LONG.sub(r"\1 \2", _TOO.sub(r"\1too ", said))
    left = _NOT_YET.sub("", _PRAISE.sub("", _MEANWHILE.sub("", _WRONG.sub("", said.strip()))))
    left = _shorter(left, _TAG)
    if not _DICTATED.search(left):
        left = _shorter(left, _THANKS)
        left = _shorter(left, _POLITE) if _ORDERED.search(left) else left
    return left if re.search(r"\w\w", left) else said


def _shorter(text: str, aside: re.Pattern[str]) -> str:
    bare = aside.sub("", text)
    return bare if len(bare.split()) >= FEWEST else text
