"""PURE: small talk, questions about the process and the film, and what is said when nothing was understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from chat.llm.local import costs, german_dictation
from chat.llm.local.cues import THIN_ELSEWHERE
from chat.llm.local.film import Film
from chat.llm.local.number_words import ORDINALS
from chat.llm.local.reading import Sentence
from chat.llm.local.shorthand import spelled_out
from chat.llm.local.steps import Understood
from chat.llm.local.take_wishes import PARTS
from chat.llm.local.wording import SPOKEN, lower, sentences
from pipeline.film.lengths import seconds_in
from pipeline.film.settings import MAX_DURATION_S

GREETING = (
    r"hi+|hello+|he+y+|hallo|good (?:morning|evening|afternoon|day)|hiya|yo|greetings|sup|what's up|"
    r"howdy|hola|salut|bonjour"
)
THIN = (
    r"(?:please |can you |could you |i want (?:to )?|i'd like (?:to )?|let's |i need )*(?:make|create|do"
    r"|have|produce|generate)?(?: me)?(?: us)? ?(?:a|an|another|my|the|ein|einen)? ?(?:new )?(?:short )?(?:video"
    r"|film|movie|clip)?(?: for me| please)*"
)
TRICKS = (
    r"(?:ignore|forget|disregard|override).*(?:instructions?|rules?|prompts?)|(?:system|hidden|secret"
    r"|initial) (?:prompt|message|instructions)|(?:pretend|act as|you are now|roleplay)\b.*|(?:give|grant"
    r"|add|send)\b.*\bcredits"
)
PRAISE = (
    r"(?:i (?:really )?(?:like|love)|great|nice|good|cool|wow|amazing|beautiful|lovely|awesome|well done|"
    r"fantastic|brilliant)"
)


def is_thin(sentence: Sentence) -> bool:
    """There is no subject in it that a film could be about."""
    plain = sentence.plain.strip(" ?!,")
    if german_dictation.is_thin(sentence):
        return True
    greeted = rf"(?:{GREETING})(?: there| pixora| all)?|(?:(?:{GREETING})[ ,.!]+)?{THIN}"
    return bool(re.fullmatch(greeted, plain) or re.fullmatch(THIN_ELSEWHERE, sentence.said, re.IGNORECASE))


def introduced(sentence: Sentence, film: Film) -> str | None:
    """Somebody asks what this is, and tells no subject: how it works, and what a film costs where that is asked too."""
    if not INTRODUCTION.fullmatch(said := spelled_out(sentence.said.lower()).strip()):
        return None
    asks_price = re.search(r"\b(?:costs?|how much|kostet|free|kostenlos)\b", said)
    then = costs.before_script(sentence.said, film) if asks_price else film.say("ask.subject")
    return f"{film.say('talk.steps')} {then}"


_THIS = r"(?:this|that|it|pixora|the site|the app)"
_MADE = r"(?:tik ?toks?|reels?|shorts|stories|(?:[\w-]+ )?(?:videos?|films?|movies?|clips?|ads?|cartoons?))"
INTRODUCTION = re.compile(
    rf"(?:(?:{GREETING}|servus|moin|hallo)(?: there| all| pixora)?\W+)?(?:(?:and )?who (?:are|is) (?:you|this|pixora)"
    rf"(?: exactly| really)?(?:\W+|$)(?:and )?)?"
    rf"(?:(?:what(?:'s| is| exactly is) {_THIS}(?: (?:here|thing|for|about|all|"
    rf"exactly))*|"
    rf"what (?:do|does|can) (?:you|{_THIS}) (?:do|make|offer)(?: here| for (?:me|us)| exactly| really)*|"
    rf"how (?:do|does) (?:you|i|{_THIS}) (?:work|do|"
    rf"use)(?: this| it)?|(?:can|could|do|does) (?:you|i|{_THIS}) (?:also |even |really )*(?:make|do|create) {_MADE}"
    rf"(?: with this| here)?|(?:what|how much) (?:does|is|will) {_THIS}(?: cost)?|is {_THIS} free|"
    rf"was (?:ist|macht|kann|kannst|machst) (?:das|du|ihr|pixora|dieses ding)"
    rf"(?: hier| denn| eigentlich| so| genau| alles)*|"
    rf"was kostet (?:das|es|ein film)(?: hier| denn| eigentlich)*|(?:ist|kostet) das (?:kostenlos|was|etwas)|"
    rf"wie (?:geht|funktioniert) das(?: hier| denn| eigentlich)*)(?:\W+|$)(?:(?:and|und|also|so) )?)+"
)
"""All of a message that only asks what this is."""


def trick(sentence: Sentence, film: Film) -> str | None:
    return film.say("talk.refusal") if sentence.has(TRICKS) else None


def too_long(sentence: Sentence, film: Film) -> str | None:
    """A film of a length that there is not, and about nothing yet."""
    seconds = seconds_in(sentence.plain)
    if not seconds or seconds <= MAX_DURATION_S:
        return None
    bare = re.sub(
        r"\b\d+(?:[.,]\d+)?[ -]?\w+\b|\b(?:proper|real|full|whole|long|feature|actual|richtigen?|ganzen?)\b",
        " ",
        sentence.plain,
    )
    is_thin_then = is_thin(replace(sentence, plain=" ".join(bare.split())))
    return f"{film.say('did.length_most')} {film.say('ask.subject')}" if is_thin_then else None


def another_film(sentence: Sentence, film: Film) -> str | None:
    """ "New film: a hamster in space", said to a film that is about something else."""
    asks = (
        r"^(?:ok(?:ay)?,? |and |now )*(?:(?:make|do|start) )?(?:a |the )?(?:whole )?(?:new|another|different|"
        r"next) (?:film|video|movie|one)(?: please)?(?: about\b|:| -|,)"
    )
    return film.say("ask.another_film") if sentence.find(asks) else None


def answer(sentence: Sentence, film: Film) -> str | None:
    return next((said for said in (topic(sentence, film) for topic in TOPICS) if said), None)


def lost(film: Film, last_said: str) -> Understood:
    """Shorter the second time in a row."""
    suggestions = suggested(film)
    words = (
        film.say("talk.lost_again")
        if was_lost(last_said)
        else film.say("talk.lost", example=lower(film.say("suggest.dark")))
    )
    return Understood(words=words, suggestions=suggestions)


def was_lost(answer: str) -> bool:
    """True where an answer of the agent's said that it did not understand."""
    keys = ("talk.lost", "talk.lost_again")
    beginnings = {re.split("[.。।]", sentences(language)[key])[0] for language in SPOKEN for key in keys}
    return any(answer.startswith(beginning) for beginning in beginnings)


def stranger(sentence: Sentence, film: Film) -> Understood:
    """It names a scene that there is not."""
    key = "talk.stranger" if sentence.count > 1 else "talk.stranger_one"
    return Understood(words=film.say(key, count=sentence.count, n=sentence.strangers[0]))


def suggested(film: Film) -> tuple[str, ...]:
    """Three sentences that fit the moment; each is understood."""
    return tuple(film.say(f"suggest.{name}") for name in _moment(film))


def _moment(film: Film) -> Sequence[str]:
    if not film.script:
        return ("subject",)
    if film.is_being_made:
        return ("far", "night", "stop")
    if film.failed:
        return ("why", "again", "price")
    if film.facts["finished"]:
        stale = film.facts["components"]["stale"] or film.facts["components"]["missing"]
        return ("update", "night", "undo") if stale else ("night", "calm", "undo")
    return ("make", "price", "night")


def balance(sentence: Sentence, film: Film) -> str | None:
    """Tell how many credits are left, where that is asked."""
    if not sentence.has(
        r"balance|credits (?:do i|are left|left)|(?:my|enough) credits|have credits|how many credits (?:have|"
        r"are|do) (?!it|the|(?:i|we|you) (?:already |just )?(?:spen\w+|used?|paid|cost))|"
        r"(?:see|show)(?: me)? my credits"
    ):
        return None
    credits = film.facts["credits"]
    if not credits:
        return film.may_not("credits")
    if credits["held"]:
        return film.say("price.balance_held", **credits)
    return film.say("price.balance", **credits)


def _who(sentence: Sentence, film: Film) -> str | None:
    asks = (
        r"who are you|what are you(?! (?:doing|making|up to|working))|are you (?:a |an )?(?:real|ai|robot|human|"
        r"chatgpt|gpt|bot|person|claude)|"
        r"(?:which|what) model are you"
        r"|talking to (?:a|an)|your name"
    )
    return film.say("talk.who") if sentence.has(asks) else None


def _help(sentence: Sentence, film: Film) -> str | None:
    asks = (
        r"i don't (?:get|understand)(?: it| this| you)?$|what do you mean|i'm (?:lost|confused)"
        r"|what (?:can (?:you|i)|you can)\b|help(?: me)?$|my options|what else(?: can .*)?$|(?:all |the "
        r")?commands|how do i use"
    )
    return film.say("talk.can_one" if len(film.scenes) == 1 else "talk.can") if sentence.find(asks) else None


def _process(sentence: Sentence, film: Film) -> str | None:
    asks = (
        r"how does (?:this|it|that)(?: \w+)? work|the process|what happens (?:next|now|then)|how (?:is|are) (?:the |a"
        r" )?(?:video|film|films|videos) made|the steps|how do you (?:work|make|do)"
    )
    return film.say("talk.steps") if sentence.has(asks) else None


def _script(sentence: Sentence, film: Film) -> str | None:
    asks = r"(?:what's|what is|show|list|read|which|tell|see|what are)\b.*\b(?:script|scenes)"
    if not sentence.has(asks) or sentence.named:
        return None
    lines = [f"{scene['index']}. {scene['title']} ({scene['duration']} s)" for scene in film.scenes]
    return "\n".join([film.say("talk.scenes"), *lines])


def _scene(sentence: Sentence, film: Film) -> str | None:
    if sentence.has(r"costs?|price|credits"):
        return None
    asks = r"(?:what (?:does|do|is|happens)|show me|describe|tell me about|read me)\b.*\bscene|what's in scene"
    if len(sentence.named) != 1 or not (sentence.find(asks) or sentence.find(r"what(?:'s| is) scene \d+")):
        return None
    return described(sentence, film)


def described(sentence: Sentence, film: Film) -> str:
    """The one scene that is named."""
    scene = film.scene(sentence.named[0])
    words = film.say("talk.scene_says", text=scene["script"]) if scene["script"] else film.say("talk.scene_silent")
    return film.say(
        "talk.scene", n=scene["index"], title=scene["title"], seconds=scene["duration"],
        picture=scene["image_prompt"].rstrip("."), motion=scene["video_prompt"].rstrip("."), words=words,
    )  # fmt: skip


def _says(sentence: Sentence, film: Film) -> str | None:
    """Answer what is spoken in one scene, and nothing else."""
    asks = (
        r"what scene \d+ says?\b|"
        r"what (?:does|do|is|should) (?:the (?:voice|narrator) (?:say )?in )?scene \d+ (?:say|says|said)\b"
        r"|what does (?:the )?(?:voice|narrator) say in scene"
    )
    if len(sentence.named) != 1 or not sentence.find(asks):
        return None
    words, places = film.scene(sentence.named[0])["script"], {"Scenes": film.where(sentence.named, at_start=True)}
    return film.say("talk.says", text=words, **places) if words else film.say("talk.says_nothing", **places)


def _dislike(sentence: Sentence, film: Film) -> str | None:
    """Offer another try of a piece that is disliked without a reason: it costs, so it is not begun."""
    found = sentence.find(
        rf"(?:don't|do not|didn't) (?:really )?like (?:the |its )?({'|'.join(PARTS.values())}) (?:of|in|for) scene \d+$"
    )
    if not found or len(sentence.named) != 1:
        return None
    kind, place = next(kind for kind, words in PARTS.items() if re.fullmatch(words, found[1])), sentence.named[0]
    return film.say("ask.flawed", piece=film.say(f"pieces.{kind}", n=place), n=place) if kind != "music" else None


def _complaint(sentence: Sentence, film: Film) -> str | None:
    asks = (
        r"(?:don't|do not) like scene|(?:hate|dislike) scene|scene \d+ (?:is|looks|seems|feels)(?: \w+)? "
        r"(?:boring|bad|wrong|ugly|not good|terrible|strange|weird|off|dull|awful|lame|meh|odd)$"
        r"|scene \d+ (?:is|looks) (?:boring|bad|wrong|ugly|not good|terrible|strange|weird|off|dull|awful|lame|"
        r"meh|odd)$|(?:something is )?wrong with scene \d+$|(?:fix|improve) scene \d+$|make scene \d+ "
        r"(?:better|nicer|good)$"
    )
    if len(sentence.named) != 1 or not sentence.find(asks):
        return None
    return film.say("ask.different", n=sentence.named[0])


def _settings(sentence: Sentence, film: Film) -> str | None:
    if not sentence.has(
        r"(?:what|which) (?:voice|style|format|ratio|language|resolution|music|settings|shape)(?! should)|how "
        r"long is|(?:what are|show)(?: me)? the settings|what is the (?:voice|style|format|ratio|language|"
        r"resolution|music|title|length)|what's the (?:voice|style|format|ratio|language|resolution|music|title|length)"
    ):
        return None
    return length_of(film) if sentence.find(r"^how long is the (?:film|video|movie)\W*$") else settings_of(film)


def told_of_film(film: Film) -> str:
    """Tell how many scenes there are, how long they are together, and all settings."""
    return f"{length_of(film)} {settings_of(film, 'talk.settings_beside')}"


def length_of(film: Film) -> str:
    """Tell how many scenes there are, and how long they are together."""
    key = "talk.state_scene" if len(film.scenes) == 1 else "talk.state_scenes"
    return film.say(key, n=len(film.scenes), seconds=film.seconds)


def settings_of(film: Film, key: str = "talk.settings") -> str:
    """Tell how long the film is, its shape, style, language, voice, captions and music."""
    said, script = film.settings, film.script
    music = film.say("talk.music_unknown")
    if script:
        music = film.listed(
            [film.quoted(group["prompt"]) for group in script["music"] if not group.get("silent")]
            or [film.say("talk.no_music")]
        )
    return film.say(
        key, seconds=film.seconds, shape=said["aspect_ratio"], style=said["style"],
        resolution=said["resolution"],
        language=film.say(f"languages.{(script or said)['language']}"), voice=said["voice"],
        captions=film.say(f"talk.captions_{said['captions']}"),
        music=music if said["music"] else film.say("talk.no_music"),
    )  # fmt: skip


def _thanks(sentence: Sentence, film: Film) -> str | None:
    polite = sentence.has(r"thanks|thank you|thx|cheers|ty") and len(sentence.plain.split()) < 7 and not sentence.quoted
    return (
        film.say("talk.welcome")
        if polite and not sentence.has("no|not|start|begin|go|make|generate|render|yes|but|add|change")
        else None
    )


def _hello(sentence: Sentence, film: Film) -> str | None:
    plain = sentence.plain.strip(" ?!,.")
    return (
        film.say("talk.hello")
        if film.script
        and re.fullmatch(
            rf"(?:{GREETING}|how are you(?: doing| today)?)(?: there| pixora| again| "
            rf"all)?",
            plain,
        )
        else None
    )


def _kept(sentence: Sentence, film: Film) -> str | None:
    """ "Don't change the music" is no wish for a change."""
    asks = (
        r"(?:please |ok |no,? |and |but )*(?:don't|do not|never|dont) (?:change|touch|alter|remove|delete|"
        r"rewrite|edit|mess|do|undo|swap|replace|make(?!.*\b(?:so|too|as|that)\b))\b"
        r"(?! anything else)|^(?:leave|keep) (?:it|this|that|everything|"
        r"the \w+|scene \d+)(?: as (?:it|they) (?:is|are|was|were)| like (?:this|that|it is)| the same| alone)?$"
    )
    dropped = r"(?:never mind|forget (?:it|that|about it)|i changed my mind|changed my mind|scratch that|ignore that)"
    is_kept = re.match(asks, sentence.plain) or re.fullmatch(dropped, sentence.plain.strip(" .!"))
    return film.say("talk.kept") if is_kept else None


def _praise(sentence: Sentence, film: Film) -> str | None:
    """Find praise of a film that is there, or of one thing in it; a yes to a price is found before."""
    said = re.fullmatch(
        rf"{PRAISE}\b(?: \w+){{0,4}}? (?:scene \d+|music|voice|film|video|job|work|style|title|picture|ending|"
        rf"result)(?: a lot| so much| now)?!*",
        sentence.plain,
    )
    is_great = re.fullmatch(
        r"(?:(?:wow|oh|(?:ha){2,}|lol|hehe|ooh),? )+(?:(?:this|that|it)(?:'s| is) )?(?:so |really |very )?(?:great|"
        r"good|nice|cool|amazing|beautiful|lovely|funny|cute|awesome)!*|(?:ha){2,}!*|lol!*|hehe!*",
        sentence.plain,
    )
    return film.say("talk.glad") if said or is_great else None


FLAWS = (
    r"(?:\d+|extra|missing|too many|weird|wrong|no) (?:fingers?|hands?|arms?|legs?|eyes?|heads?|faces?|teeth)|"
    r"glitch\w*|artifacts?|artefacts?|distorted|deformed|mangled|messed up|creepy|flicker\w*|jitter\w*|jerky|"
    r"morph\w*|"
    r"garbled|(?:looks?|is|are|seems?) (?:all |so |really |very |totally |a bit )?"
    r"(?:weird|odd|strange|off|wrong|broken|fake)"
)


def _flaw(sentence: Sentence, film: Film) -> str | None:
    """Something that was made badly: another try costs, so it is offered, not made."""
    counted = sentence.find(rf"({'|'.join(ORDINALS)}) (?:{'|'.join(PARTS.values())})")
    places = [ORDINALS[counted[1]] % (len(film.places) + 1)] if counted and not sentence.named else sentence.named
    if len(places) != 1 or places[0] not in film.places or not sentence.has(FLAWS):
        return None
    kind = next((kind for kind in ("video", "audio") if sentence.has(PARTS[kind])), "scene")
    place = places[0]
    return film.say("ask.flawed", piece=film.say(f"pieces.{kind}", n=place), n=place)


def _unhappy(sentence: Sentence, film: Film) -> str | None:
    """Ask what should be different where somebody dislikes the whole film without a reason."""
    what = r"(?:it|this|that|the (?:film|video|movie|whole thing)|everything)"
    how = r"(?:so |too |very |really |a bit |kind of |just )*"
    said = re.fullmatch(
        rf"(?:(?:hmm?|no|well|sorry|honestly|but|ok)[, ]+)*(?:i (?:really )?(?:don't|do not) (?:really )?(?:like|love) "
        rf"{what}|i (?:hate|dislike) {what}|{what}(?:'s| is| looks| feels| seems) {how}(?:boring|bad|ugly|dull|"
        rf"not good|terrible|awful|meh|lame|not great|not nice|so-so|stupid|off)|{what}(?:'s| is) not (?:what|how) i "
        rf"(?:want|wanted|asked for|asked|meant|imagined))(?: at all| anymore| much)?[ .!]*",
        re.sub(r"\bits (?=\w+[ .!]*$)", "it's ", sentence.plain),
    )
    return film.say("ask.unhappy") if said else None


ALWAYS: tuple[Callable[[Sentence, Film], str | None], ...] = (balance, _who, _help, _process)
TOPICS = (
    *ALWAYS,
    _script,
    _says,
    _scene,
    _flaw,
    _dislike,
    _complaint,
    _unhappy,
    _settings,
    _thanks,
    _hello,
    _kept,
    _praise,
)
