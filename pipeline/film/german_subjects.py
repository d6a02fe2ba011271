"""PURE: the subject of a German prompt: behind "einen Film … über", without its audience, its settings and its verb."""

from __future__ import annotations

import re

from pipeline.film.german_nouns import with_capitals
from pipeline.film.sentence_ends import sentences

WITHOUT_UMLAUTS = re.compile(
    r"\b(?:ueber|fuer|waere?|koenn\w+|moecht\w+|haett\w+|wuensch\w+|schoen\w*|maerchen|erklaer\w*)\b", re.IGNORECASE
)
"""Who writes these writes every umlaut with two letters."""
_KEPT = re.compile(
    r"israel\w*|michael\w*|raphael\w*|rafael\w*|[jn]oel\w*|poe[stm]\w*|zoe\w*|aloe\w*|soeben|koe(?:xist|ffiz)\w*"
    r"|samuel\w*|\w*manuel\w*|statue\w*|tue[nts]?\w*|duett\w*|influe\w*|individuen|pueblo\w*|paella\w*|aerob\w*"
    r"|aero\w*|maestro\w*|puert\w*|suez\w*|boeing\w*|goethe\w*|joey\w*",
    re.IGNORECASE,
)
_PAIRS = re.compile(r"(?<![aeiouäöüq])ue(?!ll)|ae(?!u?\b)|aeu|(?<![aeiu])oe", re.IGNORECASE)
_UMLAUTS = {"ae": "ä", "oe": "ö", "ue": "ü"}
_SPOKEN = {"nen": "einen", "n": "einen", "ne": "eine", "nem": "einem", "ner": "einer", "vid": "Video"}
_SPOKEN |= {"unsre": "unsere", "unsern": "unseren", "unsren": "unseren", "unserm": "unserem", "unsrer": "unserer"}
_FILM = (
    r"(?:[\w-]*film(?:chen|e)?|[\w-]*videos?|[\w-]*clips?|[\w-]*spot|[\w-]*doku|trailer|reel|short|animation|story|"
    r"[\w-]*geschichte|märchen|etwas|was)"
)
_BETWEEN = (
    r"(?:\s+(?:im|in|als|auf|von|mit|ohne)\s+(?:\d+\s+)?(?:hochformat|querformat|hochkant|quer|quadratisch|format|"
    r"deutsch|englisch|aquarell\w*|sekunden\w*|minuten?\w*|einer minute|musik|\w+-?stil)"
    r"|\s+\(?\d+\s?(?:s|sek|sekunden|min|minuten?)\)?(?:\s+lang)?|\s+hochkant|\s+quer|\s+bitte|\s+\(\w+\)"
    r"|\s+(?:machen|erstellen|drehen|produzieren|generieren|basteln|schreiben|bauen))*"
)
_WHOM = r"\s+für\s+(?:(?!über\b|zum?\b)[^\s,]+\s+){1,6}?(?=(?:über|zum thema)\s)"
_LINK = r"(?:über|zum thema|zu dem thema|darüber,?|rund um|von|vom|zum|zur|zu|für|mit)"
_ORDER = re.compile(
    rf"^(?P<before>(?:[^\s,.!?]+,?\s+){{0,12}}?){_FILM}{_BETWEEN}(?:{_WHOM}|\s+){_BETWEEN}\s*(?P<link>{_LINK})\s+"
    r"(?P<subject>\S.*)$",
    re.IGNORECASE,
)
_TURNED = re.compile(
    rf"^(?:[^\s,.!?]+\s+){{0,6}}?über\s+(?P<subject>\S.*?)\s+(?:eine?n?\s+)(?:[^\s,]+\s+){{0,3}}?{_FILM}\b.*$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^(?:(?:mach|mache|erzähle?|zeige?|bitte|mir|uns|mal|doch|kurz|\d+\s?(?:s|sek|sekunden?|minuten?|min)|eine|minute|"
    r"halbe|zwei|drei|lang|hochkant|quer)\s+)*(?:über|zum thema)\s+(?P<subject>\S.*)$",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(
    r"^(?:(?:bitte|kannst du|könntest du|können sie)\s+)*(?:erklär\w*|zeige?n?)[\s,]+"
    r"(?:(?:mir|uns|mal|bitte|doch|kurz)[\s,]+)*"
    r"(?P<subject>(?:wie|warum|wieso|weshalb|was|woher)\s.*)$",
    re.IGNORECASE,
)
_ITS_VERB = re.compile(
    r"(?:,?\s+(?:bitte|machen|erstellen|drehen|produzieren|generieren|erzeugen|schreiben|basteln|bauen|haben))+$"
    r"|,\s*(?:kannst|könntest|können|könnten|würdest|geht)\b.*$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"^(?:wie|warum|wieso|weshalb|was|woher|wo|wer|wann|ob)\s", re.IGNORECASE)
_AUDIENCE = re.compile(
    r"\s+für\s+(?:(?:die|den|das|meine[nmrs]?|unsere[nmrs]?|mein|unser|eine[nmrs]?|ein|kleine|große)\s+)*(?:\d+\.\s+)?"
    r"(?:[\w-]*(?:klasse|klassen|schule|unterricht|referat|präsentation|kinder|schüler|schülerinnen|kindergarten|kita|"
    r"anfänger|youtube|instagram|insta|tik ?tok|website|webseite|homepage|arbeit|kollegen|kurs|seminar|uni|kund(?:en|"
    r"innen)|mitarbeiter(?:innen)?|azubis|gäste|einsteiger|laien|eltern|senioren|team))\b"
    r"(?:\s+\d+\w?)?(?=$|[\s,.!?])",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"[\s,]*\b(?:in|mit|aus)?\s*(?:\d+|ein(?:e|er)?|zwei|drei|vier|fünf|sechs)\s+szenen?\b", re.IGNORECASE
)
_FORMAT = re.compile(
    r"(?:[\s,]+(?:hochkant|quer|quadratisch|(?:im|in)\s+(?:hochformat|querformat)|auf deutsch|bitte|danke|"
    r"\d+\s?(?:s|sek|sekunden|min|minuten)(?:\s+lang)?))+[\s.!?]*$",
    re.IGNORECASE,
)
_DATIVE = re.compile(r"^(d|ein|mein|unser|dein)(em|er)\s+((?:[a-zäöüß]+e[nr]\s+)?[\w-]+)", re.IGNORECASE)
_NEUTER = re.compile(
    r"(?:chen|lein|kind|pferd|haus|auto|dorf|baby|schaf|schwein|huhn|tier|boot|schiff|buch|land|rad|unternehmen|café|"
    r"restaurant|hotel|geschäft|fest|spiel|team|jahr)$",
    re.IGNORECASE,
)
_END = re.compile(r"(?<=[.!?])\s+")
_POINTS_BACK = re.compile(
    r"(?:(?:ihn|ihm|sie|es|das|dies\w*|ihr|ihnen|uns|euch|mich|die|den|dem|unser\w*|mein\w*|daraus|davon|instagram|insta|"
    r"tik ?tok|youtube|facebook|whatsapp|linkedin|status|story|stories|reels?|kanal|gruppe|seite|webseite|website|"
    r"homepage|familie|freunde|kunden|kundinnen|gäste|oma|opa|mama|papa|eltern|für|fürs|und|bitte|mal)[\s,-]*)+",
    re.IGNORECASE,
)
"""It says whom or what the film is for, and what it is about was said before."""
_OF_IT = re.compile(r"^(?:\d+\.\s+)?[\w-]*?(?:(tag|abend|morgen|sommer|herbst|winter|urlaub|ausflug|abschied|umzug)|"
                    r"(jubiläum|fest|jahr|wochenende|ende))\b", re.IGNORECASE)  # fmt: skip


def spelled(text: str) -> str:
    """Give the text its umlauts, where it was typed without any, and "einen" for "nen"."""
    said = re.sub(r"\b\w+\b", lambda found: _SPOKEN.get(found[0], found[0]), text)
    if re.search(r"[äöüß]", text, re.IGNORECASE) or not WITHOUT_UMLAUTS.search(text):
        return said
    return re.sub(r"\b\w+\b", lambda found: _with_umlauts(found[0]), said)


def _with_umlauts(word: str) -> str:
    return word if _KEPT.fullmatch(word) else _PAIRS.sub(lambda found: _umlaut(found[0]), word)


def _umlaut(pair: str) -> str:
    one = _UMLAUTS[pair[:2].lower()]
    return (one.upper() if pair[0].isupper() else one) + pair[2:]


def subject(text: str) -> str:
    """Return the first sentence of a spelled text that says what it asks for, and what follows; else all of it."""
    told = sentences(text, _END)
    for place, sentence in enumerate(told):
        if about := _asked_for(sentence):
            behind = told[place + 1 :]
            if place and _POINTS_BACK.fullmatch(about):
                return " ".join([*told[:place], *behind])
            return " ".join([about + ("." if behind else ""), *behind])
    return _FORMAT.sub("", _COUNTED.sub("", text)).rstrip(" ,.!?") or text


def _asked_for(sentence: str) -> str:
    plain = _FORMAT.sub("", _COUNTED.sub("", sentence)).rstrip(" ,.!?")
    found = _EXPLAINED.match(plain) or _ORDER.match(plain) or _TURNED.match(plain) or _ABOUT.match(plain)
    if found is None:
        return ""
    about = found["subject"]
    if not _CLAUSE.match(about):
        about = _ITS_VERB.sub("", about)
    about = with_capitals(_AUDIENCE.sub("", about).strip(" ,.!?"))
    return _with_article(found.groupdict().get("link") or "", about)


def _accusative(found: re.Match[str]) -> str:
    stem, ending, noun = found[1], found[2].lower(), found[3]
    if stem.lower() == "d":
        article = "die" if ending == "er" else "das" if _NEUTER.search(noun) else "den"
    else:
        article = stem + ("e" if ending == "er" else "" if _NEUTER.search(noun) else "en")
    return f"{article} {noun}"


def nominative(about: str) -> str:
    """Return it as a title has it: "einem Fuchs" and "einen Fuchs" are "ein Fuchs"."""
    accusative = about if re.match(r"der\b", about, re.IGNORECASE) else _DATIVE.sub(_accusative, about)
    about = re.sub(r"^(?:den|(ein|mein|unser|dein)en)\b", lambda found: found[1] or "der", accusative)
    return _WITH_ADJECTIVE.sub(_agreeing, about)


_WITH_ADJECTIVE = re.compile(
    r"^(?P<article>ein|mein|unser|dein|der|das) (?P<stem>[a-zäöüß]+e)n (?P<noun>[A-ZÄÖÜ][\w-]+)"
)


def _agreeing(found: re.Match[str]) -> str:
    """Return "ein roten Ballon" as "ein roter Ballon", "ein kleinen Haus" as "ein kleines Haus"."""
    article, stem = found["article"], found["stem"]
    ending = "" if article in ("der", "das") else "s" if _NEUTER.search(found["noun"]) else "r"
    return f"{article} {stem}{ending} {found['noun']}"


def _with_article(link: str, about: str) -> str:
    """ "zum Geburtstag" is about "den Geburtstag", "mit einer Katze" about "eine Katze"; in the accusative."""
    if link.lower() == "zur":
        return f"die {about}"
    if link.lower() in ("mit", "von", "zu"):
        return _DATIVE.sub(_accusative, about)
    gender = _OF_IT.match(about) if link.lower() in ("zum", "vom") else None
    if gender is None:
        return about
    return f"{'den' if gender[1] else 'das'} {about}"


_ANEW = (
    r"(?:^|.*?[\s,])(?:der film|das video|es|er|das skript|die geschichte|das ganze) (?:soll(?:te)?|muss|könnte) "
    r"(?:bitte |lieber |doch |jetzt |eher )*(?P<link>über|von|um) (?P<one>.+?) (?:gehen|handeln|sein|erzählen|drehen)$",
    r"(?:^|.*?[\s,])(?:mach\w*|schreib\w*|erstell\w*|ich (?:will|möchte|hätte gerne?|brauche)|gib mir|lieber)\b"
    r"(?: (?:bitte|mir|mal|doch|lieber|jetzt|uns|nochmal|was))*(?: (?:ein(?:en|e)?|das|die|den))?"
    r"(?: (?:ganz|komplett))?(?: (?:neue[sn]?|andere[sn]?))? ?(?:skript|drehbuch|story|geschichte)(?: neu| um)?,?"
    r"(?: und zwar)? über (?P<two>.+)$",
    r"(?:^|.*?[\s,])(?:mach\w*|ich (?:will|möchte|hätte gerne?)) (?:\w+ ){0,2}?lieber (?:ein(?:en)? (?:film|video)|was|"
    r"etwas) über (?P<three>.+?)(?: machen)?$",
    r"(?:^|.*?[\s,])(?:fang\w*|beginn\w*|starte?) (?:bitte |nochmal |noch mal |ganz |wieder |komplett |neu |einfach )*"
    r"(?:von vorne?|neu)(?: an)?[\s:,.–-]+(?P<four>.+)$",
    r"(?:bitte )?(?:ein )?(?:neues|anderes) thema[\s:,–-]+(?P<five>.+)$",
    r"thema:\s*(?P<six>.+)$",
)


def new_subject(said: str) -> str:
    """Return what the film is to be about instead: "der Film soll über Igel gehen"; empty where that is not said."""
    plain = " ".join(said.split()).rstrip(" .!?")
    for pattern in _ANEW:
        if found := re.match(pattern, plain, re.IGNORECASE):
            named = found.groupdict()
            link = named.pop("link", None) or ""
            about = spelled(next(group for group in named.values() if group))
            if re.search(r"\b(?:länger|kürzer)$", about):
                return ""
            return _asked_for(about) or _with_article(link, with_capitals(_AUDIENCE.sub("", about)))
    return ""
