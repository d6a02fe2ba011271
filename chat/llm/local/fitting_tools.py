"""PURE: the tools that fit a meaning: whatever else a rule would call for such a sentence is another wish."""

from __future__ import annotations

from collections.abc import Mapping

from chat.llm.local import capabilities

TOOLS: Mapping[str, tuple[str, ...]] = {
    "words_given": ("edit_scene", "edit_scenes"),
    "words_off": ("edit_scene", "change_settings"),
    "scene_longer": ("edit_scene",),
    "scene_shorter": ("edit_scene",),
    "redo_picture": ("regenerate", "edit_scene", "select_take"),
    "redo_clip": ("regenerate", "edit_scene", "select_take"),
    "why": ("explain",),
    "words_other": ("edit_scene", "write_script"),
    "music": ("change_music", "change_settings"),
    "scene_add": ("add_scene",),
    "motion": ("edit_scene", "regenerate"),
    "picture": ("edit_scene", "describe_character", "regenerate", "add_scene"),
    "character_look": ("describe_character", "edit_scene"),
    "character_name": ("describe_character", "edit_scene", "rename_film"),
    "about": ("film_status", "spending", "list_films", "quote_film"),
    "words_swap": ("edit_scene", "edit_scenes"),
    "scene_remove": ("arrange_scenes",),
    "scene_keep": ("arrange_scenes",),
    "scene_move": ("arrange_scenes",),
    "music_off_part": ("change_music",),
    "character_add": ("add_character", "add_scene"),
    "character_remove": ("remove_character",),
    "character_out": ("remove_character",),
    "voice_pace": ("regenerate",),
    "unhappy_part": (),
    "keep": ("undo", "cancel_run"),
    "new_film": (),
    "sequel": (),
    **dict.fromkeys(
        ("tier_best", "tier_draft", "tier_standard"),
        ("quote_film", "regenerate", "savings", "upgrade_scenes", "choose_model"),
    ),
    "own_voice": ("use_own_voice", "change_settings", "describe_character"),
    **dict.fromkeys(
        sorted(capabilities.MEANINGS - {"keep", "sequel", "voice_pace", "own_voice"}), ("film_status", "list_films")
    ),
    **dict.fromkeys(("ask_scene", "words_tell", "own_file"), ()),
    **dict.fromkeys(("captions_look", "voice_level"), ("change_settings",)),
}
"""The tools that fit what is meant; whatever else a rule would call is another wish than this."""
MISREAD = frozenset(
    {"change_settings", "describe_character", "write_script", "change_music", "edit_scene", "film_status", "quote_film"}
)
"""What a rule may have taken a sentence for that means something else."""
_WORDS, LENGTH = frozenset({"script"}), frozenset({"duration"})
FIELDS: Mapping[str, frozenset[str]] = {
    "words_given": _WORDS, "words_off": _WORDS, "words_swap": _WORDS, "scene_longer": LENGTH,
    "scene_shorter": LENGTH, "motion": frozenset({"video_prompt", "characters"}),
}  # fmt: skip
"""What of a scene is changed for a meaning; a rule that changes anything else has another wish in mind."""
PREFERRED = frozenset(
    {"tier_best", "tier_draft", "tier_standard", "ask_music", "words_tell", "ask_styles", "ask_length", "ask_ai",
     "ask_languages", "ask_watermark", "ask_voices", "ask_tiers", "ask_rest", "ask_rights", "ask_data", "character_add",
     "character_remove", "character_out", "words_swap", "unhappy_part", "voice_pace", "voice_level",
     "own_voice", "trim", "own_file", "words_off", "music_off_part"}
)  # fmt: skip
"""Meanings that are answered better than by the words that a rule has for such a sentence."""
CHANGES = frozenset({"change_settings", "edit_scene", "change_music", "describe_character", "rename_film"})
CUES = {
    "off": (
        r"weg|aus|ohne|no|off|remove|without|keine?n?|sin|quita|sans|enlève|senza|togli|sem|tira|drop|kill|geen|"
        r"uit|raus"
    ),
    "shorter": (
        r"short\w*|kürz\w*|kurz|less|too long|zu lang|drags?|zieht|cort\w*|demasiado larg\w*|raccourci\w*|"
        r"trop long\w*|troppo lung\w*|muito long\w*|enough|reichen|trim|only|nur"
    ),
    "quieter": (
        r"quiet\w*|leiser?|down|too loud|zu laut|baja|baisse|trop fort\w*|abbassa|abaixa|zachter|hardly hear|kaum"
    ),
}  # fmt: skip
CUES |= {
    "on": r"on|add|with|mit|an|con|avec|met|com|put|pon|mets|metti|coloca|turn on|wieder|again|back|after all|doch",
    "longer": (
        r"long\w*|länger|lang|more time|too short|zu kurz|más larg\w*|plus long\w*|più lung\w*|mais long\w*|"
        r"stretch|mehr zeit"
    ),
    "louder": r"loud\w*|lauter?|up|too quiet|zu leise|sube|monte|alza|aumenta|plus fort",
}
