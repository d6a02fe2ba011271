"""PURE: corrections of a word or a name in the whole film: "it's Toni's, not tonis", "replace X by Y everywhere"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from chat.llm.base import ToolResult
from chat.llm.local.corrections import told_in
from chat.llm.local.film import Film
from chat.llm.local.steps import Understood, step
from pipeline.film.word_swaps import KINDS, stands_in, with_word

_MARKS = "\"“”„‚‘’'«»"
_WORDS = r"[^\s,;:!?\"“”„«»]+(?: [^\s,;:!?\"“”„«»]+){0,3}?"
NEW, OLD = (rf"[\"“„«‚‘']?(?P<{name}>{_WORDS})[\"”“»‘]?" for name in ("new", "old"))
BEGIN = (
    r"^(?:(?:and|also|please|pls|plz|sorry|sry|oops|actually|no|oh|ah|btw|hey|ok|okay|but|bitte|nein|und|aber|"
    r"can you|could you|kannst du)"
    r"[,.!]* )*"
)
NOT = r"(?:,| -| –)? (?:and )?not "
NICHT = r"(?:,| -| –)? (?:und )?nicht "
_NAME = (
    r"(?:(?:the|my|our|his|her|its|their|it'?s)? ?(?:correct |right |real |shop |cafe |place |company )*"
    r"name"
    r"(?: of (?:the|my|our) \S+)?)"
)
_EVERYWHERE = (
    r"(?: everywhere| throughout(?: the (?:film|script|video))?| in (?:the whole|the entire|all of the|every|all) "
    r"(?:film|script|video|text|scenes?|thing)| überall| im ganzen (?:film|skript|text|drehbuch)| in allen szenen)"
)
_CALLED = r"(?:is|are|'s|should be|must be) (?:called|named|spelled|spelt|written)"
_SUBJECT = r"(?:it|he|she|they|(?:the|my|our) \S+(?: \S+)?)"
_SWAP = r"(?:ersetze?|tausche?|ändere?)(?: das wort| den namen)?"
_BY = r"(?:durch|gegen|in|zu|mit)"
_END = r"(?:,? (?:please|pls|plz|bitte|sorry|sry|oops|my bad))*$"


def _forms(*forms: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(f"{BEGIN}{form}{_END}", re.IGNORECASE) for form in forms)


SURE = _forms(
    rf"{_NAME} (?:is|should be|must be|'s) {NEW}{NOT}{OLD}",
    rf"{_NAME} (?:is|should be)(?: not|n't) {OLD}(?:,| but|;| -)+ (?:it'?s |it is )?{NEW}",
    rf"{_SUBJECT} ?{_CALLED} {NEW}{NOT}{OLD}",
    rf"{_SUBJECT} ?(?:is|are|'s)(?: not|n't) (?:called|named|spelled|spelt|written) "
    rf"{OLD}(?:,| but|;| -)+ (?:it'?s |it is )?{NEW}",
    rf"(?:write|spell)(?: it)? {NEW}{NOT}{OLD}",
    rf"(?:in )?(?:scene \d+,? )?(?:don'?t|do not|never) (?:use|say)(?: the word)? {OLD}(?:,| but|;| -)+ (?:say|use|"
    rf"rather) {NEW}",
    rf"(?:.{{0,60}}?\b)?(?:it|she|he|the (?:voice|narrator|captions?)) says? {OLD},? (?:but|and) (?:it'?s|its|it is|"
    rf"it should be|should be|"
    rf"it must be|we say) {NEW}",
    rf"(?:.{{0,40}}?\b)?da steht {OLD},? (?:aber )?(?:es |das )?(?:muss|soll|sollte|ist)(?: aber)? {NEW}(?: heißen|"
    rf" sein)?",
    rf"(?:replace|swap|exchange) (?:the word |the name )?{OLD} (?:by|with|for) {NEW}{_EVERYWHERE}",
    rf"(?:change|turn|correct) (?:the word |the name )?{OLD} (?:to|into) {NEW}{_EVERYWHERE}",
    rf"(?:write|use|say|put) {NEW} instead of {OLD}{_EVERYWHERE}",
    rf"(?:everywhere|überall):? {NEW} (?:instead of|statt|anstatt) {OLD}",
    rf"(?:\S+ ){{1,4}}?heiß(?:t|en) nicht {OLD},? sondern {NEW}",
    rf"(?:\S+ ){{1,4}}?(?:heiß(?:t|en)|schreibt sich) {NEW}{NICHT}{OLD}",
    rf"(?:\S+ ){{1,4}}?(?:wird|schreibt sich) nicht {OLD},? sondern {NEW}(?: geschrieben)?",
    rf"(?:der |ihr |sein |mein |unser )?(?:richtige )?name ist {NEW}{NICHT}{OLD}",
    rf"{_SWAP} {OLD} {_BY} {NEW}{_EVERYWHERE}",
    rf"{_SWAP} {OLD}{_EVERYWHERE} {_BY} {NEW}",
    rf"{_SWAP}{_EVERYWHERE} (?:das wort |den namen )?{OLD} {_BY} {NEW}",
    rf"schreib\w*(?: bitte)?(?: überall)? {NEW} (?:statt|anstatt|und nicht|nicht) {OLD}(?: überall)?",
)
"""Of a word, whatever it is."""
LOOSE = _forms(
    rf"(?:it'?s|it is|that'?s|it should be) {NEW}{NOT}{OLD}",
    rf"(?:it'?s|it is) not {OLD}(?:,| but|;| -)+ (?:it'?s |it is )?{NEW}",
    rf"{NEW}{NOT}{OLD}",
    rf"(?:replace|exchange) (?:the word |the name )?{OLD} (?:by|with) {NEW}",
    rf"(?:change|correct) (?:the word |the name ){OLD} (?:to|into) {NEW}",
    rf"{OLD} (?:should|must|has to|needs to) (?:be|read|say) {NEW}{_EVERYWHERE}?",
    rf"(?:es ist|das ist|es sind)? ?nicht {OLD},? sondern {NEW}",
    rf"(?:ersetze?) (?:das wort |den namen )?{OLD} (?:durch|mit) {NEW}",
    rf"(?:write|say) {NEW} instead of {OLD}",
)
"""Of a word only where it is spoken or is the title's: much else is said so."""
_ELSE = re.compile(
    r"\b(?:scenes?|szenen?|music|musik|voice|stimme|seconds?|sekunden|captions?|subtitles?|untertitel|pronounce\w*|"
    r"credits?)\b"
    r"|^\d+$",
    re.IGNORECASE,
)
_NO_WORD = frozenset({
    "it", "that", "this", "them", "him", "her", "you", "i", "me", "the", "a", "an", "es", "das", "sie", "ihn", "so",
    "more", "less", "yes", "no",
})  # fmt: skip


def noted(said: str, film: Film, asked: str = "") -> Understood:
    """The call that a correction of a word is; a question where that word stands nowhere. `asked` is what the agent
    said last: that question, maybe."""
    plain = " ".join(said.replace("’", "'").strip().rstrip(".!").split())
    if film.script and (told := told_in("ask.word_unknown", asked)) and _stands(plain.strip(_MARKS), film):
        return Understood((step("replace_word", old=plain.strip(_MARKS), new=told["new"]),))
    if film.script and (mended := _by_letter(plain, film)):
        return mended
    if film.script and (mended := _by_likeness(plain, film)):
        return mended
    if film.script and TYPOS.fullmatch(plain):
        return Understood(words=film.say("ask.typos"))
    sure, loose = _first(SURE, plain), _first(LOOSE, plain)
    found = sure or loose
    if not found or not film.script or _is_of_else(found):
        return Understood()
    old, new = (found[name].strip(_MARKS + " ") for name in ("old", "new"))
    if sure and not _stands(old, film):
        is_somebody = re.search(r"'s name\b|\b(?:his|her|its) name\b", plain, re.IGNORECASE) and film.characters
        return Understood() if is_somebody else Understood(words=film.say("ask.word_unknown", old=old, new=new))
    if not sure and not (_is_told(old, film) and _is_like_a_name(new, found)):
        return Understood()
    return Understood((step("replace_word", old=old, new=new),))


TYPOS = re.compile(
    r"(?:(?:can|could) you |please |pls |and |bitte |kannst du )*"
    r"(?:fix|correct|mend|check|korrigiere?|prüfe?|verbessere?) "
    r"(?:(?:all|the|my|any|your|die|alle|meine) )*(?:typos?|spelling(?: mistakes| errors)?|mistakes|rechtschreibung|"
    r"tippfehler|rechtschreibfehler)(?: (?:please|everywhere|in (?:it|the (?:text|script))|im text|überall))*\W*",
    re.IGNORECASE,
)


def _by_letter(plain: str, film: Film) -> Understood:
    """ "He is called Mehmed with d not t": the word that stands in the film with the other letter."""
    found = LETTER.search(plain)
    if not found:
        return Understood()
    new, has, other = found["new"].strip(_MARKS), found["has"].lower(), found["other"].lower()
    spelt = [new[:at] + other + new[at + 1 :] for at, letter in enumerate(new) if letter.lower() == has]
    old = next((word for word in spelt if _stands(word, film)), "")
    return Understood((step("replace_word", old=old, new=new),)) if old else Understood()


LETTER = re.compile(
    rf"(?:{_CALLED}|heißt|is|it's|ist) (?P<new>[\w'-]+),? (?:with|mit) (?:an? |einem )?[\"“„']?(?P<has>\w)[\"”“']?"
    r"(?:,| and| und)? (?:not|nicht|instead of|statt) (?:with |mit |an? |einem )*[\"“„']?(?P<other>\w)[\"”“']?\b",
    re.IGNORECASE,
)


def _by_likeness(plain: str, film: Film) -> Understood:
    """ "Fix the spelling, it's birthday": the word that is told and nearly the one that is meant."""
    found = _first(SPELLING, plain)
    new = found["new"].strip(_MARKS) if found else ""
    if not new or " " in new or _is_told(new, film):
        return Understood()
    told = dict.fromkeys(re.findall(r"\w[\w'-]+", " ".join(_told_texts(film)).lower()))
    old = next(iter(get_close_matches(new.lower(), told, n=1, cutoff=ALIKE)), "")
    return Understood((step("replace_word", old=old, new=new),)) if old else Understood()


ALIKE = 0.75
"""How like a slip is to the word that was meant, as difflib counts it."""
SPELLING = _forms(
    rf"(?:fix|correct|mend|korrigiere?) (?:the |my |your |die |den )?(?:spelling|typos?|mistakes?|rechtschreibung|"
    rf"tippfehler)(?: of)?[,:;.]* (?:(?:it'?s|it is|it should be|to|es ist|es heißt) )?{NEW}{_EVERYWHERE}?",
    rf"(?:there'?s a |there is a )?(?:typo|spelling mistake|tippfehler)[,:;.]* (?:it'?s |it should be )?{NEW}"
    rf"{_EVERYWHERE}?",
)


def _first(patterns: Sequence[re.Pattern[str]], plain: str) -> re.Match[str] | None:
    return next((found for pattern in patterns if (found := pattern.match(plain))), None)


def _is_of_else(found: re.Match[str]) -> bool:
    words = (found["old"].strip(_MARKS), found["new"].strip(_MARKS))
    is_same = words[0] == words[1]
    return is_same or any(_ELSE.search(word) or word.lower() in _NO_WORD or not word for word in words)


def _stands(word: str, film: Film) -> bool:
    assert film.script is not None
    return stands_in(_title(film), word) or bool(with_word(film.script, word, f"{word}·")[1])


def _is_told(word: str, film: Film) -> bool:
    """Tell whether it stands in the title or in what is said."""
    return any(stands_in(text, word) for text in _told_texts(film))


def _told_texts(film: Film) -> Sequence[str]:
    spoken = [str(scene.get("script", "")) for scene in film.scenes]
    lines = [str(line.get("text", "")) for scene in film.scenes for line in scene.get("lines") or ()]
    return (_title(film), *spoken, *lines)


def _is_like_a_name(new: str, found: re.Match[str]) -> bool:
    """Tell whether the new word is written as a name is, or the two are nearly one word, as a slip and the word are."""
    letters = [set(re.sub(r"\W", "", found[name].lower())) for name in ("old", "new")]
    alike = len(letters[0] & letters[1]) >= 0.6 * len(letters[0] | letters[1])
    return new[:1].isupper() or alike


def _title(film: Film) -> str:
    return str(film.facts["film"].get("title") or "")


def done(result: ToolResult, film: Film) -> str:
    """Say what was changed, and where."""
    found: Mapping[str, Any] = result.result
    old, new = result.call.arguments["old"], result.call.arguments["new"]
    parts = [film.say("did.replaced_title")] if found.get("title") else []
    parts += [
        film.say(f"did.replaced_{kind}", where=film.where(found["replaced"][kind]))
        for kind in KINDS
        if kind in found["replaced"]
    ]
    parts += [film.say("did.replaced_characters")] if "characters" in found["replaced"] else []
    return film.say("did.replaced", old=old, new=new, where=film.listed(parts))
