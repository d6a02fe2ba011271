"""PURE: the notes of a film's guests in the chat: "apply the comments", "what did they say?", and their answers."""

from __future__ import annotations

import re

from chat.llm.base import ToolResult
from chat.llm.local import prices
from chat.llm.local.corrections import Before, was_asked
from chat.llm.local.film import Film
from chat.llm.local.steps import Understood, step

NOTES = (
    r"(?:comments?|coments?|commets?|notes?|feedback|remarks|annotations?|anmerkung(?:en)?|kommentare?|notizen"
    r"|hinweise|rückmeldung(?:en)?|comentarios?|notas?|remarques?|commentaires?|annotazion[ei]|comment[oi]|note"
    r"|comentários?|anotaç(?:ão|ões)|批注|评论|意见)"
)
WHOSE = (
    r"(?:all |of |the |their |these |those |his |her |my |our |open |what |\w+['’]?s'? |alle |die |den |das |ihre "
    r"|seine |meine |offenen |de |el |los |las |sus |todos |todas |les |leurs |tous |toutes |i |il |le |tutti "
    r"|tutte |loro |o |os |as |seus |suas |所有|这些|他们的)*"
)
DO = (
    r"(?:apply|aply|appply|do|implement|incorporate|work in|address|fix|follow|act on|make|include|take in|setze?"
    r"|setzen sie|arbeite|arbeiten sie|übernimm|übernehmen sie|berücksichtige|mach|erledige|wende|aplica|aplicar"
    r"|aplique|incorpora|applique[rz]?|intègre[rz]?|applica|applicare|includi|incorpore|应用|处理|按照|采纳)"
)
SHORT = (
    r"(?: (?:they made|(?:from|by|von|vom|de|del|di|da|do) (?:(?:mrs?|ms|frau|herrn?|señora?|madame|monsieur|signora?|"
    r"senhora?|the|der|dem|la|el|le|o|a|my|mein\w*)\.? )?[\w-]+|says?|um|ein|an|please|pls|plz|bitte|now|jetzt|"
    r"por favor|svp|per favore))*"
)
APPLY = re.compile(
    rf"(?<!\w){DO}(?![a-zß-ÿ]) ?{WHOSE}{NOTES}{SHORT}\W*$|(?:टिप्पणी|टिप्पणियाँ|टिप्पणियों को) लागू (?:करो|करें)[।.!]*$"
)
ASKS = (
    r"(?:what|any|which|show|list|read|are there|how many|was|welche|gibt es|gibt'?s|zeig\w*|qué|hay|quels?|y a-t-il"
    r"|quali|ci sono|quais|há|有|哪些)"
)
REST = (
    r"(?: (?:are there|there|yet|so far|(?:is |are |ist |sind )?(?:still |noch )?(?:open|offen|übrig)|left|gibt es|"
    r"da|schon|hay|do i have|did i get|did (?:they|he|she)"
    r" (?:leave|make)|(?:on|for|about|from|zu|von) (?:it|this|the film|my film|dem film|(?:scene|szene) \d+|\w+)))?"
)
ASKED = re.compile(
    rf"^(?:\w+,? )?{ASKS}(?: (?!in )[\w'’]+){{0,4}} ?{NOTES}{REST}\W*$"
    r"|^(?:and )?what did (?:they|he|she|my boss|the client|the guests?|\w+) (?:say|think|write)\W*$"
    r"|^(?:und )?was (?:haben sie|hat er|hat sie|haben die|hat mein chef|sagen die|sagt mein chef)\b.{0,20}"
    r"(?:gesagt|geschrieben|dazu|angemerkt)?\W*$"
    r"|^(?:hat|haben) (?:jemand|sie|die) .{0,12}angemerkt\W*$"
)
CHANGES = re.compile(r"(?<!\w)(?:music|musik|música|musique|musica|song|play|sing|piano|klavier|high|low|voice)(?!\w)")
"""Notes may be those of a melody."""


AGREED = re.compile(
    r"(?:(?:ok(?:ay)?|yes|yeah|yep|sure|please|pls|then|well|so|and|let's|can you|could you|ja|gut|bitte|dann|"
    r"sí|oui|sì|sim|好|好的)[, ]*)*(?:(?:go ahead(?: and)?|(?:do|apply|fix|make|change|use|implement) "
    r"(?:that|it|this|them|those|what "
    r"(?:they|she|he) (?:says?|said|wants?|wrote))|mach(?:e|en sie)? (?:das|es|die)|setz(?:e)? (?:das|es|sie) um|"
    r"hazlo|fais-le|fallo|faz isso)(?: (?:please|pls|then|now|for (?:me|her|him|them)|bitte|dann|so))*)?\W*"
)
"""What somebody says who has just heard the notes, and wants them done."""


def noted(said: str, film: Film, before: Before) -> Understood | None:
    """Return what is done about a sentence on notes; None where it is about something else."""
    plain = " ".join(said.casefold().split())
    if not film.script or CHANGES.search(plain) or len(plain) > 90:
        return None
    was_told = was_asked("notes.list_one", before.agent) or was_asked("notes.list", before.agent)
    if APPLY.search(plain) or (was_told and film.facts.get("notes") and AGREED.fullmatch(plain)):
        return Understood((step("apply_notes"),))
    return _listed(film) if ASKED.search(plain) else None


def _listed(film: Film) -> Understood:
    """Tell the open notes, each between quotation marks, with a button that has them done."""
    found = film.facts.get("notes") or []
    if refused := film.may_not("notes"):
        return Understood(words=refused)
    if not found:
        return Understood(words=film.say("notes.none"))
    told = [
        film.say("notes.one", name=note["by"], scene=note["scene"] or "–", text=film.quoted(note["text"]))
        for note in found
    ]
    words = " ".join([film.say("notes.list_one" if len(found) == 1 else "notes.list", n=len(found)), *told])
    key = "suggest.apply_note" if len(found) == 1 else "suggest.apply_notes"
    return Understood(words=words, suggestions=(film.say(key),))


def done(result: ToolResult, film: Film, name: prices.Namer) -> str:
    """Tell the price of what the notes ask for, and which of them it does nothing about."""
    found = result.result
    if result.failed:
        return film.say("notes.nothing")
    if "price" not in found:
        return film.say("price.nothing")
    said = [film.say("notes.price_one" if found["notes"] == 1 else "notes.price", n=found["notes"])]
    said.append(prices.told(found["price"], film, name))
    if found["left"]:
        said.append(film.say("notes.left", list=film.listed([film.quoted(one["note"]) for one in found["left"]])))
    return " ".join(said)
