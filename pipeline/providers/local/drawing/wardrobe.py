"""The words that mean each look, colours, species, clothes and hats: `wardrobe.toml`, read once."""

from __future__ import annotations

from pixora.foundation.toml_tables import table

_TOLD = table(__file__, "wardrobe")
COMPLEXIONS: tuple[tuple[str, str], ...] = _TOLD["complexions"]
CLOTHES: tuple[str, ...] = _TOLD["clothes"]
TROUSERS: tuple[str, ...] = _TOLD["trousers"]
STYLES: tuple[str, ...] = _TOLD["hair_styles"]
FEMININE, MASCULINE, OLD, YOUNG, FAIR = (
    frozenset(_TOLD[group].split()) for group in ("feminine", "masculine", "old", "young", "fair")
)
COLOURS: dict[str, str] = _TOLD["colours"]
HAIR_COLOURS: dict[str, str] = _TOLD["hair_colours"]
FEATURES: dict[str, dict[str, str]] = _TOLD["features"]
SPECIES: dict[str, str] = _TOLD["species"]
COATS: dict[str, str] = _TOLD["coats"]
OUTFITS: dict[str, dict[str, str]] = _TOLD["outfits"]
HATS: dict[str, str] = _TOLD["hats"]
TOPS: dict[str, str] = _TOLD["tops"]
PAINTED: dict[str, tuple[str, ...]] = _TOLD["painted"]
EXTRAS: dict[str, tuple[str, str]] = _TOLD["extras"]
