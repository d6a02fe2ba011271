"""PURE: what changes scenes, and what is said beside it of the whole film."""

from __future__ import annotations

import re

from chat.llm.local import lengths_said, looks, scene_order, scene_words, slots
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, Understood


def edits(sentence: Sentence, film: Film) -> Found:
    """Return the changes of scenes that a sentence asks for, and an answer where a length is not possible."""
    arranged = scene_order.arrangement(sentence, film)
    found = arranged or list(looks.edits(sentence, film))
    odd = re.search(r"\b(\d+) ?(?:s|sec|secs|seconds?)\b", sentence.plain)
    now = film.scene(sentence.named[0])["duration"] if sentence.named and not sentence.strangers else 0
    seconds = slots.changed_by(sentence.plain, now) or int(odd[1] if odd else 0)
    if found and seconds and seconds not in film.scene_lengths and not arranged:
        return Understood(tuple(found), film.say("did.lasts_only", lengths=film.lengths_in_words()))
    if multiplied := lengths_said.multiplied(sentence, film):
        return multiplied
    return scene_words.other_words(sentence, film) or found
