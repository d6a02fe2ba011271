"""PURE: names and looks: the film's title, its characters, the place where it all happens."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from chat.llm.local import cast, german_dictation
from chat.llm.local.appearance import COUNTED, NOT, with_look
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence, places_in
from chat.llm.local.steps import Found, Step, step
from chat.llm.local.tones import TONES

FILM = r"(?:it|this|that|the (?:whole |entire )?(?:film|video|movie|thing|clip)|my (?:film|video|movie))"
TITLE = (
    r"(?:make|set|change|put|update) (?:the |its |my )?(?:film's |video's )?title "
    r"(?:(?:to be|to|into|as|be)\b)?:? ?(.+)"
    r"|(?:the |its |new |a )*title(?: should| is| to be| must| could)?(?: just| only| simply| maybe)*"
    r"(?: be| read| say)?(?: just| only| simply)*:? (.+)"
    rf"|(?:re-?name|re-?title|call|name|title) {FILM}(?: (?:to|as|into)\b|:)? ?(.+)"
    rf"|{FILM} (?:should|must|could|is to|has to) be (?:called|named|titled) (.+)"
    rf"|(?:change|set|make) (?:the |its )?name (?:of {FILM} )?(?:to|into) (.+)"
    r"|(?:i want|i'd like) it (?:to be )?(?:called|named|titled) (.+)|(?:give it|use) (?:the|a new) title:? ?(.+)"
)
NO_TITLE = re.compile(
    r"^(?:please|to|something|another|different|better|shorter|longer|kürzer|länger|anders|besser|schöner|catchier|"
    r"new|sucks|bad|boring|wrong|(?:(?:so|too|really|very|pretty|a bit|kinda|just) )*(?:dumb|stupid|silly|lame|ugly|"
    r"weird|awful|terrible|bland|cheesy|cringe|meh|off|not (?:good|great|nice|right|it)|doof|blöd|langweilig|"
    r"schlecht)$|"
    r"again|back$|it|of|page|card|screen|instead|too long|too short)\b"
)
TITLE_LOOKS = re.compile(
    r"^(?:(?:in|a|an|with|much|way|bit|of|bold|italics?|big|bigger|large|larger|huge|small|smaller|tiny|thicker|white|"
    r"black|red|blue|green|yellow|gold(?:en)?|pink|orange|purple|centred|centered|font|fonts|letters?|type|typeface|size|"
    r"colou?r|other|another|nicer|cooler|please|and|"
    r"größer|kleiner|fett|rot|blau|grün|gelb|weiß|schwarz) ?)+$"
)
"""How a title should look: there is none to be seen."""
NEW_TITLE = (
    r"(?:change|another|different|better|shorter|catchier|new|don't like the|hate the|fix the) (?:\w+ "
    r")?title|title (?:is|sounds) (?:bad|boring|wrong|too \w+)|"
    r"(?:not (?:mad|crazy|happy|keen|sold|wild|sure)|unsure|unhappy) (?:about|on|with) (?:the|that|this) title"
)
TAIL = re.compile(r"(?:,? (?:please|pls|plz|thanks?|thx|ok|instead|bitte))+$", re.IGNORECASE)

IS_CALLED = (
    r"(?:the |my |our )?{who}(?:'s name)?(?: is| should be| must be|'s| gets)?(?: called| named| name "
    r"is| to be called)? ([\w'-]+)"
)
HAS = (
    r"(?:has|have|had|with|wears?|wearing|is wearing|should have|should wear|needs(?: to (?:have|wear))?|"
    r"must have|must wear|gets)"
)
PRONOUN = r"(?:he|she|they|it)"
SOMEWHERE = (
    r"(?:at|on|by|near|under|inside|outside|underwater|behind|in (?:the|an? (?!\w+ (?:coat|jacket|hat|scarf|dress|"
    r"shirt)))|in\b(?= \w+$))"
)
UNKNOWN = re.compile(
    r"\b(?!Scene|The|It|He|She|They|This|That|My|Our|There|Music|What|Who|Why|How|Everything|"
    r"I\b)([A-Z][a-zà-ü]+) (?:has|is|wears|should (?:have|wear|be)|needs)\b"
)
NOT_A_BEING = (
    r"film|video|movie|scene|scenes|music|voice|voice-over|narrator|title|style|script|story|price|"
    r"text|captions?|picture|length|format|ending|end|beginning|thing|whole|one|ones|rest|narration|language|"
    r"speaker|clip|image|transition"
)
EVERYTHING = (
    rf"(?:{FILM}|everything|all of it|the (?:whole|entire) (?:film|video|thing|story)|the story|all (?:the )?scenes)"
)
PLACE = (
    rf"{EVERYTHING} (?:should|must|needs to|has to|could|can|shall)(?: all)? (?:be|take place|happen|play|be "
    rf"set|be happening)(?: set)? ((?:at|in|on|under|by|near|inside|outside|underwater|during|somewhere)\b.*)"
    rf"|(?:set|place|put|move|let) {EVERYTHING} (?:play |happen |take place )?((?:at|in|on|under|by|near|"
    rf"inside|to)\b.*)"
    rf"|{EVERYTHING} (?:takes place|happens|plays|is set) ((?:at|in|on|under|by|near|inside)\b.*)"
)
NO_PLACE = (
    r"\b(?:german|english|spanish|french|italian|portuguese|dutch|chinese|portrait|landscape|vertical|"
    r"anime|watercolou?r|noir|clay|style|1080p|720p|4k|hd|colou?r|end|beginning|middle|seconds?|minutes?|order|"
    r"music|order|front|time|slow motion|title|capitals)\b"
)


def title(sentence: Sentence, film: Film) -> Found:
    if sentence.named:
        return None
    found = sentence.find(rf"(?:{TITLE})$")
    if not found:
        return film.say("ask.title") if sentence.has(NEW_TITLE) else None
    given = next(group for group in found.groups() if group)
    if NO_TITLE.match(given) or sentence.find(r"(?:what|which|who|why)\b.* title"):
        return film.say("ask.title")
    if not sentence.quoted and TITLE_LOOKS.match(given.strip(" .,!?")):
        return film.say("cannot.title_looks")
    text = sentence.quoted or sentence.as_said(given)
    cleaned = TAIL.sub("", text.strip(" .,!?:;\"'“”„«»"))
    return [step("rename_film", title=cleaned[:1].upper() + cleaned[1:])] if cleaned else film.say("ask.title")


def place(sentence: Sentence, film: Film) -> Found:
    """Add the place where the whole film plays to the picture of every scene."""
    found = sentence.find(PLACE)
    if places_in(sentence.whole) or sentence.named or not found:
        return None
    where = next(group for group in found.groups() if group).strip(" .,!?")
    if re.search(NO_PLACE, where):
        return None
    where = re.sub(r"^to\b", "at", german_dictation.picture(where, sentence) if sentence.language == "de" else where)
    where = re.sub(r"^at (?=(?:the )?(?:night|dawn|dusk))", "at ", where)
    pictures = {scene["index"]: f"{scene['image_prompt'].rstrip(' .,')}, {where}" for scene in film.scenes}
    return [step("edit_scene", scene=index, image_prompt=picture) for index, picture in pictures.items()]


def character(sentence: Sentence, film: Film) -> Found:
    """A character by name, by what it is ("the dog"), or as "he" and "she" where there is no doubt who that is."""
    if sentence.named or sentence.has(r"music|voices?|narrator|captions?|title"):
        return None
    if len(meant := _of_several(sentence, film)) > 1:
        return film.say("ask.who", names=film.listed([one["name"] for one in meant], "lists.or"))
    profile = meant[0] if meant else _meant(sentence, film)
    if profile is None:
        return _somebody(sentence, film)
    who = rf"(?:{re.escape(profile['name'].lower())}|{PRONOUN}|{'|'.join(_nouns(profile)) or '(?!)'})"
    if scenes := _somewhere(sentence, who, profile, film):
        return scenes
    if name := _new_name(sentence, who):
        return [step("describe_character", name=profile["name"], new_name=name)]
    look = _look(sentence, who)
    if not look:
        return None
    return [step("describe_character", name=profile["name"], image_prompt=with_look(profile["image_prompt"], look))]


def _somewhere(sentence: Sentence, who: str, profile: Mapping[str, Any], film: Film) -> list[Step]:
    """Place a character somewhere: where it is to be is no look, and goes into the pictures of the scenes it plays
    in."""
    found = sentence.find(
        rf"(?:the |my |our )?{who} (?:should|must|has to|needs to|is to)(?: all)?(?: always)? be ((?:{SOMEWHERE}).*)$"
    )
    if not found or re.search(NO_PLACE, found[1]):
        return []
    where = found[1].strip(" .,!?")
    return [
        step("edit_scene", scene=scene["index"], image_prompt=f"{scene['image_prompt'].rstrip(' .,')}, {where}")
        for scene in film.scenes
        if profile["name"] in scene["characters"]
    ]


def _meant(sentence: Sentence, film: Film) -> Mapping[str, Any] | None:
    def spoken_of(text: str) -> Mapping[str, Any] | None:
        for profile in film.characters:
            words = [re.escape(profile["name"].lower()), *_nouns(profile)]
            if re.search(rf"\b(?:{'|'.join(words)})(?:'s)?\b", text):
                return profile
        return None

    if found := spoken_of(sentence.plain):
        return found
    if sentence.find(r"(?:call|name|rename) \w+ .*\binstead of"):
        return None
    by_pronoun = (
        rf"^(?:and |but )?(?:{PRONOUN}|his|her|its|their)\b"
        r"|\b(?:give|dress|put|make|call|name|rename) (?:him|her|them)\b"
    )
    if re.search(by_pronoun, sentence.plain):
        if re.search(
            r"\b(?:the|my|our) [\w-]+(?:'s name)? (?:is|was|should be)\b.*\b(?:he|she|it|his|her|its)\b", sentence.whole
        ):
            return spoken_of(sentence.whole)
        is_somebody = re.search(r"\b(?:he|she|his|her|him)\b", sentence.plain) and len(film.characters) == 1
        return spoken_of(sentence.whole) or (
            film.characters[0] if is_somebody and _can_be(sentence, film.characters[0]) else None
        )
    return None


_LOOK_OF_ONE = (
    rf"(?:give|dress|put) (?:him|her) (?:(?:in|into|with) )?(?:an? |the )?(?:[\w-]+ ){{0,4}}?{COUNTED}\b"
    r"|make (?:him|her) (?:look |be )?(?:much |an? (?:bit|little|lot) |somewhat )?"
    r"(?:(?!over\b|ever\b)\w+er(?=$| instead| please)|(?:more|less) \w+$|an? (?:old|young)\w* (?:man|woman|girl|boy)\b)"
    rf"|make (?:his|her) {COUNTED} \w+"
    rf"|^(?:he|she) (?:should|must|needs to) (?:have|wear) (?:an? |the )?(?:[\w-]+ ){{0,4}}?{COUNTED}\b"
)
"""A look that is wished of "him" or "her"; what else they are to do is of a scene."""


def _of_several(sentence: Sentence, film: Film) -> Sequence[Mapping[str, Any]]:
    """Return those of a film's several characters that are meant by "he" or "she", where their look is spoken of."""
    is_named = any(re.search(rf"\b{re.escape(one['name'].lower())}\b", sentence.plain) for one in film.characters)
    if is_named or len(film.characters) < 2 or not sentence.find(_LOOK_OF_ONE):
        return ()
    return cast.by_pronoun(sentence.plain, film) or film.characters


def _can_be(sentence: Sentence, profile: Mapping[str, Any]) -> bool:
    """ "He" is no woman, and "she" no man."""
    look = profile["image_prompt"].lower()
    he, she = sentence.has("he|his|him"), sentence.has("she|her")
    return not (he and re.search(r"\b(?:woman|girl|grandmother|mother)\b", look)) and not (
        she and re.search(r"\b(?:man|boy|grandfather|father)\b", look)
    )


def _nouns(profile: Mapping[str, Any]) -> list[str]:
    """Return what a profile says its character is, as people may call it: "the dog", "the baker"."""
    look = re.sub(r"^[^:.]{0,60}: *", "", profile["image_prompt"]).split(".")[0].split(",")[0]
    head = re.split(r"\b(?:with|in|who|and|wearing)\b", look, maxsplit=1)[0].split()
    return [re.escape(head[-1].lower())] if head and len(head[-1]) > 2 else []


def _new_name(sentence: Sentence, who: str) -> str:
    called = (
        rf"(?:the |my |our )?{who}(?:'s name)? (?:is|should be|must be|to be|gets) (?:now )?(?:called|named) "
        rf"(?:now )?([\w'-]+)"
        rf"|(?:the |my |our )?(?:{who}'s|his|her|its) name (?:is|should be|must be) ([\w'-]+)"
        rf"|(?:call|name|rename) (?:(?:the |my )?{who}|him|her|them) (?:to |as |into )?"
        r"([\w'-]+)"
    )
    found = sentence.find(called)
    if not found:
        return ""
    name = sentence.as_said(next(group for group in found.groups() if group)).strip(" .,!?\"'“”")
    longer = re.search(rf"\b{re.escape(name)}((?: (?:[A-ZÄÖÜÉ][\w'’-]+|of|de|von|van)){{1,3}})\b", sentence.said)
    name += re.sub(r" (?:of|de|von|van)$", "", longer[1]) if longer else ""
    return name[:1].upper() + name[1:]


def _look(sentence: Sentence, who: str) -> str:
    of_a_part = (
        rf"make (?:his|her|its|their|(?:the )?{who}'s) {COUNTED} (.+)",
        rf"(?:the |my )?{who}'s {COUNTED} (?:is|are|should be|must be) (.+)",
        rf"(?:his|her|its|their) {COUNTED} (?:is|are|should be|must be) (.+)",
    )
    if part := next((match for pattern in of_a_part if (match := sentence.find(pattern))), None):
        return _of_part(part[2], part[1])
    has_not = rf"(?:the |my )?{who} (?:should|must|does|do|can)(?:n't| not) (?:have|wear) (?:an? )?(.+)"
    if found := sentence.find(has_not):
        return f"no {_one_clause(found[1]).strip(' .!?')}"
    if found := sentence.find(rf"(?:the |my )?{who} (?:has|have|wears|with|without)(?: got)? (no .+)"):
        return _one_clause(found[1]).strip(" .!?")
    return _whole_look(sentence, who)


def _whole_look(sentence: Sentence, who: str) -> str:
    others = (
        rf"(?:give|dress|put) (?:the |my )?(?:{who}|him|her|them) (?:(?:in|into|with) )?(?:an? )?(.+)",
        rf"make (?:the |my )?(?:{who}|him|her|them) (?!and\b)(?:look |be |wear )?(?:an? )?(.+)",
        rf"(?:the |my )?{who} {HAS} (?:an? )?(.+)",
        rf"(?:the |my )?{who} (?:can|could|should|may|must) (?:wear|have|be in(?! the\b)|be|get|look) (?:an? )?(.+)",
        rf"(?:change|turn) (?:the |my )?{who} (?:in)?to (?:an? )?(.+)",
        rf"(?:the |my )?{who} (?:is|should be|must be)(?: actually| really)? (?!called|named|at\b|in\b|on\b|"
        rf"too|not\b|so\b|boring|great|nice)(?:an? )?(.+)",
    )
    found = next((match for pattern in others if (match := sentence.find(pattern))), None)
    look = TAIL.sub("", _one_clause(found[1]).strip(" .!?")) if found else ""
    if found and re.match(rf"make it\b.*\b(?:{'|'.join(TONES)})$", found[0].strip(" .!?")):
        return ""
    return "" if re.match(rf"(?:more time|less|away|gone|too|the same|good|bad|{SOMEWHERE})\b", look) else look


def _one_clause(text: str) -> str:
    """Leave out what is said of something else: "a corgi and it should be at the beach"."""
    return re.split(r",? (?:and|but) (?:it|this|that|he|she|they|everything|the \w+|all)\b (?=\w+)", text)[0]


def _of_part(text: str, part: str) -> str:
    """ "Short and black, not long", said of hair."""
    said = re.match(rf"(.*?)((?:,| but)? {NOT}.*)?$", _one_clause(text).strip(" .!?"))
    assert said is not None
    return f"{said[1]} {part}{said[2] or ''}"


def _somebody(sentence: Sentence, film: Film) -> Found:
    """Somebody who has no profile: found in the pictures, or asked about."""
    if steps := _in_pictures(sentence, film):
        return steps
    named = UNKNOWN.search(sentence.said)
    if named is None or named[1].lower() not in sentence.plain or sentence.has(rf"(?:{NOT_A_BEING}) (?:is|has)"):
        return None
    if not film.characters:
        return film.say("ask.character", name=named[1], known=film.say("ask.character_none", name=named[1]))
    names = [profile["name"] for profile in film.characters]
    known = film.say("ask.character_known", names=film.listed(names), first=names[0])
    return film.say("ask.character", name=named[1], known=known)


def _in_pictures(sentence: Sentence, film: Film) -> list[Step]:
    """ "The dog is called Biscuit", "he is a corgi", of a dog that is only in the pictures."""
    called = sentence.find(r"(?:the|my|our) ([\w-]+)(?:'s name)? (?:is|should be) (?:called|named) ([\w'-]+)") or (
        sentence.find(r"(?:the|my|our) ([\w-]+)'s name is ([\w'-]+)")
        or sentence.find(r"(?:call|name) (?:the|my|our) ([\w-]+) ([\w'-]+)$")
    )
    if called and not re.fullmatch(NOT_A_BEING, called[1]):
        name = sentence.as_said(called[2]).strip(" .,!?\"'“”")
        return _replaced(
            called[1], f"{called[1]} {name[:1].upper()}{name[1:]}", film, spoken=name[:1].upper() + name[1:]
        )
    turned = sentence.find(r"(?:the|my|our) ([\w-]+) (?:should|must) be (?!called|named|at\b|in\b|on\b)([\w-]+)$") or (
        sentence.find(r"make (?:the|my|our) ([\w-]+) ([\w-]+)$")
    )
    if turned and not re.fullmatch(NOT_A_BEING, turned[1]):
        return _replaced(turned[1], f"{turned[2]} {turned[1]}", film)
    is_one = sentence.find(
        rf"(?:(?:the|my|our) ([\w-]+)|{PRONOUN}) (?:is|should be|must be)(?: actually| really)? an? (?!bit|little)(.+)"
    )
    if not is_one:
        return []
    spoken_of = re.search(r"(?:the|my|our) ([\w-]+)(?:'s name)? (?:is|should be) (?:called|named)", sentence.whole)
    noun = is_one[1] or (spoken_of[1] if spoken_of else "")
    if not noun or re.fullmatch(NOT_A_BEING, noun):
        return []
    return _replaced(noun, is_one[2].strip(" .!?"), film)


def _replaced(noun: str, other: str, film: Film, *, spoken: str = "") -> list[Step]:
    """Replace it in the pictures, and in the narration where it is spoken of as "the dog"."""
    steps = []
    for scene in film.scenes:
        changed = {field: re.sub(rf"\b{re.escape(noun)}\b", lambda _: other, scene[field], flags=re.IGNORECASE)
                   for field in ("image_prompt", "video_prompt")}  # fmt: skip
        if spoken:
            pattern = rf"\b(?:the|this|my|our) {re.escape(noun)}\b"
            changed["script"] = re.sub(pattern, lambda _: spoken, scene["script"], flags=re.IGNORECASE)
        changed = {field: text for field, text in changed.items() if text != scene[field]}
        if changed:
            steps.append(step("edit_scene", scene=scene["index"], **changed))
    return steps
