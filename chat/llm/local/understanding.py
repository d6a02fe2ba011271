"""PURE: a sentence → calls of tools, or words. The first rule that finds something has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from chat.llm.local import (
    asides,
    asked_and_wished,
    attached_pictures,
    can_be_done,
    casting,
    clauses,
    clip_endings,
    corrections,
    costs,
    descriptions,
    dictation,
    figure_corrections,
    film_settings,
    first_messages,
    follow_ups,
    german_dictation,
    guessing,
    guest_notes,
    inquiries,
    long_messages,
    looks,
    loudness,
    music,
    naming,
    opening_talk,
    openings,
    other_scripts,
    other_shapes,
    own_words,
    pronunciations,
    refusals,
    rephrased,
    replacements,
    roles,
    scene_edits,
    scene_order,
    scene_words,
    second_thoughts,
    several_questions,
    short_questions,
    starting_over,
    take_wishes,
    taken_out,
    talk,
    timelines,
    tones,
    undoing,
    unspoken,
    unwanted_words,
    versions,
    voices,
    what_if,
    wondering,
    word_corrections,
    words_at_an_end,
)
from chat.llm.local.agreement import is_yes, yes_or_no, yes_to_what_is_there
from chat.llm.local.corrections import NOTHING, Before, Readers
from chat.llm.local.cues import AGAIN, CHEAPER, CUT, FILMS, PRICE, STALE, STATUS, STOP, WRONG
from chat.llm.local.film import Film
from chat.llm.local.guessing import Mind
from chat.llm.local.named_things import wishes_heard
from chat.llm.local.reading import Sentence, read
from chat.llm.local.romance import wishes as romance_wishes
from chat.llm.local.steps import Found, Understood, step, understood

__all__ = ["Understood", "is_yes", "understand"]

MOST_DEEP = 4
"""Parts within parts of a message that are heard for themselves, each maybe twice."""
Rule = Callable[[Sentence, Film], Found]


def understand(
    said: str, film: Film, *, is_first: bool = False, before: Before = NOTHING, mind: Mind | None = None
) -> Understood:
    """`mind` is asked where the rules are at a loss; without one they are all there is."""
    before = replace(before, user=long_messages.heard_of(before.user))
    return other_scripts.understood(said, film, before, mind, _understood_at_once, is_first=is_first)


def _understood_at_once(said: str, film: Film, *, is_first: bool, before: Before, mind: Mind | None) -> Understood:
    found = _understood_as_said(said, film, is_first=is_first, before=before, mind=mind)
    if mind is None or not film.script:
        return found

    def hear(text: str, now: Film) -> Understood:
        return _understood_as_said(text, now, before=before, mind=mind)

    found = second_thoughts.spared(wishes_heard.better(found, said, film, film.language, mind, hear), said, film)
    return unspoken.heeded(found, said, film)


def _understood_as_said(
    said: str, film: Film, *, is_first: bool = False, before: Before = NOTHING, mind: Mind | None = None, deep: int = 0
) -> Understood:
    """`deep`: so often a part of a message was heard for itself, and then a part of that."""
    if deep > MOST_DEEP:
        return Understood()
    said = rephrased.plainly(asides.without(said), film) if film.script else said
    sentence = read(said, len(film.places), film.language)
    likeness, plainly = mind.likeness if mind else None, partial(_rules_of, film=film, before=before)
    if found := romance_wishes.noted(said, film, likeness, plainly):
        return found
    if found := _noted(said, sentence, film, is_first, before):
        return found
    if not film.script:
        return _before_the_script(sentence, said, film, is_first, before, mind)
    found = understood(_questions(sentence, film)) or _heard_together(said, film, before, mind, deep)
    found = found or _heard_alone(sentence, said, film, before, mind, deep)
    return corrections.with_way_back(found, film, before)


def _noted(said: str, sentence: Sentence, film: Film, is_first: bool, before: Before) -> Understood:
    """Wishes that are told by their own words, whatever else a sentence says; nothing where it is none of them."""
    return (
        own_words.given(said, film, is_first=is_first)
        or pronunciations.noted(said, film, is_first=is_first)
        or guest_notes.noted(said, film, before)
        or versions.unwanted(said, film)
        or versions.noted(said, film)
        or unwanted_words.noted(said, film)
        or words_at_an_end.noted(said, sentence, film, before)
        or word_corrections.noted(said, film, before.agent)
        or figure_corrections.noted(said, film)
        or replacements.noted(said, film)
        or taken_out.noted(said, film)
        or other_shapes.noted(said, film)
        or starting_over.noted(said, film, before)
        or understood(looks.unwanted_anywhere(said, film) or openings.facts_stated(sentence, film))
        or understood(_told(costs.WHY_CHANGED, "spending")(sentence, film))
    )


def _before_the_script(
    sentence: Sentence, said: str, film: Film, is_first: bool, before: Before, mind: Mind | None
) -> Understood:
    known = _by_rules(BEFORE_SCRIPT, sentence, film)
    is_answer = openings.answered(sentence, film, before) is not None and not sentence.said.endswith("?")
    talks = mind if not known and not is_answer and not talk.is_thin(sentence) else None
    talked = opening_talk.answered(said, film, talks, before) if talks else Understood()
    return openings.kept_open(known or talked or first_messages.heard(sentence, film, is_first, before), film, before)


def _heard_alone(sentence: Sentence, said: str, film: Film, before: Before, mind: Mind | None, deep: int) -> Understood:
    """Return what a message means that is one sentence: by the rules, then by what it is like."""
    found = dictation.all_opened(_understood(sentence, film, before))

    def hear(text: str) -> Understood:
        return _understood_as_said(text, film, mind=mind, deep=deep + 1)

    if meant := follow_ups.of_it(found, said, film, before, hear):
        return meant
    if mind:
        found = dictation.all_opened(
            guessing.better(found, said, film, mind, lambda other, now: _understood(other, now, before))
        )
    found = follow_ups.of_it(found, said, film, before, hear) or found
    if not found.calls and (talk.was_lost(found.words) or found.suggestions):
        found = understood(openings.facts_waited(sentence, film)) or found
    found = what_if.only_asked(found, sentence, film)
    found = descriptions.heeded(asked_and_wished.both(found, said, film, hear), film)
    return corrections.asked_again(found) if talk.was_lost(before.agent) and not re.search(r"\d", said) else found


def _heard_together(said: str, film: Film, before: Before, mind: Mind | None, deep: int) -> Understood:
    """Return what no part says alone: a second thought, the wish before for other scenes, a question with a wish."""

    def again(part: str) -> Understood:
        return _understood_as_said(part, film, before=before, mind=mind, deep=deep + 1)

    likeness = mind.likeness if mind else None
    thought = can_be_done.asked(said, film, again) or wondering.noted(said, film, again)
    thought = thought or second_thoughts.noted(said, film, again)
    thought = thought or follow_ups.same(
        said, film, before, lambda text: _understood_as_said(text, film, mind=mind, deep=deep + 1), likeness
    )
    return thought or asked_and_wished.apart(said, film, again)


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


def _rules_of(english: str, film: Film, before: Before) -> Understood:
    """Return what the rules alone make of a plain English sentence, for a film whose chat is in another language."""
    return _understood(read(english, len(film.places)), film, before)


def _of_strangers(sentence: Sentence, film: Film) -> Understood:
    """Scenes that there are not, unless another wish of the sentence brings or removes some."""
    if not sentence.strangers:
        return Understood()
    found = understood(_several(sentence, film))
    return found if found.calls else talk.stranger(sentence, film)


def _questions(sentence: Sentence, film: Film) -> Found:
    return several_questions.each(sentence, film, lambda one, now: _by_rules(QUESTIONS, one, now))


def _by_rules(rules: Sequence[Rule], sentence: Sentence, film: Film) -> Understood:
    return next((found for rule in rules if (found := understood(rule(sentence, film)))), Understood())


def _told(pattern: str, tool: str, *, about_scenes: bool = False) -> Rule:
    """A sentence with these words is for this tool, unless it names scenes."""

    def rule(sentence: Sentence, film: Film) -> Found:
        return [step(tool)] if sentence.has(pattern) and (about_scenes or not sentence.named) else None

    return rule


def _the_cut(sentence: Sentence, film: Film) -> Found:
    """Cut the film for whoever asks for it, for another try or for an update, where only the cut is left."""
    if sentence.named or not sentence.has(f"{AGAIN}|{STALE}|{CUT}"):
        return None
    if film.cut_is_due:
        return [step("cut_film")]
    return [step("quote_film")] if sentence.has(CUT) else None


def _several(sentence: Sentence, film: Film) -> Found:
    return clauses.several(sentence, film, lambda clause, now: _by_rules(IN_CLAUSES, clause, now), is_yes)


QUESTIONS: tuple[Rule, ...] = (
    talk.balance,
    inquiries.answer,
    inquiries.how_long,
    inquiries.film_length,
    _told(costs.SPENT, "spending"),
    _told(PRICE, "quote_film"),
    _told(STATUS, "film_status"),
    several_questions.asked_of(talk.answer),
    several_questions.asked_of(refusals.answer),
)
CHANGES: tuple[Rule, ...] = (
    scene_words.also_said,
    scene_words.dictated,
    naming.title,
    scene_words.at_the_edge,
    casting.sent_away,
    casting.disliked,
    scene_words.silenced,
    scene_order.addition,
    take_wishes.making_anew,
    tones.reworded,
    tones.wish,
    film_settings.ai_label,
    film_settings.captions,
    film_settings.caption_looks,
    voices.described,
    naming.character,
    film_settings.settings,
    film_settings.length,
    film_settings.language,
    music.wish,
    scene_edits.edits,
    naming.place,
)
IN_CLAUSES: tuple[Rule, ...] = (
    own_words.wish,
    lambda sentence, film: _told(STOP, "cancel_run")(sentence, film) if film.is_being_made else None,
    lambda sentence, film: talk.stranger(sentence, film) if sentence.strangers else None,
    undoing.wish,
    clip_endings.wish,
    timelines.wish,
    voices.by_name,
    refusals.answer,
    *CHANGES,
    film_settings.rewriting,
)
"""What a clause may ask for beside others."""
WITH_SCRIPT: tuple[Rule, ...] = (
    yes_to_what_is_there,
    own_words.wish,
    attached_pictures.picture,
    scene_words.also_said,
    scene_words.dictated,
    talk.trick,
    talk.another_film,
    lambda sentence, film: what_if.priced(sentence, film, lambda one: _by_rules(CHANGES, one, film)),
    tones.only_seen,
    film_settings.scene_count,
    german_dictation.given,
    film_settings.two_languages,
    film_settings.two_shapes,
    lambda sentence, film: loudness.both(sentence, film, lambda one: _by_rules(CHANGES, one, film)),
    roles.in_scene,
    take_wishes.choosing,
    _questions,
    _several,
    clip_endings.wish,
    timelines.wish,
    inquiries.answer,
    inquiries.how_long,
    scene_words.at_the_edge,
    undoing.wish,
    versions.cut,
    take_wishes.explaining,
    voices.by_name,
    refusals.answer,
    _the_cut,
    _told(AGAIN, "quote_film"),
    _told(FILMS, "list_films"),
    _told(costs.TOLD_BEFORE, "quote_film"),
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
    short_questions.about_the_film,
    naming.title,
    casting.sent_away,
    casting.disliked,
    scene_words.silenced,
    scene_order.addition,
    take_wishes.making_anew,
    tones.reworded,
    tones.wish,
    film_settings.ai_label,
    film_settings.captions,
    voices.described,
    film_settings.rewriting,
    naming.character,
    film_settings.settings,
    film_settings.length,
    film_settings.language,
    _told(STOP, "cancel_run"),
    music.wish,
    scene_edits.edits,
    naming.place,
    film_settings.format_or_style,
    looks.said_or_seen,
    looks.asks_where,
    _told(WRONG, "film_status"),
    yes_or_no,
    attached_pictures.reference,
)
NO_ANSWERS: tuple[Rule, ...] = (
    undoing.wish,
    inquiries.answer,
    inquiries.how_long,
    refusals.answer,
    talk.answer,
    _told(FILMS, "list_films"),
    _told(costs.SPENT, "spending"),
    _told(PRICE, "quote_film"),
    _told(STATUS, "film_status"),
    _told(STOP, "cancel_run"),
)
"""What somebody may say instead of answering a question."""
READERS = Readers(
    change=lambda sentence, film: _by_rules(CHANGES, sentence, film),
    anything=lambda sentence, film: _by_rules(WITH_SCRIPT, sentence, film),
    answer=lambda sentence, film: understood(yes_or_no(sentence, film)),
    no_answer=lambda sentence, film: _by_rules(NO_ANSWERS, sentence, film),
    is_yes=is_yes,
)
BEFORE_SCRIPT: tuple[Rule, ...] = (
    own_words.wish,
    talk.trick,
    talk.too_long,
    lambda sentence, film: costs.before_script(sentence.said, film) if what_if.asks_a_price(sentence) else None,
    talk.introduced,
    _told(FILMS, "list_films"),
    short_questions.of_any_topic,
    short_questions.behind_what_is_told,
)
