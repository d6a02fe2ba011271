"""PURE: a film in a second language: which scenes are to be translated, what of a text has to stay, and what is wrong.

A scene that was translated keeps the hashes of the words and of the title that it was translated from
(`translated_from`), so an edit of the source touches exactly the translations of what it changed.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from num2words import num2words

from pipeline.cut.narration_fit import FPS, MAX_SLOT, MIN_SLOT, slot_frames
from pipeline.film.dialogue import is_spoken, said_in
from pipeline.film.narration import narration_length, narration_limit, narration_s, narration_unit
from pipeline.film.script import Scene, Script, parse_script

MOST_SAME_WORDS = 3
"""So many words may be the same in two languages: a name, a greeting, a brand."""
LONGEST_TITLE = 120
OF_ITS_VOICE = frozenset({"cuts", "cuts_of", "narration_at"})
"""What was done to a narration's sound is of no use to another one."""
_PARTED = r"[^\W\u0e00-\u0eff\u2e80-\U0010ffff]"
"""A letter or digit of a writing that puts spaces between its words; beside others a word begins and ends anywhere."""
_NUMBER = re.compile(rf"(?<![.,])(?<!{_PARTED})\d+(?:[.,:]\d+)*(?!{_PARTED})")
_BRAND = re.compile(
    rf"(?<!{_PARTED})(?={_PARTED}*[A-Za-z])"
    rf"(?:[a-z]+[A-Z]{_PARTED}*|[A-Z][a-z]+[A-Z]{_PARTED}*|(?={_PARTED}*\d)(?={_PARTED}*[A-Z]){_PARTED}{{2,}})"
    rf"(?!{_PARTED})"
)
"""A capital within a word, or letters with a digit: "iPhone", "YouTube", "X200"."""
MOST_SPELLED = 15
"""Numbers of more digits are nowhere spelled out."""


@dataclass(frozen=True)
class SceneText:
    """The words of a scene: its title, its narration and its lines, in their order."""

    id: int
    title: str
    script: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Translation:
    """The film that a translator made, scene by scene, and what should be known of it."""

    texts: Mapping[int, SceneText]
    title: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Translating:
    """A translation that is to be made: of which scenes of which script, and what there is of it."""

    source: Script
    source_title: str = ""
    scene_ids: tuple[int, ...] = ()
    title_ids: tuple[int, ...] = ()
    """The scenes of which nothing but the title was changed: what is said in them stays as it is translated."""
    current: Script | None = None
    """The film in the other language as it is; None before its first translation."""
    keep: tuple[str, ...] = ()
    """Words that are never translated."""
    slots: Mapping[int, int] = field(default_factory=dict)
    """The frames, by scene id, that scenes of the source take up where its voices are there."""

    @property
    def scenes(self) -> tuple[Scene, ...]:
        return tuple(scene for scene in self.source.scenes if scene.id in self.scene_ids)

    @property
    def asked(self) -> tuple[Scene, ...]:
        """A scene as a translator is given it: without what is said where that is translated."""
        silent = {"script": "", "lines": []}
        return tuple(one.model_copy(update=silent) if one.id in self.title_ids else one for one in self.scenes)


def text_of(scene: Scene) -> SceneText:
    return SceneText(scene.id, scene.title, scene.script, tuple(line.text for line in scene.lines))


def words_hash(scene: Scene) -> str:
    """The hash of what is said in a scene, and by whom: what a translation of it depends on."""
    return _hash([scene.script.strip(), [[line.speaker.strip(), line.text.strip()] for line in scene.lines]])


def title_hash(scene: Scene) -> str:
    return _hash(scene.title.strip())


def origin_hash(scene: Scene) -> str:
    """The hashes of a scene's words and of its title, as its translation keeps them."""
    return f"{words_hash(scene)}{PARTED}{title_hash(scene)}"


PARTED = "."
"""Stands between the two hashes. What was translated by an earlier release has none, nor a title's hash."""


def _hash(said: Any) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def due(source: Script, translated: Script | None) -> tuple[int, ...]:
    """The scenes of the source, by id, whose words or titles are not those that the other film was translated from."""
    titles, known = titles_due(source, translated), _known(translated)
    return tuple(
        scene.id for scene in source.scenes if scene.id in titles or _words(known.get(scene.id)) != words_hash(scene)
    )


def titles_due(source: Script, translated: Script | None) -> tuple[int, ...]:
    """The scenes of the source, by id, of which the title alone is not the one that was translated."""
    known = _known(translated)
    parts = ((scene, *known.get(scene.id, "").partition(PARTED)[::2]) for scene in source.scenes)
    return tuple(
        scene.id for scene, words, title in parts if words == words_hash(scene) and title not in ("", title_hash(scene))
    )


def _words(origin: str | None) -> str:
    return (origin or "").partition(PARTED)[0]


def _known(translated: Script | None) -> Mapping[int, str]:
    return {scene.id: scene.translated_from for scene in (translated.scenes if translated else ())}


def limit_of(scene: Scene, language: str, source_language: str) -> int:
    """The words (or letters) in `language` that fit the slot which the scene has in the source: as long as it lasts
    there, so that pictures stay as they are."""
    pieces = max(len(said_in(scene)), 1)
    lengths_ms = [round(1000 * narration_s(said.text, source_language)) for said in said_in(scene)]
    frames, _ = slot_frames(scene.duration, lengths_ms, dragged=scene.slot_frames)
    return narration_limit(frames // FPS, language, pieces=pieces)


def kept_words(scene: Scene, keep: Iterable[str], people: Iterable[str]) -> tuple[str, ...]:
    """Return what stands in a scene's words and has to stay as it is written: listed words, brands and people's
    names."""
    text = _all_words(text_of(scene))
    listed = [word for word in (*keep, *people) if word.strip() and _stands_in(word, text)]
    return tuple(dict.fromkeys((*listed, *_BRAND.findall(text))))


def faults(
    scene: Scene, text: SceneText, language: str, source_language: str, *, keep: Sequence[str] = ()
) -> list[str]:
    """Return what is wrong with a translation of a scene, in sentences for whoever translates once more. `keep` are
    words of this scene that have to stay."""
    found = (
        _wrong_form(scene, text),
        _left_alone(scene, text, keep),
        _too_long(scene, text, language, source_language),
        _lost(scene, text, language, keep),
    )
    return [fault for each in found for fault in each]


def _wrong_form(scene: Scene, text: SceneText) -> Iterator[str]:
    if is_spoken(scene.script) and not is_spoken(text.script):
        yield "the narration is empty"
    if len(text.lines) != len(scene.lines):
        yield f"there must be {len(scene.lines)} lines, not {len(text.lines)}"
    elif any(is_spoken(line.text) and not is_spoken(said) for line, said in zip(scene.lines, text.lines, strict=True)):
        yield "a line is empty"


def _left_alone(scene: Scene, text: SceneText, keep: Sequence[str]) -> Iterator[str]:
    own = re.sub("|".join(map(re.escape, keep)), " ", scene.script) if keep else scene.script
    if scene.script.strip() == text.script.strip() and len(own.split()) > MOST_SAME_WORDS:
        yield "the narration is not translated"
    is_same = scene.title.strip() == text.title.strip() and len(scene.title.split()) > MOST_SAME_WORDS
    if is_spoken(scene.title) and (is_same or not is_spoken(text.title)):
        yield "the title is not translated"


def _too_long(scene: Scene, text: SceneText, language: str, source_language: str) -> Iterator[str]:
    length = sum(narration_length(said, language) for said in (text.script, *text.lines))
    limit = limit_of(scene, language, source_language)
    if length > limit:
        yield f"it has {length} {narration_unit(language)} and the scene has room for {limit}: say it shorter"


def _lost(scene: Scene, text: SceneText, language: str, keep: Sequence[str]) -> Iterator[str]:
    said = _all_words(text)
    yield from (f"“{word}” has to stay as it is written" for word in keep if not _stands_in(word, said))
    yield from (f"the number {number} is missing" for number in _numbers(scene) if not _is_said(number, said, language))


def _numbers(scene: Scene) -> list[str]:
    return list(dict.fromkeys(_NUMBER.findall(f"{scene.script} {' '.join(line.text for line in scene.lines)}")))


def _is_said(number: str, text: str, language: str) -> bool:
    """Tell whether a number is said: as digits, however they are parted ("1,000" is "1.000"), or spelled out."""
    plain = _digits(number)
    digits = {_digits(found) for found in re.findall(r"\d+(?:[.,:\s\u202f\u00a0]\d+)*", text)}
    return plain in digits or any(_stands_in(word, text) for word in _spelled(plain, language))


def _digits(text: str) -> str:
    """Return its digits as those of English, whatever writing they are in."""
    return "".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal())


def _spelled(number: str, language: str) -> Iterator[str]:
    """Yield the ways in which a number is spelled out; a way that num2words lacks in this language is left out."""
    for kind in ("cardinal", "ordinal", "year") if len(number) <= MOST_SPELLED else ():
        try:
            yield str(num2words(int(number), lang=language, to=kind))
        except Exception:  # noqa: BLE001, S112 - what it lacks in a language it says by any error
            continue


def _all_words(text: SceneText) -> str:
    return " ".join((text.script, *text.lines))


def _stands_in(word: str, text: str) -> bool:
    """Tell whether it stands at the beginning of a word: names get endings in many languages."""
    return re.search(rf"(?<!{_PARTED}){re.escape(word.strip())}", text, re.IGNORECASE) is not None


def people_of(script: Script) -> tuple[str, ...]:
    """The names of those who are in a film or speak in it."""
    speakers = (line.speaker.strip() for scene in script.scenes for line in scene.lines)
    return tuple(dict.fromkeys(filter(None, (*(profile.name for profile in script.character_profiles), *speakers))))


def translated(wanted: Translating, made: Translation, language: str) -> dict[str, Any]:
    """The script in the other language: what was translated, in the film as it is; pictures, music and lengths stay.

    Scenes that the source got meanwhile come with all that they show. Raises ScriptInvalid.
    """
    begun = wanted.current or wanted.source
    scenes = _in_order_of(wanted.source, begun)
    told = [_told(scene, wanted, made) for scene in scenes]
    numbered = [{**scene, "index": place} for place, scene in enumerate(told, 1)]
    content = {
        **(begun if len(scenes) == len(begun.scenes) else wanted.source).model_dump(mode="json"),
        "clips": [{"scene": scene} for scene in numbered],
        "expected_duration": sum(scene.duration for scene in scenes),
        "language": language,
    }
    return parse_script(content).model_dump(mode="json")


def _in_order_of(source: Script, begun: Script) -> list[Scene]:
    """The scenes as they are, with those between them that the source has alone."""
    there = {scene.id: scene for scene in begun.scenes}
    missing = [scene for scene in source.scenes if scene.id not in there]
    if not missing:
        return list(begun.scenes)
    return [there.get(scene.id, scene) for scene in source.scenes]


def _told(scene: Scene, wanted: Translating, made: Translation) -> dict[str, Any]:
    kept = scene.model_dump(mode="json")
    text = made.texts.get(scene.id)
    if text is None or scene.id not in wanted.scene_ids:
        return kept
    source = wanted.source.scene_by_id(scene.id)
    from_now = {"title": text.title.strip()[:LONGEST_TITLE] or scene.title, "translated_from": origin_hash(source)}
    if scene.id in wanted.title_ids and not is_spoken(_all_words(text)):
        return {**kept, **from_now} if is_spoken(text.title) else kept
    if is_spoken(source.script) and not is_spoken(text.script):
        return kept  # a translator that leaves the words out has not translated them: they stay due
    lines = [
        {**line.model_dump(mode="json"), "text": said} for line, said in zip(source.lines, text.lines, strict=False)
    ]
    kept = {name: value for name, value in kept.items() if name not in OF_ITS_VOICE}
    return {**kept, **from_now, "script": text.script.strip(), "lines": lines, **_as_long(scene, wanted)}


def titles_kept(wanted: Translating, made: Translation) -> tuple[int, ...]:
    """The places of scenes whose titles a translation leaves as they are."""
    return tuple(scene.index for scene in wanted.scenes if not is_spoken(made.texts[scene.id].title))


def _as_long(scene: Scene, wanted: Translating) -> dict[str, int]:
    """A scene that is longer in the source than its duration, because of its words, is as long here: one picture is
    for all languages."""
    frames = wanted.slots.get(scene.id, 0)
    is_usual = frames == scene.duration * FPS or not MIN_SLOT <= frames <= MAX_SLOT
    return {} if is_usual else {"slot_frames": frames}


def remarks_on(wanted: Translating, made: Translation, language: str) -> tuple[str, ...]:
    """Return what is still wrong with a translation, in sentences that name the scene."""
    found = [
        f"Scene {scene.index}: {fault}."
        for scene in wanted.asked
        if scene.id in made.texts
        for fault in faults(
            scene, made.texts[scene.id], language, wanted.source.language, keep=kept_words(scene, wanted.keep, ())
        )
    ]
    return tuple(found)
