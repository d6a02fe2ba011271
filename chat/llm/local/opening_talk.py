"""PURE: the answer to what is said before there is a film, and is no subject of one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chat.llm.local import capabilities, costs
from chat.llm.local.corrections import NOTHING, Before
from chat.llm.local.film import Film
from chat.llm.local.guessing import PERHAPS, Meaning, Mind, is_question
from chat.llm.local.steps import Understood


def answered(said: str, film: Film, mind: Mind, before: Before = NOTHING) -> Understood:
    """Answer what is no subject of a film, though somebody says it in place of one. While the script is being written,
    that is only what asks something: all else may be a wish. Who says the same again means it as a subject."""
    if film.is_being_written and not is_question(said):
        return Understood()
    if before.user and before.user.strip().lower() == said.strip().lower():
        return Understood()
    likely = mind.openings(said)
    subject = next((one.likelihood for one in likely if one.name == "subject"), 0.0)
    first = likely[0]
    changing = sum(one.likelihood for one in likely if capabilities.BEFORE.get(one.name) == NOTHING_YET)
    is_change = changing >= LIKELY_TALK and subject * 3 <= changing and len(said.split()) <= LONGEST_TALK
    if is_change or first.name == "wish":
        is_new = is_change and not film.is_being_written
        return Understood(words=film.say(NOTHING_YET)) if is_new else Understood()
    if told := _by_form(said.strip(), likely, film):
        return told
    least = SURE_TALK if first.name in NOT_SO_LIKELY else LIKELY_TALK
    if _is_of_pixora(said) and subject <= PERHAPS / 2:
        least = ASKED_TALK
    if first.likelihood < least or subject > PERHAPS or len(said.split()) > LONGEST_TALK:
        return Understood()
    if first.name in ("price", "price_part"):
        return Understood(words=costs.before_script(said, film))
    return capabilities.before_script(first.name, film)


def _by_form(said: str, likely: Sequence[Meaning], film: Film) -> Understood:
    """Return the answer to what is a question about the films here by its form, whatever it is like."""
    if film.is_being_written:
        return Understood()
    if HOW_LONG.match(said):
        return capabilities.before_script("ask_time", film)
    asks = (ABOUT_FILMS, WHAT_IS_THIS, DOES_IT)
    return _of_films(likely, film) if any(one.match(said) for one in asks) else Understood()


def _of_films(likely: Sequence[Meaning], film: Film) -> Understood:
    """Answer what is asked of the films that are made here; how they are made, where no nearer answer is known."""
    first = next((one for one in likely if one.name != "subject"), None)
    told = capabilities.before_script(first.name, film) if first and first.likelihood >= LIKELY_TALK else Understood()
    return told if told.words else capabilities.before_script("help", film)


ABOUT_FILMS = re.compile(
    r"^(?:and |so |hey |hi |ok |und |hallo )*(?:do|does|are|is|will|can|could|how|what|which|how many|sind|ist|"
    r"haben|hat|wie|"
    r"kommen|sehen)\b(?!.* (?:about|über|sobre|di|sur)\b)(?! (?:you|u) (?:make|do|create|write|give)\b).*\b(?:in|of|"
    r"with|for|from|"
    r"the|your|my|a|in den|der|die|bei)\b.*\b(?:films?|videos?|scenes?|clips?|captions?|subtitles?|filmen?|videos|"
    r"szenen?)\b[^.]*\?$",
    re.IGNORECASE,
)
"""A question about the films here: no film is about films in such words."""
HOW_LONG = re.compile(
    r"^(?:and |so |hey |hi |ok |und |hallo )*(?:how long (?:does|will|do|would) (?:it|this|that|a film|a video|"
    r"one)\b.*\btake|"
    r"wie lange (?:dauert|braucht|dauern) (?:das|es|ein film|sowas|so was)|combien de temps (?:ça|cela|il faut|est-ce)|"
    r"cuánto (?:tarda|tiempo (?:tarda|se tarda|hace falta))|quanto (?:ci vuole|tempo (?:ci vuole|leva|demora))|"
    r"quanto demora)\b[^.]*$",
    re.IGNORECASE,
)
DOES_IT = re.compile(
    r"^(?:and |so |hey |hi |hello |ok |und |hallo |hola |bonjour |ciao )*(?:do (?:you|u)(?: guys| all|"
    r" people)?(?: also| even)? (?:do|offer|have|take|support|sell)|"
    r"(?:does|do|can|is|will) (?:this|it|that|"
    r"pixora|the app|the site) "
    r"(?:also |even |really )?(?:work|run|support|need|cost|save|store|keep|export|open)|(?:geht|läuft|"
    r"funktioniert) (?:das|es|pixora) "
    r"(?:auch )?(?:auf|mit|ohne|am)|(?:esto )?funciona (?:esto )?(?:en|con|sin)|ça (?:marche|fonctionne) (?:sur|"
    r"avec|sans)|"
    r"funziona (?:su|con|senza)|(?:isso )?funciona (?:no|na|com|sem))\b.*$",
    re.IGNORECASE,
)
WHAT_IS_THIS = re.compile(
    r"^(?:(?:bonjour|salut|hola|ciao|oi|olá|hallo|hi)\W+)?(?:c'est quoi|qu'est-ce que (?:c'est|ce)|à quoi sert|"
    r"qu[ée] es|para qué sirve|"
    r"(?:che )?cos'è|a (?:che )?cosa serve|o que é|para que serve|what'?s|what is|was ist) "
    r"(?:que )?(?:ce |cette |este |esta |esto|questo|questa |isto|isso|ça|cela|this|das|that|dieses? )?(?: ?(?:site|"
    r"sitio|página|web|sito|"
    r"pagina|app\w*|truc|seite|page|thing|outil|herramienta))?(?: hier| ici| aquí| qui| aqui| here)?\W*$",
    re.IGNORECASE,
)


def _is_of_pixora(said: str) -> bool:
    """It asks what can be done here: no question that a film answers is put like this."""
    return bool(ASKING_HERE.match(said.strip()))


NOTHING_YET = "ask.nothing_yet"
"""The answer to all wishes for changes: "undo" may be any of several, and is none for a film."""
LIKELY_TALK, SURE_TALK, LONGEST_TALK, ASKED_TALK = 0.45, 0.7, 16, 0.3
ASKING_HERE = re.compile(
    r"^(?:and |so |hey |hi |hello |ok |und |hallo |y |et |e )*(?:(?:can|could|may|do|must|will) (?:i|we|u|you|one)\b|"
    r"(?:does|is|are) (?:it|this|there|pixora)\b|(?:how|where|when) (?:do|can|does) (?:i|we|it|this|you)\b|"
    r"(?:kann|können|darf|muss|müssen|brauche?|könnte) (?:man|ich|wir)\b|"
    r"(?:geht|gibt|kostet|ist|läuft) (?:das|es|dies|hier)\b|"
    r"(?:kannst|hast|sprichst|bist|machst) du\b|wie (?:kann|geht|läuft|funktioniert) |(?:se )?pued[eo]s?\b|hay \b|"
    r"(?:je |on )peu[xt]\b|(?:est-ce|y a-t-il)\b|(?:si )?(?:può|posso|puoi)\b|c'è\b|dá para\b|tem (?:como|algum))",
    re.IGNORECASE,
)
NOT_SO_LIKELY = ("publish", "own_file", "download", "refund", "sequel")
"""Other subjects of films, in a few words: "something for Instagram"."""
