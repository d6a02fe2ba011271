"""PURE: words that are to stand at the end of the film, or at its beginning ("put happy 90th nan at the end").

Whether they are to be read or heard is asked: they are no thing that a picture shows, and no scene that is moved."""

from __future__ import annotations

import re

from chat.llm.local import said_or_shown
from chat.llm.local.corrections import Before
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.scene_words import with_edge
from chat.llm.local.steps import Step, Understood, step

_POLITE = (
    r"(?:please|pls|can (?:you|we|u)|could (?:you|we|u)|and|also|then|maybe|"
    r"i(?:'d| would)? (?:want|like)(?: you)?(?: to)?|let's|bitte|"
    r"kannst du|könntest du|kann man|und|noch|auch|mal|por favor|s'il te plaît|puoi|puedes|pode)"
)
_WRITES = (
    r"(?:write|type|schreib\w*|hinschreib\w*|einblend\w*|escrib\w+|écri\w*|scriv\w+|escrev\w+|写上?|打上|加上|放上|显示|"
    r"लिख\S*|दिखा\S*)"
)
_PUTS = (
    r"(?:put|add|stick|pop|place|show|display|include|have|insert|setz\w*|pack\w*|mach\w*|zeig\w*|blend\w*|füg\w*|pon\w*|"
    r"añad\w*|mets?|ajout\w*|mett\w+|aggiung\w+|põe|coloca\w*|adicion\w+)"
)
_EDGE = (
    r"(?:(?:at|on|in|onto|to|for) (?:the )?(?:very )?(?:(?P<end{0}>end(?:ing)?|last scene|final scene)|start|"
    r"beginning|first scene)(?: of (?:it|the (?:film|video|movie)))?|"
    r"(?:ganz )?(?:am|ans|an das|zum) (?:(?P<ende{0}>ende|schluss)|"
    r"anfang|beginn)|(?P<fin{0}>al final|à la fin|alla fine|no final|no fim))"
)
_LEAD = r"(?:the (?:words?|text|message|sentence)|something like|the following|den (?:text|satz)|die worte)?:? ?"
_SHOWN = (
    r"(?:(?: to)? (?:come up|appear|pop up|show up|be (?:written|shown)|written|shown)|"
    r"(?: (?:on|onto) (?:the )?screen)|, (?:ein|hin)$| (?:ein|hin|dazu|drauf|rein|stehen|erscheinen|schreiben|"
    r"hinschreiben|einblenden|hinzufügen|setzen)(?= |$))?"
)
_BESIDE = r"(?: (?:noch|bitte|auch|mal|rein|dazu|hin|drauf|hinein|aussi|también|anche|também))*"
_TAIL = r"(?: (?:please|pls|too|also|thanks|bitte|noch|dazu|hin|ein|stehen|por favor))*[ .!]*"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?:{_POLITE},? )*(?P<verb>{_WRITES}|{_PUTS}) {_LEAD}(?P<text>.+?){_SHOWN} {_EDGE.format('')}{_TAIL}",
        rf"(?:{_POLITE},? )*(?P<verb>{_WRITES}|{_PUTS}) {_EDGE.format('')}{_BESIDE}(?P<colon>:)? {_LEAD}"
        rf"(?P<text>.+?){_SHOWN}{_TAIL}",
        rf"(?:{_POLITE},? )*{_EDGE.format('')},? (?:{_POLITE},? )*(?P<verb>{_WRITES}|{_PUTS}) {_LEAD}(?P<text>.+?)"
        rf"{_SHOWN}{_TAIL}",
        rf"(?:{_POLITE},? )*{_EDGE.format('')},? (?:it |there )?(?:should|must|could|soll(?:te|en)?|muss|kann|könnte)"
        rf"(?: (?:noch|bitte|auch|da|es))* (?P<verb>be |come |read )?{_LEAD}(?P<text>.+?)"
        r" (?:stehen|erscheinen|kommen|zu (?:lesen|sehen) sein|eingeblendet werden|geschrieben stehen|written|shown)"
        rf"{_TAIL}",
        rf"(?:{_POLITE},? )*{_EDGE.format('')},? (?:{_POLITE},? )*{_LEAD}(?P<text>.+?) (?P<verb>schreiben|hinschreiben|"
        rf"einblenden|hinsetzen){_TAIL}",
        r"(?:请)?(?:在)?(?P<fin>结尾|最后|片尾|末尾)(?:的时候|处)?(?:再|请)?(?P<verb>加上|写上|写|放上|显示|打上)[：:]?(?P<text>.+?)[。！!]*",
        r"(?:कृपया )?(?P<fin>अंत में|आख़िर में) (?P<verb>लिखो|लिखें|लिखिए|दिखाओ|दिखाएँ)[: ]+(?P<text>.+?)[।!]*",
        r"(?:कृपया )?(?P<fin>अंत में|आख़िर में) (?P<text>.+?) (?P<verb>लिखो|लिखें|लिखिए)[।!]*",
    )
)
_MESSAGE = re.compile(
    r"(?:(?:a |have a )?(?:very )?happy (?:\d+\w*|new year|easter|christmas|xmas|holidays?|birthday|bday|b-day|"
    r"anniversary|retirement|halloween|valentine\w*|mother'?s'? day|father'?s'? day|wedding|"
    r"graduation|diwali|eid|hanukkah)|"
    r"merry (?:christmas|xmas)|season'?s greetings|congrat\w*|well done|thanks?\b|thank you|"
    r"(?:with |lots of |all (?:my|our) |much )*love\b,? (?:from|to|you|always|your)|with love\b|"
    r"(?:we|i)(?:'ll| will)? (?:miss|love|thank|wish) (?:you|u|ya)|see (?:you|u|ya)\b|good (?:luck|bye|night)\b|"
    r"goodbye|farewell|welcome (?:home|back|to)\b|get well|best wishes|rest in peace|in (?:loving )?memory|"
    r"dedicated to|"
    r"(?:visit|call|follow|join|contact|book|order|find) (?:us|me|now|today)\b|come (?:and|visit|see|by)\b|"
    r"to be continued|made (?:by|with love)|created by|directed by|(?:https?://|www\.)|"
    r"[\w-]+\.(?:com|org|net|de|co\.uk)\b|"
    r"alles (?:gute|liebe)|herzlichen glückwunsch|glückwunsch|froh\w* (?:weihnacht|ostern|fest|neues)|danke\b|"
    r"vielen dank|bis bald|gute besserung|viel glück|willkommen|wir (?:vermissen|lieben|danken|wünschen)|liebe grüße|"
    r"besuch\w* (?:uns|sie uns)|felic\w+|feliz|gracias|joyeux|bonne? (?:année|anniversaire|fête)|merci|buon(?:a|e)? |"
    r"auguri|grazie|parabéns|obrigad\w+)",
    re.IGNORECASE,
)
"""How words begin that are said or written to somebody."""
_A_THING = re.compile(
    r"(?:an?|some|another|more|one|the|my|our|your|his|her|ein\w*|eine|der|die|das|den|meine?n?|una?|un|une|el|la|le|il|o|"
    r"um|uma)\b|.*\b(?:music|musik|song|scene|szene|clip|picture|bild|logo|captions?|sound|voice|credits|sign|banner|"
    r"board|balloons?|schild|cartel|panneau|cartello|placa)\b",
    re.IGNORECASE,
)
_QUOTES = " \"“”„«»'‘’.,:"


def noted(said: str, sentence: Sentence, film: Film, before: Before) -> Understood:
    """Ask whether the words are to be read or heard; nothing where it is no message, or a thing to be seen."""
    if answer := answered(said, film, before):
        return answer
    found = next((match for form in _FORMS if (match := form.fullmatch(" ".join(said.split()).rstrip("?")))), None)
    if found is None or not film.places:
        return Understood()
    text = found["text"].strip(_QUOTES)
    given = found.groupdict()
    is_dictated = re.fullmatch(_WRITES, found["verb"] or "", re.IGNORECASE) or given.get("colon")
    is_written = is_dictated and not _A_THING.match(text)
    is_quoted = found["text"].strip()[:1] in "\"“„«'‘" and not sentence.has("says?|said|title|called|named")
    if not text or not (is_written or is_quoted or (_MESSAGE.match(text) and not _is_of_a_thing(text))):
        return Understood()
    if not any(given.get(name) for name in ("end", "ende", "fin")):
        return said_or_shown.question(film, film.places[0], text)
    return Understood(
        words=film.say("ask.name_end", n=film.places[-1], text=text),
        suggestions=(film.say("suggest.sign_end", text=text), film.say("suggest.say_end", text=text)),
    )


def answered(said: str, film: Film, before: Before) -> Understood:
    """Return what a button or an answer to one of the two questions means; nothing for anything else."""
    if answer := said_or_shown.answered(said, film, before.agent):
        return answer
    pressed = chosen(said.strip(), film) if film.places else None
    return Understood((pressed,)) if pressed else Understood()


def chosen(said: str, film: Film) -> Step | None:
    """Return what one of the two buttons of that question does, with its words as they were written."""
    last = film.places[-1]
    if text := _pressed("suggest.sign_end", said, film):
        sign = f"a sign that says “{text}”"
        style = film.settings["style"]
        picture = f"{sign}, in keeping with the rest of the film, {style} style"
        move = f"a slow, steady move towards {sign}"
        return step("add_scene", after=last, title=text, script="", image_prompt=picture, video_prompt=move)
    if text := _pressed("suggest.say_end", said, film):
        return step("edit_scene", scene=last, script=with_edge(film.scene(last)["script"], text, "ends"))
    return None


def _pressed(key: str, said: str, film: Film) -> str:
    before, behind = film.say(key, text="{text}").split("{text}")
    is_it = said.startswith(before) and said.endswith(behind) and len(said) > len(before) + len(behind)
    return said[len(before) : len(said) - len(behind)] if is_it else ""


def _is_of_a_thing(text: str) -> bool:
    return bool(
        re.search(r"\b(?:music|musik|song|scene|szene|sign|banner|balloons?|cake|schild)\b", text, re.IGNORECASE)
    )
