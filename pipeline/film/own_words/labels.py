"""PURE: the labels by which scripts say what is what: "Scene 2:", "Narrator:", "INT. KITCHEN", in several languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

What = Literal["scene", "step", "spoken", "picture", "other", "length", "title", "cue"]

_SCENE = (
    r"scenes?|shots?|slides?|clips?|panels?|frames?|szenen?|einstellung|folie|escena|toma|plano|scène|plan|scena|"
    r"inquadratura|cena|opname"
)
_STEP = r"steps?|schritt|paso|étape|passo|passaggio|stap|tips?|tipp|reason|grund|lesson|fact"
_PART = (
    r"hook|body|intro|introduction|opening|problem|solution|benefits?|cta|call[ -]to[ -]action|outro|closing|ending|"
    r"conclusion|einleitung|hauptteil|schluss|aufhänger|introducción|gancho|cierre|accroche|gancio|chiusura|abertura"
)
_NUMBER = (
    r"\d{1,3}|[ivx]{1,5}|one|two|three|four|five|six|seven|eight|nine|ten|eins|zwei|drei|vier|fünf|sechs|uno|dos|"
    r"tres|cuatro|cinco|un|deux|trois|quatre|cinq"
)
_SPOKEN = (
    r"narrations?|narrators?|narrator(?:in)?|narrative|voice[ -]?overs?(?: text)?|v\.?/?o\.?|voice|"
    r"spoken(?: words| text)?|speaker|speech|dialogues?|dialog|audio|script|lines?|presenter|host|"
    r"sprecher(?:in|text)?|erzähler(?:in)?|erzählung|gesprochen(?:er text)?|"
    r"stimme|off[ -]?text|text|narrador(?:a)?|narración|locución|locutor(?:a)?|"
    r"voz(?: en off)?|texto|narrateur|narratrice|voix(?:[ -]off)?|texte|narratore|voce(?: fuori campo)?|testo|"
    r"narração|locução|verteller|vertelling|stem|tekst"
)
_PICTURE = (
    r"scene|shot|szene|escena|toma|scène|scena|cena|visuals?|visual description|(?:scene )?description|pictures?|"
    r"images?|video|footage|b[ -]?roll|(?:on[ -]screen )?action|we see|setting|location|bild(?:er)?|zu sehen|"
    r"wir sehen|ort|imagen(?:es)?|se ve|lugar|vídeo|vidéo|visuels?|on voit|lieu|immagin[ei]|visivo|imagem|imagens|beeld"
)
_OTHER = (
    r"(?:background )?music|musik|música|musique|musica|muziek|sfx|sounds?(?: effects?)?|geräusche?|transitions?|"
    r"übergang|notes?|on[ -]screen(?: text)?|text on screen|text overlay|super|captions?|subtitles?|untertitel|"
    r"einblendung|graphics?|mood|tone|style|stil|format|aspect ratio|seitenverhältnis|camera(?: move(?:ment)?| angle)?|"
    r"kamera|characters?|cast|genre|target audience|fade in|fade out|cut to|smash cut to|dissolve to"
)
_LENGTH = r"duration|length|time|timing|seconds|dauer|länge|zeit|duración|tiempo|durée|temps|durata|duração|duur"
_TITLE = r"(?:film |video |movie )?title|titel|título|titre|titolo|headline|überschrift"
_CHINESE_NUMBER = r"[\d一二三四五六七八九十]{1,3}"
_SPACELESS: Mapping[What, str] = {
    "scene": rf"(?:场景|場景|镜头|鏡頭|分镜)\s*{_CHINESE_NUMBER}|第\s*{_CHINESE_NUMBER}\s*(?:幕|场|場|镜|镜头)",
    "step": rf"步骤\s*{_CHINESE_NUMBER}|第\s*{_CHINESE_NUMBER}\s*步",
    "spoken": r"旁白|解说词?|配音|台词|独白|文案|解說|台詞",
    "picture": r"画面|视觉|畫面",
    "other": r"音乐|音效|字幕|转场|音樂",
    "length": r"时长|時長",
    "title": r"标题|片名|標題",
}
_EXACTLY = (
    r"(?:(?:use|say|speak|read(?: out)?|narrate|with|nimm|verwende|sprich|sag|lies|usa|di|lee|utilise|dis|lis)\s*)?"
    r"(?:exactly |only |just |genau |nur |exactamente |exactement )*(?:this|these|the following|my|diese[nrs]?|"
    r"folgende[nrs]?|est[ea]|ce|cette|ces)\s+(?:exact |exakten? )?(?:narration|words?|text|script|voice-?over|lines?|"
    r"poem|story|letter|quote|speech|gedicht|geschichte|rede|poema|poème|worte?|wörter|sprechertext|skript|texto|"
    r"guion|texte|mots)(?: word for word| verbatim| exactly| wörtlich| as (?:the )?(?:narration|voice-?over))?|"
    r"(?:the )?(?:narration|narrator|voice-?over|sprecher(?:in)?|voice) (?:says?|(?:should|must|has to|is to) "
    r"(?:say|be|read)|is|reads?|sagt|soll (?:sagen|sein|lauten)|lautet|dice|dit)(?: exactly| genau)?"
    r"(?: as follows| like this| this| so)?|(?:say|sag|di|dis) exactly"
)
_NOTE = r"(?:\s*[(\[](?P<note>[^()\[\]\n]{0,60})[)\]])?"
_DASH = r"\s*[-–—|]\s+"
_DECOR = r"[ \t]*(?:#{1,6}[ \t]*|>[ \t]*|[-*•][ \t]+)?[*_]{0,3}"
_START = rf"(?:^{_DECOR}|(?<=[.!?…;\"”»“)\]。！？」])[ \t]+[*_]{{0,3}})"
_SCENE_START = rf"(?:{_START}|(?<=:[ \t]))"
_STRONG = (
    r"narration|narrator|voice[ -]?over|v\.?o\.?|sprecher(?:in)?|erzähler(?:in)?|narración|narrador(?:a)?|narrateur|"
    r"narratore"
)
"""What is a label before a dash too."""
_LINE = rf"^{_DECOR}"
_COLON = r"[*_]{0,3}\s*[:：][*_]{0,3}[ \t]*"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?"
_NAME = r"[^\W\d_][\w'’.-]{1,20}(?: [^\W\d_][\w'’.-]{1,20}){0,2}"
_CAPITAL = r"[^\W\d_a-zà-ÿ][\w'’.-]{0,20}"
_SIDE = r"(?:INT|EXT|EST|INNEN|AUSSEN)"
_SLUG = rf"(?:\d{{1,3}}[.)]?\s+)?(?:{_SIDE}\.?(?:\s*/\s*{_SIDE}\.?)?|I/E\.?)[ .]\s*\S"


_PATTERNS: tuple[tuple[str, What, str], ...] = (
    ("exactly", "spoken", rf"{_START}(?P<word>{_EXACTLY}){_COLON}"),
    (
        "clock",
        "scene",
        rf"{_LINE}[\[(]?(?P<word>{_CLOCK}\s*(?:[-–—]|to|bis)\s*{_CLOCK})[\])]?[*_]{{0,3}}(?:\s*[:|–—-])?[ \t]*",
    ),
    (
        "span",
        "scene",
        rf"{_LINE}[\[(]?(?P<word>\d{{1,3}}\s*s?\s*[-–—]\s*\d{{1,3}}\s*(?:s|secs?|seconds|sek)\b)\.?[\])]?"
        rf"[*_]{{0,3}}(?:\s*[:|–—-])?[ \t]*",
    ),
    (
        "scene",
        "scene",
        rf"{_SCENE_START}(?P<word>(?:{_SCENE})\s*(?:#|no\.?|nr\.?|n°)?\s*(?:{_NUMBER})\b){_NOTE}"
        rf"(?:{_COLON}|{_DASH}|[*_]{{0,3}}\.[ \t]+|[*_]{{0,3}}[ \t]*$|(?<=[)\]])[ \t]+)",
    ),
    ("slug", "scene", rf"{_LINE}(?-i:(?P<word>{_SLUG}))"),
    (
        "step",
        "step",
        rf"{_START}(?P<word>(?:{_STEP})\s*(?:#|no\.?|nr\.?)?\s*(?:{_NUMBER})\b){_NOTE}(?:{_COLON}|{_DASH}|\.[ \t]+)",
    ),
    ("part", "scene", rf"{_LINE}(?P<word>{_PART}){_NOTE}(?:{_COLON}|[*_]{{1,3}}[ \t]*$)"),
    ("title", "title", rf"{_START}(?P<word>{_TITLE}){_COLON}"),
    ("length", "length", rf"{_START}(?P<word>{_LENGTH}){_COLON}"),
    ("other", "other", rf"{_START}(?P<word>{_OTHER}){_NOTE}{_COLON}"),
    ("picture", "picture", rf"{_START}(?P<word>{_PICTURE}){_NOTE}{_COLON}"),
    ("spoken", "spoken", rf"{_START}(?P<word>{_STRONG})[ \t]*[-–—][ \t]+"),
    ("spoken", "spoken", rf"{_START}[\[(](?P<word>{_SPOKEN})[\])][ \t]*:?[ \t]*"),
    ("picture", "picture", rf"{_START}[\[(](?P<word>{_PICTURE})[\])][ \t]*:?[ \t]*"),
    ("spoken", "spoken", rf"{_START}(?P<word>(?:{_SPOKEN})(?:\s*\d)?){_NOTE}{_COLON}"),
    *(
        (what, what, rf"(?:^|(?<=[。！？；.!?\s」”]))[【\[]?(?P<word>{words})[】\]]?[ \t]*[:：]?[ \t]*")
        for what, words in _SPACELESS.items()
    ),
    (
        "says",
        "cue",
        rf"{_START}(?P<word>{_NAME}) (?:says|said|asks|whispers|shouts|sagt|fragt|dice|dit)(?: exactly| genau)?"
        rf"\s*[:,]?\s*(?=[\"“„«])",
    ),
    ("name", "cue", rf"{_LINE}(?P<word>(?-i:{_CAPITAL}(?: {_CAPITAL}){{0,2}})){_NOTE}{_COLON}(?=\S)"),
)
"""Of each kind: its name, what it labels, its pattern. Of two at one place, the first has it."""
_LABELS = [(name, what, re.compile(pattern, re.IGNORECASE | re.MULTILINE)) for name, what, pattern in _PATTERNS]


@dataclass(frozen=True)
class Label:
    what: What
    name: str
    """Its kind: `slug`, `exactly`, …"""
    word: str
    note: str
    start: int
    end: int
    """Where what it labels begins."""
    seconds: int | None = None


def labels_in(text: str) -> list[Label]:
    """Find the labels, in their order; none lies in another."""
    found = sorted(_found(text), key=lambda label: label.start)
    kept: list[Label] = []
    for label in found:
        if not kept or label.start >= kept[-1].end:
            kept.append(label)
    return kept


def _found(text: str) -> Iterator[Label]:
    for name, what, pattern in _LABELS:
        for match in pattern.finditer(text):
            note = match.groupdict().get("note") or ""
            end = match.start("word") if name == "slug" else match.end()
            span = match["word"] if name in ("clock", "span") else note
            yield Label(what, name, match["word"], note, match.start(), end, seconds_said(span))


def seconds_said(text: str) -> int | None:
    """A scene's length in a note: "5 s", "10 seconds", "0:05-0:10"."""
    if span := re.search(rf"({_CLOCK})\s*[-–—]\s*({_CLOCK})", text):
        return _clock(span[2]) - _clock(span[1])
    if span := re.search(r"(\d{1,3})\s*s?\s*[-–—]\s*(\d{1,3})\s*(?:s|sec)", text):
        return int(span[2]) - int(span[1])
    found = re.search(r"(\d{1,3})\s*(?:s|secs?|seconds?|sek\w*|segundos?|secondes?|secondi|秒)(?!\w)", text, re.I)
    return int(found[1]) if found else None


def _clock(text: str) -> int:
    seconds = 0
    for part in text.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds
