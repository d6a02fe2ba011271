"""PURE: what came of a sentence, against what must."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chat.llm.local import corrections, talk
from tests.bench.agent.sentences import Case

State = Mapping[str, Any]
FIELDS = ("title", "script", "image_prompt", "video_prompt", "duration", "transition", "characters")
CANNOT = re.compile(
    r"\b(?:no \w+ can|cannot|can't|can not|not possible|impossible|unable|won't|do(?:es)? not|don't|(?:is|are|has) no|"
    r"only|not (?:made|part|yet|from here)|(?:kann|können|geht|lässt sich) .*(?:nicht|kein)|nicht möglich|noch nicht|"
    r"nur|kein\w*)\b",
    re.IGNORECASE | re.DOTALL,
)
PRICED = re.compile(r"\d+ credits?|\d+ Credits?|\d+ Guthaben|kostet", re.IGNORECASE)
HARM = ("new_script", "film.film", "film.piece", "scenes.gone", "characters.gone")
SEEN = ("image_prompt", "video_prompt")


@dataclass(frozen=True)
class Verdict:
    """`kind`: the outcome where it is right; otherwise missed (nothing done, and said so), halfway (some of it, or
    otherwise than wished), misfired (something else changed), untrue (an act is claimed that did not happen) or untold
    (the words are not those that must be said)."""

    kind: str
    is_right: bool
    is_harm: bool
    """Something was done unasked that costs, removes or rewrites."""
    why: str
    answer: str
    first_words_s: float


def judged(case: Case, seen: State) -> Verdict:
    changed = set(changes(seen["before"], seen["after"]))
    answer, buttons = seen["answer"], seen["buttons"]
    extra = {one for one in changed if not _is_wished(one, case.changes, changed, seen)} - {"film.cut"}
    is_harm = any(one.startswith(HARM) or re.fullmatch(r"scenes\.\d+\.script", one) for one in extra)
    kind, why = _kind(case, seen, changed, extra)
    is_right = kind in (case.outcome, *case.accept)
    says = f" (must say {case.says!r})" if kind == "untold" else ""
    told = f"{why}{says} | {' / '.join(buttons)}"
    return Verdict(kind, is_right, is_harm, told, answer, seen["first_words_s"])


def _kind(case: Case, seen: State, changed: set[str], extra: set[str]) -> tuple[str, str]:
    answer = seen["answer"]
    if extra:
        return "misfired", f"changed {', '.join(sorted(extra))}"
    unmet = [wish for wish in case.changes if not _is_met(wish, changed, seen)]
    is_idle = not changed - {"film.cut"}
    if "done" in (case.outcome, *case.accept) and not unmet and (case.changes or not is_idle):
        return ("done" if case.outcome != "done" or _says(case, answer) else "untold"), ""
    if not is_idle:
        return "halfway", f"not {', '.join(unmet)}; changed {', '.join(sorted(changed))}"
    if corrections.has_changed(corrections.Before(agent=answer)):
        return "untrue", f"not {', '.join(unmet)}"
    return _told(case, answer, seen["buttons"]), f"not {', '.join(unmet)}" if unmet else ""


def _told(case: Case, answer: str, buttons: Sequence[str]) -> str:
    """Judge an answer that changed nothing, read in favour of the outcomes that are right."""
    if talk.was_lost(answer):
        return "missed"
    found = [name for name, is_it in _readings(answer, buttons) if is_it]
    for wanted in (case.outcome, *case.accept):
        if wanted in found:
            return wanted if wanted != case.outcome or _says(case, answer) else "untold"
    return "missed"


def _readings(answer: str, buttons: Sequence[str]) -> Iterator[tuple[str, bool]]:
    yield "asked", "?" in answer
    yield "refused", bool(CANNOT.search(answer))
    yield "answered", True


def _says(case: Case, answer: str) -> bool:
    return not case.says or bool(re.search(case.says, answer, re.IGNORECASE | re.DOTALL))


def changes(before: State, after: State) -> Iterator[str]:
    """Yield what differs: `settings.voice`, `title`, `scenes.2.script`, `scenes.new.3`, `scenes.gone`, `scenes.order`,
    `characters.Ella.name`, `music.3` (of a scene, by its id), `new_script`, `film.cut|piece|film|stopped`."""
    yield from (f"settings.{name}" for name, value in after["settings"].items() if _differs(before, name, value))
    if before["title"] != after["title"]:
        yield "title"
    runs = {key: run for key, run in after["runs"].items() if before["runs"].get(key) != run}
    for key, (kind, status) in runs.items():
        if status in ("cancelled", "cancelling", "stopped"):
            yield "film.stopped"
        elif key not in before["runs"]:
            yield "new_script" if kind == "script" else f"film.{kind}"
    if before["script"] and after["script"]:
        yield from _of_scripts(before["script"], after["script"])


def _differs(before: State, name: str, value: Any) -> bool:
    return bool(before["settings"]) and before["settings"].get(name) != value


def _of_scripts(before: State, after: State) -> Iterator[str]:
    old = {scene["id"]: scene for scene in _scenes(before)}
    new = {scene["id"]: scene for scene in _scenes(after)}
    if old.keys() - new.keys():
        yield "scenes.gone"
    for key, scene in new.items():
        if key not in old:
            yield f"scenes.new.{scene['index']}"
            continue
        yield from (f"scenes.{scene['index']}.{name}" for name in FIELDS if old[key][name] != scene[name])
    stayed = [key for key in old if key in new]
    if stayed != [key for key in new if key in old]:
        yield "scenes.order"
    yield from _of_music(before, after)
    yield from _of_characters(before, after)


def _scenes(content: State) -> list[dict[str, Any]]:
    return [clip["scene"] for clip in content["clips"]]


def _of_music(before: State, after: State) -> Iterator[str]:
    old, new = _music_by_scene(before), _music_by_scene(after)
    yield from (f"music.{key}" for key in old if key in new and old[key] != new[key])


def _music_by_scene(content: State) -> dict[int, tuple[str, bool]]:
    ids = {scene["index"]: scene["id"] for scene in _scenes(content)}
    return {
        ids[place]: (group["prompt"], bool(group.get("silent")))
        for group in content["music"]
        for place in group["scene_indexes"]
    }


def _of_characters(before: State, after: State) -> Iterator[str]:
    old, new = (
        {one["name"]: one["image_prompt"] for one in content["character_profiles"]} for content in (before, after)
    )
    gone, come = sorted(old.keys() - new.keys()), sorted(new.keys() - old.keys())
    if len(gone) == len(come):
        yield from (f"characters.{name}.name" for name in gone)
    else:
        yield from ("characters.gone" for _ in gone)
        yield from (f"characters.new.{name}" for name in come)
    yield from (f"characters.{name}.image_prompt" for name in old.keys() & new.keys() if old[name] != new[name])


def _parsed(wish: str) -> tuple[str, str, str]:
    found = re.match(r"([\w.:'’ -]+?)([=~])(.*)$", wish, re.DOTALL)
    return (found[1], found[2], found[3]) if found else (wish, "", "")


def _is_met(wish: str, changed: set[str], seen: State) -> bool:
    path, how, value = _parsed(wish)
    after = seen["after"]
    if path in ("new_script", "undone"):
        return "new_script" in changed if path == "new_script" else _is_undone(seen, changed)
    if path == "film":
        return _is_of_the_film(value, changed, seen)
    if not how:
        return any(_covers(path, value, one, seen) for one in changed)
    found = list(_values(path, after))
    return any(_agrees(one, how, value) for one in found)


def _is_undone(seen: State, changed: set[str]) -> bool:
    return bool(changed) or bool(seen["after"]["versions"] > seen["before"]["versions"])


def _is_of_the_film(value: str, changed: set[str], seen: State) -> bool:
    offered = seen["after"]["offers"].items() - seen["before"]["offers"].items()
    is_priced = bool(PRICED.search(seen["answer"])) or bool(offered)
    match value:
        case "started":
            return "film.film" in changed
        case "stopped":
            return "film.stopped" in changed
        case "cut":
            return "film.cut" in changed or is_priced
        case "piece":
            return "film.piece" in changed or any(kind == "piece" for _, kind in offered)
        case _:
            return is_priced


def _values(path: str, after: State) -> Iterator[Any]:
    """Yield what stands at a path; of any scene, group or character where it names none."""
    head, *rest = path.split(".")
    content = after["script"] or {"clips": [], "music": [], "character_profiles": []}
    if head == "settings":
        yield after["settings"].get(rest[0])
    elif head == "title":
        yield after["title"]
    elif head == "script":
        yield " ".join(f"{one['title']} {one['script']} {one['image_prompt']}" for one in _scenes(content))
    elif head == "scenes":
        yield from _of_scenes(rest, _scenes(content))
    elif head == "music":
        yield from _of_list(rest, content["music"])
    elif head == "characters":
        yield from _of_people(rest, content["character_profiles"])


def _of_scenes(rest: Sequence[str], scenes: Sequence[dict[str, Any]]) -> Iterator[Any]:
    if rest == ["count"]:
        yield len(scenes)
    elif rest == ["order"]:
        yield ",".join(str(one["id"]) for one in scenes)
    else:
        named = {"narration": "script"}.get(rest[1], rest[1])
        yield from _of_list([rest[0], named], scenes)


def _of_list(rest: Sequence[str], items: Sequence[dict[str, Any]]) -> Iterator[Any]:
    if rest == ["count"]:
        yield len(items)
    elif rest[0].isdigit():
        yield from (one.get(rest[1], False) for one in items[int(rest[0]) - 1 : int(rest[0])])
    else:
        yield from (one.get(rest[1], False) for one in items)


def _of_people(rest: Sequence[str], people: Sequence[dict[str, Any]]) -> Iterator[Any]:
    if rest == ["count"]:
        yield len(people)
    elif rest[1] == "name":
        yield from (one["name"] for one in people)
    else:
        yield from (one["image_prompt"] for one in people if one["name"] == rest[0])


def _agrees(found: Any, how: str, value: str) -> bool:
    text = ",".join(map(str, found)) if isinstance(found, list) else str(found)
    if how == "=":
        return value.lower().replace(" ", "") in _names(found, text.lower().replace(" ", ""))
    return bool(re.search(value, text, re.IGNORECASE | re.DOTALL))


def _names(found: Any, text: str) -> tuple[str, ...]:
    """Other names of a value: switches are on or off, captions may be burned in."""
    if isinstance(found, bool):
        return (text, "on" if found else "off")
    return {"soft": ("soft", "on"), "clean": ("clean", "on", "burned"), "boxed": ("boxed", "on", "burned")}.get(
        text, (text,)
    )


def _is_wished(one: str, wishes: Sequence[str], changed: set[str], seen: State) -> bool:
    return any(_covers(_parsed(wish)[0], _parsed(wish)[2], one, seen) for wish in wishes)


def _covers(path: str, value: str, one: str, seen: State) -> bool:
    """True where a wish for one thing covers this change: what it is of, and what follows from it."""
    if path in ("new_script", "undone"):
        return not one.startswith("film.") or one == "film.cut"
    if path == "film":
        return _is_of_the_run(value, one)
    if path in ("settings.duration", "settings.language"):
        return one == path or not one.startswith(("film.", "settings."))
    return _covers_some(path, one)


def _covers_some(path: str, one: str) -> bool:
    """The same for a wish for some of the script."""
    if path == "script":
        return one.startswith(("scenes.", "characters."))
    if path.startswith(("scenes.count", "scenes.order")):
        return one.startswith(("scenes.new", "scenes.gone", "scenes.order", "music.", "settings.duration"))
    if path.startswith("scenes."):
        return _is_in_the_scene(path, one)
    if path.startswith("music."):
        return one.startswith("music.")
    if path.startswith("characters."):
        return one.startswith(path) or one == f"{path.rpartition('.')[0]}.name" or _is_of_cast(path, one)
    return path == one


def _is_of_the_run(value: str, one: str) -> bool:
    """The music's loudness is made in the cut."""
    if (value, one) == ("cut", "settings.music_level_db"):
        return True
    is_less = value in ("piece", "offered") and one == "film.film"
    return value == "stopped" or (one.startswith("film.") and not is_less)


def _is_in_the_scene(path: str, one: str) -> bool:
    _, place, name = [*path.split("."), ""][:3]
    name = {"narration": "script"}.get(name, name)
    if one == f"scenes.new.{place}" or one == f"scenes.{place}.{name}":
        return True
    if name in SEEN and one in {f"scenes.{place}.{other}" for other in SEEN}:
        return True
    if name == "transition":
        return one.endswith(".transition")
    return name == "duration" and one == "settings.duration"


def _is_of_cast(path: str, one: str) -> bool:
    """Another name of a character stands in the scenes too, and so does a new one."""
    is_named = path.endswith((".name", ".count"))
    return is_named and (one.startswith("characters.") or re.fullmatch(r"scenes\.\d+\.\w+", one) is not None)
