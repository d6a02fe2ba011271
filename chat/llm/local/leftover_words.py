"""PURE: the words left of a wish when it is known what is wished: they go into a picture, a look or music."""

from __future__ import annotations

import re

OPENERS = re.compile(
    r"^(?:(?:please|pls|plz|hey|hi|oh|and|also|but|so|ok(?:ay)?|well|hmm+|maybe|actually|could (?:you|we)|"
    r"can (?:you|we|u)|"
    r"would you|"
    r"i(?:'d| would) (?:like|love|prefer)(?: to (?:see|have))?|i (?:want|wanna|need|wish|picture)(?: it|"
    r" to)?(?: see| have)?|"
    r"it (?:should|must|needs to) (?:be|have|look)|it needs|there (?:should|must|needs to) be|"
    r"let(?:'s)?(?: it be)?|make it|"
    r"(?:the (?:picture|image)|das bild|l'image|la imagen|l'immagine|a imagem)(?= (?:with|mit|avec|con|com)\b)|"
    r"make|have|put|add|show(?: me)?|set it|set|how about|what about|"
    r"bitte|kannst du|könntest du|und|auch|noch|mal|ich (?:will|möchte|hätte gern(?:e)?|wünsche mir|brauche)|"
    r"hätte? ich (?:gern(?:e)?|lieber)|möchte? ich|will ich|quisiera|"
    r"mach(?:e|st du)?|rather|better|"
    r"lass|nimm|lieber|setz(?:e)?|zeig(?:e)?|füge?|da soll(?:en)?|es soll(?:en)?|"
    r"pon(?:le|ga)?|quiero(?: ver)?|añade|haz(?:la|lo)?|que|y|por favor|puedes|"
    r"mets|ajoute|fais|je (?:veux|voudrais|préfère)(?: voir)?|il faut|plutôt|et|s'il te plaît|"
    r"metti|aggiungi|fai|vorrei(?: vedere)?|voglio|e|per favore|"
    r"coloca|põe|bota|quero(?: ver)?|adiciona|faz|zet|doe|maak|ik wil|graag)\b[ ,:]*)+",
    re.IGNORECASE,
)
CLOSERS = re.compile(
    r"(?:[ ,.!?]*\b(?:please|pls|plz|thanks?(?: you)?|thx|instead|too|as well|tho(?:ugh)?|btw|bitte|danke|machen|"
    r"haben|rein|"
    r"hinzufügen|por favor|gracias|s'il (?:te|vous) plaît|merci|per favore|grazie|né|obrigado|graag)\b)*[ ,.!?;:]*$",
    re.IGNORECASE,
)
SAID = re.compile(
    r"[\"“„«](?P<quoted>.+?)[\"”“»]|(?<!\w)'(?P<single>[^']+(?:'\w[^']*)*)'(?!\w)|: *(?![\"“„«])(?P<behind>\S.*)$",
    re.DOTALL,
)


THERE = re.compile(
    r"^(?:in|on|at|im|in der|am|auf|beim?|zum?|zur|en|al|dans|sur|au|aux|nel\w*|su\w{0,4}|all?\w?|no|na|em|ao) "
    r"(?:[\w'’-]+ ){1,4}?(?:there (?:should|must|could|needs to) be|there's|i want(?: to see)?|put|add|"
    r"(?:soll(?:en|te|ten)?|könnte|müsste|bräuchte|fehl(?:t|en))(?: noch)?|(?:debe|debería) haber|faltan?|hace falta|"
    r"quiero(?: ver)?|pon|il (?:faut|faudrait|manque)|manque|mets|ci (?:deve essere|vorrebbe|vuole|vorrebbero)|"
    r"mancano?|(?:deve|devia|podia) ter|quero(?: ver)?) (?=\S+ ?\S*)|"
    r"^(?:the |a |my |der |die |das )?[\w'’-]+(?: [\w'’-]+)? (?:needs?|could (?:use|do with)|braucht|bräuchte) "
    r"(?=(?:an?|some\w*|more|less|fewer|two|three|another|ein\w*|noch|mehr|jemand\w*)\b)",
    re.IGNORECASE,
)
INSTEAD_OF = re.compile(
    r"(?<=\w),? (?:and |but |und )?(?:not|nicht|pas|non|não) (?:an? |the |any |der |die |das |den |un |une |una |um |"
    r"uma |o |a )?[\w'’-]+\W*$",
    re.IGNORECASE,
)
"""What is not to be there any more, behind what is: who draws "more waves, not boats" would draw boats."""
BLAMED = re.compile(
    r"^(?:[\w'’-]+ ){0,4}(?:is|are|looks?|seems?|ist|sind|sieht|es|est|è|é) (?:too|so|way too|a bit|kinda|kind "
    r"of|really|"
    r"the wrong|very|zu|muy|trop|troppo|muito)?[\w' -]{0,24}[,;:–-] *(?:so |please |bitte )?(?=(?:make|should|"
    r"put|give|have|let|i|"
    r"mach|lieber|rather|better|instead|soll|haz|fais|plutôt|rendi|faz)\b)",
    re.IGNORECASE,
)
"""What is wrong, said before the wish."""


_EDGE = (
    r"(?:(?:at|in|to|towards|am|zum|al|à la|alla|no|na) (?:the )?(?:very )?"
    r"(?:end|beginning|start|schluss|ende|anfang|final|fin|fine|fim))\b(?! (?:of|der|des|de|du|della|do|da|vom|von)\b)"
)
EDGE = re.compile(rf"^{_EDGE}[ ,:]*(?=\S)|(?<=\S)[ ,]+{_EDGE}$", re.IGNORECASE)
"""Where in the film it is to be: which scene that is, is known by then."""


def described(said: str) -> str:
    """Return what is to be seen or heard, without the asking, the place in the film and what is blamed."""
    text = " ".join(said.split()).strip(" ,.;:!?–-")
    text = INSTEAD_OF.sub("", THERE.sub("", BLAMED.sub("", text)))
    for _ in range(2):
        text = OPENERS.sub("", EDGE.sub("", text), count=1).strip(" ,.;:")
    return EDGE.sub("", CLOSERS.sub("", text)).strip(" ,.;:")


def quoted(said: str) -> list[str]:
    """Return all that stands in quotation marks."""
    return [text.strip() for match in SAID.finditer(said) if (text := match["quoted"] or match["single"])]


def dictated(said: str) -> str:
    """Return the words that somebody gave: the last in quotation marks, or those behind a colon; else nothing."""
    found = [next(group for group in match.groups() if group) for match in SAID.finditer(said)]
    return found[-1].strip() if found else ""
