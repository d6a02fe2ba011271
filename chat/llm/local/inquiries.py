"""PURE: questions about the film as it is: each is answered, and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

from chat.llm.local import talk
from chat.llm.local.film import Film
from chat.llm.local.film_settings import CAPTIONS, LANGUAGE_WORDS
from chat.llm.local.reading import Sentence, places_in
from chat.llm.local.steps import Found, step
from pipeline.film.settings import SPACELESS_LANGUAGES
from pipeline.film.voices import BY_NAME

ASKS = (
    r"^(?:and |so |hey |ok |but |hm+ )*(?:is|are|was|were|isn't|aren't|does|do|did|has|have|what|what's|who|"
    r"who's|which|how|why"
    r"|can|could|will)\b(?! about| if)(?! you (?!have))(?! there a way)(?! it possible)(?! we (?!change|stop))"
)
LATER = (
    r"(?:can|could|will) (?:i|we) (?:still |also )?(?:change|edit|stop|cancel|undo|redo)(?: \w+){0,3}? "
    r"(?:later|afterwards|after|any ?time|anytime|again|once|when)|is there an? (?:undo|stop button|way back)"
    r"|(?:do|does|must|will) (?:i|changes?|it) (?:have to |need to )?(?:pay|cost|"
    r"be charged)(?: \w+){0,2} (?:for |to )?(?:every )?chang\w+"
    r"|(?:are|is) changes? free|do changes cost"
)
CLOSED = (
    r"(?:have|need) to (?:keep|leave|stay|wait)\b.*\b(?:open|on|page|tab|window|here)\b|must i (?:stay|wait) here|"
    r"(?:if|when|can) i (?:close|leave|shut|reload|refresh) (?:down )?"
    r"(?:the |this |my |our )?(?:page|tab|window|browser|laptop|computer)"
)


def answer(sentence: Sentence, film: Film) -> str | None:
    if sentence.has(CLOSED):
        return film.say("talk.closed")
    if sentence.has(LATER):
        return film.say("talk.later")
    if not re.search(ASKS, sentence.plain):
        return None
    return next((said for topic in TOPICS if (said := topic(sentence, film))), None)


WATCH = (
    r"^(?:so |and |ok |hey )*(?:(?:can|may|could|how (?:can|do)|where (?:can|do)|when can) (?:i|we) "
    r"(?:already |now |even )?(?:see|watch|view|play|look at)|(?:show|play)(?: me| us)?|let (?:me|us) (?:see|watch)) "
    r"(?:it|(?:the |my |our )(?:whole |finished |new )?(?:film|video|movie|result))(?: now| already| yet| please|"
    r" here)*\W*$"
)
UP_TO_DATE = (
    r"^(?:so |and |but )*(?:is|are) (?:it|this|everything|all of it|(?:the |my )(?:film|video|movie)) "
    r"(?:all |still |now |really )*(?:up to date|out of date|outdated|current|the (?:latest|newest)(?: version)?)\W*$"
)


def watching(sentence: Sentence, film: Film) -> Found:
    """Say where the film can be watched, or how far it is while it is not finished."""
    if not sentence.find(WATCH):
        return None
    return film.say("talk.watch") if film.facts["finished"] else [step("film_status")]


def up_to_date(sentence: Sentence, film: Film) -> Found:
    """A question, and no wish to have it made."""
    return [step("film_status")] if sentence.find(UP_TO_DATE) else None


def _captions(sentence: Sentence, film: Film) -> str | None:
    asks = (
        rf"(?:is|are|does|do|has|have) (?:there |it |the (?:film|video) |we )?(?:have |any |"
        rf"got )*(?:the )?(?:{CAPTIONS})(?: on| there| yet| included| burned in)*\W*$"
    )
    return (
        film.say("talk.state_captions", how=film.say(f"talk.captions_{film.settings['captions']}"))
        if (sentence.find(asks))
        else None
    )


def _music(sentence: Sentence, film: Film) -> str | None:
    if not sentence.find(
        r"(?:is|does|has|have|will) (?:there |it |every scene |scene \d+ |all scenes |the film )*(?:be |have |"
        r"got |any )*music"
    ):
        return None
    if not film.settings["music"]:
        return film.say("talk.state_music_off")
    silent = sorted(place for group in film.groups if group.get("silent") for place in group["scene_indexes"])
    heard = [place for place in film.places if place not in silent]
    if not silent:
        return film.say("talk.state_music_all")
    if not heard:
        return film.say("talk.state_music_off")
    return film.say("talk.state_music_part", where=film.where(heard), silent=film.where(silent))


def _voice(sentence: Sentence, film: Film) -> str | None:
    asks = (
        r"(?:which|what|whose) voice (?:is|do|does|did)|who (?:have|did|do|has) (?:you|we) .{0,16}(?:as|for) the "
        r"(?:narrator|voice|speaker)|who(?:'s| is)? (?:speak|speaks|speaking|narrat\w+|"
        r"talk\w*|the (?:narrator|voice|speaker))"
        r"|is the (?:voice|narrator|speaker) (?:an? )?(?:wo)?m[ae]n|is the (?:voice|narrator) (?:fe)?male|"
        r"what is the voice$"
    )
    if not sentence.find(asks):
        return None
    if not film.settings["voice_over"]:
        return film.say("talk.state_no_voice")
    voice = BY_NAME[film.settings["voice"]]
    return film.say("talk.state_voice", name=voice.name, about=film.say(f"voices.{voice.gender}"))


def _language(sentence: Sentence, film: Film) -> str | None:
    words = "|".join(LANGUAGE_WORDS.values())
    if not sentence.find(
        rf"(?:is|are) (?:it|the (?:film|narration|voice|text)) (?:in )?(?:{words})\b|(?:which|what) language is"
    ):
        return None
    spoken = (film.script or film.settings)["language"]
    return film.say("talk.state_language", language=film.say(f"languages.{spoken}"))


def _length(sentence: Sentence, film: Film) -> str | None:
    if len(sentence.named) != 1 or not sentence.find(
        r"how long (?:is|does|will)|is scene \d+ (?:too |very )?(?:long|short)|how many seconds"
    ):
        return None
    scene = film.scene(sentence.named[0])
    return film.say("talk.state_scene_length", n=scene["index"], seconds=scene["duration"])


def _count(sentence: Sentence, film: Film) -> str | None:
    return talk.length_of(film) if sentence.find(r"how many scenes(?! (?:can|could|may))") else None


def _words(sentence: Sentence, film: Film) -> str | None:
    """Tell how many words are spoken, in the film or in the scenes that are named."""
    if not sentence.find(r"how many (?:\w+ )?words") or sentence.strangers:
        return None
    places = sentence.named or film.places
    count = sum(len(str(film.scene(place)["script"]).split()) for place in places)
    if film.script and film.script.get("language") in SPACELESS_LANGUAGES:
        return None
    return (
        film.say("talk.state_words_scene", n=count, where=film.where(sentence.named))
        if sentence.named
        else film.say("talk.state_words", n=count)
    )


def _title(sentence: Sentence, film: Film) -> str | None:
    asks = (
        r"(?:what's|what is) (?:the |its )?(?:title|name)(?: of (?:the film|it))?$|what is (?:it|"
        r"the film) called|(?:is|has) .*\ba title"
    )
    said = re.sub(r"[?!. ]+$", "", sentence.plain)
    title = film.facts["film"]["title"]
    return film.say("talk.state_title", title=title) if title and re.search(asks, said) else None


def _people(sentence: Sentence, film: Film) -> str | None:
    if not sentence.find(
        r"who(?:'s| is| are)? (?:all )?(?:in|plays|acts|the (?:characters|people|cast))|(?:what|"
        r"which) characters|how many characters"
    ):
        return None
    names = [profile["name"] for profile in film.characters]
    return film.say("talk.state_people", names=film.listed(names)) if names else film.say("talk.state_nobody")


def _transitions(sentence: Sentence, film: Film) -> str | None:
    if not sentence.find(r"(?:is|are) there (?:any )?(?:transitions?|fades?|cross-?fades?)|does it (?:have|fade)"):
        return None
    into = [scene["index"] for scene in film.scenes[1:] if scene["transition"] != "none"]
    return film.say("talk.state_transitions", where=film.where(into)) if into else film.say("talk.state_no_transitions")


def _silence(sentence: Sentence, film: Film) -> str | None:
    """Tell why nothing is spoken in a scene, or in the film."""
    voice = r"(?:voice|voice-over|narration|narrator|speech|words?|text|talking|speaking|sound)"
    none = r"(?:no|without|missing|silent|not any)"
    asks = rf"why\b.*(?:\b{none}\b.*\b{voice}\b|\b{voice}\b.*\b(?:missing|gone)\b|\bsilent\b)"
    asks += r"|why\b.*\b(?:no ?body|no one|doesn't|does not|nothing)\b.*\b(?:speaks?|talks?|says?|said)\b"
    if sentence.strangers or not sentence.find(asks.replace("why", "(?:why|how come)")):
        return None
    if not film.settings["voice_over"]:
        return film.say("talk.state_no_voice")
    silent = [place for place in sentence.named if not film.scene(place)["script"]]
    if not silent:
        return None
    told = film.say("talk.says_nothing", Scenes=film.where(silent, at_start=True))
    return f"{told} {film.say('ask.words', n=silent[0])}"


TOPICS: tuple[Callable[[Sentence, Film], str | None], ...] = (
    _captions, _music, _voice, _language, _length, _count, _words, _title, _people, _transitions, _silence,
)  # fmt: skip


_ITS_LENGTH = (
    r"^(?:so |and |also )*(?:how (?:long|many (?:seconds|minutes)) (?:is|are|will|would|does)(?: (?:it|this|that|"
    r"(?:the|my|our|this)(?: whole)? (?:film|video|movie|thing)))?(?: (?:be|last|run|now|so far|in total|altogether))*"
    r"|(?:what(?:'s| is|'ll be) |and )*(?:the |its )?(?:(?:whole|total) )?(?:length|duration|run ?time))"
    r"(?: (?:of (?:it|the (?:film|video|movie))|please|then|anyway))*\W*$"
)


def film_length(sentence: Sentence, film: Film) -> str | None:
    """Tell how long the film is, or the scene that is spoken of, where it is asked beside something else."""
    if sentence.named or not sentence.find(_ITS_LENGTH):
        return None
    places = places_in(sentence.whole)
    if len(places) != 1 or "film" in sentence.plain:
        return talk.length_of(film)
    return film.say("talk.state_scene_length", n=places[0], seconds=film.scene(places[0])["duration"])


def how_long(sentence: Sentence, film: Film) -> str | None:
    """Tell how long the making takes; that is known when it is under way."""
    asks = r"how long(?: still| left)?(?=\W*$)"
    asks += r"|how long (?:will|does|would|until)(?: \w+){0,4} (?:take|ready|done|finished|need)|how much time"
    is_idle = not (film.is_being_made or film.is_being_written or film.cut_is_due or film.facts["finished"])
    return film.say("status.how_long") if is_idle and sentence.has(asks) and not sentence.named else None
