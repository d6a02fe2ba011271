"""The choices that clients have, and their prices."""

from __future__ import annotations

import mimetypes
from dataclasses import asdict
from typing import Annotated, get_args

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from pipeline.api import examples, option_answers
from pipeline.api.bodies import PromptRead
from pipeline.film import settings
from pipeline.film.script import TRANSITIONS, parse_script
from pipeline.film.voice_search import fitting_words
from pipeline.film.voices import KNOWN
from pipeline.planning.graph import Component, build_graph
from pipeline.planning.kinds import Kind
from pipeline.providers.models_and_prices import catalogue
from pipeline.providers.registry import languages, model_name, model_of, price, tiers, vendors
from pipeline.services import translations, usual_voices, voice_samples
from pipeline.services.making_time import places_at
from pipeline.services.model_choice import MAKES, available
from pixora.accounts.auth import needs
from pixora.accounts.scopes import Scope
from pixora.foundation.error_responses import refusals
from pixora.foundation.request_limits import Limit

SAMPLES = Limit("voice-samples", times=60)
READ = Limit("prompts-read", times=240)
A_DAY_S = 24 * 3600
SCRIPT = Component(Kind.SCRIPT.value, Kind.SCRIPT, {})

router = Router(tags=["options"])


@router.get(
    "options",
    response={200: option_answers.Options, **refusals(401, 403, 422, 503)},
    summary="What can be chosen",
    auth=needs(Scope.FILMS_READ),
)
def get_options(
    request: HttpRequest,
    names_in: Annotated[settings.Language, Query("en", description="The language that languages are named in.")],
) -> option_answers.Options:
    return choices(names_in)


def choices(names_in: str = "en") -> option_answers.Options:
    """Return everything that can be chosen here, with its prices."""
    return option_answers.Options(
        styles=list(settings.STYLES),
        voices=list(settings.VOICES),
        voice_list=[option_answers.VoiceOption.of(voice) for voice in KNOWN],
        usual_voices=usual_voices.by_language(),
        language_list=[option_answers.LanguageOption.of(code, names_in) for code in languages()],
        voice_samples=voice_samples.can_be_heard(),
        voice_kinds=[option_answers.VoiceKind(**asdict(kind)) for kind in voice_samples.voice_kinds()],
        languages=list(languages()),
        translates=translations.can_translate(),
        aspect_ratios=list(settings.RATIOS),
        resolutions=list(settings.RESOLUTIONS),
        durations=list(range(settings.MIN_DURATION_S, settings.MAX_DURATION_S + 1, settings.DURATION_STEP_S)),
        transitions=list(TRANSITIONS),
        captions=list(get_args(settings.CaptionStyle)),
        prices=_prices(settings.STANDARD),
        tiers=[_tier(tier) for tier in tiers()],
        models={made: [option_answers.ModelOption.of(model) for model in available(made)] for made in MAKES},
    )


@router.post(
    "options/said",
    response={200: option_answers.Said, **refusals(401, 403, 413, 422, 429, 503)},
    summary="Which settings a prompt says",
    openapi_extra=READ.told,
    auth=needs(Scope.FILMS_READ),
)
def read_prompt(request: HttpRequest, body: PromptRead) -> option_answers.Said:
    """Read a prompt as `POST tasks` would, and make nothing: what it says counts where it is not chosen otherwise."""
    READ.count_request(request)
    return option_answers.Said.by(body.prompt, languages())


@router.get(
    "options/voices",
    response={200: list[option_answers.VoiceOption], **refusals(401, 403, 422, 503)},
    auth=needs(Scope.FILMS_READ),
    summary="Voices that fit a description",
)
def find_voices(
    request: HttpRequest,
    like: Annotated[str, Query("", max_length=200, description="How it should sound.", example="deep, warm, British")],
) -> list[option_answers.VoiceOption]:
    """The voices that have most of what is described; all of them without a description, none where no word fits."""
    found = fitting_words(like) if like.strip() else KNOWN
    return [option_answers.VoiceOption.of(voice) for voice in found]


@router.get(
    "options/voices/{voice}/sample",
    response={200: None, **refusals(401, 403, 404, 422, 429, 503)},
    summary="Hear a voice",
    openapi_extra={
        **SAMPLES.told,
        "responses": {
            200: {
                "description": "A sentence, as a sound file.",
                "content": {"audio/mpeg": {"schema": {"type": "string", "format": "binary"}}},
            }
        },
    },
    auth=needs(Scope.FILMS_READ),
)
def get_voice_sample(
    request: HttpRequest,
    voice: Annotated[str, Path(description="One of the voices.", example="Rachel")],
    language: Annotated[settings.Language, Query("en")],
) -> HttpResponse:
    """`not_found` where `voice_samples` is false: those are voices of a server of one's own."""
    SAMPLES.count_request(request)
    sound, suffix = voice_samples.sample(voice, language)
    kept = {"Cache-Control": f"private, max-age={A_DAY_S}"}
    return HttpResponse(sound, content_type=mimetypes.types_map[suffix], headers=kept)


def _tier(name: settings.Tier) -> option_answers.TierOption:
    made_by = {role: (vendor, model_name(role, vendor, name)) for role, vendor in vendors().items()}
    return option_answers.TierOption(
        name=name,
        about=catalogue().tiers[name].about,
        models={role: option_answers.Maker(vendor=vendor, model=model) for role, (vendor, model) in made_by.items()},
        prices=_prices(name),
    )


def _prices(tier: settings.Tier) -> list[option_answers.Price]:
    """Those of the example film, which has one of everything and a clip of each length."""
    film = build_graph(parse_script(examples.SCRIPT), settings.TaskSettings())
    priced = (_price(component, tier) for component in (SCRIPT, *film.components) if not component.kind.is_derived)
    found = {(each.component, each.seconds): each for each in priced}
    return list(found.values())


def _price(component: Component, tier: settings.Tier) -> option_answers.Price:
    choice = settings.Choice(tier)
    entry = model_of(component, choice=choice)
    maker = entry.vendor if entry else "local"
    return option_answers.Price(
        component=component.kind,
        seconds=component.asks.get("duration"),
        credits=price(component, choice),
        maker=maker,
        takes_s=entry.seconds if entry else 0,
        at_once=places_at(maker),
    )
