"""PURE: the reading of a text that is to be spoken: an article, a story, a speech, subtitles; and telling it from a
wish.
"""

from __future__ import annotations

import re

from pipeline.film.own_words.plain import one_line, quotations, spoken, unmarked, without_settings
from pipeline.film.own_words.source import Passage, Source, Why
from pipeline.film.subjects import HELLO, ORDER
from pipeline.film.words import CJK, is_spaceless

FEWEST_WORDS, FEWEST_LETTERS, FEWEST_ENDS = 40, 90, 3
"""Of a text that nobody says is one; letters where words have no spaces."""
FEWEST_WITH_LEAD = 8
"""Words behind a line that says that a text follows."""
LONGEST_LEAD, LONGEST_HEADING, MOST_HEADING_LETTERS = 40, 10, 20
_CUE_TIME = re.compile(r"^[ \t]*(?:\d+[ \t]*\n[ \t]*)?\d{1,2}:\d{2}(?::\d{2})?[.,]\d{1,3}[ \t]*-->.*\n", re.MULTILINE)
_SUBTITLE_MARK = re.compile(r"<[^<>\n]{1,60}>|\{\\[^{}\n]{1,60}\}|^WEBVTT.*$", re.MULTILINE)
_END = re.compile(r"[.!?…](?=[\s\"”»“)\]]|$)|[。！？।]")
_LEAD = re.compile(
    r"\b(?:text|story|article|script|poem|speech|blog|post|letter|essay|narration|words|notes?|transcript|following|this|"
    r"below|geschichte|artikel|gedicht|rede|skript|brief|folgende\w*|diese\w*|historia|artículo|poema|texto|discurso|"
    r"histoire|article|poème|texte|discours|storia|testo|verhaal|tekst)\b",
    re.IGNORECASE,
)
SAID_OF_FILMS = re.compile(
    r"\b(?:videos?|vids?|films?|movie|clips?|ad|advert\w*|commercial|trailer|reel|tik ?tok|viewers?|camera|"
    r"voice-?overs?|narrat(?:or|ion)|footage|close-?ups?|slogan|tagline|background music|vídeo|vidéo|werbespot|"
    r"kurzfilm|película|erklärvideo|zuschauer\w*|kamera|sprecher\w*)\b",
    re.IGNORECASE,
)
_HERE_IS = re.compile(
    r"\W*(?:here(?:'s| is| are)|this is|that is|hier (?:ist|sind|kommt)|das ist|aquí (?:está|tienes)|voici|ecco) "
    r"(?:my|our|the|mein\w*|unser\w*|der|die|das|mi|el|la|mon|ma|le|il)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^\W*(?:please|bitte|por favor|can (?:you|u)|could (?:you|u)|i (?:want|need|would like|'d like)|we (?:want|need)|"
    r"make|create|generate|produce|explain|show|tell|design|write|mach|erstell|erklär|zeig|schreib|"
    r"ich (?:möchte|will|brauche)|haz|crea|explica|quiero|fais|crée|explique|je (?:veux|voudrais)|fammi|crea|faça|crie|"
    r"maak)\b",
    re.IGNORECASE,
)
_FILM = (
    r"(?:(?:short |little )?(?:videos?|films?|movies?|clips?|reels?|trailers?|teasers?|spots?|ads?)|"
    r"[a-zäöü]*(?:video|film|filmchen|clip)s?|vidéos?|vídeos?|filmpje|filmato|películas?|anuncios?)(?![\w’'])"
)
_A_FEW_WORDS = r"(?:[\w’'-]+ ){0,6}?"
_ORDERED = re.compile(
    r"(?<![\w’'])(?:(?:i|we)(?: would|[’']?d) (?:really |also |just )?(?:like|love|want|need)|"
    r"(?:i|we)(?: really| also| just)? (?:want|need)|i[’']?m looking for|we[’']?re looking for|"
    r"(?:can|could|would|will) (?:you|u)(?: please)? (?:make|create|produce|do|turn)|"
    r"(?:ich|wir) (?:möchten?|hätten?|brauchen?|bräuchten?|will|wollen|wünschen?|suchen?)|hätte(?:n wir| ich)|"
    r"(?:kannst du|könnt(?:e|est du|et ihr| ihr)|können sie|könnten sie)|"
    r"quiero|quisiera|queremos|necesito|necesitamos|(?:me|nos) gustaría|busco|puedes|podrías|"
    r"(?:je|j[’']|nous|on) ?(?:veux|voulons|voudrais|voudrions|aimerais|aimerions|souhait\w+|cherch\w+|ai besoin|"
    r"avons besoin)|(?:peux-tu|pouvez-vous|pourriez-vous)|"
    r"voglio|vogliamo|vorrei|vorremmo|(?:mi|ci) (?:serve|piacerebbe)|ho bisogno|abbiamo bisogno|cerco|puoi|potresti|"
    r"quero|queria|queremos|preciso|precisamos|gostaria|gostaríamos|pode|poderia|"
    rf"(?:ik|wij|we) (?:wil|willen|zou|zouden|zoek|zoeken|heb|hebben)|(?:kun je|kunt u)) {_A_FEW_WORDS}{_FILM}|"
    r"(?:我|我们|咱们)(?:想要?|需要|希望)[^。！？]{0,12}(?:视频|影片|短片|片子|电影)|(?:帮我|请)[^。！？]{0,8}(?:视频|影片|短片)|"
    rf"(?<![\w’'])(?:it|the {_FILM}|this {_FILM}) should (?:end|start|begin|close|open|finish) (?:with|on)(?!\w)",
    re.IGNORECASE,
)
"""Somebody orders a film within the text: then it tells what the film is to be like, and is not to be spoken."""
_SPEECH = re.compile(r"[\"“„«「『][^\"“”„«»「」『』]*[\"”“»」』]")


def read(text: str) -> Source | None:
    if _CUE_TIME.search(text):
        return text_of(without_cues(text), why="subtitles")
    lead, body = _lead(text)
    if lead:
        said, rest = quotations(body)
        return text_of(said or body, why="told", asks="\n".join(filter(None, (lead, one_line(rest) if said else ""))))
    return text_of(text, why="text") if _is_text(text) else None


def text_of(text: str, *, why: Why, asks: str = "") -> Source:
    """A passage for each paragraph; headings are not spoken, and the first of all is the title."""
    text, behind = without_settings(text) if why == "told" else (text, "")
    title, heading = "", ""
    passages: list[Passage] = []
    for paragraph in re.split(r"\n[ \t]*\n", text.strip()):
        head, body = _headed(paragraph, is_alone=why == "given" and "\n\n" not in text.strip())
        heading = head or heading
        if head and not title and not passages:
            title, heading = head, ""
        if words := spoken(body):
            passages.append(Passage(words, heading=heading))
            heading = ""
    return Source("prose", why, tuple(passages), title, "\n".join(filter(None, (asks, behind))))


def without_cues(text: str) -> str:
    """The words of subtitles, without their numbers, times and marks."""
    said = _SUBTITLE_MARK.sub("", _CUE_TIME.sub("", text))
    return " ".join(
        line.lstrip("- ").strip() for line in said.splitlines() if line.strip() and not line.strip().isdigit()
    )


def _headed(paragraph: str, *, is_alone: bool) -> tuple[str, str]:
    """A paragraph's heading and what is below it; a heading often is a paragraph of its own."""
    first, _, rest = paragraph.strip().partition("\n")
    plain = unmarked(first).strip()
    if first.lstrip().startswith("#"):
        return one_line(first), rest
    longest = MOST_HEADING_LETTERS if is_spaceless(plain) else LONGEST_HEADING
    is_short = 0 < length_of(plain) <= longest and plain[-1:] not in set('.!?…,;:。！？，；"”»')
    is_bold = first.strip().startswith("**") and first.strip().endswith("**")
    is_heading = is_short and (is_bold or (not rest.strip() and not is_alone))
    return (one_line(first), rest) if is_heading else ("", paragraph)


def _lead(text: str) -> tuple[str, str]:
    """A first line that says that the text follows ("Make a film of this story:"), and the text."""
    found = re.match(r"\s*([^\n]{3,300}?)[:：][ \t]*(?:\n\s*|(?=[\"“„«]))(?=\S)", text)
    if not found or len(found[1].split()) > LONGEST_LEAD or not _LEAD.search(found[1]):
        return "", text
    body = text[found.end() :]
    is_order = bool(_HERE_IS.match(found[1])) or bool(
        _ASKS.match(found[1]) or SAID_OF_FILMS.search(found[1]) or ORDER.match(f"{found[1]} ")
    )
    return (found[1].strip(), body) if is_order and length_of(body) >= FEWEST_WITH_LEAD else ("", text)


def _is_text(text: str) -> bool:
    """Long enough, of several sentences, and nobody in it asks for a film."""
    plain = HELLO.sub("", one_line(text))
    enough = FEWEST_WORDS if not is_spaceless(plain) else FEWEST_LETTERS
    lines = [line for line in text.splitlines() if line.strip()]
    is_long = length_of(plain) >= enough and (len(_END.findall(plain)) >= FEWEST_ENDS or len(lines) > FEWEST_ENDS)
    asks = _ASKS.match(plain) or ORDER.match(plain) or _ORDERED.search(_SPEECH.sub(" ", plain))
    return is_long and not asks and not _speaks_of_a_film(plain)


def _speaks_of_a_film(plain: str) -> bool:
    """A brief does; a long text may, once in a while."""
    return len(SAID_OF_FILMS.findall(plain)) * 100 > len(plain.split())


def length_of(text: str) -> int:
    """Count the words of a text, or its letters where its writing has no spaces."""
    return len(CJK.findall(text)) if is_spaceless(text) else len(text.split())
