"""PURE: words, numbers and scenes of an English sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from chat.llm.local import dictation
from chat.llm.local.beside_scenes import scenes_named
from chat.llm.local.into_english import LANGUAGES, in_english, tongue
from chat.llm.local.number_words import NUMBER, NUMBERS, ORDINAL, ORDINALS, place_of
from chat.llm.local.shorthand import spelled_out

_SEVERAL = re.compile(rf"\b(?:the )?({ORDINAL}) (\d+) scenes\b")
_TWO = re.compile(r"\b(swap|switch|exchange|flip) (?:the )?(first|last) 2\b(?: scenes| ones)?")
_EXCEPTED = re.compile(
    rf"\b((?:except|but not|apart from|other than)(?: for|"
    rf" in)?) (?:the )?({ORDINAL})(?: 1)?(?=\W*$)"
)
_PAIR = re.compile(rf"\b(?:the )?({ORDINAL})(?:,? and (?:the )?| with the |, the )({ORDINAL})(?: scenes?)?\b")
_ONE = re.compile(rf"(?<!\d[ -])\b(?:the )?({ORDINAL})(?: 1| of the)? scenes?\b")
_THAT_ONE = re.compile(rf"\b(?:the )?({ORDINAL}) 1\b(?! (?:scene|min|sec|hour))")
_THAT_IS = re.compile(
    rf"\b(?:the )({'|'.join(one for one in ORDINALS if one not in ('opening', 'closing', 'final'))})"
    r"(?= (?:be|is|was|should|could|needs?|must|has to|looks?|feels?)\b)"
)
"""A scene by its place alone, of which something is said: "can the 2nd be longer"."""
_LENGTH_BEHIND = re.compile(
    r"\b(longer|shorter)[,;:?!.]* ?(?:(?:like|say|maybe|perhaps|to|about|around|so|for example)\b,? ?)+"
    r"(?=\d+ ?(?:s|secs?|seconds?)\b)"
)
"""It says how long: "longer, like 8s"."""
_FRAME = re.compile(r"\bthe (intro|outro|ending)\b")
_A_PICTURE = re.compile(rf"\b(in|into|on|onto) the ({ORDINAL}) (?:picture|image|shot|frame)\b")
_BEHIND = re.compile(rf"\b(after|before|behind) the ({ORDINAL})\b(?! scene)")
_NUMBER_WORD = re.compile(rf"(?<!another )(?<!other )(?<!this )(?<!that )(?<!old )(?<!new )\b({NUMBER})\b")
ALL = re.compile(
    r"\b(all( of)?( the)? scenes|every scene|each scene|everywhere|everything|throughout|whole (film|video))\b"
)
_WITH = (
    r"with(?= (?:the )?(?:(?:scenes? ?)#?\d|#?\d+(?:\W*$|[,.;:!?]| (?:and|or|please|pls|swap\w*|exchang\w*|together|"
    r"instead|too|in|into|over)\b)))"
)
"""It joins scenes ("swap 2 with 3"), where no things are counted ("scene 3 with 2 ponies")."""
_REFERENCE = re.compile(
    r"\bscenes? ?#?(\d+)(?!\d)(?! ?(?:s|sec|secs|seconds?)\b)"
    rf"((?:(?:,? ?(?:and|&|{_WITH}|or|to|through|until|-|–|,) ?)(?:the )?(?:scenes? ?)?#?\d+"
    r"(?! ?(?:s|sec|seconds)\b))*)"
)
_STEP = re.compile(r"(and|&|with|or|to|through|until|-|–|,) ?(?:the )?(?:scenes? ?)?#?(\d+)")
_SCENES = r"(?:the )?scenes? \d+(?:,? and (?:scene )?\d+)*"
_TAKEN_OUT = re.compile(rf"\b(?:take|throw|cut|kick) ({_SCENES}) (?:out|away)\b(?! of)")
_AS_IT_IS = (
    r"(?: (?:alone|unchanged|the same|untouched|(?:as|like|the way) (?:it|they|that|this)(?: (?:is|are|was|were))?))"
)
_SPARED = (
    re.compile(
        r"^(?:i think |well,? |ok,? )*(?:scenes? \d(?:(?:, | and |, and )\d)*|the rest|the others?) (?:is|are|looks?) "
        r"(?:(?:really|all|quite|pretty|just|totally) )?(?:fine|good|great|ok(?:ay)?|perfect|nice|cool|lovely)"
        r"(?: though)?,? (?:but|only|just)[, ]+(?=\w)"
    ),
    re.compile(
        r"^(?:please |no,? |wait,? )*(?:don't|do not) (?:make|start|generate|render|begin|produce) "
        r"(?:it|anything|the (?:film|video))(?: yet| now)*[,;.! –-]+(?:(?:first|but|and|just|please|before that)[, ]+)*"
        r"(?=\w+ \w+)"
    ),
    re.compile(
        r"^(?:please |no,? )*(?:don't|do not|never) (?:change|touch|alter|remove|delete|rewrite|drop|lose|cut) "
        r"[\w' ]+?[,;.]? (?:(?:but|just|only|simply) )+(?=\w+ \w+ \w+)"
    ),
    re.compile(
        rf"^(?:please |no,? )*(?:(?:leave|keep) {_SCENES}{_AS_IT_IS}|(?:don't|do not) (?:change|touch|alter) {_SCENES}"
        rf"|not (?:in )?{_SCENES})[,;.!]* (?:and |but |just |only )*(?=\w)"
    ),
    re.compile(
        r"(?<=\w)[,;.]? (?:and |but |please |otherwise )*(?:leave|keep) (?:all )?(?:the |everything )?"
        rf"(?:music|rest|else|others?|other scenes?){_AS_IT_IS}?$|[,;.]? (?:and )?the rest (?:stays|can stay)\b.*$"
    ),
)
"""What is said to stay as it is, beside a wish: it is no part of the wish."""
_NOT_SO = re.compile(r"\b(?:don't|do not) make (.+?) (?:so|too|that|as) (\w+)$")
_ONLY_THAT = re.compile(
    r"^(?:please )?(?:don't|do not) (?:change|touch|alter) (?:the |my )?[\w ]+?,? (?:but |just |only )+(?:change )?"
    r"(?=the \w+$)"
)
_ASKED_TO_BE = re.compile(
    r"\b(?:can|could) ((?:the|my|our|her|his|their) (?!film\b|video\b|movie\b|captions?\b|subtitles?\b|length\b)"
    r"[\w' -]{1,40}?) be (?=\w)"
)
"""A polite wish: "can the cake be pink"."""
_NUMBERED = re.compile(
    r"(?<!scene )\b(?:nr|no|num|number|nummer)\b\.? ?#?(\d)\b(?!:\d)(?! ?(?:s|sec|secs|seconds?|min|minutes?|%)\b)"
)
"""A scene by its number alone: "nr 2", "number 3"."""
_BY_NUMBER = re.compile(
    r"(?<=\w)((?:,| -)? (?:but|and|while|only|just)|,|\.|;) (\d) "
    r"(?=(?:is|looks?|was|seems?|needs?|should|could|must|has)\b)"
)
"""A scene by its number behind another: "scene 1 is fine but 3 is too dark"."""
_LAST_NUMBER = re.compile(
    r"^(?!.*\b(?:scenes?|split|cut|divide|break|count)\b)(.*\w) (in|of|for|at|on) (?:the )?(\d)\W*$"
)
"""The same at a sentence's end, where no scene is named: "zoom in on her face in 3"."""
_PARTS = re.compile(r"\s*[,;.!?]+\s+|\s+(?:und|aber|dann|sowie|oder)\s+(?:(?:dann|auch)\s+)?", re.IGNORECASE)
LIKE = 0.6
RANGE = ("to", "through", "until", "-", "–")


@dataclass(frozen=True)
class Sentence:
    """`plain` is lower case, with numbers in digits and scenes as `scene 3`; `said` is as it was written. Of a film
    with a script, what is dictated is sealed in both."""

    said: str
    plain: str
    count: int
    """Of scenes in the film."""
    whole: str = ""
    """All that was said, where this is a clause of it; in plain words too."""
    language: str = "en"
    """That it was said in."""

    @property
    def named(self) -> list[int]:
        """The places of the scenes that are named, in order, without doubles; those that do not exist too."""
        return places_in(self.plain)

    @property
    def is_about_all(self) -> bool:
        return bool(ALL.search(self.plain))

    @property
    def scenes(self) -> list[int]:
        """The scenes it is about: those it names, or all where it says so."""
        return self.named or (list(range(1, self.count + 1)) if self.is_about_all else [])

    @property
    def strangers(self) -> list[int]:
        """Named scenes that the film has not."""
        return [place for place in self.named if not 1 <= place <= self.count]

    def has(self, pattern: str) -> bool:
        return bool(re.search(rf"\b(?:{pattern})\b", self.plain))

    def find(self, pattern: str) -> re.Match[str] | None:
        return re.search(rf"\b(?:{pattern})", self.plain)

    @property
    def without_scenes(self) -> str:
        """The plain words, each reference to scenes left out with its preposition."""
        pattern = (
            rf"(?:\b(?:in|of|for|from|to|into|on|during|at)\s+)?(?:the )?(?:{_REFERENCE.pattern}|{ALL.pattern})('s)?"
        )
        return " ".join(re.sub(pattern, " ", self.plain).split())

    @property
    def quoted(self) -> str | None:
        own = self.plain if dictation.is_sealed(self.plain) else self.said
        found = re.search(r"[\"“„«](.+?)[\"”“»]", own)
        return dictation.opened(found[1].strip()) if found else None

    def as_said(self, plain: str) -> str:
        """Some of the sentence's words as they were written, where they can be found."""
        said = re.sub(r" (?:hinzu|dazu|ein)(?=,|$)", "", self.said) if self.language == "de" else self.said
        place = said.lower().find(plain)
        if place >= 0 and plain:
            return said[place : place + len(plain)]
        wanted, words = plain.split(), said.split()
        size = len(wanted)
        told = self._told(words)
        spans = [
            (max(_alike(words[at : at + size], wanted), _alike(told[at : at + size], wanted)), -at)
            for at in range(len(words) - size + 1)
        ]
        alike, at = max(spans, default=(0, 0))
        if alike and alike * 2 >= size:
            return " ".join(words[-at : -at + size])
        is_translated = self.language != "en" and self.plain.endswith(plain) and wanted
        return self._from(wanted[0], words) if is_translated else plain

    def _told(self, words: Sequence[str]) -> list[str]:
        """Words of another language, each in English where the tables have it alone."""
        known = tongue(self.language).words if self.language in LANGUAGES else {}
        return [known.get(word.lower(), word) for word in words]

    def in_their_words(self, clause: str) -> str:
        """A clause of the plain sentence as it was written in another language."""
        if self.language == "en":
            return self.as_said(clause)
        parts = [part for part in _PARTS.split(self.said) if part and part.strip()]
        likeness = {part: _likeness(read(part, self.count, self.language).plain, clause) for part in parts}
        best = max(likeness, key=lambda part: likeness[part], default="")
        return best.strip(" .!") if likeness.get(best, 0) >= LIKE else self.as_said(clause)

    def _from(self, first: str, words: list[str]) -> str:
        """Read from this word on, where the rest was said in another language."""
        places = [place for place, word in enumerate(words) if word.lower().strip(' ,.;:!?"“„”') == first]
        return " ".join(words[places[-1] :]) if places else " ".join([first, *self.plain.partition(first)[2].split()])


_OTHERS = (
    r"(?:my|other|mein\w*|andere|her|his|our|unsere?|people|anyone|somebody|someone|everyone|everybody|anybody|jeder|"
    r"jemand)"
)
_PERCEIVES = r"(?:see|watch|hear|view|read|download|open|sehen|hören|ansehen|anschauen|lesen|gucken)"
_ASKED = re.compile(
    r"^(?:and |und |so |but |aber |hey |ok |also )*(?:will (?!you\b)|does |did |do (?:i|we|they|people) |"
    r"(?:what if|should|shall|soll|sollte|may|darf) (?:i|ich|we|wir) |was (?:ist|passiert|wäre),? wenn |"
    r"(?:just |please |simply )*(?:tell|read) (?:me|us) (?:what|how|which|who|where|when)\b|"
    r"how (?:loud|fast|old|big|slow|dark|bright) (?:is|are|was) |what happens (?:if|when) |"
    r"how (?:many|long) (?:words|sentences|scenes|people|does|do|is|are|will|can)\b|"
    rf"(?:can|could|may|will|kann|darf|können) {_OTHERS}\b.*\b{_PERCEIVES}\b|wird (?!die szene|szene)|wie ?viele )"
    r"[^,;.!]*\??$",
    re.IGNORECASE,
)
"""A question by its form, whether its mark is there or not."""


_EITHER = re.compile(
    r"\b(?:before or after|vor oder nach|davor oder danach|antes o después|avant ou après|prima o dopo|"
    r"antes ou depois)\b[^,;.!]*\?$",
    re.IGNORECASE,
)
"""A question by what it leaves open: "does the moon come before or after mars?"."""


def is_plainly_asked(said: str) -> bool:
    """Tell whether it is one question about the film, from its first words on."""
    return _ASKED.match(said.strip()) is not None or _EITHER.search(said) is not None


def places_in(plain: str) -> list[int]:
    found = [place for reference in _REFERENCE.finditer(plain) for place in _places(reference)]
    return list(dict.fromkeys(found))


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _alike(words: list[str], wanted: list[str]) -> int:
    return sum(one.lower().strip(' ,.;!?"“”') == other for one, other in zip(words, wanted, strict=True))


def read(said: str, count: int, language: str = "en") -> Sentence:
    said = dictation.sealed(said) if count else said
    english = in_english(said.lower().replace("’", "'"), language)
    plain = spelled_out(english).replace("voice over", "voice-over").replace("voiceover", "voice-over")
    plain = plain.replace("close up", "close-up").replace("closeup", "close-up").replace("sub-title", "subtitle")
    plain = _with_places(plain, count)
    plain = _without_exceptions(re.sub(r"(\d) ?\+ ?(\d)", r"\1 & \2", plain), count)
    plain = _ASKED_TO_BE.sub(r"\1 should be ", _without_spared(plain))
    plain = re.sub(r"^.*\bi mean,? ", "", " ".join(plain.replace("…", " ").split())).strip(" .!")
    return Sentence(said.strip(), plain, count, plain, language)


_BARE = re.compile(
    r"^((?:please |can you |could you |make |set |have )*)(\d{1,2}) (?=(?:(?:a bit|a little|a lot|much|way|slightly|"
    r"somewhat|even|etwas|ein bisschen|viel) )*(?:\w{3,}er|at (?:night|dawn|dusk|sunset|sunrise)|less \w+)"
    r"(?:\W*$|[,.;!]| (?:and|but|please|pls|too)\b))"
)
"""The number of a scene alone, before what it is to be: "make 2 a bit darker"."""


def _bare(found: re.Match[str], count: int) -> str:
    return f"{found[1]}scene {found[2]} " if 0 < int(found[2]) <= count else found[0]


def _with_places(plain: str, count: int) -> str:
    """Write every scene by its number, however it was called: "the second to last one" → "scene 4"."""
    plain = _BARE.sub(lambda found: _bare(found, count), plain)
    plain = _NUMBERED.sub(r"scene \1", plain) if count else plain
    plain = _SEVERAL.sub(lambda found: _span(found, count), _NUMBER_WORD.sub(_digits, plain))
    plain = _BY_NUMBER.sub(r"\1 scene \2 ", plain) if count and "scene" in plain else plain
    plain = _LAST_NUMBER.sub(lambda found: _numbered_last(found, count), plain)
    plain = _NUMBERED.sub(r"scene \1", plain) if count else plain
    plain = _A_PICTURE.sub(lambda found: f"{found[1]} the picture of scene {place_of(found[2], count)}", plain)
    plain = _TWO.sub(
        lambda found: f"{found[1]} scenes {'1 and 2' if found[2] == 'first' else f'{count - 1} and {count}'}", plain
    )
    plain = _EXCEPTED.sub(lambda found: f"{found[1]} scene {place_of(found[2], count)}", plain) if count else plain
    plain = _PAIR.sub(lambda found: f"scenes {place_of(found[1], count)} and {place_of(found[2], count)}", plain)
    plain = _ONE.sub(lambda found: f"scene {place_of(found[1], count)}", plain)
    plain = _THAT_ONE.sub(lambda found: f"scene {place_of(found[1], count)}", plain)
    plain = _THAT_IS.sub(lambda found: f"scene {place_of(found[1], count)}", plain) if count else plain
    plain = _LENGTH_BEHIND.sub(r"\1 ", plain)
    plain = _TAKEN_OUT.sub(r"remove \1", plain)
    plain = _FRAME.sub(lambda found: f"scene {1 if found[1] == 'intro' else count}", plain)
    plain = _BEHIND.sub(lambda found: f"{found[1]} scene {place_of(found[2], count)}", plain)
    return scenes_named(plain, count) if count else plain


def _numbered_last(found: re.Match[str], count: int) -> str:
    is_scene = 0 < int(found[3]) <= count
    return f"{found[1]} {found[2]} scene {found[3]}" if is_scene else found[0]


def _without_spared(plain: str) -> str:
    for spared in _SPARED:
        plain = spared.sub("", plain)
    plain = _NOT_SO.sub(r"make \1 less \2", plain)
    return _ONLY_THAT.sub("change ", plain)


_WHOLE = re.compile(
    rf"{ALL.pattern}|\b(?:all of them|all|(?<=make )(?:it|the film|the video)|the (?:whole|"
    rf"entire) thing)\b"
)
"""The thing that changes, where scenes are excepted from a change."""
_LEFT = (
    r"(?:but|and|only|just) (?:please )?(?:leave|keep|spare|skip|don't (?:touch|change))(?: out| alone)?"
    r"(?: the (?:words|text|narration|picture|music) (?:of|in|from))?"
)


def _without_exceptions(plain: str, count: int) -> str:
    """ "Everything except scene 1" are the others."""
    found = re.search(
        rf",? ?\b(?:except|but not|apart from|other than|besides|(?<=\beverything )but|(?<=\bscenes )but|{_LEFT})"
        rf"(?: for| in)? ((?:the )?{_REFERENCE.pattern[2:]})(?:{_AS_IT_IS}|(?: (?:out|alone|untouched|be|please)))*",
        plain,
    )
    if not found or not (_WHOLE.search(plain) or found[0].strip(" ,").startswith("except")):
        return plain
    if _PRAISED.match(plain):
        return _blamed(found[1], plain[found.end() :])
    gone = places_in(found[1])
    others = [str(place) for place in range(1, count + 1) if place not in gone]
    rest = plain[: found.start()] + plain[found.end() :]
    if not others:
        return plain
    where = f"scenes {', '.join(others)}"
    return _WHOLE.sub(where, rest, count=1) if _WHOLE.search(rest) else f"{rest} in {where}"


_PRAISED = re.compile(
    r"^(?:i (?:like|love) )?(?:everything|all(?: the| of the)?(?: scenes)?|the rest)(?: else)?"
    r"(?: (?:is|are|looks?|was|seems))?(?: (?:fine|good|great|ok|okay|perfect|nice|cool|lovely|super|toll))?,? "
    r"(?:except|but not|apart from|other than|besides)"
)


def _blamed(scene: str, fault: str) -> str:
    """ "Everything is fine except scene 3, it's too dark" is said of scene 3."""
    said = re.sub(
        r"^[,;.!: –-]*(?:(?:because|and|that one|which|it|that|this|the|there)(?:'s| is)? )+", "", fault
    ).strip()
    return f"{scene} is {said}" if said else f"i don't like {scene}"


def _digits(found: re.Match[str]) -> str:
    return str(NUMBERS[found[1].replace("-", " ")])


def _span(found: re.Match[str], count: int) -> str:
    wanted = int(found[2])
    first = 1 if ORDINALS[found[1]] > 0 else count - wanted + 1
    return f"scenes {first} to {first + wanted - 1}" if wanted > 1 else f"scene {first}"


def _places(reference: re.Match[str]) -> Iterator[int]:
    last = int(reference[1])
    yield last
    for step, number in _STEP.findall(reference[2]):
        place = int(number)
        yield from range(last + 1, place + 1) if step in RANGE and place - last < 100 else [place]
        last = place
