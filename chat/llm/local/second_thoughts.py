"""PURE: second thoughts within one message: a wish that is taken back again, or said better in the same breath."""

from __future__ import annotations

import re
from collections.abc import Callable

from chat.llm.local import talk
from chat.llm.local.corrections import A_SCENE, was_asked
from chat.llm.local.film import Film
from chat.llm.local.leftover_words import quoted
from chat.llm.local.named_things import lexicon
from chat.llm.local.reading import Sentence, read
from chat.llm.local.steps import Step, Understood

Reader = Callable[[str], Understood]
_HESITATION = (
    r"(?:nah|nope|no|actually|hmm+|ach|oh|nee|ne|nö|nein|well|wait|stop|sorry|but|hang on|hold on|halt|doch|non|ok|"
    r"scratch that|on second thought|quatsch|moment|or|warte?|naja|enfin|euh|attends|finalement|bueno|eh|espera|pera|"
    r"anzi|aspetta|não|ou melhor|aliás)"
)
_LEFT = (
    r"(?:(?:just |please |bitte )?(?:leave|keep) (?:it|everything|all|that|them)(?: (?:there|alone|in)\b)?"
    r"(?: (?:as|like|the way) .{2,20})?|never ?mind|nvm|forget it|lasst?(?: es| sie| ihn| mal| das| alles| so|"
    r" doch| drin| stecken)*(?: (?:so )?wie'?s? (?:es |er |sie )?(?:ist|war|sind))?|ignore (?:me|that|this|it)|"
    r"vergiss es|lass gut sein|passt schon|olv[ií]dalo|d[eé]j[ae]l[oa](?: as[ií]| como est[aá])?|"
    r"laisse[zr]?(?:[ -]l[ea])?(?: tomber| comme (?:[cç]a|avant|c'est))|oublie|"
    r"lascia(?:l[oa])? ?(?:stare|perdere|così|com'è)|lascial[oa]|deixa (?:pra lá|assim|estar|quieto|como est[aá]))"
)
_DENIED = (
    r"(?:(?:please |bitte )?(?:don'?t|do not)(?: do (?:it|that))?|better not|rather not|doch nicht|lieber nicht|"
    r"besser nicht|mejor no|plutôt pas|meglio di no)"
)
TAKEN_BACK = re.compile(
    rf"[\w)][.,…;!?–-]+ *(?:{_HESITATION}[, ]+)*(?:{_LEFT}|doch nicht|lieber nicht|mejor no)\W*$|"
    r"\w\? *(?:no|nah|nope|nein|nee|lieber nicht)\W*$|"
    rf"[\w)][.,…;!?–\s-]+\b(?:{_HESITATION}[,. ]+)+(?:{_LEFT}|{_DENIED})(?:[,. ]+{_LEFT})*\W*$",
    re.IGNORECASE,
)
_RATHER = r"(?:rather|better|instead|lieber|eher|doch lieber|more like|i mean|make (?:it|that)(?= ))"
BETTER = re.compile(
    rf"^(?P<first>\S.*?\w)[\s?,.;!…–-]+(?:(?:or|oder|oh|ah|ach|hm+) )?(?:(?:{_HESITATION})[\s,.!–-]+)+"
    rf"(?P<lead>{_RATHER})[\s,]+(?P<then>\S.*)$",
    re.IGNORECASE,
)
DENIED_FOR = re.compile(
    rf"^(?P<first>\S.*?\w)[\s?,.;!…–-]+(?:{_HESITATION}[\s,.!–-]+)*{_DENIED}"
    r"(?:\s*[,.;!–-]+\s*|\s+(?=(?:just|only|rather|instead|simply|lieber|nur|einfach|sondern|but)\b))"
    r"(?:(?:just|only|rather|instead|simply|lieber|nur|einfach|sondern|but|and)[\s,]+)*(?P<then>\S.*)$",
    re.IGNORECASE,
)
"""A wish that is denied, for another: "delete scene 1, no sorry don't, just make it darker"."""
KEPT_FOR = re.compile(
    rf"^(?P<first>\S.*?\w)[\s?,.;!…–-]+(?:{_HESITATION}[\s,.!–-]+)+{_LEFT}[\s,.;!–-]+"
    r"(?:(?:and|und|but|aber|just|only|nur|y|et|e)[\s,]+)*(?P<then>\S.*?)"
    r"(?:,? (?:instead|rather|lieber|stattdessen|plutôt|mejor|invece|em vez))?\W*$",
    re.IGNORECASE,
)
"""The same with a word that keeps what was to go: "remove scene 2. nah wait keep it, kill 3 instead"."""
SPARED = re.compile(
    r"^(?:please |bitte |no,? |nein,? )*(?:(?:don'?t|do not|never) (?:remove|delete|change|touch|alter|rewrite|drop|"
    r"lose|cut|throw|take|kill) [^,;.!?]*?|"
    r"(?:change|touch|remove|delete|alter) nothing|nicht (?:die|den|das|der) [^,;.!?]{2,20}? (?:ändern|anfassen|"
    r"löschen|entfernen)|"
    r"(?:nichts|nicht) (?:löschen|entfernen|rausnehmen|wegnehmen|ändern|streichen)|"
    r"(?:lösch\w*|entfern\w*|nimm|änder\w*) (?:bitte )?nichts(?: weg| raus)?)[,;.!–-]*"
    r" (?:(?:but|just|only|simply|sondern|nur|einfach|aber)[, ]+)+"
    r"(?P<wish>(?!(?:the|my|die|der|das|den) \w+\W*$)\S+ \S.*)$",
    re.IGNORECASE,
)
"""What is to stay, before the wish: nothing is removed for it."""
OTHER_SCENE = re.compile(
    r"^(?P<first>\S.*?\w)[?,.;!…–\s-]+(?:(?:oh|ah|ach|hm+) )?"
    r"(?:(?:no|wait|sorry|actually|nein|nee|halt|stop|non)[\s,.!–-]+)+(?:i mean(?:t)? |ich meine? )?(?P<then>\S.*)$",
    re.IGNORECASE,
)
_THE = r"(?:(?:the|that|die|den|das|der|la|el|le|il|o|a) )?"
OTHER_THING = re.compile(
    rf"^(?P<first>\S.*?\w)[?,.;!…–\s-]+(?:(?:oh|ah|ach|hm+) )?(?:{_HESITATION}[\s,.!–-]+)+"
    rf"(?:i mean(?:t)? |ich meine? )?(?:not|nicht|no|pas|non|não) {_THE}(?P<old>[\w'-]+(?: [\w'-]+)?)"
    rf"(?:,| but| sondern| sino| mais| ma)+ {_THE}(?P<new>[\w'-]+(?: [\w'-]+){{0,3}})\W*$",
    re.IGNORECASE,
)
"""Another thing was meant: "remove the boat scene, no wait, not the boat, the stairs"."""
_PART = (
    r"(?:music|song|soundtrack|voice|pictures?|film|video|style|story|ending|look|captions|title|colou?rs|characters?)"
)
_GOOD = r"(?:great|good|nice|perfect|lovely|beautiful|amazing|awesome|cool|fine|wonderful|brilliant)"
_TEIL = r"(?:die|den|der|das) (?:musik|stimme|film|bilder|stil)"
PRAISED = re.compile(
    r"(?:(?:ok|wow|oh|and|so|hm+|really|haha),? )*(?:"
    rf"i (?:really |just |do |absolutely )*(?:like|love) (?:the|this|that|your) {_PART}"
    r"(?: (?:a lot|so much|very much|now))?|"
    rf"(?:the|this) {_PART} (?:is|are|sounds?|looks?) (?:so |really |very |pretty )*{_GOOD}|"
    rf"(?:ich (?:mag|liebe)|mir gefallen|mir gefällt) {_TEIL}(?: (?:sehr|wirklich|gut))*|"
    rf"{_TEIL} (?:ist|sind) (?:so |sehr |echt |wirklich )*(?:toll|schön|gut|super|klasse|perfekt))\W*",
    re.IGNORECASE,
)
"""A part of the film that somebody likes: nothing is to be changed."""
KEPT = re.compile(
    rf"(?:(?:ok|yes|no|please|but|and),? )*(?:keep|leave) (?:the|this|that|my) {_PART}(?:,? please)?"
    rf"(?:,? (?:and|or) (?:the|this|that|my) {_PART})*(?: (?:as (?:it is|they are)|the same|please))*"
    r"(?:,? i (?:like|love) (?:it|them))?\W*",
    re.IGNORECASE,
)
NOT_AT_ALL = re.compile(
    r"(?:bitte |nein,? )*(?:lösch\w*|entfern\w*|nimm|änder\w*|streich\w*|wirf|mach\w*) [\w ]{1,40} nicht"
    r"(?: weg| raus| mehr| bitte)*\W*",
    re.IGNORECASE,
)
"""A German wish that its last word denies."""
DISLIKED = re.compile(
    r"^(?:(?:i|we|sorry|hm+) )*(?:don'?t|do not) like (?P<who>(?:(?:the|my|our) )?"
    r"(?!music|voice|style|scene|picture|colou?r|title|song|ending|look|way|it\b|this|that)[\w'-]+)[,.]? "
    r"(?:can|could|should|must|why can'?t) (?:he|she|they|it) "
    r"(?:be |have |look |get |wear )?(?P<how>[^?]+)\??$",
    re.IGNORECASE,
)
_IT = re.compile(r"\b(?:it|that|this)\b")


def is_taken_back(said: str) -> bool:
    """ "… nah, leave it as it is": what was wished before it is not to be done."""
    return TAKEN_BACK.search(said) is not None


SPARED_ALONE = re.compile(
    r"\b(?:don'?t|do not|never|dont|pls no) (?:you )?(?:dare )?(?:to )?(?:ever )?"
    r"(?:delete|remove|drop|cut|take out|throw|lose|scrap|bin|kill)\b|"
    r"\b(?:lösch|entfern|streich|schmeiß|wirf|nimm)\w*\b[^,.;!?]{0,40}\b(?:nicht|ja nicht|bloß nicht)\b|"
    r"\bne (?:me |le |la |les |l')?(?:supprime|enlève|retire|vire|coupe|efface)\w*|"
    r"\bno (?:me |le |la |lo |nos )?(?:borr|elimin|quit|saqu|sac)\w*|"
    r"\bnon (?:mi |me la |me lo |lo |la )?(?:toglier|cancellar|eliminar|rimuover|levar)\w*|"
    r"\bn[ãa]o (?:me |o |a |nos )?(?:apag|remov|tir[ae]|exclu|delet|elimin|cort)\w*",
    re.IGNORECASE,
)
"""A removal that is denied by a word before its verb, or a German one behind it: "não me apaga a lua"."""


def spared(found: Understood, said: str, film: Film) -> Understood:
    """Leave the scenes and characters that somebody asks not to remove, where nothing else would be done."""
    if any(not _removes(call, film) for call in found.calls) or not SPARED_ALONE.search(said):
        return found
    if lexicon.find("remove", SPARED_ALONE.sub(" ", said), film.language):
        return found  # something else is to be removed
    is_open = found.calls or talk.was_lost(found.words) or was_asked("ask.meant", found.words)
    return Understood(words=film.say("talk.kept")) if is_open else found


def _behind_what_is_spared(said: str, film: Film) -> str:
    """Return "delete scene 2" of "don't delete scene 1, delete scene 2"; empty where nothing is removed but that."""
    found = re.match(r"(?P<first>[^,;.!?]+)[,;.!?]+\s*(?P<rest>\S.*)$", said)
    if found is None or not SPARED_ALONE.search(found["first"]) or SPARED_ALONE.search(found["rest"]):
        return ""
    return found["rest"] if lexicon.find("remove", found["rest"], film.language) else ""


def _removes(call: Step, film: Film) -> bool:
    is_shorter = call.tool == "arrange_scenes" and len(call.arguments.get("order", ())) < len(film.places)
    return is_shorter or call.tool == "remove_character"


def noted(said: str, film: Film, hear: Reader) -> Understood:
    """Nothing is done of what is taken back; of what is said better, only that."""
    if quoted(said):
        return Understood()
    if answer := _nothing_to_do(said):
        return Understood(words=film.say(answer))
    if spared := SPARED.match(said.strip()):
        return hear(spared["wish"])
    if rest := _behind_what_is_spared(said.strip(), film):
        return hear(rest)
    if disliked := DISLIKED.match(said.strip()):
        return hear(f"{disliked['who']} should be {disliked['how']}")
    if elsewhere := _elsewhere(said, film):
        return hear(elsewhere)
    return _rather(said, film, hear)


def _rather(said: str, film: Film, hear: Reader) -> Understood:
    """Do what is said better than the wish before it in the same breath, or in place of one that is denied."""
    if (denied := DENIED_FOR.match(said.strip())) and hear(denied["first"]).calls:
        return _better(denied["then"], read(denied["first"], len(film.places), film.language), film, hear)
    if (kept := KEPT_FOR.match(said.strip())) and hear(kept["first"]).calls:
        return _better(_numbered(kept["then"], kept["first"]), read("", len(film.places)), film, hear)
    if instead := _instead(said.strip(), hear):
        return instead
    found = BETTER.match(said.strip())
    if found is None or not hear(found["first"]).calls:
        return Understood()
    lead = f"{found['lead']} " if found["lead"].lower().startswith("make") else ""
    return _better(f"{lead}{found['then']}", read(found["first"], len(film.places), film.language), film, hear)


_CHANGED = re.compile(
    r"^(?P<first>\S.*?\w)(?:[\s,.;!…–-]+|\s)(?:(?:oh|ah|ach|hm+|uh|ok)[\s,.]+)?"
    r"(?P<mark>actually|no,? wait|wait,? no|wait|no,? sorry|sorry,? no|scratch that|on second thought|"
    r"nein,? (?:warte|doch)|ach,? nee?|ach nein|halt,? nein|doch lieber|anzi,? no|anzi|no,? aspetta|non,? attends|"
    r"attends,? non|no,? espera|mejor no|não,? espera|quer dizer|na verdade)[\s,.:!–-]+"
    r"(?:(?:just|rather|make (?:it|that)|better|lieber|plut[oô]t|mejor|meglio|melhor)[\s,]+)*(?P<then>\S.*)$",
    re.IGNORECASE,
)
_ALSO = re.compile(r"^(?:also|and|add|too|plus|auch|noch|und|y|et|e|además|aussi|anche|também)\b", re.IGNORECASE)
_TOPICS = re.compile(r"\b(?:captions|subtitles|music|voice|narration|title)\b", re.IGNORECASE)
_THEM = re.compile(r"\b(?:them|'?em|it|that|this)\b", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"\d{1,3}")


def _instead(said: str, hear: Reader) -> Understood:
    """Do only what was said last, where it is of the same thing: "captions in a box hm actually just turn them off"."""
    found = _CHANGED.match(said)
    if found is None or _ALSO.match(found["then"]):
        return Understood()
    then = found["then"].strip(" .!")
    if _BARE_NUMBER.fullmatch(then) and len(_BARE_NUMBER.findall(found["first"])) == 1:
        return hear(_BARE_NUMBER.sub(then, found["first"]))
    first, later = _touched(hear(found["first"])), hear(then)
    if not later.calls and (topic := _TOPICS.search(found["first"])):
        later = hear(_THEM.sub(f"the {topic[0]}", then, count=1))
    return later if first and first == _touched(later) else Understood()


def _numbered(then: str, first: str) -> str:
    """Return a wish whose bare number is that of a scene, as the wish before it was of one: "kill 3"."""
    is_of_scenes = re.search(rf"\b{A_SCENE}\b", first, re.IGNORECASE) is not None
    return re.sub(r"(?<!scene )\b(\d{1,2})\b", r"scene \1", then, count=1) if is_of_scenes else then


def _touched(found: Understood) -> set[tuple[str, str]]:
    """Return what would be changed: each tool with its arguments, and the scene that it names."""
    return {
        (call.tool, f"{name}={value}" if name in ("scene", "name") else name)
        for call in found.calls
        for name, value in call.arguments.items()
    }


def _nothing_to_do(said: str) -> str:
    """Return what is answered where all stays as it is; empty where something is wished."""
    told = said.strip()
    is_kept = is_taken_back(told) or KEPT.fullmatch(told) or NOT_AT_ALL.fullmatch(told)
    if is_kept and not SPARED.match(told):
        return "talk.kept"
    return "talk.glad" if PRAISED.fullmatch(told) else ""


def _elsewhere(said: str, film: Film) -> str:
    """Return the wish for the scene that was meant: "make scene 1 darker, no, scene 2"."""
    found = OTHER_SCENE.match(said.strip())
    if told := _of_another_thing(said.strip()):
        return told
    first, then = (read(found[name], len(film.places), film.language) if found else None for name in ("first", "then"))
    if first is None or then is None or len(first.named) != 1 or not re.fullmatch(A_SCENE, then.plain):
        return ""
    return re.sub(r"\bscene \d+", f"scene {then.named[0]}", first.plain, count=1)


def _of_another_thing(said: str) -> str:
    """Return the first wish with the thing that was meant; empty where what is denied is not in it."""
    found = OTHER_THING.match(said)
    if found is None:
        return ""
    told, count = re.subn(rf"\b{re.escape(found['old'])}\b", found["new"], found["first"], flags=re.IGNORECASE)
    return told if count == 1 else ""


def _better(then: str, first: Sentence, film: Film, hear: Reader) -> Understood:
    """The better wish, in the scene of the first one where it names none."""
    if len(first.named) == 1 and not read(then, len(film.places), film.language).named:
        scene = f"scene {first.named[0]}"
        told = _IT.sub(scene, then, count=1) if _IT.search(then) else f"make {scene} {then}"
        if of_scene := hear(told).calls:
            return Understood(of_scene)
    found = hear(f"{topic} {then}") if (topic := _topic(first)) and not _IT.search(then) else Understood()
    found = found if found.calls else hear(then)
    if not found.calls and re.match(r"like (?:an? )?\w", then):
        found = hear(f"make it look {then}")
    return found or talk.lost(film, "")


def _topic(first: Sentence) -> str:
    """The subject of the first wish, where the better one may leave it out: "no music, no, rather quieter"."""
    word = "Musik" if first.language == "de" else "music"
    return word if first.has("music") and not first.named else ""


def vented(said: str) -> str:
    """Return what is said after an outcry ("what a load of crap, start over"); empty where there is none."""
    found = _OUTCRY.match(said.strip())
    return found["rest"] if found else ""


_OUTCRY = re.compile(
    r"^(?=.*\b(?:crap|rubbish|garbage|trash|bullshit|shit\w*|awful|terrible|horrible|ugly|hate|useless|worst|bad|"
    r"ugh|sucks?|"
    r"boring|disaster|joke|mist|scheiß\w*|scheiss\w*|kacke|müll|schrott|furchtbar|schrecklich|grauenhaft|hässlich|"
    r"blöd\w*|doof|quatsch)\b)(?P<cry>[^,.!?;:]{2,60}[,.!?;:–-]+|(?:\S+ ){1,6}?)\s*(?P<rest>\S.*)$",
    re.IGNORECASE,
)


def again_after_an_outcry(said: str, film: Film, begins_anew: Callable[[str], bool]) -> Understood:
    """Ask before a script is written again for somebody who was only angry."""
    rest = vented(said)
    if not film.script or not rest or not begins_anew(rest):
        return Understood()
    what = film.say("meant.rewrite")
    return Understood(words=film.say("ask.meant", what=what), suggestions=(what, film.say("meant.no")))
