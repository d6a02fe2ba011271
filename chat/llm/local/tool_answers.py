"""PURE: the answers of the tools, in sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from chat.llm.base import ToolResult
from chat.llm.local import (
    appearance,
    asking,
    changes,
    film_status,
    guest_notes,
    looking_back,
    model_wishes,
    new_scenes,
    openings,
    own_voice,
    own_words,
    prices,
    pronunciations,
    timelines,
    tool_failures,
    versions,
    while_writing,
    word_corrections,
)
from chat.llm.local.film import Film
from chat.llm.local.steps import Step
from chat.llm.local.wording import capital, short


def before(calls: Sequence[Step], film: Film) -> str:
    """Said before the work begins, where it takes a moment."""
    if any(call.tool == "write_script" for call in calls) and not film.script:
        about = film.facts["film"]["prompt"]
        prompt = next((call.arguments["prompt"] for call in calls if call.arguments.get("prompt")), about)
        text = next((call.arguments["text"] for call in calls if call.arguments.get("text")), "")
        if told := own_words.first(film, text):
            return told
        wanted = openings.facts_wanted(prompt, film)
        return " ".join(filter(None, (film.say("did.first", prompt=short(prompt)), wanted)))
    return ""


def report(results: Sequence[ToolResult], film: Film) -> str:
    """One sentence for each thing done, then once what it means for the price, then what has to wait.

    It asks for one yes: where it asks about what would be lost, it tells no price, and asks about nothing else.
    """
    waiting = [result for result in results if result.result.get("waits_for_the_script")]
    done = [result for result in results if result not in waiting]
    offers = [result for result in done if "price" in result.result and "version" not in result.result]
    questions = [result for result in done if result.result.get("asks_first")]
    if put_off := [*questions[:-1], *(offers if questions else ())]:
        done = [result for result in done if result not in put_off]
    said = [SENTENCES[result.call.name](result, film) if _is_told(result) else tool_failures.told(result, film)
            for result in done if result not in offers[:-1]]  # fmt: skip
    if put_off:
        said.append(film.say("ask.one_question"))
    if not offers and not any(result.result.get("writing") or result.result.get("asks_first") for result in results):
        said.append(_price_after(done, film))
    if waiting:
        said.append(while_writing.what_waits(waiting, film))
    elif film.facts.get("waited_for_the_script"):
        said.insert(0, film.say("wait.there"))
    return " ".join(dict.fromkeys(sentence for sentence in said if sentence))


def _price_after(done: Sequence[ToolResult], film: Film) -> str:
    """Say what the last change of the script means for the price; empty where nothing was changed."""
    changed = [result.result for result in done if "version" in result.result and not result.failed]
    priced = [found for found in changed if not found.get("unchanged")]
    return prices.after(priced[-1], film, piece) if priced else ""


def piece(key: str, film: Film) -> str:
    kind, _, rest = key.partition("/")
    if kind == "music":
        return film.say("pieces.music", n=film.where([int(film.place_of(one)) for one in rest.split("_")]))
    if kind == "character":
        names = [one["name"] for one in film.characters if _slug(one["name"]) == rest]
        return film.say("pieces.character", n=names[0] if names else rest)
    if kind == "line":
        scene_id, _, number = rest.partition("/")
        return film.say("pieces.line", n=film.place_of(scene_id), line=number)
    if kind in ("scene", "audio", "video"):
        return film.say(f"pieces.{kind}", n=film.place_of(rest))
    return film.say("pieces.fullvideo")


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _is_told(result: ToolResult) -> bool:
    """It did what it does, or has its own words for that there was nothing to do."""
    is_empty = result.call.name == "apply_notes" and result.result.get("error", {}).get("code") == "not_ready"
    return is_empty or versions.has_words(result) or not result.failed


def _script(result: ToolResult, film: Film) -> str:
    found = result.result
    if found.get("asks_first"):
        return asking.rewriting(result.call.arguments, found["loses"], film)
    if found.get("keeps_words"):
        return own_words.kept(found, film)
    if found.get("done_already") or not found["again"]:
        return ""
    if found.get("own_words"):
        return own_words.followed(found["own_words"], film)
    changed = found.get("changed", {})
    if found.get("is_written_so"):
        return film.say("did.writing_so")
    if "language" in changed:
        return film.say("did.writing_language", language=film.language_name(changed["language"]))
    if "duration" in changed:
        return film.say("did.writing_length", n=changed["duration"])
    return film.say("did.writing")


def _scenes(result: ToolResult, film: Film) -> str:
    arguments, found = result.call.arguments, result.result
    asked = arguments.get("changes") or [arguments]
    edits = [({name: value for name, value in one.items() if name != "scene"}, one["scene"]) for one in asked]
    old = found.get("before", {})
    told = [(place, new, old.get(str(place), {})) for new, place in edits]
    return " ".join(changes.of_scenes(told, film, unchanged=bool(found.get("unchanged"))))


def _order(result: ToolResult, film: Film) -> str:
    found = result.result
    if found.get("asks_first"):
        gone = found["loses"]["removed"]
        titles = film.listed([film.quoted(one["title"]) for one in gone])
        return film.say("ask.remove", scenes=film.where([one["place"] for one in gone]), titles=titles)
    if found.get("unchanged"):
        return film.say("did.order_kept")
    said = [changes.removed(found["removed"], film)] if found.get("removed") else []
    order = result.call.arguments["order"]
    if order != sorted(order):
        said.append(_ordered(order, film))
    pieces_before, pieces_now = found.get("music", (0, 0))
    if pieces_now > pieces_before:
        said.append(film.say("did.more_music", n=pieces_now, before=pieces_before))
    return " ".join(said)


def _ordered(order: Sequence[int], film: Film) -> str:
    """Name the scenes by their titles; by their places where two of them are called alike."""
    titles = [scene["title"] for scene in film.scenes]
    if len(set(titles)) == len(titles):
        return film.say("did.ordered", list=film.listed(titles))
    moved = [place for place, was in enumerate(order, start=1) if was != place]
    if len(moved) == 2 and sorted(order) == film.places:
        return film.say("did.swapped", one=moved[0], other=moved[1])
    return film.say("did.ordered_places", list=film.listed([str(place) for place in order]))


def _music(result: ToolResult, film: Film) -> str:
    if result.result.get("unchanged"):
        return film.say("did.already")
    asked = result.call.arguments
    where = film.where(asked["scenes"])
    if asked.get("silent") is not None:
        return film.say("did.silent" if asked["silent"] else "did.audible", where=where)
    everywhere = len(asked["scenes"]) == len(film.scenes)
    return film.say("did.music_all" if everywhere else "did.music", where=where, text=short(asked["prompt"]))


def _character(result: ToolResult, film: Film) -> str:
    if result.result.get("unchanged"):
        return film.say("did.already")
    asked = result.call.arguments
    name = asked.get("new_name") or asked["name"]
    said = [film.say("did.renamed", old=asked["name"], name=name)] if name != asked["name"] else []
    if asked.get("image_prompt"):
        added = changes.added_to(result.result.get("before", ""), asked["image_prompt"])
        added = [part.partition(". ")[0] for part in added or ()]
        look = film.listed(added) if added else short(appearance.told(asked["image_prompt"]))
        said.append(film.say("did.looks", name=name, text=look))
    if voice := asked.get("voice"):
        said.append(film.say("did.cast", name=name, voice=voice))
    elif voice is not None:
        said.append(film.say("did.cast_usual", name=name))
    return " ".join(said)


def _cast(result: ToolResult, film: Film) -> str:
    asked = result.call.arguments
    return film.say(
        "did.newcomer", name=asked["name"], where=film.where(asked["scenes"]), text=short(asked["image_prompt"])
    )


def _uncast(result: ToolResult, film: Film) -> str:
    asked = result.call.arguments
    if result.result.get("unchanged"):
        return film.say("did.already")
    if places := asked.get("scenes"):
        return film.say("did.uncast_in", name=asked["name"], where=film.where(places))
    return film.say("did.uncast", name=asked["name"])


def _title(result: ToolResult, film: Film) -> str:
    kept = result.result.get("unchanged")
    return film.say("did.title_kept" if kept else "did.title", title=result.result["title"])


def _settings(result: ToolResult, film: Film) -> str:
    found = result.result
    if found.get("unchanged"):
        return " ".join(changes.of_settings(found["settings"], found["settings"], film))
    if found.get("asks_first"):
        return asking.retiming(found["loses"]["retimed"], film)
    return " ".join(changes.of_settings(found["changed"], found.get("before", {}), film))


def _quote(result: ToolResult, film: Film) -> str:
    comes_later = film.say("price.with_the_film") if result.result.get("made_with_the_film") else ""
    return f"{comes_later} {_price(result, film)}".lstrip()


def _upgrade(result: ToolResult, film: Film) -> str:
    is_offer = "price" in result.result and "version" not in result.result
    return _quote(result, film) if is_offer else model_wishes.upgraded(result, film)


def _price(result: ToolResult, film: Film) -> str:
    if result.result.get("nothing_to_do"):
        return film.say("price.nothing")
    if result.result.get("only_the_cut"):
        return film.say("status.only_the_cut")
    return prices.told(result.result["price"], film, piece)


def _savings(result: ToolResult, film: Film) -> str:
    found = result.result
    if not found["credits"]:
        return film.say("price.cheaper_made")
    ways = [film.say(f"price.cheaper_{name}", credits=price) for name, price in found["without"].items()]
    if not ways:
        return film.say("price.cheaper_least", credits=found["credits"])
    return film.say("price.cheaper", credits=found["credits"], ways=film.listed(ways, "lists.or"))


def _price_of_settings(result: ToolResult, film: Film) -> str:
    found = result.result
    if not found["then"]:
        return film.say("price.change_free")
    if found["more"] > 0 and not found["open"]:
        return film.say("price.change", credits=found["more"])
    key = (
        "price.change_more" if found["more"] > 0 else "price.change_less" if found["more"] < 0 else "price.change_same"
    )
    return film.say(key, credits=abs(found["more"]), then=found["then"])


def _start(result: ToolResult, film: Film) -> str:
    found = result.result
    if found.get("nothing_to_do") or found.get("is_being_made"):
        return film.say("did.all_there" if found.get("nothing_to_do") else "did.at_work")
    if found.get("cuts"):
        return film.say("did.cutting")
    comes_later = f" {film.say('did.started_later')}" if result.result.get("waits_for_the_run") else ""
    return film.say("did.started", credits=result.result["credits"]) + comes_later


def _status(result: ToolResult, film: Film) -> str:
    return film_status.told(result.result, film, piece)


def _explanation(result: ToolResult, film: Film) -> str:
    return looking_back.explanation(result.result, piece(result.call.arguments["component"], film), film)


def _spending(result: ToolResult, film: Film) -> str:
    if keys := result.call.arguments.get("components"):
        found = result.result["components"]
        what = film.listed([piece(key, film) for key in keys])
        return film.say("spent.pieces_cost" if found else "spent.pieces_free", what=what, credits=found)
    return looking_back.spending(result.result, film, piece)


def _take(result: ToolResult, film: Film) -> str:
    name, number = piece(result.call.arguments["component"], film), result.result["selected"]
    if result.result["unchanged"]:
        return film.say("did.take_kept", piece=name, n=number)
    price = result.result.get("price")
    is_held = price and price["components"] and not price.get("cuts_again")
    return film.say("did.take_held" if is_held else "did.take", Piece=capital(name), n=number)


def _own_picture(result: ToolResult, film: Film) -> str:
    return film.say("did.own_picture", scene=film.where([result.result["scene"]]))


def _undone(result: ToolResult, film: Film) -> str:
    undone = result.result["undone"]
    again = [_again(one, film) for one in undone if one["kind"] not in ("settings", "source")]
    said = [film.say("did.undone", what="; ".join(again)) if again else film.say("did.undone_settings")]
    for one in undone:
        if one["kind"] == "settings":
            said += changes.of_settings(one["changes"], one["before"], film)
    if earlier := result.result.get("said_earlier"):
        said.insert(1, film.say("did.undone_of", said=short(earlier, 80)))
    if film.is_being_made and not film.is_being_written:
        return " ".join([*said, film.say("did.undone_while_made")])
    comes_later = result.result["waits_for_the_run"] and "version" not in result.result
    return " ".join([*said, film.say("price.later")] if comes_later else said)


def _again(one: Mapping[str, Any], film: Film) -> str:
    match one["kind"]:
        case "wish":
            return film.say("undone.wish", said=short(one["said"], 80))
        case "title":
            return film.say("undone.title", title=one["title"])
        case "take":
            return film.say("undone.take", piece=piece(one["component"], film), n=one["take"])
        case _:
            return film.say("undone.script", n=one["version"])


def _cancelled(result: ToolResult, film: Film) -> str:
    found = result.result
    if not found["cancelled"]:
        return film.say("did.nothing_made")
    if found.get("was_written"):
        return film.say("did.stopped_writing" if found["has_script"] else "did.stopped_first")
    return film.say("did.stopping")


def _films(result: ToolResult, film: Film) -> str:
    films = [f"{film.quoted(short(one['title']))} ({one['status']})" for one in result.result["films"]]
    return film.say("did.films", list=film.listed(films))


SENTENCES: Mapping[str, Callable[[ToolResult, Film], str]] = {
    "write_script": lambda result, film: versions.translating(result, film) or _script(result, film),
    "edit_scene": _scenes,
    "edit_scenes": _scenes,
    "arrange_scenes": _order,
    "add_scene": new_scenes.done,
    "change_music": _music,
    "describe_character": _character,
    "add_character": _cast,
    "remove_character": _uncast,
    "replace_word": word_corrections.done,
    "edit_timeline": timelines.done,
    "rename_film": _title,
    "change_settings": _settings,
    "pronounce": pronunciations.done,
    "use_own_voice": own_voice.done,
    "choose_model": model_wishes.chosen,
    "upgrade_scenes": _upgrade,
    "quote_film": _quote,
    "savings": _savings,
    "price_of_settings": _price_of_settings,
    "regenerate": _quote,
    "make_version": versions.made,
    "apply_notes": lambda result, film: guest_notes.done(result, film, piece),
    "start_film": _start,
    "cut_film": _start,
    "film_status": _status,
    "explain": _explanation,
    "select_take": _take,
    "use_picture": _own_picture,
    "undo": _undone,
    "cancel_run": _cancelled,
    "list_films": _films,
    "spending": _spending,
    "wait_for_the_script": lambda result, film: "",
}
