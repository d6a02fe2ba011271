"""PURE: a yes and a no: money hangs on the first."""

from __future__ import annotations

import re

from chat.llm.local import dictation
from chat.llm.local.reading import Sentence

YES = re.compile(
    r"\b(?:(?:make|generate|render|produce|create|start|begin)(?: making)? (?:it|this|(?:the|my) (?:film|video|movie))"
    r"|let's (?:go|do (?:it|this)|make (?:it|the (?:film|video))|start)"
    r"|i(?:'m| am) (?:happy|fine|okay)(?: with (?:it|that|this))?"
    r"|i (?:like|love) (?:it|that|this)|that's (?:fine|good|lovely|great|perfect)|works for me"
    r"|of course|i approve|ship it|roll it|go ahead|go for it|go on|carry on|keep going|do (?:it|that|so)"
    r"|(?:continue|resume|proceed|finish|complete)(?: (?:making|with))?"
    r"(?: (?:it|this|(?:the|my) (?:film|video|movie)))?"
    r"|(?:it |that |this )?(?:looks?|sounds|seems) (?:good|great|fine|perfect|lovely)"
    r"|yes|yep|yeah|ok|okay|sure|perfect|great|excellent|awesome|nice|cool|wonderful|sweet|lovely|fine|good|absolutely"
    r"|definitely|approved?|confirmed?|agreed|go|start|begin|generate|render|produce)\b"
)
"""A sentence that is made of these, and of words that say nothing, is a yes; one with anything else in it is not."""
SAYS_NOTHING = re.compile(
    r"\b(?:please|thank you|thanks?|and|so|then|now|very|really|all|to me|for me|just|with it)\b|[^\w]"
)
NO = (
    r"no|nope|not (?:now|yet|today|really|sure|so fast|like that)|don't(?! like)"
    r"|i (?:do not|don't) want (?:it|that|this)|wait|hold on|stop|later|never mind|nevermind"
)
MOST_AFTER_NO = 4
"""Words."""


def is_no(sentence: Sentence) -> bool:
    """It begins with one, and says no more than that: "not too dark" is a wish, "can I change it later" a question."""
    found = re.match(rf"(?:(?:ok|okay|hmm?|oh|well|i (?:think|guess)|actually|sorry)[, ]+)*(?:{NO})\b", sentence.plain)
    return bool(found) and len(sentence.plain[found.end() :].split()) <= MOST_AFTER_NO if found else False


def is_yes(sentence: Sentence) -> bool:
    """Money hangs on it, so every word counts; those between quotation marks too."""
    if dictation.is_sealed(sentence.plain):
        return False
    left, agreed = YES.subn(" ", sentence.plain)
    return agreed > 0 and not SAYS_NOTHING.sub(" ", left).strip()
