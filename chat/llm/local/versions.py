"""PURE: the wish for another version beside a film: a shorter cut of it, or the film in another language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chat.llm.base import ToolResult
from chat.llm.local import other_shapes
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, Understood, step
from pipeline.film.languages import asked_in, named_in
from pipeline.film.lengths import seconds_in
from pipeline.film.settings import LANGUAGES

CUT = (
    r"teasers?|trailers?|kurzfassung|kurzversion|short(?:er)? (?:version|cut|edit)|highlights?|"
    r"(?:cut|edit|version|excerpt|clip) (?:of|from) (?:it|this|that|the (?:film|video|movie))|"
    r"(?:second|sec|s|sekunden?)[ -](?:cut|edit|version|teaser|trailer|fassung|schnitt)|"
    r"(?:with |of )?(?:just|only) the (?:best|nicest|key|most important) (?:bits|parts|moments|scenes)|best[- ]of"
)
NOT_A_CUT = r"music|song|narrat\w*|voice|title|call(?:ed)? (?:it|the)|called|about"
USUAL_S = 15
"""Of a teaser whose length nobody says."""
TRANSLATE = re.compile(
    r"(?<!\w)(?:translat\w*|traslate|übersetz\w*|uebersetz\w*|trad[uú][cizs]\w*|tradui\w*|tradott\w*)|翻[译譯]|अनुवाद"
)
TOO = re.compile(
    r"(?<!\w)(?:also|too|as well|aswell|another version|(?:second|extra) version|version (?:in|en|auf|em)"
    r"|(?:an?|eine|una|une|uma) \w+ (?:version|fassung|versión|versione|versão)|auch|noch (?:mal|einmal)|zusätzlich"
    r"|también|tambien|aussi|également|anche|também|tambem"
    r"|same (?:film|movie|video|vid|clip|thing|one)"
    r"|(?:gleiche[nrsm]?|selbe[nrsm]?|derselbe|denselben) (?:film|video|clip)"
    r"|dasselbe|mism[oa] (?:video|película|pelicula|vídeo|cosa)|même (?:film|vidéo|video|chose)"
    r"|stess[oa] (?:film|video|cosa)|mesm[oa] (?:vídeo|video|filme|coisa))(?!\w)|也|भी"
)
AGAIN = re.compile(
    r"(?<!\w)(?:again|anew|once more|updat\w*|refresh\w*|changed|noch ?mals?|noch einmal|neu|erneut|aktualisier\w*"
    r"|ge(?:ä|ae)ndert\w*|otra vez|de nuevo|de novo|nuevamente|actualiz\w*|atualiz\w*|encore|à nouveau|de nouveau"
    r"|di nuovo|ancora|aggiorna\w*)(?!\w)|重新|再|फिर"
)
ANEW = re.compile(r"(?<!\w)re-?translat\w*")
OTHERWISE = re.compile(
    r"(?<!\w)(?:captions?|subtitles?|untertitel\w*|subtítulos?|sous-titres?|sottotitoli|legendas?|title|titel|titre"
    r"|accent\w*|akzent\w*|music|musik|música|musique|musica|song|price|cost|kostet|food|restaurant|cuisine"
    r"|scene|szene|escena|scène|scena|cena)(?!\w)|字幕|场景"
)
"""What is wished in another language is then not the film."""
PRICE = re.compile(
    r"(?<!\w)(?:how much|price|costs?|charged?|pay|was (?:würde|kostet|kosten)|wie ?viel|preis|cuánto|cuanto|precio"
    r"|combien|prix|quanto|prezzo|preço|costar\w*|coût\w*|cout\w*|custa\w*|costere\w*|kostet\w*|umsonst|gratis"
    r"|gratuit\w*|free)(?!\w)|कितन|खर्च|多少|花钱|免费"
)
DELETE = re.compile(
    r"(?<!\w)(?:remove|delete|delet|delte|scrap|trash|bin|get rid of|throw (?:out|away)|l(?:ö|oe)sch\w*|entfern\w*"
    r"|wirf|schmei(?:ß|ss)\w*|borr\w*|elimin\w*|supprime\w*|efface\w*|cancella\w*|apag\w*|exclu[ai]\w*)(?!\w)|删除|हटा"
)
VERSION = re.compile(
    r"(?<!\w)(?:versions?|versoin|ones?|copy|film|movie|video|fassung\w*|variante|versión|película|vídeo|versione|versão"
    r"|filme)(?!\w)|版本|संस्करण"
)
SHAPE = re.compile(rf"(?<!\w)(?:{'|'.join(other_shapes.SHAPES.values())})(?!\w)")
LONGEST = 90
PARTS = re.compile(r",|\+|&|(?<!\w)(?:and|und|y|et|e|plus|then|dann)(?!\w)|和")


WHICH = re.compile(
    r"\W*(?:(?:und|and|ok|hey|y|et|e|sag mal|tell me),? )*(?:"
    r"(?:what|which) (?:version|cut|edition)(?: of (?:it|the (?:film|video)))? (?:is|am i (?:in|at|seeing|"
    r"looking at)|are we (?:in|at))"
    r"(?: this| it| that| here| now)*"
    r"|(?:welche|was für eine?|was ist das für eine) (?:fassung|version|variante)(?: (?:ist|haben wir|sehe ich|is))?"
    r"(?: das| es| hier| denn| jetzt| gerade| eigentlich)*|in welcher (?:fassung|version) (?:bin ich|"
    r"sind wir)(?: hier| gerade)*"
    r"|(?:qué|cuál|que) versión es(?: esta| esto| la que veo)?|qué versión estoy viendo"
    r"|(?:c'est |on est (?:dans|sur) )?(?:quelle|laquelle) version(?: est-ce| c'est| est-ce que c'est)?(?: ça| là|"
    r" ici)?"
    r"|(?:che|quale) versione è(?: questa| questo)?|(?:que|qual) (?:é a )?vers[ãa]o (?:é )?(?:esta|essa|isso|isto)?"
    r"|(?:这|这个)是(?:哪个|什么|哪一个)版本|यह कौन[- ]?सा (?:वर्ज़?न|संस्करण) है)[\s?!.।？]*"
)
"""A question which version one sees."""


def noted(said: str, film: Film) -> Understood | None:
    """Return the versions that a sentence asks for; None where it is about something else.

    A film of which nothing is made yet is written in the other language instead, which costs nothing either.
    """
    plain = " ".join(said.casefold().split())
    if film.script and _asks_price(plain, film):
        return Understood(words=film.say("versions.price"))
    if not film.script or len(plain) > LONGEST or OTHERWISE.search(plain):
        return None
    if WHICH.fullmatch(plain):
        return Understood(words=which(film))
    if _is_again(plain, film):
        return _translated_again(film)
    is_beside = TOO.search(plain) or (film.facts.get("finished") and TRANSLATE.search(plain))
    wanted = list(dict.fromkeys(_languages(plain, film))) if is_beside else []
    if not wanted:
        return None
    if refused := [code for code in wanted if code not in film.languages]:
        return Understood(words=film.refused_language(refused[0]))
    others = [code for code in wanted if code != film.script.get("language")]
    if not others:
        return Understood(words=film.say("before.language", language=film.language_name(wanted[0])))
    return Understood(tuple(step("make_version", language=code) for code in others))


def which(film: Film) -> str:
    """Tell which version this is: its language and shape, its length, and the version of its script."""
    said = film.settings
    return film.say(
        "talk.state_version",
        language=film.language_name(str((film.script or said)["language"])),
        shape=said["aspect_ratio"],
        seconds=film.seconds,
        n=(film.script or {"version": 1})["version"],
    )


def _asks_price(plain: str, film: Film) -> bool:
    """True where the price of another version is asked: another language, a shape or a shorter cut."""
    if len(plain) > LONGEST or not PRICE.search(plain) or not (VERSION.search(plain) or TRANSLATE.search(plain)):
        return False
    another = any(code != (film.script or {}).get("language") for code in _languages(plain, film))
    return another or bool(SHAPE.search(plain) or TRANSLATE.search(plain))


def _translated_again(film: Film) -> Understood:
    if (places := film.facts.get("to_translate")) is None:
        return Understood(words=film.say("versions.no_translation"))
    return Understood((step("write_script"),)) if places else Understood(words=film.say("versions.up_to_date"))


def _is_again(plain: str, film: Film) -> bool:
    """A translation is to be made anew: of the film that is talked about, as no other language is named."""
    is_meant = ANEW.search(plain) or (TRANSLATE.search(plain) and AGAIN.search(plain))
    return bool(is_meant) and set(_languages(plain, film)) <= {(film.script or {}).get("language")}


def unwanted(said: str, film: Film) -> Understood | None:
    """Tell how a version is deleted, which the chat does not do; None where nobody asks for it."""
    plain = " ".join(said.casefold().split())
    if not film.script or len(plain) > LONGEST or OTHERWISE.search(plain):
        return None
    if WHICH.fullmatch(plain):
        return Understood(words=which(film))
    named = any(_languages(plain, film)) or re.search(
        rf"(?<!\w)(?:{'|'.join(other_shapes.SHAPES.values())})(?!\w)", plain
    )
    is_meant = DELETE.search(plain) and VERSION.search(plain) and named
    return Understood(words=film.say("versions.undeleted")) if is_meant else None


def _languages(plain: str, film: Film) -> Iterator[str]:
    for part in PARTS.split(plain):
        if code := asked_in(part) or named_in(part) or _by_name(part, film):
            yield code


def _by_name(part: str, film: Film) -> str | None:
    """The language's name in the language that its user writes."""
    names = {code: film.language_name(code).casefold().split()[-1] for code in LANGUAGES}
    return next((code for code, name in names.items() if re.search(rf"(?<!\w){re.escape(name)}", part)), None)


def cut(sentence: Sentence, film: Film) -> Found:
    """A shorter film of some scenes of this one; those that are named, or a proposal of so many seconds."""
    if not sentence.has(CUT) or sentence.has(NOT_A_CUT) or sentence.strangers:
        return None
    if sentence.named and len(sentence.named) < len(film.places):
        return [step("make_version", scenes=list(sentence.named))]
    seconds = int(seconds_in(sentence.said) or USUAL_S)
    if seconds >= sum(scene["duration"] for scene in film.scenes):
        return film.say("cannot.longer_cut", n=seconds)
    return [step("make_version", seconds=seconds)]


def made(result: ToolResult, film: Film) -> str:
    """Tell of a version that was made: which it is, what it costs, and where it is; or why one cannot be made."""
    if result.failed:
        return film.say(
            "versions.there" if _refused_field(result) == "language" else "versions.cannot", **_named(result, film)
        )
    found: Mapping[str, Any] = result.result["made"]
    credits = result.result["credits"]
    if credits is None:
        told = film.say("versions.made", title=film.quoted(found["title"]), **_named(result, film))
        return f"{told} {film.say('did.version_at', at=found['address'])}"
    cost = film.say("did.version_price", credits=credits) if credits else film.say("did.version_free")
    told = film.say(_kind(result), scenes=_scenes(found["scenes"], film), n=found["seconds"], **_named(result, film))
    return f"{told} {cost} {film.say('did.version_at', at=found['address'])}"


def translating(result: ToolResult, film: Film) -> str:
    """Tell which scenes are being translated again; or that none is, or that nothing here translates. Empty where a
    script is written otherwise."""
    if result.failed:
        return film.say("versions.cannot")
    places = result.result.get("translates")
    if places is None:
        return ""
    if not places:
        return film.say("versions.up_to_date")
    told = "versions.titles_again" if result.result.get("titles_only") else "versions.again"
    return film.say(told, scenes=film.where(places))


def _kind(result: ToolResult) -> str:
    arguments = result.call.arguments
    return next(
        (f"did.version_{name}" for name in ("aspect_ratio", "language") if arguments.get(name)), "did.version_cut"
    )


def _named(result: ToolResult, film: Film) -> dict[str, str]:
    arguments = result.call.arguments
    language = arguments.get("language")
    return {
        "shape": arguments.get("aspect_ratio") or "",
        "language": film.language_name(language) if language else "",
    }


def _scenes(places: Sequence[int] | None, film: Film) -> str:
    """Name the scenes of a shorter cut; a version of any other kind has all of them."""
    return film.where(places) if places else ""


def has_words(result: ToolResult) -> bool:
    """Its refusal is told here."""
    is_language = result.call.name == "make_version" and result.call.arguments.get("language")
    is_translated = is_language or result.call.name == "write_script"
    return bool(is_translated) and _refused_field(result) in ("translation", "language")


def _refused_field(result: ToolResult) -> str:
    error: Mapping[str, Any] = result.result.get("error") or {}
    return str((error.get("details") or {}).get("field") or "")
