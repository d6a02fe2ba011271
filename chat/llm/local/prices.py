"""PURE: prices, in sentences: what a change needs, what was open before, and what of the user's own is replaced."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from chat.llm.local import changes
from chat.llm.local.film import Film

MOST_BY_NAME = 4
"""Of more pieces, only how many there are is said."""
Namer = Callable[[str, Film], str]


def told(price: Mapping[str, Any], film: Film, name: Namer) -> str:
    """One that was asked for."""
    keys = price["components"]
    is_short = len(keys) <= MOST_BY_NAME
    what = film.listed([name(key, film) for key in keys]) if is_short else changes.pieces_of(keys, film)
    if not is_short and not film.is_made:
        what = film.say("price.all")
    values = {"what": what, "credits": price["credits"], **(film.facts["credits"] or {})}
    alone = "" if film.facts["credits"] else "_alone"
    if tier := price.get("tier"):
        said = film.say(f"tiers.{tier}")
        return _before(price, film, name) + film.say(f"price.quote_tier{alone}", tier=said, **values)
    return _before(price, film, name) + film.say(f"price.quote{alone}", **values)


def after(result: Mapping[str, Any], film: Film, name: Namer) -> str:
    """The one that changes have led to."""
    price, waits = result.get("price"), result.get("waits_for_the_run")
    comes_later = f"{film.say('price.later')} " if waits else ""
    if result.get("price_comes_with_the_script"):
        return comes_later + film.say("wait.price_later")
    if not price or not price["components"]:
        return comes_later + film.say("price.free" if waits or not film.facts["finished"] else "price.recut")
    is_cut = bool(price.get("cuts_again") and film.facts["finished"] and not waits)
    needed = _needed(price, film, is_cut=is_cut, is_ordered=bool(waits))
    return comes_later + _before(price, film, name) + needed


def _needed(price: Mapping[str, Any], film: Film, *, is_cut: bool, is_ordered: bool) -> str:
    """`is_ordered`: a run makes the film already, and the price is for what comes after it."""
    keys, still, credits = price["components"], price.get("open_before", ()), price["credits"]
    if not film.is_made and not is_ordered:
        return film.say("price.whole", credits=credits)
    needed = [key for key in keys if key not in still]
    if not still:
        return film.say("price.pieces", what=changes.pieces_of(needed, film), credits=credits)
    before = changes.pieces_of(still, film)
    if needed:
        open_credits = price["open_credits"]
        return film.say(
            "price.pieces_and_open", what=changes.pieces_of(needed, film), needed=credits - open_credits,
            open=before, left=open_credits, credits=credits,
        )  # fmt: skip
    if is_cut:
        return film.say("price.recut_and_open", open=before, credits=credits)
    key = "price.held_and_open" if film.facts["finished"] else "price.free_and_open"
    return film.say(key, open=before, credits=credits)


def _before(price: Mapping[str, Any], film: Film, name: Namer) -> str:
    """Said before the price, each sentence followed by a space; empty where there is nothing to say."""
    return _own(price, film, name) + "".join(f"{one} " for one in shared(price, film))


def shared(price: Mapping[str, Any], film: Film) -> list[str]:
    """Tell what is not bought again as other versions of the film have it, and which of them get what is priced."""
    shares = price.get("shares") or {}
    said = [_of_versions("with", shares.get("with"), film, pieces=shares.get("pictures_and_clips"))]
    said += [_of_versions(name, shares.get(name), film) for name in ("reaches", "asks")]
    return [one for one in said if one]


def _of_versions(key: str, versions: Sequence[Mapping[str, str]] | None, film: Film, **values: Any) -> str:
    if not versions:
        return ""
    names = ", ".join([_version(one, film) for one in versions[:MOST_BY_NAME]])
    if len(versions) == 1:
        return film.say(f"shares.{key}_one", names=names, **values)
    names += ", …" if len(versions) > MOST_BY_NAME else ""
    return film.say(f"shares.{key}", n=len(versions), names=names, **values)


def _version(one: Mapping[str, str], film: Film) -> str:
    """ "Spanish 9:16", or a shorter cut by its title."""
    title = [film.quoted(one["title"])] if "title" in one else []
    language = [film.language_name(one["language"])] if "language" in one else []
    return " ".join(title + language + ([one["aspect_ratio"]] if "aspect_ratio" in one else []))


def _own(price: Mapping[str, Any], film: Film, name: Namer) -> str:
    """Said before the price; empty where nothing of the user's own is replaced."""
    own = price.get("own_material")
    return film.say("price.own", what=film.listed([name(key, film) for key in own])) + " " if own else ""
