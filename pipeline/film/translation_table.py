"""PURE: a translation that somebody made themselves: a table of two columns, subtitles, or lines in the film's order.

A row's first cell says what it translates: the words themselves, or the number of their scene. A column whose head says
so has the titles of the scenes. Cells are text, and none is computed. Subtitles say by their times which scene they are
of.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.film.dialogue import NARRATION, Said, is_spoken, said_in
from pipeline.film.script import Scene
from pipeline.film.translation import SceneText, text_of
from pixora.foundation.errors import Invalid

FIELD = "translation"
MOST_CHARACTERS, MOST_ROWS = 60_000, 2_000
DELIMITERS = "\t|;,"
HOW = "give one row for each scene: its words or its number, then the translation"
_NUMBER = re.compile(r"(?:\w{2,8}\.?\s*)?(\d{1,3})(?:[./](\d{1,2}))?[.:)]?")
"""“2”, “Scene 2”, “Szene 2:”; “2.1” is line 1 of scene 2."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_RULE = re.compile(r"[\s|:+=-]+")
_NAMED = re.compile(
    r"(?:scene|szene|escena|scène|scena|cena|nr|no|number|nummer|#|source|original|quelle|text|id)\W*", re.I
)
_TITLES = re.compile(
    r"(?:scene )?(?:titles?|titel|szenentitel|títulos?|titulos?|titres?|titol[oi]|标题|शीर्षक)(?:\W.*)?", re.I
)
Spoken = tuple[Scene, Said]
Texts = Mapping[tuple[int, int], str]
"""Translations by the id of their scene and the place of what is said in it."""


@dataclass(frozen=True)
class Cue:
    """A subtitle, and from when to when it is shown, in milliseconds."""

    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True)
class Row:
    """The key of what it translates (empty: that follows from its place), the translation, and its scene's title
    where it is given."""

    key: str
    text: str
    title: str = ""


@dataclass(frozen=True)
class Found:
    """A translation as it was read: what is said, and the titles of scenes by their ids."""

    texts: Texts
    titles: Mapping[int, str] = field(default_factory=dict)


def texts_of(
    given: str,
    scenes: Sequence[Scene],
    *,
    slots_ms: Mapping[int, tuple[int, int]],
    cues: Sequence[Cue] = (),
    titles_only: Collection[int] = (),
) -> dict[int, SceneText]:
    """The words of these scenes in the other language, by scene id; a title that is not given is empty. `slots_ms` say
    from when to when each lies in the film; `cues` are what it holds where it is subtitles. Scenes in `titles_only` are
    translated but for their titles, so their words may be left out. Raises Invalid where another scene has none, or a
    row cannot be read."""
    text = _checked(given)
    if cues:
        return _filled(scenes, Found(_by_time(cues, scenes, slots_ms)), titles_only)
    if "-->" in text:
        raise _refused("these subtitles cannot be read; save them as SRT or WebVTT, or send a table")
    rows = list(_rows(text))
    if not any(row.key for row in rows):
        return _filled(scenes, _in_order(rows, scenes, titles_only), titles_only)
    return _filled(scenes, _by_key([row for row in rows if row.key], scenes, titles_only), titles_only)


def _checked(text: str) -> str:
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).lstrip("\ufeff").strip()
    if len(text) > MOST_CHARACTERS:
        raise _refused(f"at most {MOST_CHARACTERS:,} characters are read, this has {len(text):,}; cut it shorter")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise _refused("it is not valid UTF-8 text; save it as UTF-8 and send it again")
    if not is_spoken(text):
        raise _refused(f"there are no words in it; {HOW}")
    return text


def _refused(sentence: str) -> Invalid:
    return Invalid(f"{FIELD}: {sentence}.", field=FIELD)


def _rows(text: str) -> Iterator[Row]:
    """The rows that are not empty; of more columns the first and the last, unless the head says which has the
    titles."""
    columns: tuple[int, int] | None = None
    for number, cells in enumerate(_cells(text), 1):
        if number > MOST_ROWS:
            raise _refused(f"more than {MOST_ROWS:,} rows are not read; send the part that this film is of")
        if number == 1 and (columns := _columns(cells)):
            continue
        filled = [cell for cell in cells if cell]
        if columns:
            title, text = (cells[place] if place < len(cells) else "" for place in columns)
            yield Row(cells[0], text, title)
        else:
            yield Row(filled[0], filled[-1]) if len(filled) > 1 else Row("", filled[0])


def _columns(head: Sequence[str]) -> tuple[int, int] | None:
    """Find the columns of titles and of texts by the head of a table; None where it names no titles. Of several of a
    kind the last is the translation."""
    titles = [place for place, cell in enumerate(head) if place and _TITLES.fullmatch(cell)]
    texts = [place for place in range(1, len(head)) if place not in titles]
    is_head = not head[0] or _NAMED.match(head[0])
    return (titles[-1], texts[-1]) if titles and texts and is_head else None


def _cells(text: str) -> Iterator[list[str]]:
    delimiter = _delimiter(text)
    lines = (f"{line}\n" for line in text.split("\n") if line.strip() and not _RULE.fullmatch(line))
    reader = csv.reader(_without_edges(lines, delimiter), delimiter=delimiter or "\x1f", skipinitialspace=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield [" ".join(cell.split()) for cell in cells]
    except csv.Error as error:
        raise _refused(f"line {reader.line_num} cannot be read as a table ({error}); {HOW}") from None


def _without_edges(lines: Iterable[str], delimiter: str) -> Iterator[str]:
    """Tables in Markdown have a bar at both ends."""
    for line in lines:
        yield f"{line.strip().strip('|')}\n" if delimiter == "|" else line


def _delimiter(text: str) -> str:
    """The sign that parts most lines; a comma only where the first cell is a number or in quotation marks."""
    lines = [line for line in text.split("\n") if line.strip()]
    for sign in DELIMITERS:
        parted = [line for line in lines if sign in line.strip().strip("|")]
        if 2 * len(parted) > len(lines) and (sign != "," or _reads_as_csv(lines)):
            return sign
    return ""


def _reads_as_csv(lines: Sequence[str]) -> bool:
    begun = [line for line in lines if line.startswith('"') or _NUMBER.fullmatch(line.partition(",")[0].strip())]
    return 2 * len(begun) >= len(lines) - 1 and bool(begun)


def _by_key(rows: Sequence[Row], scenes: Sequence[Scene], titles_only: Collection[int]) -> Found:
    """Return the rows by what the first cell says. Of several rows with a scene's number the first is its narration,
    then its lines."""
    spoken, titles = _spoken(scenes), _titles(rows, scenes)
    by_words: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for scene, said in spoken:
        by_words[_plain(said.text)].append((scene.id, said.place))
    found: dict[tuple[int, int], str] = {}
    unknown: list[str] = []
    told = [row for row in rows if row.text]
    for place, row in enumerate(told):
        named = _next(by_words.get(_plain(row.key), ()), found) or _numbered(row.key, scenes, found)
        if named:
            found[named] = row.text
            titles |= {named[0]: row.title} if row.title and named[0] not in titles else {}
        elif not (place == 0 and _NAMED.match(row.key)):
            unknown.append(row.key)
    if unknown and len(unknown) == len(told) - (not found) and len(told) in (len(spoken), len(spoken) + 1):
        return _in_order(told[-len(spoken) :], scenes, titles_only)
    if unknown:
        _check_is_spoken(unknown[0], scenes)
        raise _refused(f"no scene of this film has the words or the number “{unknown[0][:60]}”; {HOW}")
    for same in by_words.values():
        found |= {place: found[same[0]] for place in same if place not in found and same[0] in found}
    return Found(found, titles)


def _titles(rows: Iterable[Row], scenes: Sequence[Scene]) -> dict[int, str]:
    """Return the titles of rows with a scene's number: those of scenes that say nothing too."""
    ids = {str(scene.index): scene.id for scene in scenes}
    numbers = [(_NUMBER.fullmatch(row.key), row.title) for row in rows if row.title]
    return {ids[number[1]]: title for number, title in reversed(numbers) if number and number[1] in ids}


def _check_is_spoken(key: str, scenes: Sequence[Scene]) -> None:
    """Raises Invalid for the number of a scene that says nothing, or has a row for each of its texts already."""
    number = _NUMBER.fullmatch(key.strip())
    scene = next((one for one in scenes if number and one.index == int(number[1])), None)
    if scene is not None:
        texts = len(said_in(scene))
        told = "says nothing: leave its row out" if not texts else f"has {texts} texts, and more rows: leave one out"
        raise _refused(f"scene {scene.index} {told}")


def _next(same: Sequence[tuple[int, int]], found: Mapping[tuple[int, int], str]) -> tuple[int, int] | None:
    """Return, of the places where the same words are spoken, the first that has no translation yet; else the last."""
    return next((place for place in same if place not in found), same[-1] if same else None)


def _numbered(key: str, scenes: Sequence[Scene], found: Mapping[tuple[int, int], str]) -> tuple[int, int] | None:
    number = _NUMBER.fullmatch(key.strip())
    scene = next((one for one in scenes if number and one.index == int(number[1])), None)
    if number is None or scene is None:
        return None
    if number[2]:
        return scene.id, int(number[2])
    free = [said.place for said in said_in(scene) if (scene.id, said.place) not in found]
    return (scene.id, free[0]) if free else None


def _in_order(rows: Sequence[Row], scenes: Sequence[Scene], titles_only: Collection[int]) -> Found:
    spoken = _spoken(scenes)
    if len(rows) != len(spoken):
        spoken = _spoken(scene for scene in scenes if scene.id not in titles_only)
    if len(rows) != len(spoken):
        raise _refused(f"there are {len(rows)} lines, and {len(spoken)} texts are spoken in this film; {HOW}")
    pairs = list(zip(spoken, rows, strict=True))
    titles = {scene.id: row.title for (scene, _), row in reversed(pairs) if row.title}
    return Found({(scene.id, said.place): row.text for (scene, said), row in pairs}, titles)


def _by_time(cues: Sequence[Cue], scenes: Sequence[Scene], slots_ms: Mapping[int, tuple[int, int]]) -> Texts:
    """Each subtitle is of the scene in which most of it is shown; a scene's lines share its subtitles in order."""
    shown: dict[int, list[str]] = defaultdict(list)
    for cue in cues:
        best = max(slots_ms, key=lambda scene_id: _overlap_ms(cue, slots_ms[scene_id]), default=None)
        if best is not None and _overlap_ms(cue, slots_ms[best]) > 0:
            shown[best].append(cue.text)
    found: dict[tuple[int, int], str] = {}
    for scene in scenes:
        places = [said.place for said in said_in(scene)]
        found |= {
            (scene.id, place): text for place, text in zip(places, _shared(shown[scene.id], len(places)), strict=False)
        }
    return found


def _overlap_ms(cue: Cue, slot: tuple[int, int]) -> int:
    return min(cue.end_ms, slot[1]) - max(cue.start_ms, slot[0])


def _shared(texts: Sequence[str], among: int) -> list[str]:
    """Several subtitles as so many texts: each its own while there are enough, what is over goes with the first."""
    if not texts or among < 1:
        return []
    over = max(len(texts) - among, 0)
    return [" ".join(texts[: over + 1]), *texts[over + 1 :]]


def _spoken(scenes: Iterable[Scene]) -> list[Spoken]:
    return [(scene, said) for scene in scenes for said in said_in(scene)]


def _filled(scenes: Sequence[Scene], found: Found, titles_only: Collection[int]) -> dict[int, SceneText]:
    """Raises Invalid naming the scenes that lack words."""
    said = {scene_id for (scene_id, _), text in found.texts.items() if is_spoken(text)}
    left = {scene.id for scene in scenes if scene.id in titles_only and scene.id not in said}
    lacking = list(
        dict.fromkeys(
            scene.index
            for scene, one in _spoken(scenes)
            if scene.id not in left and not is_spoken(found.texts.get((scene.id, one.place), ""))
        )
    )
    if lacking:
        which = f"scene {lacking[0]} has" if len(lacking) == 1 else f"scenes {', '.join(map(str, lacking))} have"
        raise _refused(f"{which} no translation; {HOW}")
    titles = {scene.id: found.titles.get(scene.id, "") for scene in scenes}
    return {
        scene.id: SceneText(scene.id, titles[scene.id], "")
        if scene.id in left
        else _with_words(scene, found.texts, titles[scene.id])
        for scene in scenes
    }


def _with_words(scene: Scene, found: Texts, title: str) -> SceneText:
    own = text_of(scene)
    lines = tuple(found.get((scene.id, place), line) for place, line in enumerate(own.lines, 1))
    return replace(own, title=title, script=found.get((scene.id, NARRATION), own.script), lines=lines)


def _plain(text: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.casefold()).split())
