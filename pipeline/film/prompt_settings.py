"""PURE: the settings that a prompt says beside what the film is about: "vertical, in German, watercolor, no music"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from pipeline.film import setting_words as words
from pipeline.film.languages import ENGLISH, asked_in, language_of, without_asked
from pipeline.film.prompt_corrections import corrected
from pipeline.film.scene_counts import length_for, scenes_in
from pipeline.film.settings import VOICES, duration_in
from pipeline.film.voices import USUAL, Gender, Wanted, fitting

_QUOTED = re.compile(r"[\"“„«][^\"”“»„«]*[\"”“»]")
_PART = r"(?:^|[,.;:，。、；：])\s*(?:(?:and|und|y|et|e|in|im|en|em|als|as a|a|bitte|please) )*"
_PART_ENDS = r"\s*(?:please|pls|bitte|por favor|stp|svp|per favore)?(?=\s*(?:$|[,.;:!，。、；：！]))"
_WITH_WHAT = rf" {words.WITH} (?!(?:[\w'-]+ ){{{{0,3}}}}?(?:{words.CAPTIONS}|{words.VOICE}))"
"""No music with drums is music without them."""
_ABSENT = re.compile(
    rf"(?<!\w){words.NO} {{items}}(?:{words.AND}(?:{words.NO} )?{{items}})*(?!\w|{_WITH_WHAT})"
    r"|(?:不要|没有|无需|不用|不加|别加|去掉|无)(?:任何)?(?:背景)?{elsewhere}(?:[和与或、]?(?:不要|没有|无)?{elsewhere})*"
    r"|बिना (?:किसी )?{elsewhere}(?: (?:और|या) {elsewhere})*(?: के)?|{elsewhere} (?:के बिना|नहीं|बंद)"
    r"|(?<!\w){items} (?:off|aus|weg)(?!\w)".format(
        items=f"(?:{words.MUSIC}|{words.VOICE}|{words.CAPTIONS})",
        elsewhere=f"(?:{words.MUSIC_ELSEWHERE}|{words.VOICE_ELSEWHERE}|{words.CAPTIONS_ELSEWHERE})",
    )
)
_SILENT = re.compile(
    rf"{_PART}(?:without any |with no |no |ohne |sin |sans |senza |sem |zonder )"
    rf"(?:sound|audio|ton|sonido|son|suono|som|áudio|geluid){_PART_ENDS}|静音|无声"
)
_WORDLESS = re.compile(
    rf"{_PART}(?:(?:no|without(?: any)?) (?:talking|speaking|dialogue|words)(?:,? (?:just|only) (?:the "
    rf")?music)?|(?:just|only|nur|"
    rf"solo|seulement(?: de)? la|só|alleen) (?:the )?{words.MUSIC}|"
    r"(?:es )?(?:soll |darf |sollte )?(?:keiner|niemand) (?:soll )?(?:reden|redet|sprechen|spricht|was sagen)"
    r"(?: dabei| darin| drin)?|(?:nobody|no one) (?:should |must |may )?(?:talks?|speaks?|talking|speaking)(?: in it)?"
    rf"){_PART_ENDS}"
)
_B, _E = r"(?<![a-zà-ÿ\d])", r"(?![a-zà-ÿ\d])"
"""The bounds of words. Chinese and Hindi have none that a pattern could see."""
_IN = r"(?:(?:in|as|im|als|en|em|al|à l')\b ?(?:an? |ein(?:en|em|er)? |the |una? |une |uma? )?)"
_STYLED_SO = (
    rf"{_B}{_IN}?(?:{{style}})[- ]?{words.STYLE}{_E}|{_B}{_IN}?{words.STYLE}[: -]?"
    rf"(?:(?:of|de|d'|di|von|einer?|eines) ?)*(?:{{style}}){_E}|{_B}{_IN}(?:{{style}}){_E}(?! (?:of|about|über)\b)|"
    rf"{_B}(?:like|wie|como|comme|come) (?:an? |n |ne |nen |ein(?:e|en)? |una? |une |uma? )?(?:{{style}}){_E}|"
    rf"{_B}(?:something|smth|sth|etwas|irgendwas|algo|qualcosa(?: di)?|quelque chose de) (?:{{style}}){_E}|"
    rf"用(?:{{style}})"
)
_STYLED = rf"{_STYLED_SO}|{_B}(?:{{style}})[- ]?(?:{words.FILM}){_E}|{_PART}(?:{{style}}){_PART_ENDS}|(?:{{style}})的"
_STYLE_OF = re.compile(
    r"\b(?:in (?:the |an? )?)?(?:style of ([\w' -]{3,40}?)|([\w' -]{3,30}?) style)(?=\s*(?:$|[,.;!]| about| and\b| "
    r"with\b))|(?:^|[,.;] )(?:with |in |mit )?(?:an? |the |einem? )?"
    r"((?!(?:take|have|get|how|what|good|new|first|better|closer|my|our|your|its?)\b)[^\W\d][\w'-]*"
    r"(?: (?!(?:a|an|the|to)\b)[\w'-]+){0,2}?) (?:look|vibe|aesthetic|optik)"
    r"(?=\s*(?:please|pls|plz|bitte)?\s*(?:$|[,.;!]))",
    re.I,
)
_STYLE_ELSEWHERE = re.compile(
    r"\b(?:(?:en|in|em|con|avec|com|met|de|di|d[’'])\s*)?(?:un |uno |um |een )?(?:estilo|stile|style|stijl|look)"
    r"(?: (?:de |di |da |dos |des |van ))?\s(?!(?:of|is|please|that|like|and|as|for|from|in|to|it|with)\b)"
    r"((?:[\w'’-]+ ?){1,4}?)(?=\s*(?:$|[,.;!]))",
    re.IGNORECASE,
)
"""A style in its own words, with the noun before it: "estilo retrô anos 80"."""
_NAMED_VOICE = re.compile(
    rf"(?<!\w)(?:(?:voice|stimme|voz|voix|voce|sprecher(?:in)?|narrator|stem)(?: (?:of|von|de|di|da|van))?:? |"
    rf"(?:with|by|voice:?|narrated by|read by|spoken by|mit|con|avec|com|met|用|由) ?(?:the voice (?:of )?|der stimme "
    rf"(?:von )?)?)({'|'.join(VOICES)})(?:'s voice| as (?:the )?(?:voice|narrator)|s stimme)?"
    r"(?=\s*(?:$|[,.;!，。]| as\b| and\b|的| की))|(?<!\w)(" + "|".join(VOICES) + r")(?:'s voice| की आवाज़?|的声音)",
    re.IGNORECASE,
)
_READER = re.compile(
    rf"(?:^|[,.;!]\s*|\b(?:and|und|y|et|e|with|have|let)\s+)({'|'.join(VOICES)}) (?:(?:should|shall|to|soll|is|will) )?"
    r"(?:narrat(?:es?|ing)|reads?(?: it)?|reading(?: it)?|speaks?|speaking|do(?:es|ing)? the (?:talking|reading|voice)|"
    r"liest|spricht|lesen|sprechen|lit|lee|narra|legge|lê|on the mic|am mikro|al micr[oó]fono?|au micro)"
    r"(?=\s*(?:$|[,.;!]| and\b| und\b))|"
    rf"(?<!\w)(?:narrad[oa]|lid[oa]|leíd[oa]|contad[oa]|narrat[oa]|lett[oa]|raccontat[oa]|narrée?|lue?|racontée?|"
    rf"gelesen|gesprochen|erzählt|vorgelesen|read|told|spoken|narrated) "
    rf"(?:by|pel[ao]|por|da|dalla|par|von) ({'|'.join(VOICES)})(?!\w)|"
    rf"(?:^|[,.;!]\s*)(?:legge|narra|voce|lee|lit|liest|l[êe]|spricht|parla) ({'|'.join(VOICES)})"
    r"(?=\s*(?:$|[,.;!]))|"
    rf"(?<!\w)({'|'.join(VOICES)}) (?:as|als|como|comme|come) (?:the |our |my |a |il |la |le |o |el )?"
    r"(?:narrat(?:or|rice|ore|eur)|voice|speaker|reader|sprecher(?:in)?|erzähler(?:in)?|stimme|narrador[a]?|voz|voce|"
    r"voix)(?=\s*(?:$|[,.;!]| (?:and|und|y|et|e)\b))",
    re.IGNORECASE,
)
"""Who reads: ", brian narrates", "narrado pela alice", "Daniel as narrator"."""


def _of_gender(gender: Gender) -> str:
    """ "A female voice"."""
    said, noun = words.GENDERS[gender], rf"(?:{words.VOICE}|{words.VOICE_ELSEWHERE})"
    return rf"{_B}(?:{said})[- ]?{noun}|{noun} (?:{said}){_E}"


def _of_accent(accent: str) -> str:
    """ "A British woman's voice", "a voice with a British accent"; no "American voice actor"."""
    said = words.ACCENTS[accent]
    noun = rf"(?:{words.VOICE}|{words.VOICE_ELSEWHERE}|frauenstimme|männerstimme|stem|[男女](?:声|性)|{words.ACCENT})"
    ends = r"(?=\s*(?:$|[,.;:!，。]|(?:and|und|y|et|e|en|for|für|please|bitte|का|की)\b))"
    return rf"{_B}(?:{said})(?:[- ][\w'’]+){{0,2}}?[- 的]?{noun}{ends}|{noun}(?: [\w'’]+){{0,3}}? (?:{said}){_E}"


_RESOLUTION = re.compile(r"(?<!\w)(72|720|1080) ?p\b|\bfull ?hd\b", re.IGNORECASE)
_WITH = r"(?:with|mit|con|avec|com|met|and|und|y|et|e)"
ROMANCE = ("es", "fr", "it", "pt")
MOST_WORDS = 4
"""Words of a part between commas that only says a setting."""
_MUSIC_TOO = re.compile(rf"{_WITH} (?:(?!live\b)[\w'-]+ ){{0,2}}{words.MUSIC}", re.IGNORECASE)


def settings_in(prompt: str) -> dict[str, Any]:
    """Read what the prompt says of each setting; nothing for the rest.

    The language is the one it asks for or is written in, English left out; it may be one that no film can be in.
    """
    return {name: value for name, value in _said(corrected(prompt)) if value is not None}


def without_settings(prompt: str) -> str:
    """Return the prompt without words that can only be of settings: "no music", "in German", "watercolor style"."""
    prompt = _STYLE_ELSEWHERE.sub("", prompt) if written_in(prompt) in ROMANCE else prompt
    parts = re.split(rf"({_QUOTED.pattern})", prompt)
    kept = "".join(part if place % 2 else _without_spans(_without_music(part)) for place, part in enumerate(parts))
    kept = re.sub(r"\s+([,.;!?，。])", r"\1", " ".join(kept.split())).strip(" ,，")
    return re.sub(r",{2,}", ",", kept)


def language_in(prompt: str) -> str | None:
    """Return the language it asks for, else the one it is written in; None for English, which need not be asked for."""
    return asked_in(_unquoted(prompt)) or written_in(prompt)


def written_in(text: str) -> str | None:
    language = language_of(without_asked(text))
    return None if language == ENGLISH else language


def is_english(text: str) -> bool:
    """True where it reads as English although nobody expects it to."""
    return language_of(text, likely="") == ENGLISH


def _said(prompt: str) -> Iterator[tuple[str, Any]]:
    plain = " ".join(_unquoted(prompt).lower().split())
    scenes = scenes_in(prompt)
    absent = " ".join(found[0] for found in _ABSENT.finditer(plain))
    is_silent = bool(_SILENT.search(plain))
    yield "duration", duration_in(prompt) or (length_for(scenes) if scenes else None)
    yield "aspect_ratio", _ratio(plain)
    yield "style", _style(prompt, plain)
    yield "language", language_in(prompt)
    is_wordless = bool(_WORDLESS.search(plain))
    yield (
        "voice_over",
        False if is_silent or is_wordless or _names(words.VOICE, words.VOICE_ELSEWHERE, absent) else None,
    )
    yield "music", False if is_silent or _names(words.MUSIC, words.MUSIC_ELSEWHERE, absent) else None
    yield "captions", _captions(plain, absent)
    yield "voice", _voice(_unquoted(prompt), plain)
    resolution = _RESOLUTION.search(plain)
    yield "resolution", (f"{resolution[1]}p" if resolution[1] else "1080p") if resolution else None


@cache
def _only_of_settings() -> re.Pattern[str]:
    """Return the pattern of words that can only be of settings, compiled by the first prompt: it takes 0.2 s."""
    said = [
        rf"{_B}(?:but|and|aber|und|pero|y|mais|et|ma|e|mas|maar|en)? ?(?:{_ABSENT.pattern})",
        rf"{_B}{_WITH} (?:an? |einer |una |une |uma |un |een )?(?:{_of_gender('woman')}|{_of_gender('man')})",
        rf"{_B}(?:{_WITH} )?(?:{words.BURNED}){_E}|{_B}{_WITH} {words.CAPTIONS}{_E}",
        *(_STYLED_SO.format(style=said) for said in words.STYLES.values()),
    ]
    return re.compile("|".join(said), re.IGNORECASE)


def _without_music(text: str) -> str:
    """Leave out "with music" beside another setting: "vertical, 15 seconds, with music". Alone it may be a fact."""
    parts = re.split(r"([,;.!?]\s*)", text)
    said = [part.strip() for part in parts[::2]]
    kept = parts[:1]
    for place, (mark, part) in enumerate(zip(parts[1::2], parts[2::2], strict=True), 1):
        beside = said[place - 1 : place] + said[place + 1 : place + 2]
        if not (_MUSIC_TOO.fullmatch(said[place]) and any(map(_sets_something, beside))):
            kept += [mark, part]
    return "".join(kept)


def _sets_something(part: str) -> bool:
    return len(part.split()) <= MOST_WORDS and bool(settings_in(part).keys() - {"language"})


def _without_spans(text: str) -> str:
    kept = without_asked(_only_of_settings().sub(" ", text))
    return f" {kept} " if kept != text else text


def _unquoted(prompt: str) -> str:
    return _QUOTED.sub(" ", prompt)


def _names(nouns: str, elsewhere: str, absent: str) -> bool:
    return bool(re.search(rf"(?<!\w){nouns}(?!\w)|{elsewhere}", absent))


def _ratio(plain: str) -> str | None:
    square = rf"{_B}(?:{words.SQUARE})[ 的]?(?:\w+ )?(?:{words.FILM})|(?:{words.FILM}) (?:{words.SQUARE})(?!\w)"
    if re.search(
        rf"{square}|{_PART}(?:{words.SQUARE})(?:{_PART_ENDS}|(?= (?:and|und|y|et|e|en|on|auf|for|fürs?|fuers?|para|"
        rf"pour|per|x) ))|"
        rf"\b(?:in|as)(?: a)? square\b(?! in\b| of\b)",
        plain,
    ):
        return "1:1"
    if re.search(rf"{_PART}(?:tall){_PART_ENDS}", plain):
        return "9:16"
    shapes = (*words.SHAPES.items(), *words.PLATFORMS.items())
    return next((ratio for ratio, said in shapes if re.search(rf"{_B}(?:{said}){_E}", plain)), None)


def _style(prompt: str, plain: str) -> str | None:
    for style, said in words.STYLES.items():
        if re.search(_STYLED.format(style=said, noun=words.STYLE), plain):
            return style
    text = _unquoted(prompt)
    if found := _STYLE_OF.search(text):
        return next(name for name in found.groups() if name).strip().removeprefix("the ")
    elsewhere = _STYLE_ELSEWHERE.search(text) if written_in(text) in ROMANCE else None
    return elsewhere[1].strip() if elsewhere else None


def _captions(plain: str, absent: str) -> str | None:
    if _names(words.CAPTIONS, words.CAPTIONS_ELSEWHERE, absent):
        return "off"
    return "clean" if re.search(words.BURNED, plain) else None


def _voice(text: str, plain: str) -> str | None:
    if reader := _READER.search(text):
        return next(name for name in reader.groups() if name).capitalize()
    named = _NAMED_VOICE.search(text)
    speaks = rf"(?<!\w){words.VOICE}(?!\w)|{words.VOICE_ELSEWHERE}|声音|声|narrated|read by|spoken"
    if named and (re.search(speaks, plain) or plain.endswith((named[1] or named[2]).lower())):
        return (named[1] or named[2]).capitalize()
    gender = next((gender for gender in words.GENDERS if re.search(_of_gender(gender), plain)), None)
    accent = next((accent for accent in words.ACCENTS if re.search(_of_accent(accent), plain)), "")
    if accent and (found := fitting(Wanted(gender, accent=accent), USUAL[gender or "woman"])):
        return found[0].name
    return USUAL[gender] if gender else None
