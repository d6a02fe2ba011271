"""PURE: edits of what a scene shows and says and how it moves. All that a sentence asks of a scene becomes one edit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from chat.llm.local import german_dictation, into_english, said_or_shown, slots, weather_words
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.scene_words import WORDS, of_scene
from chat.llm.local.steps import Found, Step, step
from chat.llm.local.weather_words import HOURS
from pipeline.film.script import TRANSITIONS as NAMES

WEATHER = r"rain\w*|snow\w*|fog\w*|mist\w*|storm\w*|sunny|cloudy|windy|thunder\w*"
TONES = (
    r"darker|brighter|lighter|warmer|colder|moodier|gloomier|(?:more|less) (?:colou?rful|dramatic"
    r"|realistic|cheerful|mysterious|detailed|modern|futuristic|romantic|cozy|scary|epic|crowded"
    r"|saturated|vivid)"
)
OPPOSITES = (
    ("darker", "brighter|lighter"),
    ("warmer", "colder"),
    (r"less colou?rful", r"more colou?rful"),
    (r"less crowded", r"more crowded"),
)
COLOURS = r"(?:in )?(?:black and white|black & white|sepia|monochrome)"
SHOTS = (
    r"(?:extreme )?close-up|wide shot|wide angle|aerial(?: view| shot)?|drone shot|bird's[- ]eye view"
    r"|from above|from below|over the shoulder"
)
MOVES = (
    r"zoom(?:s|ing)? in|zoom(?:s|ing)? out|pan(?:s|ning)? (?:left|right|up|down)|tilt(?:s|ing)? (?:up"
    r"|down)|push(?:es|ing)? in|pull(?:s|ing)? (?:back|out)|orbit\w*|dolly\w*|(?:static|still|fixed)"
    r" camera|handheld|shak(?:y|ing)"
)
PACES = {
    "in slow motion, slowly": r"too (?:fast|quick|hectic)|"
    r"slower|slow motion|slow(?:ed)? (?:\w+ )?(?:\w+ )?down|slow mo|calmer|more slowly",
    "fast, with quick movement": r"too slow|faster|quicker|speed(?:ed)? (?:\w+ )?(?:\w+ )?up|more speed|more quickly",
}
SAID_TRANSITIONS = {
    "none": r"hard cuts?|straight cuts?|direct cuts?|(?:no|without(?: an?| any)?|(?:remove|drop|skip|lose|kill) the) "
    r"(?:transitions?|fades?|dissolves?|cross-?fades?|cross-?dissolves?|slides?|wipes?)",
    "fade_black": r"fade (?:to|through|from) black",
    "fade": r"fades?",
    "dissolve": r"dissolves?|cross-?fades?|cross-?dissolves?",
    "slide_right": r"slides? (?:to the )?right",
    "slide_up": r"slides? up",
    "slide_down": r"slides? down",
    "slide_left": r"slides?",
    "wipe_right": r"wipes? (?:to the )?right",
    "wipe_left": r"wipes?",
    "circle_open": r"circles?|iris",
    "zoom_in": r"zoom transition",
}


def transition_words(name: str) -> str:
    """Return the words that wish for a transition; of one without words of its own it is the name that scripts have."""
    return SAID_TRANSITIONS.get(name) or rf"{name.replace('_', ' ')} transitions?"


TRANSITIONS = {name: transition_words(name) for name in dict.fromkeys((*SAID_TRANSITIONS, *NAMES))}
LESS = (
    r"(?:remove|take|no(?! (?:wait|sorry|rather|better|actually|keep|leave|don't|do|not|i|that|it|more|need|"
    r"problem|take|remove|delete|drop|get|put|make|add|change)\b)|without|get rid of|delete|leave out|drop)"
    r"(?: the| any| all)? (.+?)(?: out)?(?: of| from| in| please|$)"
)
NONE_OF_IT = (
    r"(?:please )?(?:no|without(?: any)?) (?:more )?(?:people|persons?|humans?|faces?|animals?|dogs?|cats?|"
    r"cars?|children|"
    r"kids|men|women|blood|violence|guns?|weapons?|smoke|clouds?|rain|snow|text|words in the picture|logos?)"
    r"(?: (?:or|and) \w+)?(?: please| at all| anywhere)?$"
)
"""What is to be seen nowhere, without a scene it is for."""
DENIED = r"no (?:the )?scenes? \d"
"""A no to what was before, and then a scene: nothing is to go."""
_ENDS = (
    r"(?: (?:to|in|into)(?= (?:it|there|that|here|(?:the |my |this )?(?:pictures?|images?|scenes?|shots?|film|video|"
    r"frame|story)\b)|\W*$)| to(?= (?:make|give|look|be|have)\b)|,|$)"
)
"""Where what is to be seen is told: before the picture that it goes into, not before "in a yellow vest"."""
ADDED = (
    r"(?:add|put|place|include|insert)(?: also)? ((?:a|an|some|more|another|\d+|the) .+?|"
    r"(?!captions|subtitles|credits|scenes|words)[a-z]{3,}s)"
    rf"{_ENDS}"
)
NEEDED = rf"(?:needs?|shows?|should have|has) ((?:an?|some|two|three|\d+) .+?){_ENDS}"
ANY_TRANSITION = rf"\b(?:{'|'.join(TRANSITIONS.values())})\b"
ANY_WORD_OF_IT = rf"transitions?|{'|'.join(TRANSITIONS.values())}"
BETWEEN = r"between (?:scenes? )?(\d+) and (?:scene )?(\d+)"
THING = (
    r"^(?:please |maybe |also |with )*((?:\d+|an?|some|many|several|lots of) (?!different|new|other|bit|little|better|"
    r"second|more)[a-z][\w' -]*?) (?:in|into|to|for) (?:the )?scenes? \d+(?: please)?$"
)
"""Named without a verb: "10 people in scene 3"."""
LEADING = r"scenes? \d+ ?: ?((?:an?|the|some|\d+) [^,:;]+),"
"""What comes first behind a colon, before other wishes: "scene 1: a cat, slower"."""
ANOTHER = r"(?:change|turn|make) scene \d+ (?:to|into) ((?:an? |the )?.+)"
INSTEAD = (
    r"(?:show|have|be|with|see|use|want|put) (?P<new>(?:the |an? |some )?[^,;]+?) instead of (?:the |an? |some )?"
    r"(?P<old>[^,;]+)"
)
REPLACE = r"replace (?:the |an? )?(.+?) (?:with|by) (.+)"
MORE = (
    r"(?:add|put|place|include|show|insert|have|see|needs|need|want|with|be)(?: also)? ((?:a|an|some|more"
    r"|another|two|three|\d+|the) .+?|(?!captions|subtitles|credits|scenes|words)[a-z]{3,}s)"
    rf"{_ENDS}"
)
FREE = (
    r"(?:make|set|turn|let|change)?(?: scene)? ?(?:\bto\b|look|looks|should be|should look|should have"
    r"|take place|into|with|be)?\s*(.+)"
)
NOISE = re.compile(
    r"\b(?:please|can you|could you|would you|i want|i'd like|i would like|to see|make|set|let|it|should|be|look|looks"
    r"|(?:begin|start|open)s? with"
    r"|and|the|but|also|again|anew|take place|playing|happen|happens|darken|i mean|is|needs?|there|are|too)\b|[.,;:!?]"
)


TOO = {
    r"too dark|not bright enough|so dark": "brighter", r"too (?:bright|light)|so bright|not dark enough": "darker",
    r"too (?:cold|cool|blue)": "warmer", r"too (?:warm|yellow|orange)": "colder",
    r"too (?:crowded|full|busy)": "less crowded", r"too (?:colou?rful|bunt|garish)": "less colourful",
    r"too (?:pale|grey|gray)": "more colourful",
}  # fmt: skip
"""What is said to be too much of in a picture, and what it is to be."""


OURS = "|".join([HOURS, WEATHER, TONES, SHOTS, *TOO.values()])


ALIKE_LONG = r"(?:equally|just as|all as) long|(?:same|equal) (?:length|duration)|evenly (?:long|timed)"


def edits(sentence: Sentence, film: Film) -> Iterator[Step]:
    places = sentence.scenes
    if len(places) > 1 and sentence.has(ALIKE_LONG):
        seconds = sum(film.scene(place)["duration"] for place in places)
        each = film.length_near(round(seconds / len(places)))
        yield from (step("edit_scene", scene=place, duration=each) for place in places)
        return
    if (between := sentence.find(BETWEEN)) and sentence.has(ANY_WORD_OF_IT):
        places = [int(between[2])]
    elif not places and sentence.has(TRANSITIONS["none"]):
        places = film.places
    asked = Asked(sentence, near=film.length_near)
    for place in places:
        changes = asked.of(film.scene(place))
        if changes:
            yield step("edit_scene", scene=place, **changes)


def asks_where(sentence: Sentence, film: Film) -> Found:
    """Something to be seen, without a scene it is for; it is for the only one where there is one."""
    said = "|".join([HOURS, WEATHER, TONES, SHOTS, MOVES, *PACES.values(), *TRANSITIONS.values(), *TOO])
    bigger = r"make (?:the|his|her|its|my) (?:[\w-]+ ){1,3}?(?:bigger|smaller|larger|taller|prettier|younger|older)$"
    things = rf"{bigger}|{REPLACE}|{INSTEAD}|{ADDED}|(?:remove|delete|take out|get rid of) (?:the|that) \w+"
    if sentence.scenes or not (sentence.has(said) or sentence.find(things)):
        return None
    is_question = sentence.find(r"(?:what|why|when|how|who|is|are|does)\b.*\?$")
    if is_question:
        return None
    only = replace(sentence, plain=f"{sentence.plain} in scene 1") if len(film.places) == 1 else None
    return (list(edits(only, film)) if only else None) or film.say("ask.scene")


def unwanted_anywhere(said: str, film: Film) -> Found:
    """ "No people": something is to be seen nowhere; it is no answer to anything."""
    is_one = film.script and re.match(NONE_OF_IT, said.lower().strip(" .!"))
    return film.say("ask.scene") if is_one else None


def said_or_seen(sentence: Sentence, film: Film) -> Found:
    """ "Scene 2: a cat on a roof" does not tell which."""
    found = re.match(r"scene (\d+) ?[:–-]+ ?“?(\w[^“”]*|[^“”]+)”?$", sentence.plain)
    if found is None:
        return None
    return said_or_shown.question(film, int(found[1]), sentence.as_said(found[2].strip(" .")).rstrip(" ."))


A_PLACE = (
    r"(?:(?:and|then|please|now|put|place|set|have) )*"
    r"scenes? \d+[:,]? (?:in|at|on|under|inside|near|by) (?:an?|the|une?|una|uma|el|la|le|il|o|einer|einem|der|dem) "
    r"(?!end|beginning|start|front|back|middle|top|"
    r"bottom|film|video|script|same|minute|second|moment|hour|bit|different|new|other)"
)
SENTENCE = r"(?:an?|some|another|more|the|one|1) (?:\w+ )?(?:sentences?|lines?|words?|phrases?)\b"
"""To be said, not to be seen."""
LASTING = r"\d+ ?(?:s|secs?|seconds?)\b"


LengthNear = Callable[[int], int]


def usual_length(seconds: int) -> int:
    return 10 if seconds > 7 else 5


LONG_S, SHORT_S, STEP_S = 10, 5, 2
"""The length of a scene that is to be longer or shorter, and by how much more where it is so already."""


class Asked:
    """The changes that a sentence asks of a scene, whichever scene it is."""

    def __init__(self, sentence: Sentence, *, freely: bool = True, near: LengthNear = usual_length) -> None:
        """`near` is the length that a scene may have nearest to what is asked for."""
        self.sentence, self.freely, self.near = sentence, freely, near

    def of(self, scene: dict[str, Any] | Any) -> dict[str, Any]:
        """Nothing where words in another language are to be spoken, but not which can be told."""
        spoken = of_scene(self.sentence, scene)
        if not spoken and self.sentence.language != "en" and self.sentence.has("says?"):
            return {}
        return spoken or {**self._duration(scene), **self._transition(), **self._prompts(scene)}

    def _duration(self, scene: Any) -> dict[str, Any]:
        sentence = self.sentence
        now = int(scene["duration"])
        if changed := slots.changed_by(sentence.plain, now):
            return {"duration": self.near(changed)}
        if found := sentence.find(r"(\d+) ?(?:s|sec|secs|seconds?)\b"):
            return {"duration": self.near(int(found[1]))}
        if sentence.has(WORDS):
            return {}
        if sentence.has("longer|lengthen|extend|too short"):
            return {"duration": self.near(max(LONG_S, now + STEP_S))}
        return {"duration": self.near(min(SHORT_S, now - STEP_S))} if sentence.has("shorter|shorten|too long") else {}

    def _transition(self) -> dict[str, Any]:
        if self.sentence.has("fade in|zoom in"):
            return {}
        return next(({"transition": name} for name, words in TRANSITIONS.items() if self.sentence.has(words)), {})

    def _prompts(self, scene: Any) -> dict[str, Any]:
        """Pace and camera go to the motion, everything else to the picture."""
        moves = [way for way, words in PACES.items() if self.sentence.has(words)]
        moves += [found[0] for found in re.finditer(rf"\b(?:a slow )?(?:{MOVES})(?: slowly)?\b", self.sentence.plain)]
        seen = [one for one in self._seen() if not weather_words.is_denied(one, self.sentence.plain)]
        if self.freely and not (moves or seen or self._duration(scene) or self._transition()):
            seen = self._freely()
        if found := self.sentence.find(REPLACE):
            return {"image_prompt": _replaced(scene["image_prompt"], found[1], found[2].strip(" .?!"))}
        found = re.search(rf"\b{INSTEAD}", self.sentence.without_scenes)
        if found and not weather_words.is_one(found["old"]):
            return {"image_prompt": _replaced(scene["image_prompt"], found["old"].strip(" .?!"), found["new"])}
        if found := self.sentence.find(ANOTHER):
            return {"image_prompt": self.sentence.as_said(found[1].strip(" .?!"))}
        changes = {}
        if moves:
            changes["video_prompt"] = paced(scene["video_prompt"], moves)
        if seen:
            kept = weather_words.without_denied(scene["image_prompt"], self.sentence.plain)
            changes["image_prompt"] = seen_too(kept, self._in_their_words(seen))
        return changes

    def _in_their_words(self, seen: list[str]) -> list[str]:
        """A wish in another language stays in it where its English would be half one and half the other."""
        if self.sentence.language != "de":
            return seen
        return [one if re.fullmatch(OURS, one) else german_dictation.picture(one, self.sentence) for one in seen]

    def _seen(self) -> list[str]:
        gone = re.search(rf"\b(?:{LESS})", self.sentence.without_scenes)
        if gone and not self._transition() and not self.sentence.find(DENIED):
            return [f"without {gone[1].strip()}"]
        looks = [self.sentence.find(rf"(?:{words})\b") for words in (HOURS, WEATHER, COLOURS)]
        tones = [*re.finditer(rf"\b(?:{TONES})\b", self.sentence.plain), self.sentence.find(rf"(?:{SHOTS})\b")]
        found = list(dict.fromkeys(_hour(look[0]) for look in (*looks, *tones) if look))
        found += [better for words, better in TOO.items() if self.sentence.has(words) and better not in found]
        if found and (shot := self.sentence.find(rf"(?:{SHOTS}) of [\w' -]+?(?= and |[,.;]|$)")):
            found[-1] = shot[0]
        if not found and not self._transition() and (thing := self.sentence.find(THING)):
            return [f"with {thing[1].strip()}"]
        if found and self.sentence.language == "de":
            found += german_dictation.places(self.sentence)
        if (thing := re.match(LEADING, self.sentence.plain)) and not re.search(f"{SHOTS}|{HOURS}|{TONES}", thing[1]):
            found.append(f"with {thing[1].strip()}")
        plain = self.sentence.without_scenes
        more = re.search("(‹[^›]+›)", plain) or re.search(rf"\b(?:{ADDED if found else MORE})", plain)
        more = more or (_needed(plain) if found else None)
        if more and re.match(SENTENCE, more[1]):
            return found
        if more and not re.match(LASTING, more[1]) and not (self._transition() and re.search(ANY_TRANSITION, more[1])):
            return _with_more(found, more[1].strip(" .?!"))
        behind = re.search(_BEHIND_AN_HOUR, plain)
        return _with_more(found, behind["more"].strip()) if behind and not re.search(_NOT_SEEN, behind[0]) else found

    def _freely(self) -> list[str]:
        """Whatever else was said of the scene is put into its picture as it is."""
        if self.sentence.has(WORDS):
            return []
        left = " ".join(NOISE.sub(" ", self.sentence.without_scenes).split())
        wishes = r"\b(?:make|set|should|let|turn|needs?|want|with)\b"
        is_wish = re.search(wishes, self.sentence.plain) or re.match(A_PLACE, self.sentence.plain)
        return [left] if len(left) > 2 and is_wish and not into_english.is_left(left, self.sentence.language) else []


_BEHIND_AN_HOUR = (
    rf"\b(?:{HOURS}),? with (?P<more>[\w' -]+?)(?= and (?:no|the|make|use|put|set|add|scene|change|turn|it)\b|"
    r" (?:please|pls)\b|[,.;!?]|\W*$)"
)
"""What is to be seen at that hour: "at night with fireworks"."""
_NOT_SEEN = rf"\b(?:music|voices?|narrat\w+|captions?|subtitles?|{SHOTS}|{TONES}|{WEATHER}|{COLOURS})\b"


def _needed(plain: str) -> re.Match[str] | None:
    """Find what a scene needs beside its weather: "a kid in the rain"; no other look or hour."""
    found = re.search(rf"\b{NEEDED}", plain)
    is_look = found and re.search(rf"\b(?:{TONES}|{HOURS}|{SHOTS}|{COLOURS}|look|light)\b", found[1])
    return None if is_look else found


def _with_more(found: list[str], more: str) -> list[str]:
    """The weather that is added is said once: "put some rain in" is rain, and "add fog over the sea" is all of that."""
    within = [one for one in found if re.fullmatch(WEATHER, one) and re.search(rf"\b{re.escape(one)}\b", more)]
    bare = re.sub(r"^(?:some|a (?:bit|little|lot) of|lots of|more|much|any|light|the)\b ?", "", more)
    if bare in within:
        return found
    how = re.fullmatch(r"(?:a (?:little )?(?:bit|little|lot|touch) |much |somewhat |slightly |way )?(\w+er)", more)
    return [*(one for one in found if one not in within), how[1] if how else f"with {more}"]


def _hour(word: str) -> str:
    if re.match(r"(?:back |to |at )+day", word):
        return "in daylight"
    return f"at {word}" if word in ("night", "dawn", "sunrise", "sunset", "dusk") else word


def seen_too(prompt: str, phrases: list[str]) -> str:
    """Add to a picture the phrases that it lacks; one like "darker" is added again, because more of it is meant."""
    new = [one for one in phrases if re.fullmatch(r"\w+er", one) or not re.search(rf"\b{re.escape(one)}\b", prompt)]
    return _joined(_without_rivals(prompt, new), new) if new else prompt


VERY = {
    "in slow motion, slowly": "in very slow motion, very slowly",
    "fast, with quick movement": "very fast, with very quick movement",
}


def paced(prompt: str, moves: Sequence[str]) -> str:
    """A motion with these moves: one pace takes the place of the other, and one said again is meant more, once."""
    for pace in (move for move in moves if move in VERY):
        for other, very in VERY.items():
            if other != pace:
                prompt = _without(_without(prompt, very), other)
        if VERY[pace] not in prompt:
            prompt = (
                re.sub(rf"{re.escape(pace)}(?:, {re.escape(pace)})*", VERY[pace], prompt)
                if pace in prompt
                else (_joined(prompt, [pace]))
            )
    return _joined(prompt, [move for move in moves if move not in VERY])


def _without(prompt: str, phrase: str) -> str:
    return re.sub(rf"(?:^|, ){re.escape(phrase)}(?=,|$)", "", prompt).strip(" ,")


def _joined(prompt: str, more: list[str]) -> str:
    """Join them: what is said again is meant more, darker than darker is much darker."""
    parts = prompt.rstrip(" .,").split(", ")
    for phrase in dict.fromkeys(more):
        if phrase not in parts:
            parts.append(phrase)
        elif re.fullmatch(r"\w+er", phrase):
            parts[parts.index(phrase)] = f"much {phrase}"
    return ", ".join(parts)


def _replaced(prompt: str, old: str, new: str) -> str:
    """Put it in its place where it is spoken of, otherwise behind the rest."""
    bare = re.sub(r"^(?:an?|the) ", "", new, flags=re.IGNORECASE)

    def named(found: re.Match[str]) -> str:
        """ "A small fishing boat" becomes "a small fishing ship", with its own article."""
        return new if found["article"] else bare

    told = rf"\b(?P<article>an? |the )?{re.escape(old)}\b"
    changed = re.sub(told, named, prompt, flags=re.IGNORECASE)
    return changed if changed != prompt else _joined(prompt, [f"with {new} instead of {old}"])


def _without_rivals(prompt: str, more: list[str]) -> str:
    """A new hour or weather replaces the old one, and so does the contrary: brighter what was to be darker."""
    for one, other in OPPOSITES:
        for worse, come in ((one, other), (other, one)):
            if any(re.search(rf"\b(?:{come})$", phrase) for phrase in more):
                prompt = re.sub(rf",? ?\b(?:much )?(?:{worse})(?=,|$)", "", prompt, flags=re.IGNORECASE)
    for words in (HOURS, weather_words.WEATHER):
        if any(re.search(rf"\b(?:{words})\b", phrase) for phrase in more):
            prompt = weather_words.LIGHT.sub("", prompt) if words is HOURS else prompt
            prompt = weather_words.without(prompt, words)
    return re.sub(r" {2,}", " ", prompt).lstrip(" .;:").strip(" ,") or "The same place"
