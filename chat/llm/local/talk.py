"""PURE: small talk, questions about the process and the film, and what is said when nothing was understood."""

from __future__ import annotations

import re
from collections.abc import Callable

from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence

GREETING = r"hi|hello|hey|hallo|good (?:morning|evening|afternoon)|hiya|yo"
THIN = (
    r"(?:please |can you |could you |i want (?:to )?|i'd like (?:to )?|let's |i need )*(?:make|create|do"
    r"|have|produce|generate)?(?: me)?(?: us)? ?(?:a|an|another|my|the)? ?(?:new )?(?:short )?(?:video"
    r"|film|movie|clip)?(?: for me| please)*"
)
ASK = "What should your film be about? One sentence is enough; a length and a style help, if you have them in mind."
TRICKS = (
    r"(?:ignore|forget|disregard|override).*(?:instructions?|rules?|prompts?)|(?:system|hidden|secret"
    r"|initial) (?:prompt|message|instructions)|(?:pretend|act as|you are now|roleplay)\b.*|(?:give|grant"
    r"|add|send)\b.*\bcredits"
)
REFUSAL = (
    "I only work on your film here: I can write and change its script, tell prices, make it and explain what happened."
)
CAN = (
    "I can write the script of your film and change it: any scene's picture, motion, words, length or transition, the"
    " order of the scenes, the music, the style, format, voice and captions. I tell you the price and make the film"
    " after your yes. Then I can make any piece anew, take an earlier take again, or undo. Try “make scene 2 slower and"
    " at night”, “swap scenes 3 and 4” or “how much will it cost”."
)
WHO = (
    "I am Pixora's local agent: no language model, just rules for plain English that run on this machine. I do the same"
    " things a language model would do here, but I understand less; if I miss something, say it in simpler words."
)
STEPS = (
    "It goes like this: you say what the film is about, I write a script in scenes of 5 or 10 seconds, you change what"
    " you like and say yes to the price. Then pictures, voices, music and clips are made side by side and cut into the"
    " film. Afterwards any piece can be made anew, and only what depends on it is cut again."
)
LOST = "I did not understand that: I am the local agent and know only plain sentences about your film. "
NOTHING = "All right, nothing is started. Tell me what to change, or say yes when you like it."
WELCOME = "You're welcome! Tell me when something should be different."


def is_thin(sentence: Sentence) -> bool:
    """There is no subject in it that a film could be about."""
    plain = sentence.plain.strip(" ?!,")
    return bool(re.fullmatch(rf"(?:{GREETING})(?: there)?", plain) or re.fullmatch(THIN, plain))


def trick(sentence: Sentence, film: Film) -> str | None:
    return REFUSAL if sentence.has(TRICKS) else None


def answer(sentence: Sentence, film: Film) -> str | None:
    return next((said for said in (topic(sentence, film) for topic in TOPICS) if said), None)


def lost(film: Film) -> str:
    return LOST + CAN


def _credits(sentence: Sentence, film: Film) -> str | None:
    if not sentence.has(r"balance|credits (?:do i|are left|left)|(?:my|enough) credits|have credits"):
        return None
    credits = film.facts["credits"]
    held = f", and {credits['held']} more are set aside for what is being made" if credits["held"] else ""
    return f"You have {credits['balance']} credits{held}."


def _who(sentence: Sentence, film: Film) -> str | None:
    asks = (
        r"who are you|are you (?:a |an )?(?:real|ai|robot|human|chatgpt|gpt|bot|person)|(?:which|what) model"
        r"|talking to (?:a|an)"
    )
    return WHO if sentence.has(asks) else None


def _help(sentence: Sentence, film: Film) -> str | None:
    return CAN if sentence.has(r"what (?:can (?:you|i)|you can)\b|help(?: me)?|my options|what else") else None


def _process(sentence: Sentence, film: Film) -> str | None:
    asks = (
        r"how does (?:this|it|that)(?: \w+)? work|the process|what happens (?:next|now|then)|how (?:is|are) (?:the |a"
        r" )?(?:video|film|films|videos) made|the steps|how do you"
    )
    return STEPS if sentence.has(asks) else None


def _script(sentence: Sentence, film: Film) -> str | None:
    asks = r"(?:what's|what is|show|list|read|which|tell|see|what are)\b.*\b(?:script|scenes)"
    if not sentence.has(asks) or sentence.named:
        return None
    lines = [f"{scene['index']}. {scene['title']} ({scene['duration']} s)" for scene in film.scenes]
    return "These are the scenes:\n" + "\n".join(lines)


def _scene(sentence: Sentence, film: Film) -> str | None:
    asks = r"(?:what (?:does|do|is|happens)|show me|describe|tell me about|read me)\b.*\bscene|what's in scene"
    if len(sentence.named) != 1 or not sentence.find(asks):
        return None
    scene = film.scene(sentence.named[0])
    told = f"Scene {scene['index']}, “{scene['title']}”, {scene['duration']} seconds. Picture: {scene['image_prompt']}."
    words = f"It says: “{scene['script']}”" if scene["script"] else "It has no words."
    return f"{told} Motion: {scene['video_prompt']}. {words}"


def _complaint(sentence: Sentence, film: Film) -> str | None:
    asks = r"(?:don't|do not) like scene|scene \d+ is (?:boring|bad|wrong|ugly|not good|terrible|strange|weird)$"
    if len(sentence.named) != 1 or not sentence.find(asks):
        return None
    return f"What should be different in scene {sentence.named[0]}: its picture, its motion, its words or its length?"


def _settings(sentence: Sentence, film: Film) -> str | None:
    if not sentence.has(r"(?:what|which) (?:voice|style|format|ratio|language|resolution|music)|how long is"):
        return None
    said, script = film.settings, film.script
    length = script["expected_duration"] if script else said["duration"]
    music = " and ".join(f"“{group['prompt']}”" for group in script["music"]) if script else "not chosen yet"
    return (
        f"The film has {length} seconds in {said['aspect_ratio']}, style {said['style']}, language {said['language']},"
        f" {said['resolution']}; the voice is {said['voice']}, captions are {said['captions']}, the music is {music}."
    )


def _thanks(sentence: Sentence, film: Film) -> str | None:
    polite = sentence.has(r"thanks|thank you|thx|cheers") and len(sentence.plain.split()) < 7
    return WELCOME if polite and not sentence.has("no|not|start|begin|go|make|generate|render|yes") else None


ALWAYS: tuple[Callable[[Sentence, Film], str | None], ...] = (_credits, _who, _help, _process)
TOPICS = (*ALWAYS, _script, _scene, _complaint, _settings, _thanks)
