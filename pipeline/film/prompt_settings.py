"""PURE: the settings that a prompt says beside what the film is about: "vertical, in German, watercolor, no music"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.film.scene_counts import length_for, scenes_in
from pipeline.film.settings import STYLES, VOICES, duration_in

RATIOS = {
    "9:16": r"vertical(?:ly)?|9:16|9x16|9 by 16|"
    r"hochkant|hochformat|senkrecht|(?:in )?portrait (?:format|mode|video|film|orientation)|in portrait\b(?! of)|"
    r"upright (?:video|film|format)|"
    r"vertikal|verticale?s?|formato vertical|竖屏|竖版",
    "16:9": r"widescreen|16:9|16x9|16 by 9|horizontal(?:ly)?|landscape (?:format|mode|video|film|orientation)|in "
        r"landscape\b|querformat|im quer",
    "1:1": r"1:1|square (?:(?:instagram|insta|tiktok|facebook|linkedin|youtube) )?"
        r"(?:format|video|film|clip|post|ad|reel)|(?:in|as)(?: a)? square\b(?! in\b| of\b)|quadratisch\w*|"
        r"cuadrad[oa]|carrée?|quadrato",
    "4:3": r"4:3|4x3|4 by 3",
    "3:4": r"3:4|3x4|3 by 4",
}  # fmt: skip
PLATFORMS = {
    "9:16": r"tik ?toks?|(?:instagram |insta )?reels?|youtube shorts|for shorts|"
    r"shorts (?:video|format|clip)|instagram|insta|snapchat|"
    r"(?:instagram|insta|whatsapp) (?:story|stories|status)|for (?:my |the |a )?(?:phones?|stories)",
}
"""What is usual there, where no shape is said."""
LANGUAGES = {
    "en": r"in english|auf englisch|en inglés|en anglais",
    "de": r"in german|auf deutsch|en alemán|en allemand|german (?:narration|voice|language|version)|deutsche[rn]? "
    r"(?:sprache|sprecher|text)",
    "es": r"in spanish|auf spanisch|en español|en espanol|en espagnol|spanish (?:narration|voice|language|version)",
    "fr": r"in french|auf französisch|en francés|en français|en francais|french (?:narration|voice|language|version)",
    "it": r"in italian|auf italienisch|en italiano|in italiano|italian (?:narration|voice|language|version)",
    "pt": r"in portuguese|auf portugiesisch|em português|en portugués|portuguese (?:narration|voice|language|version)",
    "nl": r"in dutch|auf niederländisch|auf holländisch|in het nederlands|dutch (?:narration|voice|language|version)",
    "zh": r"in (?:chinese|mandarin)|auf chinesisch|en chino|用中文|中文",
}
"""As they are asked for."""
FUNCTION_WORDS = {
    "de": """ein eine einen einem einer eines der die das den dem des und oder aber nicht kein mit für über auf
        aus bei im am zum zur vom ist sind wird wie warum was mein meine meinen meiner mir mich uns
        unser mach mache erstelle bitte kurzes kurzer kurzen film geschichte von ich du wir sie es
        sich auch nach vor zwischen unter ohne als wenn dass seine ihre ueber fuer nen nem macht machen kannst könntest
        koenntest können möchte moechte hätte haette brauche erklär erkläre zeig zeige sekunden sekunde minuten szenen
        etwas mal doch""",
    "es": """un una unos unas el la los las de del y o pero no con para por sobre cómo qué mi mis nuestro es son
        hazme haz crea vídeo video película en al que se su sus quiero corto historia muy como""",
    "fr": """un une des le la les l' de du d' et ou mais pas avec pour par sur comment pourquoi mon ma mes notre
        est sont fais crée vidéo film en au aux que qui se son sa ses je nous vous dans histoire""",
    "it": """un uno una il lo la i gli le di del della dei e o ma non con per su sul come perché mio mia nostro è
        sono fammi crea video film in al che si suo sua voglio storia""",
    "pt": """um uma uns umas o a os as de do da dos das e ou mas não com para por sobre como meu minha nosso é
        são faça crie vídeo filme em ao que se seu sua quero história""",
    "nl": """een de het en of maar niet met voor over op uit bij in van is zijn hoe waarom wat mijn ons onze maak
        filmpje film video ik je we ze verhaal naar""",
    "en": """a an the and or but not with for about on from by in of to is are how why what my our make me create
        please i we you they it its this that who which where when at into as your his
        her their can could would""",
}  # fmt: skip
SUREST = 2
"""So many of a language's words more than English has make a prompt one of that language."""
_PLAINLY_GERMAN = re.compile(r"\b(?:im|beim|zum|zur|vom|und|für|fuer|über|ueber|ins|fürs)\b")
"""Where there is no English word, one of these is enough."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA_OR_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
STYLE_WORDS = {"watercolour": "watercolor", "aquarell": "watercolor", "acuarela": "watercolor",
"aquarelle": "watercolor",
               "claymation": "clay", "knete": "clay", "film noir": "noir", "zeichentrick": "anime"}  # fmt: skip
_STYLED = (
    r"(?:{style})(?:[- ]?(?:style|styled|look|stil|animation|film|video))|(?:in|as|im|als|en|with|like) "
    r"(?:an? |a |ein(?:en|em)? |the )?(?:{style})\b|, ?(?:{style})(?=\s*(?:$|[,.;!]| and\b))|(?:^|\b)(?:a |an "
    r")(?:{style}) (?:film|video|clip|movie|short)"
)
_STYLE_OF = re.compile(
    r"\b(?:in (?:the |an? )?)?(?:style of ([\w' -]{3,40}?)|([\w' -]{3,30}?) style)(?=\s*(?:$|[,.;!]| about| and\b| "
    r"with\b))",
    re.I,
)
_NO = r"(?:no|without(?: any| a)?|ohne|keine?|sin|sans|senza|sem|zonder)"
_MUSIC = r"(?:background )?(?:music|musik|música|musique|musica|muziek|soundtrack)"
_VOICE = (
    r"(?:narration|narrator|voice-?overs?|voice over|voices?|speaker|speech|spoken words|sprecher|sprecherin|"
    r"stimme|narración|narrador|voz|voix(?: off)?|narrateur|voce)"
)
_CAPTIONS = r"(?:captions?|subtitles?|untertitel|subtítulos|sous-titres|sottotitoli|legendas)"
_NAMED_VOICE = (
    r"(?:with|by|voice:?|narrated by|read by|spoken by|mit|con|avec) (?:the voice (?:of )?|der stimme "
    r"(?:von )?)?({names})(?:'s voice| as (?:the )?(?:voice|narrator))?(?=\s*(?:$|[,.;!]| as\b| and\b))"
)


def settings_in(prompt: str) -> dict[str, Any]:
    """Read what the prompt says of ratio, length, style, language, voice, music and captions; nothing for the rest."""
    return {name: value for name, value in _said(prompt) if value is not None}


def _said(prompt: str) -> Iterator[tuple[str, Any]]:
    plain = " ".join(re.sub(r"[\"“„«][^\"”“»]*[\"”“»]", " ", prompt.lower()).split())
    scenes = scenes_in(prompt)
    yield "duration", duration_in(prompt) or (length_for(scenes) if scenes else None)
    shapes = (*RATIOS.items(), *PLATFORMS.items())
    ratio = next((ratio for ratio, words in shapes if re.search(rf"(?<!\w)(?:{words})(?!\w)", plain)), None)
    yield "aspect_ratio", ratio
    yield "style", _style(prompt, plain)
    yield "language", language_in(prompt)
    yield "voice_over", False if re.search(rf"\b{_NO} {_VOICE}\b", plain) else None
    yield "music", False if re.search(rf"\b{_NO} {_MUSIC}\b", plain) else None
    yield "captions", "off" if re.search(rf"\b{_NO} {_CAPTIONS}\b", plain) else None
    named = re.search(_NAMED_VOICE.format(names="|".join(VOICES)), prompt)
    asks = re.search(rf"\b{_VOICE}\b|narrated|read by|spoken", plain)
    yield "voice", named[1] if named and (asks or plain.endswith(named[1].lower())) else None


def _style(prompt: str, plain: str) -> str | None:
    for known in (*STYLES, *STYLE_WORDS):
        if re.search(_STYLED.format(style=known), plain):
            return STYLE_WORDS.get(known, known)
    found = _STYLE_OF.search(prompt)
    return (found[1] or found[2]).strip().removeprefix("the ") if found else None


def language_in(prompt: str) -> str | None:
    """The language asked for, else the one the prompt is written in; None where that is English or none of ours."""
    plain = prompt.lower()
    asked = next((code for code, words in LANGUAGES.items() if re.search(rf"(?<!\w)(?:{words})(?!\w)", plain)), None)
    return asked or written_in(plain)


def written_in(plain: str) -> str | None:
    if _KANA_OR_HANGUL.search(plain):
        return None
    if len(_HAN.findall(plain)) > sum(letter.isascii() and letter.isalpha() for letter in plain) / 2:
        return "zh" if _HAN.search(plain) else None
    tokens = re.findall(r"[^\W\d_]+'?", plain)
    counts = {code: sum(word in _words(code) for word in tokens) for code in FUNCTION_WORDS}
    own = {code: sum(word in _own(code) for word in tokens) for code in FUNCTION_WORDS}
    best = max(counts, key=lambda code: (counts[code] + own[code], code))
    is_sure = own[best] >= SUREST or (own[best] and counts[best] >= counts["en"] * 2 + SUREST)
    if not counts["en"] and _PLAINLY_GERMAN.search(plain):
        return "de"
    if best == "en" or not is_sure or counts[best] + own[best] < counts["en"] + own["en"] + SUREST:
        return None
    return best


def is_english(plain: str) -> bool:
    """Some of its words are English and of no other of the languages."""
    return any(word in _own("en") for word in re.findall(r"[^\W\d_]+'?", plain))


def _words(code: str) -> frozenset[str]:
    return _TABLE[code]


def _own(code: str) -> frozenset[str]:
    """Words that no other of the languages has."""
    return _TABLE[code].difference(*(words for other, words in _TABLE.items() if other != code))


_TABLE = {code: frozenset(words.split()) for code, words in FUNCTION_WORDS.items()}
