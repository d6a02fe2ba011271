"""PURE: the same film in another shape, as people ask for it in the chat: "same thing but vertical", "square too"."""

from __future__ import annotations

import re

from chat.llm.local.film import Film
from chat.llm.local.steps import Understood, step

SHAPES = {
    "9:16": (
        r"vertical\w*|verticle|vertcal|vertikal\w*|verticaux|portrait|9 ?[:x/] ?16|9 by 16|upright|tall|tik ?toks?"
        r"|reels?|shorts|stories|hoch|hochkant|hochformat|senkrecht|retrato|竖屏|竖版|竖的|वर्टिकल|खड़ा|खड़ी"
    ),
    "1:1": (
        r"squared?|sqaure|squre|1 ?[:x/] ?1|1 by 1|quadrat\w*|cuadrad[oa]|carrée?|quadrat[oa]|quadrad[oa]|正方形|方形"
        r"|方的|स्क्वायर|चौकोर|वर्गाकार"
    ),
    "16:9": (
        r"wide ?screen|wide|landscape|horizontal\w*|16 ?[:x/] ?9|16 by 9|querformat|breitbild|quer|apaisad[oa]|paysage"
        r"|orizzontale|paisagem|横屏|横版|वाइडस्क्रीन"
    ),
    "4:3": r"4 ?[:x/] ?3|4 by 3|vier zu drei",
    "3:4": r"3 ?[:x/] ?4|3 by 4|drei zu vier",
}
CUES = (
    r"same|smae|also|aswell|as well|too|another|additional(?:ly)?|additionally|extra|besides|plus|version|versoin|copy"
    r"|alternate|variant|again|auch|zusätzlich|noch|dasselbe|das selbe|das gleiche|derselbe film|nochmal|noch mal"
    r"|fassung|variante|kopie|außerdem|ausserdem|también|tambien|además|ademas|misma?|lo mismo|versión|copia|otra"
    r"|aussi|également|egalement|même|meme|autre|anche|stess[oa]|pure|versione|altra|também|tambem|mesm[oa]|versão"
    r"|versao|cópia|outra|也|同样|一样|再来?|版本|भी|वही|वर्ज़?न|संस्करण"
)
FILLERS = (
    r"make|mak|do|give|create|get|cut|crop|render|export|need|want|have|id|i'?d|like|i|me|we|us|it|this|that|the|a|an|my|our"
    r"|one|thing|film|movie|video|vid|clip|can|could|you|u|please|pls|plz|thx|thanks|now|just|but"
    r"|and|in|as|into|to|for"
    r"|of|is|with|format|formats|shape|ratio|aspect|mode|instagram|insta|ig|youtube|yt|phones?|mobile|hey|ok|okay"
    r"|great|nice|perfect|cool|so|mach|mache?n?|gib|bitte|den|der|die|das|dem|ein|eins|eine|einen|es|ihn|mir|uns|ich|wir"
    r"|brauche|brauchen|will|möchte|hätte|gern|gerne|und|nur|aber|im|in|als|für|format|haz|hazl[oa]"
    r"|ne|nen|davon|daraus|dazu|mal|bitte|de esto|de eso|di questo|disso|de ça|dell[oa] stesso"
    r"|dame|quiero|por favor"
    r"|pero|y|en|para|el|la|los|una?|un|película|pelicula|vídeo|fais|fait|donne|moi|je|veux"
    r"|voudrais|s'il|te|vous|plaît|svp"
    r"|vidéo|mais|et|le|les|une|pour|au|fammi|fai|fallo|dammi|voglio|per|favore|ma|e|il|lo|faça|faz"
    r"|me|dê|quero|mas|o|os"
    r"|um|uma|做成|做一个|做|要|一个|个|的|请|给我|但|但是|影片|视频|版|改成|फ़िल्म|फिल्म|वीडियो|बनाओ|बनाइए|करो|चाहिए|मुझे|एक|में|लेकिन|और"
)
WORD = re.compile(r"[^\W_]+(?:['’:/][^\W_]+)*|[一-鿿]+")
ONE_MORE = re.compile(
    r"(?<!make it )(?<!make this )(?<!turn it into )(?<!want it as )(?<!into )"
    r"(?<![a-z])an? (?:[\w:/]+ ){1,2}one(?![a-z])"
    r"|(?<![a-z])one (?:in|as|for) (?=\w)|(?<![a-z])eine?n? (?:[\w:/]+ ){1,2}(?:für|dazu)"
)
"""Another film beside this one, without saying so: "a square one for insta"."""
_MORE = (
    r"(?:also|too|as well|another|auch|noch|zusätzlich|dazu|también|además|aussi|également|anche|inoltre|também|além)"
)
_VERSION = r"(?:versions?|fassung|variante|versión|versione|versão)"
ONE_BESIDE = re.compile(rf"\b{_MORE}\b.*\b{_VERSION}\b|\b{_VERSION}\b.*\b{_MORE}\b")
"""Of a film that is not made yet: there is nothing that a version beside it could be made of."""
LONGEST = 18


def noted(said: str, film: Film) -> Understood | None:
    """Return the versions that a sentence asks for, of a film that is finished; None where it asks for anything else,
    or for anything beside."""
    plain = " ".join(said.casefold().replace("-", " ").split())
    is_unmade = not film.facts.get("finished")
    if not film.script or (is_unmade and not ONE_BESIDE.search(plain)) or len(plain.split()) > LONGEST:
        return None
    wanted, rest, is_one_more = [], plain, bool(ONE_MORE.search(plain))
    for shape, words in SHAPES.items():
        named = re.compile(_whole(words))
        wanted += [shape] if named.search(rest) else []
        rest = named.sub(" ", rest)
    rest, cues = re.subn(_whole(CUES), " ", rest)
    if not wanted or not (cues or is_one_more) or _has_more(rest):
        return None
    if is_unmade:
        return Understood(words=film.say("cannot.two_shapes"))
    has = film.settings["aspect_ratio"]
    told = film.say("shapes.already", shape=has) if has in wanted else ""
    return Understood(tuple(step("make_version", aspect_ratio=shape) for shape in wanted if shape != has), told)


def _whole(words: str) -> str:
    """Whole words; Chinese is written without spaces between them."""
    return rf"(?<![a-zà-ÿऀ-ॿ\d])(?:{words})(?![a-zà-ÿऀ-ॿ\d])"


def _has_more(rest: str) -> bool:
    rest = re.sub(_whole(FILLERS), " ", rest)
    return bool(WORD.search(rest))
