"""PURE: the film's settings, and its script as a whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, Understood, step
from pipeline.film.languages import asked_in, named_in
from pipeline.film.languages import known as is_of_films
from pipeline.film.lengths import seconds_in
from pipeline.film.settings import DURATION_STEP_S, MAX_DURATION_S, MIN_DURATION_S, STYLES, duration_in

RATIOS = {
    "9:16": r"vertical(?:ly)?|portrait(?! of)|9:16|9 by 16|9x16|upright|tall",
    "16:9": r"widescreen|landscape|horizontal(?:ly)?|16:9|16 by 9|16x9|wide(?! shot| angle)",
    "1:1": r"square|1:1|1 by 1|1x1",
    "4:3": r"4:3|4 by 3|4x3",
    "3:4": r"3:4|3 by 4|3x4",
}  # fmt: skip
PLATFORMS = {
    "9:16": r"tik ?tok|reels?|youtube shorts?|shorts|insta\w*|ig|snapchat"
    r"|for (?:the |my )?(?:phones?|mobile|stories|insta story|story)|as a story|whatsapp status|mobile format|"
    r"phone format|stories",
    "16:9": r"for (?:youtube|tv|the tv|television|cinema)|youtube(?: format)?",
}
"""What is usual there, where no shape is said."""
NEGATED = r"(?:not|isn't|no more|no longer|instead of|rather than|from|don't want it) (?:in |a |the |so |be )?"
LANGUAGE_WORDS = {
    "en": "english", "de": "german|deutsch", "es": "spanish|español|espanol|castilian", "fr": "french|français|"
        "francais",
    "it": "italian|italiano", "pt": "portuguese|português|brazilian", "nl": "dutch|nederlands|flemish",
    "zh": "chinese|mandarin",
}  # fmt: skip
FOREIGN = (
    r"japanese|korean|arabic|russian|hindi|polish|turkish|swedish|danish|norwegian|finnish|greek|hebrew|"
    r"ukrainian|czech|hungarian|romanian|thai|vietnamese|indonesian|catalan|latin|klingon|urdu|persian|farsi|bengali"
)
CAPTIONS = r"captions?|subtitles?|subs|closed captions|cc"
VOICE_OVER = r"voice-overs?|narration|narrator|voices?|speaker|speaking|talking|spoken words|commentary"
OFF = (
    r"no|without|off|remove|don't want|do not want|get rid of|drop|mute|disable|delete|stop|hide|lose|turn off|"
    r"switch off|take out|kill|skip|ditch|scrap|forget"
)
ON = (
    r"on|with|soft|add|turn on|show|enable|want|need|have|put|include|only wanted|just wanted|give me|use|activate|back"
)
STYLE = (
    r"(?:style (?:should be|to|of)|(?:change|set|switch) (?:the )?style to|in the style of|(?:look|looks|looking) "
    r"like (?:an? )?(?=\w+(?: \w+)?(?: film| movie)?$)) (.+)|(?:use"
    r"|in|with) (?:an? )?(.+?) style"
)
FREE_STYLES = (
    r"black and white|black & white|b&w|cartoon|comic(?: book)?|pixel art|oil painting|pencil sketch|sketch|"
    r"photo-?realistic|realistic|"
    r"3d(?: animation| animated)?|lego|retro|vintage|cyberpunk|steampunk|fantasy|stop motion|paper cut-?out|pop "
    r"art|impressionist|"
    r"minimalist|surreal|manga|crayon|charcoal|neon|ghibli|pixar|disney|gothic|futuristic|line art|collage|claymation"
)
KNOWN_STYLES = {"claymation": "clay", "watercolour": "watercolor", "film noir": "noir"}
REWRITE = (
    r"rewrite|re-write|(?:a |the |completely |whole |entire )?new (?:script|story)|(?:whole|entire)"
    r" (?:script|story)|write (?:the script|it|everything) (?:again|anew)|focus|(?:script|story)"
    r" (?:should|to)|start over|more about|(?:another|a different|a better|change the|improve the) (?:script|story)"
)
ANOTHER_TONE = (
    r"(?:make|want|like|should be|be)(?: (?:it|this|the (?:whole |entire )?(?:film|video|thing|script|story|text|"
    r"narration)))?(?: to be)?(?: all)? (?:a (?:bit|little) )?"
    r"(?:more (?!music|credits|voice|colou?r)\w+|funnier|funny|sadder|happier|simpler|livelier|calmer|scarier|"
    r"warmer|friendlier|shorter sentences|less \w+)$"
)
ONLY_A_TONE = (
    r"^(?:(?:a|bit|little|lot|much|please|maybe) )*(?:(?:more|less) (?!colou?r|\w*ment\b)\w+(?:al|ive|ic|ful|ous|"
    r"ing|ant|ent|ary|able|ed|less)|(?:more|less) (?:fun|human|mature|sad|happy|modern)|funnier|sadder|happier|"
    r"scarier|simpler|livelier|friendlier)(?: please)?$"
)
"""All that was said, of the film then."""
LONGER, SHORTER = (
    r"longer|extend|lengthen|too short|not long enough",
    r"shorter|shorten|too long|cut (?:it )?down|trim|briefer",
)
OF_ONE_SCENE = (
    r"(?:the|that|this) (?!first\b|last\b|whole\b|other\b|right\b|same\b)[a-z][\w'-]*(?: [\w'-]+)? "
    r"(?:1|one|bit|part|shot)\b (?:is|was|looks?|should|must|could|needs?|has to|in|as)\b"
)
"""A scene that is called by what is in it: "the moon one should be …"."""
SOME_SCENE = r"(?:the|that) (?!whole\b|entire\b)[\w'-]+(?: [\w'-]+)? (?:1|one|bit|part|shot|moment)\b"
"""Of which a length is said: it is that scene's, be it known or not."""
NOT_A_FILM_LENGTH = (
    r"(?:every|each|all|per) (?:\w+ )?scenes?|scenes? (?:of|should|each|long|must)|music|"
    r"transitions?|fade|pause|intro|first|the last \d"
)


A_WHILE = r"(?:an?|another|1|2|3|4|5) (?:minutes?|mins?|moment|secs?|seconds?)(?: please)?$"
"""Asked for by somebody who wants to think, as well as by somebody who wants a short film."""


def settings(sentence: Sentence, film: Film) -> Found:
    if sentence.named or sentence.find(OF_ONE_SCENE):
        return None
    changes = {name: value for name, read in READERS.items() if (value := read(sentence, film)) is not None}
    return [step("change_settings", **changes)] if changes else None


def format_or_style(sentence: Sentence, film: Film) -> Found:
    """Another shape or style is wished, but not which."""
    if sentence.named or settings(sentence, film):
        return None
    if sentence.find(
        r"(?:change|other|different|another|wrong|rotate|flip|turn) (?:the |it |its )?(?:film's )?(?:format|"
        r"aspect(?: ratio)?|ratio|shape|orientation)?$"
    ) and (sentence.has(r"format|aspect|ratio|shape|orientation|rotate")):
        return film.say("ask.ratio")
    wants = sentence.find(
        r"(?:change|other|different|another|new|better|don't like) (?:the |visual |art |a )?(?:style|look)$"
    )
    return film.say("ask.style") if wants else None


def length(sentence: Sentence, film: Film) -> Found:
    """Another length of the whole film: the script has to be written again for it."""
    if sentence.named or sentence.has(NOT_A_FILM_LENGTH) or sentence.find(SOME_SCENE):
        return None
    if sentence.find(rf"(?:wait|hold on|hang on|back in|need|give me|in) (?:just )?{A_WHILE}"):
        return film.say("ask.length", n=film.seconds) if film.script else None
    wanted = _wanted_length(sentence, film)
    if wanted is None:
        asks = (
            sentence.find(rf"(?:{LONGER}|{SHORTER})")
            and sentence.has(r"it|film|video|thing|movie|this|length|whole|please|that")
        ) or (sentence.find(r"(?:change|other|different|another|new|wrong) (?:the |film |total )*(?:length|duration)$"))
        is_of_film = asks and not sentence.has(
            r"sentences?|narration|text|scenes?|titles?|voice|captions?|music|credits|words"
        )
        return film.say("ask.length", n=film.seconds) if is_of_film and film.script else None
    if not film.script:
        return [step("change_settings", duration=wanted)]
    if wanted == film.seconds:
        return film.say("before.duration", value=wanted)
    asked = seconds_in(sentence.plain) or wanted
    if asked > MAX_DURATION_S:
        return f"{film.say('did.length_most')} {film.say('ask.length', n=film.seconds)}"
    note = film.say("did.length_least") if asked < MIN_DURATION_S else ""
    return Understood((step("write_script", instructions="", duration=wanted),), note)


def _wanted_length(sentence: Sentence, film: Film) -> int | None:
    plain = sentence.plain
    if found := re.search(
        r"(\d+|half a) ?(?:s|sec|secs|seconds?|minutes?|min) (longer|shorter|more|less)|(?:add|cut|remove|trim) "
        r"(\d+) ?(?:s|sec|secs|seconds?)\b",
        plain,
    ):
        amount = int(
            seconds_in(f"{(found[1] or found[3])} seconds" if "min" not in found[0] else f"{found[1]} minutes") or 0
        )
        less = found[2] in ("shorter", "less") or found[0].startswith(("cut", "remove", "trim"))
        return _possible(film.seconds + (-amount if less else amount))
    if re.search(r"\b(?:twice|double|2 times) (?:as long|the length)|double (?:it|the length)", plain):
        return _possible(film.seconds * 2)
    if re.search(r"\bhalf (?:as long|the length|its length)|halve (?:it|the length)", plain):
        return _possible(film.seconds // 2)
    return duration_in(plain)


def _possible(seconds: int) -> int:
    steps = round(seconds / DURATION_STEP_S)
    return min(max(steps * DURATION_STEP_S, MIN_DURATION_S), MAX_DURATION_S)


def two_languages(sentence: Sentence, film: Film) -> Found:
    """A film is in one language: whoever wishes for two is told so, and neither is begun."""
    named = "|".join(LANGUAGE_WORDS.values())
    both = rf"(?:in|into|to) (?:both )?(?:{named})(?:,? (?:and|plus|&)|,) (?:also )?(?:in )?(?:{named})\b"
    if not film.script or sentence.named or not sentence.find(rf"{both}|bilingual|(?:two|2|both|several) languages"):
        return None
    return film.say("cannot.scene_language")


def two_shapes(sentence: Sentence, film: Film) -> Found:
    """A film has one shape: whoever wishes for two is told so, and neither is begun."""
    shapes = {ratio for ratio, words in RATIOS.items() if sentence.has(words)}
    is_wide = {"16:9"} if sentence.has("wide") else set()
    if not film.script or len(shapes | is_wide) < 2 or not sentence.find(r"\b(?:and|plus|also|both|as well)\b"):
        return None
    return None if sentence.find(NEGATED) else film.say("cannot.two_shapes")


def _asked(sentence: Sentence) -> str | None:
    """ "Translate it to Georgian" asks for it too."""
    return asked_in(sentence.said) or (named_in(sentence.said) if sentence.find(r"translat\w*|übersetz\w*") else None)


def language(sentence: Sentence, film: Film) -> Found:
    """The narration in another language."""
    if sentence.named or sentence.has(r"music|accents?|food|restaurant|cuisine|in the style|songs?"):
        return None
    asks = sentence.has(
        rf"in|to|into|language|speak\w*|talk\w*|translat\w*|{VOICE_OVER}|make it|want|version|do it|please|auf|"
        rf"wrote|script"
    )
    code = next((code for code, words in LANGUAGE_WORDS.items() if sentence.has(words)), None)
    if not asks and not (code and len(sentence.plain.split()) <= 2):
        return None
    if code is None and (asked := _asked(sentence)) and not is_of_films(asked):
        if asked not in film.languages:
            return film.refused_language(asked)
        code = asked
    if code is None:
        lacks = sentence.has(FOREIGN) or sentence.find(r"(?:translate|(?:another|different|other|change the) language)")
        key = "cannot.language" if sentence.has(FOREIGN) else "ask.language"
        return film.say(key, languages=film.languages_in_words()) if lacks else None
    if not film.script:
        return [step("change_settings", language=code)]
    if film.script.get("language") == code:
        return film.say("before.language", language=film.language_name(code))
    return [step("write_script", instructions="", language=code)]


SCENE_COUNT = re.compile(
    r"(?:(?:please|can|could|it|we|you|be|make|have|i|want|need|just|only|do|in|to|should|into|the film|that|this|"
    r"out of) )*(?P<count>\d{1,2}) scenes(?: (?:please|instead|of|\d{1,2}|in total|only|out of it))*\W*"
)


def scene_count(sentence: Sentence, film: Film) -> Found:
    """ "Make it 6 scenes": the script is written again, which asks first; as it is already, that is said."""
    found = SCENE_COUNT.fullmatch(sentence.plain)
    if found is None:
        return None
    if int(found["count"]) == len(film.scenes):
        return film.say("talk.state_scenes", n=len(film.scenes), seconds=film.seconds)
    return [step("write_script", instructions=f"{found['count']} scenes")]


def rewriting(sentence: Sentence, film: Film) -> Found:
    is_all = sentence.whole in ("", sentence.plain)
    is_tone = sentence.find(ANOTHER_TONE) or (is_all and re.search(ONLY_A_TONE, sentence.plain))
    if sentence.named or not (sentence.has(REWRITE) or is_tone) or sentence.has(r"music|title"):
        return None
    return [step("write_script", instructions=sentence.said)]


def captions(sentence: Sentence, film: Film) -> Found:
    """Turn captions on or off or burn them in; that their look cannot be chosen is said beside it."""
    if (sentence.named and not sentence.has(OFF)) or not sentence.has(CAPTIONS):
        return None
    value = _captions(sentence, film)
    looks = sentence.has(CAPTION_LOOKS)
    if value is None:
        return film.say("cannot.captions_look") if looks else None
    note = film.say("cannot.captions_look_done") if looks else ""
    return Understood((step("change_settings", captions=value),), note)


AI_LABEL = (
    r"(?:a\.?i\.?|artificial intelligence)[- ](?:generated )?(?:label|badge|mark|marking|notice|disclosure|disclaimer)|"
    r"(?:label|badge|mark|notice|disclaimer) (?:(?:of|about|for|that says|saying) )?(?:it is |it's )?"
    r"(?:made (?:with|by) )?ai\b|(?<!\w )made with a\.?i\.?(?=\W*$)|"
    r"(?:write|put|show|add|say) \W*(?:made|generated|created) (?:with|by) (?:a\.?i\.?|ki|ia)\b|"
    r"(?:mit|von|durch) ki (?:gemacht|erstellt|erzeugt|generiert)|(?:als|mit) ki\W*$|"
    r"ki[- ]?(?:hinweis|label|kennzeichn\w*)"
)
NO_LABEL = r"(?:don't|do not|stop|no longer) (?:label|mark)|\b(?:weg|aus|raus|ohne|kein\w*|nicht)\b"
AS_AI = (
    r"(?:label|mark|flag|tag|disclose|declare) (?:it|this|the (?:film|video|movie)) (?:visibly )?(?:as )?(?:being )?"
    r"(?:made (?:with|by)|generated (?:with|by)|created (?:with|by))? ?a\.?i\.?(?:[- ](?:made|generated|created))?\b"
)


def ai_label(sentence: Sentence, film: Film) -> Found:
    """Put the label of generated pictures into their corner, or take it away."""
    if not sentence.has(AI_LABEL) and not sentence.has(AS_AI):
        return None
    off = _is_off(sentence, AI_LABEL) or sentence.has(rf"\b(?:{OFF})\b|{NO_LABEL}")
    return [step("change_settings", ai_label=not off)]


CAPTION_LOOKS = (
    r"big|bigger|large|larger|huge|small|smaller|tiny|yellow|white|black|red|blue|green|pink|orange|colou?r\w*|"
    r"fonts?|bold|italic"
    r"|at the (?:top|bottom)|position|size|typeface|caps|uppercase|animated|karaoke"
)


def caption_looks(sentence: Sentence, film: Film) -> Found:
    """ "Big yellow ones", behind a wish for captions."""
    about = re.search(rf"\b(?:{CAPTIONS})\b", sentence.whole) and not sentence.named
    is_it = re.fullmatch(
        rf"(?:and |but |in |make (?:them|it) )?(?:(?:{CAPTION_LOOKS}|really|very|and|in|please|nice|with|a|the|"
        rf"text|letters|ones?|1s?|style|on|them) ?,?)+",
        sentence.plain,
    )
    return film.say("cannot.captions_look_done") if about and is_it and sentence.has(CAPTION_LOOKS) else None


def _ratio(sentence: Sentence, film: Film) -> str | None:
    named = (*RATIOS.items(), *PLATFORMS.items())
    plain = re.sub(rf"\b{NEGATED}(?:{'|'.join(words for _, words in named)})\b", " ", sentence.plain)
    if sentence.has(r"music|voice|captions?|scene about|title"):
        return None
    return next((ratio for ratio, words in named if re.search(rf"\b(?:{words})\b", plain)), None)


def _style(sentence: Sentence, film: Film) -> str | None:
    plain = sentence.plain.replace("watercolour", "watercolor").rstrip(" ?")
    if sentence.has("music|script|story|voice|title"):
        return None
    for known in (*STYLES, *KNOWN_STYLES):
        if re.search(rf"\b{known}\b(?! (?:is|has))", plain) and not re.search(rf"\bnot (?:an? )?{known}\b", plain):
            return KNOWN_STYLES.get(known, known)
    found = re.search(rf"\b(?:{STYLE})", plain)
    named = (found[1] or found[2]) if found else ""
    if not named and (
        free := re.search(
            rf"\b(?:make (?:it|this|the film|the video)|as|in|like|do it|want it|look like|it in|into|"
            rf"looks?)\b.{{0,18}}?\b({FREE_STYLES})\b(?:[\w ]{{0,12}})$|^(?:an? )?({FREE_STYLES})(?: style| "
            rf"look)?(?: please| pls)?$",
            plain,
        )
    ):
        named = free[1] or free[2]
    return named.strip(" .!?") or None


def _captions(sentence: Sentence, film: Film) -> str | None:
    if _is_off(sentence, CAPTIONS):
        return "off"
    if sentence.has(r"box(?:ed|es)?|background"):
        return "boxed"
    if sentence.has(
        r"clean|burn(?:ed|t)?(?: in)?|into the picture|hard-?coded|open captions|always visible|baked|permanent"
    ):
        return "clean"
    now = film.settings["captions"]
    return ("soft" if now == "off" else str(now)) if sentence.has(ON) else None


def _voice_over(sentence: Sentence, film: Film) -> bool | None:
    if not sentence.has(VOICE_OVER) or sentence.has("transition"):
        return None
    if _is_off(sentence, VOICE_OVER):
        return False
    on = (
        rf"(?:turn|switch|bring|put) .*(?:{VOICE_OVER}).* (?:on|back)\b|(?:with|add) (?:a |the "
        rf")?(?:{VOICE_OVER})(?: again| back| on)?$|(?:{VOICE_OVER}) (?:back )?on$"
    )
    return True if sentence.find(on) else None


def _is_off(sentence: Sentence, what: str) -> bool:
    """Said before it, with a few words between, or right behind it ("captions off")."""
    return bool(
        sentence.find(rf"(?:{OFF})(?: \w+){{0,2}}? (?:{what})\b") or sentence.find(rf"(?:{what}) (?:off|out|away)\b")
    )


def _resolution(sentence: Sentence, film: Film) -> str | None:
    found = sentence.find(r"(72|720|1080) ?p\b|full ?hd\b|(?:in|to) hd\b|hd (?:please|quality|resolution)|^hd$")
    return (f"{found[1]}p" if found[1] else "1080p") if found else None


def _same_characters(sentence: Sentence, film: Film) -> bool | None:
    same = sentence.find(
        r"(?:same|consistent) (?:characters?|people|person|faces?|look for the characters?)|characters? (?:should "
        r")?(?:look|stay|be) (?:the )?(?:same|consistent)|character consistency"
    )
    if not same:
        return None
    return not sentence.has("off|no|without|don't|not|different")


READERS: dict[str, Callable[[Sentence, Film], Any]] = {
    "aspect_ratio": _ratio,
    "style": _style,
    "voice_over": _voice_over,
    "resolution": _resolution,
    "character_consistency": _same_characters,
}
