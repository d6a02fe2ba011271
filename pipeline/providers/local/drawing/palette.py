"""The colours of one picture: its hour and weather, seen through its style."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.providers.local.drawing.colour import RGB, lighter, luma, mix, rgb, saturated, times, turned
from pipeline.providers.local.drawing.styles import Style
from pixora.foundation.toml_tables import table


@dataclass(frozen=True)
class Hour:
    sky: tuple[str, ...]
    """From the zenith down to the horizon."""
    light: str
    ambient: str
    """What a white surface looks like."""
    haze: str
    sun_height: float
    """Above the horizon, in parts of the sky."""


_TOLD = table(__file__, "light")
HOURS = {name: Hour(**row) for name, row in _TOLD["hours"].items()}
WEATHER_SKIES: dict[str, tuple[str, ...]] = _TOLD["weathers"]


@dataclass(frozen=True)
class Palette:
    style: Style
    sky: tuple[RGB, ...]
    light: RGB
    ambient: RGB
    haze: RGB
    sun_height: float
    dark: bool
    """Windows and lamps are lit."""

    def tone(self, code: str | RGB, depth: float = 0.0) -> RGB:
        """A local colour in this picture's light; `depth` 0 is near, 1 is lost in the haze."""
        own = through(self.style, rgb(code) if isinstance(code, str) else code)
        return mix(times(own, self.ambient), self.haze, depth)

    def lit(self, code: str | RGB) -> RGB:
        """The colour of something that shines by itself."""
        return through(self.style, rgb(code) if isinstance(code, str) else code)


def through(style: Style, colour: RGB) -> RGB:
    seen = saturated(turned(colour, style.turn * 0.2) if style.turn else colour, style.saturation)
    return mix(seen, rgb(style.veil[0]), style.veil[1])


def palette_for(style: Style, hour: str, weather: str) -> Palette:
    base = HOURS[hour]
    sky = tuple(_sky(style, rgb(code)) for code in base.sky)
    ambient, haze, light = rgb(base.ambient), _sky(style, rgb(base.haze)), rgb(base.light)
    if weather in WEATHER_SKIES:
        veiled = [_sky(style, rgb(code)) for code in WEATHER_SKIES[weather]]
        under = 0.8 if hour != "night" else 0.3
        sky = tuple(mix(clear, cloudy, under) for clear, cloudy in zip(sky, veiled, strict=True))
        haze = mix(haze, veiled[2], under)
        ambient = mix(ambient, times(ambient, rgb("#b8c0cc")), 0.8 if weather in ("storm", "rain") else 0.2)
    if style.finish.paper:
        ambient = lighter(ambient, 0.25)
    dark = luma(sky[0]) < 70 and hour in ("night", "sunset")
    return Palette(style, sky, light, ambient, haze, base.sun_height, dark)


def _sky(style: Style, colour: RGB) -> RGB:
    turned_sky = turned(colour, style.turn) if style.turn else colour
    return mix(saturated(turned_sky, style.sky_saturation), rgb(style.veil[0]), style.veil[1] * 0.8)
