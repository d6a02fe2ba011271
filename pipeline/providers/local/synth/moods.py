"""PURE: the makings of moods and styles of music, as data."""

from __future__ import annotations

from dataclasses import dataclass

SCALES: dict[str, tuple[int, ...]] = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "harmonic minor": (0, 2, 3, 5, 7, 8, 11),
}


@dataclass(frozen=True)
class Mood:
    words: str
    scales: tuple[str, ...]
    bpm: tuple[int, int]
    chords: tuple[tuple[int, ...], ...]
    """Four bars each: steps of the scale, 0 is the tonic."""
    colour: int
    """Notes of a chord: 3 plain, 4 with its seventh; 5 adds the ninth in place of it."""
    pad: str
    pluck: str
    lead: str
    bass: str
    """Instrument and pattern, `round whole`."""
    drums: str
    density: float
    """0 to 1, how much the plucked part plays."""
    room: float
    """0 to 1, how much of the hall is heard."""


MOODS: dict[str, Mood] = {
    "inspiring": Mood(
        r"inspir\w*|uplift\w*|hope\w*|motivat\w*|optimis\w*|triumph\w*|confident|determin\w*|radiant|bright opening",
        ("major",), (92, 108), ((0, 4, 5, 3), (5, 3, 0, 4), (3, 0, 4, 5), (0, 2, 3, 4)), 5,
        "strings", "piano", "strings lead", "round pulse", "light", 0.8, 0.45,
    ),
    "calm": Mood(
        r"calm\w*|peace\w*|relax\w*|seren\w*|gentle|gently|sooth\w*|restful|quiet|tranquil\w*|soft close",
        ("major", "lydian"), (64, 76), ((0, 3, 5, 3), (0, 5, 3, 4), (3, 0, 1, 3), (0, 1, 3, 0)), 5,
        "warm", "piano", "flute", "round whole", "none", 0.4, 0.6,
    ),
    "ambient": Mood(
        r"ambient|atmospher\w*|ethereal|dream\w*|cosmic|float\w*|meditat\w*|wonder\w*|awe|vast|space|airy|drift\w*",
        ("lydian", "dorian"), (58, 70), ((0, 1, 0, 3), (0, 3, 5, 1), (0, 5, 3, 3)), 5,
        "choir", "bell", "none", "sub drone", "none", 0.3, 0.8,
    ),
    "happy": Mood(
        r"happ\w*|joy\w*|cheer\w*|upbeat|sunny|fun|celebrat\w*|festive|catchy|fresh|dancing|lively",
        ("major",), (108, 122), ((0, 3, 0, 4), (0, 4, 5, 3), (0, 5, 3, 4), (3, 4, 0, 5)), 3,
        "warm", "guitar", "glockenspiel", "round bounce", "pop", 0.85, 0.3,
    ),
    "playful": Mood(
        r"playful\w*|quirk\w*|whims\w*|funny|comic\w*|child\w*|cartoon\w*|cheeky|bouncy|silly|mischiev\w*",
        ("major", "mixolydian"), (104, 120), ((0, 3, 4, 0), (0, 1, 4, 0), (0, 5, 1, 4), (0, 3, 0, 4)), 3,
        "none", "pizzicato", "music box", "upright bounce", "playful", 0.7, 0.3,
    ),
    "curious": Mood(
        r"curi\w*|thoughtful|clever|explain\w*|documentary|explor\w*|discover\w*|educat\w*|corporate|learn\w*|scien\w*",
        ("major", "mixolydian", "lydian"), (92, 106), ((0, 3, 5, 4), (0, 1, 3, 0), (5, 3, 0, 4), (0, 4, 1, 3)), 5,
        "warm", "marimba", "flute", "round pulse", "light", 0.75, 0.4,
    ),
    "sad": Mood(
        r"sad\w*|melanchol\w*|somber|sombre|sorrow\w*|grie\w*|lonel\w*|mourn\w*|tears?|loss|bittersweet",
        ("minor",), (62, 74), ((0, 5, 2, 6), (0, 3, 5, 4), (0, 6, 5, 3), (5, 6, 0, 0)), 5,
        "strings", "piano", "cello", "round whole", "none", 0.5, 0.6,
    ),
    "warm": Mood(
        r"romantic|romance|lov(e|ing)|warm\w*|heartfelt|emotion\w*|sentimental|tender\w*|nostalg\w*|intimate|grateful|kind",
        ("major",), (70, 84), ((0, 4, 5, 3), (0, 2, 3, 4), (0, 5, 1, 4), (3, 4, 2, 5)), 5,
        "strings", "guitar", "cello", "round whole", "none", 0.6, 0.5,
    ),
    "epic": Mood(
        r"epic\w*|heroic|majestic|grand|battle|adventur\w*|victor\w*|legend\w*|cinematic|triumphal|mighty|glor\w*",
        ("minor", "dorian"), (92, 110), ((0, 5, 2, 6), (0, 6, 5, 6), (0, 3, 5, 6), (5, 6, 0, 2)), 3,
        "strings", "staccato", "brass", "round pulse", "epic", 0.85, 0.55,
    ),
    "dramatic": Mood(
        r"drama\w*|intens\w*|powerful|urgent|relentless|driving|fierce|passion\w*|climax|action",
        ("minor", "harmonic minor"), (96, 116), ((0, 5, 3, 4), (0, 0, 5, 4), (0, 6, 5, 4), (3, 0, 5, 4)), 3,
        "strings", "staccato", "strings lead", "round pulse", "epic", 0.9, 0.45,
    ),
    "tense": Mood(
        r"tens\w*|suspens\w*|thrill\w*|ominous|uneas\w*|danger\w*|brooding|nervous|creeping|distant drums",
        ("phrygian", "harmonic minor", "minor"), (80, 96), ((0, 0, 1, 0), (0, 5, 0, 4), (0, 1, 0, 6), (0, 0, 5, 4)), 3,
        "dark", "low pulse", "none", "sub drone", "tense", 0.7, 0.55,
    ),
    "dark": Mood(
        r"dark\w*|horror|sinister|eerie|scary|haunt\w*|gloom\w*|chilling|ghost\w*|spook\w*|myster\w*|nightmare",
        ("harmonic minor", "phrygian", "minor"), (60, 76), ((0, 5, 0, 4), (0, 1, 5, 4), (0, 3, 5, 4), (0, 0, 5, 1)), 3,
        "dark", "music box", "none", "sub drone", "low", 0.45, 0.75,
    ),
    "chill": Mood(
        r"chill(ed|ing out|out)?|lo-?fi|laid[ -]back|mellow|hip[ -]?hop|groov\w*|smooth",
        ("dorian", "major"), (74, 88), ((1, 4, 0, 5), (3, 2, 1, 0), (0, 5, 1, 4)), 4,
        "warm", "e-piano", "none", "upright syncopated", "lofi", 0.6, 0.4,
    ),
    "electronic": Mood(
        r"energetic|energy|modern|pumping|neon|nightlife|sport\w*",
        ("minor", "dorian"), (112, 124), ((0, 5, 2, 6), (0, 3, 5, 6), (5, 6, 0, 0), (0, 2, 6, 3)), 5,
        "saw", "synth", "square", "synthbass pulse", "electronic", 0.9, 0.35,
    ),
}  # fmt: skip
DEFAULT_MOOD = "inspiring"


@dataclass(frozen=True)
class Style:
    """A kind of music: it keeps the mood's harmony and brings its own instruments. "" leaves the mood's."""

    words: str
    pad: str = ""
    pluck: str = ""
    lead: str = ""
    bass: str = ""
    drums: str = ""
    mood: str = DEFAULT_MOOD
    """Where no word says another."""
    swing: float = 0.0
    colour: int = 0


STYLES: tuple[Style, ...] = (
    Style(
        r"electronic\w*|techno|edm|house|futur\w*|cyber\w*|digital|synthwave|trance|high[ -]tech",
        "saw", "synth", "square", "synthbass pulse", "electronic", mood="electronic",
    ),
    Style(
        r"jazz\w*|swing|lounge|blues|bossa|cafe",
        "warm", "e-piano", "none", "upright walking", "jazz", "chill", 0.3, 4,
    ),
    Style(r"orchestra\w*|symphon\w*|classical|baroque", "strings", "harp", "strings lead", "round whole", mood="epic"),
    Style(r"folk\w*|country|rustic|pastoral|celtic", "none", "guitar", "flute", "upright bounce", "light", "warm"),
    Style(r"rock|indie|full band", "warm", "guitar", "", "round pulse", "pop", "happy"),
)  # fmt: skip

PADS: dict[str, str] = {
    r"choir\w*|vocals?|voices": "choir",
    r"(?<!plucked )(?<!pizzicato )(?<!staccato )(?<!low )strings|violins?|orchestra|cellos|tremolo": "strings",
    r"organ": "organ",
    r"synth pads?|analog": "saw",
    r"low strings|drone|dark pulse": "dark",
    r"pads?": "warm",
}
PLUCKS: dict[str, str] = {
    r"pizzicato|plucked strings": "pizzicato",
    r"staccato|ostinato": "staccato",
    r"piano|felt": "piano",
    r"guitars?|ukulele|banjo": "guitar",
    r"harps?|harpsichord": "harp",
    r"marimba|xylophone|woodblocks?": "marimba",
    r"music box|celesta": "music box",
    r"e-?piano|rhodes|electric piano": "e-piano",
    r"synth( plucks?)?|arpeggi\w*": "synth",
}
LEADS: dict[str, str] = {
    r"flute|whistl\w*|clarinet|oboe|woodwinds?|theremin": "flute",
    r"horns?|brass|trumpets?|tuba": "brass",
    r"cello": "cello",
    r"violin": "strings lead",
    r"bells?|glockenspiel|celesta|chimes?": "glockenspiel",
}
DRUMS: dict[str, str] = {
    r"electronic (drums|beat)|beats?": "electronic",
    r"pounding drums|timpani|taiko|great drum|war drums": "epic",
    r"heartbeat|distant drums|low drums": "low",
    r"light (drums|percussion)|soft drums|brush\w*|shakers?|gentle clockwork|soft electronic pulse": "light",
    r"claps?|snaps?|tambourine|drums|drum kit|percussion": "pop",
}
"""Words for an instrument → the one that plays that part; the first word in the prompt counts."""

SPEEDS: tuple[tuple[str, float], ...] = (
    (r"very slow", 0.85),
    (r"slow(er|ly)?|calmer|unhurried|relaxed", 0.9),
    (r"fast(er)?|quick(er)?|energetic|driving|more energy", 1.12),
)
EXPLICIT_BPM = r"\b(\d{2,3}) ?bpm\b"
EXPLICIT_KEY = r"\b([A-G])( sharp| flat|#|b)? (major|minor)\b"
BPM_LIMITS = (52, 150)
