"""PURE: a sentence → calls of tools, or words. The first rule that finds something has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from chat.llm.local import (
    attached,
    clauses,
    corrections,
    costs,
    dictation,
    film_settings,
    german,
    guessing,
    inquiries,
    looks,
    music,
    naming,
    openings,
    own_words,
    pieces,
    places,
    pronunciations,
    refusals,
    spoken,
    starting_over,
    talk,
    tones,
    undoing,
    voices,
    what_if,
    word_corrections,
)
from chat.llm.local.agreement import is_no, is_yes
from chat.llm.local.corrections import NOTHING, Before, Readers
from chat.llm.local.film import Film
from chat.llm.local.guessing import Mind
from chat.llm.local.reading import Sentence, read
from chat.llm.local.steps import Found, Step, Understood, step, understood
from pipeline.film.languages import known, named_in
from pipeline.film.own_words.ordered_settings import refused_language
from pipeline.film.prompt_settings import settings_in, without_settings

__all__ = ["Understood", "is_yes", "understand"]

STOP = (
    r"cancel(?! the (?:music|captions?|subtitles?|voice))|abort|stop (?:making|generating|writing|it|that$|now|the "
    r"(?:run|film|video|script|writing))|(?:please )?stop(?: please| now| it| pls)*$"
)
AGAIN = r"try again|retry|another try|once more|try (?:it|that) again"
FILMS = r"(?:my|which|what|all|other)(?: other| are my other)? (?:films|videos|movies)"
CHEAPER = (
    r"cheaper|less expensive|(?:save|reduce|lower|cut) (?:some |the |on )?(?:credits|money|cost|costs|"
    r"price)|too expensive|too much (?:money|credits)|fewer credits|cost less|costs too much|can't afford|budget|"
    r"(?:cost|price|credits).{0,12} without|how much .{0,20} without|why is (?:it|this|that) so (?:expensive|much)"
)
PRICE = (
    r"how much(?! longer| time| more time)|price|costs?|expensive|set me back|how many credits|the damage"
    r"|is (?:it|this|that) free"
)
STALE = (
    r"out of date|outdated|stale|up to date|(?:update|make) (?:them|it all|what (?:no longer fits|is "
    r"missing|has changed|changed))|no longer fits?|what is missing|update (?:the film|the video|it)$"
)
CUT = r"(?:cut|recut|re-cut|edit together|join|assemble) (?:it|the (?:film|video|movie|pieces))(?: again)?(?=\W*$)"
STATUS = (
    r"how much (?:longer|(?:more )?time)|there yet|time (?:is )?left|eta"
    r"|how long(?: still| left| more| yet| to go)?(?=\W*$)"
    r"|where(?:'s| is) (?:my|the) (?:film|video|movie)"
    r"|how many (?:more )?(?:seconds|minutes|hours)(?: \w+){0,2} (?:left|more|longer|remain|remaining|still|to go)"
    r"|how many more (?:seconds|minutes|hours)|(?:seconds|minutes) (?:are )?left|how long (?:is|are) (?:\w+ )?left"
    r"|how(?:'s| is) it going|status|how far|(?:done|ready|finished) yet|how long (?:will|does|until)|when"
    r" (?:will|is)|any progress|progress|is it (?:done|ready|finished)|still (?:working|going|making)"
)
WRONG = r"went wrong|what happened|failed?|the problem|isn't it|why"
MOST_QUESTIONS, SHORT_QUESTION, LONGEST_ANSWER = 3, 9, 12
"""How many, and how many words."""
START = r"(?:please )?(?:start|begin|go|generate|render|make (?:the|my) (?:film|video))"
Rule = Callable[[Sentence, Film], Found]


def understand(
    said: str, film: Film, *, is_first: bool = False, before: Before = NOTHING, mind: Mind | None = None
) -> Understood:
    """`mind` is asked where the rules are at a loss; without one they are all there is."""
    sentence = read(said, len(film.places), film.language)
    given = own_words.given(said, film, is_first=is_first) or pronunciations.noted(said, film, is_first=is_first)
    if found := given or word_corrections.noted(said, film, before.agent) or starting_over.noted(said, film, before):
        return found
    if not film.script:
        known = _by_rules(BEFORE_SCRIPT, sentence, film)
        talked = guessing.before_script(said, film, mind) if mind and not known else Understood()
        return known or talked or _opening(sentence, film, is_first, before)
    found = dictation.all_opened(_understood(sentence, film, before))
    if mind:
        found = dictation.all_opened(
            guessing.better(found, said, film, mind, lambda other, now: _understood(other, now, before))
        )
    if not found.calls and (talk.was_lost(found.words) or found.suggestions):
        found = understood(openings.facts_waited(sentence, film)) or found
    return _asked_again(found) if talk.was_lost(before.agent) and not re.search(r"\d", said) else found


def _asked_again(found: Understood) -> Understood:
    """A yes right after an answer that understood nothing is to no price: the price is said, and asked for."""
    calls = (step("quote_film") if call.tool == "start_film" else call for call in found.calls)
    return replace(found, calls=tuple(calls))


def _understood(sentence: Sentence, film: Film, before: Before) -> Understood:
    return (
        corrections.taken_back(sentence, film, before, READERS)
        or _of_strangers(sentence, film)
        or corrections.carried_on(sentence, film, before, READERS)
        or understood(openings.facts_told(sentence, film, before))
        or corrections.unwanted(sentence, film, READERS)
        or _by_rules(WITH_SCRIPT, sentence, film)
        or talk.lost(film, before.agent)
    )


def _of_strangers(sentence: Sentence, film: Film) -> Understood:
    """Scenes that there are not, unless another wish of the sentence brings or removes some."""
    if not sentence.strangers:
        return Understood()
    found = understood(_several(sentence, film))
    return found if found.calls else talk.stranger(sentence, film)


def _question(sentence: Sentence, film: Film) -> Found:
    """Of the film as it is; no wish for a change."""
    asks = re.match(
        r"(?:is|are|was|were|does|did|has|have|am|isn't|aren't|will)\b(?! it possible| there a way| you)",
        sentence.plain,
    )
    if not asks or not (sentence.said.endswith("?") or sentence.find(r"^(?:is|does|will|did) it\b")):
        return None
    return talk.described(sentence, film) if len(sentence.named) == 1 else talk.lost(film, "")


def _how_long(sentence: Sentence, film: Film) -> str | None:
    """How long the making takes is known when it is under way."""
    asks = r"how long(?: still| left)?(?=\W*$)"
    asks += r"|how long (?:will|does|would|until)(?: \w+){0,4} (?:take|ready|done|finished|need)|how much time"
    is_idle = not (film.is_being_made or film.is_being_written or film.cut_is_due or film.facts["finished"])
    return film.say("status.how_long") if is_idle and sentence.has(asks) and not sentence.named else None


def _questions(sentence: Sentence, film: Film) -> Found:
    """Several in one sentence: each is answered."""
    parts = [part for part in re.split(r"[?!.;,]+ *|(?:^| +)and +", sentence.plain) if part.strip()]
    if not 1 < len(parts) <= MOST_QUESTIONS:
        return None
    found = [_by_rules(QUESTIONS, replace(sentence, plain=part), film) for part in parts]
    if not all(found) or found[0] == found[1]:
        return None
    calls: list[Step] = []
    calls += (call for one in found for call in one.calls if call not in calls)
    return Understood(tuple(calls), " ".join(filter(None, (one.words for one in found))))


def _words(sentence: Sentence, film: Film) -> Found:
    """Other words for a scene, but which."""
    asks = (
        r"(?:change|rewrite|edit|different|new|other|another|shorter|longer|better|fix)\b.*\b(?:narration|text|"
        r"words)\b|make the (?:narration|text|words)\b.* (?:shorter|longer|better)"
        r"|(?:less|fewer|too much|too many|more|not so much) (?:talk\w*|text|words|speech|speaking|narration)\b"
    )
    if len(sentence.named) == 1 and sentence.find(asks) and not sentence.quoted:
        return film.say("ask.words", n=sentence.named[0])
    return (
        film.say("ask.different", n=sentence.named[0])
        if sentence.find(r"(?:rewrite|redo the words of) scene \d+$")
        else None
    )


def _by_rules(rules: Sequence[Rule], sentence: Sentence, film: Film) -> Understood:
    return next((found for rule in rules if (found := understood(rule(sentence, film)))), Understood())


def _opening(sentence: Sentence, film: Film, is_first: bool, before: Before = NOTHING) -> Understood:
    """The first message is the film's prompt already, with its settings; a later one says it better."""
    answer = None if film.facts.get("run") else openings.answered(sentence, film, before)
    if answer is not None:
        return _answered(sentence, film, answer)
    if talk.is_thin(sentence):
        return Understood(words=film.say("ask.subject"))
    if code := film.facts.get("refused_language"):
        return Understood(words=film.refused_language(code))
    said = {name: value for name, value in settings_in(sentence.said).items() if value != film.settings[name]}
    if film.facts.get("run"):
        return _meanwhile(sentence, film, said)
    if not is_first and (chosen := _only_settings(sentence, film)) is not None:
        changes = (step("change_settings", **chosen),) if chosen else ()
        return Understood((*changes, step("write_script")))
    if is_first:
        return openings.question(sentence, film) or Understood((step("write_script"),), film.remarks)
    written = step("write_script", prompt=sentence.said)
    return Understood((step("change_settings", **said), written) if said else (written,), film.remarks)


def _only_settings(sentence: Sentence, film: Film) -> dict[str, Any] | None:
    """The settings that are chosen by a message about nothing else; None where it says what the film is about."""
    said = settings_in(sentence.said)
    language = named_in(sentence.said)
    is_language = len(sentence.said.split()) < SHORT_QUESTION // 2 and refused_language(film.facts["film"]["prompt"])
    if language and known(language) and is_language:
        said["language"] = language
    elif re.search(r"\w\w", without_settings(sentence.said)):
        return None
    return {name: value for name, value in said.items() if value != film.settings[name]}


def _answered(sentence: Sentence, film: Film, prompt: str) -> Understood:
    """The one question before writing is answered, or skipped: the script is written."""
    said = {name: value for name, value in settings_in(sentence.said).items() if value != film.settings[name]}
    said.pop("language", None)
    written = step("write_script", prompt=prompt) if prompt else step("write_script")
    return Understood((step("change_settings", **said), written) if said and prompt else (written,))


def _meanwhile(sentence: Sentence, film: Film, said: Mapping[str, Any]) -> Understood:
    """While the first script is written: what it should be like is heard, the rest waits for it."""
    if sentence.has(STOP):
        return Understood((step("cancel_run"),))
    if not film.is_being_written or sentence.has(STATUS) or "?" in sentence.said:
        return Understood((step("film_status"),))
    return Understood((step("change_settings", **said),) if said else (step("wait_for_the_script"),))


def _told(pattern: str, tool: str, *, about_scenes: bool = False) -> Rule:
    """A sentence with these words is for this tool, unless it names scenes."""

    def rule(sentence: Sentence, film: Film) -> Found:
        return [step(tool)] if sentence.has(pattern) and (about_scenes or not sentence.named) else None

    return rule


def _yes_or_no(sentence: Sentence, film: Film) -> Found:
    if sentence.named or len(sentence.plain.split()) > LONGEST_ANSWER:
        return None
    if is_no(sentence):
        return film.say("talk.kept" if film.is_being_made else "talk.nothing")
    if not is_yes(sentence):
        return None
    if film.proposal:
        return [Step(film.proposal["tool"], film.proposal["arguments"])]
    if film.cut_is_due:
        return [step("cut_film")]
    if film.is_being_made and not (film.offer and film.offer["items"]):
        is_for_the_script = film.is_being_written and sentence.has(START)
        return [step("quote_film" if is_for_the_script else "film_status")]
    return [step("start_film", quote_id=film.offer["quote_id"])] if film.offer else [step("quote_film")]


def _the_cut(sentence: Sentence, film: Film) -> Found:
    """Cut the film for whoever asks for it, for another try or for an update, where only the cut is left."""
    if sentence.named or not sentence.has(f"{AGAIN}|{STALE}|{CUT}"):
        return None
    if film.cut_is_due:
        return [step("cut_film")]
    return [step("quote_film")] if sentence.has(CUT) else None


def _several(sentence: Sentence, film: Film) -> Found:
    return clauses.several(sentence, film, lambda clause, now: _by_rules(IN_CLAUSES, clause, now), is_yes)


def _edits(sentence: Sentence, film: Film) -> Found:
    """What changes scenes, and what is said beside it of the whole film."""
    arranged = places.arrangement(sentence, film)
    edits = arranged or list(looks.edits(sentence, film))
    odd = re.search(r"\b(\d+) ?(?:s|sec|secs|seconds?)\b", sentence.plain)
    if edits and odd and int(odd[1]) not in film.scene_lengths and not arranged:
        return Understood(tuple(edits), film.say("did.lasts_only", lengths=film.lengths_in_words()))
    if sentence.named and sentence.has(r"(?:twice|double|half|\d times|triple) (?:as long|as short|the length)"):
        return film.say("did.lasts_only", lengths=film.lengths_in_words())
    return _words(sentence, film) or edits


QUESTIONS: tuple[Rule, ...] = (
    inquiries.answer,
    _how_long,
    _told(costs.SPENT, "spending"),
    _told(PRICE, "quote_film"),
    _told(STATUS, "film_status"),
)
CHANGES: tuple[Rule, ...] = (
    spoken.dictated,
    naming.title,
    spoken.at_the_edge,
    spoken.silenced,
    places.addition,
    pieces.making_anew,
    tones.wish,
    film_settings.captions,
    film_settings.caption_looks,
    voices.described,
    naming.character,
    film_settings.settings,
    film_settings.length,
    film_settings.language,
    music.wish,
    _edits,
    naming.place,
)
IN_CLAUSES: tuple[Rule, ...] = (
    own_words.wish,
    lambda sentence, film: _told(STOP, "cancel_run")(sentence, film) if film.is_being_made else None,
    lambda sentence, film: talk.stranger(sentence, film) if sentence.strangers else None,
    undoing.wish,
    voices.by_name,
    refusals.answer,
    *CHANGES,
    film_settings.rewriting,
)
"""What a clause may ask for beside others."""
WITH_SCRIPT: tuple[Rule, ...] = (
    own_words.wish,
    attached.picture,
    spoken.dictated,
    talk.trick,
    talk.another_film,
    lambda sentence, film: what_if.priced(sentence, film, lambda one: _by_rules(CHANGES, one, film)),
    tones.only_seen,
    german.given,
    pieces.choosing,
    _several,
    _questions,
    inquiries.answer,
    _how_long,
    spoken.at_the_edge,
    undoing.wish,
    pieces.explaining,
    voices.by_name,
    refusals.answer,
    _the_cut,
    _told(AGAIN, "quote_film"),
    _told(FILMS, "list_films"),
    costs.spent_on,
    inquiries.watching,
    inquiries.up_to_date,
    talk.answer,
    what_if.of_length,
    _told(CHEAPER, "savings"),
    _told(costs.SPENT, "spending"),
    _told(PRICE, "quote_film"),
    _told(STALE, "quote_film"),
    _told(STATUS, "film_status"),
    _question,
    naming.title,
    spoken.silenced,
    places.addition,
    pieces.making_anew,
    tones.wish,
    film_settings.captions,
    voices.described,
    film_settings.rewriting,
    naming.character,
    film_settings.settings,
    film_settings.length,
    film_settings.language,
    _told(STOP, "cancel_run"),
    music.wish,
    _edits,
    naming.place,
    film_settings.format_or_style,
    looks.said_or_seen,
    looks.asks_where,
    _told(WRONG, "film_status"),
    _yes_or_no,
    attached.reference,
)
READERS = Readers(
    change=lambda sentence, film: _by_rules(CHANGES, sentence, film),
    anything=lambda sentence, film: _by_rules(WITH_SCRIPT, sentence, film),
    answer=lambda sentence, film: understood(_yes_or_no(sentence, film)),
    is_yes=is_yes,
)
BEFORE_SCRIPT: tuple[Rule, ...] = (
    own_words.wish,
    talk.trick,
    talk.too_long,
    lambda sentence, film: costs.before_script(sentence.said, film) if what_if.asks_a_price(sentence) else None,
    _told(FILMS, "list_films"),
    lambda sentence, film: next(
        (
            said
            for topic in talk.ALWAYS
            if (said := topic(sentence, film)) and len(sentence.plain.split()) < SHORT_QUESTION
        ),
        None,
    ),
)
