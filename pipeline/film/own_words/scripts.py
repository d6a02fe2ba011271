"""PURE: the reading of scripts: scenes with labels, screenplays, and narrations that are labelled as such."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.film.own_words.labels import Label, labels_in, seconds_said
from pipeline.film.own_words.plain import OPENING, one_line, quotations, spoken, without_settings
from pipeline.film.own_words.source import Passage, Source, Turn, Why

LONGEST_HEADING = 9
"""Words."""
LONGEST_LABEL = 60
"""Characters."""
LONGEST_MANNER = 8
"""Words of a label that says how the voice is, and not what it says."""
_SLUG = re.compile(r"^(?:\d{1,3}[.)]?\s+)?(?:INT|EXT|EST|I/E|INNEN|AUSSEN)[ ./]")
_CUE = re.compile(
    r"(?:(?<=\n\n)|(?<=\A)|(?<=\n)(?=[^\n]*(?:\(\s*[VO]\.?[OS]|NARRATOR|VOICE|ERZÄHLER|SPRECHER)))[ \t]*"
    r"(?P<name>[^\W\d_a-zà-ÿ][^\n\d_a-zà-ÿ():.]{1,28}?)[ \t]*"
    r"(?:\((?P<note>[^()\n]{1,24})\))?[ \t]*\n(?P<said>(?:[ \t]*\S[^\n]*\n?)+)"
)
_TRANSITION = re.compile(
    r"^[ \t]*(?:FADE|CUT|SMASH CUT|DISSOLVE|ABBLENDE|AUFBLENDE|THE END|ENDE)\b[A-Z :.]*$", re.MULTILINE
)
_MANNER = re.compile(
    r"\b(?:male|female|calm|warm|deep|soft|voice|accent|none|no|off|friendly|upbeat|weiblich\w*|männlich\w*|ruhig\w*|"
    r"keine?|yes|on|british|american|english|german|deutsch|spanish|french|italian|englisch|español)\b",
    re.IGNORECASE,
)
_HAS_SCENES = re.compile(
    r"^[ \t]*(?:(?:\d{1,3}[.)]?\s+)?(?:INT|EXT|I/E)[. /]|(?:SCENE|SZENE|Scene|Szene)\s+\d)", re.MULTILINE
)
_ORDER = re.compile(
    r"\b(?:make|create|generate|produce|turn|use|mach\w*|erstell\w*|haz|crea|fais|crée|video|film)\b", re.I
)


_Told = tuple[Label, str]
"""A label, and the text up to the next one."""


@dataclass
class _Building:
    """A passage while its text is read."""

    heading: str = ""
    pictures: list[str] = field(default_factory=list)
    words: list[Turn] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    """What no label says whether it is seen or heard."""
    seconds: int | None = None
    is_numbered: bool = False


def read(text: str) -> Source | None:
    lines, cues = _with_cues(_TRANSITION.sub("", text))
    lines = _parted(lines)
    told = _told(lines, _trusted(lines, labels_in(lines)))
    why = _why(told, cues)
    if why is None:
        return None
    is_screenplay = cues > 0 or any(label.name == "slug" for label, _ in told)
    return _Script(told, is_screenplay=is_screenplay).source(why, lines[: told[0][0].start])


def _with_cues(text: str) -> tuple[str, int]:
    """A screenplay's speeches, whose speakers stand on a line of their own, as labelled ones, and their number."""
    return _CUE.subn(_labelled, text) if _HAS_SCENES.search(text) else (text, 0)


def _labelled(cue: re.Match[str]) -> str:
    name = " ".join(cue["name"].split())
    if _SLUG.match(name) or re.match(r"SCENE|SZENE", name) or not re.search(r"[a-zà-ÿ]", cue["said"]):
        return cue[0]
    said = re.sub(r"^[ \t]*\([^()\n]*\)[ \t]*\n?", "", cue["said"], flags=re.MULTILINE)
    return f"{name}: {' '.join(said.split())}\n\n"


def _parted(text: str) -> str:
    """A label right behind a scene's ("0:00-0:05 Visual: …") on a line of its own."""
    for label in reversed([label for label in labels_in(text) if label.what in ("scene", "step")]):
        behind = labels_in(text[label.end : label.end + LONGEST_LABEL])
        if label.name != "slug" and behind and behind[0].start == 0 and behind[0].what not in ("scene", "cue"):
            text = f"{text[: label.end]}\n{text[label.end :]}"
    return text


def _trusted(text: str, labels: Sequence[Label]) -> list[Label]:
    """Leave out those that only look like labels: a name before a colon speaks where it speaks again, or is quoted."""
    times = Counter(label.word.casefold() for label in labels if label.what == "cue")
    is_script = any(label.what in ("scene", "spoken") for label in labels) or max(times.values(), default=0) > 1
    return [label for label in labels if label.what != "cue" or _speaks(text, label, times, is_script=is_script)]


def _speaks(text: str, label: Label, times: Counter[str], *, is_script: bool) -> bool:
    line = text[label.end :].lstrip().split("\n", 1)[0].rstrip()
    is_quoted, is_sentence = line[:1] in OPENING, line[-1:] in ".!?…" and " " in line
    if is_script:
        return is_quoted or is_sentence or label.word.isupper() or times[label.word.casefold()] > 1 or bool(label.note)
    return times[label.word.casefold()] > 1 or (is_quoted and len(times) > 1)


def _why(told: Sequence[_Told], cues: int) -> Why | None:
    labels = [label for label, _ in told]
    scenes = [label for label in labels if label.what == "scene" and label.name != "part"]
    said = [label for label, text in told if label.what == "spoken" and not _is_manner(text.strip())]
    if cues or sum(label.name == "slug" for label in scenes) > 1:
        return "screenplay"
    if len(scenes) > 1 or (scenes and said):
        return "times" if all(label.name in ("clock", "span") for label in scenes) else "scenes"
    if sum(label.name == "part" for label in labels) > 1:
        return "scenes"
    if any(label.name == "exactly" for label in said):
        return "told"
    return "labels" if said or sum(label.what == "cue" for label in labels) > 1 else None


def _is_manner(said: str) -> bool:
    """ "Voice: female, calm" says how the voice is."""
    is_short = len(said.split()) <= LONGEST_MANNER and said[:1] not in OPENING
    return not said or (is_short and bool(_MANNER.search(said)))


def _told(text: str, labels: Sequence[Label]) -> list[_Told]:
    ends = [*(label.start for label in labels[1:]), len(text)]
    return [(label, text[label.end : end]) for label, end in zip(labels, ends, strict=bool(labels))]


class _Script:
    """Reads one script, label by label."""

    def __init__(self, told: Sequence[_Told], *, is_screenplay: bool) -> None:
        self.told, self.is_screenplay = told, is_screenplay
        self.passages: list[_Building] = []
        self.title = ""
        self.asks: list[str] = []

    def source(self, why: Why, preamble: str) -> Source:
        self._read_preamble(preamble)
        behind = [*(label.what for label, _ in self.told[1:]), None]
        for (label, text), follows in zip(self.told, behind, strict=True):
            self._read(label, text, has_speech=label.name != "part" and follows in ("spoken", "picture", "cue"))
        found = [passage for passage in map(self._passage, self._speaking()) if passage != Passage()]
        return Source("script", why, tuple(found), self.title, "\n".join(filter(None, self.asks)))

    def _read_preamble(self, text: str) -> None:
        said = one_line(text)
        is_title = 0 < len(said.split()) <= LONGEST_HEADING and said[-1] not in ".:!?" and not _ORDER.search(said)
        if is_title and not without_settings(said)[1]:
            self.title = said
        else:
            self.asks.append(said)

    def _read(self, label: Label, text: str, *, has_speech: bool) -> None:
        """`has_speech`: a speech or a picture is labelled right behind it."""
        match label.what:
            case "scene" | "step":
                self._begin(label, text, has_speech=has_speech)
            case "spoken":
                self._say(text, "" if label.what == "spoken" else label.word, label)
            case "cue":
                self._say(text, label.word, label)
            case "picture":
                self._show(text)
            case "length":
                self._last(text)
            case "title":
                self._call(text)

    def _begin(self, label: Label, text: str, *, has_speech: bool) -> None:
        """Begin a scene: what stands before a speech is its heading."""
        new = _Building(seconds=label.seconds, is_numbered=True)
        self.passages.append(new)
        first, _, rest = text.strip().partition("\n")
        is_title = label.name != "part" and first[-1:] not in set(".!?…") and bool(rest.strip())
        if (is_title or _SLUG.match(first) or has_speech) and len(first.split()) <= LONGEST_HEADING:
            new.heading = one_line(first)
            first = ""
        if not new.heading and label.name == "part":
            new.heading = label.word.strip().capitalize()
        self._add_plain(new, f"{first}\n{rest}")

    def _add_plain(self, passage: _Building, text: str) -> None:
        kept, asked = without_settings(text)
        self.asks.append(asked)
        if kept.strip():
            passage.plain.append(kept)

    def _now(self) -> _Building:
        if not self.passages:
            self.passages.append(_Building())
        return self.passages[-1]

    def _pair(self) -> _Building:
        """Return the passage to add to. Where no scenes are numbered, words and a picture make one: what comes next
        begins another."""
        now = self._now()
        if not now.is_numbered and _is_said(now) and now.pictures:
            now = _Building()
            self.passages.append(now)
        return now

    def _say(self, text: str, speaker: str, label: Label) -> None:
        now = self._pair()
        said, rest = quotations(text)
        if not said:
            said, rest = self._unquoted(text, label)
        name = speaker.strip().title() if speaker.isupper() else speaker.strip()
        now.words.append(Turn(name, spoken(said)))
        if rest.strip(" \n.,"):
            self._add_plain(now, rest)

    def _unquoted(self, text: str, label: Label) -> tuple[str, str]:
        """End a speech without quotation marks: in a screenplay at an empty line; elsewhere where the next label
        begins."""
        if self.is_screenplay and text.split("\n", 1)[0].strip():
            said, _, rest = text.partition("\n\n")
            return said, rest
        kept, asked = without_settings(text)
        self.asks.append(asked)
        return kept, ""

    def _show(self, text: str) -> None:
        kept, asked = without_settings(text)
        self.asks.append(asked)
        self._pair().pictures.append(one_line(kept))

    def _last(self, text: str) -> None:
        if self.passages and self.passages[-1].is_numbered:
            self.passages[-1].seconds = seconds_said(text) or self.passages[-1].seconds
        else:
            self.asks.append(one_line(text))

    def _call(self, text: str) -> None:
        first, _, rest = text.strip().partition("\n")
        called = one_line(first).strip('"“”„«»')
        if self.passages:
            self.passages[-1].heading = self.passages[-1].heading or called
        else:
            self.title = called
            self.asks.append(one_line(rest))

    def _speaking(self) -> Iterable[_Building]:
        """Have what no label says be seen where speech is labelled elsewhere, and spoken where none is."""
        has_speech = any(one.words for one in self.passages)
        for one in self.passages:
            if has_speech:
                one.pictures += [one_line(text) for text in one.plain]
            else:
                one.words += [Turn("", spoken(text)) for text in one.plain]
                self._speak_alone(one)
        return self.passages

    def _speak_alone(self, one: _Building) -> None:
        """A scene of which nothing but its picture or its heading is told has that spoken."""
        is_place = bool(_SLUG.match(one.heading))
        if not _is_said(one):
            alone = list(one.pictures) or ([] if is_place else [one.heading])
            one.words = [Turn("", text) for text in alone]
            one.heading = one.heading if one.pictures or is_place else ""

    def _passage(self, one: _Building) -> Passage:
        turns = tuple(turn for turn in one.words if turn.words)
        speakers = tuple(dict.fromkeys(turn.speaker for turn in one.words if turn.speaker))
        return Passage(
            words=" ".join(turn.words for turn in turns),
            picture=" ".join(filter(None, one.pictures)),
            heading=one.heading,
            seconds=one.seconds,
            speakers=speakers,
            turns=turns if speakers else (),
        )


def _is_said(one: _Building) -> bool:
    return any(turn.words for turn in one.words)
