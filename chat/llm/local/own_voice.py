"""PURE: wishes to be spoken in a voice of one's own ("use my voice for Anna"), and the answers to them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chat.llm.base import ToolResult
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, Understood, step

MINE = (
    r"my (?:own )?(?:voice|recording)|"
    r"(?:mi|ma|mia|minha) (?:propia |propre |propria |própria )?(?:voz|voix|voce|voice)|"
    r"(?:voice|recording|sample) (?:of mine|(?:that )?i (?:recorded|uploaded|made|gave))"
)
SAID_OF_IT = rf"(?:{MINE}) (?:is|was|sounds?|seems?|has|had|looks|comes)|whose|is (?:that|this|it)"
"""Something is told of the voice, or asked, and nothing is wished."""
PRICE = r"how much|price|costs?|credits"
NOT = (
    r"(?:not|no longer|no more|stop (?:using|with)|without|instead of|never|don't (?:use|take|want)|remove|drop|"
    rf"rather than) (?:the |in |with )?(?:{MINE})"
)
MAY = r"^(?:and |so |hey |hi )*(?:can|could|may|am|is it possible|do) (?:i|we|it)\b"
USES = r"(?:use|using|take|with|by|in|choose|pick|want|try|let|have)"


def wish(sentence: Sentence, film: Film) -> Found:
    """Return what is wished of one's own voices; nothing where none is kept, which is answered elsewhere."""
    kept: Sequence[str] = film.facts.get("own_voices") or ()
    if sentence.has(MINE) and (refused := film.may_not("own_voices")):
        return refused
    name = next((name for name in kept if _is_named(name, sentence)), "")
    if not kept or not (name or sentence.has(MINE)) or sentence.has(f"{SAID_OF_IT}|{PRICE}"):
        return None
    who = [str(one["name"]) for one in film.characters if sentence.has(rf"{re.escape(one['name'].lower())}(?:'s)?")]
    if sentence.has(MAY) and sentence.said.rstrip().endswith("?") and not who:
        return possible(film)
    if sentence.named and not sentence.is_about_all:
        return film.say("cannot.scene_voice")
    if sentence.has(NOT):
        return _no_longer(who, film)
    named = {"voice": name} if name else {}
    return [step("use_own_voice", **named, character=one) for one in who] or [step("use_own_voice", **named)]


def _is_named(name: str, sentence: Sentence) -> bool:
    """The name of a kept voice, as a voice: "grandpa's voice", "the voice grandpa"."""
    said = re.escape(name.lower())
    voice = rf"{said}(?:'s)? voice|voice(?: of| from| called| named|:)? {said}|(?:voice|recording) [“\"]{said}[”\"]"
    return name.lower() not in ("voice", "my voice") and sentence.has(rf"{USES} (?:the )?(?:{voice})")


def _no_longer(who: list[str], film: Film) -> Found:
    """A usual voice takes its place again: of those who are named, else of the narration."""
    if who:
        return [step("describe_character", name=one, voice="") for one in who]
    return [step("change_settings", voice=film.settings["voice"])]


def possible(film: Film) -> Understood:
    """Say which own voices there are and how one is chosen; without any, what it takes."""
    kept = film.facts.get("own_voices") or ()
    if not kept:
        return Understood(words=film.may_not("own_voices") or film.say("cannot.own_voice"))
    return Understood(words=film.say("known.own_voices", voices=_quoted(kept, film)))


def _quoted(names: Sequence[str], film: Film) -> str:
    return film.listed([film.quoted(name) for name in names])


def done(result: ToolResult, film: Film) -> str:
    """Say whose voice speaks now, or why none does."""
    found = result.result
    if which := found.get("which"):
        names = film.listed([film.quoted(name) for name in which], "lists.or")
        return film.say("ask.which_own_voice", voices=names, example=which[0])
    if found.get("cannot"):
        language = film.language_name(found["language"])
        return film.say("cannot.own_voice_here", language=language, voice=found["speaks"])
    if found.get("unchanged"):
        return film.say("did.already")
    key = "did.own_voice_cast" if found["character"] else "did.own_voice"
    return film.say(key, name=found["character"], voice=film.quoted(found["own_voice"]))
