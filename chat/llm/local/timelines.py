"""PURE: wishes for the cut: pauses and words taken out, clips and voices begun later, music faded; their answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from chat.llm.base import ToolResult
from chat.llm.local.film import Film
from chat.llm.local.number_words import NUMBERS
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, Step, step

_OUT = (
    r"cut|remove|delete|trim|drop|lose|kill|snip|tighten|shorten|take out|get rid of|edit out|strip|"
    r"schneid\w*|entfern\w*|lösch\w*|kürz\w*|streich\w*|nimm|raus(?:schneiden)?|weg|herausschneiden|rausnehmen|kürzer"
)
PAUSES = re.compile(r"\b(?:pauses?|pausen|silences?|gaps?|dead air|sprechpausen?|atempausen?|stille|lücken?)\b")
OUT = re.compile(rf"\b(?:{_OUT})\b")
_QUOTE, _UNQUOTE = r"[\"“„«‚‘']?", r"[\"”“»‘’']?"
WORD = re.compile(
    rf"\b(?:cut|remove|delete|drop|snip|take out|edit out|schneide|entferne|lösche|streiche|nimm)\b(?: out)?"
    rf" (?:the |das |die )?(?:words?|wort|wörter|worte) {_QUOTE}(?P<words>[^\"“”„«»]+?){_UNQUOTE}"
    r"(?: (?:out of|from|in|of|aus|von|bei|heraus|raus)\b.*|$)"
)
ELSEWHERE = re.compile(r"\b(?:picture|image|still|title|sign|script|bild\w*|titel|schild|skript)\b")
_LATER, _EARLIER = r"later|später|delayed?", r"earlier|sooner|früher|eher"
_BEGIN = (
    r"start|starts|begin|begins|beginn\w*|starte\w*|anfang\w*|anfängt|fäng\w*|fang\w*|let|lass\w*|move|verschieb\w*|"
    r"shift|delay"
)
CLIP = re.compile(r"\b(?:clip|clips|footage|shot|video clip|filmclip)\b")
VOICE = re.compile(r"\b(?:voice|voice-?over|narration|narrator|speech|stimme|sprecher\w*|erzähl\w*|text)\b")
SCENE_BEGINS = re.compile(
    r"\b(?:start|begin)s? (?:with )?(?:the )?scene \d+\b|\bscene \d+ (?:should |to )?(?:start|begin)s?\b"
)
SKIP = re.compile(
    r"\b(?:skip|cut off|cut|trim|drop|überspring\w*|schneid\w*|lass\w*)\b.{0,20}"
    r"\b(?:first|erste[nr]?|beginning|start|anfang)\b"
)
_FADE = r"fad(?:e|es|ing)(?: the)?(?: music)?(?: slowly| gently)? ?"
FADE_OUT = re.compile(rf"\b(?:{_FADE}out|ausblend\w*|ausfad\w*|ausklingen)\b|blende\b.*\baus\b")
FADE_IN = re.compile(rf"\b(?:{_FADE}in|einblend\w*|einfad\w*)\b|blende\b.*\bein\b")
MUSIC = re.compile(r"\b(?:music|musik|soundtrack|song)\b")
SLOWLY = re.compile(r"\b(?:slow\w*|gentl\w*|gradual\w*|long\w*|langsam\w*|sanft\w*|lang\w*)\b")
USUAL_FADE_S, SLOW_FADE_S, LONGEST_FADE_S = 3.0, 5.0, 30.0
SECONDS = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?) ?(?P<unit>ms|millisekunden|milliseconds?|s|secs?|seconds?|sek|sekunden?)\b"
)
HALF = re.compile(r"\b(?:half (?:a|1|of a) second|(?:eine |einer )?halbe[nr]? sekunde)\b")
ONE = re.compile(r"\b(?:a|an|eine[nr]?|the first|die erste) (?:second|sekunde)\b")
_GERMAN = {
    "ein": 1,
    "eine": 1,
    "einer": 1,
    "zwei": 2,
    "drei": 3,
    "vier": 4,
    "fünf": 5,
    "sechs": 6,
    "acht": 8,
    "zehn": 10,
}


def wish(sentence: Sentence, film: Film) -> Found:
    """The call that a wish about the cut is; None where it is about something else."""
    if sentence.said.strip().endswith("?") and not re.match(r"(?:can|could|would|kannst|könntest)\b", sentence.plain):
        return None
    text = _written(sentence)
    return (
        _words(sentence, text, film)
        or _pauses(sentence, text, film)
        or _moved(sentence, text)
        or _faded(sentence, text)
    )


def _written(sentence: Sentence) -> str:
    """The words as they were written, in which German forms are found; of a clause, its own in plain English."""
    is_clause = sentence.whole and sentence.whole != sentence.plain
    return sentence.plain if is_clause else " ".join(sentence.said.lower().split())


def _pauses(sentence: Sentence, text: str, film: Film) -> Found:
    is_told = PAUSES.search(sentence.plain) or PAUSES.search(text)
    if not is_told or MUSIC.search(sentence.plain) or not (OUT.search(sentence.plain) or OUT.search(text)):
        return None
    return [step("edit_timeline", **_scenes(sentence), pauses_out=True)]


def _words(sentence: Sentence, text: str, film: Film) -> Found:
    """Only words that are said there: everything else is a change of the script."""
    found = WORD.search(text)
    if not found:
        return None
    words = found["words"].strip()
    places = sentence.scenes or list(range(1, len(film.scenes) + 1))
    heard = [place for place in places if _is_said(words, film, place)]
    if not heard and (ELSEWHERE.search(text) or not sentence.named):
        return None
    return [step("edit_timeline", scenes=heard or sentence.named, words_out=words)]


def _is_said(words: str, film: Film, place: int) -> bool:
    told = str(film.scenes[place - 1].get("script", "")) if 0 < place <= len(film.scenes) else ""
    return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", told, re.IGNORECASE))


def _moved(sentence: Sentence, text: str) -> Found:
    """The clip or the voice of named scenes."""
    seconds, both = _seconds(text, sentence.plain), f"{text} {sentence.plain}"
    if seconds is None or not sentence.named or re.search(r"\b(?:transition|übergang|music|musik)\b", both):
        return None
    if CLIP.search(both) and SKIP.search(both):
        return [step("edit_timeline", scenes=sentence.named, clip_later=seconds)]
    later, earlier = re.search(rf"\b(?:{_LATER})\b", both), re.search(rf"\b(?:{_EARLIER})\b", both)
    if not (later or earlier) or not re.search(rf"\b(?:{_BEGIN})\b", both):
        return None
    moved = {"scenes": sentence.named}
    signed = -seconds if earlier else seconds
    if CLIP.search(both) or SCENE_BEGINS.search(both):
        return [Step("edit_timeline", {**moved, "clip_later": signed})]
    return [Step("edit_timeline", {**moved, "voice_later": signed})] if VOICE.search(both) else None


def _faded(sentence: Sentence, text: str) -> Found:
    both = f"{text} {sentence.plain}"
    if not MUSIC.search(both):
        return None
    seconds = _seconds(text, sentence.plain) or (SLOW_FADE_S if SLOWLY.search(both) else USUAL_FADE_S)
    fade = {"fade_in": seconds} if FADE_IN.search(both) else {}
    fade |= {"fade_out": seconds} if FADE_OUT.search(both) else {}
    if not fade:
        return None
    where = sentence.named or ([1] if "fade_in" in fade and "fade_out" not in fade else [sentence.count])
    return [
        Step("edit_timeline", {"scenes": where, **{name: min(each, LONGEST_FADE_S) for name, each in fade.items()}})
    ]


def _seconds(text: str, plain: str) -> float | None:
    for said in (text, plain):
        if HALF.search(said):
            return 0.5
        said = re.sub(r"\b([a-zäöü]+) (?=sekunden?|seconds?)", _in_digits, said)
        if found := SECONDS.search(said):
            number = float(found["number"].replace(",", "."))
            return number / 1000 if found["unit"].startswith("m") else number
        if ONE.search(said):
            return 1.0
    return None


def _in_digits(found: re.Match[str]) -> str:
    number = NUMBERS.get(found[1], _GERMAN.get(found[1]))
    return f"{number} " if number else found[0]


def _scenes(sentence: Sentence) -> dict[str, Any]:
    return {"scenes": sentence.scenes} if sentence.scenes else {}


def done(result: ToolResult, film: Film) -> str:
    """Say what was edited; it is free, and undone by a word."""
    found: Mapping[str, Any] = result.result
    asked = result.call.arguments
    if found.get("unchanged"):
        return film.say("did.timeline_same")
    places = asked.get("scenes") or []
    where = film.where(places) if places else film.say("lists.all_scenes", n=len(film.scenes))
    if asked.get("pauses_out") or asked.get("words_out"):
        told = "did.timeline_words" if asked.get("words_out") else "did.timeline_pauses"
        return film.say(
            told, where=where, seconds=_rounded(found.get("out_ms", 0) / 1000), words=asked.get("words_out")
        )
    if "clip_later" in asked or "voice_later" in asked:
        name = "clip" if "clip_later" in asked else "voice"
        later = float(asked[f"{name}_later"])
        how = "earlier" if later < 0 else "later"
        return film.say(f"did.timeline_{name}_{how}", where=where, seconds=_rounded(abs(later)))
    if "muted" in asked:
        return film.say("did.timeline_muted" if asked["muted"] else "did.timeline_heard", where=where)
    return film.say("did.timeline_faded", where=where)


def _rounded(seconds: float) -> str:
    return f"{seconds:.1f}".removesuffix(".0")
